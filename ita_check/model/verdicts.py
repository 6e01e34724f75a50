"""The words for what became of a page or a document: closed sets, apart from the nouns they describe.

Every report names them; the nouns of `looked.py` are loaded only where somebody looks.
"""

from __future__ import annotations

from typing import Literal

Verdict = Literal[
    "ok",
    # What loses the item, or may: each is a fault of the page or of the address.
    "dead",
    "soft_404",
    "login_wall",
    "redirected_home",
    "off_host",
    # What says nothing about the page: never held against anybody unless that is asked for.
    "blocked",
    "tls_error",
    "timeout",
    "server_error",
    "too_large",
    "unreachable",
    "redirect_loop",
    "refused",
    "unasked",
]
FAULTS: frozenset[Verdict] = frozenset(
    {"dead", "soft_404", "login_wall", "redirected_home", "off_host"}
)
THERE: frozenset[Verdict] = frozenset({"ok", "off_host"})
INCONCLUSIVE: frozenset[Verdict] = frozenset(
    {
        "blocked",
        "tls_error",
        "timeout",
        "server_error",
        "too_large",
        "unreachable",
        "redirect_loop",
        "refused",
        "unasked",
    }
)

# What came of reading a document:
#   text        its text was read
#   scan        pages of pictures without a text layer
#   encrypted   it opens with a password only
#   empty       there is nothing in it
#   damaged     it begins as what it is, and cannot be read as that
#   wrong_type  it is not what the end of its name says
#   no_text     a sort of file that is not read (a picture, a video, an old Word file)
#   given_up    reading it took too long, too much memory, or too much text
State = Literal[
    "text", "scan", "encrypted", "empty", "damaged", "wrong_type", "no_text", "given_up"
]


Unit = Literal["page", "line", "paragraph", "cell"]


#   changed  other bytes than then
#   moved    it ends at another address than then
#   gone     it was there then, and is not now
Change = Literal["changed", "moved", "gone"]

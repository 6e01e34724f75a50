"""What came of asking for one address."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple

from ita_check.texts import Phrase

# Why there is no whole answer:
#   no_such_host   the name does not exist; an offline Windows or macOS says the same of every
#                  name, so the caller looks whether anything answered at all
#   timeout        no whole answer within the limits
#   tls_error      the certificate or the encryption
#   unreachable    no connection, or the answer broke off, or it is not HTTP
#   too_large      more bytes than the limit
#   redirect_loop  redirects go round, or on and on
#   refused        it was not asked, or not read, on purpose
Failure = Literal[
    "no_such_host",
    "timeout",
    "tls_error",
    "unreachable",
    "too_large",
    "redirect_loop",
    "refused",
]


class Answer(NamedTuple):
    """One address as it answered, or why it did not.

    `hops` are the addresses that led on, in order, and `ended` the one they led to; `status` is
    what that one answered, None where it did not. `seconds` counts tries and back-off and not the
    waiting for a place. `path` is the body, decompressed, which every answer without `failure`
    has, an empty one too; the file is this answer's alone. `detail` is the reason of a
    failure, in the words of the system where there are none of ours. `headers` has a chosen few, by their
    names in lower case, and `filename` what Content-Disposition calls the body. All that servers
    say is theirs: it may be made to mislead a terminal or a page.
    """

    asked: str
    ended: str
    status: int | None
    failure: Failure | None
    detail: Phrase | str
    hops: tuple[str, ...]
    at: datetime
    seconds: float
    tries: int
    path: Path | None = None
    sha256: str | None = None
    length: int | None = None
    media_type: str | None = None
    charset: str | None = None
    filename: str | None = None
    headers: Mapping[str, str] = MappingProxyType({})
    from_cache: bool = False

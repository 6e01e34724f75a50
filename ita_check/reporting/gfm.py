"""Words as GitHub-flavoured Markdown that shows just these words, whatever they hold.

Our own sentences mark code with backticks, and that becomes code. What fills them comes from
outside: nothing in it becomes a link, a tag, a mention, a formula or a new line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ita_check.reporting.inert import inert
from ita_check.reporting.runs import Run, runs
from ita_check.texts import Language

# What Markdown reads as its own within a line; of ampersands only those of entities.
_SPECIAL = re.compile(r"[\\`*_\[\]<~]|&(?=#?[0-9A-Za-z]+;)")
# What a code host makes of plain text after Markdown is done, where no backslash reaches it:
# addresses, mentions, references, formulas, emoji and commits. Such a word is set as code.
_OBEYED = re.compile(
    r"""
    :// | www\.                                  # addresses
    | [@\#$]                                     # mentions, e-mail addresses, issues, formulas
    | [!%&~^*][0-9] | [~%]["a-z] | \bgh-[0-9]    # further references, GitLab's among them
    | :[a-z0-9_+-]+:                             # emoji
    | \b(?=[0-9]*[a-f])[0-9a-f]{7,40}\b          # commits
    """,
    re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"\S+|\s+")
_BACKTICKS = re.compile("`+")


def gfm(value: object, language: Language) -> str:
    """Whatever may fill a sentence, as Markdown within one line, without spaces around it."""
    words = (
        word
        for run in _joined(runs(value, language))
        for word in ((run,) if run.code else _words(run.text))
    )
    shown = (code(run.text) if run.code else _escaped(run.text) for run in _joined(words))
    return "".join(shown).strip(" ")


def code(text: str) -> str:
    """A text as code, with as many backticks around it as it takes."""
    text = inert(text) or " "
    fence = "`"
    while fence in _BACKTICKS.findall(text):
        fence += "`"
    ends = text[0] + text[-1]
    # One space at both ends is taken off again.
    pad = " " if "`" in ends or (ends == "  " and text.strip(" ")) else ""
    return fence + pad + text + pad + fence


def _escaped(text: str) -> str:
    # A table takes a backslash before a bar for itself; it leaves entities alone.
    return _SPECIAL.sub(r"\\\g<0>", text).replace("|", "&#124;")


def _words(text: str) -> Iterator[Run]:
    """The words of a text: those that would be obeyed as code, without the bars in them."""
    for word in _WORD.findall(inert(text)):
        if word.isspace():
            yield Run(" ", code=False)
        elif not _OBEYED.search(word):
            yield Run(word, code=False)
        else:
            parts = re.split(r"(\|)", word)
            yield from (Run(part, code=part != "|") for part in parts if part)


def _joined(runs: Iterator[Run]) -> Iterator[Run]:
    """Neighbours of one sort as one; two spans of code would otherwise share their backticks."""
    filled = (run for run in runs if run.text or run.code)
    for is_code, group in groupby(filled, key=lambda run: run.code):
        yield Run("".join(run.text for run in group), is_code)

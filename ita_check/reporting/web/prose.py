"""Words as HTML: escaped, with code set as code and each language told from the other."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from ita_check.model.calendar import WRITTEN_DAY
from ita_check.reporting.inert import inert
from ita_check.reporting.runs import runs
from ita_check.texts import Language, said

_THAI = re.compile("[\u0e00-\u0e7f]")
# Thai with what stands between its words: one passage to a screen reader.
_PASSAGE = re.compile('[\u0e00-\u0e7f](?:[\u0e00-\u0e7f\\s/()".-]*[\u0e00-\u0e7f])?')
_NAMES = re.compile(r"(?<=[._/])")
# Where a line must not end: within a day, and before the mark that repeats the word before it.
_KEPT = re.compile(rf"{WRITTEN_DAY}| +ๆ")
_NO_BREAK = "\u00a0"


def prose(value: object, language: Language) -> Markup:
    """Whatever may fill a sentence, with the code in it set as code."""
    return Markup("").join(
        _code(run.text, language) if run.code else _passages(run.text, language)
        for run in runs(value, language)
    )


def _code(text: str, language: Language) -> Markup:
    """Code, which a line may end in only where a name in it ends."""
    pieces = (_passages(piece, language) for piece in _NAMES.split(text))
    return Markup('<code translate="no">{}</code>').format(Markup("<wbr>").join(pieces))


def plain(value: object, language: Language) -> str:
    """Words where no markup can stand, as in a page's title; escaped by the template."""
    return _kept(inert(said(value, language)))


def _passages(text: str, language: Language) -> Markup:
    """Text with its Thai marked as such on an English page."""
    text = _kept(inert(text))
    if language == "th" or not _THAI.search(text):
        return escape(text)
    pieces, last = [], 0
    for match in _PASSAGE.finditer(text):
        pieces += [
            escape(text[last : match.start()]),
            Markup('<span lang="th">{}</span>').format(match.group()),
        ]
        last = match.end()
    return Markup("").join([*pieces, escape(text[last:])])


def _kept(text: str) -> str:
    """Text whose lines end only where they may."""
    return _KEPT.sub(lambda match: match.group().replace(" ", _NO_BREAK), text)

"""Lines of mixed Thai and English, broken only where a reader would break them.

Thai has no spaces between words; ICU knows its words. Ids, paths and addresses are never broken,
and no line begins with ๆ.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from icu4py.breakers import LineBreaker
from rich.cells import cell_len

from ita_check.model.calendar import WRITTEN_DAY
from ita_check.texts import Language

_THAI = re.compile("[\u0e00-\u0e7f]")
_REPEAT = "ๆ"
# What stays on one line whatever it holds: code in backticks, web addresses, and days.
_WHOLE = re.compile(rf"`[^`\n]{{1,300}}`|https?://[^\s`]+|{WRITTEN_DAY}")
_WORD = re.compile(r"[^ ]+ ?")


def wrapped(text: str, width: int, language: Language, taken: int = 0) -> list[str]:
    """The lines of a text, each of at most `width` cells unless one piece alone is longer.

    `taken` cells of the first line are not there any more.
    """
    lines: list[str] = []
    line, cells = "", taken
    for piece in pieces(text, language):
        if line and cells + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, cells = "", 0
        line, cells = line + piece, cells + cell_len(piece)
    return [*lines, line.rstrip()]


@cache
def pieces(text: str, language: Language) -> tuple[str, ...]:
    """A text in pieces that may stand on lines of their own; spaces end a piece."""
    text = " ".join(text.split())
    found, start = [], 0
    for end in _breaks(text, language):
        found.append(text[start:end])
        start = end
    return tuple(found)


def _breaks(text: str, language: Language) -> list[int]:
    """Where lines may end: after a space, or beside a Thai letter where ICU sees a word's end."""
    if not _THAI.search(text):
        return [match.end() for match in _WORD.finditer(text)]
    kept = {at for match in _WHOLE.finditer(text) for at in range(match.start() + 1, match.end())}
    found = []
    for end in _icu_ends(text, language):
        before, after = text[end - 1], text[end : end + 1]
        if not after or (
            end not in kept
            and after != _REPEAT
            and (before == " " or _THAI.match(before) or _THAI.match(after))
        ):
            found.append(end)
    return found


def _icu_ends(text: str, language: Language) -> list[int]:
    """Where ICU would end a line, as indices of the text; ICU itself counts in UTF-16 units."""
    ends = [end for _, end in LineBreaker(text, language).segments()]
    if max(text) <= "\uffff":
        return ends
    units = accumulate((2 if character > "\uffff" else 1 for character in text), initial=0)
    index = {unit: number for number, unit in enumerate(units)}
    return [index[end] for end in ends if end in index]

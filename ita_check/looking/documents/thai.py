"""Thai text as old fonts and PDFs hold it, made what a reader sees.

Nothing of this is shown to anybody: it is the text in which years are looked for.
"""

from __future__ import annotations

import re

from ita_check.characters import INVISIBLE, is_blank, normalised

# Fonts before OpenType had the marks once more for every place where they can stand, and a letter
# without its tail. Windows gave these glyphs U+F700 to U+F71A, the Macintosh U+F884 to U+F89E
# (HarfBuzz's hb-ot-shaper-thai.cc holds the same table). Chromium still writes them into PDFs.
_WINDOWS = (
    "ฐ\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4cญ"
    "\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a"
)
_MACINTOSH = (
    "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47\u0e48\u0e48\u0e48\u0e49\u0e49\u0e49\u0e4a\u0e4a\u0e4a"
    "\u0e4b\u0e4b\u0e4b\u0e4c\u0e4c\u0e4c\u0e4d\u0e38\u0e39\u0e3aญฐ"
)
_GLYPHS = {0xF700 + n: mark for n, mark in enumerate(_WINDOWS)} | {
    0xF884 + n: mark for n, mark in enumerate(_MACINTOSH)
}
# A line separator is white space to a reader, though it counts as a character that nobody sees.
_PREPARE = str.maketrans({"\u2028": " ", "\u2029": " "} | {chr(k): v for k, v in _GLYPHS.items()})

# A mark never begins a word, so white space before one is an artefact. Vowels that are letters of
# their own are left: `ประม าณ` is joined where it is looked for, and a column may begin with any.
_SPLIT_MARK = re.compile(r"(?<=[\u0e01-\u0e5b])\s+(?=[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])")
_SPLIT_SARA_AM = re.compile("(?<=\u0e4d)\\s+(?=\u0e32)")

# Glyphs without a meaning: no letter was found for them, or one out of a font's private use.
_MEANINGLESS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")


def repaired(text: str) -> str:
    """Text with its characters as they look, digits Arabic, white space single."""
    if not text.isascii():
        text = INVISIBLE.sub("", text.translate(_PREPARE))
        text = _SPLIT_SARA_AM.sub("", _SPLIT_MARK.sub("", text))
    # Not through its cache: that keeps thousands of texts, and these are whole pages.
    return normalised.__wrapped__(text)


def legible(text: str) -> bool:
    """Whether a text layer has letters, not numbers of glyphs that only its own font knows."""
    text = text.translate(_PREPARE)
    return is_blank(text) or len(_MEANINGLESS.findall(text)) * 5 <= len(text)

"""Text as it is compared, and the characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Zero width, bidi controls, fillers, variation selectors, line and paragraph separators, tags.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_VISIBLE = re.compile(rf"[^\s{_INVISIBLE}]")
_THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# NIKHAHIT and SARA AA, with or without a tone mark between them, are SARA AM typed as two.
_SPLIT_SARA_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """Text as it is compared: contract.md, section 2; what is printed stays as written."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_THAI_DIGITS)
        text = _SPLIT_SARA_AM.sub("\\1\u0e33", text).replace("\u0e40\u0e40", "\u0e41")
    return " ".join(text.split())


def is_blank(text: str) -> bool:
    """Whether there is nothing to see."""
    return not _VISIBLE.search(text)


def name_of(character: str) -> str:
    """A character that cannot be shown, by code point and name: `U+200B ZERO WIDTH SPACE`."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()

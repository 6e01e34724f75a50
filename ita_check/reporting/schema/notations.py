r"""How values may be written, as regular expressions of the raw text.

The loader normalises a text before it reads it; a schema cannot, so that these expressions hold
every way of writing that comes to the same. Written for ECMA-262 and Python's `re` alike: no
look-behind, no named group, no flag. A text with one of the separators that only Python takes
for white space (U+001C to U+001F, U+0085) is let pass rather than written out everywhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from ita_check.model.calendar import FULL_MONTHS, SHORT_MONTHS

YES_OR_NO = ("true", "yes", "ใช่", "มี", "false", "no", "ไม่ใช่", "ไม่มี")
NONE = "ไม่มี"
BUDDHIST_YEARS = range(2443, 2644)
REQUIREMENT_ID = r"^[1-9][0-9]{0,2}(?:\.[1-9][0-9]{0,2}){2}$"
ALL = ("all", "ทั้งหมด")
# Keys and words without anything that normalising would change.
PLAIN = "^[!-~]*$"
_RARE = r"[\x1c-\x1f\x85]"
_INVISIBLE = (
    r"\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb"
    # No escape beyond 16 bits is the same for both.
    "\U000e0000-\U000e0fff"
)
BLANK = rf"^[\s\x1c-\x1f\x85{_INVISIBLE}]*$"
VISIBLE = rf"[^\s\x1c-\x1f\x85{_INVISIBLE}]"

_DIGITS = "0123456789"
_THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_SYNTAX = re.compile(r"[\\^$.*+?()\[\]{}|]")
# The parts of a text that can be written in more than one way.
_PARTS = re.compile(
    "(?P<am>\u0e4d(?P<inner>[\u0e48-\u0e4b])\u0e32|(?P<outer>[\u0e48-\u0e4b]?)(?:\u0e33|\u0e4d\u0e32))"
    "|(?P<ae>\u0e41|\u0e40\u0e40)"
    "|(?P<vowel>[\u0e38-\u0e3a])(?P<tone>[\u0e48-\u0e4b])"
    "|(?P<digit>[0-9๐-๙])"
    r"|(?P<space>\s+)"
    r"|(?P<other>[\s\S])"
)
# Characters that normalise to one of ASCII, beside itself.
_ALIKE = {"K": "[K\u212a]", ";": "[;\u037e]", "`": "[`\u1fef]"}
# Letters of other scripts may be composed in many ways, which are not told apart.
_FOREIGN = r"(?:[A-Za-z]?[^\x00-\x7f\u0e00-\u0e7f]){1,4}"


def exactly(*alternatives: str) -> str:
    """The expression of a whole text that is one of these, with any white space around it."""
    return rf"^\s*(?:{'|'.join(alternatives)})\s*$|{_RARE}"


def spelled(text: str, *, any_case: bool = False) -> str:
    """Every way of writing a text that is the same once it is normalised."""

    def part(found: re.Match[str]) -> str:
        if found["am"]:
            tone = found["inner"] or found["outer"] or ""
            return f"(?:{tone}(?:ำ|ํา)|ํ{tone}า)" if tone else "(?:ำ|ํา)"
        if found["ae"]:
            return "(?:แ|เเ)"
        if found["vowel"]:
            return f"(?:{found['vowel']}{found['tone']}|{found['tone']}{found['vowel']})"
        if found["digit"]:
            number = unicodedata.digit(found["digit"])
            return f"[{number}{_THAI_DIGITS[number]}]"
        if found["space"]:
            return r"\s+"
        return _character(found["other"], any_case=any_case)

    return _PARTS.sub(part, unicodedata.normalize("NFC", text).strip())


def _character(character: str, *, any_case: bool) -> str:
    if any_case and character.isascii() and character.isalpha():
        # Folding the case of a long s gives an s.
        long_s = "ſ" if character in "sS" else ""
        return f"[{character.lower()}{character.upper()}{long_s}]"
    if character in _ALIKE:
        return _ALIKE[character]
    if not character.isascii() and not "\u0e00" <= character <= "\u0e7f":
        return _FOREIGN
    return _SYNTAX.sub(r"\\\g<0>", character)


def any_of(texts: Iterable[str]) -> str:
    """The expression of a text that is one of these, however it is written."""
    return exactly(*map(spelled, texts))


_D = "[0-9๐-๙]"
_SEPARATOR = r"\s*(?:-|–|—|ถึง)\s*"
_WORDS = (*FULL_MONTHS, *(name.replace(".", "") for name in SHORT_MONTHS))
# Dots and spaces may stand anywhere in the name of a month.
_MONTH = "(?:" + "|".join(r"[.\s]*".join(word) for word in _WORDS) + r")[.\s]*"
_ERA_YEAR = rf"(?:[พค]\.?\s*ศ\.{{0,2}}\s*)?{_D}{{2}}(?:{_D}{{2}})?"
_DAY_NUMBER = rf"[0-3๐-๓]?{_D}"
_MONTH_NUMBER = rf"[01๐๑]?{_D}"
_ISO_MONTH = rf"{_D}{{4}}-{_MONTH_NUMBER}"
_ISO_DAY = rf"{_ISO_MONTH}-{_DAY_NUMBER}"
_SLASHED = rf"{_DAY_NUMBER}/{_MONTH_NUMBER}/{_D}{{2}}(?:{_D}{{2}})?"
_WORDED_DAY = rf"(?:วันที่\s*)?{_DAY_NUMBER}\s*(?:เดือน\s*)?{_MONTH}{_ERA_YEAR}"
_WORDED_MONTH = rf"(?:เดือน\s*)?{_MONTH}{_ERA_YEAR}"
# A day or a month: the name of the month is what makes an expression long, so it stands once.
_END = (
    rf"(?:{_ISO_MONTH}(?:-{_DAY_NUMBER})?|{_SLASHED}"
    rf"|(?:(?:วันที่\s*)?{_DAY_NUMBER}\s*)?{_WORDED_MONTH})"
)
_YEAR = "[2๒][456๔๕๖]" + _D * 2
_GROUPED = rf"(?:{_D}{{1,12}}|{_D}{{1,3}}(?:,{_D}{{3}}){{1,3}})"

DATE = exactly(_ISO_DAY, _SLASHED, _WORDED_DAY)
PERIOD = exactly(_END + _SEPARATOR + _END)
DATES = exactly(_ISO_DAY, _SLASHED, _WORDED_DAY, _END + _SEPARATOR + _END)
IN_FORCE = exactly(
    _END + _SEPARATOR + _END,
    rf"{_YEAR}(?:{_SEPARATOR}{_YEAR})?",
    rf"(?:{_END}|{_YEAR})\s*เป็นต้นไป",
)
_ONE_MONTH = rf"(?:{_ISO_MONTH}|{_WORDED_MONTH})"
MONTHS = exactly(rf"{_ONE_MONTH}(?:{_SEPARATOR}{_ONE_MONTH})?")
YEAR = exactly(_YEAR)
BOOLEAN = exactly(*(spelled(word, any_case=True) for word in YES_OR_NO))
# What pydantic takes for a boolean in a rule.
TRUTH = exactly(
    *(
        spelled(word, any_case=True)
        for pair in (("true", "false"), ("yes", "no"), ("on", "off"), ("t", "f"), ("y", "n"), "10")
        for word in pair
    )
)
COUNT = exactly(_GROUPED, spelled(NONE))
DECIMAL = exactly(rf"{_GROUPED}(?:\.{_D}{{1,6}})?", spelled(NONE))
URL = rf"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s\\/?#]+[^\s\\]*\s*$|{_RARE}"
HOST = rf"^\s*[^\s/@:?]+\s*$|{_RARE}"
# Neither absolute nor with the letter of a drive. A byte order mark is white space to ECMA-262 only.
_SPACE = r"[^\S\ufeff]"
FILE = rf"^{_SPACE}*(?!{_SPACE}|[/\\]|[A-Za-z]:)|{_RARE}"


def numbers(keys: Collection[str]) -> str:
    """Numbers of a list, ranges of them that go up, or all."""
    words = [spelled(word, any_case=True) for word in ALL]
    ordered = [key for key in keys if key.isdecimal()]
    for key in keys:
        ends = [spelled(end) for end in ordered if key.isdecimal() and int(end) >= int(key)]
        words.append(spelled(key) + (f"(?:{_SEPARATOR}(?:{'|'.join(ends)}))?" if ends else ""))
    return exactly(*words)

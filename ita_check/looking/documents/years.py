"""The Buddhist years that a text names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ita_check.looking.documents.thai import repaired
from ita_check.model.looked import NamedYear, Spot

FIRST, LAST = 2400, 2643
_LONGEST_RANGE = 20

# PDFs put white space anywhere in a word, lose or move its mark, and Word's take า for ำ.
_WORD = "ป ?ี? ?ง ?ี? ?บ ?ป ?ร ?ะ ?ม ?[าำ] ?ณ"
_ERA = r"(?:พ ?\. ?ศ ?\.?|พ ?ศ\.?|พุทธศักราช)"
_OPENED = "[ :：(\\[\"'“‘]{0,4}"
_FOUR = r"2[4-6]\d\d(?!\d)"
_LOOSE = r"2 ?[4-6] ?\d ?\d(?! ?\d)"
# Two digits that count something else: `ก่อนสิ้นปีงบประมาณ 30 วัน`, `ปีงบประมาณ 12/2567`. No year
# before 2540 is written so in anything on the web: `ปีงบประมาณ 15 โครงการ` counts too.
_TWO = r"[4-9]\d(?!\d|[.,:]\d| ?/ ?\d{4}| ?(?:วัน(?!ที่)|ล้าน|แสน|หมื่น|พัน|บาท|%))"
_DASH = "[-–—−‐‑~]"

_FISCAL = re.compile(f"{_WORD}{_OPENED}(?:{_ERA}{_OPENED})?({_FOUR}|{_LOOSE}|{_TWO})", re.ASCII)
_NEXT = re.compile(
    f" ?({_DASH}|(?:จน)?ถึง|และ|กับ|,) ?(?:{_WORD} ?|ปี ?)?(?:{_ERA} ?)?({_FOUR}|{_TWO})",
    re.ASCII,
)
_ASKS = re.compile(f"{_WORD}{_OPENED}(?:{_ERA}{_OPENED})?$", re.ASCII)
_SPACED = re.compile(f"{_ERA} ?(?!\\d{{4}})({_LOOSE})", re.ASCII)
_PLAIN = re.compile(rf"(?<!\d){_FOUR}", re.ASCII)
_DIGIT = re.compile(r"\d", re.ASCII)

_DAY, _MONTH = "(?:0?[1-9]|[12]\\d|3[01])", "(?:0?[1-9]|1[0-2])"
_DATE_BEFORE = re.compile(f"(?<![\\d.-]){_DAY}([.-]){_MONTH}\\1$", re.ASCII)
_DATE_AFTER = re.compile(f"([.-]){_MONTH}\\1{_DAY}(?![\\d.-])", re.ASCII)
_BEFORE = re.compile(rf"(?P<digits>\d+)(?P<sign>[.,:]|{_DASH})$", re.ASCII)
_AFTER = re.compile(rf"(?P<sign>[.,:]|{_DASH})(?P<digits>\d+)", re.ASCII)
# Part of a code (`3a2567`) or of a unit (`2567px`, `2567%`), or money.
_CODE_BEFORE = re.compile(r"\d[A-Za-z]+$|[$฿€] ?$", re.ASCII)
_CODE_AFTER = re.compile(r"[A-Za-z%]")
_MONEY_AFTER = re.compile(" ?บาท")
_SAID_YEAR = re.compile(f"(?:ปี|{_ERA}) ?$")
# `0 2567 1234`, `0 4425 2567`, `044 251 2567`: the ways official letters write telephone numbers.
_CALL_BEFORE = re.compile(r"(?<!\d)0\d{0,2} $", re.ASCII)
_CALL_AFTER = re.compile(r"[ -]\d{3,4}(?!\d)", re.ASCII)
_CALLED = re.compile(r"(?<!\d)0\d{0,2}[ -](\d{3,4})[ -]$", re.ASCII)
_AROUND = 16


class Years:
    """The years named so far, each with the first spot it was seen at."""

    def __init__(self) -> None:
        self._named: dict[int, NamedYear] = {}
        self._asked = ""

    def add(self, text: str, spot: Spot) -> None:
        """Look through the next piece of a document.

        Where the piece before ended in `ปีงบประมาณ`, this one begins with what it asked for: the
        next cell, the next line.
        """
        text = repaired(text)
        if not text:
            return
        if self._asked:
            text = f"{self._asked} {text}"
        asks = _ASKS.search(text[-40:])
        self._asked = asks.group() if asks else ""
        for year, fiscal in years_in(text):
            known = self._named.get(year)
            if known is None:
                self._named[year] = NamedYear(year, spot, fiscal)
            elif fiscal and not known.fiscal:
                self._named[year] = known._replace(fiscal=True)

    def named(self) -> tuple[NamedYear, ...]:
        """All of them, in the order in which they came."""
        return tuple(self._named.values())


def years_in(text: str) -> Iterator[tuple[int, bool]]:
    """Each year that a repaired text names, and whether as a fiscal year; some more than once.

    After `ปีงบประมาณ` two digits are enough, and a range names every year in it.
    """
    if not _DIGIT.search(text):
        return
    found = [
        (match.start(), year, True) for match in _FISCAL.finditer(text) for year in _run(match)
    ]
    found += [(match.start(), _number(match[1]), False) for match in _SPACED.finditer(text)]
    found += [
        (match.start(), int(match[0]), False)
        for match in _PLAIN.finditer(text)
        if _stands_alone(text, match.start(), match.end())
    ]
    found.sort(key=lambda at: at[0])
    for _, year, fiscal in found:
        if FIRST <= year <= LAST:
            yield year, fiscal


def _run(first: re.Match[str]) -> Iterator[int]:
    """The years of `2566`, `2566 - 2570`, `66, 67 และ 68` after their word."""
    last = _number(first[1])
    yield last
    text, end = first.string, first.end()
    while following := _NEXT.match(text, end):
        year, end = _number(following[2]), following.end()
        near = 0 < year - last <= _LONGEST_RANGE
        if len(following[2]) == 2 and not near:
            return
        if near and following[1] not in {",", "และ", "กับ"}:
            yield from range(last + 1, year)
        yield year
        last = year


def _number(digits: str) -> int:
    digits = digits.replace(" ", "")
    return int(digits) + 2500 if len(digits) == 2 else int(digits)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether four digits are a number of their own, and no amount, code or telephone number."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if _CODE_BEFORE.search(before) or _CODE_AFTER.match(after) or _is_call(before, after):
        return False
    if _MONEY_AFTER.match(after) and not _SAID_YEAR.search(before):
        return False
    left, right = _BEFORE.search(before), _AFTER.match(after)
    if left and not _DATE_BEFORE.search(before) and not _joined_before(left, before):
        return False
    return right is None or bool(_DATE_AFTER.match(after)) or _joined_after(right)


def _is_call(before: str, after: str) -> bool:
    if _CALL_BEFORE.search(before):
        called = _CALL_AFTER.match(after)
        return called is not None and not _is_year(called.group()[1:])
    called = _CALLED.search(before)
    return called is not None and not _is_year(called[1])


def _joined_before(left: re.Match[str], before: str) -> bool:
    """Whether what a sign joins to the digits on the left leaves them a year.

    `2566,2567` and `2566-2567` do; `1,2567` and `044-2567` do not. `1-2567` is the first of that
    year, as one writes it in the name of a file.
    """
    if left["sign"] in ".:":
        return False
    if _is_year(left["digits"]):
        return True
    first = left["sign"] != "," and len(left["digits"]) <= 2 and left["digits"][0] != "0"
    return first and before[: left.start()][-1:] not in tuple(".,:-–—−‐‑~")


def _joined_after(right: re.Match[str]) -> bool:
    """The same on the right: `2566-70` too, but no `2567,000`, `2567.5` and `2567-1234`."""
    if right["sign"] in ".:":
        return False
    return _is_year(right["digits"]) or (right["sign"] != "," and len(right["digits"]) <= 2)


def _is_year(digits: str) -> bool:
    return len(digits) == 4 and FIRST <= int(digits) <= LAST

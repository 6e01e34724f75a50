"""Days, months, periods and years as Thai officials write them.

No date library knows the Buddhist calendar, so this is ours. Every function takes text in
normalised form (`characters.normalised`) and gives Gregorian days, or raises `Unreadable`.
Notations: contract.md, section 2.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from ita_check.model.calendar import (
    BUDDHIST_OFFSET,
    ENGLISH_MONTHS,
    FULL_MONTHS,
    SHORT_MONTHS,
    Period,
    fiscal_year,
    written_day,
)
from ita_check.texts import Phrase, Text, phrase

FIRST_BUDDHIST_YEAR = 2400
BUDDHIST_YEARS = range(2443, 2644)
GREGORIAN_YEARS = range(1900, 2101)
CENTURIES = (2400, 2500, 2600)
TWO_DIGIT_REACH = 20
LONGEST = 200  # characters of a period: looking for its separator takes the square of its length


class Unreadable(Exception):
    """A text that is no day, month, period or year, with the reason to tell."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.key)
        self.message = message


class NeedsFiscalYear(Unreadable):
    """A two-digit year where no fiscal year says which century is meant."""

    def __init__(self) -> None:
        super().__init__(phrase("problems.two_digit_year"))


_BUDDHIST_ERA = r"พ\.? ?ศ\.{0,2}"
_GREGORIAN_ERA = r"ค\.? ?ศ\.{0,2}"
_MONTHS = {name: number for number, name in enumerate(FULL_MONTHS, 1)} | {
    name.replace(".", ""): number for number, name in enumerate(SHORT_MONTHS, 1)
}
# Any Thai word stands for a month here; `_MONTHS` knows which of them is one.
_MONTH = r"(?P<month>[ก-๎][ก-๎. ]*?)"
_DAY_AND_MONTH = rf"(?:วันที่ ?)?(?P<day>\d{{1,2}}) ?(?:เดือน ?)?{_MONTH}"
_YEAR = rf" ?(?P<era>{_BUDDHIST_ERA}|{_GREGORIAN_ERA})? ?(?P<year>\d{{1,4}})"
_DAY_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})-(?P<number>\d{1,2})-(?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})/(?P<number>\d{1,2})/(?P<year>\d{4}|\d{2})",
        _DAY_AND_MONTH + _YEAR,
    )
)
_MONTH_FORMS = tuple(
    re.compile(form, re.ASCII)
    for form in (
        r"(?P<year>\d{4})-(?P<number>\d{1,2})",
        rf"(?:เดือน ?)?{_MONTH}{_YEAR}",
    )
)
# A day, a month or both without a year, as one end of a period.
_PARTIAL = re.compile(rf"(?:(?:วันที่ ?)?(?P<day>\d{{1,2}}))? ?(?:เดือน ?)?(?:{_MONTH})?", re.ASCII)
_SEPARATOR = re.compile(r" ?(?:-|–|—|ถึง) ?")
_YEARS = re.compile(r"(?P<first>\d{4})(?: ?(?:-|–|—|ถึง) ?(?P<last>\d{4}))?", re.ASCII)
_FOUR_DIGITS = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_TWO_DIGITS = re.compile(r"(?<![0-9.,])[0-9]{2}(?![0-9.,])")
_ONWARDS = re.compile(r"(?P<start>.+?) ?เป็นต้นไป")


@lru_cache(maxsize=512)
def read_day(text: str, year: int | None) -> date:
    """A day; `year` is the Buddhist fiscal year that gives two-digit years their century."""
    found = _day(text, year)
    if found is None:
        raise Unreadable(phrase("problems.not_a_date", text=text))
    return found


@lru_cache(maxsize=512)
def read_period(text: str, year: int | None) -> Period:
    """Two days or months with a separator between them."""
    if len(text) > LONGEST:
        raise Unreadable(phrase("problems.not_a_period", text=text))
    for separator in _SEPARATOR.finditer(text):
        first, last = text[: separator.start()], text[separator.end() :]
        since, until = _ends(first, year), _ends(last, year)
        if since is not None and until is not None:
            return _ordered(since[0], until[1], text)
        _tell_if_partial(first, since, last, until, text)
    raise Unreadable(phrase("problems.not_a_period", text=text))


@lru_cache(maxsize=512)
def read_day_or_period(text: str, year: int | None) -> Period:
    """A day, as a period of one day, or a period."""
    day = _day(text, year)
    return read_period(text, year) if day is None else Period(day, day)


def period_between(start: date, end: date) -> Period:
    """The period from one day to another; one that ends before it begins is unreadable."""
    return _ordered(start, end, "")


def read_in_force(text: str, year: int | None) -> Period:
    """A period, fiscal years (`2566-2570`, `2570`), or either with `เป็นต้นไป`."""
    onwards = _ONWARDS.fullmatch(text)
    if onwards is not None:
        return Period(_first_day(onwards["start"], year), None)
    return _bounded(text, year)


def _first_day(text: str, year: int | None) -> date:
    """Where something begins that has no end: one day, month or fiscal year."""
    ends = _ends(text, year)
    if ends is None and not _FOUR_DIGITS.fullmatch(text):
        raise Unreadable(phrase("problems.not_a_period", text=text))
    return ends[0] if ends else fiscal_year(read_year(text)).start


def _bounded(text: str, year: int | None) -> Period:
    """Fiscal years, or a period."""
    years = _YEARS.fullmatch(text)
    if years is None:
        return read_period(text, year)
    first = read_year(years["first"])
    last = read_year(years["last"] or years["first"])
    if last < first:
        raise Unreadable(phrase("problems.ends_before_it_begins", text=text))
    return Period(fiscal_year(first).start, fiscal_year(last).end)


def read_months(text: str, year: int | None) -> tuple[str, ...]:
    """A month or a range of months, as `2023-10` (Gregorian) each."""
    if len(text) > LONGEST:
        raise Unreadable(phrase("problems.not_a_month", text=text))
    single = _month(text, year)
    if single is not None:
        return (f"{single:%Y-%m}",)
    for separator in _SEPARATOR.finditer(text):
        first = _month(text[: separator.start()], year)
        last = _month(text[separator.end() :], year)
        if first is None or last is None:
            continue
        if last < first:
            raise Unreadable(phrase("problems.ends_before_it_begins", text=text))
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        return tuple(_month_after(first, n) for n in range(count))
    raise Unreadable(phrase("problems.not_a_month", text=text))


def read_year(text: str) -> int:
    """A four-digit Buddhist year; anything else names the year that was probably meant."""
    numbers = [int(found) for found in _FOUR_DIGITS.findall(text.replace(",", ""))]
    alone = _FOUR_DIGITS.fullmatch(text) is not None
    for number in numbers:
        if number in BUDDHIST_YEARS:
            if alone:
                return number
            raise Unreadable(phrase("problems.short_year", text=text, meant=number))
        if number in GREGORIAN_YEARS:
            key = "gregorian_year" if alone else "short_year"
            raise Unreadable(phrase(f"problems.{key}", text=text, meant=number + BUDDHIST_OFFSET))
    short = _TWO_DIGITS.search(text)
    if short is not None and not numbers:
        raise Unreadable(phrase("problems.short_year", text=text, meant=f"25{short.group()}"))
    raise Unreadable(phrase("problems.not_a_year", text=text))


def _month_after(first: date, count: int) -> str:
    month = first.month - 1 + count
    return f"{first.year + month // 12}-{month % 12 + 1:02}"


def _ends(text: str, year: int | None) -> tuple[date, date] | None:
    """The first and the last day of what is written: a day, or a month."""
    day = _day(text, year)
    if day is not None:
        return day, day
    month = _month(text, year)
    if month is not None:
        last = calendar.monthrange(month.year, month.month)[1]
        return month, month.replace(day=last)
    return None


def _day(text: str, year: int | None) -> date | None:
    for form in _DAY_FORMS:
        match = form.fullmatch(text)
        number = _number(match) if match else None
        if match is not None and number is not None:
            return _exact(_gregorian(match, year), number, int(match["day"]), text)
    return None


def _month(text: str, year: int | None) -> date | None:
    for form in _MONTH_FORMS:
        match = form.fullmatch(text)
        number = _number(match) if match else None
        if match is not None and number is not None:
            return _exact(_gregorian(match, year), number, 1, text)
    return None


def _number(match: re.Match[str]) -> int | None:
    """The number of the month of a match, None where the word is no month."""
    parts = match.groupdict()
    if "number" in parts:
        return int(parts["number"])
    return _MONTHS.get(parts["month"].replace(".", "").replace(" ", ""))


def _gregorian(match: re.Match[str], fiscal: int | None) -> int:
    """The Gregorian year of a match: 2400 and later is Buddhist, two digits are Buddhist."""
    era = (match.groupdict().get("era") or "").replace(" ", "")
    text = match["year"]
    number = int(text)
    if len(text) == 2:
        if era.startswith("ค"):
            raise Unreadable(phrase("problems.year_needs_four_digits", text=text))
        return _century(number, fiscal) - BUDDHIST_OFFSET
    if len(text) != 4:
        raise Unreadable(phrase("problems.year_needs_four_digits", text=text))
    buddhist = number >= FIRST_BUDDHIST_YEAR
    if buddhist and era.startswith("ค"):
        meant = number - BUDDHIST_OFFSET
        raise Unreadable(phrase("problems.era_does_not_fit", era="ค.ศ.", text=text, meant=meant))
    if not buddhist and era.startswith("พ"):
        meant = number + BUDDHIST_OFFSET
        raise Unreadable(phrase("problems.era_does_not_fit", era="พ.ศ.", text=text, meant=meant))
    if number not in (BUDDHIST_YEARS if buddhist else GREGORIAN_YEARS):
        raise Unreadable(phrase("problems.year_out_of_range", text=text))
    return number - BUDDHIST_OFFSET if buddhist else number


def _century(number: int, fiscal: int | None) -> int:
    if fiscal is None:
        raise NeedsFiscalYear
    for century in CENTURIES:
        year = century + number
        if abs(year - fiscal) <= TWO_DIGIT_REACH:
            if year not in BUDDHIST_YEARS:
                raise Unreadable(phrase("problems.year_out_of_range", text=year))
            return year
    raise Unreadable(phrase("problems.two_digit_year_too_far", text=f"{number:02}", year=fiscal))


def _exact(year: int, month: int, day: int, text: str) -> date:
    if not 1 <= month <= 12:
        raise Unreadable(phrase("problems.no_such_month", text=text, month=month))
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        raise Unreadable(
            phrase(
                "problems.no_such_day",
                text=text,
                month=Text(FULL_MONTHS[month - 1], ENGLISH_MONTHS[month - 1]),
                year=year + BUDDHIST_OFFSET,
                last=last,
            )
        )
    return date(year, month, day)


def _ordered(start: date, end: date, text: str) -> Period:
    if end < start:
        written = text or f"{written_day(start).th} - {written_day(end).th}"
        raise Unreadable(phrase("problems.ends_before_it_begins", text=written))
    return Period(start, end)


def _tell_if_partial(
    first: str,
    since: tuple[date, date] | None,
    last: str,
    until: tuple[date, date] | None,
    text: str,
) -> None:
    """Raise the full form of a period one of whose ends lacks its month or its year."""
    start, end = since[0] if since else None, until[1] if until else None
    if start is None and end is not None:
        part = _PARTIAL.fullmatch(first) if first else None
        month = _part_month(part, end.month) if part else None
        if part is not None and month is not None:
            start = _latest_not_after(end, month, int(part["day"] or 1), first)
    elif start is not None and end is None:
        part = _PARTIAL.fullmatch(last) if last else None
        month = _part_month(part, None) if part else None
        if part is not None and month is not None:
            year = start.year + (month < start.month)
            last_day = calendar.monthrange(year, month)[1]
            end = date(year, month, min(int(part["day"] or last_day), last_day))
    else:
        return
    if start is None or end is None or end < start:
        return
    full = f"{written_day(start).th} - {written_day(end).th}"
    raise Unreadable(phrase("problems.period_lacks_year", text=text, full=full))


def _part_month(part: re.Match[str], otherwise: int | None) -> int | None:
    """The month of an end that lacks its year, or that of the other end for a bare day."""
    return _number(part) if part["month"] else otherwise


def _latest_not_after(end: date, month: int, day: int, text: str) -> date:
    """The day of that month and day, in the year of the end or the one before."""
    year = end.year - ((month, day) > (end.month, end.day))
    return _exact(year, month, day, text)

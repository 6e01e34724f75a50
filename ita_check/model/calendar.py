"""Fiscal years, periods and how days are written.

Years of fiscal years are Buddhist (`int`, 2567); days are Gregorian `datetime.date`. Fiscal year
N runs from 1 October N-1 to 30 September N (shared/domain.md).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple

from ita_check.model.checks import Boundary
from ita_check.texts import Text

BUDDHIST_OFFSET = 543
FULL_MONTHS = (
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
)
SHORT_MONTHS = (
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
)
ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
OCTOBER = 10


class Period(NamedTuple):
    """From one day to another, both included; `end` is None where it goes on."""

    start: date
    end: date | None

    def overlaps(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        return (other.end is None or self.start <= other.end) and (
            self.end is None or other.start <= self.end
        )

    def covers(self, other: Period) -> bool:
        """Whether every day of the other is one of this."""
        return self.start <= other.start and (
            self.end is None or (other.end is not None and other.end <= self.end)
        )


def fiscal_year(year: int) -> Period:
    """The days of a Buddhist fiscal year."""
    gregorian = year - BUDDHIST_OFFSET
    return Period(date(gregorian - 1, OCTOBER, 1), date(gregorian, 9, 30))


def boundary(name: Boundary, year: int) -> date:
    """The day that a rule names, in a Buddhist fiscal year."""
    gregorian = year - BUDDHIST_OFFSET
    days: dict[Boundary, date] = {
        "previous_fiscal_year_start": date(gregorian - 2, OCTOBER, 1),
        "fiscal_year_start": date(gregorian - 1, OCTOBER, 1),
        "march_31": date(gregorian, 3, 31),
        "fiscal_year_end": date(gregorian, 9, 30),
        "calendar_year_end": date(gregorian, 12, 31),
    }
    return days[name]


def months_of_fiscal_year(year: int, first: int, last: int) -> tuple[str, ...]:
    """The months from `first` to `last` (calendar numbers) as `2023-10`, Gregorian."""
    day, end = _first_of(first, year), _first_of(last, year)
    months = []
    while day <= end:
        months.append(f"{day:%Y-%m}")
        day = (day + timedelta(days=31)).replace(day=1)
    return tuple(months)


def _first_of(month: int, year: int) -> date:
    gregorian = year - BUDDHIST_OFFSET
    return date(gregorian - 1 if month >= OCTOBER else gregorian, month, 1)


# What `written_day` writes in Thai, for formats that keep a day on one line.
_MONTHS = "|".join(month.replace(".", r"\.") for month in SHORT_MONTHS)
WRITTEN_DAY = rf"[0-9]{{1,2}} (?:{_MONTHS}) [0-9]{{4}}"


def written_day(day: date) -> Text:
    """A day in short form: `31 มี.ค. 2567`, and in English with the era beside it."""
    buddhist = day.year + BUDDHIST_OFFSET
    return Text(
        f"{day.day} {SHORT_MONTHS[day.month - 1]} {buddhist}",
        f"{day.day} {ENGLISH_MONTHS[day.month - 1][:3]} {buddhist} BE ({day.isoformat()})",
    )


def spelled_day(day: date) -> Text:
    """A day with the name of its month in full: `31 มีนาคม 2567`."""
    buddhist = day.year + BUDDHIST_OFFSET
    return Text(
        f"{day.day} {FULL_MONTHS[day.month - 1]} {buddhist}",
        f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {buddhist} BE ({day.isoformat()})",
    )


def written_moment(moment: datetime) -> Text:
    """A moment in Bangkok to the minute: `31 มี.ค. 2567 14:05 น.`."""
    day = written_day(moment.date())
    return Text(f"{day.th} {moment:%H:%M} น.", f"{day.en} {moment:%H:%M}")


def written_month(month: str) -> Text:
    """A month given as `2023-10`: `ต.ค. 2566`, `Oct 2566 BE`."""
    year, number = int(month[:4]) + BUDDHIST_OFFSET, int(month[5:])
    return Text(f"{SHORT_MONTHS[number - 1]} {year}", f"{ENGLISH_MONTHS[number - 1][:3]} {year} BE")

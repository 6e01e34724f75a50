"""Declared exceptions: which of them hold on a day, and what is told about them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ita_check.evaluation.look import Fault, Leveled
from ita_check.model.calendar import written_day
from ita_check.model.evidence import DeclaredException

EXPIRING_DAYS = 30


def holds(exception: DeclaredException, as_of: date) -> bool:
    """Whether it decides the status; a waiver holds to the end of the day on which it expires."""
    return exception.expires is None or as_of <= exception.expires


def judge_exception(exception: DeclaredException, met: bool, as_of: date) -> Iterator[Leveled]:
    """What an officer should know about an exception: all of it warnings."""
    gaps: dict[str, object] = {"requirement": exception.requirement}
    days = exception.days_left(as_of)
    if exception.expires is not None and days is not None:
        expiry = {**gaps, "day": written_day(exception.expires), "days": days}
        place = f"{exception.path}.expires"
        if days < 0:
            yield "warning", Fault("waiver_expired", place, expiry)
        elif days <= EXPIRING_DAYS:
            yield "warning", Fault("waiver_expiring", place, expiry, "" if days else "today")
    if met:
        yield "warning", Fault("exception_unneeded", exception.path, gaps)

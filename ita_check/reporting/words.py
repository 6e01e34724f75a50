"""What several formats say alike: who owes what, why a requirement is not judged, its codes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ita_check.model.calendar import written_day
from ita_check.model.catalogue import Requirement
from ita_check.model.report import Judged, Report
from ita_check.texts import Phrase, phrase


def gaps_by_unit(report: Report) -> tuple[tuple[str | None, tuple[Judged, ...]], ...]:
    """Each responsible unit with its gaps, most gaps first; None is where no unit is named.

    A gap of two units stands with both.
    """
    owed: dict[str | None, list[Judged]] = {}
    for judged in report.requirements:
        if judged.is_gap:
            names = judged.responsible.names if judged.responsible else ()
            for name in dict.fromkeys(names or (None,)):
                owed.setdefault(name, []).append(judged)
    ordered = sorted(owed.items(), key=lambda one: (-len(one[1]), one[0] is None, one[0] or ""))
    return tuple((name, tuple(judged)) for name, judged in ordered)


def units_of(judged: Judged) -> str | Phrase:
    """The responsible units as written, or that none is named."""
    return judged.responsible.written if judged.responsible else phrase("report.no_unit")


def codes_of(rule: Requirement) -> str:
    """The OIT codes that a requirement serves; an unverified one has a mark."""
    return ", ".join(code.code + ("" if code.verified else "*") for code in rule.oit)


def unverified_years(judged: Iterable[Judged]) -> str:
    """The years of the codes shown where any of them needs its mark explained, else nothing."""
    shown = [oit for one in judged for oit in one.requirement.oit]
    if all(oit.verified for oit in shown):
        return ""
    return ", ".join(str(year) for year in sorted({oit.fiscal_year for oit in shown}))


def reasons(judged: Judged, as_of: date) -> tuple[Phrase, ...]:
    """Why a requirement is not judged: the day it opens, or what the exception says."""
    found = []
    if judged.opens is not None:
        found.append(phrase("report.opens", day=written_day(judged.opens)))
    exception = judged.exception
    if exception is not None:
        found.append(phrase("report.reason", reason=exception.reason))
        if exception.approved_by is not None:
            found.append(phrase("report.approved_by", post=exception.approved_by))
        if exception.expires is not None:
            day = written_day(exception.expires)
            left = exception.days_left(as_of)
            found.append(phrase("report.expires_in", day=day, days=left))
    return tuple(found)

"""What the formats of a comparison say alike: its sides, its warnings, its verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from ita_check.model.calendar import written_day
from ita_check.model.comparison import (
    Change,
    ComparedFindings,
    ComparedRequirement,
    Comparison,
    Doubt,
    Recorded,
    RecordedFinding,
)
from ita_check.reporting.places import place_of
from ita_check.texts import Phrase, Text, phrase

Verdict = Literal["nothing", "regression", "new_gaps", "no_new_gap"]
Sort = Literal["new", "gone", "unchanged"]
# How a verdict is shown: all is well, something is wrong, or neither can be said.
VERDICT_STYLES: Mapping[Verdict, str] = {
    "nothing": "warning",
    "regression": "error",
    "new_gaps": "warning",
    "no_new_gap": "ok",
}


def section(change: Change, count: int) -> Phrase:
    """What a list of requirements with one change is headed."""
    return phrase(f"comparison.section.{change}", count=count)


def facts_of_side(side: Recorded) -> Iterator[Phrase]:
    """For which year and as of which day it was judged, and whether all of it was."""
    day = written_day(side.as_of)
    both = Text(f"{day.th} ({side.as_of})", day.en)
    yield phrase("comparison.side.judged", year=side.fiscal_year, day=both)
    if side.is_selection:
        count = side.catalogue_requirements
        yield phrase("comparison.side.listed", listed=side.listed, count=count)


def warnings(comparison: Comparison) -> tuple[tuple[Doubt, Phrase], ...]:
    """Why the two sides may not go together, each by its name and in words."""
    return tuple((doubt, _in_words(doubt, comparison)) for doubt in comparison.doubts)


def _in_words(doubt: Doubt, comparison: Comparison) -> Phrase:
    old, new = comparison.old, comparison.new
    match doubt:
        case "other_catalogue" | "other_rules":
            gaps: dict[str, object] = {"old": old.catalogue_id, "new": new.catalogue_id}
        case "other_agency":
            gaps = {"old": old.agency, "new": new.agency}
        case "other_fiscal_year":
            gaps = {"old": old.fiscal_year, "new": new.fiscal_year}
        case "older_day":
            gaps = {"old": written_day(old.as_of), "new": written_day(new.as_of)}
        case "selection":
            gaps = {"count": len(comparison.not_compared)}
        case "same_judgement":
            gaps = {}
    return phrase(f"comparison.doubt.{doubt}", **gaps)


def facts_of(compared: ComparedRequirement) -> Iterator[Phrase]:
    """What a requirement was before, and who is responsible for it now."""
    if compared.old is None:
        yield phrase("comparison.came")
    elif compared.status_differs:
        yield phrase("comparison.was", status=phrase(f"report.status.{compared.old.status}"))
    if compared.new is None:
        yield phrase("comparison.went")
    elif compared.new.is_gap:
        units = compared.new.responsible or phrase("report.no_unit")
        yield phrase("report.responsible", units=units)


class Told(NamedTuple):
    """A finding that came, went or stayed, with its word.

    `remedy` is False where the next one stands at the same place and is mended alike.
    """

    sort: Sort
    word: Phrase
    finding: RecordedFinding
    remedy: bool


def inside(findings: ComparedFindings) -> Iterator[Told]:
    """Which findings are new, which are gone and which stay, in this order."""
    sorts: tuple[tuple[Sort, tuple[RecordedFinding, ...]], ...] = (
        ("new", findings.new),
        ("gone", findings.gone),
        ("unchanged", findings.unchanged),
    )
    for sort, found in sorts:
        for finding, remedy in errors_first(found):
            level = phrase(f"report.level.{finding.level}")
            yield Told(sort, phrase(f"comparison.finding.{sort}", level=level), finding, remedy)


def errors_first(findings: Iterable[RecordedFinding]) -> Iterator[tuple[RecordedFinding, bool]]:
    """Findings with the errors before the warnings, and whether the remedy is to be said here."""
    ordered = sorted(findings, key=lambda finding: finding.level != "error")
    mended = [(one.line, one.column, one.fix.say("th")) for one in ordered]
    for number, finding in enumerate(ordered):
        yield finding, mended[number] != (mended[number + 1] if number + 1 < len(mended) else None)


def place(side: Recorded, finding: RecordedFinding) -> str:
    """Where a finding of a side stands, as editors take it."""
    return place_of(side.evidence_name, finding)


def verdict(comparison: Comparison, *, fail_on_regression: bool) -> Verdict:
    """What the exit code says, and why."""
    if not comparison.issues:
        return "nothing"
    if not comparison.having("new_gap"):
        return "no_new_gap"
    return "regression" if fail_on_regression else "new_gaps"


def verdict_sentence(comparison: Comparison, *, fail_on_regression: bool) -> Phrase:
    """The verdict in words."""
    figures = comparison.figures
    return phrase(
        f"comparison.closing.{verdict(comparison, fail_on_regression=fail_on_regression)}",
        new_gaps=figures.changes["new_gap"],
        fixed=figures.changes["fixed"],
        left=figures.changes["unchanged_gap"],
        compared=figures.compared,
    )

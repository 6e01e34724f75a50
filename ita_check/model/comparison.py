"""Two reports side by side: what a report recorded, and what became of each requirement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Literal, NamedTuple

from ita_check.model.catalogue import Level
from ita_check.model.report import (
    EXIT_CLEAN,
    EXIT_GAPS,
    EXIT_NOTHING_JUDGED,
    GAPS,
    Status,
)
from ita_check.texts import Phrase, Text

Change = Literal["new_gap", "fixed", "unchanged_gap", "changed_status", "unchanged"]
CHANGES: tuple[Change, ...] = ("new_gap", "fixed", "unchanged_gap", "changed_status", "unchanged")
Doubt = Literal[
    "other_catalogue",
    "other_rules",
    "other_agency",
    "other_fiscal_year",
    "older_day",
    "selection",
    "same_judgement",
]
# What makes two reports hard to compare: `--strict` refuses these.
STRICT: frozenset[Doubt] = frozenset(
    {"other_catalogue", "other_rules", "other_agency", "other_fiscal_year"}
)


class RecordedFinding(NamedTuple):
    """A finding as a report tells it; a report read from a file speaks one language only.

    `requirement` is set where a finding about the file speaks of one: of its exception.
    """

    code: str
    level: Level
    path: str
    message: Text | Phrase
    fix: Text | Phrase
    line: int
    column: int
    requirement: str = ""
    cell: str = ""

    @property
    def identity(self) -> tuple[str, str, str]:
        """What stays the same in another language, for another agency, on another line.

        An exception is known by its requirement: its place in the list moves with the others.
        """
        return self.code, self.level, self.requirement or self.path


class RecordedRequirement(NamedTuple):
    """A requirement as a report tells it; `responsible` are the units as written."""

    id: str
    title: Text
    status: Status
    responsible: str | None
    findings: tuple[RecordedFinding, ...]

    @property
    def is_gap(self) -> bool:
        """Whether it is missing or incomplete."""
        return self.status in GAPS


class RecordedIssue(NamedTuple):
    """An issue as a report tells it, its requirements in the order of the catalogue."""

    number: int
    title: Text
    requirements: tuple[RecordedRequirement, ...]


class Recorded(NamedTuple):
    """A report, whether read from a file or just judged.

    `name` is the file as given on the command line, `evidence_name` the evidence file that was
    judged. `fiscal_year` is Buddhist, `as_of` Gregorian; `catalogue_requirements` counts the whole
    catalogue, selected or not.
    """

    name: str
    evidence_name: str
    evidence_sha256: str
    catalogue_id: str
    catalogue_sha256: str
    catalogue_requirements: int
    agency: str
    fiscal_year: int
    as_of: date
    findings: tuple[RecordedFinding, ...]
    issues: tuple[RecordedIssue, ...]

    @property
    def listed(self) -> int:
        """How many requirements it tells of."""
        return sum(len(issue.requirements) for issue in self.issues)

    @property
    def is_selection(self) -> bool:
        """Whether it leaves out requirements of its catalogue, as `--issue` does."""
        return self.listed < self.catalogue_requirements


class ComparedFindings(NamedTuple):
    """Findings that only the new side has, only the old one, and both (in the new one's words)."""

    new: tuple[RecordedFinding, ...]
    gone: tuple[RecordedFinding, ...]
    unchanged: tuple[RecordedFinding, ...]

    @property
    def differ(self) -> bool:
        """Whether any came or went."""
        return bool(self.new or self.gone)


class ComparedRequirement(NamedTuple):
    """What became of one requirement; a side is None where its catalogue does not have it."""

    old: RecordedRequirement | None
    new: RecordedRequirement | None
    change: Change
    findings: ComparedFindings

    @property
    def latest(self) -> RecordedRequirement:
        """The requirement as the new side has it, else as the old one had it."""
        latest = self.new or self.old
        assert latest is not None, "one side has it"
        return latest

    @property
    def status_differs(self) -> bool:
        """Whether the two sides give it another status, or one does not have it."""
        return self.old is None or self.new is None or self.old.status != self.new.status

    @property
    def differs(self) -> bool:
        """Whether anything about it changed: its status, or what was found."""
        return self.status_differs or self.findings.differ


class Figures(NamedTuple):
    """How many requirements met with each change, and the statuses of both sides."""

    changes: Counter[Change]
    old: Counter[Status]
    new: Counter[Status]

    @property
    def compared(self) -> int:
        """All requirements compared."""
        return self.changes.total()


def figures(compared: Iterable[ComparedRequirement]) -> Figures:
    """The figures of some requirements."""
    found = Figures(Counter(), Counter(), Counter())
    for one in compared:
        found.changes[one.change] += 1
        if one.old:
            found.old[one.old.status] += 1
        if one.new:
            found.new[one.new.status] += 1
    return found


def gaps(statuses: Counter[Status]) -> int:
    """How many of the statuses are those of gaps."""
    return sum(statuses[status] for status in GAPS)


class ComparedIssue(NamedTuple):
    """An issue with the requirements compared."""

    number: int
    title: Text
    requirements: tuple[ComparedRequirement, ...]

    @property
    def figures(self) -> Figures:
        """The figures of the issue."""
        return figures(self.requirements)


class Comparison(NamedTuple):
    """All that became of one report in another.

    `doubts` are why the two may not go together; `not_compared` are the ids of the requirements
    that one side leaves out, though its catalogue may have them.
    """

    old: Recorded
    new: Recorded
    doubts: tuple[Doubt, ...]
    findings: ComparedFindings
    issues: tuple[ComparedIssue, ...]
    not_compared: tuple[str, ...]

    @property
    def requirements(self) -> tuple[ComparedRequirement, ...]:
        """All requirements compared, by issue."""
        return tuple(one for issue in self.issues for one in issue.requirements)

    @property
    def figures(self) -> Figures:
        """The figures of everything compared."""
        return figures(self.requirements)

    def having(self, change: Change) -> tuple[ComparedRequirement, ...]:
        """The requirements that met with a change."""
        return tuple(one for one in self.requirements if one.change == change)


def exit_code(comparison: Comparison, *, fail_on_regression: bool) -> int:
    """What the exit code says of a comparison; what was not compared is never green."""
    if not comparison.issues:
        return EXIT_NOTHING_JUDGED
    return EXIT_GAPS if fail_on_regression and comparison.having("new_gap") else EXIT_CLEAN

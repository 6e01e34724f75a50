"""What the page shows of each file, before any of it is markup."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import NamedTuple

from ita_check.errors import Problem
from ita_check.model.finding import Finding
from ita_check.model.report import UNJUDGED, Judged, Outcome, Report, Unjudged
from ita_check.reporting.lookings import Opened, by_weight, figures, heading_of, ways_of
from ita_check.reporting.view import View
from ita_check.reporting.words import (
    VERDICT_STYLES,
    codes_of,
    doubts_of,
    gaps_by_unit,
    head,
    legend,
    proof_of,
    reasons,
    units_of,
    verdict,
    verdict_sentence,
)
from ita_check.texts import Language, Phrase, Text, phrase

Words = str | Text | Phrase


class Spot(NamedTuple):
    """The findings of one level at one place, and the different ways to mend them."""

    level: str
    line: int
    column: int
    cell: str
    excerpt: str
    findings: tuple[Finding, ...]
    fixes: tuple[Text | Phrase, ...]


class Row(NamedTuple):
    """One requirement; `units` are the numbers of its units in the filter."""

    judged: Judged
    unit: Words
    units: tuple[int, ...]
    codes: str
    proof: Phrase
    reasons: tuple[Phrase, ...]
    ways: tuple[Phrase, ...]
    unproved: tuple[Phrase, ...]
    spots: tuple[Spot, ...]


class Group(NamedTuple):
    """Rows under one heading; `holds` says what their middle column is about."""

    id: str
    holds: str
    step: str
    title: Words
    rows: tuple[Row, ...]


class Unit(NamedTuple):
    """A responsible unit by its number in the filter, and how many gaps it has."""

    number: int
    name: Words
    gaps: int


class Sheet(NamedTuple):
    """What the page shows of one report."""

    id: str
    report: Report
    quiet: bool
    verdict: Phrase
    style: str
    facts: tuple[tuple[str, str | Text], ...]
    units: tuple[Unit, ...]
    spots: tuple[Spot, ...]
    gaps: tuple[Group, ...]
    others: tuple[Group, ...]
    notes: tuple[Phrase, ...]
    figures: tuple[Phrase, ...] = ()
    opened: tuple[tuple[Phrase, tuple[Opened, ...]], ...] = ()
    problems: tuple[Problem, ...] = ()


class Failure(NamedTuple):
    """What the page shows of a file that could not be judged."""

    id: str
    name: str
    verdict: Phrase
    problems: tuple[Problem, ...]


def sheet_of(outcome: Outcome, identity: str, view: View) -> Sheet | Failure:
    """What the page shows of one file; ids on the page begin with `identity`."""
    if isinstance(outcome, Unjudged):
        count = phrase("report.problems_count", count=len(outcome.problems))
        return Failure(identity, outcome.evidence_name, count, outcome.problems)
    return _Sheets(outcome, identity, view).sheet()


class _Sheets:
    """One report on its way to a sheet."""

    def __init__(self, report: Report, identity: str, view: View) -> None:
        self.report, self.identity, self.view = report, identity, view
        self.owed = gaps_by_unit(report)
        names = [name for name, _ in self.owed]
        names += [name for judged in report.requirements for name in _names(judged)]
        self.numbers = {name: number for number, name in enumerate(dict.fromkeys(names), 1)}

    def sheet(self) -> Sheet:
        """The whole sheet."""
        report, view = self.report, self.view
        gaps = dict(self.owed)
        return Sheet(
            self.identity,
            report,
            view.quiet,
            verdict_sentence(report, view.fail_on),
            VERDICT_STYLES[verdict(report, view.fail_on)],
            tuple(row for row in head(report) if row[0] not in ("agency", "file")),
            tuple(
                Unit(number, _unit(name), len(gaps.get(name, ())))
                for name, number in self.numbers.items()
            ),
            _spots(report.findings, view.language),
            self._by_unit() if view.group_by == "unit" else self._by_issue(),
            tuple(
                self._group(key, holds, "", phrase(f"page.{key}"), judged)
                for key, holds, judged in (
                    ("unjudged", "reasons", self._with_status(*UNJUDGED)),
                    ("met", "advice", self._with_status("met")),
                )
                if judged
            ),
            legend(report),
            *self._looked(),
        )

    def _looked(
        self,
    ) -> tuple[tuple[Phrase, ...], tuple[tuple[Phrase, tuple[Opened, ...]], ...]]:
        """What was looked at: the figures, and every address by what it means."""
        looked = self.report.looked
        if looked is None:
            return (), ()
        groups = tuple(
            (heading_of(weight, looked), addresses) for weight, addresses in by_weight(looked)
        )
        return tuple(figures(looked)), groups

    def _by_issue(self) -> tuple[Group, ...]:
        return tuple(
            self._group(f"issue-{issue.number}", "findings", str(issue.number), issue.title, gaps)
            for issue in self.report.issues
            if (gaps := [judged for judged in issue.requirements if judged.is_gap])
        )

    def _by_unit(self) -> tuple[Group, ...]:
        return tuple(
            self._group(f"unit-{self.numbers[name]}", "findings", "", _unit(name), gaps)
            for name, gaps in self.owed
        )

    def _with_status(self, *statuses: str) -> list[Judged]:
        return [judged for judged in self.report.requirements if judged.status in statuses]

    def _group(
        self, key: str, holds: str, step: str, title: Words, requirements: Iterable[Judged]
    ) -> Group:
        rows = tuple(self._row(judged) for judged in requirements)
        return Group(f"{self.identity}-{key}", holds, step, title, rows)

    def _row(self, judged: Judged) -> Row:
        return Row(
            judged,
            units_of(judged),
            tuple(self.numbers[name] for name in dict.fromkeys(_names(judged))),
            codes_of(judged.requirement),
            proof_of(judged),
            reasons(judged, self.report.as_of),
            ways_of(judged),
            # Where nobody looked, that is so of every address, and said once in the legend.
            doubts_of(judged) if self.report.looked else (),
            _spots(judged.findings, self.view.language),
        )


def _names(judged: Judged) -> tuple[str | None, ...]:
    """The units of a requirement; None where it names none."""
    return judged.responsible.names if judged.responsible else (None,)


def _unit(name: str | None) -> Words:
    return name if name is not None else phrase("report.no_unit")


def _spots(findings: Iterable[Finding], language: Language) -> tuple[Spot, ...]:
    """Findings by level and place: errors first, else in turn."""
    ordered = sorted(findings, key=lambda one: one.level != "error")
    spots = []
    for (level, line, at, cell), group in groupby(
        ordered, lambda one: (one.level, one.line, one.column, one.cell)
    ):
        members = tuple(group)
        excerpt = next((one.excerpt for one in members if one.excerpt is not None), "")
        # Findings that name different paths may be mended by the same words.
        fixes = {one.fix.say(language): one.fix for one in members}
        spots.append(Spot(level, line, at, cell, excerpt.strip(), members, tuple(fixes.values())))
    return tuple(spots)

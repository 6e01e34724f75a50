"""Two reports in, what became of every requirement out."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

from ita_check.model.comparison import (
    Change,
    ComparedFindings,
    ComparedIssue,
    ComparedRequirement,
    Comparison,
    Doubt,
    Recorded,
    RecordedFinding,
    RecordedIssue,
    RecordedRequirement,
)
from ita_check.model.finding import Finding
from ita_check.model.report import Judged, Report


def record(report: Report) -> Recorded:
    """A report just judged, as one that is read from a file."""
    return Recorded(
        report.evidence_name,
        report.evidence_name,
        report.evidence_sha256,
        report.catalogue_id,
        report.catalogue_sha256,
        report.catalogue_requirements,
        report.agency.name,
        report.fiscal_year,
        report.as_of,
        _findings(report.findings, of_file=True),
        tuple(
            RecordedIssue(issue.number, issue.title, tuple(map(_requirement, issue.requirements)))
            for issue in report.issues
        ),
    )


def _requirement(judged: Judged) -> RecordedRequirement:
    rule, responsible = judged.requirement, judged.responsible
    units = responsible.written if responsible else None
    return RecordedRequirement(
        rule.id, rule.title, judged.status, units, _findings(judged.findings)
    )


def _findings(findings: Iterable[Finding], *, of_file: bool = False) -> tuple[RecordedFinding, ...]:
    return tuple(
        RecordedFinding(
            one.code,
            one.level,
            one.path,
            one.message,
            one.fix,
            one.line,
            one.column,
            one.requirement if of_file else "",
            one.cell,
        )
        for one in findings
    )


def compare(old: Recorded, new: Recorded) -> Comparison:
    """What became of each requirement of the old report in the new one.

    A requirement that only one side has is new or gone where the other tells of its whole
    catalogue, and is not compared where the other is a selection. Where no requirement is in both,
    none is compared.
    """
    before, after = dict(_by_id(old)), dict(_by_id(new))
    in_both = before.keys() & after.keys()
    compared = set(in_both)
    if in_both and not old.is_selection:
        compared |= after.keys()
    if in_both and not new.is_selection:
        compared |= before.keys()
    order = [*after, *(name for name in before if name not in after)]
    left_out = tuple(name for name in order if name not in compared)
    titles = {issue.number: issue.title for side in (old, new) for issue in side.issues}
    by_issue: dict[int, list[ComparedRequirement]] = {}
    for name in order:
        if name in compared:
            number, one = after.get(name) or before[name]
            was = before[name][1] if name in before else None
            by_issue.setdefault(number, []).append(_compared(was, one if name in after else None))
    return Comparison(
        old,
        new,
        tuple(_doubts(old, new, left_out)),
        _compare_findings(*(_about(compared, side.findings) for side in (old, new))),
        tuple(
            ComparedIssue(number, titles[number], tuple(by_issue[number]))
            for number in sorted(by_issue)
        ),
        left_out,
    )


def _about(compared: set[str], findings: Iterable[RecordedFinding]) -> Iterator[RecordedFinding]:
    """The findings about the file that speak of nothing that is not compared."""
    return (one for one in findings if not one.requirement or one.requirement in compared)


def _by_id(side: Recorded) -> Iterator[tuple[str, tuple[int, RecordedRequirement]]]:
    for issue in side.issues:
        for requirement in issue.requirements:
            yield requirement.id, (issue.number, requirement)


def _compared(
    old: RecordedRequirement | None, new: RecordedRequirement | None
) -> ComparedRequirement:
    findings = _compare_findings(old.findings if old else (), new.findings if new else ())
    return ComparedRequirement(old, new, _change(old, new), findings)


def _change(old: RecordedRequirement | None, new: RecordedRequirement | None) -> Change:
    was_gap, is_gap = old is not None and old.is_gap, new is not None and new.is_gap
    if is_gap:
        return "unchanged_gap" if was_gap else "new_gap"
    if was_gap and new is not None and new.status == "met":
        return "fixed"
    same = old is not None and new is not None and old.status == new.status
    return "unchanged" if same else "changed_status"


def _compare_findings(
    old: Iterable[RecordedFinding], new: Iterable[RecordedFinding]
) -> ComparedFindings:
    """Findings matched one by one: several may have the same code and path."""
    old, new = tuple(old), tuple(new)
    came, stayed = _apart(new, old)
    gone, _ = _apart(old, new)
    return ComparedFindings(came, gone, stayed)


def _apart(
    these: Iterable[RecordedFinding], others: Iterable[RecordedFinding]
) -> tuple[tuple[RecordedFinding, ...], tuple[RecordedFinding, ...]]:
    """Those that the others do not have, and those that they have."""
    left = Counter(one.identity for one in others)
    alone, shared = [], []
    for one in these:
        if left[one.identity]:
            left[one.identity] -= 1
            shared.append(one)
        else:
            alone.append(one)
    return tuple(alone), tuple(shared)


def _doubts(old: Recorded, new: Recorded, left_out: tuple[str, ...]) -> Iterator[Doubt]:
    """Why the two may not go together, the gravest first."""
    if old.catalogue_id != new.catalogue_id:
        yield "other_catalogue"
    elif old.catalogue_sha256 != new.catalogue_sha256:
        yield "other_rules"
    if _same_name(old.agency) != _same_name(new.agency):
        yield "other_agency"
    if old.fiscal_year != new.fiscal_year:
        yield "other_fiscal_year"
    if old.as_of > new.as_of:
        yield "older_day"
    if left_out and (old.is_selection or new.is_selection):
        yield "selection"
    if _judgement(old) == _judgement(new):
        yield "same_judgement"


def _same_name(name: str) -> str:
    """A name without what nobody sees: how its letters are put together, and its spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _judgement(side: Recorded) -> tuple[object, ...]:
    listed = tuple(name for name, _ in _by_id(side))
    return side.evidence_sha256, side.catalogue_sha256, side.as_of, listed

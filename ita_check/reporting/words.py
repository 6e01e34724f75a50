"""What several formats say alike: what a report is about, its verdict, who owes what, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Literal

from ita_check.model.calendar import fiscal_year, written_day
from ita_check.model.catalogue import Requirement
from ita_check.model.finding import Finding
from ita_check.model.proof import PROOF_LEVELS, ProofLevel, Reason, Unproved
from ita_check.model.report import (
    EXIT_GAPS,
    EXIT_NOTHING_JUDGED,
    FailOn,
    Judged,
    Report,
    exit_code,
)
from ita_check.texts import Language, Phrase, Text, phrase, sentences

Verdict = Literal["clean", "gaps", "warnings", "never", "nothing"]

# How a verdict is shown: all is well, something is wrong, or neither can be said.
VERDICT_STYLES: Mapping[Verdict, str] = {
    "clean": "ok",
    "gaps": "error",
    "warnings": "error",
    "never": "warning",
    "nothing": "warning",
}


def head(report: Report) -> tuple[tuple[str, str | Text], ...]:
    """What a report is about: the name of each row, and what stands there."""
    days = fiscal_year(report.fiscal_year)
    assert days.end is not None
    first, last = written_day(days.start), written_day(days.end)
    span = Text(f"{first.th} - {last.th}", f"{days.start} to {days.end}")
    year = phrase("report.fiscal_year_value", year=report.fiscal_year, days=span)
    catalogue = phrase(
        "report.catalogue_value",
        title=report.catalogue_title,
        id=report.catalogue_id,
        count=report.catalogue_requirements,
    )
    selected = len(report.requirements)
    parts = [catalogue]
    if selected != report.catalogue_requirements:
        parts.append(phrase("report.selected", count=selected))
    rows: list[tuple[str, str | Text]] = [
        ("agency", report.agency.name),
        ("fiscal_year", _in_both(year)),
        ("as_of", _both_eras(report.as_of)),
    ]
    if report.deadline is not None:
        left = (report.deadline - report.as_of).days
        when = "days_left" if left > 0 else "last_day" if left == 0 else "overdue"
        until = phrase(f"report.{when}", days=abs(left))
        rows.append(("deadline", _in_both(_both_eras(report.deadline), until)))
    return (*rows, ("catalogue", _in_both(*parts)), ("file", report.evidence_name))


def _in_both(*parts: Phrase | Text) -> Text:
    """Sentences one after the other as one text."""
    return Text(" ".join(one.say("th") for one in parts), " ".join(one.say("en") for one in parts))


def _both_eras(day: date) -> Text:
    """A day as people write it, and as programs do."""
    written = written_day(day)
    return Text(f"{written.th} ({day})", written.en)


def verdict(report: Report, fail_on: FailOn) -> Verdict:
    """What the exit code says, and why."""
    gaps = report.summary.gaps
    code = exit_code(report, fail_on)
    if code == EXIT_NOTHING_JUDGED:
        return "nothing"
    if code == EXIT_GAPS:
        return "gaps" if gaps else "warnings"
    return "never" if gaps else "clean"


def verdict_sentence(report: Report, fail_on: FailOn) -> Phrase:
    """The verdict in words."""
    summary = report.summary
    return phrase(
        f"report.closing.{verdict(report, fail_on)}",
        gaps=summary.gaps,
        count=summary.applicable,
        warnings=summary.warnings,
    )


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


def findings_about(report: Report, requirement: str) -> tuple[Finding, ...]:
    """The file's own findings that speak of a requirement; of none where its id is empty."""
    return tuple(finding for finding in report.findings if finding.requirement == requirement)


def mended_alike(findings: Iterable[Finding], language: Language) -> Iterator[tuple[Finding, ...]]:
    """Findings, errors first; neighbours with one remedy come together."""
    ordered = sorted(findings, key=lambda finding: finding.level != "error")
    for _, group in groupby(ordered, lambda finding: finding.fix.say(language)):
        yield tuple(group)


def units_of(judged: Judged) -> str | Phrase:
    """The responsible units as written, or that none is named."""
    return judged.responsible.written if judged.responsible else phrase("report.no_unit")


def codes_of(rule: Requirement) -> str:
    """The OIT codes that a requirement serves; an unverified one has a mark."""
    return ", ".join(code.code + ("" if code.verified else "*") for code in rule.oit)


def _unverified_years(judged: Iterable[Judged]) -> str:
    """The years of the codes shown where any of them needs its mark explained, else nothing."""
    shown = [oit for one in judged for oit in one.requirement.oit]
    if all(oit.verified for oit in shown):
        return ""
    return ", ".join(str(year) for year in sorted({oit.fiscal_year for oit in shown}))


def legend(report: Report) -> tuple[Phrase, ...]:
    """What a reader has to know of the codes, the advice and the judging."""
    notes = []
    years = _unverified_years(report.requirements)
    if years:
        notes.append(phrase("report.legend.oit", years=years))
    if report.summary.warnings:
        notes.append(phrase("report.legend.advice"))
    judged_by = "looked" if report.looked else "declared"
    return (*notes, phrase("report.legend.proof"), phrase(f"report.legend.{judged_by}"))


def proof_of(judged: Judged) -> Phrase:
    """How far a requirement's evidence is proved."""
    return phrase("report.proof", level=phrase(f"report.proof.{judged.proof.level}"))


def by_proof(judged: Sequence[Judged]) -> Iterator[tuple[ProofLevel, tuple[Judged, ...]]]:
    """Requirements by how far they are proved, the furthest first."""
    for level in reversed(PROOF_LEVELS):
        found = tuple(one for one in judged if one.proof.level == level)
        if found:
            yield level, found


def unproved_of(judged: Judged) -> tuple[Phrase, ...]:
    """What is not proved, for each reason: the addresses and files, or the item that names none."""
    return tuple(map(_unproved, judged.proof.unproved))


def doubts_of(judged: Judged) -> tuple[Phrase, ...]:
    """The same for people: without what a finding tells already, and what none could have proved."""
    told = {finding.path for finding in judged.findings}
    found = (
        one._replace(places=tuple(place for place in one.places if place.path not in told))
        for one in judged.proof.unproved
        if one.reason != "no_year_claimed"
    )
    return tuple(_unproved(one) for one in found if one.places)


def _unproved(one: Unproved) -> Phrase:
    targets = tuple(place.text or place.path for place in one.places)
    return phrase("looked.unproved", reason=_reason(one.reason), targets=targets)


def _reason(reason: Reason) -> Phrase:
    family = "verdict" if f"verdict.{reason}" in sentences("looked") else "reason"
    return phrase(f"looked.{family}.{reason}")


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
            found.append(
                phrase("report.expires_in", day=day, days=left)
                if left
                else phrase("report.expires_today", day=day)
            )
    return tuple(found)

"""A judged report in, what is still to do out: what would change if a piece of work were done.

A piece settles a requirement where, without the findings that it mends, the requirement is met in
the sense of `evaluate`. No table says what serves what.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple, cast

from ita_check.evaluation.evaluate import is_met
from ita_check.evaluation.needs import (
    Need,
    about,
    asks_for,
    is_of_publishing,
    is_of_row,
    is_of_two,
    needs_of,
    piece_of,
)
from ita_check.evaluation.publication import falls_short_later
from ita_check.model.catalogue import Catalogue, Kind, Requirement
from ita_check.model.checks import OnOfficialHost, Published
from ita_check.model.due import Advance, Doing, Due, Joint, Later, Piece, Row, RowPart, Step
from ita_check.model.evidence import Evidence
from ita_check.model.finding import Finding
from ita_check.model.report import Judged, Report
from ita_check.texts import Phrase, Text, phrase


def due(report: Report, catalogue: Catalogue, evidence: Evidence) -> Due:
    """All that is open, the piece that settles most requirements first."""
    given = _Given(report, catalogue, evidence)
    gaps = _gaps(given)
    ids = dict.fromkeys(id_ for gap in gaps for need in gap.needs for id_ in need.by)
    subjects = {piece_of(kind.name): kind for kind in catalogue.kinds.values()}
    pieces = [_piece(_Subject(id_, subjects.get(id_)), gaps, given) for id_ in ids]
    # Of equals the one that is asked for first in the catalogue stays first.
    pieces.sort(key=lambda piece: (-len(piece.settled), -len(piece.advances)))
    single = {id_ for piece in pieces for id_ in piece.settled}
    return Due(
        report,
        tuple(pieces),
        tuple(
            Joint(gap.id, tuple(dict.fromkeys(need.by for need in gap.needs)))
            for gap in gaps
            if gap.needs and gap.id not in single
        ),
        tuple(_row(gap) for gap in gaps if gap.of_row),
        tuple(sorted(_later(report), key=lambda one: one.day)),
        tuple(finding for finding in report.findings if finding.code == "waiver_expired"),
    )


class _Given(NamedTuple):
    """What all pieces are made from."""

    report: Report
    catalogue: Catalogue
    evidence: Evidence


class _Gap(NamedTuple):
    """A gap and what it lacks: its evidence's needs, and the findings of its action row."""

    judged: Judged
    needs: tuple[Need, ...]
    of_row: tuple[Finding, ...]

    @property
    def id(self) -> str:
        """The requirement's id."""
        return self.judged.requirement.id

    def without(self, piece: str) -> tuple[Need, ...]:
        """What the evidence lacks still once a piece is done."""
        return tuple(need for need in self.needs if piece not in need.by)


class _Subject(NamedTuple):
    """What a piece is about: a kind of evidence, or the agency's website."""

    id: str
    kind: Kind | None


def _gaps(given: _Given) -> tuple[_Gap, ...]:
    """The gaps in catalogue order; of each need, all the pieces that would do."""
    lacking = [
        (judged, tuple(needs_of(judged, given.evidence)))
        for judged in given.report.requirements
        if judged.is_gap
    ]
    pieces = {id_ for _, needs in lacking for need in needs for id_ in need.by}
    return tuple(
        _Gap(
            judged,
            tuple(need.among(pieces) for need in needs),
            tuple(one for one in judged.findings if one.level == "error" and is_of_row(one)),
        )
        for judged, needs in lacking
    )


def _piece(subject: _Subject, gaps: tuple[_Gap, ...], given: _Given) -> Piece:
    """A piece with all that it does."""
    settled, with_row, advances = [], [], []
    served = [gap for gap in gaps if len(gap.without(subject.id)) < len(gap.needs)]
    for gap in served:
        left = gap.without(subject.id)
        if not _is_met(left, ()):
            advances.append(Advance(gap.id, tuple(dict.fromkeys(need.by for need in left))))
            continue
        settled.append(gap.id)
        if not _is_met(left, gap.of_row):
            with_row.append(gap.id)
    later = [
        rule.id
        for rule in _asking_to_publish(given)
        if subject.kind and _asks_later(rule, subject.kind, given)
    ]
    steps = tuple(_steps(subject, served, given.evidence))
    told = {id_ for step in steps for id_ in step.requirements}
    website = given.catalogue.frame.agency["website"].label
    return Piece(
        subject.id,
        subject.kind.title if subject.kind else website,
        _doing(subject, served, given.evidence, asked=bool(later)),
        tuple(settled),
        tuple(with_row),
        tuple(advances),
        tuple(id_ for id_ in later if id_ not in told),
        steps,
    )


def _is_met(needs: tuple[Need, ...], of_row: tuple[Finding, ...]) -> bool:
    """Whether a requirement that lacks nothing but this is met."""
    findings = [need.finding for need in needs if need.finding is not None]
    return len(findings) == len(needs) and is_met((*findings, *of_row))


def _steps(subject: _Subject, served: list[_Gap], evidence: Evidence) -> Iterator[Step]:
    """What is to be done, each thing once, with the requirements that ask for it."""
    asking: dict[tuple[Phrase, Text | Phrase, str], list[str]] = {}
    for gap in served:
        for need in gap.needs:
            if subject.id in need.by:
                for step in _to_do(subject, need, gap.judged.requirement, evidence):
                    asking.setdefault(step, []).append(gap.id)
    for (message, fix, path), rules in asking.items():
        place = evidence.source.place(path)
        yield Step(
            tuple(dict.fromkeys(rules)), message, fix, path, place.line, place.column, place.cell
        )


def _to_do(
    subject: _Subject, need: Need, rule: Requirement, evidence: Evidence
) -> Iterator[tuple[Phrase, Text | Phrase, str]]:
    """Message, fix and path of a need as a piece mends it; none where it says nothing new."""
    id_, kind = subject
    if kind is None:
        yield phrase("findings.website_missing"), phrase("fixes.website_missing", path=id_), id_
    elif kind.name not in evidence.items:
        apart = phrase("fixes.not_declared.other", path=id_)
        published = phrase("fixes.not_published", path=f"{id_}.url")
        fix = published if rule.publication else rule.fix if kind.name in rule.kinds else apart
        yield phrase("findings.not_declared", kind=kind.title), fix, id_
    elif need.finding is not None and _is_told_at(subject, need.finding):
        yield need.finding.message, need.finding.fix, need.finding.path


def _is_told_at(subject: _Subject, finding: Finding) -> bool:
    return about(finding) == subject.id or is_of_two(finding)


def _doing(subject: _Subject, served: list[_Gap], evidence: Evidence, *, asked: bool) -> Doing:
    """What the piece takes, by what its evidence lacks."""
    if subject.kind is None:
        return "name"
    if subject.kind.name not in evidence.items:
        return "declare_and_publish" if asked else "declare"
    findings = [
        need.finding
        for need in chain.from_iterable(gap.needs for gap in served)
        if subject.id in need.by and need.finding and _is_told_at(subject, need.finding)
    ]
    publishing = [is_of_publishing(finding) for finding in findings]
    if all(publishing):
        return "publish"
    return "complete_and_publish" if asked or any(publishing) else "complete"


def _asking_to_publish(given: _Given) -> Iterator[Requirement]:
    """The requirements that ask for something public, those that are excepted apart."""
    excepted = {one.requirement.id for one in given.report.requirements if one.exception}
    for rule in given.catalogue.requirements:
        if asks_for(rule, Published, OnOfficialHost) and rule.id not in excepted:
            yield rule


def _asks_later(rule: Requirement, kind: Kind, given: _Given) -> bool:
    """Whether a requirement asks more of a kind as soon as that is there, or of the right year."""
    report, catalogue, evidence = given
    if kind.name not in rule.kinds or kind.name not in evidence.items:
        return kind.name in rule.kinds
    return rule.publication and falls_short_later(
        rule, kind.name, catalogue, evidence, report.as_of
    )


def _row(gap: _Gap) -> Row:
    parts = (cast("RowPart", finding.code.removesuffix("_missing")) for finding in gap.of_row)
    return Row(gap.id, tuple(parts), not gap.needs, gap.of_row)


def _later(report: Report) -> Iterator[Later]:
    """What is no gap as yet: not due, or excepted until a day."""
    for judged in report.requirements:
        day = judged.exception.expires if judged.exception else judged.opens
        if day is not None:
            yield Later(judged, day, (day - report.as_of).days)

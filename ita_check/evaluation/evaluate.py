"""Catalogue, evidence and a day in, report out."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from ita_check.evaluation.actions import judge_action
from ita_check.evaluation.exceptions import holds, judge_exception
from ita_check.evaluation.item import judge_item
from ita_check.evaluation.look import Fault, Leveled
from ita_check.evaluation.proof import prove, ways_of
from ita_check.evaluation.publication import judge_publication
from ita_check.model.address import without_secret
from ita_check.model.calendar import boundary
from ita_check.model.catalogue import Catalogue, Level, Requirement
from ita_check.model.evidence import Agency, DeclaredException, Evidence, Place
from ita_check.model.finding import Finding
from ita_check.model.report import Judged, JudgedIssue, Report, Status
from ita_check.texts import Phrase, Text, phrase, sentences

if TYPE_CHECKING:  # loaded only where somebody looks
    from ita_check.model.looked import Looked

_IN_A_LIST = re.compile(r"^exceptions\[[0-9]+\]")


def evaluate(
    catalogue: Catalogue,
    evidence: Evidence,
    as_of: date,
    issues: frozenset[int] | None = None,
    looked: Looked | None = None,
) -> Report:
    """Judge every requirement of the issues named, all of them if none is, as of a day.

    `looked` is what was found where the evidence points, None where nobody looked.
    """
    exceptions = {exception.requirement: exception for exception in evidence.exceptions}
    judged = tuple(
        JudgedIssue(
            issue.number,
            issue.title,
            tuple(
                _judge(rule, catalogue, evidence, as_of, exceptions.get(rule.id), looked)
                for rule in issue.requirements
            ),
        )
        for issue in catalogue.issues
        if issues is None or issue.number in issues
    )
    return Report(
        evidence.name,
        evidence.sha256,
        catalogue.id,
        catalogue.title,
        catalogue.sha256,
        len(catalogue.requirements),
        _without_secret(evidence.agency),
        evidence.fiscal_year,
        as_of,
        evidence.deadline,
        tuple(_file_findings(judged, evidence, as_of, looked)),
        judged,
        catalogue.documents,
        looked,
    )


def _without_secret(agency: Agency) -> Agency:
    """The agency as it is shown."""
    return agency._replace(website=without_secret(agency.website)) if agency.website else agency


def is_met(findings: Iterable[Finding]) -> bool:
    """Whether a requirement with these findings is met: none is an error, whatever is advised."""
    return not any(finding.level == "error" for finding in findings)


def _judge(
    rule: Requirement,
    catalogue: Catalogue,
    evidence: Evidence,
    as_of: date,
    exception: DeclaredException | None,
    looked: Looked | None,
) -> Judged:
    judge = judge_publication if rule.publication else judge_item
    judged = judge(rule, catalogue, evidence, as_of, looked)
    action = evidence.actions.get(rule.id)
    faults: tuple[Leveled, ...] = judged.faults if judged else ()
    items = judged.items if judged else ()
    if judged is None:
        kind = catalogue.kinds[rule.kinds[0]]
        titles = tuple(catalogue.kinds[name].title for name in rule.kinds)
        gaps = {"kind": kind.title, "key": kind.name, "kinds": titles}
        wording = "any" if len(titles) > 1 else ""
        faults = (("error", Fault("not_declared", f"evidence.{kind.name}", gaps, wording)),)
    leveled = (*faults, *judge_action(rule.id, action, as_of))
    findings = tuple(_finding(fault, level, rule, evidence) for level, fault in leveled)
    opens = boundary(rule.opens, evidence.fiscal_year) if rule.opens else None
    status: Status = "missing" if judged is None else "incomplete"
    decided_by = None
    if is_met(findings):
        status = "met"
    elif exception is not None and holds(exception, as_of):
        status, decided_by = exception.status, exception
    elif opens is not None and as_of < opens:
        status = "not_due"
    return Judged(
        rule,
        status,
        findings,
        action.responsible if action else None,
        decided_by,
        opens if status == "not_due" else None,
        prove(rule, items, evidence, looked),
        ways_of(rule, items, looked),
    )


def _file_findings(
    issues: tuple[JudgedIssue, ...],
    evidence: Evidence,
    as_of: date,
    looked: Looked | None,
) -> Iterable[Finding]:
    """What is told about the file itself: its website, what changed since, and its exceptions."""
    if not evidence.agency.hosts:
        yield _finding(Fault("website_missing", "agency.website"), "warning", None, evidence)
    if looked is not None:
        from ita_check.evaluation.found import faults_of_file  # `check` looks at nothing

        for fault in faults_of_file(evidence, looked):
            yield _finding(fault, "warning", None, evidence)
    status = {one.requirement.id: one.status for issue in issues for one in issue.requirements}
    for exception in evidence.exceptions:
        if exception.requirement in status:
            met = status[exception.requirement] == "met"
            for level, fault in judge_exception(exception, met, as_of):
                yield _finding(fault, level, None, evidence, exception.requirement)


def _finding(
    fault: Fault,
    level: Level,
    rule: Requirement | None,
    evidence: Evidence,
    requirement: str = "",
) -> Finding:
    place = evidence.source.place(fault.path)
    about = rule.id if rule else requirement
    name = f"{fault.code}.{fault.wording}" if fault.wording else fault.code
    return Finding(
        fault.code,
        level,
        fault.path,
        phrase(f"findings.{_worded('findings', name, level)}", **fault.gaps),
        _fix(fault, level, rule),
        place.line,
        place.column,
        _shown(place) if fault.path in evidence.source.positions else None,
        place.cut,
        _fingerprint(evidence, about, fault),
        about,
        place.cell,
    )


def _shown(place: Place) -> str | None:
    """The line of a value as it is shown; a blank cell shows nothing."""
    return without_secret(place.excerpt) if place.excerpt is not None else None


def _worded(file: str, name: str, level: Level) -> str:
    """The sentence for a finding; advice does not speak of what has to be, where one says so."""
    advice = f"{name}.advice"
    return advice if level == "warning" and advice in sentences(file) else name


def _fix(fault: Fault, level: Level, rule: Requirement | None) -> Text | Phrase:
    """How to mend it: what the rule says where nothing is there at all, else by code."""
    if rule is not None and fault.code == "not_declared" and fault.wording != "other":
        return rule.fix
    name = f"{fault.code}.{fault.wording}"
    key = _worded("fixes", name if name in sentences("fixes") else fault.code, level)
    return phrase(f"fixes.{key}", path=fault.path, **fault.gaps)


def _fingerprint(evidence: Evidence, requirement: str, fault: Fault) -> str:
    identity = (
        evidence.agency.name,
        str(evidence.fiscal_year),
        requirement,
        fault.code,
        # An exception is known by its requirement; its place in the list moves with the others.
        _IN_A_LIST.sub("exceptions", fault.path),
    )
    return hashlib.sha256("\0".join(identity).encode()).hexdigest()[:32]

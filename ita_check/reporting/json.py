"""The format `ita-check/report/1`: a versioned copy for programs (contract.md, section 5).

The same input, catalogue, day, language and version give the same bytes. Keys may be added
within version 1; none changes its meaning or goes.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, TextIO

from ita_check import __version__
from ita_check.model.finding import Finding
from ita_check.model.report import Judged, Outcome, Report, Summary, Unjudged
from ita_check.reporting.inert import escaped_json
from ita_check.reporting.places import entry_of
from ita_check.reporting.view import View
from ita_check.reporting.words import unproved_of
from ita_check.texts import Language

FORMAT = "ita-check/report/1"


def write(outcomes: Sequence[Outcome], stream: TextIO, view: View) -> None:
    """One object for one file, a list of them for several, in the order given, on one line.

    Indenting would cost more than judging: only the compact form is written by json's C code.
    """
    entries = [entry(outcome, view.language) for outcome in outcomes]
    content = entries[0] if len(entries) == 1 else entries
    stream.write(escaped_json(json.dumps(content, ensure_ascii=False)) + "\n")


def entry(outcome: Outcome, language: Language) -> dict[str, Any]:
    """One file as the object of the format."""
    if isinstance(outcome, Unjudged):
        return _unjudged(outcome, language)
    return _report(outcome, language)


def _unjudged(outcome: Unjudged, language: Language) -> dict[str, Any]:
    evidence = {"path": outcome.evidence_name}
    if outcome.evidence_sha256 is not None:
        evidence["sha256"] = outcome.evidence_sha256
    return {
        "format": FORMAT,
        "evidence": evidence,
        "error": [
            {
                "message": problem.message.say(language),
                "file": problem.file,
                **entry_of(problem),
                "path": problem.path,
            }
            for problem in outcome.problems
        ],
    }


def _report(report: Report, language: Language) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "tool": {"name": "ita-check", "version": __version__},
        "catalogue": {
            "id": report.catalogue_id,
            "sha256": report.catalogue_sha256,
            "requirements": report.catalogue_requirements,
        },
        "evidence": {"path": report.evidence_name, "sha256": report.evidence_sha256},
        "agency": {"name": report.agency.name, "website": report.agency.website},
        "fiscal_year": report.fiscal_year,
        "as_of": report.as_of.isoformat(),
        "deadline": _day(report.deadline),
        "looked": looked_of(report, language),
        "summary": _summary(report.summary),
        "proof": report.summary.proofs_by_name,
        "findings": [
            {"requirement": finding.requirement or None, **_finding(finding, language)}
            for finding in report.findings
        ],
        "issues": [
            {
                "number": issue.number,
                "title": issue.title.say(language),
                "summary": _summary(issue.summary),
                "requirements": [
                    _requirement(one, report.as_of, language) for one in issue.requirements
                ],
            }
            for issue in report.issues
        ],
    }


def _summary(summary: Summary) -> dict[str, int]:
    return {
        "requirements": summary.requirements,
        **summary.statuses_by_name,
        "errors": summary.errors,
        "warnings": summary.warnings,
    }


def _requirement(judged: Judged, as_of: date, language: Language) -> dict[str, Any]:
    rule, exception = judged.requirement, judged.exception
    return {
        "id": rule.id,
        "measure": rule.measure,
        "title": rule.title.say(language),
        "status": judged.status,
        "kinds": list(rule.kinds),
        "oit": [
            {"code": oit.code, "fiscal_year": oit.fiscal_year, "verified": oit.verified}
            for oit in rule.oit
        ],
        "responsible": judged.responsible.written if judged.responsible else None,
        "exception": {
            "status": exception.status,
            "reason": exception.reason,
            "approved_by": exception.approved_by,
            "expires": _day(exception.expires),
            "days_left": exception.days_left(as_of),
            "path": exception.path,
            **entry_of(exception),
        }
        if exception
        else None,
        "opens": _day(judged.opens),
        "proof": proof(judged, language),
        "findings": [_finding(finding, language) for finding in judged.findings],
    }


def proof(judged: Judged, language: Language) -> dict[str, Any]:
    """How far a requirement is proved, what is not and why, and the ways from the home page."""
    messages = unproved_of(judged)
    return {
        "level": judged.proof.level,
        "unproved": [
            {
                "reason": one.reason,
                "message": message.say(language),
                "targets": [{"text": place.text, "path": place.path} for place in one.places],
            }
            for one, message in zip(judged.proof.unproved, messages, strict=True)
        ],
        "ways": [
            {
                "url": way.target.text,
                "path": way.target.path,
                "clicks": [{"text": click.text, "url": click.address} for click in way.clicks],
            }
            for way in judged.ways
        ],
    }


def looked_of(report: Report, language: Language) -> dict[str, Any] | None:
    """What was looked at, None where nothing was."""
    looked = report.looked
    if looked is None:
        return None
    # Only who opens addresses pays for showing them.
    from ita_check.reporting.looked_json import looked_entry

    return looked_entry(looked, language)


def _finding(finding: Finding, language: Language) -> dict[str, Any]:
    return {
        "code": finding.code,
        "level": finding.level,
        "message": finding.message.say(language),
        "fix": finding.fix.say(language),
        "path": finding.path,
        **entry_of(finding),
        "fingerprint": finding.fingerprint,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None

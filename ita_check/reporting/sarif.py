"""SARIF 2.1.0, the OASIS format of static analysis, as GitHub's code scanning takes it.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import TextIO

from ita_check import __version__
from ita_check.model.finding import Finding
from ita_check.model.report import Judged, Outcome, Report, Unjudged
from ita_check.reporting.hosting.findings import (
    CANNOT_JUDGE,
    counted,
    digest_of_problem,
    distinct,
    message_of,
    not_judged,
    place,
    told_of_not_judged,
    why_not_judged,
    write_json,
)
from ita_check.reporting.hosting.sarif_places import (
    ROOT,
    Json,
    artifact,
    location_of,
    location_of_finding,
    location_of_problem,
    message,
)
from ita_check.reporting.hosting.sarif_rules import rule_of_code, rule_of_requirement
from ita_check.reporting.inert import inert
from ita_check.reporting.json import looked_of, proof
from ita_check.reporting.view import View
from ita_check.texts import Language, phrase

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
NOT_DUE = "not_due"
_LANGUAGES: dict[Language, str] = {"th": "th", "en": "en-US"}


def write(outcomes: Sequence[Outcome], stream: TextIO, view: View) -> None:
    """A run for each file, each of its own category: GitHub takes no two of one."""
    times: Counter[str] = Counter()
    runs = []
    for outcome in outcomes:
        category = _category(outcome, view)
        times[category] += 1
        number = f"{times[category]}/" if times[category] > 1 else ""
        run = _unjudged(outcome, view) if isinstance(outcome, Unjudged) else _judged(outcome, view)
        run["automationDetails"] = {"id": category + number}
        runs.append(run)
    write_json({"$schema": SCHEMA, "version": "2.1.0", "runs": runs}, stream)


def _category(outcome: Outcome, view: View) -> str:
    """What the runs are compared within; some issues alone must not close the alerts of others."""
    category = f"ita-check/{inert(view.path(outcome.evidence_name))}/"
    if isinstance(outcome, Unjudged):
        return category
    if len(outcome.requirements) == outcome.catalogue_requirements:
        return category
    return category + "-".join(("issue", *(str(issue.number) for issue in outcome.issues))) + "/"


def _judged(report: Report, view: View) -> Json:
    """What counts as results, what is excepted as suppressed ones, what is not due as a note.

    GitHub knows no suppressions and no other kind of result than an alert: what is excepted is a
    note there, which fails no check, and what is not due is no result.
    """
    language, path = view.language, view.path(report.evidence_name)
    rules = [
        rule_of_requirement(judged.requirement, report.documents, language)
        for judged in report.requirements
    ]
    codes = dict.fromkeys(finding.code for finding in report.findings)
    rules += [rule_of_code(code, "warning", language) for code in codes]
    index = {str(rule["id"]): number for number, rule in enumerate(rules)}
    once = distinct()

    def result(judged: Judged | None, finding: Finding, suppressions: list[Json]) -> Json:
        rule = judged.requirement.id if judged else finding.code
        unique = once(finding.fingerprint)
        units = judged.responsible if judged else None
        return {
            "ruleId": rule,
            "ruleIndex": index[rule],
            "kind": "fail",
            "level": "note" if suppressions else finding.level,
            "message": message("\n".join(message_of(finding, language, judged))),
            "locations": [location_of_finding(finding, path)],
            "partialFingerprints": _fingerprints(unique),
            # Of all results or of none, says the specification.
            "suppressions": suppressions,
            "properties": {
                "code": finding.code,
                "level": finding.level,
                "status": judged.status if judged else None,
                "proof": judged.proof.level if judged else None,
                "responsible": units.written if units else None,
            },
        }

    results = [result(judged, finding, []) for judged, finding in counted(report)]
    notes = []
    for judged in not_judged(report):
        if judged.exception is None:
            notes.append(_not_due(judged, index[judged.requirement.id], report, view))
        else:
            suppression = _suppression(judged, report.as_of, path, language)
            results += [result(judged, finding, [suppression]) for finding in judged.findings]
    run = _run(path, report.evidence_sha256, rules, results, notes, language)
    if report.looked is not None:
        judged_by = phrase("report.legend.looked").say(language)
        run["tool"]["driver"]["fullDescription"]["text"] = judged_by  # type: ignore[index] # ours
    run["properties"] = _properties(report, language)
    return run


def _unjudged(outcome: Unjudged, view: View) -> Json:
    """A run that failed; GitHub refuses it, and so closes none of the alerts that it has.

    Where a host takes it nevertheless, each problem is a result too, so that it is not clean.
    """
    language = view.language
    once = distinct()
    results, notes = [], []
    for problem in outcome.problems:
        path = view.path(problem.file)
        shown: Json = {
            "level": "error",
            "message": message(inert(problem.message.say(language))),
            "locations": [location_of_problem(problem, path)],
        }
        notes.append({"descriptor": {"id": CANNOT_JUDGE, "index": 0}, **shown})
        unique = once(digest_of_problem(problem, path))
        results.append(
            {
                "ruleId": CANNOT_JUDGE,
                "ruleIndex": 0,
                "kind": "fail",
                **shown,
                "partialFingerprints": _fingerprints(unique),
            }
        )
    rules = [rule_of_code(CANNOT_JUDGE, "error", language)]
    path = view.path(outcome.evidence_name)
    return _run(path, outcome.evidence_sha256, rules, results, notes, language, CANNOT_JUDGE)


def _run(
    path: str,
    sha256: str | None,
    rules: list[Json],
    results: list[Json],
    notes: list[Json],
    language: Language,
    note: str = NOT_DUE,
) -> Json:
    target: Json = {"location": artifact(path), "roles": ["analysisTarget"]}
    if sha256 is not None:
        target["hashes"] = {"sha-256": sha256}
    failed = note == CANNOT_JUDGE
    descriptor = rule_of_code(note, "error" if failed else "note", language)
    return {
        "tool": {
            "driver": {
                "name": "ita-check",
                "fullDescription": {"text": phrase("report.legend.declared").say(language)},
                "version": __version__,
                "semanticVersion": __version__,
                "language": _LANGUAGES[language],
                "rules": rules,
                "notifications": [descriptor] if notes else [],
            }
        },
        "language": _LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {
            ROOT: {"description": message(phrase("hosting.root").say(language))}
        },
        "invocations": [{"executionSuccessful": not failed, "toolExecutionNotifications": notes}],
        "artifacts": [target],
        "results": results,
    }


def _not_due(judged: Judged, index: int, report: Report, view: View) -> Json:
    rule = judged.requirement
    why = told_of_not_judged(judged, report.as_of, view.language)
    text = f"{rule.id} {inert(rule.title.say(view.language))}: {why}"
    return {
        "descriptor": {"id": NOT_DUE, "index": 0},
        "associatedRule": {"id": rule.id, "index": index},
        "level": "note",
        "message": message(text),
        "locations": [location_of(place(judged), view.path(report.evidence_name))],
    }


def _suppression(judged: Judged, as_of: date, path: str, language: Language) -> Json:
    exception = judged.exception
    assert exception is not None
    return {
        "kind": "external",
        "status": "accepted",
        "justification": why_not_judged(judged, as_of, language),
        "location": location_of(exception, path),
        "properties": {
            "status": exception.status,
            "reason": exception.reason,
            "approvedBy": exception.approved_by,
            "expires": exception.expires.isoformat() if exception.expires else None,
            "daysLeft": exception.days_left(as_of),
        },
    }


def _properties(report: Report, language: Language) -> Json:
    """What a report is about, its figures, how far each requirement is proved, what was looked at."""
    summary = report.summary
    return {
        "agency": {"name": report.agency.name, "website": report.agency.website},
        "fiscalYear": report.fiscal_year,
        "asOf": report.as_of.isoformat(),
        "deadline": report.deadline.isoformat() if report.deadline else None,
        "catalogue": {"id": report.catalogue_id, "sha256": report.catalogue_sha256},
        "summary": {
            "requirements": summary.requirements,
            **summary.statuses_by_name,
            "errors": summary.errors,
            "warnings": summary.warnings,
        },
        "proof": {
            **summary.proofs_by_name,
            "requirements": {
                judged.requirement.id: proof(judged, language) for judged in report.requirements
            },
        },
        "looked": looked_of(report, language),
    }


def _fingerprints(unique: str) -> Json:
    # GitHub hashes the line's text where its own key is not given.
    return {"primaryLocationLineHash": unique, "itaCheckFinding/v1": unique}

"""GitLab's Code Quality report: the subset of Code Climate's issues that GitLab reads.

https://docs.gitlab.com/ci/testing/code_quality/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TextIO, TypedDict

from ita_check.model.report import Outcome, Report, Unjudged
from ita_check.reporting.hosting.findings import (
    CANNOT_JUDGE,
    counted,
    digest,
    digest_of_problem,
    distinct,
    message_of,
    not_judged,
    place,
    told_of_not_judged,
    write_json,
)
from ita_check.reporting.inert import inert
from ita_check.reporting.view import View


class _Entry(TypedDict):
    description: str
    check_name: str
    fingerprint: str
    severity: str
    location: dict[str, object]


def write(outcomes: Sequence[Outcome], stream: TextIO, view: View) -> None:
    """One list for all files: GitLab reads one, and drops a fingerprint that comes twice."""
    once = distinct()
    entries = [
        {**entry, "fingerprint": once(entry["fingerprint"])}
        for outcome in outcomes
        for entry in (
            _problems(outcome, view)
            if isinstance(outcome, Unjudged)
            else (*_findings(outcome, view), *_not_judged(outcome, view))
        )
    ]
    write_json(entries, stream)


def _findings(report: Report, view: View) -> Iterator[_Entry]:
    path = view.path(report.evidence_name)
    for judged, finding in counted(report):
        text = " | ".join(message_of(finding, view.language, judged))
        name, severity = finding.code, "minor"
        if judged is not None:
            rule = judged.requirement.id
            text, name = f"{rule}: {text}", f"{rule}/{finding.code}"
            if finding.level == "error":
                severity = "critical" if judged.status == "missing" else "major"
        # One agency may have two files of a year; a fingerprint does not know the file.
        yield _entry(text, name, digest(path, finding.fingerprint), severity, path, finding.line)


def _not_judged(report: Report, view: View) -> Iterator[_Entry]:
    path = view.path(report.evidence_name)
    for judged in not_judged(report):
        rule = judged.requirement
        name = f"{rule.id}/{judged.status}"
        why = told_of_not_judged(judged, report.as_of, view.language)
        text = f"{rule.id} {inert(rule.title.say(view.language))}: {why}"
        line = place(judged).line
        yield _entry(text, name, digest(path, name), "info", path, line)


def _problems(outcome: Unjudged, view: View) -> Iterator[_Entry]:
    for problem in outcome.problems:
        path = view.path(problem.file)
        cell = f"{problem.cell}: " if problem.cell else ""
        text = inert(cell + problem.message.say(view.language))
        fingerprint = digest_of_problem(problem, path)
        yield _entry(text, CANNOT_JUDGE, fingerprint, "blocker", path, problem.line or 1)


def _entry(text: str, name: str, fingerprint: str, severity: str, path: str, line: int) -> _Entry:
    return {
        "description": text,
        "check_name": name,
        "fingerprint": fingerprint,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }

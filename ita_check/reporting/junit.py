"""The format `junit`: a suite for each issue and a test case for each requirement, for CI servers.

What fails are gaps, whatever `--fail-on` says; what is not judged is skipped with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TextIO
from xml.etree import ElementTree as ET

from ita_check.errors import Problem
from ita_check.model.finding import Finding
from ita_check.model.report import UNJUDGED, Judged, JudgedIssue, Outcome, Report, Unjudged
from ita_check.reporting.inert import inert
from ita_check.reporting.lookings import figures, ways_of
from ita_check.reporting.places import place_of
from ita_check.reporting.view import View
from ita_check.reporting.words import (
    codes_of,
    findings_about,
    mended_alike,
    reasons,
    units_of,
    unproved_of,
)
from ita_check.texts import Phrase, phrase

_NAME = "ita-check"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write(outcomes: Sequence[Outcome], stream: TextIO, view: View) -> None:
    """All suites of all files; with several files each suite begins with the name of its own."""
    root = ET.Element("testsuites", {"name": _NAME})
    several = len(outcomes) > 1
    for outcome in outcomes:
        if isinstance(outcome, Unjudged):
            _unjudged(root, outcome, view, several=several)
        else:
            _Junit(outcome, view, several=several).add_to(root)
    for suite in root:
        _count(suite, suite)
    _count(root, root)
    ET.indent(root)
    stream.write(_DECLARATION + ET.tostring(root, encoding="unicode") + "\n")


def _count(parent: ET.Element, within: ET.Element) -> None:
    """State how many test cases there are, and how many of each result."""
    for name, result in (
        ("tests", "testcase"),
        ("failures", "failure"),
        ("errors", "error"),
        ("skipped", "skipped"),
    ):
        parent.set(name, str(sum(1 for _ in within.iter(result))))
    parent.set("time", "0")


def _unjudged(root: ET.Element, outcome: Unjudged, view: View, *, several: bool) -> None:
    """A file that could not be judged: one test case in error, with every reason."""
    problems = outcome.problems
    suite = ET.SubElement(root, "testsuite", {"name": inert(outcome.evidence_name)})
    names = {
        "classname": inert(outcome.evidence_name) if several else _NAME,
        "name": phrase("tables.not_judged").say(view.language),
        "file": inert(view.path(outcome.evidence_name)),
        "time": "0",
    }
    if problems[0].line and problems[0].file == outcome.evidence_name:
        names["line"] = str(problems[0].line)
    case = ET.SubElement(suite, "testcase", names)
    first = _first_of([problem.message for problem in problems], view)
    error = ET.SubElement(case, "error", {"type": "not_judged", "message": inert(first)})
    error.text = "\n".join(_problem(problem, view) for problem in problems)


def _problem(problem: Problem, view: View) -> str:
    place = place_of(problem.file, problem)
    return f"{inert(place)}: {inert(problem.message.say(view.language))}"


def _first_of(messages: Sequence[Phrase], view: View) -> str:
    """The first of some sentences, and how many more there are."""
    said = messages[0]
    if len(messages) > 1:
        said = phrase("tables.more", message=said, count=len(messages) - 1)
    return said.say(view.language)


class _Junit:
    """One report as suites."""

    def __init__(self, report: Report, view: View, *, several: bool) -> None:
        self.report, self.view = report, view
        self.prefix = f"{report.evidence_name}: " if several else ""
        self.package = report.evidence_name if several else _NAME

    def add_to(self, root: ET.Element) -> None:
        """A suite for each issue; what is told of the file itself stands in the first."""
        told = "\n".join((*self._totals(), self._text(findings_about(self.report, ""))))
        for issue in self.report.issues:
            suite = self._suite(root, issue)
            if told:
                ET.SubElement(suite, "system-out").text = told.rstrip("\n")
                told = ""

    def _totals(self) -> Iterable[str]:
        """How far all of it is proved, and what was looked at."""
        yield self._say(phrase("report.proofs", **self.report.summary.proofs_by_name))
        if self.report.looked is not None:
            yield from map(self._say, figures(self.report.looked))

    def _suite(self, root: ET.Element, issue: JudgedIssue) -> ET.Element:
        number = self._say(phrase("report.issue", number=issue.number))
        title = issue.title.say(self.view.language)
        names = {
            "name": inert(f"{self.prefix}{number} {title}"),
            "timestamp": _midnight(self.report.as_of),
        }
        suite = ET.SubElement(root, "testsuite", names)
        for judged in issue.requirements:
            self._case(suite, issue.number, judged)
        return suite

    def _case(self, suite: ET.Element, issue: int, judged: Judged) -> None:
        rule = judged.requirement
        names = {
            "classname": inert(f"{self.package}.issue-{issue}"),
            "name": inert(f"{rule.id} {rule.title.say(self.view.language)}"),
            "file": inert(self.view.path(self.report.evidence_name)),
            "time": "0",
        }
        about = findings_about(self.report, rule.id)
        line = _line(judged, about)
        if line is not None:
            names["line"] = str(line)
        case = ET.SubElement(suite, "testcase", names)
        self._properties(case, judged)
        if judged.is_gap:
            self._failure(case, judged)
            told = self._text(about)
        else:
            if judged.status in UNJUDGED:
                self._skipped(case, judged)
            told = self._text((*judged.findings, *about))
        if told:
            ET.SubElement(case, "system-out").text = told

    def _properties(self, case: ET.Element, judged: Judged) -> None:
        """How far it is proved, and what is not; properties of a test case are a later addition."""
        properties = ET.SubElement(case, "properties")
        facts: list[tuple[str, str]] = [("proof", judged.proof.level)]
        facts += [("not_proved", self._say(one)) for one in unproved_of(judged)]
        facts += [("way", self._say(one)) for one in ways_of(judged)]
        for name, value in facts:
            ET.SubElement(properties, "property", {"name": name, "value": value})

    def _failure(self, case: ET.Element, judged: Judged) -> None:
        errors = [one.message for one in judged.findings if one.level == "error"]
        message = inert(_first_of(errors, self.view))
        failure = ET.SubElement(case, "failure", {"type": judged.status, "message": message})
        facts = [phrase("report.responsible", units=units_of(judged))]
        if judged.requirement.oit:
            facts.append(phrase("report.oit", codes=codes_of(judged.requirement)))
        failure.text = "\n".join((*map(self._say, facts), self._text(judged.findings)))

    def _skipped(self, case: ET.Element, judged: Judged) -> None:
        word = self._say(phrase(f"report.status.{judged.status}"))
        why = ", ".join(map(self._say, reasons(judged, self.report.as_of)))
        ET.SubElement(case, "skipped", {"type": judged.status, "message": f"{word}: {why}"})

    def _text(self, findings: Iterable[Finding]) -> str:
        """Findings with their places, and below them how to mend them."""
        lines = []
        for group in mended_alike(findings, self.view.language):
            for finding in group:
                level = self._say(phrase(f"report.level.{finding.level}"))
                place = place_of(self.report.evidence_name, finding)
                lines += [f"{level}: {self._say(finding.message)}", f"  {inert(place)}"]
            fix = inert(group[0].fix.say(self.view.language))
            lines.append(f"  {self._say(phrase('report.fix'))}{fix}")
        return "\n".join(lines)

    def _say(self, sentence: Phrase) -> str:
        return inert(sentence.say(self.view.language))


def _line(judged: Judged, about: Sequence[Finding]) -> int | None:
    """Where to look first: at the exception that decided, else at the first error or advice."""
    if judged.exception is not None:
        return judged.exception.line
    findings = sorted((*judged.findings, *about), key=lambda finding: finding.level != "error")
    return findings[0].line if findings else None


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"

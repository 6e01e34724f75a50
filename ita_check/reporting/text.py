"""The terminal report: for a person who wants to know what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TextIO

from rich.cells import cell_len

from ita_check.model.finding import Finding
from ita_check.model.report import UNJUDGED, Judged, JudgedIssue, Outcome, Report
from ita_check.reporting.inert import inert
from ita_check.reporting.lookings import ways_of
from ita_check.reporting.places import number_of, place_of
from ita_check.reporting.terminal.closing import write_closing
from ita_check.reporting.terminal.head import add_head
from ita_check.reporting.terminal.marks import Marks, marks_for
from ita_check.reporting.terminal.page import Page, Part
from ita_check.reporting.view import View
from ita_check.reporting.words import (
    by_proof,
    codes_of,
    doubts_of,
    gaps_by_unit,
    proof_of,
    reasons,
    units_of,
)
from ita_check.texts import phrase

_INDENT = 4
_BAR_CELLS = 20


def write(outcomes: Sequence[Outcome], stream: TextIO, view: View) -> None:
    """One report after the other; a file that could not be judged is told on standard error."""
    page = Page(view)
    marks = marks_for(view)
    judged = [outcome for outcome in outcomes if isinstance(outcome, Report)]
    for number, report in enumerate(judged):
        if number:
            page.line()
            page.line((marks.rule * page.width, "quiet"))
        _Text(report, page, marks).add()
    page.write(stream)


class _Text:
    """One report on a page."""

    def __init__(self, report: Report, page: Page, marks: Marks) -> None:
        self.report, self.page, self.marks = report, page, marks
        self.view = page.view

    def add(self) -> None:
        """Head, issues, closing tables and the sentence that says what the exit code says."""
        if self.view.quiet:
            self.page.line((self.report.evidence_name, "place"))
        else:
            add_head(phrase("report.title"), self.report, self.page)
            if self.report.findings:
                self.page.line()
                self.page.line((self._say("file_findings"), "head"))
                self._findings(self.report.findings)
            if self.view.group_by == "unit":
                self._units()
            else:
                for issue in self.report.issues:
                    self._issue(issue)
        if self.report.looked is not None:
            # Only who opens addresses pays for showing them.
            from ita_check.reporting.terminal.looked import write_looked

            write_looked(self.report.looked, self.page, self.marks)
        write_closing(self.report, self.page, self.marks)

    def _issue(self, issue: JudgedIssue) -> None:
        page, summary = self.page, issue.summary
        page.line()
        number = self._say("issue", number=issue.number)
        page.text(
            issue.title.say(self.view.language),
            "head",
            indent=cell_len(number) + 2,
            lead=((number + "  ", "head"),),
        )
        met = summary.statuses["met"]
        if summary.applicable:
            style = "ok" if met == summary.applicable else "error"
            bar = self.marks.bar(met, summary.applicable, _BAR_CELLS)
            page.line(("  ", ""), (bar, style), (f" {met}/{summary.applicable}", "head"))
        else:
            page.line(("  " + self._say("no_judged"), "quiet"))
        for judged in issue.requirements:
            if judged.is_gap:
                self._block(judged)
        self._others(issue.requirements)

    def _units(self) -> None:
        """The gaps of each unit, as the list that it is sent, then what is no gap."""
        for name, gaps in gaps_by_unit(self.report):
            self.page.line()
            unit = name or self._say("no_unit")
            self.page.text(self._say("unit_head", unit=unit, count=len(gaps)), "head")
            for judged in gaps:
                self._block(judged)
        self._others(self.report.requirements)

    def _others(self, requirements: Sequence[Judged]) -> None:
        """What is no gap: met, or not judged."""
        met = [judged for judged in requirements if judged.status == "met"]
        if self.view.verbose:
            for judged in met:
                self._block(judged)
        elif met:
            self._met(met)
        for judged in requirements:
            if judged.status in UNJUDGED:
                self._unjudged(judged)

    def _block(self, judged: Judged) -> None:
        """A requirement with everything that is known of it."""
        page, rule, language = self.page, judged.requirement, self.view.language
        page.line()
        self._title(judged)
        page.text(" | ".join(self._facts(judged)), "quiet", indent=_INDENT)
        if judged.status == "met":
            titles = phrase("report.kinds", kinds=rule.kinds).say(language)
            page.text(titles, "quiet", indent=_INDENT)
        self._proof(judged)
        for level in ("error", "warning"):
            self._findings(f for f in judged.findings if f.level == level)

    def _proof(self, judged: Judged, about: str = "") -> None:
        """What was looked at and proved nothing, and the way from the home page.

        Where nobody looked, that is so of every address, and said once below the report.
        """
        if self.report.looked is None:
            return
        language = self.view.language
        for way in ways_of(judged):
            self.page.text(about + way.say(language), "quiet", indent=_INDENT)
        lead = ((" " * _INDENT, ""), (about + self._say("not_proved"), "quiet"))
        for one in doubts_of(judged):
            self.page.text(one.say(language), "quiet", indent=_INDENT + 2, lead=lead)

    def _title(self, judged: Judged) -> None:
        rule = judged.requirement
        mark, style = self.marks.status[judged.status]
        word = self._say(f"status.{judged.status}")
        lead: tuple[Part, ...] = ((f"{mark} {word}  ", style), (f"{rule.id}  ", "head"))
        title = rule.title.say(self.view.language)
        self.page.text(title, "head", indent=sum(cell_len(text) for text, _ in lead), lead=lead)

    def _facts(self, judged: Judged) -> list[str]:
        """Who is responsible, which items of the form it serves, and how far it is proved."""
        facts = [self._say("responsible", units=units_of(judged))]
        if judged.requirement.oit:
            facts.append(self._say("oit", codes=codes_of(judged.requirement)))
        return [*facts, proof_of(judged).say(self.view.language)]

    def _findings(self, findings: Iterable[Finding]) -> None:
        """Findings in turn; those at one place share it, and a fix that they share."""
        for _, group in groupby(
            findings, key=lambda one: (one.level, one.line, one.column, one.cell)
        ):
            self._at_one_place(tuple(group))

    def _at_one_place(self, findings: tuple[Finding, ...]) -> None:
        page, language, first = self.page, self.view.language, findings[0]
        mark, style = self.marks.level[first.level]
        word = self._say(f"level.{first.level}")
        indent = _INDENT + 2
        for finding in findings:
            lead = ((" " * _INDENT, ""), (f"{mark} {word}: ", style))
            page.text(finding.message.say(language), indent=indent, lead=lead)
        page.line((" " * indent, ""), (self._place(first), "place"))
        shown = next((finding for finding in findings if finding.excerpt is not None), None)
        if shown is not None:
            self._excerpt(shown, indent)
        for fix in dict.fromkeys(finding.fix.say(language) for finding in findings):
            page.text(fix, indent=indent, lead=((" " * indent, ""), (self._say("fix"), "head")))

    def _place(self, finding: Finding) -> str:
        return place_of(self.report.evidence_name, finding)

    def _excerpt(self, finding: Finding, indent: int) -> None:
        """The line of the file, with a caret below the value where both fit on a line."""
        line = finding.excerpt or ""
        text = line.lstrip()
        number = number_of(finding)
        gutter = f"{number} {self.marks.gutter} "
        if indent + cell_len(gutter) + cell_len(inert(text)) > self.page.width:
            lead = ((" " * indent + gutter, "quiet"),)
            self.page.text(text, indent=indent + cell_len(gutter), lead=lead)
            return
        self.page.line((" " * indent + gutter, "quiet"), (text, ""))
        before = cell_len(inert(line[: finding.column - 1 - finding.cut].lstrip()))
        blank = " " * (indent + cell_len(number) + 1) + self.marks.gutter + " "
        self.page.line((blank, "quiet"), (" " * before + "^", "error"))

    def _met(self, met: Sequence[Judged]) -> None:
        """What is met, in a line for each level of proof, with what is advised all the same."""
        mark, style = self.marks.status["met"]
        self.page.line()
        for level, proved in by_proof(met):
            word = self._say(f"proof.{level}")
            line = self._say("met_line", count=len(proved), proof=word)
            ids = ", ".join(judged.requirement.id for judged in proved)
            self.page.text(ids, indent=2, lead=((f"{mark} ", style), (line, style)))
        for judged in met:
            for finding in judged.findings:
                mark, style = self.marks.level[finding.level]
                word = self._say(f"level.{finding.level}")
                head = f"{mark} {word} {judged.requirement.id}: "
                lead = ((" " * _INDENT, ""), (head, style))
                message = finding.message.say(self.view.language)
                self.page.text(message, indent=_INDENT + 2, lead=lead)
                self.page.line((" " * (_INDENT + 2), ""), (self._place(finding), "place"))
            self._proof(judged, about=f"{judged.requirement.id}: ")

    def _unjudged(self, judged: Judged) -> None:
        """What was not judged, with the reason."""
        self.page.line()
        self._title(judged)
        said = [reason.say(self.view.language) for reason in reasons(judged, self.report.as_of)]
        self.page.text(" | ".join(said), indent=_INDENT)
        self.page.text(" | ".join(self._facts(judged)), "quiet", indent=_INDENT)
        if self.view.verbose:
            self._findings(judged.findings)
            return
        for finding in judged.findings:
            lead = ((" " * _INDENT, ""), (f"{self.marks.bullet} ", "quiet"))
            message = finding.message.say(self.view.language)
            self.page.text(message, "quiet", indent=_INDENT + 2, lead=lead)

    def _say(self, key: str, **gaps: object) -> str:
        return phrase(f"report.{key}", **gaps).say(self.view.language)

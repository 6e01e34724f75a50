"""The end of the terminal report: tables, what the marks mean, and the verdict in words."""

from __future__ import annotations

from rich.cells import cell_len

from ita_check.model.report import Report, Summary
from ita_check.reporting.terminal.marks import Marks
from ita_check.reporting.terminal.page import Page, Part
from ita_check.reporting.words import (
    VERDICT_STYLES,
    gaps_by_unit,
    legend,
    verdict,
    verdict_sentence,
)
from ita_check.texts import phrase

_BAR_CELLS = 10


def write_closing(report: Report, page: Page, marks: Marks) -> None:
    """The table of issues, totals, gaps by unit, legend and closing sentence."""
    closing = _Closing(report, page, marks)
    closing.issues()
    closing.units()
    closing.legend()
    add_verdict(report, page)


def add_verdict(report: Report, page: Page) -> None:
    """The sentence that says what the exit code says."""
    view = page.view
    sentence = verdict_sentence(report, view.fail_on).say(view.language)
    page.line()
    if view.code is not None:
        sentence += " " + phrase("report.exit", code=view.code).say(view.language)
    page.text(sentence, VERDICT_STYLES[verdict(report, view.fail_on)])


class _Closing:
    def __init__(self, report: Report, page: Page, marks: Marks) -> None:
        self.report, self.page, self.marks = report, page, marks
        self.summary = report.summary

    def issues(self) -> None:
        say = self._say
        self.page.line()
        self.page.line((say("summary"), "head"))
        names = ("issue", "met", "incomplete", "missing", "other", "title")
        heads = [say(f"column.{name}") for name in names]
        cells = [max(cell_len(head), 5) + 2 for head in heads[:-1]]
        cells[1] = max(cells[1], _BAR_CELLS + 8)
        self.page.row([(head, "quiet") for head in heads], cells)
        for issue in self.report.issues:
            title = issue.title.say(self.page.view.language)
            self._figures(str(issue.number), issue.summary, title, cells)
        self._figures(say("total"), self.summary, "", cells)
        self.page.line()
        summary = self.summary
        self.page.text(say("figures", errors=summary.errors, warnings=summary.warnings), indent=2)
        if summary.requirements != summary.applicable:
            self.page.text(say("not_counted", **summary.statuses_by_name), "quiet", indent=2)
        self.page.text(say("proofs", **summary.proofs_by_name), indent=2)

    def _figures(self, name: str, summary: Summary, title: str, cells: list[int]) -> None:
        statuses, whole = summary.statuses, summary.applicable
        met = statuses["met"]
        style = "quiet" if not whole else "ok" if met == whole else "error"
        bar = self.marks.bar(met, whole, _BAR_CELLS) if whole else " " * _BAR_CELLS
        row: list[Part] = [
            (name, ""),
            (f"{bar} {met}/{whole}", style),
            (str(statuses["incomplete"]), ""),
            (str(statuses["missing"]), ""),
            (str(summary.requirements - whole), ""),
            (title, ""),
        ]
        self.page.row(row, cells)

    def units(self) -> None:
        owed = gaps_by_unit(self.report)
        if not owed:
            return
        self.page.line()
        self.page.line((self._say("by_unit"), "head"))
        heads = [self._say("column.gaps"), self._say("column.unit")]
        cells = [max(cell_len(heads[0]), 3) + 2]
        self.page.row([(head, "quiet") for head in heads], cells)
        for name, gaps in owed:
            self.page.row([(str(len(gaps)), ""), (name or self._say("no_unit"), "")], cells)

    def legend(self) -> None:
        self.page.line()
        for note in legend(self.report):
            self.page.text(note.say(self.page.view.language), "quiet")

    def _say(self, key: str, **gaps: object) -> str:
        return phrase(f"report.{key}", **gaps).say(self.page.view.language)

"""The comparison on a terminal: for a person who wants to know what got worse, and what better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich.cells import cell_len

from ita_check.model.comparison import (
    ComparedFindings,
    ComparedRequirement,
    Comparison,
    Recorded,
    RecordedFinding,
)
from ita_check.reporting.comparison.table import add_table
from ita_check.reporting.comparison.words import (
    VERDICT_STYLES,
    errors_first,
    facts_of,
    facts_of_side,
    inside,
    place,
    section,
    verdict,
    verdict_sentence,
    warnings,
)
from ita_check.reporting.terminal.marks import Mark, Marks, marks_for
from ita_check.reporting.terminal.page import Page, Part, pad
from ita_check.reporting.view import View
from ita_check.texts import phrase, said

_INDENT = 4


def write(comparison: Comparison, stream: TextIO, view: View) -> None:
    """Both sides, warnings, figures, and what became of each requirement, the worst first."""
    page = Page(view)
    _Text(comparison, page, marks_for(view)).add()
    page.write(stream)


class _Text:
    """One comparison on a page."""

    def __init__(self, comparison: Comparison, page: Page, marks: Marks) -> None:
        self.comparison, self.page, self.marks = comparison, page, marks

    def add(self) -> None:
        """Everything in turn; the closing sentence says what the exit code says."""
        self._head()
        if self.comparison.issues:
            add_table(self.comparison, self.page)
            self._new_gaps()
            self._fixed()
            self._unchanged_gaps()
            self._others()
        if self.comparison.findings.differ:
            self.page.line()
            self.page.line((self._words(phrase("report.file_findings")), "head"))
            self._inside(self.comparison.findings)
        self._not_compared()
        self._closing()

    def _head(self) -> None:
        page, comparison = self.page, self.comparison
        page.line((self._words(phrase("comparison.title")), "head"))
        names = [
            self._words(name)
            for name in (
                phrase("report.agency"),
                phrase("comparison.side.old"),
                phrase("comparison.side.new"),
            )
        ]
        cells = max(cell_len(name) for name in names) + 2
        agency, old, new = (("  " + pad(name, cells), "quiet") for name in names)
        page.text(comparison.new.agency, indent=cells + 2, lead=(agency,))
        self._side(old, comparison.old, cells + 2)
        self._side(new, comparison.new, cells + 2)
        mark, style = self.marks.level["warning"]
        for number, (_, message) in enumerate(warnings(comparison)):
            if not number:
                page.line()
            warning = self._words(phrase("comparison.warning", text=message))
            page.text(warning, style, indent=2, lead=((f"{mark} ", style),))

    def _side(self, label: Part, side: Recorded, indent: int) -> None:
        """One side: names of files stand on lines of their own, whatever their length."""
        page, margin = self.page, (" " * indent, "")
        page.line(label, (side.name, "place"))
        if side.evidence_name != side.name:
            file = self._words(phrase("report.file"))
            page.line(margin, (f"{file}: {side.evidence_name}", ""))
        for fact in facts_of_side(side):
            page.text(self._words(fact), indent=indent)

    def _new_gaps(self) -> None:
        """What got worse, with everything that is to be mended there."""
        new_gaps = self.comparison.having("new_gap")
        if not new_gaps:
            return
        mark, style = self.marks.level["error"]
        head = self._words(section("new_gap", len(new_gaps)))
        self.page.line()
        self.page.line((f"{mark} {head}", style))
        for compared in new_gaps:
            self._title(compared)
            for finding, remedy in errors_first(compared.latest.findings):
                word = self._words(phrase(f"report.level.{finding.level}"))
                self._message(finding, self.marks.level[finding.level], f"{word}:")
                if remedy:
                    self._remedy(finding)

    def _fixed(self) -> None:
        fixed = self.comparison.having("fixed")
        if fixed:
            mark, style = self.marks.status["met"]
            self.page.line()
            self.page.line((f"{mark} {self._words(section('fixed', len(fixed)))}", style))
        for compared in fixed:
            self._title(compared)

    def _unchanged_gaps(self) -> None:
        """Those in which something changed with what it is; the others by their ids."""
        unchanged = self.comparison.having("unchanged_gap")
        if not unchanged:
            return
        self.page.line()
        self.page.line((self._words(section("unchanged_gap", len(unchanged))), "head"))
        still = [one for one in unchanged if not one.differs]
        for compared in unchanged:
            if compared.differs:
                self._title(compared)
                self._inside(compared.findings)
        if still:
            self.page.line()
            head = self._words(phrase("comparison.nothing_inside", count=len(still)))
            self._ids(head, [one.latest.id for one in still])

    def _others(self) -> None:
        """Other changes of status, and findings that came or went where the status stayed."""
        changed = self.comparison.having("changed_status")
        if changed:
            self.page.line()
            self.page.line((self._words(section("changed_status", len(changed))), "head"))
        for compared in changed:
            self._title(compared)
        same = [one for one in self.comparison.having("unchanged") if one.findings.differ]
        if same:
            self.page.line()
            self.page.line((self._words(section("unchanged", len(same))), "head"))
        for compared in same:
            self._title(compared)
            self._inside(compared.findings)

    def _title(self, compared: ComparedRequirement) -> None:
        """A requirement with its status now, and what it was."""
        latest = compared.latest
        mark, style = self.marks.status[latest.status]
        word = self._words(phrase(f"report.status.{latest.status}"))
        lead: tuple[Part, ...] = ((f"{mark} {word}  ", style), (f"{latest.id}  ", "head"))
        if compared.new is None:
            lead = ((f"{self.marks.bullet} ", "quiet"), (f"{latest.id}  ", "head"))
        indent = sum(cell_len(text) for text, _ in lead)
        self.page.line()
        self.page.text(self._words(latest.title), "head", indent=indent, lead=lead)
        facts = " | ".join(self._words(fact) for fact in facts_of(compared))
        if facts:
            self.page.text(facts, "quiet", indent=_INDENT)

    def _inside(self, findings: ComparedFindings) -> None:
        """Which findings are new, which are gone, and which stay."""
        for told in inside(findings):
            finding, word = told.finding, self._words(told.word)
            if told.sort == "new":
                self._message(finding, self.marks.level[finding.level], word)
                if told.remedy:
                    self._remedy(finding)
            elif told.sort == "gone":
                self._message(finding, self.marks.status["met"], word)
                self.page.line((" " * (_INDENT + 2), ""), (finding.path, "quiet"))
            else:
                self._message(finding, (self.marks.bullet, "quiet"), word)

    def _remedy(self, finding: RecordedFinding) -> None:
        """Where a finding of the new side stands, and how to mend it."""
        margin = (" " * (_INDENT + 2), "")
        self.page.line(margin, (place(self.comparison.new, finding), "place"))
        fix = self._words(phrase("report.fix"))
        self.page.text(self._words(finding.fix), indent=_INDENT + 2, lead=(margin, (fix, "head")))

    def _message(self, finding: RecordedFinding, mark: Mark, word: str) -> None:
        symbol, style = mark
        lead = ((" " * _INDENT, ""), (f"{symbol} {word} ", style))
        self.page.text(self._words(finding.message), indent=_INDENT + 2, lead=lead)

    def _not_compared(self) -> None:
        ids = self.comparison.not_compared
        if ids:
            self.page.line()
            self._ids(self._words(phrase("comparison.not_compared", count=len(ids))), ids)

    def _ids(self, head: str, ids: Sequence[str]) -> None:
        lead = ((f"{self.marks.bullet} ", "quiet"), (f"{head} ", ""))
        self.page.text(", ".join(ids), indent=2, lead=lead)

    def _closing(self) -> None:
        view = self.page.view
        fails = view.fail_on != "never"
        sentence = self._words(verdict_sentence(self.comparison, fail_on_regression=fails))
        if view.code is not None:
            sentence += " " + self._words(phrase("report.exit", code=view.code))
        self.page.line()
        style = VERDICT_STYLES[verdict(self.comparison, fail_on_regression=fails)]
        self.page.text(sentence, style)

    def _words(self, value: object) -> str:
        return said(value, self.page.view.language)

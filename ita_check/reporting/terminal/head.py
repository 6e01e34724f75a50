"""The head of a page about one report: what it is about, by rows."""

from __future__ import annotations

from rich.cells import cell_len

from ita_check.model.report import Report
from ita_check.reporting.terminal.page import Page, pad
from ita_check.reporting.words import head
from ita_check.texts import Phrase, phrase, said


def add_head(title: Phrase, report: Report, page: Page) -> None:
    """A title and the rows; the file's name is never broken."""
    language = page.view.language
    page.line((title.say(language), "head"))
    rows = [
        (name, phrase(f"report.{name}").say(language), said(value, language))
        for name, value in head(report)
    ]
    cells = max(cell_len(label) for _, label, _ in rows) + 2
    for name, label, value in rows:
        lead = (f"  {pad(label, cells)}", "quiet")
        if name == "file":
            page.line(lead, (value, ""))
        else:
            page.text(value, indent=cells + 2, lead=(lead,))

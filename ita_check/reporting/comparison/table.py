"""The figures of each issue on a terminal, before and now."""

from __future__ import annotations

from rich.cells import cell_len

from ita_check.model.comparison import Comparison, Figures, gaps
from ita_check.reporting.terminal.page import Page, Part
from ita_check.texts import phrase, said

# Cells that each column takes at least, the last one aside.
_LEAST = (5, 7, 7, 3, 3)


def add_table(comparison: Comparison, page: Page) -> None:
    """A row for each issue compared, and one for all of them."""
    language = page.view.language
    columns = (
        phrase("report.column.issue"),
        phrase("report.column.met"),
        phrase("comparison.column.gaps"),
        phrase("comparison.column.new_gap"),
        phrase("comparison.column.fixed"),
        phrase("report.column.title"),
    )
    heads = [said(column, language) for column in columns]
    cells = [max(cell_len(head), least) + 2 for head, least in zip(heads, _LEAST, strict=False)]
    page.line()
    page.line((said(phrase("report.summary"), language), "head"))
    page.row([(head, "quiet") for head in heads], cells)
    for issue in comparison.issues:
        name, title = str(issue.number), said(issue.title, language)
        page.row(_figures(page, name, issue.figures, title), cells)
    total = said(phrase("report.total"), language)
    page.row(_figures(page, total, comparison.figures, ""), cells)


def _figures(page: Page, name: str, figures: Figures, title: str) -> list[Part]:
    arrow = "->" if page.view.ascii_marks else "→"
    new_gaps, fixed = figures.changes["new_gap"], figures.changes["fixed"]
    return [
        (name, ""),
        (f"{figures.old['met']} {arrow} {figures.new['met']}", ""),
        (f"{gaps(figures.old)} {arrow} {gaps(figures.new)}", ""),
        (str(new_gaps), "error" if new_gaps else "quiet"),
        (str(fixed), "ok" if fixed else "quiet"),
        (title, ""),
    ]

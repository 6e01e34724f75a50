"""What was looked at, on a terminal: figures, then the addresses that did not simply open."""

from __future__ import annotations

from ita_check.model.looked import Looked
from ita_check.reporting.lookings import Opened, Weight, by_weight, figures, heading_of
from ita_check.reporting.terminal.marks import Mark, Marks
from ita_check.reporting.terminal.page import Page
from ita_check.texts import phrase

_INDENT = 4


def write_looked(looked: Looked, page: Page, marks: Marks) -> None:
    """The figures, and each address by what it means; those that open only where all is shown."""
    language = page.view.language
    page.line()
    page.line((phrase("looked.title").say(language), "head"))
    for figure in figures(looked):
        page.text(figure.say(language), indent=2)
    if page.view.quiet:
        return
    for weight, addresses in by_weight(looked):
        shown = [one for one in addresses if page.view.verbose or one.page.verdict != "ok"]
        if not shown:
            continue
        page.line()
        page.line(("  " + heading_of(weight, looked).say(language), "head"))
        for one in shown:
            _add(one, _mark(weight, one, marks), page)


def _mark(weight: Weight, one: Opened, marks: Marks) -> Mark:
    if weight == "faulty":
        return marks.level["error"]
    return marks.status["met"] if one.page.verdict == "ok" else marks.level["warning"]


def _add(one: Opened, mark: Mark, page: Page) -> None:
    """The address on a line of its own, then the verdict with the answer, then where it stands."""
    language = page.view.language
    symbol, style = mark
    page.line(("  ", ""), (f"{symbol} ", style), (one.page.asked, "place"))
    page.text(one.answer.say(language), indent=_INDENT)
    page.line((" " * _INDENT + ", ".join(one.paths), "quiet"))

"""What could not be judged, on a terminal: place, reason, and the line underlined."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from rich.cells import cell_len

from ita_check.errors import Problem
from ita_check.reporting.inert import inert
from ita_check.reporting.places import number_of, place_of
from ita_check.reporting.terminal.marks import marks_for
from ita_check.reporting.terminal.page import Page
from ita_check.reporting.view import View
from ita_check.texts import Phrase, phrase

_SHOWN = 100


def write_problems(
    problems: Sequence[Problem], stream: TextIO, view: View, verdict: Phrase
) -> None:
    """Every problem in turn, and what they mean."""
    page = Page(view)
    for problem in problems[:_SHOWN]:
        _add(problem, page)
    more = phrase("report.problems_more", count=len(problems) - _SHOWN)
    if len(problems) > _SHOWN:
        page.text(more.say(view.language), "error")
    page.text(verdict.say(view.language), "error")
    page.write(stream)


def _add(problem: Problem, page: Page) -> None:
    page.line((place_of(problem.file, problem), "place"))
    marks = marks_for(page.view)
    mark, style = marks.level["error"]
    page.text(problem.message.say(page.view.language), indent=4, lead=((f"  {mark} ", style),))
    if problem.excerpt:
        line = problem.excerpt
        number = number_of(problem)
        gutter = f"    {number} {marks.gutter} "
        page.line((gutter, "quiet"), (line, ""))
        start = problem.column - 1 - problem.cut
        before = cell_len(inert(line[:start]))
        under = cell_len(inert(line[start : start + problem.width]))
        blank = " " * (4 + cell_len(number) + 1) + marks.gutter + " "
        page.line((blank, "quiet"), (" " * before + "^" * max(under, 1), "error"))
    page.line()

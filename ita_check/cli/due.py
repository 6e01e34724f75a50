"""`ita-check due`: what is open, the piece of evidence that settles most requirements first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TextIO

import typer

from ita_check.cli.arguments import (
    read_as_of,
    read_choice,
    read_issues,
    read_language,
    read_outputs,
    read_width,
)
from ita_check.cli.declared import load_declared
from ita_check.cli.judging import today
from ita_check.cli.options import format_option, shared_options
from ita_check.cli.output import no_color, say_no_such_issue, say_problems, terminal_width
from ita_check.cli.writing import write_all
from ita_check.errors import CannotJudge
from ita_check.evaluation.due import due as what_is_due
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.catalogue import load_catalogue
from ita_check.model.due import Due
from ita_check.model.report import (
    EXIT_NOTHING_JUDGED,
    Unjudged,
    exit_code,
)
from ita_check.reporting.due import FORMATS, writer
from ita_check.reporting.view import View
from ita_check.texts import Language, phrase


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def due(
        evidence: str = typer.Argument(
            ..., metavar="EVIDENCE", help=phrase("due.option.evidence").say(language)
        ),
        format_: str = format_option(tuple(FORMATS), language),
        output: list[str] = shared.output,
        lang: str = shared.lang,
        as_of: str = shared.as_of,
        issue: list[str] = shared.issue,
        rules: list[Path] = shared.rules,
        no_color_: bool = shared.no_color,
        width: str = shared.width,
        debug: bool = shared.debug,
    ) -> int:
        chosen = read_choice("--format", format_, tuple(FORMATS))
        view = View(
            read_language(lang),
            width=read_width(width) or terminal_width(),
            color=False if no_color_ or no_color() else None,
        )
        outputs = read_outputs(output, tuple(FORMATS), [evidence])
        day = read_as_of(as_of) or today()
        found, unknown = _due(evidence, tuple(rules), day, read_issues(issue))
        codes = [exit_code(found.report if isinstance(found, Due) else found, view.fail_on)]
        if unknown:
            say_no_such_issue(unknown, view.language)
            codes.append(EXIT_NOTHING_JUDGED)

        def write(name: str, stream: TextIO, how: View) -> None:
            writer(name)(found, stream, how)

        code = write_all(chosen, outputs, write, view, codes)
        if isinstance(found, Unjudged):
            say_problems(found.problems, view)
        return code

    return due


def _due(
    name: str, rules: tuple[Path, ...], day: date, issues: frozenset[int] | None
) -> tuple[Due | Unjudged, list[int]]:
    """What is open in a file, and the issues asked for that the catalogue does not have."""
    try:
        catalogue = load_catalogue(rules)
        evidence = load_declared(name, catalogue)
    except CannotJudge as error:
        return Unjudged(name, error.sha256, error.problems), []
    report = evaluate(catalogue, evidence, day, issues)
    unknown = (issues or frozenset()) - {issue.number for issue in catalogue.issues}
    return what_is_due(report, catalogue, evidence), sorted(unknown)

"""`ita-check check`: judge evidence files and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import typer

from ita_check.cli.arguments import (
    Output,
    read_as_of,
    read_choice,
    read_issues,
    read_language,
    read_outputs,
    read_width,
)
from ita_check.cli.output import (
    abandon_stdout,
    no_color,
    prepare,
    say_on_stderr,
    say_problems,
    terminal_width,
)
from ita_check.cli.usage import WrongUsage
from ita_check.errors import CannotJudge, Problem
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.evidence import STANDARD_INPUT, load_evidence
from ita_check.model.catalogue import Catalogue
from ita_check.model.report import (
    EXIT_NOTHING_JUDGED,
    FailOn,
    Outcome,
    Unjudged,
    exit_code,
    exit_code_of_all,
)
from ita_check.reporting.formats import FORMATS, reporter
from ita_check.reporting.view import View
from ita_check.texts import Language, phrase

# Thailand has had one offset since 1920 and no summer time; Windows has no zone database.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "never")


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""

    def say(key: str) -> str:
        return phrase(f"commands.option.{key}").say(language)

    def check(
        evidence: list[str] = typer.Argument(..., metavar="EVIDENCE", help=say("evidence")),
        format_: str = typer.Option(
            "text", "--format", "-f", help=say("format"), metavar="|".join(FORMATS)
        ),
        output: list[str] = typer.Option(
            [], "--output", "-o", help=say("output"), metavar="FORMAT=FILE"
        ),
        lang: str = typer.Option("", "--lang", help=say("lang"), metavar="th|en"),
        as_of: str = typer.Option("", "--as-of", help=say("as_of"), metavar="DATE"),
        issue: list[str] = typer.Option([], "--issue", help=say("issue"), metavar="N"),
        fail_on: str = typer.Option(
            "error", "--fail-on", help=say("fail_on"), metavar="|".join(FAIL_ON)
        ),
        rules: list[Path] = typer.Option([], "--rules", help=say("rules"), metavar="DIR"),
        verbose: bool = typer.Option(False, "--verbose", "-v", help=say("verbose")),
        quiet: bool = typer.Option(False, "--quiet", "-q", help=say("quiet")),
        no_color_: bool = typer.Option(False, "--no-color", help=say("no_color")),
        width: str = typer.Option("", "--width", help=say("width"), metavar="N"),
        debug: bool = typer.Option(False, "--debug", help=say("debug")),
    ) -> int:
        spoken = read_language(lang)
        chosen = read_choice("--format", format_, tuple(FORMATS))
        view = View(
            spoken,
            read_choice("--fail-on", fail_on, FAIL_ON),
            read_width(width) or terminal_width(),
            False if no_color_ or no_color() else None,
            verbose=verbose,
            quiet=quiet,
        )
        if evidence.count(STANDARD_INPUT) > 1:
            raise WrongUsage(phrase("commands.stdin_twice"))
        outputs = read_outputs(output, tuple(FORMATS), evidence)
        day = read_as_of(as_of) or datetime.now(BANGKOK).date()
        issues = read_issues(issue)
        outcomes, unknown = _judge(evidence, tuple(rules), day, issues)
        codes = [exit_code(outcome, view.fail_on) for outcome in outcomes]
        if unknown:
            numbers = tuple(str(number) for number in unknown)
            line = phrase("commands.no_such_issue", issues=numbers).say(spoken)
            say_on_stderr(line + "\n")
            codes.append(EXIT_NOTHING_JUDGED)
        code = exit_code_of_all(codes)
        failed = [o for o in outputs if not _write_output(o, outcomes, view)]
        _write_stdout(chosen, outcomes, view)
        for outcome in outcomes:
            if isinstance(outcome, Unjudged):
                say_problems(outcome.problems, spoken)
        return exit_code_of_all((code, 2)) if failed else code

    return check


def _judge(
    names: list[str], rules: tuple[Path, ...], day: date, issues: frozenset[int] | None
) -> tuple[list[Outcome], list[int]]:
    """Every file as judged, and the issues asked for that the catalogue does not have."""
    try:
        catalogue = load_catalogue(rules)
    except CannotJudge as error:
        return [Unjudged(name, None, error.problems) for name in names], []
    known = {issue.number for issue in catalogue.issues}
    unknown = sorted((issues or frozenset()) - known)
    return [_outcome(name, catalogue, day, issues) for name in names], unknown


def _outcome(name: str, catalogue: Catalogue, day: date, issues: frozenset[int] | None) -> Outcome:
    try:
        evidence = load_evidence(name, catalogue, sys.stdin.buffer, os.curdir)
    except CannotJudge as error:
        return Unjudged(name, error.sha256, error.problems)
    return evaluate(catalogue, evidence, day, issues)


def _write_output(output: Output, outcomes: list[Outcome], view: View) -> bool:
    """Write one further format to its file, whole or not at all; whether that went well."""
    from io import StringIO

    from ita_check.atomic import write_whole

    buffer = StringIO()
    reporter(output.format)(outcomes, buffer, view._replace(color=False))
    try:
        write_whole(output.file, buffer.getvalue().encode("utf-8"))
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Problem(phrase("commands.cannot_write", reason=reason), output.file)
        say_problems((problem,), view.language)
        return False
    return True


def _write_stdout(name: str, outcomes: list[Outcome], view: View) -> None:
    """Write the chosen format; a closed pipe ends the writing and changes no exit code."""
    symbols = prepare(sys.stdout, utf8=name != "text")
    try:
        reporter(name)(outcomes, sys.stdout, view._replace(ascii_marks=not symbols))
        sys.stdout.flush()
    except BrokenPipeError:
        abandon_stdout()

"""`ita-check check`: judge evidence files and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import typer

from ita_check.cli.arguments import (
    NOT_GIVEN,
    Output,
    read_as_of,
    read_choice,
    read_issues,
    read_language,
    read_outputs,
    read_width,
)
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import (
    no_color,
    prepare,
    say_on_stderr,
    say_problems,
    terminal_width,
    write_stdout,
)
from ita_check.cli.usage import WrongUsage
from ita_check.errors import CannotJudge, Problem
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.evidence import STANDARD_INPUT, load_evidence
from ita_check.model.catalogue import Catalogue
from ita_check.model.report import (
    EXIT_CANNOT_JUDGE,
    EXIT_NOTHING_JUDGED,
    FailOn,
    Outcome,
    Unjudged,
    exit_code,
    exit_code_of_all,
)
from ita_check.reporting.formats import FORMATS, reporter
from ita_check.reporting.view import View
from ita_check.texts import Language, Phrase, phrase

# Thailand has had one offset since 1920 and no summer time; Windows has no zone database.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "never")


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def check(
        evidence: list[str] = typer.Argument(
            ..., metavar="EVIDENCE", help=described("evidence", language)
        ),
        format_: str = typer.Option(
            "text", "--format", "-f", help=described("format", language), metavar="|".join(FORMATS)
        ),
        output: list[str] = typer.Option(
            [], "--output", "-o", help=described("output", language), metavar="FORMAT=FILE"
        ),
        lang: str = shared.lang,
        as_of: str = typer.Option(
            NOT_GIVEN,
            "--as-of",
            show_default=False,
            help=described("as_of", language),
            metavar="DATE",
        ),
        issue: list[str] = typer.Option(
            [], "--issue", help=described("issue", language), metavar="N"
        ),
        fail_on: str = typer.Option(
            "error", "--fail-on", help=described("fail_on", language), metavar="|".join(FAIL_ON)
        ),
        rules: list[Path] = shared.rules,
        verbose: bool = typer.Option(False, "--verbose", "-v", help=described("verbose", language)),
        quiet: bool = typer.Option(False, "--quiet", "-q", help=described("quiet", language)),
        no_color_: bool = shared.no_color,
        width: str = shared.width,
        debug: bool = shared.debug,
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
        written = [_write_output(output, outcomes, view) for output in outputs]
        if not all(written):
            codes.append(EXIT_CANNOT_JUDGE)
        code = exit_code_of_all(codes)
        # What a report says of the exit code is true of one file only.
        view = view._replace(code=code if len(outcomes) == 1 else None)
        reason = _write_stdout(chosen, outcomes, view)
        # A faulty catalogue is a problem of every file, and told once.
        unjudged = (one.problems for one in outcomes if isinstance(one, Unjudged))
        for problems in dict.fromkeys(unjudged):
            say_problems(problems, view)
        if reason is not None:
            say_problems((Problem(reason, "-"),), view)
            return EXIT_CANNOT_JUDGE
        return code

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
        evidence = load_evidence(name, catalogue, sys.stdin, os.curdir)
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
        write_whole(output.file, buffer.getvalue().encode("utf-8", "replace"))
    except OSError as error:
        reason = error.strerror or str(error)
        problem = Problem(phrase("commands.cannot_write", reason=reason), output.file)
        say_problems((problem,), view)
        return False
    return True


def _write_stdout(name: str, outcomes: list[Outcome], view: View) -> Phrase | None:
    """Write the chosen format; why that could not be done, if so."""
    symbols = prepare(sys.stdout, utf8=name != "text")
    shown = view._replace(ascii_marks=not symbols)
    return write_stdout(lambda stream: reporter(name)(outcomes, stream, shown), utf8=name != "text")

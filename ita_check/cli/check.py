"""`ita-check check`: judge evidence files and report."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
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
from ita_check.cli.judging import judge_files, today
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import (
    bytes_of,
    no_color,
    prepare,
    say_no_such_issue,
    say_not_written,
    say_problems,
    terminal_width,
    why_not_written,
    write_file,
    write_stdout,
)
from ita_check.cli.repository import path_in_repository
from ita_check.cli.usage import WrongUsage
from ita_check.errors import CannotWrite, Problem
from ita_check.loading.evidence import STANDARD_INPUT
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
from ita_check.reporting.view import GroupBy, View
from ita_check.texts import Language, phrase

GROUPS: tuple[GroupBy, ...] = ("issue", "unit")
# Where a GitHub runner takes what it shows on a run's page, and how much of it (1 MiB a step).
STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
STEP_SUMMARY_BYTES = 2**20
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
        group_by: str = typer.Option(
            "issue", "--group-by", help=described("group_by", language), metavar="|".join(GROUPS)
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
            group_by=read_choice("--group-by", group_by, GROUPS),
        )
        if evidence.count(STANDARD_INPUT) > 1:
            raise WrongUsage(phrase("commands.stdin_twice"))
        outputs = read_outputs(output, tuple(FORMATS), evidence)
        day = read_as_of(as_of) or today()
        issues = read_issues(issue)
        outcomes, unknown = judge_files(evidence, tuple(rules), day, issues)
        unjudged = [one.problems for one in outcomes if isinstance(one, Unjudged)]
        files = {*evidence, *(problem.file for problems in unjudged for problem in problems)}
        view = view._replace(paths={name: path_in_repository(name, os.curdir) for name in files})
        codes = [exit_code(outcome, view.fail_on) for outcome in outcomes]
        if unknown:
            say_no_such_issue(unknown, spoken)
            codes.append(EXIT_NOTHING_JUDGED)
        written = [_write_output(output, outcomes, view) for output in outputs]
        if "github" in (chosen, *(output.format for output in outputs)):
            written.append(_write_step_summary(os.environ.get(STEP_SUMMARY), outcomes, view))
        if not all(written):
            codes.append(EXIT_CANNOT_JUDGE)
        code = exit_code_of_all(codes)
        # What a report says of the exit code is true of one file only.
        view = view._replace(code=code if len(outcomes) == 1 else None)
        try:
            _write_stdout(chosen, outcomes, view)
        except CannotWrite as error:
            say_not_written(error, view)
            code = EXIT_CANNOT_JUDGE
        # A faulty catalogue is a problem of every file, and told once.
        for problems in dict.fromkeys(unjudged):
            say_problems(problems, view)
        return code

    return check


def _bytes_of(name: str, outcomes: list[Outcome], view: View) -> bytes:
    """What a file in a format holds."""
    plain = view._replace(color=False)
    return bytes_of(lambda stream: reporter(name)(outcomes, stream, plain))


def _write_output(output: Output, outcomes: list[Outcome], view: View) -> bool:
    """Write one further format to its file; whether that went well."""
    try:
        write_file(output.file, _bytes_of(output.format, outcomes, view))
    except CannotWrite as error:
        say_not_written(error, view)
        return False
    return True


def _write_step_summary(file: str | None, outcomes: list[Outcome], view: View) -> bool:
    """Add the report to what GitHub shows on the run's page; whether that went well.

    Other tools write there too, so it is added at the end. GitHub takes nothing of a summary that
    is too large: of a long report only the figures go there.
    """
    if not file:
        return True
    data = _bytes_of("markdown", outcomes, view)
    try:
        with open(file, "ab") as summary:
            if summary.tell() + len(data) > STEP_SUMMARY_BYTES:
                data = _bytes_of("markdown", outcomes, view._replace(quiet=True))
            summary.write(data)
    except OSError as error:
        say_not_written(CannotWrite(Problem(why_not_written(error, file), file)), view)
        return False
    return True


def _write_stdout(name: str, outcomes: list[Outcome], view: View) -> None:
    """Write the chosen format."""
    symbols = prepare(sys.stdout, utf8=name != "text")
    shown = view._replace(ascii_marks=not symbols)
    write_stdout(lambda stream: reporter(name)(outcomes, stream, shown), utf8=name != "text")

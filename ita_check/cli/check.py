"""`ita-check check`: judge evidence files and report."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import typer

from ita_check.cli.arguments import (
    NOT_GIVEN,
    read_as_of,
    read_choice,
    read_issues,
    read_language,
    read_outputs,
    read_width,
)
from ita_check.cli.judging import judge_files, today
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import no_color, say_no_such_issue, say_problems, terminal_width
from ita_check.cli.repository import path_in_repository
from ita_check.cli.usage import WrongUsage
from ita_check.cli.writing import Write, append, bytes_of, write_all
from ita_check.loading.named import STANDARD_INPUT
from ita_check.model.report import (
    EXIT_CANNOT_JUDGE,
    EXIT_NOTHING_JUDGED,
    FailOn,
    Unjudged,
    exit_code,
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

        def write(name: str, stream: TextIO, how: View) -> None:
            reporter(name)(outcomes, stream, how)

        formats = {chosen, *(output.format for output in outputs)}
        if "github" in formats and not _write_step_summary(write, view):
            codes.append(EXIT_CANNOT_JUDGE)
        # What a report says of the exit code is true of one file only.
        alone = len(outcomes) == 1
        code = write_all(chosen, outputs, write, view, codes, names_code=alone)
        # A faulty catalogue is a problem of every file, and told once.
        for problems in dict.fromkeys(unjudged):
            say_problems(problems, view)
        return code

    return check


def _write_step_summary(write: Write, view: View) -> bool:
    """Add the report to what GitHub shows on the run's page; whether that went well.

    Other tools write there too, so it is added at the end. GitHub takes nothing of a summary that
    is too large: of a long report only the figures go there.
    """
    file = os.environ.get(STEP_SUMMARY)
    if not file:
        return True
    whole = bytes_of("markdown", write, view)

    def fitting(size: int) -> bytes:
        if size + len(whole) <= STEP_SUMMARY_BYTES:
            return whole
        return bytes_of("markdown", write, view._replace(quiet=True))

    return append(file, fitting, view)

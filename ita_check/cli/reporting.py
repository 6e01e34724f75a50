"""The report of judged files: how it is asked for, and where it is written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TextIO

from ita_check.cli.arguments import (
    Output,
    read_as_of,
    read_choice,
    read_issues,
    read_language,
    read_outputs,
    read_width,
)
from ita_check.cli.judging import today
from ita_check.cli.options import FAIL_ON, GROUPS
from ita_check.cli.output import no_color, say_no_such_issue, say_problems, terminal_width
from ita_check.cli.repository import path_in_repository
from ita_check.cli.usage import WrongUsage
from ita_check.cli.writing import Write, append, bytes_of, write_all
from ita_check.loading.named import STANDARD_INPUT
from ita_check.model.report import (
    EXIT_CANNOT_JUDGE,
    EXIT_NOTHING_JUDGED,
    Outcome,
    Unjudged,
    exit_code,
)
from ita_check.reporting.formats import FORMATS, reporter
from ita_check.reporting.view import View
from ita_check.texts import phrase

# Where a GitHub runner takes what it shows on a run's page, and how much of it (1 MiB a step).
STEP_SUMMARY = "GITHUB_STEP_SUMMARY"
STEP_SUMMARY_BYTES = 2**20


class Asked(NamedTuple):
    """What to judge, as of which day, and how to report it."""

    evidence: tuple[str, ...]
    chosen: str
    outputs: tuple[Output, ...]
    view: View
    day: date
    issues: frozenset[int] | None


def read_options(
    evidence: Sequence[str],
    *,
    format_: str,
    output: Sequence[str],
    lang: str,
    as_of: str,
    issue: Sequence[str],
    fail_on: str,
    group_by: str,
    verbose: bool,
    quiet: bool,
    plain: bool,
    width: str,
    also_read: Sequence[str] = (),
) -> Asked:
    """The words of the command line as values; `also_read` are files that it reads besides."""
    view = View(
        read_language(lang),
        read_choice("--fail-on", fail_on, FAIL_ON),
        read_width(width) or terminal_width(),
        False if plain or no_color() else None,
        verbose=verbose,
        quiet=quiet,
        group_by=read_choice("--group-by", group_by, GROUPS),
    )
    chosen = read_choice("--format", format_, tuple(FORMATS))
    if evidence.count(STANDARD_INPUT) > 1:
        raise WrongUsage(phrase("commands.stdin_twice"))
    return Asked(
        tuple(evidence),
        chosen,
        read_outputs(output, tuple(FORMATS), [*evidence, *also_read]),
        view,
        read_as_of(as_of) or today(),
        read_issues(issue),
    )


def write_report(outcomes: Sequence[Outcome], unknown: Sequence[int], asked: Asked) -> int:
    """Write every format asked for; the exit code. `unknown` are issues that are not there."""
    unjudged = [one.problems for one in outcomes if isinstance(one, Unjudged)]
    files = {*asked.evidence, *(problem.file for problems in unjudged for problem in problems)}
    paths = {name: path_in_repository(name, os.curdir) for name in files}
    view = asked.view._replace(paths=paths)
    codes = [exit_code(outcome, view.fail_on) for outcome in outcomes]
    if unknown:
        say_no_such_issue(unknown, view.language)
        codes.append(EXIT_NOTHING_JUDGED)

    def write(name: str, stream: TextIO, how: View) -> None:
        reporter(name)(outcomes, stream, how)

    formats = {asked.chosen, *(output.format for output in asked.outputs)}
    if "github" in formats and not _write_step_summary(write, view):
        codes.append(EXIT_CANNOT_JUDGE)
    # What a report says of the exit code is true of one file only.
    alone = len(outcomes) == 1
    code = write_all(asked.chosen, asked.outputs, write, view, codes, names_code=alone)
    # A faulty catalogue is a problem of every file, and told once.
    for problems in dict.fromkeys(unjudged):
        say_problems(problems, view)
    return code


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

"""`ita-check diff`: what became of one report in another, or of one evidence file in another."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple, TextIO

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
from ita_check.cli.declared import declared_in
from ita_check.cli.judging import today
from ita_check.cli.options import format_option, shared_options
from ita_check.cli.output import (
    no_color,
    say_no_such_issue,
    say_on_stderr,
    say_with_verdict,
    terminal_width,
)
from ita_check.cli.usage import WrongUsage
from ita_check.cli.writing import write_all
from ita_check.errors import CannotJudge, Problem
from ita_check.evaluation.compare import compare, record
from ita_check.loading.encoding import is_office
from ita_check.loading.named import STANDARD_INPUT, read_file, read_stream
from ita_check.loading.report import MAX_REPORT_BYTES, read_report
from ita_check.model.catalogue import Catalogue
from ita_check.model.comparison import STRICT, Comparison, Recorded, exit_code
from ita_check.model.report import EXIT_CANNOT_JUDGE, EXIT_NOTHING_JUDGED
from ita_check.reporting.comparison import FORMATS, reporter
from ita_check.reporting.comparison.words import warnings
from ita_check.reporting.view import View
from ita_check.texts import Language, phrase

# A file by its name: a report as one, an evidence file as its bytes.
File = tuple[str, Recorded | bytes]


class _Judging(NamedTuple):
    """How an evidence file is judged before it is compared."""

    catalogue: Catalogue
    day: date
    issues: frozenset[int] | None


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def help_(name: str) -> str:
        return phrase(f"comparison.option.{name}").say(language)

    def diff(
        old: str = typer.Argument(..., metavar="OLD", help=help_("old")),
        new: str = typer.Argument(..., metavar="NEW", help=help_("new")),
        format_: str = format_option(tuple(FORMATS), language),
        output: list[str] = shared.output,
        fail_on_regression: bool = typer.Option(
            False, "--fail-on-regression", help=help_("fail_on_regression")
        ),
        strict: bool = typer.Option(False, "--strict", help=help_("strict")),
        lang: str = shared.lang,
        as_of: str = typer.Option(
            NOT_GIVEN, "--as-of", show_default=False, help=help_("as_of"), metavar="DATE"
        ),
        issue: list[str] = typer.Option([], "--issue", help=help_("issue"), metavar="N"),
        rules: list[Path] = typer.Option([], "--rules", help=help_("rules"), metavar="DIR"),
        no_color_: bool = shared.no_color,
        width: str = shared.width,
        debug: bool = shared.debug,
    ) -> int:
        chosen = read_choice("--format", format_, tuple(FORMATS))
        view = View(
            read_language(lang),
            "error" if fail_on_regression else "never",
            read_width(width) or terminal_width(),
            False if no_color_ or no_color() else None,
        )
        if old == new == STANDARD_INPUT:
            raise WrongUsage(phrase("commands.stdin_twice"))
        outputs = read_outputs(output, tuple(FORMATS), (old, new))
        day, issues = read_as_of(as_of), read_issues(issue)
        files = _read_both(old, new)
        given = {"--as-of": day, "--issue": issues, "--rules": rules}
        unused = [option for option, value in given.items() if value]
        if unused and all(isinstance(content, Recorded) for _, content in files):
            raise WrongUsage(phrase("comparison.judging_option", option=unused[0]))
        comparison, unknown = _compare(files, tuple(rules), day, issues)
        refused = _refused(comparison) if strict else ()
        if refused:
            say_with_verdict(refused, view, phrase("comparison.refused"))
            return EXIT_CANNOT_JUDGE
        codes = [exit_code(comparison, fail_on_regression=fail_on_regression)]
        if unknown:
            say_no_such_issue(unknown, view.language)
            codes.append(EXIT_NOTHING_JUDGED)

        def write(name: str, stream: TextIO, how: View) -> None:
            reporter(name)(comparison, stream, how)

        code = write_all(chosen, outputs, write, view, codes)
        if chosen == "json":
            _say_warnings(comparison, view.language)
        return code

    return diff


def _read_both(old: str, new: str) -> tuple[File, File]:
    """Both files, and all that is wrong with either at once."""
    files: list[File] = []
    problems: list[Problem] = []
    for name in (old, new):
        try:
            data = (
                read_stream(sys.stdin, MAX_REPORT_BYTES)
                if name == STANDARD_INPUT
                else read_file(name, name, MAX_REPORT_BYTES)
            )
            report = None if is_office(data) else read_report(name, data)
            files.append((name, report or data))
        except CannotJudge as error:
            problems += error.problems
    if problems:
        raise CannotJudge(tuple(dict.fromkeys(problems)))
    return files[0], files[1]


def _compare(
    files: tuple[File, File],
    rules: tuple[Path, ...],
    day: date | None,
    issues: frozenset[int] | None,
) -> tuple[Comparison, list[int]]:
    """The comparison, and the issues asked for that the catalogue does not have."""
    (_, old), (_, new) = files
    if isinstance(old, Recorded) and isinstance(new, Recorded):
        return compare(old, new), []
    # Two reports need no catalogue, and none of the time that reading one takes.
    from ita_check.loading.catalogue import load_catalogue

    catalogue = load_catalogue(rules)
    judging = _Judging(catalogue, day or today(), issues)
    sides: list[Recorded] = []
    problems: list[Problem] = []
    for name, content in files:
        try:
            sides.append(
                content if isinstance(content, Recorded) else _judge(name, content, judging)
            )
        except CannotJudge as error:
            problems += error.problems
    if problems:
        raise CannotJudge(tuple(dict.fromkeys(problems)))
    unknown = (issues or frozenset()) - {one.number for one in catalogue.issues}
    return compare(sides[0], sides[1]), sorted(unknown)


def _judge(name: str, data: bytes, judging: _Judging) -> Recorded:
    """An evidence file as judged; what stands on standard input lies in the current folder."""
    from ita_check.evaluation.evaluate import evaluate  # as above

    evidence = declared_in(name, data, judging.catalogue)
    return record(evaluate(judging.catalogue, evidence, judging.day, judging.issues))


def _refused(comparison: Comparison) -> tuple[Problem, ...]:
    """What `--strict` does not compare."""
    return tuple(
        Problem(phrase("comparison.strict", doubt=message), comparison.new.name)
        for doubt, message in warnings(comparison)
        if doubt in STRICT
    )


def _say_warnings(comparison: Comparison, language: Language) -> None:
    """The warnings for a person who only sees that a program was called."""
    for _, message in warnings(comparison):
        say_on_stderr(phrase("comparison.warning", text=message).say(language) + "\n")

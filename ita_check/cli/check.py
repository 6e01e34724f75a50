"""`ita-check check`: judge evidence files and report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.judging import judge_files
from ita_check.cli.options import described, format_option, shared_options
from ita_check.cli.reporting import read_options, write_report
from ita_check.reporting.formats import FORMATS
from ita_check.texts import Language


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def check(
        evidence: list[str] = typer.Argument(
            ..., metavar="EVIDENCE", help=described("evidence", language)
        ),
        format_: str = format_option(tuple(FORMATS), language),
        output: list[str] = shared.output,
        lang: str = shared.lang,
        as_of: str = shared.as_of,
        issue: list[str] = shared.issue,
        fail_on: str = shared.fail_on,
        group_by: str = shared.group_by,
        rules: list[Path] = shared.rules,
        verbose: bool = shared.verbose,
        quiet: bool = shared.quiet,
        no_color: bool = shared.no_color,
        width: str = shared.width,
        debug: bool = shared.debug,
    ) -> int:
        asked = read_options(
            evidence,
            format_=format_,
            output=output,
            lang=lang,
            as_of=as_of,
            issue=issue,
            fail_on=fail_on,
            group_by=group_by,
            verbose=verbose,
            quiet=quiet,
            plain=no_color,
            width=width,
        )
        files = [one.file for one in asked.outputs]
        outcomes, unknown = judge_files(evidence, tuple(rules), asked.day, asked.issues, files)
        return write_report(outcomes, unknown, asked)

    return check

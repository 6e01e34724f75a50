"""`ita-check import`: an evidence file, drafted from a report in Word."""  # noqa: N999 - the word of the command

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.arguments import read_language
from ita_check.cli.importing import import_file
from ita_check.cli.options import described, shared_options
from ita_check.texts import Language


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def import_(
        report: str = typer.Argument(
            ..., metavar="REPORT", help=described("import_report", language)
        ),
        output: str = typer.Option(
            ..., "--output", "-o", help=described("import_output", language), metavar="FILE"
        ),
        force: bool = shared.force,
        lang: str = shared.lang,
        rules: list[Path] = shared.rules,
        debug: bool = shared.debug,
    ) -> int:
        return import_file(report, output, tuple(rules), read_language(lang), force=force)

    return import_

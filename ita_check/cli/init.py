"""`ita-check init`: an empty evidence file, explained."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.arguments import read_fiscal_year, read_language
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import say_on_stderr, write_file, write_stdout
from ita_check.errors import CannotJudge, Problem
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.named import STANDARD_INPUT
from ita_check.loading.template import blank_evidence_file
from ita_check.texts import Language, phrase


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def init(
        file: str = typer.Argument(
            "evidence.yaml", metavar="FILE", help=described("init_file", language)
        ),
        fiscal_year: str = typer.Option(
            ..., "--fiscal-year", help=described("fiscal_year", language), metavar="2570"
        ),
        lang: str = shared.lang,
        rules: list[Path] = shared.rules,
        force: bool = shared.force,
        debug: bool = shared.debug,
    ) -> int:
        spoken = read_language(lang)
        year = read_fiscal_year(fiscal_year)
        text = blank_evidence_file(load_catalogue(tuple(rules)), year, spoken)
        if file == STANDARD_INPUT:
            write_stdout(lambda stream: stream.write(text), utf8=True)
            return 0
        if os.path.lexists(file) and not force:
            raise CannotJudge((Problem(phrase("commands.file_is_there"), file),))
        if os.path.isdir(file):
            raise CannotJudge((Problem(phrase("problems.is_a_folder"), file),))
        write_file(file, text.encode("utf-8"))
        say_on_stderr(phrase("commands.file_written", file=file).say(spoken) + "\n")
        return 0

    return init

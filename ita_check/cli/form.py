"""`ita-check form`: the evidence file as an Excel workbook to be filled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.arguments import NOT_GIVEN, need_new, read_fiscal_year, read_language
from ita_check.cli.declared import bytes_of_declared, declared_in
from ita_check.cli.extras import need_extra
from ita_check.cli.judging import moment, refuse_declared
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import need_place, say_on_stderr, write_file
from ita_check.loading.catalogue import load_catalogue
from ita_check.model.catalogue import Catalogue
from ita_check.model.form import Line
from ita_check.texts import Language, phrase


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def form(
        file: str = typer.Argument(..., metavar="OUT.xlsx", help=described("form_file", language)),
        fiscal_year: str = typer.Option(
            ..., "--fiscal-year", help=described("fiscal_year", language), metavar="2570"
        ),
        filled_from: str = typer.Option(
            NOT_GIVEN,
            "--from",
            show_default=False,
            help=described("form_from", language),
            metavar="EVIDENCE",
        ),
        lang: str = shared.lang,
        rules: list[Path] = shared.rules,
        force: bool = shared.force,
        debug: bool = shared.debug,
    ) -> int:
        need_extra("office")
        spoken = read_language(lang)
        year = read_fiscal_year(fiscal_year)
        need_new(file, [filled_from] if filled_from != NOT_GIVEN else [], force=force)
        need_place(file)
        catalogue = load_catalogue(tuple(rules))
        lines: tuple[Line, ...] = ()
        if filled_from != NOT_GIVEN:
            lines, found = _declared(filled_from, catalogue, file)
            if found != year:
                told = phrase("form.other_year", found=found, year=year)
                say_on_stderr(told.say(spoken) + "\n")
        from ita_check.loading.form import whole_form
        from ita_check.office.form.write import Asked, form_bytes  # installed with the extra only

        lines = whole_form(catalogue, year, lines)
        write_file(file, form_bytes(catalogue, lines, Asked(file, spoken, moment())))
        say_on_stderr(phrase("form.written", file=file).say(spoken) + "\n")
        return 0

    return form


def _declared(name: str, catalogue: Catalogue, output: str) -> tuple[tuple[Line, ...], int]:
    """What a file declares as lines, and its fiscal year; it has to be one that can be judged."""
    from ita_check.cli.converting import lines_in

    data = bytes_of_declared(name)
    evidence = declared_in(name, data, catalogue)
    refuse_declared(evidence, [output])
    return lines_in(name, data, catalogue), evidence.fiscal_year

"""`ita-check convert`: an evidence file as a workbook, and a workbook as an evidence file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.arguments import need_new, read_language
from ita_check.cli.converting import lines_in
from ita_check.cli.declared import bytes_of_declared, declared_in
from ita_check.cli.extras import need_extra
from ita_check.cli.judging import moment, refuse_declared
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import need_place, say_on_stderr, write_file
from ita_check.cli.usage import WrongUsage
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.encoding import is_office
from ita_check.loading.named import STANDARD_INPUT
from ita_check.texts import Language, phrase

_WORKBOOK = ".xlsx"


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def convert(
        source: str = typer.Argument(
            ..., metavar="FROM", help=described("convert_source", language)
        ),
        file: str = typer.Argument(..., metavar="TO", help=described("convert_file", language)),
        lang: str = shared.lang,
        rules: list[Path] = shared.rules,
        force: bool = shared.force,
        debug: bool = shared.debug,
    ) -> int:
        need_extra("office")
        spoken = read_language(lang)
        if file == STANDARD_INPUT:
            raise WrongUsage(phrase("commands.file_not_stdin"))
        need_new(file, [source], force=force)
        need_place(file)
        catalogue = load_catalogue(tuple(rules))
        data = bytes_of_declared(source)
        evidence = declared_in(source, data, catalogue)
        refuse_declared(evidence, [file])
        if is_office(data) == file.lower().endswith(_WORKBOOK):
            raise WrongUsage(phrase("form.same_sort"))
        lines = lines_in(source, data, catalogue)
        if is_office(data):
            from ita_check.loading.form import tree_of_lines
            from ita_check.loading.written import evidence_text

            written = evidence_text(tree_of_lines(lines, catalogue)).encode()
        else:
            from ita_check.loading.form import whole_form
            from ita_check.office.form.write import Asked, form_bytes  # with the extra only

            whole = whole_form(catalogue, evidence.fiscal_year, lines)
            written = form_bytes(catalogue, whole, Asked(file, spoken, moment()))
        write_file(file, written)
        told = phrase("form.converted", source=source, file=file)
        say_on_stderr(told.say(spoken) + "\n")
        return 0

    return convert

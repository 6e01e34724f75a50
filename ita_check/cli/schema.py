"""`ita-check schema`: a JSON Schema for editors and CI, with explanations in both languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.arguments import read_choice, read_language
from ita_check.cli.options import shared_options
from ita_check.cli.output import write_stdout
from ita_check.loading.catalogue import load_catalogue
from ita_check.reporting.schema import SCHEMAS, write
from ita_check.texts import Language, phrase


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)
    metavar = "|".join(SCHEMAS)

    def schema(
        name: str = typer.Argument(
            ..., metavar=metavar, help=phrase("schema.what").say(language), show_default=False
        ),
        lang: str = shared.lang,
        rules: list[Path] = shared.rules,
        debug: bool = shared.debug,
    ) -> int:
        # Both languages are in every schema; a wrong word is told all the same.
        read_language(lang)
        chosen = read_choice("schema", name, SCHEMAS)
        catalogue = load_catalogue(tuple(rules))
        write_stdout(lambda stream: write(chosen, catalogue, stream), utf8=True)
        return 0

    return schema

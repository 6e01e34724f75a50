"""`ita-check list`: the catalogue by issue, or the kinds of evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.arguments import page_view, read_choice
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import write_stdout
from ita_check.loading.catalogue import load_catalogue
from ita_check.texts import Language

FORMATS = ("text", "json")


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def list_(
        kinds: bool = typer.Option(False, "--kinds", help=described("kinds", language)),
        format_: str = typer.Option(
            "text",
            "--format",
            "-f",
            help=described("list_format", language),
            metavar="|".join(FORMATS),
        ),
        lang: str = shared.lang,
        rules: list[Path] = shared.rules,
        no_color_: bool = shared.no_color,
        width: str = shared.width,
        debug: bool = shared.debug,
    ) -> int:
        from ita_check.reporting.terminal import catalogue as reporting

        view = page_view(lang, width, plain=no_color_)
        chosen = read_choice("--format", format_, FORMATS)
        catalogue = load_catalogue(tuple(rules))
        if chosen == "json":
            write_stdout(lambda out: reporting.write_json(catalogue, out, kinds=kinds), utf8=True)
        elif kinds:
            write_stdout(lambda out: reporting.write_kinds(catalogue, out, view))
        else:
            write_stdout(lambda out: reporting.write_requirements(catalogue, out, view))
        return 0

    return list_

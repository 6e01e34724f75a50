"""`ita-check list`: the catalogue by issue, or the kinds of evidence."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import typer

from ita_check.cli.arguments import page_view, read_choice
from ita_check.cli.output import say_on_stdout
from ita_check.loading.catalogue import load_catalogue
from ita_check.texts import Language, phrase

FORMATS = ("text", "json")


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""

    def say(key: str) -> str:
        return phrase(f"commands.option.{key}").say(language)

    def list_(
        kinds: bool = typer.Option(False, "--kinds", help=say("kinds")),
        format_: str = typer.Option(
            "text", "--format", "-f", help=say("format"), metavar="|".join(FORMATS)
        ),
        lang: str = typer.Option("", "--lang", help=say("lang"), metavar="th|en"),
        rules: list[Path] = typer.Option([], "--rules", help=say("rules"), metavar="DIR"),
        no_color_: bool = typer.Option(False, "--no-color", help=say("no_color")),
        width: str = typer.Option("", "--width", help=say("width"), metavar="N"),
        debug: bool = typer.Option(False, "--debug", help=say("debug")),
    ) -> int:
        from ita_check.reporting import catalogue as reporting

        view = page_view(lang, width, plain=no_color_)
        chosen = read_choice("--format", format_, FORMATS)
        catalogue = load_catalogue(tuple(rules))
        buffer = StringIO()
        if chosen == "json":
            reporting.write_json(catalogue, buffer, kinds=kinds)
        elif kinds:
            reporting.write_kinds(catalogue, buffer, view)
        else:
            reporting.write_requirements(catalogue, buffer, view)
        say_on_stdout(buffer.getvalue())
        return 0

    return list_

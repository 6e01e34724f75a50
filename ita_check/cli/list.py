"""`ita-check list`: the catalogue by issue, or the kinds of evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.arguments import NOT_GIVEN, page_view, read_choice
from ita_check.cli.output import write_stdout
from ita_check.errors import CannotJudge, Problem
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
        lang: str = typer.Option(
            NOT_GIVEN, "--lang", show_default=False, help=say("lang"), metavar="th|en"
        ),
        rules: list[Path] = typer.Option([], "--rules", help=say("rules"), metavar="DIR"),
        no_color_: bool = typer.Option(False, "--no-color", help=say("no_color")),
        width: str = typer.Option(
            NOT_GIVEN, "--width", show_default=False, help=say("width"), metavar="N"
        ),
        debug: bool = typer.Option(False, "--debug", help=say("debug")),
    ) -> int:
        from ita_check.reporting import catalogue as reporting

        view = page_view(lang, width, plain=no_color_)
        chosen = read_choice("--format", format_, FORMATS)
        catalogue = load_catalogue(tuple(rules))
        if chosen == "json":
            failed = write_stdout(
                lambda out: reporting.write_json(catalogue, out, kinds=kinds), utf8=True
            )
        elif kinds:
            failed = write_stdout(lambda out: reporting.write_kinds(catalogue, out, view))
        else:
            failed = write_stdout(lambda out: reporting.write_requirements(catalogue, out, view))
        if failed is not None:
            raise CannotJudge((Problem(failed, "-"),))
        return 0

    return list_

"""The options that several commands have, each described once."""

from __future__ import annotations

from typing import Any, NamedTuple

import typer

from ita_check.cli.arguments import NOT_GIVEN
from ita_check.texts import Language, phrase


class Shared(NamedTuple):
    """The options by what they set; typer reads each where it stands as a default."""

    lang: Any
    rules: Any
    no_color: Any
    width: Any
    debug: Any


def described(name: str, language: Language) -> str:
    """What an option's help says."""
    return phrase(f"commands.option.{name}").say(language)


def shared_options(language: Language) -> Shared:
    """The options with their help in one language."""

    def text(name: str, metavar: str) -> Any:
        flag, said = f"--{name}", described(name, language)
        return typer.Option(NOT_GIVEN, flag, show_default=False, help=said, metavar=metavar)

    return Shared(
        text("lang", "th|en"),
        typer.Option([], "--rules", help=described("rules", language), metavar="DIR"),
        typer.Option(False, "--no-color", help=described("no_color", language)),
        text("width", "N"),
        typer.Option(False, "--debug", help=described("debug", language)),
    )

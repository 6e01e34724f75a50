"""The options that several commands have, each described once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import typer

from ita_check.cli.arguments import NOT_GIVEN
from ita_check.model.report import FailOn
from ita_check.reporting.view import GroupBy
from ita_check.texts import Language, phrase

GROUPS: tuple[GroupBy, ...] = ("issue", "unit")
FAIL_ON: tuple[FailOn, ...] = ("error", "warning", "never")


class Shared(NamedTuple):
    """The options by what they set; typer reads each where it stands as a default."""

    lang: Any
    rules: Any
    no_color: Any
    width: Any
    debug: Any
    as_of: Any
    issue: Any
    output: Any
    fail_on: Any
    group_by: Any
    verbose: Any
    quiet: Any
    allow_private: Any
    no_cache: Any
    timeout: Any
    font: Any
    size: Any
    thai_digits: Any
    force: Any


def described(name: str, language: Language) -> str:
    """What an option's help says."""
    return phrase(f"commands.option.{name}").say(language)


def format_option(formats: Sequence[str], language: Language) -> Any:
    """The option that chooses what goes to standard output."""
    said, choices = described("format", language), "|".join(formats)
    return typer.Option("text", "--format", "-f", help=said, metavar=choices)


def shared_options(language: Language) -> Shared:
    """The options with their help in one language."""

    def text(name: str, metavar: str) -> Any:
        flag, said = f"--{name.replace('_', '-')}", described(name, language)
        return typer.Option(NOT_GIVEN, flag, show_default=False, help=said, metavar=metavar)

    def several(name: str, metavar: str, *short: str) -> Any:
        said = described(name, language)
        return typer.Option([], f"--{name}", *short, help=said, metavar=metavar)

    def choice(name: str, choices: Sequence[str]) -> Any:
        flag, said = f"--{name.replace('_', '-')}", described(name, language)
        return typer.Option(choices[0], flag, help=said, metavar="|".join(choices))

    def flag(name: str, *short: str) -> Any:
        said = described(name, language)
        return typer.Option(False, f"--{name.replace('_', '-')}", *short, help=said)

    return Shared(
        lang=text("lang", "th|en"),
        rules=several("rules", "DIR"),
        no_color=flag("no_color"),
        width=text("width", "N"),
        debug=flag("debug"),
        as_of=text("as_of", "DATE"),
        issue=several("issue", "N"),
        output=several("output", "FORMAT=FILE", "-o"),
        fail_on=choice("fail_on", FAIL_ON),
        group_by=choice("group_by", GROUPS),
        verbose=flag("verbose", "-v"),
        quiet=flag("quiet", "-q"),
        allow_private=flag("allow_private"),
        no_cache=flag("no_cache"),
        timeout=text("timeout", "N"),
        font=text("font", "NAME"),
        size=text("size", "N"),
        thai_digits=flag("thai_digits"),
        force=flag("force"),
    )

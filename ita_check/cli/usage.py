"""Typer around one command: its help, and what is wrong with how it was called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from types import ModuleType

import typer

from ita_check.cli.language import language_of_words
from ita_check.cli.output import (
    problem_view,
    say_not_written,
    say_on_stderr,
    say_on_stdout,
    say_problems,
    terminal_width,
)
from ita_check.errors import CannotJudge, CannotWrite
from ita_check.texts import Language, Phrase, phrase, sentences

EXIT_USAGE = 2
# The column where the commands' sentences begin, and the least they are given.
NAMES = 12
NARROWEST = 40
_TYPE = re.compile(r" <(?:str|list\[str\])>(?= )")
_BRACES = re.compile(r"\{([A-Z|a-z]+)\}")
_EXTRA = re.compile(r"unexpected extra argument(?:s|\(s\))? \((.*)\)")


class WrongUsage(Exception):
    """The command line cannot be followed, with the reason to tell."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.key)
        self.message = message


class MissingExtra(Exception):
    """A command needs packages that come with an extra and are not installed."""

    def __init__(self, extra: str, packages: tuple[str, ...]) -> None:
        super().__init__(extra)
        self.message = phrase("commands.missing_extra", extra=extra, packages=packages)


def run(name: str, module: ModuleType, words: Sequence[str]) -> int:
    """Parse the words for a command and run it."""
    language = language_of_words(words)
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(help=phrase(f"commands.{name}").say(language))(module.build(language))
    command = typer.main.get_command(app)
    command.context_settings["help_option_names"] = ["--help", "-h"]
    if {"--help", "-h"} & set(options_of(words)):
        # Said by us: typer's own writing ends with 1 where nobody reads, and knows no Thai fallback.
        with command.make_context(f"ita-check {name}", [], resilient_parsing=True) as context:
            say_on_stdout(_in_language(command.get_help(context), language) + "\n")
        return 0
    try:
        code = command.main(args=list(words), prog_name=f"ita-check {name}", standalone_mode=False)
    except typer.TyperException as error:
        return _wrong(_in_our_words(error), name, language)
    except WrongUsage as error:
        return _wrong(error.message, name, language)
    except MissingExtra as error:
        say_on_stderr(error.message.say(language) + "\n")
        return EXIT_USAGE
    except CannotWrite as error:
        say_not_written(error, problem_view(words, language))
        return EXIT_USAGE
    except CannotJudge as error:
        say_problems(error.problems, problem_view(words, language))
        return EXIT_USAGE
    return code if isinstance(code, int) else 0


def options_of(words: Sequence[str]) -> Sequence[str]:
    """The words that may be options: those before a `--`."""
    return words[: words.index("--")] if "--" in words else words


def _in_language(help_text: str, language: Language) -> str:
    """The help that typer composes, with its own words in the language."""
    # What a word is in Python says nothing to an officer; the spaces keep the columns.
    help_text = _TYPE.sub(lambda match: " " * len(match.group()), help_text)
    help_text = _BRACES.sub(r"\1", help_text)
    for name, said in sentences("commands").items():
        if name.startswith("help."):
            help_text = help_text.replace(said["en"], said[language])
    return help_text


def overview(words: Sequence[str]) -> int:
    """What the program does and its commands, without a catalogue."""
    from ita_check.cli import COMMANDS
    from ita_check.reporting.terminal.wrap import wrapped  # ICU, which no other usage needs

    language = language_of_words(words)
    width = max(terminal_width(), NARROWEST)
    lines = [phrase("commands.overview").say(language), ""]
    for name in COMMANDS:
        said = wrapped(phrase(f"commands.{name}").say(language), width - NAMES, language)
        lines += [
            f"{first:<{NAMES}}{row}"
            for first, row in zip_longest([f"  {name}"], said, fillvalue="")
        ]
    lines += ["", *wrapped(phrase("commands.overview_end").say(language), width, language)]
    say_on_stdout("\n".join(lines) + "\n")
    return 0


def _wrong(message: Phrase, name: str, language: Language) -> int:
    head = phrase("commands.wrong_usage", reason=message).say(language)
    say_on_stderr(f"{head}\n{phrase('commands.see_help', name=name).say(language)}\n")
    return EXIT_USAGE


def _in_our_words(error: typer.TyperException) -> Phrase:
    option = getattr(error, "option_name", None)
    near = getattr(error, "possibilities", None)
    if option is not None and (near is not None or type(error).__name__ == "NoSuchOption"):
        hint = phrase("problems.did_you_mean", word=near[0]) if near else ""
        return phrase("commands.no_such_option", option=option, hint=hint)
    if option is not None:
        return phrase("commands.option_needs_value", option=option)
    if type(error).__name__ == "MissingParameter":
        parameter = getattr(error, "param", None)
        name = parameter.metavar or parameter.name if parameter is not None else ""
        flags = [flag for flag in getattr(parameter, "opts", ()) if flag.startswith("-")]
        return phrase("commands.missing_argument", name=flags[0] if flags else name)
    extra = _EXTRA.search(error.format_message())
    if extra is not None:
        return phrase("commands.extra_argument", text=extra[1])
    return phrase("commands.other_usage", detail=error.format_message())

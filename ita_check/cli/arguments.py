"""The words of the command line as values; what cannot be read is told at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from ita_check.characters import INVISIBLE, normalised
from ita_check.cli.language import LANGUAGES, language_of_system
from ita_check.cli.output import no_color, prepare, terminal_width
from ita_check.cli.usage import WrongUsage
from ita_check.errors import CannotJudge, Problem
from ita_check.loading import dates
from ita_check.loading.named import STANDARD_INPUT
from ita_check.loading.suggest import did_you_mean
from ita_check.reporting.view import View
from ita_check.texts import Language, phrase

LONGEST_NUMBER = 100
MOST_SECONDS = 300
# An option that was not given; an empty one was, and is wrong.
NOT_GIVEN = "\0"
Choice = TypeVar("Choice", bound=str)


class Output(NamedTuple):
    """A further format and the file that it goes to."""

    format: str
    file: str


def read_choice(option: str, word: str, allowed: Sequence[Choice]) -> Choice:
    """One of the words allowed."""
    for choice in allowed:
        if word == choice:
            return choice
    hint = did_you_mean(word, allowed)
    raise WrongUsage(
        phrase("commands.not_a_choice", option=option, text=word, hint=hint, allowed=tuple(allowed))
    )


def read_language(word: str) -> Language:
    """The language asked for, else that of the system."""
    return language_of_system() if word == NOT_GIVEN else read_choice("--lang", word, LANGUAGES)


def read_as_of(word: str) -> date | None:
    """The day to judge as of, None where none is given; its year has four digits."""
    if word == NOT_GIVEN:
        return None
    if INVISIBLE.search(word):
        raise WrongUsage(phrase("problems.not_a_date", text=word))
    try:
        return dates.read_day(normalised(word), None)
    except dates.Unreadable as error:
        raise WrongUsage(
            phrase("commands.bad_option", option="--as-of", reason=error.message)
        ) from None


def read_issues(words: Sequence[str]) -> frozenset[int] | None:
    """The numbers of the issues asked for, None for all."""
    numbers = []
    for word in words:
        text = normalised(word)
        if not (text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER):
            raise WrongUsage(phrase("commands.not_an_issue", text=word))
        numbers.append(int(text))
    return frozenset(numbers) if numbers else None


def read_fiscal_year(word: str) -> int:
    """A Buddhist year of four digits."""
    try:
        return dates.read_year(normalised(word))
    except dates.Unreadable as error:
        raise WrongUsage(
            phrase("commands.bad_option", option="--fiscal-year", reason=error.message)
        ) from None


def read_width(word: str) -> int:
    """A width in cells, 0 where none is given."""
    if word == NOT_GIVEN:
        return 0
    text = normalised(word)
    if not (text.isascii() and text.isdigit() and len(text) <= 4 and int(text) > 0):
        raise WrongUsage(phrase("commands.not_a_width", text=word))
    return int(text)


def read_seconds(word: str) -> int:
    """How many seconds an address may take, 0 where that is not said."""
    if word == NOT_GIVEN:
        return 0
    text = normalised(word)
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 0 < int(text) <= MOST_SECONDS):
        raise WrongUsage(phrase("commands.not_seconds", text=word, most=MOST_SECONDS))
    return int(text)


def page_view(lang: str, width: str, *, plain: bool) -> View:
    """How a page that is no report is shown on standard output."""
    return View(
        read_language(lang),
        width=read_width(width) or terminal_width(),
        color=False if plain or no_color() or not sys.stdout.isatty() else None,
        ascii_marks=not prepare(sys.stdout),
    )


def need_new(file: str, read: Sequence[str], *, force: bool) -> None:
    """Refuse to write over what a command reads, and over anything without `--force`."""
    read_outputs([f"json={file}"], ("json",), read)
    if os.path.lexists(file) and not force:
        raise CannotJudge((Problem(phrase("commands.file_is_there"), file),))


def read_outputs(
    words: Sequence[str], formats: Sequence[str], evidence: Sequence[str]
) -> tuple[Output, ...]:
    """The files to write; none twice, and none that is read."""
    found: list[Output] = []
    taken = {_real(name) for name in evidence} if words else set()
    for word in words:
        name, equals, file = word.partition("=")
        if not equals or not file:
            raise WrongUsage(phrase("commands.output_form", text=word))
        read_choice("--output", name, formats)
        if file == STANDARD_INPUT:
            raise WrongUsage(phrase("commands.output_to_stdout", format=name))
        path = _real(file)
        read = STANDARD_INPUT in evidence and _is_standard_input(path)
        if path in taken or read or any(is_same_file(path, name) for name in evidence):
            raise WrongUsage(phrase("commands.output_taken", file=file))
        taken.add(path)
        found.append(Output(name, file))
    return tuple(found)


def _real(name: str) -> str:
    """The file behind a name; a folder that is gone leaves the name itself."""
    try:
        return os.path.realpath(name)
    except OSError:
        return name


def is_same_file(path: str, name: str) -> bool:
    """Whether two names are those of one file, as hard links are."""
    try:
        return os.path.samefile(path, name)
    except (OSError, ValueError):
        return False


def _is_standard_input(path: str) -> bool:
    """Whether a file is what standard input reads from."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(sys.stdin.fileno()))
    except (OSError, ValueError):
        return False

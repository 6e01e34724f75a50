"""Where output goes: the chosen format to standard output, everything else to standard error."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import TextIO

from ita_check.errors import CannotWrite, Problem
from ita_check.reporting.inert import inert
from ita_check.reporting.view import View
from ita_check.texts import Language, Phrase, phrase

THAI_SAMPLE = "กำนัลที่"
SYMBOL_SAMPLE = "✗█│"
DEFAULT_WIDTH = 80


def prepare(stream: TextIO, *, utf8: bool = False) -> bool:
    """Make a stream hold Thai whatever its encoding; whether it holds the symbols too.

    An encoding that knows Thai stays (a Windows-874 pipe is read as such); any other becomes
    UTF-8, and every one does where `utf8` asks for it, as formats for programs do. What cannot be
    encoded even so is replaced, never raised.
    """
    encoding = getattr(stream, "encoding", None) or "utf-8"
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        if utf8 or not holds(encoding, THAI_SAMPLE):
            encoding = "utf-8"
        reconfigure(encoding=encoding, errors="replace", newline="\n" if utf8 else None)
    return holds(encoding, SYMBOL_SAMPLE)


def holds(encoding: str, sample: str) -> bool:
    """Whether an encoding can hold a text."""
    try:
        sample.encode(encoding)
    except (LookupError, UnicodeError):
        return False
    return True


def terminal_width(environment: Mapping[str, str] = os.environ) -> int:
    """The width of the terminal, 80 where there is none."""
    if sys.stdout.isatty() or environment.get("COLUMNS"):
        return shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns
    return DEFAULT_WIDTH


def no_color(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether `NO_COLOR` is set, as no-color.org defines it."""
    return bool(environment.get("NO_COLOR"))


def say_on_stdout(text: str) -> None:
    """Write to standard output; where that is not possible there is nothing to be done."""
    with suppress(CannotWrite):
        write_stdout(lambda stream: stream.write(text))


def write_stdout(write: Callable[[TextIO], object], *, utf8: bool = False) -> None:
    """Let something write to standard output.

    A closed pipe ends the writing and is no fault; a full disk is one, and raises `CannotWrite`.
    """
    prepare(sys.stdout, utf8=utf8)
    try:
        write(sys.stdout)
        sys.stdout.flush()
    except OSError as error:
        abandon_stdout()
        if not isinstance(error, BrokenPipeError):
            raise CannotWrite(Problem(why_not_written(error), "-")) from None


def write_file(file: str, data: bytes) -> None:
    """Write a file whole or not at all; where that is not possible, `CannotWrite` says why."""
    from ita_check.atomic import write_whole  # most runs write no file

    if not os.path.basename(file):
        raise CannotWrite(Problem(phrase("commands.is_a_folder"), file))
    try:
        write_whole(file, data)
    except OSError as error:
        raise CannotWrite(Problem(why_not_written(error, file), file)) from None


def need_place(file: str) -> None:
    """Raise `CannotWrite` where a file cannot come to its place, before any work is done for it."""
    import tempfile  # only who looks for minutes asks before

    if not os.path.basename(file):
        raise CannotWrite(Problem(phrase("commands.is_a_folder"), file))
    try:
        with tempfile.TemporaryFile(dir=os.path.dirname(os.path.realpath(file)) or "."):
            pass
    except OSError as error:
        raise CannotWrite(Problem(why_not_written(error, file), file)) from None


def why_not_written(error: OSError, file: str = "") -> Phrase:
    """Why a file cannot be written, and what to do about it."""
    folder = os.path.dirname(file) or "."
    match error.errno:
        case errno.ENOENT | errno.ENOTDIR if os.path.isfile(folder):
            return phrase("commands.not_a_folder", folder=folder)
        case errno.ENOENT | errno.ENOTDIR:
            return phrase("commands.no_folder", folder=folder)
        case errno.ENAMETOOLONG:
            return phrase("commands.name_too_long")
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return phrase("commands.may_not_write", folder=folder)
        case errno.ENOSPC | errno.EDQUOT:
            return phrase("commands.disk_full")
        case errno.EISDIR:
            return phrase("commands.is_a_folder")
    return phrase("commands.cannot_write", reason=error.strerror or str(error))


def say_on_stderr(text: str) -> None:
    """Write to standard error, as text that no terminal obeys."""
    prepare(sys.stderr)
    lines = "\n".join(inert(line) for line in text.split("\n"))
    # Where standard error itself is gone there is nobody left to tell.
    with suppress(OSError):
        sys.stderr.write(lines)
        sys.stderr.flush()


def say_no_such_issue(numbers: Sequence[int], language: Language) -> None:
    """Tell which of the issues asked for the catalogue does not have."""
    named = tuple(str(number) for number in numbers)
    say_on_stderr(phrase("commands.no_such_issue", issues=named).say(language) + "\n")


def abandon_stdout() -> None:
    """Let what is still buffered go nowhere, so that Python's exit does not raise again."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def say_not_written(error: CannotWrite, view: View) -> None:
    """Tell on standard error what could not be written."""
    say_with_verdict((error.problem,), view, phrase("report.not_written"))


def say_problems(problems: Sequence[Problem], view: View) -> None:
    """Tell what could not be judged on standard error: place, reason, and the line itself."""
    say_with_verdict(problems, view, phrase("report.problems_count", count=len(problems)))


def say_with_verdict(problems: Sequence[Problem], view: View, verdict: Phrase) -> None:
    """Tell problems on standard error, and what they come to."""
    from ita_check.reporting.terminal.problems import write_problems

    symbols = prepare(sys.stderr)
    with suppress(OSError):
        write_problems(problems, sys.stderr, view._replace(ascii_marks=not symbols), verdict)
        sys.stderr.flush()


def problem_view(words: Sequence[str], language: Language) -> View:
    """How problems are shown where a command has not come to read its own options."""
    color = False if no_color() or "--no-color" in words else None
    return View(language, width=terminal_width(), color=color)

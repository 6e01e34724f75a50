"""The bytes behind a name: a regular file, or standard input."""

from __future__ import annotations

import os
import stat
from typing import TextIO

from ita_check.errors import CannotJudge, Problem
from ita_check.loading.encoding import MAX_BYTES
from ita_check.loading.suggest import did_you_mean
from ita_check.texts import Phrase, phrase

STANDARD_INPUT = "-"


def read_stream(stdin: TextIO, limit: int = MAX_BYTES) -> bytes:
    """What stands on standard input, no more than one byte over the limit."""
    try:
        return stdin.buffer.read(limit + 1)
    except (OSError, ValueError) as error:
        raise CannotJudge((_unreadable(STANDARD_INPUT, error),)) from None


def _unreadable(name: str, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or str(error)
    return Problem(phrase("problems.unreadable", reason=reason), name)


def read_file(name: str, path: str, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a regular file, no more than one over the limit."""
    try:
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise CannotJudge((Problem(phrase("problems.is_a_folder"), name),))
        if not stat.S_ISREG(status.st_mode):
            # A pipe or device may never end; `-` is the way to read one.
            raise CannotJudge((Problem(phrase("problems.not_a_regular_file"), name),))
        with open(path, "rb") as file:
            return file.read(limit + 1)
    except FileNotFoundError:
        raise CannotJudge((Problem(_not_there(path), name),)) from None
    except (OSError, ValueError) as error:
        raise CannotJudge((_unreadable(name, error),)) from None


def _not_there(path: str) -> Phrase:
    try:
        beside = os.listdir(os.path.dirname(path) or ".")
    except OSError:
        beside = []
    name = os.path.basename(path)
    others = [other for other in beside if other != name]
    return phrase("problems.no_such_file", hint=did_you_mean(name, others))

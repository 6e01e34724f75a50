"""A result in the formats asked for: one on standard output, others in files."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from io import StringIO
from typing import TextIO

from ita_check.cli.arguments import Output
from ita_check.cli.output import prepare, say_not_written, why_not_written, write_file, write_stdout
from ita_check.errors import CannotWrite, Problem
from ita_check.model.report import EXIT_CANNOT_JUDGE, exit_code_of_all
from ita_check.reporting.view import View

# A result's own function that writes it in a format, by the format's name.
Write = Callable[[str, TextIO, View], None]


def write_all(
    chosen: str,
    outputs: Sequence[Output],
    write: Write,
    view: View,
    codes: Sequence[int],
    *,
    names_code: bool = True,
) -> int:
    """Write every format asked for; the exit code of it all, which the chosen one may name."""
    written = write_outputs(outputs, write, view)
    code = exit_code_of_all([*codes, *([] if written else [EXIT_CANNOT_JUDGE])])
    shown = view._replace(code=code if names_code else None)
    return code if write_chosen(chosen, write, shown) else EXIT_CANNOT_JUDGE


def write_outputs(outputs: Sequence[Output], write: Write, view: View) -> bool:
    """Write each further format to its file, whole or not at all; whether all of it went well."""
    written = [_write_output(output, write, view) for output in outputs]
    return all(written)


def _write_output(output: Output, write: Write, view: View) -> bool:
    try:
        write_file(output.file, bytes_of(output.format, write, view))
    except CannotWrite as error:
        say_not_written(error, view)
        return False
    return True


def write_chosen(name: str, write: Write, view: View) -> bool:
    """Write the chosen format to standard output; whether that went well."""
    utf8 = name != "text"
    shown = view._replace(ascii_marks=not prepare(sys.stdout, utf8=utf8))
    try:
        write_stdout(lambda stream: write(name, stream, shown), utf8=utf8)
    except CannotWrite as error:
        say_not_written(error, view)
        return False
    return True


def append(file: str, data: Callable[[int], bytes], view: View) -> bool:
    """Add to a file what fits where it ends; whether that went well."""
    try:
        with open(file, "ab") as stream:
            stream.write(data(stream.tell()))
    except OSError as error:
        say_not_written(CannotWrite(Problem(why_not_written(error, file), file)), view)
        return False
    return True


def bytes_of(name: str, write: Write, view: View) -> bytes:
    """What a file in a format holds."""
    buffer = StringIO(newline="")
    write(name, buffer, view._replace(color=False))
    return buffer.getvalue().encode("utf-8", "replace")

"""Options in, exit code out: the command word picks a module, the module does the rest."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from ita_check import __version__

# Each command is a module of this room with `build(language)`; only the one asked for is loaded.
COMMANDS = (
    "check",
    "verify",
    "freeze",
    "list",
    "explain",
    "init",
    "form",
    "convert",
    "import",
    "report",
    "memo",
    "diff",
    "due",
    "schema",
)
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
EXIT_INTERNAL = 70


def start() -> int:
    """Run the command line of this process."""
    # Imports make many objects and no garbage; looking for it takes a twentieth of the whole run.
    gc.disable()
    _open_closed_streams()
    code = main()
    # Nor at its end: Python looks through everything three times before it lets go of it.
    gc.freeze()
    return code


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code (contract.md, section 4)."""
    # No call of `list` here: once imported, the command of that name stands in its place.
    words = [*(sys.argv[1:] if arguments is None else arguments)]
    try:
        return _run(words)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:
        return _internal_error(error, words)


def _run(words: list[str]) -> int:
    if "--version" in (words[: words.index("--")] if "--" in words else words):
        from ita_check.cli.output import say_on_stdout

        say_on_stdout(f"ita-check {__version__}\n")
        return 0
    from ita_check.cli import usage

    if words[:1] in (["--help"], ["-h"]):
        return usage.overview(words)
    if words[:1] and words[0] in COMMANDS:
        name, rest = words[0], words[1:]
    else:
        # A first word that is no command starts `check`.
        name, rest = "check", words
    return usage.run(name, import_module(f"ita_check.cli.{name}"), rest)


def _open_closed_streams() -> None:
    """Give a stream that was closed before we began to nobody, so that nothing has to ask."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - to the end


def _internal_error(error: Exception, words: Sequence[str]) -> int:
    try:
        from ita_check.cli.language import language_of_words
        from ita_check.cli.output import say_on_stderr
        from ita_check.texts import phrase

        if "--debug" in words:
            import traceback

            say_on_stderr("".join(traceback.format_exception(error)))
        detail = f"{type(error).__name__}: {error}".replace("\n", " ")
        message = phrase("commands.internal_error", detail=detail).say(language_of_words(words))
        say_on_stderr(message + "\n")
    finally:
        return EXIT_INTERNAL  # noqa: B012 - whatever fails while telling, the code stays

"""Options in, exit code out: the command word picks a module, the module does the rest."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

from ita_check import __version__

# Each command is a module of this room with `build(language)`; only the one asked for is loaded.
COMMANDS = ("check", "list", "explain", "init")
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130
EXIT_INTERNAL = 70


def start() -> int:
    """Run the command line of this process."""
    # Imports make many objects and no garbage; looking for it takes a twentieth of the whole run.
    gc.disable()
    return main()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and give its exit code (contract.md, section 4)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words)
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except Exception as error:
        return _internal_error(error, debug="--debug" in words)


def _run(words: list[str]) -> int:
    if words[:1] == ["--version"]:
        print(f"ita-check {__version__}")  # noqa: T201 - all there is to say
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


def _internal_error(error: Exception, *, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exception(error)
    from ita_check.cli.language import language_of_system
    from ita_check.texts import phrase

    detail = f"{type(error).__name__}: {error}".replace("\n", " ")
    line = phrase("commands.internal_error", detail=detail).say(language_of_system())
    encoding = sys.stderr.encoding or "ascii"
    print(line.encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)  # noqa: T201
    return EXIT_INTERNAL

"""`ita-check freeze`: keep what an evidence file points at today, to be held against a later day."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import typer

from ita_check.cli import EXIT_INTERRUPTED
from ita_check.cli.arguments import need_new, read_language, read_seconds
from ita_check.cli.declared import load_declared
from ita_check.cli.extras import Looking, need_extra
from ita_check.cli.judging import moment, refuse_declared
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import need_place, say_on_stderr, write_file, write_stdout
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.named import STANDARD_INPUT
from ita_check.model.verdicts import THERE
from ita_check.reporting.lookings import figures, opened
from ita_check.reporting.snapshot import write
from ita_check.texts import Language, phrase


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def freeze(
        evidence: str = typer.Argument(
            ..., metavar="EVIDENCE", help=described("one_evidence", language)
        ),
        output: str = typer.Option(
            ..., "--output", "-o", help=described("snapshot", language), metavar="SNAPSHOT.json"
        ),
        force: bool = shared.force,
        allow_private: bool = shared.allow_private,
        no_cache: bool = shared.no_cache,
        timeout: str = shared.timeout,
        lang: str = shared.lang,
        rules: list[Path] = shared.rules,
        debug: bool = shared.debug,
    ) -> int:
        need_extra("verify")
        spoken = read_language(lang)
        how = Looking(allow_private=allow_private, keep=not no_cache, seconds=read_seconds(timeout))
        if output != STANDARD_INPUT:
            need_new(output, [evidence], force=force)
            need_place(output)
        catalogue = load_catalogue(tuple(rules))
        declared = load_declared(evidence, catalogue)
        refuse_declared(declared, [output])
        from ita_check.cli.looking import look, progress_of  # installed with the extra only

        began = moment()
        with progress_of(spoken) as progress:
            looked = look(catalogue, declared, None, how, progress, ways=False)
        if looked.interrupted:
            # Half a snapshot would say of the other half that it was never there.
            say_on_stderr(phrase("freezing.interrupted").say(spoken) + "\n")
            return EXIT_INTERRUPTED
        buffer = StringIO()
        write(declared, looked, began, buffer)
        if output == STANDARD_INPUT:
            write_stdout(lambda stream: stream.write(buffer.getvalue()), utf8=True)
        else:
            write_file(output, buffer.getvalue().encode("utf-8", "replace"))
        told = [phrase("freezing.written", file=output, evidence=evidence), *figures(looked)]
        missed = sum(one.page.verdict not in THERE for one in opened(looked))
        if missed:
            told.append(phrase("freezing.not_there", count=missed))
        say_on_stderr("".join(one.say(spoken) + "\n" for one in told))
        return 0

    return freeze

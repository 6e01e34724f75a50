"""`ita-check memo`: a memo for each responsible unit with what it has to send."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.cli.arguments import read_as_of, read_language
from ita_check.cli.documents import judge, read_font, read_size, refuse_taken, write_documents
from ita_check.cli.extras import need_extra
from ita_check.cli.judging import refuse_declared, today
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import say_on_stderr, why_not_written
from ita_check.errors import CannotWrite, Problem
from ita_check.texts import Language, phrase


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def memo(
        evidence: str = typer.Argument(
            ..., metavar="EVIDENCE", help=described("one_evidence", language)
        ),
        directory: str = typer.Option(
            ..., "--directory", "-d", help=described("directory", language), metavar="FOLDER"
        ),
        font: str = shared.font,
        size: str = shared.size,
        thai_digits: bool = shared.thai_digits,
        lang: str = shared.lang,
        as_of: str = shared.as_of,
        rules: list[Path] = shared.rules,
        force: bool = shared.force,
        debug: bool = shared.debug,
    ) -> int:
        need_extra("office")
        spoken = read_language(lang)
        day = read_as_of(as_of) or today()
        # Installed with the extra only.
        from ita_check.office.word.memo import memo_document, memo_files, memos_of
        from ita_check.office.word.styles import Font
        from ita_check.office.word.voice import Voice

        letters = Font(read_font(font, Font().name), read_size(size, Font().size))
        judged = judge(evidence, rules, day)
        memos = memos_of(judged.report)
        if not memos:
            say_on_stderr(phrase("word.no_gaps").say(spoken) + "\n")
            return 0
        files = {os.path.join(directory, name): one for name, one in memo_files(memos).items()}
        refuse_taken(list(files), [evidence], force=force)
        refuse_declared(judged.evidence, list(files))
        voice = Voice(thai_digits)
        data = {
            file: memo_document(one, judged.catalogue, judged.report, voice, letters)
            for file, one in files.items()
        }
        _make(directory)
        write_documents(data, judged.evidence)
        told = [
            phrase("word.memo_written", file=file, unit=one.unit, count=len(one.gaps))
            if one.unit
            else phrase("word.memo_written_nobody", file=file, count=len(one.gaps))
            for file, one in files.items()
        ]
        if sum(len(one.gaps) for one in memos) > judged.report.summary.gaps:
            told.append(phrase("word.memo_together", count=judged.report.summary.gaps))
        say_on_stderr("".join(one.say(spoken) + "\n" for one in told))
        return 0

    return memo


def _make(folder: str) -> None:
    """Make a folder where there is none yet."""
    try:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError:
        raise CannotWrite(Problem(phrase("commands.not_a_folder", folder=folder), folder)) from None
    except (OSError, ValueError) as error:
        told = (
            why_not_written(error, folder)
            if isinstance(error, OSError)
            else phrase("commands.cannot_write", reason=str(error))
        )
        raise CannotWrite(Problem(told, folder)) from None

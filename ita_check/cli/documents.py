"""What the commands that write Word documents share: evidence judged, options read, files kept."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ita_check.characters import normalised
from ita_check.cli.arguments import NOT_GIVEN, read_outputs
from ita_check.cli.declared import load_declared
from ita_check.cli.judging import refuse_declared
from ita_check.cli.output import write_file
from ita_check.cli.usage import WrongUsage
from ita_check.errors import CannotJudge, CannotWrite, Problem
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.catalogue import load_catalogue
from ita_check.model.catalogue import Catalogue
from ita_check.model.evidence import Evidence
from ita_check.model.report import Report
from ita_check.texts import phrase

LEAST_SIZE, MOST_SIZE = 8, 36
_LONGEST_FONT = 31  # more than this Word does not take


class Judged(NamedTuple):
    """An evidence file with the catalogue it was judged by and what it came to."""

    catalogue: Catalogue
    evidence: Evidence
    report: Report


def judge(name: str, rules: Sequence[Path], day: date) -> Judged:
    """An evidence file as judged; raises `CannotJudge`."""
    catalogue = load_catalogue(tuple(rules))
    evidence = load_declared(name, catalogue)
    return Judged(catalogue, evidence, evaluate(catalogue, evidence, day))


def read_font(word: str, otherwise: str) -> str:
    """The name of a font, such as Word takes it."""
    if word == NOT_GIVEN:
        return otherwise
    name = " ".join(word.split())
    if not name.isprintable() or not 0 < len(name) <= _LONGEST_FONT:
        raise WrongUsage(phrase("word.not_a_font", text=word))
    return name


def read_size(word: str, otherwise: int) -> int:
    """The size of letters in points."""
    if word == NOT_GIVEN:
        return otherwise
    text = normalised(word)
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        text = "0"
    if not LEAST_SIZE <= int(text) <= MOST_SIZE:
        gaps = {"text": word, "least": LEAST_SIZE, "most": MOST_SIZE}
        raise WrongUsage(phrase("word.not_a_size", **gaps))
    return int(text)


def refuse_taken(files: Sequence[str], read: Sequence[str], *, force: bool) -> None:
    """Refuse to write over what is read, and without `--force` over anything."""
    for file in files:
        # One by one: names of memos may differ in case only where the system tells them apart.
        read_outputs([f"docx={file}"], ("docx",), read)
    there = [] if force else [file for file in files if os.path.lexists(file)]
    folders = [file for file in files if os.path.isdir(file)]
    problems = [Problem(phrase("problems.is_a_folder"), file) for file in folders]
    problems += [
        Problem(phrase("commands.file_is_there"), file) for file in there if file not in folders
    ]
    if problems:
        raise CannotJudge(tuple(problems))


def write_documents(files: Mapping[str, bytes], evidence: Evidence) -> None:
    """Write all of the files or none: where one fails, the others become what they were."""
    refuse_declared(evidence, tuple(files))
    before: dict[str, bytes | None] = {}
    try:
        for file, data in files.items():
            before[file] = _content(file)
            write_file(file, data)
    except (CannotWrite, KeyboardInterrupt):
        for file, content in before.items():
            with suppress(OSError, CannotWrite):
                _put_back(file, content)
        raise


def _content(file: str) -> bytes | None:
    """What a file holds that may have to come back, None where there is none."""
    try:
        return Path(file).read_bytes() if os.path.isfile(file) else None
    except OSError:
        return None


def _put_back(file: str, content: bytes | None) -> None:
    if content is not None:
        write_file(file, content)
    elif os.path.isfile(file):
        os.unlink(file)

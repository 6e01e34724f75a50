"""From names of evidence files to what they came to: load, evaluate; the day is today's here."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from ita_check.cli.arguments import is_same_file
from ita_check.cli.declared import load_declared
from ita_check.cli.usage import WrongUsage
from ita_check.errors import CannotJudge
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.files import FolderFiles
from ita_check.loading.named import STANDARD_INPUT
from ita_check.model.catalogue import Catalogue
from ita_check.model.evidence import Evidence
from ita_check.model.report import Outcome, Unjudged
from ita_check.texts import phrase

# Thailand has had one offset since 1920 and no summer time; Windows has no zone database.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")


def today() -> date:
    """The day in Bangkok; this module is the only place where the clock is read."""
    return moment().date()


def moment() -> datetime:
    """The moment in Bangkok, for time stamps alone: nothing is judged by it."""
    return datetime.now(BANGKOK)


def judge_files(
    names: Sequence[str],
    rules: tuple[Path, ...],
    day: date,
    issues: frozenset[int] | None,
    outputs: Sequence[str] = (),
) -> tuple[list[Outcome], list[int]]:
    """Every file as judged, and the issues asked for that the catalogue does not have."""
    try:
        catalogue = load_catalogue(rules)
    except CannotJudge as error:
        return [Unjudged(name, None, error.problems) for name in names], []
    known = {issue.number for issue in catalogue.issues}
    unknown = sorted((issues or frozenset()) - known)
    return [judge_file(name, catalogue, day, issues, outputs) for name in names], unknown


def judge_file(
    name: str,
    catalogue: Catalogue,
    day: date,
    issues: frozenset[int] | None,
    outputs: Sequence[str] = (),
) -> Outcome:
    """One file, or standard input, as judged against a catalogue."""
    try:
        evidence = load_declared(name, catalogue)
    except CannotJudge as error:
        return Unjudged(name, error.sha256, error.problems)
    refuse_declared(evidence, outputs)
    return evaluate(catalogue, evidence, day, issues)


def refuse_declared(evidence: Evidence, outputs: Sequence[str]) -> None:
    """Refuse to write over what the evidence declares: it may be the only copy."""
    if not outputs:
        return
    name = evidence.name
    folder = FolderFiles(os.curdir if name == STANDARD_INPUT else os.path.dirname(name))
    for item in (item for items in evidence.items.values() for item in items):
        for file in item.files:
            where = folder.resolved(file.text)
            for output in outputs:
                if where is not None and is_same_file(output, where):
                    gaps = {"file": output, "path": file.path}
                    raise WrongUsage(phrase("commands.output_declared", **gaps))

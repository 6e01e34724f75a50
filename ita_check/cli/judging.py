"""From names of evidence files to what they came to: load, evaluate; the day is today's here."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from ita_check.errors import CannotJudge
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.evidence import load_evidence
from ita_check.model.catalogue import Catalogue
from ita_check.model.report import Outcome, Unjudged

# Thailand has had one offset since 1920 and no summer time; Windows has no zone database.
BANGKOK = timezone(timedelta(hours=7), "Asia/Bangkok")


def today() -> date:
    """The day in Bangkok; this module is the only place where the clock is read."""
    return moment().date()


def moment() -> datetime:
    """The moment in Bangkok, for time stamps alone: nothing is judged by it."""
    return datetime.now(BANGKOK)


def judge_files(
    names: Sequence[str], rules: tuple[Path, ...], day: date, issues: frozenset[int] | None
) -> tuple[list[Outcome], list[int]]:
    """Every file as judged, and the issues asked for that the catalogue does not have."""
    try:
        catalogue = load_catalogue(rules)
    except CannotJudge as error:
        return [Unjudged(name, None, error.problems) for name in names], []
    known = {issue.number for issue in catalogue.issues}
    unknown = sorted((issues or frozenset()) - known)
    return [judge_file(name, catalogue, day, issues) for name in names], unknown


def judge_file(
    name: str, catalogue: Catalogue, day: date, issues: frozenset[int] | None
) -> Outcome:
    """One file, or standard input, as judged against a catalogue."""
    try:
        evidence = load_evidence(name, catalogue, sys.stdin, os.curdir)
    except CannotJudge as error:
        return Unjudged(name, error.sha256, error.problems)
    return evaluate(catalogue, evidence, day, issues)

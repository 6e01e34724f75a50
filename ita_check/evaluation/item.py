"""A requirement that one item of evidence has to prove."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ita_check.evaluation.checks import JUDGES
from ita_check.evaluation.look import Fault, Look, United
from ita_check.model.catalogue import Catalogue, Kind, Level, Requirement
from ita_check.model.evidence import Evidence, Record

Leveled = tuple[Level, Fault]


def judge_item(
    rule: Requirement, catalogue: Catalogue, evidence: Evidence, as_of: date
) -> tuple[Leveled, ...] | None:
    """The faults of the item that comes nearest, None where no item is declared.

    Nearest has the fewest errors, then the fewest warnings, then stands first.
    """
    nearest: tuple[Leveled, ...] | None = None
    for name in rule.kinds:
        items = evidence.items.get(name, ())
        all_of_kind = United(items)
        for item in items:
            united = all_of_kind if rule.together else United((item,))
            look = Look(item, catalogue.kinds[name], united, evidence, as_of)
            found = tuple(faults_of(rule, look))
            if nearest is None or weight(found) < weight(nearest):
                nearest = found
    return nearest


def faults_of(rule: Requirement, look: Look) -> Iterator[Leveled]:
    """Every fault of one item: its checks in order, then its files."""
    for check in rule.checks:
        for fault in JUDGES[type(check.test)](check.test, look):
            yield fault.level or check.level, fault
    yield from missing_files(look.item, look.kind, look.evidence)


def missing_files(item: Record, kind: Kind, evidence: Evidence) -> Iterator[Leveled]:
    """The files of an item that are not there or empty."""
    for file in item.files:
        if file.path in evidence.missing_files:
            yield "error", Fault("file_missing", file.path, {"file": file.text, "kind": kind.title})


def weight(found: tuple[Leveled, ...]) -> tuple[int, int]:
    """How far an item is from passing: errors, then warnings."""
    errors = sum(level == "error" for level, _ in found)
    return errors, len(found) - errors

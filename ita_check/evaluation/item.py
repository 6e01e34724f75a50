"""A requirement that one item of evidence has to prove."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ita_check.evaluation.checks import JUDGES
from ita_check.evaluation.look import Fault, Leveled, Look, United
from ita_check.model.address import without_secret
from ita_check.model.catalogue import Catalogue, Kind, Requirement
from ita_check.model.evidence import Evidence, Record

if TYPE_CHECKING:  # loaded only where somebody looks
    from ita_check.model.looked import Looked


class Judgement(NamedTuple):
    """What is wrong, and the items that were judged: those that the requirement stands on."""

    faults: tuple[Leveled, ...]
    items: tuple[Record, ...]


def judge_item(
    rule: Requirement,
    catalogue: Catalogue,
    evidence: Evidence,
    as_of: date,
    looked: Looked | None = None,
) -> Judgement | None:
    """The faults of the item that comes nearest, None where no item is declared.

    Nearest has the fewest errors, then the fewest warnings, then stands first.
    """
    nearest: tuple[tuple[Leveled, ...], Look] | None = None
    dated = bool(rule.year_checks)
    for name in rule.kinds:
        items = evidence.items.get(name, ())
        all_of_kind = United(items)
        for item in items:
            united = all_of_kind if rule.together else United((item,))
            look = Look(item, catalogue.kinds[name], united, evidence, as_of, looked, dated)
            found = tuple(faults_of(rule, look))
            if nearest is None or weight(found) < weight(nearest[0]):
                nearest = found, look
    if nearest is None:
        return None
    faults, look = nearest
    if not rule.together:
        return Judgement(faults, (look.item,))
    items = evidence.items[look.kind.name]
    others = (look._replace(item=item) for item in items if item is not look.item)
    return Judgement((*faults, *beside(rule, others)), items)


def beside(rule: Requirement, others: Iterable[Look]) -> tuple[Leveled, ...]:
    """What was found at the further items of a kind that counts together: each lends its part.

    What they lack themselves is no fault, since another has it; a page that is gone is one.
    """
    return tuple(fault for look in others for fault in _found_at(rule, look))


def faults_of(rule: Requirement, look: Look) -> Iterator[Leveled]:
    """Every fault of one item: its checks in order, its files, then what was looked at."""
    for check in rule.checks:
        for fault in JUDGES[type(check.test)](check.test, look):
            yield fault.level or check.level, fault
    yield from missing_files(look.item, look.kind, look.evidence)
    yield from _found_at(rule, look)


def _found_at(rule: Requirement, look: Look) -> Iterator[Leveled]:
    if look.looked is not None:
        from ita_check.evaluation.found import faults_found  # `check` looks at nothing

        yield from faults_found(rule, look, look.looked)


def missing_files(item: Record, kind: Kind, evidence: Evidence) -> Iterator[Leveled]:
    """The files of an item that are not there or empty."""
    for file in item.files:
        if file.path in evidence.missing_files:
            yield (
                "error",
                Fault(
                    "file_missing",
                    file.path,
                    {"file": without_secret(file.text), "kind": kind.title},
                ),
            )


def weight(found: tuple[Leveled, ...]) -> tuple[int, int]:
    """How far an item is from passing: errors, then warnings."""
    errors = sum(level == "error" for level, _ in found)
    return errors, len(found) - errors

"""A requirement that makes several kinds public: each declared kind is looked at on its own."""

from __future__ import annotations

from datetime import date

from ita_check.evaluation.checks import JUDGES
from ita_check.evaluation.item import Leveled, faults_of, weight
from ita_check.evaluation.look import Fault, Look, United
from ita_check.model.catalogue import Catalogue, Check, Requirement
from ita_check.model.checks import ChannelBesides
from ita_check.model.evidence import Evidence, Record


def judge_publication(
    rule: Requirement, catalogue: Catalogue, evidence: Evidence, as_of: date
) -> tuple[Leveled, ...] | None:
    """The faults of the item that comes nearest in each declared kind, None if none is declared.

    Where the measure binds a kind to a fiscal year, only items of that year count; a kind without
    such an item is a gap of its own requirement, not of this one.
    """
    declared = [name for name in rule.kinds if evidence.items.get(name)]
    if not declared:
        return None
    found: list[Leveled] = []
    counted: list[Record] = []
    for name in declared:
        binding = catalogue.year_checks.get((rule.measure, name), ())
        looks = _looks(name, catalogue, evidence, as_of)
        looks = [look for look in looks if _is_of_year(look, binding)]
        counted += [look.item for look in looks]
        if looks:
            found.extend(_nearest(rule, looks))
    if not counted:
        kind = catalogue.kinds[declared[0]]
        gaps = {"kind": kind.title, "year": evidence.fiscal_year}
        return (("error", Fault("not_published", f"evidence.{kind.name}", gaps, "no_year")),)
    for check in rule.checks:
        if isinstance(check.test, ChannelBesides):
            found.extend(_channel_besides(check, check.test, rule, catalogue, counted))
    return tuple(found)


def falls_short_later(
    rule: Requirement, name: str, catalogue: Catalogue, evidence: Evidence, as_of: date
) -> bool:
    """Whether a declared kind, none of whose items counts yet, would have an error once one does."""
    binding = catalogue.year_checks.get((rule.measure, name), ())
    looks = _looks(name, catalogue, evidence, as_of)
    counts = any(_is_of_year(look, binding) for look in looks)
    return not counts and any(level == "error" for level, _ in _nearest(rule, looks))


def _looks(name: str, catalogue: Catalogue, evidence: Evidence, as_of: date) -> list[Look]:
    """Each item of a declared kind by itself."""
    return [
        Look(item, catalogue.kinds[name], United((item,)), evidence, as_of)
        for item in evidence.items[name]
    ]


def _nearest(rule: Requirement, looks: list[Look]) -> tuple[Leveled, ...]:
    """The faults of the nearest item; of two equally near, one that has a URL speaks."""
    judged = [(tuple(faults_of(rule, look)), not look.item.urls) for look in looks]
    return min(judged, key=lambda one: (weight(one[0]), one[1]))[0]


def _is_of_year(look: Look, binding: tuple[Check, ...]) -> bool:
    return not any(
        fault for check in binding for fault in JUDGES[type(check.test)](check.test, look)
    )


def _channel_besides(
    check: Check,
    test: ChannelBesides,
    rule: Requirement,
    catalogue: Catalogue,
    items: list[Record],
) -> tuple[Leveled, ...]:
    named = {channel for item in items for channel in item.listed("channels")}
    if named - {test.channel}:
        return ()
    described = catalogue.kinds[rule.kinds[0]].fields["channels"]
    gaps = {"channel": described.label_of(test.channel), "field": described.label}
    path = items[0].at("channels")
    return ((check.level, Fault("part_missing", path, gaps, "channel_besides")),)

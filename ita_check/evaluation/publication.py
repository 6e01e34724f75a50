"""A requirement that makes several kinds public: each declared kind is looked at on its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ita_check.evaluation.checks import JUDGES
from ita_check.evaluation.item import Judgement, beside, faults_of, weight
from ita_check.evaluation.look import Fault, Leveled, Look, United
from ita_check.model.catalogue import Catalogue, Check, Requirement
from ita_check.model.checks import ChannelBesides
from ita_check.model.evidence import Evidence, Record

if TYPE_CHECKING:  # loaded only where somebody looks
    from ita_check.model.looked import Looked


def judge_publication(
    rule: Requirement,
    catalogue: Catalogue,
    evidence: Evidence,
    as_of: date,
    looked: Looked | None = None,
) -> Judgement | None:
    """The faults of the item that comes nearest in each declared kind, None if none is declared.

    Where the measure binds a kind to a fiscal year, only items of that year count; a kind without
    such an item is a gap of its own requirement, not of this one.
    """
    declared = [name for name in rule.kinds if evidence.items.get(name)]
    if not declared:
        return None
    found: list[Leveled] = []
    counted: list[Record] = []
    nearest: list[Record] = []
    for name in declared:
        binding = catalogue.year_checks.get((rule.measure, name), ())
        looks = _looks(name, catalogue, evidence, as_of, looked, dated=bool(binding))
        looks = [look for look in looks if _is_of_year(look, binding)]
        counted += [look.item for look in looks]
        if looks:
            faults, speaks = _nearest(rule, looks)
            found.extend(faults)
            nearest.append(speaks.item)
            if (rule.measure, name) in catalogue.united_kinds:
                others = [look for look in looks if look is not speaks]
                found.extend(beside(rule, others))
                nearest.extend(look.item for look in others)
    if not counted:
        kind = catalogue.kinds[declared[0]]
        gaps = {"kind": kind.title, "year": evidence.fiscal_year}
        fault = Fault("not_published", f"evidence.{kind.name}", gaps, "no_year")
        return Judgement((("error", fault),), evidence.items[kind.name][:1])
    for check in rule.checks:
        if isinstance(check.test, ChannelBesides):
            found.extend(_channel_besides(check, check.test, rule, catalogue, counted))
    return Judgement(tuple(found), tuple(nearest))


def falls_short_later(
    rule: Requirement, name: str, catalogue: Catalogue, evidence: Evidence, as_of: date
) -> bool:
    """Whether a declared kind, none of whose items counts yet, would have an error once one does."""
    binding = catalogue.year_checks.get((rule.measure, name), ())
    looks = _looks(name, catalogue, evidence, as_of)
    counts = any(_is_of_year(look, binding) for look in looks)
    return not counts and any(level == "error" for level, _ in _nearest(rule, looks)[0])


def _looks(
    name: str,
    catalogue: Catalogue,
    evidence: Evidence,
    as_of: date,
    looked: Looked | None = None,
    *,
    dated: bool = False,
) -> list[Look]:
    """Each item of a declared kind by itself."""
    return [
        Look(item, catalogue.kinds[name], United((item,)), evidence, as_of, looked, dated)
        for item in evidence.items[name]
    ]


def _nearest(rule: Requirement, looks: list[Look]) -> tuple[tuple[Leveled, ...], Look]:
    """The faults of the nearest item, and the look at it; of two equally near, one with a URL."""
    judged = [(tuple(faults_of(rule, look)), look) for look in looks]
    return min(judged, key=lambda one: (weight(one[0]), not one[1].item.urls))


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

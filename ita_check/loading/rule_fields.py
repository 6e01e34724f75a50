"""Which fields a check reads, so that a rule cannot name one that its kinds do not have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ita_check.model import checks
from ita_check.model.calendar import OCTOBER
from ita_check.model.catalogue import Field

ANY: frozenset[str] = frozenset()
DATES = frozenset({"date", "dates"})
LISTED = frozenset({"list", "numbers"})


class Reference(NamedTuple):
    """A field that a check reads: its name, the types that fit (any if empty), and what it names.

    `inside` is the list or record that holds it. `values` and `groups` must be among those of
    the field.
    """

    field: str
    types: frozenset[str] = ANY
    inside: str | None = None
    values: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def references(test: checks.Test) -> tuple[Reference, ...]:
    """Every field that a check reads in an item of the rule's own kinds."""
    match test:
        case checks.Includes(field, values):
            return (Reference(field, LISTED, values=values),)
        case checks.IncludesMonths(field):
            return (Reference(field, frozenset({"months"})),)
        case checks.IncludesGroups(field, groups):
            return (Reference(field, LISTED, groups=groups),)
        case checks.AtLeast():
            return _of_at_least(test)
        case checks.Each(of, given) | checks.EachRisk(of, given):
            topic = getattr(test, "topic", None)
            named = (Reference("topic", LISTED, of, (topic,)),) if topic else ()
            return (_records(of), *(Reference(name, ANY, of) for name in given), *named)
        case checks.Given(fields) | checks.AnyGiven(fields):
            return tuple(Reference(name) for name in fields)
        case checks.Confirmed(fields):
            return tuple(Reference(name, frozenset({"boolean"})) for name in fields)
        case checks.Year(field, _, in_force):
            year = Reference(field, frozenset({"year"}))
            return (year, Reference(in_force, frozenset({"in_force"}))) if in_force else (year,)
        case checks.Dated(fields):
            return tuple(Reference(name, frozenset({"date"})) for name in fields)
        case checks.StateOf(field):
            return (Reference(field, frozenset({"date"})),)
        case checks.OverlapsFiscalYear(field):
            return (Reference(field, frozenset({"in_force", "period"})),)
        case checks.Published(or_given):
            return (Reference("url"), *(Reference(name) for name in or_given))
        case checks.OnOfficialHost():
            return (Reference("url"),)
        case checks.ChannelBesides(channel):
            return (Reference("channels", LISTED, values=(channel,)),)
        case checks.ZeroDeclared(count, by, given, any_given):
            inner = tuple(Reference(name, ANY, by) for name in (*given, *any_given))
            kind = frozenset({"record"}) if inner else frozenset({"boolean"})
            return (Reference(count, frozenset({"count"})), Reference(by, kind), *inner)
        case checks.Sums(total, parts):
            return tuple(Reference(name, frozenset({"count"})) for name in (total, *parts))
        case checks.SeparateFrom(_, confirmed):
            return (Reference("url"), Reference(confirmed, frozenset({"boolean"})))
        case checks.HasRisk(of, topic):
            named = (Reference("topic", LISTED, of, (topic,)),) if topic else ()
            return (_records(of), *named)
        case checks.RiskManaged(of, topic, measure, action):
            inner = tuple(Reference(name, ANY, of) for name in (measure, action))
            return (_records(of), Reference("topic", LISTED, of, (topic,)), *inner)
        case checks.TogetherInYear(of, date, field, values):
            listed = Reference(field, LISTED, of, values)
            return (_records(of), Reference(date, DATES, of), listed)


def pointless(test: checks.Test) -> str | None:
    """What of a check can never be judged, or never fail, by its key; None if nothing."""
    optional = test._field_defaults
    for name, value in test._asdict().items():
        if value == () and name not in optional:
            return name
    match test:
        case checks.AtLeast(number=number) if number < 1:
            return "number"
        case checks.IncludesMonths(_, first, last):
            # October begins a fiscal year.
            order = [(month - OCTOBER) % 12 for month in (first, last)]
            if not 1 <= first <= 12:
                return "first"
            if not 1 <= last <= 12 or order[1] < order[0]:
                return "last"
    return None


def unfit(reference: Reference, fields: Mapping[str, Field]) -> str | None:
    """What is wrong with a reference to these fields, as the word that is wrong; None if nothing."""
    if reference.inside is not None:
        holder = fields.get(reference.inside)
        if holder is None:
            return reference.inside
        fields = holder.fields or {}
    field = fields.get(reference.field)
    if field is None or (reference.types and field.type not in reference.types):
        return reference.field
    keys = {value.key for value in field.values}
    groups = {value.group for value in field.values}
    for value in reference.values:
        if value not in keys:
            return value
    for group in reference.groups:
        if group not in groups:
            return group
    return None


def _records(of: str) -> Reference:
    return Reference(of, frozenset({"records"}))


def _of_at_least(test: checks.AtLeast) -> tuple[Reference, ...]:
    inner = []
    if test.date:
        inner.append(Reference(test.date, DATES, test.of))
    if test.confirmed:
        inner.append(Reference(test.confirmed, frozenset({"boolean"}), test.of))
    if inner:
        return (_records(test.of), *inner)
    if test.within_fiscal_year:
        return (Reference(test.of, frozenset({"days", "dates"})),)
    return (Reference(test.of, frozenset({"records", "list", "days", "dates"})),)

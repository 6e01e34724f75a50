"""What a check sees, and what it says when it fails."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from ita_check.model.address import is_official
from ita_check.model.calendar import Period, fiscal_year
from ita_check.model.catalogue import Field, Kind, Level
from ita_check.model.evidence import Evidence, Record
from ita_check.texts import Text

if TYPE_CHECKING:  # loaded only where somebody looks
    from ita_check.model.looked import Looked

LINKED = "linked_from_homepage"


class Fault(NamedTuple):
    """A failed check: the finding's code and path, what its message names, and its wording.

    `wording` picks one of several sentences for the code. `level` is set where the fault itself,
    not the check, decides it.
    """

    code: str
    path: str
    gaps: Mapping[str, object] = MappingProxyType({})
    wording: str = ""
    level: Level | None = None


Leveled = tuple[Level, Fault]


class United:
    """Items whose lists count as one; each list is united once, however many items ask for it."""

    def __init__(self, items: tuple[Record, ...]) -> None:
        self._items = items
        self._lists: dict[str, tuple[object, ...]] = {}

    def listed(self, name: str) -> tuple[object, ...]:
        """The different values of a list field over the items."""
        if name not in self._lists:
            values: dict[object, None] = {}
            for item in self._items:
                found = item.values.get(name, ())
                values.update(dict.fromkeys(found if isinstance(found, tuple) else (found,)))
            self._lists[name] = tuple(values)
        return self._lists[name]


class Look(NamedTuple):
    """One item under judgement.

    `united` are all items of the kind where the rule says *together*, else the item alone.
    `as_of` is a Gregorian day. `looked` is what was looked at, None where nothing was; `dated`
    says whether the requirement wants the item of a certain fiscal year.
    """

    item: Record
    kind: Kind
    united: United
    evidence: Evidence
    as_of: date
    looked: Looked | None = None
    dated: bool = False

    @property
    def year(self) -> Period:
        """The days of the evidence's fiscal year."""
        return fiscal_year(self.evidence.fiscal_year)

    def field(self, name: str, inside: str | None = None) -> Field:
        """A field of the kind, or of a list or record of it; rules only name fields that exist."""
        fields = self.kind.fields
        if inside is not None:
            fields = fields[inside].fields or {}
        return fields[name]

    def listed(self, name: str) -> tuple[object, ...]:
        """The different values of a list field over the united items."""
        return self.united.listed(name)

    def missing(self, name: str, wording: str = "", **gaps: object) -> Fault:
        """The fault that a field of the item is not given."""
        return self.missing_at(self.item.at(name), self.field(name), wording, **gaps)

    def missing_at(self, path: str, described: Field, wording: str = "", **gaps: object) -> Fault:
        """The fault that a field at a path is not given."""
        return Fault(
            "field_missing",
            path,
            {"field": described.label, "key": described.name, "kind": self.kind.title, **gaps},
            wording,
        )


def on_website(item: Record, evidence: Evidence) -> bool:
    """Whether a URL of the item is on an official host, or the home page links to it."""
    found = item.urls
    if found and item.values.get(LINKED) is True:
        return True
    return any(is_official(url.text, evidence.agency.hosts) for url in found)


def within(value: object, year: Period) -> bool:
    """Whether a day, a period or one of several lies in the year, a period with one day of it."""
    if isinstance(value, Period):
        return value.overlaps(year)
    if isinstance(value, tuple):
        return any(within(member, year) for member in value)
    return isinstance(value, date) and Period(value, value).overlaps(year)


def labels(described: Field, keys: tuple[object, ...]) -> tuple[Text, ...]:
    """The labels of listed values."""
    return tuple(described.label_of(str(key)) for key in keys)

"""The closed set of check kinds: what a rule file may ask of an evidence item.

Each class is the shape of one check in a rule file; the function that judges it stands in
`evaluation/checks.py` under the same name. Nouns are named tuples all over the program: as
frozen as a frozen dataclass, which takes five times as long to define at every start.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

# The days that a rule may name; `model/calendar.py` gives each its date in a fiscal year.
Boundary = Literal[
    "previous_fiscal_year_start",
    "fiscal_year_start",
    "march_31",
    "fiscal_year_end",
    "calendar_year_end",
]
YearName = Literal["current", "previous"]


class Includes(NamedTuple):
    """A list names every one of `values` (keys of the field's listed values)."""

    field: str
    values: tuple[str, ...]


class IncludesMonths(NamedTuple):
    """A list of months names every month of the fiscal year from `first` to `last`.

    Months are calendar numbers; October to December lie in the calendar year before.
    """

    field: str
    first: int
    last: int


class IncludesGroups(NamedTuple):
    """A list names at least one value of every one of `groups` (online, on_site)."""

    field: str
    groups: tuple[str, ...]


class AtLeast(NamedTuple):
    """`number` different entries of the list `of`, each fit in the ways that are named.

    `within_fiscal_year` reads the entry's `date` field, or the entry itself where it is a date;
    two entries on one day count once. `confirmed` is a boolean of the entry that must be true.
    """

    of: str
    number: int = 1
    within_fiscal_year: bool = False
    date: str | None = None
    confirmed: str | None = None


class Each(NamedTuple):
    """The list `of` has an entry, and every entry gives each of the fields `given`."""

    of: str
    given: tuple[str, ...]


class Given(NamedTuple):
    """Every one of `fields` is given."""

    fields: tuple[str, ...]


class AnyGiven(NamedTuple):
    """At least one of `fields` is given; the finding stands at the first."""

    fields: tuple[str, ...]


class Confirmed(NamedTuple):
    """Every one of the booleans `fields` is confirmed."""

    fields: tuple[str, ...]


class Year(NamedTuple):
    """A Buddhist year is the fiscal year (`current`) or the one before (`previous`).

    With `or_in_force`, a period in that field that covers the whole fiscal year is as good.
    """

    field: str
    one_of: tuple[YearName, ...]
    or_in_force: str | None = None


class Dated(NamedTuple):
    """One of the dates `fields` lies between two days, both included; either may be open."""

    fields: tuple[str, ...]
    not_before: Boundary | None = None
    not_after: Boundary | None = None


class StateOf(NamedTuple):
    """A report shows the state of a day: not earlier than `not_before`, not after `not_after`."""

    field: str
    not_before: Boundary
    not_after: Boundary


class OverlapsFiscalYear(NamedTuple):
    """A period has at least one day of the fiscal year."""

    field: str


class Published(NamedTuple):
    """There is a URL, on any host; one of `or_given` is as good."""

    or_given: tuple[str, ...] = ()


class OnOfficialHost(NamedTuple):
    """Where there are URLs, one is on an official host or linked from the home page."""


class ChannelBesides(NamedTuple):
    """One of the items, of any kind of the rule, names a channel other than `channel`."""

    channel: str


class ZeroDeclared(NamedTuple):
    """Where `field` is 0, `by` says so: a confirmed boolean, or a record that gives the fields."""

    field: str
    by: str
    given: tuple[str, ...] = ()
    any_given: tuple[str, ...] = ()


class Sums(NamedTuple):
    """`parts` add up to `total`, where all of them are given."""

    total: str
    parts: tuple[str, ...]


class SeparateFrom(NamedTuple):
    """No URL of the item is a URL of the other `kind`; without one there, `confirmed` says so."""

    kind: str
    confirmed: str


class HasRisk(NamedTuple):
    """The list `of` has a risk, of `topic` where one is named."""

    of: str
    topic: str | None = None


class EachRisk(NamedTuple):
    """Every risk in `of`, of `topic` where one is named, gives the fields `given`."""

    of: str
    given: tuple[str, ...]
    topic: str | None = None


class RiskManaged(NamedTuple):
    """Every risk of `topic` in `of` has its `measure`, and its `action`.

    A missing action alone is a warning until the fiscal year has ended.
    """

    of: str
    topic: str
    measure: str
    action: str


class TogetherInYear(NamedTuple):
    """Those entries of the list `of` that lie within the fiscal year name all `values` together."""

    of: str
    date: str
    field: str
    values: tuple[str, ...]


Test = (
    Includes
    | IncludesMonths
    | IncludesGroups
    | AtLeast
    | Each
    | Given
    | AnyGiven
    | Confirmed
    | Year
    | Dated
    | StateOf
    | OverlapsFiscalYear
    | Published
    | OnOfficialHost
    | ChannelBesides
    | ZeroDeclared
    | Sums
    | SeparateFrom
    | HasRisk
    | EachRisk
    | RiskManaged
    | TogetherInYear
)

# The word that a rule file writes for each kind of check.
CHECK_KINDS: dict[str, type[Test]] = {
    "includes": Includes,
    "includes_months": IncludesMonths,
    "includes_groups": IncludesGroups,
    "at_least": AtLeast,
    "each": Each,
    "given": Given,
    "any_given": AnyGiven,
    "confirmed": Confirmed,
    "year": Year,
    "dated": Dated,
    "state_of": StateOf,
    "overlaps_fiscal_year": OverlapsFiscalYear,
    "published": Published,
    "on_official_host": OnOfficialHost,
    "channel_besides": ChannelBesides,
    "zero_declared": ZeroDeclared,
    "sums": Sums,
    "separate_from": SeparateFrom,
    "has_risk": HasRisk,
    "each_risk": EachRisk,
    "risk_managed": RiskManaged,
    "together_in_year": TogetherInYear,
}

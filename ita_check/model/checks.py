"""The closed set of check kinds: what a rule file may ask of an evidence item.

Each class is the shape of one check in a rule file; the function that judges it stands in
`evaluation/checks.py` under the same name. A class says nothing in the file but its own keys:
`extra` is forbidden when a rule is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

# The days that a rule may name; `model/calendar.py` gives each its date in a fiscal year.
Boundary = Literal[
    "previous_fiscal_year_start",
    "fiscal_year_start",
    "march_31",
    "fiscal_year_end",
    "calendar_year_end",
]
YearName = Literal["current", "previous"]

FORBID = {"extra": "forbid"}


@dataclass(frozen=True)
class Includes:
    """A list names every one of `values` (keys of the field's listed values)."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class IncludesMonths:
    """A list of months names every month of the fiscal year from `first` to `last`.

    Months are calendar numbers; October to December lie in the calendar year before.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    field: str
    first: int
    last: int


@dataclass(frozen=True)
class IncludesGroups:
    """A list names at least one value of every one of `groups` (online, on_site)."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    field: str
    groups: tuple[str, ...]


@dataclass(frozen=True)
class AtLeast:
    """`count` different entries of the list `of`, each fit in the ways that are named.

    `within_fiscal_year` reads the entry's `date` field, or the entry itself where it is a date;
    two entries on one day count once. `confirmed` is a boolean of the entry that must be true.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    of: str
    count: int = 1
    within_fiscal_year: bool = False
    date: str | None = None
    confirmed: str | None = None


@dataclass(frozen=True)
class Each:
    """The list `of` has an entry, and every entry gives each of the fields `given`."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    of: str
    given: tuple[str, ...]


@dataclass(frozen=True)
class Given:
    """Every one of `fields` is given."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class AnyGiven:
    """At least one of `fields` is given; the finding stands at the first."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Confirmed:
    """Every one of the booleans `fields` is confirmed."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Year:
    """A Buddhist year is the fiscal year (`current`) or the one before (`previous`).

    With `or_in_force`, a period in that field that covers the whole fiscal year is as good.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    field: str
    one_of: tuple[YearName, ...]
    or_in_force: str | None = None


@dataclass(frozen=True)
class Dated:
    """One of the dates `fields` lies between two days, both included; either may be open."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    fields: tuple[str, ...]
    not_before: Boundary | None = None
    not_after: Boundary | None = None


@dataclass(frozen=True)
class StateOf:
    """A report shows the state of a day: not earlier than `not_before`, not after `not_after`."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    field: str
    not_before: Boundary
    not_after: Boundary


@dataclass(frozen=True)
class OverlapsFiscalYear:
    """A period has at least one day of the fiscal year."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    field: str


@dataclass(frozen=True)
class Published:
    """There is a URL, on any host; one of `or_given` is as good."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    or_given: tuple[str, ...] = ()


@dataclass(frozen=True)
class OnOfficialHost:
    """Where there are URLs, one is on an official host or linked from the home page."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID


@dataclass(frozen=True)
class ChannelBesides:
    """One of the items, of any kind of the rule, names a channel other than `channel`."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    channel: str


@dataclass(frozen=True)
class ZeroDeclared:
    """Where `count` is 0, `by` says so: a confirmed boolean, or a record that gives the fields."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    count: str
    by: str
    given: tuple[str, ...] = ()
    any_given: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sums:
    """`parts` add up to `total`, where all of them are given."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class SeparateFrom:
    """No URL of the item is a URL of the other `kind`; without one there, `confirmed` says so."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    kind: str
    confirmed: str


@dataclass(frozen=True)
class HasRisk:
    """The list `of` has a risk, of `topic` where one is named."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    of: str
    topic: str | None = None


@dataclass(frozen=True)
class EachRisk:
    """Every risk in `of`, of `topic` where one is named, gives the fields `given`."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    of: str
    given: tuple[str, ...]
    topic: str | None = None


@dataclass(frozen=True)
class RiskManaged:
    """Every risk of `topic` in `of` has its `measure`, and its `action`.

    A missing action alone is a warning until the fiscal year has ended.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    of: str
    topic: str
    measure: str
    action: str


@dataclass(frozen=True)
class TogetherInYear:
    """Those entries of the list `of` that lie within the fiscal year name all `values` together."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
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

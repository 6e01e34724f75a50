"""What is asked of an agency: issues, measures, requirements, and the kinds of evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from ita_check.model.checks import Boundary, Test, Year
from ita_check.texts import Text

# No key but its own: what pydantic asks of a rule file.
FORBID = {"extra": "forbid"}

Level = Literal["error", "warning"]
# What a check stands on: the seed's step, period or result column, or a public page about the form.
CheckSource = Literal["step", "period", "result", "public_page"]
FieldType = Literal[
    "text",
    "boolean",
    "count",
    "decimal",
    "date",
    "days",
    "dates",
    "year",
    "period",
    "in_force",
    "months",
    "numbers",
    "list",
    "choice",
    "units",
    "hosts",
    "website",
    "url",
    "file",
    "requirement",
    "record",
    "records",
]


@dataclass(frozen=True)
class OitCode:
    """An item of the commission's disclosure form that a requirement serves.

    `fiscal_year` (Buddhist) is the year whose form has this code; `verified` says whether a
    public page confirms code and name.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    code: str
    fiscal_year: int
    verified: bool


@dataclass(frozen=True)
class RuleSource:
    """The document a requirement comes from and the step there."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    document: str
    step: str


@dataclass(frozen=True)
class Check:
    """One thing looked for in an item; a failing one of level warning is advice."""

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    test: Test
    source: CheckSource
    level: Level = "error"
    page: str | None = None


@dataclass(frozen=True)
class Requirement:
    """One step of a measure.

    `kinds` are the kinds that may prove it: one item of any of them passes all checks, or, where
    `publication` is set, each declared kind is looked at on its own. `together` unites lists over
    all items of a kind. `opens` is the day before which the requirement is not due.
    """

    __pydantic_config__: ClassVar[dict[str, str]] = FORBID
    id: str
    title: Text
    kinds: tuple[str, ...]
    why: Text
    fix: Text
    source: RuleSource
    oit: tuple[OitCode, ...]
    checks: tuple[Check, ...]
    publication: bool = False
    together: bool = False
    opens: Boundary | None = None

    @cached_property
    def measure(self) -> str:
        """The id of the measure, `7.1` of `7.1.2`."""
        return self.id.rpartition(".")[0]

    @cached_property
    def issue(self) -> int:
        """The number of the issue, 7 of `7.1.2`."""
        return int(self.id.partition(".")[0])


@dataclass(frozen=True)
class Measure:
    """A measure (มาตรการ) of an issue and its requirements in order."""

    id: str
    title: Text
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True)
class Issue:
    """An issue (ประเด็น) and its measures in order."""

    number: int
    title: Text
    measures: tuple[Measure, ...]

    @property
    def requirements(self) -> tuple[Requirement, ...]:
        """All requirements of the issue in catalogue order."""
        return tuple(r for measure in self.measures for r in measure.requirements)


@dataclass(frozen=True)
class ListedValue:
    """A value that a list field takes, written as its key or as its Thai label."""

    key: str
    label: Text
    group: str | None = None


@dataclass(frozen=True)
class Field:
    """A field of an item, row or record; records have fields of their own."""

    name: str
    type: FieldType
    label: Text
    values: tuple[ListedValue, ...] = ()
    fields: Mapping[str, Field] | None = None

    def label_of(self, key: str) -> Text:
        """The label of one of the listed values; a key that is not listed is its own label."""
        for value in self.values:
            if value.key == key:
                return value.label
        return Text(key, key)


@dataclass(frozen=True)
class Kind:
    """A sort of evidence: what it is and which fields its items take (the common ones included)."""

    name: str
    title: Text
    fields: Mapping[str, Field]
    own: tuple[str, ...]


@dataclass(frozen=True)
class Frame:
    """The fields of the evidence file's fixed parts; `file` are the keys at its top."""

    file: Mapping[str, Field]
    agency: Mapping[str, Field]
    action: Mapping[str, Field]
    exception: Mapping[str, Field]


@dataclass(frozen=True)
class Catalogue:
    """All that is asked, with `sha256` over every rule file it was read from."""

    id: str
    title: Text
    sha256: str
    issues: tuple[Issue, ...]
    kinds: Mapping[str, Kind]
    frame: Frame

    @cached_property
    def requirements(self) -> tuple[Requirement, ...]:
        """All requirements in catalogue order."""
        return tuple(r for issue in self.issues for r in issue.requirements)

    @cached_property
    def year_checks(self) -> Mapping[tuple[str, str], tuple[Check, ...]]:
        """By measure and kind, the error checks on `fiscal_year` that bind the kind there."""
        found: dict[tuple[str, str], tuple[Check, ...]] = {}
        for rule in self.requirements:
            checks = tuple(
                check
                for check in rule.checks
                if isinstance(check.test, Year)
                and check.test.field == "fiscal_year"
                and check.level == "error"
            )
            for kind in rule.kinds if checks else ():
                key = (rule.measure, kind)
                found[key] = (*found.get(key, ()), *checks)
        return found

"""A report as what an evidence file can hold, and what has to be told of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ita_check.characters import normalised
from ita_check.model.catalogue import Catalogue
from ita_check.office.importing.blocks import Block
from ita_check.office.importing.cells import Values, cells_of
from ita_check.office.importing.doubts import (
    Names,
    OtherUnits,
    WrongYear,
    fiscal_year_of,
    names_of,
    other_units,
    wrong_years,
)
from ita_check.office.importing.matching import Match, match_steps
from ita_check.office.importing.steps import Step, read_report


class Row(NamedTuple):
    """A step of the report with what it was found to be and what its cells say."""

    step: Step
    match: Match
    values: Values


class Imported(NamedTuple):
    """Everything taken from a report; `fiscal_year` is as written, empty where not stated."""

    names: Names
    fiscal_year: str
    rows: tuple[Row, ...]
    wrong_years: tuple[WrongYear, ...]
    other_units: tuple[OtherUnits, ...]
    left_out: tuple[int, ...]

    def named(self, index: int) -> str:
        """A step by its requirement, or by its place where it has none."""
        step, match = self.rows[index].step, self.rows[index].match
        if match.requirement is not None:
            return match.requirement.id
        return f"{step.issue}.{step.measure}.{step.number}"


def import_report(name: str, blocks: Iterable[Block], catalogue: Catalogue) -> Imported:
    """What a report states, matched to the catalogue; raises `CannotJudge` where it is no report."""
    read = read_report(name, blocks)
    matches = match_steps(catalogue, read.steps)
    cells = cells_of(read.steps, read.shares)
    rows = tuple(map(Row, read.steps, matches, cells))
    year = fiscal_year_of(read.cover)
    known = [
        (match.requirement, step.text, values)
        for step, match, values in rows
        if match.requirement is not None
    ]
    years = (
        wrong
        for rule, text, values in (known if year else ())
        for wrong in wrong_years(rule, text, values, int(normalised(year)))
    )
    units = {rule.id: _units(values) for rule, _, values in known if _units(values)}
    twice = other_units([(rule, text) for rule, text, _ in known], units)
    names = names_of(read.cover, read.texts)
    return Imported(names, year, rows, tuple(years), tuple(twice), read.left_out)


def _units(values: Values) -> str:
    said = values["responsible"].text
    return said if isinstance(said, str) else " / ".join(said)

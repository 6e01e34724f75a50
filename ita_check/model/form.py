"""An evidence file as the lines of a form: what stands at each place, and which places there are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ita_check.model.catalogue import Catalogue, Field, FieldType
from ita_check.model.evidence import Cell

# Where a value stands: keys of the evidence file, and numbers from 0 of what is one of several.
Path = tuple[str | int, ...]

# Of these a form takes several values, one on each line.
SEVERAL: frozenset[FieldType] = frozenset(
    {"list", "days", "dates", "months", "numbers", "hosts", "url", "file", "units"}
)
# Of these also several on one line: no value of theirs has what stands between them.
_BETWEEN: dict[FieldType, re.Pattern[str]] = {
    **dict.fromkeys(("list", "days", "dates", "months", "numbers", "hosts"), re.compile("[,\n]")),
    **dict.fromkeys(("url", "file"), re.compile("\n")),
}
# What is chosen from a list: by its key, or by its words.
_CHOSEN: frozenset[FieldType] = frozenset({"list", "choice"})
TRUE, FALSE = "ใช่", "ไม่ใช่"


class Line(NamedTuple):
    """A value and where it stands; a place that is left blank has no text.

    `cell` is that of the text in a workbook, None where the line comes from elsewhere. Several
    values of one field are several lines of one path. `refused` is a value that cannot be read,
    of which a problem is told already.
    """

    path: Path
    text: str
    cell: Cell | None = None
    refused: bool = False


def field_at(catalogue: Catalogue, path: Path) -> Field | None:
    """The field that a path leads to, None where it leads to no value."""
    match path:
        case ("fiscal_year" | "deadline" as name,):
            return catalogue.frame.file[name]
        case ("agency", str(name)):
            return catalogue.frame.agency.get(name)
        case ("actions", str(), str(name)):
            return catalogue.frame.action.get(name)
        case ("exceptions", int(), str(name)):
            return catalogue.frame.exception.get(name)
        case ("evidence", str(kind), int(), *steps) if kind in catalogue.kinds:
            return _within(catalogue.kinds[kind].fields, tuple(steps))
    return None


def _within(fields: Mapping[str, Field], steps: Path) -> Field | None:
    found: Field | None = None
    for step in steps:
        if isinstance(step, int):
            continue
        if found is not None:
            fields = found.fields or {}
        found = fields.get(step)
        if found is None:
            return None
    return found if found is not None and not found.fields else None


def values_in(described: Field, text: str) -> Iterator[tuple[int, str]]:
    """The values of one line of a form, each with where it begins there."""
    between = _BETWEEN.get(described.type)
    if between is None:
        yield 0, text
        return
    start = 0
    for part in between.split(text):
        if part.strip():
            yield start + len(part) - len(part.lstrip()), part.strip()
        start += len(part) + 1


def joined(described: Field, texts: Sequence[str]) -> tuple[str, ...]:
    """The lines of a form that hold these values: one where they may stand between commas."""
    between = _BETWEEN.get(described.type)
    if between is not None and between.search(","):
        return (", ".join(text.strip() for text in texts),)
    return tuple(texts)


def shown(described: Field, text: str) -> str:
    """A value as a form shows it: in Thai words where it is one of a list."""
    for value in described.values if described.type in _CHOSEN else ():
        if text.strip() == value.key and "," not in value.label.th:
            return value.label.th
    if described.type == "boolean":
        return {"true": TRUE, "yes": TRUE, "false": FALSE, "no": FALSE}.get(
            text.strip().casefold(), text
        )
    return text


def keyed(described: Field, text: str) -> str:
    """All values of a line as an evidence file has them."""
    if described.type not in _BETWEEN:
        return _keyed(described, text)
    return "\n".join(_keyed(described, value) for _, value in values_in(described, text))


def _keyed(described: Field, text: str) -> str:
    """A value as an evidence file has it: its key where a form shows it in words."""
    for value in described.values if described.type in _CHOSEN else ():
        if text.strip() == value.label.th:
            return value.key
    if described.type == "boolean":
        return {TRUE: "yes", FALSE: "no"}.get(text.strip(), text)
    return text

"""What stands where in the workbook, for the one who writes it and the one who reads it.

The first cell of a sheet says which one it is, and its first row, which is hidden, the keys of its
columns: sheets may be renamed, and rows and columns moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from ita_check.model.catalogue import Catalogue, Field
from ita_check.model.form import Path
from ita_check.texts import Text

FORMAT = "ita-check/form/1"
Sheet = Literal["cover", "actions", "evidence", "exceptions", "choices"]
READ: tuple[Sheet, ...] = ("cover", "actions", "evidence", "exceptions")
FIRST_ROW = 3
# The key of a row stands in the first column, whatever the sheet.
EVIDENCE = ("field", "kind_label", "serves", "item", "label", "entry", "value", "hint")
COVER = ("label", "value", "hint")
# Between the labels of a list and of what is in it.
_WITHIN = ": "


def mark(sheet: Sheet) -> str:
    """What the first cell of a sheet says."""
    return f"{FORMAT} {sheet}"


class Labelled(NamedTuple):
    """A field of a kind: how it is called, its key with dots, and how often it is numbered."""

    field: Field
    key: str
    label: Text
    numbers: int


def fields_of(catalogue: Catalogue, kind: str) -> Iterator[Labelled]:
    """The fields of a kind that hold values, those in lists among them."""
    yield from _fields(tuple(catalogue.kinds[kind].fields.values()), "", None, 0)


def _fields(
    fields: tuple[Field, ...], before: str, outer: Text | None, numbers: int
) -> Iterator[Labelled]:
    for one in fields:
        key = f"{before}{one.name}"
        label = one.label
        if outer is not None:
            label = Text(*(f"{a}{_WITHIN}{b}" for a, b in zip(outer, label, strict=True)))
        if one.fields:
            deeper = numbers + (one.type == "records")
            yield from _fields(tuple(one.fields.values()), f"{key}.", label, deeper)
        else:
            yield Labelled(one, key, label, numbers)


def path_of(catalogue: Catalogue, kind: str, item: int, key: str, entries: tuple[int, ...]) -> Path:
    """The path of a value, from what stands in its row; numbers count from 0."""
    steps: list[str | int] = []
    fields = catalogue.kinds[kind].fields
    left = list(entries)
    for name in key.split("."):
        steps.append(name)
        described = fields[name]
        if described.type == "records":
            steps.append(left.pop(0))
        fields = described.fields or {}
    return ("evidence", kind, item, *steps)


def key_and_entries(path: Path) -> tuple[str, tuple[int, ...]]:
    """The key and the numbers of a path of evidence, as they stand in its row."""
    steps = path[3:]
    key = ".".join(step for step in steps if isinstance(step, str))
    return key, tuple(step for step in steps if isinstance(step, int))

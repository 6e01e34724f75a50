"""What a report is made of before anything is made of it: paragraphs and tables."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from ita_check.characters import INVISIBLE

FieldName = Literal["responsible", "period", "result", "outcome"]
FIELDS: tuple[FieldName, ...] = ("responsible", "period", "result", "outcome")
_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_SPACES = re.compile("[^\\S\n]+")


class Paragraph(NamedTuple):
    """A paragraph; its lines are separated by line feeds.

    `marker` is what Word's own numbering writes before it, with the `number` it counts, if it
    counts; `level` is how deep in its list it stands.
    """

    text: str
    marker: str = ""
    number: int | None = None
    level: int = 0


class Cell(NamedTuple):
    """A cell of a table; `at` is the column of the grid that it begins in.

    A `merged` one is the continuation of the cell above it.
    """

    at: int
    paragraphs: tuple[Paragraph, ...] = ()
    merged: bool = False

    @property
    def text(self) -> str:
        """All that stands in it, on one line."""
        return " ".join(" ".join(part.text.split()) for part in self.paragraphs)


class Table(NamedTuple):
    """The rows of a table, each as its cells; `line` is where it begins in a dump."""

    rows: tuple[tuple[Cell, ...], ...]
    line: int = 0


Block = Paragraph | Table


def tidy(text: str) -> str:
    """A text as people see it: without what nobody sees, each line without spaces too many."""
    text = INVISIBLE.sub("", _CONTROL.sub("", _BREAKS.sub("\n", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)

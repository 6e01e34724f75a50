"""What an agency declares: items of evidence, actions and exceptions, and where each stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple

from ita_check.model.calendar import Period
from ita_check.texts import Phrase, phrase


class Cell(NamedTuple):
    """A cell of a workbook by its name with the sheet's, `หลักฐาน!G2`, its row and its column."""

    name: str
    row: int
    column: int


class Place(NamedTuple):
    """A line and column of a file, both 1-based, with the line itself where there is one.

    Of a very long line `excerpt` is the part around the column; `cut` is how many characters
    are missing at its left. In a workbook they are row and column of the `cell`, whose text is
    the excerpt; the character meant is then at `column - 1 - cut` of it all the same.
    """

    line: int
    column: int
    excerpt: str | None = None
    cut: int = 0
    cell: str = ""

    @property
    def where(self) -> Phrase:
        """The place as a message names it: a line of a text, a cell of a workbook."""
        if self.cell:
            return phrase("problems.at_cell", cell=self.cell)
        return phrase("problems.at_line", line=self.line)


# A finding keeps its line; a file that is one line must not be kept once for every finding.
LONGEST_EXCERPT = 400


class SourceMap(NamedTuple):
    """Where each path of the evidence file has its value.

    `positions` are offsets into `text`, in characters; `line_starts` are the offsets at which
    lines begin. A line ends with LF, CRLF or CR. Of a workbook every line is a cell.
    """

    text: str
    line_starts: tuple[int, ...]
    positions: Mapping[str, int]
    cells: tuple[Cell, ...] = ()

    def place(self, path: str) -> Place:
        """The place of the value at `path`, else of the nearest parent that is there, else 1:1."""
        while path:
            offset = self.positions.get(path)
            if offset is not None:
                return self.at(offset)
            path = parent(path)
        return Place(1, 1)

    def at(self, offset: int) -> Place:
        """The place of a character of the text."""
        number = bisect_right(self.line_starts, offset)
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        cut = max(offset - LONGEST_EXCERPT // 2, start) if end - start > LONGEST_EXCERPT else start
        excerpt = self.text[cut : min(end, cut + LONGEST_EXCERPT)].rstrip("\r\n")
        if self.cells:
            cell = self.cells[number - 1]
            before = cell.column - 1 - (offset - cut)
            return Place(cell.row, cell.column, excerpt or None, before, cell.name)
        return Place(number, offset - start + 1, excerpt, cut - start)


def parent(path: str) -> str:
    """The path one step up: `a.b[0]` to `a.b` to `a` to nothing; a requirement id is one step."""
    if path.endswith("]"):
        return path[: path.rindex("[")]
    head, _, last = path.rpartition(".")
    if head.startswith("actions.") and last.isdigit():
        return "actions"
    return head


class Located(NamedTuple):
    """A URL or a file of an item, and the path of the value: an index where it is one of a list."""

    text: str
    path: str


@dataclass(frozen=True, eq=False)
class Record:
    """A mapping of the file as typed values by field name; what is blank is not in it.

    A listed value is its key; a list is a tuple; a day is a `date` (Gregorian), a month `2023-10`
    (Gregorian), a year a Buddhist `int`; URLs and files are `Located`; a record within is a
    `Record`. Two records are the same
    only where they stand in the same place, so equality is identity.
    """

    path: str
    values: Mapping[str, object]

    def at(self, field: str) -> str:
        """The path of a field, whether it is there or not."""
        return f"{self.path}.{field}"

    def records(self, field: str) -> tuple[Record, ...]:
        """The entries of a list of records, none where the field is not there."""
        value = self.values.get(field, ())
        return value if isinstance(value, tuple) else ()

    def listed(self, field: str) -> tuple[str, ...]:
        """The values of a list field, none where it is not there."""
        value = self.values.get(field, ())
        return value if isinstance(value, tuple) else ()

    @cached_property
    def urls(self) -> tuple[Located, ...]:
        """Every URL: the record's own first, then those of the records in it."""
        return self._located("url") + tuple(url for one in self._within() for url in one.urls)

    @cached_property
    def files(self) -> tuple[Located, ...]:
        """Every file: the record's own first, then those of the records in it."""
        return self._located("file") + tuple(file for one in self._within() for file in one.files)

    def _located(self, field: str) -> tuple[Located, ...]:
        value = self.values.get(field, ())
        return value if isinstance(value, tuple) else ()

    def _within(self) -> tuple[Record, ...]:
        return tuple(
            member
            for value in self.values.values()
            for member in (value if isinstance(value, tuple) else (value,))
            if isinstance(member, Record)
        )


class Units(NamedTuple):
    """Responsible units: as written, and each by itself."""

    written: str
    names: tuple[str, ...]


class Action(NamedTuple):
    """What was done on one requirement."""

    responsible: Units | None
    period: Period | None
    result: str | None
    outcome: str | None


class DeclaredException(NamedTuple):
    """A requirement that is declared not applicable, or waived until the end of a day.

    `line`, `column` (1-based) and `cell` are those of its row in the file.
    """

    path: str
    requirement: str
    status: Literal["not_applicable", "waived"]
    reason: str
    approved_by: str | None = None
    expires: date | None = None
    line: int = 1
    column: int = 1
    cell: str = ""

    def days_left(self, as_of: date) -> int | None:
        """How many days the waiver still holds after a day, None where it has no end."""
        return (self.expires - as_of).days if self.expires else None


class Agency(NamedTuple):
    """The agency; `hosts` are its official hosts in comparable form, without `www.`."""

    name: str
    website: str | None
    hosts: tuple[str, ...]


class Evidence(NamedTuple):
    """A whole evidence file, read and typed.

    `name` is the argument as given; `fiscal_year` is Buddhist; `missing_files` are the paths of
    `file` fields behind which there is no file with content.
    """

    name: str
    sha256: str
    agency: Agency
    fiscal_year: int
    deadline: date | None
    items: Mapping[str, tuple[Record, ...]]
    actions: Mapping[str, Action]
    exceptions: tuple[DeclaredException, ...]
    missing_files: frozenset[str]
    source: SourceMap

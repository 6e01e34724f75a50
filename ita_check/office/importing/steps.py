"""The steps of a report and the cells that belong to them, read from its tables in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from ita_check.characters import normalised
from ita_check.errors import CannotJudge, Problem
from ita_check.office.importing.blocks import FIELDS, Block, Cell, FieldName, Paragraph, Table
from ita_check.office.importing.pieces import numbered, steps_of
from ita_check.texts import Phrase, phrase

Column = Literal["measure", "step"] | FieldName
_COLUMNS: tuple[Column, ...] = ("measure", "step", *FIELDS)
# Heads by how they begin, without spaces.
_HEADS: tuple[tuple[str, Column], ...] = (
    ("มาตรการ", "measure"),
    ("โครงการ", "measure"),
    ("ขั้นตอน", "step"),
    ("วิธีการ", "step"),
    ("ผู้รับผิดชอบ", "responsible"),
    ("หน่วยงานที่รับผิดชอบ", "responsible"),
    ("ส่วนราชการที่รับผิดชอบ", "responsible"),
    ("ระยะเวลา", "period"),
    ("สรุปผล", "result"),
    ("ผลการดำเนิน", "result"),
    ("ผลลัพธ์", "outcome"),
)
# So many heads make a row the head of such a table; it is told if another one is missing.
_ENOUGH_HEADS = 4
# A table of fewer columns holds something else: a signature, a cover in a frame.
_ENOUGH_COLUMNS = 4
# The seed document has 63 steps in 400 paragraphs of 26,000 characters; what is longer by far is
# something else, and joining it piece by piece would take the square of its length.
MAX_STEPS = 1_000
MAX_PARAGRAPHS = 10_000
MAX_CHARACTERS = 500_000
_ISSUE = re.compile(r"[\s0-9.()*–-]*ประเด็น(?:การประเมิน)?ที่\s*([0-9]{1,2})(?![0-9])")
# What stands behind the last issue is of none.
_ANNEX = re.compile(r"\s*ภาคผนวก")
_BEGINS_ITEM = re.compile(r"[-–—•●▪◦*·(0-9๐-๙]")


class Step(NamedTuple):
    """A step of the report: where it stands, counted from 1, and what it says."""

    issue: int
    measure: int
    number: int
    text: str


class Share(NamedTuple):
    """A cell and the steps, by their index, that it belongs to.

    `goes_on` where it seems to continue the cell of the page before.
    """

    field: FieldName
    paragraphs: tuple[Paragraph, ...]
    steps: tuple[int, ...]
    goes_on: bool


class Read(NamedTuple):
    """All that a report says: `cover` is what stands before the first issue, `texts` is all."""

    cover: tuple[str, ...]
    steps: tuple[Step, ...]
    shares: tuple[Share, ...]
    texts: tuple[str, ...]
    left_out: tuple[int, ...]


def read_report(name: str, blocks: Iterable[Block]) -> Read:
    """The steps and cells of a report; raises `CannotJudge` where its tables are of another kind."""
    reader = _Reader()
    for block in blocks:
        if isinstance(block, Paragraph):
            reader.count((block,))
            reader.paragraph(block.text)
        else:
            reader.count(part for row in block.rows for cell in row for part in cell.paragraphs)
            reader.table(name, block)
        if reader.is_too_long:
            limits = {"paragraphs": MAX_PARAGRAPHS, "steps": MAX_STEPS}
            raise CannotJudge((Problem(phrase("importing.too_long", **limits), name),))
    if reader.problems:
        raise CannotJudge(tuple(reader.problems))
    if not reader.steps:
        key = "no_steps" if reader.heads else "no_tables"
        raise CannotJudge((Problem(phrase(f"importing.{key}"), name),))
    shares = (
        Share(one.field, tuple(one.paragraphs), tuple(one.steps), one.goes_on)
        for one in reader.shares
    )
    return Read(
        tuple(reader.cover),
        tuple(reader.steps),
        tuple(shares),
        tuple(reader.texts),
        tuple(reader.left_out),
    )


class _Open:
    """A cell whose text or steps may still go on."""

    def __init__(self, field: FieldName, cell: Cell, goes_on: bool) -> None:
        self.field, self.goes_on = field, goes_on
        self.paragraphs = list(cell.paragraphs)
        self.steps: list[int] = []


class _Reader:
    """Where in the report we are: issue, measure and step, and the cells of the row above."""

    def __init__(self) -> None:
        self.cover: list[str] = []
        self.texts: list[str] = []
        self.steps: list[Step] = []
        self.shares: list[_Open] = []
        self.problems: list[Problem] = []
        self.left_out: list[int] = []
        self.heads = False
        self._tables = self._paragraphs = self._characters = 0
        self._issue = self._measure = self._number = 0
        self._title = ""
        self._counted = True
        self._above: dict[FieldName, _Open] = {}

    def count(self, paragraphs: Iterable[Paragraph]) -> None:
        """Count what is read, before anything is made of it."""
        for part in paragraphs:
            self._paragraphs += 1
            self._characters += len(part.text)

    @property
    def is_too_long(self) -> bool:
        """Whether there is far more than a report of this kind has."""
        return (
            self._paragraphs > MAX_PARAGRAPHS
            or self._characters > MAX_CHARACTERS
            or len(self.steps) > MAX_STEPS
        )

    def paragraph(self, text: str) -> None:
        """A line of the report outside its tables: an issue's heading, or anything."""
        self.texts.append(text)
        for line in text.split("\n"):
            found = _ISSUE.match(normalised(line))
            if found is not None:
                self._begin_issue(int(found[1]))
            elif self._issue and _ANNEX.match(line):
                self._begin_issue(0)
            elif not self._issue and not self.heads:
                self.cover.append(line)

    def _begin_issue(self, number: int) -> None:
        if number == self._issue:
            return  # the heading is repeated with each page
        self._issue, self._measure, self._number, self._title = number, 0, 0, ""
        self._above = {}

    def table(self, name: str, table: Table) -> None:
        """A table of the report, or one of something else."""
        self._tables += 1
        if self.is_too_long:
            return
        columns: dict[int, Column] | None = None
        after_head = False
        for row in table.rows:
            if _is_head(row):
                problem = _wrong_head(row, self._tables)
                if problem is not None:
                    self.problems.append(Problem(problem, name, table.line))
                    return
                columns = {cell.at: column for cell in row if (column := _head(cell.text))}
                self.heads = after_head = True
                continue
            if columns is None:
                columns = self._columns_without_head(name, table)
                if columns is None:
                    return
            if after_head and all(cell.merged or not cell.paragraphs for cell in row):
                continue  # the second row of a head of two
            if not self._fits(row, columns):
                gaps = {"table": self._tables, "columns": len(row)}
                self.problems.append(Problem(phrase("importing.columns", **gaps), name, table.line))
                return
            self._row(_by_column(row, columns), first=after_head)
            after_head = False

    def _columns_without_head(self, name: str, table: Table) -> dict[int, Column] | None:
        """The columns of a table whose head stands on an earlier page, None where it is another."""
        width = max(len(row) for row in table.rows)
        if self.heads and self._issue and width == len(_COLUMNS):
            full = next(row for row in table.rows if len(row) == width)
            return {cell.at: column for cell, column in zip(full, _COLUMNS, strict=True)}
        if self.heads and self._issue and width >= _ENOUGH_COLUMNS:
            gaps = {"table": self._tables, "columns": width}
            self.problems.append(Problem(phrase("importing.columns", **gaps), name, table.line))
            return None
        if width > 1 and self.heads:
            self.left_out.append(self._tables)
        for row in table.rows:
            for cell in row:
                for part in cell.paragraphs:
                    self.paragraph(part.text)
        return None

    @staticmethod
    def _fits(row: Sequence[Cell], columns: dict[int, Column]) -> bool:
        """Whether a row has no more cells than columns; a dump may have lost empty ones."""
        return len(row) <= len(columns) or all(not cell.paragraphs for cell in row[len(columns) :])

    def _row(self, row: dict[Column, Cell], *, first: bool) -> None:
        filled = [cell for cell in row.values() if cell.paragraphs]
        self.texts += [cell.text for cell in filled]
        if len(filled) == 1 and _ISSUE.match(normalised(filled[0].text)):
            self.paragraph(filled[0].text)
            return
        step = row["step"]
        found = steps_of(step.paragraphs)
        self._turn_measure(row["measure"], found.pieces[0].number if found.pieces else 0)
        goes_on = not row["measure"].paragraphs and self._number > 0
        if goes_on and not found.pieces and (step.merged or not step.paragraphs or self._counted):
            self._go_on(row)
            return
        if not step.paragraphs:
            return
        begun = self._open(row, goes_on=goes_on and first)
        if found.before and goes_on and self._counted:
            self._lengthen(found.before)
        elif not found.pieces:
            self._unnumbered(found.before, begun)
        elif found.before:
            intro = " ".join(part.text for part in found.before)
            begin = found.pieces[0]
            begin = begin._replace(text=f"{intro} {begin.text}")
            found = found._replace(pieces=(begin, *found.pieces[1:]))
        for piece in found.pieces:
            self._add(piece.number, piece.text, begun)
            self._counted = True

    def _turn_measure(self, cell: Cell, number: int) -> None:
        """Begin the next measure where a row names one; the same one may be named again."""
        if cell.merged or not cell.paragraphs:
            return
        title = normalised(cell.text)
        goes_on = self._number > 0 and number == self._number + 1
        if title != self._title and not goes_on:
            self._measure += 1
            self._number, self._above = 0, {}
        self._title = title

    def _go_on(self, row: dict[Column, Cell]) -> None:
        """Add a row that a page break cut off to the one above it."""
        self._lengthen(row["step"].paragraphs)
        for field in FIELDS:
            if field in self._above and row[field].paragraphs:
                _join(self._above[field].paragraphs, row[field].paragraphs)

    def _lengthen(self, paragraphs: Sequence[Paragraph]) -> None:
        if self.steps and paragraphs:
            last = self.steps[-1]
            more = " ".join(f"{part.marker} {part.text}".strip() for part in paragraphs)
            self.steps[-1] = last._replace(text=f"{last.text} {more}")

    def _open(self, row: dict[Column, Cell], *, goes_on: bool) -> list[_Open]:
        """The cells of a row; one merged with the cell above is that cell."""
        for field in FIELDS:
            cell = row[field]
            above = self._above.get(field)
            if cell.merged and above is not None:
                continue
            cut = goes_on and above is not None and _is_cut(above, cell)
            self._above[field] = _Open(field, cell, cut)
            self.shares.append(self._above[field])
        return [self._above[field] for field in FIELDS]

    def _unnumbered(self, paragraphs: Sequence[Paragraph], begun: Sequence[_Open]) -> None:
        """Steps without numbers: a paragraph each; bullets belong to the one above them."""
        self._counted = False
        for at, part in enumerate(paragraphs):
            if at and (part.marker or _BEGINS_ITEM.match(part.text)):
                self._lengthen((part,))
            else:
                self._add(self._number + 1, part.text, begun)

    def _add(self, number: int, text: str, begun: Sequence[_Open]) -> None:
        for one in begun:
            one.steps.append(len(self.steps))
        self.steps.append(Step(self._issue, self._measure, number, text))
        self._number = number


def _head(text: str) -> Column | None:
    bare = "".join(normalised(text).split())
    return next((column for begin, column in _HEADS if bare.startswith(begin)), None)


def _is_head(row: Sequence[Cell]) -> bool:
    heads = {_head(cell.text) for cell in row} - {None}
    # Who is responsible for what by when is a table of many other things too.
    return len(heads) >= _ENOUGH_HEADS and not heads.isdisjoint({"measure", "step"})


def _wrong_head(row: Sequence[Cell], table: int) -> Phrase | None:
    cells = [cell for cell in row if cell.paragraphs]
    if len(row) != len(_COLUMNS):
        return phrase("importing.columns", table=table, columns=len(row))
    named = [_head(cell.text) for cell in cells]
    missing = [column for column in _COLUMNS if column not in named]
    if not missing:
        return None
    columns = tuple(phrase(f"importing.column.{column}") for column in missing)
    return phrase("importing.heads", table=table, missing=columns)


def _by_column(row: Sequence[Cell], columns: dict[int, Column]) -> dict[Column, Cell]:
    """The cells of a row under their heads; a head wider than the cells below it takes them all."""
    found: dict[Column, Cell] = {column: Cell(at) for at, column in columns.items()}
    for cell in row:
        at = max((start for start in columns if start <= cell.at), default=min(columns))
        column = columns[at]
        before = found[column]
        found[column] = cell._replace(paragraphs=before.paragraphs + cell.paragraphs)
    return found


def _is_cut(above: _Open, cell: Cell) -> bool:
    """Whether a cell begins within a sentence: no bullet, where the cell above had them."""
    if not above.paragraphs or not cell.paragraphs or above.field not in ("result", "outcome"):
        return False
    return _is_item(above.paragraphs[0]) and not _is_item(cell.paragraphs[0])


def _is_item(paragraph: Paragraph) -> bool:
    return bool(paragraph.marker or _BEGINS_ITEM.match(paragraph.text))


def _join(paragraphs: list[Paragraph], more: Sequence[Paragraph]) -> None:
    """Add paragraphs; the first of them may be the rest of the last one."""
    first, *rest = more
    if paragraphs and not _is_item(first) and numbered(first) is None:
        last = paragraphs.pop()
        first = last._replace(text=f"{last.text} {first.text}")
    paragraphs += [first, *rest]

"""Tables with a head on every page, and rows that stay whole where a page can hold them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from math import ceil
from typing import NamedTuple

from ita_check.office.word.styles import CELL, CODE, HEAD, OPEN, SMALL, SMALLER
from ita_check.office.word.xml import Element, element, lines_of, paragraph, run

# What a line of TH SarabunPSK takes: its letters are 0.41 of its size wide, its lines 1.3 high.
# A substitute may be wider, so that a row counts as fitting well below what a page could hold.
_LETTER = 0.41
_LINE = 1.3
TWIPS = 567  # twentieths of a point in a centimetre
_POINTS = 28.35  # points in a centimetre
_GAP = 85  # between a cell's border and its text
_FILL_HEAD, _FILL_OPEN = "E7E6E6", "FFF2CC"


class Cell(NamedTuple):
    """A cell as its paragraphs.

    A `marked` one shows that something is open; `coded` lines hold names for programs in
    backticks. One that `begins` is merged with those below it that `continue` it.
    """

    lines: Sequence[str]
    marked: bool = False
    coded: bool = False
    begins: bool = False
    continues: bool = False


class Grid(NamedTuple):
    """Columns in centimetres, and how high a row may be to stay in one piece.

    `size` is that of a document's letters in points; in a `small` table they are smaller.
    """

    widths: tuple[float, ...]
    page: float
    size: int
    small: bool = False

    @property
    def letters(self) -> int:
        """The size of the letters."""
        return self.size - SMALLER if self.small else self.size

    def style(self, name: str) -> str:
        """The style for what stands in it."""
        return name + SMALL if self.small else name

    @property
    def most_lines(self) -> int:
        """How many lines a row may have that must not be split.

        Half of a page: a row that is longer would leave more than that empty before it.
        """
        return int(self.page / 2 * _POINTS / (self.letters * _LINE))

    def lines_of(self, cell: Cell, width: float) -> int:
        """About how many lines a cell takes in a column; marks above and below take no width."""
        letters = max(int((width * _POINTS - 9) / (self.letters * _LETTER)), 1)
        return sum(max(ceil(_width(line) / letters), 1) for line in cell.lines)


def _width(text: str) -> int:
    return sum(unicodedata.category(character) != "Mn" for character in text)


def text_cell(text: str) -> Cell:
    """A cell with the lines of a text."""
    return Cell(lines_of(text))


def table(grid: Grid, heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Element:
    """A table in fixed columns, with its head repeated on every page."""
    borders = [
        element(f"w:{side}", val="single", sz=4, space=0, color="7F7F7F")
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    ]
    margins = [element(f"w:{side}", w=_GAP, type="dxa") for side in ("left", "right")]
    columns = [round(width * TWIPS) for width in grid.widths]
    return element(
        "w:tbl",
        element(
            "w:tblPr",
            element("w:tblW", w=sum(columns), type="dxa"),
            element("w:jc", val="center"),
            element("w:tblBorders", *borders),
            element("w:tblLayout", type="fixed"),
            element("w:tblCellMar", *margins),
        ),
        element("w:tblGrid", *(element("w:gridCol", w=width) for width in columns)),
        _head(grid, columns, heads),
        *(_row(grid, columns, row) for row in rows),
    )


def _head(grid: Grid, columns: Sequence[int], heads: Sequence[str]) -> Element:
    cells = [
        element(
            "w:tc",
            element(
                "w:tcPr",
                element("w:tcW", w=width, type="dxa"),
                element("w:shd", val="clear", color="auto", fill=_FILL_HEAD),
                element("w:vAlign", val="center"),
            ),
            paragraph(grid.style(HEAD), run(head)),
        )
        for width, head in zip(columns, heads, strict=True)
    ]
    return element(
        "w:tr", element("w:trPr", element("w:cantSplit"), element("w:tblHeader")), *cells
    )


def _row(grid: Grid, columns: Sequence[int], row: Sequence[Cell]) -> Element:
    longest = max(grid.lines_of(cell, width) for cell, width in zip(row, grid.widths, strict=True))
    made = element("w:tr")
    if longest <= grid.most_lines:
        made.append(element("w:trPr", element("w:cantSplit")))
    made.extend(_cell(grid, width, cell) for width, cell in zip(columns, row, strict=True))
    return made


def _cell(grid: Grid, width: int, cell: Cell) -> Element:
    properties = [element("w:tcW", w=width, type="dxa")]
    if cell.begins:
        properties.append(element("w:vMerge", val="restart"))
    if cell.continues:
        properties.append(element("w:vMerge"))
    if cell.marked:
        properties.append(element("w:shd", val="clear", color="auto", fill=_FILL_OPEN))
    style = grid.style(OPEN if cell.marked else CELL)
    paragraphs = [
        paragraph(style, *(_with_code(line) if cell.coded else [run(line)]))
        for line in cell.lines or ("",)
    ]
    return element("w:tc", element("w:tcPr", *properties), *paragraphs)


def _with_code(text: str) -> list[Element]:
    """A line in which names that programs read are told apart by their colour."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return [run(text)]
    return [run(part, CODE if number % 2 else "") for number, part in enumerate(parts) if part]

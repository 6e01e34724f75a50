"""How the workbook looks: a font that Thai offices have, every cell text, rows high enough."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

FONT, SIZE = "TH SarabunPSK", 16
_TEXT = "@"
# A row of this size in points, in fonts that are higher than this one too.
_LINE = 25.0
_HIGHEST = 400.0
# How many Thai letters fit where Excel counts ten digits of its own, lines being broken between
# words, and in fonts that are wider where this one is missing.
_LETTERS_IN_TEN = 8.0
_GREY, _LIGHT, _YELLOW, _DARK = "FFD9D9D9", "FFF2F2F2", "FFFFFBE6", "FF1F3864"
_THIN = Side(style="thin", color="FFBFBFBF")
_THICK = Side(style="medium", color="FF7F7F7F")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)

Look = Literal["hidden", "title", "head", "label", "value", "hint", "number", "text"]


def _font(*, bold: bool = False, size: int = SIZE, color: str = "FF000000") -> Font:
    return Font(name=FONT, size=size, bold=bold, color=color)


def _fill(color: str) -> PatternFill:
    return PatternFill("solid", fgColor=color)


_FONTS: dict[Look, Font] = {
    "title": _font(bold=True, size=20, color=_DARK),
    "head": _font(bold=True, color="FFFFFFFF"),
    "hint": _font(size=14, color="FF595959"),
}
_FILLS: dict[Look, PatternFill] = {
    "head": _fill(_DARK),
    "label": _fill(_LIGHT),
    "hint": _fill(_LIGHT),
    "number": _fill(_LIGHT),
    "value": _fill(_YELLOW),
}
_PLAIN = _font()
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(wrap_text=True, vertical="top", horizontal="center")
_OPEN = Protection(locked=False)


def put(sheet: Worksheet, row: int, column: int, text: str, look: Look) -> None:
    """Write text, and only text: what begins like a formula stays what it is."""
    cell = sheet.cell(row, column)
    if text:
        cell.value = text
        cell.data_type = "s"
    cell.number_format = _TEXT
    cell.quotePrefix = text[:1] in {"=", "+", "-", "@"} and text != ""
    if look == "hidden":
        return
    cell.font = _FONTS.get(look, _PLAIN)
    cell.alignment = _MIDDLE if look in {"number", "head"} else _WRAPPED
    if look in _FILLS:
        cell.fill = _FILLS[look]
        cell.border = _BOX
    if look == "value":
        cell.protection = _OPEN


def set_width(sheet: Worksheet, column: int, width: int) -> None:
    """The width of a column, in Excel's digits."""
    sheet.column_dimensions[get_column_letter(column)].width = width


def merge(sheet: Worksheet, row: int, first: int, last: int) -> None:
    """Let a text that is no value run over several columns."""
    sheet.merge_cells(start_row=row, end_row=row, start_column=first, end_column=last)


def set_height(sheet: Worksheet, row: int, lines: int = 1) -> None:
    """A row as high as its longest text needs: Excel sets no height of rows that it did not write."""
    merged = {
        one.min_col: sum(
            sheet.column_dimensions[get_column_letter(further)].width
            for further in range(one.min_col + 1, one.max_col + 1)
        )
        for one in sheet.merged_cells.ranges
        if one.min_row == row
    }
    for number, cell in enumerate(sheet[row], 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        width = column.width + merged.get(number, 0)
        if isinstance(cell.value, str) and not column.hidden:
            room = max(1, int((width - 1) * _LETTERS_IN_TEN / 10))
            lines = max(lines, sum(_lines(part, room) for part in cell.value.split("\n")))
    sheet.row_dimensions[row].height = min(lines * _LINE + 4, _HIGHEST)


def _lines(text: str, room: int) -> int:
    # Vowels and tone marks stand above and below, and take no room of their own.
    letters = sum(unicodedata.category(one) != "Mn" for one in text)
    return max(1, -(-letters // room))


def begin_group(sheet: Worksheet, row: int, columns: int) -> None:
    """A line above the first row of an item."""
    for column in range(3, columns + 1):
        cell = sheet.cell(row, column)
        cell.border = Border(left=_THIN, right=_THIN, top=_THICK, bottom=_THIN)


def finish_head(sheet: Worksheet, first: int) -> None:
    """The head stays in sight, and is repeated on paper."""
    sheet.freeze_panes = f"A{first}"
    sheet.row_dimensions[first - 1].height = _LINE * 2


def finish(sheet: Worksheet, head: int, last: int) -> None:
    """Filters over the head, and the page for paper."""
    shown = [
        letter
        for number in range(1, sheet.max_column + 1)
        if not sheet.column_dimensions[letter := get_column_letter(number)].hidden
    ]
    sheet.auto_filter.ref = f"{shown[0]}{head}:{shown[-1]}{last}"
    page(sheet, head)


def page(sheet: Worksheet, head: int) -> None:
    """Landscape A4, as wide as a page, with the head on every one."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4, as OOXML numbers it
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"
    sheet.sheet_view.zoomScale = 85

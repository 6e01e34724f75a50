"""The workbook read back: the lines of the form, each with its cell, and what is wrong with it."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, NamedTuple
from zipfile import ZipFile

from ita_check.characters import is_blank, normalised
from ita_check.errors import CannotJudge, Problem
from ita_check.model.catalogue import Catalogue
from ita_check.model.evidence import Cell
from ita_check.model.form import Line, Path
from ita_check.office.form.cells import Refused, text_of
from ita_check.office.form.layout import (
    FIRST_ROW,
    FORMAT,
    READ,
    Labelled,
    Sheet,
    fields_of,
    mark,
    path_of,
)
from ita_check.office.package import need_package
from ita_check.texts import Phrase, Text, phrase

MOST_ROWS = 20_000
_MOST_COLUMNS = 40
_MOST_MERGED = 20_000
_LARGEST_NUMBER = 999
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)
_NUMBERS = re.compile(r"\d{1,3}(?:\.\d{1,3})*", re.ASCII)


class Form(NamedTuple):
    """The lines of a workbook, blank ones with their places, and every problem of its cells."""

    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


def read_form(name: str, data: bytes, catalogue: Catalogue) -> Form:
    """The form in a workbook; one that is none, or may not be opened, is a `CannotJudge`."""
    need_package(name, data, "xlsx")
    _need_bounds(name, data)
    book = _Book(name, data)
    lines: list[Line] = []
    for sheet in book.sheets():
        match sheet.kind:
            case "cover":
                lines += _cover(sheet, catalogue)
            case "actions":
                lines += _actions(sheet, catalogue)
            case "evidence":
                lines += _evidence(sheet, catalogue)
            case "exceptions":
                lines += _exceptions(sheet, catalogue)
    return Form(tuple(lines), tuple(book.problems))


def _need_bounds(name: str, data: bytes) -> None:
    """Refuse what a library would fill the memory with: a merged cell is a cell for each it covers."""
    with ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
                continue
            merged = 0
            for first, top, last, bottom in _MERGED.findall(archive.read(part)):
                columns = _column(last) - _column(first) + 1
                merged += columns * (int(bottom) - int(top) + 1)
            if merged > _MOST_MERGED:
                raise CannotJudge((Problem(phrase("form.merged_everywhere"), name),))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


class _Book:
    """One workbook: its sheets of a form, and what is wrong with them."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self._data = name, data
        self.problems: list[Problem] = []
        self._book = self._load(values=False)

    def _load(self, *, values: bool) -> Any:
        import warnings

        from openpyxl import load_workbook

        try:
            with warnings.catch_warnings():
                # Of styles and lists that it leaves out, which nobody here reads.
                warnings.simplefilter("ignore")
                return load_workbook(io.BytesIO(self._data), data_only=values)
        except Exception:  # whatever it raises of parts that are not as they should be
            raise CannotJudge((Problem(phrase("office.damaged"), self.name),)) from None

    @cached_property
    def values(self) -> Any:
        """The workbook with what its formulas came to, read only where there are any."""
        return self._load(values=True)

    def sheets(self) -> Iterator[_Sheet]:
        """The sheets of the form, whatever they are called; raises where one is missing."""
        found: dict[Sheet, _Sheet] = {}
        others = False
        for sheet in self._book.worksheets:
            said = str(sheet.cell(1, 1).value or "")
            kind = next((kind for kind in READ if said == mark(kind)), None)
            if kind is None:
                others = others or (said.startswith("ita-check/form/") and FORMAT not in said)
                continue
            if kind in found:
                first = found[kind].title
                self.fail(phrase("form.sheet_twice", first=first, second=sheet.title))
            found[kind] = _Sheet(self, sheet, kind)
        if not found:
            self.fail(phrase("form.other_version" if others else "form.not_a_form", known=FORMAT))
        missing = tuple(phrase(f"form.sheet.{kind}") for kind in READ if kind not in found)
        if missing:
            self.fail(phrase("form.sheet_missing", sheets=missing))
        for kind in READ:
            found[kind].need_rows()
            yield found[kind]

    def fail(self, message: Phrase) -> None:
        raise CannotJudge((*self.problems, Problem(message, self.name)))


class _Sheet:
    """One sheet: its columns by key, and the text of its cells."""

    def __init__(self, book: _Book, sheet: Any, kind: Sheet) -> None:
        self._book, self._sheet, self.kind = book, sheet, kind
        self.title: str = sheet.title
        self.columns: dict[str, int] = {}
        for number in range(2, _MOST_COLUMNS + 1):
            key = sheet.cell(1, number).value
            if isinstance(key, str) and key:
                self.columns.setdefault(key, number)
        self._merged = [
            one
            for one in sheet.merged_cells.ranges
            if one.max_row >= FIRST_ROW and one.min_col <= _MOST_COLUMNS
        ]
        self._told: set[str] = set()

    def need_rows(self) -> None:
        """Refuse a sheet with more rows than a form can have."""
        if self._sheet.max_row > MOST_ROWS:
            most = phrase("form.too_many_rows", most=MOST_ROWS)
            self._book.fail(phrase("form.in_sheet", sheet=self.title, problem=most))

    def need_columns(self, keys: tuple[str, ...]) -> bool:
        """Whether every column is there; a missing one is told."""
        missing = tuple(f"`{key}`" for key in keys if key not in self.columns)
        if missing:
            told = phrase("form.column_missing", sheet=self.title, columns=missing)
            self._book.problems.append(Problem(told, self._book.name))
        return not missing

    def rows(self) -> range:
        """The numbers of the rows that may hold something."""
        return range(FIRST_ROW, self._sheet.max_row + 1)

    def key(self, row: int) -> str:
        """The key of a row, in the hidden first column."""
        return self.said(row, 1)

    def is_empty(self, row: int, column: int) -> bool:
        """Whether nothing stands in a cell, whatever it would come to."""
        value = self._sheet.cell(row, column).value
        return value is None or (isinstance(value, str) and is_blank(value))

    def said(self, row: int, column: int | None) -> str:
        """What stands in a cell that is no value, merged or not: a key, or a label."""
        return self._text(row, column) or "" if column is not None else ""

    def number(self, row: int, column: int) -> str | None:
        """What stands in a cell that numbers its row, None where that cannot be known."""
        return None if self._is_merged(row, column) else self._text(row, column)

    def cell(self, row: int, column: int) -> Cell:
        """The place of a cell."""
        coordinate = self._sheet.cell(row, column).coordinate
        return Cell(f"{self.title}!{coordinate}", row, column)

    def line(self, path: Path, row: int, column: int) -> Line:
        """The value in a cell, and where it stands."""
        text = None if self._is_merged(row, column) else self._text(row, column)
        cell = self.cell(row, column)
        if text is None:
            return Line(path, "", cell, refused=True)
        return Line(path, "" if is_blank(text) else text, cell)

    def wrong(self, row: int, column: int, key: str, /, **gaps: object) -> None:
        """Note what is wrong with a cell."""
        cell = self.cell(row, column)
        value = self._sheet.cell(row, column).value
        shown = "" if value is None else str(value)[:200]
        self._book.problems.append(
            Problem(
                phrase(f"form.{key}", **gaps),
                self._book.name,
                row,
                column,
                "",
                shown or None,
                column - 1,
                max(len(shown), 1),
                cell.name,
            )
        )

    def _text(self, row: int, column: int) -> str | None:
        """The text of a cell, None where that cannot be known, which is told then."""
        cell = self._sheet.cell(row, column)
        try:
            return text_of(cell, lambda: self._book.values[self.title].cell(row, column).value)
        except Refused as error:
            self._book.problems.append(
                Problem(
                    error.message,
                    self._book.name,
                    row,
                    column,
                    "",
                    str(cell.value)[:200],
                    column - 1,
                    len(str(cell.value)[:200]),
                    self.cell(row, column).name,
                )
            )
            return None

    def _is_merged(self, row: int, column: int) -> bool:
        """Whether a text is that of several cells, so that it is not known which are meant.

        It is told once, at the first cell that is read. Cells of one row may be merged behind
        the one that is read, and blank ones anywhere.
        """
        for one in self._merged:
            if one.min_row <= row <= one.max_row and one.min_col <= column <= one.max_col:
                if one.min_row == one.max_row and column == one.min_col:
                    return False
                if self.is_empty(one.min_row, one.min_col):
                    return False
                if one.coord not in self._told:
                    self._told.add(one.coord)
                    self.wrong(row, column, "merged", range=str(one.coord))
                return True
        return False


def _cover(sheet: _Sheet, catalogue: Catalogue) -> Iterator[Line]:
    if not sheet.need_columns(("value",)):
        return
    frame = catalogue.frame
    known: Mapping[str, Path] = {
        **{f"agency.{name}": ("agency", name) for name in frame.agency},
        "fiscal_year": ("fiscal_year",),
        "deadline": ("deadline",),
    }
    for row in sheet.rows():
        path = known.get(sheet.key(row))
        if path is not None:
            yield sheet.line(path, row, sheet.columns["value"])


def _actions(sheet: _Sheet, catalogue: Catalogue) -> Iterator[Line]:
    names = tuple(catalogue.frame.action)
    if not sheet.need_columns(names):
        return
    ids = {rule.id for rule in catalogue.requirements}
    for row in sheet.rows():
        key = sheet.key(row) or normalised(sheet.said(row, sheet.columns.get("id")))
        lines = [sheet.line(("actions", key, name), row, sheet.columns[name]) for name in names]
        if key in ids:
            yield from lines
        elif any(line.text or line.refused for line in lines):
            sheet.wrong(row, sheet.columns.get("id", 1), "unknown_row", key=key or "-")


def _exceptions(sheet: _Sheet, catalogue: Catalogue) -> Iterator[Line]:
    names = tuple(catalogue.frame.exception)
    if not sheet.need_columns(names):
        return
    for number, row in enumerate(sheet.rows()):
        lines = [
            sheet.line(("exceptions", number, name), row, sheet.columns[name]) for name in names
        ]
        if any(line.text or line.refused for line in lines):
            yield from lines


def _evidence(sheet: _Sheet, catalogue: Catalogue) -> Iterator[Line]:
    if not sheet.need_columns(("field", "item", "entry", "value")):
        return
    described = {
        kind: {one.key: one for one in fields_of(catalogue, kind)} for kind in catalogue.kinds
    }
    by_title = {_said(kind.title.th): name for name, kind in catalogue.kinds.items()}
    by_title |= {_said(kind.title.en): name for name, kind in catalogue.kinds.items()}
    for row in sheet.rows():
        line = _row(sheet, row, catalogue, described, by_title)
        if line is not None:
            yield line


def _row(
    sheet: _Sheet,
    row: int,
    catalogue: Catalogue,
    described: Mapping[str, Mapping[str, Labelled]],
    by_title: Mapping[str, str],
) -> Line | None:
    columns = sheet.columns
    kind, key = sheet.key(row), sheet.said(row, columns["field"])
    kind_label = sheet.said(row, columns.get("kind_label"))
    label = sheet.said(row, columns.get("label"))
    is_empty = sheet.is_empty(row, columns["value"])
    if not kind and not key:
        # A row that somebody added: its words say what it is, if they are the form's own.
        if is_empty:
            return None
        kind = by_title.get(_said(kind_label), "")
        named = [one.key for one in described.get(kind, {}).values() if _is_said(one.label, label)]
        key = named[0] if len(named) == 1 else ""
    field = described.get(kind, {}).get(key)
    if field is None:
        # A row without a value says nothing, whatever it is of.
        if not is_empty:
            sheet.wrong(row, columns["value"], "unknown_place", kind=kind or "-", key=key or "-")
        return None
    for said, words, column in (
        (kind_label, catalogue.kinds[kind].title, "kind_label"),
        (label, field.label, "label"),
    ):
        if said and not _is_said(words, said):
            sheet.wrong(row, columns[column], "other_label", text=said, label=words)
            return None
    numbers = _numbers(sheet, row, field)
    if numbers is None:
        return None
    item, entries = numbers
    return sheet.line(path_of(catalogue, kind, item, key, entries), row, columns["value"])


def _numbers(sheet: _Sheet, row: int, field: Labelled) -> tuple[int, tuple[int, ...]] | None:
    """Which item and which entry of it a row is of; blank is the first."""
    found = []
    for column, count in (("item", 1), ("entry", field.numbers)):
        said = sheet.number(row, sheet.columns[column])
        if said is None:
            return None
        text = normalised(said)
        if not text or not count:
            found.append((1,) * count)
            continue
        numbers = tuple(map(int, text.split("."))) if _NUMBERS.fullmatch(text) else ()
        if len(numbers) != count or not all(0 < one <= _LARGEST_NUMBER for one in numbers):
            sheet.wrong(row, sheet.columns[column], "not_a_number", text=text)
            return None
        found.append(numbers)
    (item,), entries = found
    return item - 1, tuple(number - 1 for number in entries)


def _said(text: str) -> str:
    return normalised(text).casefold()


def _is_said(words: Text, text: str) -> bool:
    return _said(text) in {_said(words.th), _said(words.en)}

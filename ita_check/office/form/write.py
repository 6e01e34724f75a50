"""The workbook as officers get it: what is asked, what is declared, and what may be chosen."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from ita_check.errors import CannotWrite, Problem
from ita_check.model.catalogue import Catalogue, Field
from ita_check.model.form import FALSE, SEVERAL, TRUE, Line, Path, field_at
from ita_check.office.form import style
from ita_check.office.form.layout import (
    COVER,
    EVIDENCE,
    FIRST_ROW,
    Labelled,
    Sheet,
    fields_of,
    key_and_entries,
    mark,
)
from ita_check.texts import Language, Phrase, phrase

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

# How many sentences say how to fill the form.
HOW_TO_FILL = 7
LONGEST_CELL = 32_767
_BLANK_EXCEPTIONS = 20
_LONGEST_HINT = 90
_NO_CELL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udfff]")


class Asked(NamedTuple):
    """How a workbook is asked for: its file's name, its language, and the moment it is made."""

    name: str
    language: Language
    made_at: datetime


def form_bytes(catalogue: Catalogue, lines: tuple[Line, ...], asked: Asked) -> bytes:
    """The workbook with these lines, blank ones to be filled.

    Raises `CannotWrite` where a text is one that no cell can hold.
    """
    from openpyxl import Workbook

    for line in lines:
        _need_cell(line, asked.name)
    book = Workbook()
    book.remove(book.worksheets[0])
    form = _Form(book, catalogue, asked.language)
    form.cover([line for line in lines if line.path[0] not in _SECTIONS])
    form.actions([line for line in lines if line.path[0] == "actions"])
    form.evidence([line for line in lines if line.path[0] == "evidence"])
    form.exceptions([line for line in lines if line.path[0] == "exceptions"])
    form.choices()
    book.properties.creator = "ita-check"
    book.properties.title = phrase("form.title").say(asked.language)
    book.properties.created = book.properties.modified = asked.made_at.replace(tzinfo=None)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


_SECTIONS = ("actions", "evidence", "exceptions")


def _need_cell(line: Line, name: str) -> None:
    path = ".".join(map(str, line.path))
    if len(line.text) > LONGEST_CELL:
        told = phrase("form.too_long", path=path, most=LONGEST_CELL)
    elif _NO_CELL.search(line.text):
        told = phrase("form.no_cell_holds", path=path)
    else:
        return
    raise CannotWrite(Problem(told, name))


class _Form:
    """One workbook being written."""

    def __init__(self, book: Workbook, catalogue: Catalogue, language: Language) -> None:
        self._book, self._catalogue, self._language = book, catalogue, language
        # The lists to choose from: each once, by its values.
        self._lists: dict[tuple[str, ...], str] = {}

    def _say(self, sentence: Phrase) -> str:
        return sentence.say(self._language)

    def _sheet(self, kind: Sheet, keys: tuple[str, ...], widths: tuple[int, ...]) -> Worksheet:
        """A sheet with its hidden marks and its head; `widths` are those of the keys' columns."""
        sheet: Worksheet = self._book.create_sheet(self._say(phrase(f"form.sheet.{kind}")))
        style.put(sheet, 1, 1, mark(kind), "hidden")
        for number, (key, width) in enumerate(zip(keys, widths, strict=True), 2):
            style.put(sheet, 1, number, key, "hidden")
            style.set_width(sheet, number, width)
        sheet.row_dimensions[1].hidden = True
        sheet.column_dimensions["A"].hidden = True
        return sheet

    def _head(self, sheet: Worksheet, labels: Iterable[str]) -> None:
        for number, label in enumerate(labels, 2):
            style.put(sheet, FIRST_ROW - 1, number, label, "head")
        style.finish_head(sheet, FIRST_ROW)

    def cover(self, lines: list[Line]) -> None:
        """Agency, year, deadline, and how to fill the rest."""
        sheet = self._sheet("cover", COVER, (34, 52, 60))
        style.put(sheet, 2, 2, self._say(phrase("form.title")), "title")
        style.merge(sheet, 2, 2, 4)
        style.set_height(sheet, 2, lines=2)
        row = FIRST_ROW
        for path, group in groupby(lines, lambda line: line.path):
            described = field_at(self._catalogue, path)
            assert described is not None, "the cover has fields of the frame"
            values = [line.text for line in group]
            style.put(sheet, row, 1, ".".join(map(str, path)), "hidden")
            style.put(sheet, row, 2, described.label.say(self._language), "label")
            style.put(sheet, row, 3, ", ".join(values), "value")
            style.put(sheet, row, 4, self._hint(described), "hint")
            style.set_height(sheet, row)
            row += 1
        row += 1
        style.put(sheet, row, 2, self._say(phrase("form.how")), "head")
        style.merge(sheet, row, 2, 4)
        style.set_height(sheet, row)
        for number in range(1, HOW_TO_FILL + 1):
            style.put(sheet, row + number, 2, str(number), "number")
            style.put(sheet, row + number, 3, self._say(phrase(f"form.how.{number}")), "text")
            style.merge(sheet, row + number, 3, 4)
            style.set_height(sheet, row + number)
        style.page(sheet, FIRST_ROW - 1)

    def actions(self, lines: list[Line]) -> None:
        """A row for every requirement; further units of one have rows of their own below it."""
        frame = self._catalogue.frame.action
        names = tuple(frame)
        sheet = self._sheet("actions", ("id", "title", *names), (8, 44, 26, 30, 52, 52))
        labels = (frame[name].label.say(self._language) for name in names)
        self._head(
            sheet,
            (self._say(phrase("form.column.id")), self._say(phrase("form.column.title")), *labels),
        )
        values: dict[tuple[str, str], list[str]] = {}
        for line in lines:
            values.setdefault((str(line.path[1]), str(line.path[2])), []).append(line.text)
        row = FIRST_ROW
        for rule in self._catalogue.requirements:
            rows = max(len(values.get((rule.id, name), ())) for name in names) or 1
            for number in range(rows):
                style.put(sheet, row, 1, rule.id, "hidden")
                style.put(sheet, row, 2, rule.id, "label")
                style.put(sheet, row, 3, rule.title.say(self._language), "label")
                for column, name in enumerate(names, 4):
                    given = values.get((rule.id, name), [])
                    text = given[number] if number < len(given) else ""
                    style.put(sheet, row, column, text, "value")
                style.set_height(sheet, row)
                row += 1
        style.finish(sheet, FIRST_ROW - 1, row - 1)

    def evidence(self, lines: list[Line]) -> None:
        """A row for every field of every item, and for every further value of a list."""
        sheet = self._sheet("evidence", EVIDENCE, (4, 40, 12, 8, 34, 9, 58, 52))
        heads = [self._say(phrase(f"form.column.{key}")) for key in EVIDENCE[1:]]
        self._head(sheet, ["", *heads])
        sheet.column_dimensions["B"].hidden = True  # the key of the field
        row = FIRST_ROW
        known = {
            kind: {one.key: one for one in fields_of(self._catalogue, kind)}
            for kind in self._catalogue.kinds
        }
        before: Path = ()
        for line in lines:
            kind = self._catalogue.kinds[str(line.path[1])]
            key, entries = key_and_entries(line.path)
            begins = line.path[:3] != before[:3]
            ids = [rule.id for rule in self._catalogue.requirements if kind.name in rule.kinds]
            self._evidence_row(
                sheet,
                row,
                (kind.name, key, kind.title.say(self._language), ", ".join(ids) if begins else ""),
                (int(line.path[2]) + 1, ".".join(str(number + 1) for number in entries)),
                known[kind.name][key],
                line.text,
            )
            if begins:
                style.begin_group(sheet, row, len(EVIDENCE) + 1)
            before = line.path
            row += 1
        style.finish(sheet, FIRST_ROW - 1, row - 1)

    def _evidence_row(
        self,
        sheet: Worksheet,
        row: int,
        kind: tuple[str, str, str, str],
        numbers: tuple[int, str],
        field: Labelled,
        text: str,
    ) -> None:
        name, key, title, serves = kind
        item, entry = numbers
        style.put(sheet, row, 1, name, "hidden")
        style.put(sheet, row, 2, key, "hidden")
        style.put(sheet, row, 3, title, "label")
        style.put(sheet, row, 4, serves, "hint")
        style.put(sheet, row, 5, str(item), "number")
        style.put(sheet, row, 6, field.label.say(self._language), "label")
        style.put(sheet, row, 7, entry, "number")
        style.put(sheet, row, 8, text, "value")
        style.put(sheet, row, 9, self._hint(field.field), "hint")
        self._choose(sheet, row, 8, field.field)
        style.set_height(sheet, row)

    def exceptions(self, lines: list[Line]) -> None:
        """What is declared, and some blank rows."""
        frame = self._catalogue.frame.exception
        names = tuple(frame)
        sheet = self._sheet("exceptions", names, (16, 30, 60, 30, 26))
        self._head(sheet, [frame[name].label.say(self._language) for name in names])
        rows: dict[int, dict[str, str]] = {}
        for line in lines:
            rows.setdefault(int(line.path[1]), {})[str(line.path[2])] = line.text
        filled = [rows[number] for number in sorted(rows)]
        last = FIRST_ROW + len(filled) + _BLANK_EXCEPTIONS
        for row, given in enumerate([*filled, *[{}] * _BLANK_EXCEPTIONS], FIRST_ROW):
            for column, name in enumerate(names, 2):
                style.put(sheet, row, column, given.get(name, ""), "value")
                self._choose(sheet, row, column, frame[name])
            style.set_height(sheet, row)
        style.finish(sheet, FIRST_ROW - 1, last - 1)

    def choices(self) -> None:
        """The lists to choose from, on a sheet that nobody needs to see."""
        sheet: Worksheet = self._book.create_sheet(self._say(phrase("form.sheet.choices")))
        for column, values in enumerate(self._lists, 1):
            for row, value in enumerate(values, 1):
                style.put(sheet, row, column, value, "text")
        sheet.sheet_state = "hidden"
        for worksheet in self._book.worksheets:
            for validation in worksheet.data_validations.dataValidation:
                validation.formula1 = (validation.formula1 or "").replace("CHOICES", sheet.title)

    def _choose(self, sheet: Worksheet, row: int, column: int, described: Field) -> None:
        """A list to choose from; what is not in it may be typed where several values may stand."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.datavalidation import DataValidation

        values = self._values(described)
        if not values:
            return
        if values not in self._lists:
            letter = get_column_letter(len(self._lists) + 1)
            self._lists[values] = f"'CHOICES'!${letter}$1:${letter}${len(values)}"
        formula = self._lists[values]
        strict = described.type not in SEVERAL
        for validation in sheet.data_validations.dataValidation:
            if validation.formula1 == formula and bool(validation.showErrorMessage) == strict:
                break
        else:
            validation = DataValidation(
                type="list", formula1=formula, allow_blank=True, showErrorMessage=strict
            )
            validation.error = self._say(phrase("form.choose"))
            sheet.add_data_validation(validation)
        validation.add(sheet.cell(row, column))

    def _values(self, described: Field) -> tuple[str, ...]:
        if described.type == "boolean":
            return TRUE, FALSE
        if described.type == "requirement":
            return tuple(rule.id for rule in self._catalogue.requirements)
        if described.type in {"list", "choice"}:
            return tuple(
                value.label.th if "," not in value.label.th else value.key
                for value in described.values
            )
        return ()

    def _hint(self, described: Field) -> str:
        """How a field is filled."""
        labels = ", ".join(self._values(described)) if described.values else ""
        hint = self._say(phrase(f"form.hint.{described.type}"))
        # A longer list is better read where it is chosen from.
        return f"{hint}: {labels}" if 0 < len(labels) <= _LONGEST_HINT else hint

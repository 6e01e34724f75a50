"""The text of a workbook, by cells."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import BinaryIO

from ita_check.characters import is_blank
from ita_check.looking.documents.limits import Enough
from ita_check.looking.documents.office import Package
from ita_check.looking.documents.reading import Reading, one_line
from ita_check.model.looked import Spot

_MAIN = "xl/workbook.xml"
# Formats in which a number is shown as its digits, with words around it perhaps: 2567 in such a
# cell is a year, and in one that shows 2,567.00 it is money.
_PLAIN_NUMBERS = frozenset({"0", "1", "49"})
# A `t` before them, or a language in brackets, shows them as Thai digits; `[h]` counts hours.
_PLAIN = re.compile(
    r'(?:t?General|t?[0#]+|"[^"]*"|\\.|\[(?![hms]+\])[^\]]*\]|[@;_ ]|[^\x00-\x7f])*',
    re.IGNORECASE,
)
# Dates in the Buddhist calendar of Thailand: Excel's calendar 07 with language 041E.
_BUDDHIST = re.compile(r"\[\$-[0-9A-F]*07041E\].*y{3}|b{3}", re.IGNORECASE | re.DOTALL)
_DAY_ZERO = date(1899, 12, 30)
_CELL = re.compile(r"[A-Z]{1,3}([0-9]{1,7})")
_ROW = re.compile(r"[0-9]{1,7}")
# Programs take 31 to 100 characters; what is told of a cell is no place for more.
_LONGEST_NAME = 100


def read_xlsx(file: BinaryIO, reading: Reading) -> None:
    """Read the sheets in their order, hidden ones too; the name of one counts as of its cell A1."""
    package = Package(file, reading)
    reading.title = package.title()
    main = package.main(_MAIN)
    related = package.related(main)
    parts = dict(related.values())
    strings, styles, book = _Strings(reading), _Styles(), _Book()
    package.read(parts.get("sharedStrings", ""), strings)
    package.read(parts.get("styles", ""), styles)
    package.read(main, book)
    for name, identifier in book.sheets:
        sort, part = related.get(identifier, ("", ""))
        if sort == "worksheet":
            reading.add(name, Spot("cell", 1, f"{name}!A1"))
            reading.seen = reading.seen and strings.told
            package.read(part, _Sheet(name, reading, strings, styles))


class _Strings:
    """The texts that cells share. `told` says whether any cell held a text or a number."""

    def __init__(self, reading: Reading) -> None:
        self.all: list[str] = []
        self.told = False
        self._left = reading.limits.text
        self._pieces: list[str] = []
        self._reads = self._aside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "si":
            self._pieces = []
        elif tag == "rPh":  # how it is pronounced
            self._aside = True
        self._reads = tag == "t" and not self._aside

    def end(self, tag: str) -> None:
        self._reads = False
        if tag == "si":
            self.all.append("".join(self._pieces))
        elif tag == "rPh":
            self._aside = False

    def data(self, text: str) -> None:
        if self._reads:
            self._left -= len(text)
            if self._left < 0:
                raise Enough
            self._pieces.append(text)


class _Styles:
    """How the numbers in cells are shown, by the number of the style."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._cells: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self._codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            self._cells.append(attributes.get("numFmtId", "0"))

    def end(self, tag: str) -> None:
        if tag == "cellXfs":
            self._inside = False

    def data(self, text: str) -> None:
        pass

    def shown(self, value: str, style: str) -> str:
        """The digits of a number as far as a year may stand in them, else nothing."""
        index = int(style) if style.isdecimal() else 0
        number = self._cells[index] if index < len(self._cells) else "0"
        code = self._codes.get(number)
        if number in _PLAIN_NUMBERS if code is None else _PLAIN.fullmatch(code[:200]):
            return value.removesuffix(".0")
        if code is not None and _BUDDHIST.search(code[:200]):
            try:
                return str((_DAY_ZERO + timedelta(days=int(float(value)))).year + 543)
            except (ValueError, OverflowError):
                return ""
        return ""


class _Book:
    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            name = one_line(attributes.get("name", ""), _LONGEST_NAME)
            self.sheets.append((name, attributes.get("id", "")))

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


class _Sheet:
    def __init__(self, name: str, reading: Reading, strings: _Strings, styles: _Styles) -> None:
        self._name, self._reading, self._strings, self._styles = name, reading, strings, styles
        self._row = self._column = 0
        self._cell: dict[str, str] = {}
        self._pieces: list[str] = []
        self._reads = self._aside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "row":
            given = attributes.get("r", "")
            self._row = int(given) if _ROW.fullmatch(given) else self._row + 1
            self._column = 0
        elif tag == "c":
            self._cell, self._pieces = attributes, []
            self._column += 1
        elif tag == "rPh":
            self._aside = True
        self._reads = tag in {"v", "t"} and not self._aside

    def end(self, tag: str) -> None:
        self._reads = False
        if tag == "c":
            self._tell()
        elif tag == "rPh":
            self._aside = False

    def data(self, text: str) -> None:
        if self._reads:
            self._pieces.append(text)

    def _tell(self) -> None:
        value, sort = "".join(self._pieces), self._cell.get("t", "n")
        if is_blank(value):
            return
        text = ""
        if sort == "s":
            # A text that is not among the shared ones is an error of who wrote the file.
            text = self._strings.all[int(value)]
        elif sort in {"str", "inlineStr"}:
            text = value
        elif sort == "n":
            text = self._styles.shown(value, self._cell.get("s", "0"))
        self._strings.told = self._reading.seen = True
        self._reading.add(text, self._spot())

    def _spot(self) -> Spot:
        given = self._cell.get("r", "")
        named = _CELL.fullmatch(given)
        if named:
            return Spot("cell", int(named[1]), f"{self._name}!{given}")
        row = max(self._row, 1)
        return Spot("cell", row, f"{self._name}!{_letters(self._column)}{row}")


def _letters(column: int) -> str:
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

"""The numbers that Word writes before paragraphs: they stand in no text, only in its lists."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST = 9
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_THAI_LETTERS = "กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ONES = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_GAP = re.compile("%([1-9])")
# A style that stands on itself, or a chain without an end, would never be read to its end.
_LONGEST_CHAIN = 20


class Level(NamedTuple):
    """A level of a list: where it starts, in which signs it counts, and what it writes."""

    start: int
    form: str
    text: str


class Mark(NamedTuple):
    """What Word writes before a paragraph; no number where it is a bullet."""

    text: str
    number: int | None
    level: int


def value_of(parent: Any, name: str) -> str | None:
    """The value of a child element, None where it is not there."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(W + "val", "")


def number_of(text: str | None, otherwise: int = 0) -> int:
    """A whole number of an attribute; Word writes nothing else, others may."""
    return int(text) if text and re.fullmatch(r"\d{1,6}", text) else otherwise


class Numbering:
    """The lists of a document, counted as its paragraphs are read in their order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._abstract: dict[str, Any] = {}
        self._numbers: dict[str, Any] = {}
        self._styles: dict[str, Any] = {}
        self._linked: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        for element in () if styles is None else styles.iter(W + "style"):
            self._styles[element.get(W + "styleId", "")] = element
        for element in () if numbering is None else numbering.iter(W + "abstractNum"):
            name = element.get(W + "abstractNumId", "")
            self._abstract[name] = element
            if link := value_of(element, "styleLink"):
                self._linked[link] = name
        for element in () if numbering is None else numbering.iter(W + "num"):
            self._numbers[element.get(W + "numId", "")] = element

    def mark(self, properties: Any) -> Mark | None:
        """What stands before the next paragraph, which has these properties."""
        found = self._place(properties)
        if found is None:
            return None
        number, depth = found
        element = self._numbers.get(number)
        abstract = self._abstract_of(element)
        level = self._level(element, abstract, depth)
        if abstract is None or level is None:
            return None
        counts = self._counts.setdefault(abstract, {})
        if number not in self._begun:
            self._begun.add(number)
            for restarted, start in _restarts(element):
                counts.pop(restarted, None)
                counts[restarted] = start - 1
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in range(depth + 1, _DEEPEST):
            counts.pop(deeper, None)
        if level.form == "bullet":
            return Mark("-", None, depth)
        if level.form == "none" or not level.text:
            return None
        return Mark(
            _GAP.sub(self._filled(element, abstract, counts), level.text).strip(),
            counts[depth],
            depth,
        )

    def _filled(
        self, element: Any, abstract: str, counts: dict[int, int]
    ) -> Callable[[re.Match[str]], str]:
        def fill(gap: re.Match[str]) -> str:
            depth = int(gap[1]) - 1
            level = self._level(element, abstract, depth)
            if level is None:
                return ""
            return written(counts.get(depth, level.start), level.form)

        return fill

    def _place(self, properties: Any) -> tuple[str, int] | None:
        """The list and level of a paragraph, its own or those of its style."""
        numbered = None if properties is None else properties.find(W + "numPr")
        number, depth = value_of(numbered, "numId"), value_of(numbered, "ilvl")
        style = value_of(properties, "pStyle") if properties is not None else None
        chain = list(self._chain(style))
        for element in chain:
            own = element.find(f"{W}pPr/{W}numPr")
            number = value_of(own, "numId") if number is None else number
            depth = value_of(own, "ilvl") if depth is None else depth
        if not number or number == "0":
            return None
        if depth is None:
            depth = self._level_of_style(number, chain)
        return number, min(number_of(depth), _DEEPEST - 1)

    def _chain(self, style: str | None) -> Iterator[Any]:
        for _ in range(_LONGEST_CHAIN):
            element = self._styles.get(style or "")
            if element is None:
                return
            yield element
            style = value_of(element, "basedOn")

    def _level_of_style(self, number: str, chain: list[Any]) -> str | None:
        """The level that names one of the styles as its own."""
        abstract = self._abstract.get(self._abstract_of(self._numbers.get(number)) or "")
        names = {element.get(W + "styleId") for element in chain}
        for level in () if abstract is None else abstract.iter(W + "lvl"):
            if value_of(level, "pStyle") in names:
                return str(level.get(W + "ilvl", "0"))
        return None

    def _abstract_of(self, element: Any) -> str | None:
        name = value_of(element, "abstractNumId")
        abstract = self._abstract.get(name or "")
        link = value_of(abstract, "numStyleLink")
        return self._linked.get(link, name) if link else name

    def _level(self, element: Any, abstract: str | None, depth: int) -> Level | None:
        found = None
        for holder in (self._abstract.get(abstract or ""), *_overrides(element, depth)):
            for level in () if holder is None else holder.findall(W + "lvl"):
                if number_of(level.get(W + "ilvl")) == depth:
                    found = level
        if found is None:
            return None
        start = number_of(value_of(found, "start"))
        return Level(
            start, value_of(found, "numFmt") or "decimal", value_of(found, "lvlText") or ""
        )


def _overrides(element: Any, depth: int) -> Iterator[Any]:
    for one in () if element is None else element.findall(W + "lvlOverride"):
        if number_of(one.get(W + "ilvl")) == depth:
            yield one


def _restarts(element: Any) -> Iterator[tuple[int, int]]:
    for one in () if element is None else element.findall(W + "lvlOverride"):
        start = value_of(one, "startOverride")
        if start is not None:
            yield number_of(one.get(W + "ilvl")), number_of(start)


def written(number: int, form: str) -> str:
    """A number in the signs of a list; those that no Thai report uses are written as digits."""
    match form:
        case "thaiNumbers":
            return str(number).translate(_THAI)
        case "thaiCounting":
            return _thai_words(number)
        case "thaiLetters":
            return _letters(number, _THAI_LETTERS)
        case "lowerLetter":
            return _letters(number, _LATIN)
        case "upperLetter":
            return _letters(number, _LATIN).upper()
        case "lowerRoman":
            return _roman(number)
        case "upperRoman":
            return _roman(number).upper()
        case "decimalZero":
            return f"{number:02}"
    return str(number)


def _letters(number: int, alphabet: str) -> str:
    """The letters in their order, and behind the last one each of them doubled, as Word does."""
    if not 1 <= number <= len(alphabet) * _DEEPEST:
        return str(number)
    times, at = divmod(number - 1, len(alphabet))
    return alphabet[at] * (times + 1)


def _roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN if number < 4000 else ():
        said += sign * (number // value)
        number %= value
    return said or str(number)


def _thai_words(number: int) -> str:
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    said = {0: "", 1: "สิบ", 2: "ยี่สิบ"}.get(tens, f"{_ONES[tens]}สิบ")
    return said + ("เอ็ด" if tens and ones == 1 else _ONES[ones])

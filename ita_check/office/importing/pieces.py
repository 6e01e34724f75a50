"""A cell in pieces: numbered steps, bullets, units and periods, as paragraphs or in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ita_check.characters import normalised
from ita_check.office.importing.blocks import FieldName, Paragraph

_DIGITS = "0-9๐-๙"
# `๑.`, `๑)`, `(๑)`, `๔.๑`, `๔.๑.`; an amount such as 1.5 has no space behind it, a day no stop.
_NUMBER = re.compile(
    rf"(?P<marker>\(?(?:[{_DIGITS}]{{1,2}}\.)*(?P<last>[{_DIGITS}]{{1,2}})(?P<end>[.)]?))"
    rf"(?P<space>\s*)(?=[^\s{_DIGITS}.)])"
)
_INNER_NUMBER = re.compile(rf"(?<=\s){_NUMBER.pattern}")
_BULLET = re.compile("[-–—•●▪◦*·\uf0b7\uf0a7\uf0d8]\\s*(?=\\S)")
_MONTHS = "ม.ค|ก.พ|มี.ค|เม.ย|พ.ค|มิ.ย|ก.ค|ส.ค|ก.ย|ต.ค|พ.ย|ธ.ค".replace(".", "\\.")
_FULL_MONTHS = "มกรา|กุมภา|มีนา|เมษา|พฤษภา|มิถุนา|กรกฎา|สิงหา|กันยา|ตุลา|พฤศจิกา|ธันวา"
# A dash within a line is a bullet, unless it stands before a number or a month, as in a period.
_INLINE_BULLET = re.compile(
    rf"\s+(?=[-–—•●▪]\s+(?![{_DIGITS}]|(?:{_MONTHS})\.|(?:{_FULL_MONTHS})[คยพ])\S)"
)
# Words behind which a number names something else: ข้อ ๒. of a regulation.
_NAMES_A_NUMBER = re.compile(r"(?:ข้อ|มาตรา|หมวด|ฉบับที่|ครั้งที่|วันที่|ที่|พ\.ศ\.|หน้า)\s*$")
_UNIT = re.compile(
    r"(?<![/,])(?<!และ)\s+(?=(?:ทุก|สำนัก|กอง|ฝ่าย|งาน|หน่วย|กลุ่ม|ส่วน|โรงเรียน|ศูนย์|คณะ|ปลัด|รอง|นายก|ผู้))"
)
_MONTH = r"[ก-ฮ][ก-๎.]{2,11}"
_DAY = rf"[{_DIGITS}]{{1,2}}\s*{_MONTH}\s*(?:พ\.ศ\.\s*)?[{_DIGITS}]{{2,4}}"
_NUMERIC_DAY = rf"[{_DIGITS}]{{1,4}}[/-][{_DIGITS}]{{1,2}}[/-][{_DIGITS}]{{2,4}}"
_WHEN = rf"(?:{_DAY}|{_NUMERIC_DAY}|{_MONTH}\s*(?:พ\.ศ\.\s*)?[{_DIGITS}]{{2,4}})"
_PERIOD = re.compile(rf"{_WHEN}\s*(?:[-–—]|ถึง)\s*{_WHEN}(?:\s+|$)")


class Numbered(NamedTuple):
    """A numbered piece; `shape` is how its number is written, the same for all of one list."""

    number: int
    shape: str
    text: str


class Piece(NamedTuple):
    """One item of a cell, with the bullet or number before it."""

    marker: str
    text: str

    @property
    def whole(self) -> str:
        """The piece as it is written in the cell."""
        return f"{self.marker} {self.text}".strip()


def numbered(paragraph: Paragraph) -> Numbered | None:
    """The number that a paragraph begins with, by Word or typed, and the text behind it."""
    if paragraph.number is not None:
        shape = f"{_shape(paragraph.marker)}/{paragraph.level}"
        return Numbered(paragraph.number, shape, paragraph.text)
    if paragraph.marker:
        return None
    found = _NUMBER.match(paragraph.text)
    if found is None or not _is_marker(found):
        return None
    shape = f"{_shape(found['marker'])}/0"
    return Numbered(int(found["last"]), shape, paragraph.text[found.end() :])


def _is_marker(found: re.Match[str]) -> bool:
    """Whether a number stands before a text, and is no amount, day or time in it."""
    marker = found["marker"]
    dotted = "." in marker.rstrip(".)")
    if marker.startswith("("):
        return marker.endswith(")")
    return bool(found["end"]) or (dotted and bool(found["space"]))


def _shape(marker: str) -> str:
    # `๔.๑` and `๔.๑.` are one shape: people write both in one list.
    shape = re.sub(rf"[{_DIGITS}]+", "1", marker)
    return shape.rstrip(".") if shape.count("1") > 1 else shape


def split_numbered(paragraph: Paragraph) -> list[Numbered]:
    """The numbered pieces of a paragraph that begins with a number: `๑. … ๒. …`.

    Only the number that is next begins another piece, written as the first one is.
    """
    current = numbered(paragraph)
    if current is None:
        return []
    pieces, text, began = [], current.text, 0
    shape = current.shape.partition("/")[0]
    for found in _INNER_NUMBER.finditer(text):
        if (
            int(found["last"]) == current.number + 1
            and _is_marker(found)
            and _shape(found["marker"]) == shape
            and not _NAMES_A_NUMBER.search(text, max(began, found.start() - 10), found.start())
        ):
            pieces.append(current._replace(text=text[began : found.start()].strip()))
            current = current._replace(number=current.number + 1)
            began = found.end()
    return [*pieces, current._replace(text=text[began:].strip())]


class Steps(NamedTuple):
    """The steps of a cell, and the paragraphs before the first number."""

    before: tuple[Paragraph, ...]
    pieces: tuple[Numbered, ...]


def steps_of(paragraphs: Sequence[Paragraph]) -> Steps:
    """The numbered steps of a cell; what stands between two numbers belongs to the first.

    A list within a step, numbered otherwise or from one anew, is text of the step.
    """
    before: list[Paragraph] = []
    found: list[Numbered] = []
    for paragraph in paragraphs:
        pieces = split_numbered(paragraph)
        if pieces and (not found or _goes_on(found, pieces[0])):
            found += pieces
        elif found:
            last = found[-1]
            found[-1] = last._replace(text=f"{last.text}\n{_shown(paragraph)}")
        else:
            before.append(paragraph)
    return Steps(tuple(before), tuple(found))


def _goes_on(found: Sequence[Numbered], piece: Numbered) -> bool:
    """Whether a number goes on with a list; one that begins anew is a list within the step."""
    if piece.shape != found[0].shape:
        return False
    last = found[-1].number
    # A number that stands twice is a fault to tell, but 1, 2 under a third step are its own list.
    restarted = piece.number < last or piece.number == last == 1
    return not restarted or not any(one.number == 1 for one in found)


def _shown(paragraph: Paragraph) -> str:
    return f"{paragraph.marker} {paragraph.text}".strip()


def pieces_of(field: FieldName, paragraphs: Sequence[Paragraph], steps: int) -> tuple[Piece, ...]:
    """The items of a cell that belongs to some number of steps."""
    if field in ("result", "outcome"):
        return tuple(_items(paragraphs))
    lines = [line for part in paragraphs for line in part.text.split("\n") if line]
    if len(lines) == 1:
        lines = _periods(lines[0]) if field == "period" else _units(lines[0], steps)
    elif field == "period":
        lines = _joined_periods(lines)
    return tuple(Piece("", " ".join(line.split())) for line in lines)


def _items(paragraphs: Sequence[Paragraph]) -> Iterator[Piece]:
    """Items begin with a bullet or number where any does, else each paragraph is one."""
    top = min((part.level for part in paragraphs if part.marker), default=0)
    parts = [part for whole in paragraphs for part in _parts(whole, top)]
    listed = any(part.marker for part in parts)
    current: Piece | None = None
    for part in parts:
        if current is None or not listed or part.marker:
            if current is not None:
                yield current
            current = part
        else:
            current = current._replace(text=f"{current.text}\n{part.text}")
    if current is not None:
        yield current


def _parts(paragraph: Paragraph, top: int) -> Iterator[Piece]:
    if paragraph.marker:
        # What is deeper in a list belongs to the item above it.
        marker = paragraph.marker if paragraph.level == top else ""
        text = paragraph.text if marker else _shown(paragraph)
        yield Piece(marker, text)
        return
    if pieces := split_numbered(paragraph):
        marked = _NUMBER.match(paragraph.text)
        assert marked is not None
        for piece in pieces:
            yield Piece(_with_number(marked["marker"], piece.number), piece.text)
        return
    for line in paragraph.text.split("\n") if _BULLET.match(paragraph.text) else [paragraph.text]:
        bulleted = bool(_BULLET.match(line))
        for text in _INLINE_BULLET.split(line) if bulleted else [line]:
            bullet = _BULLET.match(text)
            yield Piece("-" if bullet else "", text[bullet.end() :] if bullet else text)


def _with_number(marker: str, number: int) -> str:
    said = str(number)
    if re.search("[๐-๙]", marker):
        said = said.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    last = list(re.finditer(rf"[{_DIGITS}]+", marker))[-1]
    return marker[: last.start()] + said + marker[last.end() :]


def _units(line: str, steps: int) -> list[str]:
    """Units beside each other, as a dump puts the paragraphs of several steps."""
    return [line] if steps == 1 else _UNIT.split(line)


def _periods(line: str) -> list[str]:
    """Periods beside each other; a text that is anything else stays one."""
    found, at = [], 0
    while match := _PERIOD.match(line, at):
        found.append(match.group().strip())
        at = match.end()
    return found if found and at == len(line) else [line]


def _joined_periods(lines: Iterable[str]) -> list[str]:
    """One period for each; a line that ends or begins with the dash goes on with its neighbour."""
    found: list[str] = []
    for line in lines:
        if found and (
            found[-1].endswith(("-", "–", "—", "ถึง")) or line.startswith(("-", "–", "—", "ถึง"))
        ):
            found[-1] = f"{found[-1]} {line}"
        else:
            found.append(line)
    return [period for line in found for period in _periods(line)]


def same(pieces: Sequence[Piece]) -> bool:
    """Whether all pieces say the same, so that their order says nothing."""
    return len({normalised(piece.text) for piece in pieces}) == 1

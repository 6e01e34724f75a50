"""A dump of a report: tables as lines with tabs between the cells, paragraphs of a cell as HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from ita_check.office.importing.blocks import Block, Cell, Paragraph, Table, tidy

_LINE_END = re.compile("\r\n|\n|\r")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>p|br|div|li|ul|ol|span|b|i|u|strong|em|font|a|sup|sub)\b[^<>]*>",
    re.IGNORECASE,
)
_BULLET = re.compile("[-–—•●▪◦*·]")
_BLOCKS = ("p", "div", "li", "ul", "ol")


def read_dump(text: str) -> Iterator[Block]:
    """The paragraphs and tables of a dump in their order."""
    rows: list[tuple[Cell, ...]] = []
    began = 0
    for number, line in enumerate(_LINE_END.split(text), 1):
        if "\t" in line:
            began = began if rows else number
            rows.append(
                tuple(
                    Cell(at, tuple(_paragraphs(cell))) for at, cell in enumerate(line.split("\t"))
                )
            )
            continue
        if rows:
            yield Table(tuple(rows), began)
            rows = []
        yield from _paragraphs(line)
    if rows:
        yield Table(tuple(rows), began)


def _paragraphs(cell: str) -> Iterator[Paragraph]:
    """The paragraphs of a cell: what block elements hold, with what list items are marked by."""
    lists: list[int | None] = []
    marker, held, at = "", "", 0
    for tag in _TAG.finditer(cell):
        held += cell[at : tag.start()]
        at = tag.end()
        name, ends = tag["name"].lower(), bool(tag["end"])
        if name == "br":
            held += "\n"
        elif name in _BLOCKS:
            yield from _paragraph(held, marker)
            held, marker = "", ""
            if name in ("ul", "ol"):
                _open_or_close(lists, name, ends)
            elif name == "li" and not ends:
                marker = _next_marker(lists)
    yield from _paragraph(held + cell[at:], marker)


def _open_or_close(lists: list[int | None], name: str, ends: bool) -> None:
    if not ends:
        lists.append(0 if name == "ol" else None)
    elif lists:
        lists.pop()


def _next_marker(lists: list[int | None]) -> str:
    if lists and lists[-1] is not None:
        lists[-1] += 1
        return f"{lists[-1]}. "
    return "- "


def _paragraph(text: str, marker: str) -> Iterator[Paragraph]:
    text = tidy(html.unescape(text))
    if text:
        bulleted = marker == "- " and _BULLET.match(text)
        yield Paragraph(text if bulleted else marker + text)

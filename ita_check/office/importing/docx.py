"""A Word document as paragraphs and tables, with what python-docx leaves out of its texts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from ita_check.errors import CannotJudge, Problem
from ita_check.office.importing.blocks import Block, Cell, Paragraph, Table, tidy
from ita_check.office.importing.numbering import Numbering, W, number_of, value_of
from ita_check.office.package import need_package
from ita_check.texts import phrase

_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_COMPATIBLE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# What stands around content and is none of its own: content controls, insertions, links, fields.
_AROUND = frozenset(
    {
        *(
            W + name
            for name in ("sdt", "sdtContent", "ins", "moveTo", "hyperlink", "smartTag", "customXml")
        ),
        *(W + name for name in ("fldSimple", "dir", "bdo", "r")),
        _COMPATIBLE + "AlternateContent",
        _COMPATIBLE + "Choice",
    }
)
_SIGNS = {
    W + "tab": " ",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "ptab": " ",
}


def read_docx(name: str, data: bytes) -> Iterator[Block]:
    """The paragraphs and tables of a Word document in their order; raises `CannotJudge`."""
    need_package(name, data, "docx")
    body, numbering, styles = _opened(name, data)
    return _blocks(body, Numbering(numbering, styles))


def _opened(name: str, data: bytes) -> tuple[Any, Any, Any]:
    from docx import Document  # installed with the extra only, and slow to load
    from docx.opc.exceptions import OpcError

    try:
        part = Document(io.BytesIO(data)).part
        related = {
            one.reltype: one.target_part for one in part.rels.values() if not one.is_external
        }
        trees = [
            getattr(related.get(_RELATED + sort), "element", None)
            for sort in ("numbering", "styles")
        ]
        body = part.element.find(W + "body")
    except (OpcError, SyntaxError, KeyError, ValueError, AttributeError, TypeError):
        # A package whose parts are not what they are said to be; a SyntaxError is lxml's.
        body = None
    if body is None:
        raise CannotJudge((Problem(phrase("office.damaged"), name),))
    return body, trees[0], trees[1]


def _blocks(parent: Any, numbering: Numbering) -> Iterator[Block]:
    joined = ""
    for element in _children(parent):
        if element.tag == W + "tbl":
            yield Table(tuple(_rows(element, numbering)))
        elif element.tag == W + "p":
            paragraph, joined = _paragraph(element, numbering, joined)
            if paragraph is not None:
                yield paragraph


def _children(parent: Any) -> Iterator[Any]:
    """The children of an element, those within content controls and insertions too."""
    for child in parent:
        if child.tag in _AROUND and child.tag != W + "r" and not _is_placeholder(child):
            yield from _children(child)
        else:
            yield child


def _rows(table: Any, numbering: Numbering) -> Iterator[tuple[Cell, ...]]:
    for row in _children(table):
        if row.tag != W + "tr":
            continue
        properties = row.find(W + "trPr")
        if properties is not None and properties.find(W + "del") is not None:
            continue  # a row whose deletion is tracked
        at = number_of(value_of(properties, "gridBefore"))
        cells = []
        for cell in _children(row):
            if cell.tag == W + "tc":
                found, span = _cell(cell, at, numbering)
                cells.append(found)
                at += span
        if cells:
            yield tuple(cells)


def _cell(cell: Any, at: int, numbering: Numbering) -> tuple[Cell, int]:
    properties = cell.find(W + "tcPr")
    merge = None if properties is None else properties.find(W + "vMerge")
    merged = merge is not None and merge.get(W + "val", "continue") == "continue"
    span = max(number_of(value_of(properties, "gridSpan"), 1), 1)
    return Cell(at, tuple(_cell_paragraphs(cell, numbering)), merged), span


def _cell_paragraphs(cell: Any, numbering: Numbering) -> Iterator[Paragraph]:
    """The paragraphs of a cell; each row of a table within it is one."""
    for block in _blocks(cell, numbering):
        if isinstance(block, Paragraph):
            yield block
            continue
        for row in block.rows:
            parts = [part for one in row for part in one.paragraphs]
            if parts:
                yield Paragraph("\n".join(f"{part.marker} {part.text}".strip() for part in parts))


def _paragraph(element: Any, numbering: Numbering, before: str) -> tuple[Paragraph | None, str]:
    """A paragraph, or its text for the next one where its end is deleted by a tracked change."""
    properties = element.find(W + "pPr")
    text = before + "".join(_text(element))
    if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
        return None, text
    text = tidy(text)
    if not text:
        # Word numbers an empty paragraph too, but nobody counts one as a step.
        return None, ""
    mark = numbering.mark(properties)
    if mark is None:
        return Paragraph(text), ""
    return Paragraph(text, mark.text, mark.number, mark.level), ""


def _text(parent: Any) -> Iterator[str]:
    """What people read of a paragraph: no deleted text, no instruction of a field, no text box."""
    for child in parent:
        if child.tag == W + "t":
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag in _AROUND and not _is_placeholder(child):
            yield from _text(child)


def _is_placeholder(element: Any) -> bool:
    """Whether a content control holds nothing yet but its own "click here to enter text"."""
    return element.tag == W + "sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None

"""Pages: A4 lying or standing, with their numbers at the foot."""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document

from ita_check.office.word.styles import FOOTER
from ita_check.office.word.table import TWIPS
from ita_check.office.word.xml import Element, element, field, paragraph

_LONG, _SHORT = 16838, 11906  # A4 in twentieths of a point


class Page(NamedTuple):
    """A4 and its margins in centimetres."""

    landscape: bool
    top: float
    right: float
    bottom: float
    left: float
    thai_digits: bool = False

    def section(self) -> Element:
        """The properties of a section of such pages."""
        wide, high = (_LONG, _SHORT) if self.landscape else (_SHORT, _LONG)
        size = element("w:pgSz", w=wide, h=high)
        if self.landscape:
            size = element("w:pgSz", w=wide, h=high, orient="landscape")
        margins = {
            side: round(getattr(self, side) * TWIPS) for side in ("top", "right", "bottom", "left")
        }
        parts = [
            element("w:type", val="nextPage"),
            size,
            element("w:pgMar", **margins, header=567, footer=454, gutter=0),
        ]
        if self.thai_digits:
            parts.append(element("w:pgNumType", fmt="thaiNumbers"))
        return element("w:sectPr", *parts)


def number_pages(document: Document) -> None:
    """Give the last section a footer of its own with the number of the page."""
    footer = document.sections[-1].footer
    footer.is_linked_to_previous = False
    for old in footer.paragraphs:
        old._p.getparent().remove(old._p)
    footer._element.append(paragraph(FOOTER, *field("PAGE")))

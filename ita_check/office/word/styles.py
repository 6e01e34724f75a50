"""Styles in which Thai is set: font, size and weight are said twice, once for complex scripts.

Word takes `w:rFonts/@w:cs`, `w:szCs` and `w:bCs` for Thai and the others for Latin letters and
digits; where the former are not set, Thai falls back to whatever the computer has.
"""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document

from ita_check.office.word.xml import Element, element

BODY, TITLE, SUBTITLE, HEADING = "ItaBody", "ItaTitle", "ItaSubtitle", "ItaHeading"
HEAD, CELL, OPEN, SMALL, NOTE, FOOTER, CODE = (
    "ItaHead", "ItaCell", "ItaOpen", "Small", "ItaNote", "ItaFooter", "ItaCode",
)  # fmt: skip
# How much smaller letters are in a table of much text; its styles are named with SMALL at the end.
SMALLER = 2
COVER = "ItaCover"
LABEL, LETTER, SIGNATURE = "ItaLabel", "ItaLetter", "ItaSignature"
_DARK_RED = "9C2A00"
_GREY = "595959"


class Font(NamedTuple):
    """The font of a document and its size in points."""

    name: str = "TH SarabunPSK"
    size: int = 16


class _Style(NamedTuple):
    """A paragraph style; `larger` is in points, the others in twentieths of one."""

    id: str
    name: str
    larger: int = 0
    bold: bool = False
    italic: bool = False
    color: str = ""
    align: str = "left"
    before: int = 0
    after: int = 0
    left: int = 0
    first: int = 0
    keeps_next: bool = False
    outline: int | None = None


_STYLES = (
    _Style(BODY, "ITA Body", after=120),
    _Style(
        LETTER,
        "ITA Letter",
        align="thaiDistribute",
        before=120,
        after=120,
        first=1418,
        keeps_next=True,
    ),
    _Style(SIGNATURE, "ITA Signature", align="center", left=4536, keeps_next=True),
    _Style(COVER, "ITA Cover", larger=6, bold=True, align="center", before=2800, after=120),
    _Style(TITLE, "ITA Title", larger=10, bold=True, align="center", after=120),
    _Style(SUBTITLE, "ITA Subtitle", larger=4, bold=True, align="center", after=120),
    _Style(HEADING, "ITA Heading", 2, bold=True, before=240, after=120, keeps_next=True, outline=0),
    *(
        _Style(base.id + mark, base.name + word, base.larger - smaller, *base[3:])
        for mark, word, smaller in (("", "", 0), (SMALL, " Small", SMALLER))
        for base in (
            _Style(HEAD, "ITA Table Head", bold=True, align="center"),
            _Style(CELL, "ITA Table Cell"),
            _Style(OPEN, "ITA Open", italic=True, color=_DARK_RED),
        )
    ),
    _Style(NOTE, "ITA Note", larger=-2, color=_GREY, after=60),
    _Style(FOOTER, "ITA Footer", larger=-2, color=_GREY, align="center"),
)


def add_styles(document: Document, font: Font) -> None:
    """Add our styles to a document, in the place of any of the same name."""
    styles = document.styles.element
    ours = {style.id for style in _STYLES} | {CODE, LABEL}
    for old in styles.xpath("./w:style"):
        if old.styleId in ours:
            styles.remove(old)
    for style in _STYLES:
        styles.append(_paragraph_style(style, font))
    styles.append(_character_style(CODE, "ITA Code", element("w:color", val=_GREY)))
    weight = (element("w:b"), element("w:bCs"))
    styles.append(_character_style(LABEL, "ITA Label", *weight))


def set_defaults(document: Document, font: Font) -> None:
    """Make a document of our own Thai throughout, with no style but those that it needs."""
    styles = document.styles.element
    kept = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
    for style in styles.xpath("./w:style"):
        if style.styleId not in kept:
            styles.remove(style)
        elif style.styleId == "Normal":
            # Its own properties would stand before the defaults, in Latin fonts.
            for properties in style.xpath("./w:rPr | ./w:pPr"):
                style.remove(properties)
    for defaults in styles.xpath("./w:docDefaults"):
        styles.remove(defaults)
    styles.insert(
        0,
        element(
            "w:docDefaults",
            element("w:rPrDefault", element("w:rPr", *_letters(font.name, font.size))),
            element("w:pPrDefault", element("w:pPr", _spacing(0, 0))),
        ),
    )


def _paragraph_style(style: _Style, font: Font) -> Element:
    properties = [element("w:keepNext")] if style.keeps_next else []
    properties += [_spacing(style.before, style.after)]
    properties += [element("w:ind", left=style.left, right=0, firstLine=style.first)]
    properties += [element("w:jc", val=style.align)]
    if style.outline is not None:
        properties.append(element("w:outlineLvl", val=style.outline))
    return element(
        "w:style",
        element("w:name", val=style.name),
        element("w:uiPriority", val=1),
        element("w:qFormat"),
        element("w:pPr", *properties),
        element("w:rPr", *_letters(font.name, font.size + style.larger, style)),
        type="paragraph",
        customStyle=1,
        styleId=style.id,
    )


def _character_style(id_: str, name: str, *properties: Element) -> Element:
    return element(
        "w:style",
        element("w:name", val=name),
        element("w:uiPriority", val=1),
        element("w:rPr", *properties),
        type="character",
        customStyle=1,
        styleId=id_,
    )


def _letters(font: str, size: int, style: _Style | None = None) -> list[Element]:
    bold, italic = int(bool(style and style.bold)), int(bool(style and style.italic))
    return [
        element("w:rFonts", ascii=font, hAnsi=font, eastAsia=font, cs=font),
        element("w:b", val=bold),
        element("w:bCs", val=bold),
        element("w:i", val=italic),
        element("w:iCs", val=italic),
        element("w:color", val=style.color if style and style.color else "000000"),
        element("w:sz", val=size * 2),
        element("w:szCs", val=size * 2),
        element("w:lang", val="en-US", eastAsia="en-US", bidi="th-TH"),
    ]


def _spacing(before: int, after: int) -> Element:
    return element("w:spacing", before=before, after=after, line=240, lineRule="auto")

"""A document begun, on an agency's own template or on none, and its bytes at the end."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn

from ita_check.errors import CannotJudge, Problem
from ita_check.office.package import need_package
from ita_check.office.word.page import Page, number_pages
from ita_check.office.word.styles import Font, add_styles, set_defaults
from ita_check.office.word.xml import Element, element, holdable
from ita_check.texts import phrase

_AUTHOR = "ita-check"
_LONGEST_PROPERTY = 255
# What is to be seen in a body besides text: pictures, objects and tables.
_SEEN = ".//w:t[normalize-space()] | .//w:drawing | .//w:pict | .//w:object | .//w:tbl"
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class Template(NamedTuple):
    """A Word file to begin with, and what it is called."""

    name: str
    data: bytes


class Part(NamedTuple):
    """What stands on pages of one sort."""

    page: Page
    blocks: Sequence[Element]


def begin(template: Template | None, font: Font) -> Document:
    """An empty document in our styles, or the template with them beside its own."""
    if template is None:
        document = docx.Document()
        set_defaults(document, font)
        _modernise(document)
        _forget_thumbnail(document)
    else:
        document = _opened(template)
    add_styles(document, font)
    return document


def _opened(template: Template) -> Document:
    need_package(template.name, template.data, "docx")
    try:
        document = docx.Document(io.BytesIO(template.data))
        # Both are read late: whether they are there at all is known only now.
        if document.styles.element is None or document.element.body is None:
            raise ValueError(template.name)
    except (OpcError, SyntaxError, KeyError, ValueError, AttributeError, TypeError):
        # A package whose parts are not what they are said to be; a SyntaxError is lxml's.
        raise CannotJudge((Problem(phrase("office.damaged"), template.name),)) from None
    return document


def _modernise(document: Document) -> None:
    """Say that the document is of today's Word and in Thai; the library's own is of 2010."""
    for mode in document.settings.element.xpath(".//w:compatSetting[@w:name='compatibilityMode']"):
        mode.set(qn("w:val"), "15")
    for languages in document.settings.element.xpath("./w:themeFontLang"):
        languages.attrib.pop(qn("w:eastAsia"), None)
        languages.set(qn("w:bidi"), "th-TH")


def _forget_thumbnail(document: Document) -> None:
    """The library's own template shows a picture of itself in folders."""
    relations = document.part.package.rels
    for name in [
        key for key, one in relations.items() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL
    ]:
        del relations[name]


def add_parts(document: Document, parts: Sequence[Part]) -> None:
    """Append parts, each on pages of its own, behind what the document holds already.

    A body in which nothing is to be seen, as that of a mere letterhead, gives way; its headers
    and footers stay. Where there is no footer, pages are numbered.
    """
    body = document.element.body
    last = body.get_or_add_sectPr()
    sections = [part.page.section() for part in parts]
    if body.xpath(f"({_SEEN})[1]"):
        _end_section(last, last.clone())
    else:
        for old in list(body):
            if old is not last:
                body.remove(old)
        _carry(last, sections[0])
    for number, part in enumerate(parts):
        if number:
            _end_section(last, sections[number - 1])
        for block in part.blocks:
            last.addprevious(block)
    body.replace(last, sections[-1])
    if all(one.footer.is_linked_to_previous for one in document.sections):
        number_pages(document)


def _end_section(last: Element, section: Element) -> None:
    """End a section with the paragraph before the body's last properties, or with one of its own."""
    before = last.getprevious()
    if before is None or before.tag != qn("w:p") or before.xpath("./w:pPr/w:sectPr"):
        before = element("w:p")
        last.addprevious(before)
    before.set_sectPr(section)


def _carry(old: Element, section: Element) -> None:
    """Put the headers and footers of the body that gave way into our first section."""
    for number, reference in enumerate(old.xpath("./w:headerReference | ./w:footerReference")):
        section.insert(number, reference)
    # Word shows the letterhead of the first page only where the section says that it has one.
    section.extend(old.xpath("./w:titlePg"))


def finish(document: Document, title: str, agency: str, day: date) -> bytes:
    """The bytes of a document; the same for the same content, whenever they are written."""
    properties = document.core_properties
    properties.title = holdable(title)[:_LONGEST_PROPERTY]
    properties.subject = holdable(agency)[:_LONGEST_PROPERTY]
    properties.author = properties.last_modified_by = _AUTHOR
    properties.comments = properties.keywords = properties.category = ""
    properties.created = properties.modified = datetime.combine(day, time())
    properties.language = "th-TH"
    properties.revision = 1
    buffer = io.BytesIO()
    document.save(buffer)
    return _repacked(buffer)


def _repacked(buffer: io.BytesIO) -> bytes:
    """The same parts without the moment at which they were packed."""
    out = io.BytesIO()
    with ZipFile(buffer) as packed, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in packed.namelist():
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, packed.read(name))
    return out.getvalue()

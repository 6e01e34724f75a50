"""The elements that a Word document is made of, put together in the order its schema asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

Element = BaseOxmlElement
# What no XML may hold, and what would turn a line around: shown as an escape, as elsewhere.
_ACTIVE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)
_LINES = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")


def element(tag: str, *children: Element, **attributes: str | int) -> Element:
    """An element `w:tag`; its attributes are of the same namespace."""
    made = OxmlElement(tag, {qn(f"w:{key}"): str(value) for key, value in attributes.items()})
    made.extend(children)
    return made


def paragraph(style: str, *content: Element, **settings: str | int) -> Element:
    """A paragraph in a style; `settings` are further properties and their values."""
    properties = [element("w:pStyle", val=style)]
    properties += [element(f"w:{name}", val=value) for name, value in settings.items()]
    return element("w:p", element("w:pPr", *properties), *content)


def run(text: str, style: str = "") -> Element:
    """A run of text, in a character style where one is named; lines break and tabs jump."""
    made = element("w:r")
    if style:
        made.append(element("w:rPr", element("w:rStyle", val=style)))
    for number, line in enumerate(_LINES.split(text)):
        if number:
            made.append(element("w:br"))
        for count, part in enumerate(line.split("\t")):
            if count:
                made.append(element("w:tab"))
            if part:
                made.append(_text(part))
    return made


def _text(text: str) -> Element:
    made = OxmlElement("w:t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    made.text = holdable(text)
    return made


def holdable(text: str) -> str:
    """Text that XML can hold, and in which nothing changes the direction of what follows."""
    return _ACTIVE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def lines_of(text: str) -> list[str]:
    """The lines of a text, without blank ones at its ends."""
    return [line.rstrip() for line in _LINES.split(text.strip())]


def field(code: str) -> Iterator[Element]:
    """The runs of a field that Word fills in, such as the number of a page."""
    yield element("w:r", element("w:fldChar", fldCharType="begin"))
    instruction = element("w:instrText")
    instruction.text = f" {code} "
    yield element("w:r", instruction)
    yield element("w:r", element("w:fldChar", fldCharType="separate"))
    yield run("1")
    yield element("w:r", element("w:fldChar", fldCharType="end"))

"""The text of a Word document, by paragraphs."""

from __future__ import annotations

import re
from typing import BinaryIO

from ita_check.characters import is_blank
from ita_check.looking.documents.office import Package
from ita_check.looking.documents.reading import Reading
from ita_check.model.looked import Spot

_MAIN = "word/document.xml"
_BESIDE = re.compile(r"word/(?:header|footer|footnotes|endnotes)\d*\.xml")
# Text boxes come twice, for new programs and as a fallback; what was moved away stands where it is
# now. Insertions are as any text; deleted text has a tag of its own (delText), so has an
# instruction of a field (instrText).
_SKIPPED = frozenset({"Fallback", "moveFrom", "del"})
_BETWEEN = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_DEEPEST = 30
_LONGEST = 100_000


def read_docx(file: BinaryIO, reading: Reading) -> None:
    """Read the body, then headers, footers and notes.

    Paragraphs are numbered as one counts them on paper, those without text left out; the numbers
    of what stands beside the body follow those of the body.
    """
    package = Package(file, reading)
    reading.title = package.title()
    paragraphs = _Paragraphs(reading)
    package.read(package.main(_MAIN), paragraphs)
    for part in package.parts:
        if _BESIDE.fullmatch(part):
            package.read(part, paragraphs)


class _Paragraphs:
    """Joins the runs of each paragraph; one in a text box inside another is one of its own."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._number = 0
        self._open: list[list[str]] = []
        self._length = 0
        self._skipped = 0
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "t":
            self._inside = not self._skipped
        elif tag == "p":
            if len(self._open) >= _DEEPEST:
                self._tell(self._open.pop())
            self._open.append([])
        elif tag in _SKIPPED:
            self._skipped += 1
        elif tag in _BETWEEN and self._open and not self._skipped:
            self._open[-1].append(_BETWEEN[tag])

    def end(self, tag: str) -> None:
        if tag == "t":
            self._inside = False
        elif tag == "p" and self._open:
            self._tell(self._open.pop())
        elif tag in _SKIPPED:
            self._skipped -= 1

    def data(self, text: str) -> None:
        if not self._inside or not self._open:
            return
        self._open[-1].append(text)
        self._length += len(text)
        if self._length > _LONGEST:
            self._tell(self._open.pop())
            self._open.append([])

    def _tell(self, runs: list[str]) -> None:
        text, self._length = "".join(runs), 0
        if not is_blank(text):
            self._number += 1
            self._reading.add(text, Spot("paragraph", self._number))

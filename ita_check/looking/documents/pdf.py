"""The text layer of a PDF, by pages."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, BinaryIO

import pypdf
from pypdf import Configuration, apply_configuration, get_configuration
from pypdf.errors import DependencyError, LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

from ita_check.looking.documents.limits import Enough, Limits, Locked
from ita_check.looking.documents.reading import Reading, one_line
from ita_check.looking.documents.thai import legible
from ita_check.model.looked import Spot

# Fewer letters beside a picture are what a scanner's program stamps on every page.
_STAMP = 60
# Letters turned into shapes come by the dozen; a blank page has a frame and a white ground at most.
_SHAPES = 20
_PICTURE = re.compile(rb"(?:^|\s)(?:/([^\s/<>\[\]()%{}]+)\s+Do|BI|sh)(?=\s|$)")
_SHAPE = re.compile(rb"(?:^|\s)(?:f\*?|F|B\*?|b\*?|S|s)(?=\s|$)")
_DEEPEST_FORM = 3


def read_pdf(file: BinaryIO, reading: Reading) -> None:
    """Read page after page; raises `Locked` where an empty password does not open it.

    Many are locked against editing only: those open to everybody, and are read.
    """
    file.seek(0)
    try:
        with apply_configuration(_bounds(reading.limits)):
            _pages(_opened(file), reading)
    except LimitReachedError as error:
        raise Enough from error
    # Beside pages that were read, those that could not be are text left unread.
    if reading.blank == "scan" and reading.seen:
        reading.whole = False


def _bounds(limits: Limits) -> Configuration:
    """What one stream may grow to and one page may hold, and that no other program is started."""
    return get_configuration().with_overwrites(
        maximum_declared_stream_length=limits.stream,
        array_based_stream_maximum_output_length=limits.stream,
        zlib_maximum_output_length=limits.stream,
        lzw_maximum_output_length=limits.stream,
        run_length_maximum_output_length=limits.stream,
        brotli_maximum_output_length=limits.stream,
        stream_parsing_work_maximum_count=limits.steps,
        jbig2dec_binary=None,
    )


def _opened(file: BinaryIO) -> pypdf.PdfReader:
    try:
        pdf = pypdf.PdfReader(file, strict=False)
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise Locked
    except (DependencyError, NotImplementedError):  # locked in a way of its own, by a certificate
        raise Locked from None
    return pdf


def _pages(pdf: pypdf.PdfReader, reading: Reading) -> None:
    metadata = pdf.metadata
    if metadata is not None and isinstance(metadata.title, str):
        reading.title = one_line(metadata.title)
    number = 0
    for number, page in enumerate(pdf.pages, 1):
        if number > reading.limits.pages:
            raise Enough
        reading.tick()
        _page(page, number, reading)
    # Of a file that was cut the last pages are passed over without a word.
    promised = pdf.root_object.get("/Pages", DictionaryObject()).get_object().get("/Count", 0)
    if isinstance(promised, int) and promised > number:
        reading.whole = False


def _page(page: pypdf.PageObject, number: int, reading: Reading) -> None:
    try:
        text = page.extract_text()
        full = len(text) >= _STAMP and legible(text)
        drawn = not full and _drawn(page, page.get_contents(), _DEEPEST_FORM)
        lost = _lost(page)
    except (LimitReachedError, MemoryError):
        raise
    except Exception:  # whatever one page's maker got wrong, what the others say is read
        reading.whole = False
        return
    if lost:
        reading.whole = False
    if legible(text):
        reading.add(text, Spot("page", number))
    if drawn or not legible(text):
        # Text that cannot be made out, or a picture of more than is said beside it.
        reading.blank = "scan"


def _lost(page: pypdf.PageObject) -> bool:
    """Whether instructions that the page names are not in the file."""
    held = page.get("/Contents", ArrayObject()).get_object()
    parts = held if isinstance(held, ArrayObject) else [held]
    return any(part is None or not isinstance(part.get_object(), StreamObject) for part in parts)


def _drawn(holder: DictionaryObject, stream: Any, depth: int) -> bool:
    """Whether instructions draw a picture or many shapes, themselves or in a form they use."""
    data: bytes = stream.get_data() if stream is not None else b""
    shapes = sum(1 for _ in islice(_SHAPE.finditer(data), _SHAPES))
    names = {match[1] for match in _PICTURE.finditer(data)}
    if shapes == _SHAPES or None in names:
        return True
    resources = holder.get("/Resources", DictionaryObject()).get_object()
    objects = resources.get("/XObject", DictionaryObject()).get_object()
    for name in names:
        used = objects.get("/" + name.decode("latin-1"), DictionaryObject()).get_object()
        if used.get("/Subtype") == "/Image":
            return True
        if used.get("/Subtype") == "/Form" and depth and _drawn(used, used, depth - 1):
            return True
    return False

"""The text layer of a PDF, by pages."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, BinaryIO

import pypdf
from pypdf import Configuration, apply_configuration, get_configuration
from pypdf.errors import DependencyError, LimitReachedError
from pypdf.generic import DictionaryObject

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
    with apply_configuration(_bounds(reading.limits)):
        pdf = _opened(file)
        metadata = pdf.metadata
        if metadata is not None and isinstance(metadata.title, str):
            reading.title = one_line(metadata.title)
        for number, page in enumerate(pdf.pages, 1):
            if number > reading.limits.pages:
                raise Enough
            reading.tick()
            _page(page, number, reading)
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


def _page(page: pypdf.PageObject, number: int, reading: Reading) -> None:
    try:
        text = page.extract_text()
        full = len(text) >= _STAMP and legible(text)
        drawn = not full and _drawn(page, page.get_contents(), _DEEPEST_FORM)
    except (Enough, MemoryError):
        raise
    except LimitReachedError as error:
        raise Enough from error
    except Exception:  # whatever one page's maker got wrong, what the others say is read
        reading.whole = False
        return
    if legible(text):
        reading.add(text, Spot("page", number))
    if drawn or not legible(text):
        # Text that cannot be made out, or a picture of more than is said beside it.
        reading.blank = "scan"


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

"""The text layer of a PDF, by pages."""

from __future__ import annotations

import re
from typing import BinaryIO

import pypdf
from pypdf import Configuration, apply_configuration, get_configuration
from pypdf.errors import LimitReachedError

from ita_check.looking.documents.limits import Enough, Limits, Locked
from ita_check.looking.documents.reading import Reading, one_line
from ita_check.looking.documents.thai import legible
from ita_check.model.looked import Spot

# What paints something on a page: a picture, a shade, a filled or stroked path.
_PAINTS = re.compile(rb"(?:^|\s)(?:Do|BI|sh|f\*?|F|B\*?|b\*?|S|s)(?=\s|$)")


def read_pdf(file: BinaryIO, reading: Reading) -> None:
    """Read page after page; raises `Locked` where an empty password does not open it.

    Many are locked against editing only: those open to everybody, and are read.
    """
    file.seek(0)
    with apply_configuration(_bounds(reading.limits)):
        pdf = pypdf.PdfReader(file, strict=False)
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise Locked
        metadata = pdf.metadata
        if metadata is not None and isinstance(metadata.title, str):
            reading.title = one_line(metadata.title)
        for number, page in enumerate(pdf.pages, 1):
            if number > reading.limits.pages:
                raise Enough
            reading.tick()
            _page(page, number, reading)


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


def _page(page: pypdf.PageObject, number: int, reading: Reading) -> None:
    try:
        text = page.extract_text()
        blank = not text.strip()
        paints = blank and _paints(page)
    except (Enough, MemoryError):
        raise
    except LimitReachedError as error:
        raise Enough from error
    except Exception:  # whatever one page's maker got wrong, what the others say is read
        reading.whole = False
        return
    if not blank and legible(text):
        reading.add(text, Spot("page", number))
    elif not blank or paints:
        reading.blank = "scan"


def _paints(page: pypdf.PageObject) -> bool:
    contents = page.get_contents()
    return contents is not None and _PAINTS.search(contents.get_data()) is not None

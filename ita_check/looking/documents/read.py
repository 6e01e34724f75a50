"""One document from its bytes to what it says, whatever it is; it never raises."""

from __future__ import annotations

from typing import BinaryIO

from ita_check.looking.documents import sorts
from ita_check.looking.documents.document import Document, Markup
from ita_check.looking.documents.fingerprint import fingerprint, open_regular
from ita_check.looking.documents.limits import Enough, Limits, Locked
from ita_check.looking.documents.reading import Reading
from ita_check.looking.documents.sorts import Sort, contradicts, sort_of
from ita_check.model.looked import Content

_PLAIN = frozenset({sorts.TEXT, sorts.XML})
_LIMITS = Limits()


def read_document(
    path: str,
    name: str,
    media_type: str = "",
    charset: str = "",
    base: str = "",
    limits: Limits = _LIMITS,
) -> Document:
    """What a file says. `name` promises a sort by its end; the rest is what a server said."""
    try:
        with open_regular(path) as file:
            sha256, length = fingerprint(file)
            content, markup = _read(file, name, media_type, charset, base, limits)
            return Document(sha256, length, content, markup)
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return Document(None, None, Content("", "damaged"))


def _read(
    file: BinaryIO, name: str, media_type: str, charset: str, base: str, limits: Limits
) -> tuple[Content, Markup | None]:
    file.seek(0)
    if not file.read(1):
        return Content(sorts.UNKNOWN, "empty"), None
    try:
        sort = sort_of(file, name, media_type)
    except MemoryError:  # the list of what is in an archive may be longer than all else
        return Content(sorts.ZIP, "given_up", complete=False), None
    wrong = contradicts(name, sort)
    reading = Reading(sort.type, limits)
    markup = None
    try:
        if sort.type == sorts.HTML:
            from ita_check.looking.documents.html import read_html  # each reader is a package

            markup = read_html(file, reading, charset, base)
        elif not wrong:
            _by_sort(file, sort, reading, charset)
    except Locked:
        return Content(sort.type, "encrypted"), None
    except (Enough, MemoryError, RecursionError):
        reading.whole = False
    except Exception:  # a parser may raise anything on bytes that are made to mislead it
        found = reading.content()
        if found.state != "text":
            return Content(sort.type, "wrong_type" if wrong else "damaged"), markup
        return found._replace(complete=False), markup
    if wrong:
        return Content(sort.type, "wrong_type", reading.title), markup
    return reading.content(), markup


def _by_sort(file: BinaryIO, sort: Sort, reading: Reading, charset: str) -> None:
    if sort.type == sorts.PDF:
        from ita_check.looking.documents.pdf import read_pdf

        read_pdf(file, reading)
    elif sort.type == sorts.DOCX:
        from ita_check.looking.documents.docx import read_docx

        read_docx(file, reading)
    elif sort.type == sorts.XLSX:
        from ita_check.looking.documents.xlsx import read_xlsx

        read_xlsx(file, reading)
    elif sort.type in _PLAIN:
        from ita_check.looking.documents.plain import read_plain

        read_plain(file, reading, charset)
    elif sort.type == sorts.LOCKED_OFFICE:
        raise Locked
    elif not sort.whole:
        raise ValueError("an archive whose directory is broken")
    else:
        reading.blank = "no_text"

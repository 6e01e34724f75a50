"""Bytes as text in whatever encoding a Thai office saves: UTF-8, UTF-16, and the old Thai ones."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from ita_check.looking.documents.sorts import bom_of

# Only these are believed. Servers that nobody set up say iso-8859-1 of everything, and no Thai
# page is in an encoding of another country: of any other name the bytes decide. So no codec is
# reached that is Python's and none of the web's (unicode_escape, punycode). Windows' old Thai
# encoding holds all that the others do.
_KNOWN = {
    **dict.fromkeys(("utf-8", "utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le"), "utf-16-le"),
    "utf-16be": "utf-16-be",
    **dict.fromkeys(("tis-620", "tis620", "iso-8859-11", "windows-874", "cp874"), "cp874"),
    "x-windows-874": "cp874",
}
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096
_PIECE = 1 << 16


def decoded(data: bytes, charset: str = "") -> str:
    """The text of bytes: by their mark, by the charset said, else UTF-8, else the old Thai one."""
    bom = bom_of(data)
    if bom:
        return data.decode(bom, "replace").lstrip("\ufeff")
    known = _known(charset)
    if known:
        return data.decode(known, "replace")
    try:
        # A text that is cut may end within a character.
        return codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return data.decode("cp874", "replace")


def encoding_of_text(file: BinaryIO, charset: str = "") -> str:
    """The encoding of a whole file by the same signs, without holding it in memory."""
    file.seek(0)
    known = bom_of(file.read(4)) or _known(charset)
    if known:
        return known
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
    except UnicodeDecodeError:
        return "cp874"
    return "utf-8"


def charset_of_page(data: bytes, said: str = "") -> str:
    """The charset that a server said, else what the page itself says."""
    if _known(said):
        return said
    meta = _META.search(data[:_HEAD])
    charset = meta[1].decode("ascii", "replace") if meta else ""
    # A page in which this could be read is in no encoding of two bytes.
    return "utf-8" if charset.lower().startswith("utf-16") else charset


def _known(charset: str) -> str:
    return _KNOWN.get(charset.strip(" \t\"'").lower(), "")

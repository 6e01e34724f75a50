"""Bytes as text in whatever encoding a Thai office saves: UTF-8, UTF-16, and the old Thai ones."""

from __future__ import annotations

import codecs
import re

from ita_check.looking.documents.sorts import bom_of

# Names under which the one old Thai encoding goes; Windows' holds all of the others.
_THAI = frozenset({"tis-620", "tis620", "iso-8859-11", "windows-874", "cp874", "x-windows-874"})
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_HEAD = 4096


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


def charset_of_page(data: bytes, said: str = "") -> str:
    """The charset that a server said, else what the page itself says."""
    if _known(said):
        return said
    meta = _META.search(data[:_HEAD])
    return meta[1].decode("ascii", "replace") if meta else ""


def _known(charset: str) -> str:
    name = charset.strip().lower()
    if name in _THAI:
        return "cp874"
    try:
        found = codecs.lookup(name) if name else None
    except (LookupError, ValueError):
        return ""
    # Codecs that make no text of bytes have names too.
    return found.name if found is not None and getattr(found, "_is_text_encoding", True) else ""

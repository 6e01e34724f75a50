"""An office document from outside, looked over before a library opens it.

Nothing that the archive declares of itself is believed: every part is unpacked once, counted, and
refused where it is more than a document needs or where its XML defines entities.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import Literal, NoReturn
from zipfile import BadZipFile, ZipFile, ZipInfo

from ita_check.errors import CannotJudge, Problem
from ita_check.texts import phrase

Sort = Literal["docx", "xlsx"]
MAX_BYTES = 16 * 1024 * 1024
MAX_UNPACKED = 96 * 1024 * 1024
# Of one part of text, which takes ten times as much memory once it is read: a report of a hundred
# pages has two.
MAX_XML = 32 * 1024 * 1024
MAX_PARTS = 2_000
_TYPES = "[Content_Types].xml"
_MAIN: dict[Sort, bytes] = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Streams of compound files by their names: what is locked, and what it is otherwise.
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD: dict[Sort, bytes] = {
    "docx": "WordDocument".encode("utf-16-le"),
    "xlsx": "Workbook".encode("utf-16-le"),
}
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_LOCKED = 0x1
_PIECE = 1 << 16
_XML = re.compile(r"\.(?:xml|rels|vml)$", re.IGNORECASE)
# A DTD in any encoding that XML readers take for granted; between pieces nothing may slip through.
_DTD = re.compile(b"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_LONGEST_DTD_MARK = 20


def need_package(name: str, data: bytes, wanted: Sort) -> None:
    """Raise `CannotJudge` unless the bytes are a document of that sort that may be opened."""
    if len(data) > MAX_BYTES:
        _refuse(name, "too_large", limit=MAX_BYTES // 1024 // 1024)
    if data.startswith(_OLE):
        sort = next((sort for sort, stream in _OLD.items() if stream in data), wanted)
        _refuse(name, "encrypted" if _ENCRYPTED in data else f"old_{sort}")
    if data.startswith(b"%PDF"):
        _refuse(name, f"pdf_{wanted}")
    if not data.startswith(_ZIP):
        _refuse(name, f"not_{wanted}")
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            _look_over(name, archive, wanted)
    except (
        BadZipFile,
        EOFError,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ):
        # What `zipfile` raises of archives that are cut, damaged, or packed as no office does.
        _refuse(name, "damaged")


def _look_over(name: str, archive: ZipFile, wanted: Sort) -> None:
    members = archive.infolist()
    names = {member.filename for member in members}
    if len(members) > MAX_PARTS:
        _refuse(name, "too_many_parts", limit=MAX_PARTS)
    if members and members[0].filename == "mimetype" and _TYPES not in names:
        _refuse(name, f"open_document_{wanted}")
    if _TYPES not in names:
        _refuse(name, f"not_{wanted}")
    if len(names) < len(members) or any(member.flag_bits & _LOCKED for member in members):
        _refuse(name, "damaged")
    left = MAX_UNPACKED
    for member in members:
        left = _unpack(name, archive, member, left)
    types = archive.read(_TYPES)
    if any(part.lower().endswith("vbaproject.bin") for part in names) or b"macroEnabled" in types:
        _refuse(name, f"macros_{wanted}")
    if _MAIN[wanted] not in types:
        other = next((sort for sort, main in _MAIN.items() if main in types), None)
        _refuse(name, f"other_{other}" if other else f"not_{wanted}")
    if any(part.startswith("xl/externalLinks/") for part in names):
        _refuse(name, "external_links")


def _unpack(name: str, archive: ZipFile, member: ZipInfo, left: int) -> int:
    """Count a part and look for a DTD in it; how much may still come."""
    tail, size = b"", 0
    is_xml = _XML.search(member.filename) is not None
    with archive.open(member) as part:
        while piece := part.read(_PIECE):
            left, size = left - len(piece), size + len(piece)
            if left < 0 or (is_xml and size > MAX_XML):
                limit = MAX_UNPACKED if left < 0 else MAX_XML
                _refuse(name, "bomb", limit=limit // 1024 // 1024)
            if is_xml and _DTD.search(tail + piece):
                _refuse(name, "entities")
            tail = piece[-_LONGEST_DTD_MARK:]
    return left


def _refuse(name: str, key: str, **gaps: object) -> NoReturn:
    raise CannotJudge((Problem(phrase(f"office.{key}", **gaps), name),))

"""The names of the streams in an OLE2 file: what the old formats of Office are kept in."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MOST_SECTORS = 256
_HEADER_TABLES = 109
_ENTRY = 128


def stream_names(file: BinaryIO) -> frozenset[str]:
    """The names in its directory, as far as that can be followed."""
    file.seek(0)
    header = file.read(512)
    if len(header) < 512:
        return frozenset()
    (shift,) = struct.unpack_from("<H", header, 30)
    if shift not in {9, 12}:
        return frozenset()
    return frozenset(_names(file, header, 1 << shift))


def _names(file: BinaryIO, header: bytes, size: int) -> Iterator[str]:
    (sector,) = struct.unpack_from("<I", header, 48)
    # A chain may lead in a circle.
    for _ in range(_MOST_SECTORS):
        file.seek((sector + 1) * size)
        entries = file.read(size)
        for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
            (length,) = struct.unpack_from("<H", entries, at + 64)
            if entries[at + 66] and 2 < length <= 64:
                yield entries[at : at + length - 2].decode("utf-16-le", "replace")
        # Which sector follows is in a table; the header says where the first tables are.
        table, row = divmod(sector, size // 4)
        if len(entries) < size or table >= _HEADER_TABLES:
            return
        (where,) = struct.unpack_from("<I", header, 76 + 4 * table)
        file.seek((where + 1) * size + 4 * row)
        following = file.read(4)
        if len(following) < 4:
            return
        (sector,) = struct.unpack("<I", following)

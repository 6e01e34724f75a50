"""Plain text, by lines."""

from __future__ import annotations

import io
from typing import BinaryIO

from ita_check.looking.documents.encodings import encoding_of_text
from ita_check.looking.documents.reading import Reading
from ita_check.model.looked import Spot

# A file of many megabytes may be one line.
_LONGEST = 1 << 16


def read_plain(file: BinaryIO, reading: Reading, charset: str = "") -> None:
    """Read lines as an editor numbers them, a piece at a time."""
    encoding = encoding_of_text(file, charset)
    file.seek(0)
    lines = io.TextIOWrapper(file, encoding, errors="replace", newline=None)
    try:
        number = 1
        while piece := lines.readline(_LONGEST):
            reading.add(piece.removeprefix("\ufeff"), Spot("line", number))
            number += piece.endswith("\n")
    finally:
        lines.detach()  # the file is its opener's to close

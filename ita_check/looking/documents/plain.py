"""Plain text, by lines."""

from __future__ import annotations

import io
from typing import BinaryIO

from ita_check.looking.documents.encodings import decoded
from ita_check.looking.documents.reading import Reading
from ita_check.model.looked import Spot


def read_plain(file: BinaryIO, reading: Reading, charset: str = "") -> None:
    """Read lines as an editor numbers them."""
    file.seek(0)
    data = file.read(reading.limits.text + 1)
    if len(data) > reading.limits.text:
        data, reading.whole = data[:-1], False
    # Not by splitlines: a form feed begins no line in an editor.
    for number, line in enumerate(io.StringIO(decoded(data, charset), newline=None), 1):
        reading.add(line, Spot("line", number))

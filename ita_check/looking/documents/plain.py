"""Plain text, by lines."""

from __future__ import annotations

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
    for number, line in enumerate(decoded(data, charset).splitlines(), 1):
        reading.add(line, Spot("line", number))

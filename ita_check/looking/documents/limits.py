"""How much of a document is read."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """The bounds of reading one document, and of the processes that do it.

    A reader stops by itself when most of `seconds` is over and says what it found till then; the
    rest is for the process to be ended in. `memory` is address space, of which a worker that has
    read a locked PDF uses a fifth for its libraries alone. `unpacked` are the bytes out of all
    parts of a DOCX or XLSX, `stream` those out of one stream of a PDF, `steps` the operands and
    operators on one of its pages.
    """

    seconds: float = 15.0
    workers: int = 2
    memory: int = 1 << 30
    text: int = 20_000_000
    unpacked: int = 100_000_000
    pages: int = 2_000
    stream: int = 20_000_000
    steps: int = 400_000
    html: int = 2 << 20
    shown: int = 20_000
    links: int = 3_000


class Enough(Exception):
    """A bound was reached: what is left is not read."""


class Locked(Exception):
    """It opens with a password only."""

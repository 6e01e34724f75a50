"""Names of files made of the names of units, such as every system takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from ita_check.characters import INVISIBLE, normalised

SUFFIX = ".docx"
LONGEST = 100
# Linux counts bytes, and a Thai letter has three; room is left for the name of a copy.
_MOST_BYTES = 230
_UNSAFE = re.compile(r'[/\\:*?"<>|\x00-\x1f\x7f-\x9f\ud800-\udfff]+')


def file_names(prefix: str, names: Sequence[str]) -> tuple[str, ...]:
    """A file name for each of the names, in their order, no two the same on any system."""
    taken: set[str] = set()
    found = []
    for name in names:
        number = 1
        while _folded(made := _file_name(prefix, name, number)) in taken:
            number += 1
        taken.add(_folded(made))
        found.append(made)
    return tuple(found)


def _file_name(prefix: str, name: str, number: int) -> str:
    tail = (f"-{number}" if number > 1 else "") + SUFFIX
    plain = " ".join(
        _UNSAFE.sub("-", INVISIBLE.sub("", unicodedata.normalize("NFC", name))).split()
    )
    stem = prefix + plain
    while len(stem) + len(tail) > LONGEST or len((stem + tail).encode()) > _MOST_BYTES:
        stem = stem[:-1]
    # A dot or space at its end is dropped by Windows; a mark without its letter is none.
    return stem.strip(" .-") + tail


def _folded(name: str) -> str:
    """A name as systems compare it that tell neither case nor ways of typing apart."""
    return normalised(name).casefold()

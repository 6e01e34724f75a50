"""One reason why a requirement is not fully met."""

from __future__ import annotations

from typing import NamedTuple

from ita_check.model.catalogue import Level
from ita_check.texts import Phrase, Text


class Finding(NamedTuple):
    """What is wrong, where, and how to mend it; it knows nothing of presentation.

    `path` names the thing meant even if it is absent; `line` and `column` (1-based) point at its
    value or at the nearest parent that is there; `excerpt` is the line of the value, None where
    the value is not there, and `cut` how many of its characters are missing at the left.
    In a workbook they are row and column of `cell`, as in `Place`. `fingerprint` stays the same
    when lines move. `requirement` is the id of the requirement it
    speaks of, empty where it speaks of the file as a whole.
    """

    code: str
    level: Level
    path: str
    message: Phrase
    fix: Text | Phrase
    line: int
    column: int
    excerpt: str | None
    cut: int
    fingerprint: str
    requirement: str = ""
    cell: str = ""

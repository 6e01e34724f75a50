"""How a report is asked for: the language, and what only the terminal report heeds."""

from __future__ import annotations

from typing import NamedTuple

from ita_check.model.report import FailOn
from ita_check.texts import Language


class View(NamedTuple):
    """What a reporter is told besides the report.

    `width` is in terminal cells; `color` is False where there must be none and None where the
    stream decides; `ascii_marks` where the stream cannot hold symbols.
    """

    language: Language
    fail_on: FailOn = "error"
    width: int = 80
    color: bool | None = None
    ascii_marks: bool = False
    verbose: bool = False
    quiet: bool = False
    code: int | None = None

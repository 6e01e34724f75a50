"""The symbols of the terminal report, and what stands for them where they cannot be shown.

Every symbol stands beside a word that says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ita_check.model.catalogue import Level
from ita_check.model.report import Status
from ita_check.reporting.view import View

Mark = tuple[str, str]


class Marks(NamedTuple):
    """Symbols with the names of their styles."""

    status: Mapping[Status, Mark]
    level: Mapping[Level, Mark]
    full: str
    empty: str
    rule: str
    gutter: str
    bullet: str

    def bar(self, part: int, whole: int, cells: int) -> str:
        """A bar that is full only when the part is the whole."""
        filled = part * cells // whole
        return self.full * filled + self.empty * (cells - filled)


SYMBOLS = Marks(
    {
        "met": ("✓", "ok"),
        "incomplete": ("✗", "error"),
        "missing": ("✗", "error"),
        "not_due": ("○", "quiet"),
        "not_applicable": ("–", "quiet"),
        "waived": ("~", "warning"),
    },
    {"error": ("✗", "error"), "warning": ("!", "warning")},
    full="█",
    empty="░",
    rule="─",
    gutter="│",
    bullet="•",
)
ASCII = Marks(
    {
        "met": ("+", "ok"),
        "incomplete": ("x", "error"),
        "missing": ("x", "error"),
        "not_due": ("o", "quiet"),
        "not_applicable": ("-", "quiet"),
        "waived": ("~", "warning"),
    },
    {"error": ("x", "error"), "warning": ("!", "warning")},
    full="#",
    empty=".",
    rule="-",
    gutter="|",
    bullet="*",
)


def marks_for(view: View) -> Marks:
    """The marks that the stream can hold."""
    return ASCII if view.ascii_marks else SYMBOLS

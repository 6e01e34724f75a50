"""Lines of styled text for a terminal: wrapped here, before rich sees them."""

from __future__ import annotations

from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from ita_check.reporting.inert import inert
from ita_check.reporting.terminal.wrap import wrapped
from ita_check.reporting.view import View

STYLES = {
    "": Style.null(),
    "head": Style(bold=True),
    "error": Style(color="red", bold=True),
    "warning": Style(color="yellow"),
    "ok": Style(color="green"),
    "quiet": Style(dim=True),
    "place": Style(color="cyan"),
}
MIN_WIDTH = 40
Part = tuple[str, str]


class _Console(Console):
    """A console that leaves it to the caller what a closed pipe means; rich's own exits with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


class Page:
    """What is about to be written, line by line."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.width = max(view.width, MIN_WIDTH)
        self._segments: list[Segment] = []

    def line(self, *parts: Part) -> None:
        """One line as it is, whatever its length; each part is a text and the name of its style."""
        self._segments += [Segment(inert(text), STYLES[style]) for text, style in parts]
        self._segments.append(Segment.line())

    def text(
        self, text: str, style: str = "", indent: int = 0, lead: tuple[Part, ...] = ()
    ) -> None:
        """A text on as many lines as it takes, led on its first line and indented on the others."""
        margin = " " * indent
        used = sum(cell_len(part) for part, _ in lead)
        width = max(self.width - indent, MIN_WIDTH // 2)
        rows = wrapped(inert(text), width, self.view.language, max(used - indent, 0))
        self.line(*lead, (margin[used:], ""), (rows[0], style))
        for row in rows[1:]:
            self.line((margin, ""), (row, style))

    def row(self, row: list[Part], cells: list[int]) -> None:
        """A row of a table: padded columns, and the last one on as many lines as it takes."""
        lead = tuple(
            (pad(text, width), style) for (text, style), width in zip(row, cells, strict=False)
        )
        text, style = row[-1]
        if not text:
            last, last_style = lead[-1]
            lead = (*lead[:-1], (last.rstrip(), last_style))
        self.text(text, style, indent=sum(cells) + 2 if text else 0, lead=(("  ", ""), *lead))

    def write(self, stream: TextIO) -> None:
        """Write the lines; color as the view says, else as the stream can."""
        console = _Console(
            file=stream,
            width=self.width,
            color_system=None if self.view.color is False else "auto",
            legacy_windows=False,
            highlight=False,
            markup=False,
            emoji=False,
        )
        console.print(Segments(self._segments), end="", soft_wrap=True)


def pad(text: str, cells: int) -> str:
    """Text filled up with spaces to a width in cells; combining marks take none."""
    return text + " " * max(cells - cell_len(text), 0)

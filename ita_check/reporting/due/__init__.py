"""What is still to do: one module for each format, each a function of (due, stream, view)."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TextIO, cast

from ita_check.model.due import Due
from ita_check.model.report import Unjudged
from ita_check.reporting.view import View

Writer = Callable[[Due | Unjudged, TextIO, View], None]

FORMATS: dict[str, str] = {
    "text": "ita_check.reporting.due.text",
    "json": "ita_check.reporting.due.json",
}


def writer(name: str) -> Writer:
    """The function that writes a format."""
    return cast("Writer", import_module(FORMATS[name]).write)

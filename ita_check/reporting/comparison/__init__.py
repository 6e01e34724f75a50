"""Comparisons out: one module for each format, each by its name; a new one is a row here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TextIO, cast

from ita_check.model.comparison import Comparison
from ita_check.reporting.view import View

Reporter = Callable[[Comparison, TextIO, View], None]

# A format is imported when it is asked for; none pays for another.
FORMATS: dict[str, str] = {
    "text": "ita_check.reporting.comparison.text",
    "markdown": "ita_check.reporting.comparison.markdown",
    "json": "ita_check.reporting.comparison.json",
}


def reporter(name: str) -> Reporter:
    """The function that writes a format."""
    return cast("Reporter", import_module(FORMATS[name]).write)

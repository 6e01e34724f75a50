"""The formats by name; a new one is a module and a row here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TextIO, cast

from ita_check.model.report import Outcome
from ita_check.reporting.view import View

Reporter = Callable[[Sequence[Outcome], TextIO, View], None]

# A format is imported when it is asked for; none pays for another.
FORMATS: dict[str, str] = {
    "text": "ita_check.reporting.text",
    "json": "ita_check.reporting.json",
    "sarif": "ita_check.reporting.sarif",
    "junit": "ita_check.reporting.junit",
    "github": "ita_check.reporting.github",
    "codequality": "ita_check.reporting.codequality",
    "markdown": "ita_check.reporting.markdown",
    "csv": "ita_check.reporting.csv",
    "html": "ita_check.reporting.html",
}


def reporter(name: str) -> Reporter:
    """The function that writes a format."""
    return cast("Reporter", import_module(FORMATS[name]).write)

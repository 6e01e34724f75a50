"""The text of a cell, whatever Excel made of what was typed; what cannot be known is refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from ita_check.texts import Phrase, phrase

_ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")
# Excel keeps fifteen digits of a number.
_LARGEST = 10**15


class Refused(Exception):
    """The cell does not say what was meant, with the reason to tell."""

    def __init__(self, message: Phrase) -> None:
        super().__init__(message.key)
        self.message = message


def text_of(cell: Any, cached: Callable[[], object]) -> str:
    """The text that an evidence file would have; `cached` gives what a formula came to.

    A day that Excel keeps as one becomes `2567-03-31`, or `2024-03-31`, as its year was typed:
    which calendar is meant is told by the year.
    """
    if cell.data_type == "f":
        value = cached()
        if value is None:
            raise Refused(phrase("form.formula"))
        if value in _ERRORS:
            raise Refused(phrase("form.error_value", text=str(value)))
        return _written(value)
    if cell.data_type == "e":
        raise Refused(phrase("form.error_value", text=str(cell.value)))
    return _written(cell.value)


def _written(value: object) -> str:
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case datetime():
            if value.time() != time():
                raise Refused(phrase("form.time_of_day"))
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case time() | timedelta():
            raise Refused(phrase("form.time_of_day"))
        case int() | float():
            return _number(value)
    # Rich text comes as pieces that know their own text.
    return str(value)


def _number(value: float) -> str:
    if not math.isfinite(value) or abs(value) >= _LARGEST:
        raise Refused(phrase("form.long_number"))
    return str(int(value)) if value == int(value) else repr(value)

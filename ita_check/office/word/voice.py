"""What the program itself says in a document: Thai, with the digits asked for."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ita_check.model.calendar import Period, spelled_day
from ita_check.texts import Phrase, Text, said, template

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


class Voice(NamedTuple):
    """How documents speak; text of people and names for programs keep their own digits."""

    thai_digits: bool = False

    def say(self, what: Phrase | Text) -> str:
        """A sentence in Thai; plain strings in its gaps are of people, and stay as written."""
        if isinstance(what, Text):
            return self.digits(what.th)
        return self.digits(template(what.key, "th")).format_map(
            {name: self._filled(value) for name, value in what.gaps}
        )

    def digits(self, text: str) -> str:
        """A text of the program with the digits asked for."""
        return text.translate(_THAI_DIGITS) if self.thai_digits else text

    def day(self, day: date) -> str:
        """A day in full: `31 มีนาคม 2567`."""
        return self.digits(spelled_day(day).th)

    def period(self, period: Period) -> str:
        """A period in full, as evidence files take it too."""
        until = spelled_day(period.end).th if period.end else None
        since = spelled_day(period.start).th
        return self.digits(f"{since} - {until}" if until else f"{since} เป็นต้นไป")

    def _filled(self, value: object) -> str:
        if isinstance(value, str):
            return value
        if isinstance(value, date):
            return self.day(value)
        if isinstance(value, Phrase | Text):
            return self.say(value)
        if isinstance(value, tuple) and not hasattr(value, "_fields"):
            return ", ".join(self._filled(member) for member in value)
        return self.digits(said(value, "th"))

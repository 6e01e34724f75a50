"""The fields of a JSON file by name and type; what is missing or wrong is noted with its place."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NoReturn, TypeVar

from ita_check.loading.json_text import Json, note, places
from ita_check.loading.reading import shortened
from ita_check.loading.source import Source
from ita_check.texts import Phrase, phrase

# A file that is no report at all needs no long list of what it lacks.
MOST_PROBLEMS = 20
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
Object = dict[str, Json]
# What stands for an object that is missing itself; nothing is missed in it.
_ABSENT: Object = {}
Sort = TypeVar("Sort", str, int, list[Json], Object)
Choice = TypeVar("Choice", bound=str)


def at(path: str, key: str) -> str:
    """The path of a key of the object at a path."""
    return f"{path}.{key}" if path else key


@dataclass(frozen=True)
class Fields:
    """The fields of one file; where one is not as it has to be, something harmless stands in."""

    source: Source
    _wrong: list[tuple[str, Phrase]] = field(default_factory=list)

    def wrong(self, message: Phrase, path: str) -> None:
        """Note what is wrong with the value at a path."""
        if len(self._wrong) < MOST_PROBLEMS:
            self._wrong.append((path, message))

    def fail_if_any(self) -> None:
        """Raise what was noted, each with its place; only now is it known which to look for."""
        offsets = places(self.source.text, {path for path, _ in self._wrong})
        ordered = sorted(self._wrong, key=lambda one: offsets.get(one[0], 0))
        for number, (path, message) in enumerate(ordered):
            # What to do about it is the same for all of them, and said once.
            said = message if number else phrase("comparison.file.with_remedy", problem=message)
            note(self.source, said, offsets.get(path, 0), path=path)
        self.source.fail_if_any()

    def fail(self, message: Phrase, path: str) -> NoReturn:
        """Raise that the file cannot be used at all, whatever else is wrong with it."""
        note(self.source, message, places(self.source.text, {path}).get(path, 0), path=path)
        self.source.fail_if_any()
        raise AssertionError("there is a problem now")

    def does_not_fit(self, value: Json, path: str) -> None:
        """Note that a value is none that a report has there."""
        if isinstance(value, list | dict):
            text = "[ ]" if isinstance(value, list) else "{ }"
        else:
            text = value if isinstance(value, str) else json.dumps(value)
        self.wrong(phrase("comparison.file.value", key=path, text=shortened(text)), path)

    def need(self, holder: Object, key: str, path: str, default: Sort) -> Sort:
        """The value of a key, of the type of the default; numbers are at least 1."""
        value = holder.get(key)
        if type(value) is type(default) and not (type(value) is int and value < 1):
            return value
        if key in holder:
            self.does_not_fit(value, at(path, key))
        elif holder is not _ABSENT:
            self.wrong(phrase("comparison.file.lacks", key=at(path, key)), path)
        return default

    def object(self, holder: Object, key: str, path: str) -> Object:
        """The object behind a key."""
        return self.need(holder, key, path, _ABSENT)

    def each(self, holder: Object, key: str, path: str) -> Iterator[tuple[Object, str]]:
        """The objects of a list, each with its path; anything else in it is wrong."""
        for number, entry in enumerate(self.need(holder, key, path, [])):
            where = f"{at(path, key)}[{number}]"
            if isinstance(entry, dict):
                yield entry, where
            else:
                self.does_not_fit(entry, where)

    def text(self, holder: Object, key: str, path: str) -> str:
        """A text with something in it."""
        word = self.need(holder, key, path, "")
        if word == "" and holder.get(key) == "":
            self.does_not_fit(word, at(path, key))
        return word

    def matching(self, holder: Object, key: str, path: str, form: re.Pattern[str]) -> str:
        """A text of a certain form."""
        word = self.text(holder, key, path)
        if word and not form.fullmatch(word):
            self.does_not_fit(word, at(path, key))
        return word

    def choice(self, holder: Object, key: str, path: str, allowed: tuple[Choice, ...]) -> Choice:
        """One of a few words."""
        word = self.text(holder, key, path)
        for choice in allowed:
            if word == choice:
                return choice
        if word:
            self.does_not_fit(word, at(path, key))
        return allowed[0]

    def day(self, holder: Object, key: str, path: str) -> date:
        """A Gregorian day in ISO form."""
        word = self.text(holder, key, path)
        try:
            if _DAY.fullmatch(word):
                return date.fromisoformat(word)
        except ValueError:
            pass  # the form of a day, but none of the calendar
        if word:
            self.does_not_fit(word, at(path, key))
        return date.min

    def year(self, holder: Object, key: str, path: str) -> int:
        """A year of four digits."""
        year = self.need(holder, key, path, 0)
        if year and not 1000 <= year <= 9999:
            self.does_not_fit(year, at(path, key))
        return year

"""What the program says, in Thai and in English; the words themselves are the JSON files here."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

Language = Literal["th", "en"]
_FOLDER = Path(__file__).parent
COMMA = ", "


class Text(NamedTuple):
    """One text in both languages."""

    th: str
    en: str

    def say(self, language: Language) -> str:
        """The text in one language."""
        return self.th if language == "th" else self.en


class Phrase(NamedTuple):
    """A sentence of the JSON files by its key, `file.name`, with what fills its gaps."""

    key: str
    gaps: tuple[tuple[str, object], ...] = ()

    def say(self, language: Language) -> str:
        """The sentence in one language; texts in its gaps are in that language too."""
        return template(self.key, language).format_map(
            {name: said(value, language) for name, value in self.gaps}
        )


def phrase(key: str, /, **gaps: object) -> Phrase:
    """A `Phrase` with its gaps by name: texts, phrases, plain strings, numbers, or tuples of them."""
    return Phrase(key, tuple(gaps.items()))


def either(values: Iterable[object]) -> Text:
    """Things of which one is meant: `2567 หรือ 2566`."""
    members = tuple(values)
    return Text(
        " หรือ ".join(said(member, "th") for member in members),
        " or ".join(said(member, "en") for member in members),
    )


def said(value: object, language: Language) -> str:
    """Whatever may fill a gap, in one language; the members of a tuple are separated by commas."""
    if isinstance(value, Text | Phrase):
        return value.say(language)
    if isinstance(value, tuple):
        return COMMA.join(said(member, language) for member in value)
    return str(value)


def template(key: str, language: Language) -> str:
    """The sentence behind a key with its gaps open; an unknown key is a fault of the program."""
    file, _, name = key.partition(".")
    return sentences(file)[name][language]


@cache
def sentences(file: str) -> dict[str, dict[Language, str]]:
    """All sentences of one JSON file: name, then language."""
    content: dict[str, dict[Language, str]] = json.loads(
        (_FOLDER / f"{file}.json").read_text(encoding="utf-8")
    )
    return content

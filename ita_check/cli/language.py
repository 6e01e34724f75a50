"""Which language to speak: `--lang`, else `ITA_CHECK_LANG`, else the system's, else Thai."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from ita_check.texts import Language

VARIABLE = "ITA_CHECK_LANG"
LANGUAGES: tuple[Language, ...] = ("th", "en")
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of_system(environment: Mapping[str, str] = os.environ) -> Language:
    """The language of the environment; a locale without a language, such as C, says Thai."""
    for name in (VARIABLE, *_LOCALE_VARIABLES):
        value = environment.get(name)
        if value:
            return _language(value) or "th"
    if sys.platform == "win32":
        import locale

        return _language(locale.getlocale()[0] or "") or "th"
    return "th"


def language_of_words(words: Sequence[str]) -> Language:
    """The language of a command line that is not parsed yet, for its help and its errors."""
    for number, word in enumerate(words):
        following = words[number + 1] if number + 1 < len(words) else ""
        value = following if word == "--lang" else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in LANGUAGES:
            return value
    return language_of_system()


def _language(value: str) -> Language | None:
    lowered = value.lower()
    if lowered.startswith("th"):
        return "th"
    return "en" if lowered.startswith("en") else None

"""A JSON file as plain values, and where in it a value stands.

Reading is left to `json`, which tells no places; only what is wrong is looked for a second time.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from ita_check.errors import Problem
from ita_check.loading.reading import shortened
from ita_check.loading.source import MAX_DEPTH, Source
from ita_check.texts import Phrase, phrase

# What `json` gives: dict, list, str, int, float, bool or None, and nothing says which.
Json = Any

LONGEST_INTEGER = 18
# How many characters of a long line are shown on either side of what is wrong.
_AROUND = 30
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)
_CONSTANTS = ("NaN", "Infinity", "-Infinity")


class _Refused(Exception):
    """There is something that `json` would take and we do not: where, is looked for then."""


def read_json(source: Source) -> Json:
    """The value that a file holds; raises `CannotJudge` where it is no JSON that means one thing.

    That excludes a key that stands twice, and NaN, which JSON does not have.
    """
    try:
        return json.loads(
            source.text, object_pairs_hook=_unique, parse_constant=_refuse, parse_int=_integer
        )
    except json.JSONDecodeError as error:
        note(source, phrase("comparison.file.not_json", reason=error.msg), error.pos)
    except (_Refused, RecursionError):
        _note_refused(source)
    source.fail_if_any()
    raise AssertionError("what was refused is found again")


def places(text: str, paths: Collection[str]) -> dict[str, int]:
    """Where the values at some paths, such as `issues[0].requirements[2].status`, begin."""
    found = {}
    for one in _walk(text):
        if one.sort == "value" and one.path in paths:
            found[one.path] = one.offset
            if len(found) == len(paths):
                break
    return found


def note(source: Source, message: Phrase, offset: int, width: int = 1, path: str = "") -> None:
    """Note a problem at a character; of a report on one line only what is around it is shown."""
    place = source.map.at(offset)
    before = place.column - 1 - place.cut
    excerpt = (place.excerpt or "")[max(before - _AROUND, 0) : before + _AROUND]
    cut = place.cut + max(before - _AROUND, 0)
    width = max(1, min(width, len(excerpt) - (place.column - 1 - cut)))
    source.problems.append(
        Problem(message, source.name, place.line, place.column, path, excerpt, cut, width)
    )


def _unique(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Refused
    return found


def _refuse(_word: str) -> Json:
    raise _Refused


def _integer(word: str) -> int | float:
    """A whole number; one too long to be any of ours becomes what is none."""
    return int(word) if len(word) <= LONGEST_INTEGER else float(word)


def _note_refused(source: Source) -> None:
    """Note the first thing that was refused, wherever it stands."""
    for found in _walk(source.text):
        if found.sort == "repeated":
            message = phrase("comparison.file.repeated_key", key=shortened(found.word))
            note(source, message, found.offset, len(found.word) + 2)
        elif found.sort == "constant":
            message = phrase("comparison.file.not_json", reason=found.word)
            note(source, message, found.offset, len(found.word))
        elif found.depth > MAX_DEPTH:
            note(source, phrase("problems.too_deep", limit=MAX_DEPTH), found.offset)
        else:
            continue
        return


_Sort = Literal["value", "constant", "repeated"]


class _Found(NamedTuple):
    """A value, one that JSON does not have, or a key that stands twice in its mapping."""

    sort: _Sort
    path: str
    offset: int
    depth: int
    word: str


@dataclass
class _Open:
    """A mapping or list that is not closed yet; `step` leads to the value that comes next."""

    path: str
    keys: set[str] | None
    step: str = ""
    index: int = 0
    awaits_key: bool = True


def _walk(text: str) -> Iterator[_Found]:
    """Every value of the text in turn, and every key that stands twice."""
    stack: list[_Open] = []
    for match in _TOKEN.finditer(text):
        word, offset = match.group(), match.start()
        top = stack[-1] if stack else None
        if word in "]}":
            if stack:
                stack.pop()
        elif word == ",":
            if top is not None:
                top.index, top.awaits_key = top.index + 1, True
        elif word == ":":
            if top is not None:
                top.awaits_key = False
        elif top is not None and top.keys is not None and top.awaits_key:
            key = _key(word)
            if key in top.keys:
                yield _Found("repeated", top.path, offset, len(stack), key)
            top.keys.add(key)
            top.step = key
        else:
            path = _path(top)
            sort: _Sort = "constant" if word.startswith(_CONSTANTS) else "value"
            yield _Found(sort, path, offset, len(stack) + 1, word)
            if word in "[{":
                stack.append(_Open(path, set() if word == "{" else None))


def _key(word: str) -> str:
    try:
        return str(json.loads(word))
    except ValueError:
        return word


def _path(top: _Open | None) -> str:
    if top is None:
        return ""
    if top.keys is None:
        return f"{top.path}[{top.index}]"
    return f"{top.path}.{top.step}" if top.path else top.step

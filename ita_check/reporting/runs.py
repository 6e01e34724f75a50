"""What fills a report as stretches of words and of code, for formats that set code apart.

Our own sentences mark code with backticks. What fills them comes from outside, and a backtick in
it is just that.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import NamedTuple

from ita_check.texts import COMMA, Language, Phrase, Text, said, template


class Run(NamedTuple):
    """A stretch of characters, and whether it is set as code."""

    text: str
    code: bool


def runs(value: object, language: Language) -> Iterator[Run]:
    """The stretches of a value: code where our own sentence says so, and all else as it is."""
    if isinstance(value, Phrase):
        yield from _sentence(value, language)
    elif isinstance(value, Text):
        yield from _marked(value.say(language))
    elif isinstance(value, tuple):
        for number, member in enumerate(value):
            if number:
                yield Run(COMMA, code=False)
            yield from runs(member, language)
    else:
        yield Run(str(value), code=False)


def _sentence(sentence: Phrase, language: Language) -> Iterator[Run]:
    """A sentence: backticks count only where they are its own, not where they fill it."""
    filling = dict(sentence.gaps)
    in_code = False
    for literal, name, _, _ in Formatter().parse(template(sentence.key, language)):
        for number, part in enumerate(literal.split("`")):
            in_code ^= number > 0
            if part:
                yield Run(part, in_code)
        if name is None:
            continue
        if in_code:
            yield Run(said(filling[name], language), code=True)
        else:
            yield from runs(filling[name], language)


def _marked(text: str) -> Iterator[Run]:
    """A text of the rules; a backtick without its pair is one to be seen."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        parts[-2:] = ["`".join(parts[-2:])]
    for number, part in enumerate(parts):
        if part:
            yield Run(part, code=number % 2 == 1)

"""How much of one text stands in another, whatever the digits, spaces and signs."""

from __future__ import annotations

from functools import lru_cache

from ita_check.characters import normalised

_LENGTH = 3
_MARKS = frozenset(map(chr, (0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F))))


@lru_cache(maxsize=4096)
def grams(text: str) -> frozenset[str]:
    """The runs of three letters of a text; Thai has no spaces that would give words."""
    letters = "".join(
        sign for sign in normalised(text).casefold() if sign.isalpha() or sign in _MARKS
    )
    return frozenset(letters[at : at + _LENGTH] for at in range(len(letters) - _LENGTH + 1))


def within(part: str, whole: str) -> float:
    """Which share of a text stands in another, from 0 to 1."""
    wanted = grams(part)
    return len(wanted & grams(whole)) / len(wanted) if wanted else 0.0


def alike(one: str, other: str) -> float:
    """Which share of the shorter of two texts stands in the other, from 0 to 1."""
    return max(within(one, other), within(other, one))

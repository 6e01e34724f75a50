"""What each step's cells say, and how sure it is that they say it of this step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from ita_check.office.importing.blocks import FieldName
from ita_check.office.importing.pieces import Piece, pieces_of, same
from ita_check.office.importing.similar import within
from ita_check.office.importing.steps import Share, Step
from ita_check.office.marks import is_open

Certainty = Literal["own", "shared", "by_position", "empty"]
CERTAINTIES: tuple[Certainty, ...] = ("own", "shared", "by_position", "empty")
# A sentence that would suit any step, such as "people were told", holds up to 0.36 of a step of
# the seed document; one that repeats its step holds more.
_FITS = 0.4
Values = Mapping[FieldName, "Value"]


class Value(NamedTuple):
    """What a cell says of a step; several units are a tuple.

    `pieces` and `steps` are how many items and which steps, by index, the whole cell has;
    `goes_on` where the cell seems to continue the one of the page before.
    """

    text: str | tuple[str, ...]
    certainty: Certainty
    pieces: int
    steps: tuple[int, ...]
    goes_on: bool = False


def cells_of(steps: Sequence[Step], shares: Sequence[Share]) -> tuple[Values, ...]:
    """The cells of each step, in the order of the steps."""
    found: list[dict[FieldName, Value]] = [{} for _ in steps]
    for share in shares:
        texts = [steps[index].text for index in share.steps]
        for index, value in zip(share.steps, _values(share, texts), strict=True):
            found[index][share.field] = value
    return tuple(found)


def _values(share: Share, texts: Sequence[str]) -> Iterator[Value]:
    # What a report of ours leaves visibly open, with or without a reason, was never declared.
    is_left = is_open("\n".join(part.text for part in share.paragraphs))
    declared = () if is_left else share.paragraphs
    pieces = pieces_of(share.field, declared, len(texts))
    apart = len(pieces) == len(texts)
    text: str | tuple[str, ...]
    whole = "" if apart else _whole(share.field, pieces)
    for at in range(len(texts)):
        if apart:
            text, certainty = _apart(share.field, pieces, texts, at)
        else:
            text, certainty = whole, ("shared" if pieces else "empty")
        yield Value(text, certainty, len(pieces), share.steps, share.goes_on)


def _apart(
    field: FieldName, pieces: Sequence[Piece], texts: Sequence[str], at: int
) -> tuple[str, Certainty]:
    """The item that stands in the place of a step."""
    # Units and periods say nothing of a step, so that only their order could be right or wrong.
    worded = field in ("result", "outcome")
    own = same(pieces) or (worded and _confirmed(pieces[at].text, texts, at))
    return pieces[at].text, "own" if own else "by_position"


def _confirmed(piece: str, texts: Sequence[str], at: int) -> bool:
    """Whether an item fits its own step, and better than any other of the row."""
    fits = [max(within(text, piece), within(piece, text)) for text in texts]
    own = fits.pop(at)
    return own >= _FITS and all(own > other for other in fits)


def _whole(field: FieldName, pieces: Sequence[Piece]) -> str | tuple[str, ...]:
    """All of a cell: units once each, a period once where all are the same, items line by line."""
    if len(pieces) == 1:
        return pieces[0].text  # the bullet of a single item says nothing
    said = tuple(dict.fromkeys(piece.whole for piece in pieces))
    if len(said) == 1:
        return said[0]
    if field == "responsible":
        return said
    return " ".join(said) if field == "period" else "\n".join(said)

"""Who has to do what: the pieces and action rows of each responsible unit."""

from __future__ import annotations

from typing import NamedTuple

from ita_check.model.due import Due, Piece, Row
from ita_check.model.report import Judged
from ita_check.reporting.words import gaps_by_unit


class Share(NamedTuple):
    """What one unit has to do; None is where no unit is named. What is of two stands with both."""

    unit: str | None
    gaps: tuple[Judged, ...]
    pieces: tuple[Piece, ...]
    rows: tuple[Row, ...]

    def serves(self, piece: Piece) -> tuple[str, ...]:
        """The gaps of the unit that a piece serves."""
        return tuple(
            one.requirement.id for one in self.gaps if one.requirement.id in piece.requirements
        )


def shares(due: Due) -> tuple[Share, ...]:
    """Each unit's share, that of the unit with most gaps first."""
    found = []
    for unit, gaps in gaps_by_unit(due.report):
        ids = {judged.requirement.id for judged in gaps}
        found.append(
            Share(
                unit,
                gaps,
                tuple(piece for piece in due.pieces if piece.requirements & ids),
                tuple(row for row in due.rows if row.requirement in ids),
            )
        )
    return tuple(found)

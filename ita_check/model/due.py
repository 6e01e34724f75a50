"""What is still to do: pieces of work, what each of them settles, and what opens later."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

from ita_check.model.finding import Finding
from ita_check.model.report import Judged, Report
from ita_check.texts import Phrase, Text

# What is done with a piece of evidence; `name` is for the agency's website, which all URLs need.
Doing = Literal[
    "declare", "declare_and_publish", "publish", "complete", "complete_and_publish", "name"
]
RowPart = Literal["responsible", "period", "result"]


class Step(NamedTuple):
    """One thing to do for a piece, where it is done, and the requirements that ask for it."""

    requirements: tuple[str, ...]
    message: Phrase
    fix: Text | Phrase
    path: str
    line: int
    column: int
    cell: str = ""


class Joint(NamedTuple):
    """A requirement that no piece settles alone: of each member of `needs` it takes one piece."""

    requirement: str
    needs: tuple[tuple[str, ...], ...]


class Advance(NamedTuple):
    """A requirement that a piece serves without settling it.

    `needs` is what it lacks besides: of each member one piece, by its id, is enough.
    """

    requirement: str
    needs: tuple[tuple[str, ...], ...]


class Piece(NamedTuple):
    """What one unit does in one go about one kind of evidence, or about the agency's website.

    `id` is the path of the thing: `evidence.hr_plan`. `settled` are the gaps that lack no other
    evidence; of these, `with_row` are met only once their action rows are filled in too.
    `publish_for` are the requirements that ask for it to be public as soon as it is there.
    """

    id: str
    title: Text
    doing: Doing
    settled: tuple[str, ...]
    with_row: tuple[str, ...]
    advances: tuple[Advance, ...]
    publish_for: tuple[str, ...]
    steps: tuple[Step, ...]

    @property
    def kind(self) -> str | None:
        """The kind of evidence, None for the website."""
        return None if self.doing == "name" else self.id.removeprefix("evidence.")

    @property
    def name(self) -> str:
        """What the evidence file calls it: the kind, or the path of the website."""
        return self.kind or self.id

    @property
    def settles(self) -> tuple[str, ...]:
        """The gaps that are met as soon as this alone is done."""
        return tuple(id_ for id_ in self.settled if id_ not in self.with_row)

    @property
    def requirements(self) -> frozenset[str]:
        """All that it serves."""
        return frozenset(self.settled) | {advance.requirement for advance in self.advances}


class Row(NamedTuple):
    """The action row of a gap that is not filled in; `settles` where nothing else is lacking."""

    requirement: str
    missing: tuple[RowPart, ...]
    settles: bool
    findings: tuple[Finding, ...]


class Later(NamedTuple):
    """A requirement that is no gap yet: it opens, or its waiver ends, on a day."""

    judged: Judged
    day: date
    days_left: int


class Due(NamedTuple):
    """All that is open in one report: the piece that settles most first.

    `joint` and `rows` are in catalogue order, `later` by day. `expired` are the waivers that hold no more.
    """

    report: Report
    pieces: tuple[Piece, ...]
    joint: tuple[Joint, ...]
    rows: tuple[Row, ...]
    later: tuple[Later, ...]
    expired: tuple[Finding, ...]

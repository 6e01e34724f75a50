"""The six columns: for each issue a table with a row for every step of its measures."""

from __future__ import annotations

from collections.abc import Iterator

from ita_check.model.catalogue import Catalogue, Measure, Requirement
from ita_check.model.evidence import Action, DeclaredException, Evidence, Units
from ita_check.model.report import Report
from ita_check.office.marks import NOT_APPLICABLE, OPEN, WAIVED
from ita_check.office.word.styles import HEADING
from ita_check.office.word.table import Cell, Grid, table, text_cell
from ita_check.office.word.voice import Voice
from ita_check.office.word.xml import Element, paragraph, run
from ita_check.texts import phrase

# Measure, step, unit, period, result, outcome; margins leave 26.7 of an A4 page that lies.
_WIDTHS = (3.5, 4.7, 3.2, 4.2, 5.9, 5.2)
_HEIGHT = 15.5  # what the margins and the head leave of its height
NOTHING = Action(None, None, None, None)


def measures(
    catalogue: Catalogue, evidence: Evidence, report: Report, voice: Voice, size: int
) -> Iterator[Element]:
    """Each issue's heading and table."""
    grid = Grid(_WIDTHS, _HEIGHT, size)
    heads = [
        voice.say(head)
        for head in (
            phrase("word.head.measure"),
            phrase("word.head.step"),
            phrase("word.head.responsible"),
            phrase("word.head.period"),
            phrase("word.head.result"),
            phrase("word.head.outcome"),
        )
    ]
    excepted = {one.requirement.id: one.exception for one in report.requirements}
    for issue in catalogue.issues:
        title = phrase("word.issue", number=issue.number, title=issue.title)
        yield paragraph(HEADING, run(voice.say(title)))
        rows = [
            row for measure in issue.measures for row in _rows(measure, evidence, excepted, voice)
        ]
        yield table(grid, heads, rows)


def _rows(
    measure: Measure,
    evidence: Evidence,
    excepted: dict[str, DeclaredException | None],
    voice: Voice,
) -> Iterator[tuple[Cell, ...]]:
    for number, rule in enumerate(measure.requirements):
        title = _numbered(measure, voice) if not number else ""
        action = evidence.actions.get(rule.id, NOTHING)
        yield (
            Cell([title], begins=not number, continues=bool(number)),
            Cell([_numbered(rule, voice)]),
            _declared(written_units(action.responsible)),
            _declared(voice.period(action.period) if action.period else None),
            _result(action.result, excepted[rule.id], voice),
            _declared(action.outcome),
        )


def _numbered(part: Measure | Requirement, voice: Voice) -> str:
    """A title with its number within what it is part of."""
    return f"{voice.digits(part.id.rpartition('.')[2])}. {voice.say(part.title)}"


def _declared(text: str | None) -> Cell:
    return text_cell(text) if text else Cell([OPEN], marked=True)


def _result(text: str | None, exception: DeclaredException | None, voice: Voice) -> Cell:
    if text or exception is None:
        return _declared(text)
    if exception.status == "not_applicable":
        return Cell([NOT_APPLICABLE, *text_cell(exception.reason).lines], marked=True)
    until = phrase("word.waived_until", day=exception.expires, by=exception.approved_by)
    lines = [WAIVED, *text_cell(exception.reason).lines, voice.say(until)]
    return Cell(lines, marked=True)


def written_units(units: Units | None) -> str | None:
    """The units as written, but a line for each where that would not be read back as the same."""
    if units is None:
        return None
    read = tuple(part.strip() for part in units.written.split("/") if part.strip())
    return units.written if read == units.names else "\n".join(units.names)

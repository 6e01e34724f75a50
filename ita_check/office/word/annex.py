"""The annex: what is not complete, which cells are open, and what is excepted or not due yet."""

from __future__ import annotations

from collections.abc import Iterator

from ita_check.model.evidence import Action, Evidence
from ita_check.model.report import UNJUDGED, Judged, Report
from ita_check.office.word.gaps import finding_lines, findings_of, small_table, status_of, unit_of
from ita_check.office.word.measures import NOTHING
from ita_check.office.word.styles import BODY, HEADING, NOTE
from ita_check.office.word.table import Cell, Grid
from ita_check.office.word.voice import Voice
from ita_check.office.word.xml import Element, lines_of, paragraph, run
from ita_check.texts import Phrase, phrase

_HEIGHT = 15.5
# No table has the columns of the report, so that nothing here is taken for a step of it.
_GAPS = (1.8, 9.4, 15.5)
_CELLS = (1.8, 11.4, 13.5)
_OTHERS = (1.8, 11.4, 13.5)
_ADVICE = (13.4, 13.3)


def annex(evidence: Evidence, report: Report, voice: Voice, size: int) -> Iterator[Element]:
    """The headings, sentences and tables of the annex."""
    yield paragraph(HEADING, run(voice.say(phrase("word.annex.title"))), pageBreakBefore=1)
    yield _said(voice, phrase("word.annex.about", day=report.as_of))
    yield from _gaps(report, voice, size)
    yield from _open_cells(evidence, report, voice, size)
    yield from _others(report, voice, size)
    yield from _advice(report, voice, size)
    yield paragraph(NOTE, run(voice.say(phrase("word.report.no_certificate"))))


def _gaps(report: Report, voice: Voice, size: int) -> Iterator[Element]:
    yield paragraph(HEADING, run(voice.say(phrase("word.annex.gaps"))))
    gaps = [one for one in report.requirements if one.is_gap]
    if not gaps:
        yield _said(voice, phrase("word.annex.no_gaps"))
        return
    yield _said(voice, phrase("word.annex.gaps_count", count=len(gaps)))
    heads = (
        phrase("word.head.id"),
        phrase("word.head.requirement"),
        phrase("word.head.lacking_and_fix"),
    )
    rows = []
    for one in gaps:
        lacking, fixes = finding_lines(findings_of(one, report))
        title = Cell(
            [
                f"{voice.say(one.requirement.title)} ({voice.say(status_of(one))})",
                voice.say(phrase("word.annex.unit", unit=unit_of(one))),
            ]
        )
        fix = voice.say(phrase("word.annex.fix"))
        both = lacking._replace(lines=[*lacking.lines, fix, *fixes.lines])
        rows.append((Cell([one.requirement.id]), title, both))
    yield small_table(Grid(_GAPS, _HEIGHT, size), heads, rows, voice)


def _open_cells(evidence: Evidence, report: Report, voice: Voice, size: int) -> Iterator[Element]:
    yield paragraph(HEADING, run(voice.say(phrase("word.annex.cells"))))
    rows = []
    for one in report.requirements:
        missing = _open(evidence.actions.get(one.requirement.id, NOTHING))
        if missing:
            names = ", ".join(voice.say(head) for head in missing)
            title = voice.say(one.requirement.title)
            rows.append((Cell([one.requirement.id]), Cell([title]), Cell([names])))
    if not rows:
        yield _said(voice, phrase("word.annex.no_cells"))
        return
    yield _said(voice, phrase("word.annex.cells_count", count=len(rows)))
    heads = (
        phrase("word.head.id"),
        phrase("word.head.requirement"),
        phrase("word.head.open_cells"),
    )
    yield small_table(Grid(_CELLS, _HEIGHT, size), heads, rows, voice)


def rows_with_open_cells(evidence: Evidence, report: Report) -> int:
    """In how many rows of the report a cell is open."""
    return sum(
        bool(_open(evidence.actions.get(one.requirement.id, NOTHING)))
        for one in report.requirements
    )


def _open(action: Action) -> list[Phrase]:
    """The heads of the columns in which an action says nothing."""
    heads = (
        (action.responsible, phrase("word.head.responsible")),
        (action.period, phrase("word.head.period")),
        (action.result, phrase("word.head.result")),
        (action.outcome, phrase("word.head.outcome")),
    )
    return [head for value, head in heads if not value]


def _others(report: Report, voice: Voice, size: int) -> Iterator[Element]:
    others = [one for one in report.requirements if one.status in UNJUDGED]
    if not others:
        return
    yield paragraph(HEADING, run(voice.say(phrase("word.annex.others"))))
    heads = (
        phrase("word.head.id"),
        phrase("word.head.requirement"),
        phrase("word.head.status_and_reason"),
    )
    rows = [
        (
            Cell([one.requirement.id]),
            Cell([voice.say(one.requirement.title)]),
            Cell([voice.say(status_of(one)), *_why(one, voice)]),
        )
        for one in others
    ]
    yield small_table(Grid(_OTHERS, _HEIGHT, size), heads, rows, voice)


def _why(judged: Judged, voice: Voice) -> list[str]:
    exception = judged.exception
    if exception is None:
        opens = judged.opens
        return [voice.say(phrase("word.opens", day=opens))] if opens else []
    lines = lines_of(exception.reason)
    if exception.status == "waived":
        until = phrase("word.waived_until", day=exception.expires, by=exception.approved_by)
        lines.append(voice.say(until))
    return lines


def _advice(report: Report, voice: Voice, size: int) -> Iterator[Element]:
    """What is found of the file as a whole, or of exceptions where there is no gap."""
    gaps = {one.requirement.id for one in report.requirements if one.is_gap}
    found = [one for one in report.findings if one.requirement not in gaps]
    if not found:
        return
    yield paragraph(HEADING, run(voice.say(phrase("word.annex.advice"))))
    heads = (phrase("word.head.lacking"), phrase("word.head.fix"))
    yield small_table(
        Grid(_ADVICE, _HEIGHT, size), heads, [finding_lines([one]) for one in found], voice
    )


def _said(voice: Voice, sentence: Phrase) -> Element:
    return paragraph(BODY, run(voice.say(sentence)))

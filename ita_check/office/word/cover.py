"""The first page: what the report is, of whom, and how far its measures are complete."""

from __future__ import annotations

from collections.abc import Iterator

from ita_check.model.report import Report
from ita_check.office.word.styles import BODY, COVER, NOTE, SUBTITLE
from ita_check.office.word.voice import Voice
from ita_check.office.word.xml import Element, paragraph, run
from ita_check.texts import phrase


def cover(report: Report, voice: Voice) -> Iterator[Element]:
    """The paragraphs of the cover."""
    summary = report.summary
    counts = summary.statuses_by_name
    yield paragraph(COVER, run(voice.say(phrase("word.report.title"))))
    yield paragraph(SUBTITLE, run(voice.say(phrase("word.report.year", year=report.fiscal_year))))
    yield paragraph(SUBTITLE, run(report.agency.name))
    yield paragraph(BODY)
    said = [
        phrase("word.report.judged", day=report.as_of, count=summary.requirements),
        phrase("word.report.figures", **counts),
    ]
    if summary.gaps:
        said.append(phrase("word.report.see_annex"))
    for one in said:
        yield paragraph(BODY, run(voice.say(one)), jc="center")
    yield paragraph(NOTE, run(voice.say(phrase("word.report.no_certificate"))), jc="center")

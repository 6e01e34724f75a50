"""The report of all measures in six columns, with a cover and an annex of what is open."""

from __future__ import annotations

from ita_check.model.catalogue import Catalogue
from ita_check.model.evidence import Evidence
from ita_check.model.report import Report
from ita_check.office.word.annex import annex
from ita_check.office.word.cover import cover
from ita_check.office.word.document import Part, Template, add_parts, begin, finish
from ita_check.office.word.measures import measures
from ita_check.office.word.page import Page
from ita_check.office.word.styles import Font
from ita_check.office.word.voice import Voice
from ita_check.texts import phrase


def report_document(
    catalogue: Catalogue,
    evidence: Evidence,
    report: Report,
    *,
    template: Template | None,
    voice: Voice,
    font: Font,
) -> bytes:
    """The report as a Word file; raises `CannotJudge` where the template cannot be used."""
    document = begin(template, font)
    page = Page(
        landscape=True, top=1.8, right=1.5, bottom=1.7, left=1.5, thai_digits=voice.thai_digits
    )
    parts = (
        Part(page, tuple(cover(report, voice))),
        Part(
            page,
            (
                *measures(catalogue, evidence, report, voice, font.size),
                *annex(evidence, report, voice, font.size),
            ),
        ),
    )
    add_parts(document, parts)
    title = voice.say(phrase("word.report.title"))
    year = voice.say(phrase("word.report.year", year=report.fiscal_year))
    return finish(document, f"{title} {year}", report.agency.name, report.as_of)

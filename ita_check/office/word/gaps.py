"""What documents say alike of a requirement: what it lacks, how that is mended, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ita_check.model.finding import Finding
from ita_check.model.report import Judged, Report
from ita_check.office.word.table import Cell, Grid, table
from ita_check.office.word.voice import Voice
from ita_check.office.word.xml import Element
from ita_check.texts import Phrase, Text, phrase, said

_BULLET = "- "
_NAMED = "\0"  # stands for the gap; no evidence file can hold it


def finding_lines(findings: Sequence[Finding]) -> tuple[Cell, Cell]:
    """What is lacking and how it is mended, errors first, each sentence once.

    Sentences of findings quote what people wrote and programs read; their digits stay.
    """
    errors = [one for one in findings if one.level == "error"]
    advised = [one for one in findings if one.level == "warning"]
    advice = phrase("word.advice").say("th")
    lacking = [_BULLET + line for line in _once((one.message for one in errors), "kind", ", ")]
    lacking += [
        f"{_BULLET}{advice} {line}"
        for line in _once((one.message for one in advised), "kind", ", ")
    ]
    # A path always stands in backticks.
    fixes = _once((one.fix for one in (*errors, *advised)), "path", "`, `")
    return Cell(lacking, coded=True), Cell([_BULLET + line for line in fixes], coded=True)


def small_table(
    grid: Grid, heads: Sequence[Phrase], rows: Sequence[Sequence[Cell]], voice: Voice
) -> Element:
    """A table of much text, in smaller letters than what stands around it."""
    return table(grid._replace(small=True), [voice.say(head) for head in heads], rows)


def _once(sentences: Iterable[Text | Phrase], gap: str, between: str) -> list[str]:
    """Sentences once each; those that differ in one gap alone become one that names all of it."""
    found: dict[str, list[str]] = {}
    for one in sentences:
        if isinstance(one, Text):
            found.setdefault(one.th, [])
            continue
        gaps = dict(one.gaps)
        named = said(gaps.get(gap, ""), "th")
        sentence = Phrase(one.key, tuple({**gaps, gap: _NAMED}.items())).say("th")
        found.setdefault(sentence, []).append(named)
    return [
        sentence.replace(_NAMED, between.join(dict.fromkeys(named)))
        for sentence, named in found.items()
    ]


def findings_of(judged: Judged, report: Report) -> tuple[Finding, ...]:
    """The findings of a requirement, with those on its exception, such as a waiver that expired."""
    about = (one for one in report.findings if one.requirement == judged.requirement.id)
    return (*judged.findings, *about)


def status_of(judged: Judged) -> Phrase:
    """The status in words."""
    return phrase(f"report.status.{judged.status}")


def unit_of(judged: Judged) -> str | Phrase:
    """The responsible units, or that none is named."""
    return judged.responsible.written if judged.responsible else phrase("word.no_unit")

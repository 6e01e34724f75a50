"""What documents say alike of a requirement: what it lacks, how that is mended, and whose it is."""

from __future__ import annotations

from collections.abc import Iterable

from ita_check.model.finding import Finding
from ita_check.model.report import Judged
from ita_check.office.word.table import Cell
from ita_check.office.word.voice import Voice
from ita_check.texts import Phrase, phrase

_BULLET = "- "


def finding_lines(findings: Iterable[Finding]) -> tuple[Cell, Cell]:
    """What is lacking and how it is mended, errors first, each sentence once.

    Sentences of findings quote what people wrote and programs read; their digits stay.
    """
    ordered = sorted(findings, key=lambda finding: finding.level != "error")
    lacking = [(finding.message.say("th"), finding.level == "warning") for finding in ordered]
    fixes = [finding.fix.say("th") for finding in ordered]
    advice = phrase("word.advice").say("th")
    return (
        Cell(
            [
                _BULLET + (f"{advice} " if is_advice else "") + message
                for message, is_advice in dict.fromkeys(lacking)
            ],
            coded=True,
        ),
        Cell([_BULLET + fix for fix in dict.fromkeys(fixes)], coded=True),
    )


def status_of(judged: Judged) -> Phrase:
    """The status in words."""
    return phrase(f"report.status.{judged.status}")


def unit_of(judged: Judged, voice: Voice) -> Cell:
    """The responsible units, or that none is named."""
    if judged.responsible is None:
        return Cell([voice.say(phrase("word.no_unit"))], marked=True)
    return Cell([judged.responsible.written])

"""A memo for each responsible unit: what of its requirements is open, what to send, by when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ita_check.model.calendar import written_day
from ita_check.model.catalogue import Catalogue
from ita_check.model.report import Judged, Report
from ita_check.office.word.document import Part, add_parts, begin, finish
from ita_check.office.word.gaps import finding_lines, findings_of, small_table, status_of
from ita_check.office.word.names import file_names
from ita_check.office.word.page import Page
from ita_check.office.word.styles import BODY, HEADING, LABEL, LETTER, NOTE, SIGNATURE, TITLE, Font
from ita_check.office.word.table import Cell, Grid
from ita_check.office.word.voice import Voice
from ita_check.office.word.xml import Element, paragraph, run
from ita_check.texts import Phrase, phrase

_PAGE = Page(landscape=False, top=2.0, right=1.6, bottom=1.8, left=2.2)
_HEIGHT = 24.0
_OPEN = (1.8, 3.7, 4.7, 5.0, 2.0)
_LATER = (1.8, 11.4, 4.0)
_DOTS = "." * 24


class Memo(NamedTuple):
    """What one unit is sent; `unit` is None where nobody is named as responsible."""

    unit: str | None
    gaps: tuple[Judged, ...]
    later: tuple[Judged, ...]


def memos_of(report: Report) -> tuple[Memo, ...]:
    """A memo for each unit with gaps, in catalogue order; a gap of two units stands with both."""
    gaps = _by_unit(one for one in report.requirements if one.is_gap)
    later = _by_unit(one for one in report.requirements if one.status == "not_due")
    named = sorted(gaps, key=lambda unit: unit is None)
    return tuple(Memo(unit, tuple(gaps[unit]), tuple(later.get(unit, ()))) for unit in named)


def _by_unit(requirements: Iterator[Judged]) -> dict[str | None, list[Judged]]:
    owed: dict[str | None, list[Judged]] = {}
    for judged in requirements:
        names = judged.responsible.names if judged.responsible else ()
        for name in dict.fromkeys(names or (None,)):
            owed.setdefault(name, []).append(judged)
    return owed


def memo_files(memos: Sequence[Memo]) -> Mapping[str, Memo]:
    """The memos by the names of their files."""
    nobody = phrase("word.no_unit").say("th")
    names = file_names(phrase("word.memo.file").say("th"), [one.unit or nobody for one in memos])
    return dict(zip(names, memos, strict=True))


def memo_document(
    memo: Memo, catalogue: Catalogue, report: Report, voice: Voice, font: Font
) -> bytes:
    """A memo as a Word file."""
    document = begin(None, font)
    page = _PAGE._replace(thai_digits=voice.thai_digits)
    add_parts(document, [Part(page, tuple(_blocks(memo, catalogue, report, voice, font.size)))])
    return finish(document, voice.say(_subject(report)), report.agency.name, report.as_of)


def _blocks(
    memo: Memo, catalogue: Catalogue, report: Report, voice: Voice, size: int
) -> Iterator[Element]:
    yield paragraph(TITLE, run(voice.say(phrase("word.memo.title"))))
    yield from _head(memo, report, voice)
    deadline = report.deadline
    about = phrase("word.memo.about", day=report.as_of, year=report.fiscal_year)
    if memo.unit is None:
        found = phrase("word.memo.found_nobody", count=len(memo.gaps))
    else:
        found = phrase("word.memo.found", unit=memo.unit, count=len(memo.gaps))
    if deadline is None:
        until = phrase("word.memo.no_deadline", dots=_DOTS)
    elif deadline < report.as_of:
        until = phrase("word.memo.overdue", day=deadline)
    else:
        until = phrase("word.memo.deadline", day=deadline)
    said = " ".join(voice.say(one) for one in (about, found, until))
    yield paragraph(LETTER, run(said))
    yield _gaps(memo, catalogue, report, voice, size)
    if memo.later:
        yield from _later(memo, voice, size)
    yield paragraph(LETTER, run(voice.say(phrase("word.memo.close"))))
    for line in (
        voice.say(phrase("word.memo.signature", dots=_DOTS)),
        f"({_DOTS * 2})",
        voice.say(phrase("word.memo.post", dots=_DOTS)),
    ):
        yield paragraph(SIGNATURE, run(line))
    yield paragraph(NOTE, run(voice.say(phrase("word.report.no_certificate"))))


def _head(memo: Memo, report: Report, voice: Voice) -> Iterator[Element]:
    """From whom, to whom, and what about; what only people know is left open."""
    unit = memo.unit or voice.say(phrase("word.memo.nobody", dots=_DOTS))
    rows = (
        (phrase("word.memo.from"), report.agency.name),
        (phrase("word.memo.number"), _DOTS),
        (phrase("word.memo.date"), _DOTS),
        (phrase("word.memo.subject"), voice.say(_subject(report))),
        (phrase("word.memo.to"), unit),
    )
    for name, said in rows:
        yield paragraph(BODY, run(voice.say(name) + "  ", LABEL), run(said))


def _subject(report: Report) -> Phrase:
    return phrase("word.memo.subject_value", year=report.fiscal_year)


def _gaps(memo: Memo, catalogue: Catalogue, report: Report, voice: Voice, size: int) -> Element:
    heads = (
        phrase("word.head.id"),
        phrase("word.head.requirement"),
        phrase("word.head.lacking"),
        phrase("word.head.send"),
        phrase("word.head.deadline"),
    )
    rows = []
    for one in memo.gaps:
        lacking, fixes = finding_lines(findings_of(one, report))
        wanted = _evidence(one, catalogue, lacking, voice)
        by = Cell([_DOTS[:8]], marked=True)
        if report.deadline is not None:
            by = Cell([voice.say(written_day(report.deadline))])
        rows.append(
            (
                Cell([one.requirement.id]),
                _title(one, memo.unit, voice),
                lacking,
                fixes._replace(lines=[*wanted, *fixes.lines]),
                by,
            )
        )
    return small_table(Grid(_OPEN, _HEIGHT, size), heads, rows, voice)


def _evidence(judged: Judged, catalogue: Catalogue, lacking: Cell, voice: Voice) -> list[str]:
    """The evidence that the requirement looks for, unless what is lacking names it already."""
    kinds = [catalogue.kinds[kind].title for kind in judged.requirement.kinds]
    said = "\n".join(lacking.lines)
    titles = tuple(title for title in kinds if title.th not in said)
    return [voice.say(phrase("word.memo.evidence", kinds=titles))] if titles else []


def _title(judged: Judged, unit: str | None, voice: Voice) -> Cell:
    """The requirement, its status, and with whom the unit shares it."""
    lines = [voice.say(judged.requirement.title), f"({voice.say(status_of(judged))})"]
    names = judged.responsible.names if judged.responsible else ()
    others = tuple(name for name in dict.fromkeys(names) if name != unit)
    if others:
        lines.append(voice.say(phrase("word.memo.together", units=others)))
    return Cell(lines)


def _later(memo: Memo, voice: Voice, size: int) -> Iterator[Element]:
    yield paragraph(HEADING, run(voice.say(phrase("word.memo.later"))))
    heads = (
        phrase("word.head.id"),
        phrase("word.head.requirement"),
        phrase("word.head.opens"),
    )
    rows = [
        (
            Cell([one.requirement.id]),
            Cell([voice.say(one.requirement.title)]),
            Cell([voice.day(one.opens)] if one.opens else []),
        )
        for one in memo.later
    ]
    yield small_table(Grid(_LATER, _HEIGHT, size), heads, rows, voice)

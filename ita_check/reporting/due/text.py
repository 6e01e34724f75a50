"""The list of what to do on a terminal: for a person who hands it out and ticks it off."""

from __future__ import annotations

from collections import Counter
from typing import TextIO

from rich.cells import cell_len

from ita_check.model.due import Due, Joint, Later, Piece, Step
from ita_check.model.finding import Finding
from ita_check.model.report import Unjudged
from ita_check.reporting.due.units import Share, shares
from ita_check.reporting.places import place_of
from ita_check.reporting.terminal.closing import add_verdict
from ita_check.reporting.terminal.head import add_head
from ita_check.reporting.terminal.marks import marks_for
from ita_check.reporting.terminal.page import Page
from ita_check.reporting.view import View
from ita_check.reporting.words import reasons
from ita_check.texts import Phrase, either, phrase

_INDENT = 4


def write(due: Due | Unjudged, stream: TextIO, view: View) -> None:
    """The pieces in order, then by unit, then what opens later; what is not judged is told apart."""
    page = Page(view)
    if isinstance(due, Due):
        _Text(due, page).add()
    page.write(stream)


class _Text:
    """One list on a page."""

    def __init__(self, due: Due, page: Page) -> None:
        self.due, self.page, self.marks = due, page, marks_for(page.view)
        self.numbers = {piece.id: number for number, piece in enumerate(due.pieces, start=1)}

    def add(self) -> None:
        """Head, pieces, what takes several of them, units, what is later, and the verdict."""
        due, page = self.due, self.page
        add_head(phrase("due.title"), due.report, page)
        if due.expired:
            self._section("report.file_findings")
            self._expired()
        self._figures()
        for piece in due.pieces:
            self._piece(piece)
        self._shared()
        if due.joint:
            self._section("due.joint")
            for joint in due.joint:
                self._joint(joint)
        if due.report.summary.gaps:
            self._section("report.by_unit")
            for share in shares(due):
                self._unit(share)
        if due.later:
            self._section("due.later")
            for later in due.later:
                self._later(later)
        add_verdict(due.report, page)

    def _figures(self) -> None:
        """How much there is to do."""
        rows = self.due.rows
        if self.due.pieces or rows:
            self.page.line()
        if self.due.pieces:
            self._text(phrase("due.open", count=len(self.due.pieces)))
        if rows:
            alone = sum(row.settles for row in rows)
            self._text(phrase("due.open_rows", count=len(rows), alone=alone))

    def _piece(self, piece: Piece) -> None:
        page = self.page
        page.line()
        number = f"{self.numbers[piece.id]:>2}. "
        self._text(_headline(piece), "head", indent=len(number), lead=(number, "head"))
        page.text(piece.title.say(page.view.language), "quiet", indent=_INDENT)
        if piece.with_row and not piece.settles:
            self._text(phrase("due.rows_too_all"), "quiet", _INDENT)
        elif piece.with_row:
            self._text(phrase("due.rows_too", ids=piece.with_row), "quiet", _INDENT)
        if piece.publish_for:
            self._text(phrase("due.publish_for", ids=piece.publish_for), "quiet", _INDENT)
        places: dict[str, list[Step]] = {}
        for step in piece.steps:
            places.setdefault(self._place(step), []).append(step)
        for place, steps in places.items():
            page.line((" " * _INDENT, ""), (place, "place"))
            for step in steps:
                self._step(step, piece)

    def _step(self, step: Step, piece: Piece) -> None:
        """What is wrong, where there is something, and what to do about it."""
        language = self.page.view.language
        lead = " " * _INDENT + ", ".join(step.requirements) + "  "
        indent = _INDENT + 2
        if piece.doing in ("declare", "declare_and_publish", "name"):
            self.page.text(step.fix.say(language), indent=indent, lead=((lead, "head"),))
            return
        self.page.text(step.message.say(language), indent=indent, lead=((lead, "head"),))
        fix = (" " * indent + phrase("report.fix").say(language), "head")
        self.page.text(step.fix.say(language), indent=indent, lead=(fix,))

    def _shared(self) -> None:
        """Which requirements any one of several pieces settles."""
        times = Counter(rule for piece in self.due.pieces for rule in piece.settled)
        rules = (judged.requirement.id for judged in self.due.report.requirements)
        several = tuple(rule for rule in rules if times[rule] > 1)
        if several:
            self.page.line()
            self._text(phrase("due.any_one", ids=several))

    def _joint(self, joint: Joint) -> None:
        names = {piece.id: piece.name for piece in self.due.pieces}
        needs = tuple(either(names[id_] for id_ in way) for way in joint.needs)
        said = ", ".join(need.say(self.page.view.language) for need in needs)
        lead = f"  {joint.requirement}  "
        self.page.text(said, indent=len(lead), lead=((lead, "head"),))

    def _unit(self, share: Share) -> None:
        self.page.line()
        unit = share.unit or phrase("report.no_unit").say(self.page.view.language)
        self._text(phrase("report.unit_head", unit=unit, count=len(share.gaps)), "head")
        for piece in share.pieces:
            number = f"  {self.numbers[piece.id]:>2}. "
            what = phrase(f"due.do.{piece.doing}", name=piece.name).say(self.page.view.language)
            ids = ", ".join(share.serves(piece))
            self.page.text(f"{what}: {ids}", indent=len(number), lead=((number, ""),))
        by_parts: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
        for row in share.rows:
            by_parts.setdefault((not row.settles, row.missing), []).append(row.requirement)
        for (besides, missing), ids_ in sorted(by_parts.items()):
            parts = tuple(f"`{part}`" for part in missing)
            said = (
                phrase("due.unit_rows", parts=parts, ids=tuple(ids_))
                if besides
                else phrase("due.unit_rows_alone", parts=parts, ids=tuple(ids_))
            )
            bullet = f"   {self.marks.bullet}  "
            self._text(said, indent=len(bullet), lead=(bullet, "quiet"))

    def _expired(self) -> None:
        mark, style = self.marks.level["warning"]
        for finding in self.due.expired:
            word = phrase(f"report.level.{finding.level}").say(self.page.view.language)
            lead = f"  {mark} {word}: "
            self._text(finding.message, indent=_INDENT, lead=(lead, style))
            self.page.line((" " * _INDENT, ""), (self._place(finding), "place"))

    def _later(self, later: Later) -> None:
        page, judged = self.page, later.judged
        language = page.view.language
        mark, style = self.marks.status[judged.status]
        word = phrase(f"report.status.{judged.status}").say(language)
        lead = ((f"  {mark} {word}  ", style), (f"{judged.requirement.id}  ", "head"))
        indent = sum(cell_len(text) for text, _ in lead)
        page.text(judged.requirement.title.say(language), "head", indent=indent, lead=lead)
        why = [reason.say(language) for reason in reasons(judged, self.due.report.as_of)]
        if judged.opens is not None:
            why.append(phrase("report.days_left", days=later.days_left).say(language))
        page.text(" | ".join(why), indent=_INDENT)

    def _place(self, one: Step | Finding) -> str:
        return place_of(self.due.report.evidence_name, one)

    def _section(self, key: str) -> None:
        self.page.line()
        self.page.line((phrase(key).say(self.page.view.language), "head"))

    def _text(
        self,
        said: Phrase,
        style: str = "",
        indent: int = 0,
        lead: tuple[str, str] | None = None,
    ) -> None:
        spoken = said.say(self.page.view.language)
        self.page.text(spoken, style, indent, () if lead is None else (lead,))


def _headline(piece: Piece) -> Phrase:
    """What to do, and what that settles."""
    what = phrase(f"due.do.{piece.doing}", name=piece.name)
    settled, served = piece.settled, tuple(one.requirement for one in piece.advances)
    if not settled:
        return phrase("due.serves", what=what, served=served)
    if not served:
        return phrase("due.settles", what=what, settled=settled)
    return phrase("due.settles_and_serves", what=what, settled=settled, served=served)

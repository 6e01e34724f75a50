"""What one reader has found so far, and how much more it may read."""

from __future__ import annotations

from time import monotonic

from ita_check.characters import INVISIBLE, is_blank
from ita_check.looking.documents.limits import Enough, Limits
from ita_check.looking.documents.years import Years
from ita_check.model.looked import Content, Spot
from ita_check.model.verdicts import State

# Of a document's time; the rest is for what cannot look at the clock, and for saying it.
_OWN_SHARE = 0.7
_LONGEST_TITLE = 300


class Reading:
    """The text of a document as it comes, counted and looked through.

    `blank` is the state of a document without text. `whole` is to be unset by a reader that
    leaves something unread; `seen` is set by whatever a reader could see.
    """

    def __init__(self, media_type: str, limits: Limits) -> None:
        self.limits = limits
        self.title = ""
        self.blank: State = "empty"
        self.whole = True
        self.seen = False
        self._type = media_type
        self._years = Years()
        self._left = limits.text
        self._end = monotonic() + limits.seconds * _OWN_SHARE

    def tick(self) -> None:
        """Stop where the time is over."""
        if monotonic() > self._end:
            raise Enough

    def add(self, text: str, spot: Spot) -> None:
        """Take the next piece of text, and stop where there is too much of it."""
        self.tick()
        piece = text[: self._left]
        self._left -= len(piece)
        self.seen = self.seen or not is_blank(piece)
        self._years.add(piece, spot)
        if len(piece) < len(text):
            raise Enough

    def content(self) -> Content:
        """What the document says."""
        state: State = "text" if self.seen else self.blank
        if state == "empty" and not self.whole:
            state = "given_up"
        return Content(self._type, state, self.title, self._years.named(), self.whole)


def one_line(text: str, longest: int = _LONGEST_TITLE) -> str:
    """Text as it is told: what nobody sees dropped, white space single, cut."""
    return " ".join(INVISIBLE.sub("", text[: longest * 4]).split())[:longest].rstrip()

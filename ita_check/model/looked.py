"""What was found where the evidence points: pages as they opened, documents as they read.

Addresses are without fragment and user info: those are never sent and never shown. Times are
moments in Bangkok, durations seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from ita_check.model.calendar import written_moment
from ita_check.model.evidence import Evidence, Located
from ita_check.model.verdicts import Change, State, Unit, Verdict
from ita_check.texts import Phrase, phrase


class Spot(NamedTuple):
    """A place in a document: a page, a line or a paragraph by its number from 1, or a cell.

    `name` is that of the cell with its sheet, `Sheet1!B2`, and of nothing else.
    """

    unit: Unit
    number: int
    name: str = ""


class NamedYear(NamedTuple):
    """A Buddhist year that a document names, and where it does so first.

    `fiscal` says whether it stands there as a fiscal year (ปีงบประมาณ 2567) at least once.
    """

    year: int
    spot: Spot
    fiscal: bool


class Content(NamedTuple):
    """What a document says, as far as that is looked at.

    `type` is the media type of its bytes, whatever its name says; `years` are in the order in
    which they come. `complete` is False where text was left unread, so that what was not found
    may stand there. `frame` is set on a web page with hardly a word in it, which scripts fill:
    its bytes are those of every other page of the site. `text_sha256` is the digest of a web
    page's text, whose bytes often are others each time, empty of anything else.
    """

    type: str
    state: State
    title: str = ""
    years: tuple[NamedYear, ...] = ()
    complete: bool = True
    frame: bool = False
    text_sha256: str = ""


class Page(NamedTuple):
    """One address as it opened.

    `ended` is where redirects led, or the last address tried; `status` is that of the last
    answer, None where there was none. `detail` is why there was none, in the system's words where
    there are none of ours.
    `sha256` and `length` (bytes after decompression) are those of the body, `content` what was
    read in it, all None where the page was not there.
    """

    asked: str
    verdict: Verdict
    ended: str
    status: int | None
    at: datetime | None
    seconds: float
    detail: Phrase | str = ""
    sha256: str | None = None
    length: int | None = None
    content: Content | None = None

    @property
    def answer(self) -> Phrase:
        """What came of asking: the status, where it ended if elsewhere, when, and how long."""
        gaps: dict[str, object] = {
            "at": written_moment(self.at) if self.at else "-",
            "seconds": f"{self.seconds:.1f}",
        }
        elsewhere = "_elsewhere" if self.ended != self.asked else ""
        if elsewhere:
            gaps["ended"] = self.ended
        if self.verdict == "refused" and self.status is None:
            return phrase(f"looked.not_asked{elsewhere}", detail=self.detail, **gaps)
        if self.status is None:
            return phrase(f"looked.no_answer{elsewhere}", detail=self.detail or "-", **gaps)
        return phrase(f"looked.answer{elsewhere}", status=self.status, **gaps)


class File(NamedTuple):
    """One local file as it was read, by the evidence path of its name; None where it is gone."""

    name: str
    path: str
    sha256: str | None
    length: int | None
    content: Content | None


class Click(NamedTuple):
    """A link: the text that a reader clicks on, and where it leads."""

    text: str
    address: str


class Crawl(NamedTuple):
    """What was seen from the home page on.

    `ways` has, by address, the clicks that lead to it (none for the home page itself), for those
    that were found. `opened` says whether the home page was there at all; `whole` whether every
    page within two clicks was looked at, so that what was not found has no link there.
    """

    home: str
    opened: bool
    pages: int
    whole: bool
    ways: Mapping[str, tuple[Click, ...]] = MappingProxyType({})


class LastYear(NamedTuple):
    """The evidence file of an earlier year, and its files as they were read, by their paths."""

    evidence: Evidence
    files: Mapping[str, File]


class Since(NamedTuple):
    """What became of pages and files since a snapshot was taken, each with its evidence path.

    `same` counts those that are as they were; `unknown` are those of which nobody can say, because
    the snapshot does not have them or they could not be looked at now.
    """

    snapshot: str
    taken_at: datetime
    changes: tuple[tuple[Located, Change], ...]
    same: int
    unknown: tuple[Located, ...]


class Looked(NamedTuple):
    """All that was looked at for one evidence file.

    `pages` are by address, those of last year's file among them; `declared` says at which evidence
    paths each address of this file stands; `files` are by the evidence path of the name. `since` says what became of them since a snapshot was taken. `strict` holds against a page what is inconclusive. `interrupted` is set where the looking was
    ended before everything was looked at.
    """

    pages: Mapping[str, Page]
    files: Mapping[str, File]
    declared: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    crawl: Crawl | None = None
    last_year: LastYear | None = None
    since: Since | None = None
    strict: bool = False
    interrupted: bool = False

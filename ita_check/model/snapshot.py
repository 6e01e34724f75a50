"""What a page or a file was like on the day it was frozen, to be held against a later day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from ita_check.model.address import comparable_url
from ita_check.model.looked import File, Page
from ita_check.model.verdicts import INCONCLUSIVE, THERE, Change, Verdict


class Frozen(NamedTuple):
    """One page or file of a snapshot.

    `verdict` is that of a page, and of a file `ok` or, where it was not there, `dead`; the rest is
    as in `Page` and `Content`. `at` is a moment in Bangkok, None of a file.
    """

    verdict: Verdict
    ended: str
    status: int | None
    sha256: str | None
    length: int | None
    type: str | None
    title: str
    text_sha256: str
    at: datetime | None


class Snapshot(NamedTuple):
    """All that one evidence file pointed at on a day.

    `name` is that of the snapshot's own file; `pages` are by address, `files` by the name that
    the evidence file writes.
    """

    name: str
    agency: str
    fiscal_year: int
    evidence_sha256: str
    taken_at: datetime
    pages: Mapping[str, Frozen]
    files: Mapping[str, Frozen]


def frozen_page(page: Page) -> Frozen:
    """A page as a snapshot keeps it."""
    return _frozen(page.verdict, page.ended, page.status, page, page.at)


def frozen_file(file: File) -> Frozen:
    """A local file as a snapshot keeps it."""
    return _frozen("ok" if file.sha256 else "dead", file.name, None, file, None)


def _frozen(
    verdict: Verdict, ended: str, status: int | None, found: Page | File, at: datetime | None
) -> Frozen:
    content = found.content
    return Frozen(
        verdict,
        ended,
        status,
        found.sha256,
        found.length,
        content.type if content else None,
        content.title if content else "",
        content.text_sha256 if content else "",
        at,
    )


def change_of(then: Frozen, now: Frozen) -> Change | Literal["same", "unknown"]:
    """What became of a page or file since.

    What was not there then cannot have gone, and what is inconclusive now says nothing. A web
    page is the same while its text is.
    """
    if then.verdict not in THERE or now.verdict in INCONCLUSIVE:
        return "unknown"
    if now.verdict not in THERE:
        return "gone"
    if comparable_url(now.ended) != comparable_url(then.ended):
        return "moved"
    same_text = now.text_sha256 == then.text_sha256 != ""
    return "same" if same_text or now.sha256 == then.sha256 else "changed"

"""What a page or a file was like on the day it was frozen, to be held against a later day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from ita_check.model.looked import THERE, Change, File, Page, Verdict


class Frozen(NamedTuple):
    """One page or file of a snapshot.

    `verdict` is that of a page, and of a file `ok` or, where it was not there, `dead`; the rest is
    as in `Page`. `at` is a moment in Bangkok, None of a file.
    """

    verdict: Verdict
    ended: str
    status: int | None
    sha256: str | None
    length: int | None
    type: str | None
    title: str
    at: datetime | None


class Snapshot(NamedTuple):
    """All that one evidence file pointed at on a day.

    `pages` are by address, `files` by the name that the evidence file writes.
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
    content = page.content
    kind, title = (content.type, content.title) if content else (None, "")
    return Frozen(
        page.verdict,
        page.ended,
        page.status,
        page.sha256,
        page.length,
        kind,
        title,
        page.at,
    )


def frozen_file(file: File) -> Frozen:
    """A local file as a snapshot keeps it."""
    content = file.content
    kind, title = (content.type, content.title) if content else (None, "")
    verdict: Verdict = "ok" if file.sha256 else "dead"
    return Frozen(verdict, file.name, None, file.sha256, file.length, kind, title, None)


def change_of(then: Frozen, now: Frozen) -> Change | None:
    """What became of a page or a file since; None where it is as it was, or nobody can say.

    What was not there then cannot have gone, and what is inconclusive now says nothing.
    """
    if then.verdict not in THERE:
        return None
    if now.verdict not in THERE:
        lost = now.verdict in ("dead", "soft_404", "login_wall", "redirected_home")
        return "gone" if lost else None
    if now.ended != then.ended:
        return "moved"
    return "changed" if now.sha256 != then.sha256 else None

"""How far the evidence of a requirement is proved.

A requirement is proved no further than the least of the items it stands on; an item as far as the
best of what it points at. Where evidence has to be public, files prove nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ita_check.evaluation.sources import (
    asks_for_page,
    claimed_year,
    files_of,
    pages_of,
    short_of,
)
from ita_check.model.address import has_route, without_secret
from ita_check.model.catalogue import Requirement
from ita_check.model.evidence import Evidence, Located, Record
from ita_check.model.proof import NOTHING, PROOF_LEVELS, Proof, ProofLevel, Reason, Unproved
from ita_check.model.report import Way
from ita_check.model.verdicts import THERE

if TYPE_CHECKING:  # loaded only where somebody looks
    from ita_check.model.looked import Looked

# How far one address or file is proved, and why no further.
_Step = tuple[ProofLevel, Located, Reason | None]


def prove(
    rule: Requirement, items: tuple[Record, ...], evidence: Evidence, looked: Looked | None
) -> Proof:
    """How far the items are proved that a requirement stands on, none if there are none."""
    if not items:
        return NOTHING
    public = asks_for_page(rule)
    lowest = len(PROOF_LEVELS)
    reasons: dict[Reason, list[Located]] = {}
    for item in items:
        steps = tuple(_steps(item, evidence, looked, public=public))
        if not steps:
            steps = tuple(_unseen(item))
        best = max(PROOF_LEVELS.index(level) for level, _, _ in steps)
        if any(reason == "other_year" for _, _, reason in steps):
            # Whatever else it points at, a part of it is of another year.
            best = min(best, PROOF_LEVELS.index("seen"))
        lowest = min(lowest, best)
        for _, located, reason in steps:
            if reason is not None:
                reasons.setdefault(reason, []).append(located)
    why_no_way = _why_no_way(evidence, looked) if rule.reachable and looked else None
    urls = [_shown(url) for item in items for url in item.urls]
    if why_no_way and urls:
        reasons[why_no_way] = urls
    unproved = tuple(Unproved(reason, tuple(places)) for reason, places in reasons.items())
    return Proof(PROOF_LEVELS[lowest], unproved)


def _why_no_way(evidence: Evidence, looked: Looked) -> Reason | None:
    """Why nobody could look for a way from the home page."""
    if evidence.agency.website is None:
        return "no_home"
    return "home_not_opened" if looked.crawl and not looked.crawl.opened else None


def _unseen(item: Record) -> Iterator[_Step]:
    """Why an item without anything to look at proves nothing; its files are not there, or no help."""
    for file in item.files:
        yield "declared", _shown(file), "file_no_proof"
    if not item.files:
        yield "declared", Located("", item.path), "nothing_named"


def _steps(
    item: Record, evidence: Evidence, looked: Looked | None, *, public: bool
) -> Iterator[_Step]:
    if looked is None:
        for url in item.urls:
            yield "declared", _shown(url), "not_opened"
        for file in () if public else item.files:
            if file.path not in evidence.missing_files:
                yield "seen", _shown(file), "not_read"
        return
    claimed = claimed_year(item)
    for located, page, content in pages_of(item, looked):
        assert page is not None, "pages_of gives pages"
        if page.verdict not in THERE:
            yield "declared", _shown(located), page.verdict
        else:
            reason = short_of(content, claimed)
            yield "seen" if reason else "read", _shown(located), reason
    for located, _, content in () if public else files_of(item, looked):
        reason = short_of(content, claimed)
        yield "seen" if reason else "read", _shown(located), reason


def _shown(url: Located) -> Located:
    return url._replace(text=without_secret(url.text))


def ways_of(rule: Requirement, items: tuple[Record, ...], looked: Looked | None) -> tuple[Way, ...]:
    """The ways from the home page to the addresses of a requirement that asks for them."""
    if not (rule.reachable and looked and looked.crawl):
        return ()
    found = looked.crawl.ways
    return tuple(
        Way(_shown(url), found[page.asked])
        for item in items
        for url, page, _ in pages_of(item, looked)
        if page is not None
        and page.asked in found
        and page.verdict in THERE
        and not has_route(url.text)
    )

"""The faults of what was looked at: pages, what documents say, and the way from the home page."""

from __future__ import annotations

from collections.abc import Iterator

from ita_check.evaluation.last_year import same_as_last_year
from ita_check.evaluation.look import LINKED, Fault, Leveled, Look
from ita_check.evaluation.sources import (
    Source,
    claimed_year,
    files_of,
    level_of_host,
    level_of_reading,
    pages_of,
    short_of,
)
from ita_check.model.address import address_of, has_route, is_official, without_secret
from ita_check.model.calendar import written_day
from ita_check.model.catalogue import Requirement
from ita_check.model.evidence import Evidence
from ita_check.model.looked import Looked, Page, Spot
from ita_check.model.verdicts import FAULTS, INCONCLUSIVE, State
from ita_check.texts import Phrase, Text, phrase

# What a document is, where that is worth a word, as code and wording.
_STATES: dict[State, tuple[str, str]] = {
    "scan": ("not_readable", ""),
    "damaged": ("not_readable", "damaged"),
    "encrypted": ("encrypted", ""),
    "empty": ("empty", ""),
    "wrong_type": ("wrong_type", ""),
}


def faults_found(rule: Requirement, look: Look, looked: Looked) -> Iterator[Leveled]:
    """What is wrong with the pages and files of an item, as far as it concerns a requirement."""
    yield from _pages(rule, look, looked)
    for fault in (*_contents(look, looked), *_ways(rule, look, looked)):
        yield "warning", fault
    for fault in same_as_last_year(look, looked):
        yield "error", fault


def faults_of_file(evidence: Evidence, looked: Looked) -> Iterator[Fault]:
    """What concerns the evidence file as a whole: its website, and what changed since."""
    website = evidence.agency.website
    page = looked.pages.get(address_of(website) or "") if website else None
    if website and page is not None and page.verdict in FAULTS:
        yield _fault_of(page, website, "agency.website")
    if looked.since is not None:
        then = written_day(looked.since.taken_at.date())
        for located, change in looked.since.changes:
            gaps = {"target": without_secret(located.text), "day": then}
            yield Fault(f"{change}_since", located.path, gaps)


def _pages(rule: Requirement, look: Look, looked: Looked) -> Iterator[Leveled]:
    reading, host = level_of_reading(rule), level_of_host(rule)
    if reading is None:
        return
    for url, page, _ in pages_of(look.item, looked):
        assert page is not None, "pages_of gives pages"
        verdict = page.verdict
        if verdict == "off_host":
            if host and _has_left(page, look) and not _stays(look, looked):
                yield host, _fault_of(page, url.text, url.path)
        elif verdict in FAULTS or _held_against(page, looked):
            yield reading, _fault_of(page, url.text, url.path)


def _held_against(page: Page, looked: Looked) -> bool:
    """Whether what says nothing of a page counts all the same; what nobody asked for never does."""
    return looked.strict and page.verdict in INCONCLUSIVE and page.verdict != "unasked"


def _has_left(page: Page, look: Look) -> bool:
    """Whether an address of the agency's own led elsewhere; one of another's is told by the check.

    What the home page links to counts as on the website, wherever it is.
    """
    linked = look.item.values.get(LINKED) is True
    return not linked and is_official(page.asked, look.evidence.agency.hosts)


def _stays(look: Look, looked: Looked) -> bool:
    """Whether another address of the item opened on an official host; one is enough."""
    return any(
        source.page is not None
        and source.page.verdict == "ok"
        and is_official(source.page.ended, look.evidence.agency.hosts)
        for source in pages_of(look.item, looked)
    )


def _fault_of(page: Page, url: str, path: str) -> Fault:
    """A page's verdict as a fault: the address asked, where it ended, the status and the time."""
    gaps: dict[str, object] = {"url": without_secret(url), "answer": page.answer}
    wording = "no_host" if page.verdict == "dead" and page.status is None else ""
    return Fault(page.verdict, path, gaps, wording)


def _contents(look: Look, looked: Looked) -> Iterator[Fault]:
    claimed = claimed_year(look.item)
    for source in (*pages_of(look.item, looked), *files_of(look.item, looked)):
        content = source.content
        if content is None:
            continue
        target = without_secret(source.located.text)
        if content.state in _STATES:
            code, wording = _STATES[content.state]
            yield Fault(
                code, source.located.path, {"target": target, "type": content.type}, wording
            )
        elif short_of(content, claimed) == "other_year":
            yield _names_other_year(source, target, claimed)


def _names_other_year(source: Source, target: str, claimed: int | None) -> Fault:
    assert source.content is not None, "years are read in a content"
    years = source.content.years
    gaps = {
        "target": target,
        "claimed": claimed,
        "years": tuple(one.year for one in years),
        "first": years[0].year,
        "spot": said_spot(years[0].spot),
    }
    return Fault("names_other_year", source.located.path, gaps)


def said_spot(spot: Spot) -> Phrase:
    """A place in a document in words."""
    return phrase(f"looked.spot.{spot.unit}", number=spot.number, name=spot.name)


def _ways(rule: Requirement, look: Look, looked: Looked) -> Iterator[Fault]:
    crawl = looked.crawl
    if not rule.reachable or crawl is None or not crawl.opened:
        return
    for url, page, _ in pages_of(look.item, looked):
        assert page is not None, "pages_of gives pages"
        found = address_of(url.text) in crawl.ways and not has_route(url.text)
        if found or page.verdict in FAULTS - {"off_host"}:
            continue
        gaps: dict[str, object] = {
            "url": without_secret(url.text),
            "home": crawl.home,
            "pages": Text(str(crawl.pages), str(crawl.pages)),
        }
        yield Fault("not_reached", url.path, gaps, "" if crawl.whole else "part")

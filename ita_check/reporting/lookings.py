"""What several formats say alike of what was looked at: each address, and the figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from ita_check.model.calendar import written_moment
from ita_check.model.report import Judged
from ita_check.model.verdicts import FAULTS, THERE, Verdict
from ita_check.texts import Phrase, phrase

if TYPE_CHECKING:  # loaded only where somebody looks
    from ita_check.model.looked import Looked, Page

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
# What is to be mended comes first, and what opens last. Where a page ends elsewhere, it depends on
# the requirement whether that is a fault.
Weight = Literal["faulty", "elsewhere", "inconclusive", "there"]
WEIGHTS: tuple[Weight, ...] = get_args(Weight)


class Opened(NamedTuple):
    """An address of the evidence file as it opened, and the evidence paths at which it stands."""

    page: Page
    paths: tuple[str, ...]
    weight: Weight

    @property
    def verdict(self) -> Phrase:
        """The verdict in words."""
        unknown = self.page.verdict == "dead" and self.page.status is None
        return phrase(f"looked.verdict.{'no_host' if unknown else self.page.verdict}")

    @property
    def answer(self) -> Phrase:
        """The verdict and what it stands on."""
        if self.page.at is None:
            return self.verdict
        return phrase("looked.verdict_and_answer", verdict=self.verdict, answer=self.page.answer)


def opened(looked: Looked) -> tuple[Opened, ...]:
    """Every address that the evidence file names, in its order, with what came of it."""
    return tuple(
        Opened(page, paths, _weight(page))
        for address, paths in looked.declared.items()
        if (page := looked.pages.get(address)) is not None
    )


def by_weight(looked: Looked) -> Iterator[tuple[Weight, tuple[Opened, ...]]]:
    """The addresses by what they mean for the agency, where there are any."""
    every = opened(looked)
    for weight in WEIGHTS:
        found = tuple(one for one in every if one.weight == weight)
        if found:
            yield weight, found


def _weight(page: Page) -> Weight:
    if page.verdict == "off_host":
        return "elsewhere"
    if page.verdict in THERE:
        return "there"
    return "faulty" if page.verdict in FAULTS else "inconclusive"


def heading_of(weight: Weight, looked: Looked) -> Phrase:
    """What the addresses of one weight are called."""
    strict = "_strict" if weight == "inconclusive" and looked.strict else ""
    return phrase(f"looked.{weight}{strict}")


def figures(looked: Looked) -> Iterator[Phrase]:
    """How many addresses have each verdict, how many files were read, and what else was done."""
    if looked.interrupted:
        yield phrase("looked.interrupted")
    every = opened(looked)
    verdicts = Counter(one.page.verdict for one in every)
    counts = tuple(
        phrase("looked.count", verdict=phrase(f"looked.verdict.{verdict}"), count=verdicts[verdict])
        for verdict in VERDICTS
        if verdicts[verdict]
    )
    if every:
        yield phrase("looked.counts", count=len(every), verdicts=counts)
    if looked.files:
        read = sum(
            file.content is not None and file.content.state == "text"
            for file in looked.files.values()
        )
        yield phrase("looked.files", read=read, count=len(looked.files))
    yield from _further(looked)


def _further(looked: Looked) -> Iterator[Phrase]:
    crawl, last, since = looked.crawl, looked.last_year, looked.since
    if crawl is not None:
        if crawl.opened:
            yield phrase("looked.crawl", home=crawl.home, pages=crawl.pages)
        else:
            yield phrase("looked.crawl_closed", home=crawl.home)
    if last is not None:
        year = last.evidence.fiscal_year
        yield phrase("looked.last_year", year=year, file=last.evidence.name)
    if since is not None:
        yield phrase(
            "looked.since",
            at=written_moment(since.taken_at),
            snapshot=since.snapshot,
            same=since.same,
            changes=len(since.changes),
            unknown=len(since.unknown),
        )


def ways_of(judged: Judged) -> tuple[Phrase, ...]:
    """The clicks that lead from the home page to each address of a requirement."""
    return tuple(
        phrase(
            "looked.way",
            url=way.target.text,
            clicks=" > ".join(click.text or click.address for click in way.clicks)
            if way.clicks
            else phrase("looked.way_home"),
        )
        for way in judged.ways
    )

"""The way from the home page to an address, as a reader clicks it: over one page at most."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from typing import NamedTuple

import anyio

from ita_check.model.address import comparable_url, is_official
from ita_check.model.looked import Click, Crawl, Page
from ita_check.model.verdicts import INCONCLUSIVE, THERE

MOST_PAGES = 100
# An agency's home page may link to a hundred slow ones; what is left unread then is said.
LONGEST = 120.0
# What a link may lead to and is no page with links: not asked for.
_NO_PAGE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|gif|webp|svg|zip|rar|7z|mp[34]|avi|mov|txt|csv)$",
    re.IGNORECASE,
)


class Opening(NamedTuple):
    """A page as it opened, and the links on it in their order."""

    page: Page
    links: Sequence[Click]


Open = Callable[[str], Awaitable[Opening]]


class Search:
    """The ways found so far; one that is interrupted still has them."""

    def __init__(
        self, home: str, hosts: tuple[str, ...], targets: Mapping[str, Collection[str]]
    ) -> None:
        """`targets` are, by comparable address, the addresses that are looked for under it."""
        self._home, self._hosts, self._targets = home, hosts, targets
        self._wanted = {address for addresses in targets.values() for address in addresses}
        self._ways: dict[str, tuple[Click, ...]] = {}
        self._ranks: dict[str, tuple[int, int]] = {}
        self._opened = self._whole = False
        self._pages = 0

    @property
    def crawl(self) -> Crawl:
        """What was seen so far."""
        return Crawl(self._home, self._opened, self._pages, self._whole, dict(self._ways))

    async def run(self, open_page: Open, most: int = MOST_PAGES, longest: float = LONGEST) -> None:
        """Look on the home page, then on the pages that it links to, until every way is found."""
        with anyio.move_on_after(longest):
            home = await open_page(self._home)
            if home.page.verdict not in THERE:
                return
            self._opened, self._pages = True, 1
            for address in (self._home, home.page.ended):
                self._take(address, (), 0)
            for link in home.links:
                self._take(link.address, (link,), 0)
            further = self._further(home)
            whole = await self._second(open_page, further[: most - 1])
            self._whole = whole and len(further) < most

    async def _second(self, open_page: Open, further: Sequence[Click]) -> bool:
        """The pages one click away, in the order of their links; whether all could be read."""
        read = [False] * len(further)

        async def look(number: int) -> None:
            if self._is_done():
                return
            opening = await open_page(further[number].address)
            # Whatever it turned out to be, it was looked at, or it is not there to be missed.
            read[number] = opening.page.verdict not in INCONCLUSIVE
            self._pages += read[number]
            # A link may lead to it by a redirect of the site's own.
            self._take(opening.page.ended, (further[number],), number)
            for link in opening.links:
                self._take(link.address, (further[number], link), number)

        async with anyio.create_task_group() as tasks:
            for number in range(len(further)):
                tasks.start_soon(look, number)
        return all(read)

    def _further(self, home: Opening) -> list[Click]:
        """The pages of the agency's own that the home page links to, each once."""
        seen = {comparable_url(self._home), comparable_url(home.page.ended)}
        found = []
        for link in home.links:
            key = comparable_url(link.address)
            if key in seen or _NO_PAGE.search(link.address.partition("?")[0]):
                continue
            if is_official(link.address, self._hosts):
                seen.add(key)
                found.append(link)
        return found

    def _take(self, address: str, way: tuple[Click, ...], number: int) -> None:
        """Keep a way that is shorter, or over a link that comes sooner, whatever answered first."""
        rank = (len(way), number)
        for target in self._targets.get(comparable_url(address), ()):
            if target not in self._ranks or rank < self._ranks[target]:
                self._ways[target], self._ranks[target] = way, rank

    def _is_done(self) -> bool:
        return self._ways.keys() >= self._wanted

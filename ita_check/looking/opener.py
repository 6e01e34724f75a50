"""One address opened as a reader's browser would: fetched, read, and judged; each once in a run."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import anyio

from ita_check.looking.documents.aside import Readers
from ita_check.looking.documents.document import Document
from ita_check.looking.network.answer import Answer
from ita_check.looking.network.fetch import Fetcher
from ita_check.looking.verdicts import leads_home, verdict_of
from ita_check.model.address import comparable_url
from ita_check.model.looked import Click, Content, Page
from ita_check.model.verdicts import THERE

# A page with less to read than this is a frame that scripts fill, the same at every address.
_LEAST_TEXT = 200
# Whose pages are read for what they say: what is there, and gates that robots meet.
_READ = frozenset({401, 403, 429, 503})


class _Opened(NamedTuple):
    """An address with its page, the answer that it came of, and, where asked for, its links."""

    page: Page
    answer: Answer
    links: tuple[Click, ...] | None


class Opener:
    """The pages of one run by address."""

    def __init__(self, fetcher: Fetcher, readers: Readers, hosts: tuple[str, ...]) -> None:
        self._fetcher, self._readers, self._hosts = fetcher, readers, hosts
        self._opened: dict[str, _Opened] = {}
        self._under_way: dict[str, anyio.Event] = {}

    async def open(self, address: str, *, links: bool = False) -> tuple[Page, Sequence[Click]]:
        """The page at an address, and its links where they are asked for the first time."""
        under_way = self._under_way.get(address)
        if under_way is not None:
            await under_way.wait()
        if address not in self._opened:
            event = self._under_way[address] = anyio.Event()
            try:
                self._opened[address] = await self._look(address, links=links)
            finally:
                del self._under_way[address]
                event.set()
        opened = self._opened[address]
        return opened.page, opened.links or ()

    def ended(self, address: str) -> str:
        """Where an address that was opened led."""
        return self._opened[address].page.ended

    @property
    def count(self) -> int:
        """How many addresses were opened."""
        return len(self._opened)

    def judged(self, home: str | None) -> dict[str, Page]:
        """Every page opened, now that it is known where the home page ends."""
        homes = set()
        if home is not None:
            homes.add(comparable_url(home))
            if home in self._opened:
                homes.add(comparable_url(self.ended(home)))
        answered = any(one.page.status is not None for one in self._opened.values())
        return {
            address: self._judged(one, frozenset(homes), answered=answered)
            for address, one in self._opened.items()
        }

    def _judged(self, opened: _Opened, homes: frozenset[str], *, answered: bool) -> Page:
        page = opened.page
        if page.verdict in THERE and leads_home(opened.answer, homes):
            return page._replace(verdict="redirected_home", content=None)
        if opened.answer.failure == "no_such_host" and not answered:
            # This machine may be offline, or know the names of its own network only.
            return page._replace(verdict="unreachable")
        return page

    async def _look(self, address: str, *, links: bool) -> _Opened:
        answer = await self._fetcher.fetch(address)
        document = await self._read(answer)
        refresh = document.markup.refresh if document and document.markup else ""
        if refresh and comparable_url(refresh) != comparable_url(answer.ended):
            # What a browser follows by itself is a redirect too.
            answer = _joined(answer, await self._fetcher.fetch(refresh))
            document = await self._read(answer)
        markup = document.markup if document else None
        verdict = verdict_of(answer, markup, self._hosts)
        page = Page(
            address,
            verdict,
            answer.ended,
            answer.status,
            answer.at,
            answer.seconds,
            answer.detail,
            answer.sha256 if verdict in THERE else None,
            answer.length if verdict in THERE else None,
            _content(document) if verdict in THERE else None,
        )
        return _Opened(page, answer, markup.links if markup and links else None)

    async def _read(self, answer: Answer) -> Document | None:
        """What the body says; the body itself is not needed any more then."""
        if answer.path is None or answer.status is None:
            return None
        try:
            if not 200 <= answer.status < 300 and answer.status not in _READ:
                return None
            return await self._readers.read(
                str(answer.path),
                answer.filename or unquote(urlsplit(answer.ended).path),
                answer.media_type or "",
                answer.charset or "",
                base=answer.ended,
            )
        finally:
            answer.path.unlink(missing_ok=True)


def _joined(first: Answer, second: Answer) -> Answer:
    """A page that sends its readers on, and where to, as one answer."""
    return second._replace(
        asked=first.asked,
        hops=(*first.hops, first.ended, *second.hops),
        at=first.at,
        seconds=first.seconds + second.seconds,
    )


def _content(document: Document | None) -> Content | None:
    if document is None:
        return None
    markup = document.markup
    if markup is None:
        return document.content
    return document.content._replace(
        frame=markup.text_length < _LEAST_TEXT,
        text_sha256=markup.text_sha256,
    )

"""Everything that an evidence file points at, looked at: the one way into this room."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import anyio

from ita_check.looking.clicks import Opening, Search
from ita_check.looking.documents.aside import Readers
from ita_check.looking.network.cache import Cache
from ita_check.looking.network.fetch import Fetcher
from ita_check.looking.network.limits import Limits
from ita_check.looking.opener import Opener
from ita_check.model.address import comparable_host, comparable_url
from ita_check.model.looked import Crawl, File, Page

# Of each host more addresses are under way than are asked for, so that none waits for a reader.
_PER_HOST = 8
# How many pages may be fetched and not read yet: what they take on the disk is bounded.
_AT_ONCE = 24


class LocalFile(NamedTuple):
    """A file to read: its name in the evidence file, its evidence path, and where it is."""

    name: str
    path: str
    where: str


class Wanted(NamedTuple):
    """What to look at.

    `addresses` are each opened once; `targets` are those of them to which a way from `home` is
    looked for. `hosts` are the official ones, in comparable form.
    """

    addresses: tuple[str, ...]
    files: tuple[LocalFile, ...] = ()
    home: str | None = None
    hosts: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


class Settings(NamedTuple):
    """How to look. `now` tells the moment in Bangkok; without `cache` nothing is kept."""

    user_agent: str
    now: Callable[[], datetime]
    limits: Limits = Limits()
    cache: Path | None = None
    allow_private: bool = False


class Seen(NamedTuple):
    """What was found: pages by address, files by evidence path."""

    pages: Mapping[str, Page]
    files: Mapping[str, File]
    crawl: Crawl | None
    interrupted: bool


# Told how much of how much is done.
Progress = Callable[[int, int], None]


def look_at(wanted: Wanted, settings: Settings, progress: Progress) -> Seen:
    """Open every address and read every file; raises `OSError` where this machine has no room.

    An interruption (Ctrl-C) ends it with what is known; what was not asked for by then is told.
    """
    # A process that reads documents must not take its modules from the folder of the evidence.
    os.environ["PYTHONSAFEPATH"] = "1"
    # Python 3.11 at times warns of a reader's process that somebody else has waited for already.
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)
    look = _Look(wanted, settings, progress)
    try:
        anyio.run(look.run)
    except KeyboardInterrupt:
        look.interrupted = True
        # A process that was just being started is thrown away after its loop, which Python would
        # tell with a traceback that helps nobody.
        sys.unraisablehook = _say_nothing
    except BaseExceptionGroup as group:
        # Tasks fail in groups; whoever reads of it is told of the fault itself.
        raise _first_of(group) from group
    return look.seen()


def _say_nothing(_: sys.UnraisableHookArgs) -> None:
    """Nothing: the run is over."""


def _first_of(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error


class _Look:
    """One run; what is found stays when it is interrupted."""

    def __init__(self, wanted: Wanted, settings: Settings, progress: Progress) -> None:
        self.wanted, self.settings, self.progress = wanted, settings, progress
        self.files: dict[str, File] = {}
        self.opener: Opener | None = None
        self.search: Search | None = None
        self.interrupted = False

    def seen(self) -> Seen:
        """What is known by now; an address that nobody came to is told as that."""
        pages = self.opener.judged(self.wanted.home) if self.opener else {}
        for address in self.wanted.addresses:
            if address not in pages:
                pages[address] = Page(address, "unasked", address, None, None, 0.0)
        for file in self.wanted.files:
            if file.path not in self.files:
                self.files[file.path] = File(file.name, file.path, None, None, None)
        crawl = self.search.crawl if self.search else None
        return Seen(pages, self.files, crawl, self.interrupted)

    async def run(self) -> None:
        """The files; then what ways are looked for to, and the ways; then all the rest."""
        settings = self.settings
        with tempfile.TemporaryDirectory(prefix="ita-check-", ignore_cleanup_errors=True) as folder:
            async with (
                Readers() as readers,
                Fetcher(
                    settings.limits,
                    folder=Path(folder),
                    cache=Cache(settings.cache) if settings.cache else None,
                    allow_private=settings.allow_private,
                    user_agent=settings.user_agent,
                    now=settings.now,
                ) as fetcher,
            ):
                self.opener = Opener(fetcher, readers, self.wanted.hosts)
                async with anyio.create_task_group() as tasks:
                    tasks.start_soon(readers.warm)
                    for file in self.wanted.files:
                        tasks.start_soon(self._file, readers, file)
                    await self._ways(self.opener)
                    await self._addresses(self.opener, self.wanted.addresses)

    async def _file(self, readers: Readers, file: LocalFile) -> None:
        document = await readers.read(file.where, file.name)
        self.files[file.path] = File(
            file.name, file.path, document.sha256, document.length, document.content
        )
        self._tell()

    async def _ways(self, opener: Opener) -> None:
        wanted = self.wanted
        if wanted.home is None or not wanted.targets:
            return
        # Their links are kept: each may be a page on the way to another.
        await self._addresses(opener, wanted.targets, links=True)
        home = comparable_url(wanted.home)
        targets: dict[str, set[str]] = {}
        for address in wanted.targets:
            targets.setdefault(comparable_url(address), set()).add(address)
            # A link may lead to where it ends as well; every link home is none to it.
            ended = comparable_url(opener.ended(address))
            if ended != home:
                targets.setdefault(ended, set()).add(address)

        async def open_page(address: str) -> Opening:
            return Opening(*await opener.open(address, links=True))

        self.search = Search(wanted.home, wanted.hosts, targets)
        await self.search.run(open_page)

    async def _addresses(
        self, opener: Opener, addresses: Sequence[str], *, links: bool = False
    ) -> None:
        """Some addresses, each host by itself, so that a slow one keeps no other waiting."""
        hosts: dict[str, list[str]] = {}
        for address in reversed(addresses):
            host = comparable_host(urlsplit(address).hostname or "") or address
            hosts.setdefault(host, []).append(address)
        at_once = anyio.CapacityLimiter(_AT_ONCE)

        async def work(queue: list[str]) -> None:
            while queue:
                address = queue.pop()
                async with at_once:
                    await opener.open(address, links=links)
                self._tell()

        async with anyio.create_task_group() as tasks:
            for queue in hosts.values():
                for _ in range(min(_PER_HOST, len(queue))):
                    tasks.start_soon(work, queue)

    def _tell(self) -> None:
        opened = self.opener.count if self.opener else 0
        total = len(self.wanted.addresses) + len(self.wanted.files)
        self.progress(min(opened + len(self.files), total), total)

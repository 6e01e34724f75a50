"""One address on its way: redirects, tries, and its body into a file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import anyio
from anyio import to_thread

from ita_check.looking.network.answer import Answer
from ita_check.looking.network.body import Body
from ita_check.looking.network.budget import Budget
from ita_check.looking.network.entry import Entry, entry_of
from ita_check.looking.network.exchange import (
    Again,
    Arrived,
    Moved,
    Step,
    Tools,
    Unchanged,
    exchange,
)
from ita_check.looking.network.failures import Failed
from ita_check.looking.network.redirect import where_to
from ita_check.model.address import host_of
from ita_check.texts import phrase

# The thread that makes a file holds up the request for the next page, if that is not sent yet.
_FIRST_THE_NEXT = 0.002
# A host that kept so many addresses waiting in vain is asked once for each further one: sixty of
# them would take a quarter of an hour otherwise.
_SILENT = 4


class Journey:
    """One address from the first asking to its answer; the body goes to `path`."""

    def __init__(self, tools: Tools, asked: str, address: str, path: Path) -> None:
        self._tools = tools
        self._budget = Budget(tools.limits)
        self._asked = asked
        self._start = address
        self._address = address
        self._path = path
        self._entry = tools.cache.find(address) if tools.cache else None
        self._hops: list[str] = []
        self._at: datetime | None = None

    async def answer(self) -> Answer:
        """Ask until there is an answer, or nothing more to try.

        Files and waits come without a place, so that others have it meanwhile.
        """
        while True:
            try:
                step = await self._ask()
                if isinstance(step, Moved):
                    self._move(step)
            except Failed as failed:
                wait = self._budget.back_off() if self._may_help(failed) else None
                if wait is None:
                    return self._given_up(failed)
                step = Again(wait)
            if isinstance(step, Again):
                await self._budget.wait(step.wait)
            elif isinstance(step, Arrived):
                return await self._arrived(step)
            elif isinstance(step, Unchanged):
                if await self._taken(step.entry):
                    return self._remembered(step)
                self._entry = None  # it was damaged: ask once more, for the whole

    async def _ask(self) -> Step:
        tools = self._tools
        async with tools.places.at(self._host, first=self._at is not None):
            self._at = self._at or tools.now()
            # Conditions go to the one address that gave them, be it behind redirects.
            entry = self._entry
            if entry and entry.ended != self._address:
                entry = None
            step = await exchange(tools, self._address, entry, self._path, self._budget)
        tools.silent.pop(self._host, None)
        return step

    def _may_help(self, failed: Failed) -> bool:
        """Whether another try may; not where the host has kept silent all the time."""
        return failed.passing and self._tools.silent[self._host] < _SILENT

    def _given_up(self, failed: Failed) -> Answer:
        if failed.failure == "timeout" and failed.status is None:
            self._tools.silent[self._host] += 1
        return self._told(failed.status)._replace(failure=failed.failure, detail=failed.detail)

    @property
    def _host(self) -> str:
        return host_of(self._address) or ""

    def _move(self, moved: Moved) -> None:
        """Go on to where a redirect leads; raises `Failed` where nobody follows."""
        limit = self._tools.limits.redirects
        target = where_to(self._address, moved.location)
        if target is None:
            raise Failed("refused", phrase("looked.detail.no_target"), status=moved.status)
        if target == self._address or target in self._hops:
            raise Failed("redirect_loop", phrase("looked.detail.round"), status=moved.status)
        if len(self._hops) >= limit:
            raise Failed(
                "redirect_loop", phrase("looked.detail.redirects", limit=limit), status=moved.status
            )
        self._hops.append(self._address)
        self._address = target

    async def _arrived(self, arrived: Arrived) -> Answer:
        head = arrived.head
        try:
            await anyio.sleep(_FIRST_THE_NEXT)
            body = await to_thread.run_sync(self._close, arrived)
        except BaseException:
            arrived.sink.drop()
            raise
        return self._told(arrived.status)._replace(
            path=body.path,
            sha256=body.sha256,
            length=body.length,
            media_type=head.media_type,
            charset=head.charset,
            filename=head.filename,
            headers=head.kept,
        )

    def _close(self, arrived: Arrived) -> Body:
        """Have the body in its file, and in the cache where it may be kept."""
        body = arrived.sink.close()
        cache = self._tools.cache
        if cache and arrived.status == 200:
            now = self._tools.now()
            entry = entry_of(self._start, self._address, arrived.head, body, now)
            if entry:
                cache.keep(entry, body.path, now)
            else:
                cache.forget(self._start)
        return body

    async def _taken(self, entry: Entry) -> bool:
        """Whether the body of an entry is whole, and now at its place."""
        cache = self._tools.cache
        assert cache is not None  # the entry came from it
        try:
            return await to_thread.run_sync(cache.take, entry, self._path, self._tools.now())
        except BaseException:
            self._path.unlink(missing_ok=True)
            raise

    def _remembered(self, unchanged: Unchanged) -> Answer:
        entry = unchanged.entry
        return self._told(200)._replace(
            path=self._path,
            sha256=entry.sha256,
            length=entry.length,
            media_type=entry.media_type,
            charset=entry.charset,
            filename=entry.filename,
            headers=unchanged.head.kept,
            from_cache=True,
        )

    def _told(self, status: int | None) -> Answer:
        """The answer as far as it is known whatever came of it."""
        return Answer(
            asked=self._asked,
            ended=self._address,
            status=status,
            failure=None,
            detail="",
            hops=tuple(self._hops),
            at=self._at or self._tools.now(),
            seconds=self._budget.spent,
            tries=self._budget.tries,
        )

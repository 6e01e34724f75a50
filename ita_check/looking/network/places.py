"""Places at hosts: how many addresses are asked for at once, in all and of one host."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio


class Places:
    """A place is for one request and its answer; whoever waits for one holds none.

    A place that becomes free goes to the host with the longest queue, since that one ends last.
    """

    def __init__(self, at_once: int, per_host: int) -> None:
        self._free = at_once
        self._per_host = per_host
        self._taken: Counter[str] = Counter()
        self._queues: dict[str, deque[anyio.Event]] = {}

    @asynccontextmanager
    async def at(self, host: str, *, first: bool) -> AsyncIterator[None]:
        """A place at a host; `first` is for an address that is on its way already."""
        turn = anyio.Event()
        queue = self._queues.setdefault(host, deque())
        if first:
            queue.appendleft(turn)
        else:
            queue.append(turn)
        self._call()
        try:
            await turn.wait()
        except BaseException:
            if turn.is_set():
                self._leave(host)
            else:
                queue.remove(turn)
            raise
        try:
            yield
        finally:
            self._leave(host)

    def _leave(self, host: str) -> None:
        self._free += 1
        self._taken[host] -= 1
        self._call()

    def _call(self) -> None:
        """Give the free places away."""
        while self._free:
            host = max(
                (h for h, queue in self._queues.items() if queue and self._has_room(h)),
                key=lambda h: len(self._queues[h]),
                default=None,
            )
            if host is None:
                return
            self._free -= 1
            self._taken[host] += 1
            self._queues[host].popleft().set()

    def _has_room(self, host: str) -> bool:
        return self._taken[host] < self._per_host

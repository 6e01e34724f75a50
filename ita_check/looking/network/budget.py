"""The time and the tries that one address has."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import anyio

from ita_check.looking.network.failures import Failed
from ita_check.looking.network.limits import Limits
from ita_check.texts import phrase


class Budget:
    """What is left of an address's limits; time passes in tries and back-off, not in queues."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._spent = 0.0
        self._began: float | None = None
        self.tries = 1

    @property
    def spent(self) -> float:
        """The seconds taken so far, with those of the try that is going on."""
        return self._spent + (time.monotonic() - self._began if self._began is not None else 0.0)

    @contextmanager
    def running(self) -> Iterator[None]:
        """A try, or a part of one; it ends as `Failed` with the time."""
        self._began = time.monotonic()
        try:
            with anyio.move_on_after(self._limits.total - self._spent) as scope:
                yield
        finally:
            self._spent, self._began = self.spent, None
        if scope.cancelled_caught:
            seconds = f"{self._limits.total:g}"
            raise Failed("timeout", phrase("looked.detail.not_whole", seconds=seconds))

    def back_off(self, at_least: float = 0.0) -> float | None:
        """How long to wait before another try, None where no try or no time is left for it."""
        if self.tries >= self._limits.tries:
            return None
        wait = max(self._limits.back_off * 2 ** (self.tries - 1), at_least)
        return wait if self.spent + wait < self._limits.total else None

    async def wait(self, seconds: float) -> None:
        """Let the time before another try pass."""
        self.tries += 1
        began = time.monotonic()
        await anyio.sleep(seconds)
        self._spent += time.monotonic() - began

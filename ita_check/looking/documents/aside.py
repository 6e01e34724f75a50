"""Documents read aside: in processes that are ended when a document is too much for them."""

from __future__ import annotations

import contextlib
import gc
from time import monotonic
from types import TracebackType
from typing import Self

import anyio
from anyio import BrokenWorkerProcess, to_process, to_thread

from ita_check.looking.documents.document import Document
from ita_check.looking.documents.fingerprint import fingerprint_of
from ita_check.looking.documents.limits import Limits
from ita_check.model.looked import Content

# Of smaller documents nothing is left that would be worth a search for it.
_LARGE = 1 << 20
# A process that is gone at once was gone before (a system short of memory ends idle ones): the next reads.
_AT_ONCE = 0.2
_TRIES = 2


class Readers:
    """A few processes, which read one document each at a time; a new one takes an ended one's place.

    Whoever starts them sees to it that they take no module from the current folder
    (PYTHONSAFEPATH): an evidence folder may hold a `json.py`.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()
        self._places = anyio.CapacityLimiter(self._limits.workers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing: the processes end with the event loop."""

    async def warm(self) -> None:
        """Start the processes, so that the first documents need not wait for that."""
        async with anyio.create_task_group() as tasks:
            for _ in range(self._limits.workers):
                tasks.start_soon(self._start)

    async def _start(self) -> None:
        with contextlib.suppress(BrokenWorkerProcess):
            async with self._places:
                await to_process.run_sync(
                    _ready, self._limits.memory, cancellable=True, limiter=anyio.CapacityLimiter(1)
                )

    async def read(
        self, path: str, name: str, media_type: str = "", charset: str = "", *, base: str = ""
    ) -> Document:
        """What a document says, or that reading it was given up."""
        async with self._places:
            with anyio.move_on_after(self._limits.seconds):
                for _ in range(_TRIES):
                    began = monotonic()
                    try:
                        return await to_process.run_sync(
                            _read,
                            path,
                            name,
                            media_type,
                            charset,
                            base,
                            self._limits,
                            cancellable=True,
                            limiter=anyio.CapacityLimiter(1),  # the place is held already
                        )
                    except (BrokenWorkerProcess, MemoryError):
                        # Out of memory, or worse: it is gone, or what it read is.
                        if monotonic() - began > _AT_ONCE:
                            break
        sha256, length = await to_thread.run_sync(fingerprint_of, path)
        return Document(sha256, length, Content("", "given_up", complete=False))


def _ready(memory: int) -> None:
    """In the process itself: bound it, and load what most documents need."""
    _bind(memory)
    import ita_check.looking.documents.html
    import ita_check.looking.documents.read  # noqa: F401 - both only to have them loaded


def _read(
    path: str, name: str, media_type: str, charset: str, base: str, limits: Limits
) -> Document:
    """In the process itself: bound it once, then read."""
    _bind(limits.memory)
    from ita_check.looking.documents.read import read_document

    document = read_document(path, name, media_type, charset, base, limits)
    if (document.length or 0) > _LARGE or not document.content.complete:
        # A parser and what it tells hold each other, and would fill the memory of the next one.
        gc.collect()
    return document


_bound = False


def _bind(memory: int) -> None:
    global _bound  # noqa: PLW0603 - a process is bound once
    if _bound:
        return
    _bound = True
    import logging
    import signal

    # Ctrl-C is for the one who waits; libraries have nothing to tell an officer.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable(logging.CRITICAL)
    try:
        import resource
    except ImportError:
        return  # Windows has no such bound
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    # Whoever starts us may have bound us closer; that bound cannot be raised.
    bound = memory if most == resource.RLIM_INFINITY else min(memory, most)
    resource.setrlimit(resource.RLIMIT_AS, (bound, most))

"""The door of this room: addresses in, answers out."""

from __future__ import annotations

import ssl
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import anyio

from ita_check.looking.network.answer import Answer
from ita_check.looking.network.cache import Cache
from ita_check.looking.network.connect import Resolve
from ita_check.looking.network.decoding import ACCEPTED
from ita_check.looking.network.exchange import Tools
from ita_check.looking.network.journey import Journey
from ita_check.looking.network.limits import Limits
from ita_check.looking.network.places import Places
from ita_check.looking.network.transport import Transport
from ita_check.model.address import address_of
from ita_check.texts import phrase


class Fetcher:
    """Asks for web addresses, many at once; whatever servers do comes out as an `Answer`.

    Bodies become files in `folder`, which is the caller's, to be removed after reading. Without
    `ssl_context` the system's certificates and Mozilla's are trusted.
    """

    def __init__(  # noqa: PLR0913 - what a run chooses, each by its name
        self,
        limits: Limits,
        *,
        folder: Path,
        cache: Cache | None,
        allow_private: bool,
        user_agent: str,
        now: Callable[[], datetime],
        ssl_context: ssl.SSLContext | None = None,
        resolve: Resolve = anyio.getaddrinfo,
    ) -> None:
        self._folder = folder
        self._number = 0
        self._tools = Tools(
            limits=limits,
            transport=Transport(
                resolve,
                allow_private=allow_private,
                ssl_context=ssl_context,
                # Idle ones too: with fewer, a host loses its connection between two pages.
                connections=8 * limits.at_once,
            ),
            places=Places(limits.at_once, limits.per_host),
            cache=cache,
            headers={
                "User-Agent": user_agent,
                "Accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
                "Accept-Language": "th, en;q=0.5",
                "Accept-Encoding": ACCEPTED,
            },
            now=now,
            silent=Counter(),
        )

    async def __aenter__(self) -> Self:
        if self._tools.cache:
            self._tools.cache.open(self._tools.now())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with anyio.CancelScope(shield=True):
            await self._tools.transport.aclose()

    async def fetch(self, address: str) -> Answer:
        """Ask for an address until it answers or the limits are reached.

        Any number may be waiting here at once: they are asked as places become free.
        """
        start = address_of(address)
        if start is None:
            return Answer(
                asked=address,
                ended=address,
                status=None,
                failure="refused",
                detail=phrase("looked.detail.no_web_address"),
                hops=(),
                at=self._tools.now(),
                seconds=0.0,
                tries=0,
            )
        self._number += 1
        path = self._folder / f"{self._number:06}"
        return await Journey(self._tools, address, start, path).answer()

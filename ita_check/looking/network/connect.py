"""Connections to addresses that were looked at first, and to no others."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from itertools import zip_longest
from socket import SOCK_STREAM
from typing import Any

import anyio
import httpcore

from ita_check.looking.network.failures import Failed
from ita_check.looking.network.guard import REFUSED_PORTS, refusal
from ita_check.texts import phrase

# As socket.getaddrinfo: family, kind, protocol, name, (address, port).
Resolve = Callable[..., Awaitable[Sequence[tuple[Any, Any, int, str, Any]]]]
# RFC 8305: how long an address has before the next one is tried beside it.
_HEAD_START = 0.25


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """httpcore's own network, with a look at where a name leads.

    A name is resolved once for each connection, every address of the answer has to be allowed,
    and the connection goes to one of these very addresses: a name server that answers anew with
    another address is not asked anew. Odd spellings of addresses (`0x7f000001`, `127.1`) are
    names like all others: what counts is what they come to.
    """

    def __init__(self, resolve: Resolve, *, allow_private: bool) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._network = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,  # noqa: ARG002 - httpcore calls it so
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,  # noqa: ARG002 - as above
    ) -> httpcore.AsyncNetworkStream:
        if port in REFUSED_PORTS:
            raise Failed("refused", phrase("looked.detail.port", port=port))
        try:
            with anyio.fail_after(timeout):
                addresses = await self._addresses(host, port)
                return await _Race(self._network, port).run(addresses)
        except TimeoutError:
            raise httpcore.ConnectTimeout from None

    async def _addresses(self, host: str, port: int) -> list[str]:
        """Every address of a host, IPv6 and IPv4 by turns in the system's order."""
        found = await self._resolve(host, port, type=SOCK_STREAM)
        addresses = list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))
        for address in addresses:
            kind = refusal(address, allow_private=self._allow_private)
            if kind:
                raise Failed(
                    "refused", phrase("looked.detail.not_public", address=address, kind=kind)
                )
        if not addresses:
            raise Failed("unreachable", phrase("looked.detail.no_address"), passing=True)
        family = ":" in addresses[0]
        ours = [address for address in addresses if (":" in address) is family]
        other = [address for address in addresses if (":" in address) is not family]
        pairs = zip_longest(ours, other)
        return [address for pair in pairs for address in pair if address]


class _Race:
    """The first of several addresses that connects; the next starts where one fails or dawdles."""

    def __init__(self, network: httpcore.AsyncNetworkBackend, port: int) -> None:
        self._network = network
        self._port = port
        self._winner: httpcore.AsyncNetworkStream | None = None
        self._error: Exception | None = None

    async def run(self, addresses: Sequence[str]) -> httpcore.AsyncNetworkStream:
        if len(addresses) == 1:
            return await self._network.connect_tcp(addresses[0], self._port)
        try:
            async with anyio.create_task_group() as tasks:
                for address in addresses:
                    over = anyio.Event()
                    tasks.start_soon(self._run_one, address, over, tasks.cancel_scope)
                    with anyio.move_on_after(_HEAD_START):
                        await over.wait()
        except BaseException:
            if self._winner is not None:
                with anyio.CancelScope(shield=True):
                    await self._winner.aclose()
            raise
        if self._winner is None:
            raise self._error or httpcore.ConnectError("no address could be connected to")
        return self._winner

    async def _run_one(self, address: str, over: anyio.Event, race: anyio.CancelScope) -> None:
        try:
            stream = await self._network.connect_tcp(address, self._port)
        except httpcore.ConnectError as error:
            self._error = self._error or error
        else:
            if self._winner is None:
                self._winner = stream
                race.cancel()
            else:
                await stream.aclose()
        finally:
            over.set()

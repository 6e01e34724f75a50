"""httpx's door to the network, with the guard behind it."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator

import httpcore
import httpx

from ita_check.looking.network.connect import GuardedBackend, Resolve
from ita_check.looking.network.failures import ERRORS, failed_from

# Servers close a connection that was idle for 5 seconds (Apache's default): not asking on one
# that is about to be closed spares a try.
_IDLE = 4.0


class Transport(httpx.AsyncBaseTransport):
    """Requests over HTTP/1.1 connections that are kept, without proxies; raises `Failed` only.

    Requests come straight here and not through a client: cookies, redirects, netrc, credentials
    in addresses and the proxies of the environment are a client's, and none is wanted.
    """

    def __init__(
        self,
        resolve: Resolve,
        *,
        allow_private: bool,
        ssl_context: ssl.SSLContext | None,
        connections: int,
    ) -> None:
        self._backend = GuardedBackend(resolve, allow_private=allow_private)
        self._ssl_context = ssl_context
        self._connections = connections
        self._pools: dict[str, httpcore.AsyncConnectionPool] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        try:
            response = await self._pool(url.scheme).handle_async_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=url.raw_scheme,
                        host=url.raw_host,
                        port=url.port,
                        target=url.raw_path,
                    ),
                    headers=request.headers.raw,
                    extensions=request.extensions
                    # Certificates are for names without the dot that ends a whole name.
                    | {"sni_hostname": url.raw_host.decode().rstrip(".")},
                )
            )
        except ERRORS as error:
            raise failed_from(error) from error
        return httpx.Response(response.status, headers=response.headers, stream=_Stream(response))

    async def aclose(self) -> None:
        for pool in self._pools.values():
            await pool.aclose()

    def _pool(self, scheme: str) -> httpcore.AsyncConnectionPool:
        """The connections of a scheme: reading certificates takes a tenth of a second, once."""
        if scheme not in self._pools:
            encrypted = scheme == "https"
            self._pools[scheme] = httpcore.AsyncConnectionPool(
                ssl_context=(self._ssl_context or _trusted()) if encrypted else None,
                max_connections=self._connections,
                keepalive_expiry=_IDLE,
                network_backend=self._backend,
            )
        return self._pools[scheme]


def _trusted() -> ssl.SSLContext:
    """Whom to trust: Mozilla's list, and the system's.

    Windows fills its own only as it needs it itself; an office keeps there what its gateway signs.
    """
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


class _Stream(httpx.AsyncByteStream):
    """A body as it comes, compressed as it is."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for part in self._response.aiter_stream():
                yield part
        except ERRORS as error:
            raise failed_from(error) from error

    async def aclose(self) -> None:
        await self._response.aclose()

"""From what the network raises to the reason that is told."""

from __future__ import annotations

import errno
import os
import socket
import ssl

import httpcore
import httpx

from ita_check.looking.network.answer import Failure
from ita_check.texts import Phrase, phrase, said

# What asking may raise, and nothing of it is a fault of this program: ValueError (with
# UnicodeError) comes from names that TLS or the resolver cannot spell.
ERRORS = (
    httpcore.TimeoutException,
    httpcore.NetworkError,
    httpcore.ProtocolError,
    httpcore.UnsupportedProtocol,
    OSError,
    ValueError,
)
_LONGEST_DETAIL = 200
_OFTEN = {
    "connection_refused": {errno.ECONNREFUSED},
    "broke_off": {errno.ECONNRESET, errno.EPIPE, errno.ECONNABORTED},
    "no_route": {errno.EHOSTUNREACH, errno.ENETUNREACH},
}
# socket has EAI_NODATA on some systems only; 11001 and 11004 are what Windows says.
_NO_SUCH_HOST = {
    socket.EAI_NONAME,
    getattr(socket, "EAI_NODATA", socket.EAI_NONAME),
    11001,
    11004,
}


class Failed(httpx.TransportError):
    """Why an address has no whole answer; `passing` says whether another try may help.

    `status` is that of the answer which began, or which leads nowhere.
    """

    def __init__(
        self,
        failure: Failure,
        detail: Phrase | str,
        *,
        passing: bool = False,
        status: int | None = None,
    ) -> None:
        super().__init__(said(detail, "en"))
        self.failure: Failure = failure
        self.detail = detail[:_LONGEST_DETAIL] if isinstance(detail, str) else detail
        self.passing = passing
        self.status = status


def failed_from(error: Exception) -> Failed:
    """The reason behind an error of the network's, by what first raised it."""
    if isinstance(error, Failed):
        return error
    if isinstance(error, httpcore.TimeoutException):
        return Failed("timeout", phrase(f"looked.detail.{_waited(error)}"), passing=True)
    first = _first(error)
    if isinstance(first, ssl.SSLCertVerificationError):
        return Failed("tls_error", first.verify_message)
    if isinstance(first, ssl.SSLError):
        return Failed("tls_error", (first.reason or str(first)).replace("_", " ").lower())
    if isinstance(first, socket.gaierror):
        return _unresolved(first)
    if isinstance(first, OSError):
        return Failed("unreachable", _said(first), passing=True)
    if isinstance(first, (httpcore.RemoteProtocolError, httpcore.NetworkError)):
        return Failed("unreachable", str(first) or _broke_off(), passing=True)
    if isinstance(first, ValueError) or isinstance(error, httpcore.LocalProtocolError):
        return Failed("refused", str(first))
    return Failed("unreachable", str(error) or _broke_off(), passing=True)


def _unresolved(error: socket.gaierror) -> Failed:
    if error.errno in _NO_SUCH_HOST:
        return Failed("no_such_host", phrase("looked.detail.no_such_host"))
    return Failed("unreachable", phrase("looked.detail.not_resolved"), passing=True)


def _first(error: BaseException) -> BaseException:
    """What an error began with, as far as the system or OpenSSL raised it; else itself.

    httpcore's pool cuts `__cause__` off what it passes on; `__context__` stays.
    """
    found, seen = error, error
    while (before := seen.__cause__ or seen.__context__) is not None:
        seen = before
        if isinstance(seen, (OSError, ValueError)) and not isinstance(seen, TimeoutError):
            found = seen
    return found


def _waited(error: httpcore.TimeoutException) -> str:
    """What there was not in time."""
    if isinstance(error, httpcore.ConnectTimeout):
        return "no_connection"
    return "no_answer" if isinstance(error, httpcore.ReadTimeout) else "no_progress"


def _broke_off() -> Phrase:
    return phrase("looked.detail.broke_off")


def _said(error: OSError) -> Phrase | str:
    """What often happens in our words, else in the system's.

    asyncio puts addresses of its own into `strerror`.
    """
    for name, numbers in _OFTEN.items():
        if error.errno in numbers:
            return phrase(f"looked.detail.{name}")
    return os.strerror(error.errno) if error.errno else str(error) or type(error).__name__

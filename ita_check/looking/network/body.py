"""The body of an answer, on its way from the network into a file."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from threading import Lock
from typing import NamedTuple

import anyio
import httpx

from ita_check.looking.network.decoding import Decoder
from ita_check.looking.network.failures import Failed
from ita_check.looking.network.head import Head
from ita_check.texts import phrase

# A file of the system's and not of Python's, which asks four questions of each that it opens.
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_AT_ONCE = 64 * 1024
# What is read of a body that nobody needs, so that its connection can be used again.
_NEEDLESS_BYTES = 64 * 1024
_NEEDLESS_SECONDS = 1.0


class Body(NamedTuple):
    """A whole body in a file."""

    path: Path
    sha256: str
    length: int


async def receive(response: httpx.Response, head: Head, path: Path, limit: int) -> Sink:
    """The body of an answer, decompressed and to be closed; raises `Failed`, and leaves no file.

    What is written meanwhile is written here and not in a thread: 64 KiB take less time to write
    than to hand over.
    """
    if head.length > limit:
        raise _too_large(limit)
    decoder = Decoder(head.encoding)
    came = 0
    sink = Sink(path, limit)
    try:
        async for raw in response.stream:  # type: ignore[union-attr] # it is an async one
            came += len(raw)
            if came > limit:
                raise _too_large(limit)
            for piece in decoder.pieces(raw):
                sink.write(piece)
        decoder.finish(anything=came > 0)
    except BaseException:
        sink.drop()
        raise
    return sink


async def read_away(response: httpx.Response) -> None:
    """Read what is left of a short answer; the connection of a longer one is closed."""
    came = 0
    with anyio.move_on_after(_NEEDLESS_SECONDS):
        try:
            async for raw in response.stream:  # type: ignore[union-attr] # it is an async one
                came += len(raw)
                if came > _NEEDLESS_BYTES:
                    return
        except Failed:
            return


class Sink:
    """A file that is there in whole or not at all, hashed as it is written.

    A short body is in memory until `close`, which belongs into a thread: making a file can take
    longer than all the rest of a page. `drop` may come while that thread runs.
    """

    def __init__(self, path: Path, limit: int) -> None:
        self._path = path
        self._limit = limit
        self._hash = hashlib.sha256()
        self._length = 0
        self._waiting = bytearray()
        self._file: int | None = None
        self._lock = Lock()
        self._dropped = False

    def write(self, piece: bytes) -> None:
        self._length += len(piece)
        if self._length > self._limit:
            raise _too_large(self._limit)
        self._hash.update(piece)
        self._waiting += piece
        if len(self._waiting) >= _AT_ONCE:
            self._write_out()

    def close(self) -> Body:
        """Have the whole body in its file."""
        with self._lock:
            if not self._dropped:
                self._write_out()
                self._close_file()
        return Body(self._path, self._hash.hexdigest(), self._length)

    def drop(self) -> None:
        """Have no file."""
        with self._lock:
            self._dropped = True
            self._close_file()
            self._path.unlink(missing_ok=True)

    def _write_out(self) -> None:
        if self._file is None:
            self._file = os.open(self._path, _NEW, 0o600)
        while self._waiting:
            del self._waiting[: os.write(self._file, self._waiting)]

    def _close_file(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None


def _too_large(limit: int) -> Failed:
    return Failed("too_large", phrase("looked.detail.too_large", limit=limit))

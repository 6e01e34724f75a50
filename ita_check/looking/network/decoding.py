"""Bodies decompressed piece by piece, so that no bomb is ever in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from ita_check.looking.network.failures import Failed
from ita_check.texts import phrase

# What is asked for; httpx would offer Brotli and Zstandard too, where it finds them.
ACCEPTED = "gzip, deflate"
_PIECE = 64 * 1024
_GZIP_BEGINS = 0x1F
_ENCODINGS = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}


class Decoder:
    """What turns the bytes of an answer into those of its body; raises `Failed`.

    httpx's own decompresses whatever one read brought at once: a thousandfold of it.
    """

    def __init__(self, encoding: str) -> None:
        kind = _ENCODINGS.get(encoding.strip().lower())
        if kind is None:
            named = ascii(encoding[:40])
            raise Failed("refused", phrase("looked.detail.encoding", encoding=named))
        self._kind = kind
        self._begin = b""
        self._inflate = zlib.decompressobj(16 + zlib.MAX_WBITS) if kind == "gzip" else None

    def pieces(self, raw: bytes) -> Iterator[bytes]:
        """What these bytes hold, in pieces of at most 64 KiB."""
        if not self._kind:
            yield raw
            return
        if self._inflate is None:
            self._begin += raw
            if len(self._begin) < 2:
                return
            raw, self._inflate = self._begin, zlib.decompressobj(_window(self._begin))
        full = False
        # A full piece may leave some of its end inside zlib, with nothing left to put in.
        while (raw or full) and not self._inflate.eof:
            try:
                piece = self._inflate.decompress(raw, _PIECE)
            except zlib.error as error:
                raise _damaged() from error
            raw, full = self._inflate.unconsumed_tail, len(piece) == _PIECE
            if piece:
                yield piece
        # Other bytes after the end are left alone, as browsers do.
        rest = self._inflate.unused_data or raw
        if self._inflate.eof and self._kind == "gzip" and rest and rest[0] == _GZIP_BEGINS:
            raise Failed("refused", phrase("looked.detail.several_bodies"))

    def finish(self, *, anything: bool) -> None:
        """See that the body has its end; no bytes at all are an empty body in every encoding."""
        if self._kind and anything and not (self._inflate and self._inflate.eof):
            raise _damaged()


def _window(begin: bytes) -> int:
    """Deflate is zlib's format by the standard, and without its header by custom."""
    by_standard = begin[0] & 0x0F == zlib.DEFLATED and int.from_bytes(begin[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if by_standard else -zlib.MAX_WBITS


def _damaged() -> Failed:
    return Failed("unreachable", phrase("looked.detail.damaged_body"), passing=True)

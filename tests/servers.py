"""Real servers on loopback whose behaviour is scripted, path by path.

    with Site({"/slow": Reply(b"here", delay=2), "/old": redirect("/new")}, folder=pages) as site:
        site.address("/slow")       # http://127.0.0.1:<port>/slow
        site.asked                  # every request, in order
        site.most, site.most_at     # the most that were under way at once, in all and by host

A route is a `Reply`, or a function of the request (`Asked`) that returns one, or a list of these,
used one after the other (the last one stays). What no route answers comes from `folder`, else it
is 404. One thread for each connection; plain sockets, so that it can misbehave as real ones do.
"""

from __future__ import annotations

import mimetypes
import socket
import ssl
import struct
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from http import HTTPStatus
from pathlib import Path
from typing import Literal, NamedTuple, Self
from urllib.parse import unquote

Pairs = Iterable[tuple[str, str]]


class Asked(NamedTuple):
    """A request as it came; `headers` by their names in lower case, `at` monotonic seconds."""

    method: str
    path: str
    headers: Mapping[str, str]
    at: float
    peer: tuple[str, int]

    @property
    def host(self) -> str:
        """The host that was asked, without its port."""
        return self.headers.get("host", "").rpartition(":")[0]


class Reply(NamedTuple):
    """What a path answers. `body` may be pieces, which are made as they are sent.

    `length` stands for Content-Length: None is the right one (chunks for pieces), a number a
    wrong one, "" none at all, so that the end of the connection ends the body. `delay` is before
    the first byte, `drip` between any two bytes of the body. `ends` is what happens after it:
    the connection stays, is closed, is reset, or nothing more comes. `raw` is sent as it is,
    instead of all that.
    """

    body: bytes | Iterable[bytes] = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0
    drip: float = 0.0
    length: int | Literal[""] | None = None
    ends: Literal["stay", "close", "reset", "silence"] = "stay"
    raw: bytes | None = None


Route = Reply | Callable[[Asked], Reply]


def page(text: str, title: str = "", **more: object) -> Reply:
    """An HTML page with a text in it."""
    html = f"<!doctype html><meta charset=utf-8><title>{title}</title><p>{text}"
    return Reply(html.encode(), headers=(("Content-Type", "text/html; charset=utf-8"),))._replace(
        **more
    )


def redirect(to: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(b"moved", status, (("Location", to),))


def validated(body: bytes, etag: str = '"1"', *headers: tuple[str, str]) -> Route:
    """A body with an ETag, which is not sent again to whoever has it."""
    kept = (("ETag", etag), *headers)

    def route(asked: Asked) -> Reply:
        if asked.headers.get("if-none-match") == etag:
            return Reply(status=304, headers=kept)
        return Reply(body, headers=kept)

    return route


def zeros(length: int, piece: int = 1 << 16) -> Iterable[bytes]:
    """Many zeros, a piece at a time."""
    whole, rest = divmod(length, piece)
    for _ in range(whole):
        yield bytes(piece)
    yield bytes(rest)


def gzipped(pieces: Iterable[bytes]) -> bytes:
    """Pieces as one gzip body."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return b"".join([*map(packer.compress, pieces), packer.flush()])


def bomb(mebibytes: int) -> bytes:
    """A gzip body of that many MiB of zeros, made at once: one MiB of it, over and over."""
    mebibyte = bytes(1 << 20)
    packer = zlib.compressobj(9, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    begin = packer.flush(zlib.Z_FULL_FLUSH)
    once = packer.compress(mebibyte) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = 0
    for _ in range(mebibytes):
        checksum = zlib.crc32(mebibyte, checksum)
    end = struct.pack("<II", checksum, (mebibytes << 20) & 0xFFFFFFFF)
    return begin + once * mebibytes + b"\x03\x00" + end


class Site:
    """A server, from entering to leaving; `tls` makes it an https one."""

    def __init__(
        self,
        routes: Mapping[str, Route | list[Route]] | None = None,
        *,
        folder: Path | None = None,
        tls: ssl.SSLContext | None = None,
        bind: str = "127.0.0.1",
    ) -> None:
        self.routes = dict(routes or {})
        self.asked: list[Asked] = []
        self.sent = 0  # bytes of bodies
        self.connections = 0
        self.most = 0
        self.most_at: Counter[str] = Counter()
        self._now: Counter[str] = Counter()
        self._folder = folder
        self._tls = tls
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._open: set[socket.socket] = set()
        family = socket.AF_INET6 if ":" in bind else socket.AF_INET
        self._socket = socket.socket(family)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((bind, 0))
        self._socket.listen(512)
        self.bind = bind
        self.port: int = self._socket.getsockname()[1]

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with self._lock:
            still = list(self._open)
        for connection in still:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(10)

    def address(self, path: str = "/", host: str | None = None) -> str:
        """The address of a path here, under any name that leads here."""
        scheme = "https" if self._tls else "http"
        name = host or (f"[{self.bind}]" if ":" in self.bind else self.bind)
        return f"{scheme}://{name}:{self.port}{path}"

    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [asked.path for asked in self.asked]

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                connection, peer = self._socket.accept()
            except OSError:
                return
            self.connections += 1
            self._start(self._serve, connection, peer)

    def _serve(self, connection: socket.socket, peer: tuple[str, int]) -> None:
        if self._tls:
            try:
                connection.settimeout(10)
                connection = self._tls.wrap_socket(connection, server_side=True)
                connection.settimeout(None)
            except OSError:  # ssl.SSLError is one
                connection.close()
                return
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            self._open.add(connection)
        try:
            with connection.makefile("rb") as lines:
                while not self._over.is_set():
                    asked = _read(lines, peer[:2])
                    if asked is None or not self._answer(connection, asked):
                        break
        except OSError:
            pass
        finally:
            with self._lock:
                self._open.discard(connection)
            connection.close()

    def _answer(self, connection: socket.socket, asked: Asked) -> bool:
        """Answer one request; whether the connection stays."""
        with self._lock:
            self.asked.append(asked)
            self._now[asked.host] += 1
            self.most = max(self.most, self._now.total())
            self.most_at[asked.host] = max(self.most_at[asked.host], self._now[asked.host])
        left = False

        def leave() -> None:
            """Not under way any more; said before the last bytes, after which the next may come."""
            nonlocal left
            if not left:
                left = True
                with self._lock:
                    self._now[asked.host] -= 1

        try:
            reply = self._reply(asked)
            self._over.wait(reply.delay)
            self._send(connection, reply, leave)
        finally:
            leave()
        if reply.ends == "silence":
            self._over.wait()
        elif reply.ends == "reset":
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        return reply.ends == "stay" and reply.length != "" and reply.raw is None

    def _reply(self, asked: Asked) -> Reply:
        route = self.routes.get(asked.path) or self.routes.get(asked.path.partition("?")[0])
        if isinstance(route, list):
            with self._lock:
                route = route.pop(0) if len(route) > 1 else route[0]
        if route is None:
            return self._file(asked) or Reply(b"no such page", 404)
        return route if isinstance(route, Reply) else route(asked)

    def _file(self, asked: Asked) -> Reply | None:
        """A file of the folder, or the `index.html` of one of its folders."""
        if self._folder is None:
            return None
        top = self._folder.resolve()
        path = (top / unquote(asked.path.partition("?")[0]).lstrip("/")).resolve()
        path = path / "index.html" if path.is_dir() else path
        if not path.is_relative_to(top) or not path.is_file():
            return None
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return Reply(path.read_bytes(), headers=(("Content-Type", kind),))

    def _send(self, connection: socket.socket, reply: Reply, leave: Callable[[], None]) -> None:
        if reply.raw is not None:
            leave()
            connection.sendall(reply.raw)
            return
        if reply.ends == "silence" and not reply.body and reply.length is None:
            return
        head, chunked = _head(reply)
        if isinstance(reply.body, bytes) and not reply.drip:
            leave()
            self.sent += len(reply.body)
            connection.sendall(head + reply.body)
            return
        connection.sendall(head)
        pieces = (
            (reply.body[i : i + 1] for i in range(len(reply.body)))
            if isinstance(reply.body, bytes)
            else iter(reply.body)
        )
        for piece in pieces:
            if self._over.wait(reply.drip) if reply.drip else self._over.is_set():
                break
            self.sent += len(piece)
            connection.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
        leave()
        if chunked and reply.ends != "reset":
            connection.sendall(b"0\r\n\r\n")


def _head(reply: Reply) -> tuple[bytes, bool]:
    """The status line and headers, and whether the body goes in chunks."""
    phrase = next((s.phrase for s in HTTPStatus if s == reply.status), "Odd")
    headers = list(reply.headers)
    chunked = reply.length is None and not isinstance(reply.body, bytes)
    if chunked:
        headers.append(("Transfer-Encoding", "chunked"))
    elif reply.length != "" and reply.status not in {204, 304}:
        length = len(reply.body) if reply.length is None else reply.length  # type: ignore[arg-type]
        headers.append(("Content-Length", str(length)))
    lines = [f"HTTP/1.1 {reply.status} {phrase}", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "", ""]).encode("utf-8"), chunked


def _read(lines: Iterable[bytes], peer: tuple[str, int]) -> Asked | None:
    """One request, None where the connection ended."""
    came = iter(lines.readline, b"")  # type: ignore[attr-defined] # it is a file
    first = next(came, b"").split()
    if len(first) != 3:
        return None
    headers = {}
    for line in came:
        if line in {b"\r\n", b"\n"}:
            break
        name, _, value = line.decode("latin-1").partition(":")
        headers[name.strip().lower()] = value.strip()
    method, path = (word.decode("latin-1") for word in first[:2])
    return Asked(method, path, headers, time.monotonic(), peer)

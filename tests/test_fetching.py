"""One address fetched, and many: real sockets on loopback, and servers that misbehave."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gzip
import hashlib
import json
import os
import re
import socket
import ssl
import stat
import subprocess
import sys
import textwrap
import time
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from typing import Any

import anyio
import pytest
import trustme
from hypothesis import given, settings
from hypothesis import strategies as st
from servers import Asked, Reply, Site, bomb, gzipped, page, redirect, validated, zeros
from support import ROOT

from ita_check.looking.network.answer import Answer
from ita_check.looking.network.cache import Cache, cache_folder
from ita_check.looking.network.fetch import Fetcher
from ita_check.looking.network.guard import REFUSED_PORTS, refusal
from ita_check.looking.network.head import file_name, read_head, retry_after
from ita_check.looking.network.limits import Limits
from ita_check.looking.network.redirect import where_to
from ita_check.texts import said

NOW = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
QUICK = Limits(connect=1.0, read=0.3, total=1.5, tries=2, back_off=0.02, longest_retry_after=1.0)
AGENT = "ita-check/test"
MIB = 1024 * 1024
HTML = (("Content-Type", "text/html; charset=utf-8"),)
repeatable = settings(derandomize=True, deadline=None, max_examples=150)


@pytest.fixture(autouse=True)
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every connection that is tried, and none of them leaves this machine."""
    tried: list[str] = []
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6}:
            tried.append(address[0])
            if not ip_address(address[0]).is_loopback:
                raise OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH))
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
    return tried


class Names:
    """A resolver that plays: names by their addresses, a list of lists for one answer each time.

    What it was not told about is asked of the system only where it is an address in some spelling.
    """

    def __init__(self, names: Mapping[str, Any]) -> None:
        self.names = dict(names)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int, **kind: Any) -> Sequence[Any]:
        self.asked.append(host)
        found = self.names.get(host)
        if found is None:
            if not re.fullmatch(r"[0-9a-fx.:]+|localhost", host):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            return await anyio.getaddrinfo(host, port, **kind)
        if isinstance(found, Exception):
            raise found
        if isinstance(found[0], list):
            found = found.pop(0) if len(found) > 1 else found[0]
        return [(None, None, 6, "", (address, port)) for address in found]


def fetch(
    folder: Path,
    *addresses: str,
    limits: Limits = QUICK,
    cache: Path | None = None,
    allow_private: bool = True,
    names: Mapping[str, Any] | Names | None = None,
    ssl_context: ssl.SSLContext | None = None,
    now: Callable[[], datetime] = lambda: NOW,
) -> list[Answer]:
    """Addresses fetched, all at once."""

    async def run() -> list[Answer]:
        resolve = names if isinstance(names, Names) else Names(names or {})
        async with Fetcher(
            limits,
            folder=folder,
            cache=Cache(cache) if cache else None,
            allow_private=allow_private,
            user_agent=AGENT,
            now=now,
            ssl_context=ssl_context,
            resolve=resolve,
        ) as fetcher:
            return list(await asyncio.gather(*map(fetcher.fetch, addresses)))

    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    return asyncio.run(run())


def expected(address: str, body: bytes | None, **more: Any) -> Answer:
    """The whole answer of an address, but for its seconds and its file."""
    answer = Answer(
        asked=address,
        ended=address,
        status=200,
        failure=None,
        detail="",
        hops=(),
        at=NOW,
        seconds=0.0,
        tries=1,
    )
    if body is not None:
        answer = answer._replace(sha256=hashlib.sha256(body).hexdigest(), length=len(body))
    return answer._replace(**more)


def plain(answer: Answer) -> Answer:
    """An answer without its seconds and its file, which is what it says it is."""
    if answer.path is None:
        assert answer.failure
        assert (answer.sha256, answer.length) == (None, None)
    else:
        data = answer.path.read_bytes()
        assert (hashlib.sha256(data).hexdigest(), len(data)) == (answer.sha256, answer.length)
    assert answer.seconds < QUICK.total + 30
    detail = said(answer.detail, "en")
    return answer._replace(seconds=0.0, path=None, headers=dict(answer.headers), detail=detail)


def left(folder: Path) -> list[str]:
    """The files of a folder."""
    return sorted(path.name for path in folder.iterdir())


# ---------------------------------------------------------------- one page


def test_page(tmp_path: Path) -> None:
    """A page comes with its body in a file, its digest, type and charset."""
    body = "สวัสดี".encode()
    reply = Reply(body, headers=(("Content-Type", 'Text/HTML; Charset="UTF-8"'), ("Server", "x")))
    with Site({"/": reply}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(
        site.address(), body, media_type="text/html", charset="utf-8", headers={"server": "x"}
    )
    assert answer.path is not None
    assert answer.path.parent == tmp_path
    assert 0 < answer.seconds < 1


def test_request(tmp_path: Path) -> None:
    """A request says who asks, that Thai is preferred, and nothing more."""
    with Site({"/a%20b": page("x")}) as site:
        fetch(tmp_path, site.address("/a b?q=ก#part".replace(" ", "%20")))
    (asked,) = site.asked
    assert (asked.method, asked.path) == ("GET", "/a%20b?q=%E0%B8%81")
    assert asked.headers == {
        "host": f"127.0.0.1:{site.port}",
        "user-agent": AGENT,
        "accept": "text/html,application/xhtml+xml,application/pdf,*/*;q=0.8",
        "accept-language": "th, en;q=0.5",
        "accept-encoding": "gzip, deflate",
    }


@pytest.mark.parametrize("status", [204, 206, 304, 400, 401, 403, 404, 410, 418, 451])
def test_status(tmp_path: Path, status: int) -> None:
    """Whatever status a page has is passed on with its body, after one try."""
    body = b"" if status in {204, 304} else b"what the page says"
    with Site({"/": Reply(body, status)}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(site.address(), body, status=status)
    assert len(site.asked) == 1


def test_many_bodies_are_different_files(tmp_path: Path) -> None:
    """Pages with one body have a file each."""
    with Site({"/": page("x")}) as site:
        answers = fetch(tmp_path, *[site.address(f"/?{n}") for n in range(5)])
    assert len({answer.path for answer in answers}) == len(left(tmp_path)) == 5


def test_connections_are_kept(tmp_path: Path) -> None:
    """The pages of a host come through as many connections as it has places."""
    with Site({"/": page("x")}) as site:
        fetch(tmp_path, *[site.address(f"/?{n}") for n in range(20)])
    assert (site.connections, len(site.asked)) == (2, 20)


def test_not_an_address(tmp_path: Path) -> None:
    """What is no web address is refused without a try."""
    for address in ("file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:1", "http://", ""):
        (answer,) = fetch(tmp_path, address)
        assert plain(answer) == expected(
            address,
            None,
            status=None,
            failure="refused",
            detail="this is no web address",
            tries=0,
        )


def test_header_of_the_file(tmp_path: Path) -> None:
    """The few headers that others need are there, and the name of the file."""
    headers = (
        ("Content-Type", "application/pdf"),
        ("Content-Disposition", "attachment; filename*=UTF-8''%E0%B9%81%E0%B8%9C%E0%B8%99.pdf"),
        ("CF-Mitigated", "challenge"),
        ("Set-Cookie", "a=b"),
        ("X-Other", "c"),
    )
    with Site({"/": Reply(b"%PDF-", headers=headers)}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(
        site.address(),
        b"%PDF-",
        media_type="application/pdf",
        filename="แผน.pdf",
        headers={"content-disposition": headers[1][1], "cf-mitigated": "challenge"},
    )


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("", None),
        ("inline", None),
        ("attachment; filename=a.pdf", "a.pdf"),
        ('attachment; filename="a b.pdf"', "a b.pdf"),
        ('attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'),
        ('attachment; filename="แผน.pdf"', "แผน.pdf"),
        ("attachment; filename=x; filename*=utf-8'th'%E0%B8%81.pdf", "ก.pdf"),
        ("attachment; filename=x.pdf; filename*=nonsense''%E0", "x.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="..\\\\x.exe"', "x.exe"),
        ('attachment; filename=""', None),
    ],
)
def test_file_name(disposition: str, name: str | None) -> None:
    """A file's name is read in all its spellings, and never has a folder."""
    assert file_name(disposition) == name


def test_header_in_older_encoding() -> None:
    """Headers in Windows' Thai encoding are read, and their control characters are not."""
    head = read_head(
        [
            (
                b"Content-Disposition",
                b'attachment; filename="' + "แผนงาน.pdf".encode("cp874") + b'"',
            ),
            (b"Server", b"a\x1b[31mb"),
            (b"Content-Type", b"nonsense"),
        ]
    )
    assert (head.filename, head.kept["server"], head.media_type) == ("แผนงาน.pdf", "a[31mb", None)


@given(st.lists(st.tuples(st.binary(max_size=40), st.binary(max_size=200)), max_size=8))
@repeatable
def test_any_headers(raw: list[tuple[bytes, bytes]]) -> None:
    """Headers of any bytes are read."""
    names = [b"Content-Type", b"Content-Disposition", b"Retry-After", b"Content-Length"]
    head = read_head([*raw, *((name, value) for name, (_, value) in zip(names, raw, strict=False))])
    assert head.filename is None or not re.search(r"[/\\\x00-\x1f]", head.filename)
    for value in head.fields.values():
        retry_after(value.decode("latin-1"), NOW)
        where_to("http://example.go.th/", value)


# ---------------------------------------------------------------- redirects


def test_redirects(tmp_path: Path) -> None:
    """Redirects of every kind are followed, and the way they took is told."""
    routes = {
        "/1": redirect("/2", 301),
        "/2": redirect("3?x#y", 303),
        "/3": redirect("//127.0.0.1:{port}/4", 307),
        "/4": redirect("\\5 a", 308),
        "/5%20a": page("here"),
    }
    with Site(routes) as site:
        site.routes["/3"] = redirect(f"//127.0.0.1:{site.port}/4", 307)
        (answer,) = fetch(tmp_path, site.address("/1"))
    body = page("here").body
    assert isinstance(body, bytes)
    assert plain(answer) == expected(
        site.address("/1"),
        body,
        ended=site.address("/5%20a"),
        hops=tuple(site.address(path) for path in ("/1", "/2", "/3?x", "/4")),
        media_type="text/html",
        charset="utf-8",
    )
    assert (site.connections, len(site.asked)) == (1, 5)


@pytest.mark.parametrize(
    ("location", "target"),
    [
        (b"/a", "http://h.go.th/a"),
        (b"b?c=d", "http://h.go.th/x/b?c=d"),
        (b"  /a\tb ", "http://h.go.th/ab"),
        ("/แผน".encode(), "http://h.go.th/%E0%B9%81%E0%B8%9C%E0%B8%99"),
        ("/งาน".encode("cp874"), "http://h.go.th/%A7%D2%B9"),
        ("https://ไทย.ไทย/".encode(), "https://xn--o3cw4h.xn--o3cw4h/"),
        (b"https://user:secret@other.go.th/", "https://other.go.th/"),
        (b"HTTPS://Other.go.th:443", "https://other.go.th/"),
        (b"/?to=a\\b", None),
        (b"file:///etc/passwd", None),
        (b"ftp://h.go.th/", None),
        (b"javascript:alert(1)", None),
        (b"data:text/html,x", None),
        (b"http://[", None),
        (b"http://h.go.th:99999/", None),
        (b"http://h\x00.go.th/", None),
    ],
)
def test_where_to(location: bytes, target: str | None) -> None:
    """A Location leads where it leads a browser, and only to web addresses, without user info."""
    assert where_to("http://h.go.th/x/y", location) == target


@pytest.mark.parametrize("scheme", ["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://x/"])
def test_redirect_to_no_web_address(tmp_path: Path, scheme: str) -> None:
    """A redirect out of the web is refused, and the address that led there is the last one."""
    with Site({"/": redirect("/b"), "/b": redirect(scheme)}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(
        site.address(),
        None,
        ended=site.address("/b"),
        hops=(site.address(),),
        status=302,
        failure="refused",
        detail="the redirect leads to no web address",
    )


def test_ring(tmp_path: Path) -> None:
    """Redirects that go round are told when they do so first."""
    with Site({"/a": redirect("/b"), "/b": redirect("/a"), "/c": redirect("/c")}) as site:
        ring, self = fetch(tmp_path, site.address("/a"), site.address("/c"))
    assert plain(ring) == expected(
        site.address("/a"),
        None,
        ended=site.address("/b"),
        hops=(site.address("/a"),),
        status=302,
        failure="redirect_loop",
        detail="the redirects go round",
    )
    assert (self.failure, self.status, self.hops) == ("redirect_loop", 302, ())
    assert sorted(site.paths()) == ["/a", "/b", "/c"]


def test_too_many_redirects(tmp_path: Path) -> None:
    """Ten redirects are followed and not eleven."""

    def on(asked: Asked) -> Reply:
        number = int(asked.path.rpartition("?")[2])
        return redirect(f"/?{number - 1}") if number else page("here")

    with Site({"/": on}) as site:
        ten, eleven = fetch(tmp_path, site.address("/?10"), site.address("/?11"))
    assert (ten.status, len(ten.hops), ten.failure) == (200, 10, None)
    assert (eleven.status, len(eleven.hops), eleven.failure) == (302, 10, "redirect_loop")
    assert eleven.ended == site.address("/?1")


def test_redirect_takes_no_credentials_along(tmp_path: Path) -> None:
    """User info in a redirect is dropped: it is neither sent nor told."""
    with Site({"/b": page("here")}) as site:
        site.routes["/a"] = redirect(f"http://user:secret@127.0.0.1:{site.port}/b")
        (answer,) = fetch(tmp_path, site.address("/a"))
    assert answer.ended == site.address("/b")
    assert "secret" not in repr(answer)
    assert "authorization" not in site.asked[-1].headers


def test_long_body_of_a_redirect(tmp_path: Path) -> None:
    """The body of a redirect is not waited for."""
    endless = Reply(b"x" * MIB, 302, (("Location", "/b"),), drip=0.2)
    with Site({"/a": endless, "/b": page("here")}) as site:
        (answer,) = fetch(tmp_path, site.address("/a"), limits=QUICK._replace(total=3.0))
    assert (answer.status, answer.tries, answer.hops) == (200, 1, (site.address("/a"),))


def test_cookies(tmp_path: Path) -> None:
    """Cookies are never sent back, not even to the page of a redirect."""
    crumbs = (("Set-Cookie", "a=b; Path=/"), ("Location", "/b"))
    with Site({"/a": Reply(status=302, headers=crumbs), "/b": page("x")}) as site:
        fetch(tmp_path, site.address("/a"), site.address("/b"))
        fetch(tmp_path, site.address("/b"))
    assert len(site.asked) == 4
    assert not any("cookie" in asked.headers for asked in site.asked)


# ---------------------------------------------------------------- the guard

PUBLIC = [
    *("1.1.1.1", "8.8.8.8", "61.19.0.1", "100.63.255.255", "100.128.0.0", "172.15.0.1"),
    *("172.32.0.1", "169.253.0.1", "192.0.1.1", "198.17.0.1", "198.20.0.1", "223.255.255.255"),
    *("2001:4860:4860::8888", "2400:cb00::1", "2a00::1", "2c0f::1", "2001:3c8::1"),
    *("::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"),
    "2001:0:808:808::f7f7:f7f7",  # Teredo: 8.8.8.8 both as server and behind it
]
OWN = [
    *("127.0.0.1", "127.255.255.254", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1"),
    *("::1", "fc00::1", "fd12:3456::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1"),
    *("64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:101::1"),
]
NEVER = [
    *("0.0.0.0", "0.1.2.3", "100.64.0.1", "100.100.100.200", "168.63.129.16", "169.254.169.254"),
    *("169.254.0.1", "192.0.0.1", "192.0.0.192", "192.0.2.1", "192.88.99.1", "198.18.0.1"),
    *("198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.255", "240.0.0.1"),
    *("255.255.255.255", "::", "::2", "::127.0.0.1", "::ffff:0:127.0.0.1", "100::1", "fe80::1"),
    *("fe80::1%eth0", "fe80::1%1", "2001:db8::1%eth0", "febf::1", "fec0::1", "ff02::1"),
    *("2001:db8::1", "2001:2::1", "2001:10::1", "3fff::1", "5f00::1", "4000::1"),
    *("64:ff9b:1::1", "fd00:ec2::254", "fd00:ec2::23", "fd20:ce::254", "fd00:c1::a9fe:a9fe"),
    *("::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "::ffff:0.0.0.0"),
    *("2001:0:a9fe:a9fe::f7f7:f7f7", "2001:0:808:808::5601:5601"),
    *("nonsense", "127.1", ""),
]


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    """Addresses of the internet may be connected to."""
    assert refusal(address, allow_private=False) is None
    assert refusal(address, allow_private=True) is None


@pytest.mark.parametrize("address", OWN)
def test_own_addresses(address: str) -> None:
    """Loopback and the networks of a house are refused unless they are allowed."""
    assert refusal(address, allow_private=False)
    assert refusal(address, allow_private=True) is None


@pytest.mark.parametrize("address", NEVER)
def test_refused_addresses(address: str) -> None:
    """Nothing allows link-local, multicast, metadata and what nobody may use."""
    assert refusal(address, allow_private=False)
    assert refusal(address, allow_private=True)


@given(st.ip_addresses(v=4), st.booleans())
@repeatable
def test_embedded_addresses(ip: IPv4Address, allow_private: bool) -> None:
    """An IPv4 address inside an IPv6 one is judged as it is outside."""
    alone = refusal(str(ip), allow_private=allow_private)
    number = int(ip)
    public = int(IPv4Address("8.8.8.8"))
    for form in (
        IPv6Address((0xFFFF << 32) | number),
        IPv6Address((0x64FF9B << 96) | number),
        IPv6Address((0x2002 << 112) | (number << 80) | 1),
        IPv6Address((0x20010000 << 96) | (public << 64) | (number ^ 0xFFFFFFFF)),
        IPv6Address((0x20010000 << 96) | (number << 64) | (public ^ 0xFFFFFFFF)),
    ):
        assert refusal(str(form), allow_private=allow_private) == alone


@given(st.ip_addresses())
@repeatable
def test_guard_is_no_laxer_than_python(ip: IPv4Address | IPv6Address) -> None:
    """What is allowed is global by Python's own tables too, embedded addresses aside."""
    if refusal(str(ip), allow_private=False) is None:
        inside = isinstance(ip, IPv6Address) and (ip.ipv4_mapped or ip.sixtofour or ip.teredo)
        assert ip.is_global or inside or str(ip).startswith("64:ff9b:")
        assert not ip.is_multicast


@pytest.mark.parametrize(
    "host",
    [
        *("127.0.0.1", "127.1", "0x7f000001", "2130706433", "017700000001", "0x7f.1", "localhost"),
        *("127.0.0.2", "[::1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]"),
        *("0", "0.0.0.0", "[::]", "10.0.0.1", "169.254.169.254", "0xa9fea9fe", "2852039166"),
        *("[fd00:ec2::254]", "127.0.0.1.", "LOCALHOST", "localhost.", "①②⑦.0.0.1", "127。0。0。1"),
    ],
)
def test_spellings_of_this_machine(tmp_path: Path, host: str, attempts: list[str]) -> None:
    """No spelling of this machine or of metadata is connected to, and most are told as refused."""
    with Site({"/": page("secret")}) as site:
        (answer,) = fetch(tmp_path, site.address(host=host), allow_private=False)
    assert (attempts, site.connections) == ([], 0)
    assert (answer.path, answer.status) == (None, None)
    if not host.endswith("."):
        assert answer.failure == "refused"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "0x7f000001", "localhost", "a.example"])
def test_private_where_allowed(tmp_path: Path, host: str) -> None:
    """This machine is asked where that is allowed, in all its spellings."""
    with Site({"/": page("x")}) as site:
        (answer,) = fetch(tmp_path, site.address(host=host), names={"a.example": ["127.0.0.1"]})
    assert answer.status == 200


def test_mixed_answer(tmp_path: Path, attempts: list[str]) -> None:
    """A name that leads to public and to private addresses is refused, whichever come first."""
    names = {"a.example": ["8.8.8.8", "10.0.0.1"], "b.example": ["fd00::1", "8.8.8.8"]}
    answers = fetch(
        tmp_path, "http://a.example/", "http://b.example/", names=names, allow_private=False
    )
    assert [plain(answer) for answer in answers] == [
        expected(
            f"http://{host}/",
            None,
            status=None,
            failure="refused",
            detail=f"{address} is a private address",
        )
        for host, address in (("a.example", "10.0.0.1"), ("b.example", "fd00::1"))
    ]
    assert attempts == []


def test_rebinding(tmp_path: Path, attempts: list[str]) -> None:
    """A name that is public when it is looked at and this machine afterwards leads nowhere."""
    names = Names({"a.example": [["93.184.216.34"], ["127.0.0.1"]]})
    with Site({"/": page("secret")}) as site:
        address = site.address(host="a.example")
        (answer,) = fetch(tmp_path, address, names=names, allow_private=False)
    assert plain(answer) == expected(
        address,
        None,
        status=None,
        failure="refused",
        detail="127.0.0.1 is a loopback address",
        tries=2,
    )
    # The one connection that was tried was to the address that was looked at.
    assert (attempts, site.connections) == (["93.184.216.34"], 0)
    assert names.asked == ["a.example", "a.example"]


@pytest.mark.parametrize("allow_private", [False, True])
@pytest.mark.parametrize("target", ["127.0.0.1:1234", "169.254.169.254", "[fd00:ec2::254]"])
def test_redirect_inside(
    tmp_path: Path, target: str, allow_private: bool, attempts: list[str]
) -> None:
    """A redirect to this machine is refused unless allowed, one to metadata always."""
    metadata = target != "127.0.0.1:1234"
    # The first host has to be on this machine too: it is let through by the name of its address.
    names = Names({"public.example": ["127.0.0.1"]})
    routes = {"/": redirect(f"http://{target}/latest/meta-data/")}
    with Site(routes) as site, pytest.MonkeyPatch.context() as patch:
        if not allow_private:
            _let_through_once(patch)
        address = site.address(host="public.example")
        (answer,) = fetch(tmp_path, address, names=names, allow_private=allow_private)
    assert answer.hops == (site.address(host="public.example"),)
    assert answer.ended == f"http://{target}/latest/meta-data/"
    assert answer.status is None
    assert answer.failure == ("refused" if metadata or not allow_private else "unreachable")
    assert set(attempts) == {"127.0.0.1"}
    assert len(attempts) == (1 if metadata or not allow_private else 3)


def _let_through_once(patch: pytest.MonkeyPatch) -> None:
    """The guard takes the first address for a public one."""
    from ita_check.looking.network import connect

    first = iter([True])

    def once(address: str, *, allow_private: bool) -> str | None:
        return None if next(first, False) else refusal(address, allow_private=allow_private)

    patch.setattr(connect, "refusal", once)


@pytest.mark.parametrize("port", [22, 25, 143, 6667])
def test_ports_of_others(tmp_path: Path, port: int, attempts: list[str]) -> None:
    """Ports that browsers do not ask are not asked."""
    assert port in REFUSED_PORTS
    (answer,) = fetch(tmp_path, f"http://127.0.0.1:{port}/")
    assert (answer.failure, said(answer.detail, "en"), answer.tries) == (
        "refused",
        f"port {port} is not for web pages",
        1,
    )
    assert attempts == []
    assert not REFUSED_PORTS & {80, 81, 443, 3000, 8000, 8080, 8443, 8888}


def test_next_address(tmp_path: Path, attempts: list[str]) -> None:
    """Where one address of a name does not connect, the next one is asked."""
    names = {"a.example": ["::1", "fd12::1", "127.0.0.1"]}
    with Site({"/": page("x")}) as site:
        (answer,) = fetch(tmp_path, site.address(host="a.example"), names=names)
    assert (answer.status, answer.tries) == (200, 1)
    assert attempts == ["::1", "127.0.0.1"]  # families by turns


@pytest.mark.skipif(sys.platform != "linux", reason="a full queue is silent on Linux")
def test_dawdling_address(tmp_path: Path) -> None:
    """An address that does not answer at all holds the next one up for a quarter of a second."""
    with contextlib.ExitStack() as stack, Site({"/": page("x")}) as site:
        full = stack.enter_context(socket.socket())
        full.bind(("127.9.9.9", site.port))
        full.listen(0)
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(full.getsockname())
        address = site.address(host="a.example")
        names = {"a.example": ["127.9.9.9", "127.0.0.1"]}
        (answer,) = fetch(tmp_path, address, names=names)
    assert (answer.status, answer.tries) == (200, 1)
    assert 0.2 < answer.seconds < 0.8


# ---------------------------------------------------------------- names and connections


_UNKNOWN = "the name system does not know this name"
_UNANSWERED = "the name system did not answer"


@pytest.mark.parametrize(
    ("error", "failure", "tries"),
    [
        (socket.gaierror(socket.EAI_NONAME, _UNKNOWN), "no_such_host", 1),
        (socket.gaierror(-5, _UNKNOWN), "no_such_host", 1),
        (socket.gaierror(11001, _UNKNOWN), "no_such_host", 1),
        (socket.gaierror(socket.EAI_AGAIN, _UNANSWERED), "unreachable", 2),
        (socket.gaierror(socket.EAI_FAIL, _UNANSWERED), "unreachable", 2),
        (UnicodeError("label too long"), "refused", 1),
    ],
)
def test_resolution(tmp_path: Path, error: Exception, failure: str, tries: int) -> None:
    """A name that does not exist is told from one that could not be looked up."""
    (answer,) = fetch(tmp_path, "http://a.example/", names={"a.example": error})
    detail = error.strerror if isinstance(error, OSError) else str(error)
    assert plain(answer) == expected(
        "http://a.example/", None, status=None, failure=failure, detail=detail, tries=tries
    )


def test_slow_resolver(tmp_path: Path) -> None:
    """Looking a name up is part of connecting, and has its time."""

    async def never(*_: object, **__: object) -> Sequence[Any]:
        await anyio.sleep_forever()
        return []

    async def run() -> Answer:
        async with Fetcher(
            QUICK._replace(connect=0.2),
            folder=tmp_path,
            cache=None,
            allow_private=True,
            user_agent=AGENT,
            now=lambda: NOW,
            resolve=never,
        ) as fetcher:
            return await fetcher.fetch("http://a.example/")

    answer = asyncio.run(run())
    assert plain(answer) == expected(
        "http://a.example/",
        None,
        status=None,
        failure="timeout",
        detail="no connection in time",
        tries=2,
    )
    assert 0.4 < answer.seconds < 1.0


def test_nobody_listens(tmp_path: Path) -> None:
    """A port where nobody listens is unreachable, after all tries."""
    with Site() as site:
        pass
    (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(
        site.address(),
        None,
        status=None,
        failure="unreachable",
        detail=os.strerror(errno.ECONNREFUSED),
        tries=2,
    )
    assert 0.02 <= answer.seconds < 0.5


# ---------------------------------------------------------------- time


@pytest.mark.parametrize(
    "reply", [Reply(ends="silence"), page("x", delay=5)], ids=["silence", "slow"]
)
def test_no_answer(tmp_path: Path, reply: Reply) -> None:
    """A server that does not answer in time is asked again, and then it is a time-out."""
    with Site({"/": reply}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(
        site.address(),
        None,
        status=None,
        failure="timeout",
        detail="no answer in time",
        tries=2,
    )
    assert 0.6 < answer.seconds < 1.2
    assert len(site.asked) == 2


def test_host_that_is_silent(tmp_path: Path) -> None:
    """After four addresses in a row without an answer, a host is asked once for each further one."""
    limits = QUICK._replace(per_host=1, read=0.1)
    paths = [f"/{number}" for number in range(9)]
    with Site(
        {path: page("x") if path == "/6" else Reply(ends="silence") for path in paths}
    ) as site:
        answers = fetch(tmp_path, *(site.address(path) for path in paths), limits=limits)
    assert [(answer.failure, answer.tries) for answer in answers] == [
        *[("timeout", 2)] * 4,
        *[("timeout", 1)] * 2,
        (None, 1),
        *[("timeout", 2)] * 2,
    ]


def test_silence_in_the_middle(tmp_path: Path) -> None:
    """A body that stops coming is a time-out, and what came of it is gone."""
    with Site({"/": Reply(b"x" * 99999, length=MIB, ends="silence")}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert (answer.failure, answer.status, answer.tries) == ("timeout", 200, 2)
    assert left(tmp_path) == []


def test_drip(tmp_path: Path) -> None:
    """A body that drips is cut off when the time of the address is over."""
    with Site({"/": Reply(b"x" * 9999, drip=0.05)}) as site:
        (answer,) = fetch(tmp_path, site.address(), limits=QUICK._replace(total=0.8))
    assert plain(answer) == expected(
        site.address(),
        None,
        failure="timeout",
        detail="no whole answer within 0.8 seconds",
    )
    assert 0.8 <= answer.seconds < 1.1
    assert left(tmp_path) == []


def test_total_is_for_redirects_too(tmp_path: Path) -> None:
    """Redirects and tries share the time of their address."""

    def on(asked: Asked) -> Reply:
        return redirect(f"/?{asked.at}")._replace(delay=0.2)

    with Site({"/": on}) as site:
        (answer,) = fetch(tmp_path, site.address(), limits=QUICK._replace(total=0.7))
    assert (answer.failure, len(answer.hops)) == ("timeout", 3)
    assert 0.7 <= answer.seconds < 1.0


def test_waiting_for_a_place_takes_no_time(tmp_path: Path) -> None:
    """What an address waits for its place does not count into its time."""
    with Site({"/": page("x", delay=0.2)}) as site:
        addresses = [site.address(f"/?{n}") for n in range(6)]
        limits = QUICK._replace(per_host=1, total=0.5)
        answers = fetch(tmp_path, *addresses, limits=limits)
    assert [answer.failure for answer in answers] == [None] * 6
    assert all(0.2 <= answer.seconds < 0.45 for answer in answers)


# ---------------------------------------------------------------- trying again


def test_503_then_well(tmp_path: Path) -> None:
    """A page that is unavailable once is asked for again."""
    with Site({"/": [Reply(b"busy", 503), Reply(b"here")]}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(site.address(), b"here", tries=2)
    assert left(tmp_path) == ["000001"]


def test_always_500(tmp_path: Path) -> None:
    """A page that fails every time has the last failure as its answer, with its body."""
    with Site({"/": Reply(b"broken", 500)}) as site:
        (answer,) = fetch(tmp_path, site.address(), limits=QUICK._replace(tries=3))
    assert plain(answer) == expected(site.address(), b"broken", status=500, tries=3)
    assert len(site.asked) == 3
    first, second, third = (asked.at for asked in site.asked)
    assert 0.02 <= second - first < third - second  # back-off doubles


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after(tmp_path: Path, status: int) -> None:
    """What Retry-After asks for is waited."""
    busy = Reply(b"busy", status, (("Retry-After", "1"),))
    with Site({"/": [busy, Reply(b"here")]}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(site.address(), b"here", tries=2)
    assert 1.0 <= answer.seconds < 1.3


def test_retry_after_the_time_is_over(tmp_path: Path) -> None:
    """A wait that is short and still longer than the time left is not waited."""
    with Site({"/": Reply(b"busy", 503, (("Retry-After", "1"),))}) as site:
        (answer,) = fetch(tmp_path, site.address(), limits=QUICK._replace(total=0.9))
    assert (answer.status, answer.failure, answer.tries) == (503, None, 1)
    assert answer.seconds < 0.5


def test_retry_after_a_moment(tmp_path: Path) -> None:
    """Retry-After may be a moment, by the clock that is passed in."""
    busy = Reply(b"", 429, (("Retry-After", "Sun, 29 Nov 2026 09:00:01 GMT"),))
    with Site({"/": [busy, Reply(b"here")]}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert (answer.status, answer.tries) == (200, 2)
    assert 1.0 <= answer.seconds < 1.3


@pytest.mark.parametrize(
    ("status", "value", "tries"),
    [
        (429, "60", 1),  # longer than is waited
        (503, "2", 1),
        (503, "Sun, 29 Nov 2026 10:00:00 GMT", 1),
        (429, "soon", 1),  # no wait is named, and being asked too often is an answer
        (503, "soon", 2),
        (404, "0", 1),
    ],
)
def test_retry_after_that_does_not_fit(tmp_path: Path, status: int, value: str, tries: int) -> None:
    """Where the wait does not fit into the time, the refusal is the answer."""
    with Site({"/": Reply(b"busy", status, (("Retry-After", value),))}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(
        site.address(), b"busy", status=status, tries=tries, headers={"retry-after": value}
    )
    assert answer.seconds < 0.5


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0.0),
        ("120", 120.0),
        ("-1", None),
        ("1e9", None),
        ("9" * 40, None),
        ("๑๐", None),
        ("Sun, 29 Nov 2026 09:00:30 GMT", 30.0),
        ("Sun, 29 Nov 2026 08:00:00 GMT", 0.0),
        ("Sun, 29 Nov 2026 16:00:30 +0700", 30.0),
        ("Sun, 29 Nov 2026 09:00:30 -0000", 30.0),
        ("Sun, 99 Nov 2026 09:00:30 GMT", None),
        ("", None),
    ],
)
def test_retry_after_value(value: str, seconds: float | None) -> None:
    """Retry-After is a number of seconds or a moment, and anything else is nothing."""
    assert retry_after(value, NOW) == seconds


def test_back_off_frees_the_place(tmp_path: Path) -> None:
    """While one address waits before its next try, others are asked."""
    busy = Reply(b"", 503, (("Retry-After", "1"),))
    with Site({"/a": [busy, page("x")], "/b": page("x")}) as site:
        addresses = (site.address("/a"), site.address("/b"))
        a, b = fetch(tmp_path, *addresses, limits=QUICK._replace(per_host=1))
    assert site.paths() == ["/a", "/b", "/a"]
    assert (a.tries, b.tries, b.status) == (2, 1, 200)


# ---------------------------------------------------------------- bodies


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x" * 5000, length=6000, ends="close"),
        Reply(b"x" * 200_000, length=MIB, ends="reset"),
        Reply([b"x" * 5000, b"y"], ends="reset"),
        Reply(ends="reset", raw=b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"),
        Reply(ends="close", raw=b""),
        Reply(ends="close", raw=b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"),
        Reply(ends="close", raw=b"SSH-2.0-OpenSSH_9.6\r\n"),
        Reply(gzip.compress(b"x" * 5000)[:-9], headers=(("Content-Encoding", "gzip"),)),
        Reply(b"not compressed", headers=(("Content-Encoding", "gzip"),)),
        Reply(b"not compressed", headers=(("Content-Encoding", "deflate"),)),
        Reply(gzip.compress(b"x" * 50)[:-8] + b"checksum", headers=(("Content-Encoding", "gzip"),)),
    ],
    ids=[
        "length too long",
        "reset",
        "reset in chunks",
        "reset at once",
        "nothing",
        "chunk cut",
        "ssh",
        "gzip cut",
        "no gzip",
        "no deflate",
        "wrong checksum",
    ],
)
def test_broken_body(tmp_path: Path, reply: Reply) -> None:
    """A body that did not come whole is none, after all tries, and leaves no file."""
    with Site({"/": reply}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert (answer.failure, answer.tries, answer.path) == ("unreachable", 2, None)
    assert answer.detail
    assert left(tmp_path) == []
    assert len(site.asked) == 2


def test_length_too_short(tmp_path: Path) -> None:
    """What comes beyond its length is no part of a body, and does not spoil the next one."""
    with Site({"/a": Reply(b"abcdef", length=3), "/b": Reply(b"here")}) as site:
        limits = QUICK._replace(per_host=1)
        a, b = fetch(tmp_path, site.address("/a"), site.address("/b"), limits=limits)
    assert plain(a) == expected(site.address("/a"), b"abc")
    assert plain(b)._replace(tries=1) == expected(site.address("/b"), b"here")


@pytest.mark.parametrize(
    ("encoding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", gzip.compress),
        ("GZIP", gzip.compress),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
        ("identity", bytes),
        ("gzip", lambda body: gzip.compress(body) + b"\r\n\x00"),
    ],
    ids=["gzip", "x-gzip", "capitals", "zlib", "raw deflate", "identity", "bytes after the end"],
)
@pytest.mark.parametrize("length", [1, 65536, 200_001])
def test_encodings(
    tmp_path: Path, encoding: str, pack: Callable[[bytes], bytes], length: int
) -> None:
    """What is compressed in any of the usual ways is decompressed, however it comes."""
    body = os.urandom(length // 2) + bytes(length - length // 2)
    packed = pack(body)
    headers = (("Content-Encoding", encoding),)
    bits = [packed[i : i + 1] for i in range(20)] + [packed[20:]]
    routes = {"/": Reply(packed, headers=headers), "/bits": Reply(filter(None, bits), 200, headers)}
    with Site(routes) as site:
        answers = fetch(tmp_path, site.address("/"), site.address("/bits"))
    assert [plain(answer) for answer in answers] == [
        expected(site.address(path), body) for path in ("/", "/bits")
    ]


@given(
    st.lists(st.tuples(st.binary(max_size=50), st.integers(1, 3000)), max_size=20),
    st.integers(1, 5000),
)
@repeatable
def test_decoder(runs: list[tuple[bytes, int]], step: int) -> None:
    """However compressed bytes are cut, the body is the same, in pieces of 64 KiB at most."""
    from ita_check.looking.network.decoding import Decoder

    body = b"".join(piece * times for piece, times in runs)
    for encoding, packed in (("gzip", gzip.compress(body)), ("deflate", zlib.compress(body))):
        decoder = Decoder(encoding)
        cuts = [packed[i : i + step] for i in range(0, len(packed), step)]
        pieces = [piece for cut in cuts for piece in decoder.pieces(cut)]
        decoder.finish(anything=True)
        assert b"".join(pieces) == body
        assert all(len(piece) <= 65536 for piece in pieces)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("br", b"x"),
        ("zstd", b"x"),
        ("gzip, gzip", gzip.compress(gzip.compress(b"x"))),
        ("nonsense\x1b[31m", b"x"),
        ("gzip", gzip.compress(b"x") + gzip.compress(b"y")),
    ],
    ids=["br", "zstd", "gzip twice", "nonsense", "two bodies"],
)
def test_unasked_encodings(tmp_path: Path, encoding: str, body: bytes) -> None:
    """Encodings that were not asked for are not read, nor several bodies in one."""
    raw = b"HTTP/1.1 200 OK\r\nContent-Encoding: %b\r\nContent-Length: %d\r\n\r\n%b"
    encoding = encoding.replace("\x1b", "")
    with Site({"/": Reply(raw=raw % (encoding.encode(), len(body), body))}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert (answer.failure, answer.status, answer.tries) == ("refused", 200, 1)
    assert left(tmp_path) == []


def test_empty_compressed_body(tmp_path: Path) -> None:
    """A body without bytes is empty, whatever its encoding is said to be."""
    with Site({"/": Reply(b"", headers=(("Content-Encoding", "gzip"),))}) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert plain(answer) == expected(site.address(), b"")


def test_largest_body(tmp_path: Path) -> None:
    """A body may be as large as the limit and not a byte larger, plain or compressed."""
    limit = 300_000
    packed = (("Content-Encoding", "gzip"),)
    noise = os.urandom(limit + 1)
    routes = {
        "/plain": Reply(noise[:limit]),
        "/chunks": Reply(iter([noise[:limit]])),
        "/gzip": Reply(gzipped(zeros(limit)), headers=packed),
        "/plain+1": Reply(noise),
        "/chunks+1": Reply(iter([noise])),
        "/gzip+1": Reply(gzipped(zeros(limit + 1)), headers=packed),
        "/close+1": Reply(noise, length=""),
    }
    with Site(routes) as site:
        answers = fetch(
            tmp_path, *map(site.address, routes), limits=QUICK._replace(body=limit, read=3, total=9)
        )
    for path, answer in zip(routes, answers, strict=True):
        if path.endswith("+1"):
            assert plain(answer) == expected(
                site.address(path), None, failure="too_large", detail="more than 300000 bytes"
            )
        else:
            assert (answer.length, answer.failure) == (limit, None)
    assert len(left(tmp_path)) == 3


HEAVY = """
    import asyncio, json, resource, sys, tempfile
    from datetime import UTC, datetime
    from pathlib import Path
    from ita_check.looking.network.fetch import Fetcher
    from ita_check.looking.network.limits import Limits

    async def main(folder):
        limits = Limits(per_host=8)
        async with Fetcher(limits, folder=folder, cache=None, allow_private=True,
                           user_agent="x", now=lambda: datetime.now(UTC)) as fetcher:
            return await asyncio.gather(*map(fetcher.fetch, sys.argv[1:]))

    with tempfile.TemporaryDirectory() as folder:
        answers = asyncio.run(main(Path(folder)))
        # What this process took itself: it inherits the peak of the one that started it.
        with open("/proc/self/status") as status:
            peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
        print(json.dumps([[a.failure, a.length] for a in answers] + [peak]))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads Linux's own measure")
def test_memory_stays_flat() -> None:
    """A bomb of 1 GiB and bodies of 20 MiB, plain and compressed, all at once: below 150 MB."""
    packed = (("Content-Encoding", "gzip"),)
    largest = Limits().body
    most = gzipped(zeros(largest))
    routes = {
        "/bomb": Reply(bomb(1024), headers=packed),
        "/deflated": Reply(
            zlib.compress(bytes(64 * MIB)), headers=(("Content-Encoding", "deflate"),)
        ),
        "/plain": lambda _: Reply(zeros(largest)),
        "/again": lambda _: Reply(zeros(largest)),
        "/packed": Reply(most, headers=packed),
        "/plain+1": lambda _: Reply(zeros(largest + 1)),
        "/packed+1": Reply(gzipped(zeros(largest + 1)), headers=packed),
        "/said+1": Reply(b"", length=largest + 1, ends="silence"),
    }
    with Site(routes) as site:
        told = _run(HEAVY, *map(site.address, routes))
    *answers, peak = json.loads(told)
    assert answers == [
        ["too_large", None],
        ["too_large", None],
        [None, largest],
        [None, largest],
        [None, largest],
        ["too_large", None],
        ["too_large", None],
        ["too_large", None],
    ]
    assert peak < 150_000, f"{peak} kB"


def _run(script: str, *arguments: str) -> str:
    """A script in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(script), *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    *(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.0 302 Found\r\n", b"HTTP/1.1 101 x\r\n"),
                    *(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 304 x\r\n", b"HTTP/9.9 1 x\r\n"),
                    *(b"HTTP/1.1 999 x\r\n", b"HTTP/1.1 200\r\n", b"Content-Length: 3\r\n"),
                    *(b"Content-Length: 4\r\n", b"Content-Length: -1\r\n", b"\r\n", b"\r\n\r\n"),
                    *(b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: gzip\r\n"),
                    *(b"Location: http://[\r\n", b"Location: \xe0\xb8\r\n", b"Location: /a\r\n"),
                    *(b"Retry-After: 0\r\n", b"Upgrade: x\r\n", b"Connection: close\r\n"),
                    *(b"Location: http://999.1.1.1/\r\n", b"Location: http://a.example:0/\r\n"),
                    *(b"3\r\nabc\r\n0\r\n\r\n", b"ffffffffffffffff\r\n", b"abc", b"\x1f\x8b\x08"),
                    gzip.compress(b"abc"),
                ]
            ),
            st.binary(max_size=30),
        ),
        max_size=9,
    )
)
@settings(derandomize=True, deadline=None, max_examples=150)
def test_any_bytes_of_a_server(parts: list[bytes]) -> None:
    """Whatever bytes a server sends, there is an answer, and a file only with a body."""
    import tempfile

    with tempfile.TemporaryDirectory() as name, Site({}) as site:
        for path in ("/", "/a"):
            site.routes[path] = Reply(raw=b"".join(parts))
        limits = QUICK._replace(tries=1, read=0.2, total=1)
        (answer,) = fetch(Path(name), site.address(), limits=limits, cache=Path(name, "..", "c"))
        assert (answer.failure is None) == (answer.path is not None)
        assert len(left(Path(name))) == (answer.failure is None)
        plain(answer)


# ---------------------------------------------------------------- TLS


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """A certificate authority of the tests' own."""
    return trustme.CA()


def _client(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def _server(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


def test_tls(tmp_path: Path, authority: trustme.CA) -> None:
    """A page comes over TLS under any trusted name, also with the dot that ends a whole name."""
    names = {name: ["127.0.0.1"] for name in ("a.example", "a.example.")}
    server = _server(authority.issue_cert("a.example", "127.0.0.1"))
    with Site({"/": Reply(b"here")}, tls=server) as site:
        addresses = [site.address(host=host) for host in ("a.example", "a.example.", "127.0.0.1")]
        answers = fetch(tmp_path, *addresses, names=names, ssl_context=_client(authority))
    assert [plain(answer) for answer in answers] == [
        expected(address, b"here") for address in addresses
    ]


@pytest.mark.parametrize(
    ("certificate", "detail"),
    [
        ("expired", "certificate has expired"),
        ("other", "Hostname mismatch, certificate is not valid for 'a.example'."),
        ("untrusted", "unable to get local issuer certificate"),
    ],
)
def test_bad_certificates(
    tmp_path: Path, authority: trustme.CA, certificate: str, detail: str
) -> None:
    """What is wrong with a certificate is told in OpenSSL's words, after one try."""
    past = datetime.now(UTC) - timedelta(days=1)
    issued = {
        "expired": lambda: authority.issue_cert(
            "a.example", not_before=past - timedelta(days=9), not_after=past
        ),
        "other": lambda: authority.issue_cert("b.example"),
        "untrusted": lambda: trustme.CA().issue_cert("a.example"),
    }[certificate]()
    with Site({"/": page("x")}, tls=_server(issued)) as site:
        address = site.address(host="a.example")
        (answer,) = fetch(
            tmp_path, address, names={"a.example": ["127.0.0.1"]}, ssl_context=_client(authority)
        )
    assert plain(answer) == expected(address, None, status=None, failure="tls_error", detail=detail)
    assert site.asked == []


def test_untrusted_by_default(tmp_path: Path, authority: trustme.CA) -> None:
    """Without a context of one's own the system's authorities are trusted, and no other."""
    with Site({"/": page("x")}, tls=_server(authority.issue_cert("127.0.0.1"))) as site:
        (answer,) = fetch(tmp_path, site.address())
    assert (answer.failure, said(answer.detail, "en"), answer.tries) == (
        "tls_error",
        "unable to get local issuer certificate",
        1,
    )


def test_no_tls_at_all(tmp_path: Path, authority: trustme.CA) -> None:
    """A server that does not speak TLS is told apart from one that is not there."""
    with Site({"/": page("x")}) as site:
        address = site.address().replace("http:", "https:")
        (answer,) = fetch(tmp_path, address, ssl_context=_client(authority))
    assert answer.failure in {"tls_error", "unreachable"}


def test_https_to_http(tmp_path: Path, authority: trustme.CA) -> None:
    """A redirect from https to http is followed."""
    server = _server(authority.issue_cert("127.0.0.1"))
    with Site({"/": Reply(b"here")}) as bare, Site({}, tls=server) as site:
        site.routes["/"] = redirect(bare.address())
        (answer,) = fetch(tmp_path, site.address(), ssl_context=_client(authority))
    assert plain(answer) == expected(
        site.address(), b"here", ended=bare.address(), hops=(site.address(),)
    )


# ---------------------------------------------------------------- many at once


def test_at_once(tmp_path: Path) -> None:
    """Never more than 8 requests are under way, and 2 of one host."""
    names = {f"{letter}.example": ["127.0.0.1"] for letter in "abcdefghijkl"}
    with Site({"/": page("x", delay=0.03)}) as site:
        addresses = [site.address(f"/?{n}", host) for host in names for n in range(8)]
        addresses += [site.address(f"/?{n}", f"www.{host}") for host in names for n in range(2)]
        www = {f"www.{host}": found for host, found in names.items()}
        began = time.monotonic()
        answers = fetch(tmp_path, *addresses, names={**names, **www}, limits=Limits())
        took = time.monotonic() - began
    assert {answer.status for answer in answers} == {200}
    assert site.most == 8
    assert max(site.most_at.values()) == 2
    assert took < 3 * len(addresses) * 0.03 / 8


def test_places_by_comparable_host(tmp_path: Path) -> None:
    """`www.` makes no other host, nor does a port; redirects take places like all others."""
    names = {"a.example": ["127.0.0.1"], "www.a.example": ["127.0.0.1"], "b.example": ["127.0.0.1"]}
    with Site({"/": page("x", delay=0.05)}) as site:
        site.routes["/to"] = redirect(site.address(host="a.example"))
        addresses = [
            site.address(path, host)
            for host, path in (
                *[("a.example", "/")] * 4,
                *[("www.a.example", "/")] * 4,
                *[("b.example", "/to")] * 4,
            )
        ]
        answers = fetch(tmp_path, *addresses, names=names)
        assert {answer.status for answer in answers} == {200}
    assert site.most <= 4
    assert site.most_at["a.example"] + site.most_at["www.a.example"] <= 4
    assert site.most_at["a.example"] <= 2


def test_longest_queue_first(tmp_path: Path) -> None:
    """The host with the most addresses has its places always, so that all ends soonest."""
    names = {f"{letter}.example": ["127.0.0.1"] for letter in "abcdefghz"}
    with Site({"/": page("x", delay=0.02)}) as site:
        addresses = [
            site.address(f"/?{n}", host)
            for host in names
            for n in range(16 if host == "z.example" else 2)
        ]
        fetch(tmp_path, *addresses, names=names, limits=QUICK._replace(at_once=4))
    # The first come are asked first; from then on half of the places are the long queue's.
    hosts = [asked.host for asked in site.asked]
    assert hosts[4:].count("z.example") == 16
    assert 6 <= hosts[4:20].count("z.example") <= 10


def test_on_its_way_first(tmp_path: Path) -> None:
    """Where a redirect leads is asked before what was not begun yet."""
    with Site({"/a": redirect("/b"), "/b": page("x"), "/c": page("x")}) as site:
        addresses = map(site.address, ("/a", "/c", "/c"))
        fetch(tmp_path, *addresses, limits=QUICK._replace(per_host=1))
    assert site.paths() in (["/a", "/c", "/b", "/c"], ["/a", "/b", "/c", "/c"])


def test_tenth_is_silent(tmp_path: Path) -> None:
    """300 addresses of which a tenth never answers take what the limits allow and no more."""
    names = {f"{number}.example": ["127.0.0.1"] for number in range(5)}
    with Site({"/": page("x"), "/silent": Reply(ends="silence")}) as site:
        addresses = [
            site.address("/silent" if n % 10 == 0 else f"/?{n}", f"{n % 5}.example")
            for n in range(300)
        ]
        # All 30 are on one host: 2 at a time, 2 tries of 0.1 seconds.
        limits = QUICK._replace(read=0.1)
        began = time.monotonic()
        answers = fetch(tmp_path, *addresses, limits=limits, names=names)
        took = time.monotonic() - began
    assert [answer.failure for answer in answers] == [
        "timeout" if n % 10 == 0 else None for n in range(300)
    ]
    assert {answer.tries for answer in answers[::10]} == {2}
    assert 30 / 2 * 0.2 <= took < 30 / 2 * 0.25 + 2


def test_cancelling(tmp_path: Path) -> None:
    """Whoever is cancelled stops at once, with no file and no place left behind."""
    body = Reply(b"x" * 200_000, length=MIB, ends="silence")
    with Site({"/": body, "/quick": page("x")}) as site:

        async def run() -> Answer:
            async with Fetcher(
                Limits(),
                folder=tmp_path,
                cache=None,
                allow_private=True,
                user_agent=AGENT,
                now=lambda: NOW,
            ) as fetcher:
                began = time.monotonic()
                with anyio.move_on_after(0.3) as scope:
                    async with anyio.create_task_group() as tasks:
                        for number in range(4):
                            tasks.start_soon(fetcher.fetch, site.address(f"/?{number}"))
                assert scope.cancelled_caught
                task = asyncio.create_task(fetcher.fetch(site.address()))
                await asyncio.sleep(0.2)
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
                assert time.monotonic() - began < 1.0
                assert left(tmp_path) == []
                return await fetcher.fetch(site.address("/quick"))

        answer = asyncio.run(run())
    assert answer.status == 200
    assert len(left(tmp_path)) == 1


# ---------------------------------------------------------------- what the environment holds


def test_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Proxies and passwords of the environment are not used and not told."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login user password S3CRET\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".netrc").write_text(netrc.read_text())
    with Site({"/": Reply(b"", 401)}) as site, Site({"/": page("proxy")}) as proxy:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://user:S3CRET@127.0.0.1:{proxy.port}")
        answers = fetch(tmp_path / "bodies", site.address(), "http://nowhere.example/")
    assert [answer.status for answer in answers] == [401, None]
    assert (proxy.connections, len(site.asked)) == (0, 1)
    assert not {"authorization", "proxy-authorization"} & set(site.asked[0].headers)
    assert "S3CRET" not in repr(answers) + "".join(capfd.readouterr())


def test_credentials_of_an_address(tmp_path: Path) -> None:
    """User info of an address is not sent, and stands in nothing but what was asked."""
    with Site({"/": page("x")}) as site:
        address = site.address().replace("//", "//user:S3CRET@")
        (answer,) = fetch(tmp_path, address)
    assert "S3CRET" not in repr(answer._replace(asked=""))
    assert "authorization" not in site.asked[0].headers


# ---------------------------------------------------------------- between runs


def test_second_run(tmp_path: Path) -> None:
    """A second run asks for everything again and gets at most half of the bytes."""
    routes: dict[str, Any] = {
        f"/{n}": validated(bytes([n]) * 20_000, f'"{n}"', *HTML) for n in range(8)
    }
    routes |= {f"/new{n}": Reply(b"y" * 20_000) for n in range(2)}
    with Site(routes) as site:
        addresses = [site.address(path) for path in routes]
        first = fetch(tmp_path / "a", *addresses, cache=tmp_path / "cache")
        bytes_first, site.sent = site.sent, 0
        second = fetch(tmp_path / "b", *addresses, cache=tmp_path / "cache")
    assert len(site.asked) == 20
    assert site.sent <= bytes_first / 2
    assert [answer.from_cache for answer in second] == [True] * 8 + [False] * 2
    assert [plain(answer)._replace(from_cache=False) for answer in second] == [
        plain(answer) for answer in first
    ]
    assert second[0].path is not None
    assert second[0].path.parent == tmp_path / "b"


def test_last_modified_and_both(tmp_path: Path) -> None:
    """What a page was known by is sent back as it was, and by nothing else."""
    moment = "Sun, 29 Nov 2026 08:00:00 GMT"

    def route(asked: Asked) -> Reply:
        if asked.headers.get("if-modified-since") == moment:
            return Reply(status=304)
        return Reply(b"x", headers=(("Last-Modified", moment), ("ETag", 'W/"a"')))

    with Site({"/": route}) as site:
        for _ in range(2):
            (answer,) = fetch(tmp_path / "a", site.address(), cache=tmp_path / "cache")
    assert plain(answer) == expected(site.address(), b"x", from_cache=True)
    names = ("if-none-match", "if-modified-since")
    assert [[asked.headers.get(name) for name in names] for asked in site.asked] == [
        [None, None],
        ['W/"a"', moment],
    ]


def test_changed_page(tmp_path: Path) -> None:
    """A page that has changed comes anew and replaces what was kept."""
    with Site({"/": validated(b"old", '"1"')}) as site:
        fetch(tmp_path / "a", site.address(), cache=tmp_path / "cache")
        site.routes["/"] = validated(b"new", '"2"')
        (changed,) = fetch(tmp_path / "a", site.address(), cache=tmp_path / "cache")
        (kept,) = fetch(tmp_path / "a", site.address(), cache=tmp_path / "cache")
    assert plain(changed) == expected(site.address(), b"new")
    assert plain(kept) == expected(site.address(), b"new", from_cache=True)


def test_cached_behind_redirects(tmp_path: Path) -> None:
    """Conditions go to the page that gave them and not to what led there."""
    with Site({"/a": redirect("/b"), "/b": validated(b"x")}) as site:
        for _ in range(2):
            (answer,) = fetch(tmp_path / "a", site.address("/a"), cache=tmp_path / "cache")
        sent = [(asked.path, asked.headers.get("if-none-match")) for asked in site.asked]
        site.routes["/a"] = redirect("/c")
        site.routes["/c"] = validated(b"z")
        (moved,) = fetch(tmp_path / "b", site.address("/a"), cache=tmp_path / "cache")
    assert sent == [("/a", None), ("/b", None), ("/a", None), ("/b", '"1"')]
    assert plain(answer) == expected(
        site.address("/a"),
        b"x",
        ended=site.address("/b"),
        hops=(site.address("/a"),),
        from_cache=True,
    )
    assert (moved.length, moved.from_cache) == (1, False)
    assert site.asked[-1].headers.get("if-none-match") is None


@pytest.mark.parametrize(
    "reply",
    [
        Reply(b"x", headers=(("ETag", '"1"'), ("Cache-Control", "private, No-Store"))),
        Reply(b"x", headers=(("Cache-Control", "max-age=9999"),)),
        Reply(b"x", 404, (("ETag", '"1"'),)),
        Reply(b"x", 206, (("ETag", '"1"'),)),
        Reply(b"x", headers=(("ETag", '"1"'),), length=2, ends="close"),
        Reply(b"x", headers=(("ETag", '"' + "e" * 5000 + '"'),)),
    ],
    ids=["no-store", "nothing to ask by", "404", "206", "cut", "endless"],
)
def test_not_kept(tmp_path: Path, reply: Reply) -> None:
    """Only whole pages that may be kept, and can be asked for by something, are kept."""
    with Site({"/": reply}) as site:
        fetch(tmp_path / "a", site.address(), cache=tmp_path / "cache")
    assert left(tmp_path / "cache" / "entries") == left(tmp_path / "cache" / "bodies") == []


def test_no_store_removes(tmp_path: Path) -> None:
    """A page that may not be kept any more is not kept any more."""
    with Site({"/": validated(b"old")}) as site:
        fetch(tmp_path / "a", site.address(), cache=tmp_path / "cache")
        site.routes["/"] = Reply(b"x", headers=(("Cache-Control", "no-store"),))
        fetch(tmp_path / "a", site.address(), cache=tmp_path / "cache")
    assert left(tmp_path / "cache" / "entries") == []


def _spoil_entry(change: Callable[[dict[str, Any]], Any]) -> Callable[[Path, Path], None]:
    def spoil(entry: Path, _: Path) -> None:
        entry.write_text(json.dumps(change(json.loads(entry.read_text()))))

    return spoil


def _link_out(entry: Path, _: Path) -> None:
    secret = entry.parent.parent / "secret"
    secret.write_text("secret")
    sha256 = "../secret"
    entry.write_text(json.dumps(json.loads(entry.read_text()) | {"sha256": sha256, "length": 6}))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda entry, _: entry.write_bytes(b""),
        lambda entry, _: entry.write_bytes(b"\xff\x00"),
        lambda entry, _: entry.write_bytes(entry.read_bytes()[:-5]),
        lambda entry, _: entry.write_bytes(b"[" * 100_000),
        lambda entry, _: entry.write_bytes(b"[]"),
        lambda entry, _: entry.write_bytes(b'{"format": ' + b"9" * 9000 + b"}"),
        lambda _, body: body.write_bytes(b""),
        lambda _, body: body.write_bytes(b"y" * 3000),
        lambda _, body: body.unlink(),
        lambda entry, _: (entry.unlink(), entry.mkdir()),
        _spoil_entry(lambda it: it | {"format": 2}),
        _spoil_entry(lambda it: it | {"address": "http://other.example/"}),
        _spoil_entry(lambda it: it | {"etag": 'x"\r\nHost: evil'}),
        _spoil_entry(lambda it: it | {"etag": 7}),
        _spoil_entry(lambda it: it | {"etag": None}),
        _spoil_entry(lambda it: it | {"length": 2999}),
        _spoil_entry(lambda it: it | {"length": True}),
        _spoil_entry(lambda it: it | {"sha256": "0" * 64}),
        _spoil_entry(lambda it: it | {"ended": None}),
        _spoil_entry(lambda it: it | {"more": 1}),
        _spoil_entry(lambda _: {"format": 1}),
        _link_out,
    ],
)
def test_damaged_cache(tmp_path: Path, spoil: Callable[[Path, Path], object]) -> None:
    """Whatever has happened to the cache, the page comes as it is, and no error."""
    cache = tmp_path / "cache"
    body = b"x" * 3000
    with Site({"/": validated(body)}) as site:
        fetch(tmp_path / "a", site.address(), cache=cache)
        (entry,) = (cache / "entries").iterdir()
        (kept,) = (cache / "bodies").iterdir()
        spoil(entry, kept)
        (answer,) = fetch(tmp_path / "a", site.address(), cache=cache)
        assert plain(answer) == expected(site.address(), body)
        assert kept.read_bytes() == body
        assert not any("evil" in asked.host for asked in site.asked)


@given(st.binary(max_size=300))
@repeatable
def test_any_entry(data: bytes) -> None:
    """Any bytes are no entry."""
    from ita_check.looking.network.entry import read_entry

    assert read_entry(data, "http://a.example/") is None


def test_body_is_the_callers(tmp_path: Path) -> None:
    """What happens to the file of an answer is not noticed in the cache, and the other way."""
    cache = tmp_path / "cache"
    with Site({"/": validated(b"x" * 3000)}) as site:
        fetch(tmp_path / "a", site.address(), cache=cache)
        (answer,) = fetch(tmp_path / "b", site.address(), cache=cache)
        (kept,) = (cache / "bodies").iterdir()
        kept.unlink()
        assert answer.path is not None
        assert answer.path.read_bytes() == b"x" * 3000
        fetch(tmp_path / "a", site.address(), cache=cache)
        (answer,) = fetch(tmp_path / "b", site.address(), cache=cache)
        assert answer.path is not None
        answer.path.unlink()
        (again,) = fetch(tmp_path / "b", site.address(), cache=cache)
    assert plain(again) == expected(site.address(), b"x" * 3000, from_cache=True)


def test_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a system has no second names for files, bodies are copied."""

    def refused(*_: object, **__: object) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refused)
    with Site({"/": validated(b"x")}) as site:
        for _ in range(2):
            (answer,) = fetch(tmp_path / "a", site.address(), cache=tmp_path / "cache")
    assert plain(answer) == expected(site.address(), b"x", from_cache=True)


@pytest.mark.parametrize("where", ["a file", "no room"])
def test_cache_that_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Without a folder that can be written, pages come all the same."""
    cache = tmp_path / "cache"
    if where == "a file":
        cache.write_text("")
    else:

        def full(*_: object, **__: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, "replace", full)
    with Site({"/": validated(b"x")}) as site:
        for _ in range(2):
            (answer,) = fetch(tmp_path / "a", site.address(), cache=cache)
            assert plain(answer) == expected(site.address(), b"x")
    if where == "no room":
        assert left(cache / "bodies") == left(cache / "entries") == []


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_cache_is_private(tmp_path: Path) -> None:
    """The cache is for its user alone."""
    Cache(tmp_path / "new" / "cache").open(NOW)
    for folder in ("cache", "cache/entries", "cache/bodies"):
        assert stat.S_IMODE((tmp_path / "new" / folder).stat().st_mode) == 0o700
    assert cache_folder().is_absolute()
    assert "ita-check" in cache_folder().parts


def test_pruning(tmp_path: Path) -> None:
    """What nobody used for 90 days is gone, and the oldest where there is too much."""
    cache = tmp_path / "cache"
    with Site({f"/{n}": validated(bytes([n]) * 30_000) for n in range(4)}) as site:
        for day, n in enumerate([0, 1, 2, 3, 0]):  # the first is used once more
            then = NOW + timedelta(days=day)
            fetch(tmp_path / "a", site.address(f"/{n}"), cache=cache, now=lambda then=then: then)
        (cache / "bodies" / ".ita-check-left").write_bytes(b"x")
        os.utime(cache / "bodies" / ".ita-check-left", (0, NOW.timestamp()))

        def kept() -> list[int]:
            return [n for n in range(4) if Cache(cache).find(site.address(f"/{n}"))]

        Cache(cache).open(NOW + timedelta(days=4))
        assert kept() == [0, 1, 2, 3]
        assert len(left(cache / "bodies")) == 4
        Cache(cache).open(NOW + timedelta(days=92))
        assert kept() == [0, 2, 3]
        Cache(cache, most_bytes=70_000).open(NOW + timedelta(days=4))
        assert kept() == [0, 3]
        Cache(cache).open(NOW + timedelta(days=999))
        assert left(cache / "bodies") == left(cache / "entries") == []


HAMMER = """
    import asyncio, hashlib, random, sys, tempfile
    from datetime import UTC, datetime
    from pathlib import Path
    from ita_check.looking.network.cache import Cache
    from ita_check.looking.network.fetch import Fetcher
    from ita_check.looking.network.limits import Limits

    folder, *addresses = sys.argv[1:]

    async def main():
        found = 0
        for _ in range(6):
            with tempfile.TemporaryDirectory() as bodies:
                cache = Cache(Path(folder), most_bytes=40_000)
                async with Fetcher(Limits(), folder=Path(bodies), cache=cache, allow_private=True,
                                   user_agent="x", now=lambda: datetime.now(UTC)) as fetcher:
                    answers = await asyncio.gather(*map(fetcher.fetch, addresses))
                for address, answer in zip(addresses, answers):
                    data = answer.path.read_bytes()
                    assert answer.failure is None and answer.status == 200, answer
                    assert hashlib.sha256(data).hexdigest() == answer.sha256, answer
                    assert data.startswith(address.rpartition("/")[2].encode() + b" "), answer
                    found += answer.from_cache
        return found

    print(asyncio.run(main()))
"""


def test_two_processes_on_one_cache(tmp_path: Path) -> None:
    """Two runs that keep, use and clear away the same pages at once do not notice each other."""

    def route(asked: Asked) -> Reply:
        version = f'"{len(site.asked) // 40}"'
        if asked.headers.get("if-none-match") == version:
            return Reply(status=304)
        body = f"{asked.path[1:]} {version} ".encode() * 150
        return Reply(body, headers=(("ETag", version),))

    with Site({f"/{n}": route for n in range(30)}) as site:
        words = [str(tmp_path / "cache"), *[site.address(f"/{n}") for n in range(30)]]
        runs = [
            subprocess.Popen(
                [sys.executable, "-W", "error", "-c", textwrap.dedent(HAMMER), *words],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            for _ in range(2)
        ]
        told = [run.communicate(timeout=60) for run in runs]
    assert [run.returncode for run in runs] == [0, 0], told
    assert sum(int(out) for out, _ in told) > 0
    assert not [name for name in left(tmp_path / "cache" / "bodies") if name.startswith(".")]


# ---------------------------------------------------------------- the servers themselves


def test_static_folder(tmp_path: Path) -> None:
    """A site serves a folder, with index pages and types, and nothing outside it."""
    pages = tmp_path / "pages"
    (pages / "plan").mkdir(parents=True)
    (pages / "plan" / "index.html").write_text("plan")
    (pages / "แผน.pdf").write_bytes(b"%PDF-")
    (tmp_path / "secret").write_text("secret")
    with Site({"/moved": redirect("/plan")}, folder=pages) as site:
        paths = ("/plan/", "/moved", "/แผน.pdf", "/none", "/..%2Fsecret")
        answers = fetch(tmp_path / "a", *map(site.address, paths))
    assert [(answer.status, answer.media_type) for answer in answers] == [
        (200, "text/html"),
        (200, "text/html"),
        (200, "application/pdf"),
        (404, None),
        (404, None),
    ]


@contextlib.contextmanager
def _both() -> Iterator[tuple[Site, Site]]:
    with Site({"/": page("4")}) as four, Site({"/": page("6")}, bind="::1") as six:
        yield four, six


def test_both_families(tmp_path: Path) -> None:
    """IPv6 is asked as IPv4 is."""
    with _both() as (four, six):
        answers = fetch(tmp_path, four.address(), six.address())
    assert [answer.status for answer in answers] == [200, 200]

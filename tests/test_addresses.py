"""Web addresses and hosts as they are compared: the reading notes of requirements.md."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from ita_check.model.address import (
    comparable_host,
    comparable_url,
    host_of,
    is_official,
    split_url,
)

repeatable = settings(derandomize=True, deadline=None, max_examples=150)

# ---------------------------------------------------------------- hosts


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("example.go.th", "example.go.th"),
        ("www.example.go.th", "example.go.th"),
        ("WWW.Example.GO.TH", "example.go.th"),
        ("example.go.th.", "example.go.th"),
        ("www2.example.go.th", "www2.example.go.th"),
        ("wwwexample.go.th", "wwwexample.go.th"),
        ("eservice.www.example.go.th", "eservice.www.example.go.th"),
        ("my_office.example.go.th", "my_office.example.go.th"),
        ("xn--12c1fe0br.xn--o3cw4h", "xn--12c1fe0br.xn--o3cw4h"),
        ("ไทย.ไทย", "xn--o3cw4h.xn--o3cw4h"),
        ("www.ไทย.ไทย", "xn--o3cw4h.xn--o3cw4h"),
        ("WWW.ไทย.xn--O3CW4H", "xn--o3cw4h.xn--o3cw4h"),
        ("localhost", "localhost"),
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("a" * 63 + ".th", "a" * 63 + ".th"),
    ],
)
def test_host(host: str, expected: str) -> None:
    """A host is compared in lower case, in ASCII and without one leading `www.`."""
    assert comparable_host(host) == expected


@pytest.mark.parametrize(
    "host",
    [
        "",
        ".",
        "example..go.th",
        ".example.go.th",
        "-example.go.th",
        "example-.go.th",
        "exam ple.go.th",
        "example.go.th/x",
        "exam%70le.go.th",
        "*.example.go.th",
        "a\\b.go.th",
        "user@example.go.th",
        "a" * 64 + ".th",
        "ก" * 64 + ".th",
        "ไทย..ไทย",
        ".".join(["abcdefghi"] * 26),
        "example.go.th:80",
        "<b>.th",
    ],
)
def test_no_host(host: str) -> None:
    """What is no host name is none."""
    assert comparable_host(host) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.example.go.th", "example.go.th"),
        ("http://Example.go.th:8080/path", "example.go.th"),
        ("HTTPS://example.go.th?q=1", "example.go.th"),
        ("https://example.go.th#/x", "example.go.th"),
        ("https://example.go.th./x", "example.go.th"),
        ("https://user@example.go.th/", "example.go.th"),
        ("https://user:pass@www.example.go.th/", "example.go.th"),
        ("https://www.example.go.th@elsewhere.example/", "elsewhere.example"),
        ("https://www.example.go.th:443@elsewhere.example/", "elsewhere.example"),
        ("https://a@b@elsewhere.example/", "elsewhere.example"),
        ("https://elsewhere.example/@www.example.go.th", "elsewhere.example"),
        ("https://elsewhere.example?@www.example.go.th", "elsewhere.example"),
        ("https://elsewhere.example#@www.example.go.th", "elsewhere.example"),
        ("https://ไทย.ไทย/ก", "xn--o3cw4h.xn--o3cw4h"),
        ("https://xn--o3cw4h.xn--o3cw4h/ก", "xn--o3cw4h.xn--o3cw4h"),
        ("http://[2001:db8::1]:8080/", "2001:db8::1"),
    ],
)
def test_host_of_url(url: str, expected: str) -> None:
    """The host of a URL is what counts; user info, port, path and query are no part of it."""
    assert host_of(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "www.example.go.th",
        "example.go.th/plan.pdf",
        "//example.go.th/plan.pdf",
        "/plan.pdf",
        "ftp://example.go.th/plan.pdf",
        "mailto:info@example.go.th",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https:",
        "https://",
        "https:///plan.pdf",
        "https:example.go.th",
        "https//example.go.th",
        "https://user@/",
        "https://:443/",
        "https://?q",
        "https://example.go.th:port/",
        "https://example.go.th:99999/",
        "https://example.go.th:-1/",
        "https://example.go.th:" + "9" * 5000,
        "https://exa mple.go.th/",
        "https://example.go.th/a b",
        "https://example.go.th/a\tb",
        "https://example.go.th/a\nb",
        "https://example.go.th/\u00a0",
        "https://exam%70le.go.th/",
        "https://example..go.th/",
        "https://-example.go.th/",
        "https://[2001:db8::1/",
        "https://[example.go.th]/",
        "https://exam℀ple.go.th/",
        "\x01https://example.go.th/",
    ],
)
def test_bad_url(url: str) -> None:
    """What is no absolute http(s) address with a host has none and is never official."""
    assert split_url(url) is None
    assert host_of(url) is None
    assert not is_official(url, ("example.go.th",))


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example\\@www.example.go.th/",
        "https://elsewhere.example\\.example.go.th/",
        "https://elsewhere.example\\/@www.example.go.th/",
    ],
)
def test_backslash_is_no_way_to_an_official_host(url: str) -> None:
    """Browsers end the host at a backslash, so what follows it is not the host."""
    assert not is_official(url, ("example.go.th",))


# ---------------------------------------------------------------- official hosts


@pytest.mark.parametrize(
    ("url", "official"),
    [
        ("https://example.go.th/", True),
        ("https://www.example.go.th/", True),
        ("http://EXAMPLE.go.th:8080/a", True),
        ("https://eservice.example.go.th/", True),
        ("https://a.b.example.go.th/", True),
        ("https://www.eservice.example.go.th/", True),
        ("https://user@example.go.th/", True),
        ("https://example.go.th./", True),
        ("https://ไทย.ไทย/", True),
        ("https://www.ไทย.ไทย/", True),
        ("https://xn--o3cw4h.xn--o3cw4h/", True),
        ("https://งานบริการ.ไทย.ไทย/", True),
        ("https://notexample.go.th/", False),
        ("https://go.th/", False),
        ("https://example.go.th.elsewhere.example/", False),
        ("https://example.go.th@elsewhere.example/", False),
        ("https://elsewhere.example/example.go.th", False),
        ("https://elsewhere.example/?u=https://example.go.th", False),
        ("https://example-go.th/", False),
        ("https://example.go.th-x.example/", False),
        ("https://www.facebook.com/example.go.th", False),
        ("https://ไทย.example/", False),
    ],
)
def test_is_official(url: str, official: bool) -> None:
    """An official host is one of those named or a subdomain of one, whatever looks like it."""
    assert is_official(url, ("example.go.th", "xn--o3cw4h.xn--o3cw4h")) is official


def test_without_hosts_nothing_is_official() -> None:
    """Where the agency names no host, no URL is official."""
    assert not is_official("https://www.example.go.th/", ())


# ---------------------------------------------------------------- comparing


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.go.th/c", "https://www.example.go.th/c/"),
        ("https://www.example.go.th/c", "http://www.example.go.th/c"),
        ("https://www.example.go.th/c", "HTTPS://WWW.EXAMPLE.GO.TH/c"),
        ("https://www.example.go.th/c", "https://example.go.th/c"),
        ("https://www.example.go.th/c", "https://www.example.go.th:443/c"),
        ("https://www.example.go.th/c", "http://www.example.go.th:80/c"),
        ("https://www.example.go.th/c", "https://www.example.go.th:/c"),
        ("https://www.example.go.th/c", "https://www.example.go.th./c"),
        ("https://www.example.go.th/c", "https://www.example.go.th/%63"),
        ("https://www.example.go.th/c", "https://www.example.go.th/c#top"),
        ("https://www.example.go.th/c", "https://www.example.go.th/c/#"),
        ("https://www.example.go.th", "https://www.example.go.th/"),
        ("https://www.example.go.th", "http://example.go.th:80/#top"),
        ("https://www.example.go.th/~a", "https://www.example.go.th/%7ea"),
        ("https://www.example.go.th/%e0%b8%81", "https://www.example.go.th/%E0%B8%81"),
        ("https://www.example.go.th/ก", "https://www.example.go.th/%E0%B8%81"),
        ("https://www.example.go.th/?q=ก", "https://www.example.go.th?q=%e0%b8%81"),
        ("https://www.example.go.th/c/?q=1", "https://www.example.go.th/c?q=1"),
        ("https://www.example.go.th/%2f", "https://www.example.go.th/%2F"),
        ("https://www.example.go.th/#/ก", "https://www.example.go.th#/%E0%B8%81"),
        ("https://www.example.go.th/#!/c", "http://example.go.th#!/c"),
        ("https://ไทย.ไทย/", "https://xn--o3cw4h.xn--o3cw4h"),
        ("https://www.ไทย.ไทย/", "https://ไทย.ไทย"),
        ("http://[2001:DB8::1]/", "http://[2001:db8::1]:80"),
    ],
)
def test_same_address(one: str, other: str) -> None:
    """Two ways to write one address are the same text."""
    assert comparable_url(one) == comparable_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.example.go.th/c", "https://www.example.go.th/C"),
        ("https://www.example.go.th/c", "https://www.example.go.th/d"),
        ("https://www.example.go.th/c", "https://www.example.go.th/c/d"),
        ("https://www.example.go.th/c", "https://www.example.go.th/c?q=1"),
        ("https://www.example.go.th/?q=a", "https://www.example.go.th/?q=A"),
        ("https://www.example.go.th/?id=1", "https://www.example.go.th/?id=2"),
        ("https://www.example.go.th/?a=1&b=2", "https://www.example.go.th/?b=2&a=1"),
        ("https://www.example.go.th/c", "https://www.example.go.th:8443/c"),
        ("https://www.example.go.th/c", "https://m.example.go.th/c"),
        ("https://www.example.go.th/c", "https://www.example.go.th.example/c"),
        ("https://www.example.go.th/a/b", "https://www.example.go.th/a%2Fb"),
        ("https://www.example.go.th/a?b", "https://www.example.go.th/a%3Fb"),
        ("https://www.example.go.th/a&b", "https://www.example.go.th/a%26b"),
        ("https://www.example.go.th/?q=a+b", "https://www.example.go.th/?q=a%20b"),
        ("https://www.example.go.th/#/a", "https://www.example.go.th/#/b"),
        ("https://www.example.go.th/#/a", "https://www.example.go.th/#/A"),
        ("https://www.example.go.th/#/a", "https://www.example.go.th/"),
        ("https://www.example.go.th/#!a", "https://www.example.go.th/"),
        ("https://www.example.go.th/#/a", "https://www.example.go.th/#!/a"),
        ("https://www.example.go.th/%25", "https://www.example.go.th/%2525"),
        ("https://ไทย.ไทย/", "https://ไท.ไทย/"),
        ("http://[2001:db8::1]:8080/", "http://[2001:db8::1:8080]/"),
    ],
)
def test_other_address(one: str, other: str) -> None:
    """Two addresses that are not the same never look it."""
    assert comparable_url(one) != comparable_url(other)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://WWW.Example.GO.TH:443/Plan%2f%7E/?a=ก#top", "example.go.th/Plan%2F~?a=%E0%B8%81"),
        ("http://user:pass@example.go.th:8080//", "example.go.th:8080"),
        ("https://example.go.th/#/รายงาน", "example.go.th#/" + quote("รายงาน")),
        ("no address", "no address"),
    ],
)
def test_comparable_url(url: str, expected: str) -> None:
    """The compared form of an address in full."""
    assert comparable_url(url) == expected


# ---------------------------------------------------------------- properties

UNRESERVED = "abcxyzABCXYZ0189-._~"
LABELS = st.text(alphabet="abcxyz0189", min_size=1, max_size=8).filter(lambda t: t != "www")
THAI_LABELS = st.text(alphabet="กขคงจชซญดตถทนบปผพมยรลวสหอ", min_size=1, max_size=8)
HOSTS = st.lists(LABELS | THAI_LABELS, min_size=2, max_size=4).map(".".join)
SEGMENTS = st.text(alphabet=UNRESERVED + "กขคา:@!$&'()*+,;=", max_size=8)
PATHS = st.lists(SEGMENTS.filter(bool), max_size=4).map(
    lambda found: "".join("/" + s for s in found)
)
QUERIES = st.just("") | st.text(alphabet=UNRESERVED + "กขค=&/?+", max_size=12).map("?{}".format)
PORTS = st.sampled_from(["", ":8080", ":8443", ":1"])
ROUTES = st.sampled_from(["", "#/", "#/a/ก", "#!x", "#!/A"])


@st.composite
def escaped(draw: st.DrawFn, text: str) -> str:
    """The same text with some characters percent-encoded, in either case."""
    pieces = []
    for character in text:
        if not character.isascii() or character in UNRESERVED:
            code = quote(character) if not character.isascii() else f"%{ord(character):02X}"
            ways = [character, code, code.lower()]
            pieces.append(draw(st.sampled_from(ways)))
        else:
            pieces.append(character)
    return "".join(pieces)


@st.composite
def cased(draw: st.DrawFn, text: str) -> str:
    """The same text with some ASCII letters in upper case."""
    return "".join(c.upper() if c.isascii() and draw(st.booleans()) else c for c in text)


@st.composite
def spelled(draw: st.DrawFn, host: str, port: str, path: str, query: str, route: str) -> str:
    """One of the ways to write an address that the reading notes call the same."""
    scheme = draw(st.sampled_from(["http", "https"]))
    if not port:
        port = draw(st.sampled_from(["", ":", {"http": ":80", "https": ":443"}[scheme]]))
    label = host if draw(st.booleans()) else host.encode("idna").decode()
    return "".join(
        (
            draw(cased(f"{scheme}://")),
            draw(st.sampled_from(["", "user@", "user:pass@", "www.other.example@"])),
            draw(st.sampled_from(["", "www."])),
            draw(cased(label)),
            port,
            draw(escaped(path)),
            draw(st.sampled_from(["", "/"])),
            draw(escaped(query)),
            draw(escaped(route)) if route else draw(st.sampled_from(["", "#", "#top", "#ก"])),
        )
    )


def spellable(host: str) -> bool:
    """Whether the generated labels make a host."""
    return comparable_host(host) is not None


@repeatable
@given(HOSTS.filter(spellable), PORTS, PATHS, QUERIES, ROUTES, st.data())
def test_every_spelling_is_the_same_address(
    host: str, port: str, path: str, query: str, route: str, data: st.DataObject
) -> None:
    """Scheme, `www.`, default port, encoding, trailing slash and fragment make no difference."""
    one, other = (data.draw(spelled(host, port, path, query, route)) for _ in range(2))
    assert comparable_url(one) == comparable_url(other)
    assert host_of(one) == host_of(other) == comparable_host(host)


@repeatable
@given(HOSTS.filter(spellable), PORTS, PATHS, QUERIES, ROUTES, st.data())
def test_comparing_again_changes_nothing(
    host: str, port: str, path: str, query: str, route: str, data: st.DataObject
) -> None:
    """The compared form of a compared form is itself."""
    once = comparable_url(data.draw(spelled(host, port, path, query, route)))
    assert once.isascii()
    assert comparable_url("https://" + once) == comparable_url("http://" + once) == once


@repeatable
@given(HOSTS.filter(spellable), PATHS.flatmap(lambda path: st.tuples(st.just(path), cased(path))))
@example("example.go.th", ("/a", "/A"))
def test_case_of_a_path_matters(host: str, paths: tuple[str, str]) -> None:
    """A path in other case is another page."""
    one, other = (comparable_url(f"https://{host}{path}") for path in paths)
    assert (one == other) is (paths[0] == paths[1])


@repeatable
@given(HOSTS.filter(spellable), PATHS, PATHS, QUERIES, QUERIES)
def test_other_paths_and_queries_are_other_addresses(
    host: str, path: str, other_path: str, query: str, other_query: str
) -> None:
    """Two pages of a host are the same only if path and query are."""
    assume("%" not in path + other_path)
    queries = [one.removesuffix("?") if one == "?" else one for one in (query, other_query)]
    same = comparable_url(f"https://{host}{path}{query}") == comparable_url(
        f"https://{host}{other_path}{other_query}"
    )
    assert same is ((path, queries[0]) == (other_path, queries[1]))


@repeatable
@given(HOSTS.filter(spellable), LABELS | THAI_LABELS, st.data())
def test_subdomains_are_official(host: str, label: str, data: st.DataObject) -> None:
    """A host and its subdomains are official, a longer name and a parent are not."""
    own = comparable_host(host)
    assume(own is not None and spellable(f"{label}.{host}") and spellable(f"{label}-{host}"))
    hosts = (str(own),)
    path = data.draw(PATHS)
    assert is_official(f"https://{host}{path}", hosts)
    assert is_official(f"https://www.{host}{path}", hosts)
    assert is_official(f"https://{label}.{host}{path}", hosts)
    assert not is_official(f"https://{label}-{host}{path}", hosts)
    assert not is_official(f"https://{host}.{label}{path}", hosts) or label in host.split(".")
    assert not is_official(f"https://{host}@{label}.invalid{path}", hosts)
    assert not is_official(f"https://elsewhere.invalid/{host}{path}", hosts)
    parent = host.partition(".")[2]
    assert not is_official(f"https://{parent}{path}", hosts) or parent == host


@repeatable
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30))
@example("//[")
@example("//[::1]%25eth0")
@example("//a" * 3)
@example("//\u2100.th")
def test_any_text_is_an_address_or_none(rest: str) -> None:
    """Whatever stands there, nothing is raised, and only a URL with a host has one."""
    for url in (rest, f"https:{rest}", f"https://{rest}"):
        assert (split_url(url) is None) is (host_of(url) is None)
        assert isinstance(comparable_url(url), str)
        assert comparable_host(rest) is None or comparable_host(rest) != ""

"""Web addresses and hosts in a form that can be compared (requirements.md, reading notes)."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, unquote_to_bytes, urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_UNRESERVED = "-._~"
_KEPT_IN_PATH = "/:@!$&'()*+,;=" + _UNRESERVED
_KEPT_IN_QUERY = _KEPT_IN_PATH + "?"
# White space and control characters; and the backslash, which browsers read as a slash, and so
# see another host than what stands before it.
_UNFIT = re.compile(r"[\s\\\x00-\x1f\x7f-\x9f]")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_IPV6 = re.compile(r"[0-9a-f:.]+")
# What stands before the last `@` of an authority: a name, and often a password.
_USER_INFO = re.compile(r"(:(?:\\?/){2})([^\s/?#\\]*)(?=@)")


@lru_cache(maxsize=2048)
def comparable_host(host: str) -> str | None:
    """A host in lower case, in its ASCII form and without a leading `www.`; None if it is none."""
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return None
    host = host.lower().removesuffix(".")
    if ":" in host:
        return host if _IPV6.fullmatch(host) else None
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return None
    return host.removeprefix("www.")


@lru_cache(maxsize=2048)
def split_url(url: str) -> SplitResult | None:
    """The parts of an absolute http(s) URL with a host, None if it is not one."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return None
    if parts.scheme.lower() not in _DEFAULT_PORTS or _UNFIT.search(url):
        return None
    return parts if parts.hostname and comparable_host(parts.hostname) else None


@lru_cache(maxsize=2048)
def host_of(url: str) -> str | None:
    """The comparable host of a URL; what stands before `@` is no host."""
    parts = split_url(url)
    return comparable_host(parts.hostname) if parts and parts.hostname else None


def is_official(url: str, hosts: tuple[str, ...]) -> bool:
    """Whether the URL's host is one of `hosts` or a subdomain of one."""
    host = host_of(url)
    return host is not None and any(host == h or host.endswith("." + h) for h in hosts)


@lru_cache(maxsize=2048)
def comparable_url(url: str) -> str:
    """The URL in the form in which two that are the same address are the same text.

    Scheme, user info, default port, trailing slash and fragment are dropped, the fragment only
    unless it begins with `#/` or `#!`; percent-encoding is normalised.
    """
    parts = split_url(url)
    if parts is None or parts.hostname is None:
        return url
    port = parts.port
    authority = comparable_host(parts.hostname) or parts.hostname
    if ":" in authority:
        authority = f"[{authority}]"
    if port is not None and port != _DEFAULT_PORTS[parts.scheme.lower()]:
        authority = f"{authority}:{port}"
    address = authority + _normal_escapes(parts.path, _KEPT_IN_PATH).rstrip("/")
    if parts.query:
        address += "?" + _normal_escapes(parts.query, _KEPT_IN_QUERY)
    if parts.fragment.startswith(("/", "!")):
        route = _normal_escapes(parts.fragment, _KEPT_IN_QUERY).rstrip("/")
        address += "#" + route if route else ""
    return address


def has_route(url: str) -> bool:
    """Whether scripts show one of several pages at one address (`#/`, `#!`): nobody else sees it."""
    return "#" in comparable_url(url)


def _normal_escapes(part: str, kept: str) -> str:
    """Escape what has to be escaped, and only that: `%7e` is `~`, `ก` is `%E0%B8%81`."""
    pieces, last = [], 0
    for match in _ESCAPE.finditer(part):
        pieces.append(quote(part[last : match.start()], safe=kept))
        pieces.append(_normal_escape(match.group()))
        last = match.end()
    pieces.append(quote(part[last:], safe=kept))
    return "".join(pieces)


def _normal_escape(escape: str) -> str:
    character = unquote_to_bytes(escape).decode("latin-1")
    if character.isascii() and (character.isalnum() or character in _UNRESERVED):
        return character
    return escape.upper()


@lru_cache(maxsize=2048)
def address_of(url: str) -> str | None:
    """What is asked for when a URL is opened: without fragment and user info; None if it is none."""
    parts = split_url(url)
    if parts is None or parts.hostname is None:
        return None
    host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode()
    authority = f"[{host}]" if ":" in host else host
    if parts.port is not None and parts.port != _DEFAULT_PORTS[parts.scheme.lower()]:
        authority = f"{authority}:{parts.port}"
    path = _normal_escapes(parts.path, _KEPT_IN_PATH) or "/"
    query = f"?{_normal_escapes(parts.query, _KEPT_IN_QUERY)}" if parts.query else ""
    return f"{parts.scheme.lower()}://{authority}{path}{query}"


def without_secret(text: str) -> str:
    """A text in which nobody reads the user info of an address; its length stays the same."""
    if "@" not in text:
        return text
    return _USER_INFO.sub(lambda match: match[1] + "*" * len(match[2]), text)

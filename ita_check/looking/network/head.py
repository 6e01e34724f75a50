"""What the headers of an answer say, as far as anybody asks; any bytes may stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import unquote_to_bytes

# What tells a page from the wall before it (a firewall, a login), and nothing of anybody's.
_KEPT = (
    "server",
    "cf-mitigated",
    "content-disposition",
    "retry-after",
    "www-authenticate",
    "x-amzn-waf-action",
    "x-sucuri-id",
    "x-iinfo",
)
_LISTS = frozenset({"cache-control", "content-encoding"})
_LONGEST = 1000
_MEDIA_TYPE = re.compile(r"[a-z0-9!#$&^_.+-]+/[a-z0-9!#$&^_.+-]+")
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([A-Za-z0-9_.:+-]{1,40})", re.IGNORECASE)
_FILENAME = re.compile(r";\s*filename\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;\s]+))", re.IGNORECASE)
_FILENAME_STAR = re.compile(r";\s*filename\*\s*=\s*([\w-]*)'[\w-]*'([^;\s]+)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Head(NamedTuple):
    """The headers of an answer by their names in lower case, and what the chief ones mean.

    `length` is what the answer says of itself, 0 where it says nothing.
    """

    fields: Mapping[str, bytes]
    encoding: str
    length: int
    media_type: str | None
    charset: str | None
    filename: str | None
    kept: Mapping[str, str]


def read_head(raw: Iterable[tuple[bytes, bytes]]) -> Head:
    """The headers of an answer; of one that comes twice the first counts, unless it is a list."""
    fields: dict[str, bytes] = {}
    for name, value in raw:
        key = name.decode("ascii", "replace").lower()
        if key not in fields:
            fields[key] = value
        elif key in _LISTS:
            fields[key] += b", " + value
    kind = text(fields.get("content-type", b""))
    media_type = kind.partition(";")[0].strip().lower()
    charset = _CHARSET.search(kind)
    length = fields.get("content-length", b"")
    return Head(
        fields=fields,
        encoding=text(fields.get("content-encoding", b"")),
        length=int(length) if length.isdigit() and len(length) < 20 else 0,
        media_type=media_type if _MEDIA_TYPE.fullmatch(media_type) else None,
        charset=charset[1].lower() if charset else None,
        filename=file_name(text(fields.get("content-disposition", b""))),
        kept=MappingProxyType({name: text(fields[name]) for name in _KEPT if name in fields}),
    )


def text(value: bytes) -> str:
    """A header as text, in whichever of the usual encodings a Thai server wrote it, and bounded."""
    for encoding in ("utf-8", "cp874"):
        try:
            return _CONTROL.sub("", value.decode(encoding))[:_LONGEST].strip()
        except UnicodeDecodeError:
            continue
    return _CONTROL.sub("", value.decode("latin-1"))[:_LONGEST].strip()


def file_name(disposition: str) -> str | None:
    """What Content-Disposition calls a file, without any folder."""
    starred = _FILENAME_STAR.search(disposition)
    plain = _FILENAME.search(disposition)
    name = None
    if starred:
        try:
            name = unquote_to_bytes(starred[2]).decode(starred[1] or "utf-8")
        except (LookupError, UnicodeDecodeError):
            name = None
    if name is None and plain:
        name = re.sub(r"\\(.)", r"\1", plain[1]) if plain[1] is not None else plain[2]
    if name is None:
        return None
    return _CONTROL.sub("", re.split(r"[/\\]", name)[-1])[:255] or None


def retry_after(value: str, now: datetime) -> float | None:
    """How many seconds Retry-After asks for: it has a number or a moment."""
    if value.isascii() and value.isdigit() and len(value) < 10:
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)

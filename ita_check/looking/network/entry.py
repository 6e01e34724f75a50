"""What is remembered of an address between runs, as a small JSON file; anybody may have damaged it."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import NamedTuple

from ita_check.looking.network.body import Body
from ita_check.looking.network.head import Head

_FORMAT = 1
_SHA256 = re.compile(r"[0-9a-f]{64}")
# What a header may hold: it is sent back as it is.
_SENDABLE = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,500}[\x21-\x7e])?")


class Entry(NamedTuple):
    """A body that an address once had, and what to ask by whether it still has it.

    `ended` is the address that answered, `stored` the moment in ISO 8601.
    """

    address: str
    ended: str
    etag: str | None
    last_modified: str | None
    sha256: str
    length: int
    media_type: str | None
    charset: str | None
    filename: str | None
    stored: str

    def conditions(self) -> dict[str, str]:
        """The headers that ask for a body only where it is another."""
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return {name: value for name, value in pairs if value}


def entry_of(start: str, ended: str, head: Head, body: Body, now: datetime) -> Entry | None:
    """What to remember of an answer, None where there is nothing to ask by or it must not be kept.

    `no-store` is a list's word or a word's part; a page that is not kept costs a little time.
    """
    found = (head.fields.get(name, b"").decode("latin-1") for name in ("etag", "last-modified"))
    etag, last_modified = (value if _SENDABLE.fullmatch(value) else None for value in found)
    if b"no-store" in head.fields.get("cache-control", b"").lower():
        return None
    if not (etag or last_modified):
        return None
    return Entry(
        address=start,
        ended=ended,
        etag=etag,
        last_modified=last_modified,
        sha256=body.sha256,
        length=body.length,
        media_type=head.media_type,
        charset=head.charset,
        filename=head.filename,
        stored=now.isoformat(),
    )


def write_entry(entry: Entry) -> bytes:
    """An entry as JSON."""
    return json.dumps({"format": _FORMAT, **entry._asdict()}, ensure_ascii=False).encode()


def read_entry(data: bytes, address: str) -> Entry | None:
    """The entry of an address, None where this is not one that `write_entry` would write."""
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.pop("format", None) != _FORMAT:
        return None
    if set(found) != set(Entry._fields) or found["address"] != address:
        return None
    texts = ("address", "ended", "sha256", "stored")
    optional = ("etag", "last_modified", "media_type", "charset", "filename")
    fits = (
        all(isinstance(found[name], str) for name in texts)
        and all(found[name] is None or isinstance(found[name], str) for name in optional)
        and type(found["length"]) is int
        and _SHA256.fullmatch(found["sha256"])  # it becomes the name of a file
    )
    if not fits:
        return None
    entry = Entry(**found)
    sent = entry.conditions().values()
    return entry if sent and all(_SENDABLE.fullmatch(value) for value in sent) else None

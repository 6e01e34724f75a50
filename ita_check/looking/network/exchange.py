"""One request and what its answer means for the next step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import httpx

from ita_check.looking.network.body import Sink, read_away, receive
from ita_check.looking.network.budget import Budget
from ita_check.looking.network.cache import Cache
from ita_check.looking.network.entry import Entry
from ita_check.looking.network.failures import Failed
from ita_check.looking.network.head import Head, read_head, retry_after, text
from ita_check.looking.network.limits import Limits
from ita_check.looking.network.places import Places
from ita_check.looking.network.transport import Transport

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BUSY = frozenset({429, 503})


class Tools(NamedTuple):
    """What all addresses of a run share."""

    limits: Limits
    transport: Transport
    places: Places
    cache: Cache | None
    headers: Mapping[str, str]
    now: Callable[[], datetime]
    # By host, how many addresses in a row had no answer in time.
    silent: Counter[str]


class Arrived(NamedTuple):
    """A whole body, which is not in its file yet."""

    status: int
    head: Head
    sink: Sink


class Unchanged(NamedTuple):
    """The server says that the body is what is remembered."""

    entry: Entry
    head: Head


class Moved(NamedTuple):
    """It is elsewhere."""

    status: int
    location: bytes


class Again(NamedTuple):
    """It is to be asked for again, after some seconds."""

    wait: float


Step = Arrived | Unchanged | Moved | Again


async def exchange(
    tools: Tools, address: str, entry: Entry | None, path: Path, budget: Budget
) -> Step:
    """Ask once for an address, by an entry only where it is another; raises `Failed`."""
    status = None
    try:
        with budget.running():
            response = await tools.transport.handle_async_request(_request(tools, address, entry))
            status = response.status_code
            try:
                return await _read(tools, response, entry, path, budget)
            finally:
                await response.aclose()
        raise AssertionError("what is cut off by its time is `Failed`")
    except Failed as failed:
        failed.status = status
        raise


def _request(tools: Tools, address: str, entry: Entry | None) -> httpx.Request:
    limits = tools.limits
    timeout = {"connect": limits.connect, "read": limits.read, "write": limits.read}
    headers = {**tools.headers, **(entry.conditions() if entry else {})}
    try:
        return httpx.Request("GET", address, headers=headers, extensions={"timeout": timeout})
    except (httpx.InvalidURL, UnicodeError) as error:  # a host may be no IDNA: `xn--zz`
        raise Failed("refused", str(error)) from error


async def _read(
    tools: Tools, response: httpx.Response, entry: Entry | None, path: Path, budget: Budget
) -> Step:
    status = response.status_code
    head = read_head(response.headers.raw)
    if status in _REDIRECTS and "location" in head.fields:
        await read_away(response)
        return Moved(status, head.fields["location"])
    wait = _pause(tools, status, head, budget)
    if wait is not None:
        await read_away(response)
        return Again(wait)
    if status == 304 and entry:
        return Unchanged(entry, head)
    return Arrived(status, head, await receive(response, head, path, tools.limits.body))


def _pause(tools: Tools, status: int, head: Head, budget: Budget) -> float | None:
    """How long to wait before asking again after this status; None where it is the answer."""
    if status in _BUSY and "retry-after" in head.fields:
        asked = retry_after(text(head.fields["retry-after"]), tools.now())
        if asked is not None:
            within = asked <= tools.limits.longest_retry_after
            return budget.back_off(asked) if within else None
    return budget.back_off() if status >= 500 else None

"""How much is asked of servers, of the network and of this machine; the one place that says so."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """What one run, one host and one address may take; times are seconds, sizes bytes.

    `total` is for all that happens to one address: its tries, redirects and back-off together,
    without the waiting for a place. `body` is counted after decompression.
    """

    # A municipality's site is often one small server shared with its neighbours.
    at_once: int = 8
    per_host: int = 2
    connect: float = 10.0
    read: float = 10.0
    total: float = 30.0
    tries: int = 3
    back_off: float = 0.5
    longest_retry_after: float = 20.0
    redirects: int = 10
    body: int = 20 * 1024 * 1024

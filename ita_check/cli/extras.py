"""What commands need that come with an extra: its packages, and how it is asked to work."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import NamedTuple

from ita_check.cli.usage import MissingExtra

EXTRAS: Mapping[str, tuple[str, ...]] = {
    "verify": (
        "httpx",
        "httpcore",
        "anyio",
        "sniffio",
        "selectolax",
        "pypdf",
        "cryptography",
        "defusedxml",
        "platformdirs",
    ),
    "office": ("openpyxl", "docx", "defusedxml"),
}


class Looking(NamedTuple):
    """How to look: `seconds` for each address, 0 for the usual; `keep` what was fetched."""

    strict: bool = False
    allow_private: bool = False
    keep: bool = True
    seconds: int = 0


def need_extra(name: str) -> None:
    """Raise `MissingExtra` where a package of the extra is not installed."""
    missing = tuple(package for package in EXTRAS[name] if find_spec(package) is None)
    if missing:
        raise MissingExtra(name, missing)

"""Where a Location header leads, read as browsers read it."""

from __future__ import annotations

from urllib.parse import quote, urljoin

from ita_check.model.address import address_of

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_BLANKS = str.maketrans({" ": "%20", "\t": None})


def where_to(address: str, location: bytes) -> str | None:
    """The web address that a redirect leads to, None where it leads to none.

    Blanks are escaped, backslashes are slashes, and bytes of an older encoding stay these bytes.
    """
    try:
        told = location.decode("utf-8")
    except UnicodeDecodeError:
        told = quote(location, safe=_ASCII)
    path, mark, query = told.strip().translate(_BLANKS).partition("?")
    try:
        return address_of(urljoin(address, path.replace("\\", "/") + mark + query))
    except ValueError:
        return None

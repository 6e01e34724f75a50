"""A page for browsers: what it shows, and where it leads. Nothing of it is run or loaded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ita_check.looking.documents.document import Markup
from ita_check.looking.documents.encodings import charset_of_page, decoded
from ita_check.looking.documents.reading import Reading, one_line
from ita_check.model.address import address_of
from ita_check.model.looked import Click, Spot

_UNSEEN = "script,style,noscript,template,title,head"
_MOST_HEADINGS = 10
_LONGEST_REFRESH = 5.0
_REFRESH = re.compile(r"\s*([0-9.]+)\s*[;,]?\s*(?:url\s*=)?\s*['\"]?\s*([^'\"\s]+)", re.IGNORECASE)


def read_html(file: BinaryIO, reading: Reading, charset: str = "", base: str = "") -> Markup:
    """Read the visible text, a line for each stretch of it, and the links.

    `base` is the page's address, without which relative links lead nowhere.
    """
    limits = reading.limits
    file.seek(0)
    data = file.read(limits.html + 1)
    if len(data) > limits.html:
        data, reading.whole = data[:-1], False
    tree = LexborHTMLParser(decoded(data, charset_of_page(data, charset)))
    reading.tick()
    title = tree.css_first("title")
    reading.title = one_line(title.text(deep=True)) if title is not None else ""
    # What stands in a fallback for browsers without scripts may well be a refresh or links.
    password = tree.css_first("input[type=password i]") is not None
    refresh = _refresh(tree, _base_of(tree, base))
    links = tuple(_links(tree, _base_of(tree, base), limits.links))
    headings = tuple(
        one_line(node.text(deep=True)) for node in tree.css("h1,h2,h3")[:_MOST_HEADINGS]
    )
    for node in tree.css(_UNSEEN):
        node.decompose()
    shown, length = _shown(tree, reading)
    return Markup(reading.title, headings, shown, length, password, links, refresh)


def _shown(tree: LexborHTMLParser, reading: Reading) -> tuple[str, int]:
    """The beginning of the visible text, and how long all of it is."""
    body = tree.body
    text = body.text(deep=True, separator="\n") if body is not None else ""
    pieces, length, number = [], 0, 0
    for line in text.splitlines():
        words = " ".join(line.split())
        if words:
            number += 1
            reading.add(words, Spot("line", number))
            if length < reading.limits.shown:
                pieces.append(words)
            length += len(words) + 1
    return " ".join(pieces)[: reading.limits.shown], max(length - 1, 0)


def _base_of(tree: LexborHTMLParser, base: str) -> str:
    node = tree.css_first("base[href]")
    return _joined(base, node.attributes.get("href") or "") if node is not None else base


def _joined(base: str, target: str) -> str:
    try:
        return urljoin(base, target.strip())
    except ValueError:
        return ""


def _links(tree: LexborHTMLParser, base: str, most: int) -> Iterator[Click]:
    for node in tree.css("a[href],area[href]")[:most]:
        address = address_of(_joined(base, node.attributes.get("href") or ""))
        if address is not None:
            yield Click(_text_of(node), address)


def _text_of(node: LexborNode) -> str:
    """What a reader clicks on: the text, else what stands for a picture."""
    text = one_line(node.text(deep=True))
    if text:
        return text
    picture = node.css_first("img[alt]")
    said = [node.attributes.get(name) for name in ("aria-label", "title", "alt")]
    said.append(picture.attributes.get("alt") if picture is not None else None)
    return next((one_line(word) for word in said if word and one_line(word)), "")


def _refresh(tree: LexborHTMLParser, base: str) -> str:
    for node in tree.css("meta[http-equiv=refresh i]"):
        found = _REFRESH.match(node.attributes.get("content") or "")
        if found and _seconds(found[1]) <= _LONGEST_REFRESH:
            return address_of(_joined(base, found[2])) or ""
    return ""


def _seconds(number: str) -> float:
    try:
        return float(number)
    except ValueError:
        return 0.0

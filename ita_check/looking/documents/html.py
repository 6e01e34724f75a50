"""A page for browsers: what it shows, and where it leads. Nothing of it is run or loaded."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO
from urllib.parse import quote, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ita_check.looking.documents.document import Markup
from ita_check.looking.documents.encodings import charset_of_page, decoded
from ita_check.looking.documents.reading import Reading, one_line
from ita_check.model.address import address_of
from ita_check.model.looked import Click, Spot

# A browser with scripts shows nothing of the first two, and follows nothing in them.
_UNUSED = ["noscript", "template"]
_UNSEEN = ["script", "style", "title", "head", "iframe", "noembed", "noframes"]
# What stands within a line; anything else begins and ends one. Editors of websites put a year in
# pieces: `25<span>67</span>`.
_INLINE = frozenset(
    {
        *(
            "-comment",
            "-text",
            "a",
            "abbr",
            "acronym",
            "b",
            "bdi",
            "bdo",
            "big",
            "cite",
            "code",
            "del",
        ),
        *("dfn", "em", "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "s", "samp"),
        *("small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    }
)
# What may show something though the page has no words of its own.
_FILLS = "script,iframe,frame,img,picture,svg,canvas,object,embed,video"
_MENUS = ":is(nav, [role=navigation]):not(:is(nav, [role=navigation]) *)"
_MOST_HEADINGS = 10
_LONGEST_REFRESH = 5.0
_REFRESH = re.compile(
    r"\s*([0-9.]+)(?![0-9.])(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?(?:'([^']+)|\"([^\"]+)|([^'\"\s=].*))",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_ADDRESS = 4_000
_UNSENT = re.compile(r"[\t\n\r]")
_SPACE = re.compile(r"\s")


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
    tree.strip_tags(_UNUSED, recursive=True)
    if tree.css_first(_FILLS) is not None:
        reading.blank = "no_text"
    password = tree.css_first("input[type=password i]") is not None
    refresh = _refresh(tree, _base_of(tree, base))
    links_base = _base_of(tree, base)
    tree.strip_tags(_UNSEEN, recursive=True)
    links = tuple(_links(tree, links_base, limits.links))
    _drop_menus(tree)
    headings = tuple(_said(node) for node in tree.css("h1,h2,h3")[:_MOST_HEADINGS])
    shown, length, sha256 = _shown(tree, reading)
    return Markup(reading.title, headings, shown, length, sha256, password, links, refresh)


def _drop_menus(tree: LexborHTMLParser) -> None:
    """Leave out what stands on every page of a site: a year there is none of this page's.

    A page that is nothing else keeps them, since somebody may have laid it out so.
    """
    menus = tree.css(_MENUS)
    said = sum(len(_letters(menu)) for menu in menus)
    if tree.body is not None and len(_letters(tree.body)) > said:
        for menu in menus:
            menu.decompose()


def _letters(node: LexborNode) -> str:
    return _SPACE.sub("", node.text(deep=True))


def _shown(tree: LexborHTMLParser, reading: Reading) -> tuple[str, int, str]:
    """The beginning of the visible text, and the length and the SHA-256 of all of it."""
    pieces, length, digest = [], 0, hashlib.sha256()
    for number, words in enumerate(_lines(tree.body), 1):
        reading.add(words, Spot("line", number))
        if length < reading.limits.shown:
            pieces.append(words)
        length += len(words) + 1
        digest.update(f"{words}\n".encode("utf-8", "replace"))
    return " ".join(pieces)[: reading.limits.shown], max(length - 1, 0), digest.hexdigest()


def _lines(top: LexborNode | None) -> Iterator[str]:
    """The text within a node, a line for each stretch that nothing parts."""
    pieces: list[str] = []
    for node in top.traverse(include_text=True) if top is not None else ():
        tag, before = node.tag, node.prev
        # The end of something is seen by what follows it.
        ended = before.tag if before is not None else None
        if tag not in _INLINE or (ended is not None and ended not in _INLINE):
            yield from _line(pieces)
            pieces = []
        elif "a" in {tag, ended}:
            pieces.append(" ")  # in a menu one link often follows another at once
        if tag == "-text":
            pieces.append(node.text_content or "")
    yield from _line(pieces)


def _line(pieces: list[str]) -> Iterator[str]:
    words = " ".join("".join(pieces).split())
    if words:
        yield words


def _said(node: LexborNode) -> str:
    return one_line(" ".join(_lines(node)))


def _base_of(tree: LexborHTMLParser, base: str) -> str:
    node = tree.css_first("base[href]")
    return _joined(base, node.attributes.get("href") or "") if node is not None else base


def _joined(base: str, target: str) -> str:
    """Where a browser goes: it takes white space in names and the other slash without a word."""
    target = _UNSENT.sub("", target.strip()).replace("\\", "/")
    if len(target) > _LONGEST_ADDRESS:
        return ""
    try:
        return urljoin(base, _SPACE.sub(lambda space: quote(space.group()), target))
    except ValueError:
        return ""


def _links(tree: LexborHTMLParser, base: str, most: int) -> Iterator[Click]:
    for node in tree.css("a[href],area[href]")[:most]:
        address = address_of(_joined(base, node.attributes.get("href") or ""))
        if address is not None:
            yield Click(_text_of(node), address)


def _text_of(node: LexborNode) -> str:
    """What a reader clicks on: the text, else what stands for a picture."""
    text = _said(node)
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
            return address_of(_joined(base, found[2] or found[3] or found[4])) or ""
    return ""


def _seconds(number: str) -> float:
    try:
        return float(number)
    except ValueError:
        return 0.0

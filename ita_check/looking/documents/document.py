"""What came of reading one document."""

from __future__ import annotations

from typing import NamedTuple

from ita_check.model.looked import Click, Content


class Markup(NamedTuple):
    """What a page for browsers shows, as far as anybody asks.

    `text` is the beginning of the visible text, `text_length` and `text_sha256` are of all of it. `links`
    are in the order of the page; `refresh` is where it sends a browser by itself within seconds.
    """

    title: str = ""
    headings: tuple[str, ...] = ()
    text: str = ""
    text_length: int = 0
    text_sha256: str = ""
    password_field: bool = False
    links: tuple[Click, ...] = ()
    refresh: str = ""


class Document(NamedTuple):
    """The bytes of a document by their hash and number, and what they say.

    Both are None where there is no file that can be opened. `markup` is that of HTML only, also
    where the name promised something else: a page for *not found* is often sent as `plan.pdf`.
    """

    sha256: str | None
    length: int | None
    content: Content
    markup: Markup | None = None

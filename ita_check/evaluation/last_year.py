"""Whether evidence of a fiscal year is last year's, handed in again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ita_check.evaluation.look import Fault, Look
from ita_check.evaluation.sources import Source, claimed_year, files_of, pages_of
from ita_check.model.address import comparable_url, without_secret
from ita_check.model.calendar import Period
from ita_check.model.evidence import Evidence, Located, Record
from ita_check.model.looked import LastYear, Looked


class _Earlier(NamedTuple):
    """What last year's items of a kind point at: by comparable address, and by SHA-256."""

    addresses: dict[str, Located]
    bytes: dict[str, Located]


def same_as_last_year(look: Look, looked: Looked) -> Iterator[Fault]:
    """The address, or the very bytes, that last year's file has for the kind, where a year is asked.

    The same paper may rightly stand in both years' files: a plan in force in both, and a report of
    one year that either may hand in. Both are known by the year that they claim.
    """
    last = looked.last_year
    claimed = claimed_year(look.item)
    if last is None or claimed is None or not look.dated or _in_force_before(look, last):
        return
    earlier = _earlier(look, claimed, last, looked)
    place = last.evidence.source.place
    for source in (*pages_of(look.item, looked), *files_of(look.item, looked)):
        found, wording = _found(source, earlier, looked)
        if found is not None:
            gaps = {
                "target": without_secret(source.located.text),
                "file": last.evidence.name,
                "where": place(found.path).where,
                "year": last.evidence.fiscal_year,
                "claimed": claimed,
            }
            yield Fault("same_as_last_year", source.located.path, gaps, wording)


def _found(source: Source, earlier: _Earlier, looked: Looked) -> tuple[Located | None, str]:
    if source.page is not None:
        same = earlier.addresses.get(comparable_url(source.located.text))
        if same is not None:
            return same, "address"
    return earlier.bytes.get(_digest(source, looked) or ""), "bytes"


def _in_force_before(look: Look, last: LastYear) -> bool:
    """Whether the item says that it was in force in last year's fiscal year already."""
    in_force = look.item.values.get("in_force")
    return isinstance(in_force, Period) and in_force.overlaps(
        look._replace(evidence=last.evidence).year
    )


def _earlier(look: Look, claimed: int, last: LastYear, looked: Looked) -> _Earlier:
    """What last year's items of a kind point at, but for those that claim the very same year."""
    found = _Earlier({}, {})
    pages_and_files = looked._replace(files=last.files)
    for item in _others(last.evidence, look.kind.name, claimed, look.year):
        for url in item.urls:
            found.addresses.setdefault(comparable_url(url.text), url)
        for source in (*pages_of(item, pages_and_files), *files_of(item, pages_and_files)):
            digest = _digest(source, pages_and_files)
            if digest is not None:
                found.bytes.setdefault(digest, source.located)
    return found


def _others(evidence: Evidence, kind: str, claimed: int, year: Period) -> Iterator[Record]:
    """Last year's items but for those that rightly are this year's too."""
    for item in evidence.items.get(kind, ()):
        in_force = item.values.get("in_force")
        goes_on = isinstance(in_force, Period) and in_force.overlaps(year)
        if claimed_year(item) != claimed and not goes_on:
            yield item


def _digest(source: Source, looked: Looked) -> str | None:
    """The digest of what was there, unless it is that of a frame.

    A web page that scripts fill has the bytes of every other page of its site; one that names a
    fiscal year in its own text is no such frame.
    """
    if source.page is None:
        return looked.files[source.located.path].sha256
    content = source.content
    if content is None:
        return None
    is_web_page = content.text_sha256 != ""
    is_frame = content.frame or not any(year.fiscal for year in content.years)
    return None if is_web_page and is_frame else source.page.sha256

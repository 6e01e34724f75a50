"""What an item points at, and how far that proves it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ita_check.model import checks
from ita_check.model.address import address_of
from ita_check.model.catalogue import Level, Requirement
from ita_check.model.evidence import Located, Record
from ita_check.model.proof import Reason
from ita_check.model.verdicts import THERE

if TYPE_CHECKING:  # loaded only where somebody looks
    from ita_check.model.looked import Content, Looked, Page


class Source(NamedTuple):
    """An address with its page, or a file, and what was read there; None where it was not."""

    located: Located
    page: Page | None
    content: Content | None


def pages_of(item: Record, looked: Looked) -> Iterator[Source]:
    """The pages at an item's addresses, as far as they were asked for."""
    for url in item.urls:
        page = looked.pages.get(address_of(url.text) or "")
        if page is not None:
            yield Source(url, page, page.content if page.verdict in THERE else None)


def files_of(item: Record, looked: Looked) -> Iterator[Source]:
    """The files of an item that are there."""
    for located in item.files:
        file = looked.files.get(located.path)
        if file is not None and file.sha256 is not None:
            yield Source(located, None, file.content)


def claimed_year(item: Record) -> int | None:
    """The Buddhist fiscal year that an item says it is about."""
    year = item.values.get("fiscal_year")
    return year if isinstance(year, int) else None


def short_of(content: Content | None, claimed: int | None) -> Reason | None:
    """Why what was read does not prove the year that is claimed; None where it does.

    A document that calls other years its fiscal years, and names the claimed one elsewhere only,
    may be last year's with a new date below it.
    """
    if content is None:
        return "not_read"
    if content.state != "text":
        return content.state
    if claimed is None:
        return "no_year_claimed"
    named = {one.year for one in content.years}
    if claimed in named:
        fiscal = {one.year for one in content.years if one.fiscal}
        return None if not fiscal or claimed in fiscal else "year_in_passing"
    if not content.complete:
        return "given_up"
    return "other_year" if named else "no_year_named"


def asks_for_page(rule: Requirement) -> bool:
    """Whether the evidence has to be public, so that a file in the office proves nothing."""
    return any(
        check.level == "error"
        and (
            isinstance(check.test, checks.OnOfficialHost)
            or (isinstance(check.test, checks.Published) and not check.test.or_given)
        )
        for check in rule.checks
    )


def level_of_reading(rule: Requirement) -> Level | None:
    """How much it weighs where an address does not open; None where the rule reads none."""
    return _heaviest(check.level for check in rule.checks if _reads_address(check.test))


def level_of_host(rule: Requirement) -> Level | None:
    """How much it weighs where an address ends on another's host; None where it may."""
    return _heaviest(
        check.level for check in rule.checks if isinstance(check.test, checks.OnOfficialHost)
    )


def _heaviest(levels: Iterator[Level]) -> Level | None:
    found = set(levels)
    return "error" if "error" in found else "warning" if found else None


def _reads_address(test: checks.Test) -> bool:
    match test:
        case checks.Published() | checks.OnOfficialHost() | checks.SeparateFrom():
            return True
        case checks.Given(fields) | checks.AnyGiven(fields) | checks.Each(_, fields):
            return "url" in fields
        case checks.ZeroDeclared():
            return "url" in (*test.given, *test.any_given)
    return False

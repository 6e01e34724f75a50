"""From an evidence file to what it points at: which addresses and files, and how to look."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from ita_check import __version__
from ita_check.cli.extras import Looking
from ita_check.cli.judging import moment
from ita_check.cli.output import why_not_written
from ita_check.errors import CannotWrite, Problem
from ita_check.loading.files import FolderFiles
from ita_check.loading.named import STANDARD_INPUT
from ita_check.looking.look import LocalFile, Progress, Seen, Settings, Wanted, look_at
from ita_check.looking.network.cache import cache_folder
from ita_check.looking.network.limits import Limits
from ita_check.model.address import address_of
from ita_check.model.catalogue import Catalogue
from ita_check.model.evidence import Evidence, Record
from ita_check.model.looked import File, LastYear, Looked
from ita_check.model.snapshot import Snapshot
from ita_check.texts import Language, phrase

USER_AGENT = f"ita-check/{__version__} (checks whether public evidence of an agency opens)"
# Before the evidence paths of last year's files, which are those of this year's otherwise.
_LAST_YEAR = "last year: "


def look(
    catalogue: Catalogue,
    evidence: Evidence,
    issues: frozenset[int] | None,
    how: Looking,
    progress: Progress,
    last: Evidence | None = None,
    snapshot: Snapshot | None = None,
    *,
    ways: bool = True,
) -> Looked:
    """Everything that the evidence of the issues points at, as it was found.

    Without `ways`, none is looked for from the home page.
    """
    kinds = _kinds(catalogue, evidence, issues)
    declared = _declared(evidence, kinds)
    files = _files(evidence, kinds)
    further: dict[str, None] = {}
    if last is not None:
        dated = _dated(catalogue) & kinds
        further |= dict.fromkeys(_declared(last, dated, website=False))
        files += tuple(file._replace(path=_LAST_YEAR + file.path) for file in _files(last, dated))
    if snapshot is not None:
        further |= dict.fromkeys(snapshot.pages)
    website = evidence.agency.website
    wanted = Wanted(
        tuple(dict.fromkeys((*declared, *further))),
        files,
        address_of(website) if website else None,
        evidence.agency.hosts,
        _targets(catalogue, evidence, issues) if ways else (),
    )
    try:
        seen = look_at(wanted, _settings(how), progress)
    except OSError as error:
        # Whatever servers do is told as a verdict: this is the folder that bodies are put in.
        folder = os.path.join(tempfile.gettempdir(), "")
        raise CannotWrite(Problem(why_not_written(error, folder), folder)) from None
    return _looked(evidence, declared, seen, how, last, snapshot)


def _looked(
    evidence: Evidence,
    declared: dict[str, tuple[str, ...]],
    seen: Seen,
    how: Looking,
    last: Evidence | None,
    snapshot: Snapshot | None,
) -> Looked:
    own = {path: file for path, file in seen.files.items() if not path.startswith(_LAST_YEAR)}
    looked = Looked(
        seen.pages, own, declared, seen.crawl, strict=how.strict, interrupted=seen.interrupted
    )
    if last is not None:
        theirs: dict[str, File] = {
            path.removeprefix(_LAST_YEAR): file._replace(path=path.removeprefix(_LAST_YEAR))
            for path, file in seen.files.items()
            if path.startswith(_LAST_YEAR)
        }
        looked = looked._replace(last_year=LastYear(last, theirs))
    if snapshot is not None:
        from ita_check.evaluation.since import since

        looked = looked._replace(since=since(snapshot, evidence, looked))
    return looked


def _settings(how: Looking) -> Settings:
    limits = Limits()
    if how.seconds:
        each = min(limits.read, how.seconds)
        limits = limits._replace(
            total=float(how.seconds), connect=min(limits.connect, each), read=each
        )
    return Settings(
        USER_AGENT,
        moment,
        limits,
        cache_folder() if how.keep else None,
        how.allow_private,
    )


def _kinds(
    catalogue: Catalogue, evidence: Evidence, issues: frozenset[int] | None
) -> frozenset[str]:
    """The kinds that the issues look at; every kind where none is named."""
    if issues is None:
        return frozenset(evidence.items)
    return frozenset(
        kind for rule in catalogue.requirements if rule.issue in issues for kind in rule.kinds
    )


def _dated(catalogue: Catalogue) -> frozenset[str]:
    """The kinds of which a requirement names the fiscal year."""
    return frozenset(kind for _, kind in catalogue.year_checks)


def _items(evidence: Evidence, kinds: frozenset[str]) -> Iterator[Record]:
    return (item for kind, items in evidence.items.items() if kind in kinds for item in items)


def _declared(
    evidence: Evidence, kinds: frozenset[str], *, website: bool = True
) -> dict[str, tuple[str, ...]]:
    """The addresses in the order of the file, the website first, with where each stands."""
    found: dict[str, list[str]] = {}
    own = evidence.agency.website if website else None
    places = [(own, "agency.website")] if own else []
    places += [(url.text, url.path) for item in _items(evidence, kinds) for url in item.urls]
    for text, path in places:
        address = address_of(text)
        if address is not None:
            found.setdefault(address, []).append(path)
    return {address: tuple(paths) for address, paths in found.items()}


def _files(evidence: Evidence, kinds: frozenset[str]) -> tuple[LocalFile, ...]:
    """The files that are there, each as it is named."""
    name = evidence.name
    folder = FolderFiles(os.curdir if name == STANDARD_INPUT else os.path.dirname(name))
    return tuple(
        LocalFile(file.text, file.path, where)
        for item in _items(evidence, kinds)
        for file in item.files
        if (where := folder.resolved(file.text)) is not None
    )


def _targets(
    catalogue: Catalogue, evidence: Evidence, issues: frozenset[int] | None
) -> tuple[str, ...]:
    """The addresses to which a way from the home page is looked for."""
    return tuple(
        sorted(
            {
                address
                for rule in catalogue.requirements
                if rule.reachable and (issues is None or rule.issue in issues)
                for kind in rule.kinds
                for item in evidence.items.get(kind, ())
                for url in item.urls
                if (address := address_of(url.text)) is not None
            }
        )
    )


def _tell_nobody(done: int, total: int) -> None:
    """Nothing: nobody watches."""


@contextmanager
def progress_of(language: Language) -> Iterator[Progress]:
    """A bar on standard error where that is a terminal, else nothing."""
    if not sys.stderr.isatty():
        yield _tell_nobody
        return
    # Only who waits at a terminal pays for the bar.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(phrase("commands.looking").say(language), total=None)

        def tell(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield tell

"""From a report to the evidence file that it is a draft of, and what is told of the way there."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from ita_check.cli.arguments import need_new
from ita_check.cli.draft import Draft, column, drafted, place, plain, spellings
from ita_check.cli.extras import need_extra
from ita_check.cli.output import say_on_stderr, write_file, write_stdout
from ita_check.errors import CannotJudge, Problem
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.encoding import is_office, text_of_bytes
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.loading.named import STANDARD_INPUT, read_file, read_stream
from ita_check.model.catalogue import Catalogue
from ita_check.office.importing.blocks import FIELDS, Block
from ita_check.office.importing.cells import CERTAINTIES
from ita_check.office.importing.docx import read_docx
from ita_check.office.importing.dump import read_dump
from ita_check.office.importing.report import Imported, import_report
from ita_check.office.package import MAX_BYTES
from ita_check.texts import Language, Phrase, either, phrase

# A cell that many steps share is written many times; an evidence file is no longer than this.
MOST = 600_000
_VALUE = re.compile(r"actions\.([^\[]+)\.(\w+)(?:\[\d+\])?")
# Names under which people keep what is, or once was, a Word document.
_OFFICE_NAMES = (".docx", ".doc", ".docm", ".dotx", ".odt", ".rtf", ".pdf")


def import_file(
    report: str, output: str, rules: tuple[Path, ...], language: Language, *, force: bool
) -> int:
    """Write the draft, and tell what was found and what to look at."""
    to_file = output != STANDARD_INPUT
    if to_file:
        need_new(output, [report], force=force)
    blocks = _blocks(report)
    catalogue = load_catalogue(rules)
    imported = import_report(report, blocks, catalogue)
    if all(row.match.requirement is None for row in imported.rows):
        gaps = {"count": len(imported.rows), "reason": imported.rows[0].match.reason}
        raise CannotJudge((Problem(phrase("importing.none_matched", **gaps), report),))
    if sum(len(plain(value.text)) for row in imported.rows for value in row.values.values()) > MOST:
        raise CannotJudge((Problem(phrase("importing.too_much", limit=MOST), report),))
    draft = drafted(imported, catalogue, os.path.basename(report), language)
    draft, refused = _loadable(draft, catalogue, output, language)
    text = draft.text()
    if to_file:
        write_file(output, text.encode("utf-8"))
    else:
        write_stdout(lambda stream: stream.write(text), utf8=True)
    told = [phrase("importing.written", file=output, report=report)] if to_file else []
    told += [*summary(imported, catalogue), *refused]
    if to_file:
        told.append(phrase("importing.next", file=output))
    say_on_stderr("".join(one.say(language) + "\n" for one in told))
    return 0


def _blocks(report: str) -> Iterable[Block]:
    data = (
        read_stream(sys.stdin, MAX_BYTES)
        if report == STANDARD_INPUT
        else read_file(report, report, MAX_BYTES)
    )
    if is_office(data) or data.startswith(b"%PDF") or report.lower().endswith(_OFFICE_NAMES):
        need_extra("office")
        return read_docx(report, data)
    return read_dump(text_of_bytes(report, data))


def _loadable(
    draft: Draft, catalogue: Catalogue, output: str, language: Language
) -> tuple[Draft, list[Phrase]]:
    """The draft without values that `check` would refuse, and what is told of each of them."""
    refused: list[Phrase] = []
    while True:
        problems = _problems(draft, catalogue, output)
        values = {
            (match[1], match[2]): one for one in problems if (match := _VALUE.match(one.path))
        }
        if not values:
            break
        for (requirement, field), problem in values.items():
            gaps = {"field": column(field), "reason": problem.message}
            said = plain(draft.rows[requirement][field])
            comment = phrase("importing.comment.refused", text=said, **gaps)
            draft = draft.without(requirement, field, comment, language)
            refused.append(phrase("importing.refused", id=requirement, **gaps))
    # A name or year that the report does not state is left for people to fill in.
    other = [one for one in problems if one.path not in ("agency.name", "fiscal_year")]
    if other:
        raise CannotJudge(tuple(other))
    return draft, refused


def _problems(draft: Draft, catalogue: Catalogue, output: str) -> tuple[Problem, ...]:
    files = FolderFiles(os.path.dirname(output))
    try:
        read_evidence(output, draft.text().encode("utf-8"), catalogue, files, "")
    except CannotJudge as error:
        return error.problems
    return ()


def summary(imported: Imported, catalogue: Catalogue) -> Iterator[Phrase]:
    """What was found in the report, and what to look at."""
    found = {row.match.requirement.id: row for row in imported.rows if row.match.requirement}
    yield _found(frozenset(found), catalogue)
    for field in FIELDS:
        all_of = [row.values[field].certainty for row in imported.rows]
        counts = {certainty: all_of.count(certainty) for certainty in CERTAINTIES}
        yield phrase("importing.certainty", field=column(field), **counts)
    for field in FIELDS:
        ids = tuple(name for name, row in found.items() if not row.values[field].text)
        if ids:
            yield phrase("importing.without", field=column(field), count=len(ids), ids=ids)
    missing = tuple(rule.id for rule in catalogue.requirements if rule.id not in found)
    if missing:
        yield phrase("importing.not_found", count=len(missing), ids=missing)
    for row in imported.rows:
        if row.match.reason is not None:
            yield phrase("importing.not_matched", step=place(row), reason=row.match.reason)
    yield from _doubts(imported)


def _found(found: frozenset[str], catalogue: Catalogue) -> Phrase:
    issues = tuple(
        phrase(
            "importing.found_issue",
            issue=issue.number,
            found=sum(rule.id in found for rule in issue.requirements),
            total=len(issue.requirements),
        )
        for issue in catalogue.issues
    )
    total = len(catalogue.requirements)
    return phrase("importing.found", found=len(found), total=total, issues=issues)


def _doubts(imported: Imported) -> Iterator[Phrase]:
    names = imported.names
    if len(names.counts) > 1:
        yield phrase("importing.spellings", spellings=spellings(names), taken=names.taken)
    if not names.taken:
        yield phrase("importing.comment.no_name")
    if not imported.fiscal_year:
        yield phrase("importing.comment.no_year")
    for wrong in imported.wrong_years:
        yield phrase(
            "importing.wrong_year",
            id=wrong.requirement,
            field=column(wrong.field or "step"),
            year=wrong.year,
            fitting=either(wrong.fitting),
        )
    for pair in imported.other_units:
        gaps = {"units": pair.units[0], "others": pair.units[1]}
        yield phrase("importing.other_units", first=pair.first, second=pair.second, **gaps)
    if imported.left_out:
        yield phrase("importing.left_out", tables=imported.left_out)

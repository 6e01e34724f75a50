"""The evidence file that a report is a draft of: its rows, and the comments that ask for a look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ita_check.loading.written import Comments, Tree, evidence_text
from ita_check.model.catalogue import Catalogue
from ita_check.office.importing.blocks import FIELDS
from ita_check.office.importing.cells import Value
from ita_check.office.importing.doubts import Names
from ita_check.office.importing.report import Imported, Row
from ita_check.texts import Language, Phrase, phrase

Path = tuple[str, ...]
Said = str | tuple[str, ...]


class Draft(NamedTuple):
    """An evidence file before it is text: `rows` by requirement, comments by what they stand above."""

    name: str
    fiscal_year: str
    rows: Mapping[str, Mapping[str, Said]]
    comments: Mapping[Path, tuple[str, ...]]

    def text(self) -> str:
        """The file's text."""
        tree: dict[str, Tree] = {"agency": {"name": self.name}, "fiscal_year": self.fiscal_year}
        tree["actions"] = self.rows
        comments: Comments = self.comments
        return evidence_text(tree, comments)

    def without(self, requirement: str, field: str, comment: Phrase, language: Language) -> Draft:
        """The draft with a value kept as a comment on its row."""
        row = {name: said for name, said in self.rows[requirement].items() if name != field}
        comments = dict(self.comments)
        moved = ("actions", requirement)
        lines = comments.pop((*moved, field), ())
        comments[moved] = (*comments.get(moved, ()), *lines, *_lines(comment, language))
        return self._replace(rows={**self.rows, requirement: row}, comments=comments)


def drafted(imported: Imported, catalogue: Catalogue, report: str, language: Language) -> Draft:
    """What a report states as an evidence file, in the catalogue's order."""
    by_id = {row.match.requirement.id: row for row in imported.rows if row.match.requirement}
    rows: dict[str, dict[str, Said]] = {}
    comments: dict[Path, tuple[str, ...]] = {}

    def comment(path: Path, *phrases: Phrase) -> None:
        lines = [line for one in phrases for line in _lines(one, language)]
        comments[path] = (*comments.get(path, ()), *lines)

    comment((), phrase("importing.comment.head", report=report), phrase("importing.comment.how"))
    _comment_on_head(imported, comment)
    comment(("actions",), *_unmatched(imported))
    for rule in catalogue.requirements:
        row = by_id.get(rule.id)
        if row is None:
            continue
        comments["actions", rule.id] = (rule.title.say(language),)
        rows[rule.id] = {name: value.text for name, value in row.values.items() if value.text}
        for name, value in row.values.items():
            if doubts := tuple(_doubts(imported, value)):
                comment(("actions", rule.id, name), *doubts)
    return Draft(imported.names.taken, imported.fiscal_year, rows, comments)


def _comment_on_head(imported: Imported, comment: Callable[..., None]) -> None:
    names = imported.names
    if not names.taken:
        comment(("agency", "name"), phrase("importing.comment.no_name"))
    elif len(names.counts) > 1:
        said = phrase("importing.comment.spellings", spellings=spellings(names))
        comment(("agency", "name"), said)
    if not imported.fiscal_year:
        comment(("fiscal_year",), phrase("importing.comment.no_year"))


def spellings(names: Names) -> tuple[Phrase, ...]:
    """Each spelling of the agency's name with how often it is there."""
    return tuple(
        phrase("importing.spelling", name=name, count=count) for name, count in names.counts
    )


def column(field: str) -> Phrase:
    """What a column is called."""
    return phrase(f"importing.column.{field}")


def place(row: Row) -> Phrase:
    """Where a step stands in the report."""
    step = row.step
    gaps = {"issue": step.issue, "measure": step.measure, "number": step.number}
    return phrase("importing.step", **gaps)


def _doubts(imported: Imported, value: Value) -> Iterator[Phrase]:
    steps = tuple(imported.named(index) for index in value.steps)
    if value.certainty == "shared":
        yield phrase("importing.comment.shared", pieces=value.pieces, steps=steps)
    elif value.certainty == "by_position":
        yield phrase("importing.comment.by_position", steps=steps)
    if value.goes_on and value.text:
        yield phrase("importing.comment.goes_on")


def _unmatched(imported: Imported) -> Iterator[Phrase]:
    """The steps that fit no requirement, with their cells."""
    left = [row for row in imported.rows if row.match.requirement is None]
    if left:
        yield phrase("importing.comment.unmatched")
    for row in left:
        gaps = {"step": place(row), "text": row.step.text, "reason": row.match.reason}
        yield phrase("importing.unmatched_step", **gaps)
        for field in FIELDS:
            if said := plain(row.values[field].text):
                yield phrase("importing.cell", field=column(field), text=said)


def plain(said: Said) -> str:
    """A value as one text."""
    return said if isinstance(said, str) else " / ".join(said)


def _lines(one: Phrase, language: Language) -> list[str]:
    return one.say(language).split("\n")

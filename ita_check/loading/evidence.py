"""The evidence file: read, typed, and every error of it told at once."""

from __future__ import annotations

from datetime import date
from typing import Literal, cast

from ita_check.loading.files import FolderFiles
from ita_check.loading.reading import Reading, is_absent, unknown_key
from ita_check.loading.source import Mapping, Node, Scalar, Sequence, Source, decode, parse
from ita_check.loading.values import read_record, read_value
from ita_check.model import address
from ita_check.model.calendar import Period
from ita_check.model.catalogue import Catalogue, Frame, Kind
from ita_check.model.evidence import (
    Action,
    Agency,
    DeclaredException,
    Evidence,
    Record,
    SourceMap,
    Units,
)
from ita_check.texts import Phrase, phrase

NOTE = "note"


def read_evidence(
    name: str, data: bytes, catalogue: Catalogue, files: FolderFiles, sha256: str
) -> Evidence:
    """The evidence that the bytes of a file declare."""
    source = decode(name, data)
    root = parse(source)
    if root is None or (type(root) is Scalar and is_absent(root)):
        source.problem(phrase("problems.empty"), 0)
        source.fail_if_any()
    if type(root) is not Mapping:
        assert root is not None
        source.problem(phrase("problems.root_not_a_mapping"), root.start)
        source.fail_if_any()
    assert type(root) is Mapping
    return typed_evidence(source, root, catalogue, files, sha256)


def typed_evidence(
    source: Source, root: Mapping, catalogue: Catalogue, files: FolderFiles, sha256: str
) -> Evidence:
    """The evidence that the nodes of a file declare; raises with what `source` noted before too."""
    ids = frozenset(rule.id for rule in catalogue.requirements)
    reading = Reading(source, ids, files)
    sections = _sections(reading, root, catalogue)
    frame = catalogue.frame
    year = reading.year = _fiscal_year(reading, root, sections, frame)
    agency = _agency(reading, sections, frame)
    deadline = _deadline(reading, sections, frame)
    items = _items(reading, sections, catalogue)
    actions = _actions(reading, sections, catalogue)
    exceptions = _exceptions(reading, sections, catalogue)
    source.fail_if_any()
    assert year is not None, "a missing year is a problem"
    assert agency is not None, "a missing agency is a problem"
    return Evidence(
        source.name,
        sha256,
        agency,
        year,
        deadline,
        items,
        actions,
        exceptions,
        frozenset(reading.missing_files),
        SourceMap(source.shown, source.line_starts, reading.positions, source.cells),
    )


def _sections(reading: Reading, root: Mapping, catalogue: Catalogue) -> dict[str, Node]:
    """The top keys with something behind them."""
    allowed = tuple(catalogue.frame.file)
    found = {}
    for name, (key, value) in root.entries.items():
        if name not in allowed:
            unknown_key(reading, key, allowed, name, "unknown_section")
        elif not is_absent(value):
            reading.positions[name] = value.start
            found[name] = value
    return found


def _section(reading: Reading, sections: dict[str, Node], name: str) -> Mapping | None:
    """A section that has to be a mapping, None where it is not there."""
    node = sections.get(name)
    if node is None or type(node) is Mapping:
        return node
    reading.wrong(node, name, "not_a_mapping", field=name)
    return None


def _fiscal_year(
    reading: Reading, root: Mapping, sections: dict[str, Node], frame: Frame
) -> int | None:
    node = sections.get("fiscal_year")
    if node is None:
        entry = root.entries.get("fiscal_year")
        at = entry[0].start if entry else 0
        reading.source.problem(_lacks(reading, "fiscal_year"), at, 1, "fiscal_year")
        return None
    year = read_value(reading, node, frame.file["fiscal_year"], "fiscal_year")
    return year if isinstance(year, int) else None


def _agency(reading: Reading, sections: dict[str, Node], frame: Frame) -> Agency | None:
    node = _section(reading, sections, "agency")
    if node is None:
        if "agency" not in sections:
            reading.source.problem(_lacks(reading, "agency_name"), 0, 1, "agency.name")
        return None
    record = read_record(reading, node, frame.agency, "agency")
    name, website = record.values.get("name"), record.values.get("website")
    if "agency.name" not in reading.positions:
        reading.told(node, "agency.name", _lacks(reading, "agency_name"))
    own = address.host_of(website) if isinstance(website, str) else None
    hosts = (own, *record.listed("official_hosts")) if own else record.listed("official_hosts")
    if not isinstance(name, str):
        return None
    return Agency(name, website if isinstance(website, str) else None, hosts)


def _lacks(reading: Reading, what: str) -> Phrase:
    """That the head of the file lacks something, with what to do where a form has a cell for it."""
    return phrase(f"problems.lacks_{what}{'.form' if reading.source.cells else ''}")


def _deadline(reading: Reading, sections: dict[str, Node], frame: Frame) -> date | None:
    node = sections.get("deadline")
    if node is None:
        return None
    day = read_value(reading, node, frame.file["deadline"], "deadline")
    return day if isinstance(day, date) else None


def _items(
    reading: Reading, sections: dict[str, Node], catalogue: Catalogue
) -> dict[str, tuple[Record, ...]]:
    """The declared items by kind, in the order of the file."""
    node = _section(reading, sections, "evidence")
    found: dict[str, tuple[Record, ...]] = {}
    for name, (key, value) in node.entries.items() if node else ():
        path = f"evidence.{name}"
        kind = catalogue.kinds.get(name)
        if kind is None:
            unknown_key(reading, key, tuple(catalogue.kinds), path, "unknown_evidence_kind")
            continue
        if is_absent(value):
            continue
        reading.positions[path] = value.start
        rows = (
            [(row, f"{path}[{number}]") for number, row in enumerate(value.items)]
            if type(value) is Sequence
            else [(value, path)]
        )
        items = [item for row, at in rows if (item := _item(reading, row, kind, at))]
        if not items:
            reading.positions.pop(path, None)  # blank all through, so it counts as not there
        declared = tuple(item for item in items if item.values.keys() - {NOTE})
        if declared:
            found[name] = declared
    _forget_if_blank(reading, "evidence")
    return found


def _forget_if_blank(reading: Reading, section: str) -> None:
    """A section in which nothing stands counts as not there."""
    if not any(path.startswith(f"{section}.") for path in reading.positions):
        reading.positions.pop(section, None)


def _item(reading: Reading, node: Node, kind: Kind, path: str) -> Record | None:
    if is_absent(node):
        return None
    if type(node) is Mapping:
        item = read_record(reading, node, kind.fields, path)
        if not item.values:
            reading.positions.pop(path)
            return None
        return item
    reading.wrong(node, path, "item_not_a_mapping", kind=kind.name)
    return None


def _actions(
    reading: Reading, sections: dict[str, Node], catalogue: Catalogue
) -> dict[str, Action]:
    """The action rows by requirement id."""
    node = _section(reading, sections, "actions")
    ids = tuple(rule.id for rule in catalogue.requirements)
    found: dict[str, Action] = {}
    for name, (key, value) in node.entries.items() if node else ():
        path = f"actions.{name}"
        if name not in reading.requirements:
            unknown_key(reading, key, ids, path, "unknown_requirement")
        elif is_absent(value):
            continue
        elif type(value) is not Mapping:
            reading.wrong(value, path, "action_not_a_mapping", requirement=name)
        else:
            row = read_record(reading, value, catalogue.frame.action, path).values
            if not row:
                reading.positions.pop(path)
                continue
            found[name] = Action(
                cast("Units | None", row.get("responsible")),
                cast("Period | None", row.get("period")),
                cast("str | None", row.get("result")),
                cast("str | None", row.get("outcome")),
            )
    _forget_if_blank(reading, "actions")
    return found


def _exceptions(
    reading: Reading, sections: dict[str, Node], catalogue: Catalogue
) -> tuple[DeclaredException, ...]:
    """The declared exceptions; two for one requirement are a problem that names both lines."""
    node = sections.get("exceptions")
    rows = node.items if type(node) is Sequence else [] if node is None else [node]
    found: list[DeclaredException] = []
    first: dict[str, int] = {}
    for number, row in enumerate(rows):
        path = f"exceptions[{number}]"
        if is_absent(row):
            continue
        if type(row) is not Mapping:
            reading.wrong(row, path, "exception_not_a_mapping")
            continue
        record = read_record(reading, row, catalogue.frame.exception, path)
        if not any(record.at(name) in reading.positions for name in catalogue.frame.exception):
            continue  # a blank row
        exception = _exception(reading, row, record)
        requirement = record.values.get("requirement")
        if isinstance(requirement, str):
            line = reading.source.map.at(row.start).line
            if requirement in first:
                gaps = {"key": requirement, "line": line, "first": first[requirement]}
                reading.wrong(row, path, "duplicate_exception", **gaps)
            first.setdefault(requirement, line)
        if exception is not None:
            found.append(exception)
    return tuple(found)


def _exception(reading: Reading, node: Mapping, record: Record) -> DeclaredException | None:
    values = record.values
    needed = ["requirement", "status", "reason"]
    if values.get("status") == "waived":
        needed += ["approved_by", "expires"]
    missing = tuple(f"`{name}`" for name in needed if record.at(name) not in reading.positions)
    if missing:
        reading.wrong(
            node,
            record.path,
            "exception_lacks",
            missing=missing,
            id=values.get("requirement", record.path),
        )
    if any(name not in values for name in needed):
        return None
    waived = values["status"] == "waived"
    place = reading.source.map.at(node.start)
    return DeclaredException(
        record.path,
        cast("str", values["requirement"]),
        cast('Literal["not_applicable", "waived"]', values["status"]),
        cast("str", values["reason"]),
        cast("str | None", values.get("approved_by")),
        cast("date | None", values.get("expires")) if waived else None,
        place.line,
        place.column,
        place.cell,
    )

"""Rule files as a validated catalogue; every error of every file at once, with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ita_check.errors import CannotJudge, Problem
from ita_check.loading.reading import is_absent
from ita_check.loading.rule_document import (
    Document,
    parts_of,
    plain,
    text_of,
    unknown,
    validated,
)
from ita_check.loading.rule_fields import pointless, references, unfit
from ita_check.loading.rule_files import (
    CATALOGUE_FILE,
    FRAME_FILE,
    KINDS_FILE,
    RuleFile,
)
from ita_check.loading.source import Mapping, Node, Scalar, Sequence, decode, parse
from ita_check.loading.suggest import did_you_mean
from ita_check.model.catalogue import (
    Catalogue,
    Check,
    Field,
    FieldType,
    Frame,
    Issue,
    Kind,
    ListedValue,
    Measure,
    Requirement,
)
from ita_check.model.checks import CHECK_KINDS, ChannelBesides, OnOfficialHost, SeparateFrom
from ita_check.texts import Text, phrase

_REQUIREMENT_ID = re.compile(r"([1-9]\d{0,2})\.[1-9]\d{0,2}\.[1-9]\d{0,2}")
_FRAME_PARTS = ("file", "agency", "action", "exception", "common")
_FIELD_KEYS = ("type", "label", "values", "fields")


@dataclass
class _Building:
    """A catalogue while it is put together; later folders only add."""

    problems: list[Problem] = field(default_factory=list)
    id: str = ""
    title: Text | None = None
    documents: dict[str, Text] = field(default_factory=dict)
    frame: dict[str, dict[str, Field]] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    issues: dict[int, Text] = field(default_factory=dict)
    measures: dict[str, Text] = field(default_factory=dict)
    open_measures: set[str] = field(default_factory=set)
    requirements: dict[str, Requirement] = field(default_factory=dict)


def build_catalogue(folders: tuple[tuple[RuleFile, ...], ...], sha256: str) -> Catalogue:
    """The catalogue of the first folder's files with those of the others added, never replacing."""
    building = _Building()
    for number, files in enumerate(folders):
        _add_folder(building, files, added=number > 0)
    if not building.requirements and not building.problems:
        building.problems.append(Problem(phrase("problems.no_rules"), CATALOGUE_FILE))
    if building.problems or building.title is None:
        raise CannotJudge(tuple(building.problems))
    frame = building.frame
    return Catalogue(
        building.id,
        building.title,
        sha256,
        building.documents,
        _issues(building),
        building.kinds,
        Frame(frame["file"], frame["agency"], frame["action"], frame["exception"]),
    )


def _add_folder(building: _Building, files: tuple[RuleFile, ...], *, added: bool) -> None:
    building.open_measures = set()
    documents = [d for file in files if (d := _document(building, file)) is not None]
    named = {d.file.relative: d for d in documents}
    top = {CATALOGUE_FILE: _catalogue, FRAME_FILE: _frame}
    there = {file.relative for file in files}
    for relative in () if added or not files else (*top, KINDS_FILE):
        if relative not in there:
            name = files[0].name.removesuffix(files[0].relative) + relative
            building.problems.append(Problem(phrase("problems.no_such_file", hint=""), name))
    for relative, read in top.items():
        if relative in named and not added:
            read(building, named[relative])
    if KINDS_FILE in named:
        _kinds(building, named[KINDS_FILE])
    for document in documents:
        if document.file.describes_issue is not None:
            _issue(building, document)
    known = {KINDS_FILE} if added else {KINDS_FILE, *top}
    for document in documents:
        file = document.file
        if file.issue is not None:
            _requirement(building, document)
        elif file.describes_issue is None and file.relative not in known:
            document.wrong(document.root, "unknown_rule_file", text=file.relative)
    for document in documents:
        building.problems.extend(sorted(document.source.problems, key=lambda p: (p.line, p.column)))


def _document(building: _Building, file: RuleFile) -> Document | None:
    try:
        source = decode(file.name, file.data)
        root = parse(source)
        if type(root) is not Mapping:
            start = root.start if root is not None else 0
            source.problem(phrase("problems.rule_not_a_mapping"), start)
            source.fail_if_any()
    except CannotJudge as error:
        building.problems.extend(error.problems)
        return None
    assert type(root) is Mapping
    return Document(file, source, root)


def _catalogue(building: _Building, document: Document) -> None:
    for name, (key, value) in document.root.entries.items():
        if name == "id" and type(value) is Scalar:
            building.id = value.value
        elif name == "title":
            building.title = text_of(document, value)
        elif name == "documents" and type(value) is Mapping:
            for word, (_, text) in value.entries.items():
                building.documents[word] = text_of(document, text)
        else:
            unknown(document, key, ("id", "title", "documents"))
    for name in ("id", "title"):
        if name not in document.root.entries:
            document.wrong(document.root, "rule_lacks_key", key=name)


def _frame(building: _Building, document: Document) -> None:
    for name, (key, value) in document.root.entries.items():
        if name in _FRAME_PARTS:
            building.frame[name] = _fields(document, value)
        else:
            unknown(document, key, _FRAME_PARTS)
    for name in _FRAME_PARTS:
        if name not in building.frame:
            document.wrong(document.root, "rule_lacks_key", key=name)


def _kinds(building: _Building, document: Document) -> None:
    common = building.frame.get("common", {})
    for name, (key, value) in document.root.entries.items():
        if name in building.kinds:
            document.wrong(key, "kind_is_there", key=name)
            continue
        parts = parts_of(document, value, ("title", "fields"))
        title = text_of(document, parts["title"]) if "title" in parts else None
        if title is None:
            document.wrong(key, "rule_lacks_key", key="title")
            continue
        own = _fields(document, parts["fields"]) if "fields" in parts else {}
        building.kinds[name] = Kind(name, title, {**common, **own}, tuple(own))


def _fields(document: Document, node: Node) -> dict[str, Field]:
    if is_absent(node):
        return {}
    if type(node) is not Mapping:
        document.wrong(node, "not_a_mapping", field="fields")
        return {}
    found = {}
    for name, (key, value) in node.entries.items():
        parts = parts_of(document, value, _FIELD_KEYS)
        missing = [part for part in ("type", "label") if part not in parts]
        if missing:
            document.wrong(key, "rule_lacks_key", key=missing[0])
            continue
        kind = parts["type"]
        text = kind.value if type(kind) is Scalar else ""
        if text not in _FIELD_TYPES:
            guess = did_you_mean(text, _FIELD_TYPES)
            document.wrong(
                kind, "unknown_value", field="type", text=text, hint=guess, allowed=_FIELD_TYPES
            )
            continue
        if text in ("list", "choice", "numbers") and "values" not in parts:
            document.wrong(key, "rule_lacks_key", key="values")
        found[name] = Field(
            name,
            text,  # type: ignore[arg-type]  # one of the types, as just checked
            text_of(document, parts["label"]),
            _listed_values(document, parts["values"]) if "values" in parts else (),
            _fields(document, parts["fields"]) if "fields" in parts else None,
        )
    return found


_FIELD_TYPES: tuple[str, ...] = FieldType.__args__  # type: ignore[attr-defined]  # a Literal has them


def _listed_values(document: Document, node: Node) -> tuple[ListedValue, ...]:
    if type(node) is not Mapping:
        document.wrong(node, "not_a_mapping", field="values")
        return ()
    found = []
    for name, (_, value) in node.entries.items():
        parts = parts_of(document, value, ("th", "en", "group"))
        group = parts.pop("group", None)
        found.append(
            ListedValue(
                name, text_of(document, value), group.value if type(group) is Scalar else None
            )
        )
    return tuple(found)


def _issue(building: _Building, document: Document) -> None:
    number = document.file.describes_issue
    assert number is not None
    parts = parts_of(document, document.root, ("title", "measures"))
    if "title" in parts:
        if number in building.issues:
            document.wrong(parts["title"], "issue_is_there", number=number)
        else:
            building.issues[number] = text_of(document, parts["title"])
    elif number not in building.issues:
        document.wrong(document.root, "rule_lacks_key", key="title")
    measures = parts.get("measures")
    if measures is None or type(measures) is not Mapping:
        document.wrong(measures or document.root, "rule_lacks_key", key="measures")
        return
    for name, (key, value) in measures.entries.items():
        if not re.fullmatch(rf"{number}\.[1-9]\d{{0,2}}", name):
            document.wrong(key, "measure_not_of_issue", key=name, number=number)
        elif name in building.measures:
            document.wrong(key, "measure_is_there", key=name)
        else:
            titled = parts_of(document, value, ("title",))
            if "title" in titled:
                building.measures[name] = text_of(document, titled["title"])
                building.open_measures.add(name)
            else:
                document.wrong(key, "rule_lacks_key", key="title")


def _requirement(building: _Building, document: Document) -> None:
    content = plain(document.root)
    checks: list[tuple[Check, Node]] = []
    if "checks" in content:
        checks, content["checks"] = _checks(document, document.root.entries["checks"][1]), []
    rule = validated(document, Requirement, content, document.root)
    _check_identity(building, document, rule)
    if rule is None:
        return
    rule = rule._replace(checks=tuple(check for check, _ in checks))
    _check_kinds(building, document, rule, checks)
    building.requirements[rule.id] = rule


def _check_identity(building: _Building, document: Document, rule: Requirement | None) -> None:
    entry = document.root.entries.get("id")
    if entry is None or type(entry[1]) is not Scalar or rule is None:
        return
    node = entry[1]
    match = _REQUIREMENT_ID.fullmatch(rule.id)
    if match is None or rule.id != document.file.stem or int(match[1]) != document.file.issue:
        expected = f"issue-{document.file.issue}/{document.file.stem}"
        document.wrong(node, "id_is_not_path", key=rule.id, text=expected)
    elif rule.id in building.requirements:
        document.wrong(node, "requirement_is_there", key=rule.id)
    elif rule.measure not in building.measures:
        document.wrong(node, "unknown_measure", key=rule.measure)
    elif rule.measure not in building.open_measures:
        document.wrong(node, "measure_is_closed", key=rule.measure)


def _check_kinds(
    building: _Building,
    document: Document,
    rule: Requirement,
    checks: list[tuple[Check, Node]],
) -> None:
    names = tuple(building.kinds)
    at = document.root.entries["kinds"][1]
    if not rule.kinds:
        document.wrong(at, "rule_lacks_key", key="kinds")
    unknown = [name for name in rule.kinds if name not in building.kinds]
    for name in unknown:
        document.wrong(at, "unknown_kind", key=name, hint=did_you_mean(name, names))
    if unknown:
        return
    for check, node in checks:
        if isinstance(check.test, ChannelBesides) and not rule.publication:
            document.wrong(node, "rule_lacks_key", key="publication")
        if isinstance(check.test, SeparateFrom) and check.test.kind not in building.kinds:
            hint = did_you_mean(check.test.kind, names)
            document.wrong(node, "unknown_kind", key=check.test.kind, hint=hint)
        for name in rule.kinds:
            fields = building.kinds[name].fields
            for reference in references(check.test):
                word = unfit(reference, fields)
                if word is not None:
                    hint = did_you_mean(word, tuple(fields)) if word not in fields else ""
                    document.wrong(node, "check_does_not_fit", key=word, kind=name, hint=hint)


def _checks(document: Document, node: Node) -> list[tuple[Check, Node]]:
    """The checks that are valid, each with its node."""
    if type(node) is not Sequence:
        document.wrong(node, "checks_not_a_list")
        return []
    found: list[tuple[Check, Node]] = []
    for item in node.items:
        if type(item) is not Mapping:
            document.wrong(item, "not_a_mapping", field="checks")
            continue
        content = plain(item)
        kinds = [name for name in item.entries if name in CHECK_KINDS]
        if len(kinds) != 1:
            key = next(iter(item.entries.values()))[0] if item.entries else item
            word = key.value if type(key) is Scalar else ""
            hint = did_you_mean(word, tuple(CHECK_KINDS))
            document.wrong(key, "unknown_check", key=word, hint=hint, allowed=tuple(CHECK_KINDS))
            continue
        node_of = item.entries[kinds[0]][1]
        test = validated(document, CHECK_KINDS[kinds[0]], content.pop(kinds[0]) or {}, node_of)
        unable = pointless(test) if test is not None else None
        if unable is not None:
            document.wrong(node_of, "rule_value", key=unable, reason=getattr(test, unable))
        if "test" in item.entries:  # a field of the model, but no key of a rule
            unknown(document, item.entries["test"][0], ("source", "level", "page"))
            content.pop("test")
        # The rest of a check is told whatever its test is.
        check = validated(
            document, Check, {"test": OnOfficialHost() if test is None else test, **content}, item
        )
        if check is not None and test is not None:
            found.append((check, item))
    return found


def _issues(building: _Building) -> tuple[Issue, ...]:
    def by_number(name: str) -> tuple[int, ...]:
        return tuple(int(part) for part in name.split("."))

    rules = sorted(building.requirements.values(), key=lambda rule: by_number(rule.id))
    return tuple(
        Issue(
            number,
            building.issues[number],
            tuple(
                Measure(
                    measure,
                    building.measures[measure],
                    tuple(rule for rule in rules if rule.measure == measure),
                )
                for measure in sorted(building.measures, key=by_number)
                if int(measure.partition(".")[0]) == number
            ),
        )
        for number in sorted(building.issues)
    )

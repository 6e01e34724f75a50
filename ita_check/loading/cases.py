"""The cases of a rule: named evidence, and what the rule has to say of it.

They are the rule's tests and the examples that `ita-check explain` shows.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import NamedTuple

from ita_check.characters import normalised
from ita_check.loading import dates
from ita_check.loading.reading import is_absent
from ita_check.loading.rule_files import CASES_FOLDER, bundled_folder
from ita_check.loading.source import Mapping, Node, Scalar, Sequence, Source, decode, parse
from ita_check.loading.suggest import did_you_mean
from ita_check.texts import phrase

FISCAL_YEAR = 2567
_HEAD = f"""\
agency:
  name: เทศบาลนครตัวอย่าง
  website: https://www.example.go.th
fiscal_year: {FISCAL_YEAR}
"""
_ACTION = """\
"{id}":
  responsible: สำนักปลัดเทศบาล
  period: 1 ต.ค. 2566 - 30 ก.ย. 2567
  result: ดำเนินการแล้วตามแผน
  outcome: ประชาชนได้รับทราบข้อมูล
"""
_CASE_KEYS = ("name", "expect", "evidence", "findings", "as_of", "actions", "exceptions")


class ExpectedFinding(NamedTuple):
    """A finding that a case expects."""

    code: str
    level: str
    path: str


class Case(NamedTuple):
    """One case: what is declared, as YAML text, and the status and findings it comes to.

    `as_of` is a day as an officer writes it. `actions` is None where the usual row is meant.
    `file` and `line` are where it stands.
    """

    name: str
    expect: str
    evidence: str
    findings: tuple[ExpectedFinding, ...]
    as_of: str
    actions: str | None
    exceptions: str
    file: str
    line: int

    def evidence_file(self, requirement: str) -> str:
        """The whole evidence file of the case."""
        actions = _ACTION.format(id=requirement) if self.actions is None else self.actions
        parts = {"evidence": self.evidence, "actions": actions, "exceptions": self.exceptions}
        return _HEAD + "".join(
            f"{name}:\n{textwrap.indent(text, '  ')}" for name, text in parts.items() if text
        )


def load_cases(requirement: str, added: tuple[Path, ...] = ()) -> tuple[Case, ...]:
    """The cases of a requirement, those of added rule folders from their `cases` folder."""
    issue = requirement.partition(".")[0]
    folders = (bundled_folder("_cases", "fixtures/rules"), *(f / CASES_FOLDER for f in added))
    found: list[Case] = []
    for folder in folders:
        file = folder / f"issue-{issue}" / f"{requirement}.yaml"
        if file.is_file():
            found.extend(read_cases(str(file), file.read_bytes()))
    return tuple(found)


def read_cases(name: str, data: bytes) -> tuple[Case, ...]:
    """The cases of one file; raises `CannotJudge` with every problem of it."""
    source = decode(name, data)
    root = parse(source)
    cases = []
    if type(root) is Sequence:
        cases = [case for item in root.items if (case := _case(source, item)) is not None]
    elif not source.problems:
        start = root.start if root is not None else 0
        source.problem(phrase("problems.not_a_mapping", field="cases"), start)
    source.fail_if_any()
    return tuple(cases)


def _case(source: Source, item: Node) -> Case | None:
    values = _mapping(source, item, _CASE_KEYS, ("name", "expect", "evidence", "findings"))
    if values is None:
        return None
    texts = {name: values[name] for name in ("name", "expect", "as_of") if name in values}
    said = {name: _scalar(source, node, name) for name, node in texts.items()}
    as_of = said.setdefault("as_of", f"{FISCAL_YEAR}-09-30")
    try:
        dates.read_day(normalised(as_of), FISCAL_YEAR)
    except dates.Unreadable as error:
        source.problem(error.message, texts["as_of"].start, len(as_of))
    findings = values["findings"]
    if type(findings) is not Sequence:
        source.problem(phrase("problems.not_a_mapping", field="findings"), findings.start)
        return None
    expected = [_expected(source, node) for node in findings.items]
    return Case(
        said["name"],
        said["expect"],
        _text(source, values["evidence"]),
        tuple(one for one in expected if one is not None),
        as_of,
        _text(source, values["actions"]) if "actions" in values else None,
        _text(source, values["exceptions"]) if "exceptions" in values else "",
        source.name,
        source.map.at(item.start).line,
    )


def _expected(source: Source, node: Node) -> ExpectedFinding | None:
    keys = ExpectedFinding._fields
    values = _mapping(source, node, keys, keys)
    if values is None:
        return None
    return ExpectedFinding(**{name: _scalar(source, values[name], name) for name in keys})


def _mapping(
    source: Source, node: Node, allowed: tuple[str, ...], needed: tuple[str, ...]
) -> dict[str, Node] | None:
    """The values of a mapping with these keys, None where a problem is noted."""
    if type(node) is not Mapping:
        source.problem(phrase("problems.not_a_mapping", field="cases"), node.start)
        return None
    before = len(source.problems)
    for name, (key, _) in node.entries.items():
        if name not in allowed:
            hint = did_you_mean(name, allowed)
            message = phrase("problems.unknown_field", key=name, hint=hint, allowed=allowed)
            source.problem(message, key.start, key.end - key.start)
    for name in needed:
        if name not in node.entries:
            source.problem(phrase("problems.rule_lacks_key", key=name), node.start)
    if len(source.problems) > before:
        return None
    return {name: value for name, (_, value) in node.entries.items()}


def _scalar(source: Source, node: Node, name: str) -> str:
    if type(node) is Scalar:
        return node.value
    source.problem(phrase("problems.one_value", field=name), node.start)
    return ""


def _text(source: Source, node: Node) -> str:
    """A collection as it stands in the file, moved to the left margin; empty if it is empty."""
    if is_absent(node):
        return ""
    if source.text[node.start] in "{[":
        return source.text[node.start : node.end] + "\n"
    start = source.line_starts[source.map.at(node.start).line - 1]
    lines = source.text[start : node.end].splitlines()
    while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
        lines.pop()
    return textwrap.dedent("\n".join(lines)) + "\n"

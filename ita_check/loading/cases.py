"""The cases of a rule: named evidence, and what the rule has to say of it.

They are the rule's tests and the examples that `ita-check explain` shows.
"""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import NamedTuple

from ita_check.errors import CannotJudge, Problem
from ita_check.loading.rule_files import CASES_FOLDER, bundled_folder
from ita_check.loading.source import Mapping, Node, Scalar, Sequence, Source, decode, parse
from ita_check.loading.values import is_absent
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
    """

    name: str
    expect: str
    evidence: str
    findings: tuple[ExpectedFinding, ...]
    as_of: str
    actions: str | None
    exceptions: str

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
    """The cases of one file; raises `CannotJudge` where it is not a list of cases."""
    source = decode(name, data)
    root = parse(source)
    source.fail_if_any()
    if type(root) is not Sequence:
        raise CannotJudge((Problem(phrase("problems.not_a_mapping", field="cases"), name, 1, 1),))
    return tuple(_case(source, item) for item in root.items)


def _case(source: Source, item: Node) -> Case:
    if type(item) is not Mapping:
        raise _bad(source, item, "not a mapping")
    values = {name: value for name, (_, value) in item.entries.items()}
    unknown = sorted(values.keys() - set(_CASE_KEYS))
    missing = sorted(set(_CASE_KEYS[:4]) - values.keys())
    if unknown or missing:
        raise _bad(source, item, f"unknown {unknown}, missing {missing}")
    findings = values["findings"]
    if type(findings) is not Sequence:
        raise _bad(source, findings, "findings are a list")
    return Case(
        _scalar(source, values["name"]),
        _scalar(source, values["expect"]),
        _text(source, values["evidence"]),
        tuple(_expected(source, node) for node in findings.items),
        _scalar(source, values["as_of"]) if "as_of" in values else f"{FISCAL_YEAR}-09-30",
        _text(source, values["actions"]) if "actions" in values else None,
        _text(source, values["exceptions"]) if "exceptions" in values else "",
    )


def _expected(source: Source, node: Node) -> ExpectedFinding:
    if type(node) is not Mapping or set(node.entries) != set(ExpectedFinding._fields):
        raise _bad(source, node, f"a finding has {', '.join(ExpectedFinding._fields)}")
    return ExpectedFinding(
        **{name: _scalar(source, value) for name, (_, value) in node.entries.items()}
    )


def _scalar(source: Source, node: Node) -> str:
    if type(node) is not Scalar:
        raise _bad(source, node, "one value is expected")
    return node.value


def _bad(source: Source, node: Node, reason: str) -> CannotJudge:
    source.problem(phrase("problems.bad_case", reason=reason), node.start)
    return CannotJudge(tuple(source.problems))


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

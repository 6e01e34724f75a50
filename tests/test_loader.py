"""The evidence file as it is read: places, duplicate keys, unknown words, limits, and `file`."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from rich.cells import cell_len
from support import COMPLETE, ROOT, SEED, catalogue, findings_of, run, run_json

from ita_check.cli import main
from ita_check.texts import phrase

AS_OF = "2570-09-30"
HEAD = """\
agency:
  name: เทศบาลตัวอย่าง
  website: https://www.example.go.th
fiscal_year: 2570
"""
DONE = "{responsible: กองคลัง, period: 1 ต.ค. 2569 - 30 ก.ย. 2570}"
MIB = 1024 * 1024
POSIX = pytest.mark.skipif(os.name != "posix", reason="needs FIFOs and links as POSIX has them")


class Outcome(NamedTuple):
    """What one call of the command came to."""

    code: int
    report: Any
    stderr: str

    @property
    def problems(self) -> list[tuple[int, int, str, str]]:
        """The errors of a file that was not judged: line, column, path, message."""
        found = self.report.get("error", [])
        return [(e["line"], e["column"], e["path"], e["message"]) for e in found]

    @property
    def places(self) -> list[tuple[int, int, str]]:
        """The places of those errors alone."""
        return [problem[:3] for problem in self.problems]

    def findings(self, requirement: str) -> list[tuple[str, str, int, int]]:
        """The findings of a requirement: code, path, line, column."""
        return [flat(finding) for finding in findings_of(self.report, requirement)]


Check = Callable[..., Outcome]


def says(key: str, /, **gaps: object) -> str:
    """A message of the program in English."""
    return phrase(f"problems.{key}", **gaps).say("en")


def meant(word: str) -> object:
    """What a message asks where something is misspelt."""
    return phrase("problems.did_you_mean", word=word)


def flat(finding: dict[str, Any]) -> tuple[str, str, int, int]:
    """What says where a finding is."""
    return finding["code"], finding["path"], finding["line"], finding["column"]


def everything(report: Any) -> list[tuple[str, str, str, int, int]]:
    """Every finding of a report, with the requirement that it belongs to."""
    return [("", *flat(finding)) for finding in report["findings"]] + [
        (entry["id"], *flat(finding))
        for issue in report["issues"]
        for entry in issue["requirements"]
        for finding in entry["findings"]
    ]


@pytest.fixture
def check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Check:
    """The command on a file with the content given, in this process."""

    def check(content: str | bytes, *arguments: str) -> Outcome:
        file = tmp_path / "evidence.yaml"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        words = [str(file), "--format", "json", "--lang", "en", "--as-of", AS_OF, *arguments]
        code = main(words)
        out, err = capsys.readouterr()
        return Outcome(code, json.loads(out), err.replace(str(file), "evidence.yaml"))

    return check


# Places of problems


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("deadline: soon\n", (5, 11, "deadline"), id="plain"),
        pytest.param("deadline:    soon\n", (5, 14, "deadline"), id="spaces before the value"),
        pytest.param("deadline:\tsoon\n", (5, 11, "deadline"), id="a tab before the value"),
        pytest.param("deadline:\n  soon\n", (6, 3, "deadline"), id="value on the next line"),
        pytest.param("deadline: 'soon'\n", (5, 11, "deadline"), id="single quotes"),
        pytest.param('"deadline": "soon"\n', (5, 13, "deadline"), id="quoted key and value"),
        pytest.param("? deadline\n: soon\n", (6, 3, "deadline"), id="explicit key"),
        pytest.param("deadline: >-\n  soon\n  enough\n", (5, 11, "deadline"), id="folded block"),
        pytest.param("deadline: |\n  soon\n", (5, 11, "deadline"), id="literal block"),
        pytest.param("# ก\n\n  # ข\ndeadline: soon # ค\n", (8, 11, "deadline"), id="comments"),
        pytest.param("deadline: # ก\n  # ข\n  soon\n", (7, 3, "deadline"), id="comment between"),
        pytest.param("deadline: soon", (5, 11, "deadline"), id="no end of the last line"),
        pytest.param(
            "evidence: {hr_plan: {title: แผนพัฒนาทรัพยากรบุคคล, published_on: soon}}\n",
            (5, 66, "evidence.hr_plan.published_on"),
            id="flow style, after Thai text with combining marks",
        ),
        pytest.param(
            "evidence: {hr_plan: {title: 📄📄, published_on: soon}}\n",
            (5, 47, "evidence.hr_plan.published_on"),
            id="after characters beyond the basic plane",
        ),
        pytest.param(
            "evidence:\n  hr_plan:\n    - title: ก\n    - ~\n    - title: ข\n"
            "      published_on: soon\n",
            (10, 21, "evidence.hr_plan[2].published_on"),
            id="list of items, one of them null",
        ),
        pytest.param(
            "evidence:\n  ethics_training:\n    sessions:\n"
            "      - held_on: 2570-01-05\n      - held_on:\n          - 2570-01-06\n"
            "          - soon\n",
            (11, 13, "evidence.ethics_training.sessions[1].held_on[1]"),
            id="list in a list of records",
        ),
        pytest.param(
            "evidence: {ethics_training: [{sessions: {held_on: [2570-01-05, soon]}}]}\n",
            (5, 64, "evidence.ethics_training[0].sessions.held_on[1]"),
            id="one record where a list is allowed has no index",
        ),
        pytest.param(
            "evidence:\n  contact:\n    channels:\n    -   website\n    -   ''\n    -   web\n",
            (10, 9, "evidence.contact.channels[2]"),
            id="a blank value keeps its index",
        ),
        pytest.param(
            "actions:\n  6.1.1: {period: soon}\n",
            (6, 19, "actions.6.1.1.period"),
            id="requirement id as a plain key",
        ),
        pytest.param(
            "actions:\n  '6.1.10':\n    period: soon\n",
            (6, 3, "actions.6.1.10"),
            id="unknown requirement id stands at its key",
        ),
        pytest.param(
            "actions:\n  ๗.๑.๑๐: {period: {from: 2570-01-01, to: soon}}\n",
            (6, 43, "actions.7.1.10.period.to"),
            id="requirement id in Thai digits",
        ),
        pytest.param(
            "exceptions:\n- {requirement: 1.1.1, status: not_applicable, reason: ก}\n"
            "- {requirement: 1.1.2, status: waived, reason: ก, approved_by: ข, expires: soon}\n",
            (7, 76, "exceptions[1].expires"),
            id="exception",
        ),
        pytest.param(
            "exceptions: {requirement: 1.1.2, status: waved, reason: ก}\n",
            (5, 42, "exceptions[0].status"),
            id="one exception without a list",
        ),
    ],
)
def test_a_problem_stands_at_its_value(
    check: Check, text: str, place: tuple[int, int, str]
) -> None:
    """A wrong value is told once, at its first character, counted in characters from 1."""
    outcome = check(HEAD + text)
    assert (outcome.code, outcome.places) == (2, [place])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no BOM", "BOM"])
def test_ends_of_lines_and_a_bom_move_nothing(check: Check, end: str, mark: str) -> None:
    """LF, CRLF and CR end a line each, and a byte order mark is no column."""
    text = "fiscal_year: 69\n# ก\nagency:\n  name: ก\n  website: x\n\ndeadline: soon\n"
    outcome = check(mark + text.replace("\n", end))
    assert outcome.code == 2
    assert outcome.places == [
        (1, 14, "fiscal_year"),
        (5, 12, "agency.website"),
        (7, 11, "deadline"),
    ]


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["no BOM", "BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_findings_stand_where_they_stood(check: Check, end: str, mark: str) -> None:
    """All findings of the seed's evidence keep line and column, whatever ends its lines."""
    text = SEED.read_text(encoding="utf-8")
    expected = everything(check(text).report)
    assert len(expected) > 100
    assert everything(check(mark + text.replace("\n", end)).report) == expected


def test_comments_above_move_findings_down(check: Check) -> None:
    """Three lines of comment move each finding three lines, but for those of nothing at all."""
    text = SEED.read_text(encoding="utf-8")
    before = everything(check(text).report)
    after = everything(check("# ก\n#\n\n" + text).report)
    moved = [(one, code, path, line + 3, column) for one, code, path, line, column in before]
    assert after == moved


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("'กอง{}คลัง'", id="single quotes"),
        pytest.param('"กอง{}คลัง"', id="double quotes"),
        pytest.param("กอง{}คลัง", id="no quotes"),
    ],
)
@pytest.mark.parametrize(
    "character",
    ["\u0085", "\u2028", "\u2029", "\u200b", "\u200e", "\ufeff"],
    ids=lambda character: f"U+{ord(character):04X}",
)
def test_unseen_characters_in_text(check: Check, text: str, character: str) -> None:
    """An invisible character is kept in free text, ends no line, and moves no line below it."""
    row = f"actions:\n  5.1.5:\n    responsible: {text.format(character)}\n    result: ข\n"
    outcome = check(f"{HEAD}{row}evidence:\n  procurement_report: {{fiscal_year: 2570}}\n")
    assert outcome.problems == []
    units = [r["responsible"] for r in outcome.report["issues"][4]["requirements"]]
    assert units[4] == f"กอง{character}คลัง"
    assert outcome.findings("5.1.5") == [
        ("wrong_fiscal_year", "evidence.procurement_report.fiscal_year", 10, 37),
        ("period_missing", "actions.5.1.5.period", 7, 5),
    ]


@pytest.mark.parametrize("character", ["\u0085", "\u2028", "\u2029"], ids=["NEL", "LS", "PS"])
def test_unseen_characters_in_a_comment(check: Check, character: str) -> None:
    """A line separator that is no end of a line does not end a comment either."""
    outcome = check(f"# ก{character}ข: ค\n{HEAD}deadline: soon\n")
    assert (outcome.code, outcome.places) == (2, [(6, 11, "deadline")])


# Places of findings


def test_finding_at_its_value(check: Check) -> None:
    """A finding stands at the value that is wrong, a list at its first character."""
    outcome = check(
        HEAD + "evidence:\n"
        "  procurement_list:   # ก\n"
        "    - ~\n"
        "    - title: รายการจัดซื้อ\n"
        "      'fiscal_year': ๒๕๖๙\n"
        "      complete: no\n"
        "  service_manual: {title: คู่มือ, covers: [name]}\n"
        "  codes_of_ethics:\n"
        "    codes:\n"
        "      - local_executives\n"
        "  no_gift_activity:\n"
        "    held_on: >\n"
        "      5 ม.ค. 2569\n"
        "actions:\n" + "".join(f"  {id_}: {DONE}\n" for id_ in ("5.1.1", "1.1.1", "6.1.7", "7.1.4"))
    )
    assert outcome.code == 1
    assert outcome.findings("5.1.1") == [
        ("wrong_fiscal_year", "evidence.procurement_list[1].fiscal_year", 9, 22),
        ("not_confirmed", "evidence.procurement_list[1].complete", 10, 17),
    ]
    assert outcome.findings("1.1.1") == [("part_missing", "evidence.service_manual.covers", 11, 43)]
    assert outcome.findings("6.1.7") == [("part_missing", "evidence.codes_of_ethics.codes", 14, 7)]
    assert outcome.findings("7.1.4") == [
        ("outside_fiscal_year", "evidence.no_gift_activity.held_on", 16, 14)
    ]


def test_finding_of_what_is_absent(check: Check) -> None:
    """What is not there stands at its nearest parent that is there."""
    outcome = check(
        HEAD + "evidence:\n"
        "  procurement_list: {title: ก, complete: yes, fiscal_year: }\n"
        "  procurement_report:\n"
        "    - {title: ' '}\n"
        "    - title: ก\n"
        "  e_service: {services: [{name: ก}]}\n"
        "  procurement_plan:\n"
        "    fiscal_year: 2570\n"
        "    over_500k: ไม่มี\n"
        "    none_declaration: {announced_on: 5 ต.ค. 2569}\n"
        "actions:\n"
        "  5.1.1: {result: ก}\n"
        "  5.1.2: {responsible: ' ', period: ~, result: ก}\n"
        "  5.1.5:\n"
        f"  1.1.4: {DONE}\n"
    )
    assert outcome.findings("5.1.1") == [
        ("field_missing", "evidence.procurement_list.fiscal_year", 6, 21),
        ("responsible_missing", "actions.5.1.1.responsible", 16, 10),
        ("period_missing", "actions.5.1.1.period", 16, 10),
    ]
    assert outcome.findings("5.1.5") == [
        ("field_missing", "evidence.procurement_report[1].fiscal_year", 9, 7),
        ("responsible_missing", "actions.5.1.5", 16, 3),
        ("period_missing", "actions.5.1.5", 16, 3),
    ]
    assert outcome.findings("1.1.4") == [
        ("field_missing", "evidence.e_service.services[0].url", 10, 26)
    ]
    assert outcome.findings("5.1.2")[1:] == [
        ("responsible_missing", "actions.5.1.2.responsible", 17, 10),
        ("period_missing", "actions.5.1.2.period", 17, 10),
    ]
    assert outcome.findings("5.1.3") == [
        ("not_declared", "evidence.procurement_notices", 6, 3),
        ("responsible_missing", "actions.5.1.3", 16, 3),
        ("period_missing", "actions.5.1.3", 16, 3),
    ]


@pytest.mark.parametrize("text", ["", "evidence:\nactions: ~\n", "evidence: {}\nactions: []\n"])
def test_finding_without_any_parent(check: Check, text: str) -> None:
    """Where no parent is there either, the place is 1:1."""
    outcome = check(HEAD + text)
    assert outcome.code == 1
    assert outcome.findings("6.1.1") == [
        ("not_declared", "evidence.hr_plan", 1, 1),
        ("responsible_missing", "actions.6.1.1", 1, 1),
        ("period_missing", "actions.6.1.1", 1, 1),
    ]


def test_findings_of_the_file(check: Check) -> None:
    """An exception's finding stands at its `expires`, and a missing website at the agency."""
    outcome = check(
        "fiscal_year: 2570\nagency: {name: ก}\nexceptions:\n"
        "  - {requirement: 1.1.1, status: not_applicable, reason: ก}\n"
        "  - requirement: 1.1.2\n"
        "    status: waived\n"
        "    reason: ก\n"
        "    approved_by: ข\n"
        "    expires: 2570-09-29\n"
    )
    assert [flat(finding) for finding in outcome.report["findings"]] == [
        ("website_missing", "agency.website", 2, 9),
        ("waiver_expired", "exceptions[1].expires", 9, 14),
    ]


def composed_places(text: str) -> dict[str, tuple[int, int]]:
    """Where PyYAML's own composer sees the value of each path that is not null."""
    places: dict[str, tuple[int, int]] = {}

    def walk(node: yaml.Node, path: str) -> None:
        if isinstance(node, yaml.ScalarNode) and node.value in ("", "~", "null"):
            return
        places[path] = (node.start_mark.line + 1, node.start_mark.column + 1)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                walk(value, f"{path}.{key.value}".lstrip("."))
        elif isinstance(node, yaml.SequenceNode):
            for number, value in enumerate(node.value):
                walk(value, f"{path}[{number}]")

    walk(yaml.compose(text, Loader=yaml.SafeLoader), "")
    del places[""]
    return places


@pytest.mark.parametrize("file", [SEED, COMPLETE], ids=lambda file: file.parent.name)
def test_places_as_another_reader_sees_them(check: Check, file: Path) -> None:
    """Every finding stands where PyYAML's composer sees its path, or its nearest parent."""
    text = file.read_text(encoding="utf-8").replace("2570", "2573").replace("2567", "2572")
    places = composed_places(text)
    found = everything(check(text).report)
    assert len(found) > 10
    for requirement, code, path, line, column in found:
        there = path
        while there and there not in places:
            there = re.sub(r"(?:\[\d+\]|\.?\d+\.\d+\.\d+|\.?[^.\[\]]+)$", "", there)
        assert (line, column) == places.get(there, (1, 1)), (requirement, code, path)


# Duplicate keys


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "deadline: 2570-01-01\ndeadline: 2570-01-01\n",
            [(6, 1, "deadline", 5, 6)],
            id="the same value",
        ),
        pytest.param("deadline:\ndeadline:\n", [(6, 1, "deadline", 5, 6)], id="both null"),
        pytest.param(
            "evidence:\n  hr_plan:\n    title: ก\n    note: ข\n    title: ค\n",
            [(9, 5, "title", 7, 9)],
            id="in an item",
        ),
        pytest.param(
            "evidence: {hr_plan: {title: ก, title: ข, title: ค}}\n",
            [(5, 32, "title", 5, 5), (5, 42, "title", 5, 5)],
            id="three times on one line",
        ),
        pytest.param(
            "evidence:\n  hr_plan: {title: ก}\n  'hr_plan': {title: ข}\n",
            [(7, 3, "hr_plan", 6, 7)],
            id="a kind, once in quotes",
        ),
        pytest.param(
            'actions:\n  "6.1.1": {result: ก}\n  6.1.1: {result: ก}\n  ๖.๑.๑: {result: ก}\n',
            [(7, 3, "6.1.1", 6, 7), (8, 3, "๖.๑.๑", 6, 8)],
            id="a requirement, once in Thai digits",
        ),
        pytest.param(
            "evidence:\n  hr_plan:\n    in_force: {from: 2570-01-01, to: 2570-02-01, from: ก}\n",
            [(7, 50, "from", 7, 7)],
            id="in a period",
        ),
    ],
)
def test_duplicate_keys_name_both_lines(
    check: Check, text: str, expected: list[tuple[int, int, str, int, int]]
) -> None:
    """A key that stands twice is an error at the second that names the lines of both."""
    outcome = check(HEAD + text)
    assert outcome.code == 2
    assert [(line, column, message) for line, column, _, message in outcome.problems] == [
        (
            line,
            column,
            says("duplicate_key", key=key, first=first, line=second),
        )
        for line, column, key, first, second in expected
    ]


def test_duplicate_exceptions_name_both_lines(check: Check) -> None:
    """Two exceptions for one requirement are an error that names the lines of both."""
    row = "{requirement: 4.1.2, status: not_applicable, reason: ก}"
    outcome = check(f"{HEAD}exceptions:\n  - {row.replace('4.1.2', '๔.๑.๒')}\n  - ~\n  - {row}\n")
    message = says("duplicate_exception", key="4.1.2", first=6, line=8)
    assert (outcome.code, outcome.problems) == (2, [(8, 5, "exceptions[2]", message)])


# Everything at once, shown and underlined


FAULTY = """\
agency:
  name: ""
  website: www.example.go.th
fiscal_year: 2024
deadline: 31 เม.ย. 2570
evidense: {}
evidence:
  hr_plan: {titel: แผน, in_force: [2570], published_on: "ที่ 1\u200b"}
  hr_plann: {}
  contact: โทร 02
actions:
  "6.1.1":
    result: [ก]
exceptions:
  - {requirement: 9.9.9, status: waived}
"""
CONTACT_FIELDS = (
    *("title", "url", "file", "fiscal_year", "published_on", "channels", "audience", "unit"),
    *("document_no", "where", "note"),
)
SECTIONS = ("agency", "fiscal_year", "deadline", "evidence", "actions", "exceptions")
TOLD = [
    (2, 3, 1, says("lacks_agency_name")),
    (3, 12, 17, says("not_a_url", text="www.example.go.th")),
    (4, 14, 4, says("gregorian_year", text="2024", meant=2567)),
    (5, 11, 14, says("no_such_day", text="31 เม.ย. 2570", month="April", year=2570, last=30)),
    (6, 1, 8, says("unknown_section", key="evidense", hint=meant("evidence"), allowed=SECTIONS)),
    (
        *(8, 13, 5),
        says(
            "unknown_field",
            key="titel",
            hint=meant("title"),
            allowed=(*CONTACT_FIELDS, "in_force"),
        ),
    ),
    (8, 35, 1, says("one_value", field="in_force")),
    (8, 57, 8, says("invisible", field="published_on", character="U+200B ZERO WIDTH SPACE")),
    (9, 3, 8, says("unknown_evidence_kind", key="hr_plann", hint=meant("hr_plan"))),
    (10, 12, 6, says("item_not_a_mapping", kind="contact")),
    (13, 13, 1, says("one_value", field="result")),
    (
        15,
        5,
        1,
        says("exception_lacks", id="exceptions[0]", missing="`reason`, `approved_by`, `expires`"),
    ),
    (15, 19, 5, says("unknown_requirement", key="9.9.9", hint="")),
]


def one_space(text: str) -> str:
    """A text on one line, without the spaces that wrapping takes or adds."""
    return " ".join(text.split())


def blocks(stderr: str) -> list[tuple[str, str, str, str]]:
    """What standard error says of each problem: place, message, line of the file, mark below."""
    found = []
    for block in stderr.removesuffix("\n").split("\n\n")[:-1]:
        place, *message, shown, under = block.split("\n")
        found.append((place, one_space(" ".join(message)), shown, under))
    return found


def test_all_errors_at_once(check: Check) -> None:
    """Every error of a file is told in its order, with its line and a mark below the value."""
    outcome = check(FAULTY)
    assert outcome.code == 2
    assert [(line, column, message) for line, column, _, message in outcome.problems] == [
        (line, column, message) for line, column, _, message in TOLD
    ]
    lines = FAULTY.splitlines()
    assert blocks(outcome.stderr) == [
        (
            f"evidence.yaml:{line}:{column}",
            one_space(f"✗ {message}"),
            f"    {line} │ {lines[line - 1]}",
            f"    {' ' * len(str(line))} │ "
            + " " * cell_len(lines[line - 1][: column - 1])
            + "^" * cell_len(lines[line - 1][column - 1 : column - 1 + width]),
        )
        for line, column, width, message in TOLD
    ]
    count = phrase("report.problems_count", count=len(TOLD)).say("en")
    assert one_space(outcome.stderr.split("\n\n")[-1]) == one_space(count)


def test_all_errors_at_once_in_a_process(tmp_path: Path) -> None:
    """Errors go to standard error in Thai, the format alone to standard output."""
    file = tmp_path / "evidence.yaml"
    file.write_text(HEAD + "deadline: 31 เม.ย. 2570\n", encoding="utf-8")
    done = run("evidence.yaml", "--format", "json", cwd=tmp_path)
    gaps = {"text": "31 เม.ย. 2570", "month": "เมษายน", "year": 2570, "last": 30}
    message = phrase("problems.no_such_day", **gaps).say("th")
    assert done.returncode == 2
    assert json.loads(done.stdout) == {
        "format": "ita-check/report/1",
        "evidence": {
            "path": "evidence.yaml",
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        },
        "error": [
            {
                "message": message,
                "file": "evidence.yaml",
                "line": 5,
                "column": 11,
                "path": "deadline",
            }
        ],
    }
    assert blocks(done.stderr.decode()) == [
        (
            "evidence.yaml:5:11",
            f"✗ {message}",
            "    5 │ deadline: 31 เม.ย. 2570",
            "      │           ^^^^^^^^^^^^^",
        )
    ]


def test_problems_with_errors_of_the_syntax(check: Check) -> None:
    """What was found before the syntax breaks is told with the break."""
    outcome = check(HEAD + "deadline: &a 2570-01-01\ndeadline: *a\nevidence: [\n")
    assert outcome.code == 2
    assert [problem[:2] for problem in outcome.problems[:3]] == [(5, 11), (6, 1), (6, 11)]
    assert len(outcome.problems) == 4


@pytest.mark.parametrize(
    "before",
    ["note: ที่นี่น้ำ", "note: 日本語", "note: 📄", 'note: "\u202e\u2067"', "note: a\tb"],
    ids=["Thai marks", "wide", "emoji", "bidi controls", "tab"],
)
def test_the_mark_stands_below_the_value(check: Check, before: str) -> None:
    """The underline begins and ends below the value as it is shown, whatever stands before it."""
    outcome = check(f"{HEAD}evidence: {{hr_plan: {{{before}, published_on: soon}}}}\n")
    assert outcome.code == 2
    ((_, _, shown, under),) = blocks(outcome.stderr)
    assert cell_len(shown.partition("soon")[0]) == len(under.partition("^")[0])
    assert under.endswith(" ^^^^")


# Unknown words


@pytest.mark.parametrize(
    ("text", "line", "column", "path", "message"),
    [
        pytest.param(
            "evidense:\n",
            *(5, 1, "evidense"),
            says("unknown_section", key="evidense", hint=meant("evidence"), allowed=SECTIONS),
            id="section, although it is null",
        ),
        pytest.param(
            "evidence:\n  hr_plann: {title: ก}\n",
            *(6, 3, "evidence.hr_plann"),
            says("unknown_evidence_kind", key="hr_plann", hint=meant("hr_plan")),
            id="kind",
        ),
        pytest.param(
            "evidence:\n  zzzz: {title: ก}\n",
            *(6, 3, "evidence.zzzz"),
            says("unknown_evidence_kind", key="zzzz", hint=""),
            id="kind that nothing resembles",
        ),
        pytest.param(
            "evidence: {contact: {Title: ก}}\n",
            *(5, 22, "evidence.contact.Title"),
            says(
                "unknown_field",
                key="Title",
                hint=meant("title"),
                allowed=(*CONTACT_FIELDS, "covers"),
            ),
            id="field in another case",
        ),
        pytest.param(
            "evidence: {contact: [{}, {'zzzz': ก}]}\n",
            *(5, 27, "evidence.contact[1].zzzz"),
            says("unknown_field", key="zzzz", hint="", allowed=(*CONTACT_FIELDS, "covers")),
            id="field that nothing resembles",
        ),
        pytest.param(
            "evidence: {ethics_training: {sessions: [{toppic: ก}]}}\n",
            *(5, 42, "evidence.ethics_training.sessions[0].toppic"),
            says(
                "unknown_field",
                key="toppic",
                hint=meant("topic"),
                allowed=("held_on", "topic", "participants", "url", "covers"),
            ),
            id="field of a session",
        ),
        pytest.param(
            "evidence: {procurement_plan: {none_declaration: {anounced_on: 2570-01-01}}}\n",
            *(5, 50, "evidence.procurement_plan.none_declaration.anounced_on"),
            says(
                "unknown_field",
                key="anounced_on",
                hint=meant("announced_on"),
                allowed=("announced_on", "url", "file"),
            ),
            id="field of a record",
        ),
        pytest.param(
            "actions: {6.1.1: {reslut: ก}}\n",
            *(5, 19, "actions.6.1.1.reslut"),
            says(
                "unknown_field",
                key="reslut",
                hint=meant("result"),
                allowed=("responsible", "period", "result", "outcome"),
            ),
            id="field of an action",
        ),
        pytest.param(
            "actions: {6.1.1: {period: {from: 2570-01-01, to: 2570-02-01, too: ก}}}\n",
            *(5, 62, "actions.6.1.1.period.too"),
            says("unknown_field", key="too", hint=meant("to"), allowed=("from", "to")),
            id="end of a period",
        ),
        pytest.param(
            "actions: {7.1.13: {result: ก}}\n",
            *(5, 11, "actions.7.1.13"),
            says("unknown_requirement", key="7.1.13", hint=meant("7.1.3")),
            id="requirement of an action",
        ),
        pytest.param(
            "exceptions: {requirement: O10, status: not_applicable, reason: ก}\n",
            *(5, 27, "exceptions[0].requirement"),
            says("unknown_requirement", key="O10", hint=""),
            id="requirement of an exception",
        ),
        pytest.param(
            "exceptions: {requirement: 4.1.2, status: n/a, reason: ก}\n",
            *(5, 42, "exceptions[0].status"),
            says(
                "unknown_value",
                field="status",
                text="n/a",
                hint="",
                allowed=("not_applicable", "waived"),
            ),
            id="status of an exception",
        ),
        pytest.param(
            "evidence: {contact: {covers: [phone, Email]}}\n",
            *(5, 38, "evidence.contact.covers[1]"),
            says(
                "unknown_value",
                field="covers",
                text="Email",
                hint=meant("email"),
                allowed=("address", "phone", "email", "map"),
            ),
            id="listed value",
        ),
        pytest.param(
            "evidence: {contact: {covers: โทรศัพ}}\n",
            *(5, 30, "evidence.contact.covers"),
            says(
                "unknown_value",
                field="covers",
                text="โทรศัพ",
                hint=meant("โทรศัพท์"),
                allowed=("address", "phone", "email", "map"),
            ),
            id="listed value by its Thai label",
        ),
        pytest.param(
            "evidence: {ita_analysis: {issues: [1-6, 8]}}\n",
            *(5, 41, "evidence.ita_analysis.issues[1]"),
            says(
                "unknown_value",
                field="issues",
                text="8",
                hint="",
                allowed=(*"1234567", "1-7", "all"),
            ),
            id="number",
        ),
        pytest.param(
            'evidence: {contact: {"ti\u200btle": ก}}\n',
            *(5, 22, ""),
            says("invisible_in_key", character="U+200B ZERO WIDTH SPACE"),
            id="invisible character in a key",
        ),
    ],
)
def test_unknown_words(
    check: Check, text: str, line: int, column: int, path: str, message: str
) -> None:
    """What is not known is one error with its place, what is known, and what was meant."""
    outcome = check(HEAD + text)
    assert (outcome.code, outcome.problems) == (2, [(line, column, path, message)])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("evidense: ~\n", (5, 1, "evidense"), id="section"),
        pytest.param('"\\0deadline": ~\n', (5, 1, "\0deadline"), id="escaped NUL"),
        pytest.param("evidence: {hr_plann: }\n", (5, 12, "evidence.hr_plann"), id="kind"),
        pytest.param(
            "evidence: {hr_plan: {titel: ''}}\n", (5, 22, "evidence.hr_plan.titel"), id="field"
        ),
        pytest.param("actions: {7.1.13: }\n", (5, 11, "actions.7.1.13"), id="requirement"),
        pytest.param(
            "exceptions: [{requirment: ''}]\n", (5, 15, "exceptions[0].requirment"), id="exception"
        ),
    ],
)
def test_unknown_words_without_a_value(
    check: Check, text: str, place: tuple[int, int, str]
) -> None:
    """A key that is not known is an error even where nothing is given for it."""
    outcome = check(HEAD + text)
    assert (outcome.code, outcome.places) == (2, [place])


def test_every_known_word_is_taken(check: Check) -> None:
    """Each kind, field and listed value of the catalogue is read, by key and by Thai label."""
    samples = {
        "boolean": "ใช่",
        "count": "1",
        "decimal": "1.5",
        "date": "2570-01-01",
        "days": "2570-01-01",
        "dates": "2570-01-01",
        "year": "2570",
        "period": "2570-01-01 - 2570-01-02",
        "in_force": "2570",
        "months": "2570-01",
        "numbers": "1-7",
        "hosts": "example.go.th",
        "website": "https://example.go.th",
        "url": "https://example.go.th",
        "file": "a.pdf",
        "requirement": "1.1.1",
    }

    def value(field: Any) -> object:
        if field.type in ("record", "records"):
            return {name: value(inner) for name, inner in field.fields.items()}
        if field.type in ("list", "choice"):
            return [word for v in field.values for word in (v.key, v.label.th)]
        return samples.get(field.type, "ก")

    kinds = {
        name: {field: value(described) for field, described in kind.fields.items()}
        for name, kind in catalogue().kinds.items()
    }
    actions = {rule.id: {"responsible": "ก"} for rule in catalogue().requirements}
    outcome = check(
        f"{HEAD}evidence: {json.dumps(kinds, ensure_ascii=False)}\nactions: {json.dumps(actions)}\n"
    )
    assert (outcome.code, outcome.problems) == (1, [])


# Limits


TOO_DEEP = says("too_deep", limit=40)
TOO_MANY = says("too_many_nodes", limit="100,000")
TOO_LARGE = says("too_large", limit=2)


@pytest.mark.parametrize("style", ["flow", "block"])
def test_nesting(check: Check, style: str) -> None:
    """Forty levels are read; the forty-first ends the reading at its place."""

    def nested(levels: int) -> str:
        lists = levels - 3  # the file, `evidence` and the item are three
        if style == "flow":
            return HEAD + "evidence: {contact: {note: " + "[" * lists + "ก" + "]" * lists + "}}\n"
        return HEAD + "evidence:\n  contact:\n    note:\n      " + "- " * lists + "ก\n"

    deep = (5, 28) if style == "flow" else (8, 7)
    step = 1 if style == "flow" else 2
    expected = (*deep, "evidence.contact.note", says("one_value", field="note"))
    forty, more = check(nested(40)), check(nested(41))
    assert (forty.code, forty.problems) == (2, [expected])
    assert (more.code, more.problems) == (2, [(deep[0], deep[1] + 37 * step, "", TOO_DEEP)])


def test_nesting_of_mappings(check: Check) -> None:
    """Mappings count as levels as lists do."""
    outcome = check("{a: " * 41 + "}" * 41)
    assert (outcome.code, outcome.problems) == (2, [(1, 161, "", TOO_DEEP)])


def test_number_of_nodes(check: Check) -> None:
    """A hundred thousand keys and values are read; one more ends the reading at its place."""
    head = HEAD.replace("\n  website: https://www.example.go.th", "")
    before = "evidence: {hr_plan: {url: ["
    # The file, agency and its name, the year, evidence, the item and its list of addresses.
    others = 1 + 2 + 2 + 2 + 2 + 2 + 2
    most = 100_000 - others
    full = check(f"{head}{before}{'~,' * most}]}}}}\n")
    assert (full.code, full.problems) == (1, [])
    over = check(f"{head}{before}{'~,' * (most + 1)}]}}}}\n")
    column = len(before) + 1 + 2 * most
    assert (over.code, over.problems) == (2, [(4, column, "", TOO_MANY)])


@pytest.mark.parametrize("more", [0, 1, 2, MIB])
def test_size(check: Check, more: int) -> None:
    """Two MiB are read, one byte more is not; a digest is that of the whole file or none."""
    content = (HEAD + "# ").encode()
    content += b"-" * (2 * MIB + more - len(content) - 1) + b"\n"
    outcome = check(content)
    whole = hashlib.sha256(content).hexdigest()
    if more:
        assert (outcome.code, outcome.problems) == (2, [(1, 1, "", TOO_LARGE)])
        assert outcome.report["evidence"].get("sha256", whole) == whole
    else:
        assert (outcome.code, outcome.problems) == (1, [])
        assert outcome.report["evidence"]["sha256"] == whole


def test_size_of_standard_input() -> None:
    """The limit holds for standard input, and what follows it is not waited for."""
    content = HEAD.encode() + b"#" * (2 * MIB)
    report = run_json("-", "--lang", "en", stdin=content)
    assert [error["message"] for error in report["error"]] == [TOO_LARGE]


def test_a_hundred_thousand_brackets(check: Check) -> None:
    """A hostile line is refused at the level that is too deep, and does not flood the terminal."""
    outcome = check("[" * 100_000)
    assert (outcome.code, outcome.problems) == (2, [(1, 41, "", TOO_DEEP)])
    assert len(outcome.stderr) < 10_000


@POSIX
def test_many_errors_on_one_long_line(tmp_path: Path) -> None:
    """Twelve hundred errors on a line of 800 KiB are told in less than 800 MiB of memory."""
    keys = ", ".join(f"k{number}: {'x' * 700}" for number in range(1200))
    (tmp_path / "evidence.yaml").write_text(f"{HEAD}evidence: {{{keys}}}\n", encoding="utf-8")

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MIB * 800, MIB * 800))

    done = subprocess.run(
        [sys.executable, "-m", "ita_check", "evidence.yaml", "--format", "json"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        preexec_fn=limit,
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert len(json.loads(done.stdout)["error"]) == 1200


# What YAML has and an evidence file has not


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "deadline: &day 2570-01-01\n",
            [(5, 11, says("anchor", name="day"))],
            id="anchor",
        ),
        pytest.param(
            "evidence:\n  hr_plan: &a\n    title: ก\n",
            [(6, 12, says("anchor", name="a"))],
            id="anchor of a mapping",
        ),
        pytest.param(
            "evidence:\n  hr_plan: {title: &a ก}\n  hr_report: {title: *a}\n",
            [(6, 20, says("anchor", name="a")), (7, 22, says("alias", name="a"))],
            id="alias",
        ),
        pytest.param(
            "deadline: *nowhere\n",
            [(5, 11, says("alias", name="nowhere"))],
            id="no anchor",
        ),
        pytest.param(
            "deadline: !!str 2570-01-01\n",
            [(5, 11, says("tag", name="!!str"))],
            id="standard tag",
        ),
        pytest.param(
            "deadline: !!python/name:os.system 2570-01-01\n",
            [(5, 11, says("tag", name="!!python/name:os.system"))],
            id="tag of Python",
        ),
        pytest.param("deadline: ! 2570-01-01\n", [(5, 11, says("tag", name="!"))], id="bare tag"),
        pytest.param(
            "evidence: {hr_plan: !a &b {title: ก}}\n",
            [
                (5, 21, says("anchor", name="b")),
                (5, 21, says("tag", name="!a")),
            ],
            id="tag and anchor",
        ),
        pytest.param(
            "evidence:\n  hr_plan:\n    <<: {title: ก}\n",
            [(7, 5, says("merge_key"))],
            id="merge key",
        ),
        pytest.param(
            "? [a, b]\n: ก\n",
            [(5, 3, says("key_not_text"))],
            id="list as a key",
        ),
        pytest.param(
            "---\nfoo: ก\n",
            [(5, 1, says("second_document"))],
            id="second document",
        ),
        pytest.param("...\n---\n", [(6, 1, says("second_document"))], id="empty document"),
    ],
)
def test_refused_parts_of_yaml(
    check: Check, text: str, expected: list[tuple[int, int, str]]
) -> None:
    """Anchors, aliases, tags, merge keys and further documents are each told once, at its place."""
    outcome = check(HEAD + text)
    assert outcome.code == 2
    told = [(line, column, message) for line, column, _, message in outcome.problems]
    assert told == expected


def test_an_alias_is_not_told_as_missing(check: Check) -> None:
    """Where an alias stands for the fiscal year, the alias is what is wrong."""
    outcome = check("agency: {name: ก}\nfiscal_year: *year\n")
    assert outcome.code == 2
    assert [problem[:2] for problem in outcome.problems] == [(2, 14)]


@pytest.mark.parametrize(
    "content",
    [
        f"---\n{HEAD}",
        f"{HEAD}...\n",
        f"%YAML 1.1\n---\n{HEAD}...\n",
        f"# ก\n---\n# ข\n{HEAD}\n\n",
    ],
    ids=["begin", "end", "directive", "comments"],
)
def test_marks_of_one_document(check: Check, content: str) -> None:
    """One document may be marked as such."""
    outcome = check(content)
    assert (outcome.code, outcome.problems) == (1, [])


@pytest.mark.parametrize(
    "text", ["<<", "a & b", "a * b", "5! 6", "a --- b", "'*a'", '"&a"', "'!a'"]
)
def test_text_that_only_looks_like_it(check: Check, text: str) -> None:
    """The same signs inside a text, or in quotes, are text."""
    outcome = check(f"{HEAD}evidence: {{hr_plan: {{title: {text}}}}}\n")
    assert (outcome.code, outcome.problems) == (1, [])


# `file`


@pytest.fixture
def plan(tmp_path: Path, check: Check) -> Callable[[str], Outcome]:
    """The command on a plan that lacks nothing and has this `file`, in a folder with some files."""
    (tmp_path / "plan.txt").write_text("แผน", encoding="utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "แผน ๑.txt").write_text("แผน", encoding="utf-8")
    (tmp_path / "empty.txt").touch()

    def plan(file: str) -> Outcome:
        return check(
            f"{HEAD}evidence:\n  hr_plan:\n    in_force: 2570\n    file: {file}\n"
            f"actions:\n  6.1.1: {DONE}\n",
            "--issue",
            "6",
        )

    return plan


@pytest.mark.parametrize(
    "file",
    [
        "plan.txt",
        "./plan.txt",
        "files/แผน ๑.txt",
        r"files\แผน ๑.txt",
        r".\files\..\plan.txt",
        "files/../plan.txt",
        "[plan.txt]",
        r"[plan.txt, ~, 'files\แผน ๑.txt']",
        ">-\n      plan.txt",
        "evidence.yaml",
        "",
        "[~, '']",
    ],
)
def test_file_with_content(plan: Callable[[str], Outcome], file: str) -> None:
    """A file in the folder or below it, with either slash, is there; a blank one is no claim."""
    assert plan(file).findings("6.1.1") == []


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        pytest.param("nowhere.pdf", [("file", 8, 11)], id="missing"),
        pytest.param("nowhere/plan.txt", [("file", 8, 11)], id="missing folder"),
        pytest.param("plan.txt/plan.txt", [("file", 8, 11)], id="below a file"),
        pytest.param("empty.txt", [("file", 8, 11)], id="empty"),
        pytest.param("files", [("file", 8, 11)], id="folder"),
        pytest.param(".", [("file", 8, 11)], id="the folder itself"),
        pytest.param("PLAN.TXT.pdf", [("file", 8, 11)], id="another ending"),
        pytest.param("x" * 5000, [("file", 8, 11)], id="a name that no system takes"),
        pytest.param("[nowhere.pdf]", [("file[0]", 8, 12)], id="list of one"),
        pytest.param("[plan.txt, nowhere.pdf]", [("file[1]", 8, 22)], id="second of two"),
        pytest.param(
            "[~, nowhere.pdf, plan.txt, '', empty.txt]",
            [("file[1]", 8, 15), ("file[4]", 8, 42)],
            id="with blank ones between",
        ),
    ],
)
def test_file_without_content(
    plan: Callable[[str], Outcome], file: str, expected: list[tuple[str, int, int]]
) -> None:
    """A file that is not there, is empty or is no regular file is a finding at its own path."""
    outcome = plan(file)
    assert outcome.code == 1
    assert outcome.findings("6.1.1") == [
        ("file_missing", f"evidence.hr_plan.{field}", line, column)
        for field, line, column in expected
    ]
    assert {finding["level"] for finding in findings_of(outcome.report, "6.1.1")} == {"error"}


@pytest.mark.parametrize("file", ["nowhere.pdf", "[nowhere.pdf]"])
def test_file_of_a_notice(check: Check, file: str) -> None:
    """The file of a notice within an item is looked for as the item's own is."""
    outcome = check(
        f"{HEAD}evidence:\n  procurement_plan:\n    fiscal_year: 2570\n    over_500k: 0\n"
        f"    none_declaration:\n      announced_on: 2570-01-01\n      file: {file}\n"
        f"actions:\n  5.1.2: {DONE}\n"
    )
    path = "evidence.procurement_plan.none_declaration.file"
    place = (path, 11, 13) if file[0] != "[" else (f"{path}[0]", 11, 14)
    assert outcome.findings("5.1.2") == [("file_missing", *place)]


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("/etc/hostname", "absolute_file"),
        (r"C:\ita\plan.pdf", "absolute_file"),
        ("d:plan.pdf", "absolute_file"),
        (r"\\server\share\plan.pdf", "absolute_file"),
        (r"\plan.pdf", "absolute_file"),
        ("..", "file_leaves_folder"),
        ("../plan.txt", "file_leaves_folder"),
        (r"..\plan.txt", "file_leaves_folder"),
        ("files/../../plan.txt", "file_leaves_folder"),
        (r"files\..\../plan.txt", "file_leaves_folder"),
        ("nowhere/../../plan.txt", "file_leaves_folder"),
    ],
)
def test_file_outside(plan: Callable[[str], Outcome], file: str, message: str) -> None:
    """An absolute path, and one that leaves the folder, is an error of the file."""
    outcome = plan(f"[plan.txt, '{file}']")
    expected = (8, 22, "evidence.hr_plan.file[1]", says(message, text=file))
    assert (outcome.code, outcome.problems) == (2, [expected])


@POSIX
def test_file_behind_links(
    plan: Callable[[str], Outcome], tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A link counts as what it leads to: inside the folder it is there, outside it is refused."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "plan.txt").write_text("แผน", encoding="utf-8")
    (tmp_path / "inside.txt").symlink_to("files/แผน ๑.txt")
    (tmp_path / "dangling.txt").symlink_to("nowhere.txt")
    (tmp_path / "circle.txt").symlink_to("circle.txt")
    (tmp_path / "outside.txt").symlink_to(outside / "plan.txt")
    (tmp_path / "folder").symlink_to(outside)
    assert plan("inside.txt").findings("6.1.1") == []
    for name in ("dangling.txt", "circle.txt"):
        assert plan(name).findings("6.1.1") == [("file_missing", "evidence.hr_plan.file", 8, 11)]
    for name in ("outside.txt", "folder/plan.txt", "folder/nowhere.txt"):
        outcome = plan(name)
        expected = (8, 11, "evidence.hr_plan.file", says("file_leaves_folder", text=name))
        assert (outcome.code, outcome.problems) == (2, [expected])


@POSIX
def test_file_that_is_a_pipe(plan: Callable[[str], Outcome], tmp_path: Path) -> None:
    """A FIFO is no regular file, and nobody waits for what it may hold."""
    os.mkfifo(tmp_path / "pipe.txt")
    assert plan("pipe.txt").findings("6.1.1") == [("file_missing", "evidence.hr_plan.file", 8, 11)]


def test_file_beside_the_evidence_file(tmp_path: Path) -> None:
    """A `file` is looked for beside the evidence file; with `-`, in the current folder."""
    content = (
        f"{HEAD}evidence: {{hr_plan: {{in_force: 2570, file: plan.txt}}}}\n"
        f"actions: {{6.1.1: {DONE}}}\n"
    ).encode()
    beside, elsewhere = tmp_path / "beside", tmp_path / "elsewhere"
    for folder in (beside, elsewhere):
        folder.mkdir()
        (folder / "evidence.yaml").write_bytes(content)
    (beside / "plan.txt").write_text("แผน", encoding="utf-8")
    missing = [("file_missing", "evidence.hr_plan.file", 5, 44)]

    def found(name: str | Path, cwd: Path) -> list[tuple[str, str, int, int]]:
        words = (name, "--as-of", AS_OF, "--issue", "6")
        return [flat(f) for f in findings_of(run_json(*words, cwd=cwd, stdin=content), "6.1.1")]

    assert found("../beside/evidence.yaml", elsewhere) == []
    assert found("../elsewhere/evidence.yaml", beside) == missing
    assert found("-", beside) == []
    assert found("-", elsewhere) == missing


def test_blank_rows_are_not_there(check: Check) -> None:
    """A row of blanks within an item leaves neither the item nor its section there."""
    outcome = check(HEAD + "evidence:\n  ethics_training:\n    sessions:\n      - topic:\n")
    assert outcome.findings("1.1.6")[0] == ("not_declared", "evidence.ethics_training", 1, 1)


def test_invisible_character_far_along_a_line(check: Check) -> None:
    """What breaks a line of a thousand letters is named at its own column."""
    line = "deadline: [" + "ก, " * 300 + "'\u200b"
    outcome = check(HEAD + line + "\n")
    (problem,) = outcome.problems
    assert problem[:2] == (HEAD.count("\n") + 1, line.index("\u200b") + 1)

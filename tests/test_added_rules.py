"""An agency's own rules: `--rules DIR` adds kinds, issues, measures and requirements."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support import COMPLETE, catalogue, findings_of, judge_case, run, run_json, say

from ita_check.cli import main
from ita_check.errors import CannotJudge
from ita_check.loading.cases import Case, load_cases, read_cases
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.rule_files import digest, read_rule_files, rules_folder
from ita_check.model.catalogue import Catalogue
from ita_check.texts import Phrase, phrase

KINDS = """\
open_data:
  title: {th: บัญชีชุดข้อมูลเปิดของเทศบาล, en: Open data register}
  fields:
    datasets:
      type: records
      label: {th: ชุดข้อมูล, en: Datasets}
      fields:
        name: {type: text, label: {th: ชื่อชุดข้อมูล, en: Name of the dataset}}
        url: {type: url, label: {th: ที่อยู่เว็บของชุดข้อมูล, en: Address of the dataset}}
    formats:
      type: list
      label: {th: รูปแบบไฟล์, en: File formats}
      values:
        csv: {th: ไฟล์ซีเอสวี, en: CSV}
        json: {th: ไฟล์เจสัน, en: JSON}
"""
ISSUE_8 = """\
title: {th: ข้อมูลเปิดของเทศบาล, en: Open data of the municipality}
measures:
  "8.1":
    title: {th: การเปิดเผยชุดข้อมูล, en: Publishing datasets}
"""
RULE_8 = """\
id: 8.1.1
title:
  th: บัญชีชุดข้อมูลเปิดประจำปี
  en: Open data register of the year
kinds: [open_data]
oit: []
source: {document: แผนข้อมูลเปิดของเทศบาล, step: "1"}
why:
  th: ประชาชนนำข้อมูลไปใช้ต่อได้
  en: People can use the data.
fix:
  th: จัดทำบัญชีชุดข้อมูล แล้วระบุใต้ `open_data`
  en: Make the register, then declare it under `open_data`.
checks:
  - year: {field: fiscal_year, one_of: [current]}
    source: step
  - each: {of: datasets, given: [name, url]}
    source: step
  - includes: {field: formats, values: [csv]}
    level: warning
    source: result
  - on_official_host: {}
    level: warning
    source: result
"""
CASES_8 = """\
- name: one dataset as CSV
  expect: met
  evidence:
    open_data:
      title: บัญชีชุดข้อมูลเปิด ปีงบประมาณ พ.ศ. ๒๕๖๗
      fiscal_year: ๒๕๖๗
      formats: [ไฟล์ซีเอสวี, json]
      datasets:
        - name: ตลาดสดเทศบาล
          url: https://data.example.go.th/market.csv
  findings: []
- name: nothing declared
  expect: missing
  evidence: {}
  findings:
    - {code: not_declared, level: error, path: evidence.open_data}
- name: last year's register
  expect: incomplete
  evidence:
    open_data:
      fiscal_year: 2566
      formats: csv
      datasets:
        - {name: ตลาดสดเทศบาล, url: https://www.example.go.th/market.csv}
  findings:
    - {code: wrong_fiscal_year, level: error, path: evidence.open_data.fiscal_year}
- name: a dataset without address, formats without CSV
  expect: incomplete
  evidence:
    open_data:
      fiscal_year: 2567
      formats: json
      datasets:
        - name: ตลาดสดเทศบาล
  findings:
    - {code: field_missing, level: error, path: "evidence.open_data.datasets[0].url"}
    - {code: part_missing, level: warning, path: evidence.open_data.formats}
- name: a dataset on another host
  expect: met
  evidence:
    open_data:
      fiscal_year: 2567
      formats: csv
      datasets:
        - {name: ตลาดสดเทศบาล, url: https://example.org/market.csv}
  findings:
    - {code: not_official_host, level: warning, path: "evidence.open_data.datasets[0].url"}
- name: no action row
  expect: incomplete
  evidence:
    open_data:
      fiscal_year: 2567
      formats: csv
      datasets:
        - {name: ตลาดสดเทศบาล, url: https://www.example.go.th/market.csv}
  actions: {}
  findings:
    - {code: responsible_missing, level: error, path: actions.8.1.1}
    - {code: period_missing, level: error, path: actions.8.1.1}
"""
# Another measure of an issue that is there, on a kind that is there: no kinds.yaml, no title.
ISSUE_7 = """\
measures:
  "7.2":
    title: {th: มาตรการของเทศบาลเอง, en: A measure of our own}
"""
RULE_7 = """\
id: 7.2.1
title: {th: รายงานการรับของขวัญของปีนี้, en: Gift report of this year}
kinds: [gift_report]
oit:
  - {code: O28, fiscal_year: 2568, verified: false}
source: {document: seed, step: "7.1.5"}
why: {th: เทศบาลกำหนดให้รายงานทุกปี, en: The municipality asks for it every year.}
fix: {th: ระบุ `gift_report` ของปีนี้, en: Declare the `gift_report` of this year.}
checks:
  - year: {field: fiscal_year, one_of: [current]}
    source: step
"""
CASES_7 = """\
- name: this year's report
  expect: met
  evidence:
    gift_report: {fiscal_year: 2567}
  findings: []
- name: the report that 7.1.5 asks for
  expect: incomplete
  evidence:
    gift_report: {fiscal_year: 2566}
  findings:
    - {code: wrong_fiscal_year, level: error, path: evidence.gift_report.fiscal_year}
"""
FILES_8 = {
    "kinds.yaml": KINDS,
    "issues/8.yaml": ISSUE_8,
    "issue-8/8.1.1.yaml": RULE_8,
    "cases/issue-8/8.1.1.yaml": CASES_8,
}
FILES_7 = {
    "issues/7.yaml": ISSUE_7,
    "issue-7/7.2.1.yaml": RULE_7,
    "cases/issue-7/7.2.1.yaml": CASES_7,
}
OWN_CASES = [
    pytest.param(name, case, id=f"{name}: {case.name}")
    for name, text in (("8.1.1", CASES_8), ("7.2.1", CASES_7))
    for case in read_cases(name, text.encode())
]


def written(folder: Path, files: dict[str, str]) -> Path:
    """A folder with these files."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def issue_8(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an issue, a kind, a requirement and its cases."""
    return written(tmp_path_factory.mktemp("issue-8"), FILES_8)


@pytest.fixture(scope="module")
def measure_7(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with another measure of an issue that is there."""
    return written(tmp_path_factory.mktemp("measure-7"), FILES_7)


@pytest.fixture(scope="module")
def extended(issue_8: Path, measure_7: Path) -> Catalogue:
    """The catalogue with both folders added."""
    return load_catalogue((issue_8, measure_7))


def report(*arguments: str | Path, evidence: Path = COMPLETE) -> Any:
    """A report of the real command on the day on which the complete file is met."""
    return run_json("check", evidence, "--as-of", "2570-10-15", "--lang", "en", *arguments)


@pytest.mark.parametrize(("requirement", "case"), OWN_CASES)
def test_case(extended: Catalogue, requirement: str, case: Case) -> None:
    """The cases of an added rule are judged by the harness that judges those of the others."""
    judged = judge_case(extended, requirement, case)
    found = [(f.code, f.level, f.path) for f in judged.findings]
    expected = [(f.code, f.level, f.path) for f in case.findings]
    assert (judged.status, found) == (case.expect, expected)


def test_cases_are_found(issue_8: Path, measure_7: Path) -> None:
    """The cases of an added rule are those of its folder's `cases`; a rule's own stay first."""
    folders = (issue_8, measure_7)
    for name, text in (("8.1.1", CASES_8), ("7.2.1", CASES_7)):
        found = [case[:5] for case in load_cases(name, folders)]
        assert found == [case[:5] for case in read_cases(name, text.encode())]
    assert load_cases("7.1.2", folders) == load_cases("7.1.2")
    assert load_cases("8.1.1") == ()


def test_what_is_added(extended: Catalogue) -> None:
    """Added rules stand where their numbers say, and nothing of the others changes."""
    base = load_catalogue()
    assert base == catalogue()
    ids = [rule.id for rule in extended.requirements]
    assert ids == [*(rule.id for rule in base.requirements), "7.2.1", "8.1.1"]
    assert extended.requirements[:63] == base.requirements
    assert extended.issues[:6] == base.issues[:6]
    assert extended.issues[6].title == base.issues[6].title
    assert [m.id for m in extended.issues[6].measures] == ["7.1", "7.2"]
    assert [(issue.number, issue.title.th) for issue in extended.issues[7:]] == [
        (8, "ข้อมูลเปิดของเทศบาล")
    ]
    assert {name: extended.kinds[name] for name in base.kinds} == base.kinds
    assert extended.kinds.keys() - base.kinds.keys() == {"open_data"}
    assert extended.kinds["open_data"].own == ("datasets", "formats")
    assert extended.kinds["open_data"].fields["url"] == base.kinds["contact"].fields["url"]
    assert (extended.id, extended.title) == (base.id, base.title)
    assert (extended.documents, extended.frame) == (base.documents, base.frame)


def test_measures_bind_years_on_their_own(extended: Catalogue) -> None:
    """The year that an added measure asks for binds no publication of another measure."""
    base = catalogue().year_checks
    assert {key: extended.year_checks[key] for key in base} == base
    assert extended.year_checks.keys() - base.keys() == {
        ("7.2", "gift_report"),
        ("8.1", "open_data"),
    }


def test_sha256(extended: Catalogue, issue_8: Path, measure_7: Path, tmp_path: Path) -> None:
    """The digest of a catalogue changes with every added file, and not with where it lies."""

    def sha256(*folders: Path) -> str:
        return digest(tuple(read_rule_files(folder) for folder in (rules_folder(), *folders)))

    assert (sha256(), sha256(issue_8, measure_7)) == (catalogue().sha256, extended.sha256)
    elsewhere = Path(shutil.copytree(issue_8, tmp_path / "elsewhere"))
    one = sha256(issue_8)
    assert sha256(elsewhere) == one
    (elsewhere / "cases" / "issue-8" / "8.1.1.yaml").write_text("[]\n", encoding="utf-8")
    assert sha256(elsewhere) == one
    rule = elsewhere / "issue-8" / "8.1.1.yaml"
    rule.write_text(RULE_8 + "# a remark\n", encoding="utf-8")
    remarked = sha256(elsewhere)
    rule.write_text(RULE_8, encoding="utf-8")
    rule.rename(elsewhere / "issue-8" / "8.1.2.yaml")
    renamed = sha256(elsewhere)
    both = sha256(measure_7, issue_8), extended.sha256
    assert len({sha256(), one, remarked, renamed, sha256(measure_7), *both}) == 7


def test_check_reports_it(issue_8: Path, measure_7: Path) -> None:
    """A report covers added rules, counts them and names a catalogue of its own."""
    plain = report()
    both = report("--rules", issue_8, "--rules", measure_7)
    assert (plain["catalogue"]["requirements"], both["catalogue"]["requirements"]) == (63, 65)
    assert plain["catalogue"]["sha256"] != both["catalogue"]["sha256"]
    assert plain["summary"]["requirements"] == 63
    assert both["summary"] == {
        **plain["summary"],
        "requirements": 65,
        "incomplete": 1,
        "missing": 1,
        "errors": 6,
    }
    assert both["issues"][:6] == plain["issues"][:6]
    assert both["issues"][6]["requirements"][:12] == plain["issues"][6]["requirements"]
    assert [one["id"] for issue in both["issues"][6:] for one in issue["requirements"][-1:]] == [
        "7.2.1",
        "8.1.1",
    ]
    assert [(f["code"], f["path"]) for f in findings_of(both, "8.1.1")] == [
        ("not_declared", "evidence.open_data"),
        ("responsible_missing", "actions.8.1.1"),
        ("period_missing", "actions.8.1.1"),
    ]
    assert findings_of(both, "8.1.1")[0]["fix"] == (
        "Make the register, then declare it under `open_data`."
    )
    assert [f["code"] for f in findings_of(both, "7.2.1")] == [
        "wrong_fiscal_year",
        "responsible_missing",
        "period_missing",
    ]


def test_check_of_that_issue_alone(issue_8: Path, tmp_path: Path) -> None:
    """`--issue 8` judges the added issue alone; without the folder there is no such issue."""
    case = read_cases("8.1.1", CASES_8.encode())[0]
    evidence = tmp_path / "evidence.yaml"
    evidence.write_text(case.evidence_file("8.1.1"), encoding="utf-8")
    words = ("check", evidence, "--issue", "8", "--format", "json", "--as-of", "2567-09-30")
    process = run(*words, "--rules", issue_8)
    found = json.loads(process.stdout)
    assert (process.returncode, process.stderr) == (0, b"")
    assert found["catalogue"]["requirements"] == 64
    assert [issue["number"] for issue in found["issues"]] == [8]
    assert found["summary"] == found["issues"][0]["summary"]
    assert [(one["id"], one["status"]) for one in found["issues"][0]["requirements"]] == [
        ("8.1.1", "met")
    ]
    # Without its rules the file holds a kind and a row that nothing knows.
    process = run(*words, "--lang", "en")
    assert process.returncode == 2
    assert [(e["path"], e["line"]) for e in json.loads(process.stdout)["error"]] == [
        ("evidence.open_data", 6),
        ("actions.8.1.1", 14),
    ]
    # A file that knows nothing of it is judged in the issues that there are: in none.
    process = run("check", COMPLETE, "--issue", "8", "--lang", "en", "--format", "json")
    told = phrase("commands.no_such_issue", issues=("8",)).say("en")
    assert (process.returncode, process.stderr.decode()) == (3, told + "\n")


def test_exceptions_and_waivers(issue_8: Path, tmp_path: Path) -> None:
    """An added requirement is excepted like any other."""
    evidence = tmp_path / "evidence.yaml"
    evidence.write_text(
        "agency: {name: เทศบาลตำบลตัวอย่าง, website: https://www.example.go.th}\n"
        "fiscal_year: 2567\n"
        'exceptions: [{requirement: "8.1.1", status: not_applicable, reason: ยังไม่มีข้อมูล}]\n',
        encoding="utf-8",
    )
    words = ("check", evidence, "--rules", issue_8, "--issue", "8", "--format", "json")
    process = run(*words)
    assert process.returncode == 3
    assert json.loads(process.stdout)["summary"]["not_applicable"] == 1


def test_list_shows_it(issue_8: Path, measure_7: Path) -> None:
    """`list` shows added issues, measures, requirements and kinds, as text and as JSON."""
    folders = ("--rules", issue_8, "--rules", measure_7)
    text = run("list", *folders, "--lang", "en").stdout.decode()
    assert (
        "  7.2  A measure of our own\n    7.2.1   Gift report of this year\n"
        "            gift_report | O28*\n"
        "\n"
        "Issue 8  Open data of the municipality\n"
        "  8.1  Publishing datasets\n"
        "    8.1.1   Open data register of the year\n"
        "            open_data\n"
    ) in text
    assert phrase("report.legend.oit", years="2567, 2568").say("en") in " ".join(text.split())
    kinds = run("list", "--kinds", *folders, "--lang", "en").stdout.decode()
    several, text_, url, values = (
        phrase(f"report.type.{name}").say("en") for name in ("records", "text", "url", "list")
    )
    assert kinds.endswith(
        "\n"
        "open_data\n"
        "  Open data register\n"
        f"  datasets  Datasets [{several}]\n"
        f"      name  Name of the dataset [{text_}]\n"
        f"      url  Address of the dataset [{url}]\n"
        f"  formats  File formats [{values}]\n"
        "      csv  CSV\n"
        "      json  JSON\n"
    )
    listed = run_json("list", "--kinds", *folders)
    assert [issue["number"] for issue in listed["issues"]] == list(range(1, 9))
    assert listed["issues"][7] == {
        "number": 8,
        "title": {"th": "ข้อมูลเปิดของเทศบาล", "en": "Open data of the municipality"},
        "measures": [
            {
                "id": "8.1",
                "title": {"th": "การเปิดเผยชุดข้อมูล", "en": "Publishing datasets"},
                "requirements": [
                    {
                        "id": "8.1.1",
                        "title": {
                            "th": "บัญชีชุดข้อมูลเปิดประจำปี",
                            "en": "Open data register of the year",
                        },
                        "kinds": ["open_data"],
                        "oit": [],
                        "source": {"document": "แผนข้อมูลเปิดของเทศบาล", "step": "1"},
                    }
                ],
            }
        ],
    }
    assert listed["kinds"]["open_data"]["fields"]["formats"] == {
        "type": "list",
        "label": {"th": "รูปแบบไฟล์", "en": "File formats"},
        "values": {
            "csv": {"th": "ไฟล์ซีเอสวี", "en": "CSV"},
            "json": {"th": "ไฟล์เจสัน", "en": "JSON"},
        },
    }


def test_explain_shows_it(extended: Catalogue, issue_8: Path) -> None:
    """`explain` shows an added requirement with what it looks for and what its cases show."""
    words = ("explain", "8.1.1", "--rules", issue_8, "--lang", "en", "--width", "1000")
    process = run(*words)
    assert (process.returncode, process.stderr) == (0, b"")
    cases = read_cases("8.1.1", CASES_8.encode())
    example = cases[0].evidence_file("8.1.1").splitlines()
    marks = {"error": "✗", "warning": "!"}
    failing = [
        f"  {marks[finding.level]} {finding.message.say('en')}"
        for case in cases
        for finding in judge_case(extended, "8.1.1", case).findings
    ]
    sections = [section.splitlines() for section in process.stdout.decode().split("\n\n")]
    assert sections[0] == [
        "8.1.1   Open data register of the year",
        "  Issue 8 Open data of the municipality",
        "  8.1 Publishing datasets",
    ]
    assert [section[1:] for section in sections[1:3]] == [
        ["  People can use the data."],
        ["  open_data  Open data register"],
    ]
    looked_for = sections[3][2:6]
    assert "(`fiscal_year`)" in looked_for[0]
    assert "Name of the dataset (`name`), Address of the dataset (`url`)" in looked_for[1]
    assert "File formats (`formats`)" in looked_for[2]
    assert "CSV" in looked_for[2]
    assert sections[3][6:] == [
        f"  • {say(f'report.explain.{line}', 'en')}" for line in ("action", "online")
    ]
    assert [section[1:] for section in sections[4:]] == [
        ["  Make the register, then declare it under `open_data`."],
        ["  แผนข้อมูลเปิดของเทศบาล, step 1"],
        [f"  {line}" for line in example],
        failing,
    ]
    assert len(failing) == 7


def test_explain_without_cases(issue_8: Path, tmp_path: Path) -> None:
    """A rule without cases is explained without an example."""
    folder = Path(shutil.copytree(issue_8, tmp_path / "rules"))
    shutil.rmtree(folder / "cases")
    process = run("explain", "8.1.1", "--rules", folder, "--lang", "en")
    assert process.returncode == 0
    assert "People can use the data." in process.stdout.decode()
    for name in ("example", "failing"):
        assert phrase(f"report.explain.{name}").say("en") not in process.stdout.decode()


@pytest.mark.parametrize(
    ("cases", "line", "column"),
    [
        ("- name: a\n  expect: met\n  evidence: {}\n", 1, 3),
        ("- name: a\n  expect: met\n  evidence: {}\n  findings: []\n  remark: x\n", 5, 3),
        ("- name: a\n  expect: met\n  evidence: {}\n  findings: [{code: x, path: y}]\n", 4, 14),
        ("- name: a\n  expect: [met]\n  evidence: {}\n  findings: []\n", 2, 11),
        ("- only a name\n", 1, 3),
        ("name: a\n", 1, 1),
        ("- name: a\n  expect: met\n  evidence: {\n", 4, 1),
        ("", 1, 1),
        ("- name: a\n  name: b\n  expect: met\n  evidence: {}\n  findings: []\n", 2, 3),
    ],
    ids=[
        "no findings",
        "unknown key",
        "a finding without level and path",
        "a status that is a list",
        "a case that is text",
        "no list",
        "not closed",
        "empty",
        "a name twice",
    ],
)
def test_wrong_cases(tmp_path: Path, cases: str, line: int, column: int) -> None:
    """A mistake in an agency's own cases is told at its place."""
    written(tmp_path, {"cases/issue-8/8.1.1.yaml": cases})
    with pytest.raises(CannotJudge) as raised:
        load_cases("8.1.1", (tmp_path,))
    assert [(Path(p.file), p.line, p.column) for p in raised.value.problems] == [
        (tmp_path / "cases" / "issue-8" / "8.1.1.yaml", line, column)
    ]


@pytest.mark.parametrize(
    "cases",
    [
        CASES_8.replace("  findings: []\n", "", 1),
        CASES_8.replace("  findings: []\n", "  findings: []\n  as_of: tomorrow\n", 1),
        CASES_8.replace("      title:", "      titel:", 1),
    ],
    ids=["no findings", "a day that is none", "a misspelt field"],
)
def test_explain_of_wrong_cases(
    issue_8: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], cases: str
) -> None:
    """A mistake in an agency's own cases is no internal error of `explain`: it names the file."""
    folder = Path(shutil.copytree(issue_8, tmp_path / "rules"))
    file = folder / "cases" / "issue-8" / "8.1.1.yaml"
    file.write_text(cases, encoding="utf-8")
    code = main(["explain", "8.1.1", "--rules", str(folder), "--lang", "en"])
    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err.startswith(f"{file}:")


def test_init_asks_for_it(issue_8: Path, measure_7: Path) -> None:
    """The blank file asks for added kinds and actions, and is a valid file of that catalogue."""
    folders = ("--rules", issue_8, "--rules", measure_7)
    process = run("init", "-", "--fiscal-year", "2567", *folders, "--lang", "en")
    assert process.returncode == 0
    text = process.stdout.decode()
    labels = {name: field.label.en for name, field in catalogue().kinds["contact"].fields.items()}
    assert (
        "  # Open data register (8.1.1)\n"
        "  open_data:\n"
        f"    title:  # {labels['title']}\n"
        f"    url:  # {labels['url']}\n"
        f"    file:  # {labels['file']}\n"
        f"    fiscal_year:  # {labels['fiscal_year']}\n"
        "    datasets:  # Datasets\n"
        "      - name:  # Name of the dataset\n"
        "        url:  # Address of the dataset\n"
        "    formats:  # File formats: csv (CSV), json (JSON)\n"
    ) in text
    assert '  # Open data register of the year\n  "8.1.1":\n    responsible:\n' in text
    words = ("check", "-", *folders, "--format", "json", "--issue", "8")
    report = run_json(*words, stdin=process.stdout)
    assert report["summary"]["missing"] == 1


def test_several_folders(issue_8: Path, tmp_path: Path) -> None:
    """A later folder may add to what an earlier one opened, and replaces nothing of it."""
    more = {
        "issues/8.yaml": 'measures:\n  "8.2":\n    title: {th: มาตรการที่สอง, en: Second}\n',
        "issue-8/8.2.1.yaml": RULE_8.replace("8.1.1", "8.2.1"),
    }
    added = load_catalogue((issue_8, written(tmp_path / "more", more)))
    assert [rule.id for rule in added.requirements[63:]] == ["8.1.1", "8.2.1"]
    assert [measure.id for measure in added.issues[7].measures] == ["8.1", "8.2"]


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            FILES_8,
            [
                ("kinds.yaml", 1, phrase("problems.kind_is_there", key="open_data")),
                ("issues/8.yaml", 1, phrase("problems.issue_is_there", number=8)),
                ("issues/8.yaml", 3, phrase("problems.measure_is_there", key="8.1")),
                ("issue-8/8.1.1.yaml", 1, phrase("problems.requirement_is_there", key="8.1.1")),
            ],
        ),
        (
            {"issue-8/8.1.2.yaml": RULE_8.replace("8.1.1", "8.1.2")},
            [("issue-8/8.1.2.yaml", 1, phrase("problems.measure_is_closed", key="8.1"))],
        ),
    ],
    ids=["the same rules again", "a requirement of another folder's measure"],
)
def test_nothing_is_replaced(
    issue_8: Path, tmp_path: Path, files: dict[str, str], told: list[tuple[str, int, Phrase]]
) -> None:
    """What another folder has added is told as there already, each with its place."""
    folder = written(tmp_path / "again", files)
    with pytest.raises(CannotJudge) as raised:
        load_catalogue((issue_8, folder))
    found = [
        (Path(problem.file).relative_to(folder).as_posix(), problem.line, problem.message)
        for problem in raised.value.problems
    ]
    assert sorted(found) == sorted(told)

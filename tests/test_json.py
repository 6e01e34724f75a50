"""The format `ita-check/report/1`, as contract.md, section 5, promises it to programs."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import COMPLETE, SEED, catalogue, findings_of, run

from ita_check import __version__
from ita_check.cli import main
from ita_check.loading.encoding import MAX_BYTES
from ita_check.texts import phrase

HEAD = "agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}\nfiscal_year: 2567\n"
STATUSES = ("met", "incomplete", "missing", "not_due", "not_applicable", "waived")
END = ("--as-of", "2567-09-30")
HASH = re.compile(r"[0-9a-f]{64}")
PATH = re.compile(
    r"(agency|evidence|actions|exceptions)(\[\d+\])?(\.([a-z0-9_]+|\d\.\d\.\d\d?)(\[\d+\])?)*"
)

Report = Callable[..., Any]


@pytest.fixture
def report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Report:
    """The report on a file of a given text, called `e.yaml`."""
    monkeypatch.chdir(tmp_path)

    def judge(text: str | bytes, *words: str) -> Any:
        data = text.encode() if isinstance(text, str) else text
        (tmp_path / "e.yaml").write_bytes(data)
        capsys.readouterr()
        main(["e.yaml", "--format", "json", *(words or END)])
        return json.loads(capsys.readouterr().out)

    return judge


def requirements_of(content: Any) -> list[Any]:
    """Every requirement of a report."""
    return [entry for issue in content["issues"] for entry in issue["requirements"]]


def all_findings(content: Any) -> list[Any]:
    """Every finding of a report, those of the file first."""
    return content["findings"] + [
        f for entry in requirements_of(content) for f in entry["findings"]
    ]


def places(content: Any, requirement: str) -> list[tuple[str, str, int, int]]:
    """Code, path, line and column of the findings of a requirement."""
    return [
        (f["code"], f["path"], f["line"], f["column"]) for f in findings_of(content, requirement)
    ]


# Shape


def is_text(value: object) -> bool:
    """Whether a value is text with something in it."""
    return isinstance(value, str) and bool(value)


def is_count(value: object) -> bool:
    """Whether a value is a number of things; true and false are none."""
    return type(value) is int and value >= 0


def check_summary(summary: Any) -> None:
    """All nine figures are there, and the statuses add up."""
    assert [*summary] == ["requirements", *STATUSES, "errors", "warnings"]
    assert all(is_count(value) for value in summary.values())
    assert sum(summary[status] for status in STATUSES) == summary["requirements"]


def check_finding(finding: Any) -> None:
    """Every key of a finding is there with its type."""
    assert {*finding} >= {
        "code",
        "level",
        "message",
        "fix",
        "path",
        "line",
        "column",
        "fingerprint",
    }
    assert re.fullmatch(r"[a-z_]+", finding["code"])
    assert finding["level"] in ("error", "warning")
    assert is_text(finding["message"])
    assert is_text(finding["fix"])
    assert PATH.fullmatch(finding["path"]), finding["path"]
    assert type(finding["line"]) is int
    assert finding["line"] >= 1
    assert type(finding["column"]) is int
    assert finding["column"] >= 1
    assert re.fullmatch(r"[0-9a-f]{32,}", finding["fingerprint"])
    assert "{" not in finding["message"] + finding["fix"]


def check_proof(proof: Any, *, declared: bool) -> None:
    """Every key of a proof is there with its type; `check` opens nothing and reads nothing."""
    assert [*proof] == ["level", "unproved", "ways"]
    assert proof["level"] in (("declared", "seen") if declared else ("none",))
    assert bool(proof["unproved"]) == declared
    for one in proof["unproved"]:
        assert [*one] == ["reason", "message", "targets"]
        assert one["reason"] in ("nothing_named", "not_opened", "not_read")
        assert is_text(one["message"])
        assert one["targets"]
        for target in one["targets"]:
            assert [*target] == ["text", "path"]
            assert is_text(target["text"]) != (one["reason"] == "nothing_named")
            assert PATH.fullmatch(target["path"]), target["path"]
    assert proof["ways"] == []


def check_requirement(entry: Any) -> None:
    """Every key of a requirement is there with its type."""
    assert {*entry} >= {"id", "title", "status", "kinds", "oit", "responsible", "proof", "findings"}
    assert entry["status"] in STATUSES
    assert is_text(entry["title"])
    assert entry["kinds"]
    assert {*entry["kinds"]} <= {*catalogue().kinds}
    for oit in entry["oit"]:
        assert {*oit} >= {"code", "verified"}
        assert re.fullmatch(r"O([1-9]|[12]\d|3[0-5])", oit["code"])
        assert type(oit["verified"]) is bool
    assert entry["responsible"] is None or is_text(entry["responsible"])
    check_proof(entry["proof"], declared=entry["status"] != "missing")
    has_error = any(finding["level"] == "error" for finding in entry["findings"])
    assert has_error == (entry["status"] != "met")


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("file", [COMPLETE, SEED], ids=["complete", "seed"])
def test_every_key(capsys: pytest.CaptureFixture[str], file: Path, language: str) -> None:
    """Every key of the contract is there with its type, and every requirement in its order."""
    main([str(file), "-f", "json", "--lang", language, "--as-of", "15 ต.ค. 2567"])
    out, err = capsys.readouterr()
    content = json.loads(out)
    assert err == ""
    assert {*content} >= {
        "format",
        "tool",
        "catalogue",
        "evidence",
        "agency",
        "fiscal_year",
        "as_of",
        "deadline",
        "looked",
        "summary",
        "proof",
        "findings",
        "issues",
    }
    assert content["format"] == "ita-check/report/1"
    assert content["tool"] == {"name": "ita-check", "version": __version__}
    assert content["catalogue"] == {
        "id": "ita-municipality",
        "sha256": catalogue().sha256,
        "requirements": 63,
    }
    assert HASH.fullmatch(content["catalogue"]["sha256"])
    assert content["evidence"] == {
        "path": str(file),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
    }
    assert is_text(content["agency"]["name"])
    complete = file == COMPLETE
    assert content["agency"]["website"] == ("https://www.example.go.th" if complete else None)
    assert content["fiscal_year"] == (2570 if complete else 2567)
    assert content["as_of"] == "2024-10-15"
    assert content["deadline"] == ("2027-04-30" if complete else None)
    check_summary(content["summary"])
    assert content["looked"] is None
    assert [*content["proof"]] == ["none", "declared", "seen", "read"]
    assert all(is_count(value) for value in content["proof"].values())
    assert sum(content["proof"].values()) == content["summary"]["requirements"]
    for issue in content["issues"]:
        assert {*issue} >= {"number", "title", "summary", "requirements"}
        assert is_text(issue["title"])
        check_summary(issue["summary"])
    for entry in requirements_of(content):
        check_requirement(entry)
    for finding in all_findings(content):
        check_finding(finding)


@pytest.mark.parametrize("language", ["th", "en"])
def test_catalogue_order(report: Report, language: str) -> None:
    """Every requirement is listed, met or not, as the catalogue has it, titles in both languages."""
    content = report(HEAD, "--lang", language, *END)
    rules = catalogue()
    assert [(issue["number"], issue["title"]) for issue in content["issues"]] == [
        (issue.number, issue.title.say(language)) for issue in rules.issues
    ]
    assert [
        (entry["id"], entry["title"], entry["kinds"], entry["oit"])
        for entry in requirements_of(content)
    ] == [
        (
            rule.id,
            rule.title.say(language),
            [*rule.kinds],
            [
                {"code": o.code, "fiscal_year": o.fiscal_year, "verified": o.verified}
                for o in rule.oit
            ],
        )
        for rule in rules.requirements
    ]


def test_summaries_are_those_of_the_findings(report: Report) -> None:
    """The figures of the file and of each issue are what is listed below them."""
    content = report(SEED.read_bytes())
    counted: Counter[str] = Counter()
    proved: Counter[str] = Counter()
    for issue in content["issues"]:
        own: Counter[str] = Counter()
        for entry in issue["requirements"]:
            proved[entry["proof"]["level"]] += 1
            own["requirements"] += 1
            own[entry["status"]] += 1
            for finding in entry["findings"]:
                own[finding["level"] + "s"] += 1
        assert {name: own[name] for name in issue["summary"]} == issue["summary"]
        counted += own
    counted["warnings"] += len(content["findings"])
    assert {name: counted[name] for name in content["summary"]} == content["summary"]
    assert {name: proved[name] for name in content["proof"]} == content["proof"]


# The same bytes


def test_same_bytes() -> None:
    """Two processes with different hash seeds and time zones write the same bytes."""
    words = (SEED, COMPLETE, "-f", "json", *END)
    first = run(*words, env={"PYTHONHASHSEED": "1", "TZ": "UTC"})
    second = run(*words, env={"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C"})
    assert first.stdout == second.stdout
    assert first.stdout.endswith(b"\n")
    assert b"\r" not in first.stdout
    json.loads(first.stdout.decode("utf-8"))


@pytest.mark.parametrize("encoding", ["ascii", "cp874", "utf-16"])
def test_always_utf_8(encoding: str) -> None:
    """Whatever the console's encoding, what programs read is UTF-8."""
    done = run(SEED, "-f", "json", "--issue", 4, *END, env={"PYTHONIOENCODING": encoding})
    assert json.loads(done.stdout.decode("utf-8"))["agency"]["name"] == "เทศบาลนครนครราชสีมา"


def test_language_changes_words_only(report: Report) -> None:
    """Codes, places and fingerprints are the same in both languages."""

    def without_words(content: Any) -> Any:
        if isinstance(content, dict):
            return {
                key: without_words(value)
                for key, value in content.items()
                if key not in ("title", "message", "fix")
            }
        if isinstance(content, list):
            return [without_words(value) for value in content]
        return content

    thai, english = (report(SEED.read_bytes(), "--lang", name, *END) for name in ("th", "en"))
    assert without_words(thai) == without_words(english)
    assert thai != english


# Places

PLACED = (
    HEAD
    + """\
evidence:
  hr_plan:
    - title: แผน ก
      in_force: 2567
    - title: แผน ข
      url: https://www.example.go.th/plan
  asset_borrowing:
    form: ใบยืม
    approver: # nobody yet
  executives:
actions:
  "4.1.2":
    responsible: กองคลัง
    period: 1 ต.ค. 2566 - 1 ส.ค. 2567
    result:
"""
)


def test_place_of_what_is_absent(report: Report) -> None:
    """What is absent stands at the nearest parent that is there; the path names it all the same."""
    content = report(PLACED)
    assert places(content, "4.1.2") == [
        ("field_missing", "evidence.asset_borrowing.approver", 10, 5),
        ("result_missing", "actions.4.1.2.result", 15, 5),
        ("outcome_missing", "actions.4.1.2.outcome", 15, 5),
    ]
    assert places(content, "6.1.1") == [
        ("responsible_missing", "actions.6.1.1", 14, 3),
        ("period_missing", "actions.6.1.1", 14, 3),
    ]
    assert places(content, "3.1.2")[0] == ("not_declared", "evidence.executives", 4, 3)
    assert places(content, "1.1.2")[0] == ("not_declared", "evidence.service_instruction", 4, 3)


def test_place_of_what_is_there(report: Report) -> None:
    """Line and column point at the value, in characters, whatever comes before it."""
    text = HEAD.replace("\n", "\r\n") + (
        "evidence: {ethics_team: {title: คณะทำงานฯ 😀, appointed_on: 1 ต.ค. 2567}}\r\n"
    )
    column = text.splitlines()[2].index("1 ต.ค.") + 1
    assert places(report("\ufeff" + text), "6.1.5")[0] == (
        "outside_fiscal_year",
        "evidence.ethics_team.appointed_on",
        3,
        column,
    )


def test_place_of_list_items(report: Report) -> None:
    """List items are counted from 0 and requirement ids stand bare."""
    text = HEAD + (
        "evidence:\n"
        "  corruption_risk_assessment:\n"
        "    - fiscal_year: 2567\n"
        "      risks:\n"
        "        - {topic: bribery, level: สูง, event: ก}\n"
        "        -\n"
        "        - {topic: bribery, level: สูง}\n"
    )
    assert places(report(text), "7.1.6")[0] == (
        "field_missing",
        "evidence.corruption_risk_assessment[0].risks[2].event",
        9,
        11,
    )


def test_place_of_nothing_at_all(report: Report) -> None:
    """Where no parent is there the place is 1:1."""
    content = report("# a comment\n" + HEAD)
    assert {(f["line"], f["column"]) for f in all_findings(content)} == {(1, 1)}
    for blank in ("evidence:\nactions: {}\n", "evidence: ''\nactions: ~\n"):
        content = report(HEAD + blank)
        assert {(f["line"], f["column"]) for f in all_findings(content)} == {(1, 1)}


def test_place_of_files_own_findings(report: Report) -> None:
    """The findings at the top are those of the file, at their exceptions and at the agency."""
    text = (
        "agency:\n"
        "  name: ก\n"
        "fiscal_year: 2567\n"
        "evidence: {dos_and_donts: {title: ก}}\n"
        'actions: {"1.1.5": {responsible: ก, period: ต.ค. 66 - ก.ย. 67}}\n'
        "exceptions:\n"
        "  -\n"
        '  - {requirement: "1.1.5", status: not_applicable, reason: ก}\n'
        '  - {requirement: "4.1.2", status: waived, reason: ก, approved_by: ข, expires: 2567-09-29}\n'
        '  - {requirement: "4.1.3", status: waived, reason: ก, approved_by: ข, expires: 2567-09-30}\n'
    )
    content = report(text)
    column = text.splitlines()[8].index("2567-09-29") + 1
    assert [
        (f["code"], f["level"], f["path"], f["line"], f["column"]) for f in content["findings"]
    ] == [
        ("website_missing", "warning", "agency.website", 2, 3),
        ("exception_unneeded", "warning", "exceptions[1]", 8, 5),
        ("waiver_expired", "warning", "exceptions[2].expires", 9, column),
        ("waiver_expiring", "warning", "exceptions[3].expires", 10, column),
    ]
    assert content["summary"]["warnings"] == 4 + sum(
        finding["level"] == "warning"
        for entry in requirements_of(content)
        if entry["status"] in ("met", "incomplete", "missing")
        for finding in entry["findings"]
    )


def test_top_level_findings_of_the_selected_issues(report: Report) -> None:
    """With `--issue` the exceptions of other issues are not told."""
    text = HEAD + (
        "exceptions:\n"
        '  - {requirement: "1.1.5", status: waived, reason: ก, approved_by: ข, expires: 2567-09-29}\n'
        '  - {requirement: "4.1.2", status: waived, reason: ก, approved_by: ข, expires: 2567-09-29}\n'
    )
    content = report(text, "--issue", "4", *END)
    assert [f["path"] for f in content["findings"]] == ["exceptions[1].expires"]
    # five not_declared, each with no unit and no period, and the warning above
    assert (content["summary"]["errors"], content["summary"]["warnings"]) == (15, 1)


def test_paths_lead_to_what_they_name(report: Report) -> None:
    """Every path of a transcribed report begins with what is in the file, and ids stand bare."""
    for finding in all_findings(report(SEED.read_bytes())):
        assert PATH.fullmatch(finding["path"]), finding["path"]
        if finding["path"].startswith("actions."):
            assert re.match(r"actions\.\d\.\d\.\d+(\.|$)", finding["path"])


# Fingerprints


def prints(content: Any) -> dict[tuple[str, str, str], str]:
    """The fingerprint of each finding by requirement, code and path."""
    found = {("", f["code"], f["path"]): f["fingerprint"] for f in content["findings"]}
    for entry in requirements_of(content):
        for f in entry["findings"]:
            found[entry["id"], f["code"], f["path"]] = f["fingerprint"]
    return found


def test_fingerprint_is_stable(report: Report) -> None:
    """Neither moved lines, the day, the language, the file's name nor other values change it."""
    text = PLACED + "deadline: 30 เม.ย. 2567\n"
    before = prints(report(text))
    assert len(before) > 150
    moved = "# moved\n\n" + text.replace("กองคลัง", "กองช่าง").replace("แผน ก", "แผนที่แก้แล้ว")
    assert prints(report(moved)) == before
    assert prints(report(moved, "--lang", "en", "--as-of", "2567-09-01")) == before
    assert prints(report(text.replace("\n", "\r\n"))) == before


def test_fingerprint_tells_findings_apart(report: Report) -> None:
    """It differs with the requirement, the code and the path, the agency and the year."""
    before = prints(report(SEED.read_bytes()))
    assert len({*before.values()}) == len(before)
    codes = {code for _, code, _ in before}
    assert len(codes) == 8
    text = SEED.read_text("utf-8")
    for other in (
        text.replace("name: เทศบาลนครนครราชสีมา", "name: เทศบาลนครอื่น"),
        text.replace("fiscal_year: ๒๕๖๗", "fiscal_year: ๒๕๖๘"),
    ):
        assert other != text
        assert not {*before.values()} & {*prints(report(other)).values()}


# Several files and what could not be judged


def test_one_object_or_a_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One file is one object; several are a list in the given order, each as if it were alone."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text("evidense: 1", "utf-8")

    def judged(*names: object) -> Any:
        main([*map(str, names), "-f", "json", *END])
        return json.loads(capsys.readouterr().out)

    alone = [judged(name) for name in (SEED, "bad.yaml", COMPLETE)]
    assert [type(content) for content in alone] == [dict, dict, dict]
    assert judged(SEED, "bad.yaml", COMPLETE) == alone
    assert judged("bad.yaml", "./bad.yaml")[1]["evidence"]["path"] == "./bad.yaml"


def test_error_object(report: Report) -> None:
    """A file that could not be judged gives its digest and every error, each with its place."""
    text = "agency: {name: ก}\nfiscal_year: 2024\nevidence:\n  hr_plan: {in_forc: 1}\n"
    content = report(text, "--lang", "en")
    assert {*content} == {"format", "evidence", "error"}
    assert content["format"] == "ita-check/report/1"
    assert content["evidence"] == {
        "path": "e.yaml",
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }
    errors = [
        {key: error[key] for key in ("message", "line", "column", "path")}
        for error in content["error"]
    ]
    assert errors == [
        {
            "message": phrase("problems.gregorian_year", text="2024", meant=2567).say("en"),
            "line": 2,
            "column": 14,
            "path": "fiscal_year",
        },
        {
            "message": errors[1]["message"],
            "line": 4,
            "column": 13,
            "path": "evidence.hr_plan.in_forc",
        },
    ]
    assert phrase("problems.did_you_mean", word="in_force").say("en") in errors[1]["message"]


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\xff\xfe\x00a", b"%PDF-1.7", "ก: ข".encode("cp874"), b"a\x00b", b"- 1\n- 2\n"],
)
def test_error_object_of_a_file_that_was_read(report: Report, data: bytes) -> None:
    """Whatever is in a file: if it could be read, its digest is there, and lines begin at 1."""
    content = report(data)
    assert content["evidence"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert content["error"]
    for error in content["error"]:
        assert is_text(error["message"])
        assert (error["line"] >= 1, error["column"] >= 1) == (True, True)
        assert isinstance(error["path"], str)


def test_digest_of_a_large_file(report: Report) -> None:
    """Of a file over the limit there is no digest, or that of the whole file."""
    data = HEAD.encode() + b"#" * (MAX_BYTES + 10)
    digest = report(data)["evidence"].get("sha256")
    assert digest in (None, hashlib.sha256(data).hexdigest())


def test_error_object_of_a_file_that_was_not_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the bytes there is no digest."""
    monkeypatch.chdir(tmp_path)
    for name in ("nowhere.yaml", "."):
        assert main([name, "-f", "json"]) == 2
        content = json.loads(capsys.readouterr().out)
        assert content["evidence"] == {"path": name}
        ((error),) = content["error"]
        assert (error["line"], error["column"], error["path"]) == (1, 1, "")


def test_invalid_catalogue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An invalid catalogue is an error of every file, and names the rule file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rules" / "issue-8").mkdir(parents=True)
    (tmp_path / "rules" / "issue-8" / "8.1.1.yaml").write_text("id: 8.1.1\n")
    assert main([str(SEED), str(COMPLETE), "--rules", "rules", "-f", "json"]) == 2
    for content in json.loads(capsys.readouterr().out):
        assert content["error"]
        assert {Path(error["file"]).parts[0] for error in content["error"]} == {"rules"}


# --issue


def test_issue_keeps_the_catalogues_count(report: Report) -> None:
    """`--issue` narrows the report and its summary; the catalogue still has 63."""
    whole = report(SEED.read_bytes())
    content = report(SEED.read_bytes(), "--issue", "7", "--issue", "2", *END)
    assert content["catalogue"] == whole["catalogue"]
    assert content["catalogue"]["requirements"] == 63
    assert content["issues"] == [whole["issues"][1], whole["issues"][6]]
    assert content["summary"]["requirements"] == 8 + 12
    for name in ("met", "incomplete", "missing", "errors"):
        assert content["summary"][name] == sum(i["summary"][name] for i in content["issues"])


def test_exception_that_decided(report: Report) -> None:
    """Who excepted what, why and until when is told with the requirement."""
    text = HEAD + (
        "exceptions:\n"
        '  - {requirement: "4.1.2", status: not_applicable, reason: ไม่มีทรัพย์สิน}\n'
        '  - {requirement: "4.1.3", status: waived, reason: รอ, approved_by: ปลัด, expires: 2567-12-31}\n'
    )
    told = {
        entry["id"]: entry["exception"]
        for entry in requirements_of(report(text))
        if entry["exception"] is not None
    }
    assert told == {
        "4.1.2": {
            "status": "not_applicable",
            "reason": "ไม่มีทรัพย์สิน",
            "approved_by": None,
            "expires": None,
            "days_left": None,
            "path": "exceptions[0]",
            "line": HEAD.count("\n") + 2,
            "column": 5,
        },
        "4.1.3": {
            "status": "waived",
            "reason": "รอ",
            "approved_by": "ปลัด",
            "expires": "2024-12-31",
            "days_left": 92,
            "path": "exceptions[1]",
            "line": HEAD.count("\n") + 3,
            "column": 5,
        },
    }


def test_what_is_printed_is_what_was_written(report: Report) -> None:
    """Text comes out as it went in: Thai digits, control pictures, quotes and all."""
    name = 'เทศบาล ๑ "ก" \\ [bold] </script> \u202e\u200b\U0001f600 \x07\x1b[31m'
    text = f"agency: {{name: {json.dumps(name, ensure_ascii=False)}}}\nfiscal_year: 2567\n"
    assert report(text)["agency"]["name"] == name

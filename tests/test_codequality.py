"""GitLab's Code Quality report: whole entries, and the same as another's tool makes of our SARIF."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hosted import (
    EXCEPTED,
    FIXTURES,
    INVALID,
    STATUSES,
    Expected,
    counted,
    in_repository,
    report_of,
    requirements,
    told,
)
from sarif.operations import codeclimate_op
from sarif.sarif_file import SarifFile, SarifFileSet
from support import COMPLETE, ROOT, SEED, Call, catalogue, say

from ita_check.model.calendar import written_day
from ita_check.reporting.inert import inert
from ita_check.texts import Language

LANGUAGES: tuple[Language, ...] = ("th", "en")
HEAD = "agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}\nfiscal_year: 2567\n"
END = ("--as-of", "2567-09-30")

CodeQuality = Callable[..., Any]


@pytest.fixture
def codequality(call: Call, monkeypatch: pytest.MonkeyPatch) -> CodeQuality:
    """The report as GitLab reads it: a list, every entry with all it demands, none told twice."""
    monkeypatch.chdir(ROOT)

    def command(*words: object) -> Any:
        out = call(*words, "-f", "codequality").out
        assert out.endswith("]\n")
        entries = json.loads(out)
        for entry in entries:
            assert [*entry] == ["description", "check_name", "fingerprint", "severity", "location"]
            assert entry["severity"] in ("info", "minor", "major", "critical", "blocker")
            assert re.fullmatch("[0-9a-f]{32}", entry["fingerprint"])
            # Code Climate asks for one line.
            assert entry["description"] == inert(entry["description"]) != ""
            assert [*entry["location"]] == ["path", "lines"]
            assert entry["location"]["lines"]["begin"] >= 1
        assert len({entry["fingerprint"] for entry in entries}) == len(entries)
        return entries

    return command


def without_fingerprints(entries: Any) -> Any:
    """The entries without what identifies them."""
    return [{k: v for k, v in entry.items() if k != "fingerprint"} for entry in entries]


def entry_of(description: str, name: str, severity: str, path: str, line: int) -> dict[str, Any]:
    """An entry without its fingerprint."""
    return {
        "description": description,
        "check_name": name,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line}},
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIXTURES)
def test_whole(name: str, language: Language, codequality: CodeQuality, call: Call) -> None:
    """Every finding that counts is an entry, in the order of JSON, and nothing else counts."""
    file, day = FIXTURES[name]
    words = (file, "--as-of", day, "--lang", language)
    path = file.relative_to(ROOT).as_posix()

    def expected(one: Expected) -> dict[str, Any]:
        requirement, finding = one
        text, check, severity = told(one, language, " | "), finding["code"], "minor"
        if requirement is not None:
            text = f"{requirement['id']}: {text}"
            check = f"{requirement['id']}/{check}"
        if finding["level"] == "error":
            severity = {"missing": "critical", "incomplete": "major"}[one.status or ""]
        return entry_of(text, check, severity, path, finding["line"])

    entries = codequality(*words)
    told_as = [entry for entry in entries if entry["severity"] != "info"]
    report = report_of(call, *words)
    assert without_fingerprints(told_as) == [expected(one) for one in counted(report)]
    unjudged = requirements(report, *EXCEPTED, "not_due")
    assert len(entries) - len(told_as) == len(unjudged)


def test_nothing_is_an_empty_list(call: Call) -> None:
    """Where nothing is wrong the list is empty: GitLab compares with it."""
    assert call(COMPLETE, "--as-of", "2570-09-30", "-f", "codequality").out == "[]\n"


@pytest.mark.parametrize("name", FIXTURES)
def test_as_converted_from_sarif(
    name: str, codequality: CodeQuality, call: Call, tmp_path: Path
) -> None:
    """Another's tool makes the same entries of our SARIF: place, words, and how serious."""
    file, day = FIXTURES[name]
    content = json.loads(call(file, "--as-of", day, "-f", "sarif").out)
    for run in content["runs"]:
        # The tool knows no suppressions; GitLab is told these as information.
        run["results"] = [result for result in run["results"] if not result["suppressions"]]
    written = tmp_path / "report.sarif"
    written.write_text(json.dumps(content), "utf-8")
    files = SarifFileSet()
    files.add_file(SarifFile(str(written), content))
    codeclimate_op.generate(files, str(tmp_path / "converted.json"), False)
    converted = json.loads((tmp_path / "converted.json").read_text("utf-8"))
    theirs = []
    for entry in converted:
        check, text = entry["check_name"], entry["description"].replace("\n", " | ")
        # Its checks are requirements; what is found about the file needs no other name.
        theirs.append(
            (
                entry["location"],
                f"{check}: {text}" if re.match("[0-9]", check) else text,
                check,
                entry["severity"],
            )
        )
    ours = [
        (
            entry["location"],
            entry["description"],
            entry["check_name"].partition("/")[0],
            {"critical": "major"}.get(entry["severity"], entry["severity"]),
        )
        for entry in codequality(file, "--as-of", day)
        if entry["severity"] != "info"
    ]
    assert ours == theirs


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_judged(language: Language, codequality: CodeQuality) -> None:
    """What is excepted or not due is information, at its exception or row, with all it says."""
    path = STATUSES.relative_to(ROOT).as_posix()
    entries = codequality(STATUSES, "--as-of", "2567-03-01", "--lang", language)
    lines = STATUSES.read_text("utf-8").split("\n")

    def line_of(text: str) -> int:
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def why(status: str, *reasons: str) -> str:
        nothing = say("report.proof", language, level=say("report.proof.none", language))
        return " | ".join((say(f"report.status.{status}", language), *reasons, nothing))

    titles = {rule.id: rule.title.say(language) for rule in catalogue().requirements}
    expected = [
        (
            "2.1.2",
            "waived",
            why(
                "waived",
                say("report.reason", language, reason="อยู่ระหว่างจัดทำระบบร่วมกับจังหวัด"),
                say("report.approved_by", language, post="ปลัดเทศบาล"),
                say("report.expires_in", language, day=written_day(date(2024, 3, 20)), days=19),
            ),
            line_of('requirement: "2.1.2"'),
        ),
        (
            "4.1.2",
            "not_applicable",
            why("not_applicable", say("report.reason", language, reason="ไม่มีทรัพย์สินให้ยืม")),
            line_of('requirement: "4.1.2"'),
        ),
        (
            "5.1.4",
            "not_due",
            why("not_due", say("report.opens", language, day=written_day(date(2024, 3, 31)))),
            line_of("actions:") + 1,
        ),
    ]
    assert without_fingerprints(e for e in entries if e["severity"] == "info") == [
        entry_of(f"{rule} {titles[rule]}: {text}", f"{rule}/{status}", "info", path, line)
        for rule, status, text, line in expected
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_could_not_be_judged(
    language: Language, codequality: CodeQuality, call: Call, tmp_path: Path
) -> None:
    """Each problem of a file that could not be judged blocks, at its line."""
    file = in_repository(tmp_path, "e.yaml", INVALID)
    errors = report_of(call, file, "--lang", language)["error"]
    entries = codequality(file, "--lang", language)
    assert without_fingerprints(entries) == [
        entry_of(inert(error["message"]), "cannot_judge", "blocker", "e.yaml", error["line"])
        for error in errors
    ]
    assert len(entries) == 4
    in_repository(tmp_path, "e.yaml", "\n\n" + INVALID)
    moved = codequality(file)
    assert [e["fingerprint"] for e in moved] == [e["fingerprint"] for e in entries]


def test_several_files_are_one_list(codequality: CodeQuality, tmp_path: Path) -> None:
    """All files stand in one list; the same file twice, and the same agency in two, stay apart."""
    first = in_repository(tmp_path, "a.yaml", HEAD)
    second = in_repository(tmp_path, "b.yaml", HEAD)
    bad = in_repository(tmp_path, "bad.yaml", INVALID)
    together = codequality(first, bad, second, first, *END)
    alone = [codequality(file, *END) for file in (first, bad, second)]
    count = len(together) - len(alone[0])
    assert together[:count] == [entry for entries in alone for entry in entries]
    assert without_fingerprints(together[count:]) == without_fingerprints(alone[0])
    # What is mended in one file is not taken for something else in the other.
    in_repository(tmp_path, "a.yaml", HEAD + "evidence: {news: {url: https://www.example.go.th}}\n")
    assert codequality(first, second, *END)[-len(alone[2]) :] == alone[2]


def test_lines_do_not_matter(codequality: CodeQuality, tmp_path: Path) -> None:
    """Moved lines and another language leave every fingerprint as it was."""
    text = SEED.read_text("utf-8")
    file = in_repository(tmp_path, "e.yaml", text)
    before = codequality(file, *END)
    in_repository(tmp_path, "e.yaml", "# ย้าย\n\n" + text)
    after = codequality(file, *END, "--lang", "en")
    assert [e["fingerprint"] for e in after] == [e["fingerprint"] for e in before]
    assert after != before


@pytest.mark.parametrize("name", ["evidence.yaml", "เทศบาล ก/หลักฐาน #1%.yaml"])
def test_path(
    name: str, codequality: CodeQuality, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The path is that from the repository's root, as it is written, however it was given."""
    file = in_repository(tmp_path, name, HEAD)
    monkeypatch.chdir(file.parent)
    for word in (file, file.name, f"./{file.name}"):
        assert {entry["location"]["path"] for entry in codequality(word, *END)} == {name}


def test_text_of_others_is_inert(codequality: CodeQuality, call: Call, tmp_path: Path) -> None:
    """Evidence turns no line around and starts none: what would act is seen instead."""
    reason = "ก\n\u202e <b> \x1b[31m"
    quoted = json.dumps(reason)
    text = HEAD + (
        f'exceptions:\n  - {{requirement: "4.1.2", status: not_applicable, reason: {quoted}}}\n'
    )
    file = in_repository(tmp_path, "e.yaml", text)
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e]", call(file, "-f", "codequality", *END).out)
    (told_as,) = [e for e in codequality(file, *END) if e["severity"] == "info"]
    assert r"ก \u202e <b> \x1b[31m | " in told_as["description"]
    # The fixture looks at every description: of a finding, and of a problem.
    name = json.dumps("ก\x1b[31m.pdf")
    in_repository(tmp_path, "e.yaml", HEAD + f"evidence: {{asset_manual: {{file: {name}}}}}\n")
    assert [e for e in codequality(file, *END) if r"\x1b[31m.pdf" in e["description"]]
    in_repository(tmp_path, "e.yaml", HEAD + f"evidence: {{{name}: 1}}\n")
    assert [e for e in codequality(file, *END) if r"\x1b[31m.pdf" in e["description"]]

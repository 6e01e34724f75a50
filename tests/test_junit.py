"""The format `junit`, read back with junitparser and with XML parsers."""

from __future__ import annotations

import io
from itertools import zip_longest
from pathlib import Path
from typing import Any
from xml.dom import minidom
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped
from support import ADVISED, COMPLETE, ROOT, SEED, catalogue, run, run_json, say

from ita_check.errors import Problem
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.dates import read_day
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.model.evidence import Units
from ita_check.model.report import Report, Unjudged
from ita_check.reporting.inert import inert
from ita_check.reporting.junit import write
from ita_check.reporting.view import View
from ita_check.texts import Language, phrase

STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
FIXTURES = [
    pytest.param(COMPLETE, "2570-09-30", id="complete"),
    pytest.param(SEED, "2567-10-15", id="seed"),
    pytest.param(STATUSES, "2567-03-01", id="statuses"),
]
LANGUAGES: tuple[Language, ...] = ("th", "en")


def read(data: bytes) -> Any:
    """Every suite as the library has it: its name, its figures, its cases and its output."""
    parsed = JUnitXml.fromstring(data)
    return [
        (
            suite.name,
            (suite.tests, suite.failures, suite.errors, suite.skipped),
            suite.timestamp,
            [
                (
                    case.classname,
                    case.name,
                    case._elem.get("file"),
                    case._elem.get("line"),
                    [(type(one), one.type, one.message, one.text) for one in case.result],
                    [(p.get("name"), p.get("value")) for p in case._elem.iterfind(".//property")],
                    case.system_out,
                )
                for case in suite
            ],
            suite._elem.findtext("system-out"),
        )
        for suite in parsed
    ]


def told(findings: list[Any], name: str, language: Language) -> str | None:
    """The findings of a JSON report in words, errors first; a shared remedy once."""
    ordered = sorted(findings, key=lambda one: one["level"] != "error")
    lines = []
    for one, after in zip_longest(ordered, ordered[1:]):
        level = say(f"report.level.{one['level']}", language)
        lines.append(f"{level}: {one['message']}")
        lines.append(f"  {name}:{one['line']}:{one['column']}")
        if after is None or one["fix"] != after["fix"]:
            lines.append(f"  {say('report.fix', language)}{one['fix']}")
    return "\n".join(lines) or None


def expected(report: Any, language: Language, file: str, prefix: str = "") -> Any:
    """What the library should read, from the JSON report."""
    name = report["evidence"]["path"]
    package = name if prefix else "ita-check"
    about: dict[str | None, list[Any]] = {}
    for finding in report["findings"]:
        about.setdefault(finding["requirement"], []).append(finding)
    suites = []
    for number, issue in enumerate(report["issues"]):
        cases = []
        for one in issue["requirements"]:
            output = list(about.get(one["id"], []))
            first = sorted([*one["findings"], *output], key=lambda f: f["level"] != "error")
            line = str(first[0]["line"]) if first else None
            results: list[Any] = []
            if one["status"] in ("missing", "incomplete"):
                errors = [f["message"] for f in one["findings"] if f["level"] == "error"]
                message = errors[0]
                if errors[1:]:
                    message = say("tables.more", language, message=message, count=len(errors) - 1)
                unit = one["responsible"] or say("report.no_unit", language)
                text = say("report.responsible", language, units=unit) + "\n"
                codes = [o["code"] + ("" if o["verified"] else "*") for o in one["oit"]]
                if codes:
                    text += say("report.oit", language, codes=", ".join(codes)) + "\n"
                text += told(one["findings"], name, language) or ""
                results = [(Failure, one["status"], message, text)]
            else:
                output = one["findings"] + output
                if one["status"] != "met":
                    results = [(Skipped, one["status"], None, None)]
                    if one["exception"]:
                        line = str(one["exception"]["line"])
            title = f"{one['id']} {one['title']}"
            classname = f"{package}.issue-{issue['number']}"
            spoken = told(output, name, language)
            proof = [("proof", one["proof"]["level"])]
            proof += [("not_proved", inert(why["message"])) for why in one["proof"]["unproved"]]
            cases.append((classname, title, file, line, results, proof, spoken))
        summary = issue["summary"]
        failures = summary["missing"] + summary["incomplete"]
        skipped = summary["waived"] + summary["not_applicable"] + summary["not_due"]
        figures = (summary["requirements"], failures, 0, skipped)
        title = f"{say('report.issue', language, number=issue['number'])} {issue['title']}"
        last = None
        if number == 0:
            totals = say("report.proofs", language, **report["proof"])
            last = "\n".join(filter(None, (totals, told(about.get(None, []), name, language))))
        suites.append((prefix + title, figures, f"{report['as_of']}T00:00:00", cases, last))
    return suites


def without_reasons(suites: Any) -> Any:
    """The same with the reasons of what is skipped left out: they have their own test."""
    return [
        (
            *suite[:3],
            [
                (
                    *case[:4],
                    [(*one[:2], None, None) if one[0] is Skipped else one for one in case[4]],
                    *case[5:],
                )
                for case in suite[3]
            ],
            suite[4],
        )
        for suite in suites
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("evidence", "as_of"), FIXTURES)
def test_is_the_report(evidence: Path, as_of: str, language: Language) -> None:
    """Suites, cases, results, places, remedies and figures are those of the JSON report."""
    name = evidence.relative_to(ROOT).as_posix()
    options = (name, "--as-of", as_of, "--lang", language)
    done = run(*options, "--format", "junit")
    report = run_json(*options)
    assert done.stderr == b""
    assert without_reasons(read(done.stdout)) == expected(report, language, name)
    summary = report["summary"]
    parsed = JUnitXml.fromstring(done.stdout)
    assert (parsed.name, parsed.tests, parsed.errors) == ("ita-check", summary["requirements"], 0)
    assert parsed.failures == summary["missing"] + summary["incomplete"]
    assert parsed.skipped == summary["waived"] + summary["not_applicable"] + summary["not_due"]
    assert {element.get("time") for element in ET.fromstring(done.stdout).iter("testcase")} == {"0"}


def test_reasons() -> None:
    """What is not judged is skipped with the reason, who approved it and how long it holds."""
    done = run(STATUSES, "--as-of", "2567-03-01", "--lang", "th", "--format", "junit")
    skipped = {
        case.name.split()[0]: (one.type, one.message)
        for suite in JUnitXml.fromstring(done.stdout)
        for case in suite
        for one in case.result
        if isinstance(one, Skipped)
    }
    assert skipped == {
        "2.1.2": (
            "waived",
            "ผ่อนผัน: เหตุผล: อยู่ระหว่างจัดทำระบบร่วมกับจังหวัด, อนุมัติโดย ปลัดเทศบาล, ถึงวันที่ 20 มี.ค. 2567 (เหลืออีก 19 วัน)",
        ),
        "4.1.2": ("not_applicable", "ไม่เกี่ยวข้อง: เหตุผล: ไม่มีทรัพย์สินให้ยืม"),
        "5.1.4": ("not_due", "ยังไม่ถึงกำหนด: เปิดให้ตรวจตั้งแต่วันที่ 31 มี.ค. 2567"),
    }


def test_several_files(tmp_path: Path) -> None:
    """Each suite begins with its file; a file that could not be judged is one case in error."""
    (tmp_path / "bad.yaml").write_text("agency: {name: ก}\nfiscal_year: 2024\nfoo: 1\n")
    (tmp_path / "good.yaml").write_text(ADVISED.replace(", website: https://www.example.go.th", ""))
    options = ("bad.yaml", "good.yaml", "none.yaml", "--issue", "4", "--as-of", "2567-10-15")
    done = run(*options, "--format", "junit", "--lang", "en", cwd=tmp_path)
    bad, good, none = run_json(*options, "--lang", "en", cwd=tmp_path)
    suites = read(done.stdout)
    assert done.returncode == 2
    assert suites[1:2] == expected(good, "en", "good.yaml", "good.yaml: ")
    assert "website" in suites[1][4]
    first = "2024 is a Gregorian year; a Buddhist one is required, probably 2567."
    assert bad["error"][0]["message"] == first
    texts = [f"bad.yaml:{e['line']}:{e['column']}: {e['message']}" for e in bad["error"]]
    result = (Error, "not_judged", f"{first} (and 1 more)", "\n".join(texts))
    case = ("bad.yaml", "Could not be judged", "bad.yaml", "2", [result], [], None)
    assert suites[0] == ("bad.yaml", (1, 0, 1, 0), None, [case], None)
    message = none["error"][0]["message"]
    result = (Error, "not_judged", message, f"none.yaml: {message}")
    case = ("none.yaml", "Could not be judged", "none.yaml", None, [result], [], None)
    assert suites[2] == ("none.yaml", (1, 0, 1, 0), None, [case], None)
    parsed = JUnitXml.fromstring(done.stdout)
    assert (parsed.tests, parsed.failures, parsed.errors, parsed.skipped) == (7, 0, 2, 0)


@pytest.mark.parametrize("fail_on", ["error", "warning", "never"])
@pytest.mark.parametrize(("evidence", "as_of"), FIXTURES)
def test_exit_code(evidence: Path, as_of: str, fail_on: str) -> None:
    """The exit code is that of every format, and `--fail-on` changes nothing that is written."""
    options = (evidence, "--as-of", as_of, "--fail-on", fail_on)
    done = run(*options, "--format", "junit")
    assert done.returncode == run(*options, "--format", "json").returncode
    assert done.stdout == run(evidence, "--as-of", as_of, "--format", "junit").stdout


def test_file_is_that_of_the_repository(tmp_path: Path) -> None:
    """The `file` that a code host shows is from the root of the repository; people see the name."""
    (tmp_path / ".git").mkdir()
    folder = tmp_path / "ita"
    folder.mkdir()
    (folder / "evidence.yaml").write_text(ADVISED)
    done = run("evidence.yaml", "--as-of", "2567-10-15", "--format", "junit", cwd=folder)
    root = ET.fromstring(done.stdout)
    assert {case.get("file") for case in root.iter("testcase")} == {"ita/evidence.yaml"}
    places = {line for text in root.itertext() for line in text.split() if ".yaml:" in line}
    assert places
    assert all(place.startswith("evidence.yaml:") for place in places)


def report_of(text: str) -> Report:
    """A report on an evidence file, as of the end of its year."""
    data = text.encode()
    evidence = read_evidence("evidence.yaml", data, catalogue(), FolderFiles("."), "")
    return evaluate(catalogue(), evidence, read_day("2567-09-30", None))


PLAIN = report_of(
    ADVISED + 'exceptions:\n  - {requirement: "7.1.1", status: not_applicable, reason: x}\n'
)
# Whatever Python holds as text: NUL, half pairs, U+FFFE and all.
ANYTHING = st.text(st.characters(), max_size=40) | st.text(
    "<>&\"']]>\x00\x0b\x1b\t\n\r \ud800\udfff\ufffe\uffff\x85\u2028ก%;", max_size=20
)


def written(outcome: Report | Unjudged) -> str:
    """What the format writes of one file, held to be well-formed by a second parser."""
    stream = io.StringIO()
    write([outcome], stream, View("en"))
    data = stream.getvalue().encode("utf-8")
    minidom.parseString(data)
    return stream.getvalue()


@given(ANYTHING)
def test_any_text_survives(text: str) -> None:
    """Text from outside comes back from an XML parser as it is shown everywhere, not one letter else."""
    changed = [
        one._replace(
            responsible=Units(text, (text,)),
            exception=one.exception and one.exception._replace(reason=text),
            findings=tuple(
                f._replace(message=phrase("report.reason", reason=text)) for f in one.findings
            ),
        )
        for one in PLAIN.issues[6].requirements
    ]
    issue = PLAIN.issues[6]._replace(requirements=tuple(changed))
    root = ET.fromstring(written(PLAIN._replace(evidence_name=text, issues=(issue,))))
    shown = inert(text)
    skipped, failed = root.findall(".//testcase")[:2]
    assert failed.get("file") == shown
    assert skipped.find("skipped").get("message") == f"Not applicable: Reason: {shown}"  # type: ignore[union-attr] - or it fails
    failure = failed.find("failure")
    assert failure is not None
    assert failure.get("message") == f"Reason: {shown} (and 2 more)"
    lines = (failure.text or "").split("\n")
    assert lines[:4] == [
        f"Responsible: {shown}",
        "OIT: O23*",
        f"Error: Reason: {shown}",
        f"  {shown}:4:3",
    ]


@given(ANYTHING)
def test_any_problem_survives(text: str) -> None:
    """So does whatever is told of a file that could not be judged."""
    problem = Problem(phrase("report.reason", reason=text), text, 3, 4)
    root = ET.fromstring(written(Unjudged(text, None, (problem,))))
    error = root.find("testsuite/testcase/error")
    assert error is not None
    shown = inert(text)
    assert root.find("testsuite").get("name") == shown  # type: ignore[union-attr] - or it fails
    assert error.get("message") == f"Reason: {shown}"
    assert error.text == f"{shown}:3:4: Reason: {shown}"

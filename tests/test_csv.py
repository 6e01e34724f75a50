"""The format `csv`, read back with Python and with LibreOffice."""

from __future__ import annotations

import csv
import io
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from openpyxl import load_workbook
from support import ADVISED, COMPLETE, ROOT, SEED, run, run_json, say, soffice

from ita_check.errors import Problem
from ita_check.model.calendar import ENGLISH_MONTHS, SHORT_MONTHS
from ita_check.model.report import Unjudged
from ita_check.reporting.csv import COLUMNS, write
from ita_check.reporting.inert import inert
from ita_check.reporting.view import View
from ita_check.texts import Language, phrase

STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
LANGUAGES: tuple[Language, ...] = ("th", "en")
FIXTURES = {
    "complete": (COMPLETE, "2570-09-30"),
    "seed": (SEED, "2567-10-15"),
    "statuses": (STATUSES, "2567-03-01"),
}
NUMBERS = {"fiscal_year", "issue", "line", "column", "days_left"}

# What a spreadsheet would run, or take for a number or a day.
READ = (
    '=HYPERLINK("https://evil.example","ดูที่นี่")',
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1,1)",
    "  =1+1",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    "\u00a0=1+1",
    "00123",
    "1/2",
    "๐๑๒",
    "50%",
    "1e5",
    "1E5",
    "-5",
    "12:30",
    "5 มี.ค. 2567",
    "31 Dec 2024",
    "DEC 31",
    "30 มิถุนายน 2567",
)
# What only looks odd.
ODD = (
    "'=1+1",
    "'",
    'a "quoted", and; semicolons',
    "first line\nsecond line\r\nthird",
    "\x00\x1b[31m\u202e",
    "กองคลัง #1 @ 5%",
)
HOSTILE = READ + ODD


class Made(NamedTuple):
    """A file as the command writes it, and the rows that Python's reader finds in it."""

    data: bytes
    rows: list[list[str]]


def made(*options: object, **more: Any) -> Made:
    """What the command writes."""
    data = run(*options, "--format", "csv", **more).stdout
    return Made(data, rows_of(data))


def rows_of(data: bytes) -> list[list[str]]:
    """The rows that Python's reader finds; Excel needs the mark at the beginning."""
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


def hostile_evidence(folder: Path) -> Path:
    """An evidence file with hostile text wherever it takes free text."""
    quoted = ['"' + "".join(f"\\U{ord(c):08x}" for c in text) + '"' for text in HOSTILE]
    rules = [f"{issue}.1.{step}" for issue in (2, 3, 6, 7) for step in range(1, 8)]
    rules += ["7.1.8", "7.1.9", "7.1.10", "7.1.11", "7.1.12"]
    lines = [f"agency: {{name: {quoted[0]}}}", "fiscal_year: 2567", "actions:"]
    lines += [
        f'  "{rule}": {{responsible: {text}}}' for rule, text in zip(rules, quoted, strict=False)
    ]
    lines += ["exceptions:"]
    for rule, text in zip(rules, quoted, strict=False):
        lines.append(
            f'  - {{requirement: "{rule}", status: waived, reason: {text}, approved_by: {text}, expires: 2567-09-30}}'
        )
    file = folder / "=1+1.yaml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def day(written: str | None, language: Language) -> str:
    """A day of the JSON report in words that no spreadsheet takes for a day."""
    if written is None:
        return ""
    on = date.fromisoformat(written)
    if language == "th":
        return f"{on.day} {SHORT_MONTHS[on.month - 1]} พ.ศ. {on.year + 543}"
    return f"{on.day} {ENGLISH_MONTHS[on.month - 1][:3]} {on.year + 543} BE ({written})"


def expected(report: Any, language: Language) -> list[dict[str, str]]:
    """The rows, from the JSON report."""
    about_file = {
        "file": report["evidence"]["path"],
        "agency": report["agency"]["name"],
        "fiscal_year": str(report["fiscal_year"]),
        "as_of": day(report["as_of"], language),
    }
    rows = []

    def add(row: dict[str, str], finding: Any, counts: bool = True) -> None:
        told = {
            name: str(finding[name])
            for name in ("code", "message", "fix", "path", "line", "column")
        }
        level = say(f"report.level.{finding['level']}", language) if counts else ""
        rows.append({**about_file, **row, **told, "level": level})

    for finding in report["findings"]:
        if finding["requirement"] is None:
            add({}, finding)
    for issue in report["issues"]:
        for one in issue["requirements"]:
            exception = one["exception"] or {}
            left = exception.get("days_left")
            row = {
                "issue": str(issue["number"]),
                "issue_title": issue["title"],
                "requirement": one["id"],
                "title": one["title"],
                "status": say(f"report.status.{one['status']}", language),
                "responsible": one["responsible"] or say("report.no_unit", language),
                "oit": ", ".join(o["code"] + ("" if o["verified"] else "*") for o in one["oit"]),
                "reason": exception.get("reason", ""),
                "approved_by": exception.get("approved_by") or "",
                "expires": day(exception.get("expires"), language),
                "days_left": "" if left is None else str(left),
                "opens": day(one["opens"], language),
                "proof": say(f"report.proof.{one['proof']['level']}", language),
                "not_proved": inert(", ".join(why["message"] for why in one["proof"]["unproved"])),
            }
            about = [f for f in report["findings"] if f["requirement"] == one["id"]]
            counts = one["status"] in ("met", "incomplete", "missing")
            for finding in one["findings"]:
                add(row, finding, counts)
            for finding in about:
                add(row, finding)
            if not one["findings"] and not about:
                rows.append({**about_file, **row})
    return [{name: row.get(name, "") for name in COLUMNS} for row in rows]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIXTURES)
def test_is_the_report(name: str, language: Language) -> None:
    """One row for each requirement and finding, in the order and words of the JSON report."""
    evidence, as_of = FIXTURES[name]
    options = (evidence, "--as-of", as_of, "--lang", language)
    data, rows = made(*options)
    report = run_json(*options)
    assert rows[0] == [say(f"tables.csv.{column}", language) for column in COLUMNS]
    assert len(set(rows[0])) == len(COLUMNS)
    assert [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]] == expected(report, language)
    assert data.count(b"\r\n") == data.count(b"\n") == data.count(b"\r") == len(rows)


def test_what_belongs_to_no_requirement_comes_first(tmp_path: Path) -> None:
    """A finding about the file as a whole has a row without a requirement."""
    (tmp_path / "e.yaml").write_text(ADVISED.replace(", website: https://www.example.go.th", ""))
    options = ("e.yaml", "--as-of", "2567-10-15", "--issue", "4", "--lang", "en")
    _, rows = made(*options, cwd=tmp_path)
    report = run_json(*options, cwd=tmp_path)
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]
    assert found == expected(report, "en")
    assert (found[0]["code"], found[0]["requirement"]) == ("website_missing", "")


def test_several_files(tmp_path: Path) -> None:
    """Files follow one another under one header; a problem of a file is a row."""
    (tmp_path / "bad.yaml").write_text("agency: {name: ก}\nfiscal_year: 2024\nfoo: 1\n")
    (tmp_path / "good.yaml").write_text(ADVISED)
    options = ("bad.yaml", "good.yaml", "none.yaml", "--issue", "4", "--as-of", "2567-10-15")
    done = run(*options, "--lang", "th", "--format", "csv", cwd=tmp_path)
    bad, good, none = run_json(*options, "--lang", "th", cwd=tmp_path)
    problems = [
        {
            **dict.fromkeys(COLUMNS, ""),
            "file": name,
            "status": "ตรวจไม่ได้",
            "level": "ต้องแก้",
            "message": one["message"],
            "path": one["path"],
            "line": line and str(one["line"]),
            "column": line and str(one["column"]),
        }
        for name, outcome, line in (("bad.yaml", bad, "x"), ("none.yaml", none, ""))
        for one in outcome["error"]
    ]
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows_of(done.stdout)[1:]]
    assert done.returncode == 2
    assert len(problems) == 3
    assert found == [*problems[:2], *expected(good, "th"), problems[2]]


@pytest.mark.parametrize("fail_on", ["error", "warning", "never"])
@pytest.mark.parametrize("name", FIXTURES)
def test_exit_code(name: str, fail_on: str) -> None:
    """The exit code is that of every format, and `--fail-on` changes nothing that is written."""
    evidence, as_of = FIXTURES[name]
    options = (evidence, "--as-of", as_of, "--fail-on", fail_on)
    done = run(*options, "--format", "csv")
    assert done.returncode == run(*options, "--format", "json").returncode
    assert done.stdout == made(evidence, "--as-of", as_of).data


def test_hostile_evidence(tmp_path: Path) -> None:
    """No cell begins a formula; what would be read as a number or a day has an apostrophe."""
    file = hostile_evidence(tmp_path)
    rows = made(file.name, "--as-of", "2567-09-30", "--lang", "th", cwd=tmp_path).rows
    found = [dict(zip(COLUMNS, row, strict=True)) for row in rows[1:]]
    waived = {row["requirement"]: row for row in found if row["reason"]}
    shown = ["'" + inert(text) for text in READ] + [inert(text) for text in ODD]
    assert [row["reason"] for row in waived.values()] == shown
    assert [row["approved_by"] for row in waived.values()] == shown
    assert found[0]["agency"] == shown[0]
    assert found[0]["file"] == "'=1+1.yaml"
    # Spaces around units are no part of them, and a solidus parts two.
    units = [row["responsible"] for row in waived.values()]
    assert [unit.strip("' ") for unit in units] == [
        inert(text).strip("' \u00a0") for text in HOSTILE
    ]


# A cell as a spreadsheet begins to read it.
BEGINS_FORMULA = re.compile(r"[\s]*[=+\-@＝＋－＠]")


@given(st.text(max_size=12) | st.text("=+-@＝＋－＠ \t\r\n'\"\u00a0,;1ก", max_size=8))
@example("1" + "June" * 40 + "ก")
def test_no_text_is_a_formula(text: str) -> None:
    """Any text is one cell of one line that begins no formula, and is what is shown elsewhere."""
    stream = io.StringIO(newline="")
    problem = Problem(phrase("report.unit_head", unit=text, count=1), text, 0, 0, text)
    write([Unjudged("e.yaml", None, (problem,))], stream, View("en"))
    data = stream.getvalue().encode("utf-8", "surrogatepass")
    head, row = rows_of(data)
    cells = dict(zip(COLUMNS, row, strict=True))
    assert data.count(b"\n") == data.count(b"\r") == 2
    assert len(head) == len(row)
    for name, shown in (
        ("file", text),
        ("path", text),
        ("message", say("report.unit_head", "en", unit=text, count=1)),
    ):
        assert not BEGINS_FORMULA.match(cells[name])
        assert cells[name] in (inert(shown), "'" + inert(shown))


# LibreOffice, as people open such a file.


# By the numbers that LibreOffice gives languages: months and numbers are read as these write them.
LOCALES = {"th": 1054, "en": 1033}


@pytest.fixture(scope="module", params=LOCALES)
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Made, Any]]:
    """Each file with the sheet that LibreOffice makes of it, all in one call: it starts slowly."""
    program = soffice()
    folder = tmp_path_factory.mktemp("csv")
    files = {}
    for language in LANGUAGES:
        for name, (evidence, as_of) in FIXTURES.items():
            files[f"{name}-{language}"] = made(evidence, "--as-of", as_of, "--lang", language)
    hostile = hostile_evidence(folder)
    options = ("none.yaml", "--as-of", "2567-09-30")
    files["hostile"] = made(hostile.name, *options, cwd=folder)
    for name, file in files.items():
        (folder / f"{name}.csv").write_bytes(file.data)
    profile = (folder / "profile").as_uri()
    # Comma, double quote, UTF-8, from the first line, no column set, the language.
    reading = f"CSV:44,34,76,1,,{LOCALES[request.param]}"
    done = subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            f"--infilter={reading}",
            "--convert-to",
            "xlsx",
            "--outdir",
            str(folder),
            *(str(folder / f"{name}.csv") for name in files),
        ],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return {
        name: (file, load_workbook(folder / f"{name}.xlsx").active) for name, file in files.items()
    }


def test_spreadsheet_shows_what_was_written(opened: dict[str, tuple[Made, Any]]) -> None:
    """Every cell is what was written: numbers are numbers, text is text, ids and days included."""
    assert len(opened) == 7
    for name, (file, sheet) in opened.items():
        wrong = []
        rows = list(sheet.iter_rows())
        assert len(rows) == len(file.rows), name
        for number, (written, row) in enumerate(zip(file.rows, rows, strict=True)):
            for column, text, cell in zip(COLUMNS, written, row, strict=True):
                value: object = text or None
                kind = "s" if text else "n"
                if column in NUMBERS and number and text:
                    value, kind = int(text), "n"
                if (cell.value, cell.data_type) != (value, kind):
                    wrong.append((number, column, text, cell.value, cell.data_type))
        assert wrong == [], name


def test_spreadsheet_was_asked_something(opened: dict[str, tuple[Made, Any]]) -> None:
    """The sheets hold what they should: ids as text, Thai, days in words, hostile text."""
    _, sheet = opened["statuses-th"]
    ids = {cell.value for cell in sheet["G"][1:]}
    assert len(ids) == 63
    assert {"1.1.1", "7.1.12"} < ids
    assert {cell.value for cell in sheet["D"][1:]} == {"1 มี.ค. พ.ศ. 2567"}
    assert "20 มี.ค. พ.ศ. 2567" in {cell.value for cell in sheet["U"]}
    _, sheet = opened["hostile"]
    assert sheet["B2"].value == "'" + HOSTILE[0]

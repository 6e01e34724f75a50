"""From last year's Word report to this year's, in one breath: import, edit, check, report, import."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from office import converted
from support import COMPLETE, SEED, catalogue, run, run_json
from test_import import SEED_TEXT, as_html, rows_of, seed_text

from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.model.evidence import Action, Evidence


def evidence_in(file: Path) -> Evidence:
    """An evidence file, read."""
    files = FolderFiles(str(file.parent))
    return read_evidence(file.name, file.read_bytes(), catalogue(), files, "")


def said(action: Action) -> tuple[object, ...]:
    """What an action says; a report writes units with a stroke between them."""
    names = action.responsible.names if action.responsible else ()
    return names, action.period, _lines(action.result), _lines(action.outcome)


def _lines(text: str | None) -> list[str]:
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


@pytest.mark.parametrize("digits", [(), ("--thai-digits",)], ids=["arabic", "thai"])
@pytest.mark.parametrize("file", [COMPLETE, SEED], ids=lambda file: file.parent.name)
def test_a_report_is_read_back_to_the_same_actions(
    file: Path, digits: tuple[str, ...], tmp_path: Path
) -> None:
    """Every row, the name and the year; what is open in the report is not there."""
    report, back = tmp_path / "report.docx", tmp_path / "back.yaml"
    wrote = run("report", file, "-o", report, "--as-of", "2567-09-30", *digits)
    assert wrote.returncode == 0, wrote.stderr.decode()
    read = run("import", report, "-o", back)
    assert read.returncode == 0, read.stderr.decode()
    before, after = evidence_in(file), evidence_in(back)
    assert after.agency.name == before.agency.name
    assert after.fiscal_year == before.fiscal_year
    assert {key: said(one) for key, one in after.actions.items()} == {
        key: said(one) for key, one in before.actions.items()
    }


def test_what_a_report_says_of_an_exception_is_no_result(tmp_path: Path) -> None:
    """A waived row without a result shows its reason; read back, it has none."""
    text = SEED.read_text(encoding="utf-8")
    reason = "ไม่มีภารกิจนี้"
    exception = f'  - {{requirement: "3.1.7", status: not_applicable, reason: {reason}}}\n'
    assert "exceptions:" not in text
    (tmp_path / "e.yaml").write_text(f"{text}\nexceptions:\n{exception}", encoding="utf-8")
    report, back = tmp_path / "report.docx", tmp_path / "back.yaml"
    assert run("report", tmp_path / "e.yaml", "-o", report, "--as-of", "2567-09-30").returncode == 0
    assert run("import", report, "-o", back).returncode == 0
    assert evidence_in(back).actions["3.1.7"].result is None
    assert reason not in back.read_text(encoding="utf-8")


@pytest.mark.parametrize("sort", ["txt", "docx"])
def test_from_the_seed_to_a_report(sort: str, tmp_path: Path) -> None:
    """The seed, as a dump and as a Word file: what an officer adds is judged and reported."""
    text = seed_text()
    if sort == "txt":
        source = Path(shutil.copy(SEED_TEXT, tmp_path / "last-year.txt"))
    else:
        page = tmp_path / "last-year.html"
        page.write_text(as_html(text), encoding="utf-8")
        source = converted(page, "docx:MS Word 2007 XML", tmp_path)
    draft, form = tmp_path / "draft.yaml", tmp_path / "form.xlsx"
    assert run("import", source, "-o", draft).returncode == 0
    assert run("form", form, "--fiscal-year", "2567", "--from", draft).returncode == 0
    # The officer adds what the report does not state, in Excel.
    book = openpyxl.load_workbook(form)
    sheet: Any = book["หลักฐาน"]
    for row in range(3, sheet.max_row + 1):
        match sheet.cell(row, 1).value, sheet.cell(row, 2).value:
            case "hr_plan", "in_force":
                sheet.cell(row, 8).value = "2566-2570"
            case "hr_plan", "url":
                sheet.cell(row, 8).value = "https://www.example.go.th/hr.pdf"
    cover: Any = book["หน้าปก"]
    for row in range(3, 12):
        if cover.cell(row, 1).value == "agency.website":
            cover.cell(row, 3).value = "https://www.example.go.th"
    actions: Any = book["การดำเนินการ"]
    for row in range(3, actions.max_row + 1):
        if actions.cell(row, 2).value == "3.1.7":
            actions.cell(row, 6).value = "เผยแพร่บนเว็บไซต์แล้ว"
    book.save(form)
    judged = run_json(form, "--as-of", "2567-09-30")
    met = {
        one["id"]
        for issue in judged["issues"]
        for one in issue["requirements"]
        if one["status"] == "met"
    }
    assert met == {"6.1.1", "6.1.8"}  # which makes public what is declared
    report, back = tmp_path / "report.docx", tmp_path / "back.yaml"
    assert run("report", form, "-o", report, "--as-of", "2567-09-30").returncode == 0
    assert run("import", report, "-o", back).returncode == 0
    expected = rows_of(draft)
    expected["3.1.7"]["result"] = "เผยแพร่บนเว็บไซต์แล้ว"
    after = evidence_in(back)
    head = yaml.safe_dump({"agency": {"name": "ก"}, "fiscal_year": "2567", "actions": expected})
    (tmp_path / "expected.yaml").write_text(head, encoding="utf-8")
    wanted = evidence_in(tmp_path / "expected.yaml")
    assert {key: said(one) for key, one in after.actions.items()} == {
        key: said(one) for key, one in wanted.actions.items()
    }

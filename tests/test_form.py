"""The Excel form: written, filled, judged by its cells, converted, and refused where it must be."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from office import converted
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from support import COMPLETE, ROOT, SEED, catalogue, findings_of, run, run_json, say

from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.loading.form import (
    evidence_of_lines,
    lines_of_file,
    tree_of_lines,
    whole_form,
)
from ita_check.loading.written import evidence_text
from ita_check.model.calendar import Period
from ita_check.model.evidence import Evidence, Record
from ita_check.office.form.read import read_form
from ita_check.office.form.write import Asked, form_bytes
from ita_check.reporting.formats import FORMATS

MADE = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)
SMALL = """\
agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}
fiscal_year: 2567
deadline: 30 เม.ย. 2567
evidence:
  hr_plan: {in_force: 2566-2570, url: https://www.example.go.th/hr}
  asset_inspection: {inspected_on: [1 มี.ค. 2567, 2 ก.ย. 2567], covers: [materials]}
  ethics_training:
    sessions:
      - {held_on: 2567-02-14, topic: จริยธรรม, participants: "1,200", covers: [code_of_ethics]}
      - {held_on: 14 มี.ค. 2567}
actions:
  "6.1.1": {responsible: กองคลัง, period: ต.ค. 66 - ก.ย. 67, result: ทำแล้ว}
exceptions:
  - {requirement: "4.1.2", status: not_applicable, reason: ไม่มีทรัพย์สินให้ยืม}
"""


def plain(value: object) -> object:
    """A value without the places that it has in its file."""
    match value:
        case Record():
            return {key: plain(one) for key, one in value.values.items()}
        case tuple() if hasattr(value, "_asdict") and hasattr(value, "path"):
            return value[0]  # a URL or file and where it stands
        case tuple() if hasattr(value, "_asdict"):
            return tuple(value)
        case tuple():
            return [plain(one) for one in value]
    return value


def said(evidence: Evidence) -> dict[str, object]:
    """All that an evidence file says, whatever sort of file it is."""
    return {
        "agency": tuple(evidence.agency),
        "fiscal_year": evidence.fiscal_year,
        "deadline": evidence.deadline,
        "evidence": {kind: plain(items) for kind, items in evidence.items.items()},
        "actions": {key: tuple(one) for key, one in evidence.actions.items()},
        "exceptions": [tuple(one)[1:6] for one in evidence.exceptions],
    }


def of_text(text: str) -> Evidence:
    """A text as evidence."""
    return read_evidence("e.yaml", text.encode(), catalogue(), FolderFiles("/nowhere"), "")


def of_form(data: bytes) -> Evidence:
    """A workbook as evidence."""
    form = read_form("e.xlsx", data, catalogue())
    files = FolderFiles("/nowhere")
    return evidence_of_lines("e.xlsx", form.lines, form.problems, catalogue(), files, "")


@cache
def form_of(text: str) -> bytes:
    """A text as a workbook."""
    lines = lines_of_file("e.yaml", text.encode(), catalogue())
    whole = whole_form(catalogue(), of_text(text).fiscal_year, lines)
    return form_bytes(catalogue(), whole, Asked("e.xlsx", "th", MADE))


def text_of(data: bytes) -> str:
    """A workbook as a text."""
    lines = tuple(line for line in read_form("e.xlsx", data, catalogue()).lines if line.text)
    return evidence_text(tree_of_lines(lines, catalogue()))


class Edited:
    """A form in the hands of an officer."""

    def __init__(self, folder: Path, text: str = SMALL) -> None:
        self.file = folder / "form.xlsx"
        self.file.write_bytes(form_of(text))
        self.book = openpyxl.load_workbook(self.file)

    def sheet(self, kind: str) -> Worksheet:
        return next(one for one in self.book if one["A1"].value == f"ita-check/form/1 {kind}")

    def row(self, kind: str, field: str, number: int = 0) -> int:
        """The row of a field of evidence, its nth."""
        sheet = self.sheet("evidence")
        found = [
            row
            for row in range(3, sheet.max_row + 1)
            if (sheet.cell(row, 1).value, sheet.cell(row, 2).value) == (kind, field)
        ]
        return found[number]

    def value(self, kind: str, field: str, number: int = 0) -> Any:
        return self.sheet("evidence").cell(self.row(kind, field, number), 8)

    def save(self) -> Path:
        self.book.save(self.file)
        return self.file

    def judged(self, *options: str) -> Any:
        done = run(self.save(), "-f", "json", "--lang", "en", "--as-of", "2567-09-30", *options)
        assert done.stderr.decode() == ""
        return json.loads(done.stdout)

    def refused(self) -> str:
        """What is told, on one line, of a form that cannot be judged."""
        done = run(self.save(), "--lang", "en", "--as-of", "2567-09-30", "--width", "300")
        assert (done.returncode, done.stdout) == (2, b"")
        return done.stderr.decode()


# A form says what its file says


@pytest.mark.parametrize("file", [COMPLETE, SEED], ids=lambda file: file.parent.name)
def test_converted_and_back_a_file_says_the_same(file: Path, tmp_path: Path) -> None:
    """By the real command, YAML to workbook to YAML, and every report but for its places."""
    shutil.copytree(file.parent, tmp_path, dirs_exist_ok=True)
    name = file.name
    first = run("convert", name, "form.xlsx", cwd=tmp_path)
    assert (first.returncode, first.stdout) == (0, b"")
    second = run("convert", "form.xlsx", "back.yaml", cwd=tmp_path)
    assert (second.returncode, second.stdout) == (0, b"")
    texts = [(tmp_path / one).read_text(encoding="utf-8") for one in (name, "back.yaml")]
    data = (tmp_path / "form.xlsx").read_bytes()
    assert said(of_form(data)) == said(of_text(texts[0])) == said(of_text(texts[1]))
    reports = [run_json(one, "--as-of", "2568-03-01", cwd=tmp_path) for one in (name, "form.xlsx")]
    for report in reports:
        del report["evidence"]
    assert _without_places(reports[0]) == _without_places(reports[1])


def _without_places(report: Any) -> Any:
    # A list of one is written without a number in a form, and a finding's print has its path.
    places = {"line", "column", "cell", "path", "fingerprint", "targets", "message", "ways"}
    if isinstance(report, dict):
        return {key: _without_places(one) for key, one in report.items() if key not in places}
    return [_without_places(one) for one in report] if isinstance(report, list) else report


WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff\u2028\u2029"),
    min_size=1,
    max_size=30,
).filter(lambda text: text.strip() != "")
LINES = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
URLS = st.sampled_from(
    ["https://www.example.go.th/a,b?c=1", "http://x.go.th/ก", "https://y.go.th/#/z"]
)


@st.composite
def evidence_files(draw: st.DrawFn) -> str:
    """An evidence file that can be judged, as text."""
    text = st.one_of(LINES, st.sampled_from(["=1+1", "+66", "-x", "@a", "1.1.10", "TRUE", "010"]))
    covers = st.lists(
        st.sampled_from(["materials", "durable_articles", "พัสดุ"][:2]), min_size=1, max_size=2
    )
    session = st.fixed_dictionaries(
        {"held_on": st.sampled_from(["2567-02-14", "14 ก.พ. 67", "1 ก.พ. 2567 - 3 ก.พ. 2567"])},
        optional={
            "topic": text,
            "participants": st.sampled_from(["12", "๑,๒๐๐", "ไม่มี"]),
            "url": st.one_of(URLS, st.lists(URLS, min_size=1, max_size=2)),
            "covers": st.lists(st.sampled_from(["code_of_ethics", "ประมวลจริยธรรม"]), min_size=1),
        },
    )
    plan = st.fixed_dictionaries(
        {"title": text},
        optional={
            "in_force": st.sampled_from(["2566-2570", "1 ต.ค. 2566 - 30 ก.ย. 2569"]),
            "file": st.lists(st.sampled_from(["a,b.pdf", "แผน.docx"]), min_size=1, max_size=2),
            "note": text,
            "channels": st.lists(st.sampled_from(["website", "เฟซบุ๊ก"]), min_size=1),
        },
    )
    inspection = st.fixed_dictionaries(
        {"inspected_on": st.lists(st.sampled_from(["1 มี.ค. 2567", "2567-09-02"]), min_size=1)},
        optional={"covers": covers},
    )
    action = st.fixed_dictionaries(
        {},
        optional={
            "responsible": st.one_of(text, st.lists(text, min_size=1, max_size=3)),
            "period": st.sampled_from(["ต.ค. 66 - ก.ย. 67", "2566-10-01 - 2567-09-30"]),
            "result": text,
            "outcome": text,
        },
    )
    several = draw(st.lists(plan, min_size=1, max_size=3))
    return evidence_text(
        {
            "agency": {"name": draw(text), "website": "https://www.example.go.th"},
            "fiscal_year": "2567",
            "evidence": {
                "hr_plan": several[0] if len(several) == 1 else several,
                "ethics_training": {"sessions": draw(st.lists(session, min_size=1, max_size=3))},
                "asset_inspection": draw(inspection),
            },
            "actions": draw(
                st.dictionaries(st.sampled_from(["1.1.1", "7.1.12", "6.1.1"]), action, min_size=1)
            ),
            "exceptions": [
                {"requirement": "4.1.2", "status": "ผ่อนผัน", "reason": draw(text)}
                | {"approved_by": draw(text), "expires": "2567-06-30"}
            ],
        }
    )


@given(evidence_files())
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_form_says_what_its_file_says(text: str) -> None:
    """Whatever an evidence file holds: in a workbook, and written as a file again, it is the same."""
    expected = said(of_text(text))
    data = form_of(text)
    assert said(of_form(data)) == expected
    assert said(of_text(text_of(data))) == expected


def test_libreoffice_keeps_the_form(tmp_path: Path) -> None:
    """Opened and saved by LibreOffice, the form says what it said, and its cells are text."""
    (tmp_path / "in.xlsx").write_bytes(form_of(COMPLETE.read_text(encoding="utf-8")))
    saved = converted(tmp_path / "in.xlsx", "xlsx", tmp_path / "out")
    assert said(of_form(saved.read_bytes())) == said(of_text(COMPLETE.read_text(encoding="utf-8")))


# What an officer gets


def test_blank_form(tmp_path: Path) -> None:
    """Every requirement and every kind is asked; cells are text, in a Thai font, heads frozen."""
    done = run("form", "new.xlsx", "--fiscal-year", "๒๕๗๐", "--lang", "th", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode() == say("form.written", file="new.xlsx") + "\n"
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    assert book.sheetnames == ["หน้าปก", "การดำเนินการ", "หลักฐาน", "ข้อยกเว้น", "ตัวเลือก"]
    assert book["ตัวเลือก"].sheet_state == "hidden"
    actions, kinds = book["การดำเนินการ"], book["หลักฐาน"]
    ids = [rule.id for rule in catalogue().requirements]
    assert [actions.cell(row, 2).value for row in range(3, actions.max_row + 1)] == ids
    heads = [kinds.cell(2, column).value for column in range(3, 10)]
    assert heads == [
        "หลักฐาน",
        "ใช้กับข้อ",
        "ชิ้นที่",
        "ข้อมูล",
        "รายการที่",
        "กรอกที่นี่",
        "วิธีกรอก",
    ]
    assert {kinds.cell(row, 1).value for row in range(3, kinds.max_row + 1)} == {*catalogue().kinds}
    assert {sheet.freeze_panes for sheet in book.worksheets[1:4]} == {"A3"}
    assert all(sheet.auto_filter.ref for sheet in book.worksheets[1:4])
    for sheet in book.worksheets[:4]:
        cells = [
            cell
            for row in sheet.iter_rows(min_row=3)
            for cell in row
            if cell.has_style and isinstance(cell, Cell)
        ]
        assert {cell.number_format for cell in cells} == {"@"}
        hidden = {"A", "B"} if sheet.title == "หลักฐาน" else {"A"}
        seen = [cell for cell in cells if cell.column_letter not in hidden]
        assert {cell.font.name for cell in seen} == {"TH SarabunPSK"}
        assert all(
            sheet.row_dimensions[cell.row].height
            for cell in cells
            if cell.column == 3 and cell.value
        )
    # The lists to choose from lead to where their values are.
    ranges = {one.formula1 for one in kinds.data_validations.dataValidation}
    assert all(one.startswith("'ตัวเลือก'!$") for one in ranges)
    judged = run("new.xlsx", "--lang", "en", cwd=tmp_path)
    assert judged.returncode == 2
    assert "new.xlsx:หน้าปก!C3" in judged.stderr.decode()
    assert say("problems.lacks_agency_name.form", "en") in judged.stderr.decode()


def test_form_filled_from_a_file(tmp_path: Path) -> None:
    """What last year's file says is in it, for another year, and that is told."""
    words = ("form", "new.xlsx", "--fiscal-year", "2568", "--from", SEED, "--lang", "en")
    done = run(*words, cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.decode().splitlines() == [
        say("form.other_year", "en", found=2567, year=2568),
        say("form.written", "en", file="new.xlsx"),
    ]
    expected = said(of_text(SEED.read_text(encoding="utf-8"))) | {"fiscal_year": 2568}
    assert said(of_form((tmp_path / "new.xlsx").read_bytes())) == expected


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_names_the_cell(name: str, tmp_path: Path) -> None:
    """A finding points to sheet and cell: the value where there is one, else its blank place."""
    edited = Edited(tmp_path)
    cell = f"หลักฐาน!H{edited.row('hr_plan', 'url')}"
    row = next(row for row in range(3, 80) if edited.sheet("actions").cell(row, 1).value == "1.1.1")
    edited.value("hr_plan", "url").value = "https://other.example.com/hr"
    file = edited.save()
    words = ("--as-of", "2567-09-30", "-f", name, "--lang", "en", "--width", "200", "--verbose")
    done = run(file, *words)
    assert done.returncode == 1
    text = re.sub("<wbr>|</?span[^>]*>", "", done.stdout.decode())
    if name in {"json", "sarif", "codequality"}:
        text = json.dumps(json.loads(text), ensure_ascii=False)
    # GitHub shows the first ten only.
    expected = {"การดำเนินการ!D4: "} if name == "github" else {f"การดำเนินการ!D{row}", cell}
    assert {one for one in expected if one in text} == expected


def test_what_is_excepted_names_its_cell(tmp_path: Path) -> None:
    """An exception of a workbook has its cell in SARIF, GitHub's notices and GitLab's widget."""
    file = Edited(tmp_path).save()
    told = {
        name: run(file, "--as-of", "2567-09-30", "-f", name, "--issue", "4").stdout.decode()
        for name in ("sarif", "github", "codequality")
    }
    results = json.loads(told["sarif"])["runs"][0]
    places = [
        one["location"] for result in results["results"] for one in result.get("suppressions", ())
    ]
    assert places != []
    cell = [{"fullyQualifiedName": "ข้อยกเว้น!B3"}]
    assert [one["logicalLocations"] for one in places] == [cell] * len(places)
    assert not any("region" in one["physicalLocation"] for one in places)
    assert "ข้อยกเว้น!B3: " in told["github"]
    assert "ข้อยกเว้น!B3: " in told["codequality"]


def test_places_in_json(tmp_path: Path) -> None:
    """Row and column are those of the cell; a blank place is found too, and shows no text."""
    edited = Edited(tmp_path)
    row = edited.row("asset_inspection", "covers")
    found = {
        (one["code"], one["path"]): (one.get("cell"), one["line"], one["column"])
        for one in findings_of(edited.judged(), "4.1.3")
    }
    assert found[("part_missing", "evidence.asset_inspection.covers")] == (
        f"หลักฐาน!H{row}",
        row,
        8,
    )
    missing = found[("responsible_missing", "actions.4.1.3")]
    assert missing[0] is not None
    assert missing[0].startswith("การดำเนินการ!D")


def test_places_in_a_list_with_a_blank_entry(tmp_path: Path) -> None:
    """Where an entry between two is blank, what the last one lacks is told at its own cells."""
    edited = Edited(tmp_path)
    sheet = edited.sheet("evidence")
    fields = {
        one: edited.row("ethics_training", f"sessions.{one}", 1) for one in ("topic", "held_on")
    }
    last = sheet.max_row
    for number, (entry, held_on) in enumerate((("3", None), ("4", "14 มี.ค. 2567"))):
        for at, (name, row) in enumerate(fields.items()):
            target = last + 1 + number * 2 + at
            for column in range(1, 10):
                sheet.cell(target, column).value = sheet.cell(row, column).value
            sheet.cell(target, 7).value = entry
            sheet.cell(target, 8).value = held_on if name == "held_on" else None
    evidence = of_form(edited.save().read_bytes())
    place = evidence.source.place
    (training,) = evidence.items["ethics_training"]
    assert len(training.records("sessions")) == 3
    # The third session is the entry numbered 4: its blank topic stands in the row before its day.
    assert place("evidence.ethics_training.sessions[2].held_on").cell == f"หลักฐาน!H{last + 4}"
    assert place("evidence.ethics_training.sessions[2].topic").cell == f"หลักฐาน!H{last + 3}"


# What Excel and people make of cells


@pytest.mark.parametrize(
    ("value", "held_on"),
    [
        (datetime.combine(date(2024, 2, 14), time()), date(2024, 2, 14)),
        (datetime.combine(date(2567, 2, 14), time()), date(2024, 2, 14)),
        (date(2567, 2, 14), date(2024, 2, 14)),
        ("14 ก.พ. 2567", date(2024, 2, 14)),
        ("  ๑๔ ก.พ. ๖๗ ", date(2024, 2, 14)),
        ('="14 ก.พ. "&"2567"', None),
    ],
    ids=["gregorian", "buddhist", "day", "text", "spaces", "formula"],
)
def test_days_that_excel_typed(value: object, held_on: date | None, tmp_path: Path) -> None:
    """A real date is read by its year, Gregorian or Buddhist; a formula without result is refused."""
    edited = Edited(tmp_path)
    cell = edited.value("ethics_training", "sessions.held_on", 1)
    cell.value = value
    if held_on is None:
        told = edited.refused()
        assert f"form.xlsx:หลักฐาน!{cell.coordinate}" in told
        assert say("form.formula", "en") in told
        return
    evidence = of_form(edited.save().read_bytes())
    (item,) = evidence.items["ethics_training"]
    second = item.records("sessions")[1]
    assert second.values["held_on"] == (Period(held_on, held_on),)


def test_numbers_and_booleans_that_excel_typed(tmp_path: Path) -> None:
    """Numbers and booleans are what they were typed as; an id and a phone number stay text."""
    edited = Edited(tmp_path)
    edited.value("ethics_training", "sessions.participants").value = 1200.0
    edited.value("corruption_complaint_channel", "online").value = True
    edited.value("corruption_complaint_channel", "separate").value = "ไม่ใช่"
    cover = edited.sheet("cover")
    year = next(row for row in range(3, 12) if cover.cell(row, 1).value == "fiscal_year")
    cover.cell(year, 3).value = 2567
    evidence = of_form(edited.save().read_bytes())
    (training,) = evidence.items["ethics_training"]
    (channel,) = evidence.items["corruption_complaint_channel"]
    assert training.records("sessions")[0].values["participants"] == 1200
    assert (channel.values["online"], channel.values["separate"]) == (True, False)
    assert evidence.fiscal_year == 2567


def test_formula_with_its_result(tmp_path: Path) -> None:
    """Saved by a program that computes, a formula is what it came to; an error of it is refused."""
    edited = Edited(tmp_path)
    edited.value("hr_plan", "in_force").value = '="2566"&"-"&"2569"'
    evidence = of_form(converted(edited.save(), "xlsx", tmp_path / "out").read_bytes())
    (plan,) = evidence.items["hr_plan"]
    (expected,) = of_text(SMALL.replace("2566-2570", "2566-2569")).items["hr_plan"]
    assert plan.values["in_force"] == expected.values["in_force"]
    edited.value("hr_plan", "in_force").value = "=1/0"
    edited.file = converted(edited.save(), "xlsx", tmp_path / "out")
    done = run(edited.file, "--lang", "en")
    assert done.returncode == 2
    assert say("form.error_value", "en", text="#DIV/0!") in " ".join(done.stderr.decode().split())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda cell: setattr(cell, "value", time(8, 30)), "form.time_of_day"),
        (
            lambda cell: setattr(cell, "value", datetime.combine(date(2024, 2, 14), time(8, 30))),
            "form.time_of_day",
        ),
        (lambda cell: setattr(cell, "value", 1234567890123456), "form.long_number"),
    ],
    ids=["time", "day and time", "long number"],
)
def test_cells_that_say_nothing_certain(
    change: Callable[[Any], None], told: str, tmp_path: Path
) -> None:
    """What cannot be meant, or was lost by Excel, is refused with the cell named, and only that."""
    edited = Edited(tmp_path)
    cell = edited.value("hr_plan", "in_force")
    change(cell)
    text = edited.refused()
    assert f"form.xlsx:หลักฐาน!{cell.coordinate}\n" in text
    assert say(told, "en") in text
    assert text.count("✗") == 1


def test_merged_cells(tmp_path: Path) -> None:
    """Cells merged over rows are refused by name; those of one row keep their value."""
    edited = Edited(tmp_path)
    row = edited.row("hr_plan", "in_force")
    sheet = edited.sheet("evidence")
    sheet.merge_cells(start_row=row, end_row=row, start_column=8, end_column=9)
    assert "hr_plan" in of_form(edited.save().read_bytes()).items
    sheet.unmerge_cells(start_row=row, end_row=row, start_column=8, end_column=9)
    # Labels, and cells with nothing in them, may be merged as somebody likes.
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=3, end_column=3)
    blank = edited.row("hr_report", "title")
    sheet.merge_cells(start_row=blank, end_row=blank + 1, start_column=8, end_column=8)
    assert "hr_plan" in of_form(edited.save().read_bytes()).items
    sheet.merge_cells(start_row=row, end_row=row + 1, start_column=8, end_column=8)
    text = edited.refused()
    assert f"form.xlsx:หลักฐาน!H{row}\n" in text
    assert say("form.merged", "en", range=f"H{row}:H{row + 1}") in text
    assert text.count("✗") == 1


def test_a_value_merged_with_what_stands_before_it(tmp_path: Path) -> None:
    """A value that merging has hidden behind its label is told, and never taken for none."""
    edited = Edited(tmp_path)
    row = edited.row("hr_plan", "in_force")
    edited.sheet("evidence").merge_cells(start_row=row, end_row=row, start_column=6, end_column=8)
    text = edited.refused()
    assert f"form.xlsx:หลักฐาน!G{row}\n" in text
    assert say("form.merged", "en", range=f"F{row}:H{row}") in text
    assert text.count("✗") == 1


def test_sheets_and_rows_that_were_moved(tmp_path: Path) -> None:
    """Renamed and reordered sheets, moved rows and columns, and copied rows are read all the same."""
    edited = Edited(tmp_path)
    expected = said(of_form(edited.file.read_bytes()))
    edited.sheet("evidence").title = "หลักฐาน (แก้ไข)"
    edited.book.move_sheet(edited.sheet("exceptions"), -3)
    sheet = edited.sheet("evidence")
    row = edited.row("hr_plan", "url")
    last = sheet.max_row + 5
    for column in range(1, 10):
        sheet.cell(last, column).value = sheet.cell(row, column).value
        sheet.cell(row, column).value = None
    sheet.insert_cols(4)
    evidence = of_form(edited.save().read_bytes())
    assert said(evidence) == expected
    place = evidence.source.place("evidence.hr_plan.url")
    assert place.cell == f"หลักฐาน (แก้ไข)!I{last}"


def test_row_that_somebody_added(tmp_path: Path) -> None:
    """Without its hidden keys a row is known by the form's own words, and by nothing like them."""
    edited = Edited(tmp_path)
    sheet = edited.sheet("evidence")
    last = sheet.max_row + 1
    for column, text in ((3, catalogue().kinds["hr_report"].title.th), (6, "ชื่อเรื่อง"), (8, "ก")):
        sheet.cell(last, column).value = text
    (report,) = of_form(edited.save().read_bytes()).items["hr_report"]
    assert report.values == {"title": "ก"}
    sheet.cell(last, 6).value = "ชื่อเรื่องๆ"
    text = edited.refused()
    assert f"form.xlsx:หลักฐาน!H{last}\n" in text
    assert say("form.unknown_place", "en", kind="hr_report", key="-") in text


def test_label_that_was_changed(tmp_path: Path) -> None:
    """A grey cell that says something else than its row is told; which is meant is not guessed."""
    edited = Edited(tmp_path)
    row = edited.row("hr_plan", "url")
    edited.sheet("evidence").cell(row, 6).value = "ชื่อเรื่อง"
    text = edited.refused()
    assert f"form.xlsx:หลักฐาน!F{row}\n" in text
    label = catalogue().kinds["hr_plan"].fields["url"].label
    assert say("form.other_label", "en", text="ชื่อเรื่อง", label=label) in text


def test_several_items_entries_and_values(tmp_path: Path) -> None:
    """Copied rows with other numbers are further items and entries, others further values."""
    edited = Edited(tmp_path)
    sheet = edited.sheet("evidence")

    def copied(kind: str, field: str, item: str, entry: str, value: str) -> None:
        row, last = edited.row(kind, field), sheet.max_row + 1
        for column in range(1, 10):
            sheet.cell(last, column).value = sheet.cell(row, column).value
        for column, text in ((5, item), (7, entry), (8, value)):
            sheet.cell(last, column).value = text

    copied("hr_plan", "url", "1", "", "https://www.example.go.th/hr2")
    copied("hr_plan", "title", "2", "", "แผนที่สอง")
    copied("ethics_training", "sessions.topic", "1", "3", "ครั้งที่สาม")
    edited.value("asset_inspection", "covers").value = "วัสดุ, ครุภัณฑ์"
    evidence = of_form(edited.save().read_bytes())
    plans = evidence.items["hr_plan"]
    assert [plan.path for plan in plans] == ["evidence.hr_plan[0]", "evidence.hr_plan[1]"]
    assert [url.text for url in plans[0].urls] == [
        "https://www.example.go.th/hr",
        "https://www.example.go.th/hr2",
    ]
    (training,) = evidence.items["ethics_training"]
    assert training.records("sessions")[2].values == {"topic": "ครั้งที่สาม"}
    assert evidence.items["asset_inspection"][0].listed("covers") == (
        "materials",
        "durable_articles",
    )
    copied("hr_plan", "in_force", "1", "", "2570")
    first = edited.value("hr_plan", "in_force").coordinate
    text = edited.refused()
    field = catalogue().kinds["hr_plan"].fields["in_force"].label
    assert say("form.twice", "en", field=field, first=f"หลักฐาน!{first}") in text


def test_all_problems_at_once_each_with_its_cell(tmp_path: Path) -> None:
    """Wrong values on several sheets are told together, in the order of the sheets."""
    edited = Edited(tmp_path)
    url = edited.value("hr_plan", "url")
    url.value = "www.example.go.th"
    edited.sheet("actions").cell(3, 5).value = "31 เม.ย. 2567 - 1 พ.ค. 2567"
    edited.sheet("exceptions").cell(3, 2).value = "9.9.9"
    edited.value("hr_plan", "title").value = "ก"
    edited.sheet("evidence").cell(edited.row("hr_plan", "title"), 5).value = "สอง"
    text = edited.refused()
    places = [line for line in text.splitlines() if line.startswith(str(edited.file))]
    assert [line.rpartition(":")[2] for line in places] == [
        "การดำเนินการ!E3",
        f"หลักฐาน!E{edited.row('hr_plan', 'title')}",
        f"หลักฐาน!{url.coordinate}",
        "ข้อยกเว้น!B3",
    ]


# Workbooks that are no form, and files that are no workbook


def workbook(change: Callable[[openpyxl.Workbook], None]) -> bytes:
    """A form, changed."""
    book = openpyxl.load_workbook(io.BytesIO(form_of(SMALL)))
    change(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def repacked(change: Callable[[dict[str, bytes]], None], data: bytes | None = None) -> bytes:
    """A form whose parts were changed."""
    with zipfile.ZipFile(io.BytesIO(data or form_of(SMALL))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _bomb(parts: dict[str, bytes]) -> None:
    parts["xl/media/image1.png"] = bytes(100 * 1024 * 1024)


def _long(parts: dict[str, bytes]) -> None:
    parts["xl/sharedStrings.xml"] = b"<sst>" + b" " * (40 * 1024 * 1024) + b"</sst>"


def _entities(parts: dict[str, bytes]) -> None:
    text = parts["xl/workbook.xml"]
    parts["xl/workbook.xml"] = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + text


def _macros(parts: dict[str, bytes]) -> None:
    parts["xl/vbaProject.bin"] = b"x"


def _links(parts: dict[str, bytes]) -> None:
    parts["xl/externalLinks/externalLink1.xml"] = b"<x/>"


def _many(parts: dict[str, bytes]) -> None:
    parts |= {f"xl/media/{number}.png": b"" for number in range(2100)}


def _merged(parts: dict[str, bytes]) -> None:
    name = "xl/worksheets/sheet3.xml"
    merged = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells><pageMargins'
    parts[name] = parts[name].replace(b"<pageMargins", merged, 1)


def _other_version(book: openpyxl.Workbook) -> None:
    for sheet in book:
        sheet["A1"] = "ita-check/form/9 cover"


def _copy(book: openpyxl.Workbook) -> None:
    book.copy_worksheet(book["หลักฐาน"]).title = "สำเนา"


def _empty(book: openpyxl.Workbook) -> None:
    for sheet in book:
        sheet["A1"] = None


def _rows(book: openpyxl.Workbook) -> None:
    book["หลักฐาน"].cell(30_000, 3).value = "x"


def _column(book: openpyxl.Workbook) -> None:
    book["หลักฐาน"].delete_cols(8)


def _ods() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<x/>")
    return buffer.getvalue()


def _zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    return buffer.getvalue()


def _docx() -> bytes:
    import docx

    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
BAD: dict[str, tuple[Callable[[], bytes], str, dict[str, object]]] = {
    "xls": (lambda: OLE, "office.old_xlsx", {}),
    "encrypted": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "office.encrypted", {}),
    "zip": (_zip, "office.not_xlsx", {}),
    "ods": (_ods, "office.open_document_xlsx", {}),
    "docx": (_docx, "office.other_docx", {}),
    "truncated": (lambda: form_of(SMALL)[:-2000], "office.damaged", {}),
    "rotten": (
        lambda: repacked(lambda parts: parts.update({"xl/workbook.xml": b"<workbook"})),
        "office.damaged",
        {},
    ),
    "macros": (lambda: repacked(_macros), "office.macros_xlsx", {}),
    "links": (lambda: repacked(_links), "office.external_links", {}),
    "entities": (lambda: repacked(_entities), "office.entities", {}),
    "bomb": (lambda: repacked(_bomb), "office.bomb", {"limit": 96}),
    "long part": (lambda: repacked(_long), "office.bomb", {"limit": 32}),
    "parts": (lambda: repacked(_many), "office.too_many_parts", {"limit": 2000}),
    "merged": (lambda: repacked(_merged), "form.merged_everywhere", {}),
    "no form": (lambda: workbook(_empty), "form.not_a_form", {"known": "ita-check/form/1"}),
    "version": (
        lambda: workbook(_other_version),
        "form.other_version",
        {"known": "ita-check/form/1"},
    ),
    "copy": (
        lambda: workbook(_copy),
        "form.sheet_twice",
        {"first": "หลักฐาน", "second": "สำเนา"},
    ),
    "sheet": (
        lambda: workbook(lambda book: book.remove(book["หลักฐาน"])),
        "form.sheet_missing",
        {"sheets": "Evidence"},
    ),
    "column": (
        lambda: workbook(_column),
        "form.column_missing",
        {"sheet": "หลักฐาน", "columns": "`value`"},
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_no_form_is_told_as_what_it_is(name: str, tmp_path: Path) -> None:
    """Each with what to do, exit code 2, and nothing else."""
    make, key, gaps = BAD[name]
    (tmp_path / "e.xlsx").write_bytes(make())
    done = run("e.xlsx", "--lang", "en", "--width", "400", cwd=tmp_path)
    text = done.stderr.decode()
    assert (done.returncode, done.stdout) == (2, b"")
    assert text.splitlines()[0] == "e.xlsx"
    assert say(key, "en", **gaps) in text
    assert text.count("✗") == 1


def test_form_of_ten_thousand_rows(tmp_path: Path) -> None:
    """It is read; one of far more rows than a form can have is told."""

    def long(book: openpyxl.Workbook) -> None:
        sheet = book["หลักฐาน"]
        first = sheet.max_row + 1
        for number in range(10_000):
            row = first + number
            for column, text in enumerate(
                ("news", "entries.topic", "", "", "1", "", number + 1, "ก"), 1
            ):
                if text:
                    sheet.cell(row, column).value = (
                        str(min(int(text), 999)) if column == 7 else text
                    )

    (tmp_path / "long.xlsx").write_bytes(workbook(long))
    done = run("long.xlsx", "--lang", "en", "--width", "300", cwd=tmp_path)
    assert done.returncode == 2  # 9,000 values for the last entry
    assert "has a value in cell" in done.stderr.decode()
    (tmp_path / "longer.xlsx").write_bytes(workbook(_rows))
    done = run("longer.xlsx", "--lang", "en", "--width", "300", cwd=tmp_path)
    assert say("form.too_many_rows", "en", most=20000) in done.stderr.decode()


# Files are written whole or not at all


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """Not without --force, never the file that is read, nor one that it declares."""
    (tmp_path / "e.yaml").write_text(SMALL.replace("{in_force", "{file: p.xlsx, in_force"), "utf-8")
    (tmp_path / "p.xlsx").write_bytes(b"the only copy")
    (tmp_path / "there.xlsx").write_bytes(b"before")
    for words in (
        ("convert", "e.yaml", "there.xlsx"),
        ("form", "there.xlsx", "--fiscal-year", "2570"),
        ("convert", "e.yaml", "e.yaml", "--force"),
        ("convert", "e.yaml", "p.xlsx", "--force"),
        ("form", "p.xlsx", "--fiscal-year", "2570", "--from", "e.yaml", "--force"),
        ("convert", "e.yaml", "other.yaml"),
        ("form", "none/a.xlsx", "--fiscal-year", "2570"),
    ):
        done = run(*words, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, b""), words
    assert (tmp_path / "there.xlsx").read_bytes() == b"before"
    assert (tmp_path / "p.xlsx").read_bytes() == b"the only copy"
    assert sorted(os.listdir(tmp_path)) == ["e.yaml", "p.xlsx", "there.xlsx"]
    assert run("convert", "e.yaml", "there.xlsx", "--force", cwd=tmp_path).returncode == 0


def test_text_that_no_cell_holds(tmp_path: Path) -> None:
    """A character or a length that Excel cannot keep is told, and nothing is written."""
    for text, key, gaps in (
        ('"a\\x01b"', "form.no_cell_holds", {}),
        (f'"{"ก" * 40_000}"', "form.too_long", {"most": 32767}),
    ):
        (tmp_path / "e.yaml").write_text(SMALL.replace("ทำแล้ว", text), encoding="utf-8")
        done = run("convert", "e.yaml", "e.xlsx", "--lang", "en", cwd=tmp_path)
        assert done.returncode == 2
        told = say(key, "en", path="actions.6.1.1.result", **gaps)
        assert told in " ".join(done.stderr.decode().split())
        assert os.listdir(tmp_path) == ["e.yaml"]


def test_text_never_becomes_a_formula(tmp_path: Path) -> None:
    """What begins like a formula is text for Excel, and for LibreOffice that saves it."""
    text = SMALL.replace("ทำแล้ว", "'=1+1'").replace("กองคลัง", "'@SUM(1)'")
    (tmp_path / "e.xlsx").write_bytes(form_of(text))
    saved = converted(tmp_path / "e.xlsx", "xlsx", tmp_path / "out")
    for file in (tmp_path / "e.xlsx", saved):
        book = openpyxl.load_workbook(file)
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds
        assert said(of_form(file.read_bytes())) == said(of_text(text))


def test_without_the_extra(tmp_path: Path) -> None:
    """Each command that needs it says which install to run; a text is judged all the same."""
    (tmp_path / "openpyxl.py").write_text("", encoding="utf-8")
    hide = tmp_path / "sitecustomize.py"
    hide.write_text(
        "import importlib.util as u\nf = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'openpyxl' else f(name, *a)\n",
        encoding="utf-8",
    )
    env = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"}
    (tmp_path / "e.yaml").write_text(SMALL, encoding="utf-8")
    (tmp_path / "e.xlsx").write_bytes(form_of(SMALL))
    told = say("commands.missing_extra", "en", extra="office", packages="openpyxl") + "\n"
    for words in (
        ("e.xlsx",),
        ("convert", "e.yaml", "x.xlsx"),
        ("form", "x.xlsx", "--fiscal-year", "2570"),
    ):
        done = run(*words, "--lang", "en", cwd=tmp_path, env=env)
        assert (done.returncode, done.stdout, done.stderr.decode()) == (2, b"", told), words
    assert run("e.yaml", cwd=tmp_path, env=env).returncode == 1


def test_yaml_is_written_as_it_is_read() -> None:
    """Keys of lists, text of several lines, and what YAML would take for something else."""
    text = text_of(form_of(SMALL))
    tree = yaml.load(text, Loader=yaml.BaseLoader)
    assert tree["evidence"]["asset_inspection"] == {
        "covers": "materials",
        "inspected_on": ["1 มี.ค. 2567", "2 ก.ย. 2567"],
    }
    assert tree["exceptions"][0]["status"] == "not_applicable"

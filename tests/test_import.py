"""`import`: a report of the usual kind as an evidence file, and nothing that it does not state."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import ROOT, Call, Said, catalogue, run
from word import par, row, table, write_word

from ita_check.office.importing import matching
from ita_check.office.importing.dump import read_dump
from ita_check.office.importing.report import import_report
from ita_check.office.importing.steps import read_report

SEED_TEXT = ROOT.parent / "shared" / "seed" / "000_764a41593816b3a6.txt"
HEADS = (
    "มาตรการ/โครงการ/กิจกรรม",
    "ขั้นตอน/วิธีการปฏิบัติ",
    "ผู้รับผิดชอบ",
    "ระยะเวลา",
    "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม",
    "ผลลัพธ์หรือความสำเร็จของการดำเนินการ",
)
COVER = "รายงานผลการดำเนินการ\nประจำปีงบประมาณ พ.ศ. ๒๕๖๗\nเทศบาลเมืองตัวอย่าง\n\n"
ISSUE_4 = "ประเด็นที่ ๔ กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ"
MEASURE = "การป้องกันการนำทรัพย์สินราชการไปใช้เพื่อประโยชน์ส่วนตัวหรือพวกพ้อง"
MANUAL = "จัดทำคู่มือการใช้ทรัพย์สินของราชการ และขั้นตอนการยืมตามประเภทงาน"
BORROWING = "จัดให้มีการยืมทรัพย์สินของราชการโดยได้รับอนุญาตอย่างถูกต้อง"
INSPECTION = "จัดให้มีการตรวจสอบวัสดุและครุภัณฑ์เป็นระยะ"
PERIOD = "๑ ตุลาคม ๒๕๖๖ - ๓๐ กันยายน ๒๕๖๗"


# What commands leave behind.


def rows_of(path: Path) -> Any:
    """The action rows of a file, as text."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)["actions"]


def comments_of(path: Path) -> list[str]:
    """The comments of a file but for the requirements' titles and the two lines at its top."""
    titles = {rule.title.th for rule in catalogue().requirements}
    lines = [line.strip() for line in path.read_text(encoding="utf-8").split("\n")]
    return [line[2:] for line in lines[2:] if line.startswith("#") and line[2:] not in titles]


Import = Callable[..., tuple[Said, Any, list[str]]]


@pytest.fixture
def imported(call: Call, tmp_path: Path) -> Import:
    """Import a report: what is said, the rows and the comments; the file must be one to judge."""

    def command(report: Path, *options: str) -> tuple[Said, Any, list[str]]:
        output = tmp_path / "evidence.yaml"
        said = call("import", report, "-o", output, *options)
        assert said.out == ""
        if said.code:
            assert not output.exists()
            return said, None, []
        assert call(output, "-q").code == 1
        return said, rows_of(output), comments_of(output)

    return command


def dump(path: Path, *rows: tuple[str, ...], head: str = COVER + ISSUE_4) -> Path:
    """A dump of a report with one table."""
    lines = ["\t".join(cells) for cells in (HEADS, *rows)]
    path.write_text(f"{head}\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def word(path: Path, *rows: str, **parts: Any) -> Path:
    """A Word document of a report with one table."""
    cover = "".join(par(line) for line in (COVER + ISSUE_4).split("\n") if line)
    return write_word(path, cover + table(row(*HEADS), *rows), **parts)


# The seed document.


def seed_text() -> str:
    """The seed document, or a word on why it is not read."""
    if not SEED_TEXT.exists():
        pytest.skip("the seed document is not beside the checkout")
    return SEED_TEXT.read_text(encoding="utf-8")


# Responsible, period, result, outcome of each step: own, shared, by position or empty.
CERTAINTY = """\
1.1.1 s s p s|1.1.2 s s p s|1.1.3 s s p s|1.1.4 p o o e|1.1.5 p o o e|1.1.6 p o o e
1.2.1 o o o s|1.2.2 o o o s|1.2.3 o o o s|1.3.1 o o s s|1.3.2 o o s s|1.3.3 o o s s
1.4.1 o o o s|1.4.2 o o o s|1.4.3 o o o s|1.4.4 o o o e|1.4.5 o o o e
2.1.1 p o o o|2.1.2 p o o o|2.1.3 p o o o|2.1.4 p o o p|2.1.5 p o o o|2.1.6 p o o p
2.1.7 o o o o|2.1.8 o o o e
3.1.1 o o o o|3.1.2 p s s s|3.1.3 p s s s|3.1.4 p s s s|3.1.5 p s s s|3.1.6 p s s s|3.1.7 o o e e
4.1.1 o o s s|4.1.2 o o s s|4.1.3 o o s s|4.1.4 o o s e|4.1.5 o o s e
5.1.1 o o o s|5.1.2 o o o s|5.1.3 o o o s|5.1.4 o o o s|5.1.5 o o o s|5.1.6 o o o e
6.1.1 o o o p|6.1.2 o o o o|6.1.3 p o o o|6.1.4 p o o p|6.1.5 p o o p
6.1.6 p o o o|6.1.7 p o o p|6.1.8 p o o o
7.1.1 p o o p|7.1.2 p o o p|7.1.3 p o o p|7.1.4 p o o o|7.1.5 p o o p|7.1.6 p o o p
7.1.7 o o o p|7.1.8 o o o p|7.1.9 o o o p|7.1.10 o o o o|7.1.11 o o o p|7.1.12 o o o o
"""


def test_certainty_of_the_seed() -> None:
    """Of each cell of the 63 steps it is known how sure it is."""
    report = import_report("seed", read_dump(seed_text()), catalogue())
    found = [
        " ".join([one.match.requirement.id, *(v.certainty[0] for v in one.values.values())])
        for one in report.rows
        if one.match.requirement
    ]
    # `by_position` begins with a b.
    assert [line.replace("b", "p") for line in found] == re.split(r"[|\n]", CERTAINTY.strip())


def test_seed(tmp_path: Path) -> None:
    """The seed document: all 63 steps, one without result, ten without outcome, one name twice."""
    seed_text()
    output = tmp_path / "evidence.yaml"
    done = run("import", SEED_TEXT, "-o", output, "--lang", "en")
    told = done.stderr.decode().splitlines()
    counts = ("17/17", "8/8", "7/7", "5/5", "6/6", "8/8", "12/12")
    issues = ", ".join(f"issue {number}: {count}" for number, count in enumerate(counts, 1))
    without = "1.1.4, 1.1.5, 1.1.6, 1.4.4, 1.4.5, 2.1.8, 3.1.7, 4.1.4, 4.1.5, 5.1.6"
    assert (done.returncode, done.stdout) == (0, b"")
    assert told == [
        f"{output} is written from the report {SEED_TEXT}.",
        f"Matched 63 of 63 requirements ({issues})",
        "responsible: own 34, shared 3, by position 26, empty 0",
        "period: own 55, shared 8, by position 0, empty 0",
        "result: own 46, shared 13, by position 3, empty 1",
        "outcome: own 13, shared 25, by position 15, empty 10",
        "Without result, 1: 3.1.7",
        f"Without outcome, 10: {without}",
        (
            "The agency's name is spelled in several ways: เทศบาลนครนครราชสีมา (11 times), "
            "เทศบาลนครราชสีมา (3 times); taken: เทศบาลนครนครราชสีมา"
        ),
        "One step, different units: 1.1.4 (ทุกส่วนราชการ) and 2.1.2 (กองยุทธศาสตร์และงบประมาณ)",
        f"Compare what has a comment with the report, add `evidence`, then run: ita-check {output}",
    ]
    text = output.read_text(encoding="utf-8")
    tree = yaml.load(text, Loader=yaml.BaseLoader)
    assert list(tree) == ["agency", "fiscal_year", "actions"]
    assert (tree["agency"], tree["fiscal_year"]) == ({"name": "เทศบาลนครนครราชสีมา"}, "๒๕๖๗")
    rows = tree["actions"]
    assert list(rows) == [rule.id for rule in catalogue().requirements]
    assert {one["period"] for one in rows.values()} == {PERIOD}
    assert [name for name, one in rows.items() if "result" not in one] == ["3.1.7"]
    assert [name for name, one in rows.items() if "outcome" not in one] == without.split(", ")
    assert text.count("# Shared: ") == 3 + 8 + 13 + 25
    assert text.count("# By position: ") == 26 + 3 + 15
    assert rows["7.1.4"] == {
        "responsible": "กองยุทธศาสตร์และงบประมาณ",
        "period": PERIOD,
        "result": "เทศบาลฯ ได้ประกาศเจตนารมณ์นโยบาย No Gift Policy จากการปฏิบัติหน้าที่ และได้จัดกิจกรรมตามที่ได้ประกาศไว้",
        "outcome": "บุคลากรในหน่วยงานเทศบาลฯ ได้ปฏิบัติตามประกาศเจตนารมณ์ No Gift Policy จากการปฏิบัติหน้าที่อย่างเคร่งครัด",
    }
    assert rows["5.1.1"]["outcome"].split("\n") == [
        "- ประชาชนได้รับทราบข้อมูลการจัดซื้อจัดจ้างฯ ของเทศบาลนครนครราชสีมา ในทุกขั้นตอนตั้งแต่",
        "- การจัดทำแผนการจัดซื้อจัดจ้าง",
        "- การจัดทำประกาศการจัดซื้อจัดจ้าง",
    ]
    judged = run(output, "-q")
    assert (judged.returncode, judged.stderr) == (1, b"")


def test_words_of_the_seed_tell_its_steps_apart() -> None:
    """Each step is confirmed as its own requirement and, but for two that say the same, as no other."""
    read = read_report("seed", read_dump(seed_text()))
    rules = {rule.id: rule for rule in catalogue().requirements}
    floor, confirmed = [], []
    for step in read.steps:
        own = f"{step.issue}.{step.measure}.{step.number}"
        for rule in rules.values():
            measure, _, number = rule.id.removeprefix(f"{step.issue}.").partition(".")
            if rule.issue != step.issue:
                continue
            there = step._replace(measure=int(measure), number=int(number))
            if matching.match_steps(catalogue(), [there])[0].requirement is not None:
                confirmed.append((own, rule.id))
        floor.append((matching.fit(rules[own], step.text), own))
    assert [(one, other) for one, other in confirmed if one == other] == [(i, i) for i in rules]
    # "Make the data public" and "make these data public": only their place can tell.
    assert [(one, other) for one, other in confirmed if one != other] == [
        ("1.3.3", "1.4.5"),
        ("1.4.5", "1.3.3"),
    ]
    lowest = sorted(floor)[:2]
    assert [name for _, name in lowest] == ["4.1.5", "2.1.2"]
    assert matching.FLOOR < lowest[0][0] < 0.42
    assert lowest[1][0] >= 0.5


def soffice() -> str:
    """The program, or a word on why it is not asked; on CI it must be there."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("LibreOffice is not installed: CI has to ask it")
    if found is None:
        pytest.skip("LibreOffice is not installed, so no document was made")
    return found


def as_html(text: str) -> str:
    """A dump as a page with its tables."""
    lines = []
    inside = False
    for line in text.split("\n"):
        if ("\t" in line) != inside:
            inside = not inside
            lines.append("<table border=1>" if inside else "</table>")
        if inside:
            cells = (one if "<p>" in one else f"<p>{escape(one)}</p>" for one in line.split("\t"))
            lines.append("<tr>" + "".join(f"<td>{one}</td>" for one in cells) + "</tr>")
        else:
            lines.append(f"<p>{escape(line)}</p>")
    return "<html><meta charset=utf-8><body>" + "\n".join(lines) + "</body></html>"


def test_word_document_of_the_seed(tmp_path: Path, call: Call) -> None:
    """A Word document with the seed's tables, made by LibreOffice, gives the same rows."""
    text = seed_text()
    (tmp_path / "seed.html").write_text(as_html(text), encoding="utf-8")
    done = subprocess.run(
        [
            soffice(),
            f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
            "--headless",
            "--infilter=HTML (StarWriter)",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "seed.html"),
        ],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    from_text = call("import", SEED_TEXT, "-o", tmp_path / "text.yaml")
    from_word = call("import", tmp_path / "seed.docx", "-o", tmp_path / "word.yaml")
    assert (from_word.code, from_text.code) == (0, 0)
    assert from_word.err.split("\n")[1:-2] == from_text.err.split("\n")[1:-2]
    both = [(tmp_path / f"{name}.yaml").read_text(encoding="utf-8") for name in ("word", "text")]
    assert both[0].split("\n")[1:] == both[1].split("\n")[1:]

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
from hypothesis import given
from hypothesis import strategies as st
from support import ROOT, Call, Said, catalogue, run, say
from word import cell, counted, level, par, row, table, write_word
from word import run as w_run

from ita_check.office.importing import matching
from ita_check.office.importing.blocks import Paragraph
from ita_check.office.importing.dump import read_dump
from ita_check.office.importing.pieces import split_numbered
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


# Every notation of the same three steps.

STEPS = (MANUAL, BORROWING, INSPECTION)
UNITS = ("กองคลัง", "กองช่าง", "สำนักปลัดเทศบาล")
DONE = (
    "จัดทำคู่มือการใช้ทรัพย์สินของราชการและขั้นตอนการยืมแล้ว",
    "มีการยืมทรัพย์สินของราชการโดยได้รับอนุญาต 12 ครั้ง",
    "ตรวจสอบวัสดุและครุภัณฑ์เป็นระยะ 2 ครั้ง",
)
EXPECTED = {
    f"4.1.{number}": {"responsible": unit, "period": PERIOD, "result": done}
    for number, unit, done in zip((1, 2, 3), UNITS, DONE, strict=True)
}
BY_POSITION = "By position: taken by its order in a cell for 4.1.1, 4.1.2, 4.1.3, which its words"
THAI_LIST = level(0, "thaiNumbers", "%1.")
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{THAI_LIST}</w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "-")}{level(1, "bullet", "o")}'
    "</w:abstractNum>"
    '<w:num w:numId="8"><w:abstractNumId w:val="1"/></w:num>'
)


def thai(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))


NUMBERED = tuple(f"{thai(number)}. {text}" for number, text in enumerate(STEPS, 1))
BULLETS = tuple(f"- {text}" for text in DONE)


def inserted(text: str) -> str:
    return f'<w:ins w:id="1" w:author="x">{w_run(text)}</w:ins>'


def deleted(text: str) -> str:
    return f'<w:del w:id="2" w:author="x"><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def control(inner: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


def usual(steps: str, measure: str = MEASURE, result: str | None = None) -> str:
    """A row whose other cells are written as most offices do."""
    return row(
        measure,
        steps,
        cell(*UNITS),
        cell(*[PERIOD] * 3),
        result or cell(*BULLETS),
        "",
    )


BROKEN = par("<w:r>" + "<w:br/>".join(f"<w:t>{text}</w:t>" for text in NUMBERED) + "</w:r>")
WORDS: dict[str, str] = {
    "paragraphs": usual(cell(*NUMBERED)),
    "one line": usual(cell(" ".join(NUMBERED))),
    "line breaks": usual(cell(BROKEN)),
    "long numbers": usual(cell(*(f"๔.{text}" for text in NUMBERED))),
    "counted by Word": usual(
        cell(*(par(text, properties=counted(7)) for text in STEPS)),
        result=cell(*(par(text, properties=counted(8)) for text in DONE)),
    ),
    "insertions": usual(cell(*(par(deleted("ข้อความเดิม "), inserted(text)) for text in NUMBERED))),
    "content controls": control(
        row(
            MEASURE,
            control(cell(*NUMBERED)),
            cell(*UNITS),
            cell(*[PERIOD] * 3),
            cell(*(control(par(control(w_run(text)))) for text in BULLETS)),
            "",
        )
    ),
    "rows of their own": "".join(
        row(
            cell(MEASURE, properties='<w:vMerge w:val="restart"/>')
            if not number
            else cell("", properties="<w:vMerge/>"),
            NUMBERED[number],
            UNITS[number],
            PERIOD,
            BULLETS[number],
            "",
        )
        for number in range(3)
    ),
    "heads on each page": "".join(
        row(*HEADS) + row(MEASURE if not number else "", *cells, "")
        for number, cells in enumerate(zip(NUMBERED, UNITS, [PERIOD] * 3, BULLETS, strict=True))
    ),
    "a table in a cell": usual(cell(table(*(row(text) for text in NUMBERED)), par(""))),
    "a row that goes on": usual(cell(*NUMBERED[:2], NUMBERED[2][:20]), result=cell(*BULLETS))
    + row(*HEADS)
    + row("", NUMBERED[2][20:], "", "", "", ""),
}


@pytest.mark.parametrize("name", WORDS)
def test_every_notation_of_word_says_the_same(name: str, tmp_path: Path, imported: Import) -> None:
    """However steps and items are numbered, broken, inserted, merged or repeated."""
    report = word(tmp_path / "report.docx", WORDS[name], numbering=NUMBERING)
    said, rows, comments = imported(report, "--lang", "en")
    assert said.code == 0
    assert rows == EXPECTED
    apart = name in {"rows of their own", "heads on each page"}
    told = [one for one in comments if one.startswith(BY_POSITION)]
    assert len(told) == (
        0 if apart else 3
    )  # the units: nothing but their order says whose they are


def test_nested_lists_are_text_of_their_item(tmp_path: Path, imported: Import) -> None:
    """What is deeper in a list of Word's belongs to the item above it."""
    items = [
        part
        for text in DONE
        for part in (
            par(text, properties=counted(8)),
            par("รายละเอียด", properties=counted(8, 1)),
        )
    ]
    report = word(
        tmp_path / "report.docx", usual(cell(*NUMBERED), result=cell(*items)), numbering=NUMBERING
    )
    _, rows, _ = imported(report)
    results = [one["result"] for one in rows.values()]
    assert [one.split("\n")[0] for one in results] == list(DONE)
    assert all("รายละเอียด" in one.split("\n")[1] for one in results)


def test_cells_of_any_other_number_are_shared(tmp_path: Path, imported: Import) -> None:
    """Two items for three steps: the whole cell goes to each of them, with a comment."""
    report = word(tmp_path / "r.docx", usual(cell(*NUMBERED), result=cell(*BULLETS[:2])))
    said, rows, comments = imported(report, "--lang", "en")
    whole = "\n".join(BULLETS[:2])
    assert [one["result"] for one in rows.values()] == [whole] * 3
    shared = say("importing.comment.shared", "en", pieces=2, steps="4.1.1, 4.1.2, 4.1.3")
    assert comments.count(shared) == 3
    certain = {"own": 0, "shared": 3, "by_position": 0, "empty": 0}
    line = say("importing.certainty", "en", field="result", **certain)
    assert line in said.err


def test_swapped_steps_are_not_matched(tmp_path: Path, imported: Import) -> None:
    """In another's place a step stays a comment, with its cells; nothing is guessed."""
    steps = (f"๑. {BORROWING}", f"๒. {MANUAL}", NUMBERED[2])
    said, rows, comments = imported(word(tmp_path / "r.docx", usual(cell(*steps))), "--lang", "en")
    assert said.code == 0
    assert list(rows) == ["4.1.3"]
    reason = say("importing.reason.other", "en", id="4.1.1", other="4.1.2")
    told = [one for one in comments if BORROWING in one]
    assert len(told) == 1
    assert reason in told[0]
    assert any(DONE[0] in one for one in comments)
    assert "Not matched: issue 4, measure 1, step 1" in said.err


def test_steps_that_say_something_else(tmp_path: Path, imported: Import) -> None:
    """Words below the floor match nothing, though the place would fit."""
    steps = (NUMBERED[0], "๒. จัดงานลอยกระทงประจำปีของเทศบาล", NUMBERED[2])
    said, rows, _ = imported(word(tmp_path / "r.docx", usual(cell(*steps))), "--lang", "en")
    title = next(rule.title for rule in catalogue().requirements if rule.id == "4.1.2")
    assert list(rows) == ["4.1.1", "4.1.3"]
    assert say("importing.reason.words", "en", id="4.1.2", title=title) in said.err


def test_a_step_that_stands_twice(tmp_path: Path, imported: Import) -> None:
    """The second one stays a comment; which is meant is not guessed."""
    report = word(
        tmp_path / "r.docx",
        usual(cell(*NUMBERED)),
        row("", NUMBERED[0], "กองอื่น", PERIOD, "ผลอื่น", ""),
    )
    said, rows, comments = imported(report, "--lang", "en")
    assert rows == EXPECTED
    assert any("กองอื่น" in one for one in comments)
    assert "step 1" in said.err


def test_a_period_that_cannot_be_read_stays_a_comment(tmp_path: Path, imported: Import) -> None:
    """The file can be judged all the same, and what is left out is told."""
    report = word(tmp_path / "r.docx", row(MEASURE, NUMBERED[0], "กองคลัง", "ตลอดปี", "ทำแล้ว", ""))
    said, rows, comments = imported(report, "--lang", "en")
    assert rows == {"4.1.1": {"responsible": "กองคลัง", "result": "ทำแล้ว"}}
    assert any("ตลอดปี" in one for one in comments)
    assert "period of 4.1.1 is left out" in said.err


@pytest.mark.parametrize("number", [5, 7])
def test_tables_of_other_columns(number: int, tmp_path: Path, imported: Import) -> None:
    """Told with what to do, from Word and from a dump."""
    heads = (*HEADS, "หมายเหตุ")[:number]
    cover = "".join(par(line) for line in (COVER + ISSUE_4).split("\n") if line)
    write_word(tmp_path / "r.docx", cover + table(row(*heads), row(*["ก"] * number)))
    lines = ["\t".join(heads), "\t".join(["ก"] * number)]
    (tmp_path / "r.txt").write_text(f"{COVER}{ISSUE_4}\n\n" + "\n".join(lines), encoding="utf-8")
    for name in ("r.docx", "r.txt"):
        said, _, _ = imported(tmp_path / name, "--lang", "en")
        assert said.code == 2
        assert say("importing.columns", "en", table=1, columns=number) in " ".join(said.err.split())


def test_reports_without_tables(tmp_path: Path, imported: Import) -> None:
    """Told with what to do; a table without steps and steps without issues too."""
    write_word(tmp_path / "none.docx", par("รายงาน"))
    write_word(tmp_path / "blank.docx", par(ISSUE_4) + table(row(*HEADS), row(*[""] * 6)))
    write_word(tmp_path / "no-issue.docx", table(row(*HEADS), usual(cell(*NUMBERED))))
    (tmp_path / "none.txt").write_text("รายงาน\n", encoding="utf-8")
    for name, key in (
        ("none.docx", "no_tables"),
        ("none.txt", "no_tables"),
        ("blank.docx", "no_steps"),
    ):
        said, _, _ = imported(tmp_path / name, "--lang", "en")
        assert said.code == 2
        assert say(f"importing.{key}", "en") in " ".join(said.err.split())
    said, _, _ = imported(tmp_path / "no-issue.docx", "--lang", "en")
    reason = say("importing.reason.no_issue", "en")
    assert said.code == 2
    assert say("importing.none_matched", "en", count=3, reason=reason) in " ".join(said.err.split())


def test_documents_that_are_not_opened(tmp_path: Path, imported: Import) -> None:
    """Each is told as what it is, and nothing is written."""
    good = word(tmp_path / "good.docx", usual(cell(*NUMBERED)))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    entities = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x/>'
    files = {
        "old.doc": (ole, "old_docx", {}),
        "locked.docx": (ole + "EncryptedPackage".encode("utf-16-le"), "encrypted", {}),
        "paper.pdf": (b"%PDF-1.7\n", "pdf_docx", {}),
        "renamed.docx": (b"PK\x05\x06" + bytes(18), "not_docx", {}),
        "cut.docx": (good.read_bytes()[:-300], "damaged", {}),
        "page.docx": (b"<html></html>", "not_docx", {}),
    }
    for name, others, key in (
        ("macros.docx", {"word/vbaProject.bin": b"x"}, "macros_docx"),
        ("entities.docx", {"word/extra.xml": entities}, "entities"),
        ("bomb.docx", {"word/media/a.png": bytes(100 * 1024 * 1024)}, "bomb"),
    ):
        data = word(tmp_path / "made", usual(cell(*NUMBERED)), others=others).read_bytes()
        files[name] = (data, key, {"limit": 96} if key == "bomb" else {})
    for name, (data, key, gaps) in files.items():
        (tmp_path / name).write_bytes(data)
        said, _, _ = imported(tmp_path / name, "--lang", "en")
        assert said.code == 2, name
        assert say(f"office.{key}", "en", **gaps) in " ".join(said.err.split()), name


def test_a_draft_replaces_nothing(tmp_path: Path, call: Call) -> None:
    """Not without --force, and the report itself never; - writes to standard output."""
    report = word(tmp_path / "r.docx", usual(cell(*NUMBERED)))
    before = report.read_bytes()
    (tmp_path / "e.yaml").write_text("before", encoding="utf-8")
    assert call("import", report, "-o", tmp_path / "e.yaml").code == 2
    assert call("import", report, "-o", report, "--force").code == 2
    assert (tmp_path / "e.yaml").read_text(encoding="utf-8") == "before"
    assert report.read_bytes() == before
    assert call("import", report, "-o", tmp_path / "e.yaml", "--force").code == 0
    shown = call("import", report, "-o", "-")
    assert (
        shown.out.split("\n")[1:]
        == ((tmp_path / "e.yaml").read_text(encoding="utf-8").split("\n")[1:])
    )
    assert rows_of(tmp_path / "e.yaml") == EXPECTED


@given(
    st.lists(
        st.text(st.sampled_from("กขคงจ าเแ"), min_size=3, max_size=20)
        .map(lambda text: " ".join(text.split()))
        .filter(lambda text: len(text) > 2),
        min_size=1,
        max_size=12,
    ),
    st.booleans(),
)
def test_numbered_pieces_are_found_again(texts: list[str], in_thai: bool) -> None:
    """Pieces numbered in one line are split into the same pieces."""
    numbers = [thai(one) if in_thai else str(one) for one in range(1, len(texts) + 1)]
    line = " ".join(f"{number}. {text}" for number, text in zip(numbers, texts, strict=True))
    found = split_numbered(Paragraph(line))
    assert [(one.number, one.text) for one in found] == list(enumerate(texts, 1))

"""`import`: a report of the usual kind as an evidence file, and nothing that it does not state."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from office import converted
from support import ROOT, Call, Said, catalogue, run, say
from word import cell, counted, level, par, row, table, write_word
from word import run as word_run

from ita_check.cli import importing
from ita_check.office import package
from ita_check.office.importing import matching, steps
from ita_check.office.importing.blocks import Paragraph
from ita_check.office.importing.dump import read_dump
from ita_check.office.importing.numbering import written
from ita_check.office.importing.pieces import split_numbered
from ita_check.office.importing.report import import_report
from ita_check.office.importing.steps import read_report
from ita_check.texts import sentences

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
    titles = {title for rule in catalogue().requirements for title in rule.title}
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
    converted(tmp_path / "seed.html", "docx:MS Word 2007 XML", tmp_path)
    from_text = call("import", SEED_TEXT, "-o", tmp_path / "text.yaml")
    from_word = call("import", tmp_path / "seed.docx", "-o", tmp_path / "word.yaml")
    assert (from_word.code, from_text.code) == (0, 0)
    assert from_word.err.split("\n")[1:-2] == from_text.err.split("\n")[1:-2]
    both = [(tmp_path / f"{name}.yaml").read_text(encoding="utf-8") for name in ("word", "text")]
    assert both[0].split("\n")[1:] == both[1].split("\n")[1:]


# Tables of a Word document, made by hand.


STEPS = (f"๑. {MANUAL}", f"๒. {BORROWING}", f"๓. {INSPECTION}")
UNITS = ("กองคลัง", "กองคลัง", "กองคลัง")
PERIODS = (PERIOD, PERIOD, PERIOD)
RESULTS = (
    "- มีคู่มือการใช้ทรัพย์สินของราชการและขั้นตอนการยืมตามประเภทงาน",
    "- มีการยืมทรัพย์สินของราชการโดยได้รับอนุญาตอย่างถูกต้อง",
    "- มีการตรวจสอบวัสดุและครุภัณฑ์เป็นระยะ",
)
ROWS = {
    f"4.1.{number}": {"responsible": "กองคลัง", "period": PERIOD, "result": result[2:]}
    for number, result in enumerate(RESULTS, 1)
}


def cells(*steps: str, results: tuple[str, ...] = RESULTS) -> tuple[str, ...]:
    """The cells of a row in Word, each with these paragraphs."""
    return (MEASURE, cell(*steps), cell(*UNITS), cell(*PERIODS), cell(*results), "")


def test_paragraphs_in_word(tmp_path: Path, imported: Import) -> None:
    """Steps, units, periods and results as paragraphs are each step's own."""
    report = word(tmp_path / "report.docx", row(*cells(*STEPS)))
    said, rows, comments = imported(report)
    assert (said.code, rows, comments) == (0, ROWS, [])


def test_line_breaks_in_word(tmp_path: Path, imported: Import) -> None:
    """Lines of one paragraph count as paragraphs do."""

    def lines(*texts: str) -> str:
        broken = "<w:r><w:br/></w:r>".join(word_run(text) for text in texts)
        return cell(par(broken))

    parts = (MEASURE, lines(*STEPS), lines(*UNITS), lines(*PERIODS), lines(*RESULTS), "")
    said, rows, comments = imported(word(tmp_path / "report.docx", row(*parts)))
    assert (said.code, rows, comments) == (0, ROWS, [])


def test_tracked_changes_and_content_controls(tmp_path: Path, imported: Import) -> None:
    """What is inserted or stands in a content control is read; what is deleted or moved is not."""
    head, tail = STEPS[0][:20], STEPS[0][20:]
    first = par(
        word_run(head),
        f'<w:ins w:id="1" w:author="a">{word_run(tail)}</w:ins>',
        '<w:del w:id="2" w:author="a"><w:r><w:delText>ที่ลบแล้ว</w:delText></w:r></w:del>',
        f'<w:moveFrom w:id="3" w:author="a">{word_run("ที่ย้ายแล้ว")}</w:moveFrom>',
    )
    second = f"<w:sdt><w:sdtPr/><w:sdtContent>{par(STEPS[1])}</w:sdtContent></w:sdt>"
    third = par(f"<w:sdt><w:sdtPr/><w:sdtContent>{word_run(STEPS[2])}</w:sdtContent></w:sdt>")
    empty = par(
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{word_run('คลิกเพื่อป้อนข้อความ')}</w:sdtContent></w:sdt>"
    )
    parts = list(cells(first, second, third))
    parts[5] = cell(empty)
    content = row(*parts)
    deleted = row(MEASURE, STEPS[0], "กองช่าง", PERIOD, "", "", properties="<w:del/>")
    kept = f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"
    said, rows, comments = imported(word(tmp_path / "report.docx", deleted, kept))
    assert (said.code, rows, comments) == (0, ROWS, [])


def test_deleted_end_of_a_paragraph(tmp_path: Path, imported: Import) -> None:
    """A paragraph whose end is deleted by a tracked change goes on in the next one."""
    head, tail = STEPS[0][:20], STEPS[0][20:]
    begun = par(head, properties='<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>')
    report = word(tmp_path / "report.docx", row(*cells(begun, tail, *STEPS[1:])))
    said, rows, comments = imported(report)
    assert (said.code, rows, comments) == (0, ROWS, [])


def test_merged_cells(tmp_path: Path, imported: Import) -> None:
    """A cell merged downwards is one cell of all its steps; one over two columns stays one."""
    begin, more = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    report = word(
        tmp_path / "report.docx",
        row(cell(ISSUE_4, properties='<w:gridSpan w:val="6"/>')),
        *(
            row(
                cell(*((MEASURE,) if not at else ()), properties=more if at else begin),
                STEPS[at],
                cell(*(("กองคลัง",) if not at else ()), properties=more if at else begin),
                PERIOD,
                RESULTS[at],
                cell(*(("โปร่งใส",) if not at else ()), properties=more if at else begin),
            )
            for at in range(3)
        ),
    )
    said, rows, comments = imported(report, "--lang", "en")
    assert said.code == 0
    assert rows == {name: {**one, "outcome": "โปร่งใส"} for name, one in ROWS.items()}
    asked = [line for line in comments if line.startswith("Shared: ")]
    steps_said = "4.1.1, 4.1.2, 4.1.3"
    sentence = say("importing.comment.shared", "en", pieces=1, steps=steps_said)
    assert asked == [sentence] * 6


THAI_LIST = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "thaiNumbers", "%1.")
    + level(1, "thaiLetters", "%2)")
    + level(2, "bullet", "\uf0b7")
    + '</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
)


@pytest.mark.parametrize("by_style", [False, True])
def test_numbers_made_by_word(tmp_path: Path, imported: Import, by_style: bool) -> None:
    """Numbers that Word counts are read, by the paragraph or its style; a list within stays text."""
    style = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="3"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Step">'
        '<w:basedOn w:val="Base"/></w:style>'
    )
    outer = '<w:pStyle w:val="Step"/>' if by_style else counted(3)
    inner, deepest = counted(3, 1), counted(3, 2)
    parts = cells(
        par(MANUAL, properties=outer),
        par("ที่ดิน", properties=inner),
        par("อาคาร", properties=inner),
        par("รถยนต์", properties=deepest),
        par("", properties=outer),
        par(BORROWING, properties=outer),
        par(INSPECTION, properties=outer),
    )
    report = word(
        tmp_path / "report.docx",
        row(*parts),
        numbering=THAI_LIST,
        styles=style if by_style else "",
    )
    said, rows, comments = imported(report)
    assert (said.code, rows, comments) == (0, ROWS, [])
    read = read_report("x", importing.read_docx("x", report.read_bytes()))
    assert read.steps[0].text == f"{MANUAL}\nก) ที่ดิน\nข) อาคาร\n- รถยนต์"


def test_numbers_go_on_behind_a_page_and_start_where_told(tmp_path: Path, imported: Import) -> None:
    """A list goes on in the next row, and another one starts at the number it is given."""
    numbering = (
        THAI_LIST + '<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="3"/></w:lvlOverride></w:num>'
    )
    result = iter(RESULTS)

    def one(measure: str, text: str, number: int) -> str:
        step = cell(par(text, properties=counted(number)))
        return row(measure, step, "กองคลัง", PERIOD, next(result), "")

    report = word(
        tmp_path / "report.docx",
        one(MEASURE, MANUAL, 3),
        row(*HEADS),
        one("", BORROWING, 3),
        one("", INSPECTION, 4),
        numbering=numbering,
    )
    said, rows, comments = imported(report)
    assert (said.code, rows, comments) == (0, ROWS, [])


@pytest.mark.parametrize(
    ("number", "form", "sign"),
    [
        (12, "decimal", "12"),
        (12, "thaiNumbers", "๑๒"),
        (21, "thaiCounting", "ยี่สิบเอ็ด"),
        (11, "thaiCounting", "สิบเอ็ด"),
        (30, "thaiCounting", "สามสิบ"),
        (2, "thaiLetters", "ข"),
        (27, "lowerLetter", "aa"),
        (2, "upperLetter", "B"),
        (14, "lowerRoman", "xiv"),
        (9, "upperRoman", "IX"),
        (7, "decimalZero", "07"),
        (0, "thaiLetters", "0"),
        (5, "chicago", "5"),
    ],
)
def test_signs_of_numbers(number: int, form: str, sign: str) -> None:
    """A number is written in the signs of its list."""
    assert written(number, form) == sign


# Rows of a dump.


def test_dump_with_html(tmp_path: Path, imported: Import) -> None:
    """Paragraphs, breaks and lists of HTML count as paragraphs, inline numbers as steps."""
    rows_html = (
        (
            MEASURE,
            " ".join(STEPS),
            "<p>กองคลัง</p><p>กองคลัง</p><p>กองคลัง</p>",
            "<br>".join(PERIODS),
            "<ul><li>" + "</li><li>".join(one[2:] for one in RESULTS) + "</li></ul>",
        ),
    )
    said, rows, comments = imported(dump(tmp_path / "report.txt", *rows_html))
    assert (said.code, rows, comments) == (0, ROWS, [])


def test_row_continued_on_the_next_page(tmp_path: Path, imported: Import) -> None:
    """A row that a page cuts off goes on below the repeated head."""
    head, tail = STEPS[0][:24], STEPS[0][24:]
    said, rows, comments = imported(
        dump(
            tmp_path / "report.txt",
            (MEASURE, head, "กองคลัง", PERIOD, "- มีคู่มือการใช้ทรัพย์สิน", ""),
            HEADS,
            ("", tail, "", "", "ของราชการ", ""),
            ("", STEPS[1], "กองคลัง", PERIOD, RESULTS[1], ""),
        )
    )
    first = {"responsible": "กองคลัง", "period": PERIOD, "result": "มีคู่มือการใช้ทรัพย์สิน ของราชการ"}
    assert (said.code, rows, comments) == (0, {"4.1.1": first, "4.1.2": ROWS["4.1.2"]}, [])


def test_measure_named_again(tmp_path: Path, imported: Import) -> None:
    """A measure that is named again on the next page is no new one."""
    said, rows, comments = imported(
        dump(
            tmp_path / "report.txt",
            (MEASURE, STEPS[0], "กองคลัง", PERIOD, RESULTS[0], ""),
            HEADS,
            (f"{MEASURE} (ต่อ)", STEPS[1], "กองคลัง", PERIOD, RESULTS[1], ""),
            (MEASURE, STEPS[2], "กองคลัง", PERIOD, RESULTS[2], ""),
        )
    )
    assert (said.code, rows, comments) == (0, ROWS, [])


def test_cell_by_position(tmp_path: Path, imported: Import) -> None:
    """As many items as steps, but words that confirm nothing: put in, and asked about."""
    said, rows, comments = imported(
        dump(
            tmp_path / "report.txt",
            (MEASURE, " ".join(STEPS[:2]), "กองคลัง กองช่าง", PERIOD, "- ดีขึ้น - ดีมาก", ""),
        ),
        "--lang",
        "en",
    )
    gaps = {"steps": "4.1.1, 4.1.2"}
    position = say("importing.comment.by_position", "en", **gaps)
    shared = say("importing.comment.shared", "en", pieces=1, **gaps)
    assert said.code == 0
    assert rows == {
        "4.1.1": {"responsible": "กองคลัง", "period": PERIOD, "result": "ดีขึ้น"},
        "4.1.2": {"responsible": "กองช่าง", "period": PERIOD, "result": "ดีมาก"},
    }
    assert comments == [position, shared, position] * 2


def test_several_units_and_lines_shared(tmp_path: Path, imported: Import) -> None:
    """A shared cell goes whole into each of its steps, its units as a list, its items as lines."""
    said, rows, _ = imported(
        dump(
            tmp_path / "report.txt",
            (MEASURE, " ".join(STEPS), "กองคลัง กองช่าง", PERIOD, "- ก - ข", ""),
        )
    )
    one = {"responsible": ["กองคลัง", "กองช่าง"], "period": PERIOD, "result": "- ก\n- ข"}
    assert (said.code, rows) == (0, {f"4.1.{number}": one for number in (1, 2, 3)})


def told(said: Said, key: str, **gaps: object) -> bool:
    """Whether a sentence was said on standard error."""
    return say(f"importing.{key}", **gaps) in said.err.split("\n")


def place(number: int, measure: int = 1) -> str:
    """Where a step of the fourth issue stands."""
    return say("importing.step", issue=4, measure=measure, number=number)


def test_swapped_steps(tmp_path: Path, imported: Import) -> None:
    """Steps in each other's place are told and kept as comments; nothing is guessed."""
    said, rows, comments = imported(
        dump(
            tmp_path / "report.txt",
            (MEASURE, f"๑. {BORROWING}", "กองคลัง", PERIOD, "ทำแล้ว", ""),
            ("", f"๒. {MANUAL}", "กองคลัง", PERIOD, "", ""),
            ("", STEPS[2], "กองคลัง", PERIOD, RESULTS[2], ""),
        )
    )
    assert (said.code, rows) == (0, {"4.1.3": ROWS["4.1.3"]})
    reasons = [
        say("importing.reason.other", id="4.1.1", other="4.1.2"),
        say("importing.reason.other", id="4.1.2", other="4.1.1"),
    ]
    for number, reason in enumerate(reasons, 1):
        assert told(said, "not_matched", step=place(number), reason=reason)
    assert comments == [
        say("importing.comment.unmatched"),
        say("importing.unmatched_step", step=place(1), text=BORROWING, reason=reasons[0]),
        "ผู้รับผิดชอบ: กองคลัง",
        f"ระยะเวลา: {PERIOD}",
        "สรุปผลการดำเนินการ: ทำแล้ว",
        say("importing.unmatched_step", step=place(2), text=MANUAL, reason=reasons[1]),
        "ผู้รับผิดชอบ: กองคลัง",
        f"ระยะเวลา: {PERIOD}",
    ]


@pytest.mark.parametrize(
    ("number", "text", "key", "gaps"),
    [
        ("๒", "ปลูกต้นไม้ในสวนสาธารณะ", "words", {"id": "4.1.2"}),
        ("๙", BORROWING, "position", {"id": "4.1.9"}),
        ("๑", MANUAL, "twice", {"id": "4.1.1"}),
    ],
)
def test_step_that_is_not_matched(
    tmp_path: Path, imported: Import, number: str, text: str, key: str, gaps: dict[str, str]
) -> None:
    """A step of other words, without a place in the catalogue or given twice is told as such."""
    report = dump(
        tmp_path / "report.txt",
        (MEASURE, STEPS[0], "กองคลัง", PERIOD, RESULTS[0], ""),
        ("", f"{number}. {text}", "กองช่าง", PERIOD, "", ""),
    )
    said, rows, _ = imported(report)
    title = next(rule.title.th for rule in catalogue().requirements if rule.id == "4.1.2")
    reason = say(f"importing.reason.{key}", **gaps, **({"title": title} if key == "words" else {}))
    step = place("๑๒๓๔๕๖๗๘๙".index(number) + 1)
    assert (said.code, rows) == (0, {"4.1.1": ROWS["4.1.1"]})
    assert told(said, "not_matched", step=step, reason=reason)


def test_steps_twice_with_different_units_and_years(tmp_path: Path, imported: Import) -> None:
    """One step under two issues with two units is told, and so is a year that does not fit."""
    text = "กำหนดแนวปฏิบัติ Dos & Don'ts ที่เป็นแนวทางในการประพฤติตนทางจริยธรรมของหน่วยงาน"
    report = tmp_path / "report.txt"
    tables = [
        f"ประเด็นที่ {issue}\n" + "\t".join(HEADS) + f"\nมาตรการ\t{step}. {text}\t{unit}\t{when}\n\n"
        for issue, step, unit, when in (
            ("๒", "๓", "กองช่าง", PERIOD),
            ("๖", "๖", "กองการเจ้าหน้าที่", "๑ ตุลาคม ๒๕๖๔ - ๓๐ กันยายน ๒๕๖๕"),
        )
    ]
    report.write_text(COVER + "".join(tables), encoding="utf-8")
    said, rows, _ = imported(report)
    assert (said.code, list(rows)) == (0, ["2.1.3", "6.1.6"])
    units = {"units": "กองช่าง", "others": "กองการเจ้าหน้าที่"}
    assert told(said, "other_units", first="2.1.3", second="6.1.6", **units)
    for year in (2564, 2565):
        gaps = {"id": "6.1.6", "field": "ระยะเวลา", "year": year, "fitting": "2566 หรือ 2567"}
        assert told(said, "wrong_year", **gaps)


def test_period_that_check_refuses(tmp_path: Path, imported: Import) -> None:
    """A period that no evidence file may hold is kept as a comment, with why, and told."""
    said, rows, comments = imported(
        dump(tmp_path / "report.txt", (MEASURE, STEPS[0], "", "ตลอดปี", "", ""))
    )
    reason = say("problems.not_a_period", text="ตลอดปี")
    gaps = {"field": "ระยะเวลา", "reason": reason}
    assert (said.code, rows) == (0, {"4.1.1": {}})
    assert comments == [say("importing.comment.refused", text="ตลอดปี", **gaps)]
    assert told(said, "refused", id="4.1.1", **gaps)


def test_report_without_name_and_year(tmp_path: Path, call: Call) -> None:
    """A name or year that the report does not state is left open and asked for."""
    report = dump(
        tmp_path / "report.txt", (MEASURE, STEPS[0], "กองคลัง", PERIOD, "", ""), head=ISSUE_4
    )
    said = call("import", report, "-o", tmp_path / "evidence.yaml")
    text = (tmp_path / "evidence.yaml").read_text(encoding="utf-8")
    tree = yaml.load(text, Loader=yaml.BaseLoader)
    assert (said.code, tree["agency"], tree["fiscal_year"]) == (0, {"name": ""}, "")
    for key in ("comment.no_name", "comment.no_year"):
        assert told(said, key)
        assert f"# {say(f'importing.{key}')}" in text


# What is no such report.


def refused_with(said: Said, key: str, **gaps: object) -> bool:
    """Whether a file was refused with a sentence, wherever its lines break."""
    spaceless = "".join(said.err.split())
    return said.code == 2 and "".join(say(key, **gaps).split()) in spaceless


@pytest.mark.parametrize("columns", [5, 7])
def test_columns(tmp_path: Path, imported: Import, columns: int) -> None:
    """A table of five or seven columns is told, in a dump and in Word."""
    head = ("ที่", *HEADS)[-columns:]
    text = tmp_path / "report.txt"
    text.write_text(f"{COVER}{ISSUE_4}\n" + "\t".join(head) + "\n", encoding="utf-8")
    document = write_word(tmp_path / "report.docx", par(ISSUE_4) + table(row(*head)))
    for report in (text, document):
        said, _, _ = imported(report)
        assert refused_with(said, "importing.columns", table=1, columns=columns)


@pytest.mark.parametrize(
    ("text", "key", "gaps"),
    [
        ("รายงาน\n", "no_tables", {}),
        ("ก\tข\nค\tง\n", "no_tables", {}),
        ("\t".join(HEADS) + "\n\t\t\t\t\t\n", "no_steps", {}),
        ("\t".join((*HEADS[:5], "หมายเหตุ")), "heads", {"table": 1, "missing": "ผลลัพธ์"}),
        (
            ISSUE_4 + "\n" + "\t".join(HEADS) + "\nก\t๑. ปลูกต้นไม้\t\t\t\tข\tค\n",
            "columns",
            {"table": 1, "columns": 7},
        ),
    ],
)
def test_no_such_report(
    tmp_path: Path, imported: Import, text: str, key: str, gaps: dict[str, object]
) -> None:
    """A text without a report's tables is told, with what to do."""
    (tmp_path / "report.txt").write_text(text, encoding="utf-8")
    said, _, _ = imported(tmp_path / "report.txt")
    assert refused_with(said, f"importing.{key}", **gaps)


def test_report_of_another_kind(tmp_path: Path, imported: Import) -> None:
    """A report none of whose steps is a requirement gives no file."""
    report = dump(tmp_path / "report.txt", ("มาตรการ", "๑. ปลูกต้นไม้", "", "", "", ""), head="")
    said, _, _ = imported(report)
    reason = say("importing.reason.no_issue")
    assert refused_with(said, "importing.none_matched", count=1, reason=reason)


def test_report_that_is_too_long(
    tmp_path: Path, imported: Import, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More steps than a report ever has, or cells too long to be written so often, are told."""
    report = dump(tmp_path / "report.txt", (MEASURE, " ".join(STEPS), "", "", "ก" * 50, ""))
    monkeypatch.setattr(importing, "MOST", 100)
    said, _, _ = imported(report)
    assert refused_with(said, "importing.too_much", limit=100)
    monkeypatch.setattr(steps, "MAX_STEPS", 2)
    said, _, _ = imported(report)
    assert refused_with(said, "importing.too_long", steps=2, paragraphs=10_000)


def test_long_cell_takes_no_time(tmp_path: Path, imported: Import) -> None:
    """A cell of a hundred thousand numbers is read or refused at once."""
    numbers = " ".join(f"{number % 100}. ก" for number in range(60_000))
    said, _, _ = imported(
        dump(tmp_path / "report.txt", (MEASURE, f"๑. {MANUAL} {numbers}", "", "", "", ""))
    )
    assert said.code in (0, 2)


# Sorts of files, each told by `need_package`.


def renamed_zip(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("notes.txt", "ก")


def open_document(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")


def workbook(path: Path) -> None:
    with ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "spreadsheetml.sheet.main+xml")


def with_part(name: str, data: bytes) -> Callable[[Path], None]:
    def make(path: Path) -> None:
        write_word(path, par("ก"), others={name: data})

    return make


def cut(path: Path) -> None:
    write_word(path, par("ก"))
    path.write_bytes(path.read_bytes()[:-200])


def not_xml(path: Path) -> None:
    write_word(path, "<w:p>")


def many_parts(path: Path) -> None:
    write_word(path, par("ก"), others={f"word/media/{n}.png": b"" for n in range(2_000)})


def holding(data: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
SORTS: dict[str, tuple[Callable[[Path], object], str, dict[str, object]]] = {
    "doc": (holding(OLE), "old_docx", {}),
    "encrypted": (holding(OLE + "EncryptedPackage".encode("utf-16-le")), "encrypted", {}),
    "pdf": (holding(b"%PDF-1.7\n"), "pdf_docx", {}),
    "text": (holding("ข้อความ".encode()), "not_docx", {}),
    "empty": (holding(b""), "not_docx", {}),
    "zip": (renamed_zip, "not_docx", {}),
    "odt": (open_document, "open_document_docx", {}),
    "xlsx": (workbook, "other_xlsx", {}),
    "macros": (with_part("word/vbaProject.bin", b"1"), "macros_docx", {}),
    "entities": (with_part("word/a.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'), "entities", {}),
    "bomb": (with_part("word/a.bin", bytes(97 * 1024 * 1024)), "bomb", {"limit": 96}),
    "parts": (many_parts, "too_many_parts", {"limit": 2_000}),
    "cut": (cut, "damaged", {}),
    "not_xml": (not_xml, "damaged", {}),
}


@pytest.mark.parametrize("sort", SORTS)
def test_bad_files(tmp_path: Path, imported: Import, sort: str) -> None:
    """What is no Word document, or none to be opened, is told with what to do."""
    make, key, gaps = SORTS[sort]
    report = tmp_path / "report.docx"
    make(report)
    said, _, _ = imported(report)
    assert refused_with(said, f"office.{key}", **gaps)


def test_large_file(tmp_path: Path, imported: Import, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file over the limit is told, and every sentence on Word documents has its test."""
    monkeypatch.setattr(package, "MAX_BYTES", 100)
    said, _, _ = imported(word(tmp_path / "report.docx"))
    assert refused_with(said, "office.too_large", limit=0)
    tested = {key for _, key, _ in SORTS.values()} | {"too_large"}
    others = {name for name in sentences("office") if name.endswith("_xlsx")} - {"other_xlsx"}
    assert set(sentences("office")) - others - tested == {"other_docx", "external_links"}


# Where it is written.


def test_file_that_is_there(tmp_path: Path, call: Call) -> None:
    """A file is written over with `--force` only, and the report never."""
    report = dump(tmp_path / "report.txt", (MEASURE, STEPS[0], "กองคลัง", PERIOD, "", ""))
    output = tmp_path / "evidence.yaml"
    output.write_text("ของเดิม", encoding="utf-8")
    said = call("import", report, "-o", output)
    assert refused_with(said, "commands.file_is_there")
    assert output.read_text(encoding="utf-8") == "ของเดิม"
    assert call("import", report, "-o", output, "--force").code == 0
    assert list(rows_of(output)) == ["4.1.1"]
    before = report.read_bytes()
    assert call("import", report, "-o", report, "--force").code == 2
    assert report.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evidence.yaml", "report.txt"]


def test_standard_input_and_output(tmp_path: Path) -> None:
    """`-` reads standard input, and writes to standard output what a file would hold."""
    report = dump(tmp_path / "report.txt", (MEASURE, STEPS[0], "กองคลัง", PERIOD, "", ""))
    written_file = run("import", report.name, "-o", "evidence.yaml", cwd=tmp_path)
    shown = run("import", "-", "-o", "-", cwd=tmp_path, stdin=report.read_bytes())
    assert (written_file.returncode, shown.returncode) == (0, 0)
    text = (tmp_path / "evidence.yaml").read_bytes().split(b"\n")
    assert shown.stdout.split(b"\n")[1:] == text[1:]


def test_without_the_extra(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A Word document needs the extra, which is named; a dump does not."""
    rows = (MEASURE, STEPS[0], "กองคลัง", PERIOD, "", "")
    monkeypatch.setattr("ita_check.cli.extras.find_spec", {}.get)
    said = call("import", word(tmp_path / "report.docx", row(*rows)), "-o", tmp_path / "1.yaml")
    assert (said.code, "ita-check[office]" in said.err) == (2, True)
    said = call("import", dump(tmp_path / "report.txt", rows), "-o", tmp_path / "2.yaml")
    assert said.code == 0


# Pieces.


WORDS = st.text("กขคงจabc", min_size=2, max_size=8).filter(lambda word: word != "ข้อ")
ITEM = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@given(
    items=st.lists(ITEM, min_size=1, max_size=15),
    form=st.sampled_from(["{}.", "{})", "({})", "๔.{}", "๔.{}."]),
    thai=st.booleans(),
    start=st.integers(1, 40),
)
def test_numbered_pieces(items: list[str], form: str, thai: bool, start: int) -> None:
    """Numbered pieces that are joined are split into the same pieces again."""
    markers = [form.format(number) for number in range(start, start + len(items))]
    markers = [marker.translate(THAI) if thai else marker for marker in markers]
    joined = " ".join(f"{marker} {item}" for marker, item in zip(markers, items, strict=True))
    pieces = split_numbered(Paragraph(joined))
    assert [(piece.number, piece.text) for piece in pieces] == list(enumerate(items, start))


@pytest.mark.parametrize(
    "text",
    ["๓๑ มีนาคม ๒๕๖๗", "๒๕๖๗. ก", "๕ แสนบาท", "มีข้อ ๑. และ", "๑๐:๓๐ น."],
)
def test_amounts_and_days_number_nothing(text: str) -> None:
    """A day, an amount or a year at the beginning of a text is no number of a step."""
    assert split_numbered(Paragraph(text)) == []

"""Word documents out: the report of all measures and the memos, read back by others."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from support import COMPLETE, ROOT, SEED, catalogue, run, run_json, say, soffice

from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.dates import read_period
from ita_check.loading.evidence import load_evidence
from ita_check.looking.documents.thai import repaired
from ita_check.model.evidence import Evidence
from ita_check.model.report import Report
from ita_check.office.marks import MARKS, NOT_APPLICABLE, OPEN, WAIVED, is_open
from ita_check.office.word.names import LONGEST, file_names

STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
FIXTURES = {
    "complete": (COMPLETE, date(2027, 9, 30)),
    "seed": (SEED, date(2024, 10, 15)),
    "statuses": (STATUSES, date(2024, 3, 1)),
}
COLUMNS = [
    "มาตรการ/โครงการ/กิจกรรม",
    "ขั้นตอน/วิธีการปฏิบัติ",
    "ผู้รับผิดชอบ",
    "ระยะเวลา",
    "สรุปผลการดำเนินการตามมาตรการหรือกิจกรรม",
    "ผลลัพธ์หรือความสำเร็จของการดำเนินการ",
]
THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

HOSTILE = """\
agency: {name: "เทศบาล\\x07ตัวอย่าง \\u202E", website: https://www.example.go.th}
fiscal_year: 2567
actions:
  "1.1.1":
    responsible: "กอง\\x01คลัง/=1+1"
    period: 1 ต.ค. 2566 - 30 ก.ย. 2567
    result: "=1+1\\n\\nสอง\\tช่อง\\x00\\x1b[31m\\uffff\\n  เยื้อง\\r\\nสุดท้าย"
    outcome: %s
  "1.1.2": {responsible: [กองช่าง, กองคลัง], result: "<w:p>&amp;</w:p> {PAGE} `รหัส` ๑๒ 34"}
  "1.1.3": {responsible: 'CON', result: "}{"}
""" % ("ก" * 3_000)


class Read(NamedTuple):
    """A document as python-docx reads it, and what the program itself makes of the evidence."""

    data: bytes
    document: Any
    evidence: Evidence
    report: Report


def written(path: Path, *arguments: str, template: Path | None = None, **options: Any) -> bytes:
    """What `report` writes."""
    target = options.pop("folder") / "report.docx"
    extra = ("--template", template) if template else ()
    done = run("report", path, "-o", target, "--force", *extra, *arguments, **options)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    return target.read_bytes()


def judged(path: Path, day: date) -> tuple[Evidence, Report]:
    """An evidence file and what it comes to on a day."""
    evidence = load_evidence(str(path), catalogue(), sys.stdin, str(ROOT))
    return evidence, evaluate(catalogue(), evidence, day)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Read]:
    """The report of each fixture."""
    folder = tmp_path_factory.mktemp("reports")
    found = {}
    for name, (path, day) in FIXTURES.items():
        data = written(path, "--as-of", str(day), folder=folder)
        found[name] = Read(data, docx.Document(io.BytesIO(data)), *judged(path, day))
    return found


def rows_of(document: Any) -> list[list[list[str]]]:
    """The rows of the six columns as the paragraphs of each cell, without the heads."""
    return [
        [[part.text for part in docx.table._Cell(cell, table).paragraphs] for cell in row.tc_lst]
        for table in document.tables
        if len(table._tbl.tblGrid.gridCol_lst) == len(COLUMNS)
        for row in table._tbl.tr_lst[1:]
    ]


def texts_of(document: Any) -> str:
    """All paragraphs of a body, those of tables too."""
    return "\n".join(
        docx.text.paragraph.Paragraph(one, document).text
        for one in document.element.iter(qn("w:p"))
    )


def plain(text: str) -> str:
    """A text as two programs may both have it: spaces apart, and what nobody sees."""
    # LibreOffice says of the second glyph of SARA AM that it is one more letter.
    folded = re.sub("\u0e33([\u0e48-\u0e4b]?)\u0e32", "\\1\u0e33", repaired(text))
    return re.sub(r"\s+", "", folded)


# The six columns


@pytest.mark.parametrize("name", FIXTURES)
def test_every_requirement_has_a_row(reports: dict[str, Read], name: str) -> None:
    """63 rows in catalogue order, each with its step's number and title."""
    rows = rows_of(reports[name].document)
    steps = ["".join(row[1]) for row in rows]
    assert steps == [
        f"{rule.id.rpartition('.')[2]}. {rule.title.th}" for rule in catalogue().requirements
    ]
    assert len(rows) == 63


def test_measures_and_issues_stand_over_their_steps(reports: dict[str, Read]) -> None:
    """Each issue has a heading and a table; a measure's title stands once and spans its rows."""
    document = reports["seed"].document
    headings = [one.text for one in document.paragraphs if one.text.startswith("ประเด็นที่")]
    assert headings == [f"ประเด็นที่ {one.number} {one.title.th}" for one in catalogue().issues]
    for table, issue in zip(document.tables, catalogue().issues, strict=False):
        spans = [row.tc_lst[0].tcPr.find(qn("w:vMerge")) for row in table._tbl.tr_lst[1:]]
        begins = [span.get(qn("w:val")) == "restart" for span in spans]
        titles = [row.tc_lst[0].p_lst[0].text for row in table._tbl.tr_lst[1:]]
        assert [title for title, first in zip(titles, begins, strict=True) if first] == [
            f"{one.id.rpartition('.')[2]}. {one.title.th}" for one in issue.measures
        ]
        assert not any(title for title, first in zip(titles, begins, strict=True) if not first)


@pytest.mark.parametrize("name", FIXTURES)
def test_cells_say_what_was_declared(reports: dict[str, Read], name: str) -> None:
    """Units, period, result and outcome are those of the evidence; what is absent says so."""
    read = reports[name]
    wrong = []
    for rule, row in zip(catalogue().requirements, rows_of(read.document), strict=True):
        unit, period, result, outcome = ("\n".join(cell) for cell in row[2:])
        action = read.evidence.actions.get(rule.id)
        wanted = [
            action.responsible.names if action and action.responsible else None,
            action.period if action else None,
            action.result if action else None,
            action.outcome if action else None,
        ]
        found = [
            None if is_open(unit) else tuple(re.split("[/\n]", unit)),
            None if is_open(period) else read_period(period, None),
            None if is_open(result) else result,
            None if is_open(outcome) else outcome,
        ]
        wrong += [
            (rule.id, *pair) for pair in zip(wanted, found, strict=True) if pair[0] != pair[1]
        ]
    assert wrong == []


def test_open_cells_are_seen(reports: dict[str, Read]) -> None:
    """Each cell without data has a shade and a style of its own, and no other cell has."""
    for read in reports.values():
        for table in read.document.tables[:7]:
            for row in table._tbl.tr_lst[1:]:
                for cell in row.tc_lst[2:]:
                    styles = {one.pPr.pStyle.val for one in cell.p_lst}
                    shade = cell.tcPr.find(qn("w:shd"))
                    marked = cell.p_lst[0].text in MARKS
                    assert styles == {"ItaOpen" if marked else "ItaCell"}
                    assert (shade is not None) == marked


def test_exceptions_say_why(reports: dict[str, Read]) -> None:
    """Where a requirement is excepted and has no result, the cell says so with the reason."""
    rows = dict(
        zip(
            (rule.id for rule in catalogue().requirements),
            rows_of(reports["statuses"].document),
            strict=True,
        )
    )
    assert rows["4.1.2"][4] == [NOT_APPLICABLE, "ไม่มีทรัพย์สินให้ยืม"]
    assert rows["2.1.2"][4] == [
        WAIVED,
        "อยู่ระหว่างจัดทำระบบร่วมกับจังหวัด",
        "ผ่อนผันถึงวันที่ 20 มีนาคม 2567 ผู้อนุมัติ: ปลัดเทศบาล",
    ]
    # A waiver that has expired excuses nothing.
    assert rows["2.1.5"][4] == [OPEN]


def test_heads_are_repeated_and_rows_stay_whole(reports: dict[str, Read]) -> None:
    """The head of every table is repeated, and no row that fits is split."""
    for read in reports.values():
        assert len(read.document.tables) >= 7
        for table in read.document.tables:
            first, *others = table._tbl.tr_lst
            assert first.trPr.find(qn("w:tblHeader")) is not None
            for row in others:
                assert row.trPr is None or row.trPr.find(qn("w:tblHeader")) is None
        for table in read.document.tables[:7]:
            assert [cell.text for cell in table.rows[0].cells] == COLUMNS
            for row in table._tbl.tr_lst[1:]:
                assert row.trPr.find(qn("w:cantSplit")) is not None


def test_row_higher_than_a_page_may_be_split(tmp_path: Path) -> None:
    """A cell that no page holds does not stay in one piece."""
    (tmp_path / "long.yaml").write_text(HOSTILE, "utf-8")
    data = written(tmp_path / "long.yaml", folder=tmp_path)
    first, second = docx.Document(io.BytesIO(data)).tables[0]._tbl.tr_lst[1:3]
    assert first.trPr is None
    assert second.trPr.find(qn("w:cantSplit")) is not None


# Cover and annex


def test_cover(reports: dict[str, Read]) -> None:
    """The first page names the report, year, agency and day, and how much is complete."""
    lines = [one.text for one in reports["seed"].document.paragraphs[:9]]
    assert lines[:3] == [
        "รายงานผลการดำเนินการเพื่อส่งเสริมคุณธรรมและความโปร่งใสภายในหน่วยงาน",
        "ประจำปีงบประมาณ พ.ศ. 2567",
        "เทศบาลนครนครราชสีมา",
    ]
    assert "15 ตุลาคม 2567" in lines[4]
    summary = run_json(SEED, "--as-of", "2024-10-15")["summary"]
    for status in ("met", "incomplete", "missing"):
        assert f" {summary[status]} ข้อ" in lines[5]
    assert say("word.report.no_certificate") in lines


@pytest.mark.parametrize("name", FIXTURES)
def test_annex_lists_every_gap(reports: dict[str, Read], name: str) -> None:
    """Every gap stands in the annex with its unit and every finding's sentence and remedy."""
    read = reports[name]
    text = texts_of(read.document)
    annex = text[text.index(say("word.annex.title")) :]
    tables = read.document.tables[7:]
    gaps = [one for one in read.report.requirements if one.is_gap]
    listed = {row.cells[0].text: row for row in tables[0].rows[1:]} if gaps else {}
    assert list(listed) == [one.requirement.id for one in gaps]
    for one in gaps:
        said = "\n".join(cell.text for cell in listed[one.requirement.id].cells)
        assert one.requirement.title.th in said
        assert (one.responsible.written if one.responsible else say("word.no_unit")) in said
        for finding in one.findings:
            kind = dict(finding.message.gaps).get("kind")
            path = dict(getattr(finding.fix, "gaps", ())).get("path")
            for what, joined in ((finding.message, kind), (finding.fix, path)):
                whole = what.say("th").replace("`", "")
                # Sentences that differ in one name are one; what stands around it is all there.
                shown = joined.say("th") if hasattr(joined, "say") else str(joined)
                for part in whole.split(shown) if joined else [whole]:
                    assert holdable(part).strip() in said, (one.requirement.id, part)
                assert joined is None or shown not in whole or shown in said
    for finding in read.report.findings:
        assert finding.message.say("th").replace("`", "") in annex
    assert (say("word.annex.no_gaps") in annex) == (not gaps)
    assert say("word.report.no_certificate") in annex


def holdable(text: str) -> str:
    """A text as XML can hold it."""
    from ita_check.office.word.xml import holdable as made

    return made(text)


@pytest.mark.parametrize("name", FIXTURES)
def test_annex_lists_every_open_cell(reports: dict[str, Read], name: str) -> None:
    """Every row with an open cell is named, with the heads of just those cells."""
    read = reports[name]
    wanted = {}
    for rule, row in zip(catalogue().requirements, rows_of(read.document), strict=True):
        heads = [COLUMNS[2 + n] for n, cell in enumerate(row[2:]) if cell[0] in MARKS]
        if heads:
            wanted[rule.id] = ", ".join(heads)
    found = {}
    for table in read.document.tables[7:]:
        if table.rows[0].cells[-1].text == say("word.head.open_cells"):
            found = {row.cells[0].text: row.cells[2].text for row in table.rows[1:]}
    assert found == wanted
    assert (say("word.annex.no_cells") in texts_of(read.document)) == (not wanted)


# Thai in Word


def properties_of(style: Any, styles: dict[str, Any]) -> dict[str, str | None]:
    """Font, size and weight that a paragraph style gives Thai and Latin letters."""
    letters = styles[style].find(qn("w:rPr"))
    fonts = letters.find(qn("w:rFonts"))
    return {
        "cs": fonts.get(qn("w:cs")),
        "ascii": fonts.get(qn("w:ascii")),
        **{name: letters.find(qn(f"w:{name}")).get(qn("w:val")) for name in SAID_TWICE},
        "lang": letters.find(qn("w:lang")).get(qn("w:bidi")),
    }


SAID_TWICE = ("sz", "szCs", "b", "bCs", "i", "iCs")


def test_every_run_is_set_for_thai(reports: dict[str, Read], tmp_path: Path) -> None:
    """Every run's style says font, size, weight and language for complex scripts too."""
    memos = memos_in(tmp_path, SEED, "--as-of", "2567-10-15")
    bodies = [read.document for read in reports.values()] + [*memos.values()]
    seen = set()
    for document in bodies:
        styles = {
            one.get(qn("w:styleId")): one for one in document.styles.element.iter(qn("w:style"))
        }
        roots = [document.element, *(one.footer._element for one in document.sections)]
        for run_ in (found for root in roots for found in root.iter(qn("w:r"))):
            used = run_.getparent().find(qn("w:pPr")).find(qn("w:pStyle")).get(qn("w:val"))
            own = run_.find(qn("w:rPr"))
            # A run's own style changes colour or weight only, the latter for both scripts.
            assert own is None or {one.tag for one in own} == {qn("w:rStyle")}
            seen.add(used)
            said = properties_of(used, styles)
            assert said["cs"] == said["ascii"] == "TH SarabunPSK"
            assert (said["sz"], said["b"], said["i"]) == (said["szCs"], said["bCs"], said["iCs"])
            assert said["lang"] == "th-TH"
        for name in ("ItaLabel", "ItaCode"):
            weight = [one.tag for one in styles[name].find(qn("w:rPr"))]
            assert (qn("w:b") in weight) == (qn("w:bCs") in weight)
        defaults = document.styles.element.find(qn("w:docDefaults"))
        letters = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
        assert letters.find(qn("w:rFonts")).get(qn("w:cs")) == "TH SarabunPSK"
        assert letters.find(qn("w:szCs")).get(qn("w:val")) == "32"
    assert {"ItaCell", "ItaOpen", "ItaHead", "ItaHeading", "ItaCover", "ItaFooter"} <= seen


def test_sizes_of_letters(reports: dict[str, Read]) -> None:
    """The six columns are in 16 points unless asked otherwise; heads are bold in both scripts."""
    styles = {
        one.get(qn("w:styleId")): one
        for one in reports["seed"].document.styles.element.iter(qn("w:style"))
    }
    assert properties_of("ItaCell", styles)["szCs"] == "32"
    assert properties_of("ItaHead", styles)["bCs"] == "1"
    assert properties_of("ItaCell", styles)["bCs"] == "0"


def test_font_and_size_asked_for(tmp_path: Path) -> None:
    """`--font` and `--size` hold for all styles."""
    data = written(COMPLETE, "--font", "TH Sarabun New", "--size", "๑๔", folder=tmp_path)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml").decode()
    assert "TH SarabunPSK" not in styles
    assert 'w:cs="TH Sarabun New"' in styles
    assert '<w:szCs w:val="28"/>' in styles


@pytest.mark.parametrize(
    ("words", "key"),
    [
        (("--size", "7"), "not_a_size"),
        (("--size", "x"), "not_a_size"),
        (("--size", "37"), "not_a_size"),
        (("--font", ""), "not_a_font"),
        (("--font", "a\nb\x07"), "not_a_font"),
        (("--font", "x" * 32), "not_a_font"),
    ],
)
def test_no_such_letters(tmp_path: Path, words: tuple[str, str], key: str) -> None:
    """What is no size or font is told, and nothing is written."""
    done = run("report", COMPLETE, "-o", tmp_path / "r.docx", *words, "--lang", "en")
    assert done.returncode == 2
    assert words[0] in done.stderr.decode()
    assert say(f"word.{key}", "en", text="", least=8, most=36)[:30] in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def test_pages_lie_and_are_numbered(reports: dict[str, Read]) -> None:
    """Every section is A4 lying, and the foot of a page has its number."""
    document = reports["complete"].document
    for section in document.sections:
        assert section.orientation == docx.enum.section.WD_ORIENT.LANDSCAPE
        assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (29.7, 21.0)
    foot = document.sections[-1].footer._element
    assert [one.text for one in foot.iter(qn("w:instrText"))] == [" PAGE "]


def test_properties_of_the_file(reports: dict[str, Read]) -> None:
    """The file says what it is and of whom, and names nobody as its author."""
    properties = reports["seed"].document.core_properties
    assert properties.title.startswith("รายงานผลการดำเนินการ")
    assert "2567" in properties.title
    assert properties.subject == "เทศบาลนครนครราชสีมา"
    assert (properties.author, properties.last_modified_by) == ("ita-check", "ita-check")
    assert properties.created.date() == date(2024, 10, 15)


def test_same_input_gives_the_same_bytes(reports: dict[str, Read], tmp_path: Path) -> None:
    """What is written depends on evidence, catalogue and day alone."""
    again = written(SEED, "--as-of", "2567-10-15", "--lang", "en", folder=tmp_path)
    assert again == reports["seed"].data


def test_thai_digits(tmp_path: Path, reports: dict[str, Read]) -> None:
    """`--thai-digits` changes what the program writes, and nothing that people wrote."""
    text = SEED.read_text("utf-8").replace("เทศบาลนครนครราชสีมา", "เทศบาลที่ 21")
    (tmp_path / "e.yaml").write_text(text, "utf-8")
    data = written(tmp_path / "e.yaml", "--as-of", "2567-10-15", "--thai-digits", folder=tmp_path)
    document = docx.Document(io.BytesIO(data))
    lines = [one.text for one in document.paragraphs]
    assert "ประจำปีงบประมาณ พ.ศ. ๒๕๖๗" in lines
    assert "เทศบาลที่ 21" in lines
    assert any(one.startswith("ประเด็นที่ ๑ ") for one in lines)
    assert any("๑๕ ตุลาคม ๒๕๖๗" in one for one in lines)
    for before, after in zip(rows_of(reports["seed"].document), rows_of(document), strict=True):
        assert after[1] == [line.translate(THAI_DIGITS) for line in before[1]]
        assert after[3] == [line.translate(THAI_DIGITS) for line in before[3]]
        assert (after[2], after[4], after[5]) == (before[2], before[4], before[5])
    ids = [row.cells[0].text for row in document.tables[7].rows[1:]]
    assert ids == [row.cells[0].text for row in reports["seed"].document.tables[7].rows[1:]]
    form = document.sections[-1]._sectPr.find(qn("w:pgNumType"))
    assert form.get(qn("w:fmt")) == "thaiNumbers"


# The agency's own template


def own_template(path: Path, body: str = "") -> Path:
    """A letterhead: a header, a footer, a style, and perhaps a page of its own."""
    document = docx.Document()
    document.styles.add_style("หนังสือ", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH)
    document.sections[0].header.paragraphs[0].text = "ตราเทศบาล"
    document.sections[0].footer.paragraphs[0].text = "โทร. 044-234567"
    if body:
        document.add_paragraph(body)
    document.save(str(path))
    return path


@pytest.mark.parametrize("body", ["", "หน้าของหน่วยงาน"])
def test_template_is_kept(tmp_path: Path, body: str) -> None:
    """Header, footer, styles and body of the template stay; the report follows on pages that lie."""
    template = own_template(tmp_path / "own.docx", body)
    before = template.read_bytes()
    data = written(SEED, folder=tmp_path, template=template)
    document = docx.Document(io.BytesIO(data))
    assert template.read_bytes() == before
    assert "หนังสือ" in [style.name for style in document.styles]
    assert "Normal" in [style.name for style in document.styles]
    assert len(document.sections) == (3 if body else 2)
    for section in document.sections:
        assert section.header.paragraphs[0].text == "ตราเทศบาล"
        assert section.footer.paragraphs[0].text == "โทร. 044-234567"
    lying = [s.orientation == docx.enum.section.WD_ORIENT.LANDSCAPE for s in document.sections]
    assert lying == ([False] if body else []) + [True, True]
    texts = [one.text for one in document.paragraphs if one.text]
    assert texts[0] == (body or say("word.report.title"))
    assert len(rows_of(document)) == 63


def test_template_may_be_a_report(tmp_path: Path) -> None:
    """A report made before may be the template of the next one."""
    first = tmp_path / "first.docx"
    first.write_bytes(written(COMPLETE, folder=tmp_path))
    document = docx.Document(io.BytesIO(written(SEED, folder=tmp_path, template=first)))
    assert len(rows_of(document)) == 126
    ids = [one.style_id for one in document.styles]
    assert len(ids) == len(set(ids))


BAD_TEMPLATES = {
    "pdf_docx": b"%PDF-1.7",
    "old_docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "encrypted": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "not_docx": b"hello",
    "damaged": b"PK\x03\x04 cut",
}


@pytest.mark.parametrize("key", [*BAD_TEMPLATES, "macros_docx", "no_body"])
def test_bad_template(tmp_path: Path, key: str) -> None:
    """What is no Word document, or none to be trusted, is told as such: 2, nothing written."""
    template = tmp_path / "own.docx"
    if key in BAD_TEMPLATES:
        template.write_bytes(BAD_TEMPLATES[key])
    else:
        own_template(template)
        parts = {}
        with zipfile.ZipFile(template) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        if key == "macros_docx":
            parts["word/vbaProject.bin"] = b"x"
        else:
            key, parts["word/document.xml"] = "damaged", b"<x/>"
        with zipfile.ZipFile(template, "w") as archive:
            for name, data in parts.items():
                archive.writestr(name, data)
    target = tmp_path / "report.docx"
    done = run("report", SEED, "-o", target, "--template", template, "--lang", "th")
    assert done.returncode == 2
    said = re.sub(r"\s", "", done.stderr.decode())
    assert re.sub(r"\s", "", say(f"office.{key}")) in said
    assert not target.exists()


def test_template_that_is_not_there(tmp_path: Path) -> None:
    """A template that cannot be read is told; `-` is none."""
    target = tmp_path / "report.docx"
    done = run("report", SEED, "-o", target, "--template", tmp_path / "gone.docx", "--lang", "en")
    assert done.returncode == 2
    assert "gone.docx" in done.stderr.decode()
    done = run("report", SEED, "-o", target, "--template", "-", "--lang", "en")
    assert say("word.template_stdin", "en") in done.stderr.decode()
    assert not target.exists()


# What is written over


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A file that is there stays unless --force is given; with it the new one is whole."""
    target = tmp_path / "report.docx"
    target.write_bytes(b"mine")
    done = run("report", SEED, "-o", target, "--lang", "en")
    assert done.returncode == 2
    assert say("commands.file_is_there", "en") in " ".join(done.stderr.decode().split())
    assert target.read_bytes() == b"mine"
    assert run("report", SEED, "-o", target, "--force").returncode == 0
    assert docx.Document(str(target)).tables
    assert [one.name for one in tmp_path.iterdir()] == ["report.docx"]


def test_what_is_read_is_never_written_over(tmp_path: Path) -> None:
    """Neither evidence, template nor a declared file is written over, whatever --force says."""
    proof = tmp_path / "proof.docx"
    proof.write_bytes(b"only copy")
    evidence = tmp_path / "evidence.docx"
    evidence.write_text(
        "agency: {name: เทศบาล}\nfiscal_year: 2567\nevidence: {hr_plan: {file: proof.docx}}\n",
        "utf-8",
    )
    template = own_template(tmp_path / "own.docx")
    before = {path: path.read_bytes() for path in (proof, evidence, template)}
    for path in before:
        done = run("report", evidence, "-o", path, "--template", template, "--force")
        assert done.returncode == 2, path
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("name", ["-", "report.doc", "report.pdf", "report", "gone/report.docx"])
def test_no_place_for_a_report(tmp_path: Path, name: str) -> None:
    """A name that no Word file has, or a folder that is not there, is told: 2."""
    done = run("report", SEED, "-o", name, "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr
    assert list(tmp_path.iterdir()) == []


def test_evidence_that_cannot_be_judged(tmp_path: Path) -> None:
    """A file that is not valid gives 2 and no document; standard input is read all the same."""
    (tmp_path / "bad.yaml").write_text("agency: {}\n", "utf-8")
    for words in (("report", "bad.yaml", "-o", "r.docx"), ("memo", "bad.yaml", "-d", "memos")):
        assert run(*words, cwd=tmp_path).returncode == 2
    assert [one.name for one in tmp_path.iterdir()] == ["bad.yaml"]
    data = SEED.read_bytes()
    done = run("report", "-", "-o", "r.docx", "--as-of", "2567-10-15", cwd=tmp_path, stdin=data)
    assert done.returncode == 0
    assert len(rows_of(docx.Document(str(tmp_path / "r.docx")))) == 63


def test_what_was_written_is_told(tmp_path: Path) -> None:
    """Standard error says what was written and how much of it is open."""
    target = tmp_path / "report.docx"
    done = run("report", SEED, "-o", target, "--as-of", "2567-10-15", "--lang", "en")
    told = say("word.written", "en", file=str(target), count=63, gaps=39, cells=10)
    assert done.stderr.decode() == told + "\n"


# Hostile text


@cache
def hostile(folder: Path) -> Any:
    """The report on evidence that tries to be more than text."""
    (folder / "hostile.yaml").write_text(HOSTILE, "utf-8")
    return docx.Document(io.BytesIO(written(folder / "hostile.yaml", folder=folder)))


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    """Control characters are shown as escapes; markup, formulas and braces are letters."""
    document = hostile(tmp_path)
    first, second, third = rows_of(document)[:3]
    assert first[4] == [
        "=1+1",
        "",
        "สอง\tช่อง\\x00\\x1b[31m\\uffff",
        "  เยื้อง",
        "สุดท้าย",
    ]
    assert first[5] == ["ก" * 3_000]
    assert second[2] == ["กองช่าง", "กองคลัง"]
    assert second[4] == ["<w:p>&amp;</w:p> {PAGE} `รหัส` ๑๒ 34"]
    assert third[4] == ["}{"]
    assert [one.text for one in document.paragraphs][2] == "เทศบาล\\x07ตัวอย่าง \\u202e"


# Memos


def memos_in(folder: Path, evidence: Path, *arguments: str) -> dict[str, Any]:
    """The memos that are written, by the names of their files."""
    done = run("memo", evidence, "-d", folder / "memos", *arguments)
    assert (done.returncode, done.stdout) == (0, b""), done.stderr.decode()
    return {path.name: docx.Document(str(path)) for path in sorted((folder / "memos").iterdir())}


def test_each_unit_has_a_memo(tmp_path: Path) -> None:
    """Each unit with gaps has a memo that lists just those, each with what to send and by when."""
    memos = memos_in(tmp_path, SEED, "--as-of", "2567-10-15")
    _, report = judged(SEED, date(2024, 10, 15))
    owed: dict[str, list[str]] = {}
    for one in report.requirements:
        if one.is_gap:
            assert one.responsible
            for unit in one.responsible.names:
                owed.setdefault(f"บันทึกข้อความ-{unit}.docx", []).append(one.requirement.id)
    found = {
        name: [row.cells[0].text for row in memo.tables[0].rows[1:]] for name, memo in memos.items()
    }
    assert found == owed
    assert len(found) == 5
    for name, memo in memos.items():
        unit = name.removeprefix("บันทึกข้อความ-").removesuffix(".docx")
        lines = [one.text for one in memo.paragraphs]
        assert lines[0] == say("word.memo.title")
        assert f"เรียน  {unit}" in lines
        assert any(f"{unit}ที่ยังไม่ครบ {len(found[name])} ข้อ" in line for line in lines)
        # No deadline is declared, and none is guessed.
        assert any("ยังไม่ได้ระบุกำหนดส่ง" in line for line in lines)
        for row in memo.tables[0].rows[1:]:
            assert all(cell.text for cell in row.cells)
            assert set(row.cells[4].text) == {"."}
        assert memo.sections[0].orientation == docx.enum.section.WD_ORIENT.PORTRAIT


def test_memo_says_the_deadline_and_what_is_not_due(tmp_path: Path) -> None:
    """A declared deadline stands in every row; what is not due yet is told with its day."""
    memos = memos_in(tmp_path, STATUSES, "--as-of", "2567-03-01")
    _, report = judged(STATUSES, date(2024, 3, 1))
    nobody = memos[f"บันทึกข้อความ-{say('word.no_unit')}.docx"]
    assert any("ภายในวันที่ 30 เมษายน 2567" in one.text for one in nobody.paragraphs)
    assert {row.cells[4].text for row in nobody.tables[0].rows[1:]} == {"30 เม.ย. 2567"}
    later = [one for one in report.requirements if one.status == "not_due" and not one.responsible]
    assert later
    assert [row.cells[0].text for row in nobody.tables[1].rows[1:]] == [
        one.requirement.id for one in later
    ]
    shared = memos["บันทึกข้อความ-กองการเจ้าหน้าที่.docx"].tables[0].rows[1].cells[1].text
    assert "รับผิดชอบร่วมกับ: กองยุทธศาสตร์และงบประมาณ" in shared
    assert set(memos) == {
        f"บันทึกข้อความ-{unit}.docx"
        for unit in (
            "กองการเจ้าหน้าที่",
            "กองยุทธศาสตร์และงบประมาณ",
            "สำนักปลัดเทศบาล",
            say("word.no_unit"),
        )
    }


def test_memo_after_the_deadline(tmp_path: Path) -> None:
    """A deadline that has passed is said to have passed."""
    memos = memos_in(tmp_path, STATUSES, "--as-of", "2567-06-01", "--thai-digits")
    for memo in memos.values():
        assert any("ซึ่งพ้นกำหนดวันที่ ๓๐ เมษายน ๒๕๖๗ แล้ว" in p.text for p in memo.paragraphs)


def test_memos_are_told(tmp_path: Path) -> None:
    """Standard error names each file and how many requirements stand in it."""
    target = tmp_path / "new" / "memos"
    done = run("memo", SEED, "-d", target, "--as-of", "2567-10-15", "--lang", "en")
    lines = done.stderr.decode().splitlines()
    file = str(target / "บันทึกข้อความ-สำนักคลัง.docx")
    assert say("word.memo_written", "en", file=file, unit="สำนักคลัง", count=3) in lines
    assert lines[-1] == say("word.memo_together", "en", count=39)
    assert len(lines) == len(list(target.iterdir())) + 1


def test_no_memo_without_a_gap(tmp_path: Path) -> None:
    """Where nothing is open no memo is written, nor a folder made."""
    done = run("memo", COMPLETE, "-d", tmp_path / "memos", "--as-of", "2570-09-30", "--lang", "en")
    assert (done.returncode, done.stderr.decode()) == (0, say("word.no_gaps", "en") + "\n")
    assert list(tmp_path.iterdir()) == []


def test_all_memos_or_none(tmp_path: Path) -> None:
    """If one of the files is there, none is written; with --force all are."""
    (tmp_path / "memos").mkdir()
    there = tmp_path / "memos" / "บันทึกข้อความ-สำนักคลัง.docx"
    there.write_bytes(b"mine")
    done = run("memo", SEED, "-d", tmp_path / "memos", "--as-of", "2567-10-15")
    assert done.returncode == 2
    assert [path.read_bytes() for path in (tmp_path / "memos").iterdir()] == [b"mine"]
    assert len(memos_in(tmp_path, SEED, "--as-of", "2567-10-15", "--force")) == 5


def test_failure_midway_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where one file cannot be written, those written before become what they were."""
    from ita_check.cli import documents
    from ita_check.errors import CannotWrite, Problem
    from ita_check.texts import phrase

    evidence, _ = judged(SEED, date(2024, 10, 15))
    old, new, last = (str(tmp_path / name) for name in ("old.docx", "new.docx", "last.docx"))
    Path(old).write_bytes(b"old")
    real = documents.write_file

    def failing(file: str, data: bytes) -> None:
        if file == last:
            raise CannotWrite(Problem(phrase("commands.disk_full"), file))
        real(file, data)

    monkeypatch.setattr(documents, "write_file", failing)
    with pytest.raises(CannotWrite):
        documents.write_documents({old: b"1", new: b"2", last: b"3"}, evidence)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"old.docx": b"old"}


def test_folder_that_is_a_file(tmp_path: Path) -> None:
    """A folder that cannot be made is told: 2."""
    (tmp_path / "memos").write_bytes(b"mine")
    for folder in ("memos", "memos/below"):
        done = run("memo", SEED, "-d", folder, "--as-of", "2567-10-15", cwd=tmp_path)
        assert done.returncode == 2
    assert (tmp_path / "memos").read_bytes() == b"mine"


def test_unsafe_names_of_units() -> None:
    """Names of files are safe on every system, not too long, and no two the same."""
    names = [
        "กองคลัง",
        'กอง\\คลัง:*?"<>|',
        "../../etc",
        "กองช่าง...",
        "กองช่าง ",
        "CON",
        "con",
        "ก" * 500,
        "ก" * 500 + "ข",
        "\x00\x1f",
        "a\u200bb",
        "ab",
        "e\u0301",
        "\u00e9",
    ]
    found = file_names("บันทึกข้อความ-", names)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert not re.search(r'[\\/:*?"<>|\x00-\x1f\u200b]', name)
        assert name.endswith(".docx")
        assert not name.removesuffix(".docx").endswith((".", " "))
        assert len(name) <= LONGEST
        assert len(name.encode()) <= 255
    assert found[0] == "บันทึกข้อความ-กองคลัง.docx"
    assert found[5:7] == ("บันทึกข้อความ-CON.docx", "บันทึกข้อความ-con-2.docx")


def test_memos_of_hostile_units(tmp_path: Path) -> None:
    """Units with names that no file may have still get their memo, in the folder."""
    (tmp_path / "hostile.yaml").write_text(HOSTILE, "utf-8")
    memos = memos_in(tmp_path, tmp_path / "hostile.yaml")
    assert "บันทึกข้อความ-กอง-คลัง.docx" in memos
    assert "บันทึกข้อความ-=1+1.docx" in memos
    assert [path.name for path in tmp_path.iterdir()].count("memos") == 1


# LibreOffice


@pytest.fixture(scope="module")
def pages(
    reports: dict[str, Read], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """The text of each page that LibreOffice prints, all documents in one call: it starts slowly."""
    program = soffice()
    folder = tmp_path_factory.mktemp("printed")
    hostile_folder = tmp_path_factory.mktemp("hostile")
    for name, read in reports.items():
        (folder / f"{name}.docx").write_bytes(read.data)
    template = own_template(folder / "own.docx", "หน้าของหน่วยงาน")
    (folder / "letterhead.docx").write_bytes(
        written(SEED, folder=hostile_folder, template=template)
    )
    hostile(hostile_folder).save(str(folder / "hostile.docx"))
    memos_in(folder, SEED, "--as-of", "2567-10-15")
    (folder / "memos" / "บันทึกข้อความ-สำนักคลัง.docx").rename(folder / "memo.docx")
    names = [*reports, "letterhead", "hostile", "memo"]
    done = subprocess.run(
        [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *(str(folder / f"{name}.docx") for name in names),
        ],
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return {
        name: [page.extract_text() for page in PdfReader(folder / f"{name}.pdf").pages]
        for name in names
    }


@pytest.mark.parametrize("name", FIXTURES)
def test_every_result_is_printed(
    pages: dict[str, list[str]], reports: dict[str, Read], name: str
) -> None:
    """Every result, outcome and unit of the evidence is in the text of the printed pages."""
    # A cell may go on over a page's end, where foot and head come between.
    printed = plain("".join(pages[name]))
    wrong = []
    for id_, action in reports[name].evidence.actions.items():
        units = action.responsible.names if action.responsible else ()
        for text in (action.result, action.outcome, *units):
            wrong += [
                (id_, line) for line in (text or "").splitlines() if plain(line) not in printed
            ]
    assert wrong == []
    assert plain(say("word.report.no_certificate")) in printed
    assert printed.count(plain(OPEN)) >= sum(
        cell[0] == OPEN for row in rows_of(reports[name].document) for cell in row
    )


def test_heads_are_printed_on_every_page(pages: dict[str, list[str]]) -> None:
    """Every page with the six columns has their heads at its top, and no page is empty."""
    for name in FIXTURES:
        first = next(n for n, text in enumerate(pages[name]) if "ภาคผนวก" in text and n)
        for text in pages[name][1:first]:
            assert plain(COLUMNS[4]) in plain(text)
        assert all(text.strip() for text in pages[name])


def test_other_documents_are_printed(pages: dict[str, list[str]]) -> None:
    """A template's page and letterhead, hostile text and a memo are printed as they should be."""
    assert plain("หน้าของหน่วยงาน") in plain(pages["letterhead"][0])
    assert all(plain("ตราเทศบาล") in plain(text) for text in pages["letterhead"])
    assert "=1+1" in "".join(pages["hostile"])
    assert "".join(pages["hostile"]).count("ก") >= 3_000
    assert plain(say("word.memo.title")) in plain(pages["memo"][0])
    assert plain(say("word.memo.close")) in plain("".join(pages["memo"]))

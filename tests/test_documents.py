"""Documents as they read: their sort, their text, the Buddhist years they name; all of it bounded.

Each test makes its documents; nobody's are kept. What is hostile is made small where a bound can
be made small as well.
"""

from __future__ import annotations

import hashlib
import io
import os
import signal
import struct
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import anyio
import docx
import openpyxl
import pypdf
import pytest
from browser import chromium
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

import ita_check
from ita_check.looking.documents.aside import Readers
from ita_check.looking.documents.document import Document, Markup
from ita_check.looking.documents.limits import Limits
from ita_check.looking.documents.read import read_document
from ita_check.looking.documents.thai import repaired
from ita_check.looking.documents.years import FIRST, LAST, Years, years_in
from ita_check.model.looked import Click, Content, NamedYear, Spot
from ita_check.model.verdicts import State

PDF, HTML, TEXT, OLD = "application/pdf", "text/html", "text/plain", "application/x-ole-storage"
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX, XLSX = f"{_OFFICE}.wordprocessingml.document", f"{_OFFICE}.spreadsheetml.sheet"
LIMITS = Limits()
HOME = Path(ita_check.__file__).parent.parent

Read = Callable[..., Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads bytes as a file of some name."""

    def one(
        data: bytes, name: str, *said: str, base: str = "", limits: Limits = LIMITS
    ) -> Document:
        file = tmp_path / "document"
        file.write_bytes(data)
        return read_document(
            str(file), name, *said, **({"base": base} if base else {}), limits=limits
        )

    return one


def named(year: int, spot: Spot, *, fiscal: bool = False) -> NamedYear:
    return NamedYear(year, spot, fiscal)


def page(number: int) -> Spot:
    return Spot("page", number)


# Years


def years_of(text: str) -> list[tuple[int, bool]]:
    """The years of one piece of text, each once."""
    years = Years()
    years.add(text, page(1))
    return [(one.year, one.fiscal) for one in years.named()]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("พ.ศ. 2567", [2567]),
        ("พ.ศ.๒๕๖๗", [2567]),
        ("ปี2567", [2567]),
        ("ปี 25๖7", [2567]),
        ("คำสั่งที่ 1/2567", [2567]),
        ("2566-2570", [2566, 2570]),
        ("2566–2570", [2566, 2570]),
        ("พ.ศ. 2566 – 2570", [2566, 2570]),
        ("2566/2567", [2566, 2567]),
        ("ปี 2566,2567,2568", [2566, 2567, 2568]),
        ("(2567)", [2567]),
        ("สิ้นปี 2567.", [2567]),
        ("1 ต.ค. 2567", [2567]),
        ("01.10.2567", [2567]),
        ("1-10-2567", [2567]),
        ("1/10/2567", [2567]),
        ("2567-10-01", [2567]),
        ("แผน_2567.pdf", [2567]),
        ("ปี 2567 บาท", [2567]),
        ("พ.ศ. 25 67", [2567]),
        ("2400 2643", [2400, 2643]),
        ("2399 2644 1999 2024", []),
        ("1,2567", []),
        ("2,567", []),
        ("2567.50", []),
        ("1.2567", []),
        ("2567,000", []),
        ("12567 25678", []),
        ("044-2567", []),
        ("โทร. 0-4425-2567", []),
        ("โทร. 0 4425 2567", []),
        ("โทร. 0 2567 1234", []),
        ("โทร. 044 251 2567", []),
        ("1-2567-00012-34-5", []),
        ("ค่าปรับ 2500 บาท", []),
        ("฿2567", []),
        ("3a2567", []),
        ("2567px", []),
        ("10:2567", []),
        ("2 567", []),
    ],
)
def test_years(text: str, years: list[int]) -> None:
    """Four digits are a year where they are a number of their own and no amount or telephone."""
    assert years_of(text) == [(year, False) for year in years]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("ปีงบประมาณ 2567", [2567]),
        ("ประจำปีงบประมาณ พ.ศ. ๒๕๖๗", [2567]),
        ("ปีงบประมาณ ๖๗", [2567]),
        ("ปีงบประมาณ พ.ศ. 67", [2567]),
        ("ปีงบประมาณ: (พ.ศ.2567)", [2567]),
        ("ปีงบประมาณ พุทธศักราช ๒๕๖๗", [2567]),
        ("ปีงบประมาณ\nพ.ศ.\n2567", [2567]),
        ("ปีงบประมาณ 25 67", [2567]),
        ("ปีงบประมาณ 2566 - 2570", [2566, 2567, 2568, 2569, 2570]),
        ("ปีงบประมาณ พ.ศ. 2566 ถึง พ.ศ. 2568", [2566, 2567, 2568]),
        ("ปีงบประมาณ 2566-68", [2566, 2567, 2568]),
        ("ปีงบประมาณ 66–68", [2566, 2567, 2568]),
        ("ปีงบประมาณ 2566 และ 2568", [2566, 2568]),
        ("ปีงบประมาณ 2500-2600", [2500, 2600]),
        ("ปีงบประมาณ 2567 และ 30 วัน", [2567]),
        ("ก่อนสิ้นปีงบประมาณ 30 วัน", []),
        ("ปีงบประมาณ 10 ล้านบาท", []),
        ("ปีงบประมาณ 1,234", []),
        ("ปีงบประมาณ 2024", []),
        ("ปี 67", []),
        # As PDFs break it.
        ("ป ี ง บ ป ร ะ ม า ณ 2567", [2567]),
        ("ป\uf702งบประมาณ 2567", [2567]),
        ("ปีงบประมำณ 2567", [2567]),
        ("ปีงบประ\u200bมาณ\u00ad 2567", [2567]),
    ],
)
def test_fiscal_years(text: str, years: list[int]) -> None:
    """After ปีงบประมาณ two digits are enough, and a range names every year in it."""
    assert years_of(text) == [(year, True) for year in years]


def test_a_year_is_fiscal_if_it_is_once() -> None:
    """The spot is that of the first time, whether or not it was fiscal there."""
    years = Years()
    years.add("ปี 2567", page(1))
    years.add("ปีงบประมาณ 2567 (แผนของปี 2565)", page(2))
    assert years.named() == (named(2567, page(1), fiscal=True), named(2565, page(2)))


def test_what_was_asked_for_may_stand_in_the_next_piece() -> None:
    """A label in one cell and the year in the next belong together; an empty one between is none."""
    years = Years()
    for number, text in enumerate(["ปีงบประมาณ พ.ศ.", " ", "2567", "2568"], 1):
        years.add(text, Spot("line", number))
    assert years.named() == (
        named(2567, Spot("line", 3), fiscal=True),
        named(2568, Spot("line", 4)),
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("ป\uf702 ท\uf70a เล\uf70aม", "ปี ท่ เล่ม"),
        ("ป\uf886", "ปี"),
        ("น \u0e49ำ", "น้ำ"),
        ("ประจ\u0e4dา ก\u0e4d\u0e48า", "ประจำ ก่ำ"),
        ("เเผน", "แผน"),
        ("ก\u200b\u00adข\u2028ค", "กข ค"),
    ],
)
def test_repairs(text: str, seen: str) -> None:
    """Glyphs of old fonts, marks apart from their letters and split vowels are as they look."""
    assert repaired(text) == seen


@given(st.text())
def test_any_text_has_years_or_none(text: str) -> None:
    """No text is an error, and no year is outside of those that are looked for."""
    assert all(FIRST <= year <= LAST for year, _ in years_in(repaired(text)))


@given(st.text(alphabet="ปีงบประมาณพ.ศ0123456789๒๕๖๗ -–/,ๆ\n\u0e4d\uf702"))
def test_any_likely_text_has_years_or_none(text: str) -> None:
    """The same of text of the characters that matter here."""
    assert all(FIRST <= year <= LAST for year, _ in years_of(text))


_DIGITS = "0123456789๐๑๒๓๔๕๖๗๘๙"
mixed = st.integers(FIRST, LAST).flatmap(
    lambda year: st.tuples(
        st.just(year),
        st.tuples(*(st.sampled_from((d, "๐๑๒๓๔๕๖๗๘๙"[int(d)])) for d in str(year))).map("".join),
    )
)
apart = st.sampled_from(["", " ", "\n", "ปี", "พ.ศ. ", "(", ")", "/", " - ", "“", "”", "\u200b "])


@given(mixed, apart, apart)
def test_every_year_in_any_digits_is_found(year: tuple[int, str], left: str, right: str) -> None:
    """Thai and Arabic digits may be mixed; nothing around that is no digit hides a year."""
    assert [found for found, _ in years_of(left + year[1] + right)] == [year[0]]


@given(mixed, st.text(_DIGITS, min_size=1), st.text(_DIGITS), st.sampled_from(["", ","]))
def test_digits_within_longer_numbers_are_none(
    year: tuple[int, str], before: str, after: str, comma: str
) -> None:
    """Four digits out of a longer number are no year."""
    if not comma:
        assert years_of(f"{before}{year[1]}{after}ก") == []
    elif len(before) != 4:
        assert years_of(f"{before},{year[1]}") == []


# PDF


def pdf_of(objects: list[bytes], root: int = 1) -> bytes:
    """A PDF file of numbered objects."""
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.7\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer <</Size %d/Root %d 0 R>>\n" % (len(objects) + 1, root))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


def stream_of(data: bytes, words: bytes = b"") -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (words, len(data), data)


def pdf_with(lines: Iterable[str], pages: int = 1) -> bytes:
    """A PDF whose text layer is these lines, whatever characters they are of, on every page."""
    lines = list(lines)
    codes = {character: n for n, character in enumerate(sorted(set("".join(lines))), 1)}
    table = "".join(
        f"<{n:04X}> <{character.encode('utf-16-be').hex()}>\n" for character, n in codes.items()
    )
    unicode = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{table}endbfchar endcmap end end"
    )
    shown = b" ".join(
        b"<%b> Tj 0 -40 Td" % b"".join(b"%04X" % codes[character] for character in line)
        for line in lines
    )
    kids = b" ".join(b"%d 0 R" % (6 + n) for n in range(pages))
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/ToUnicode 5 0 R/DescendantFonts"
        b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/DW 1000/CIDSystemInfo<</Registry(Adobe)"
        b"/Ordering(Identity)/Supplement 0>>>>]>>"
    )
    one = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R/Resources<</Font<</F 4 0 R>>>>>>"
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%b]>>" % (pages, kids),
            stream_of(b"BT /F 20 Tf 50 700 Td %b ET" % shown),
            font,
            stream_of(unicode.encode("ascii")),
            *[one] * pages,
        ]
    )


def scan() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (60, 60), "red").save(out, "PDF")
    return out.getvalue()


def joined(*files: bytes) -> bytes:
    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for file in files:
        writer.append(io.BytesIO(file))
    writer.write(out)
    return out.getvalue()


def locked(file: bytes, user: str, algorithm: str) -> bytes:
    writer, out = pypdf.PdfWriter(clone_from=io.BytesIO(file)), io.BytesIO()
    writer.encrypt(user, "owner", algorithm=algorithm)
    writer.write(out)
    return out.getvalue()


def test_pdf_as_chromium_prints(tmp_path: Path) -> None:
    """A real text layer, its title, and every year of a range; a blank page is empty, not a scan."""
    written = {
        "plan": "<title>แผน</title><h1>ประจำปีงบประมาณ พ.ศ. ๒๕๖๖ – ๒๕๖๘</h1><p>เล่มที่ 1/2565</p>",
        "blank": "<title>ว่าง</title><body style='background:white'>",
    }
    with chromium() as browser:
        for name, html in written.items():
            shown = browser.new_page()
            shown.set_content(f"<!doctype html><meta charset=utf-8>{html}")
            shown.pdf(path=tmp_path / f"{name}.pdf")
    found = read_document(str(tmp_path / "plan.pdf"), "plan.pdf")
    assert found == Document(
        hashlib.sha256((tmp_path / "plan.pdf").read_bytes()).hexdigest(),
        (tmp_path / "plan.pdf").stat().st_size,
        Content(
            PDF,
            "text",
            "แผน",
            (
                *(named(year, page(1), fiscal=True) for year in (2566, 2567, 2568)),
                named(2565, page(1)),
            ),
        ),
    )
    blank = read_document(str(tmp_path / "blank.pdf"), "blank.pdf").content
    assert blank == Content(PDF, "empty", "ว่าง")


@pytest.mark.parametrize(
    "lines",
    [
        ["ประจำป\uf702งบประมาณ พ.ศ. ๒๕๖๗"],
        ["ประจ\u0e4dาป ีงบประมา ณ พ.ศ.", "2567"],
        ["ปีงบ", "ประมาณ", "๖๗"],
    ],
)
def test_pdf_of_old_fonts_and_broken_words(lines: list[str], read: Read) -> None:
    """Glyphs of private use, marks apart from their letters and ends of lines hide no year."""
    years = (named(2567, page(1), fiscal=True),)
    assert read(pdf_with(lines), "a.pdf").content == Content(PDF, "text", years=years)


def test_pdf_that_is_a_scan(read: Read) -> None:
    """Pages of pictures are a scan; beside pages of text they are text left unread."""
    assert read(scan(), "a.pdf").content == Content(PDF, "scan")
    text = pdf_with(["แผนพัฒนาท้องถิ่น เทศบาลตำบลตัวอย่าง จังหวัดตัวอย่าง", "ปีงบประมาณ 2567", "และต่อไป" * 5])
    years = (named(2567, page(2), fiscal=True),)
    mixed_pages = read(joined(scan(), text), "a.pdf").content
    assert mixed_pages == Content(PDF, "text", years=years, complete=False)


def test_pdf_of_glyphs_without_letters(read: Read) -> None:
    """A text layer that no font explains says nothing, so that what is not found may be there."""
    content = read(pdf_with(["\ue001\ue002\ue003" * 30]), "a.pdf").content
    assert content == Content(PDF, "scan")


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_pdf_with_a_password(algorithm: str, read: Read) -> None:
    """Locked against editing it is read; only one that asks for a password is encrypted."""
    plain = pdf_with(["ปี 2567"])
    assert read(locked(plain, "", algorithm), "a.pdf").content == Content(
        PDF, "text", years=(named(2567, page(1)),)
    )
    assert read(locked(plain, "secret", algorithm), "a.pdf").content == Content(PDF, "encrypted")


def test_pdf_that_was_cut(read: Read) -> None:
    """What begins as a PDF and cannot be read as one is damaged."""
    whole = pdf_with(["ปี 2567"])
    for length in (9, 200, len(whole) // 2):
        assert read(whole[:length], "a.pdf").content == Content(PDF, "damaged")


def test_pdf_without_pages(read: Read) -> None:
    """Nothing is on no page."""
    empty = pdf_of([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>"])
    assert read(empty, "a.pdf").content == Content(PDF, "empty")


def test_pdf_with_more_pages_than_are_read(read: Read) -> None:
    """Ten thousand pages are read as far as the bound, and said to be more."""
    file = pdf_with(["ปีงบประมาณ 2567"], pages=10_000)
    content = read(file, "a.pdf", limits=Limits(pages=20)).content
    years = (named(2567, page(1), fiscal=True),)
    assert content == Content(PDF, "text", years=years, complete=False)


def test_pdf_bomb(read: Read) -> None:
    """A stream that unpacks to more than the bound is not unpacked."""
    packed = zlib.compress(b"q Q " * 5_000_000, 9)
    bomb = pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<<>>>>",
            stream_of(packed, b"/Filter/FlateDecode"),
        ]
    )
    began = time.monotonic()
    content = read(bomb, "a.pdf", limits=Limits(stream=1_000_000)).content
    assert content == Content(PDF, "given_up", complete=False)
    assert time.monotonic() - began < 3


# DOCX and XLSX

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": "<Types/>", **parts}.items():
            archive.writestr(name, content)
    return out.getvalue()


def word(body: str, start: str = "") -> bytes:
    return zipped({"word/document.xml": f"{start}<w:document {_WORD}>{body}</w:document>"})


def test_docx_of_a_writer(read: Read) -> None:
    """Paragraphs, cells of tables and headers are read, blank paragraphs not counted."""
    document, out = docx.Document(), io.BytesIO()
    document.core_properties.title = "แผน  ประจำปี"
    document.add_paragraph("ประจำปีงบประมาณ พ.ศ. ๒๕๖๗")
    document.add_paragraph("")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "ปีงบประมาณ", "68"
    document.sections[0].header.paragraphs[0].text = "ปรับปรุง 2566"
    document.save(out)
    assert read(out.getvalue(), "a.docx").content == Content(
        DOCX,
        "text",
        "แผน ประจำปี",
        (
            named(2567, Spot("paragraph", 1), fiscal=True),
            named(2568, Spot("paragraph", 3), fiscal=True),
            named(2566, Spot("paragraph", 4)),
        ),
    )


def test_docx_with_tracked_changes_and_boxes(read: Read) -> None:
    """What was inserted is text, what was deleted or moved away is none; a box is read once."""
    text = "<w:r><w:t>{}</w:t></w:r>".format
    box = f"<w:txbxContent><w:p>{text('ปี 2564')}</w:p></w:txbxContent>"
    document = word(
        f"<w:p>{text('ปี ')}<w:ins>{text('25')}{text('67')}</w:ins>"
        "<w:del><w:r><w:delText>2566</w:delText></w:r></w:del></w:p>"
        f"<w:p><w:moveFrom>{text('2565')}</w:moveFrom>{text('ที่เดิม')}</w:p>"
        f"<w:p>{text('ก')}<x><c>{box}</c><Fallback>{box}</Fallback></x>{text('ข 2563')}</w:p>"
    )
    assert read(document, "a.docx").content == Content(
        DOCX,
        "text",
        years=(
            named(2567, Spot("paragraph", 1)),
            named(2564, Spot("paragraph", 3)),
            named(2563, Spot("paragraph", 4)),
        ),
    )


def test_docx_with_entities(read: Read) -> None:
    """A billion laughs are not laughed: no DTD is read, as Word reads none."""
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    document = word(
        "<w:p><w:r><w:t>ปี 2567 &l9;</w:t></w:r></w:p>",
        f'<!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>',
    )
    assert read(document, "a.docx").content == Content(DOCX, "damaged")


def test_docx_nested_deeply(read: Read) -> None:
    """A hundred thousand paragraphs in one another are no deeper than the machine can bear."""
    deep = 100_000
    body = "<w:p>" * deep + "<w:r><w:t>ปี 2567</w:t></w:r>" + "</w:p>" * deep
    years = (named(2567, Spot("paragraph", 1)),)
    assert read(word(body), "a.docx").content == Content(DOCX, "text", years=years)


@pytest.mark.parametrize(
    ("name", "kind", "part"),
    [("a.docx", DOCX, "word/document.xml"), ("a.xlsx", XLSX, "xl/workbook.xml")],
)
def test_zip_bombs(name: str, kind: str, part: str, read: Read) -> None:
    """A part is unpacked as far as the bound in bytes, and as far as the bound in time."""
    bomb = zipped({part: b"<a>" + b"<b/>" * 10_000_000})
    assert len(bomb) < 200_000
    for limits in (Limits(unpacked=1_000_000), Limits(seconds=0.5)):
        began = time.monotonic()
        content = read(bomb, name, limits=limits).content
        assert content == Content(kind, "given_up", complete=False)
        assert time.monotonic() - began < 3


def test_docx_that_asks_for_a_password_or_was_cut(read: Read) -> None:
    """An archive with locked members is encrypted; one without its directory is damaged."""
    whole = word("<w:p/>")
    assert read(whole, "a.docx").content == Content(DOCX, "empty")
    assert read(whole[:-30], "a.docx").content == Content("application/zip", "damaged")
    flagged = bytearray(whole)
    at = -1
    while (at := flagged.find(b"PK\x01\x02", at + 1)) >= 0:
        flagged[at + 8] |= 1
    assert read(bytes(flagged), "a.docx").content == Content(DOCX, "encrypted")


def test_xlsx_of_a_writer(read: Read) -> None:
    """Shared texts and plain numbers are read by cell, a number shown as money is none."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    sheet.title = "แผน"
    sheet["B2"], sheet["C2"], sheet["D2"] = "ปีงบประมาณ", 2567, 2561
    sheet["A3"] = 2566
    sheet["A3"].number_format = "#,##0.00"
    sheet["A4"] = "โครงการปี ๒๕๖๕"
    sheet["A5"] = 2564
    sheet["A5"].number_format = '"พ.ศ. "0'
    book.create_sheet("ปี 2563")["A9"] = 1.5
    book.save(out)
    assert read(out.getvalue(), "a.xlsx").content == Content(
        XLSX,
        "text",
        years=(
            named(2567, Spot("cell", 2, "แผน!C2"), fiscal=True),
            named(2561, Spot("cell", 2, "แผน!D2")),
            named(2565, Spot("cell", 4, "แผน!A4")),
            named(2564, Spot("cell", 5, "แผน!A5")),
            named(2563, Spot("cell", 1, "ปี 2563!A1")),
        ),
    )
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.save(out)
    assert read(out.getvalue(), "a.xlsx").content == Content(XLSX, "empty")


def test_xlsx_with_texts_in_the_cells(read: Read) -> None:
    """Inline texts are read, also of a cell that does not say where it is."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    book = zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns:r="{types}"><sheets><sheet name="S" r:id="x"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": "<Relationships><Relationship Id='x' Target='worksheets/one.xml'"
            f" Type='{types}/worksheet'/></Relationships>",
            "xl/worksheets/one.xml": "<worksheet><sheetData><row r='3'><c/><c t='inlineStr'><is><r><t>ปี 25</t></r>"
            "<r><t>67</t></r></is></c></row></sheetData></worksheet>",
        }
    )
    years = (named(2567, Spot("cell", 3, "S!B3")),)
    assert read(book, "a.xlsx").content == Content(XLSX, "text", years=years)


# HTML

PAGE = """<!doctype html><html><head><title> หน้า  แรก </title>
<noscript><meta http-equiv=refresh content="0;url=/without-scripts"></noscript>
<meta http-equiv="Refresh" content="3; URL='next page'"></head><body>
<h1>ปีงบ<b>ประมาณ</b> พ.ศ. 25<span>67</span></h1><script>"2560"</script><style>2561</style>
<table><tr><td>ปีงบประมาณ<td>2568</table><div>2</div>569
<a href="files/แผน 2567.pdf#page=2">ดู<i>แผน</i></a><a href="//other.go.th/x" title="ชื่อ"></a>
<a href="/y"><img alt="ภาพ"></a><a href="javascript:void(0)">ไม่มี</a><a href="http://[">เสีย</a>
<map><area href="/z" alt="แผนที่"></map><template>2562</template>
<noscript>2563 <input type="password"></noscript></body></html>"""
LINES = ("ปีงบประมาณ พ.ศ. 2567", "ปีงบประมาณ", "2568", "2", "569 ดูแผน ไม่มี เสีย")
SHOWN = " ".join(LINES)


def test_html(read: Read) -> None:
    """What a browser shows is read, with links and where it goes by itself."""
    found = read(PAGE.encode(), "index.php", "text/html", base="https://a.go.th/d/e")
    years = (
        named(2567, Spot("line", 1), fiscal=True),
        named(2568, Spot("line", 3), fiscal=True),
    )
    assert found.content == Content(HTML, "text", "หน้า แรก", years)
    assert found.markup == Markup(
        "หน้า แรก",
        ("ปีงบประมาณ พ.ศ. 2567",),
        SHOWN,
        len(SHOWN),
        hashlib.sha256("".join(f"{line}\n" for line in LINES).encode()).hexdigest(),
        password_field=False,
        links=(
            Click("ดูแผน", "https://a.go.th/d/files/%E0%B9%81%E0%B8%9C%E0%B8%99%202567.pdf"),
            Click("ชื่อ", "https://other.go.th/x"),
            Click("ภาพ", "https://a.go.th/y"),
            Click("แผนที่", "https://a.go.th/z"),
        ),
        refresh="https://a.go.th/d/next%20page",
    )


@pytest.mark.parametrize(
    ("html", "years"),
    [
        ("<nav>ปีงบประมาณ 2570 <nav>2571</nav></nav><p>รายงานปี 2567", [2567]),
        ("<div role=navigation><nav>2570</nav></div><h1>รายงาน", []),
        ("<nav>รายงาน ปีงบประมาณ 2570</nav>", [2570]),
    ],
)
def test_html_menus_are_of_the_site(html: str, years: list[int], read: Read) -> None:
    """A year in a menu is none of the page's own, unless the page is nothing but menus."""
    found = read(html.encode(), "a.html", "text/html", "utf-8").content
    assert (found.state, [one.year for one in found.years]) == ("text", years)


@pytest.mark.parametrize(
    ("encoding", "said", "meta"),
    [
        ("utf-8", "utf-8", ""),
        ("utf-8", "", "utf-8"),
        ("utf-8", "", ""),
        ("utf-8-sig", "tis-620", ""),
        ("utf-16", "", ""),
        ("cp874", "TIS-620", ""),
        ("cp874", "windows-874", "utf-8"),
        ("cp874", "", "iso-8859-11"),
        ("cp874", "", ""),
        ("cp874", "iso-8859-1", ""),
        ("utf-8", "unicode_escape", ""),
    ],
)
def test_html_in_the_encodings_of_thai_pages(
    encoding: str, said: str, meta: str, read: Read
) -> None:
    """A mark of the bytes goes before what a server says, that before what the page says."""
    head = f"<meta charset={meta}>" if meta else ""
    html = f"<!doctype html>{head}<title>แผน</title>ปีงบประมาณ ๒๕๖๗"
    content = read(html.encode(encoding), "a.html", "text/html", said).content
    years = (named(2567, Spot("line", 1), fiscal=True),)
    assert content == Content(HTML, "text", "แผน", years)


def test_html_has_bounds(read: Read) -> None:
    """Of a page only the beginning is read, and of its links only so many."""
    html = "<!doctype html>" + '<a href="https://a.go.th/x">ก</a>\n' * 100 + "ปี 2567"
    found = read(html.encode(), "a", limits=Limits(html=2_000, links=10, shown=5))
    assert found.content == Content(HTML, "text", complete=False)
    assert found.markup is not None
    assert (len(found.markup.links), found.markup.text) == (10, "ก ก ก")
    # The digest is of all that was read, not of what is shown.
    another = read(html[:900].encode(), "a", limits=Limits(html=2_000, links=10, shown=5)).markup
    assert another is not None
    assert another.text == found.markup.text
    assert another.text_sha256 != found.markup.text_sha256


def test_html_asks_for_a_password(read: Read) -> None:
    """A field for a password is seen however it is written."""
    for field in ("<input type=password>", "<INPUT TYPE='PassWord'>"):
        markup = read(f"<!doctype html>{field}".encode(), "a").markup
        assert markup is not None
        assert markup.password_field


@pytest.mark.parametrize("seconds", ["0", "5", "5.0"])
def test_html_that_sends_on(seconds: str, read: Read) -> None:
    """A refresh of a few seconds is a way on; a later one, or one of the page itself, is none."""
    page_of = "<!doctype html><base href='/sub/'><meta http-equiv=refresh content='{}'>".format
    markup = read(page_of(f"{seconds};url=x").encode(), "a", base="https://a.go.th/b").markup
    assert markup is not None
    assert markup.refresh == "https://a.go.th/sub/x"
    for other in ("6;url=x", "300", "2", "x"):
        markup = read(page_of(other).encode(), "a", base="https://a.go.th/b").markup
        assert markup is not None
        assert markup.refresh == ""


# Text, and what is none


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_text_by_lines(encoding: str, read: Read) -> None:
    """Lines are counted as an editor counts them."""
    data = "รายงาน\r\n\r\nปีงบประมาณ\n๖๗\x0cปี 2566".encode(encoding)
    years = (named(2567, Spot("line", 4), fiscal=True), named(2566, Spot("line", 4)))
    assert read(data, "a.txt").content == Content(TEXT, "text", years=years)


def test_text_that_is_too_long(read: Read) -> None:
    """What stands after the bound is not read."""
    content = read(b"2567\n" + b"x\n" * 100 + b"2568", "a.csv", limits=Limits(text=50)).content
    assert content == Content(TEXT, "text", years=(named(2567, Spot("line", 1)),), complete=False)


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, kind)
    return out.getvalue()


def ole(*streams: str) -> bytes:
    """An OLE2 file with nothing in it but these names."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = b""
    for kind, name in [(5, "Root Entry"), *((2, name) for name in streams)]:
        text = name.encode("utf-16-le") + b"\0\0"
        entries += text.ljust(64, b"\0") + struct.pack("<HB", len(text), kind) + bytes(61)
    return bytes(header) + table + entries.ljust(512, b"\0")


HTML_BYTES = b"<!-- x -->\n<html><title>Not found</title>"


@pytest.mark.parametrize(
    ("data", "name", "content"),
    [
        (b"", "a.pdf", Content("application/octet-stream", "empty")),
        (b"\x00\x01", "a", Content("application/octet-stream", "no_text")),
        (picture("PNG"), "a.pdf", Content("image/png", "wrong_type")),
        (picture("PNG"), "a.jpg", Content("image/png", "no_text")),
        (picture("JPEG"), "view.php", Content("image/jpeg", "no_text")),
        (HTML_BYTES, "/files/a.PDF", Content(HTML, "wrong_type", "Not found")),
        (pdf_with(["2567"]), "a.docx", Content(PDF, "wrong_type")),
        (pdf_with(["2567"]), "/a.pdf/view", Content(PDF, "text", years=(named(2567, page(1)),))),
        (word("<w:p/>"), "a.doc", Content(DOCX, "empty")),
        (word("<w:p/>"), "a.xlsx", Content(DOCX, "wrong_type")),
        (ole("WordDocument"), "a.doc", Content("application/msword", "no_text")),
        (ole("WordDocument"), "a.docx", Content("application/msword", "wrong_type")),
        (ole("Workbook"), "a.doc", Content("application/vnd.ms-excel", "wrong_type")),
        (ole("EncryptedPackage"), "a.docx", Content("application/encrypted", "encrypted")),
        (ole()[:600], "a.doc", Content(OLD, "no_text")),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9), "a.doc", Content(OLD, "no_text")),
        (b"{\\rtf1 2567}", "a.doc", Content("application/rtf", "no_text")),
        (b"<table><tr><td>x", "a.xls", Content(HTML, "text")),
        (zipped({"a": "b"}), "a.zip", Content("application/zip", "no_text")),
        (b"Rar!\x1a\x07\x01\x00", "a.zip", Content("application/vnd.rar", "wrong_type")),
        (b"\x00\x00\x00\x18ftypmp42", "a", Content("video/mp4", "no_text")),
        (b"7z\xbc\xaf'\x1c", "a.rar", Content("application/x-7z-compressed", "wrong_type")),
    ],
)
def test_sorts(data: bytes, name: str, content: Content, read: Read) -> None:
    """Bytes say what they are; a name with a known end that says otherwise is the wrong one."""
    assert read(data, name).content == content


def test_no_file_is_no_error(tmp_path: Path) -> None:
    """What is not there, a folder and a pipe have no hash, and are not waited for."""
    nothing = Document(None, None, Content("", "damaged"))
    names = ["gone", ".", "nul\0"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        names.append("pipe")
    assert [read_document(str(tmp_path / name), name) for name in names] == [nothing] * len(names)


@given(st.binary(max_size=200), st.sampled_from(["%PDF-1.4\n", "PK\x03\x04", "<html>", "{", ""]))
def test_any_bytes_are_a_document(data: bytes, start: str) -> None:
    """No bytes are an error."""
    file = Path(tempfile.gettempdir()) / f"ita-check-test-{os.getpid()}"
    file.write_bytes(start.encode("latin-1") + data)
    try:
        assert read_document(str(file), "a.pdf").length == len(start) + len(data)
    finally:
        file.unlink()


# Aside


@pytest.fixture
def safe_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """What whoever starts the readers sees to."""
    monkeypatch.setenv("PYTHONSAFEPATH", "1")


def aside(work: Callable[[Readers], Awaitable[None]], limits: Limits) -> None:
    async def run() -> None:
        async with Readers(limits) as readers:
            await work(readers)

    anyio.run(run)


def put(folder: Path, name: str, data: bytes) -> tuple[str, str]:
    (folder / name).write_bytes(data)
    return str(folder / name), name


def given_up(path: str) -> Document:
    data = Path(path).read_bytes()
    content = Content("", "given_up", complete=False)
    return Document(hashlib.sha256(data).hexdigest(), len(data), content)


# It takes minutes: the parser looks up through every open block for each new one.
HANGS = b"<!doctype html>" + b"<div>" * 350_000


@pytest.mark.usefixtures("safe_path")
def test_a_parser_that_hangs_is_ended(tmp_path: Path) -> None:
    """It is given up in its time, with the hash of its bytes, and the next one is read."""
    slow, plain = put(tmp_path, "a.html", HANGS), put(tmp_path, "a.txt", b"2567")

    async def work(readers: Readers) -> None:
        began = time.monotonic()
        assert await readers.read(*slow) == given_up(slow[0])
        assert time.monotonic() - began < 8
        assert await readers.read(*plain) == read_document(*plain)

    aside(work, Limits(seconds=2.5))


@pytest.mark.skipif(sys.platform != "linux", reason="finds the worker in /proc")
@pytest.mark.usefixtures("safe_path")
def test_a_worker_that_dies_takes_only_its_document(tmp_path: Path) -> None:
    """Whatever ends it, what it read is given up at once and the next one is read."""
    slow, plain = put(tmp_path, "a.html", HANGS), put(tmp_path, "a.txt", b"2567")

    async def kill() -> None:
        await anyio.sleep(1.5)
        children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
        workers = [c for c in children if b"to_process" in Path(f"/proc/{c}/cmdline").read_bytes()]
        assert len(workers) == 1
        os.kill(int(workers[0]), signal.SIGKILL)

    async def work(readers: Readers) -> None:
        async with anyio.create_task_group() as tasks:
            tasks.start_soon(kill)
            with anyio.fail_after(20):
                assert await readers.read(*slow) == given_up(slow[0])
        assert await readers.read(*plain) == read_document(*plain)

    aside(work, Limits(seconds=60))


@pytest.mark.skipif(sys.platform != "linux", reason="bounds the memory of a process")
@pytest.mark.usefixtures("safe_path")
def test_memory_is_bounded(tmp_path: Path) -> None:
    """A list of members that is longer than all memory is given up, and the next one is read."""
    member = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *[0] * 6, 0, 0, 0, 1, *[0] * 4, 0, 0) + b"x"
    size = 250_000 * len(member)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, size, 4, 0)
    huge = put(tmp_path, "a.zip", b"PK\x03\x04" + member * 250_000 + end)
    plain = put(tmp_path, "a.txt", b"2567")

    async def work(readers: Readers) -> None:
        found = await readers.read(*huge)
        assert (found.content.state, found.content.complete) == ("given_up", False)
        assert found[:2] == given_up(huge[0])[:2]
        assert await readers.read(*plain) == read_document(*plain)

    aside(work, Limits(memory=120_000_000))


@pytest.mark.usefixtures("safe_path")
def test_what_is_read_aside_is_the_same(tmp_path: Path) -> None:
    """Two at a time or alone, a document says the same in a process of its own."""
    files = [
        put(tmp_path, "a.html", PAGE.encode()),
        put(tmp_path, "a.pdf", pdf_with(["ปีงบประมาณ 2567"])),
        put(tmp_path, "a.docx", word("<w:p><w:r><w:t>2567</w:t></w:r></w:p>")),
    ]
    found: dict[str, Document] = {}

    async def work(readers: Readers) -> None:
        async def one(path: str, name: str) -> None:
            found[name] = await readers.read(path, name, base="https://a.go.th/")

        async with anyio.create_task_group() as tasks:
            for file in files:
                tasks.start_soon(one, *file)

    aside(work, LIMITS)
    assert found == {
        name: read_document(path, name, base="https://a.go.th/") for path, name in files
    }


LOOKS = """
import sys
from datetime import datetime
from ita_check.looking.look import LocalFile, Settings, Wanted, look_at

if __name__ == "__main__":
    files = tuple(LocalFile(path, path, path) for path in sys.argv[1:])
    seen = look_at(Wanted((), files), Settings("test", datetime.now), lambda done, all: None)
    print(*(file.content.state for file in seen.files.values()))
"""


def test_no_module_of_the_current_folder_is_imported(tmp_path: Path) -> None:
    """An evidence folder with a `json.py` and a `pypdf.py` in it runs nothing of them."""
    hostile, script, sign = tmp_path / "hostile", tmp_path / "own" / "looks.py", tmp_path / "ran"
    hostile.mkdir()
    script.parent.mkdir()
    script.write_text(LOOKS)
    for name in ("json", "pypdf", "selectolax", "defusedxml", "zipfile", "anyio", "pickle", "zlib"):
        (hostile / f"{name}.py").write_text(f"open({str(sign)!r}, 'w').close()\nraise SystemExit")
    files = [
        put(hostile, "a.pdf", pdf_with(["2567"])),
        put(hostile, "a.html", b"<html>2567"),
        put(hostile, "a.docx", word("<w:p><w:r><w:t>2567</w:t></w:r></w:p>")),
    ]
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONSAFEPATH"}
    environment["PYTHONPATH"] = str(HOME)
    done = subprocess.run(
        [sys.executable, str(script), *(path for path, _ in files)],
        cwd=hostile,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == (["text"] * 3, "")
    assert not sign.exists()
    # The trap itself works: a worker started without that care springs it.
    trapped = [sys.executable, "-m", "anyio.to_process"]
    subprocess.run(
        trapped, cwd=hostile, env=environment, stdin=subprocess.DEVNULL, check=False, timeout=60
    )
    assert sign.exists()


def test_the_parent_loads_no_parser() -> None:
    """Readers of formats are loaded where documents are read, and only there."""
    code = (
        "import sys, ita_check.looking.documents.aside\n"
        "print({'pypdf', 'selectolax', 'defusedxml', 'zipfile'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=HOME, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"


def test_small_numbers_count() -> None:
    """Two digits after ปีงบประมาณ are a year of our time, not how many there were of something."""
    for text, years in (
        ("ปีงบประมาณ 15 โครงการ", []),
        ("ปีงบประมาณ 39 แห่ง", []),
        ("ปีงบประมาณ 40", [2540]),
        ("ปีงบประมาณ 2567, 12 โครงการ", [2567]),
        ("ปีงบประมาณ 67 - 15 มกราคม", [2567]),
    ):
        assert years_of(text) == [(year, True) for year in years]


# What is not whole, and what is larger than it looks


def pages_of(*instructions: bytes) -> bytes:
    """A PDF of pages with instructions of their own; objects 4, 6, 8 are the pages."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(instructions)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(instructions), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for number, one in enumerate(instructions):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>"
            b"/Contents %d 0 R>>" % (5 + 2 * number)
        )
        objects.append(one if one.endswith(b"endstream") else stream_of(one))
    return pdf_of(objects)


def line(text: str) -> bytes:
    return f"BT /F 20 Tf 50 700 Td ({text}) Tj ET".encode()


def in_pdf(*years: int, state: State = "text", complete: bool = True) -> Content:
    """Some of the years that each have a page: 2567 the first, 2568 the second."""
    named_there = tuple(named(year, page(year - 2566)) for year in years)
    return Content(PDF, state, years=named_there, complete=complete)


THREE = pages_of(line("2567"), line("2568"), line("2569"))


@pytest.mark.parametrize("algorithm", ["RC4-40", "RC4-128", "AES-128", "AES-256"])
def test_pdf_locked_by_a_certificate(algorithm: str, read: Read) -> None:
    """What is locked in a way of its own is encrypted, not damaged."""
    file = locked(THREE, "secret", algorithm).replace(b"/Standard", b"/Adobe.PK")
    assert b"/Adobe.PK" in file
    assert read(file, "a.pdf").content == Content(PDF, "encrypted")


def test_pdf_that_was_cut_behind_its_list(read: Read) -> None:
    """Files made for the web have their list first: of one that was cut the rest is missed."""
    trailer = b"trailer <</Root 1 0 R>>\nstartxref\n0\n%%EOF\n"
    file = THREE.replace(b"%PDF-1.7\n", b"%PDF-1.7\n" + trailer)
    for end in (b"6 0 obj", b"7 0 obj", b"(2568)"):
        content = read(file[: file.index(end)], "a.pdf").content
        assert content == in_pdf(2567, complete=False)
    assert read(file[: file.index(b"xref\n0 ")], "a.pdf").content == in_pdf(2567, 2568, 2569)


@pytest.mark.parametrize(
    ("contents", "years", "complete"),
    [
        (b"/Contents 99 0 R", (2567, 2569), False),
        (b"/Contents 5", (2567, 2569), False),
        (b"/Contents(x)", (2567, 2569), False),
        (b"/Contents<<>>", (2567, 2569), False),
        (b"/Contents[7 0 R 99 0 R]", (2567, 2568, 2569), False),
        (b"/Contents[7 0 R(x)]", (2567, 2568, 2569), False),
        (b"/Contents[7 0 R]", (2567, 2568, 2569), True),
        (b"/Contents[]", (2567, 2569), True),
        (b"", (2567, 2569), True),
    ],
)
def test_pdf_whose_page_is_lost(
    contents: bytes, years: tuple[int, ...], complete: bool, read: Read
) -> None:
    """Where what a page shows is not in the file, the others are read and nobody says no."""
    file = THREE.replace(b"/Contents 7 0 R", contents)
    assert read(file, "a.pdf").content == in_pdf(*years, complete=complete)


def test_pdf_whose_pages_lead_in_a_circle(read: Read) -> None:
    """A tree of pages that leads back to itself ends."""
    one = pages_of(line("2567"))
    for kids in (b"/Kids[2 0 R]", b"/Kids[4 0 R 2 0 R]"):
        assert read(one.replace(b"/Kids[4 0 R]", kids), "a.pdf").content == Content(PDF, "damaged")
    assert read(one.replace(b"/Parent 2 0 R", b"/Parent 4 0 R"), "a.pdf").content == in_pdf(2567)


def test_pdf_with_a_page_of_too_many_steps(read: Read) -> None:
    """A page with more instructions than any page has is left; the pages before it are read."""
    file = pages_of(line("2567"), b"BT /F 1 Tf " + b"() Tj " * 6_000 + b"ET")
    content = read(file, "a.pdf", limits=Limits(steps=10_000)).content
    assert content == in_pdf(2567, complete=False)


def squeezed(start: bytes, piece: bytes, wbits: int) -> bytes:
    """A beginning and a gibibyte of a piece over and over, compressed: a mebibyte only once."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, wbits)
    first = squeeze.compress(start) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = squeeze.compress(piece * (2**20 // len(piece))) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return first + again * 2**10 + squeeze.flush()


def bomb_of(name: str, start: str, piece: bytes) -> bytes:
    """A DOCX or XLSX whose only part is a gibibyte."""
    out, part = io.BytesIO(), "word/document.xml" if name == "a.docx" else "xl/workbook.xml"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, squeezed(start.encode(), piece, -15))
        # Readers go by the directory, which is written last.
        info = archive.getinfo(part)
        info.compress_type, info.file_size = zipfile.ZIP_DEFLATED, 2**30
    return out.getvalue()


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
@pytest.mark.parametrize(
    ("start", "piece", "state"),
    [("", b"\0", "damaged"), ("<a><t>", b" ", "given_up"), ("<a>", b"<p/>", "given_up")],
    ids=["zeros", "spaces", "tags"],
)
def test_gibibyte_in_an_archive(
    name: str, start: str, piece: bytes, state: State, read: Read
) -> None:
    """It is read as far as it is XML, and no longer than there is time."""
    began = time.monotonic()
    content = read(bomb_of(name, start, piece), name, limits=Limits(seconds=0.4)).content
    kind = DOCX if name == "a.docx" else XLSX
    assert content == Content(kind, state, complete=state == "damaged")
    assert time.monotonic() - began < 3


def test_gibibyte_in_a_pdf(read: Read) -> None:
    """A page that unpacks to it is left, at once."""
    for piece in (b"\0", b" ", b"(2568) Tj "):
        packed = stream_of(squeezed(line("2567"), piece, 15), b"/Filter/FlateDecode")
        began = time.monotonic()
        content = read(pages_of(packed), "a.pdf").content
        assert content == in_pdf(state="given_up", complete=False)
        assert time.monotonic() - began < 3


@pytest.mark.parametrize("end", ["", "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "http://localhost:9/x">'])
def test_entities_of_no_document(end: str, read: Read) -> None:
    """An entity that is not declared, or is said to be on the web, is an error as in Word."""
    assert read(word("<w:p>&l;</w:p>", end), "a.docx").content == Content(DOCX, "damaged")


@pytest.mark.parametrize(
    ("target", "state"),
    [
        ('Target="word/document.xml"', "text"),
        ('Target="http://localhost:9/a.xml" TargetMode="External"', "text"),
        ('Target="../../../etc/passwd"', "damaged"),
        ('Target="file:///etc/passwd"', "damaged"),
        ('Target=""', "damaged"),
    ],
)
def test_docx_that_begins_elsewhere(target: str, state: State, read: Read) -> None:
    """Nothing outside the document is opened; one without its main part is damaged, not empty."""
    relations = (
        f'<Relationships><Relationship Id="a" Type="x/officeDocument" {target}/></Relationships>'
    )
    body = f"<w:document {_WORD}><w:p><w:r><w:t>ก</w:t></w:r></w:p></w:document>"
    file = zipped({"_rels/.rels": relations, "word/document.xml": body})
    assert read(file, "a.docx").content == Content(DOCX, state)


def sheet_of(cells: str, name: str = "S", strings: str = "") -> bytes:
    """An XLSX of one sheet."""
    types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relation = f"<Relationship Id='{{0}}' Target='{{0}}.xml' Type='{types}/{{1}}'/>".format
    return zipped(
        {
            "xl/workbook.xml": f'<workbook xmlns:r="{types}"><sheets><sheet name="{name}" r:id="x"/>'
            "</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f"<Relationships>{relation('x', 'worksheet')}"
            f"{relation('y', 'sharedStrings')}</Relationships>",
            "xl/x.xml": f"<worksheet><sheetData>{cells}</sheetData></worksheet>",
            "xl/y.xml": f"<sst>{strings}</sst>",
        }
    )


def test_xlsx_with_shared_texts(read: Read) -> None:
    """Texts in pieces, without how they are read aloud; results of formulas, but no errors."""
    strings = "<si><t>งบ 2,567</t></si><si><r><t>ปีงบประมาณ 25</t></r><r><t>68</t></r><rPh><t>2569</t></rPh></si>"
    file = sheet_of(
        "<row r='3'><c r='A3' t='s'><v>0</v></c><c t='s'><v>1</v></c><c t='e'><v>2560</v></c></row>"
        "<row><c t='str'><f>2561</f><v>ปี 2562</v></c><c t='b'><v>1</v></c></row>",
        strings=strings,
    )
    years = (
        named(2568, Spot("cell", 3, "S!B3"), fiscal=True),
        named(2562, Spot("cell", 4, "S!A4")),
    )
    assert read(file, "a.xlsx").content == Content(XLSX, "text", years=years)
    # A text that is not among them: what comes after it is not read.
    file = sheet_of("<row><c><v>2567</v></c><c t='s'><v>7</v></c><c><v>2568</v></c></row>")
    years = (named(2567, Spot("cell", 1, "S!A1")),)
    assert read(file, "a.xlsx").content == Content(XLSX, "text", years=years, complete=False)


def test_xlsx_spots_are_short_and_there(read: Read) -> None:
    """What is told of a cell is a cell, whatever the file says its sheet and its row are."""
    file = sheet_of(
        "<c><v>2567</v></c><row r='" + "9" * 4_000 + "'><c><v>2568</v></c></row>", "ก" * 9_000
    )
    sheet = "ก" * 100
    years = (
        named(2567, Spot("cell", 1, f"{sheet}!A1")),
        named(2568, Spot("cell", 1, f"{sheet}!A1")),
    )
    assert read(file, "a.xlsx").content == Content(XLSX, "text", years=years)


@pytest.mark.parametrize(
    ("value", "form", "year"),
    [
        (2567, "General", 2567),
        (2567.0, "0", 2567),
        (2567.5, "General", None),
        (2567, "0.00", None),
        (2567, "#,##0", None),
        (2567, "[$-D000000]0", 2567),
        (2567, "t0", 2567),
        (2567, "[Red]0;@", 2567),
        (2567, "[h]", None),
        (45565, "[$-107041E]d mmmm yyyy", 2567),
        (45565, "d mmm bbbb", 2567),
        (45565, "d mmm yyyy", None),
    ],
)
def test_xlsx_numbers(value: float, form: str, year: int | None, read: Read) -> None:
    """A number is a year where its cell shows it as one: in Thai digits, as a Buddhist date."""
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["B2"] = value
    book.active["B2"].number_format = form
    book.save(out)
    years = (named(year, Spot("cell", 2, "Sheet!B2")),) if year else ()
    assert read(out.getvalue(), "a.xlsx").content == Content(XLSX, "text", years=years)


@pytest.mark.parametrize(
    ("html", "state"),
    [
        ("<div id=app></div><script src=app.js></script>", "no_text"),
        ("<frameset><frame src=/main><noframes>ปี 2567</noframes></frameset>", "no_text"),
        ("<p><img src=plan.jpg></p>", "no_text"),
        ("<iframe src=plan.pdf>ปี 2567</iframe>", "no_text"),
        ("<p> &nbsp;&#8203;</p><style>p {}</style>", "empty"),
        ("<html></html>", "empty"),
    ],
)
def test_html_without_words(html: str, state: State, read: Read) -> None:
    """What scripts, frames and pictures fill has something on it, though nothing to read."""
    assert read(f"<!doctype html>{html}".encode(), "a").content == Content(HTML, state)


SAMPLES = {
    "a.pdf": THREE,
    "a.docx": word("<w:p><w:r><w:t>ปีงบประมาณ ๒๕๖๗</w:t></w:r></w:p>"),
    "a.xlsx": sheet_of(
        "<row r='1'><c r='B1' t='s'><v>0</v></c></row>", strings="<si><t>ก</t></si>"
    ),
    "a.doc": ole("WordDocument"),
    "a.html": PAGE.encode(),
}


@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_any_change_of_a_document(name: str, data: st.DataObject) -> None:
    """A document some bytes of which are others, lost or doubled is read, or it is not."""
    found = bytearray(SAMPLES[name])
    places = st.integers(0, len(found) - 1)
    for at in data.draw(st.lists(places, max_size=6)):
        found[at] = data.draw(st.integers(0, 255))
    first, last = data.draw(places), data.draw(places)
    found[first:last] = data.draw(st.sampled_from([bytes(found[first:last]), b""]))
    file = Path(tempfile.gettempdir()) / f"ita-check-test-{os.getpid()}"
    file.write_bytes(found)
    try:
        assert read_document(str(file), name, limits=Limits(seconds=2)).length == len(found)
    finally:
        file.unlink()


@pytest.mark.skipif(sys.platform != "linux", reason="bounds the memory of a process")
@pytest.mark.usefixtures("safe_path")
def test_memory_is_there_for_the_next_one(tmp_path: Path) -> None:
    """What filled the memory is swept away: the same process reads the next document."""
    deep = put(tmp_path, "a.docx", bomb_of("a.docx", "", b"<a>"))
    plain = put(tmp_path, "a.txt", b"2567")

    async def work(readers: Readers) -> None:
        found = await readers.read(*deep)
        assert found._replace(content=found.content._replace(type="")) == given_up(deep[0])
        assert await readers.read(*plain) == read_document(*plain)

    aside(work, Limits(workers=1, memory=120_000_000))


INTERRUPTED = """
import os, signal, anyio
from pathlib import Path
from ita_check.looking.documents.aside import Readers

children = Path(f"/proc/self/task/{os.getpid()}/children")

async def main():
    async with Readers() as readers:
        print((await readers.read("a.txt", "a.txt")).content.state)
        (worker,) = children.read_text().split()
        os.kill(int(worker), signal.SIGINT)
        await anyio.sleep(0.2)
        print((await readers.read("a.txt", "a.txt")).content.state)
        print((worker,) == tuple(children.read_text().split()))

if __name__ == "__main__":
    anyio.run(main)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="finds the worker in /proc")
def test_interrupted_reader(tmp_path: Path) -> None:
    """Ctrl-C is for the one who waits: a process that reads says nothing, and reads on."""
    put(tmp_path, "a.txt", b"2567")
    put(tmp_path, "run.py", INTERRUPTED.encode())
    done = subprocess.run(
        [sys.executable, "run.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(HOME)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.split(), done.stderr) == ([b"text", b"text", b"True"], b"")

"""The format `markdown`, rendered by markdown-it and read as the page that comes out."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from support import ADVISED, COMPLETE, ROOT, SEED, run, run_json, say

from ita_check.reporting.gfm import code, gfm
from ita_check.reporting.inert import inert
from ita_check.texts import Language, Text, phrase

STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
LANGUAGES: tuple[Language, ...] = ("th", "en")
FIXTURES = [
    pytest.param(COMPLETE, "2570-09-30", id="complete"),
    pytest.param(SEED, "2567-10-15", id="seed"),
    pytest.param(STATUSES, "2567-03-01", id="statuses"),
]
BLOCKS = {"h2", "h3", "h4", "p", "li", "th", "td"}
FRAME = {"ul", "table", "thead", "tbody", "tr"}
INLINE = {"strong", "code"}


class Page(HTMLParser):
    """The blocks of a page in order: the tag of each, and its text without that of others."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str | None]] = set()
        self.plain: list[str] = []
        self._open: list[int] = []
        self._code = 0
        self.feed(html)
        self.close()
        self.blocks = [(tag, " ".join(text.split())) for tag, text in self.blocks]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(attrs)
        self._code += tag == "code"
        if tag in BLOCKS:
            self._open.append(len(self.blocks))
            self.blocks.append((tag, ""))
        if tag == "hr":
            self.blocks.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        self._code -= tag == "code"
        if tag in BLOCKS:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if not self._code:
            self.plain.append(data)
        if self._open:
            number, (tag, text) = self._open[-1], self.blocks[self._open[-1]]
            self.blocks[number] = (tag, text + data)
        else:
            assert not data.strip(), data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def render(text: str, *, html: bool = True) -> Page:
    """What a code host makes of Markdown; with `html` it takes tags for tags."""
    reader = MarkdownIt("commonmark", {"html": html}).enable(["table", "strikethrough"])
    return Page(reader.render(text))


# What a code host makes links, mentions, references, formulas and emoji of where it is no code.
OBEYED = re.compile(
    r"@|://|www\.|#|\$|!\d|~[a-z]|&\d|:[\w+-]+:|\b(?=\d*[a-f])[0-9a-f]{7,40}\b", re.IGNORECASE
)


def markdown(*options: object, **more: Any) -> Page:
    """The page that the command writes, held to be what we meant: our tags, and nothing to obey."""
    text = run(*options, "--format", "markdown", **more).stdout.decode()
    page = render(text)
    assert page.blocks == render(text, html=False).blocks
    assert page.tags <= BLOCKS | FRAME | INLINE | {"hr"}
    assert page.attributes <= {("style", "text-align:right")}
    assert [found for found in page.plain if OBEYED.search(found)] == []
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert "\n\n\n" not in text
    assert [line for line in text.split("\n") if line != line.rstrip()] == []
    return page


def words(text: str) -> str:
    """A sentence of ours as it reads once its backticks have made code."""
    return " ".join(text.replace("`", "").split())


class Expected:
    """The page that should come out, from the JSON report."""

    def __init__(self, report: Any, language: Language) -> None:
        self.report, self.language = report, language
        self.name = report["evidence"]["path"]
        self.all = [one for issue in report["issues"] for one in issue["requirements"]]

    def say(self, key: str, **gaps: object) -> str:
        return words(say(f"report.{key}", self.language, **gaps))

    def tables(self) -> list[tuple[str, str]]:
        names = ("column.issue", "column.title", "column.met", "status.incomplete")
        names = (*names, "column.missing", "column.other")
        blocks = [("h3", self.say("summary")), *(("th", self.say(name)) for name in names)]
        issues = [(str(i["number"]), i["title"], i["summary"]) for i in self.report["issues"]]
        for number, title, sums in [*issues, (self.say("total"), "", self.report["summary"])]:
            other = sums["waived"] + sums["not_applicable"] + sums["not_due"]
            met = f"{sums['met']}/{sums['requirements'] - other}"
            cells = (number, title, met, sums["incomplete"], sums["missing"], other)
            blocks += [("td", str(cell)) for cell in cells]
        sums = self.report["summary"]
        blocks.append(("p", self.say("figures", errors=sums["errors"], warnings=sums["warnings"])))
        if sums["waived"] + sums["not_applicable"] + sums["not_due"]:
            statuses = {name: sums[name] for name in ("not_applicable", "waived", "not_due")}
            blocks.append(("p", self.say("not_counted", **statuses)))
        blocks.append(("p", self.say("proofs", **self.report["proof"])))
        return blocks

    def units(self) -> list[tuple[str, list[Any]]]:
        owed: dict[str, list[Any]] = {}
        for one in self.gaps():
            written = [part.strip() for part in (one["responsible"] or "").split("/")]
            for name in dict.fromkeys(filter(None, written)) or [""]:
                owed.setdefault(name, []).append(one)
        ordered = sorted(owed.items(), key=lambda pair: (-len(pair[1]), not pair[0], pair[0]))
        return [(name or self.say("no_unit"), gaps) for name, gaps in ordered]

    def unit_table(self) -> list[tuple[str, str]]:
        if not self.gaps():
            return []
        blocks = [("h3", self.say("by_unit"))]
        blocks += [("th", self.say("column.gaps")), ("th", self.say("column.unit"))]
        for name, gaps in self.units():
            blocks += [("td", str(len(gaps))), ("td", name)]
        return blocks

    def gaps(self) -> list[Any]:
        return [one for one in self.all if one["status"] in ("missing", "incomplete")]

    def gap_list(self, group_by: str) -> list[tuple[str, str]]:
        if not self.gaps():
            return []
        blocks = [("h3", say(f"tables.gaps_by.{group_by}", self.language))]
        if group_by == "unit":
            for name, gaps in self.units():
                blocks.append(("h4", self.say("unit_head", unit=name, count=len(gaps))))
                blocks += [block for one in gaps for block in self.block(one)]
            return blocks
        for issue in self.report["issues"]:
            gaps = [one for one in issue["requirements"] if one in self.gaps()]
            if gaps:
                number = self.say("issue", number=issue["number"])
                blocks.append(("h4", f"{number}: {issue['title']}"))
                blocks += [block for one in gaps for block in self.block(one)]
        return blocks

    def title(self, one: Any) -> tuple[str, str]:
        return "p", f"{self.say('status.' + one['status'])}: {one['id']} {one['title']}"

    def facts(self, one: Any) -> tuple[str, str]:
        said = self.say("responsible", units=one["responsible"] or self.say("no_unit"))
        codes = [oit["code"] + ("" if oit["verified"] else "*") for oit in one["oit"]]
        if codes:
            said += " · " + self.say("oit", codes=", ".join(codes))
        level = self.say(f"proof.{one['proof']['level']}")
        return "li", f"{said} · {self.say('proof', level=level)}"

    def block(self, one: Any) -> list[tuple[str, str]]:
        return [self.title(one), self.facts(one), *self.findings(one["findings"])]

    def findings(self, findings: list[Any]) -> list[tuple[str, str]]:
        ordered = sorted(findings, key=lambda finding: finding["level"] != "error")
        blocks = []
        for finding, after in zip_longest(ordered, ordered[1:]):
            blocks.append(self.finding(finding))
            if after is None or finding["fix"] != after["fix"]:
                blocks.append(("li", self.say("fix") + " " + words(finding["fix"])))
        return blocks

    def finding(self, finding: Any, about: str = "") -> tuple[str, str]:
        level = self.say(f"level.{finding['level']}")
        place = f"{self.name}:{finding['line']}:{finding['column']}"
        return "li", f"{level}: {about}{words(finding['message'])} · {place}"

    def met(self) -> list[tuple[str, str]]:
        met = [one for one in self.all if one["status"] == "met"]
        if not met:
            return []
        blocks = [("h3", say("tables.met", self.language))]
        for level in ("read", "seen", "declared"):
            ids = [one["id"] for one in met if one["proof"]["level"] == level]
            if ids:
                line = self.say("met_line", count=len(ids), proof=self.say(f"proof.{level}"))
                blocks.append(("li", f"{line} {', '.join(ids)}"))
        blocks += [self.finding(f, f"{one['id']}: ") for one in met for f in one["findings"]]
        return blocks

    def file(self) -> list[tuple[str, str]]:
        if not self.report["findings"]:
            return []
        return [("h3", self.say("file_findings")), *self.findings(self.report["findings"])]

    def legend(self) -> list[tuple[str, str]]:
        codes = [oit for one in self.all for oit in one["oit"]]
        notes = []
        if not all(oit["verified"] for oit in codes):
            years = ", ".join(sorted({str(oit["fiscal_year"]) for oit in codes}))
            notes.append(self.say("legend.oit", years=years))
        if self.report["summary"]["warnings"]:
            notes.append(self.say("legend.advice"))
        notes += [self.say("legend.proof"), self.say("legend.declared")]
        return [("hr", ""), *(("p", note) for note in notes)]


def parts(page: Page) -> list[list[tuple[str, str]]]:
    """A page cut before each heading of the third level and each rule."""
    found: list[list[tuple[str, str]]] = [[]]
    for block in page.blocks:
        if block[0] in ("h3", "hr"):
            found.append([])
        found[-1].append(block)
    return found


@pytest.mark.parametrize("group_by", ["issue", "unit"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("evidence", "as_of"), FIXTURES)
def test_is_the_report(evidence: Path, as_of: str, language: Language, group_by: str) -> None:
    """Tables, gaps, what is met, findings of the file and legend are those of the JSON report."""
    name = evidence.relative_to(ROOT).as_posix()
    options = (name, "--as-of", as_of, "--lang", language, "--group-by", group_by)
    expected = Expected(run_json(*options), language)
    found = parts(markdown(*options))
    not_judged = say("tables.unjudged", language)
    assert [part for part in found[1:] if part[0] != ("h3", not_judged)] == [
        part
        for part in (
            expected.tables(),
            expected.unit_table(),
            expected.gap_list(group_by),
            expected.met(),
            expected.file(),
            expected.legend(),
        )
        if part
    ]


HEADS = {
    "th": [
        ("h2", "ita-check: สิ่งที่ยังขาดสำหรับการประเมิน ITA"),
        ("li", "หน่วยงาน: เทศบาลตำบลสถานะครบ [bold red]"),
        ("li", "ปีงบประมาณ: 2567 (1 ต.ค. 2566 - 30 ก.ย. 2567)"),
        ("li", "ตรวจ ณ วันที่: 1 มี.ค. 2567 (2024-03-01)"),
        ("li", "วันครบกำหนด: 30 เม.ย. 2567 (2024-04-30) เหลืออีก 60 วัน"),
        (
            "li",
            "ชุดข้อกำหนด: ข้อกำหนดการประเมินคุณธรรมและความโปร่งใส (ITA) สำหรับเทศบาล [ita-municipality] 63 ข้อ",
        ),
        ("li", "ไฟล์หลักฐาน: tests/golden/statuses.yaml"),
        ("p", "ยังไม่พร้อม: ยังขาด 59 ข้อ จาก 60 ข้อที่ตรวจ"),
    ],
    "en": [
        ("h2", "ita-check: what is missing for the ITA"),
        ("li", "Agency: เทศบาลตำบลสถานะครบ [bold red]"),
        ("li", "Fiscal year: 2567 BE (2023-10-01 to 2024-09-30)"),
        ("li", "As of: 1 Mar 2567 BE (2024-03-01)"),
        ("li", "Deadline: 30 Apr 2567 BE (2024-04-30) days left: 60"),
        (
            "li",
            "Catalogue: ITA requirements for municipalities [ita-municipality], 63 requirements",
        ),
        ("li", "Evidence file: tests/golden/statuses.yaml"),
        (
            "p",
            "Not ready: not met: 59 of the 60 requirements that were judged.",
        ),
    ],
}
NOT_JUDGED = [
    ("h3", "ข้อที่ไม่นับ"),
    ("p", "ผ่อนผัน: 2.1.2 บริการออนไลน์ (E-Service) ของหน่วยงาน"),
    (
        "li",
        "เหตุผล: อยู่ระหว่างจัดทำระบบร่วมกับจังหวัด · อนุมัติโดย ปลัดเทศบาล · ถึงวันที่ 20 มี.ค. 2567 (เหลืออีก 19 วัน)",
    ),
    ("li", "ผู้รับผิดชอบ: ยังไม่ได้ระบุผู้รับผิดชอบ · OIT: O12* · การยืนยัน: ไม่มีหลักฐาน"),
    ("li", "ยังไม่มีหลักฐาน: การให้บริการออนไลน์ (E-Service)"),
    ("li", "ยังไม่ได้ระบุผู้รับผิดชอบ (responsible) เพราะไม่มีข้อ 2.1.2 ใต้ actions"),
    ("li", "ยังไม่ได้ระบุระยะเวลา (period) เพราะไม่มีข้อ 2.1.2 ใต้ actions"),
    ("p", "ไม่เกี่ยวข้อง: 4.1.2 การยืมทรัพย์สินของราชการโดยได้รับอนุญาตอย่างถูกต้อง"),
    ("li", "เหตุผล: ไม่มีทรัพย์สินให้ยืม"),
    ("li", "ผู้รับผิดชอบ: ยังไม่ได้ระบุผู้รับผิดชอบ · การยืนยัน: ไม่มีหลักฐาน"),
    ("li", "ยังไม่มีหลักฐาน: การขออนุญาตยืมทรัพย์สินของราชการ"),
    ("li", "ยังไม่ได้ระบุผู้รับผิดชอบ (responsible) เพราะไม่มีข้อ 4.1.2 ใต้ actions"),
    ("li", "ยังไม่ได้ระบุระยะเวลา (period) เพราะไม่มีข้อ 4.1.2 ใต้ actions"),
    (
        "p",
        "ยังไม่ถึงกำหนด: 5.1.4 ความก้าวหน้าการจัดซื้อจัดจ้างรายเดือนที่ลงนามในสัญญาแล้ว ณ วันที่ 31 มีนาคม",
    ),
    ("li", "เปิดให้ตรวจตั้งแต่วันที่ 31 มี.ค. 2567"),
    ("li", "ผู้รับผิดชอบ: ยังไม่ได้ระบุผู้รับผิดชอบ · OIT: O16* · การยืนยัน: ไม่มีหลักฐาน"),
    ("li", "ยังไม่มีหลักฐาน: ความก้าวหน้าการจัดซื้อจัดจ้างหรือการจัดหาพัสดุ (รายเดือน)"),
    ("li", "ยังไม่ได้ระบุผู้รับผิดชอบ (responsible) เพราะไม่มีข้อ 5.1.4 ใต้ actions"),
    ("li", "ยังไม่ได้ระบุระยะเวลา (period) เพราะไม่มีข้อ 5.1.4 ใต้ actions"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_head(language: Language) -> None:
    """It begins with what it is about and the verdict, and quiet shows the tables after that."""
    options = ("tests/golden/statuses.yaml", "--as-of", "2567-03-01", "--lang", language)
    whole, quiet = parts(markdown(*options)), parts(markdown(*options, "--quiet"))
    assert whole[0] == HEADS[language]
    assert quiet == whole[:3]


def test_not_judged() -> None:
    """What is not judged stands with its reason, who approved it, and how long it holds."""
    page = markdown(STATUSES, "--as-of", "2567-03-01", "--lang", "th")
    assert NOT_JUDGED in parts(page)


def test_verbose() -> None:
    """With `--verbose` each requirement that is met stands with its evidence and its advice."""
    options = ("--as-of", "2567-10-15", "--lang", "en", "--verbose")
    name = SEED.relative_to(ROOT).as_posix()
    expected = Expected(run_json(name, *options), "en")
    found = next(part for part in parts(markdown(name, *options)) if part[0] == ("h3", "Met"))
    blocks = [("h3", "Met")]
    for one in expected.all:
        if one["status"] == "met":
            title, facts, *findings = expected.block(one)
            kinds = ("li", expected.say("kinds", kinds=", ".join(one["kinds"])))
            blocks += [title, facts, kinds, *findings]
    assert found == blocks


def test_several_files(tmp_path: Path) -> None:
    """Files stand one after the other; one that could not be judged with all that is wrong."""
    (tmp_path / "bad.yaml").write_text('agency: {name: ก}\nfiscal_year: 2024\n"a`|@b": 1\n')
    (tmp_path / "good.yaml").write_text(ADVISED.replace(", website: https://www.example.go.th", ""))
    options = ("bad.yaml", "good.yaml", "none.yaml", "--issue", "4", "--as-of", "2567-10-15")
    page = markdown(*options, "--lang", "en", cwd=tmp_path)
    good = run_json("good.yaml", *options[3:], "--lang", "en", cwd=tmp_path)
    known = "agency, fiscal_year, deadline, evidence, actions, exceptions"
    title = "ita-check: the evidence file could not be judged"
    first, second = page.blocks[:5], page.blocks[5:]
    assert first == [
        ("h2", title),
        ("li", "Evidence file: bad.yaml"),
        ("p", "Could not judge. Problems: 2. Correct them and check again (exit code 2)."),
        (
            "li",
            "2024 is a Gregorian year; a Buddhist one is required, probably 2567. · bad.yaml:2:14",
        ),
        ("li", f"a`|@b is not known. Known: {known} · bad.yaml:3:1"),
    ]
    assert second[0] == ("hr", "")
    assert second[1][1] == "ita-check: what is missing for the ITA"
    assert ("p", "All 5 requirements that were judged are met.") in second
    expected = Expected(good, "en")
    for part in (expected.tables(), expected.met(), expected.file()):
        assert part in parts(page)
    assert second[-5:] == [
        ("hr", ""),
        ("h2", title),
        ("li", "Evidence file: none.yaml"),
        ("p", "Could not judge. Problems: 1. Correct them and check again (exit code 2)."),
        ("li", "There is no such file. Did you mean good.yaml? · none.yaml"),
    ]


def test_many_problems(tmp_path: Path) -> None:
    """Of very many problems the first hundred are shown, and none where only figures are asked."""
    lines = [f"foo{number}: 1" for number in range(150)]
    (tmp_path / "bad.yaml").write_text("\n".join(["fiscal_year: 2567", *lines]) + "\n")
    page = markdown("bad.yaml", "--lang", "en", cwd=tmp_path)
    items = [text for tag, text in page.blocks if tag == "li"]
    assert len(items) == 102
    assert items[-1] == "and 51 more"
    quiet = markdown("bad.yaml", "--lang", "en", "--quiet", cwd=tmp_path)
    assert quiet.blocks == page.blocks[:3]


@pytest.mark.parametrize("fail_on", ["error", "warning", "never"])
@pytest.mark.parametrize(("evidence", "as_of"), FIXTURES)
def test_exit_code(evidence: Path, as_of: str, fail_on: str) -> None:
    """The exit code is that of every format."""
    options = (evidence, "--as-of", as_of, "--fail-on", fail_on)
    codes = [run(*options, "--format", name).returncode for name in ("markdown", "json")]
    assert codes[0] == codes[1]


# Text that is more than text wherever it gets through.
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "![image](https://evil.example/x.png) [link](javascript:x) [ref]: http://x",
    "<https://evil.example> https://evil.example/a_b_c?d=1&e=2 www.evil.example a@evil.example",
    "# heading\n\n## more\n---\n===\n",
    "| a | b |\n| --- | --- |\n| c \\| d | `e|f` |",
    "- item\n1. item\n> quote\n    code\n```\nfence\n```\n~~~",
    "**bold** _em_ ~~gone~~ `code` ``two`` ` open \\` \\",
    "&lt;b&gt; &amp; &#64;me &nbsp; &copy",
    "@everyone #1 org/repo#2 GH-3 !4 ~bug %5 &6 :tada: $x^2$ $`y`$ 0a1b2c3d4e",
    "[^1] [x] - [ ] [!NOTE] <!-- hidden --> <?php ?> <![CDATA[x]]> {{7*7}} ${x}",
    "trailing backslash \\",
    "trailing spaces   ",
    "\x00\x1b[31m\u202e\u2028\ufeff\ufffe",
    "`",
    "``",
    "|",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_evidence(hostile: str, language: Language, tmp_path: Path) -> None:
    """Whatever an evidence file holds is shown as it is written, and does nothing."""
    quoted = '"' + "".join(f"\\U{ord(character):08x}" for character in hostile) + '"'
    (tmp_path / "e.yaml").write_text(
        f"agency: {{name: {quoted}, website: https://www.example.go.th}}\n"
        "fiscal_year: 2567\n"
        "evidence:\n"
        f'  hr_plan: {{title: {quoted}, url: "https://evil.example/<b>|`@x#1"}}\n'
        f'actions:\n  "1.1.1": {{responsible: [{quoted}]}}\n'
        "exceptions:\n"
        f'  - {{requirement: "1.1.2", status: not_applicable, reason: {quoted}}}\n'
        f'  - {{requirement: "1.1.3", status: waived, reason: {quoted}, approved_by: {quoted}, expires: 2567-09-30}}\n'
    )
    options = ("e.yaml", "--as-of", "2567-09-30", "--lang", language)
    page = markdown(*options, "--group-by", "unit", cwd=tmp_path)
    report = run_json(*options, cwd=tmp_path)
    shown = " ".join(inert(hostile).split())
    assert ("li", f"{say('report.agency', language)}: {shown}") in page.blocks
    whole = Expected(report, language)
    units = [(" ".join(inert(name).split()), len(gaps)) for name, gaps in whole.units()]
    assert units[0][1] == 60
    for unit, count in units:
        assert ("td", unit) in page.blocks
        assert ("h4", say("report.unit_head", language, unit=unit, count=count)) in page.blocks
    units = " ".join(inert(whole.all[0]["responsible"]).split())
    facts = f"{say('report.responsible', language, units=units)} · OIT: O10, O11* · "
    level = say(f"report.proof.{whole.all[0]['proof']['level']}", language)
    facts += say("report.proof", language, level=level)
    assert ("li", facts) in page.blocks
    reason = say("report.reason", language, reason=shown)
    assert ("li", reason) in page.blocks
    approved = say("report.approved_by", language, post=shown)
    items = [text for tag, text in page.blocks if tag == "li"]
    assert [text for text in items if text.startswith(f"{reason} · {approved} · ")]
    url = "https://evil.example/<b>|`@x#1"
    assert [text for text in items if f": {url} · e.yaml:" in text]
    assert len(page.blocks) == sum(
        map(
            len,
            (
                parts(page)[0],
                whole.tables(),
                whole.unit_table(),
                whole.gap_list("unit"),
                next(p for p in parts(page) if p[0][1] == say("tables.unjudged", language)),
                whole.file(),
                whole.legend(),
            ),
        )
    )


# Where text from outside stands in a page: in lists, bold, in headings and in tables.
PLACES = ("- **a:** {}\n", "**a: {} z**\n", "#### {}\n", "| a | b |\n| --- | --- |\n| 1 | {} |\n")
PIECES = st.sampled_from(
    [
        *"`*_[]()<>#@|~&;\\!$:-+=.1 \n\t\"'ก่าaz\x00\u202e",
        "http://",
        "www.",
        "](x)",
        "&#64;",
        "a@b.co",
    ]
)
HOSTILE_TEXT = st.text(max_size=30) | st.lists(PIECES, max_size=20).map("".join)


@pytest.mark.parametrize("place", PLACES)
@given(HOSTILE_TEXT)
@example("\\|")
@example("`|@`|\\")
@example("a`@b` `c")
@example("~~ก~~ *ก* _ก_")
@example("&lt; &#38;")
@example("|@|")
@example(":a:")
@example("@` `` ```")
def test_any_text_reads_as_it_is(place: str, text: str) -> None:
    """Any text reads as it is shown everywhere: no tag but code, nothing to obey outside code."""
    page = render(place.format(gfm(text, "th")))
    shown = " ".join(inert(text).split())
    tag, found = page.blocks[-1]
    lead = "a: " if "a:" in place else ""
    end = " z" if place.endswith("z**\n") else ""
    assert found == " ".join(f"{lead}{shown}{end}".split())
    assert tag == {"-": "li", "*": "p", "#": "h4", "|": "td"}[place[0]]
    assert page.tags <= {tag, *FRAME, *INLINE, "th", "td"}
    assert len(page.blocks) == (4 if tag == "td" else 1)
    assert [part for part in page.plain if OBEYED.search(part)] == []


@given(HOSTILE_TEXT, HOSTILE_TEXT, HOSTILE_TEXT)
@example("`", "`", "`")
@example("a", "@", "@")
@example(" 0 ", "0", "")
def test_any_sentence_reads_as_it_is(key: str, word: str, text: str) -> None:
    """Backticks of a sentence make code; those of what fills it are seen."""
    hint = phrase("problems.did_you_mean", word=word)
    for filling, said in ((hint, f" (หมายถึง {inert(word) or ' '} หรือไม่)"), (word, inert(word))):
        sentence = phrase("problems.unknown_section", key=key, hint=filling, allowed=("a", text))
        page = render(f"- {gfm(sentence, 'th')}\n")
        shown = f"ไม่รู้จัก {inert(key) or ' '}{said} ส่วนที่ใช้ได้: a, {inert(text)}"
        assert page.blocks == [("li", " ".join(shown.split()))]
        assert page.tags <= {"ul", "li", "code"}


@given(HOSTILE_TEXT)
@example("a`b``c")
def test_any_code_reads_as_it_is(text: str) -> None:
    """A place is code whatever the name of its file."""
    page = render(f"- a · {code(text)}\n")
    assert page.blocks == [("li", " ".join(f"a · {inert(text)}".split()))]
    assert page.tags == {"ul", "li", "code"}


def test_text_of_rules() -> None:
    """Backticks of a rule's text make code; one without its pair is seen."""
    assert gfm(Text("", "give `url` and `a|b`"), "en") == "give `url` and `a|b`"
    assert gfm(Text("", "a ` alone"), "en") == "a \\` alone"
    assert gfm(Text("", "`a` ` alone"), "en") == "`a` \\` alone"

"""The page in a real browser: what it shows, filters, prints, and what it never does."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import Opened, chromium
from playwright.sync_api import Browser, expect
from pypdf import PdfReader
from support import COMPLETE, ROOT, SEED, run, run_json, say

from ita_check.reporting.inert import inert
from ita_check.reporting.terminal.wrap import pieces
from ita_check.texts import Language

STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
FIXTURES = {
    "seed": (SEED, "2567-10-15"),
    "complete": (COMPLETE, "2570-09-30"),
    "statuses": (STATUSES, "2567-03-01"),
}
RUNS = [(name, language) for name in FIXTURES for language in ("th", "en")]
VISIBLE_ROWS = """
rows => rows.filter(row => row.checkVisibility()).map(row => row.querySelector(".id").textContent)
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the tests of this file; each opens a context of its own."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages are written."""
    return tmp_path_factory.mktemp("pages")


def written(folder: Path, name: str, language: str = "th", *options: str) -> Path:
    """The page of a fixture, made by the real command."""
    evidence, as_of = FIXTURES[name]
    file = folder / f"{'-'.join((name, language, *options))}.html"
    if not file.exists():
        done = run(evidence, "--as-of", as_of, "--lang", language, "-f", "html", *options)
        assert done.stderr == b""
        file.write_bytes(done.stdout)
    return file


def report_of(name: str, language: str = "th") -> Any:
    """The same run as JSON."""
    evidence, as_of = FIXTURES[name]
    return run_json(evidence, "--as-of", as_of, "--lang", language)


def requirements_of(report: Any) -> list[dict[str, Any]]:
    """Every requirement of a JSON report, in order."""
    return [one for issue in report["issues"] for one in issue["requirements"]]


def words(text: str) -> str:
    """Text as it is read: without backticks, which are set as code, and with plain spaces."""
    return " ".join(inert(text).replace("`", "").split())


def shown_rows(opened: Opened) -> list[str]:
    """The ids of the rows that can be seen."""
    return list(opened.page.eval_on_selector_all("tr[data-status]", VISIBLE_ROWS))


@pytest.mark.parametrize(("name", "language"), RUNS)
def test_everything_is_shown_and_nothing_asked_for(
    browser: Browser, folder: Path, name: str, language: Language
) -> None:
    """Each requirement is there with status, proof, findings, fixes and exception; no request."""
    file = written(folder, name, language)
    with Opened(browser, file) as opened:
        rows = opened.page.eval_on_selector_all(
            "tr[data-status]",
            "rows => rows.map(row => [row.querySelector('.id').textContent, row.innerText])",
        )
        heads = opened.page.eval_on_selector_all(
            "tr[data-status]",
            """rows => rows.map(row => [row.querySelector('.id').textContent,
                 [...row.querySelectorAll('th .oit')].map(one => one.innerText)])""",
        )
        assert opened.complaints == []
        assert opened.requests == [file.as_uri()]
        body = words(opened.page.inner_text("body"))
    report = report_of(name, language)
    listed = {row: words(text) for row, text in rows}
    requirements = requirements_of(report)
    assert sorted(listed) == sorted(one["id"] for one in requirements)
    assert len(rows) == len(listed) == 63
    facts = {row: [words(text) for text in texts] for row, texts in heads}
    for one in requirements:
        level = say(f"report.proof.{one['proof']['level']}", language)
        assert facts[one["id"]][-1] == words(say("report.proof", language, level=level))
        assert len(facts[one["id"]]) == (2 if one["oit"] else 1)
        text = listed[one["id"]]
        assert words(one["title"]) in text
        for code in one["oit"]:
            assert code["code"] + ("" if code["verified"] else "*") in text
        for finding in one["findings"]:
            assert words(finding["message"]) in text
            if one["status"] in ("missing", "incomplete", "met"):
                assert words(finding["fix"]) in text
                assert re.search(rf"\D{finding['line']}\D+{finding['column']}\b", text)
        if one["responsible"]:
            assert words(one["responsible"]) in text
        if one["exception"]:
            assert words(one["exception"]["reason"]) in text
            if one["exception"]["expires"]:
                assert words(one["exception"]["approved_by"]) in text
                assert str(one["exception"]["days_left"]) in text
    for finding in report["findings"]:
        assert words(finding["message"]) in body
        assert words(finding["fix"]) in body
    assert words(report["agency"]["name"]) in body
    assert words(say("report.proofs", language, **report["proof"])) in body
    assert report["evidence"]["sha256"] in body


def test_gaps_stand_in_the_order_of_the_catalogue(browser: Browser, folder: Path) -> None:
    """By issue the gaps come first, then what was not judged, then what is met."""
    with Opened(browser, written(folder, "statuses")) as opened:
        shown = shown_rows(opened)
    by_status: dict[str, list[str]] = {"gap": [], "unjudged": [], "met": []}
    for one in requirements_of(report_of("statuses")):
        gap = one["status"] in ("missing", "incomplete")
        by_status["gap" if gap else "met" if one["status"] == "met" else "unjudged"].append(
            one["id"]
        )
    assert shown == by_status["gap"] + by_status["unjudged"] + by_status["met"]


def test_by_unit_each_unit_has_its_own_list(browser: Browser, folder: Path) -> None:
    """A gap of two units stands with both, and units come most gaps first."""
    file = written(folder, "seed", "th", "--group-by", "unit")
    with Opened(browser, file) as opened:
        groups = opened.page.eval_on_selector_all(
            "#r1-gaps .group",
            """groups => groups.map(group => [
                 group.querySelector("h4").firstChild.textContent.trim(),
                 [...group.querySelectorAll(".id")].map(id => id.textContent)])""",
        )
    owed: dict[str, list[str]] = {}
    for one in requirements_of(report_of("seed")):
        if one["status"] in ("missing", "incomplete"):
            for unit in one["responsible"].split("/"):
                owed.setdefault(unit.strip(), []).append(one["id"])
    assert groups == [list(one) for one in sorted(owed.items(), key=lambda o: (-len(o[1]), o[0]))]


def test_bars_show_the_figures(browser: Browser, folder: Path) -> None:
    """Each issue's bar is as long in each colour as it has requirements of that status."""
    with Opened(browser, written(folder, "statuses")) as opened:
        bars = opened.page.eval_on_selector_all(
            "svg.bar",
            """bars => bars.map(bar => Object.fromEntries([...bar.querySelectorAll("rect")].map(
                 rect => [rect.getAttribute("class"), [+(rect.getAttribute("x") ?? 0),
                          +rect.getAttribute("width")]])))""",
        )
    expected = []
    for issue in report_of("statuses")["issues"]:
        bar, at = {"rest": [0, issue["summary"]["requirements"]]}, 0
        for status in ("met", "incomplete", "missing"):
            count = issue["summary"][status]
            if count:
                bar[status] = [at, count]
                at += count
        expected.append(bar)
    assert bars == expected


# Filter and search


def test_filters_and_search(browser: Browser, folder: Path) -> None:
    """Issue, status, unit and text narrow the rows, alone and together; the count is told."""
    requirements = requirements_of(report_of("seed"))

    def ids(fits: Any) -> set[str]:
        return {one["id"] for one in requirements if fits(one)}

    with Opened(browser, written(folder, "seed")) as opened:
        page = opened.page
        output = page.locator("form.filter output")
        assert output.inner_text() == "แสดง 63 จาก 63 ข้อ"

        page.select_option("[name=issue]", "7")
        assert set(shown_rows(opened)) == ids(lambda one: one["id"].startswith("7."))
        page.select_option("[name=status]", "incomplete")
        both = ids(lambda one: one["id"].startswith("7.") and one["status"] == "incomplete")
        assert set(shown_rows(opened)) == both
        assert output.inner_text() == f"แสดง {len(both)} จาก 63 ข้อ"
        headings = page.eval_on_selector_all(
            "section.group",
            "all => all.filter(one => one.checkVisibility())"
            ".map(one => one.querySelector('h4').id)",
        )
        assert headings == ["r1-issue-7"]

        page.click("button[type=reset]")
        expect(output).to_have_text("แสดง 63 จาก 63 ข้อ")  # a form is empty after its click only
        assert len(shown_rows(opened)) == 63

        page.select_option("[name=unit]", label="กองการเจ้าหน้าที่")
        of_unit = ids(lambda one: "กองการเจ้าหน้าที่" in (one["responsible"] or "").split("/"))
        assert set(shown_rows(opened)) == of_unit
        page.click("button[type=reset]")

        for text, wanted in (
            ("๗.๑.๒", "7.1.2"),
            ("7.1.2 url", None),
            ("RISK_assessment", None),
            ("ไม่มีคำนี้แน่นอน", ""),
        ):
            page.fill("[name=text]", text)
            shown = set(shown_rows(opened))
            if wanted == "":
                assert shown == set()
                assert output.inner_text() == "แสดง 0 จาก 63 ข้อ"
            elif wanted is not None:
                assert wanted in shown
                assert len(shown) < 10
            else:
                assert 0 < len(shown) < 63
        page.keyboard.press("Enter")  # a form that were sent would load the page anew
        assert page.input_value("[name=text]") == "ไม่มีคำนี้แน่นอน"
        assert opened.complaints == []
        assert len(opened.requests) == 1


def test_a_unit_in_the_table_chooses_its_rows(browser: Browser, folder: Path) -> None:
    """The name of a unit leads to its gaps and filters for it."""
    with Opened(browser, written(folder, "seed")) as opened:
        page = opened.page
        page.fill("[name=text]", "ก่อนหน้า")
        page.click("table.units a >> text=สำนักคลัง")
        shown = shown_rows(opened)
        assert page.evaluate("location.hash") == "#r1-gaps"
    wanted = [
        one["id"]
        for one in requirements_of(report_of("seed"))
        if "สำนักคลัง" in (one["responsible"] or "").split("/")
    ]
    assert sorted(shown) == sorted(wanted)


def test_without_javascript_everything_is_there(browser: Browser, folder: Path) -> None:
    """No filter is offered that would not work, and every row can be read."""
    with Opened(browser, written(folder, "seed"), java_script_enabled=False) as opened:
        assert not opened.page.is_visible("form.filter")
        assert opened.page.locator("tr[data-status]:visible").count() == 63


# Access


@pytest.mark.parametrize("width", [400, 1400])
@pytest.mark.parametrize(("name", "language"), RUNS)
def test_axe_finds_no_violation(
    browser: Browser, folder: Path, name: str, language: str, width: int
) -> None:
    """Every rule of axe-core, its best practices included: landmarks, headings, names, contrast."""
    with Opened(browser, written(folder, name, language), width, bypass_csp=True) as opened:
        results = Axe().run(opened.page, options={"resultTypes": ["violations", "incomplete"]})
    found = results.response
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    undecided = {one["id"] for one in found["incomplete"]}
    assert undecided <= {"color-contrast"}, undecided
    assert len(found["passes"]) > 20


def test_keyboard_reaches_everything(browser: Browser, folder: Path) -> None:
    """Skip link, unit links, then the filter; a select is changed by typing."""
    with Opened(browser, written(folder, "seed")) as opened:
        page = opened.page
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("location.hash") == "#r1"
        reached = []
        for _ in range(30):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate(
                    "(e => e.name || e.type || e.dataset.choose || e.tagName)"
                    "(document.activeElement)"
                )
            )
            if reached[-1] == "reset":
                break
        assert reached == ["1", "2", "3", "4", "5", "text", "issue", "status", "unit", "reset"]
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        page.keyboard.type("4")
        assert {row[0] for row in shown_rows(opened)} == {"4"}


def test_language_of_each_passage(browser: Browser, folder: Path) -> None:
    """On the English page every Thai letter stands in a passage that says it is Thai."""
    find = """() => {
      const found = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (parentElement.closest("script, style, option")) continue;
        if (/[ก-๛]/.test(data) && parentElement.closest("[lang]").lang !== "th") found.push(data);
      }
      return found;
    }"""
    with Opened(browser, written(folder, "statuses", "en")) as opened:
        assert opened.page.evaluate("document.documentElement.lang") == "en"
        assert opened.page.evaluate(find) == []
        assert opened.page.locator("[lang=th]").count() > 5
    with Opened(browser, written(folder, "statuses", "th")) as opened:
        assert opened.page.evaluate("document.documentElement.lang") == "th"


# Layout


@pytest.mark.parametrize("width", [320, 400, 800, 1400])
@pytest.mark.parametrize("language", ["th", "en"])
def test_nothing_is_wider_than_the_window(
    browser: Browser, folder: Path, language: str, width: int
) -> None:
    """No sideways scrolling, on a phone neither."""
    with Opened(browser, written(folder, "statuses", language), width) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
        cards = opened.page.eval_on_selector("tr[data-status]", "e => getComputedStyle(e).display")
        assert cards == ("block" if width < 700 else "table-row")


@pytest.mark.parametrize("name", ["seed", "statuses"])
def test_thai_lines_end_between_words(browser: Browser, folder: Path, name: str) -> None:
    """Where the browser ends a line, ICU sees a word's end, and no line begins with a repeat mark."""
    lines_of = """() => {
      const found = [];
      const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const node = walker.currentNode, text = node.data;
        if (!/[ก-๛]/.test(text) || !node.parentElement.checkVisibility()) continue;
        if (node.parentElement.closest("code, option, output")) continue;
        const range = document.createRange();
        let before = null, ends = [];
        for (let i = 0; i < text.length; i++) {
          range.setStart(node, i); range.setEnd(node, i + 1);
          const box = range.getBoundingClientRect();
          if (!box.height) continue;
          if (before !== null && box.top > before + 4) ends.push(i);
          before = box.top;
        }
        if (ends.length) found.push([text, ends]);
      }
      return found;
    }"""
    with Opened(browser, written(folder, name), 400) as opened:
        found = opened.page.evaluate(lines_of)
    assert len(found) > 50
    for text, ends in found:
        allowed, at = set(), 0
        for piece in pieces(text.replace("\u00a0", "_"), "th"):
            at += len(piece)
            allowed.add(at)
        squeezed = " ".join(text.replace("\u00a0", "_").split())
        shift = len(text) - len(text.lstrip())
        assert len(squeezed) == len(text.strip()), "pieces() squeezes spaces"
        for start, end in zip((0, *ends), ends, strict=False):
            assert text[end] != "ๆ", text
            # A word longer than its line, such as an address, has to end somewhere.
            alone = not any(start < one + shift < end for one in allowed)
            # Browsers may also end a line after the hyphen of an English word.
            assert end - shift in allowed or alone or text[end - 1] == "-", (text[:end], text[end:])


def test_prints_every_gap_on_a4(browser: Browser, folder: Path) -> None:
    """Each gap is on the paper, heads are repeated, and a row that fits on a page is not split."""
    with Opened(browser, written(folder, "seed", "en")) as opened:
        data = opened.page.pdf(prefer_css_page_size=True)
    reader = PdfReader(io.BytesIO(data))
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)
    pages = [" ".join(page.extract_text().split()) for page in reader.pages]
    assert "Search the text" not in " ".join(pages)
    gaps = [
        one
        for one in requirements_of(report_of("seed", "en"))
        if one["status"] in ("missing", "incomplete")
    ]
    head = "Requirement What is missing, and what to do Unit"
    assert len(gaps) == 39
    for one in gaps:
        on = [n for n, page in enumerate(pages) if re.search(rf"(?<!\S){one['id']} (In|Mi)", page)]
        assert len(on) == 1, one["id"]
        assert head in pages[on[0]]
        places = {f"Line {f['line']}, column {f['column']}" for f in one["findings"]}
        if len(one["findings"]) <= 6:
            assert [place for place in places if place not in pages[on[0]]] == []


# Hostile evidence


HOSTILE = (
    "<script>window.owned = 1</script>",
    '"><img src=x onerror="window.owned = 1">',
    "{{7*7}}{% for a in b %}",
    "</style></script><svg onload=window.owned=1>",
    "&lt;b&gt; <!-- --> ]]>",
)


def hostile_evidence(folder: Path) -> Path:
    """Evidence whose every text tries to be more than text."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / 'evidence <img src=x onerror="window.owned=1">.yaml'
    quoted = [json.dumps(text) for text in HOSTILE]
    file.write_text(
        f"agency: {{name: {quoted[0]}, website: https://www.example.go.th}}\n"
        "fiscal_year: 2567\n"
        "evidence:\n"
        f"  dos_and_donts: {{title: {quoted[1]}, url: https://other.example.com/<script>}}\n"
        f"  hr_plan: {{file: {json.dumps('<b>{{7*7}}</b>.pdf')}}}\n"
        "actions:\n"
        f'  "6.1.1": {{responsible: {quoted[2]}, period: ต.ค. 66 - ก.ย. 67, result: {quoted[3]}}}\n'
        f'  "1.1.1": {{responsible: {quoted[1]}, period: ต.ค. 66 - ก.ย. 67}}\n'
        "exceptions:\n"
        f'  - {{requirement: "4.1.2", status: not_applicable, reason: {quoted[3]}}}\n'
        f'  - {{requirement: "2.1.2", status: waived, reason: {quoted[4]}, '
        f"approved_by: {quoted[0]}, expires: 2567-06-30}}\n",
        encoding="utf-8",
    )
    return file


@pytest.mark.parametrize("group", ["issue", "unit"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_text_of_the_evidence_is_inert(
    browser: Browser, tmp_path: Path, group: str, language: str
) -> None:
    """Scripts, tags and template marks are shown as they were written, and do nothing."""
    evidence = hostile_evidence(tmp_path)
    page = tmp_path / "page.html"
    options = ("--as-of", "2567-03-01", "--lang", language, "--group-by", group)
    done = run(evidence.name, "-o", f"html={page}", "-f", "json", *options, cwd=tmp_path)
    assert done.returncode == 1
    with Opened(browser, page) as opened:
        opened.page.wait_for_timeout(100)
        assert opened.page.evaluate("window.owned") is None
        assert (
            opened.page.locator("img, main script, main style, iframe, main [onload]").count() == 0
        )
        assert opened.complaints == []
        assert opened.requests == [page.as_uri()]
        text = words(opened.page.inner_text("body"))
        choices = opened.page.locator("[name=unit] option").all_inner_texts()
    for one in HOSTILE:
        assert words(one) in text, one
    assert evidence.name in text
    assert HOSTILE[2] in choices


def test_policy_allows_what_is_there_and_nothing_else(folder: Path) -> None:
    """One script and one style sheet, each named by its digest; no attribute that is either."""
    page = written(folder, "seed").read_text("utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    digests = []
    for tag in ("script", "style"):
        (content,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        digests.append(f"{tag}-src 'sha256-{digest}'")
    assert policy[1].split("; ") == [
        "default-src 'none'",
        *digests,
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert re.findall(r'<[^>]*\s(?:on\w+=|style=|src=|href="(?!#|data:,))[^>]*>', page) == []


# Runs of other kinds


def test_several_files_and_one_that_cannot_be_judged(browser: Browser, tmp_path: Path) -> None:
    """Each has a sheet of its own; ids stay unique, and filters of one leave the others alone."""
    bad = tmp_path / "bad.yaml"
    bad.write_text("agency: {nam: ก}\nfiscal_year: 2567\nx: <b>1</b>\n", encoding="utf-8")
    page = tmp_path / "page.html"
    done = run(SEED, bad, STATUSES, "-q", "-o", f"html={page}", "--as-of", "2567-10-15")
    assert done.returncode == 2
    # --quiet leaves the lists out here too.
    with Opened(browser, page) as opened:
        assert opened.page.locator("tr[data-status]").count() == 0
        assert opened.page.locator("form.filter").count() == 0
    done = run(SEED, bad, STATUSES, "-o", f"html={page}", "--as-of", "2567-10-15", "--lang", "th")
    with Opened(browser, page, bypass_csp=True) as opened:
        ids = opened.page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
        assert len(ids) == len(set(ids))
        names = opened.page.locator("h2").all_inner_texts()
        assert names == ["เทศบาลนครนครราชสีมา", str(bad), "เทศบาลตำบลสถานะครบ [bold red]"]
        text = words(opened.page.inner_text("#r2"))
        expected = run_json(bad, "--lang", "th")
        assert len(expected["error"]) == 3
        for error in expected["error"]:
            assert words(error["message"]) in text
            assert f"{bad}:{error['line']}:{error['column']}" in text
        opened.page.select_option("#r1 [name=issue]", "7")
        assert opened.page.locator("#r1 tr[data-status]:visible").count() == 12
        assert opened.page.locator("#r3 tr[data-status]:visible").count() == 63
        results = Axe().run(opened.page)
        assert [one["id"] for one in results.response["violations"]] == []
        assert opened.complaints == []


def test_same_input_same_bytes(folder: Path) -> None:
    """Nothing of the moment or the machine is in the page."""
    evidence, as_of = FIXTURES["seed"]
    once = run(evidence, "--as-of", as_of, "-f", "html").stdout
    again = run(evidence, "--as-of", as_of, "-f", "html").stdout
    assert once == again == written(folder, "seed").read_bytes()

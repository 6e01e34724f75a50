"""`ita-check diff`: what became of one report in another, by the real command."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from support import COMPLETE, ROOT, SEED, Call, catalogue, run, say

from ita_check import __version__
from ita_check.model.report import GAPS, STATUSES

HEAD = "agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}\nfiscal_year: 2567\nevidence:\n"
MANUAL = """\
  asset_manual:
    url: https://www.example.go.th/asset
    covers: [borrowing_procedure, work_types]
    audience: [staff, public]
    channels: [website, notice_board]
  asset_inspection: {inspected_on: 1 มี.ค. 2567, covers: [materials, durable_articles]}
"""
ACTIONS = "actions:\n" + "".join(
    f'  "4.1.{step}": {{responsible: กองคลัง, period: ต.ค. 66 - ก.ย. 67}}\n' for step in range(1, 5)
)
# One requirement of issue 4 for each thing that may become of one.
OLD = (
    HEAD
    + MANUAL
    + "  asset_borrowing: {form: แบบยืมพัสดุ}\n"
    + ACTIONS
    + 'exceptions:\n  - {requirement: "4.1.3", status: waived, reason: รอผู้ตรวจ,'
    + " approved_by: ปลัดเทศบาล, expires: 10 เม.ย. 2567}\n"
)
NEW = (
    HEAD
    + MANUAL
    + "  asset_borrowing: {form: แบบยืมพัสดุ, approver: ปลัดเทศบาล}\n"
    + "  corruption_risk_assessment: {fiscal_year: 2566, risks: {topic: asset_misuse, event: ยืม,"
    + " level: ต่ำ, measure: คุมทะเบียน, action: ตรวจแล้ว}}\n"
    + ACTIONS
    + 'exceptions:\n  - {requirement: "4.1.5", status: not_applicable, reason: ไม่มีทรัพย์สิน}\n'
)
DAY = ("--as-of", "2567-03-20")
PAIR = ("old.yaml", "new.yaml", "--issue", "4", *DAY)
STATUSES_FILE = ROOT / "tests" / "golden" / "statuses.yaml"
LISTS = ("new_gaps", "fixed", "unchanged_gaps", "changed_statuses", "unchanged")


pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the small pair in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    return tmp_path


def write_report(call: Call, file: str, evidence: object, *words: object) -> Any:
    """Have the command write a report, and give what it holds."""
    call(evidence, "-q", "-o", f"json={file}", *words)
    return json.loads(Path(file).read_text(encoding="utf-8"))


def diff_json(call: Call, *words: object) -> Any:
    """What the comparison writes as JSON."""
    return json.loads(call("diff", *words, "-f", "json").out)


def listed(comparison: Any, name: str) -> list[str]:
    """The ids in the lists of one name, over all issues."""
    return [entry["id"] for issue in comparison["issues"] for entry in issue[name]]


TEXT = """\
ita-check: เปรียบเทียบผลการตรวจสองครั้ง
  หน่วยงาน  เทศบาลตัวอย่าง
  ผลเดิม    old.yaml
           ปีงบประมาณ 2567 ตรวจ ณ วันที่ 20 มี.ค. 2567 (2024-03-20)
           ตรวจเฉพาะที่เลือก 5 ข้อ จาก 63 ข้อ
  ผลใหม่    new.yaml
           ปีงบประมาณ 2567 ตรวจ ณ วันที่ 20 มี.ค. 2567 (2024-03-20)
           ตรวจเฉพาะที่เลือก 5 ข้อ จาก 63 ข้อ

สรุปตามประเด็น
  ประเด็น  ครบ      ยังขาด    ขาดเพิ่ม  แก้แล้ว  ชื่อประเด็น
  4       1 → 2    3 → 2    1       1      กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ
  รวม     1 → 2    3 → 2    1       1

✗ ขาดเพิ่ม 1 ข้อ

✗ ไม่ครบ  4.1.3  การตรวจสอบวัสดุและครุภัณฑ์เป็นระยะ
    เดิม: ผ่อนผัน | ผู้รับผิดชอบ: กองคลัง
    ✗ ต้องแก้: วันที่ตรวจสอบ (`inspected_on`) อยู่ในปีงบประมาณ 2567 เพียง 1 รายการ ต้องมี
      อย่างน้อย 2 รายการ
      new.yaml:9:36
      วิธีแก้: ดำเนินการให้ครบจำนวนภายในปีงบประมาณ แล้วเพิ่มพร้อมวันที่ใน
      `evidence.asset_inspection.inspected_on`

✓ แก้แล้ว 1 ข้อ

✓ ครบ  4.1.2  การยืมทรัพย์สินของราชการโดยได้รับอนุญาตอย่างถูกต้อง
    เดิม: ไม่ครบ

ยังขาดอยู่ 1 ข้อ

✗ ไม่ครบ  4.1.4  การประเมินและจัดการความเสี่ยงจากการใช้ทรัพย์สินของราชการเพื่อประโยชน์ส่วนตัว
    เดิม: ไม่มี | ผู้รับผิดชอบ: กองคลัง
    ✗ พบใหม่ (ต้องแก้): ปีงบประมาณของเนื้อหา (`fiscal_year`) คือ 2566 ต้องเป็นปี 2567
      new.yaml:11:45
      วิธีแก้: ใช้เอกสารของปีที่กำหนด แล้วแก้
      `evidence.corruption_risk_assessment.fiscal_year` เอกสารของปีอื่นใช้แทนกันไม่ได้
    ✓ ไม่พบแล้ว (ต้องแก้): ยังไม่มีหลักฐาน: การประเมินความเสี่ยงการทุจริตและประพฤติมิชอบ
      evidence.corruption_risk_assessment

สถานะเปลี่ยนเป็นอย่างอื่น 1 ข้อ

– ไม่เกี่ยวข้อง  4.1.5  การเผยแพร่คู่มือการใช้ทรัพย์สินของราชการแก่บุคลากรและประชาชน และการ
                    กำชับให้ถือปฏิบัติ
    เดิม: ไม่ครบ

เรื่องของไฟล์ทั้งไฟล์
    ✓ ไม่พบแล้ว (ควรแก้): การผ่อนผันข้อ 4.1.3 จะสิ้นสุดวันที่ 10 เม.ย. 2567 (เหลืออีก 21 วัน)
      exceptions[0].expires

มีข้อที่ขาดเพิ่ม 1 ข้อ จาก 5 ข้อที่เปรียบเทียบ แต่ไม่ถือว่าไม่ผ่าน เพราะไม่ได้ระบุ
--fail-on-regression (รหัสออก 0)
"""
MARKDOWN = """\
## ita-check: two reports compared

- **Agency:** เทศบาลตัวอย่าง
- **Old:** `old.yaml` · fiscal year 2567 BE, as of 20 Mar 2567 BE (2024-03-20) · 5 of 63 requirements selected
- **New:** `new.yaml` · fiscal year 2567 BE, as of 20 Mar 2567 BE (2024-03-20) · 5 of 63 requirements selected

**New gaps: 1 of 5 requirements compared, and these count as a failure (--fail-on-regression). (exit code 1)**

### By issue

| Issue | Title | Met | Gaps | New | Fixed |
| ---: | --- | ---: | ---: | ---: | ---: |
| 4 | Oversight of the use of state property | 1 → 2 | 3 → 2 | 1 | 1 |
| Total |  | 1 → 2 | 3 → 2 | 1 | 1 |

### New gaps: 1

**Incomplete: 4.1.3 Materials and durable articles inspected at intervals**

- Before: Waived · Responsible: กองคลัง
- **Error:** Date of inspection (`inspected_on`): 1 dated within fiscal year 2567, at least 2 required · `new.yaml:9:36`
  - To do: Do what is still missing within the fiscal year, then add it with its date to `evidence.asset_inspection.inspected_on`.

### Fixed: 1

- Met: 4.1.2 State property borrowed with proper permission · Before: Incomplete

### Remaining gaps: 1

**Incomplete: 4.1.4 Risks of private use of state property assessed and managed**

- Before: Missing · Responsible: กองคลัง
- **New (Error):** Fiscal year of the content (`fiscal_year`) is 2566; it has to be 2567 · `new.yaml:11:45`
  - To do: Use the document of the year required, then correct `evidence.corruption_risk_assessment.fiscal_year`; one of another year will not do.
- **Gone (Error):** this evidence is not declared: Assessment of the risks of corruption and misconduct · `evidence.corruption_risk_assessment`

### Other changed statuses: 1

- Not applicable: 4.1.5 Property manual made known to staff and public, to be kept to strictly · Before: Incomplete

### About the file as a whole

- **Gone (Warning):** the waiver of 4.1.3 expires on 10 Apr 2567 BE (2024-04-10) (days left: 21) · `exceptions[0].expires`
"""


def test_text(call: Call) -> None:
    """A person reads both sides, the figures, and what became of each requirement, worst first."""
    assert call("diff", *PAIR, "--lang", "th") == (0, TEXT, "")


def test_markdown(call: Call) -> None:
    """A pull request shows the same, the verdict first; GitHub's own grammar reads it."""
    words = (*PAIR, "--lang", "en", "-f", "markdown", "--fail-on-regression")
    assert call("diff", *words) == (1, MARKDOWN, "")
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(MARKDOWN)
    heads = [
        tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"
    ]
    assert heads == [
        "ita-check: two reports compared",
        "By issue",
        "New gaps: 1",
        "Fixed: 1",
        "Remaining gaps: 1",
        "Other changed statuses: 1",
        "About the file as a whole",
    ]
    assert Counter(token.type for token in tokens)["tr_open"] == 3


def test_json(call: Call) -> None:
    """Programs read both sides, figures, and per issue the requirements with their findings."""
    old = write_report(call, "old.json", "old.yaml", "--issue", "4", *DAY)
    new = write_report(call, "new.json", "new.yaml", "--issue", "4", *DAY)
    done = call("diff", *PAIR, "-f", "json")
    assert (done.code, done.err, done.out.count("\n")) == (0, "", 1)
    found = json.loads(done.out)
    by_id = {entry["id"]: entry for entry in new["issues"][0]["requirements"]}
    before = {entry["id"]: entry for entry in old["issues"][0]["requirements"]}

    def told(finding: Any) -> Any:
        return {name: value for name, value in finding.items() if name != "fingerprint"}

    def entry(name: str, new_: list[Any], gone: list[Any], unchanged: list[Any]) -> Any:
        return {
            "id": name,
            "title": by_id[name]["title"],
            "responsible": by_id[name]["responsible"],
            "old_status": before[name]["status"],
            "new_status": by_id[name]["status"],
            "findings": {
                "new": [told(one) for one in new_],
                "gone": [told(one) for one in gone],
                "unchanged": [told(one) for one in unchanged],
            },
        }

    def side(report: Any, name: str) -> Any:
        return {
            "path": name,
            "evidence": report["evidence"],
            "catalogue": report["catalogue"],
            "agency": {"name": "เทศบาลตัวอย่าง"},
            "fiscal_year": 2567,
            "as_of": "2024-03-20",
            "requirements": 5,
        }

    changes = dict.fromkeys(LISTS, 1)
    statuses = [{status: report["summary"][status] for status in STATUSES} for report in (old, new)]
    summary = {"compared": 5, **changes, "old": statuses[0], "new": statuses[1]}
    borrowing, risks = before["4.1.2"]["findings"], before["4.1.4"]["findings"]
    assert found == {
        "format": "ita-check/diff/1",
        "tool": {"name": "ita-check", "version": __version__},
        "old": side(old, "old.yaml"),
        "new": side(new, "new.yaml"),
        "warnings": [],
        "summary": {**summary, "not_compared": 0},
        "findings": {"new": [], "gone": [told_of_file(old["findings"][0])], "unchanged": []},
        "issues": [
            {
                "number": 4,
                "title": new["issues"][0]["title"],
                "summary": summary,
                "new_gaps": [entry("4.1.3", [], [], by_id["4.1.3"]["findings"])],
                "fixed": [entry("4.1.2", [], borrowing, [])],
                "unchanged_gaps": [entry("4.1.4", by_id["4.1.4"]["findings"], risks, [])],
                "changed_statuses": [entry("4.1.5", [], [], by_id["4.1.5"]["findings"])],
                "unchanged": [entry("4.1.1", [], [], [])],
            }
        ],
        "not_compared": [],
    }


def told_of_file(finding: Any) -> Any:
    """A finding of the file as a comparison tells it."""
    return {name: finding[name] for name in finding if name not in ("fingerprint", "requirement")}


# What becomes of a requirement, told a second time from the two reports.


def became(old: str, new: str) -> str:
    """The list that a requirement with these statuses stands in."""
    if new in GAPS:
        return "unchanged_gaps" if old in GAPS else "new_gaps"
    if old in GAPS and new == "met":
        return "fixed"
    return "unchanged" if old == new else "changed_statuses"


SIDES = [
    ((SEED, "2567-03-01"), (SEED, "2567-10-15")),
    ((SEED, "2567-10-15"), (SEED, "2567-03-01")),
    ((COMPLETE, "2570-10-15"), (SEED, "2567-10-15")),
    ((SEED, "2567-03-01"), (STATUSES_FILE, "2567-03-01")),
    ((STATUSES_FILE, "2567-03-01"), (STATUSES_FILE, "2567-11-01")),
    ((STATUSES_FILE, "2567-03-01"), (COMPLETE, "2570-10-15")),
]


@pytest.mark.parametrize(("old", "new"), SIDES)
def test_every_requirement_is_in_its_list(
    call: Call, old: tuple[Path, str], new: tuple[Path, str]
) -> None:
    """Each requirement stands once, where its two statuses put it, with its findings matched."""
    reports = [
        write_report(call, name, side[0], "--as-of", side[1])
        for name, side in (("old.json", old), ("new.json", new))
    ]
    found = diff_json(call, "old.json", "new.json")
    before, after = (
        {entry["id"]: entry for issue in report["issues"] for entry in issue["requirements"]}
        for report in reports
    )
    expected: dict[str, list[str]] = {name: [] for name in LISTS}
    for name, entry in after.items():
        expected[became(before[name]["status"], entry["status"])].append(name)
    assert {name: listed(found, name) for name in LISTS} == expected
    assert {name: found["summary"][name] for name in LISTS} == {
        name: len(ids) for name, ids in expected.items()
    }
    assert found["summary"]["compared"] == sum(len(ids) for ids in expected.values()) == 63
    for issue in found["issues"]:
        for entry in (entry for name in LISTS for entry in issue[name]):
            sides = (
                Counter((f["code"], f["level"], f["path"]) for f in side[entry["id"]]["findings"])
                for side in (before, after)
            )
            gone, came, both = (
                Counter((f["code"], f["level"], f["path"]) for f in entry["findings"][name])
                for name in ("gone", "new", "unchanged")
            )
            assert [gone + both, came + both] == [*sides]
            assert not gone & came


def test_seed_on_two_days(call: Call) -> None:
    """What opens on 31 March is the one new gap of the seed's fixture."""
    write_report(call, "march.json", SEED, "--as-of", "2567-03-01")
    done = call("diff", "march.json", SEED, "--as-of", "2567-10-15", "--fail-on-regression")
    assert (done.code, done.err) == (1, "")
    found = diff_json(call, "march.json", SEED, "--as-of", "2567-10-15")
    assert [listed(found, name) for name in LISTS[:2]] == [["5.1.4"], []]
    closing = say("comparison.closing.regression", new_gaps=1, compared=63, fixed=0, left=38)
    assert closing.split()[0] in done.out
    assert done.out.endswith(say("report.exit", code=1) + "\n")


# Reports and evidence files


def test_report_or_evidence_is_the_same(folder: Path, call: Call) -> None:
    """A side may be a report or its evidence file: only the file's name differs."""
    for name in ("old", "new"):
        write_report(call, f"{name}.json", f"{name}.yaml", *DAY)
    (folder / "report-by-another-name").write_bytes((folder / "old.json").read_bytes())
    found = [
        diff_json(call, *pair)
        for pair in (
            ("old.yaml", "new.yaml", *DAY),
            ("old.json", "new.yaml", *DAY),
            ("old.yaml", "new.json", *DAY),
            ("old.json", "new.json"),
            ("report-by-another-name", "new.json"),
        )
    ]
    for one in found:
        for side in ("old", "new"):
            del one[side]["path"]
    assert found[0]["summary"]["compared"] == 63
    assert all(one == found[0] for one in found)


def test_findings_are_matched_one_by_one(folder: Path, call: Call) -> None:
    """Of two findings with one code and path one may be new and the other stay."""
    report = write_report(call, "one.json", "new.yaml", *DAY)
    findings = report["issues"][0]["requirements"][0]["findings"]
    assert len(findings) > 1
    findings.append({**findings[0], "line": 7})
    (folder / "two.json").write_text(json.dumps(report), encoding="utf-8")
    for pair, name in (
        (("one.json", "two.json"), "new"),
        (("two.json", "one.json"), "gone"),
    ):
        entry = diff_json(call, *pair)["issues"][0]["unchanged_gaps"][0]["findings"]
        assert [one["line"] for one in entry[name]] == [7]
        assert len(entry["unchanged"]) == len(findings) - 1


def test_errors_come_first_and_share_a_remedy(folder: Path, call: Call) -> None:
    """Errors stand before warnings; what is mended alike at one place has one place and remedy."""
    report = write_report(call, "old.json", "new.yaml", *DAY)
    gap = report["issues"][0]["requirements"][0]
    common = {"path": "evidence.x", "line": 3, "column": 1, "fix": "mend it", "level": "error"}
    gap["findings"] = [
        {**common, "code": "a", "message": "advice", "level": "warning", "line": 1},
        {**common, "code": "b", "message": "first"},
        {**common, "code": "c", "message": "second"},
    ]
    (folder / "new.json").write_text(json.dumps(report), encoding="utf-8")
    for form, place in (("text", "new.yaml:3:1"), ("markdown", "`new.yaml:3:1`")):
        shown = call("diff", "old.json", "new.json", "--lang", "en", "-f", form).out
        assert shown.index("first") < shown.index("second") < shown.index("advice")
        assert shown.count("mend it") == 2
        assert shown.count(place) == (1 if form == "text" else 2)


@pytest.mark.parametrize("evidence", [SEED, STATUSES_FILE])
def test_codes_are_compared_not_words(call: Call, evidence: Path) -> None:
    """A report in Thai and one in English say the same; what is shown are the new side's words."""
    day = ("--as-of", "2567-03-01")
    write_report(call, "th.json", evidence, *day, "--lang", "th")
    english = write_report(call, "en.json", evidence, *day, "--lang", "en")
    found = diff_json(call, "th.json", "en.json", "--lang", "th")
    assert [listed(found, name) for name in ("new_gaps", "fixed", "changed_statuses")] == [[]] * 3
    shown = [entry for issue in found["issues"] for name in LISTS for entry in issue[name]]
    assert all(not entry["findings"]["new"] + entry["findings"]["gone"] for entry in shown)
    titles = [entry["title"] for issue in english["issues"] for entry in issue["requirements"]]
    assert {entry["title"] for entry in shown} == {*titles}
    assert say("comparison.doubt.same_judgement") in [one["message"] for one in found["warnings"]]


def test_evidence_written_as_json(folder: Path, call: Call) -> None:
    """An evidence file may be a flow mapping, in JSON too: what tells a report is `format`."""
    content = {"agency": {"name": "เทศบาลตัวอย่าง"}, "fiscal_year": 2567}
    for name in ("e.yaml", "e.json"):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    (folder / "flow.yaml").write_text("{agency: {name: เทศบาลตัวอย่าง}, fiscal_year: 2567}")
    for name in ("e.yaml", "e.json", "flow.yaml"):
        found = diff_json(call, name, "new.yaml", *DAY)
        assert (found["old"]["evidence"]["path"], found["summary"]["compared"]) == (name, 63)


def test_standard_input(folder: Path, call: Call) -> None:
    """`-` may be either side, and hold either sort of file; its files lie in the current folder."""
    write_report(call, "old.json", "old.yaml", *DAY)
    wanted = json.loads(run("diff", "old.json", "new.yaml", *DAY, "-f", "json", cwd=folder).stdout)
    for words, file in ((("-", "new.yaml"), "old.json"), (("old.json", "-"), "new.yaml")):
        data = (folder / file).read_bytes()
        done = run("diff", *words, *DAY, "-f", "json", cwd=folder, stdin=data)
        found = json.loads(done.stdout)
        assert (done.returncode, done.stderr) == (0, b"")
        assert found["issues"] == wanted["issues"]
        assert "-" in (found["old"]["path"], found["new"]["path"])


def test_file_beside_evidence_on_standard_input(folder: Path) -> None:
    """A `file` of an evidence file is looked for where `check` looks for it."""
    (folder / "there.pdf").write_bytes(b"%PDF")
    text = NEW.replace("url: https://www.example.go.th/asset", "file: [there.pdf, gone.pdf]")
    (folder / "sub").mkdir()
    (folder / "sub" / "new.yaml").write_text(text, encoding="utf-8")
    (folder / "sub" / "gone.pdf").write_bytes(b"%PDF")
    missing = []
    for name, stdin in (("-", text.encode()), ("sub/new.yaml", b"")):
        done = run("diff", "old.yaml", name, *DAY, "-f", "json", cwd=folder, stdin=stdin)
        entries = [e for one in json.loads(done.stdout)["issues"] for n in LISTS for e in one[n]]
        findings = [f for entry in entries for f in entry["findings"]["new"]]
        missing.append({f["path"] for f in findings if f["code"] == "file_missing"})
    assert missing == [{"evidence.asset_manual.file[1]"}, {"evidence.asset_manual.file[0]"}]


# Exit codes and the sentence that says them


def test_exit_codes(folder: Path) -> None:
    """0 without a word, 1 for a new gap where asked, and never for one that was there before."""
    rows = [
        ((), 0, "new_gaps"),
        (("--fail-on-regression",), 1, "regression"),
    ]
    for words, code, key in rows:
        done = run("diff", *PAIR, *words, "--width", "200", cwd=folder)
        closing = say(f"comparison.closing.{key}", new_gaps=1, compared=5, fixed=1, left=1)
        last = f"{closing} {say('report.exit', code=code)}\n"
        assert (done.returncode, done.stderr) == (code, b"")
        assert done.stdout.decode().endswith("\n\n" + last)
    back = run("diff", "new.yaml", "new.yaml", *DAY, "--fail-on-regression", cwd=folder)
    assert back.returncode == 0
    closing = say("comparison.closing.no_new_gap", new_gaps=0, compared=63, fixed=0, left=59)
    assert closing in back.stdout.decode()


def test_nothing_in_common_is_never_green(call: Call) -> None:
    """Two selections that share no requirement come to 3, whatever else is asked."""
    write_report(call, "four.json", "old.yaml", "--issue", "4", *DAY)
    for words in ((), ("--fail-on-regression",)):
        done = call("diff", "four.json", "new.yaml", "--issue", "7", *DAY, *words)
        assert (done.code, done.err) == (3, "")
        assert say("comparison.closing.nothing") in " ".join(done.out.split())
        assert say("comparison.not_compared", count=17) in done.out
    found = diff_json(call, "four.json", "new.yaml", "--issue", "7", *DAY)
    assert found["issues"] == []
    assert len(found["not_compared"]) == found["summary"]["not_compared"] == 17
    assert [one["code"] for one in found["warnings"]] == ["selection"]


def test_issue_that_is_not_there(call: Call) -> None:
    """An issue that the catalogue does not have is told, and is 3 even beside one that it has."""
    said = say("commands.no_such_issue", issues=("8",)) + "\n"
    for words in (("--issue", "8"), ("--issue", "8", "--issue", "4")):
        done = call("diff", "old.yaml", "new.yaml", *words, *DAY)
        assert (done.code, done.err) == (3, said)


# Requirements that one side does not have


def edited(report: Any, name: str, file: str) -> None:
    """The report of a catalogue that does not have a requirement, written to a file."""
    content = json.loads(json.dumps(report))
    content["catalogue"] |= {"requirements": 62, "sha256": "0" * 64}
    for issue in content["issues"]:
        issue["requirements"] = [one for one in issue["requirements"] if one["id"] != name]
    Path(file).write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.parametrize(("name", "status"), [("4.1.2", "met"), ("4.1.3", "incomplete")])
def test_requirement_of_one_catalogue_only(call: Call, name: str, status: str) -> None:
    """A requirement that came with a catalogue is a new gap if it is one; one that went is told."""
    report = write_report(call, "whole.json", "new.yaml", *DAY)
    edited(report, name, "less.json")
    came = diff_json(call, "less.json", "whole.json")
    expected = "new_gaps" if status in GAPS else "changed_statuses"
    assert listed(came, expected) == [name]
    assert came["summary"]["compared"] == 63
    entry = next(one for issue in came["issues"] for one in issue[expected])
    assert (entry["old_status"], entry["new_status"]) == (None, status)
    went = diff_json(call, "whole.json", "less.json")
    assert listed(went, "changed_statuses") == [name]
    assert (went["summary"]["new_gaps"], went["summary"]["fixed"]) == (0, 0)
    assert [one["code"] for one in went["warnings"]] == ["other_rules"]
    assert say("comparison.came") in call("diff", "less.json", "whole.json").out
    assert say("comparison.went") in call("diff", "whole.json", "less.json").out


def test_selection_is_not_compared_beyond_itself(call: Call) -> None:
    """What a selection leaves out is neither new nor gone, and that is said."""
    write_report(call, "whole.json", "old.yaml", *DAY)
    for pair in (("whole.json", "new.yaml"), ("new.yaml", "whole.json")):
        found = diff_json(call, *pair, "--issue", "4", *DAY)
        assert (found["summary"]["compared"], found["summary"]["not_compared"]) == (5, 58)
        assert [issue["number"] for issue in found["issues"]] == [4]
        ids = [rule.id for rule in catalogue().requirements if not rule.id.startswith("4.")]
        assert found["not_compared"] == ids
        shown = call("diff", *pair, "--issue", "4", *DAY).out
        assert say("comparison.doubt.selection", count=58) in " ".join(shown.split())


def waivers(*requirements: str) -> str:
    """Evidence with waivers that have expired, in an order."""
    rows = [
        f'  - {{requirement: "{one}", status: waived, reason: ก, approved_by: ข, '
        "expires: 2566-12-31}\n"
        for one in requirements
    ]
    return "agency: {name: ก}\nfiscal_year: 2567\nexceptions:\n" + "".join(rows)


def test_exceptions_are_known_by_their_requirement(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one taken out is named, whatever its place in the list; a report says the same."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.yaml").write_text(waivers("6.1.1", "7.1.1"), encoding="utf-8")
    (tmp_path / "new.yaml").write_text(waivers("7.1.1"), encoding="utf-8")
    day = ("--as-of", "2567-03-01")
    call("old.yaml", "-o", "json=old.json", "--lang", "en", *day)
    for old in ("old.yaml", "old.json"):
        found = json.loads(call("diff", old, "new.yaml", *day, "-f", "json", "--lang", "en").out)
        findings = found["findings"]
        told = {sort: [one["message"] for one in findings[sort]] for sort in findings}
        assert [message for one in told.values() for message in one if "6.1.1" in message] == [
            "the waiver of 6.1.1 expired on 31 Dec 2566 BE (2023-12-31) and is void"
        ]
        assert any("6.1.1" in message for message in told["gone"]), told


def test_findings_about_what_is_not_compared_are_left_out(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A selection knows nothing of the other issues' exceptions, so nothing came and nothing went."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "all.yaml").write_text(waivers("6.1.1", "7.1.1"), encoding="utf-8")
    day = ("--as-of", "2567-03-01")
    call("all.yaml", "-o", "json=six.json", "--issue", "6", *day)
    call("all.yaml", "-o", "json=all.json", *day)
    for pair in (("six.json", "all.json"), ("all.json", "six.json")):
        findings = json.loads(call("diff", *pair, "-f", "json").out)["findings"]
        assert {sort: len(findings[sort]) for sort in ("new", "gone")} == {"new": 0, "gone": 0}

"""What evidence comes to, as contract.md, section 3, has it, seen through the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from ita_check.cli import main
from ita_check.texts import phrase

WEBSITE = "https://www.example.go.th"
END = "30 ก.ย. 2567"
DONE = "{responsible: กองคลัง, period: ต.ค. 66 - ก.ย. 67, result: ทำแล้ว, outcome: ใช้ได้จริง}"
NO_ROW = ["responsible_missing", "period_missing"]
LOAN = "evidence: {asset_borrowing: {form: ใบยืม, approver: ปลัดเทศบาล}}\n"
HALF = "evidence: {asset_borrowing: {form: ใบยืม}}\n"
ROW = f'actions: {{"4.1.2": {DONE}}}\n'

Judge = Callable[..., Any]
Row = tuple[str, str, str]


@pytest.fixture
def judge(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Judge:
    """The report on the given sections, with a head for fiscal year 2567 before them."""
    monkeypatch.chdir(tmp_path)

    def report(text: str, *words: str, as_of: str = END, website: str = WEBSITE) -> Any:
        head = f"agency:\n  name: เทศบาลตัวอย่าง\n  website: {website}\nfiscal_year: 2567\n"
        (tmp_path / "e.yaml").write_text(head + text, "utf-8")
        capsys.readouterr()
        main(["e.yaml", "-f", "json", "--as-of", as_of, *words])
        return json.loads(capsys.readouterr().out)

    return report


def found(report: Any, requirement: str) -> tuple[str, list[Row]]:
    """The status of a requirement and its findings."""
    for issue in report["issues"]:
        for entry in issue["requirements"]:
            if entry["id"] == requirement:
                return entry["status"], [
                    (f["code"], f["level"], f["path"]) for f in entry["findings"]
                ]
    raise AssertionError(requirement)


def told(report: Any) -> list[Row]:
    """The findings of the file itself."""
    return [(f["code"], f["level"], f["path"]) for f in report["findings"]]


def waived(requirement: str, expires: str, status: str = "waived") -> str:
    """A section with one exception."""
    return (
        f'exceptions: [{{requirement: "{requirement}", status: {status}, reason: อยู่ระหว่างทำ, '
        f"approved_by: ปลัดเทศบาล, expires: {expires}}}]\n"
    )


def excepted(requirement: str) -> str:
    """A section with one requirement that does not apply."""
    return f'exceptions: [{{requirement: "{requirement}", status: not_applicable, reason: ไม่มี}}]\n'


# Statuses and their order

NOT_DECLARED = ("not_declared", "error", "evidence.asset_borrowing")
NO_APPROVER = ("field_missing", "error", "evidence.asset_borrowing.approver")
UNNEEDED = ("exception_unneeded", "warning", "exceptions[0]")
EXPIRED = ("waiver_expired", "warning", "exceptions[0].expires")
EXPIRING = ("waiver_expiring", "warning", "exceptions[0].expires")

ORDER = [
    ("met", LOAN + ROW, "met", [], []),
    ("declared with an error", HALF + ROW, "incomplete", [NO_APPROVER], []),
    ("not declared", ROW, "missing", [NOT_DECLARED], []),
    ("met but excepted", LOAN + ROW + excepted("4.1.2"), "met", [], [UNNEEDED]),
    ("met but waived", LOAN + ROW + waived("4.1.2", "2567-12-31"), "met", [], [UNNEEDED]),
    ("met, its waiver over", LOAN + ROW + waived("4.1.2", "2566-12-31"), "met", [], None),
    ("incomplete and excepted", HALF + ROW + excepted("4.1.2"), "not_applicable", None, []),
    ("missing and excepted", ROW + excepted("4.1.2"), "not_applicable", [NOT_DECLARED], []),
    ("missing and waived", ROW + waived("4.1.2", "2567-12-31"), "waived", [NOT_DECLARED], []),
    (
        "incomplete and waived",
        HALF + ROW + waived("4.1.2", "2567-12-31"),
        "waived",
        [NO_APPROVER],
        [],
    ),
    ("waiver over", HALF + ROW + waived("4.1.2", "2567-09-29"), "incomplete", None, [EXPIRED]),
    (
        "waiver over, missing",
        ROW + waived("4.1.2", "29 ก.ย. 67"),
        "missing",
        [NOT_DECLARED],
        [EXPIRED],
    ),
    ("last day of a waiver", ROW + waived("4.1.2", "2567-09-30"), "waived", None, [EXPIRING]),
    ("30 days left", ROW + waived("4.1.2", "2567-10-30"), "waived", None, [EXPIRING]),
    ("31 days left", ROW + waived("4.1.2", "2567-10-31"), "waived", None, []),
    (
        "does not apply, whatever its expiry",
        ROW + waived("4.1.2", "2560-01-01", "not_applicable"),
        "not_applicable",
        None,
        None,
    ),
]


@pytest.mark.parametrize(
    ("text", "status", "findings", "of_file"), [r[1:] for r in ORDER], ids=[r[0] for r in ORDER]
)
def test_order(
    judge: Judge, text: str, status: str, findings: list[Row] | None, of_file: list[Row] | None
) -> None:
    """Met comes first, then a valid exception, then what is missing or incomplete."""
    report = judge(text, "--issue", "4")
    judged = found(report, "4.1.2")
    assert judged == (status, judged[1] if findings is None else findings)
    if of_file is not None:
        assert told(report) == of_file


def test_warnings_do_not_change_a_status(judge: Judge) -> None:
    """Advice leaves a requirement met."""
    text = 'evidence: {contact: {covers: [address]}}\nactions: {"3.1.4": DONE}\n'
    assert found(judge(text.replace("DONE", DONE)), "3.1.4") == (
        "met",
        [("part_missing", "warning", "evidence.contact.covers")],
    )


def test_no_evidence_but_an_action_row(judge: Judge) -> None:
    """What was done without evidence is missing, and said once at the first of the kinds."""
    text = f'actions: {{"1.1.1": {DONE}}}\n'
    assert found(judge(text), "1.1.1") == (
        "missing",
        [("not_declared", "error", "evidence.service_manual")],
    )


def test_evidence_without_an_action_row(judge: Judge) -> None:
    """Whole evidence without who and when is incomplete."""
    assert found(judge(LOAN), "4.1.2") == (
        "incomplete",
        [(code, "error", "actions.4.1.2") for code in NO_ROW],
    )


NOTHING = ["", "~", "{}", "[]", "{note: มี}", "[{note: มี}, {}]", "{title: , form: ''}", "[~, '']"]


@pytest.mark.parametrize("item", NOTHING)
def test_an_item_without_a_fact_is_not_declared(judge: Judge, item: str) -> None:
    """Nothing, blanks and a note alone declare nothing."""
    text = f"evidence: {{asset_borrowing: {item}}}\n{ROW}"
    assert found(judge(text), "4.1.2") == ("missing", [NOT_DECLARED])


def test_any_fact_declares(judge: Judge) -> None:
    """One fact is enough to be declared."""
    text = f"evidence: {{asset_borrowing: {{note: ก, document_no: ๑๒}}}}\n{ROW}"
    assert found(judge(text), "4.1.2")[0] == "incomplete"


# Not due

PROGRESS = """\
evidence:
  procurement_progress: {as_of: 2567-03-31, months: ต.ค. 66 - มี.ค. 67, signed_contracts: yes}
"""
PROGRESS_ROW = f'actions: {{"5.1.4": {DONE}}}\n'


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2566-10-01", "not_due"),
        ("2567-03-30", "not_due"),
        ("2567-03-31", "missing"),
        ("2567-04-01", "missing"),
    ],
)
def test_not_due(judge: Judge, as_of: str, status: str) -> None:
    """Monthly progress is asked from 31 March on, that day included."""
    report = judge(PROGRESS_ROW, as_of=as_of)
    assert found(report, "5.1.4") == (
        status,
        [("not_declared", "error", "evidence.procurement_progress")],
    )
    entry = next(e for i in report["issues"] for e in i["requirements"] if e["id"] == "5.1.4")
    assert entry["opens"] == ("2024-03-31" if status == "not_due" else None)


def test_only_one_requirement_opens_late(judge: Judge) -> None:
    """On the first day of the year everything else is due."""
    summary = judge("", as_of="2566-10-01")["summary"]
    assert {name: summary[name] for name in ("missing", "not_due")} == {
        "missing": 62,
        "not_due": 1,
    }


def test_not_due_beside_the_other_statuses(judge: Judge) -> None:
    """Met beats not due, a valid exception beats it too, a waiver that is over does not."""
    early = "2567-03-01"
    assert found(judge(PROGRESS + PROGRESS_ROW, as_of=early), "5.1.4") == ("met", [])
    half = PROGRESS.replace("มี.ค. 67", "ก.พ. 67") + PROGRESS_ROW
    assert found(judge(half, as_of=early), "5.1.4") == (
        "not_due",
        [("part_missing", "error", "evidence.procurement_progress.months")],
    )
    assert found(judge(half), "5.1.4")[0] == "incomplete"
    for text, status, of_file in (
        (excepted("5.1.4"), "not_applicable", []),
        (waived("5.1.4", "2567-12-31"), "waived", []),
        (waived("5.1.4", "2567-02-29"), "not_due", [EXPIRED]),
    ):
        report = judge(half + text, as_of=early)
        assert (found(report, "5.1.4")[0], told(report)) == (status, of_file)


# What is counted


def test_what_is_not_judged_is_listed_but_not_counted(judge: Judge) -> None:
    """Findings of excepted, waived and not due requirements count nowhere."""
    others = "".join(
        f'  - {{requirement: "5.1.{step}", status: not_applicable, reason: ก}}\n'
        for step in (1, 2, 3, 5)
    )
    text = (
        f"exceptions:\n{others}"
        '  - {requirement: "5.1.6", status: waived, reason: ก, approved_by: ข, expires: 2568-01-01}\n'
    )
    report = judge(text, "--issue", "5", as_of="2567-03-01")
    assert report["summary"] == {
        "requirements": 6,
        "met": 0,
        "incomplete": 0,
        "missing": 0,
        "not_due": 1,
        "not_applicable": 4,
        "waived": 1,
        "errors": 0,
        "warnings": 0,
    }
    assert [len(entry["findings"]) for entry in report["issues"][0]["requirements"]] == [3] * 6


def test_findings_of_the_file_are_counted_once(judge: Judge) -> None:
    """A warning about an exception counts in the summary and reaches `--fail-on warning`."""
    text = (
        LOAN
        + ROW
        + "exceptions:\n"
        + '  - {requirement: "4.1.2", status: not_applicable, reason: ก}\n'
        + "".join(
            f'  - {{requirement: "4.1.{step}", status: not_applicable, reason: ก}}\n'
            for step in (1, 3, 4, 5)
        )
    )
    report = judge(text, "--issue", "4")
    assert (report["summary"]["errors"], report["summary"]["warnings"]) == (0, 1)
    assert report["issues"][0]["summary"]["warnings"] == 0
    codes = [
        main(["e.yaml", "--issue", "4", "--as-of", END, "-q", "--fail-on", level])
        for level in ("error", "warning", "never")
    ]
    assert codes == [0, 1, 0]


def test_a_warning_of_what_is_not_judged_reaches_nothing(judge: Judge) -> None:
    """The advice of a waived requirement does not reach `--fail-on warning`."""
    row = "{responsible: ก, period: ต.ค. 66 - มี.ค. 67}"
    text = f'{LOAN}actions: {{"4.1.2": {DONE}, "4.1.1": {row}}}\nexceptions:\n' + "".join(
        f'  - {{requirement: "4.1.{step}", status: not_applicable, reason: ก}}\n'
        for step in (1, 3, 4, 5)
    )
    report = judge(text, "--issue", "4")
    assert ("outcome_missing", "warning", "actions.4.1.1.outcome") in found(report, "4.1.1")[1]
    assert main(["e.yaml", "--issue", "4", "--as-of", END, "-q", "--fail-on", "warning"]) == 0


# The action row

PERIOD = "period: 1 ต.ค. 2566 - 31 มี.ค. 2567"
RESULT = ("result_missing", "error", "actions.4.1.2.result")
OUTCOME = ("outcome_missing", "warning", "actions.4.1.2.outcome")
UNIT = ("responsible_missing", "error", "actions.4.1.2.responsible")
NO_PERIOD = ("period_missing", "error", "actions.4.1.2.period")

ROWS = [
    ("on its last day", f"{{responsible: ก, {PERIOD}}}", "31 มี.ค. 2567", "met", []),
    (
        "on the day after",
        f"{{responsible: ก, {PERIOD}}}",
        "1 เม.ย. 2567",
        "incomplete",
        [RESULT, OUTCOME],
    ),
    (
        "with a result",
        f"{{responsible: ก, {PERIOD}, result: ข}}",
        "1 เม.ย. 2567",
        "met",
        [OUTCOME],
    ),
    (
        "with an outcome only",
        f"{{responsible: ก, {PERIOD}, outcome: ข}}",
        "1 เม.ย. 2567",
        "incomplete",
        [RESULT],
    ),
    (
        "with a blank result",
        f"{{responsible: ก, {PERIOD}, result: ' ', outcome: ~}}",
        "1 เม.ย. 2567",
        "incomplete",
        [RESULT, OUTCOME],
    ),
    ("whole", f"{{responsible: ก, {PERIOD}, result: ข, outcome: ค}}", "2567-04-01", "met", []),
    (
        "without a unit",
        f"{{{PERIOD}, result: ข, outcome: ค}}",
        "2567-04-01",
        "incomplete",
        [UNIT],
    ),
    ("without a period", "{responsible: ก}", "2600-01-01", "incomplete", [NO_PERIOD]),
    ("with nothing but a result", "{result: ข}", "2600-01-01", "incomplete", [UNIT, NO_PERIOD]),
    (
        "blank",
        "{responsible: , period: ''}",
        "2600-01-01",
        "incomplete",
        [(code, "error", "actions.4.1.2") for code in NO_ROW],
    ),
    (
        "null",
        "~",
        "2600-01-01",
        "incomplete",
        [(code, "error", "actions.4.1.2") for code in NO_ROW],
    ),
    ("of several units", f"{{responsible: [ก, ข/ค], {PERIOD}}}", "2567-03-31", "met", []),
    (
        "of from and to",
        "{responsible: ก, period: {from: 2566-10-01, to: 2567-03-31}}",
        "2567-03-31",
        "met",
        [],
    ),
]


@pytest.mark.parametrize(
    ("row", "as_of", "status", "findings"), [r[1:] for r in ROWS], ids=[r[0] for r in ROWS]
)
def test_action_row(judge: Judge, row: str, as_of: str, status: str, findings: list[Row]) -> None:
    """Unit and period are due always, result and outcome from the day after the period."""
    report = judge(f'{LOAN}actions: {{"4.1.2": {row}}}\n', as_of=as_of)
    assert found(report, "4.1.2") == (status, findings)


def test_action_row_of_an_excepted_requirement(judge: Judge) -> None:
    """A row for what is excepted is fine."""
    report = judge(ROW + excepted("4.1.2"))
    assert (found(report, "4.1.2")[0], told(report)) == ("not_applicable", [])


# The nearest item


def test_one_item_has_to_pass_everything(judge: Judge) -> None:
    """Two halves make no whole: the item that comes nearest is told, the first of equals."""
    text = "evidence: {asset_borrowing: [{form: ใบยืม}, {approver: ปลัด}]}\n" + ROW
    assert found(judge(text), "4.1.2") == (
        "incomplete",
        [("field_missing", "error", "evidence.asset_borrowing[0].approver")],
    )


def test_nearest_has_the_fewest_errors_then_warnings(judge: Judge) -> None:
    """Errors weigh more than any number of warnings, and warnings decide among equals."""
    first = "{title: ก}"
    less = "{fiscal_year: 2567, covers: [activities]}"
    least = "{fiscal_year: 2567, covers: [activities, period]}"
    text = f'evidence: {{annual_plan: [{first}, {less}, {least}]}}\nactions: {{"1.4.1": {DONE}}}\n'
    assert found(judge(text), "1.4.1") == (
        "incomplete",
        [("part_missing", "error", "evidence.annual_plan[2].covers")],
    )
    text = text.replace(f", {least}", "")
    assert found(judge(text), "1.4.1") == (
        "incomplete",
        [
            ("part_missing", "error", "evidence.annual_plan[1].covers"),
            ("part_missing", "warning", "evidence.annual_plan[1].covers"),
        ],
    )


def test_one_passing_item_is_enough(judge: Judge) -> None:
    """Whatever else is declared, one item that passes all checks is enough."""
    text = "evidence: {asset_borrowing: [{form: ก}, {form: ก, approver: ข}, {title: ค}]}\n" + ROW
    assert found(judge(text), "4.1.2") == ("met", [])


def test_either_kind(judge: Judge) -> None:
    """The standard may stand in either manual, but not half in each."""
    row = f'actions: {{"1.1.1": {DONE}}}\n'
    for kind in ("service_manual", "work_manual"):
        text = f"evidence: {{{kind}: {{covers: [steps, duration]}}}}\n{row}"
        assert found(judge(text), "1.1.1") == ("met", [])
    text = (
        f"evidence: {{work_manual: {{covers: steps}}, service_manual: {{covers: duration}}}}\n{row}"
    )
    assert found(judge(text), "1.1.1") == (
        "incomplete",
        [("part_missing", "error", "evidence.service_manual.covers")],
    )


# Together


def test_lists_of_several_items_count_together(judge: Judge) -> None:
    """Three codes in three items are three codes; only what none of them has is missing."""
    row = f'actions: {{"6.1.7": {DONE}}}\n'
    codes = ["local_executives", "council_members", "local_officials"]
    items = ", ".join(f"{{codes: {code}}}" for code in codes)
    assert found(judge(f"evidence: {{codes_of_ethics: [{items}]}}\n{row}"), "6.1.7") == ("met", [])
    items = ", ".join(f"{{codes: {code}}}" for code in codes[:2])
    assert found(judge(f"evidence: {{codes_of_ethics: [{items}]}}\n{row}"), "6.1.7") == (
        "incomplete",
        [("part_missing", "error", "evidence.codes_of_ethics[0].codes")],
    )


def test_every_other_check_is_one_items(judge: Judge) -> None:
    """Six monthly reports make six months, but the state of the day is that of one of them."""
    months = ["2566-10", "2566-11", "2566-12", "2567-01", "2567-02", "2567-03"]
    reports = [f"{{months: {month}, as_of: {month}-28}}" for month in months]
    reports[-1] = "{months: 2567-03, as_of: 2567-03-31, signed_contracts: yes}"
    text = f"evidence: {{procurement_progress: [{', '.join(reports)}]}}\n{PROGRESS_ROW}"
    assert found(judge(text), "5.1.4") == ("met", [])
    text = text.replace(", signed_contracts: yes", "").replace(
        "as_of: 2566-10-28", "as_of: 2566-10-28, signed_contracts: yes"
    )
    assert found(judge(text), "5.1.4") == (
        "incomplete",
        [("as_of_too_early", "error", "evidence.procurement_progress[0].as_of")],
    )


def test_a_thai_and_an_english_version(judge: Judge) -> None:
    """The languages of two versions count together, who signed does not."""
    row = f'actions: {{"2.1.5": {DONE}}}\n'
    thai = (
        "{languages: th, fiscal_year: 2567, signed_on: 2 ต.ค. 2566, signed_by: นายกเทศมนตรี, "
        "signer_is_top_executive: yes}"
    )
    text = f"evidence: {{no_gift_policy: [{{languages: en}}, {thai}]}}\n{row}"
    assert found(judge(text), "2.1.5") == ("met", [])
    text = f"evidence: {{no_gift_policy: [{thai}]}}\n{row}"
    assert found(judge(text), "2.1.5") == (
        "incomplete",
        [("part_missing", "error", "evidence.no_gift_policy[0].languages")],
    )


def test_inspections_of_several_items(judge: Judge) -> None:
    """Two dates in two items are two; the same day twice is one."""
    row = f'actions: {{"4.1.3": {DONE}}}\n'
    items = (
        "{inspected_on: 2567-03-29, covers: materials}, "
        "{inspected_on: 2567-09-27, covers: durable_articles}"
    )
    assert found(judge(f"evidence: {{asset_inspection: [{items}]}}\n{row}"), "4.1.3") == ("met", [])
    items = items.replace("2567-09-27", "29 มี.ค. 67")
    assert found(judge(f"evidence: {{asset_inspection: [{items}]}}\n{row}"), "4.1.3") == (
        "incomplete",
        [("too_few", "error", "evidence.asset_inspection[0].inspected_on")],
    )


# Files


def test_file_missing(judge: Judge, tmp_path: Path) -> None:
    """A file that is not there, is empty or is no file is an error of the item that is judged."""
    (tmp_path / "whole.pdf").write_text("x")
    (tmp_path / "empty.pdf").write_text("")
    (tmp_path / "folder").mkdir()
    row = f'actions: {{"3.1.3": {DONE}}}\n'
    for file in ("nowhere.pdf", "empty.pdf", "folder"):
        text = f"evidence: {{powers_and_duties: {{file: {file}}}}}\n{row}"
        assert found(judge(text), "3.1.3") == (
            "incomplete",
            [("file_missing", "error", "evidence.powers_and_duties.file")],
        )
        text = f"evidence: {{powers_and_duties: [{{file: {file}}}, {{file: whole.pdf}}]}}\n{row}"
        assert found(judge(text), "3.1.3") == ("met", [])
    text = f"evidence: {{powers_and_duties: {{file: [whole.pdf, nowhere.pdf, a.pdf]}}}}\n{row}"
    assert found(judge(text), "3.1.3") == (
        "incomplete",
        [
            ("file_missing", "error", "evidence.powers_and_duties.file[1]"),
            ("file_missing", "error", "evidence.powers_and_duties.file[2]"),
        ],
    )


def test_file_missing_on_every_requirement_that_judges_the_item(judge: Judge) -> None:
    """A missing file is told by each requirement that looks at the item, publication included."""
    text = (
        f"evidence:\n  hr_report: {{fiscal_year: 2566, url: {WEBSITE}/hr, file: nowhere.pdf}}\n"
        f'actions: {{"6.1.2": {DONE}, "6.1.8": {DONE}}}\n'
    )
    report = judge(text)
    missing = [("file_missing", "error", "evidence.hr_report.file")]
    assert found(report, "6.1.2") == ("incomplete", missing)
    assert found(report, "6.1.8") == ("incomplete", missing)


def test_file_missing_beside_a_nearer_item(judge: Judge) -> None:
    """A publication requirement judges, per kind, the item that comes nearest."""
    text = (
        "evidence:\n  hr_report:\n"
        f"    - {{fiscal_year: 2566, url: {WEBSITE}/hr, file: nowhere.pdf}}\n"
        f"    - {{fiscal_year: 2566, url: {WEBSITE}/hr}}\n"
        f'actions: {{"6.1.2": {DONE}, "6.1.8": {DONE}}}\n'
    )
    report = judge(text)
    assert (found(report, "6.1.2"), found(report, "6.1.8")) == (("met", []), ("met", []))


def test_file_of_a_declaration(judge: Judge) -> None:
    """The file of a notice within an item is looked for too."""
    text = (
        "evidence:\n  procurement_plan:\n    fiscal_year: 2567\n    over_500k: ไม่มี\n"
        "    none_declaration: {announced_on: 2566-10-05, file: nowhere.pdf}\n"
        f'actions: {{"5.1.2": {DONE}}}\n'
    )
    assert found(judge(text), "5.1.2") == (
        "incomplete",
        [("file_missing", "error", "evidence.procurement_plan.none_declaration.file")],
    )


# Publication

PUBLIC = f'actions: {{"1.4.5": {DONE}, "1.3.3": {DONE}, "6.1.8": {DONE}, "7.1.12": {DONE}}}\n'


def plan(year: int, url: str = "", extra: str = "") -> str:
    """An annual plan of a year."""
    return f"{{fiscal_year: {year}{f', url: {url}' if url else ''}{extra}}}"


PUBLICATIONS = [
    ("nothing declared", "1.4.5", "{}", "missing", [("not_declared", "error", "annual_plan")]),
    ("of the year", "1.4.5", f"{{annual_plan: {plan(2567, WEBSITE)}}}", "met", []),
    (
        "elsewhere is advice where it must be public",
        "1.4.5",
        f"{{annual_plan: {plan(2567, 'https://drive.example.com/a')}}}",
        "met",
        [("not_official_host", "warning", "annual_plan.url")],
    ),
    (
        "no URL",
        "1.4.5",
        f"{{annual_plan: {plan(2567)}}}",
        "incomplete",
        [("not_published", "error", "annual_plan.url")],
    ),
    (
        "last year's alone leaves nothing to look at",
        "1.4.5",
        f"{{annual_plan_progress: {plan(2566, WEBSITE)}, annual_plan: {plan(2566, WEBSITE)}}}",
        "incomplete",
        [("not_published", "error", "annual_plan")],
    ),
    (
        "last year's is no publication of this year's",
        "1.4.5",
        f"{{annual_plan: [{plan(2566, WEBSITE)}, {plan(2567)}]}}",
        "incomplete",
        [("not_published", "error", "annual_plan[1].url")],
    ),
    (
        "a kind without an item of the year is not held against it",
        "1.4.5",
        f"{{annual_plan: {plan(2566)}, work_manual: {{url: {WEBSITE}/w}}}}",
        "met",
        [],
    ),
    (
        "any one of the year will do",
        "1.4.5",
        f"{{annual_plan: [{plan(2567)}, {plan(2567, WEBSITE)}, {plan(2567)}]}}",
        "met",
        [],
    ),
    (
        "the report is that of the year before",
        "1.4.5",
        f"{{annual_report: [{plan(2567, WEBSITE)}, {plan(2566)}]}}",
        "incomplete",
        [("not_published", "error", "annual_report[1].url")],
    ),
    (
        "each declared kind is looked at",
        "1.4.5",
        f"{{annual_plan: {plan(2567)}, work_manual: {{title: ก}}}}",
        "incomplete",
        [
            ("not_published", "error", "annual_plan.url"),
            ("not_published", "error", "work_manual.url"),
        ],
    ),
    (
        "in force for all of the year",
        "1.3.3",
        f"{{anti_corruption_plan: {{in_force: 2566-2570, url: {WEBSITE}}}}}",
        "met",
        [],
    ),
    (
        "in force for a part of the year",
        "1.3.3",
        f"{{anti_corruption_plan: {{in_force: 2566-10-02 - 2569-09-30, url: {WEBSITE}}}}}",
        "incomplete",
        [("not_published", "error", "anti_corruption_plan")],
    ),
    (
        "this year's or last year's",
        "1.3.3",
        f"{{anti_corruption_report: [{plan(2565)}, {plan(2567, WEBSITE)}, {plan(2566)}]}}",
        "met",
        [],
    ),
    (
        "in_force alone binds nothing",
        "6.1.8",
        f"{{hr_plan: {{in_force: 2550-2551, url: {WEBSITE}}}}}",
        "met",
        [],
    ),
    (
        "windows of dates bind nothing",
        "6.1.8",
        f"{{ethics_team: {{appointed_on: 2570-01-01, url: {WEBSITE}}}}}",
        "met",
        [],
    ),
    (
        "the year of another kind of check binds",
        "6.1.8",
        f"{{corruption_risk_assessment: [{plan(2566, WEBSITE)}, {plan(2567)}]}}",
        "incomplete",
        [("not_published", "error", "corruption_risk_assessment[1].url")],
    ),
    (
        "the address of a session counts",
        "6.1.8",
        f"{{ethics_training: {{sessions: [{{topic: ก}}, {{url: {WEBSITE}/s}}]}}}}",
        "met",
        [],
    ),
    (
        "elsewhere is an error where it must be on the website",
        "6.1.8",
        "{dos_and_donts: {url: https://facebook.com/x}}",
        "incomplete",
        [("not_official_host", "error", "dos_and_donts.url")],
    ),
    (
        "the first with a URL speaks",
        "6.1.8",
        "{dos_and_donts: [{title: ก}, {url: https://facebook.com/x}, {url: https://line.me/y}]}",
        "incomplete",
        [("not_official_host", "error", "dos_and_donts[1].url")],
    ),
    (
        "linked from the home page is on the website",
        "7.1.12",
        "{corruption_complaint_channel: {url: https://a.example.com, linked_from_homepage: ใช่}}",
        "met",
        [],
    ),
    (
        "linked from the home page without a URL is not",
        "7.1.12",
        "{corruption_complaint_channel: {linked_from_homepage: ใช่}}",
        "incomplete",
        [("not_published", "error", "corruption_complaint_channel.url")],
    ),
    (
        "general complaints are not asked for",
        "7.1.12",
        "{general_complaint_channel: {title: ก}}",
        "missing",
        [("not_declared", "error", "complaint_manual")],
    ),
]


@pytest.mark.parametrize(
    ("requirement", "items", "status", "findings"),
    [row[1:] for row in PUBLICATIONS],
    ids=[row[0] for row in PUBLICATIONS],
)
def test_publication(
    judge: Judge, requirement: str, items: str, status: str, findings: list[Row]
) -> None:
    """Each declared kind is looked at, in its year, and the nearest item speaks for it."""
    report = judge(f"evidence: {items}\n{PUBLIC}")
    assert found(report, requirement) == (
        status,
        [(code, level, f"evidence.{path}") for code, level, path in findings],
    )


def test_channel_besides_the_website(judge: Judge) -> None:
    """The information goes through one more channel, whichever of the six kinds names it."""
    row = f'actions: {{"3.1.7": {DONE}}}\n'
    text = (
        "evidence:\n"
        f"  contact: {{url: {WEBSITE}/c, channels: website}}\n"
        f"  news: {{entries: [{{url: {WEBSITE}/n}}], channels: [website, tiktok]}}\n"
    )
    assert found(judge(text + row), "3.1.7") == ("met", [])
    assert found(judge(text.replace(", tiktok", "") + row), "3.1.7") == (
        "incomplete",
        [("part_missing", "error", "evidence.contact.channels")],
    )
    text = f"evidence: {{news: {{url: {WEBSITE}}}}}\n"
    assert found(judge(text + row), "3.1.7") == (
        "incomplete",
        [("part_missing", "error", "evidence.news.channels")],
    )


# Without a website

SIX = "evidence: {contact: {url: https://www.example.go.th/c, channels: line}}\n"
SIX += f'actions: {{"3.1.7": {DONE}}}\n'


def test_no_website(judge: Judge) -> None:
    """Without a website no URL is official, and a warning at the file says so."""
    report = judge(SIX, website="")
    assert found(report, "3.1.7") == (
        "incomplete",
        [("not_official_host", "error", "evidence.contact.url")],
    )
    assert told(report) == [("website_missing", "warning", "agency.website")]
    report = judge(SIX)
    assert (found(report, "3.1.7"), told(report)) == (("met", []), [])


@pytest.mark.parametrize(
    ("hosts", "status"),
    [("example.go.th", "met"), ("[a.go.th, www.example.go.th]", "met"), ("a.go.th", "incomplete")],
)
def test_official_hosts_without_a_website(judge: Judge, hosts: str, status: str) -> None:
    """Official hosts are enough for a URL to be official, and then nothing is warned of."""
    report = judge(SIX, website=f"\n  official_hosts: {hosts}")
    assert (found(report, "3.1.7")[0], told(report)) == (status, [])


@pytest.mark.parametrize(
    ("url", "official"),
    [
        ("http://example.go.th/c", True),
        ("https://EXAMPLE.go.th:8443/c", True),
        ("https://a.b.example.go.th", True),
        ("https://example.go.th.evil.com/", False),
        ("https://badexample.go.th/", False),
        ("https://www.example.go.th@evil.com/", False),
        ("https://evil.com@www.example.go.th/", True),
        ("https://evil.com/?u=www.example.go.th", False),
        ("https://evil.com/#@www.example.go.th", False),
    ],
)
def test_official_host(judge: Judge, url: str, official: bool) -> None:
    """The host behind `@` counts, its subdomains are official, look-alikes are not."""
    text = SIX.replace("https://www.example.go.th/c", f'"{url}"')
    assert found(judge(text), "3.1.7")[0] == ("met" if official else "incomplete")


# --as-of


@pytest.mark.parametrize(
    "written",
    [
        "2567-03-31",
        "2024-03-31",
        "31/03/2567",
        "31/3/2024",
        "31 มีนาคม 2567",
        "๓๑ มี.ค. ๒๕๖๗",
        "31 มี.ค. พ.ศ. 2567",
        "31 มี.ค. ค.ศ. 2024",
        "วันที่ 31 เดือนมีนาคม พ.ศ. 2567",
        "  31  มี.ค.  2567 ",
    ],
)
def test_as_of_notations(judge: Judge, written: str) -> None:
    """`--as-of` reads a day in every way that the file may write it, with a four-digit year."""
    report = judge("", as_of=written)
    assert (report["as_of"], report["summary"]["not_due"]) == ("2024-03-31", 0)


def test_as_of_may_be_buddhist(judge: Judge) -> None:
    """`2570-10-15` is a day of 2027."""
    assert judge("", as_of="2570-10-15")["as_of"] == "2027-10-15"


@pytest.mark.parametrize(
    "written",
    ["31/03/67", "๓๑ มี.ค. ๖๗", "2568-02-29", "03/31/2567", "31 มี.ค.", "มี.ค. 2567", "2567", "now"],
)
def test_as_of_that_is_no_day(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, written: str
) -> None:
    """A year of two digits has no century there; what is no day is a usage error."""
    (tmp_path / "e.yaml").write_text("agency: {name: ก}\nfiscal_year: 2567\n", "utf-8")
    assert main([str(tmp_path / "e.yaml"), "--as-of", written]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(phrase("commands.wrong_usage", reason="--as-of").say("th"))


def test_deadline_changes_no_status(judge: Judge) -> None:
    """The deadline is shown and nothing more."""
    for deadline in ("30 เม.ย. 2566", "30 เม.ย. 2569"):
        report = judge(f"deadline: {deadline}\n{HALF}{ROW}")
        assert found(report, "4.1.2") == ("incomplete", [NO_APPROVER])
        assert report["deadline"] in ("2023-04-30", "2026-04-30")

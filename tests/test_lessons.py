"""What users of comparable tools complain of does not happen here (shared/lessons.md)."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from support import COMPLETE, SEED, Call, Said, catalogue, findings_of, run, say

from ita_check.cli import judging, main
from ita_check.texts import Language, Phrase, Text, phrase

HEAD = "agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}\nfiscal_year: 2567\n"
ROW = "{responsible: กองคลัง, period: ต.ค. 66 - ก.ย. 67, result: ทำแล้ว, outcome: ใช้ได้จริง}"
END = ("--as-of", "2567-09-30")


def hint(word: str) -> Phrase:
    """What was probably meant."""
    return phrase("problems.did_you_mean", word=word)


@pytest.fixture
def call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Call:
    """The command on a file of a given text, called `e.yaml`, in this process."""
    monkeypatch.chdir(tmp_path)

    def command(text: str, *words: str) -> Said:
        (tmp_path / "e.yaml").write_text(text, "utf-8")
        capsys.readouterr()
        code = main(["e.yaml", *words])
        return Said(code, *capsys.readouterr())

    return command


def report_of(said: Said) -> Any:
    """The JSON on standard output."""
    return json.loads(said.out)


def errors_of(said: Said) -> list[tuple[int, int, str, str]]:
    """Line, column, path and message of each error of a file that could not be judged."""
    return [
        (error["line"], error["column"], error["path"], error["message"])
        for error in report_of(said)["error"]
    ]


def status_of(report: Any, requirement: str) -> str:
    """The status of one requirement."""
    return next(
        entry["status"]
        for issue in report["issues"]
        for entry in issue["requirements"]
        if entry["id"] == requirement
    )


# The table, row by row


def test_unknown_requirement_id(tmp_path: Path) -> None:
    """A made-up id is an error with its place and what was probably meant; nothing turns green."""
    (tmp_path / "e.yaml").write_text(HEAD + f'actions:\n  "7.1.22": {ROW}\n', "utf-8")
    done = run("e.yaml", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    place, *message, excerpt, caret, _, _ = done.stderr.decode().splitlines()
    assert place == "e.yaml:4:3"
    assert " ".join(line.strip() for line in message) == "✗ " + say(
        "problems.unknown_requirement", "en", key="7.1.22", hint=hint("7.1.2")
    )
    assert (excerpt, caret) == (f'    4 │   "7.1.22": {ROW}', "      │   ^^^^^^^^")


def test_unknown_requirement_in_an_exception(call: Call) -> None:
    """An exception cannot name a requirement that is not there either."""
    text = HEAD + 'exceptions:\n  - {requirement: "9.1.1", status: waived, reason: ไม่ทัน}\n'
    said = call(text, "-f", "json")
    assert said.code == 2
    assert [error[:3] for error in errors_of(said)] == [
        (4, 5, "exceptions[0]"),
        (4, 19, "exceptions[0].requirement"),
    ]


MISSPELT = [
    ("a section", "evidense: {hr_plan: {in_force: 2567}}", (3, 1, "evidense"), "evidence"),
    ("a kind", "evidence: {hr_plann: {in_force: 2567}}", (3, 12, "evidence.hr_plann"), "hr_plan"),
    (
        "a field",
        "evidence: {hr_plan: {in_forc: 2567}}",
        (3, 22, "evidence.hr_plan.in_forc"),
        "in_force",
    ),
    (
        "a value",
        "evidence: {hr_plan: {channels: [websit]}}",
        (3, 33, "evidence.hr_plan.channels[0]"),
        "website",
    ),
    (
        "a Thai value",
        "evidence: {hr_plan: {channels: เวบไซต์}}",
        (3, 32, "evidence.hr_plan.channels"),
        "เว็บไซต์",
    ),
    (
        "a field of a row",
        'actions: {"6.1.1": {responsable: กองคลัง}}',
        (3, 21, "actions.6.1.1.responsable"),
        "responsible",
    ),
    (
        "a status",
        'exceptions: [{requirement: "6.1.1", status: waive, reason: ก}]',
        (3, 45, "exceptions[0].status"),
        "waived",
    ),
]


@pytest.mark.parametrize(
    ("line", "place", "meant"), [row[1:] for row in MISSPELT], ids=[row[0] for row in MISSPELT]
)
def test_misspelt(call: Call, line: str, place: tuple[int, int, str], meant: str) -> None:
    """What is misspelt is an error with its place and what was probably meant, never ignored."""
    said = call(f"{HEAD}{line}\n", "-f", "json")
    ((*where, message),) = errors_of(said)
    assert (said.code, tuple(where)) == (2, place)
    assert say("problems.did_you_mean", word=meant) in message


def test_values_that_are_allowed_are_named(call: Call) -> None:
    """Whoever wrote a value that is none is told all that are."""
    text = HEAD + "evidence: {no_gift_policy: {languages: [lao]}}\n"
    said = call(text, "-f", "json", "--lang", "en")
    assert errors_of(said) == [
        (
            3,
            41,
            "evidence.no_gift_policy.languages[0]",
            say(
                "problems.unknown_value",
                "en",
                field="languages",
                text="lao",
                hint="",
                allowed=("th", "en"),
            ),
        )
    ]


@pytest.mark.parametrize("word", ["yes", "Yes", "TRUE", "true", "ใช่", "มี", '"yes"'])
def test_yes_unquoted(call: Call, word: str) -> None:
    """`yes` confirms a boolean, with quotes or without."""
    text = HEAD + f"evidence:\n  q_and_a: {{url: https://www.example.go.th/q, two_way: {word}}}\n"
    report = report_of(call(text + f'actions: {{"3.1.6": {ROW}}}\n', "-f", "json", *END))
    assert status_of(report, "3.1.6") == "met"


@pytest.mark.parametrize("word", ["yes", "no", "010", "12:30", "0812345678", "2567-02-29", "1e3"])
def test_text_stays_text(call: Call, word: str) -> None:
    """In a text field nothing becomes a boolean, a number, a time or a date."""
    text = (
        f"agency: {{name: {word}}}\nfiscal_year: 2567\n"
        f'actions: {{"4.1.1": {{responsible: {word}}}}}\n'
        f'exceptions: [{{requirement: "4.1.1", status: not_applicable, reason: {word}}}]\n'
    )
    said = call(text, "-f", "json", "--issue", "4", *END)
    report = report_of(said)
    entry = report["issues"][0]["requirements"][0]
    assert report["agency"]["name"] == word
    assert (entry["responsible"], entry["exception"]["reason"]) == (word, word)


def test_status_yes(call: Call) -> None:
    """`status: yes` is no status, and is told rather than misread."""
    text = HEAD + 'exceptions: [{requirement: "4.1.1", status: yes, reason: ก}]\n'
    said = call(text, "-f", "json", "--lang", "en")
    assert (said.code, errors_of(said)) == (
        2,
        [
            (
                3,
                45,
                "exceptions[0].status",
                say(
                    "problems.unknown_value",
                    "en",
                    field="status",
                    text="yes",
                    hint="",
                    allowed=("not_applicable", "waived"),
                ),
            )
        ],
    )


def test_same_key_twice(call: Call) -> None:
    """The same key twice is an error that names both lines; the last does not win."""
    text = HEAD + (
        "evidence:\n"
        "  hr_plan: {in_force: 2560}\n"
        "  q_and_a: {two_way: yes}\n"
        "  hr_plan: {in_force: 2567}\n"
        "fiscal_year: 2568\n"
    )
    said = call(text, "-f", "json", "--lang", "en")
    assert said.code == 2
    assert [(line, column, message) for line, column, _, message in errors_of(said)] == [
        (6, 3, say("problems.duplicate_key", "en", key="hr_plan", first=4, line=6)),
        (7, 1, say("problems.duplicate_key", "en", key="fiscal_year", first=2, line=7)),
    ]


def test_29_february(call: Call) -> None:
    """29 February 2567 is a day, 29 February 2568 is none."""
    text = HEAD + "evidence: {ethics_team: {appointed_on: 2567-02-29}}\n"
    report = report_of(call(text + f'actions: {{"6.1.5": {ROW}}}\n', "-f", "json", *END))
    assert status_of(report, "6.1.5") == "met"
    said = call(text.replace("2567-02", "2568-02"), "-f", "json", "--lang", "en")
    assert (said.code, errors_of(said)) == (
        2,
        [
            (
                3,
                40,
                "evidence.ethics_team.appointed_on",
                say(
                    "problems.no_such_day",
                    "en",
                    text="2568-02-29",
                    month=Text("กุมภาพันธ์", "February"),
                    year=2568,
                    last=28,
                ),
            )
        ],
    )


@pytest.mark.parametrize("reason", ["", ", reason: ", ", reason: ~", ', reason: "  "'])
def test_not_applicable_needs_a_reason(call: Call, reason: str) -> None:
    """Without a reason nothing is excepted: the file is not judged."""
    text = HEAD + f'exceptions: [{{requirement: "4.1.2", status: not_applicable{reason}}}]\n'
    said = call(text, "-f", "json", "--lang", "en")
    assert (said.code, errors_of(said)) == (
        2,
        [
            (
                3,
                14,
                "exceptions[0]",
                say("problems.exception_lacks", "en", id="4.1.2", missing=("`reason`",)),
            )
        ],
    )


def test_not_applicable_is_outside_every_percentage(call: Call) -> None:
    """What does not apply is neither covered nor a gap: 1 of 1, not 5 of 5."""
    excepted = "".join(
        f'  - {{requirement: "4.1.{step}", status: not_applicable, reason: ไม่มีทรัพย์สิน}}\n'
        for step in (1, 3, 4, 5)
    )
    text = (
        HEAD
        + "evidence: {asset_borrowing: {form: แบบ 1, approver: ปลัดเทศบาล}}\n"
        + f'actions: {{"4.1.2": {ROW}}}\nexceptions:\n{excepted}'
    )
    words = ("--issue", "4", *END)
    summary = report_of(call(text, "-f", "json", *words))["summary"]
    assert {name: count for name, count in summary.items() if count} == {
        "requirements": 5,
        "met": 1,
        "not_applicable": 4,
    }
    said = call(text, *words)
    assert said.code == 0
    assert "█ 1/1" in said.out
    assert "5/5" not in said.out
    assert "1/5" not in said.out
    last = say("report.closing.clean", count=1) + " " + say("report.exit", code=0)
    assert said.out.endswith(f"\n{last}\n")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# only this\n", "---\n", "~\n", "\ufeff", "{}\n", "...\n", "[]\n"]
)
def test_empty_file(call: Call, text: str) -> None:
    """An empty file is 2, never green."""
    for words in ((), ("--fail-on", "never"), ("-f", "json")):
        assert call(text, *words).code == 2


def test_only_the_head(call: Call) -> None:
    """A file that declares nothing has 63 gaps."""
    said = call(HEAD, "-f", "json", *END)
    summary = report_of(said)["summary"]
    assert (said.code, summary["met"], summary["missing"]) == (1, 0, 63)


def test_nothing_selected(call: Call) -> None:
    """Where nothing was judged the code is 3, and the last word says so."""
    languages: tuple[Language, ...] = ("th", "en")
    for language in languages:
        said = call(HEAD, "--issue", "8", "--lang", language, "--fail-on", "never", *END)
        assert said.code == 3
        sentence = say("report.closing.nothing", language)
        assert said.out.endswith(f"\n{sentence} {say('report.exit', language, code=3)}\n")
        assert "✓" not in said.out


def test_everything_fails(tmp_path: Path) -> None:
    """Where everything fails the real command exits 1 and says how many gaps there are."""
    (tmp_path / "e.yaml").write_text(HEAD, "utf-8")
    done = run("e.yaml", *END, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, b"")
    sentence = say("report.closing.gaps", gaps=63, count=63) + " " + say("report.exit", code=1)
    assert done.stdout.decode().endswith(f"\n{sentence}\n")


def test_crash(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """A crash is 70 and one line, and cannot be taken for gaps found."""

    def crash(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(judging, "evaluate", crash)
    said = call(HEAD, *END)
    assert (said.code, said.out, said.err.count("\n")) == (70, "", 1)
    assert "ZeroDivisionError: division by zero" in said.err


LONG = (
    "https://forms.example.com/" + "/".join(["ita-2567", "report-of-corruption"] * 6) + "?a=1&b=2"
)
FAR = f"""\
{HEAD}
evidence:
  complaint_manual: {{url: "{LONG}"}}
actions: {{"1.2.3": {ROW}, "7.1.1": {ROW}}}
"""


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("language", ["th", "en"])
def test_80_columns(call: Call, width: int, language: str) -> None:
    """Ids, addresses and places stand whole on a line, whatever the width."""
    said = call(FAR, "--width", str(width), "--lang", language, *END)
    assert "…" not in said.out
    assert "..." not in said.out
    assert any(line.endswith(LONG) for line in said.out.splitlines())
    report = report_of(call(FAR, "-f", "json", *END))
    for issue in report["issues"]:
        for entry in issue["requirements"]:
            assert re.search(rf"(?m)^[^\n]*(?<![\d.]){re.escape(entry['id'])}(?![\d.])", said.out)
            for finding in entry["findings"] if entry["status"] != "met" else ():
                assert f"e.yaml:{finding['line']}:{finding['column']}\n" in said.out


# The complaints


def test_a_finding_says_what_was_looked_for_and_where(call: Call) -> None:
    """A finding names the thing meant, a place even for what is absent, and how to mend it."""
    text = HEAD + "evidence:\n  hr_plan:\n    title: แผน\n"
    said = call(text, "-f", "json", "--lang", "en", "--issue", "6", *END)
    (finding,) = [f for f in findings_of(report_of(said), "6.1.1") if f["code"] == "field_missing"]
    assert {key: finding[key] for key in ("level", "path", "line", "column")} == {
        "level": "error",
        "path": "evidence.hr_plan.in_force",
        "line": 5,
        "column": 5,
    }
    assert "`in_force`" in finding["message"]
    assert "`evidence.hr_plan.in_force`" in finding["fix"]
    shown = call(text, "--lang", "en", "--issue", "6", "--width", "200", *END).out
    level = say("report.level.error", "en")
    assert f"    ✗ {level}: {finding['message']}\n      e.yaml:5:5\n" in shown
    assert f"\n      {say('report.fix', 'en')}{finding['fix']}\n" in shown


def test_errors_of_the_file_come_all_at_once(call: Call) -> None:
    """Each has file and line; nobody mends a file one error at a time."""
    text = (
        "agency: {name: ก, websit: x}\n"
        "fiscal_year: 2567\n"
        "deadline: 31 เม.ย. 2567\n"
        "evidence:\n"
        "  hr_plan: {in_force: 2570-2567, participants: 3}\n"
        "  complaint_statistics: {total: many}\n"
        "actions:\n"
        '  "1.1.1": {period: 1 ต.ค. – 31 ธ.ค. 2566}\n'
    )
    said = call(text, "-f", "json")
    assert said.code == 2
    assert [error[:3] for error in errors_of(said)] == [
        (1, 19, "agency.websit"),
        (3, 11, "deadline"),
        (5, 23, "evidence.hr_plan.in_force"),
        (5, 34, "evidence.hr_plan.participants"),
        (6, 33, "evidence.complaint_statistics.total"),
        (8, 21, "actions.1.1.1.period"),
    ]
    for line, column, _, _ in errors_of(said):
        assert f"e.yaml:{line}:{column}\n" in said.err


EXCEPTED = (
    HEAD
    + """\
exceptions:
  - {requirement: "4.1.2", status: not_applicable, reason: ไม่มีทรัพย์สินให้ยืม}
  - {requirement: "4.1.3", status: waived, reason: พัสดุอยู่ระหว่างตรวจ, approved_by: ปลัดเทศบาล,
     expires: 30 มิ.ย. 2567}
"""
)


@pytest.mark.parametrize("words", [(), ("-v",)])
def test_what_was_skipped_is_always_listed(call: Call, words: tuple[str, ...]) -> None:
    """Excepted and not due requirements are shown with their reasons."""
    said = call(EXCEPTED, *words, "--width", "200", "--as-of", "2567-03-01")
    lines = said.out.splitlines()
    titles = {
        id_: next(rule.title.th for rule in catalogue().requirements if rule.id == id_)
        for id_ in ("4.1.2", "4.1.3", "5.1.4")
    }
    reason = say("report.reason", reason="พัสดุอยู่ระหว่างตรวจ")
    post = say("report.approved_by", post="ปลัดเทศบาล")
    until = say("report.expires_in", day="30 มิ.ย. 2567", days=121)
    for line in (
        f"– {say('report.status.not_applicable')}  4.1.2  {titles['4.1.2']}",
        "    " + say("report.reason", reason="ไม่มีทรัพย์สินให้ยืม"),
        f"~ {say('report.status.waived')}  4.1.3  {titles['4.1.3']}",
        f"    {reason} | {post} | {until}",
        f"○ {say('report.status.not_due')}  5.1.4  {titles['5.1.4']}",
        "    " + say("report.opens", day="31 มี.ค. 2567"),
        "  " + say("report.not_counted", not_applicable=1, waived=1, not_due=1),
    ):
        assert lines.count(line) == 1, line


class Clock:
    """A clock that stands; it knows what time zone it is asked for."""

    def __init__(self, *now: int) -> None:
        self.moment = datetime(*now, tzinfo=UTC)  # type: ignore[arg-type,misc]  # only ints

    def now(self, zone: timezone) -> datetime:
        """The time in a zone."""
        return self.moment.astimezone(zone)


@pytest.mark.parametrize(
    ("now", "as_of", "status"),
    [
        ((2024, 6, 30, 16, 59, 59), "2024-06-30", "waived"),
        ((2024, 6, 30, 17, 0, 0), "2024-07-01", "missing"),
    ],
)
def test_a_waiver_ends_with_the_day_in_bangkok(
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    now: tuple[int, ...],
    as_of: str,
    status: str,
) -> None:
    """Today is the day in Bangkok, whatever the machine's zone, and a waiver holds to its end."""
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    monkeypatch.setattr(judging, "datetime", Clock(*now))
    report = report_of(call(EXCEPTED, "-f", "json"))
    assert (report["as_of"], status_of(report, "4.1.3")) == (as_of, status)


@pytest.mark.parametrize(
    "written", ["2567-06-30", "2024-06-30", "30/06/2567", "30 มิถุนายน ๒๕๖๗", "๓๐ มิ.ย. ๖๗"]
)
def test_one_date_parser(call: Call, written: str) -> None:
    """A waiver's last day is written as any other day is."""
    text = EXCEPTED.replace("30 มิ.ย. 2567", written)
    report = report_of(call(text, "-f", "json", "--as-of", "2567-03-01"))
    exceptions = {
        entry["id"]: entry["exception"]["expires"]
        for issue in report["issues"]
        for entry in issue["requirements"]
        if entry["exception"]
    }
    assert exceptions == {"4.1.2": None, "4.1.3": "2024-06-30"}


def test_expired_and_unneeded_exceptions_are_told(call: Call) -> None:
    """An exception that holds no more, or that nothing needs, is a warning at its place."""
    text = (
        EXCEPTED
        + "evidence: {asset_borrowing: {form: แบบ 1, approver: ปลัดเทศบาล}}\n"
        + f'actions: {{"4.1.2": {ROW}}}\n'
    )
    said = call(text, "-f", "json", "--as-of", "2567-07-01")
    report = report_of(said)
    assert [(f["code"], f["level"], f["path"]) for f in report["findings"]] == [
        ("exception_unneeded", "warning", "exceptions[0]"),
        ("waiver_expired", "warning", "exceptions[1].expires"),
    ]
    assert (status_of(report, "4.1.2"), status_of(report, "4.1.3")) == ("met", "missing")


def test_machine_output_is_alone_on_standard_output(tmp_path: Path) -> None:
    """Standard output is JSON and nothing else, even where there is much to tell beside it."""
    (tmp_path / "bad.yaml").write_text("evidense: [", "utf-8")
    done = run("bad.yaml", SEED, "--issue", 7, "--issue", 9, "-f", "json", *END, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stdout.count(b"\n") == 1
    assert len(json.loads(done.stdout)) == 2
    assert "bad.yaml:1:" in done.stderr.decode()
    assert "9" in done.stderr.decode().splitlines()[0]


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_right_border_and_thai_last(call: Call, language: Language) -> None:
    """In the closing tables the figures stand in columns and the words come last."""
    said = call(HEAD, "--lang", language, "--width", "200", *END)
    lines = said.out.splitlines()
    start = lines.index(say("report.summary", language))
    rows = lines[start + 2 : start + 9]
    assert [row.split()[0] for row in rows] == list("1234567")
    columns = {cell_len(row[: row.rindex("  ")]) for row in (lines[start + 1], *rows)}
    assert len(columns) == 1
    assert len({cell_len(row[: row.index("░")]) for row in rows}) == 1
    assert not [line for line in lines if line.endswith(("│", "|", "┃"))]


@pytest.mark.parametrize("encoding", ["ascii", "cp874", "cp1252"])
def test_consoles_that_cannot_show_thai(encoding: str) -> None:
    """No encoding of the console raises; what it cannot hold is written in one that can."""
    done = run(SEED, "-q", *END, env={"PYTHONIOENCODING": encoding})
    assert (done.returncode, done.stderr) == (1, b"")
    assert say("report.exit", code=1) in done.stdout.decode(
        "cp874" if encoding == "cp874" else "utf-8"
    )


def test_fingerprints_do_not_hang_on_lines(call: Call) -> None:
    """A comment above moves the lines of all findings and the fingerprint of none."""
    text = HEAD + "evidence: {hr_plan: {title: แผน}}\n"
    before = report_of(call(text, "-f", "json", *END))
    after = report_of(call("# moved\n\n" + text, "-f", "json", *END))

    def all_of(report: Any) -> list[tuple[str, int]]:
        return [
            (finding["fingerprint"], finding["line"])
            for issue in report["issues"]
            for entry in issue["requirements"]
            for finding in entry["findings"]
        ]

    moved = [line + 2 for _, line in all_of(before) if line > 1]
    assert [one[0] for one in all_of(before)] == [one[0] for one in all_of(after)]
    assert [line for _, line in all_of(after) if line > 1] == moved


def test_unknown_is_no_progress(call: Call) -> None:
    """Nothing that is blank, null or unanswered counts: a bar is full only when all is met."""
    said = call(HEAD + "evidence: {dos_and_donts: {title: , note: มีแน่นอน}}\n", *END)
    assert "█" not in said.out
    text = re.sub(r"\n  hr_report:\n(?:    .*\n)+", "\n", COMPLETE.read_text("utf-8"))
    said = call(text, "--issue", "6", "--as-of", "2570-10-15")
    assert said.code == 1
    assert "█░░░ 7/8\n" in said.out


def test_the_day_of_publication_is_no_year_of_content(call: Call) -> None:
    """What was put up this year need not be about this year."""
    plan = (
        "evidence: {annual_plan: {published_on: 1 พ.ย. 2566, covers: [activities, budget, period]"
        "FIELD}}\n"
    )
    text = HEAD + plan + f'actions: {{"1.4.1": {ROW}}}\n'
    report = report_of(call(text.replace("FIELD", ""), "-f", "json", *END))
    assert [(f["code"], f["path"]) for f in findings_of(report, "1.4.1")] == [
        ("field_missing", "evidence.annual_plan.fiscal_year")
    ]
    report = report_of(call(text.replace("FIELD", ", fiscal_year: 2567"), "-f", "json", *END))
    assert findings_of(report, "1.4.1") == []

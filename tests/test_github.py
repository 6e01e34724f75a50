"""GitHub's workflow commands: what a runner reads of them, and as another's library writes them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import github_action_utils
import pytest
from hosted import (
    EXCEPTED,
    FIXTURES,
    INVALID,
    STATUSES,
    Expected,
    counted,
    in_repository,
    proved,
    report_of,
    requirements,
    told,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import COMPLETE, ROOT, SEED, Call, catalogue, run, say

from ita_check.model.calendar import written_day
from ita_check.reporting.github import Annotation
from ita_check.reporting.inert import inert
from ita_check.texts import Language

LANGUAGES: tuple[Language, ...] = ("th", "en")
HEAD = "agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}\nfiscal_year: 2567\n"
END = ("--as-of", "2567-09-30")
SUMMARY = "GITHUB_STEP_SUMMARY"
# The commands that a runner obeys, in its source's words.
OBEYED = {
    "add-mask",
    "add-matcher",
    "add-path",
    "debug",
    "echo",
    "endgroup",
    "error",
    "group",
    "internal-set-repo-path",
    "notice",
    "remove-matcher",
    "save-state",
    "set-env",
    "set-output",
    "stop-commands",
    "warning",
}


class Command(NamedTuple):
    """A command as the runner has it."""

    name: str
    properties: dict[str, str]
    message: str

    @property
    def place(self) -> tuple[str, int, int]:
        """File, line and column."""
        values = self.properties
        return values["file"], int(values["line"]), int(values["col"])


def unescaped(text: str, signs: str) -> str:
    """Text without its escapes, in the order in which the runner undoes them."""
    for sign in signs:
        text = text.replace(f"%{ord(sign):02X}", sign)
    return text


def read_line(line: str) -> Command | None:
    """One line as the runner reads it (actions/runner, ActionCommand.cs), None for plain text.

    The newer form begins the line; the older one, `##[name]`, is obeyed anywhere in a line, but
    only where the newer one was not read.
    """
    text = line.lstrip()
    head, separator, message = text[2:].partition("::")
    name, _, written = head.partition(" ")
    if text.startswith("::") and separator and name in OBEYED:
        pairs = [pair.partition("=") for pair in written.strip().split(",") if pair]
        properties = {key: unescaped(value, "\r\n:,%") for key, _, value in pairs if value}
        return Command(name, properties, unescaped(message, "\r\n%"))
    old = re.search(r"##\[([^\] ]*)", line)
    return Command(old[1], {}, "") if old and old[1] in OBEYED else None


def read(out: str) -> list[Command]:
    """Every line of an output, each of them a command."""
    assert out == "" or out.endswith("\n")
    # A runner's lines end as .NET's do.
    lines = re.split("\r\n|\r|\n", out)[:-1]
    commands = [command for line in lines if (command := read_line(line)) is not None]
    assert len(commands) == len(lines)
    return commands


@pytest.fixture
def github(call: Call, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[Command]]:
    """The commands of a report, never more of a level than a runner shows."""
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv(SUMMARY, raising=False)

    def command(*words: object) -> list[Command]:
        commands = read(call(*words, "-f", "github").out)
        levels = Counter(one.name for one in commands)
        assert {*levels} <= {"error", "warning", "notice"}
        assert levels["error"] + levels["warning"] <= 10
        assert levels["notice"] <= 10
        return commands

    return command


GitHub = Callable[..., list[Command]]


def worst_first(report: Any) -> list[Expected]:
    """What counts: errors first; the file's own, then those of the issue with the most gaps."""
    gaps = {
        str(issue["number"]): issue["summary"]["missing"] + issue["summary"]["incomplete"]
        for issue in report["issues"]
    }

    def key(one: Expected) -> tuple[bool, bool, int, int]:
        issue = one.requirement["id"].partition(".")[0] if one.requirement else "0"
        level = one.finding["level"] != "error"
        return level, one.requirement is not None, -gaps.get(issue, 0), int(issue)

    return sorted(counted(report), key=key)


def command_of(one: Expected, path: str, language: Language) -> Command:
    """The command that tells a finding."""
    requirement, finding = one
    title = (
        f"{requirement['id']} {requirement['title']}"
        if requirement
        else say(f"hosting.rule.{finding['code']}", language)
    )
    place = {"file": path, "line": str(finding["line"]), "col": str(finding["column"])}
    text = told(one, language, "\n")
    return Command(finding["level"], {**place, "title": title}, text)


def more(hidden: list[Expected], path: str, language: Language) -> list[Command]:
    """One notice that tells how many are not shown, if any, and what is hidden of exceptions."""
    of_exceptions = [
        one for one in hidden if one.requirement is None and one.finding["requirement"]
    ]
    told_all_the_same = [
        command_of(one, path, language)._replace(name="notice") for one in of_exceptions
    ]
    hidden = [one for one in hidden if one not in of_exceptions]
    if not hidden:
        return told_all_the_same
    levels = Counter(one.finding["level"] for one in hidden)
    text = say("hosting.more", language, errors=levels["error"], warnings=levels["warning"])
    return [Command("notice", {"title": "ita-check"}, text), *told_all_the_same]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIXTURES)
def test_whole(name: str, language: Language, github: GitHub, call: Call) -> None:
    """Ten findings at most, errors of the worst issue first, and one notice of how many more."""
    file, day = FIXTURES[name]
    words = (file, "--as-of", day, "--lang", language)
    report = report_of(call, *words)
    expected = worst_first(report)
    path = file.relative_to(ROOT).as_posix()
    commands = github(*words)
    unjudged = requirements(report, *EXCEPTED, "not_due")
    assert commands[: len(commands) - len(unjudged)] == [
        *(command_of(one, path, language) for one in expected[:10]),
        *more(expected[10:], path, language),
    ]
    assert len(expected) == report["summary"]["errors"] + report["summary"]["warnings"]


def test_issues_by_gaps(github: GitHub, call: Call, tmp_path: Path) -> None:
    """Of two issues the one with more gaps is told first, whatever its number; ties by number."""
    file = in_repository(tmp_path, "e.yaml", HEAD)
    for issues in ((1, 2), (2, 1), (4, 3), (6, 7), (6, 2)):
        words = [word for issue in issues for word in ("--issue", issue)]
        counts = {
            issue["number"]: issue["summary"]["missing"] + issue["summary"]["incomplete"]
            for issue in report_of(call, file, *words, *END)["issues"]
        }
        worst = min(counts, key=lambda number: (-counts[number], number))
        titles = [one.properties["title"] for one in github(file, *words, *END)[:10]]
        assert {title.partition(".")[0] for title in titles} == {str(worst)}


def test_warnings_after_errors(github: GitHub, call: Call, tmp_path: Path) -> None:
    """Where fewer than ten errors are, warnings follow, the file's own first; none is left over."""
    text = (
        "agency: {name: ก}\nfiscal_year: 2567\n"
        "evidence:\n  service_manual: {url: https://www.example.go.th/m, covers: [steps]}\n"
        'actions:\n  "1.1.1": {responsible: กองคลัง, period: ต.ค. 66 - ธ.ค. 66}\n'
        "exceptions:\n"
    ) + "".join(
        f'  - {{requirement: "{rule.id}", status: not_applicable, reason: ไม่มี}}\n'
        for rule in catalogue().requirements
        if rule.issue == 1 and rule.id != "1.1.1"
    )
    file = in_repository(tmp_path, "e.yaml", text)
    words = (file, "--issue", "1", *END)
    expected = worst_first(report_of(call, *words))
    told_as = [(one.finding["level"], one.requirement is None) for one in expected]
    # An error, then the warning of the file, then one of a requirement.
    assert [*dict.fromkeys(told_as)] == [("error", False), ("warning", True), ("warning", False)]
    assert len(expected) <= 10
    commands = github(*words)
    assert commands[: len(expected)] == [command_of(one, "e.yaml", "th") for one in expected]
    notices = commands[len(expected) :]
    excepted = [r.id for r in catalogue().requirements if r.issue == 1 and r.id != "1.1.1"]
    assert {command.name for command in notices} == {"notice"}
    assert [one.properties["title"].partition(" ")[0] for one in notices[:9]] == excepted[:9]
    assert [one.message for one in notices[9:]] == [
        say("hosting.more_not_judged", count=len(excepted) - 9, requirements=tuple(excepted[9:]))
    ]
    # With more than ten findings, the notice that says so takes the place of one of these.
    _, *notices = github(file, *END)[10:]
    assert [one.properties["title"].partition(" ")[0] for one in notices[:8]] == excepted[:8]
    assert [one.message for one in notices[8:]] == [
        say("hosting.more_not_judged", count=len(excepted) - 8, requirements=tuple(excepted[8:]))
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_judged(language: Language, github: GitHub, call: Call) -> None:
    """What is excepted or not due is a notice at its place with all that is said of it."""
    words = (STATUSES, "--as-of", "2567-03-01", "--lang", language)
    entries = {
        entry["id"]: entry for entry in requirements(report_of(call, *words), *EXCEPTED, "not_due")
    }
    due, end = written_day(date(2024, 3, 31)), written_day(date(2024, 3, 20))
    row = next(f for f in entries["5.1.4"]["findings"] if f["path"] == "actions.5.1.4")
    expected = [
        (
            "2.1.2",
            entries["2.1.2"]["exception"],
            [
                say("report.reason", language, reason="อยู่ระหว่างจัดทำระบบร่วมกับจังหวัด"),
                say("report.approved_by", language, post="ปลัดเทศบาล"),
                say("report.expires_in", language, day=end, days=19),
            ],
        ),
        (
            "4.1.2",
            entries["4.1.2"]["exception"],
            [say("report.reason", language, reason="ไม่มีทรัพย์สินให้ยืม")],
        ),
        ("5.1.4", row, [say("report.opens", language, day=due)]),
    ]
    assert github(*words)[-3:] == [
        Command(
            "notice",
            {
                "file": "tests/golden/statuses.yaml",
                "line": str(place["line"]),
                "col": str(place["column"]),
                "title": f"{rule} {entries[rule]['title']}",
            },
            " | ".join(
                (
                    say(f"report.status.{entries[rule]['status']}", language),
                    *reasons,
                    proved(entries[rule], language),
                )
            ),
        )
        for rule, place, reasons in expected
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_could_not_be_judged(
    language: Language, github: GitHub, call: Call, tmp_path: Path
) -> None:
    """Each problem of a file that could not be judged is an error at its place."""
    file = in_repository(tmp_path, "e.yaml", INVALID)
    errors = report_of(call, file, "--lang", language)["error"]
    title = say("hosting.rule.cannot_judge", language)
    assert github(file, "--lang", language) == [
        Command(
            "error",
            {
                "file": "e.yaml",
                "line": str(error["line"]),
                "col": str(error["column"]),
                "title": title,
            },
            inert(error["message"]),
        )
        for error in errors
    ]


def test_several_files_take_turns(github: GitHub, call: Call, tmp_path: Path) -> None:
    """No file hides another: in turn, what could not be judged first, then by gaps."""
    bad = in_repository(tmp_path, "bad.yaml", INVALID)
    files = (COMPLETE, SEED, STATUSES, bad)
    days = ("--as-of", "2567-03-01")
    reports = [report_of(call, file, *days) for file in files]
    gaps = [
        report["summary"]["missing"] + report["summary"]["incomplete"] if "summary" in report else 0
        for report in reports
    ]
    order = sorted(range(3), key=lambda index: -gaps[index])
    told_of = [
        [
            command_of(one, files[index].relative_to(ROOT).as_posix(), "th")
            for one in worst_first(reports[index])
        ]
        for index in order
    ]
    problems = github(bad, *days)
    lists = [problems, *told_of]
    expected = [
        command
        for level in ("error", "warning")
        for command in chain.from_iterable(
            zip_longest(*([c for c in told if c.name == level] for told in lists))
        )
        if command is not None
    ]
    commands = github(*files, *days)
    assert commands[:10] == expected[:10]
    assert {one.properties["file"] for one in commands[:10]} == {
        "bad.yaml",
        *(files[index].relative_to(ROOT).as_posix() for index in order if gaps[index]),
    }
    hidden = Counter(command.name for command in expected[10:])
    # What is to be known of exceptions is told all the same.
    told = sum(bool(one["requirement"]) for report in reports for one in report.get("findings", ()))
    assert told == 3
    assert commands[10].message == say(
        "hosting.more", errors=hidden["error"], warnings=hidden["warning"] - told
    )


# What a runner reads

TEXTS = st.text(st.one_of(st.sampled_from("%\r\n:,=; 0ADa#[]ก"), st.characters()), max_size=40)


@given(
    st.sampled_from(["error", "warning", "notice"]),
    TEXTS.filter(lambda text: text.strip() == text != ""),
    TEXTS,
    TEXTS.filter(lambda text: text.strip() == text != ""),
    st.integers(1, 9999),
    st.integers(1, 9999),
)
def test_any_text_is_read_back(
    level: Any, title: str, text: str, path: str, line: int, column: int
) -> None:
    """Whatever a title, a message and a path hold: one command, with just these."""
    written = Annotation(level, title, text, path, line, column).command()
    properties = {"file": path, "line": str(line), "col": str(column), "title": title}
    assert read(written) == [Command(level, properties, text)]


@given(
    st.sampled_from(["error", "warning", "notice"]),
    TEXTS.filter(lambda text: text.isprintable()),
    st.text(max_size=40),
    st.integers(1, 9999),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_as_another_library_writes_it(
    capsys: pytest.CaptureFixture[str], level: Any, title: str, text: str, line: int
) -> None:
    """github-action-utils writes the same command, its properties in another order."""
    capsys.readouterr()
    write = getattr(github_action_utils, level)
    write(text, title=title, file="a,b:c%/d.yaml", col=7, line=line)
    theirs = capsys.readouterr().out
    ours = Annotation(level, title, text, "a,b:c%/d.yaml", line, 7).command()

    def parts(command: str) -> tuple[str, list[str], str]:
        head, _, message = command.removeprefix("::").partition("::")
        name, _, properties = head.partition(" ")
        return name, sorted(properties.split(",")), message

    assert parts(ours) == parts(theirs)


HOSTILE = [
    "\n::error::แทรก",
    "\r::stop-commands::x",
    "\u2028::set-env name=PATH::/tmp",
    "##[set-output name=ok]yes",
    "::add-mask::a",
    "%0A::error::a%25",
    "ก, ข: ค::ง",
    "\x1b[31m\u202e",
]


def hostile_places(text: str) -> Iterator[str]:
    """Evidence files that hold a text at every place that is told."""
    quoted = json.dumps(text)
    yield HEAD + f'actions:\n  "4.1.2": {{responsible: {quoted}, period: ต.ค. 66 - ก.ย. 67}}\n'
    yield HEAD + f"evidence:\n  asset_manual: {{url: {quoted}}}\n"
    yield HEAD + f"evidence:\n  asset_manual: {{file: {quoted}}}\n"
    yield HEAD.replace("เทศบาลตัวอย่าง", quoted)
    yield HEAD + (
        f'exceptions:\n  - {{requirement: "4.1.2", status: waived, reason: {quoted},'
        f" approved_by: {quoted}, expires: 2567-10-15}}\n"
    )
    yield HEAD + f"evidence: {{{quoted}: 1}}\n"
    yield f"agency: {{name: ก}}\nfiscal_year: {quoted}\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_evidence_starts_no_command(text: str, github: GitHub, tmp_path: Path) -> None:
    """No text of the evidence becomes a command of its own, wherever it stands."""
    for place in hostile_places(text):
        file = in_repository(tmp_path, "e.yaml", place)
        for one in github(file, "--issue", "4", *END):
            lines = one.message.split("\n")
            assert len(lines) <= 3
            assert [line for line in (*lines, one.properties["title"]) if line != inert(line)] == []
            assert one.properties.get("file", "e.yaml") == "e.yaml"


@given(st.text(max_size=30))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_reason_is_told(github: GitHub, tmp_path_factory: Any, text: str) -> None:
    """Whatever a reason says, it is one notice, which says it with what would act made visible."""
    folder = tmp_path_factory.getbasetemp() / "reasons"
    reason = f"ก{text}ข"
    escaped = "".join(f"\\U{ord(character):08x}" for character in reason)
    file = in_repository(
        folder,
        "e.yaml",
        HEAD + f"exceptions:\n  - {{requirement: '4.1.2', status: not_applicable,"
        f' reason: "{escaped}"}}\n',
    )
    commands = github(file, "--issue", "4", *END)
    (notice,) = [one for one in commands if one.properties["title"].startswith("4.1.2")]
    status = say("report.status.not_applicable")
    nothing = say("report.proof", level=say("report.proof.none"))
    assert notice.message == inert(f"{status} | {say('report.reason', reason=reason)} | {nothing}")


@pytest.mark.parametrize("name", ["a b#%.yaml", "ก:ข,ค=ง.yaml"])
def test_path(name: str, github: GitHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The file is told from the repository's root, as it is written, however it was given."""
    file = in_repository(tmp_path, f"sub/{name}", HEAD)
    monkeypatch.chdir(file.parent)
    for word in (file, file.name):
        places = {one.properties.get("file") for one in github(word, "--issue", "4", *END)}
        assert places - {None} == {f"sub/{name}"}


# The summary of the step


def test_step_summary(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a runner asks for a summary, the Markdown report is added to what stands there."""
    summary = tmp_path / "summary.md"
    summary.write_text("# ก่อนหน้า\n\n", "utf-8")
    monkeypatch.setenv(SUMMARY, str(summary))
    words = (SEED, *END)
    commands = call(*words, "-f", "github")
    written = tmp_path / "report.md"
    call(*words, "-o", f"markdown={written}")
    markdown = written.read_text("utf-8")
    assert summary.read_text("utf-8") == "# ก่อนหน้า\n\n" + markdown
    assert len(markdown) > 1000
    assert call(*words, "-o", f"github={tmp_path / 'commands.txt'}").code == commands.code
    assert summary.read_text("utf-8") == "# ก่อนหน้า\n\n" + markdown * 2
    assert (tmp_path / "commands.txt").read_text("utf-8") == commands.out


@pytest.mark.parametrize("name", ["text", "json", "sarif", "codequality", "markdown"])
def test_no_step_summary_of_other_formats(
    name: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another format writes none."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv(SUMMARY, str(summary))
    call(SEED, *END, "-f", name)
    assert not summary.exists()


def test_step_summary_that_is_full(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub takes nothing of a summary over 1 MiB: near to that only the figures are added."""
    summary = tmp_path / "summary.md"
    before = "x" * (2**20 - 3000)
    summary.write_text(before, "utf-8")
    monkeypatch.setenv(SUMMARY, str(summary))
    call(SEED, *END, "-f", "github")
    written, figures = tmp_path / "report.md", tmp_path / "figures.md"
    call(SEED, *END, "-o", f"markdown={written}")
    call(SEED, *END, "--quiet", "-o", f"markdown={figures}")
    assert summary.read_text("utf-8") == before + figures.read_text("utf-8")
    assert 0 < figures.stat().st_size < written.stat().st_size


def test_step_summary_that_cannot_be_written(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A summary that cannot be written is told, and ends with 2; the commands are there."""
    monkeypatch.setenv(SUMMARY, str(tmp_path / "nowhere" / "summary.md"))
    said = call(SEED, *END, "-f", "github")
    assert said.code == 2
    assert "nowhere" in said.err
    assert len(read(said.out)) == 11


# The exit code


@pytest.mark.parametrize("name", ["sarif", "codequality", "github"])
def test_exit_code_is_that_of_json(
    name: str, call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the format, the exit code is the same: clean, gaps, not judged, nothing judged."""
    monkeypatch.delenv(SUMMARY, raising=False)
    bad = in_repository(tmp_path, "bad.yaml", INVALID)
    fixtures = [(file, "--as-of", day) for file, day in FIXTURES.values()]
    runs: list[tuple[object, ...]] = [
        *fixtures,
        *((*words, "--fail-on", "warning") for words in fixtures),
        *((*words, "--fail-on", "never") for words in fixtures),
        (bad,),
        (tmp_path / "nowhere.yaml",),
        (SEED, bad, *END),
        (SEED, "--issue", "9", *END),
        (STATUSES, "--as-of", "2567-03-01", "--rules", tmp_path / "nowhere"),
    ]
    codes = [call(*words, "-f", name).code for words in runs]
    assert codes == [call(*words, "-f", "json").code for words in runs]
    assert {*codes} == {0, 1, 2, 3}


def test_same_bytes(tmp_path: Path) -> None:
    """The same input gives the same bytes, and none of them tells where it was."""
    file = in_repository(tmp_path, "a/e.yaml", SEED.read_bytes())
    words = (file, "-f", "github", *END)
    first = run(*words)
    assert first.stdout == run(*words, cwd=tmp_path, env={"PYTHONHASHSEED": "1"}).stdout
    assert str(tmp_path).encode() not in first.stdout

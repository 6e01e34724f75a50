"""The command line: its words, options and files, as contract.md, section 4, has them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from support import ADVISED, COMPLETE, ROOT, SEED, Call, Said, catalogue, run, say

from ita_check import __version__
from ita_check.cli import COMMANDS
from ita_check.reporting.formats import FORMATS
from ita_check.texts import Language, Phrase, Text, phrase

IDS = [rule.id for rule in catalogue().requirements]
AFTER = ("--as-of", "2570-10-15")


def is_thai(text: str) -> bool:
    """Whether a text has a Thai letter."""
    return any("ก" <= character <= "๛" for character in text)


@pytest.fixture(autouse=True)
def own_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a test writes lies in a folder of its own."""
    monkeypatch.chdir(tmp_path_factory.mktemp("folder"))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with evidence in which issue 4 is met with advice."""
    (tmp_path / "advised.yaml").write_text(ADVISED, "utf-8")
    return tmp_path


# Usage


def not_a_choice(option: str, text: str, meant: str, *allowed: str) -> Phrase:
    """That an option does not take a word, and what was probably meant."""
    hint = phrase("problems.did_you_mean", word=meant) if meant else ""
    return phrase("commands.not_a_choice", option=option, text=text, hint=hint, allowed=allowed)


def no_day(key: str, **gaps: object) -> Phrase:
    """That `--as-of` is no day."""
    return phrase("commands.bad_option", option="--as-of", reason=phrase(f"problems.{key}", **gaps))


FEBRUARY = Text("กุมภาพันธ์", "February")
USAGE: list[tuple[tuple[object, ...], Phrase | str]] = [
    ((), ""),
    (("check",), ""),
    (("--nope", COMPLETE), phrase("commands.no_such_option", option="--nope", hint="")),
    (
        ("--formt", "json", COMPLETE),
        phrase(
            "commands.no_such_option",
            option="--formt",
            hint=phrase("problems.did_you_mean", word="--format"),
        ),
    ),
    (("--format", "jsn", COMPLETE), "`json`"),
    (("--lang", "xx", COMPLETE), not_a_choice("--lang", "xx", "", "th", "en")),
    (
        ("--fail-on", "warn", COMPLETE),
        not_a_choice("--fail-on", "warn", "warning", "error", "warning", "never"),
    ),
    (("--as-of", "15/10/70", COMPLETE), no_day("two_digit_year")),
    (
        ("--as-of", "2568-02-29", COMPLETE),
        no_day("no_such_day", text="2568-02-29", month=FEBRUARY, year=2568, last=28),
    ),
    (("--as-of", "10/2570", COMPLETE), no_day("not_a_date", text="10/2570")),
    (("--as-of", "", COMPLETE), "--as-of"),
    *(
        (("--issue", text, COMPLETE), phrase("commands.not_an_issue", text=text))
        for text in ("abc", "-1", "7.1", "")
    ),
    (("--width", "wide", COMPLETE), "--width"),
    (("--width", "-5", COMPLETE), "--width"),
    (("--width", "9" * 5000, COMPLETE), "--width"),
    ((COMPLETE, "-o"), phrase("commands.option_needs_value", option="-o")),
    ((COMPLETE, "-o", "json"), phrase("commands.output_form", text="json")),
    ((COMPLETE, "-o", "json="), phrase("commands.output_form", text="json=")),
    ((COMPLETE, "-o", "jsn=a"), "`json`"),
    (
        (COMPLETE, "--format", "srif"),
        not_a_choice("--format", "srif", "sarif", *FORMATS),
    ),
    (
        (COMPLETE, "-o", "htlm=report.html"),
        not_a_choice("--output", "htlm", "html", *FORMATS),
    ),
    ((COMPLETE, "-o", "html=-"), phrase("commands.output_to_stdout", format="html")),
    (
        (COMPLETE, "-o", "html=a", "-o", "csv=./a"),
        phrase("commands.output_taken", file="./a"),
    ),
    (
        (COMPLETE, "--group-by", "units"),
        not_a_choice("--group-by", "units", "unit", "issue", "unit"),
    ),
    (("-", "-"), phrase("commands.stdin_twice")),
    (("-", COMPLETE, "-"), phrase("commands.stdin_twice")),
    (("list", "more"), "more"),
    (("list", "--format", "xml"), not_a_choice("--format", "xml", "", "text", "json")),
    (("explain",), ""),
    (("explain", "7.1.2", "7.1.3"), "7.1.3"),
    (("explain", "9.9.9"), phrase("problems.unknown_requirement", key="9.9.9", hint="")),
    (
        ("explain", "7.1.22"),
        phrase(
            "problems.unknown_requirement",
            key="7.1.22",
            hint=phrase("problems.did_you_mean", word="7.1.2"),
        ),
    ),
    (("init",), ""),
    (("init", "--fiscal-year", "2024"), "2567"),
    (("init", "--fiscal-year", "67"), "2567"),
    (("init", "--fiscal-year", "next"), "`next`"),
]


@pytest.mark.parametrize(("words", "reason"), USAGE)
def test_usage_error(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: Call,
    words: tuple[object, ...],
    reason: Phrase | str,
) -> None:
    """What cannot be followed is 2: the reason and where help is, on standard error alone."""
    monkeypatch.chdir(tmp_path)
    said = call(*words)
    name = words[0] if words and words[0] in COMMANDS else "check"
    assert (said.code, said.out) == (2, "")
    head, tail = said.err.splitlines()
    if isinstance(reason, Phrase):
        assert head == say("commands.wrong_usage", reason=reason)
    assert head.startswith(say("commands.wrong_usage", reason=""))
    assert (reason if isinstance(reason, str) else "") in head
    assert tail == say("commands.see_help", name=name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [(), ("list", "more"), ("explain",), ("init",), ("explain", "7.1.2", "7.1.3")]
)
def test_usage_errors_speak_one_language(call: Call, words: tuple[str, ...]) -> None:
    """In Thai nothing is left over of the parser's English."""
    said = call(*words)
    assert not [word for word in ("issing", "Got", "unexpected", "argument") if word in said.err]


def test_usage_error_in_the_language_asked_for(call: Call) -> None:
    """`--lang` holds for usage errors, wherever it stands."""
    for words in (("--nope", "--lang", "en"), ("--lang=en", "--nope")):
        reason = phrase("commands.no_such_option", option="--nope", hint="")
        head = say("commands.wrong_usage", "en", reason=reason)
        tail = say("commands.see_help", "en", name="check")
        assert call(*words, COMPLETE) == Said(2, "", f"{head}\n{tail}\n")


# Words and options


def test_check_may_be_left_out(call: Call) -> None:
    """`ita-check EVIDENCE` is `ita-check check EVIDENCE`, options before or after."""
    options = ("--format", "json", *AFTER)
    whole = call("check", COMPLETE, *options)
    assert (whole.code, whole.err, json.loads(whole.out)["summary"]["met"]) == (0, "", 63)
    assert call(COMPLETE, *options) == whole
    assert call(*options, COMPLETE) == whole
    assert call("check", *options, COMPLETE) == whole
    assert call("-f", "json", COMPLETE, "--as-of=2570-10-15") == whole


@pytest.mark.parametrize("name", COMMANDS)
def test_file_called_like_a_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call, name: str
) -> None:
    """`./list` names a file; after `check` or `--` the bare word does so too."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(COMPLETE.read_bytes())
    for words in ((f"./{name}",), ("check", name), ("--", name)):
        said = call(*words, "--issue", "7", "-q", *AFTER) if words[0] != "--" else None
        said = said or call("--issue", "7", "-q", *AFTER, *words)
        assert (said.code, said.err) == (0, ""), words


def test_file_that_begins_with_a_dash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """After `--` everything is a file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "--version").write_bytes(COMPLETE.read_bytes())
    said = call("-f", "json", "--issue", "7", *AFTER, "--", "--version")
    assert (said.code, json.loads(said.out)["evidence"]["path"]) == (0, "--version")


def test_same_file_twice(call: Call) -> None:
    """The same file twice gives two entries."""
    said = call(COMPLETE, COMPLETE, "-f", "json", *AFTER)
    first, second = json.loads(said.out)
    assert (said.code, first) == (0, second)


def test_standard_input() -> None:
    """`-` reads standard input; its files are those of the current folder."""
    done = run("-", "-f", "json", *AFTER, stdin=COMPLETE.read_bytes(), cwd=COMPLETE.parent)
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    assert (report["evidence"]["path"], report["summary"]["met"]) == ("-", 63)


def test_standard_input_beside_files(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` may stand among files."""
    with COMPLETE.open() as stream:
        monkeypatch.setattr(sys, "stdin", stream)
        said = call(SEED, "-", "--issue", "7", "-f", "json", *AFTER)
    assert said.code == 1
    assert [entry["evidence"]["path"] for entry in json.loads(said.out)] == [str(SEED), "-"]


def test_empty_standard_input() -> None:
    """Nothing on standard input is nothing to judge: 2, never green."""
    done = run("-")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("-:1:1\n  ✗ " + say("problems.empty").split()[0])


def test_version(call: Call) -> None:
    """`--version` names the program and its version."""
    assert call("--version") == Said(0, f"ita-check {__version__}\n", "")


def test_one_command_after_another(call: Call) -> None:
    """Whoever calls the program within Python may call it twice, whatever came first."""
    for words in (("list",), ("explain", "7.1.2"), ("--version",), (COMPLETE, *AFTER)):
        assert call(*words).code == 0


@pytest.mark.parametrize("language", ["th", "en"])
def test_help(call: Call, language: str) -> None:
    """`--help` names every command in the language asked for."""
    for words in (("--help", "--lang", language), ("-h", f"--lang={language}")):
        said = call(*words)
        assert (said.code, said.err) == (0, "")
        shown = [line.split()[0] for line in said.out.splitlines() if re.match(r"  \w", line)]
        assert shown == [*COMMANDS]
        assert is_thai(said.out) == (language == "th")


OPTIONS = {
    "import": ("--output", "-o", "--force", "--lang", "--rules", "--debug"),
    "check": (
        "--format",
        "-f",
        "--output",
        "-o",
        "--lang",
        "--as-of",
        "--issue",
        "--fail-on",
        "--no-color",
        "--width",
        "--debug",
    ),
    "verify": (
        "--previous",
        "--against",
        "--strict-online",
        "--allow-private",
        "--no-cache",
        "--timeout",
        "--format",
        "--output",
        "--as-of",
        "--issue",
        "--fail-on",
    ),
    "freeze": ("--output", "--force", "--allow-private", "--no-cache", "--timeout", "--lang"),
    "list": ("--kinds", "--format", "--lang", "--no-color", "--width", "--debug"),
    "explain": ("--lang", "--no-color", "--width", "--debug"),
    "init": ("--fiscal-year", "--force", "--lang", "--debug"),
    "schema": ("--rules", "--lang", "--debug"),
    "diff": ("--format", "--output", "--as-of", "--issue", "--fail-on-regression", "--strict"),
    "due": ("--format", "--output", "--as-of", "--issue", "--rules", "--no-color", "--width"),
    "form": ("--fiscal-year", "--from", "--force", "--lang", "--rules", "--debug"),
    "convert": ("--force", "--lang", "--rules", "--debug"),
    "report": ("--output", "-o", "--template", "--thai-digits", "--font", "--force", "--as-of"),
    "memo": ("--directory", "-d", "--thai-digits", "--font", "--force", "--as-of", "--rules"),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_help_of_a_command(call: Call, name: str) -> None:
    """Each command's `--help` exits 0 and explains every option in the language asked for."""
    for language in ("th", "en"):
        said = call(name, "--help", "--lang", language)
        assert (said.code, said.err) == (0, "")
        assert [option for option in OPTIONS[name] if option not in said.out] == []
        assert is_thai(said.out) == (language == "th")


def test_help_without_a_command_word(call: Call) -> None:
    """An option before `--help` starts `check`, whose help it is."""
    assert call("--lang", "en", "--help") == call("check", "--help", "--lang", "en")


# --issue


def test_issue_selects(call: Call) -> None:
    """`--issue` may be repeated, in Thai digits too; the order is the catalogue's."""
    said = call(COMPLETE, "--issue", "๗", "--issue", 4, "--issue", 4, "-f", "json", *AFTER)
    report = json.loads(said.out)
    assert said.code == 0
    assert [issue["number"] for issue in report["issues"]] == [4, 7]
    assert report["summary"]["requirements"] == 17


def test_issue_decides_the_exit_code(
    files: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """Gaps of issues that were not asked for do not count."""
    monkeypatch.chdir(files)
    assert call("advised.yaml", "--issue", 4, *AFTER).code == 0
    assert call("advised.yaml", *AFTER).code == 1


@pytest.mark.parametrize("number", ["0", "8", "99", "1000", "99999999999999999999"])
def test_no_such_issue(call: Call, number: str) -> None:
    """A number that names no issue is 3, however large, and told on standard error."""
    said = call(COMPLETE, "--issue", number, "-f", "json", *AFTER)
    line = say("commands.no_such_issue", issues=(number,))
    assert (said.code, said.err) == (3, line + "\n")
    assert json.loads(said.out)["issues"] == []


def test_no_such_issue_beside_one_that_is(call: Call) -> None:
    """With a known issue beside it the unknown one is told all the same, and 3 beats 0."""
    said = call(COMPLETE, "--issue", 9, "--issue", 4, "--issue", 8, "-f", "json", *AFTER)
    line = say("commands.no_such_issue", issues=("8", "9"))
    assert (said.code, said.err) == (3, line + "\n")
    assert [issue["number"] for issue in json.loads(said.out)["issues"]] == [4]


# -o


def test_output_file(tmp_path: Path, call: Call) -> None:
    """`-o` writes what `--format` would have written, beside the chosen format, repeatably."""
    languages: tuple[Language, ...] = ("th", "en")
    for language in languages:
        first, second = tmp_path / "a.json", tmp_path / "รายงาน.txt"
        said = call(
            COMPLETE, "-o", f"json={first}", "-o", f"text={second}", "--lang", language, *AFTER
        )
        wanted = call(COMPLETE, "-f", "json", "--lang", language, *AFTER)
        assert (said.code, said.err) == (0, "")
        assert first.read_text("utf-8") == wanted.out
        # What a file holds was written before the program came to its exit code.
        exit_code = " " + say("report.exit", language, code=0)
        assert second.read_text("utf-8") == said.out.replace(exit_code, "")
        assert sorted(tmp_path.iterdir()) == [first, second]


def test_output_file_of_what_cannot_be_judged(
    files: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """A report on an unreadable file is written too."""
    monkeypatch.chdir(files)
    said = call("nowhere.yaml", COMPLETE, "-o", "json=out.json", *AFTER)
    assert said.code == 2
    written = json.loads((files / "out.json").read_text("utf-8"))
    assert ["error" in entry for entry in written] == [True, False]


def test_output_file_equals_sign(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """Only the first `=` separates the format from the file."""
    monkeypatch.chdir(tmp_path)
    assert call(COMPLETE, "-o", "json=a=b.json", *AFTER).code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["a=b.json"]


def test_output_file_replaces(tmp_path: Path, call: Call) -> None:
    """A report that is there is written over, and keeps its mode."""
    target = tmp_path / "report.json"
    target.write_text("old")
    target.chmod(0o640)
    assert call(COMPLETE, "-o", f"json={target}", *AFTER).code == 0
    assert json.loads(target.read_text("utf-8"))["summary"]["met"] == 63
    assert target.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_output_file_behind_a_link(tmp_path: Path, call: Call) -> None:
    """A link stays a link: what it points at is written."""
    target, link = tmp_path / "report.json", tmp_path / "latest.json"
    target.write_text("old")
    link.symlink_to(target)
    assert call(COMPLETE, "-o", f"json={link}", *AFTER).code == 0
    assert link.is_symlink()
    assert json.loads(target.read_text("utf-8"))["summary"]["met"] == 63


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes there")
def test_output_to_a_pipe_or_device(tmp_path: Path, call: Call) -> None:
    """What is no regular file is never replaced by one, /dev/null least of all."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        call(COMPLETE, "-o", f"json={pipe}", *AFTER)
        assert pipe.is_fifo()
    finally:
        os.close(reading)


def unwrapped(text: str) -> str:
    """What a page says, without its lines; Thai that was broken between words is put together."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    joined = lines[0]
    for line in lines[1:]:
        thai = "\u0e00" < joined[-1] < "\u0e7f" and "\u0e00" < line[0] < "\u0e7f"
        joined += line if thai and not line.startswith("เขียนรายงาน") else f" {line}"
    return joined


def test_output_that_cannot_be_written(
    files: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """A file that cannot be written is 2 with its reason; the others are written."""
    monkeypatch.chdir(files)
    (files / "folder").mkdir()
    (files / "plain").write_text("a file")
    for name, told in (
        ("nowhere/a.json", say("commands.no_folder", folder="nowhere")),
        ("plain/a.json", say("commands.not_a_folder", folder="plain")),
        ("folder", say("commands.is_a_folder")),
    ):
        said = call(COMPLETE, "-o", f"json={name}", "-o", "json=good.json", "-q", *AFTER)
        assert said.code == 2
        assert unwrapped(said.err) == f"{name} ✗ {told} {say('report.not_written')}"
        assert said.out.endswith(say("report.exit", code=2) + "\n")
        assert json.loads((files / "good.json").read_text("utf-8"))["summary"]["met"] == 63
        (files / "good.json").unlink()
    assert list((files / "folder").iterdir()) == []
    for name in ("folder/", "nowhere/"):
        said = call(COMPLETE, "-o", f"json={name}", "-q", *AFTER)
        told = say("commands.is_a_folder")
        assert (said.code, unwrapped(said.err)) == (
            2,
            f"{name} ✗ {told} {say('report.not_written')}",
        )
    assert not (files / "nowhere").exists()


def test_output_whole_or_not_at_all(
    files: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """Where writing fails half-way, the file that was there stays, and nothing is left beside it."""
    monkeypatch.chdir(files)
    target = files / "report.json"
    target.write_text("old")
    before = sorted(files.iterdir())

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    said = call(COMPLETE, "-o", f"json={target}", "-q", *AFTER)
    assert (said.code, target.read_text()) == (2, "old")
    told = say("commands.disk_full")
    assert unwrapped(said.err) == f"{target} ✗ {told} {say('report.not_written')}"
    assert sorted(files.iterdir()) == before


def evidence_names(folder: Path) -> list[str]:
    """Other ways to name `met.yaml` in a folder."""
    (folder / "linked.yaml").symlink_to("met.yaml")
    os.link(folder / "met.yaml", folder / "hard.yaml")
    (folder / "sub").mkdir()
    return [
        "met.yaml",
        "./met.yaml",
        "sub/../met.yaml",
        str(folder / "met.yaml"),
        "linked.yaml",
        "hard.yaml",
    ]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_output_never_goes_over_the_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """However the evidence file is named, it is no place for a report; nothing is judged."""
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "met.yaml"
    target.write_bytes(COMPLETE.read_bytes())
    for name in evidence_names(tmp_path):
        for evidence in ("met.yaml", "linked.yaml"):
            said = call(SEED, evidence, "-o", f"json={name}", *AFTER)
            assert (said.code, said.out) == (2, "")
            reason = phrase("commands.output_taken", file=name)
            assert said.err.startswith(say("commands.wrong_usage", reason=reason) + "\n")
            assert target.read_bytes() == COMPLETE.read_bytes()


def test_output_never_goes_over_redirected_evidence(tmp_path: Path) -> None:
    """What a shell redirects to `-` is the evidence too."""
    target = tmp_path / "met.yaml"
    target.write_bytes(COMPLETE.read_bytes())
    with target.open("rb") as stream:
        done = subprocess.run(
            [sys.executable, "-m", "ita_check", "-", "-q", "-o", f"json={target}", *AFTER],
            stdin=stream,
            capture_output=True,
            cwd=ROOT,
            timeout=60,
            check=False,
        )
    assert target.read_bytes() == COMPLETE.read_bytes()
    assert done.returncode == 2


def test_output_twice_to_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """Two reports do not go to one file."""
    monkeypatch.chdir(tmp_path)
    said = call(COMPLETE, "-o", "json=a", "-o", "text=./a", *AFTER)
    assert (said.code, said.out) == (2, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only there a name may be any bytes")
def test_name_that_is_no_text(tmp_path: Path) -> None:
    """A file name that is no UTF-8 is judged and reported, also into a file."""
    name = os.fsdecode(b"\xe0\xb9.yaml")
    (tmp_path / name).write_bytes(COMPLETE.read_bytes())
    done = run(name, "--issue", 7, "-f", "json", "-o", "json=out.json", *AFTER, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == json.loads((tmp_path / "out.json").read_bytes())


# init


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("year", [2567, 2570, 2600])
def test_init(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call, year: int, language: str
) -> None:
    """The file that `init` writes is valid and has nothing met in it: 1, and every gap missing."""
    monkeypatch.chdir(tmp_path)
    said = call("init", "--fiscal-year", year, "--lang", language)
    assert (said.code, said.out) == (0, "")
    assert "evidence.yaml" in said.err
    assert [file.name for file in tmp_path.iterdir()] == ["evidence.yaml"]
    judged = call("evidence.yaml", "-f", "json", "--as-of", f"{year}-09-30")
    report = json.loads(judged.out)
    assert (judged.code, judged.err, report["fiscal_year"]) == (1, "", year)
    assert report["summary"] == {
        "requirements": 63,
        "met": 0,
        "incomplete": 0,
        "missing": 63,
        "not_due": 0,
        "not_applicable": 0,
        "waived": 0,
        "errors": 63 * 3,
        "warnings": 1,
    }


def test_init_names_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    """Every kind and every requirement has its place in the file, once."""
    monkeypatch.chdir(tmp_path)
    assert call("init", "new.yaml", "--fiscal-year", "๒๕๗๐").code == 0
    lines = (tmp_path / "new.yaml").read_text("utf-8").splitlines()
    for name in (*(f"  {kind}:" for kind in catalogue().kinds), *(f'  "{id_}":' for id_ in IDS)):
        assert lines.count(name) == 1, name
    assert lines.count("exceptions:") == 1
    assert any(line.startswith("fiscal_year: 2570") for line in lines)


def test_init_does_not_write_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """What is there stays and is 2, unless `--force` is given."""
    monkeypatch.chdir(tmp_path)
    target = tmp_path / "evidence.yaml"
    target.write_text("mine")
    said = call("init", "--fiscal-year", 2570)
    assert (said.code, said.out, target.read_text()) == (2, "", "mine")
    assert "--force" in said.err
    said = call("init", "--fiscal-year", 2570, "--force")
    assert (said.code, said.out) == (0, "")
    assert "fiscal_year: 2570" in target.read_text("utf-8")
    assert list(tmp_path.iterdir()) == [target]


def test_init_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """A folder, or a place in a folder that is not there, is 2 and leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    for words in (("folder",), ("folder", "--force"), ("nowhere/evidence.yaml",)):
        said = call("init", *words, "--fiscal-year", 2570)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith(f"{words[0]}\n  ✗ ")
    assert [file.name for file in tmp_path.rglob("*")] == ["folder"]


def test_init_to_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """`init -` writes the same text to standard output."""
    monkeypatch.chdir(tmp_path)
    assert call("init", "a.yaml", "--fiscal-year", 2570).code == 0
    said = call("init", "-", "--fiscal-year", 2570)
    assert said == Said(0, (tmp_path / "a.yaml").read_text("utf-8"), "")


# list


@pytest.mark.parametrize("language", ["th", "en"])
def test_list(call: Call, language: str) -> None:
    """`list` shows all 63 requirements in catalogue order, with titles and kinds."""
    said = call("list", "--lang", language, "--width", 300)
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    words = [line.split(maxsplit=1) for line in lines if line.startswith("    ")]
    shown = [(first, rest[0]) for first, *rest in words if first in IDS]
    assert shown == [(rule.id, rule.title.say(language)) for rule in catalogue().requirements]
    for rule in catalogue().requirements:
        place = next(n for n, line in enumerate(lines) if line.startswith(f"    {rule.id} "))
        assert lines[place + 1].split(" | ")[0] == " " * 12 + ", ".join(rule.kinds)


@pytest.mark.parametrize("language", ["th", "en"])
def test_list_kinds(call: Call, language: str) -> None:
    """`list --kinds` shows every kind with each of its own fields and their values."""
    said = call("list", "--kinds", "--lang", language, "--width", 300)
    assert (said.code, said.err) == (0, "")
    blocks = said.out.split("\n\n")
    assert [block.splitlines()[0] for block in blocks[1:]] == list(catalogue().kinds)
    for block, kind in zip(blocks[1:], catalogue().kinds.values(), strict=True):
        first = [line.split()[0] for line in block.splitlines()[2:]]
        for name in kind.own:
            wanted = [name, *(value.key for value in kind.fields[name].values)]
            assert [word for word in wanted if word not in first] == [], kind.name
    common = [line.split()[0] for line in blocks[0].splitlines()[1:]]
    for name in ("title", "url", "file", "fiscal_year", "channels", "website", "audience", "note"):
        assert name in common


def test_list_json(call: Call) -> None:
    """`list --format json` is one object in both languages, with the kinds where asked for."""
    plain, kinds = call("list", "-f", "json"), call("list", "--kinds", "--format", "json")
    assert (plain.code, plain.err, kinds.code, kinds.err) == (0, "", 0, "")
    assert plain == call("list", "-f", "json", "--lang", "en")
    content, with_kinds = json.loads(plain.out), json.loads(kinds.out)
    rules = [
        rule
        for issue in content["issues"]
        for measure in issue["measures"]
        for rule in measure["requirements"]
    ]
    assert [rule["id"] for rule in rules] == IDS
    assert all(rule["title"]["th"] and rule["title"]["en"] for rule in rules)
    assert len(content["issues"]) == 7
    assert sum(len(issue["measures"]) for issue in content["issues"]) == 10
    assert list(with_kinds["kinds"]) == list(catalogue().kinds)
    assert {key: with_kinds[key] for key in content} == content
    assert "kinds" not in content

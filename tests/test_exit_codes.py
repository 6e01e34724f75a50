"""Every row of the table of exit codes (contract.md, section 4), by the real command."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from support import ADVISED, COMPLETE, ROOT, SEED, Call, Said, run, say

from ita_check.cli import judging

AFTER = ("--as-of", "2570-10-15")
EXCEPTED = "agency: {name: เทศบาลตัวอย่าง}\nfiscal_year: 2567\nexceptions:\n" + "".join(
    f'  - {{requirement: "4.1.{step}", status: not_applicable, reason: ไม่มีทรัพย์สินให้ยืม}}\n'
    for step in range(1, 6)
)
NOT_DUE = "agency: {name: เทศบาลตัวอย่าง}\nfiscal_year: 2567\nexceptions:\n" + "".join(
    f'  - {{requirement: "5.1.{step}", status: not_applicable, reason: ไม่มีการจัดซื้อจัดจ้าง}}\n'
    for step in (1, 2, 3, 5, 6)
)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with one evidence file for each outcome."""
    texts = {
        "excepted": EXCEPTED,
        "not-due": NOT_DUE,
        "advised": ADVISED,
        "invalid": "agency: {name: x}\nfiscal_year: 2567\nevidense: {}\n",
        "empty": "",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "kinds.yaml").write_text("[", encoding="utf-8")
    return tmp_path


# Exit codes

REAL = [
    ("everything is met", 0, (COMPLETE, *AFTER)),
    ("a gap", 1, (SEED, *AFTER)),
    ("a warning reaches warning", 1, ("advised.yaml", "--issue", 4, "--fail-on=warning", *AFTER)),
    ("never turns 1 into 0", 0, (SEED, "--fail-on", "never", *AFTER)),
    ("no file is a usage error", 2, ()),
    ("an unknown option is a usage error", 2, (COMPLETE, "--nope")),
    ("a file that is not there", 2, ("nowhere.yaml",)),
    ("an invalid file", 2, ("invalid.yaml",)),
    ("an invalid catalogue", 2, (COMPLETE, "--rules", "rules")),
    ("all selected are excepted", 3, ("excepted.yaml", "--issue", 4, *AFTER)),
    (
        "what is not excepted is not due",
        3,
        ("not-due.yaml", "--issue", 5, "--as-of", "30 มี.ค. 2567"),
    ),
    ("no such issue", 3, (COMPLETE, "--issue", 8, *AFTER)),
]


@pytest.mark.parametrize(("code", "words"), [row[1:] for row in REAL], ids=[r[0] for r in REAL])
def test_exit_code(files: Path, code: int, words: tuple[object, ...]) -> None:
    """Each row of the contract's table is what the real command exits with."""
    done = run(*map(str, words), cwd=files)
    assert done.returncode == code, done.stderr.decode()
    assert b"Traceback" not in done.stderr


KEPT = [
    ("2 stays", 2, ("invalid.yaml",)),
    ("3 stays", 3, ("excepted.yaml", "--issue", 4)),
    ("0 stays", 0, (COMPLETE, *AFTER)),
]


@pytest.mark.parametrize(("code", "words"), [row[1:] for row in KEPT], ids=[r[0] for r in KEPT])
def test_never_changes_only_1(
    files: Path, monkeypatch: pytest.MonkeyPatch, call: Call, code: int, words: tuple[object, ...]
) -> None:
    """`--fail-on never` turns 1 into 0 and nothing else."""
    monkeypatch.chdir(files)
    assert call(*words, "--fail-on", "never").code == code


ORDER = [
    ((COMPLETE, "excepted.yaml"), 1),
    ((COMPLETE, COMPLETE), 0),
    ((COMPLETE, SEED), 1),
    ((SEED, "invalid.yaml"), 2),
    (("invalid.yaml", COMPLETE), 2),
    (("nowhere.yaml", SEED, COMPLETE), 2),
]


@pytest.mark.parametrize(("names", "code"), ORDER)
def test_precedence_of_several_files(
    files: Path,
    monkeypatch: pytest.MonkeyPatch,
    call: Call,
    names: tuple[object, ...],
    code: int,
) -> None:
    """Of several files the most telling code wins: 2, then 1, then 3, then 0."""
    monkeypatch.chdir(files)
    assert call(*names, *AFTER).code == code


def test_nothing_judged_comes_before_all_met(
    files: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """A file in which nothing was judged makes 3 of a 0, and a gap makes 1 of it."""
    monkeypatch.chdir(files)
    issue = ("--issue", 4, *AFTER)
    assert call("excepted.yaml", COMPLETE, *issue).code == 3
    assert call("excepted.yaml", COMPLETE, SEED, *issue).code == 1
    assert call("excepted.yaml", COMPLETE, SEED, *issue, "--fail-on", "never").code == 3
    assert call("excepted.yaml", "invalid.yaml", *issue).code == 2


def test_every_file_is_judged_even_if_one_is_unreadable(
    files: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """Before and after a file that cannot be read, the others are reported in the given order."""
    monkeypatch.chdir(files)
    said = call(SEED, "nowhere.yaml", COMPLETE, "-f", "json", *AFTER)
    entries = json.loads(said.out)
    assert said.code == 2
    assert [entry["evidence"]["path"] for entry in entries] == [
        str(SEED),
        "nowhere.yaml",
        str(COMPLETE),
    ]
    assert ["error" in entry for entry in entries] == [False, True, False]
    assert said.err.splitlines()[0] == "nowhere.yaml"


# Internal errors and interruptions


def crash(monkeypatch: pytest.MonkeyPatch, message: str = "a\nb", first: bool = True) -> None:
    """Let judging fail as no code of ours should: always, or only for the complete file."""
    true = judging.evaluate

    def broken(rules, evidence, *rest):
        if first or evidence.name == str(COMPLETE):
            raise RuntimeError(message)
        return true(rules, evidence, *rest)

    monkeypatch.setattr(judging, "evaluate", broken)


def test_internal_error(monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    """An internal error is 70 and one line on standard error, whatever its message holds."""
    crash(monkeypatch)
    said = call(COMPLETE, *AFTER)
    assert (said.code, said.out, said.err.count("\n")) == (70, "", 1)
    assert said.err == say("commands.internal_error", detail="RuntimeError: a b") + "\n"


@pytest.mark.parametrize("message", ["a\rb", "a\r\nb\x0bc", "a\u2028b", "a\x1b[2Jb", "a\x85b"])
def test_internal_error_is_one_inert_line(
    monkeypatch: pytest.MonkeyPatch, call: Call, message: str
) -> None:
    """What the exception says can neither begin a line nor reach the terminal."""
    crash(monkeypatch, message)
    said = call(COMPLETE, *AFTER)
    assert (said.code, len(said.err.splitlines())) == (70, 1)
    assert "\x1b" not in said.err


def test_internal_error_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """`--lang` holds for the one line too."""
    crash(monkeypatch)
    for words in (("--lang", "en"), ("--lang=en",)):
        line = say("commands.internal_error", "en", detail="RuntimeError: a b")
        assert call(COMPLETE, *AFTER, *words) == Said(70, "", line + "\n")


def test_traceback_with_debug_only(monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    """`--debug` shows the traceback before the one line, and the code stays 70."""
    crash(monkeypatch)
    said = call(COMPLETE, *AFTER, "--debug")
    assert (said.code, said.out) == (70, "")
    assert said.err.startswith("Traceback (most recent call last):\n")
    assert said.err.endswith(
        "\n" + say("commands.internal_error", detail="RuntimeError: a b") + "\n"
    )


def test_internal_error_comes_before_everything(
    files: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """70 wins over 2, 1, 3 and 0 of other files."""
    crash(monkeypatch, first=False)
    monkeypatch.chdir(files)
    assert call("nowhere.yaml", SEED, COMPLETE, *AFTER).code == 70
    assert call(COMPLETE, "excepted.yaml", *AFTER).code == 70


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_interrupted() -> None:
    """Ctrl-C while waiting for standard input is 130, without a word."""
    with subprocess.Popen(
        [sys.executable, "-m", "ita_check", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        # A shell in the background lets its children ignore SIGINT.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads here
    ) as process:
        assert process.stdin is not None
        # More than a pipe holds: written only when the other side reads.
        process.stdin.write(b"#" * 1_000_000)
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err) == (130, b"", b"")


# A closed pipe


def closed_pipe(*words: object, cwd: Path = ROOT) -> tuple[int, bytes]:
    """The code and standard error of the real command where nobody reads standard output."""
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "ita_check", *map(str, words)],
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=writing,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=60,
            check=False,
        )
    finally:
        os.close(writing)
    return done.returncode, done.stderr


CLOSED = [
    ("met", 0, (COMPLETE, *AFTER)),
    ("met, as JSON", 0, (COMPLETE, *AFTER, "-f", "json")),
    ("version", 0, ("--version",)),
    ("help", 0, ("check", "--help")),
]


@pytest.mark.parametrize(("code", "words"), [r[1:] for r in CLOSED], ids=[r[0] for r in CLOSED])
def test_closed_pipe(code: int, words: tuple[object, ...]) -> None:
    """A closed pipe keeps the code of the judgement and says nothing."""
    assert closed_pipe(*words) == (code, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell cannot close a stream there")
@pytest.mark.parametrize(
    ("stream", "code", "words"),
    [
        (0, 2, ("-", "-f", "json")),
        (1, 0, (COMPLETE, *AFTER)),
        (2, 2, ("nowhere.yaml", "-f", "json")),
        (2, 2, ("--nope",)),
    ],
)
def test_closed_stream(stream: int, code: int, words: tuple[object, ...]) -> None:
    """A stream that is not there at all (`2>&-`) changes no code and sends nothing elsewhere."""
    done = subprocess.run(
        [sys.executable, "-m", "ita_check", *map(str, words)],
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        preexec_fn=partial(os.close, stream),  # what a shell does for `2>&-`
        timeout=60,
        check=False,
    )
    assert done.returncode == code
    if "json" in words:
        assert "error" in json.loads(done.stdout)
    else:
        assert done.stdout == b""
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_standard_output_that_is_full() -> None:
    """A full disk is no fault of the program: 2 with its reason, like `-o` onto one."""
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ita_check", str(COMPLETE), *AFTER],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 2
    told = f"-\n  ✗ {say('commands.disk_full')}\n\n{say('report.not_written')}\n"
    assert done.stderr.decode() == told

"""What every format has in common: a walk over the registry."""

from __future__ import annotations

import ast
import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import ADVISED, COMPLETE, ROOT, SEED, Call, run, say

from ita_check.cli.output import why_not_written
from ita_check.reporting.formats import FORMATS, reporter

STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
NOT_JUDGED = 'agency: {name: ก}\nfiscal_year: 2567\nexceptions: [{requirement: "1.1.1"}]\n'
ALL_OUTPUTS = [word for name in FORMATS for word in ("-o", f"{name}=out.{name}")]


def code_rows(folder: Path) -> list[tuple[int, tuple[object, ...]]]:
    """A command line for each exit code of `check`, as the README lists them."""
    (folder / "advised.yaml").write_text(ADVISED, encoding="utf-8")
    (folder / "invalid.yaml").write_text(NOT_JUDGED, encoding="utf-8")
    advised = (folder / "advised.yaml", "--issue", "4", "--as-of", "2567-10-15")
    return [
        (0, (COMPLETE, "--as-of", "2570-09-30")),
        (0, advised),
        (0, (SEED, "--fail-on", "never")),
        (1, (SEED,)),
        (1, (*advised, "--fail-on", "warning")),
        (1, (STATUSES, "--as-of", "2567-03-01", "--group-by", "unit")),
        (2, (folder / "invalid.yaml",)),
        (2, (folder / "not-there.yaml", SEED)),
        (3, (COMPLETE, "--issue", "9")),
    ]


def test_every_module_of_the_room_is_a_format_or_serves_one() -> None:
    """A format is a module with `write` and a row; what has no row is imported by another module."""
    room = ROOT / "ita_check" / "reporting"
    modules = {file.stem for file in room.glob("*.py")} - {"__init__"}
    named = {module.rpartition(".")[2] for module in FORMATS.values()}
    assert set(FORMATS) == named <= modules
    imported = set()
    for file in (ROOT / "ita_check").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.removeprefix("ita_check.reporting."))
    assert modules - named <= imported
    for name in FORMATS:
        assert callable(reporter(name))


@pytest.mark.parametrize("name", FORMATS)
def test_the_format_never_changes_the_code(
    name: str, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row of the README's table, in each format."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    rows = code_rows(tmp_path)
    got = [(call(*words, "-f", name).code, words) for _, words in rows]
    assert got == rows


@pytest.mark.parametrize(
    ("evidence", "as_of"),
    [(COMPLETE, "2570-09-30"), (SEED, "2567-10-15"), (STATUSES, "2567-03-01")],
    ids=["complete", "seed", "statuses"],
)
@pytest.mark.parametrize("language", ["th", "en"])
def test_a_file_holds_what_standard_output_does(
    tmp_path: Path, evidence: Path, as_of: str, language: str
) -> None:
    """All formats written in one run are what each is on standard output."""
    options = (evidence, "--as-of", as_of, "--lang", language, "--no-color")
    done = run(*options, *ALL_OUTPUTS, "-q", cwd=tmp_path)
    assert done.stderr == b""
    for name in FORMATS:
        alone = run(*options, "-f", name, "-q", cwd=tmp_path)
        assert (alone.returncode, alone.stderr) == (done.returncode, b"")
        # The code is known only once everything is written; only standard output names it.
        code = " " + say("report.exit", language, code=done.returncode)
        shown = alone.stdout.decode("utf-8")
        assert (code in shown) is (name == "text")
        assert (tmp_path / f"out.{name}").read_bytes().decode("utf-8") == shown.replace(code, "")


@pytest.mark.parametrize("name", FORMATS)
def test_standard_input_and_several_files(name: str) -> None:
    """`-` is named as it was given; several files are all there."""
    done = run("-", SEED, "-f", name, "--as-of", "2567-10-15", stdin=STATUSES.read_bytes())
    assert (done.returncode, done.stderr) == (1, b"")
    text = done.stdout.decode("utf-8")
    if name == "github":  # ten annotations hold no more than the worst of them
        assert text
        return
    assert "7.1.2" in text
    assert "nakhon-ratchasima-2567" in text


@pytest.mark.parametrize("name", FORMATS)
def test_one_format_does_not_pay_for_another(name: str) -> None:
    """Only a format's own packages are imported for it."""
    heavy = {
        "jinja2": {"html"},
        "markupsafe": {"html"},
        "xml.etree.ElementTree": {"junit"},
        "rich.console": {"text"},
        "icu4py": {"text"},
    }
    program = (
        "import sys\n"
        "from ita_check.cli import main\n"
        f"main(['check', {str(COMPLETE)!r}, '--as-of', '2570-09-30', '-o', '{name}=' + sys.argv[1],"
        " '-f', 'json'])\n"
        f"print([one for one in {sorted(heavy)!r} if one in sys.modules], file=sys.stderr)\n"
    )
    run(COMPLETE, "-f", "json")  # the catalogue is compiled where it was not yet
    done = subprocess.run(
        [sys.executable, "-c", program, os.devnull],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    expected = [module for module in sorted(heavy) if name in heavy[module]]
    assert ast.literal_eval(done.stderr.decode().splitlines()[-1]) == expected


def test_output_never_goes_over_the_evidence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Call
) -> None:
    """No format is written where the evidence is read from; nothing is judged and nothing lost."""
    monkeypatch.chdir(tmp_path)
    before = SEED.read_bytes()
    (tmp_path / "evidence.yaml").write_bytes(before)
    for name in FORMATS:
        said = call("evidence.yaml", "-o", f"{name}=./evidence.yaml")
        reason = say("commands.output_taken", file="./evidence.yaml")
        assert (said.code, said.out) == (2, "")
        assert reason in said.err
    assert (tmp_path / "evidence.yaml").read_bytes() == before
    assert os.listdir(tmp_path) == ["evidence.yaml"]


FAULTS = [
    (errno.ENOENT, "no_folder", {"folder": "reports"}),
    (errno.ENOTDIR, "no_folder", {"folder": "reports"}),
    (errno.ENAMETOOLONG, "name_too_long", {}),
    (errno.EACCES, "may_not_write", {"folder": "reports"}),
    (errno.EPERM, "may_not_write", {"folder": "reports"}),
    (errno.EROFS, "may_not_write", {"folder": "reports"}),
    (errno.ENOSPC, "disk_full", {}),
    (errno.EDQUOT, "disk_full", {}),
    (errno.EISDIR, "is_a_folder", {}),
    (errno.EIO, "cannot_write", {"reason": os.strerror(errno.EIO)}),
]


@pytest.mark.parametrize(("number", "key", "gaps"), FAULTS, ids=[one[1] for one in FAULTS])
def test_why_a_file_cannot_be_written(number: int, key: str, gaps: dict[str, str]) -> None:
    """Each reason of the system is told as what to do about it, in both languages."""
    reason = why_not_written(OSError(number, os.strerror(number)), "reports/out.html")
    for language in ("th", "en"):
        assert reason.say(language) == say(f"commands.{key}", language, **gaps)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no disk that is always full")
def test_disk_that_is_full(call: Call) -> None:
    """A real full device: 2, what to do, and the other file is written all the same."""
    said = call(COMPLETE, "-o", "html=/dev/full", "-q", "--as-of", "2570-09-30", "--lang", "en")
    assert said.code == 2
    assert " ".join(said.err.split()) == " ".join(
        f"/dev/full ✗ {say('commands.disk_full', 'en')} {say('report.not_written', 'en')}".split()
    )


# GitHub's summary


def test_step_summary(tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the Markdown report, added to what is there, and only where `github` is asked for."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    words = (SEED, "--as-of", "2567-10-15")
    call(*words, "-f", "markdown")
    assert not summary.exists()
    summary.write_text("# before\n", encoding="utf-8")
    said = call(*words, "-f", "github")
    markdown = call(*words, "-f", "markdown").out
    assert summary.read_text("utf-8") == "# before\n" + markdown
    assert said.code == 1
    call(*words, "-q", "-o", f"github={tmp_path / 'commands.txt'}")
    assert len(summary.read_text("utf-8")) > len(markdown)


def test_step_summary_that_would_be_too_long(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub refuses more than 1 MiB: then the figures alone go there."""
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    summary.write_text("x" * (2**20 - 20_000), encoding="utf-8")
    call(SEED, "-f", "github", "--as-of", "2567-10-15")
    quiet = call(SEED, "-f", "markdown", "-q", "--as-of", "2567-10-15").out
    added = summary.read_text("utf-8").lstrip("x")
    assert added == quiet
    assert summary.stat().st_size < 2**20


def test_step_summary_that_cannot_be_written(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2 with its reason; the annotations are written all the same."""
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "nowhere" / "summary.md"))
    said = call(COMPLETE, "-f", "github", "--as-of", "2570-09-30")
    assert said.code == 2
    assert str(tmp_path / "nowhere") in said.err


@pytest.mark.parametrize("name", FORMATS)
def test_no_format_gives_a_runner_an_order(name: str, tmp_path: Path) -> None:
    """GitHub's older `##[command]` is obeyed anywhere in a line; evidence cannot write one."""
    order = "##[set-output name=owned]yes"
    good = (
        f'agency: {{name: "{order}"}}\nfiscal_year: 2567\nexceptions:\n  - requirement: "4.1.2"\n'
    )
    good += f'    status: not_applicable\n    reason: "{order}"\n'
    (tmp_path / "good.yaml").write_text(good, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(f'"{order}": x\n{good}', encoding="utf-8")
    for file, code in (("good.yaml", 1), ("bad.yaml", 2)):
        done = run(file, "-f", name, "--as-of", "2567-03-01", cwd=tmp_path)
        assert done.returncode == code
        assert b"set-output" in done.stdout + done.stderr
        assert b"##[" not in done.stdout + done.stderr

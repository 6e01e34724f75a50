"""What the README tells its readers to type does what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path

import pytest
from support import ROOT, judge_case, run

from ita_check.loading.cases import read_cases
from ita_check.loading.catalogue import load_catalogue

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCK = re.compile(
    r"^```(?P<language>\w+)(?: exit=(?P<code>\d+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
BLOCKS = list(BLOCK.finditer(README))
TEST_COMMAND = "sh tests/run.sh"
IGNORED = shutil.ignore_patterns(".git", ".venv", "*_cache", ".hypothesis", "__pycache__")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with a virtual environment of its own.

    It sees the packages of this run's environment, so that no test downloads them again.
    """
    folder = tmp_path_factory.mktemp("readme") / "ita-check"
    shutil.copytree(ROOT, folder, ignore=IGNORED)
    venv.create(folder / ".venv", symlinks=True)  # pip is one of those packages
    (packages,) = (folder / ".venv").glob("lib/python*/site-packages")
    (packages / "of_the_run.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder


def test_every_command_runs_as_written(clone: Path) -> None:
    """Each shell block, in order and in one folder, ends with the exit code it promises."""
    environment = {**os.environ, "PATH": f"{clone}/.venv/bin{os.pathsep}{os.environ['PATH']}"}
    for name in ("PYTHONPATH", "VIRTUAL_ENV"):
        environment.pop(name, None)
    commands = [
        (line, int(block["code"] or 0))
        for block in BLOCKS
        if block["language"] == "sh"
        for line in block["text"].splitlines()
        if line != TEST_COMMAND
    ]
    codes = {}
    for line, _ in commands:
        done = subprocess.run(
            ["bash", "-c", line], cwd=clone, env=environment, capture_output=True, check=False
        )
        codes[line] = done.returncode
        assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert codes == dict(commands)
    assert len(commands) >= 8


def test_the_test_command_is_what_ci_runs() -> None:
    """The README names exactly one test command, and `.ci/run` takes it from there."""
    marked = README.partition("<!-- test command -->\n")[2]
    assert marked.startswith(f"```sh\n{TEST_COMMAND}\n```\n")
    assert "README.md" in (ROOT / ".ci" / "run").read_text()


def test_the_example_file_is_judged(tmp_path: Path) -> None:
    """The evidence file shown is valid, and meets the requirement it shows most of."""
    text = next(b["text"] for b in BLOCKS if b["text"].startswith("agency:"))
    (tmp_path / "evidence.yaml").write_text(text, encoding="utf-8")
    done = run("evidence.yaml", "--as-of", "2567-03-01", "--lang", "en", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == b""
    assert "Met (1, declared): 6.1.1\n" in done.stdout.decode()


def test_the_example_rule_is_two_files(tmp_path: Path) -> None:
    """The rule and the cases shown make a requirement that its cases prove."""
    folder = tmp_path / "rules"
    for name in ("issue-8", "issues"):
        (folder / name).mkdir(parents=True)
    (folder / "issues" / "8.yaml").write_text(
        "title: {th: ข้อมูลเปิด, en: Open data}\n"
        'measures: {"8.1": {title: {th: เปิดเผยข้อมูล, en: Publish data}}}\n',
        encoding="utf-8",
    )
    rule = next(b["text"] for b in BLOCKS if "id: 8.1.1" in b["text"])
    (folder / "issue-8" / "8.1.1.yaml").write_text(rule, encoding="utf-8")
    cases = next(b["text"] for b in BLOCKS if "- name: the data has an address" in b["text"])
    catalogue = load_catalogue((folder,))
    judged = {}
    for case in read_cases("README.md", cases.encode()):
        one = judge_case(catalogue, "8.1.1", case)
        found = [(f.code, f.level, f.path) for f in one.findings]
        judged[case.name] = (one.status, found)
        assert (one.status, found) == (
            case.expect,
            [(f.code, f.level, f.path) for f in case.findings],
        )
    assert len(judged) == 2


def test_verified_codes_are_those_of_the_rules() -> None:
    """The README's list of verified OIT codes is that of the catalogue."""
    verified = {
        oit.code for rule in load_catalogue().requirements for oit in rule.oit if oit.verified
    }
    listed = README.partition("Verified on public pages are")[2].partition("All others")[0]
    assert set(re.findall(r"O\d+", listed)) == verified

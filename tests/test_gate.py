"""The gate: the pre-commit hooks in a real repository, and the README's examples for CI."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import COMPLETE, ROOT, SEED

README = (ROOT / "README.md").read_text(encoding="utf-8")
IGNORED = shutil.ignore_patterns(
    ".git", ".venv", "*_cache", ".hypothesis", "__pycache__", "build", "dist"
)
AFTER = ("--as-of", "2570-09-30")


def git(folder: Path, *words: str) -> str:
    """A git command in a folder, with no settings of whoever runs the tests."""
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    identity = ("-c", "user.name=officer", "-c", "user.email=officer@example.go.th")
    done = subprocess.run(
        ["git", *identity, *words], cwd=folder, env=environment, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The checkout as a repository of hooks, and its commit."""
    folder = tmp_path_factory.mktemp("hooks") / "ita-check"
    shutil.copytree(ROOT, folder, ignore=IGNORED)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "what is tested")
    return folder, git(folder, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit installs the hook, once for all tests here."""
    return tmp_path_factory.mktemp("home")


def municipality(folder: Path, hooks: tuple[Path, str], hook: str, *args: str) -> None:
    """A small repository that uses one of the hooks."""
    folder.mkdir(exist_ok=True)
    git(folder, "init", "--quiet")
    config = {
        "repos": [
            {
                "repo": str(hooks[0]),
                "rev": hooks[1],
                "hooks": [{"id": hook, "args": list(args), "verbose": True}],
            }
        ]
    }
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")


def pre_commit(folder: Path, home: Path) -> tuple[int, str]:
    """What `pre-commit run` comes to on everything that is staged."""
    git(folder, "add", "--all")
    done = subprocess.run(
        [sys.executable, "-m", "pre_commit", "run", "--color", "never"],
        cwd=folder,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith("GIT_")},
            "PRE_COMMIT_HOME": str(home),
            "ITA_CHECK_LANG": "en",
        },
        capture_output=True,
        timeout=300,
        check=False,
    )
    return done.returncode, done.stdout.decode() + done.stderr.decode()


def test_hook_refuses_gaps(tmp_path: Path, hooks: tuple[Path, str], home: Path) -> None:
    """Gaps refuse the commit and are shown; complete evidence passes; other files are left alone."""
    municipality(tmp_path, hooks, "ita-check", *AFTER)
    shutil.copy(COMPLETE, tmp_path / "evidence.yaml")
    shutil.copytree(COMPLETE.parent / "files", tmp_path / "files")
    (tmp_path / "other.yaml").write_text("no: evidence\n")
    code, said = pre_commit(tmp_path, home)
    assert (code, "All 63 requirements that were judged are met." in said) == (0, True), said
    text = (tmp_path / "evidence.yaml").read_text("utf-8")
    broken = re.sub(r"(?m)^  dos_and_donts:\n(?:    .*\n|\n)+", "", text)
    assert broken != text
    (tmp_path / "evidence.yaml").write_text(broken, encoding="utf-8")
    code, said = pre_commit(tmp_path, home)
    assert code == 1, said
    assert "Not ready:" in said
    assert "evidence.yaml:" in said
    assert "- exit code: 1" in said


def test_hook_for_work_in_progress(tmp_path: Path, hooks: tuple[Path, str], home: Path) -> None:
    """`ita-check-valid` lets gaps pass, and refuses a file with a mistake in it."""
    municipality(tmp_path, hooks, "ita-check-valid", *AFTER)
    (tmp_path / "evidence-2567.yaml").write_text(
        "agency: {name: เทศบาลตัวอย่าง}\nfiscal_year: 2567\n", encoding="utf-8"
    )
    code, said = pre_commit(tmp_path, home)
    assert code == 0, said
    assert "this does not count as a failure" in " ".join(said.split())
    (tmp_path / "evidence-2567.yaml").write_text(
        "agency: {nam: เทศบาลตัวอย่าง}\nfiscal_year: 2567\n", encoding="utf-8"
    )
    code, said = pre_commit(tmp_path, home)
    assert code == 1, said
    assert "evidence-2567.yaml:1:10" in said
    assert "- exit code: 2" in said


# The examples


def example(marker: str) -> str:
    """The YAML block of the README that begins with a line."""
    return next(
        block
        for block in re.findall(r"^```yaml\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
        if block.startswith(marker)
    )


EXAMPLES = [("# .github/workflows/ita.yml", "github-workflows"), ("# .gitlab-ci.yml", "gitlab-ci")]


@pytest.mark.parametrize(("marker", "schema"), EXAMPLES, ids=[one[1] for one in EXAMPLES])
def test_example_is_what_the_host_takes(tmp_path: Path, marker: str, schema: str) -> None:
    """The host's own schema accepts it."""
    file = tmp_path / "ci.yml"
    file.write_text(example(marker), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", file],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()


def run_step(command: str, folder: Path, **environment: str) -> int:
    """A step of an example, in a folder that has the seed's evidence."""
    shutil.copy(SEED, folder / "evidence.yaml")
    program, *words = shlex.split(command)
    assert program == "ita-check"
    done = subprocess.run(
        [sys.executable, "-m", "ita_check", *words, "--as-of", "2567-10-15"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        check=False,
    )
    assert done.stderr == b""
    return done.returncode


def test_github_example_makes_what_it_uploads(tmp_path: Path) -> None:
    """The step fails on gaps; what later steps upload is there, and they run all the same."""
    steps: list[dict[str, Any]] = yaml.safe_load(example("# .github"))["jobs"]["ita"]["steps"]
    number, check = next(
        (n, one["run"]) for n, one in enumerate(steps) if one.get("run", "").startswith("ita-check")
    )
    summary = tmp_path / "summary.md"
    assert run_step(check, tmp_path, GITHUB_STEP_SUMMARY=str(summary)) == 1
    assert "39" in summary.read_text("utf-8")
    uploads = steps[number + 1 :]
    assert [one["uses"].partition("@")[0] for one in uploads] == [
        "github/codeql-action/upload-sarif",
        "actions/upload-artifact",
    ]
    for one in uploads:
        assert one["if"] == "${{ !cancelled() }}"
        file = one["with"].get("sarif_file") or one["with"]["path"]
        assert (tmp_path / file).stat().st_size > 1000
    assert json.loads((tmp_path / "ita.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_gitlab_example_makes_what_it_reports(tmp_path: Path) -> None:
    """The job fails on gaps; its reports are there, and are kept whenever it ends."""
    job = yaml.safe_load(example("# .gitlab-ci.yml"))["ita"]
    check = next(line for line in job["script"] if line.startswith("ita-check"))
    assert run_step(check, tmp_path) == 1
    artifacts = job["artifacts"]
    assert artifacts["when"] == "always"
    assert set(artifacts["reports"]) == {"codequality", "junit"}
    for file in (*artifacts["reports"].values(), *artifacts["paths"]):
        assert (tmp_path / file).stat().st_size > 1000

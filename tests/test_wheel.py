"""What is installed: the wheel carries the rules as they are, and works without the checkout."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from support import CASES, COMPLETE, ROOT, SEED

BUILT_FROM = ("ita_check", "rules", "fixtures", "pyproject.toml", "README.md", "LICENSE")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built offline from a copy that holds what only a run leaves behind, too."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(ROOT / name, copy / name, ignore=ignored)
        else:
            shutil.copy(ROOT / name, copy / name)
    cache = copy / "ita_check" / "__pycache__"
    cache.mkdir()
    (cache / f"catalogue.{sys.implementation.cache_tag}.pickle").write_bytes(b"not of this wheel")
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=copy,
        capture_output=True,
        env={**os.environ, "PIP_NO_INDEX": "1"},
        timeout=60,
        check=False,
    )
    assert built.returncode == 0, built.stderr.decode()
    (found,) = (copy / "dist").iterdir()
    return found


@pytest.fixture(scope="module")
def members(wheel: Path) -> dict[str, bytes]:
    """What is in the wheel, by path."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel is unpacked, as an installer does."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def files_below(folder: Path, at: str = "") -> dict[str, bytes]:
    """The content of every file below a folder, by path."""
    return {
        at + path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_every_file_of_the_wheel(members: dict[str, bytes]) -> None:
    """The wheel holds program, rules and cases byte for byte as they stand, and nothing else."""
    expected = {
        **files_below(ROOT / "ita_check", "ita_check/"),
        **files_below(ROOT / "rules", "ita_check/_rules/"),
        **files_below(CASES, "ita_check/_cases/"),
    }
    inside = {name: data for name, data in members.items() if ".dist-info/" not in name}
    assert inside.keys() == expected.keys()
    assert [name for name, data in inside.items() if data != expected[name]] == []


def test_rules_and_cases_are_in_it(members: dict[str, bytes]) -> None:
    """There are 63 rules with 63 files of cases, in the places where the program looks for them."""
    names = [name for name in members if re.fullmatch(r".*/\d+\.\d+\.\d+\.yaml", name)]
    rules = [name.removeprefix("ita_check/_rules/") for name in names if "/_rules/" in name]
    cases = [name.removeprefix("ita_check/_cases/") for name in names if "/_cases/" in name]
    assert (len(rules), sorted(rules)) == (63, sorted(cases))
    for name in ("catalogue.yaml", "evidence.yaml", "kinds.yaml", "issues/7.yaml"):
        assert f"ita_check/_rules/{name}" in members


def test_what_comes_with_the_program(members: dict[str, bytes]) -> None:
    """Its texts are in the wheel, and the mark that it is typed, as its classifiers say."""
    texts = {f"ita_check/texts/{path.name}" for path in (ROOT / "ita_check/texts").glob("*.json")}
    web = {f"ita_check/reporting/web/report.{kind}" for kind in ("html", "css", "js")}
    assert {"ita_check/texts/findings.json", *web} <= members.keys()
    assert texts <= members.keys()
    metadata = next(data for name, data in members.items() if name.endswith("/METADATA")).decode()
    assert ("Classifier: Typing :: Typed" in metadata) == ("ita_check/py.typed" in members)


def test_metadata(wheel: Path, members: dict[str, bytes]) -> None:
    """Name, version, license, dependencies and the command are those of the project."""
    import tomllib

    from ita_check import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert wheel.name == f"ita_check-{__version__}-py3-none-any.whl"
    info = f"ita_check-{__version__}.dist-info"
    lines = members[f"{info}/METADATA"].decode().partition("\n\n")[0].splitlines()
    assert f"Name: {project['name']}" in lines
    assert f"Version: {__version__}" in lines
    assert "License-Expression: MIT" in lines
    required = [line.removeprefix("Requires-Dist: ") for line in lines if "Requires-Dist" in line]
    names = {re.split(r"[<>=; ]", one)[0].lower() for one in required if "extra ==" not in one}
    assert names == {re.split(r"[<>=; ]", one)[0].lower() for one in project["dependencies"]}
    assert members[f"{info}/licenses/LICENSE"] == (ROOT / "LICENSE").read_bytes()
    assert members[f"{info}/entry_points.txt"].decode() == (
        f"[console_scripts]\nita-check = {project['scripts']['ita-check']}\n"
    )


def run_installed(
    installed: Path, *words: str | Path, cwd: Path
) -> subprocess.CompletedProcess[bytes]:
    """Run the entry point of the unpacked wheel as its script does, away from the checkout."""
    entry = next(installed.glob("*.dist-info")) / "entry_points.txt"
    module, _, function = entry.read_text().split("= ")[1].strip().partition(":")
    code = (
        f"import sys, {module.partition('.')[0]} as package\n"
        f"assert package.__file__.startswith({str(installed)!r}), package.__file__\n"
        f"from {module} import {function}\n"
        f"sys.exit({function}())\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=cwd,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(installed)},
        timeout=60,
        check=False,
    )


def run_checkout(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run the checkout in the same folder."""
    return subprocess.run(
        [sys.executable, "-m", "ita_check", *map(str, words)],
        cwd=cwd,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("check", COMPLETE, "--as-of", "2570-10-15", "--format", "json"), 0),
        ((SEED, "--as-of", "2567-09-30", "--lang", "en"), 1),
        (("list", "--format", "json", "--kinds"), 0),
        (("explain", "7.1.2"), 0),
        (("init", "-", "--fiscal-year", "2570"), 0),
    ],
    ids=["check as JSON", "check as text", "list", "explain", "init"],
)
def test_installed_is_as_the_checkout(
    installed: Path, tmp_path: Path, words: tuple[str | Path, ...], code: int
) -> None:
    """Installed, every command does what it does in the checkout, rules and cases included."""
    found = run_installed(installed, *words, cwd=tmp_path)
    expected = run_checkout(*words, cwd=tmp_path)
    assert (found.returncode, found.stderr.decode()) == (code, "")
    assert found.stdout == expected.stdout
    assert len(found.stdout) > 1000
    assert [*tmp_path.iterdir()] == []


def test_installed_catalogue(installed: Path, tmp_path: Path) -> None:
    """Installed, the catalogue has 63 rules and its digest, and added rules come on top."""
    folder = tmp_path / "rules" / "issue-8"
    folder.mkdir(parents=True)
    (tmp_path / "rules" / "issues").mkdir()
    (tmp_path / "rules" / "issues" / "8.yaml").write_text(
        'title: {th: ทดลอง, en: Trial}\nmeasures: {"8.1": {title: {th: ทดลอง, en: Trial}}}\n',
        encoding="utf-8",
    )
    (folder / "8.1.1.yaml").write_text(
        "id: 8.1.1\ntitle: {th: ทดลอง, en: Trial}\nkinds: [contact]\noit: []\n"
        "source: {document: seed, step: '1'}\nwhy: {th: ทดลอง, en: Trial}\n"
        "fix: {th: ทดลอง, en: Trial}\nchecks: []\n",
        encoding="utf-8",
    )
    words = ("check", COMPLETE, "--format", "json", "--as-of", "2570-10-15")
    plain = json.loads(run_installed(installed, *words, cwd=tmp_path).stdout)
    more = json.loads(run_installed(installed, *words, "--rules", "rules", cwd=tmp_path).stdout)
    assert (plain["catalogue"]["requirements"], more["catalogue"]["requirements"]) == (63, 64)
    assert plain["catalogue"]["sha256"] != more["catalogue"]["sha256"]
    # The catalogue is kept beside the program's own modules, nowhere else.
    kept = [path.relative_to(installed).as_posix() for path in installed.rglob("*.pickle")]
    tag = sys.implementation.cache_tag
    assert kept == [f"ita_check/__pycache__/catalogue.{tag}.pickle"]


def test_damage_of_an_installation(installed: Path, tmp_path: Path) -> None:
    """An installation without its rules judges nothing, and says which folder is not there."""
    copy = tmp_path / "site"
    shutil.copytree(installed, copy, ignore=shutil.ignore_patterns("_rules", "__pycache__"))
    found = run_installed(copy, "list", "--lang", "en", cwd=tmp_path)
    assert (found.returncode, found.stdout) == (2, b"")
    assert str(copy) in found.stderr.decode()

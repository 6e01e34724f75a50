"""The compiled catalogue: as fast as a module, and never used where it is not what it stands for."""

from __future__ import annotations

import ast
import io
import pickle
import shutil
import sys
from pathlib import Path

import pytest
from support import COMPLETE, ROOT, run

import ita_check
from ita_check.loading import catalogue as loading
from ita_check.loading import compiled
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.rule_files import digest, read_rule_files
from ita_check.model.catalogue import Catalogue

PACKAGE = Path(ita_check.__file__).parent
KEY_LENGTH = 64
# Building is not what is tested here: one catalogue for each digest does for all tests.
BUILT: dict[str, Catalogue] = {}


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the program's source and rules; what this process loads is read and kept there."""
    copy = tmp_path / "checkout"
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("ita_check", "rules"):
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    monkeypatch.setattr(compiled, "_PACKAGE", copy / "ita_check")
    monkeypatch.setattr(loading, "rules_folder", lambda: copy / "rules")
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return copy


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The digests of the catalogues that are built from rule files while a test runs."""
    from ita_check.loading import rules

    found: list[str] = []
    build = rules.build_catalogue

    def counted(folders: object, sha256: str) -> Catalogue:
        found.append(sha256)
        if sha256 not in BUILT:
            BUILT[sha256] = build(folders, sha256)  # type: ignore[arg-type]  # passed on
        return BUILT[sha256]

    monkeypatch.setattr(rules, "build_catalogue", counted)
    return found


def kept(checkout: Path) -> Path:
    """The one file that is kept."""
    (file,) = (checkout / "ita_check" / "__pycache__").glob("*.pickle")
    return file


def test_second_start(checkout: Path, builds: list[str]) -> None:
    """The first start builds the catalogue and keeps it; the second one only reads it."""
    first = load_catalogue()
    assert builds == [first.sha256]
    again = load_catalogue()
    assert builds == [first.sha256]
    assert again == first
    assert again is not first
    assert (again.year_checks, again.requirements) == (first.year_checks, first.requirements)
    assert kept(checkout).name == f"catalogue.{sys.implementation.cache_tag}.pickle"
    assert [file.name for file in kept(checkout).parent.iterdir()] == [kept(checkout).name]


def test_added_rules(checkout: Path, builds: list[str], tmp_path: Path) -> None:
    """A catalogue with added rules is built each time and never kept."""
    folder = tmp_path / "added"
    (folder / "issues").mkdir(parents=True)
    (folder / "issues" / "8.yaml").write_text(
        'title: {th: ทดลอง, en: Trial}\nmeasures: {"8.1": {title: {th: ทดลอง, en: Trial}}}\n',
        encoding="utf-8",
    )
    load_catalogue()
    before = kept(checkout).read_bytes()
    added = load_catalogue((folder,))
    assert len(builds) == 2
    assert [issue.number for issue in added.issues] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert kept(checkout).read_bytes() == before
    assert [issue.number for issue in load_catalogue().issues] == [1, 2, 3, 4, 5, 6, 7]
    assert len(builds) == 2


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("issue-7/7.1.2.yaml", 'step: "7.1.2"', 'step: "7.1.3"'),
        ("issues/7.yaml", "en: ", "en: The "),
        ("kinds.yaml", "en: ", "en: The "),
        ("evidence.yaml", "group: other", "group: others"),
        ("catalogue.yaml", "id: ita-municipality", "id: ita-other"),
    ],
)
def test_changed_rule_file(
    checkout: Path, builds: list[str], name: str, old: str, new: str
) -> None:
    """After a change of any rule file the catalogue is the new one, and so after changing back."""
    first = load_catalogue()
    file = checkout / "rules" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    second = load_catalogue()
    assert builds == [first.sha256, second.sha256]
    assert second != first
    file.write_text(text, encoding="utf-8")
    assert load_catalogue() == first


def test_rule_file_that_comes_or_goes(checkout: Path, builds: list[str]) -> None:
    """A rule file that is taken away or renamed is gone from the catalogue at the next start."""
    assert len(load_catalogue().requirements) == 63
    file = checkout / "rules" / "issue-7" / "7.1.11.yaml"
    text = file.read_bytes()
    file.unlink()
    assert len(load_catalogue().requirements) == 62
    file.write_bytes(text)
    assert len(load_catalogue().requirements) == 63
    assert len(builds) == 3


def modules_of_a_build() -> set[str]:
    """The modules whose code runs, or whose classes are made, between rule files and catalogue.

    Those that only say what is wrong with a rule file decide nothing that is kept.
    """
    waiting, found = ["loading/catalogue.py"], set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ImportFrom) or not (node.module or "").startswith("ita_"):
                continue
            base = (node.module or "").removeprefix("ita_check").replace(".", "/").strip("/")
            candidates = [f"{base}.py", f"{base}/__init__.py".lstrip("/")]
            candidates += [f"{base}/{alias.name}.py" for alias in node.names]
            waiting += [one for one in candidates if (PACKAGE / one).is_file()]
    return found


# Imported on the way from rule files to catalogue, without a say in what is in it: the messages,
# the reading of evidence files, and the keeping itself.
NO_MAKERS = {
    "__init__.py",
    "atomic.py",
    "errors.py",
    "loading/__init__.py",
    "loading/compiled.py",
    "loading/dates.py",
    "loading/files.py",
    "loading/suggest.py",
    "model/__init__.py",
    "model/address.py",
    "model/calendar.py",
    "model/evidence.py",
}


def test_makers_are_complete() -> None:
    """Every module that has a say in what a catalogue holds is one whose change makes it stale."""
    assert modules_of_a_build() - NO_MAKERS - set(compiled._MAKERS) == set()


@pytest.mark.parametrize("name", sorted(modules_of_a_build() - NO_MAKERS))
def test_changed_maker(checkout: Path, builds: list[str], name: str) -> None:
    """After a change of a module that makes the catalogue, what it made before is not used."""
    key = compiled.key_for("0" * 64)
    assert key == compiled.key_for("0" * 64)
    assert key != compiled.key_for("1" * 64)
    with (checkout / "ita_check" / name).open("a", encoding="utf-8") as module:
        module.write("\n# changed\n")
    assert compiled.key_for("0" * 64) != key
    assert builds == []


def test_source_that_is_not_there(checkout: Path, builds: list[str]) -> None:
    """Where the program is installed without its source, nothing is kept, as nothing says when."""
    (checkout / "ita_check" / "model" / "checks.py").unlink()
    assert load_catalogue() == load_catalogue()
    assert len(builds) == 2
    assert not (checkout / "ita_check" / "__pycache__").exists()


class Ran:
    """An object whose unpickling would leave a trace."""

    def __reduce__(self) -> tuple[object, tuple[str, str]]:
        return (open, (str(Ran.trace), "w"))

    trace = Path()


def pickled(thing: object) -> bytes:
    """A thing as a pickle."""
    buffer = io.BytesIO()
    pickle.Pickler(buffer, protocol=5).dump(thing)
    return buffer.getvalue()


DAMAGES = {
    "empty": lambda _: b"",
    "half a key": lambda data: data[: KEY_LENGTH // 2],
    "only the key": lambda data: data[:KEY_LENGTH],
    "truncated": lambda data: data[: len(data) // 2],
    "one byte short": lambda data: data[:-1],
    "zeros after the key": lambda data: data[:KEY_LENGTH] + bytes(len(data) - KEY_LENGTH),
    "another key": lambda data: b"0" * KEY_LENGTH + data[KEY_LENGTH:],
    "no key": lambda data: data[KEY_LENGTH:],
    "another thing": lambda data: data[:KEY_LENGTH] + pickled({"requirements": ()}),
    "text": lambda _: "ข้อความ".encode() * 100,
    "a letter changed": lambda data: changed_letter(data, b"ita-municipality"),
    "a field of a check changed": lambda data: changed_letter(data, b"protects_identity"),
    "something behind it": lambda data: data + b"more",
}


def changed_letter(data: bytes, text: bytes) -> bytes:
    """The data with one letter of a text that stands in it changed."""
    at = data.index(text)
    return data[:at] + b"X" + data[at + 1 :]


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_file(checkout: Path, builds: list[str], damage: str) -> None:
    """A file that is not exactly what was kept is built anew and put right."""
    first = load_catalogue()
    file = kept(checkout)
    whole = file.read_bytes()
    damaged = DAMAGES[damage](whole)
    assert damaged != whole
    file.write_bytes(damaged)
    assert load_catalogue() == first
    assert len(builds) == 2
    assert load_catalogue() == first
    assert len(builds) == 2


def test_foreign_file(checkout: Path, builds: list[str], tmp_path: Path) -> None:
    """What somebody else's file would run when it is read does not run."""
    load_catalogue()
    file = kept(checkout)
    Ran.trace = tmp_path / "ran"
    file.write_bytes(b"f" * KEY_LENGTH + pickled(Ran()))
    load_catalogue()
    assert not Ran.trace.exists()
    assert len(builds) == 2


@pytest.mark.parametrize("place", ["a file", "a folder in its place", "nothing can be made there"])
def test_place_that_cannot_be_written(
    checkout: Path, builds: list[str], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be kept, every start builds the catalogue, and none of them fails."""
    cache = checkout / "ita_check" / "__pycache__"
    if place == "a file":
        cache.write_bytes(b"")
    elif place == "a folder in its place":
        (cache / f"catalogue.{sys.implementation.cache_tag}.pickle" / "in it").mkdir(parents=True)
    else:
        monkeypatch.setattr(sys, "pycache_prefix", "/dev/null")
    before = sorted(path.relative_to(checkout) for path in checkout.rglob("*"))
    first = load_catalogue()
    assert load_catalogue() == first
    assert len(builds) == 2
    assert sorted(path.relative_to(checkout) for path in checkout.rglob("*")) == before


def test_where_python_writes_elsewhere(
    checkout: Path, builds: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where Python is told to write compiled modules elsewhere, the catalogue goes there too."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "elsewhere"))
    assert load_catalogue() == load_catalogue()
    assert len(builds) == 1
    assert not (checkout / "ita_check" / "__pycache__").exists()
    assert len([*(tmp_path / "elsewhere").rglob("*.pickle")]) == 1


def test_wrong_rules_are_not_kept(checkout: Path) -> None:
    """A catalogue that is not valid is never kept: the same errors are told at every start."""
    from ita_check.errors import CannotJudge

    file = checkout / "rules" / "issue-7" / "7.1.2.yaml"
    text = file.read_text(encoding="utf-8")
    head = text[: text.index("published: {}")]
    file.write_text(text.replace("published: {}", "publishd: {}"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(CannotJudge) as raised:
            load_catalogue()
        places = [(Path(problem.file), problem.line) for problem in raised.value.problems]
        assert places == [(file, head.count("\n") + 1)]
    assert not (checkout / "ita_check" / "__pycache__").exists()


def test_digest_is_that_of_the_files(checkout: Path, builds: list[str]) -> None:
    """What is kept names the digest of the rule files, as a catalogue that was built does."""
    load_catalogue()
    folders = (read_rule_files(checkout / "rules"),)
    assert load_catalogue().sha256 == digest(folders)
    assert kept(checkout).read_bytes()[:KEY_LENGTH].decode() == compiled.key_for(digest(folders))
    assert builds == [digest(folders)]


def test_report_is_the_same(checkout: Path) -> None:
    """A report is the same bytes without a compiled catalogue, with one, and where none can be."""
    words = ("check", COMPLETE, "--format", "json", "--as-of", "2570-10-15")
    environment = {"PYTHONPATH": str(checkout)}
    runs = [run(*words, cwd=checkout, env=environment) for _ in range(2)]
    file = kept(checkout)
    file.unlink()
    file.mkdir()
    runs.append(run(*words, cwd=checkout, env=environment))
    assert [(one.returncode, one.stdout, one.stderr) for one in runs] == [
        (0, runs[0].stdout, b"")
    ] * 3
    assert len(runs[0].stdout) > 10_000

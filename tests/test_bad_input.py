"""What is no evidence file: told in a sentence, exit code 2, and nothing is written over."""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import stat
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from support import COMPLETE, ROOT, SEED, run, say

from ita_check.cli import main
from ita_check.texts import phrase

AS_OF = "2570-09-30"
HEAD = """\
agency:
  name: เทศบาลตัวอย่าง
  website: https://www.example.go.th
fiscal_year: 2570
"""
POSIX = pytest.mark.skipif(
    os.name != "posix", reason="needs FIFOs, links, modes and closed descriptors as POSIX has them"
)
NOT_ROOT = pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 0)() == 0, reason="no mode keeps root from reading a file"
)
Problems = list[tuple[int, int, str, str]]


class Outcome(NamedTuple):
    """What one call of the command came to."""

    code: int
    report: Any
    stderr: str

    @property
    def problems(self) -> Problems:
        """The errors of a file that was not judged: line, column, path, message."""
        found = self.report.get("error", [])
        return [(e["line"], e["column"], e["path"], e["message"]) for e in found]


def tree(folder: Path) -> dict[str, tuple[int, int, bytes | str]]:
    """What is in a folder: mode, time of change and content of each file, target of each link."""
    found: dict[str, tuple[int, int, bytes | str]] = {}
    for path in sorted(folder.rglob("*")):
        status = path.lstat()
        regular = stat.S_ISREG(status.st_mode)
        content: bytes | str = path.read_bytes() if regular else ""
        if path.is_symlink():
            content = os.readlink(path)
        found[str(path.relative_to(folder))] = (status.st_mode, status.st_mtime_ns, content)
    return found


@pytest.fixture
def refuse(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Outcome]:
    """The command on a file that has to be refused, by name or with content, in this process.

    It may neither change the folder nor say anything but JSON on standard output.
    """
    monkeypatch.chdir(tmp_path)

    def refuse(
        content: str | bytes | None, *arguments: str, name: str = "evidence.yaml"
    ) -> Outcome:
        if content is not None:
            data = content.encode() if isinstance(content, str) else content
            (tmp_path / name).write_bytes(data)
        before = tree(tmp_path)
        code = main([name, "--format", "json", "--lang", "en", "--as-of", AS_OF, *arguments])
        out, err = capsys.readouterr()
        assert tree(tmp_path) == before
        outcome = Outcome(code, json.loads(out), err)
        assert code == 2
        assert outcome.report["format"] == "ita-check/report/1"
        assert outcome.report["evidence"]["path"] == name
        count = phrase("report.problems_count", count=len(outcome.report["error"])).say("en")
        assert " ".join(err.split()).endswith(count)
        return outcome

    return refuse


def message(key: str, /, **gaps: object) -> str:
    """A message of the program in English."""
    return phrase(f"problems.{key}", **gaps).say("en")


def says(key: str, /, **gaps: object) -> Problems:
    """One problem of the file as a whole."""
    return [(1, 1, "", message(key, **gaps))]


# Files that cannot be read


def test_missing(refuse: Callable[..., Outcome]) -> None:
    """A file that is not there is said to be so, without a digest."""
    outcome = refuse(None, name="nowhere.yaml")
    assert outcome.report == {
        "format": "ita-check/report/1",
        "evidence": {"path": "nowhere.yaml"},
        "error": [
            {
                "message": message("no_such_file", hint=""),
                "file": "nowhere.yaml",
                "line": 1,
                "column": 1,
                "path": "",
            }
        ],
    }
    assert outcome.stderr.splitlines()[:3] == [
        "nowhere.yaml",
        f"  ✗ {message('no_such_file', hint='')}",
        "",
    ]


def test_missing_but_nearly_there(refuse: Callable[..., Outcome], tmp_path: Path) -> None:
    """A file beside it with nearly the same name is offered."""
    (tmp_path / "evidence.yaml").write_text(HEAD, encoding="utf-8")
    outcome = refuse(None, name="evidence.yml")
    hint = phrase("problems.did_you_mean", word="evidence.yaml")
    assert outcome.problems == says("no_such_file", hint=hint)


@POSIX
def test_dangling_link(refuse: Callable[..., Outcome], tmp_path: Path) -> None:
    """A link to nothing is missing, and is not offered in place of itself."""
    (tmp_path / "evidence.yaml").symlink_to("nowhere.yaml")
    assert refuse(None).problems == says("no_such_file", hint="")


@pytest.mark.parametrize("name", ["folder", "folder/", "."])
def test_folder(refuse: Callable[..., Outcome], tmp_path: Path, name: str) -> None:
    """A folder is said to be one."""
    (tmp_path / "folder").mkdir()
    assert refuse(None, name=name).problems == says("is_a_folder")


@POSIX
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("circle.yaml", "Too many levels of symbolic links"),
        ("file.txt/evidence.yaml", "Not a directory"),
        ("a" * 300, "File name too long"),
    ],
    ids=["circle of links", "below a file", "name too long"],
)
def test_unreadable(refuse: Callable[..., Outcome], tmp_path: Path, name: str, reason: str) -> None:
    """What the system refuses to open is told with the system's reason."""
    (tmp_path / "circle.yaml").symlink_to("circle.yaml")
    (tmp_path / "file.txt").touch()
    outcome = refuse(None, name=name)
    assert outcome.problems == says("unreadable", reason=reason)
    assert "sha256" not in outcome.report["evidence"]


def test_permission_denied(
    refuse: Callable[..., Outcome], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that may not be read is told with the system's reason."""
    (tmp_path / "evidence.yaml").write_text(HEAD, encoding="utf-8")
    really_open = open

    def guarded(file: Any, *arguments: Any, **options: Any) -> Any:
        # Root may read everything, so the refusal is played.
        if str(file).endswith("evidence.yaml"):
            raise PermissionError(13, "Permission denied", file)
        return really_open(file, *arguments, **options)

    monkeypatch.setattr("builtins.open", guarded)
    assert refuse(None).problems == says("unreadable", reason="Permission denied")


@POSIX
@NOT_ROOT
def test_mode_forbids_reading(tmp_path: Path) -> None:
    """A file without the right to read is told so by the real command."""
    file = tmp_path / "evidence.yaml"
    file.write_text(HEAD, encoding="utf-8")
    file.chmod(0)
    done = run("evidence.yaml", "--lang", "en", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message("unreadable", reason="Permission denied").encode() in done.stderr


@POSIX
@pytest.mark.parametrize("name", ["pipe.yaml", "/dev/null", "/dev/zero"])
def test_no_regular_file(refuse: Callable[..., Outcome], tmp_path: Path, name: str) -> None:
    """A FIFO or a device, which may never end, is not waited for; `-` is named instead."""
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refuse(None, name=name).problems == says("not_a_regular_file")


@POSIX
def test_other_files_are_judged_all_the_same(tmp_path: Path) -> None:
    """Every file gets its entry, in order, whatever the others are."""
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "bad.yaml").write_bytes(b"\xff\xfea\0")
    names = ["nowhere.yaml", str(COMPLETE), "pipe.yaml", ".", "bad.yaml", "-"]
    done = run(*names, "--as-of", AS_OF, "--format", "json", cwd=tmp_path, stdin=b"# \n")
    entries = json.loads(done.stdout)
    assert done.returncode == 2
    assert [entry["evidence"]["path"] for entry in entries] == names
    assert ["error" in entry for entry in entries] == [True, False, True, True, True, True]


@POSIX
@pytest.mark.parametrize("name", [b"\xc3.yaml", b"\xc3\xff-.yaml"], ids=["there", "nearly there"])
def test_name_that_is_no_text(tmp_path: Path, name: bytes) -> None:
    """A file name that is not UTF-8 is read, reported and offered without a crash."""
    (tmp_path / os.fsdecode(b"\xc3.yaml")).write_bytes(COMPLETE.read_bytes())
    (tmp_path / os.fsdecode(b"\xc3\xff--.yaml")).touch()
    done = subprocess.run(
        [
            *(sys.executable, "-m", "ita_check", name),
            *("--as-of", AS_OF, "--output", "json=out.json"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    there = (tmp_path / os.fsdecode(name)).exists()
    assert done.returncode == (0 if there else 2), done.stderr
    report = json.loads((tmp_path / "out.json").read_bytes())
    assert ("error" in report) is not there


# Files that hold something else


def office_file() -> bytes:
    """A document as Word writes it: a zip file with XML in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        archive.writestr("[Content_Types].xml", f'<Types><Override ContentType="{main}"/></Types>')
        archive.writestr("word/document.xml", "<w:document/>")
    return stream.getvalue()


def picture() -> bytes:
    """The beginning of a picture."""
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + zlib.compress(bytes(range(256)))


SEED_TEXT = SEED.read_text(encoding="utf-8")
THAI_HEAD = "# " + "แบบกรอกหลักฐานการประเมินคุณธรรมและความโปร่งใส " * 60 + "\n"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("", says("empty"), id="empty"),
        pytest.param("\ufeff", says("empty"), id="BOM alone"),
        pytest.param(" \n\n  \r\n", says("empty"), id="white space"),
        pytest.param("# แบบหลักฐาน\n  # ยังไม่ได้กรอก\n", says("empty"), id="comments"),
        pytest.param("# แบบหลักฐาน", says("empty"), id="one comment without an end"),
        pytest.param("---\n", says("empty"), id="a document of nothing"),
        pytest.param("---\n...\n", says("empty"), id="a document of nothing, ended"),
        pytest.param("~\n", says("empty"), id="null"),
        pytest.param("''\n", says("empty"), id="empty text"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", says("pdf"), id="PDF"),
        pytest.param(office_file(), [(1, 1, "", say("office.other_docx", "en"))], id="docx"),
        pytest.param(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
            [(1, 1, "", say("office.old_docx", "en"))],
            id="doc",
        ),
        pytest.param(SEED_TEXT.encode("utf-16"), says("utf16"), id="UTF-16"),
        pytest.param(b"\xff\xfe" + SEED_TEXT.encode("utf-16-le"), says("utf16"), id="UTF-16 LE"),
        pytest.param(b"\xfe\xff" + SEED_TEXT.encode("utf-16-be"), says("utf16"), id="UTF-16 BE"),
        pytest.param(HEAD.encode("utf-16-le"), says("utf16"), id="UTF-16 LE without BOM"),
        pytest.param(HEAD.encode("utf-16-be"), says("utf16"), id="UTF-16 BE without BOM"),
        pytest.param(
            (THAI_HEAD + HEAD).encode("utf-16-le"),
            says("utf16"),
            id="UTF-16 LE without BOM, mostly Thai",
        ),
        pytest.param(
            (THAI_HEAD + HEAD).encode("utf-16-be"),
            says("utf16"),
            id="UTF-16 BE without BOM, mostly Thai",
        ),
        pytest.param(
            ("# ── ก ──\n" + HEAD).encode("utf-16-le"),
            says("utf16"),
            id="UTF-16 LE without BOM, with lines drawn",
        ),
        pytest.param(HEAD.encode("cp874"), says("windows_874"), id="Windows-874"),
        pytest.param(
            HEAD.replace("\n", "\r\n").encode("cp874"), says("windows_874"), id="Windows-874, CRLF"
        ),
        pytest.param(
            ("# “เทศบาล” – ประกาศ\n" + HEAD).encode("cp874"),
            says("windows_874"),
            id="Windows-874 with typographic signs",
        ),
        pytest.param(
            SEED_TEXT.encode("cp874", "replace"), says("windows_874"), id="Windows-874, the seed"
        ),
    ],
)
def test_something_else(
    refuse: Callable[..., Outcome], content: str | bytes, expected: Problems
) -> None:
    """What is empty or of another format or encoding is told by its name, with what to do."""
    assert refuse(content).problems == expected


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("encoding", ["cp874", "utf-16"])
def test_how_to_save_as_utf8(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], encoding: str, language: str
) -> None:
    """Another encoding is named, and the message says how to save the file as UTF-8."""
    file = tmp_path / "evidence.yaml"
    file.write_bytes(HEAD.encode(encoding))
    assert main([str(file), "--lang", language]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    told = " ".join(err.split())
    assert {"cp874": "Windows-874", "utf-16": "UTF-16"}[encoding] in told
    assert "Notepad" in told
    assert "Save As" in told
    assert "Encoding" in told
    assert "UTF-8" in told


@pytest.mark.parametrize(
    ("content", "line", "column", "byte"),
    [
        pytest.param(picture(), 1, 1, "0x89", id="picture"),
        pytest.param(random.Random(7).randbytes(4000), 1, 2, "0xB4", id="random bytes"),
        pytest.param(bytes(range(256)), 3, 115, "0x80", id="every byte"),
        pytest.param("# où, à côté\n# Größe\n".encode("latin-1"), 1, 4, "0xF9", id="Latin-1"),
        pytest.param(HEAD.encode()[:40] + b"\xe0\xb8", 2, 17, "0xE0", id="cut within a letter"),
        pytest.param(b"\xef\xbb\xbf" + HEAD.encode() + b"#\xff", 5, 2, "0xFF", id="after a BOM"),
        pytest.param("\ufeff# กa".encode() + b"\xff", 1, 5, "0xFF", id="just after a BOM"),
        pytest.param(b"# \xe0\xb8\x81\r# \xe0\xb8\x81\r\n\n#\xff", 4, 2, "0xFF", id="CR and CRLF"),
        pytest.param(b"# \xed\xa0\x80\n", 1, 3, "0xED", id="a surrogate"),
        pytest.param(b"# \xc0\xaf\xff\n", 1, 3, "0xC0", id="an overlong slash"),
    ],
)
def test_no_utf8(
    refuse: Callable[..., Outcome], content: bytes, line: int, column: int, byte: str
) -> None:
    """Bytes that are no UTF-8 are told with the first of them and its place."""
    assert refuse(content).problems == [(line, column, "", message("not_utf8", byte=byte))]


@pytest.mark.parametrize(
    ("content", "line", "column", "name"),
    [
        pytest.param(HEAD + "# a\0b\n", 5, 4, "U+0000", id="NUL"),
        pytest.param(HEAD + "# a\x07\n", 5, 4, "U+0007", id="bell in a comment"),
        pytest.param(HEAD + "deadline: '\x1b[31m'\n", 5, 12, "U+001B", id="escape"),
        pytest.param(HEAD + "#\x0c\n", 5, 2, "U+000C", id="form feed"),
        pytest.param(HEAD + "deadline: ก\x9f\n", 5, 12, "U+009F", id="C1"),
        pytest.param(HEAD + "deadline: ก\uffff\n", 5, 12, "U+FFFF", id="no character"),
    ],
)
def test_control_characters(
    refuse: Callable[..., Outcome], content: str | bytes, line: int, column: int, name: str
) -> None:
    """A character that no text file holds is named at its place."""
    assert refuse(content).problems == [
        (line, column, "", message("control_character", character=name))
    ]


# YAML that is broken


TAB, COLON, UNCLOSED = message("tab"), message("colon_in_text"), message("unclosed")
BREAKS = message("structure", reason="").partition("YAML: ")[0]
NO_YAML = message("syntax", reason="").partition("YAML: ")[0]


@pytest.mark.parametrize(
    ("text", "line", "column", "told"),
    [
        pytest.param("evidence:\n\thr_plan: {title: ก}\n", 6, 1, TAB, id="tab"),
        pytest.param("evidence:\n  hr_plan:\n\t\ttitle: ก\n", 7, 1, TAB, id="two tabs"),
        pytest.param("evidence:\n  hr_plan:\n  \ttitle: ก\n", 7, 3, TAB, id="spaces, then a tab"),
        pytest.param(
            "evidence:\n  hr_plan:\n    title: ก\n\tnote: ข\n", 8, 1, TAB, id="tab in a later line"
        ),
        pytest.param(
            "evidence:\n  hr_plan:\n    -\ttitle: ก\n\t\tnote: ข\n",
            7,
            6,
            TAB,
            id="tab after a dash",
        ),
        pytest.param(
            "evidence:\n  hr_plan:\n    note: |\n\tก\n", 8, 1, TAB, id="tab in a block of text"
        ),
        pytest.param("deadline: 30 เม.ย.: 2570\n", 5, 19, COLON, id="colon in a value"),
        pytest.param("deadline: a: b\n", 5, 12, COLON, id="key: value: x"),
        pytest.param("deadline: 2570-01-01\n  note: ก\n", 6, 7, COLON, id="key below a value"),
        pytest.param("deadline: @ก\n", 5, 11, message("needs_quotes", character="@"), id="@"),
        pytest.param(
            "deadline: `ก`\n", 5, 11, message("needs_quotes", character="`"), id="backtick"
        ),
        pytest.param("deadline: %ก\n", 5, 11, message("needs_quotes", character="%"), id="%"),
        pytest.param("deadline: *\n", 5, 11, message("needs_quotes", character="*"), id="*"),
        pytest.param("deadline: & ก\n", 5, 11, message("needs_quotes", character="&"), id="&"),
        pytest.param(
            "evidence:\n  hr_plan:\n    title: ก\n   note: ข\n", 8, 4, BREAKS, id="bad indentation"
        ),
        pytest.param("evidence:\n  contact: {}\n - ก\n", 7, 2, BREAKS, id="list in a mapping"),
        pytest.param("evidence: [ก\nactions: ~\n", 6, 8, BREAKS, id="unclosed bracket"),
        pytest.param("deadline: 'ก'ข\n", 5, 14, BREAKS, id="text after a quote"),
        pytest.param("deadline: ]\n", 5, 11, BREAKS, id="closed without being open"),
        pytest.param("deadline\n", 5, 1, BREAKS, id="key without a colon"),
        pytest.param("...\nก: ข\n", 6, 1, BREAKS, id="content after the end"),
        pytest.param(r'deadline: "\ก"' + "\n", 5, 12, NO_YAML, id="escape"),
        pytest.param(r'deadline: "\ud800"' + "\n", 5, 14, NO_YAML, id="escaped surrogate"),
        pytest.param("deadline: !a!b ก\n", 5, 11, NO_YAML, id="tag handle"),
    ],
)
def test_broken_yaml(
    refuse: Callable[..., Outcome], text: str, line: int, column: int, told: str
) -> None:
    """Where the YAML breaks, the first thing to mend is told in words, with the line shown."""
    outcome = refuse(HEAD + text)
    found = [(*place, text[: len(told)]) for *place, text in outcome.problems]
    assert found == [(line, column, "", told)]
    shown = (HEAD + text).splitlines()[line - 1 : line]
    assert f"    {line} │ {''.join(shown)}".replace("\t", " ").rstrip() in outcome.stderr


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param('evidence: {hr_plan: {title: "ก}}\n\nactions:\n  1.1.1: ก\n', 5, 29, id='"'),
        pytest.param("evidence:\n  hr_plan:\n    title: 'ก\n    note: ข\n", 7, 12, id="'"),
    ],
)
def test_unclosed_quote(refuse: Callable[..., Outcome], text: str, line: int, column: int) -> None:
    """A quote that is never closed is told where it opens, not at the end of the file."""
    outcome = refuse(HEAD + text)
    assert outcome.problems == [(line, column, "", UNCLOSED)]
    assert f"    {line} │ {(HEAD + text).splitlines()[line - 1]}\n" in outcome.stderr


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        pytest.param("deadline:{} 2570-01-01\n", 5, 10, id="after the colon, at the end"),
        pytest.param("deadline:{} 2570-01-01\nevidence: ~\n", 5, 10, id="after the colon"),
        pytest.param("{}deadline: 2570-01-01\n", 5, 1, id="before the key"),
    ],
)
@pytest.mark.parametrize(
    "character", ["\u200b", "\u202e", "\ufeff"], ids=lambda character: f"U+{ord(character):04X}"
)
def test_invisible_character_that_breaks_yaml(
    refuse: Callable[..., Outcome], character: str, text: str, line: int, column: int
) -> None:
    """An invisible character where YAML cannot have one is named at its place."""
    outcome = refuse(HEAD + text.format(character))
    assert [problem[:2] for problem in outcome.problems] == [(line, column)]
    assert f"U+{ord(character):04X}" in outcome.problems[0][3]


@pytest.mark.parametrize("character", ["\u200b", "\u202e"], ids=["U+200B", "U+202E"])
def test_invisible_character_alone_on_a_line(
    refuse: Callable[..., Outcome], character: str
) -> None:
    """A line that looks empty and is not is the one that is named."""
    outcome = refuse(f"{HEAD}deadline: 2570-01-01\n{character}\nevidence: ~\n")
    assert [problem[:2] for problem in outcome.problems] == [(6, 1)]
    assert f"U+{ord(character):04X}" in outcome.problems[0][3]


# Wrong shapes


ROOT_SHAPE = message("root_not_a_mapping")
NO_NAME, NO_YEAR = message("lacks_agency_name"), message("lacks_fiscal_year")
EXCEPTION = message("exception_not_a_mapping")


def mapping(field: str) -> str:
    """What is said where `key: value` lines are asked."""
    return message("not_a_mapping", field=field)


def one(field: str) -> str:
    """What is said where one value is asked."""
    return message("one_value", field=field)


def item(kind: str) -> str:
    """What is said where an item of evidence is asked."""
    return message("item_not_a_mapping", kind=kind)


def action(requirement: str) -> str:
    """What is said where an action row is asked."""
    return message("action_not_a_mapping", requirement=requirement)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param("เทศบาล\n", [(1, 1, "", ROOT_SHAPE)], id="text"),
        pytest.param("\n  - agency: ก\n", [(2, 3, "", ROOT_SHAPE)], id="list"),
        pytest.param("[]", [(1, 1, "", ROOT_SHAPE)], id="empty list"),
        pytest.param(
            "{}", [(1, 1, "fiscal_year", NO_YEAR), (1, 1, "agency.name", NO_NAME)], id="{}"
        ),
        pytest.param(
            '{"agency": {"title": "ก"}}\n',
            [
                (1, 1, "fiscal_year", NO_YEAR),
                (1, 12, "agency.name", NO_NAME),
                (
                    *(1, 13, "agency.title"),
                    message(
                        "unknown_field",
                        key="title",
                        hint="",
                        allowed=("name", "website", "official_hosts"),
                    ),
                ),
            ],
            id="other JSON",
        ),
        pytest.param(
            "agency: เทศบาล\nfiscal_year: [2570]\n",
            [
                (1, 9, "agency", mapping("agency")),
                (2, 14, "fiscal_year", one("fiscal_year")),
            ],
            id="text for the agency, list for the year",
        ),
        pytest.param(
            "agency: [{name: ก}]\nfiscal_year: {year: 2570}\n",
            [
                (1, 9, "agency", mapping("agency")),
                (2, 14, "fiscal_year", one("fiscal_year")),
            ],
            id="list for the agency, mapping for the year",
        ),
        pytest.param(
            "agency: {name: [ก], website: {a: ก}, official_hosts: {a: ก}}\nfiscal_year: 2570\n",
            [
                (1, 16, "agency.name", one("name")),
                (1, 30, "agency.website", one("website")),
                (1, 54, "agency.official_hosts", one("official_hosts")),
            ],
            id="fields of the agency",
        ),
    ],
)
def test_wrong_shape_of_the_file(
    refuse: Callable[..., Outcome], content: str, expected: Problems
) -> None:
    """A file that is no evidence file by its shape is told what one looks like."""
    assert refuse(content).problems == expected


@pytest.mark.parametrize(
    ("text", "column", "path", "told"),
    [
        ("deadline: [2570-01-01]", 11, "deadline", one("deadline")),
        ("evidence: ก", 11, "evidence", mapping("evidence")),
        ("evidence: [{hr_plan: {title: ก}}]", 11, "evidence", mapping("evidence")),
        ("evidence: {hr_plan: ก}", 21, "evidence.hr_plan", item("hr_plan")),
        ("evidence: {hr_plan: [ก]}", 22, "evidence.hr_plan[0]", item("hr_plan")),
        ("evidence: {hr_plan: [{}, [{title: ก}]]}", 26, "evidence.hr_plan[1]", item("hr_plan")),
        ("evidence: {contact: {title: [ก]}}", 29, "evidence.contact.title", one("title")),
        ("evidence: {contact: {note: {a: ก}}}", 28, "evidence.contact.note", one("note")),
        ("evidence: {contact: {published_on: [ก]}}", 36, "evidence.contact.published_on", one("published_on")),
        ("evidence: {contact: {fiscal_year: [2570]}}", 35, "evidence.contact.fiscal_year", one("fiscal_year")),
        ("evidence: {contact: {url: {a: ก}}}", 27, "evidence.contact.url", one("url")),
        ("evidence: {contact: {url: [[ก]]}}", 28, "evidence.contact.url[0]", one("url")),
        ("evidence: {contact: {file: {a: ก}}}", 28, "evidence.contact.file", one("file")),
        ("evidence: {contact: {channels: {web: ก}}}", 32, "evidence.contact.channels", one("channels")),
        ("evidence: {contact: {covers: [phone, [map]]}}", 38, "evidence.contact.covers[1]", one("covers")),
        ("evidence: {q_and_a: {two_way: [yes]}}", 31, "evidence.q_and_a.two_way", one("two_way")),
        ("evidence: {gift_report: {total: [1]}}", 33, "evidence.gift_report.total", one("total")),
        ("evidence: {hr_plan: {in_force: [2570]}}", 32, "evidence.hr_plan.in_force", one("in_force")),
        ("evidence: {e_service: {services: ก}}", 34, "evidence.e_service.services", mapping("services")),
        ("evidence: {news: {entries: [ก]}}", 29, "evidence.news.entries[0]", mapping("entries")),
        ("evidence: {news: {entries: [[{topic: ก}]]}}", 29, "evidence.news.entries[0]", mapping("entries")),
        (
            "evidence: {news: {entries: [{happened_on: {a: ก}}]}}",
            *(43, "evidence.news.entries[0].happened_on", one("happened_on")),
        ),
        (
            "evidence: {procurement_plan: {none_declaration: [{url: ก}]}}",
            *(49, "evidence.procurement_plan.none_declaration", mapping("none_declaration")),
        ),
        (
            "evidence: {procurement_progress: {months: {a: ก}}}",
            *(43, "evidence.procurement_progress.months", one("months")),
        ),
        (
            "evidence: {ita_analysis: {issues: [[1]]}}",
            *(36, "evidence.ita_analysis.issues[0]", one("issues")),
        ),
        ("actions: ก", 10, "actions", mapping("actions")),
        ("actions: [{6.1.1: ก}]", 10, "actions", mapping("actions")),
        ("actions: {6.1.1: ก}", 18, "actions.6.1.1", action("6.1.1")),
        ("actions: {6.1.1: [{result: ก}]}", 18, "actions.6.1.1", action("6.1.1")),
        ("actions: {6.1.1: {result: [ก]}}", 27, "actions.6.1.1.result", one("result")),
        ("actions: {6.1.1: {responsible: {a: ก}}}", 32, "actions.6.1.1.responsible", one("responsible")),
        ("actions: {6.1.1: {period: [ก]}}", 27, "actions.6.1.1.period", one("period")),
        ("actions: {6.1.1: {period: {from: [ก], to: 2570-01-01}}}", 34, "actions.6.1.1.period.from", one("period")),
        ("exceptions: ก", 13, "exceptions[0]", EXCEPTION),
        ("exceptions: [4.1.2]", 14, "exceptions[0]", EXCEPTION),
        ("exceptions: [~, [4.1.2]]", 17, "exceptions[1]", EXCEPTION),
        (
            "exceptions: {requirement: [4.1.2], status: not_applicable, reason: ก}",
            *(27, "exceptions[0].requirement", one("requirement")),
        ),
        (
            "exceptions: {requirement: 4.1.2, status: not_applicable, reason: {a: ก}}",
            *(66, "exceptions[0].reason", one("reason")),
        ),
    ],
)  # fmt: skip
def test_wrong_shapes(
    refuse: Callable[..., Outcome], text: str, column: int, path: str, told: str
) -> None:
    """A list, a mapping or a text where another is asked is one error that says what is asked."""
    assert refuse(f"{HEAD}{text}\n").problems == [(5, column, path, told)]


def test_one_shape_may_stand_for_another(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One item, one value and one exception do without a list, and empty shapes are nothing."""
    file = tmp_path / "evidence.yaml"
    file.write_text(
        f"{HEAD}deadline: []\nactions: []\n"
        "evidence:\n"
        "  hr_plan: []\n"
        "  hr_report: [{}, [], ~, '']\n"
        "  contact: {title: [], channels: {}, url: '', covers: phone}\n"
        "  news: {entries: {topic: ก}}\n"
        "  procurement_plan: {none_declaration: []}\n"
        "exceptions: {requirement: 4.1.2, status: not_applicable, reason: ก}\n",
        encoding="utf-8",
    )
    assert main([str(file), "--format", "json"]) == 1
    assert "error" not in json.loads(capsys.readouterr().out)


# Values that no reader is ready for


@pytest.mark.parametrize(
    ("text", "column", "path"),
    [
        pytest.param("deadline: " + "9" * 5000, 11, "deadline", id="date of 5,000 digits"),
        pytest.param(
            "evidence: {contact: {fiscal_year: " + "2" * 5000 + "}}",
            35,
            "evidence.contact.fiscal_year",
            id="year of 5,000 digits",
        ),
        pytest.param(
            "evidence: {gift_report: {total: " + "1" * 5000 + "}}",
            33,
            "evidence.gift_report.total",
            id="count of 5,000 digits",
        ),
        pytest.param(
            "evidence: {ita_analysis: {issues: 1-" + "7" * 5000 + "}}",
            35,
            "evidence.ita_analysis.issues",
            id="issue of 5,000 digits",
        ),
        pytest.param(
            "evidence: {hr_plan: {in_force: ก " + "เป็นต้นไป " * 2000 + "}}",
            32,
            "evidence.hr_plan.in_force",
            id="onwards and onwards",
        ),
        pytest.param(
            "evidence: {hr_plan: {in_force: 'ก " + "- " * 20_000 + "'}}",
            32,
            "evidence.hr_plan.in_force",
            id="nothing but separators",
        ),
        pytest.param(
            "evidence: {contact: {url: http://" + "a." * 50_000 + "}}",
            27,
            "evidence.contact.url",
            id="host without end",
        ),
        pytest.param("evidence: {contact: {covers: ก😀😀😀ข}}", 30, "evidence.contact.covers", id="emoji"),
        pytest.param("evidence: {contact: {url: 'http://[::1'}}", 27, "evidence.contact.url", id="[::1"),
        pytest.param(
            "evidence: {contact: {url: 'http://a:99999/'}}", 27, "evidence.contact.url", id="port"
        ),
        pytest.param("actions: {ก😀{x}%s: ก}", 11, "actions.ก😀{x}%s", id="braces in a key"),
    ],
)  # fmt: skip
def test_extreme_values(refuse: Callable[..., Outcome], text: str, column: int, path: str) -> None:
    """However long or odd a value is, it is one error at its place."""
    if path.startswith("actions"):
        text = text.replace("{ก😀{x}%s: ก}", "{'ก😀{x}%s': ก}")
    assert [problem[:3] for problem in refuse(f"{HEAD}{text}\n").problems] == [(5, column, path)]


def test_extreme_fiscal_year(refuse: Callable[..., Outcome]) -> None:
    """The fiscal year of the file may be as odd."""
    outcome = refuse(HEAD.replace("2570", "9" * 5000))
    assert [problem[:3] for problem in outcome.problems] == [(4, 14, "fiscal_year")]


@pytest.mark.parametrize("language", ["th", "en"])
def test_emoji_in_the_report(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """Characters beyond the basic plane go through the terminal report whole."""
    name = "เทศบาล📄😀😀ตัวอย่าง"
    file = tmp_path / "evidence.yaml"
    text = COMPLETE.read_text(encoding="utf-8").replace("เทศบาลเมืองตัวอย่าง", name)
    file.write_text(text, encoding="utf-8")
    assert main([str(file), "--as-of", AS_OF, "--lang", language]) == 0
    assert name in capsys.readouterr().out


# Nothing is written over


@pytest.mark.parametrize("content", ["# ก\n", "a: [", HEAD], ids=["empty", "broken", "valid"])
def test_output_over_the_evidence(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    content: str,
) -> None:
    """An output that is the evidence file, by whatever name, is wrong usage and changes nothing."""
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("evidence.yaml").write_text(content, encoding="utf-8")
    names = ["evidence.yaml", "./evidence.yaml", "folder/../evidence.yaml"]
    if os.name == "posix":
        Path("link.yaml").symlink_to("evidence.yaml")
        names.append("link.yaml")
    before = tree(tmp_path)
    for name in names:
        assert main(["evidence.yaml", "-o", f"json={name}", "--lang", "en"]) == 2
        reason = phrase("commands.output_taken", file=name)
        out, err = capsys.readouterr()
        assert out == ""
        assert err.splitlines()[0] == phrase("commands.wrong_usage", reason=reason).say("en")
    assert tree(tmp_path) == before


def test_output_that_cannot_be_written(refuse: Callable[..., Outcome], tmp_path: Path) -> None:
    """Where an output cannot be written, the exit code is 2 and what was there stays."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file.txt").write_text("ก", encoding="utf-8")
    for name in ("folder", "nowhere/report.json", "file.txt/report.json"):
        outcome = refuse("# ก\n", "-o", f"json={name}")
        told = phrase("commands.cannot_write", reason="").say("en")
        assert f"{name}\n  ✗ {told}" in outcome.stderr


@POSIX
def test_output_that_is_a_pipe(tmp_path: Path) -> None:
    """A FIFO named as output is written to or refused, never replaced by a file."""
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        (tmp_path / "evidence.yaml").write_text("# ก\n", encoding="utf-8")
        done = run("evidence.yaml", "-o", "json=pipe.json", cwd=tmp_path)
    finally:
        os.close(reader)
    assert done.returncode == 2
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_output_of_a_bad_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The reason why a file could not be judged goes to the output file as well."""
    file, report = tmp_path / "evidence.yaml", tmp_path / "report.json"
    file.write_text("# ก\n", encoding="utf-8")
    assert main([str(file), "--format", "json", "--lang", "th", "-o", f"json={report}"]) == 2
    out = capsys.readouterr().out
    assert report.read_text(encoding="utf-8") == out
    assert json.loads(out)["error"][0]["message"] == phrase("problems.empty").say("th")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["evidence.yaml", "report.json"]


# Streams that are closed


COMPLETE_ARGUMENTS = (str(COMPLETE), "--as-of", AS_OF)
JUDGEMENTS = [
    pytest.param(COMPLETE_ARGUMENTS, 0, id="0"),
    pytest.param(("nowhere.yaml", *COMPLETE_ARGUMENTS), 2, id="2"),
    pytest.param((*COMPLETE_ARGUMENTS, "--issue", "99"), 3, id="3"),
    pytest.param(("nowhere.yaml", "--format", "json"), 2, id="2, as JSON"),
    pytest.param(("--version",), 0, id="version"),
    pytest.param(("check", "--help"), 0, id="help"),
]


def run_with(
    arguments: tuple[str, ...], redirect: str = "", stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    """Run the real command behind a shell that redirects one of its streams."""
    return subprocess.run(
        ["sh", "-c", f'exec "$@" {redirect}', "sh", sys.executable, "-m", "ita_check", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )


@POSIX
@pytest.mark.parametrize(("arguments", "code"), JUDGEMENTS)
def test_closed_pipe(arguments: tuple[str, ...], code: int) -> None:
    """Where nobody reads standard output, the exit code is that of the judgement."""
    reader, writer = os.pipe()
    os.close(reader)
    try:
        done = run_with(arguments, stdout=writer)
    finally:
        os.close(writer)
    assert done.returncode == code
    for word in (b"Traceback", b"BrokenPipe", b"Exception ignored"):
        assert word not in done.stderr


@POSIX
def test_head(tmp_path: Path) -> None:
    """In a shell, `| head -1` gets its line, and the exit code stays."""
    done = subprocess.run(
        [
            *("sh", "-c", '("$@"; echo $? >code) | head -1', "sh", sys.executable, "-m"),
            *("ita_check", str(SEED), "--as-of", AS_OF, "--verbose", "--lang", "en"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.stdout.decode() == phrase("report.title").say("en") + "\n"
    assert done.stderr == b""
    assert (tmp_path / "code").read_text() == "1\n"


@POSIX
@pytest.mark.parametrize(
    "redirect",
    ["<&-", ">&-"],
    ids=["stdin", "stdout"],
)
def test_closed_streams(redirect: str) -> None:
    """A stream that is closed from the start, as in a scheduled job, changes no judgement."""
    done = run_with((*COMPLETE_ARGUMENTS, "--format", "json"), redirect)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b'{"format"') is not redirect.startswith(">")


@POSIX
def test_closed_standard_error() -> None:
    """Reasons go to standard error or, where that is closed, nowhere: never into the output."""
    done = run_with(("nowhere.yaml",), "2>&-")
    assert (done.returncode, done.stdout) == (2, b"")


@POSIX
@pytest.mark.parametrize("redirect", ["<&-", "0>/dev/null"], ids=["closed", "open for writing"])
def test_standard_input_that_cannot_be_read(redirect: str) -> None:
    """Where `-` cannot be read, the evidence is unreadable: exit code 2."""
    done = run_with(("-", "--format", "json"), redirect)
    assert done.returncode == 2
    report = json.loads(done.stdout)
    assert report["evidence"]["path"] == "-"
    assert len(report["error"]) == 1


# Whatever the bytes


class Said(NamedTuple):
    """What one call in this process came to."""

    code: int
    out: str
    err: str


def said(file: Path, data: bytes, *arguments: str) -> Said:
    """The command on some bytes; what comes out has to hold together."""
    file.write_bytes(data)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main([str(file), "--as-of", AS_OF, *arguments])
    return Said(code, out.getvalue(), err.getvalue())


def assert_sound(result: Said, data: bytes) -> None:
    """An exit code that the contract has, no traceback, and places within the file."""
    assert result.code in (0, 1, 2, 3), result.err
    assert "Traceback" not in result.err
    if not result.out.startswith("{"):
        return
    report = json.loads(result.out)
    assert ("error" in report) == (result.code == 2)
    found = report.get("error") or [
        *report["findings"],
        *(f for i in report["issues"] for r in i["requirements"] for f in r["findings"]),
    ]
    lines = re.split("\r\n|\r|\n", data.decode("utf-8-sig", "replace"))
    for one in found:
        assert 1 <= one["line"] <= len(lines), one
        assert 1 <= one["column"] <= len(lines[one["line"] - 1]) + 1, one
        assert one["message"].strip() == one["message"] != "", one


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A file that one example after the other is written to."""
    return tmp_path_factory.mktemp("any") / "evidence.yaml"


# Shrinking an example costs more than the rest of the file; the failing one is printed whole.
QUICK = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=30,
    phases=(Phase.explicit, Phase.generate),
)
VIEWS = st.sampled_from(
    [("-f", "json"), ("-f", "json", "--lang", "en"), ("--lang", "en"), ("--lang", "th", "-v")]
)
SCRAPS = st.sampled_from(
    [
        *("agency:", "name: ก", "fiscal_year:", " 2570", "evidence:", "hr_plan:", "title: "),
        *("in_force: ", "actions:", '"6.1.1":', "exceptions:", "\n", "\n  ", "\n\n", "\r", "\r\n"),
        *("- ", "? ", ": ", ", ", "[", "]", "{", "}", '"', "'", "\\", "|", ">", "#", "~", "\t"),
        *("&a", "*a", "!t", "<<", "---\n", "...\n", "%", "@", "\ufeff", "\u2028", "\x85", "\0"),
        *("\x1b[0m", "😀", "ก😀", "\u200b"),
    ]
)


@settings(QUICK)
@given(data=st.binary(max_size=300), view=VIEWS)
def test_any_bytes(scratch: Path, data: bytes, view: tuple[str, ...]) -> None:
    """Any bytes at all come to an exit code from 0 to 3, without a traceback."""
    assert_sound(said(scratch, data, *view), data)


@settings(QUICK)
@given(scraps=st.lists(SCRAPS, max_size=25), headed=st.booleans(), view=VIEWS)
def test_any_scraps(scratch: Path, scraps: list[str], headed: bool, view: tuple[str, ...]) -> None:
    """So does anything put together from what YAML and an evidence file are made of."""
    data = (HEAD * headed + "".join(scraps)).encode()
    assert_sound(said(scratch, data, *view), data)


LINES = COMPLETE.read_text(encoding="utf-8").splitlines(keepends=True)
NUMBERS = st.integers(0, len(LINES) - 1)
VALUES = st.sampled_from(
    [
        *("", "~", "[]", "{}", "[~]", "ก", "😀ก😀", "yes", "ไม่มี", "0", "00", "1,000", "1.5"),
        *("99999999999999", "2443", "2570", "2643", "1900", "67", "9" * 5000, "๑,๐๐๐", "٢٥٧٠", "²"),
        *("29 ก.พ. 2567", "31 ธ.ค. 2643", "1 ม.ค. 2443", "ต.ค. 69 - ก.ย. 70", "- - -"),
        *("2570 เป็นต้นไป", "เป็นต้นไป", "2570 " + "เป็นต้นไป" * 1500, "1-7", "7-1", "all"),
        *("{from: 2570-01-01, to: 2570-02-01}", "{from: ก}", "[ก, [ข]]", "{ก: ข}", "a: b"),
        *("'\u200b'", "\u202e", "\ufeff", "เเ", "\u0e4d\u0e32", "not_applicable", "/ /", "@", "*a"),
        *("http://", "'http://[::1]/'", "https://ก.ไทย/%zz", "//ก", "..", "a\\b", "'\\'", '"\\0"'),
    ]
)
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("delete"), NUMBERS, st.just("")),
        st.tuples(st.just("double"), NUMBERS, st.just("")),
        st.tuples(st.just("swap"), NUMBERS, st.just("")),
        st.tuples(st.just("value"), NUMBERS, VALUES),
        st.tuples(st.just("value"), NUMBERS, VALUES),
        st.tuples(st.just("word"), NUMBERS, VALUES),
        st.tuples(st.just("insert"), NUMBERS, VALUES),
    ),
    min_size=1,
    max_size=4,
)


def changed(lines: list[str], change: str, number: int, value: str) -> list[str]:
    """The lines with one of them changed."""
    line, rest = lines[number % len(lines)], list(lines)
    number %= len(lines)
    if change == "delete":
        del rest[number]
    elif change == "double":
        rest.insert(number, line)
    elif change == "swap":
        rest[number - 1], rest[number] = rest[number], rest[number - 1]
    elif change == "value":
        rest[number] = re.sub(r"(:|-)( +[^\n]*)?\n", lambda m: f"{m[1]} {value}\n", line, count=1)
    elif change == "word":
        rest[number] = re.sub(r"[^\s:]+", lambda _: value, line, count=1)
    else:
        rest[number] = f"{line[:-1]}{value}\n"
    return rest


@settings(QUICK)
@given(changes=CHANGES, view=VIEWS)
def test_any_change_of_a_valid_file(
    scratch: Path, changes: list[tuple[str, int, str]], view: tuple[str, ...]
) -> None:
    """So does a valid file with lines and values deleted, doubled, swapped and replaced."""
    lines = LINES
    for change in changes:
        lines = changed(lines, *change)
    data = "".join(lines).encode()
    assert_sound(said(scratch, data, *view), data)


@settings(QUICK, max_examples=20)
@given(
    at=st.integers(0, len(COMPLETE.read_bytes())), with_=st.binary(max_size=3), cut=st.booleans()
)
def test_any_damage_of_a_valid_file(scratch: Path, at: int, with_: bytes, cut: bool) -> None:
    """So does a valid file that is cut short, or has some bytes of something else in it."""
    whole = COMPLETE.read_bytes()
    data = whole[:at] + with_ + (b"" if cut else whole[at + len(with_) :])
    assert_sound(said(scratch, data, "-f", "json"), data)

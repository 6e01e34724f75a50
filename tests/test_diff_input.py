"""What `ita-check diff` is given: reports that are none, sides that do not go together, words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from rich.cells import cell_len
from support import SEED, Call, run, say

from ita_check.loading.report import FORMAT, MAX_REPORT_BYTES
from ita_check.reporting.comparison import FORMATS
from ita_check.texts import phrase

Edit = Callable[[Any], object]
DAY = ("--as-of", "2567-03-01")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A report as the command writes it."""
    file = tmp_path_factory.mktemp("written") / "report.json"
    run(SEED, "-q", *DAY, "-o", f"json={file}", "--lang", "en")
    return file.read_text(encoding="utf-8")


pytestmark = pytest.mark.usefixtures("folder")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str) -> Path:
    """The current folder, with that report in it."""
    monkeypatch.chdir(tmp_path)
    # Problems on one line, so that a sentence is found whole.
    monkeypatch.setenv("COLUMNS", "1000")
    (tmp_path / "good.json").write_text(written, encoding="utf-8")
    return tmp_path


def edited(written: str, edit: Edit) -> str:
    """The report with something in it changed."""
    content = json.loads(written)
    edit(content)
    return json.dumps(content, ensure_ascii=False)


def first(content: Any) -> Any:
    """The first requirement of a report."""
    return content["issues"][0]["requirements"][0]


# Files that are no report


UNJUDGED = {"message": "no \x1b[31m file", "line": 1, "column": 1, "path": ""}
NOT_JUDGED = {"format": FORMAT, "evidence": {"path": "e.yaml"}, "error": [UNJUDGED]}

BROKEN: list[tuple[str, str | Callable[[str], str | bytes], str, str]] = [
    ("cut off", lambda text: text[:3000], "not_json", ""),
    ("cut off, any name", '{"format": 1,\n "tool": {"na', "not_json", "2:11"),
    ("something after it", lambda text: text + "x", "not_json", "2:1"),
    ("NaN", lambda t: t.replace('"line": 37', '"line": NaN', 1), "not_json", ""),
    ("Infinity", lambda t: t.replace('"line": 37', '"line": -Infinity', 1), "not_json", ""),
    ("NaN with more", lambda t: t.replace('"line": 37', '"line": NaNa', 1), "not_json", ""),
    ("a key twice", lambda t: t.replace('"id":', '"id": "1.1.1", "id":', 1), "repeated_key", ""),
    ("a key twice, escaped", '{"format": 1, "form\\u0061t": 2}', "repeated_key", "1:15"),
    ("nothing", "", "empty", ""),
    ("spaces", " \n ", "empty", ""),
    ("an empty list", "[]", "no_report", "1:1"),
    ("a list of anything", "[1, 2]", "no_report", "1:1"),
    ("another tool's", '{"version": "2.1.0", "runs": []}', "no_report", "1:1"),
    ("a report without its format", lambda t: t.replace('"format"', '"form"', 1), "no_report", ""),
    ("format that is no text", '{"format": null}', "no_report", "1:1"),
    ("another format", '{"format": "ita-check/catalogue/1"}', "other_format", "1:12"),
    ("another version", '{"format":\n"ita-check/report/2"}', "other_version", "2:1"),
    ("two reports", lambda t: f"[{t}, {t}]", "several", "1:1"),
    ("a file not judged", json.dumps(NOT_JUDGED), "unjudged_because", ""),
    ("not judged, no reason", f'{{"format": "{FORMAT}", "error": 1}}', "unjudged", ""),
]


@pytest.mark.parametrize(("content", "key", "place"), [row[1:] for row in BROKEN])
@pytest.mark.parametrize("language", ["th", "en"])
def test_no_report(
    folder: Path,
    call: Call,
    written: str,
    content: str | Callable[[str], str],
    key: str,
    place: str,
    language: str,
) -> None:
    """A file that is no report is 2, on either side, with its place and what to do."""
    text = content if isinstance(content, str) else content(written)
    (folder / "bad.json").write_text(text, encoding="utf-8")
    sentence = re.sub(r"\\{\w+\\}", ".+", re.escape(say_open(f"comparison.file.{key}", language)))
    for words in (("bad.json", "good.json"), ("good.json", "bad.json")):
        done = call("diff", *words, "--lang", language)
        assert (done.code, done.out) == (2, "")
        assert re.search(sentence, done.err), done.err
        assert done.err.startswith(f"bad.json:{place}\n" if place else "bad.json")
        assert "\x1b" not in done.err
        assert max(len(line) for line in done.err.splitlines()[2:]) < 120


def say_open(key: str, language: str) -> str:
    """A sentence with its gaps open."""
    from ita_check.texts import template

    return template(key, "th" if language == "th" else "en")


NESTED = [("[" * 100_000, "bad.json"), ('{"format": ' + '{"a":' * 100_000, "bad.json")]


@pytest.mark.parametrize(("text", "name"), [*NESTED, ("[" * 100_000, "bad.yaml")])
def test_nesting_bomb(folder: Path, call: Call, text: str, name: str) -> None:
    """Brackets without end are told as such, by a report's reader as by the evidence file's."""
    (folder / name).write_text(text, encoding="utf-8")
    done = call("diff", name, "good.json")
    assert (done.code, done.out) == (2, "")
    assert say("problems.too_deep", limit=40) in done.err


ENCODINGS = [("utf-16", "utf16"), ("cp874", "windows_874")]


@pytest.mark.parametrize(("encoding", "key"), ENCODINGS)
def test_other_encoding(folder: Path, call: Call, encoding: str, key: str) -> None:
    """A report that an editor or a shell saved in another encoding is told by its name."""
    call(SEED, "-q", *DAY, "-o", "json=thai.json", "--lang", "th")
    text = Path("thai.json").read_text(encoding="utf-8")
    (folder / "bad.json").write_bytes(text.encode(encoding, "replace"))
    done = call("diff", "bad.json", "good.json")
    assert (done.code, done.out) == (2, "")
    assert say(f"problems.{key}") in done.err


def test_byte_order_mark(folder: Path, call: Call, written: str) -> None:
    """A byte order mark before a report changes nothing."""
    (folder / "mark.json").write_bytes(b"\xef\xbb\xbf" + written.encode())
    assert call("diff", "mark.json", "good.json").code == 0


def test_too_large(folder: Path, call: Call) -> None:
    """What is larger than any report is not read to its end; evidence keeps its own limit."""
    (folder / "large.json").write_bytes(b" " * (MAX_REPORT_BYTES + 10))
    done = call("diff", "large.json", "good.json")
    assert (done.code, done.out) == (2, "")
    assert say("problems.too_large", limit=MAX_REPORT_BYTES // 1024**2) in done.err
    (folder / "large.yaml").write_bytes(b"a: b # " + b"#" * 3 * 1024**2)
    done = call("diff", "large.yaml", "good.json")
    assert (done.code, done.out) == (2, "")
    assert say("problems.too_large", limit=2) in done.err


def test_no_file(call: Call) -> None:
    """Files that are not there are told together, each with what may be meant."""
    done = call("diff", "goood.json", ".", "--lang", "en")
    hint = say("problems.did_you_mean", "en", word="good.json")
    assert (done.code, done.out) == (2, "")
    assert say("problems.no_such_file", "en", hint=hint) in done.err
    assert say("problems.is_a_folder", "en") in done.err


def test_evidence_that_cannot_be_judged(folder: Path, call: Call) -> None:
    """An invalid evidence file is told as `check` tells it, both sides at once."""
    for name in ("one.yaml", "two.yaml"):
        (folder / name).write_text("agency: {name: x}\nfiscal_year: 2567\nevidense: {}\n")
    done = call("diff", "one.yaml", "two.yaml", *DAY)
    alone = call("check", "one.yaml", *DAY)
    assert (done.code, done.out) == (2, "")
    assert done.err.count("evidense") == 2 * alone.err.count("evidense") > 0


def removed(*path: str | int) -> Edit:
    """Remove the value at a path."""

    def edit(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        del content[path[-1]]

    return edit


def put(value: object, *path: str | int) -> Edit:
    """Put a value at a path."""

    def edit(content: Any) -> None:
        for step in path[:-1]:
            content = content[step]
        content[path[-1]] = value

    return edit


RULE = ("issues", 1, "requirements", 2)
FINDING = ("issues", 0, "requirements", 1, "findings", 0)
LACKS = [
    (("catalogue",), "catalogue"),
    (("catalogue", "sha256"), "catalogue.sha256"),
    (("evidence", "path"), "evidence.path"),
    (("agency", "name"), "agency.name"),
    (("fiscal_year",), "fiscal_year"),
    (("as_of",), "as_of"),
    (("findings",), "findings"),
    (("issues",), "issues"),
    (("issues", 1, "number"), "issues[1].number"),
    ((*RULE, "id"), "issues[1].requirements[2].id"),
    ((*RULE, "status"), "issues[1].requirements[2].status"),
    ((*FINDING, "code"), "issues[0].requirements[1].findings[0].code"),
    ((*FINDING, "message"), "issues[0].requirements[1].findings[0].message"),
]


@pytest.mark.parametrize(("path", "key"), LACKS, ids=[key for _, key in LACKS])
def test_report_that_lacks_a_key(
    folder: Path, call: Call, written: str, path: tuple[str | int, ...], key: str
) -> None:
    """A report without a key that version 1 promises is told by the key's path, and that alone."""
    (folder / "bad.json").write_text(edited(written, removed(*path)), encoding="utf-8")
    done = call("diff", "good.json", "bad.json")
    lacks = phrase("comparison.file.lacks", key=key)
    assert (done.code, done.out) == (2, "")
    assert say("comparison.file.with_remedy", problem=lacks) in done.err
    assert say("report.problems_count", count=1) in done.err


VALUES = [
    (5, ("agency",), "agency", "5"),
    ({}, ("catalogue", "id"), "catalogue.id", "{ }"),
    (True, ("catalogue", "requirements"), "catalogue.requirements", "true"),
    (0, ("catalogue", "requirements"), "catalogue.requirements", "0"),
    ("63", ("catalogue", "requirements"), "catalogue.requirements", "63"),
    ("", ("agency", "name"), "agency.name", ""),
    (67, ("fiscal_year",), "fiscal_year", "67"),
    (1.5, ("fiscal_year",), "fiscal_year", "1.5"),
    ("2567-02-30", ("as_of",), "as_of", "2567-02-30"),
    ("20240930", ("as_of",), "as_of", "20240930"),
    ("๒๐๒๔-๐๙-๓๐", ("as_of",), "as_of", "๒๐๒๔-๐๙-๓๐"),
    (None, ("issues",), "issues", "null"),
    ({}, ("findings",), "findings", "{ }"),
    ([], ("issues", 0), "issues[0]", "[ ]"),
    ("1.1", (*RULE, "id"), "issues[1].requirements[2].id", "1.1"),
    ("done", (*RULE, "status"), "issues[1].requirements[2].status", "done"),
    ([], (*RULE, "responsible"), "issues[1].requirements[2].responsible", "[ ]"),
    ("A B", (*FINDING, "code"), "issues[0].requirements[1].findings[0].code", "A B"),
    ("note", (*FINDING, "level"), "issues[0].requirements[1].findings[0].level", "note"),
    (-1, (*FINDING, "line"), "issues[0].requirements[1].findings[0].line", "-1"),
]


@pytest.mark.parametrize(("value", "path", "key", "text"), VALUES)
def test_report_with_a_value_that_is_none(
    folder: Path,
    call: Call,
    written: str,
    value: object,
    path: tuple[str | int, ...],
    key: str,
    text: str,
) -> None:
    """A value of another type or form is told by its path, at its place, and that alone."""
    (folder / "bad.json").write_text(edited(written, put(value, *path)), encoding="utf-8")
    done = call("diff", "bad.json", "good.json")
    wrong = phrase("comparison.file.value", key=key, text=text)
    assert (done.code, done.out) == (2, "")
    assert say("comparison.file.with_remedy", problem=wrong) in done.err
    assert say("report.problems_count", count=1) in done.err
    line, column = map(int, done.err.splitlines()[0].split(":")[1:])
    held = (folder / "bad.json").read_text(encoding="utf-8").splitlines()[line - 1]
    assert held[column - 1 :].startswith(json.dumps(value, ensure_ascii=False))


def test_requirement_and_issue_twice(folder: Path, call: Call, written: str) -> None:
    """A requirement or an issue that a report has twice is told; nobody knows which is meant."""

    def edit(content: Any) -> None:
        content["issues"].append(content["issues"][0])

    (folder / "bad.json").write_text(edited(written, edit), encoding="utf-8")
    done = call("diff", "bad.json", "good.json")
    assert (done.code, done.out) == (2, "")
    twice = phrase("comparison.file.twice", text=1)
    assert say("comparison.file.with_remedy", problem=twice) in done.err
    assert say("comparison.file.twice", text="1.1.1") in done.err


def test_long_list_of_errors_ends(folder: Path, call: Call) -> None:
    """A file that is a report in name only is not told by everything that it lacks."""
    issues = [{"number": n, "title": "x", "requirements": [{}] * 9} for n in range(1, 9)]
    (folder / "bad.json").write_text(json.dumps({"format": FORMAT, "issues": issues}))
    done = call("diff", "bad.json", "good.json")
    assert (done.code, done.out) == (2, "")
    assert say("report.problems_count", count=20) in done.err
    assert done.err.count("-o json=") == 1


def test_keys_to_come_are_no_error(folder: Path, call: Call, written: str) -> None:
    """Keys may be added within version 1: those that are not known are passed over."""

    def edit(content: Any) -> None:
        content["later"] = {"than": [1e400, "long", {"deep": [[[]]]}]}
        first(content)["later"] = None
        del first(content)["measure"]

    text = edited(written, edit).replace("Infinity", "1e999")
    text = text.replace('"long"', "1" * 5000)  # more digits than Python reads as a number
    (folder / "later.json").write_text(text, encoding="utf-8")
    assert call("diff", "later.json", "good.json", "--strict").code == 0


def test_list_of_one_report(folder: Path, call: Call, written: str) -> None:
    """A list that holds one report is that report."""
    (folder / "one.json").write_text(f"[{written}]", encoding="utf-8")
    assert call("diff", "one.json", "good.json", "--strict").code == 0
    (folder / "bad.json").write_text(f'[{{"format": "{FORMAT}"}}]', encoding="utf-8")
    done = call("diff", "bad.json", "good.json")
    lacks = phrase("comparison.file.lacks", key="[0].catalogue")
    assert say("comparison.file.with_remedy", problem=lacks) in done.err


# Sides that do not go together

DOUBTS: list[tuple[str, Edit]] = [
    ("other_catalogue", put("another", "catalogue", "id")),
    ("other_rules", put("0" * 64, "catalogue", "sha256")),
    ("other_agency", put("อบต.อื่น", "agency", "name")),
    ("other_fiscal_year", put(2566, "fiscal_year")),
    ("older_day", put("2025-01-01", "as_of")),
    ("same_judgement", lambda _: None),
]


@pytest.mark.parametrize(("doubt", "edit"), DOUBTS, ids=[doubt for doubt, _ in DOUBTS])
def test_warning(folder: Path, call: Call, written: str, doubt: str, edit: Edit) -> None:
    """Whatever may make the sides hard to compare is told at the top; `--strict` refuses some."""

    def other(content: Any) -> None:
        content["evidence"]["sha256"] = "0" * 64
        edit(content)

    text = edited(written, edit if doubt == "same_judgement" else other)
    (folder / "old.json").write_text(text, encoding="utf-8")
    for language in ("th", "en"):
        words = ("diff", "old.json", "good.json", "--lang", language)
        shown = call(*words)
        found = call(*words, "-f", "json")
        (warning,) = json.loads(found.out)["warnings"]
        line = phrase("comparison.warning", text=warning["message"]).say(language)
        assert (shown.code, shown.err, found.code) == (0, "", 0)
        assert warning["code"] == doubt
        assert found.err == line + "\n"
        assert f"! {line}\n" in shown.out.partition(say("report.summary", language))[0]
        assert "> **" in call(*words, "-f", "markdown").out
    strict = call("diff", "old.json", "good.json", "--strict")
    if doubt in ("older_day", "same_judgement"):
        assert (strict.code, strict.err) == (0, "")
        return
    assert (strict.code, strict.out) == (2, "")
    thai = json.loads(call("diff", "old.json", "good.json", "-f", "json").out)["warnings"]
    assert say("comparison.strict", doubt=thai[0]["message"]) in strict.err
    assert say("comparison.refused") in " ".join(strict.err.split())


def test_agency_is_compared_as_it_is_read(folder: Path, call: Call, written: str) -> None:
    """Spaces and the way letters are put together make no other agency."""
    name = json.loads(written)["agency"]["name"]
    text = edited(written, put(f" {name} ", "agency", "name"))
    (folder / "old.json").write_text(text, encoding="utf-8")
    assert call("diff", "old.json", "good.json", "--strict").code == 0


# Words of the command line


USAGE = [
    (("good.json", "good.json", *DAY), phrase("comparison.judging_option", option="--as-of")),
    (
        ("good.json", "good.json", "--issue", "4"),
        phrase("comparison.judging_option", option="--issue"),
    ),
    (
        ("good.json", "good.json", "--rules", "x"),
        phrase("comparison.judging_option", option="--rules"),
    ),
    (("-", "-"), phrase("commands.stdin_twice")),
    (("good.json",), phrase("commands.missing_argument", name="NEW")),
    ((), phrase("commands.missing_argument", name="OLD")),
    (("good.json", "good.json", "x"), phrase("commands.extra_argument", text="x")),
    (
        ("good.json", "good.json", "-f", "jsn"),
        phrase(
            "commands.not_a_choice",
            option="--format",
            text="jsn",
            hint=phrase("problems.did_you_mean", word="json"),
            allowed=("text", "markdown", "json"),
        ),
    ),
    (
        ("good.json", "x.yaml", "-o", "json=good.json"),
        phrase("commands.output_taken", file="good.json"),
    ),
    (("good.json", "x.yaml", "-o", "json"), phrase("commands.output_form", text="json")),
]


@pytest.mark.parametrize(("words", "reason"), USAGE)
def test_usage(folder: Path, call: Call, words: tuple[str, ...], reason: Any) -> None:
    """What cannot be followed is a usage error and writes nothing."""
    before = (folder / "good.json").read_bytes()
    done = call("diff", *words)
    help_ = say("commands.see_help", name="diff")
    assert done == (2, "", f"{say('commands.wrong_usage', reason=reason)}\n{help_}\n")
    assert [file.name for file in folder.iterdir()] == ["good.json"]
    assert (folder / "good.json").read_bytes() == before


def test_every_format_to_files(folder: Path, call: Call) -> None:
    """Each format goes to a file as to standard output; text says no exit code there."""
    names = [*FORMATS]
    words = ("diff", "good.json", SEED, "--as-of", "2567-10-15", "--lang", "en")
    outputs = [word for name in names for word in ("-o", f"{name}=out.{name}")]
    done = call(*words, *outputs, "--fail-on-regression")
    assert (done.code, done.err) == (1, "")
    end = " " + say("report.exit", "en", code=1)
    for name in names:
        shown = call(*words, "-f", name, "--fail-on-regression").out
        held = (folder / f"out.{name}").read_text(encoding="utf-8")
        assert held.split() == shown.replace(end, "").split()


def test_output_that_cannot_be_written(folder: Path, call: Call) -> None:
    """An output without a folder is 2, told, and the others are written."""
    done = call("diff", "good.json", "good.json", "-o", "json=no/x.json", "-o", "markdown=x.md")
    assert done.code == 2
    assert say("commands.no_folder", folder="no") in done.err
    assert done.out.endswith(say("report.exit", code=2) + "\n")
    assert (folder / "x.md").is_file()


# What is shown

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "](https://evil.example) [x](https://evil.example)",
    "@everyone #1 | a | `b` ``c`` $x$ :tada:",
    "\x1b[31mred\x07 \u202eback \u2066x",
    "line\n\n# head\n- list",
    "{{7*7}} ${7} {title} {0}",
    "https://evil.example www.evil.example a@evil.example",
    "\ud800 half a pair",
]
PLACES = [("agency", "name"), ("evidence", "path"), ("issues", 4, "title")]
PLACES += [("issues", 4, "requirements", 3, name) for name in ("title", "responsible")]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_report(folder: Path, written: str, text: str) -> None:
    """No text of a report does anything in a terminal, in Markdown or in JSON."""

    def edit(content: Any) -> None:
        for path in PLACES:
            put(text, *path)(content)
        for entry in content["issues"][4]["requirements"]:
            entry["status"] = "missing"
            for finding in entry["findings"]:
                finding |= {"message": text, "fix": text, "path": text, "line": 7}

    (folder / "new.json").write_text(json.dumps(json.loads(edited(written, edit))))
    for name in FORMATS:
        done = run("diff", "good.json", "new.json", "-f", name, cwd=folder)
        shown = done.stdout.decode("utf-8")
        assert done.returncode == 0, done.stderr.decode()
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066]", shown)
        if name == "json":
            held = json.loads(shown)["issues"][4]["title"]
            assert held == text.replace("\ud800", "?")
        if name == "markdown":
            assert_inert(shown)


def assert_inert(markdown: str) -> None:
    """Read by GitHub's grammar there is no link, image or tag, and no heading that is not ours."""
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(markdown)
    inline = [child for token in tokens for child in token.children or ()]
    kinds = {token.type for token in [*tokens, *inline]}
    assert not kinds & {"link_open", "image", "html_block", "html_inline", "fence", "code_block"}
    heads = [
        tokens[n + 1].content for n, token in enumerate(tokens) if token.type == "heading_open"
    ]
    assert [head for head in heads if head in ("head", "# head")] == []


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("language", ["th", "en"])
def test_ids_and_places_are_whole(call: Call, width: int, language: str) -> None:
    """At every width each id is whole and each place stands on a line of its own."""
    words = ("good.json", SEED, "--as-of", "2567-10-15", "--width", width, "--lang", language)
    found = json.loads(call("diff", *words, "-f", "json").out)
    shown = call("diff", *words).out
    lines = [line.strip() for line in shown.splitlines()]
    entries = [entry for issue in found["issues"] for entry in issue["unchanged_gaps"]]
    for entry in entries:
        assert re.search(rf"(?<![\d.]){re.escape(entry['id'])}(?![\d.])", shown)
        for finding in entry["findings"]["new"]:
            assert f"{SEED}:{finding['line']}:{finding['column']}" in lines
    assert str(SEED) in shown
    if width > 40:  # the table of figures takes more
        longest = max(cell_len(line) for line in shown.splitlines() if str(SEED) not in line)
        assert longest <= width


def test_marks_of_a_stream_without_symbols(folder: Path) -> None:
    """A Windows-874 pipe gets Thai, and arrows and marks that it can hold."""
    words = ("diff", "good.json", SEED, "--as-of", "2567-10-15")
    done = run(*words, cwd=folder, env={"PYTHONIOENCODING": "cp874"})
    shown = done.stdout.decode("cp874")
    assert "24 -> 24" in shown
    assert "x " + say("comparison.section.new_gap", count=1) in shown
    assert "?" not in shown
    assert "\x1b" not in shown


def test_same_bytes(folder: Path) -> None:
    """The same sides give the same bytes, in every format."""
    for name in FORMATS:
        words = ("diff", "good.json", SEED, "--as-of", "2567-10-15", "-f", name)
        first_, second = (run(*words, cwd=folder).stdout for _ in range(2))
        assert first_ == second
        assert str(folder).encode() not in first_

"""What stands on the terminal: width, color, encodings, languages, and nothing that acts."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from icu4py.breakers import LineBreaker
from rich.cells import cell_len
from support import COMPLETE, ROOT, SEED, Call, Said, run

from ita_check.cli import main
from ita_check.texts import Language, phrase

END = ("--as-of", "2567-09-30")
HEAD = "agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}\nfiscal_year: 2567\n"
BAD = "agency: {name: ก}\nfiscal_year: 2567\nevidense: {}\n"
LANGUAGES: tuple[Language, ...] = ("th", "en")
ESCAPE = "\x1b"
WIDE = 5000  # wider than any line


@pytest.fixture
def call(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Call:
    """The command in this process; `e.yaml` holds the text, where one is given."""
    monkeypatch.chdir(tmp_path)

    def command(*words: object, text: str | None = None) -> Said:
        if text is not None:
            (tmp_path / "e.yaml").write_text(text, "utf-8", newline="")
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Said(code, *capsys.readouterr())

    return command


# Where lines break

CARETS = re.compile(r"\s*[│|]\s*\^+")
# What may not be broken: addresses, places, ids, codes of the form, and what is quoted as code.
WHOLE = re.compile(
    r"https?://[^\s\"'<>`)\]}]+|\S+\.yaml:\d+:\d+|(?<![\d.])\d\.\d\.\d\d?(?![\d.])|O\d\d?\*?|`[^` ]+`"
)


class Break(NamedTuple):
    """Where a text that fits on one line is broken: the offset counts no white space."""

    text: str
    offset: int
    next_line: str


def lines_of(text: str) -> list[str]:
    """The lines with something on them; carets stand only where their line fits."""
    return [line for line in text.splitlines() if line.strip() and not CARETS.fullmatch(line)]


def squeezed(text: str) -> str:
    """A text without its white space."""
    return "".join(text.split())


def breaks(wide: str, narrow: str) -> Iterator[Break]:
    """Every break of the narrow page, found by laying it along the wide one."""
    rows = iter(lines_of(narrow))
    for text in lines_of(wide):
        whole, laid = squeezed(text), squeezed(next(rows))
        while laid != whole:
            assert whole.startswith(laid), (text, laid)
            row = next(rows)
            yield Break(text, len(laid), row)
            laid += squeezed(row)
    assert not list(rows)


def allowed(text: str) -> set[int]:
    """Where ICU itself lets a line of this text end, without counting white space."""
    units = 0
    at = {0: 0}
    for number, character in enumerate(text, 1):
        units += len(character.encode("utf-16-le")) // 2
        at[units] = number
    return {len(squeezed(text[: at[end]])) for _, end in LineBreaker(text, "th").segments()}


def wholes(text: str) -> list[tuple[int, int]]:
    """From where to where a text may not be broken, without counting white space."""
    return [
        (len(squeezed(text[: match.start()])), len(squeezed(text[: match.end()])))
        for match in WHOLE.finditer(text)
    ]


def check_breaks(wide: str, narrow: str) -> None:
    """No word and nothing that belongs together is broken, and no line begins with ๆ."""
    found = list(breaks(wide, narrow))
    for text, offset, row in found:
        assert offset in allowed(text), (text, row)
        assert not [span for span in wholes(text) if span[0] < offset < span[1]], (text, row)
        assert not row.lstrip().startswith("ๆ"), row


PAGES = [
    (SEED, "-v", *END),
    (COMPLETE, "-v", "--as-of", "2570-10-15"),
    ("list",),
    ("list", "--kinds"),
    ("explain", "7.1.2"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", PAGES, ids=[" ".join(map(str, page))[-24:] for page in PAGES])
def test_lines_break_between_words(
    call: Call, words: tuple[object, ...], language: Language
) -> None:
    """At 40, 80 and 140 columns lines end where ICU lets them; ids, places and addresses are whole.

    At 80 and 140 columns every line fits, but for those that hold one long address.
    """
    wide = call(*words, "--lang", language, "--width", WIDE).out
    for width in (40, 80, 140):
        narrow = call(*words, "--lang", language, "--width", width).out
        check_breaks(wide, narrow)
        for line in narrow.splitlines() if width >= 80 else ():
            longest = max((cell_len(piece) for piece in line.split()), default=0)
            assert cell_len(line) <= width or longest > width - 40, line


THAI_ADDRESS = (
    "https://forms.example.com/จริยธรรม/ประกาศเจตนารมณ์นโยบายไม่รับของขวัญของกำนัลทุกชนิด"
    "จากการปฏิบัติหน้าที่/หน้าแรก/แผนปฏิบัติการป้องกันการทุจริต"
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [40, 80, 140])
def test_thai_address_is_not_broken(call: Call, width: int, language: Language) -> None:
    """An address with a Thai path is one thing, in a message and in the line of the file."""
    text = HEAD + f'evidence:\n  complaint_manual:\n    url: "{THAI_ADDRESS}"\n'
    words = ("e.yaml", "--issue", 7, "--lang", language, *END)
    wide = call(*words, "--width", WIDE, text=text).out
    narrow = call(*words, "--width", width).out
    assert wide.count(THAI_ADDRESS) == narrow.count(THAI_ADDRESS) >= 2
    check_breaks(wide, narrow)


EMOJI = "ไม่มี 😀 ทรัพย์สินให้ยืม 𝒜 เพราะเทศบาลไม่มีทรัพย์สินประเภทที่ให้ยืมได้ 👨‍👩‍👧 ในปีงบประมาณนี้ 🙏"


@pytest.mark.parametrize("width", [40, 80, 140])
def test_emoji(call: Call, width: int) -> None:
    """Characters beyond the first plane neither crash the report nor shift where words end."""
    text = (
        f"agency: {{name: เทศบาล 🏛️ ตัวอย่าง}}\nfiscal_year: 2567\n"
        f"evidence: {{complaint_manual: {{title: {EMOJI}, url: 'https://a.example.com/😀/จริยธรรม'}}}}\n"
        f'actions: {{"1.2.3": {{responsible: กองคลัง 😀 และสำนักปลัดเทศบาลของเทศบาลนครตัวอย่าง}}}}\n'
        f'exceptions: [{{requirement: "4.1.2", status: not_applicable, reason: "{EMOJI}"}}]\n'
    )
    wide = call("e.yaml", *END, "--width", WIDE, text=text)
    narrow = call("e.yaml", *END, "--width", width)
    assert (wide.code, wide.err, narrow.code, narrow.err) == (1, "", 1, "")
    assert EMOJI in wide.out
    check_breaks(wide.out, narrow.out)


def test_no_line_begins_with_a_repetition_mark(call: Call) -> None:
    """ๆ stays with the word that it repeats, with a space before it or without."""
    reason = "ต่าง ๆ นานา ๆ เรื่อยๆ อื่น ๆ " * 12
    text = (
        HEAD + f'exceptions: [{{requirement: "4.1.2", status: not_applicable, reason: {reason}}}]\n'
    )
    words = ("e.yaml", "--issue", 4, *END)
    wide = call(*words, "--width", WIDE, text=text).out
    for width in range(40, 60, 3):
        check_breaks(wide, call(*words, "--width", width).out)


def test_narrower_than_can_be(call: Call) -> None:
    """A width of 1 still shows everything."""
    wide = call(SEED, *END, "--width", WIDE).out
    check_breaks(wide, call(SEED, *END, "--width", 1).out)


def test_width_holds_for_what_could_not_be_judged(call: Call) -> None:
    """`--width` is heeded on standard error too."""
    text = HEAD + "evidence: {hr_plan: {in_forc: 2567}}\n"
    narrow = call("e.yaml", "--width", 60, text=text).err
    wide = call("e.yaml", "--width", 1000).err
    check_breaks(wide, narrow)
    assert len(wide.splitlines()) == 6
    assert max(cell_len(line) for line in narrow.splitlines()) <= 60


def test_width_of_the_terminal(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without `--width` it is that of the terminal, 80 where there is none."""
    assert call(SEED, *END) == call(SEED, *END, "--width", 80)
    monkeypatch.setenv("COLUMNS", "100")
    assert call(SEED, *END) == call(SEED, *END, "--width", 100)
    assert call(SEED, *END, "--width", 90) != call(SEED, *END)


# Color


def on_terminal(*words: object, cwd: Path = ROOT, **environment: str) -> tuple[int, str]:
    """The code and all that a real terminal is sent, standard error included."""
    import pty  # not there on Windows

    ours, theirs = pty.openpty()
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm-256color", **environment}
    with subprocess.Popen(
        [sys.executable, "-m", "ita_check", *map(str, words)],
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=env,
    ) as process:
        os.close(theirs)
        sent = bytearray()
        try:
            while part := os.read(ours, 65536):
                sent += part
        except OSError:
            pass  # Linux says so when the other side is closed
    os.close(ours)
    return process.returncode, sent.decode("utf-8").replace("\r\n", "\n")


terminal_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminal")


@terminal_only
def test_color_on_a_terminal(tmp_path: Path) -> None:
    """A terminal gets color, which changes no character of the text."""
    (tmp_path / "bad.yaml").write_text(BAD, "utf-8")
    words = (SEED, "bad.yaml", "--issue", 4, "--width", 80, *END)
    code, sent = on_terminal(*words, cwd=tmp_path)
    plain = run(*words, cwd=tmp_path)
    assert ESCAPE in sent
    assert re.sub(r"\x1b\[[0-9;]*m", "", sent) == plain.stdout.decode() + plain.stderr.decode()
    assert code == plain.returncode == 2


@terminal_only
@pytest.mark.parametrize(
    ("words", "environment"),
    [(("--no-color",), {}), ((), {"NO_COLOR": "1"}), ((), {"TERM": "dumb"})],
    ids=["--no-color", "NO_COLOR", "dumb"],
)
def test_no_color_on_a_terminal(
    tmp_path: Path, words: tuple[str, ...], environment: dict[str, str]
) -> None:
    """`--no-color` and `NO_COLOR` hold for the report and for what could not be judged."""
    (tmp_path / "bad.yaml").write_text(BAD, "utf-8")
    code, sent = on_terminal(
        SEED, "bad.yaml", "--issue", 4, *words, *END, cwd=tmp_path, **environment
    )
    assert (code, "bad.yaml:3:1\n" in sent) == (2, True)
    assert ESCAPE not in sent


def test_no_color_in_a_pipe(call: Call) -> None:
    """A pipe and a file get no color, whatever the page."""
    for words in ((SEED, *END), ("e.yaml",), ("list",), ("explain", "7.1.2"), ("--help",)):
        said = call(*words, text=BAD)
        assert ESCAPE not in said.out + said.err
    assert call(SEED, "-o", "text=report.txt", *END).code == 1
    assert ESCAPE not in Path("report.txt").read_text("utf-8")


# Encodings


def console(
    monkeypatch: pytest.MonkeyPatch, encoding: str, *words: object
) -> tuple[int, bytes, bytes]:
    """The command where both streams have an encoding, as strict as Python makes them."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    code = main([str(word) for word in words])
    written = []
    for stream in streams:
        stream.flush()
        written.append(stream.buffer.getvalue())  # type: ignore[attr-defined]  # BytesIO
    return code, written[0], written[1]


SHOWN = [
    (1, (SEED, *END)),
    (1, (SEED, "-f", "json", *END)),
    (2, ("bad.yaml",)),
    (2, ("nowhere.yaml", "--nope")),
    (3, (SEED, "--issue", 9, "-q", *END)),
    (0, ("list",)),
    (0, ("list", "--kinds")),
    (0, ("explain", "7.1.2")),
    (0, ("init", "-", "--fiscal-year", "2570")),
    (0, ("init", "new.yaml", "--fiscal-year", "2570")),
    (0, ("--version",)),
    (0, ("--help",)),
    (0, ("check", "--help")),
    (0, ("list", "--help")),
    (0, ("explain", "--help")),
    (0, ("init", "--help")),
]


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp874"])
@pytest.mark.parametrize(
    ("code", "words"), SHOWN, ids=[" ".join(map(str, s[1]))[-24:] for s in SHOWN]
)
def test_no_encoding_raises(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    encoding: str,
    code: int,
    words: tuple[object, ...],
) -> None:
    """Whatever the console's encoding, the code is the same and Thai can be read."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.yaml").write_text(BAD, "utf-8")
    done, out, err = console(monkeypatch, encoding, *words)
    assert done == code
    # What is for programs, or makes a file, is UTF-8 everywhere.
    utf8 = "json" in words or words[:2] == ("init", "-")
    kept = "cp874" if encoding == "cp874" and not utf8 else "utf-8"
    text = out.decode(kept) + err.decode(kept)
    if words != ("--version",):
        assert any("ก" <= character <= "๛" for character in text)


def test_marks_of_a_thai_console(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows-874 knows Thai but no ticks and bars: plain marks stand for them, not `?`."""
    code, out, _ = console(monkeypatch, "cp874", SEED, *END)
    text = out.decode("cp874")
    assert (code, "?" in text, "✗" in text) == (1, False, False)
    assert re.search(r"(?m)^  [#.]{20} \d+/17$", text)
    assert re.search(r"(?m)^x \S+  \d\.\d\.\d+  ", text)


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "cp874:strict"},
    ],
)
def test_environments(environment: dict[str, str]) -> None:
    """The real command in environments that know no Thai, and in one that knows only Thai."""
    done = run(SEED, "-q", *END, env=environment)
    kept = "cp874" if "cp874:strict" in environment.values() else "utf-8"
    assert (done.returncode, done.stderr) == (1, b"")
    assert phrase("report.exit", code=1).say("th") in done.stdout.decode(kept)


# Text of the file

MARKUP = "[bold red]ก[/bold red] [/] [link=https://evil.example]x[/link] :warning: {name} %s \\[b]"
ACTIVE = "a\x1b[31mb\x07c\x9bd\u202ee\u2066f\u200fg\u061ch\ufeffi\u2028j\x7fk"
NEVER = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]"
)


def everywhere(value: str) -> str:
    """An evidence file with a text wherever one may stand."""
    quoted = (
        '"'
        + "".join(c if c.isprintable() and c not in '"\\' else f"\\u{ord(c):04x}" for c in value)
        + '"'
    )
    return (
        f"agency: {{name: {quoted}}}\n"
        "fiscal_year: 2567\n"
        f"evidence: {{contact: {{title: {quoted}, file: {quoted}, channels: line}}}}\n"
        f'actions: {{"1.1.1": {{responsible: [{quoted}, กองช่าง]}}, "3.1.4": {{responsible: {quoted},'
        " period: ต.ค. 66 - ก.ย. 67, result: ก}}\n"
        f'exceptions: [{{requirement: "4.1.2", status: waived, reason: {quoted},'
        f" approved_by: {quoted}, expires: 2567-12-31}}]\n"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_markup_is_shown_as_it_is(call: Call, language: Language) -> None:
    """What looks like markup or a gap to fill is text: agency, unit, file, reason and approver."""
    words = ("e.yaml", "--lang", language, "--width", 1000, "-v", *END)
    said = call(*words, text=everywhere(MARKUP))
    assert (said.code, said.err) == (1, "")
    lines = [line for line in said.out.splitlines() if MARKUP in line]
    # agency; 1.1.1; unit, file and line of 3.1.4; the same file in 3.1.7; 4.1.2; the units' table
    assert len(lines) >= 6
    for key, gaps in (
        ("report.reason", {"reason": MARKUP}),
        ("report.approved_by", {"post": MARKUP}),
        ("findings.file_missing", {"file": MARKUP}),
        ("report.responsible", {"units": MARKUP + ", กองช่าง"}),
    ):
        assert phrase(key, **gaps).say(language) in said.out


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_acts_on_the_terminal(call: Call, language: Language) -> None:
    """Escapes, bells and what turns the line around are shown as what they are, not sent."""
    text = everywhere(ACTIVE)
    said = call("e.yaml", "--lang", language, "--width", 1000, "-v", *END, text=text)
    assert (said.code, said.err) == (1, "")
    assert NEVER.findall(said.out) == []
    shown = r"a\x1b[31mb\x07c\x9bd\u202ee\u2066f\u200fg\u061ch\ufeffi"
    assert said.out.count(shown) >= 6


@pytest.mark.parametrize("place", ["note: 'HERE'", "HERE: x", "# HERE\n    form: ก", "form: HERE"])
def test_nothing_acts_in_a_line_of_the_file(call: Call, place: str) -> None:
    """Raw characters in a line that is quoted are shown as escapes too."""
    line = place.replace("HERE", "a\u202eb\u2066c")
    text = HEAD + f"evidence:\n  asset_borrowing:\n    {line}\n    in_forc: 1\n"
    said = call("e.yaml", text=text)
    assert said.code == 2
    assert NEVER.findall(said.out + said.err) == []


@pytest.mark.parametrize("value", ["ก\u202eข", "ก\tข", "a\u2066b\u2069c", "กำ\u0e33ลั่ง", "日本"])
def test_caret_stands_below_the_value(call: Call, value: str) -> None:
    """Whatever comes before a value on its line, the caret stands below its first character."""
    text = HEAD + f"evidence: {{ethics_team: {{title: '{value}', appointed_on: 31 ธ.ค. 2567}}}}\n"
    lines = call("e.yaml", "--issue", 6, "--width", 200, *END, text=text).out.splitlines()
    row = next(n for n, line in enumerate(lines) if "appointed_on: 31" in line)
    assert cell_len(lines[row + 1].split("^")[0]) == cell_len(lines[row].split("31 ธ.ค.")[0])
    text = text.replace("31 ธ.ค. 2567", "32 ธ.ค. 2567")
    lines = call("e.yaml", text=text).err.splitlines()
    row = next(n for n, line in enumerate(lines) if "appointed_on: 32" in line)
    assert cell_len(lines[row + 1].split("^")[0]) == cell_len(lines[row].split("32 ธ.ค.")[0])
    assert lines[row + 1].count("^") == cell_len("32 ธ.ค. 2567")


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_name_of_the_file_is_inert(call: Call, tmp_path: Path) -> None:
    """The file's own name is text as well, whether the file can be judged or not."""
    for text in (HEAD, BAD):
        name = "e[bold]\x1b[31m\x07.yaml"
        (tmp_path / name).write_text(text, "utf-8")
        said = call(name, "--issue", 4, *END)
        assert NEVER.findall(said.out + said.err) == []
        assert r"e[bold]\x1b[31m\x07.yaml" in said.out + said.err


# Languages


@pytest.mark.parametrize(
    ("words", "environment", "language"),
    [
        ((), {}, "th"),
        ((), {"LANG": "en_US.UTF-8"}, "en"),
        ((), {"LANG": "th_TH.UTF-8"}, "th"),
        ((), {"LANG": "fr_FR.UTF-8"}, "th"),
        ((), {"LANG": "C"}, "th"),
        ((), {"LANG": "POSIX"}, "th"),
        ((), {"LANG": ""}, "th"),
        ((), {"LC_ALL": "en_GB", "LANG": "th_TH"}, "en"),
        ((), {"LC_MESSAGES": "en_GB", "LANG": "th_TH"}, "en"),
        ((), {"LC_ALL": "", "LC_MESSAGES": "", "LANG": "en"}, "en"),
        ((), {"ITA_CHECK_LANG": "en", "LC_ALL": "th_TH"}, "en"),
        ((), {"ITA_CHECK_LANG": "th", "LANG": "en_US"}, "th"),
        ((), {"ITA_CHECK_LANG": "", "LANG": "en_US"}, "en"),
        (("--lang", "en"), {"ITA_CHECK_LANG": "th", "LC_ALL": "th_TH"}, "en"),
        (("--lang", "th"), {"ITA_CHECK_LANG": "en", "LC_ALL": "en_US"}, "th"),
    ],
)
def test_language(
    call: Call,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    environment: dict[str, str],
    language: Language,
) -> None:
    """`--lang`, else `ITA_CHECK_LANG`, else the locale, else Thai; on every page alike."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert phrase("report.summary").say(language) in call(SEED, "-q", *END, *words).out.splitlines()
    told = phrase("problems.no_such_file", hint="").say(language)
    assert f"  ✗ {told}" in call("nowhere.yaml", *words).err.splitlines()
    assert phrase("report.explain.why").say(language) in call("explain", "1.1.1", *words).out
    reason = phrase("commands.no_such_option", option="--nope", hint="")
    assert call("--nope", *words).err.startswith(
        phrase("commands.wrong_usage", reason=reason).say(language)
    )


# Streams


def without_exit_code(text: str) -> str:
    """A report as it is where another file decides the exit code too."""
    said = re.escape(phrase("report.exit", code=0).say("th")).replace("0", r"\d+")
    return re.sub(f" {said}\n$", "\n", text)


def test_what_goes_where(call: Call, tmp_path: Path) -> None:
    """The report alone on standard output, everything else on standard error."""
    (tmp_path / "bad.yaml").write_text(BAD, "utf-8")
    alone = call(SEED, *END)
    assert (alone.code, alone.err) == (1, "")
    both = call(SEED, "bad.yaml", *END)
    assert (both.code, both.out) == (2, without_exit_code(alone.out))
    bad = call("bad.yaml", *END)
    assert (bad.code, bad.out, bad.err) == (2, "", both.err)
    assert bad.err.startswith("bad.yaml:3:1\n")
    unknown = call(SEED, "--issue", 9, "--issue", 4, *END)
    assert unknown.out == call(SEED, "--issue", 4, *END).out
    assert unknown.err == phrase("commands.no_such_issue", issues=("9",)).say("th") + "\n"


def test_several_reports(call: Call) -> None:
    """Of several files each has its report, in the given order, with a line between them."""
    reports = [without_exit_code(call(file, "-q", *END).out) for file in (SEED, COMPLETE)]
    said = call(SEED, COMPLETE, "-q", *END)
    assert said.out == reports[0] + "\n" + "─" * 80 + "\n" + reports[1]


def test_quiet_and_verbose(call: Call) -> None:
    """`-q` leaves the closing tables, `-v` adds what is met; neither changes the last word."""
    plain, quiet, verbose = (call(SEED, *words, *END).out for words in ((), ("-q",), ("-v",)))
    assert len({text.splitlines()[-1] for text in (plain, quiet, verbose)}) == 1
    assert plain.endswith(quiet[quiet.index(phrase("report.summary").say("th")) :])
    met = phrase("report.status.met").say("th")
    assert f"✓ {met}  " in verbose
    assert f"✓ {met}  " not in plain
    assert "1.1.1" not in quiet

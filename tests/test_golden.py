"""The whole output of each format, held against files that a person has read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import ROOT, run

GOLDEN = Path(__file__).parent / "golden"
FILES = {
    "seed": ("fixtures/nakhon-ratchasima-2567/evidence.yaml", "2567-10-15"),
    "complete": ("fixtures/complete-2570/evidence.yaml", "2570-09-30"),
    "statuses": ("tests/golden/statuses.yaml", "2567-03-01"),
}
RUNS = [
    (f"{name}-{width}-{language}.txt", name, ("--width", str(width), "--lang", language))
    for name in FILES
    for width in (80, 140)
    for language in ("th", "en")
]
RUNS += [(f"{name}.json", name, ("--format", "json", "--lang", "th")) for name in FILES]
RUNS += [("statuses-verbose.txt", "statuses", ("--verbose", "--lang", "th", "--width", "100"))]
RUNS += [("seed-quiet.txt", "seed", ("--quiet", "--lang", "th", "--width", "80"))]


@pytest.mark.parametrize(("golden", "name", "options"), RUNS, ids=[run_[0] for run_ in RUNS])
def test_output_is_as_read(
    golden: str, name: str, options: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    """The output is that of the golden file, byte for byte (JSON: value for value)."""
    evidence, as_of = FILES[name]
    done = run(evidence, "--as-of", as_of, *options)
    assert done.stderr == b""
    written = done.stdout.decode()
    if golden.endswith(".json"):
        content = json.loads(written)
        content["catalogue"]["sha256"] = "of every rule file"
        content["evidence"]["sha256"] = "of the file"
        written = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    file = GOLDEN / golden
    if request.config.getoption("--regenerate"):
        file.write_text(written, encoding="utf-8", newline="\n")
    assert written == file.read_text(encoding="utf-8")


def test_every_golden_file_is_compared() -> None:
    """No golden file lies about that no run produces."""
    produced = {golden for golden, _, _ in RUNS} | {"statuses.yaml"}
    assert {file.name for file in GOLDEN.iterdir()} == produced
    assert (ROOT / FILES["statuses"][0]).is_file()

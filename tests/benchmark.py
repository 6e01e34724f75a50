"""How long the whole command takes, beside what it stands on and beside check-jsonschema.

    .venv/bin/python tests/benchmark.py [ROUNDS]

Every row is a process of its own; the rows take turns within one run, so that a slow moment of
the machine falls on all of them. What counts is the ratio to `python -c pass` of the same run.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from ita_check.reporting.formats import FORMATS

ROOT = Path(__file__).parent.parent
EVIDENCE = ROOT / "fixtures" / "complete-2570" / "evidence.yaml"
BIN = Path(sys.executable).parent
FURTHER = 10

EMPTY_TYPER = """
import typer
app = typer.Typer(add_completion=False, rich_markup_mode=None)
@app.command()
def main(evidence: list[str] = typer.Argument(None), format: str = typer.Option("text")): pass
app()
"""
PACKAGES_OF_JSON = "import yaml, json\n" + EMPTY_TYPER
PACKAGES_OF_TEXT = "import yaml, rich.console, icu4py.breakers\n" + EMPTY_TYPER


@dataclass
class Row:
    """One command, and what its runs took: seconds, and kibibytes at the peak."""

    name: str
    command: list[str]
    seconds: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)

    def run(self) -> None:
        with open(os.devnull, "wb") as nowhere:
            redirect = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), stream) for stream in (1, 2)]
            began = time.perf_counter()
            pid = os.posix_spawn(self.command[0], self.command, _ENVIRONMENT, file_actions=redirect)
            _, status, usage = os.wait4(pid, 0)
        self.seconds.append(time.perf_counter() - began)
        self.peaks.append(usage.ru_maxrss)
        code = os.waitstatus_to_exitcode(status)
        if code != 0:
            raise SystemExit(f"{self.name}: exit code {code}")

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def rows(folder: Path) -> list[Row]:
    python, evidence = sys.executable, str(EVIDENCE)
    schema = subprocess.run(
        [BIN / "ita-check", "schema", "evidence"], capture_output=True, check=True
    )
    schema_file = folder / "schema.json"
    schema_file.write_bytes(schema.stdout)
    check = [str(BIN / "ita-check"), "check", evidence, "--as-of", "2570-09-30"]
    jsonschema = [str(BIN / "check-jsonschema"), "--schemafile", str(schema_file), evidence]
    return [
        Row("python -c pass", [python, "-c", "pass"]),
        Row("an empty command of typer", [python, "-c", EMPTY_TYPER]),
        Row("the packages of JSON alone", [python, "-c", PACKAGES_OF_JSON]),
        Row("the packages of text alone", [python, "-c", PACKAGES_OF_TEXT]),
        Row("ita-check --format json", [*check, "--format", "json"]),
        *(
            Row(f"ita-check --format {name}", [*check, "--format", name])
            for name in FORMATS
            if name != "json"
        ),
        Row(f"ita-check, {FURTHER} files more", [*check, *[evidence] * FURTHER, "-f", "json"]),
        Row("ita-check --help", [str(BIN / "ita-check"), "--help"]),
        *([Row("check-jsonschema", jsonschema)] if Path(jsonschema[0]).exists() else []),
    ]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        table = rows(Path(folder))
        for row in table:
            row.run()  # the first run fills caches and does not count
            row.seconds.clear()
        for _ in range(rounds):
            for row in table:
                row.run()
    base = table[0].median
    print(f"{EVIDENCE.relative_to(ROOT)}: {EVIDENCE.stat().st_size / 1000:.0f} KB, {rounds} rounds")
    for row in table:
        peak = max(row.peaks) / 1024
        times = row.median / base
        print(f"{row.median * 1000:8.1f} ms {times:6.1f} x {peak:6.1f} MiB  {row.name}")
    if table[-1].name != "check-jsonschema":
        print("check-jsonschema is not installed: pip install '.[dev]'")
    by_name = {row.name: row.median * 1000 for row in table}
    one = by_name["ita-check --format json"]
    further = (by_name[f"ita-check, {FURTHER} files more"] - one) / FURTHER
    print(f"\neach further file: {further:.1f} ms")
    for name, packages in (("--format json", "JSON"), ("--format text", "text")):
        own = by_name[f"ita-check {name}"] - by_name[f"the packages of {packages} alone"]
        print(f"ita-check {name} over its packages alone: {own:.0f} ms")
    for name in FORMATS:
        print(f"{name} over json: {by_name[f'ita-check --format {name}'] - one:.0f} ms")


if __name__ == "__main__":
    main()

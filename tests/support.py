"""What several tests share: the catalogue, the judging of a case, and the real command."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from ita_check.characters import normalised
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.cases import Case
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.dates import read_day
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.model.catalogue import Catalogue
from ita_check.model.report import Judged
from ita_check.model.verdicts import FAULTS, INCONCLUSIVE, Change
from ita_check.texts import Language, phrase

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
CASES = FIXTURES / "rules"
COMPLETE = FIXTURES / "complete-2570" / "evidence.yaml"
SEED = FIXTURES / "nakhon-ratchasima-2567" / "evidence.yaml"

# The finding codes of what is looked at, which no case of a rule gives: `check` looks at nothing.
OF_LOOKING = {
    *FAULTS,
    *(INCONCLUSIVE - {"unasked"}),
    *(f"{change}_since" for change in get_args(Change)),
    "names_other_year",
    "not_readable",
    "encrypted",
    "empty",
    "wrong_type",
    "not_reached",
    "same_as_last_year",
}

# Issue 4 met, with advice left open: warnings and no gap.
ADVISED = """\
agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}
fiscal_year: 2567
evidence:
  asset_manual:
    url: https://www.example.go.th/asset
    covers: [borrowing_procedure, work_types]
    audience: [staff, public]
    follow_strictly: yes
  asset_borrowing: {form: แบบยืมพัสดุ, approver: ปลัดเทศบาล}
  asset_inspection: {inspected_on: [1 มี.ค. 2567, 2 ก.ย. 2567], covers: [materials, durable_articles]}
  corruption_risk_assessment:
    fiscal_year: 2567
    risks: {topic: asset_misuse, measure: คุมทะเบียน, action: ตรวจทะเบียนแล้ว}
actions:
""" + "".join(
    f'  "4.1.{step}": {{responsible: กองคลัง, period: ต.ค. 66 - ก.ย. 67, result: ทำแล้ว}}\n'
    for step in range(1, 6)
)


class Said(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


Call = Callable[..., Said]


def say(key: str, language: Language = "th", /, **gaps: object) -> str:
    """A sentence of the program."""
    return phrase(key, **gaps).say(language)


@cache
def catalogue() -> Catalogue:
    """The catalogue of the checkout."""
    return load_catalogue()


def case_files(folder: Path = CASES) -> list[Path]:
    """Every file of cases."""
    return sorted(folder.glob("issue-*/*.yaml"))


def judge_case(rules: Catalogue, requirement: str, case: Case) -> Judged:
    """What the requirement comes to on the evidence of a case."""
    data = case.evidence_file(requirement).encode()
    evidence = read_evidence(
        "case.yaml", data, rules, FolderFiles(str(FIXTURES)), hashlib.sha256(data).hexdigest()
    )
    as_of = read_day(normalised(case.as_of), evidence.fiscal_year)
    report = evaluate(rules, evidence, as_of)
    return next(one for one in report.requirements if one.requirement.id == requirement)


def run(
    *arguments: str | Path,
    cwd: Path = ROOT,
    stdin: bytes = b"",
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run the real command in a process of its own, as `python -m ita_check`."""
    return subprocess.run(
        [sys.executable, "-m", "ita_check", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
        timeout=60,
        check=False,
    )


def soffice() -> str:
    """LibreOffice, or a word on why it is not asked; on CI it must be there."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("LibreOffice is not installed: CI has to ask it")
    if found is None:
        pytest.skip("LibreOffice is not installed, so it was not asked")
    return found


def run_json(*arguments: str | Path, **options: Any) -> Any:
    """What the real command writes as JSON."""
    return json.loads(run(*arguments, "--format", "json", **options).stdout)


def findings_of(report: Any, requirement: str) -> list[dict[str, Any]]:
    """The findings of one requirement in a JSON report."""
    for issue in report["issues"]:
        for entry in issue["requirements"]:
            if entry["id"] == requirement:
                return list(entry["findings"])
    raise AssertionError(requirement)

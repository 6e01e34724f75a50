"""What several tests share: the catalogue, the judging of a case, and the real command."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.cases import Case
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.characters import normalised
from ita_check.loading.dates import read_day
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.model.catalogue import Catalogue
from ita_check.model.report import Judged

ROOT = Path(__file__).parent.parent
FIXTURES = ROOT / "fixtures"
CASES = FIXTURES / "rules"
COMPLETE = FIXTURES / "complete-2570" / "evidence.yaml"
SEED = FIXTURES / "nakhon-ratchasima-2567" / "evidence.yaml"


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

"""What several tests share: the catalogue, and the judging of a case."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

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
CASES = ROOT / "fixtures" / "rules"
FIXTURES = ROOT / "fixtures"


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

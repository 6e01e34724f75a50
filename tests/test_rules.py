"""Every rule is proved to pass and to fire by its cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import case_files, catalogue, judge_case

from ita_check.loading.cases import read_cases

FILES = case_files()
ALL = [
    pytest.param(file, case, id=f"{file.parent.name}/{file.stem}: {case.name}")
    for file in FILES
    for case in read_cases(str(file), file.read_bytes())
]


@pytest.mark.parametrize(("file", "case"), ALL)
def test_case(file: Path, case) -> None:
    """A case comes to exactly the status and the findings that it names."""
    judged = judge_case(catalogue(), file.stem, case)
    found = [(f.code, f.level, f.path) for f in judged.findings]
    expected = [(f.code, f.level, f.path) for f in case.findings]
    assert (judged.status, found) == (case.expect, expected)


def test_every_rule_has_cases() -> None:
    """There are 63 rules, and each has its file of cases, with names that differ."""
    assert [rule.id for rule in catalogue().requirements] == sorted(
        (file.stem for file in FILES), key=lambda name: [int(part) for part in name.split(".")]
    )
    assert len(FILES) == 63
    for file in FILES:
        names = [case.name for case in read_cases(str(file), file.read_bytes())]
        assert len(names) == len(set(names)), file

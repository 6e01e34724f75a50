"""Every check of every rule is proved needed: without it, a case of the rule comes out otherwise."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import NamedTuple

import pytest
from support import CASES, FIXTURES, OF_LOOKING, ROOT, case_files, catalogue

from ita_check.characters import normalised
from ita_check.evaluation.evaluate import evaluate
from ita_check.evaluation.item import judge_item
from ita_check.evaluation.look import Leveled
from ita_check.evaluation.publication import judge_publication
from ita_check.loading.cases import Case, read_cases
from ita_check.loading.dates import read_day
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.model.catalogue import Check, Requirement
from ita_check.model.checks import CHECK_KINDS
from ita_check.model.evidence import Evidence
from ita_check.texts import sentences

WORDS = {model: word for word, model in CHECK_KINDS.items()}
# What is found of one item: code, level and path of each finding; None where none is declared.
Found = tuple[tuple[str, str, str], ...] | None
Faults = tuple[Leveled, ...] | None
RULES = {rule.id: rule for rule in catalogue().requirements}
CHECKS = [
    pytest.param(rule, number, id=f"{rule.id} {number} {WORDS[type(check.test)]} {check.level}")
    for rule in catalogue().requirements
    for number, check in enumerate(rule.checks)
]
# Checks that never fail alone, with the reason. Removing them is told by a case all the same.
NEVER_ALONE = {
    ("1.1.3", 0): "fewer than two channels are never one online and one on site, which is advised",
    ("1.2.1", 1): "without any risk there is none of the topic that is advised",
    ("2.1.7", 0): "what is neither of this year nor of the one before is not of this year",
    ("7.1.2", 3): "it is silent where `linked_from_homepage` is confirmed, which is asked for",
}
# Codes that no check of a rule gives: they are of action rows, exceptions and the file itself.
OF_THE_FILE = {
    "result_missing",
    "outcome_missing",
    "waiver_expired",
    "waiver_expiring",
    "exception_unneeded",
    "website_missing",
}
OF_RULES = {
    "not_declared",
    "field_missing",
    "not_confirmed",
    "part_missing",
    "too_few",
    "outside_fiscal_year",
    "wrong_fiscal_year",
    "as_of_too_early",
    "sum_mismatch",
    "not_separate",
    "not_published",
    "not_official_host",
    "no_declaration",
    "risk_topic_missing",
    "risk_unmanaged",
    "responsible_missing",
    "period_missing",
    "file_missing",
}


class Example(NamedTuple):
    """A case with its evidence read once."""

    case: Case
    evidence: Evidence
    as_of: date


@cache
def examples(requirement: str) -> tuple[Example, ...]:
    """The cases of a rule."""
    file = CASES / f"issue-{requirement.partition('.')[0]}" / f"{requirement}.yaml"
    found = []
    for case in read_cases(str(file), file.read_bytes()):
        data = case.evidence_file(requirement).encode()
        digest = hashlib.sha256(data).hexdigest()
        files = FolderFiles(str(FIXTURES))
        evidence = read_evidence("case.yaml", data, catalogue(), files, digest)
        as_of = read_day(normalised(case.as_of), evidence.fiscal_year)
        found.append(Example(case, evidence, as_of))
    return tuple(found)


def faults(rule: Requirement, example: Example, checks: Sequence[Check]) -> Faults:
    """The faults that a rule with these checks finds, its action row left aside."""
    judge = judge_publication if rule.publication else judge_item
    changed = rule._replace(checks=tuple(checks))
    found = judge(changed, catalogue(), example.evidence, example.as_of)
    return found and found.faults


def judged(rule: Requirement, example: Example, checks: Sequence[Check]) -> Found:
    """What a case compares of these faults."""
    found = faults(rule, example, checks)
    if found is None:
        return None
    return tuple((fault.code, level, fault.path) for level, fault in found)


@cache
def findings(requirement: str) -> tuple[Found, ...]:
    """What the rule as it is finds in each of its cases."""
    rule = RULES[requirement]
    return tuple(judged(rule, example, rule.checks) for example in examples(requirement))


def others(rule: Requirement, number: int) -> tuple[Check, ...]:
    """The checks of a rule but for one."""
    return rule.checks[:number] + rule.checks[number + 1 :]


@pytest.mark.parametrize(("rule", "number"), CHECKS)
def test_check_is_needed(rule: Requirement, number: int) -> None:
    """Without the check, what is found in at least one of the rule's cases is not what it expects.

    The case names the status and every finding, so it fails where either is another.
    """
    changed = [judged(rule, example, others(rule, number)) for example in examples(rule.id)]
    differing = [
        example.case.name
        for example, before, after in zip(
            examples(rule.id), findings(rule.id), changed, strict=True
        )
        if before != after
    ]
    assert differing


@pytest.mark.parametrize(("rule", "number"), CHECKS)
def test_check_fails_alone(rule: Requirement, number: int) -> None:
    """In at least one case this check alone fails, but for those that cannot."""
    alone = [
        example.case.name
        for example, found in zip(examples(rule.id), findings(rule.id), strict=True)
        if found
        and len(example.case.findings) == len(found)
        and judged(rule, example, others(rule, number)) == ()
        and judged(rule, example, rule.checks[number : number + 1]) == found
    ]
    assert bool(alone) != ((rule.id, number) in NEVER_ALONE), alone


@pytest.mark.parametrize(("rule", "number"), CHECKS)
def test_level_is_needed(rule: Requirement, number: int) -> None:
    """With the other level, a case comes out otherwise: advice is proved advice by a case."""
    check = rule.checks[number]
    level = "warning" if check.level == "error" else "error"
    changed = (*rule.checks[:number], check._replace(level=level), *rule.checks[number + 1 :])
    assert [judged(rule, example, changed) for example in examples(rule.id)] != list(
        findings(rule.id)
    )


def parts(rule: Requirement, number: int) -> list[tuple[str, Check]]:
    """The check with one thing less in each of its lists, and what that is."""
    check = rule.checks[number]
    found = []
    for name, value in check.test._asdict().items():
        if isinstance(value, tuple) and len(value) > 1:
            for index, part in enumerate(value):
                less = check.test._replace(**{name: value[:index] + value[index + 1 :]})
                found.append((f"{name}: {part}", check._replace(test=less)))
    return found


@pytest.mark.parametrize(("rule", "number"), CHECKS)
def test_every_part_is_needed(rule: Requirement, number: int) -> None:
    """Every value, field, group and year that a check names changes what is told of a case."""
    told = [faults(rule, example, rule.checks) for example in examples(rule.id)]
    unneeded = [
        what
        for what, check in parts(rule, number)
        if told
        == [
            faults(rule, example, (*rule.checks[:number], check, *rule.checks[number + 1 :]))
            for example in examples(rule.id)
        ]
    ]
    assert unneeded == []


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if rule.together], ids=lambda rule: rule.id
)
def test_together_is_needed(rule: Requirement) -> None:
    """A rule that unites its items has a case that passes only so."""
    apart = rule._replace(together=False)
    assert [judged(apart, example, rule.checks) for example in examples(rule.id)] != list(
        findings(rule.id)
    )


@pytest.mark.parametrize(
    "rule", [rule for rule in RULES.values() if len(rule.kinds) > 1], ids=lambda rule: rule.id
)
def test_every_kind_is_needed(rule: Requirement) -> None:
    """Every kind that a rule looks at is proved looked at by a case."""
    unneeded = [
        kind
        for kind in rule.kinds
        if [
            judged(
                rule._replace(kinds=tuple(name for name in rule.kinds if name != kind)),
                example,
                rule.checks,
            )
            for example in examples(rule.id)
        ]
        == list(findings(rule.id))
    ]
    assert unneeded == []


@pytest.mark.parametrize("requirement", RULES)
def test_cases(requirement: str) -> None:
    """Every rule is shown met without advice, missing, and with something found; met comes first."""
    cases = [example.case for example in examples(requirement)]
    assert (cases[0].expect, cases[0].findings) == ("met", ())
    path = f"evidence.{RULES[requirement].kinds[0]}"
    assert [case.findings for case in cases if case.expect == "missing" and not case.evidence][
        :1
    ] == [(("not_declared", "error", path),)]
    if RULES[requirement].checks:
        assert any(found for found in findings(requirement))


def test_cases_of_rules_without_checks() -> None:
    """Rules that ask for nothing but an item are these; they fire where none is declared."""
    assert [rule.id for rule in RULES.values() if not rule.checks] == [
        "1.1.5",
        "2.1.3",
        "3.1.3",
        "6.1.6",
    ]


def test_every_code_of_rules_occurs() -> None:
    """Every finding code that a rule can give is given in one of the cases, and no other is."""
    given = {
        finding.code
        for file in case_files()
        for example in examples(file.stem)
        for finding in example.case.findings
    }
    assert given == OF_RULES


def test_every_code_of_the_file_occurs() -> None:
    """The codes that no rule gives are those of action rows, of exceptions and of the website."""
    data = """\
agency: {name: เทศบาลตำบลตัวอย่าง}
fiscal_year: 2567
evidence:
  dos_and_donts: {title: แนวปฏิบัติ}
actions:
  "1.1.5": {responsible: กองคลัง, period: 1 ต.ค. 2566 - 31 มี.ค. 2567}
  "2.1.3": {responsible: กองคลัง, period: 1 ต.ค. 2566 - 30 ก.ย. 2567}
exceptions:
  - {requirement: "1.1.1", status: waived, reason: ก, approved_by: ปลัดเทศบาล, expires: 2567-08-31}
  - {requirement: "1.1.2", status: waived, reason: ก, approved_by: ปลัดเทศบาล, expires: 2567-09-30}
  - {requirement: "2.1.3", status: not_applicable, reason: ก}
""".encode()
    evidence = read_evidence("file", data, catalogue(), FolderFiles(str(FIXTURES)), "")
    report = evaluate(catalogue(), evidence, date(2024, 9, 1))
    assert [(f.code, f.level, f.path) for f in report.findings] == [
        ("website_missing", "warning", "agency.website"),
        ("waiver_expired", "warning", "exceptions[0].expires"),
        ("waiver_expiring", "warning", "exceptions[1].expires"),
        ("exception_unneeded", "warning", "exceptions[2]"),
    ]
    rows = {one.requirement.id: one for one in report.requirements}
    assert [(f.code, f.level, f.path) for f in rows["1.1.5"].findings] == [
        ("result_missing", "error", "actions.1.1.5.result"),
        ("outcome_missing", "warning", "actions.1.1.5.outcome"),
    ]
    given = {f.code for f in (*report.findings, *rows["1.1.5"].findings)}
    assert given == OF_THE_FILE


def test_no_other_code_is_given() -> None:
    """The program names no finding code but these, and has a sentence and a remedy for each."""
    source = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "ita_check/evaluation").glob("*.py")
    )
    named = set(re.findall(r'Fault\(\s*"(\w+)"', source))
    # Of what is looked at, the other codes are verdicts, changes and states, and stand there once.
    of_looking = {"names_other_year", "not_reached", "same_as_last_year"}
    assert of_looking < OF_LOOKING
    assert named == OF_RULES | OF_THE_FILE | of_looking
    named |= OF_LOOKING
    assert {name.partition(".")[0] for name in sentences("findings")} == named
    # Where nothing is declared at all, the rule itself says what to do.
    assert {name.partition(".")[0] for name in sentences("fixes")} == named


def test_every_kind_of_check_occurs() -> None:
    """Every kind of check is asked by a rule of the catalogue."""
    used = {type(check.test) for rule in RULES.values() for check in rule.checks}
    assert used == set(CHECK_KINDS.values())


def test_reachable() -> None:
    """The home page has to lead to online services and to the channel for complaints, and no other."""
    reachable = [name for name, rule in RULES.items() if rule.reachable]
    assert sorted(reachable) == ["1.1.4", "2.1.2", "7.1.2"]


def test_never_alone_is_not_stale() -> None:
    """What is listed as never failing alone is a check that there is."""
    assert [
        (rule, WORDS[type(RULES[rule].checks[number].test)], RULES[rule].checks[number].level)
        for rule, number in NEVER_ALONE
    ] == [
        ("1.1.3", "at_least", "error"),
        ("1.2.1", "has_risk", "error"),
        ("2.1.7", "year", "error"),
        ("7.1.2", "on_official_host", "warning"),
    ]

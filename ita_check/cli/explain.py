"""`ita-check explain`: one requirement, what it looks for, and an example that passes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import typer

from ita_check.characters import normalised
from ita_check.cli.arguments import page_view
from ita_check.cli.options import described, shared_options
from ita_check.cli.output import write_stdout
from ita_check.cli.usage import WrongUsage
from ita_check.errors import CannotJudge
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.cases import Case, load_cases
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.dates import read_day
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.loading.suggest import did_you_mean
from ita_check.model.catalogue import Catalogue
from ita_check.model.report import Judged
from ita_check.reporting.describe import describe
from ita_check.reporting.terminal.explanation import Explanation, write
from ita_check.texts import Language, phrase


def build(language: Language) -> Callable[..., int]:
    """The command with its help in one language."""
    shared = shared_options(language)

    def explain(
        requirement: str = typer.Argument(..., metavar="ID", help=described("id", language)),
        lang: str = shared.lang,
        rules: list[Path] = shared.rules,
        no_color_: bool = shared.no_color,
        width: str = shared.width,
        debug: bool = shared.debug,
    ) -> int:
        view = page_view(lang, width, plain=no_color_)
        catalogue = load_catalogue(tuple(rules))
        known = {rule.id: rule for rule in catalogue.requirements}
        wanted = normalised(requirement)
        if wanted not in known:
            hint = did_you_mean(wanted, known)
            raise WrongUsage(phrase("problems.unknown_requirement", key=requirement, hint=hint))
        explanation = _explanation(wanted, catalogue, tuple(rules))
        write_stdout(lambda stream: write(explanation, stream, view))
        return 0

    return explain


def _explanation(requirement: str, catalogue: Catalogue, rules: tuple[Path, ...]) -> Explanation:
    rule = next(rule for rule in catalogue.requirements if rule.id == requirement)
    cases = load_cases(requirement, rules)
    kind = catalogue.kinds[rule.kinds[0]]
    passing = next((case for case in cases if case.expect == "met"), None)
    failing = {
        (finding.code, finding.message.say("en")): finding
        for case in cases
        for finding in _judged(case, requirement, catalogue).findings
    }
    issue = next(issue for issue in catalogue.issues if issue.number == rule.issue)
    measure = next(measure for measure in issue.measures if measure.id == rule.measure)
    return Explanation(
        rule,
        issue,
        measure,
        tuple(catalogue.kinds[name] for name in rule.kinds),
        tuple((check, describe(check.test, kind)) for check in rule.checks),
        catalogue.document(rule.source.document),
        passing.evidence_file(requirement) if passing else None,
        tuple(failing.values()),
    )


def _judged(case: Case, requirement: str, catalogue: Catalogue) -> Judged:
    data = case.evidence_file(requirement).encode()
    files = FolderFiles(os.devnull)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        evidence = read_evidence(case.name, data, catalogue, files, sha256)
    except CannotJudge as error:
        # The lines are those of the file that was put together; the case is what is to be mended.
        raise CannotJudge(
            tuple(
                problem._replace(file=case.file, line=case.line, column=1, excerpt=None)
                for problem in error.problems
            )
        ) from None
    as_of = read_day(normalised(case.as_of), evidence.fiscal_year)
    issue = int(requirement.partition(".")[0])
    report = evaluate(catalogue, evidence, as_of, frozenset({issue}))
    return next(one for one in report.requirements if one.requirement.id == requirement)

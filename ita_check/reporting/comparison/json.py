"""The format `ita-check/diff/1`: a versioned copy of a comparison for programs.

The same two sides, language and version give the same bytes. Keys may be added within version 1;
none changes its meaning or goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO

from ita_check import __version__
from ita_check.model.comparison import (
    CHANGES,
    ComparedFindings,
    ComparedIssue,
    ComparedRequirement,
    Comparison,
    Figures,
    Recorded,
    RecordedFinding,
)
from ita_check.model.report import STATUSES
from ita_check.reporting.comparison.words import warnings
from ita_check.reporting.inert import escaped_json
from ita_check.reporting.places import entry_of
from ita_check.reporting.view import View
from ita_check.texts import Language

FORMAT = "ita-check/diff/1"
# Lists are named in the plural, and what they hold is counted under the same name.
_LISTS = {
    "new_gap": "new_gaps",
    "fixed": "fixed",
    "unchanged_gap": "unchanged_gaps",
    "changed_status": "changed_statuses",
    "unchanged": "unchanged",
}


def write(comparison: Comparison, stream: TextIO, view: View) -> None:
    """The comparison as one object on one line."""
    content = _comparison(comparison, view.language)
    stream.write(escaped_json(json.dumps(content, ensure_ascii=False)) + "\n")


def _comparison(comparison: Comparison, language: Language) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "tool": {"name": "ita-check", "version": __version__},
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "warnings": [
            {"code": doubt, "message": message.say(language)}
            for doubt, message in warnings(comparison)
        ],
        "summary": {
            **_summary(comparison.figures),
            "not_compared": len(comparison.not_compared),
        },
        "findings": _findings(comparison.findings, language),
        "issues": [_issue(issue, language) for issue in comparison.issues],
        "not_compared": list(comparison.not_compared),
    }


def _side(side: Recorded) -> dict[str, Any]:
    return {
        "path": side.name,
        "evidence": {"path": side.evidence_name, "sha256": side.evidence_sha256},
        "catalogue": {
            "id": side.catalogue_id,
            "sha256": side.catalogue_sha256,
            "requirements": side.catalogue_requirements,
        },
        "agency": {"name": side.agency},
        "fiscal_year": side.fiscal_year,
        "as_of": side.as_of.isoformat(),
        "requirements": side.listed,
    }


def _summary(figures: Figures) -> dict[str, Any]:
    return {
        "compared": figures.compared,
        **{_LISTS[change]: figures.changes[change] for change in CHANGES},
        "old": {status: figures.old[status] for status in STATUSES},
        "new": {status: figures.new[status] for status in STATUSES},
    }


def _issue(issue: ComparedIssue, language: Language) -> dict[str, Any]:
    return {
        "number": issue.number,
        "title": issue.title.say(language),
        "summary": _summary(issue.figures),
        **{
            _LISTS[change]: [
                _requirement(one, language) for one in issue.requirements if one.change == change
            ]
            for change in CHANGES
        },
    }


def _requirement(compared: ComparedRequirement, language: Language) -> dict[str, Any]:
    latest = compared.latest
    return {
        "id": latest.id,
        "title": latest.title.say(language),
        "responsible": latest.responsible,
        "old_status": compared.old.status if compared.old else None,
        "new_status": compared.new.status if compared.new else None,
        "findings": _findings(compared.findings, language),
    }


def _findings(findings: ComparedFindings, language: Language) -> dict[str, Any]:
    return {
        "new": _listed(findings.new, language),
        "gone": _listed(findings.gone, language),
        "unchanged": _listed(findings.unchanged, language),
    }


def _listed(findings: Iterable[RecordedFinding], language: Language) -> list[dict[str, Any]]:
    return [
        {
            "code": one.code,
            "level": one.level,
            "message": one.message.say(language),
            "fix": one.fix.say(language),
            "path": one.path,
            **entry_of(one),
        }
        for one in findings
    ]

"""The schema of the format `ita-check/report/1`, for programs that read reports.

Keys may be added within version 1, so that further ones are allowed everywhere; what is said
here stays.
"""

from __future__ import annotations

from typing import get_args

from ita_check.model.catalogue import Catalogue, Level
from ita_check.model.proof import PROOF_LEVELS
from ita_check.model.report import STATUSES, UNJUDGED
from ita_check.reporting.schema.looked import looked_defs
from ita_check.reporting.schema.parts import Schema, head, ref
from ita_check.reporting.schema.report_parts import (
    CELL,
    COUNT,
    DAY,
    DAY_OR_NULL,
    FLAG,
    FORMAT_NAME,
    PLACE,
    POSITION,
    SHA256,
    TEXT,
    TEXT_OR_NULL,
    YEAR,
    described,
    listed,
    words,
)


def schema(catalogue: Catalogue) -> Schema:  # noqa: ARG001 - one signature for every schema
    """The whole schema: one file's outcome, or a list of them."""
    outcome: Schema = {
        "if": {"type": "object", "required": ["error"]},
        "then": ref("unjudged"),
        "else": ref("report"),
    }
    return {
        **head("report"),
        "if": {"type": "array"},
        "then": {"items": ref("outcome")},
        "else": ref("outcome"),
        "$defs": {"outcome": outcome, "report": _report(), "unjudged": _unjudged(), **_defs()},
    }


def _report() -> Schema:
    return described(
        "report",
        {
            "format": FORMAT_NAME,
            "tool": described("tool", {"name": TEXT, "version": TEXT}),
            "catalogue": described(
                "catalogue", {"id": TEXT, "sha256": SHA256, "requirements": COUNT}
            ),
            "evidence": described("evidence", {"path": TEXT, "sha256": SHA256}),
            "agency": described("agency", {"name": TEXT, "website": TEXT_OR_NULL}),
            "fiscal_year": YEAR,
            "as_of": DAY,
            "deadline": DAY_OR_NULL,
            "looked": {"if": {"type": "null"}, "else": ref("looked")},
            "summary": ref("summary"),
            "proof": described("proofs", dict.fromkeys(PROOF_LEVELS, COUNT)),
            "findings": listed(
                {**ref("finding"), **described("file", {"requirement": TEXT_OR_NULL})}
            ),
            "issues": listed(ref("issue")),
        },
    )


def _unjudged() -> Schema:
    evidence = described("evidence", {"path": TEXT}, {"sha256": SHA256})
    problem = described("problem", {"message": TEXT, "file": TEXT, **POSITION}, CELL)
    errors = {**listed(problem), "minItems": 1}
    return described("unjudged", {"format": FORMAT_NAME, "evidence": evidence, "error": errors})


def _defs() -> dict[str, Schema]:
    counted = dict.fromkeys(("requirements", *STATUSES, "errors", "warnings"), COUNT)
    code: Schema = {"type": "string", "examples": ["not_declared", "field_missing"]}
    finding: dict[str, Schema] = {
        "code": code,
        "level": words("level", get_args(Level)),
        "message": TEXT,
        "fix": TEXT,
        **POSITION,
        "fingerprint": TEXT,
    }
    issue: dict[str, Schema] = {
        "number": PLACE,
        "title": TEXT,
        "summary": ref("summary"),
        "requirements": listed(ref("requirement")),
    }
    oit = described("oit", {"code": TEXT, "fiscal_year": YEAR, "verified": FLAG})
    requirement: dict[str, Schema] = {
        "id": TEXT,
        "measure": TEXT,
        "title": TEXT,
        "status": words("status", STATUSES),
        "kinds": listed(TEXT),
        "oit": listed(oit),
        "responsible": TEXT_OR_NULL,
        "exception": {"if": {"type": "null"}, "else": ref("exception")},
        "opens": DAY_OR_NULL,
        "proof": ref("proof"),
        "findings": listed(ref("finding")),
    }
    excepted = tuple(status for status in STATUSES if status in UNJUDGED - {"not_due"})
    exception: dict[str, Schema] = {
        "status": words("status", excepted),
        "reason": TEXT,
        "approved_by": TEXT_OR_NULL,
        "expires": DAY_OR_NULL,
        "days_left": {"type": ["integer", "null"]},
        **POSITION,
    }
    return {
        "summary": described("summary", counted),
        "finding": described("finding", finding, CELL),
        "issue": described("issue", issue),
        "requirement": described("requirement", requirement),
        "exception": described("exception", exception, CELL),
        **looked_defs(),
    }

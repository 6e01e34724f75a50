"""The schema of the format `ita-check/report/1`, for programs that read reports.

Keys may be added within version 1, so that further ones are allowed everywhere; what is said
here stays.
"""

from __future__ import annotations

from typing import get_args

from ita_check.model.catalogue import Catalogue, Level
from ita_check.model.report import STATUSES, UNJUDGED
from ita_check.reporting.json import FORMAT
from ita_check.reporting.schema.parts import Schema, both, head, ref
from ita_check.texts import phrase

_TEXT: Schema = {"type": "string"}
_TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_PLACE: Schema = {"type": "integer", "minimum": 1}
_YEAR: Schema = {"type": "integer"}
_FLAG: Schema = {"type": "boolean"}
_SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_DAY_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_DAY: Schema = {"type": "string", "format": "date", "pattern": _DAY_PATTERN}
_DAY_OR_NULL: Schema = {**_DAY, "type": ["string", "null"]}
_FORMAT: Schema = {"const": FORMAT}
_POSITION: dict[str, Schema] = {"path": _TEXT, "line": _PLACE, "column": _PLACE}


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
    return _object(
        "report",
        {
            "format": _FORMAT,
            "tool": _object("tool", {"name": _TEXT, "version": _TEXT}),
            "catalogue": _object(
                "catalogue", {"id": _TEXT, "sha256": _SHA256, "requirements": _COUNT}
            ),
            "evidence": _object("evidence", {"path": _TEXT, "sha256": _SHA256}),
            "agency": _object("agency", {"name": _TEXT, "website": _TEXT_OR_NULL}),
            "fiscal_year": _YEAR,
            "as_of": _DAY,
            "deadline": _DAY_OR_NULL,
            "summary": ref("summary"),
            "findings": _list(
                {**ref("finding"), **_object("file", {"requirement": _TEXT_OR_NULL})}
            ),
            "issues": _list(ref("issue")),
        },
    )


def _unjudged() -> Schema:
    evidence = _object("evidence", {"path": _TEXT}, {"sha256": _SHA256})
    problem = _object("problem", {"message": _TEXT, "file": _TEXT, **_POSITION})
    errors = {**_list(problem), "minItems": 1}
    return _object("unjudged", {"format": _FORMAT, "evidence": evidence, "error": errors})


def _defs() -> dict[str, Schema]:
    counted = dict.fromkeys(("requirements", *STATUSES, "errors", "warnings"), _COUNT)
    code: Schema = {"type": "string", "examples": ["not_declared", "field_missing"]}
    finding: dict[str, Schema] = {
        "code": code,
        "level": _words("level", get_args(Level)),
        "message": _TEXT,
        "fix": _TEXT,
        **_POSITION,
        "fingerprint": _TEXT,
    }
    issue: dict[str, Schema] = {
        "number": _PLACE,
        "title": _TEXT,
        "summary": ref("summary"),
        "requirements": _list(ref("requirement")),
    }
    oit = _object("oit", {"code": _TEXT, "fiscal_year": _YEAR, "verified": _FLAG})
    requirement: dict[str, Schema] = {
        "id": _TEXT,
        "measure": _TEXT,
        "title": _TEXT,
        "status": _words("status", STATUSES),
        "kinds": _list(_TEXT),
        "oit": _list(oit),
        "responsible": _TEXT_OR_NULL,
        "exception": {"if": {"type": "null"}, "else": ref("exception")},
        "opens": _DAY_OR_NULL,
        "findings": _list(ref("finding")),
    }
    excepted = tuple(status for status in STATUSES if status in UNJUDGED - {"not_due"})
    exception: dict[str, Schema] = {
        "status": _words("status", excepted),
        "reason": _TEXT,
        "approved_by": _TEXT_OR_NULL,
        "expires": _DAY_OR_NULL,
        "days_left": {"type": ["integer", "null"]},
        **_POSITION,
    }
    return {
        "summary": _object("summary", counted),
        "finding": _object("finding", finding),
        "issue": _object("issue", issue),
        "requirement": _object("requirement", requirement),
        "exception": _object("exception", exception),
    }


def _object(
    name: str, always: dict[str, Schema], sometimes: dict[str, Schema] | None = None
) -> Schema:
    """An object with what it always has and what it may have, each key described."""
    properties = {
        key: {**_said(name, key), **one} for key, one in {**always, **(sometimes or {})}.items()
    }
    return {"type": "object", "required": list(always), "properties": properties}


def _said(name: str, key: str) -> Schema:
    if key in STATUSES:
        return both(None, phrase(f"report.status.{key}"))
    place = "place" if key in _POSITION and name != "evidence" else name
    return both(None, phrase(f"schema.report.{place}.{key}"))


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _words(family: str, words: tuple[str, ...]) -> Schema:
    said = [phrase(f"report.{family}.{word}") for word in words]
    explained = [f"{one.say('th')} / {one.say('en')}" for one in said]
    return {"type": "string", "enum": list(words), "enumDescriptions": explained}

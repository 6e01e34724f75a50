"""The parts of a report's schema about proof and about what was looked at."""

from __future__ import annotations

from typing import get_args

from ita_check.model.proof import PROOF_LEVELS
from ita_check.model.verdicts import Change, State, Unit, Verdict
from ita_check.reporting.schema.parts import Schema, ref
from ita_check.reporting.schema.report_parts import (
    COUNT,
    FLAG,
    MOMENT,
    MOMENT_OR_NULL,
    SHA256,
    SHA256_OR_NULL,
    TEXT,
    YEAR,
    described,
    listed,
    words,
)

_NULLABLE_COUNT: Schema = {"type": ["integer", "null"], "minimum": 0}


def looked_defs() -> dict[str, Schema]:
    """The definitions, by name."""
    located = described("located", {"text": TEXT, "path": TEXT})
    return {
        "proof": _proof(located),
        "looked": _looked(located),
        "address": _address(),
        "document": _document(),
    }


def _proof(located: Schema) -> Schema:
    click = described("click", {"text": TEXT, "url": TEXT})
    return described(
        "proof",
        {
            "level": words("proof", PROOF_LEVELS),
            "unproved": listed(
                described(
                    "unproved",
                    {"reason": TEXT, "message": TEXT, "targets": listed(located)},
                )
            ),
            "ways": listed(described("way", {"url": TEXT, "path": TEXT, "clicks": listed(click)})),
        },
    )


def _looked(located: Schema) -> Schema:
    home = described("home", {"url": TEXT, "opened": FLAG, "pages": COUNT, "whole": FLAG})
    last = described("last_year", {"path": TEXT, "sha256": SHA256, "fiscal_year": YEAR})
    changed: dict[str, Schema] = {"change": {"type": "string", "enum": list(get_args(Change))}}
    since = described(
        "since",
        {
            "snapshot": TEXT,
            "taken_at": MOMENT,
            "same": COUNT,
            "changes": listed(described("change", {**changed, "text": TEXT, "path": TEXT})),
            "unknown": listed(located),
        },
    )
    file = described(
        "looked_file",
        {
            "file": TEXT,
            "path": TEXT,
            "sha256": SHA256_OR_NULL,
            "length": _NULLABLE_COUNT,
            "content": _or_null(ref("document")),
        },
    )
    return described(
        "looked",
        {
            "interrupted": FLAG,
            "strict": FLAG,
            "addresses": listed(ref("address")),
            "files": listed(file),
            "home": _or_null(home),
            "last_year": _or_null(last),
            "since": _or_null(since),
        },
    )


def _address() -> Schema:
    return described(
        "address",
        {
            "url": TEXT,
            "paths": listed(TEXT),
            "verdict": {"type": "string", "enum": list(get_args(Verdict))},
            "conclusive": FLAG,
            "message": TEXT,
            "status": {"type": ["integer", "null"]},
            "ended": TEXT,
            "at": MOMENT_OR_NULL,
            "seconds": {"type": "number", "minimum": 0},
            "detail": TEXT,
            "sha256": SHA256_OR_NULL,
            "length": _NULLABLE_COUNT,
            "content": _or_null(ref("document")),
        },
    )


def _document() -> Schema:
    year = described(
        "named_year",
        {
            "year": YEAR,
            "fiscal": FLAG,
            "unit": {"type": "string", "enum": list(get_args(Unit))},
            "number": COUNT,
            "name": TEXT,
        },
    )
    return described(
        "document",
        {
            "type": TEXT,
            "state": {"type": "string", "enum": list(get_args(State))},
            "title": TEXT,
            "complete": FLAG,
            "years": listed(year),
        },
    )


def _or_null(schema: Schema) -> Schema:
    return {"if": {"type": "null"}, "else": schema}

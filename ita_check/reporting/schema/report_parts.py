"""What the schema of a report is made of: types, and objects with every key described."""

from __future__ import annotations

from ita_check.model.proof import PROOF_LEVELS
from ita_check.model.report import STATUSES
from ita_check.reporting.json import FORMAT
from ita_check.reporting.schema.parts import Schema, both
from ita_check.texts import phrase

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
PLACE: Schema = {"type": "integer", "minimum": 1}
YEAR: Schema = {"type": "integer"}
FLAG: Schema = {"type": "boolean"}
SHA256: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
DAY_PATTERN = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
DAY: Schema = {"type": "string", "format": "date", "pattern": DAY_PATTERN}
DAY_OR_NULL: Schema = {**DAY, "type": ["string", "null"]}
FORMAT_NAME: Schema = {"const": FORMAT}
SHA256_OR_NULL: Schema = {**SHA256, "type": ["string", "null"]}
# RFC 3339, with the offset of Bangkok.
MOMENT: Schema = {"type": "string", "format": "date-time"}
MOMENT_OR_NULL: Schema = {**MOMENT, "type": ["string", "null"]}
POSITION: dict[str, Schema] = {"path": TEXT, "line": PLACE, "column": PLACE}
# Of a workbook only.
CELL: dict[str, Schema] = {"cell": TEXT}


def described(
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
    if name == "proofs" and key in PROOF_LEVELS:
        return both(None, phrase(f"report.proof.{key}"))
    own_path = ("evidence", "located", "way", "last_year", "change", "looked_file")
    place = "place" if key in {**POSITION, **CELL} and name not in own_path else name
    return both(None, phrase(f"schema.report.{place}.{key}"))


def listed(items: Schema) -> Schema:
    """A list of them."""
    return {"type": "array", "items": items}


def words(family: str, words: tuple[str, ...]) -> Schema:
    """One of a few words, each explained as reports say it."""
    said = [phrase(f"report.{family}.{word}") for word in words]
    explained = [f"{one.say('th')} / {one.say('en')}" for one in said]
    return {"type": "string", "enum": list(words), "enumDescriptions": explained}

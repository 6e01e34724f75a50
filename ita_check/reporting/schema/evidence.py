"""The schema of an evidence file: what the loader accepts, as a YAML 1.2 reader types it.

It comes from the catalogue that the loader reads by, an agency's own rules included. Whatever the
loader accepts the schema accepts; each misspelt key or listed value is refused by both.
"""

from __future__ import annotations

from collections.abc import Mapping

from ita_check.model.catalogue import Catalogue, Field, Kind, Requirement
from ita_check.reporting.schema import notations
from ita_check.reporting.schema.fields import field_schema, how, mapping_schema, type_defs
from ita_check.reporting.schema.parts import (
    PLAIN_KEYS,
    SCALAR,
    Schema,
    blank,
    both,
    closed,
    head,
    ref,
    row,
    rows,
)
from ita_check.texts import Text, phrase

_WAIVED = "waived"


def schema(catalogue: Catalogue) -> Schema:
    """The whole schema."""
    frame = catalogue.frame
    sections: dict[str, Schema] = {
        "agency": _agency(frame.agency),
        "fiscal_year": ref("given_year"),
        "evidence": row(_kinds(catalogue)),
        "actions": row(_actions(catalogue)),
        "exceptions": rows(row(_exception(frame.exception)), "array"),
    }
    top = {
        name: {**both(field.label, phrase(f"schema.section.{name}")), **sections[name]}
        if name in sections
        else field_schema(field)
        for name, field in frame.file.items()
    }
    return {
        **head("evidence"),
        **closed(top, ("agency", "fiscal_year")),
        "$defs": {
            "blank": blank(),
            **type_defs(catalogue),
            **_common_fields(catalogue),
            "action": row(mapping_schema(frame.action)),
            **{_def(kind): row(_item(kind)) for kind in catalogue.kinds.values()},
        },
    }


def _agency(fields: Mapping[str, Field]) -> Schema:
    properties = {name: field_schema(field) for name, field in fields.items()}
    # Without a name nothing can be judged, so it cannot be blank.
    named: Schema = {"type": SCALAR, "pattern": notations.VISIBLE}
    name = {**both(fields["name"].label, how(fields["name"])), **named}
    return closed({**properties, "name": name}, ("name",))


def _kinds(catalogue: Catalogue) -> Schema:
    """The kinds of evidence, each one item or a list of items."""
    return closed(
        {
            name: {**_said_of(kind, catalogue), **rows(ref(_def(kind)), "object")}
            for name, kind in catalogue.kinds.items()
        }
    )


def _said_of(kind: Kind, catalogue: Catalogue) -> Schema:
    ids = tuple(rule.id for rule in catalogue.requirements if kind.name in rule.kinds)
    return both(kind.title, phrase("schema.serves", ids=ids) if ids else phrase("schema.unused"))


def _def(kind: Kind) -> str:
    return f"kind.{kind.name}"


def _item(kind: Kind) -> Schema:
    return closed(
        {
            name: field_schema(field) if name in kind.own else ref(f"field.{name}")
            for name, field in kind.fields.items()
        }
    )


def _common_fields(catalogue: Catalogue) -> dict[str, Schema]:
    """The fields that every kind has, so that each is described once."""
    common = {
        name: field
        for kind in catalogue.kinds.values()
        for name, field in kind.fields.items()
        if name not in kind.own
    }
    return {f"field.{name}": field_schema(field) for name, field in common.items()}


def _actions(catalogue: Catalogue) -> Schema:
    rows_by_id = {
        rule.id: {**_said_of_row(rule), **ref("action")} for rule in catalogue.requirements
    }
    return closed(rows_by_id, unusual=ref("action"))


def _said_of_row(rule: Requirement) -> Schema:
    return both(Text(f"{rule.id} {rule.title.th}", rule.title.en), rule.fix)


def _exception(fields: Mapping[str, Field]) -> Schema:
    """An exception says which requirement, of what sort and why; a waiver who approved it too."""
    status = fields["status"]
    waived = notations.any_of((_WAIVED, status.label_of(_WAIVED).th))
    is_waived: Schema = {
        **PLAIN_KEYS,
        "required": ["status"],
        "properties": {"status": {**both(status.label), "type": "string", "pattern": waived}},
    }
    given = {"not": {"additionalProperties": ref("blank")}, **PLAIN_KEYS}
    return {
        **closed({name: field_schema(field) for name, field in fields.items()}),
        "allOf": [
            {"if": given, "then": {"required": ["requirement", "status", "reason"]}},
            {"if": is_waived, "then": {"required": ["approved_by", "expires"]}},
        ],
    }

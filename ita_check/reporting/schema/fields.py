"""The fields of the evidence file: one schema for each type that the catalogue may give them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from ita_check.model.catalogue import Catalogue, Field, ListedValue
from ita_check.reporting.schema import notations
from ita_check.reporting.schema.parts import (
    SCALAR,
    Schema,
    any_type,
    both,
    closed,
    joined,
    ref,
    row,
    rows,
    unless_blank,
)
from ita_check.texts import Phrase, Text, phrase, sentences

# Two of each: editors write a single one into the file by themselves.
_DAYS = ["31 มี.ค. 2567", "2567-03-31"]
_DATES = ["31 มี.ค. 2567", "1 ก.พ. 2567 - 3 ก.พ. 2567"]
_PERIODS = ["1 ต.ค. 2566 - 30 ก.ย. 2567", "ต.ค. 66 - ก.ย. 67"]
_IN_FORCE = ["1 ต.ค. 2566 - 30 ก.ย. 2569", "2566-2570"]
_MONTHS = ["ต.ค. 66", "ต.ค. 66 - มี.ค. 67"]
_NUMBER = re.compile(r"[-+]?[0-9]{1,15}(\.[0-9]+)?")


def field_schema(field: Field) -> Schema:
    """A field with its title and how it is written."""
    return {**both(field.label, how(field)), **_typed(field)}


def mapping_schema(fields: Mapping[str, Field]) -> Schema:
    """A mapping of these fields and nothing else."""
    return closed({name: field_schema(field) for name, field in fields.items()})


def how(field: Field) -> Phrase:
    """How the values of a field are written."""
    said = phrase(f"report.type.{field.type}")
    if field.type in ("list", "choice"):
        values = tuple(_with_key(value.key, value.label) for value in field.values)
        return phrase("schema.values", type=said, values=values)
    if f"how.{field.type}" in sentences("schema"):
        return phrase(f"schema.how.{field.type}", type=said)
    return said


def _with_key(key: str, label: Text) -> Text:
    return Text(f"{key} ({label.th})", f"{key} ({label.en})")


def _typed(field: Field) -> Schema:
    match field.type:
        case "choice":
            return _listed(field.values)
        case "list":
            return _one_or_several(_listed(field.values), field)
        case "numbers":
            return _one_or_several(_numbers(field.values), field)
        case "record":
            return row(mapping_schema(field.fields or {}))
        case "records":
            return rows(row(mapping_schema(field.fields or {})), "array")
    return ref(field.type)


def type_defs(catalogue: Catalogue) -> dict[str, Schema]:
    """The schemas of all types that are the same in every field, by the name of the type."""
    count: Schema = {"type": "integer", "minimum": 0, "maximum": 999_999_999_999}
    # No float tells the largest amount from this one.
    decimal: Schema = {"type": "number", "minimum": 0, "maximum": 1_000_000_000_000}
    years = notations.BUDDHIST_YEARS
    year: Schema = {"type": "integer", "minimum": years[0], "maximum": years[-1]}
    host: Schema = {"type": SCALAR, "pattern": notations.HOST, **_message("hosts")}
    address: Schema = {"type": "string", "pattern": notations.URL, **_message("website")}
    file: Schema = {"type": SCALAR, "pattern": notations.FILE, **_message("file")}
    from_to = {
        name: {**both(phrase(f"schema.period.{name}")), **ref("date")} for name in ("from", "to")
    }
    ends = closed(from_to)
    return {
        "text": _scalar(unless_blank({"type": SCALAR})),
        "units": rows(ref("text"), "string"),
        "boolean": _yes_or_no(),
        "count": _scalar(unless_blank(_number("count", notations.COUNT, count))),
        "decimal": _scalar(unless_blank(_number("decimal", notations.DECIMAL, decimal))),
        "given_year": _scalar(_number("year", notations.YEAR, year)),
        "year": _scalar(unless_blank(ref("given_year"))),
        "date": _like("date", notations.DATE, _DAYS),
        "days": {**rows(ref("date"), "string"), "examples": _DAYS},
        "day_or_period": _or_mapping(ends, _like("dates", notations.DATES, _DATES)),
        "dates": {**rows(ref("day_or_period"), "string"), "examples": _DATES},
        "period": _or_mapping(ends, _like("period", notations.PERIOD, _PERIODS)),
        "in_force": _or_mapping(ends, _like("in_force", notations.IN_FORCE, _IN_FORCE, year)),
        "month": _like("months", notations.MONTHS, _MONTHS),
        "months": {**rows(ref("month"), "string"), "examples": _MONTHS},
        "host": unless_blank(host),
        "hosts": rows(ref("host"), "string"),
        "website": _scalar(unless_blank(address)),
        "url": rows(ref("website"), "string"),
        "path": unless_blank(file),
        "file": rows(ref("path"), "string"),
        "requirement": _requirement(catalogue),
    }


def _message(name: str) -> Schema:
    """What editors say instead of naming a regular expression (VS Code's keyword)."""
    said = phrase(f"schema.how.{name}", type=phrase(f"report.type.{name}"))
    return {"errorMessage": joined(said, " / ")}


def _number(name: str, pattern: str, number: Schema) -> Schema:
    """A number, or a text that the pattern knows; an error names the number."""
    text: Schema = {"type": "string", "pattern": pattern}
    return {"if": text, "else": {**number, **_message(name)}}


def _like(name: str, pattern: str, examples: list[str], number: Schema | None = None) -> Schema:
    """A text that the pattern knows; an error names examples of it, the pattern being too long."""
    text: Schema = {"type": "string", "pattern": pattern}
    wrong: Schema = {"type": "string", "enum": examples, **_message(name)}
    otherwise = {"if": {"type": "number"}, "then": number, "else": wrong} if number else wrong
    return {"examples": examples, **unless_blank({"if": text, "else": otherwise})}


def _or_mapping(mapping: Schema, written: Schema) -> Schema:
    """A mapping or a text; editors offer the examples of the text."""
    return {
        "examples": written["examples"],
        "if": {"type": "object"},
        "then": mapping,
        "else": written,
    }


def _scalar(one: Schema) -> Schema:
    return {**any_type("string"), **one}


def _one_or_several(one: Schema, field: Field) -> Schema:
    """One value or a list of them.

    Editors complete from the branches of `anyOf`, not from those of `if`; VS Code takes the
    branch of a list for all of it unless that has the title.
    """
    return {"anyOf": [one, {**both(field.label), "type": "array", "items": one}]}


def _yes_or_no() -> Schema:
    said = {word: phrase(f"schema.{key}") for word, key in (("ใช่", "yes"), ("ไม่ใช่", "no"))}
    return _choice(said, notations.BOOLEAN, other={"type": "boolean"})


def _listed(values: Iterable[ListedValue]) -> Schema:
    """One of the values: its key, which editors complete, or its Thai label, written in any way."""
    described = {value.key: value.label for value in values}
    labels = [label.th for label in described.values()]
    pattern = notations.any_of((*described, *labels))
    return _choice(described, pattern, labels)


def _requirement(catalogue: Catalogue) -> Schema:
    titles = {rule.id: rule.title for rule in catalogue.requirements}
    return _choice(titles, notations.any_of(titles))


def _numbers(values: Iterable[ListedValue]) -> Schema:
    described = {value.key: value.label for value in values}
    first, last = next(iter(described)), next(reversed(described))
    every = phrase("schema.all_numbers")
    more = {f"{first}-{last}": every, notations.ALL[0]: every}
    return _choice({**described, **more}, notations.numbers(described))


def _choice(
    described: Mapping[str, Text | Phrase],
    pattern: str,
    labels: Iterable[str] = (),
    other: Schema | bool = False,
) -> Schema:
    """One of the keys, or a text that the pattern knows; editors explain each key as described."""
    more = [label for label in map(_as_read, labels) if not isinstance(label, str)]
    return {
        "anyOf": [
            {
                # Every type, so that an error is that of a value that is not listed.
                "type": SCALAR,
                "enum": [*map(_as_read, described), *more],
                "enumDescriptions": [joined(label, " / ") for label in described.values()],
            },
            unless_blank({"if": {"type": "string"}, "then": {"pattern": pattern}, "else": other}),
        ]
    }


def _as_read(text: str) -> str | float | bool:
    """What a YAML 1.2 reader makes of a plain text."""
    if text in ("true", "false"):
        return text == "true"
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text

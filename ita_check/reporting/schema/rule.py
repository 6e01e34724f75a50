"""The schema of a rule file, `issue-N/N.M.S.yaml`: one requirement and its checks.

It comes from the models that the loader validates rules with, and from the kinds of evidence of
the catalogue.
"""

from __future__ import annotations

from string import Formatter
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from ita_check.model.catalogue import Catalogue, Check, CheckSource, Level, Requirement
from ita_check.model.checks import CHECK_KINDS, Boundary, Test, YearName
from ita_check.reporting.schema import notations
from ita_check.reporting.schema.parts import (
    BLANK,
    SCALAR,
    Schema,
    any_type,
    blank,
    both,
    closed,
    head,
    joined,
    ref,
    unless_blank,
)
from ita_check.texts import Text, phrase, sentences, template

_KIND = "kind"
# Types that stand in many places, by their name in `$defs`.
_NAMES = {str: "word", Text: "text"}
# Where the sentences that explain the words of a Literal stand.
_EXPLAINED: dict[object, str] = {
    Boundary: "checks.boundary",
    YearName: "checks.year_name",
    Level: "report.level",
    CheckSource: "report.explain.source",
}
# What the loader asks of numbers beyond their being whole.
_LIMITS: dict[str, Schema] = {
    "number": {"minimum": 1},
    "first": {"minimum": 1, "maximum": 12},
    "last": {"minimum": 1, "maximum": 12},
}


def schema(catalogue: Catalogue) -> Schema:
    """The whole schema."""
    kind: Schema = {
        "type": "string",
        "enum": list(catalogue.kinds),
        "enumDescriptions": [joined(one.title, " / ") for one in catalogue.kinds.values()],
    }
    special: dict[str, Schema] = {
        "id": {"type": "string", "pattern": notations.REQUIREMENT_ID},
        "kinds": {"type": "array", "items": ref(_KIND), "minItems": 1},
        "checks": {"type": "array", "items": ref("check")},
    }
    return {
        **head("rule"),
        **_mapping(Requirement, special),
        "$defs": {
            BLANK: blank(),
            _NAMES[str]: {"type": SCALAR, "pattern": notations.VISIBLE},
            _NAMES[Text]: _mapping(Text, {}),
            _KIND: kind,
            "check": _check(),
        },
    }


def _mapping(model: Any, special: dict[str, Schema]) -> Schema:
    """A named tuple as a mapping; the fields without a default are needed."""
    return closed(_properties(model, special), _required(model))


def _properties(model: Any, special: dict[str, Schema]) -> dict[str, Schema]:
    return {
        name: {**_said(model, name), **(special.get(name) or _typed(hint, name))}
        for name, hint in get_type_hints(model).items()
        if name != "test"  # which a file writes under the word for its kind
    }


def _required(model: Any) -> list[str]:
    return [name for name in model._fields if name not in model._field_defaults]


def _said(model: Any, name: str) -> Schema:
    """What a key of a rule means; those of a check stand in what is said of the check."""
    if model in CHECK_KINDS.values():
        return {}
    return both(None, phrase(f"schema.rule.{model.__name__}.{name}"))


def _typed(hint: Any, name: str) -> Schema:
    """What a type hint takes, written as text."""
    origin, members = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        one = next(_typed(member, name) for member in members if member is not NoneType)
        # Editors complete from the branches of `anyOf`, not from those of `if`.
        return {"anyOf": [one, unless_blank(False)]} if "enum" in one else unless_blank(one)
    if origin is Literal:
        said = [joined(_filled(f"{_EXPLAINED[hint]}.{word}"), " / ") for word in members]
        return {"type": "string", "enum": list(members), "enumDescriptions": said}
    if origin is tuple:
        return {"type": "array", "items": _typed(members[0], name)}
    if hint is bool:
        text: Schema = {"type": "string", "pattern": notations.TRUTH}
        return {**any_type("boolean"), "if": text, "else": {"enum": [True, False, 0, 1]}}
    if hint is int:
        number = {"type": "integer", **_LIMITS.get(name, {})}
        digits: Schema = {"type": "string", "pattern": "^[0-9]+$"}
        return {**any_type("string"), "if": digits, "else": number}
    if hint in (str, Text):
        return ref(_NAMES[hint])
    return _mapping(hint, {})


def _check() -> Schema:
    """One check: exactly one kind of check, and what every check has."""
    own = _properties(Check, {})
    tests = {word: {**_sentences(word), **_test(model)} for word, model in CHECK_KINDS.items()}
    mapping = closed({**tests, **own}, ["source"])
    # Where a key is misspelt, that alone is told.
    known: Schema = {"propertyNames": {"enum": [*tests, *own]}}
    one: Schema = {"oneOf": [{"required": [word]} for word in tests]}
    return {**mapping, "allOf": [{"if": known, "then": one}]}


def _test(model: type[Test]) -> Schema:
    """What a kind of check asks; a list that it needs cannot be empty."""
    required = _required(model)
    properties = _properties(model, {"kind": ref(_KIND)})
    for name in required:
        if properties[name].get("type") == "array":
            properties[name]["minItems"] = 1
    mapping = closed(properties, required)
    return mapping if required else {**any_type("object"), **unless_blank(mapping)}


def _sentences(word: str) -> Schema:
    """What a kind of check looks for, in every way in which that is said of one."""
    said = [
        _filled(f"checks.{name}")
        for name in sentences("checks")
        if name == word or name.startswith(f"{word}.")
    ]
    lines = Text("\n".join(one.th for one in said), "\n".join(one.en for one in said))
    return both(None, lines)


def _filled(key: str) -> Text:
    """A sentence whose gaps hold the names of the fields that fill them."""
    names = {name for _, name, _, _ in Formatter().parse(template(key, "th")) if name}
    said = phrase(key, **{name: f"`{name}`" for name in names})
    return Text(said.say("th"), said.say("en"))

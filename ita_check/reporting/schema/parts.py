"""What the schemas are made of: words in both languages, closed mappings, what is not there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import quote

from ita_check.reporting.schema import notations
from ita_check.texts import Phrase, Text, phrase

Schema = dict[str, object]
DRAFT = "https://json-schema.org/draft/2020-12/schema"
SCALAR = ["string", "number", "boolean"]
BLANK = "blank"
PLAIN_KEYS: Schema = {"propertyNames": {"pattern": notations.PLAIN}}


def head(name: str) -> Schema:
    """What every schema begins with."""
    said = both(phrase(f"schema.{name}.title"), phrase(f"schema.{name}.description"))
    return {"$schema": DRAFT, "$id": f"urn:ita-check:schema:{name}:1", **said}


def both(title: Text | Phrase | None, description: Text | Phrase | None = None) -> Schema:
    """A title and a description as an editor shows them: Thai, then English."""
    said: Schema = {}
    if title is not None:
        said["title"] = joined(title, " / ")
    if description is not None:
        said["description"] = joined(description, "\n")
    return said


def joined(text: Text | Phrase, separator: str) -> str:
    """A text in both languages as one, said once where they are the same."""
    return separator.join(dict.fromkeys((text.say("th"), text.say("en"))))


def ref(name: str) -> Schema:
    """A reference to one of the schema's `$defs`."""
    # A kind of an agency's own may have any name.
    pointer = quote(name.replace("~", "~0").replace("/", "~1"), safe="~")
    return {"$ref": f"#/$defs/{pointer}"}


def blank() -> Schema:
    """What counts as not there: null, blank text, and collections of nothing else."""
    return {
        "type": ["null", "string", "array", "object"],
        "pattern": notations.BLANK,
        "items": ref(BLANK),
        "maxProperties": 0,
    }


def unless_blank(given: Schema | bool) -> Schema:
    """A value that may be blank too."""
    return {"if": ref(BLANK), "else": given}


def closed(
    properties: Mapping[str, Schema],
    required: Iterable[str] = (),
    unusual: Schema | None = None,
) -> Schema:
    """A mapping with these keys and no other.

    The loader takes a key in any way of writing it (Thai digits, spaces around it). Where one is
    not written plainly, no key is told as missing, and its value is asked for `unusual` alone.
    Names are closed by an `enum` of them, since an error of that names what is allowed.
    """
    if not properties:
        return {"type": "object", "additionalProperties": False}
    needed = {"required": list(required)} if required else {}
    return {
        "type": "object",
        "properties": dict(properties),
        **({"additionalProperties": unusual} if unusual else {}),
        "if": PLAIN_KEYS,
        "then": {"propertyNames": {"enum": list(properties)}, **needed},
        "else": {"propertyNames": {"pattern": notations.any_of(properties)}},
    }


def row(mapping: Schema) -> Schema:
    """A mapping that may be blank.

    The branches are told apart by type, so that an error is that of the key which is wrong and
    not of everything around it; so all through these schemas.
    """
    return {
        **any_type("object"),
        "if": {"type": "object"},
        "then": mapping,
        "else": unless_blank({"type": "object"}),
    }


def rows(one: Schema, usual: str) -> Schema:
    """One of them, or a list of them; `usual` is the type of one."""
    return {**any_type(usual), "if": {"type": "array"}, "then": {"items": one}, "else": one}


def any_type(first: str) -> Schema:
    """Nothing asked of the type; editors write a new key as if it were the first one."""
    types = ("string", "object", "array", "number", "boolean", "null")
    return {"type": list(dict.fromkeys((first, *types)))}

"""An evidence file with nothing in it yet: every kind, every action row, explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ita_check.loading.rule_fields import references
from ita_check.model.catalogue import Catalogue, Field, Kind
from ita_check.texts import Language, phrase

# What any item may say, whatever the checks read.
_ALWAYS = ("title", "url", "file")


def blank_evidence_file(catalogue: Catalogue, year: int, language: Language) -> str:
    """The text of an evidence file for a Buddhist fiscal year; its values are empty."""
    return "\n".join(_lines(catalogue, year, language)) + "\n"


def _lines(catalogue: Catalogue, year: int, language: Language) -> Iterator[str]:
    def comment(key: str, **gaps: object) -> Iterator[str]:
        for line in phrase(f"template.{key}", **gaps).say(language).splitlines():
            yield f"# {line}".rstrip()

    yield from comment("head", year=year)
    yield ""
    yield "agency:"
    placeholder = phrase("template.agency_name").say(language)
    for name, field in catalogue.frame.agency.items():
        value = f" {placeholder}" if name == "name" else ""
        yield f"  {name}:{value}  # {field.label.say(language)}"
    file = catalogue.frame.file
    yield f"fiscal_year: {year}  # {file['fiscal_year'].label.say(language)}"
    yield f"deadline:  # {file['deadline'].label.say(language)}"
    yield ""
    yield from comment("evidence")
    yield "evidence:"
    for kind in catalogue.kinds.values():
        ids = tuple(rule.id for rule in catalogue.requirements if kind.name in rule.kinds)
        served = f" ({', '.join(ids)})" if ids else ""
        yield ""
        yield f"  # {kind.title.say(language)}{served}"
        yield f"  {kind.name}:"
        fields = {name: kind.fields[name] for name in fields_worth_asking(kind, catalogue)}
        yield from _fields(fields, 4, language)
    yield ""
    yield from comment("actions")
    yield "actions:"
    for rule in catalogue.requirements:
        yield ""
        yield f"  # {rule.title.say(language)}"
        yield f'  "{rule.id}":'
        yield from (f"    {name}:" for name in catalogue.frame.action)
    yield ""
    yield from comment("exceptions")
    yield "exceptions:"


def fields_worth_asking(kind: Kind, catalogue: Catalogue) -> list[str]:
    """The fields worth asking for: the kind's own, and the common ones that a check reads."""
    read = {
        reference.field
        for rule in catalogue.requirements
        if kind.name in rule.kinds
        for check in rule.checks
        for reference in references(check.test)
        if reference.inside is None
    }
    return [name for name in kind.fields if name in _ALWAYS or name in kind.own or name in read]


def _fields(fields: Mapping[str, Field], indent: int, language: Language) -> Iterator[str]:
    margin = " " * indent
    for name, field in fields.items():
        note = field.label.say(language)
        if field.values:
            note += ": " + ", ".join(
                f"{value.key} ({value.label.say(language)})" for value in field.values
            )
        if field.type == "boolean":
            note += phrase("template.boolean").say(language)
        yield f"{margin}{name}:  # {note}"
        if field.fields and field.type == "records":
            rows = list(_fields(field.fields, indent + 4, language))
            yield f"{margin}  - {rows[0].lstrip()}"
            yield from rows[1:]
        elif field.fields:
            yield from _fields(field.fields, indent + 2, language)

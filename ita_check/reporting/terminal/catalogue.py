"""The catalogue itself, for reading: requirements by issue, and kinds of evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TextIO

from rich.cells import cell_len

from ita_check.model.catalogue import Catalogue, Field, Requirement
from ita_check.reporting.inert import escaped_json
from ita_check.reporting.terminal.page import Page
from ita_check.reporting.view import View
from ita_check.texts import Text, phrase

FORMAT = "ita-check/catalogue/1"


def write_requirements(catalogue: Catalogue, stream: TextIO, view: View) -> None:
    """Every requirement under its issue and measure, with its kinds and OIT codes."""
    page = Page(view)
    page.text(f"{catalogue.title.say(view.language)} [{catalogue.id}]", "head")
    for issue in catalogue.issues:
        page.line()
        lead = phrase("report.issue", number=issue.number).say(view.language) + "  "
        title = issue.title.say(view.language)
        page.text(title, "head", indent=cell_len(lead), lead=((lead, "head"),))
        for measure in issue.measures:
            lead = f"  {measure.id}  "
            title = measure.title.say(view.language)
            page.text(title, "quiet", indent=cell_len(lead), lead=((lead, "quiet"),))
            for rule in measure.requirements:
                lead = f"    {rule.id:<8}"
                page.text(rule.title.say(view.language), indent=12, lead=((lead, "head"),))
                page.text(" | ".join(_facts(rule)), "quiet", indent=12)
    page.line()
    page.text(phrase("report.legend.oit", years=_years(catalogue)).say(view.language), "quiet")
    page.write(stream)


def write_kinds(catalogue: Catalogue, stream: TextIO, view: View) -> None:
    """Every kind with its own fields, after the fields that all kinds have."""
    page = Page(view)
    first = next(iter(catalogue.kinds.values()))
    common = {name: field for name, field in first.fields.items() if name not in first.own}
    page.text(phrase("report.common_fields").say(view.language), "head")
    _fields(page, common, 2)
    for kind in catalogue.kinds.values():
        page.line()
        page.line((kind.name, "head"))
        page.text(kind.title.say(view.language), indent=2)
        _fields(page, {name: kind.fields[name] for name in kind.own}, 2)
    page.write(stream)


def write_json(catalogue: Catalogue, stream: TextIO, *, kinds: bool) -> None:
    """The catalogue for programs, in both languages; `kinds` adds the kinds of evidence."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "id": catalogue.id,
        "sha256": catalogue.sha256,
        "issues": [
            {
                "number": issue.number,
                "title": _both(issue.title),
                "measures": [
                    {
                        "id": measure.id,
                        "title": _both(measure.title),
                        "requirements": [_requirement(rule) for rule in measure.requirements],
                    }
                    for measure in issue.measures
                ],
            }
            for issue in catalogue.issues
        ],
    }
    if kinds:
        content["kinds"] = {
            kind.name: {"title": _both(kind.title), "fields": _described(kind.fields)}
            for kind in catalogue.kinds.values()
        }
    stream.write(escaped_json(json.dumps(content, ensure_ascii=False, indent=2)) + "\n")


def _facts(rule: Requirement) -> list[str]:
    facts = [", ".join(rule.kinds)]
    if rule.oit:
        facts.append(", ".join(oit.code + ("" if oit.verified else "*") for oit in rule.oit))
    return facts


def _years(catalogue: Catalogue) -> str:
    years = {oit.fiscal_year for rule in catalogue.requirements for oit in rule.oit}
    return ", ".join(str(year) for year in sorted(years))


def _fields(page: Page, fields: Mapping[str, Field], indent: int) -> None:
    for name, field in fields.items():
        kind = phrase(f"report.type.{field.type}").say(page.view.language)
        lead = " " * indent + name + "  "
        text = f"{field.label.say(page.view.language)} [{kind}]"
        page.text(text, indent=indent + 4, lead=((lead, "place"),))
        for value in field.values:
            lead = " " * (indent + 4) + value.key + "  "
            page.text(value.label.say(page.view.language), indent=indent + 6, lead=((lead, ""),))
        if field.fields:
            _fields(page, field.fields, indent + 4)


def _requirement(rule: Requirement) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": _both(rule.title),
        "kinds": list(rule.kinds),
        "oit": [
            {"code": oit.code, "fiscal_year": oit.fiscal_year, "verified": oit.verified}
            for oit in rule.oit
        ],
        "source": {"document": rule.source.document, "step": rule.source.step},
    }


def _described(fields: Mapping[str, Field]) -> dict[str, Any]:
    return {
        name: {
            "type": field.type,
            "label": _both(field.label),
            **({"values": {v.key: _both(v.label) for v in field.values}} if field.values else {}),
            **({"fields": _described(field.fields)} if field.fields else {}),
        }
        for name, field in fields.items()
    }


def _both(text: Text) -> dict[str, str]:
    return {"th": text.th, "en": text.en}

"""The requirements as rules of SARIF, and what else a result may be about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from ita_check.model.catalogue import Level, OitCode, Requirement
from ita_check.reporting.hosting.findings import title_of_code
from ita_check.reporting.hosting.sarif_places import Json
from ita_check.texts import Language, Phrase, Text, phrase, sentences


def rule_of_requirement(
    rule: Requirement, documents: Mapping[str, Text], language: Language
) -> Json:
    """A requirement: title, why, and as its help how to meet it and where it comes from."""
    why, fix = rule.why.say(language), rule.fix.say(language)
    word = rule.source.document
    document = documents.get(word, Text(word, word))
    step = phrase("report.explain.step", document=document, step=rule.source.step).say(language)
    served = [_oit(code).say(language) for code in rule.oit]
    to_do, source = (phrase(f"report.explain.{name}").say(language) for name in ("fix", "source"))
    kinds = [
        phrase("report.kinds", kinds=names).say(language)
        for names in (rule.kinds, tuple(f"`{kind}`" for kind in rule.kinds))
    ]
    text = "\n".join((why, f"{to_do}: {fix}", kinds[0], *served, f"{source}: {step}"))
    listed = "\n".join(f"- {one}" for one in (kinds[1], *served, f"{source}: {step}"))
    markdown = "\n\n".join((why, f"**{to_do}**: {fix}", listed))
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title.say(language)},
        "fullDescription": {"text": why},
        "help": {"text": text, "markdown": markdown},
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "kinds": list(rule.kinds),
            "oit": [
                {"code": code.code, "fiscalYear": code.fiscal_year, "verified": code.verified}
                for code in rule.oit
            ],
            # Without the codes: GitHub takes few, and some requirements serve eleven.
            "tags": ["ITA", f"issue-{rule.issue}", f"measure-{rule.measure}"],
        },
    }


def rule_of_code(code: str, level: Level | Literal["note"], language: Language) -> Json:
    """What is found about the file itself, by its code."""
    title = title_of_code(code, language)
    named = f"why.{code}" in sentences("hosting")
    why = phrase(f"hosting.why.{code}").say(language) if named else title
    return {
        "id": code,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {"text": why, "markdown": why},
        "defaultConfiguration": {"level": level},
        "properties": {"tags": ["ITA"]},
    }


def _oit(code: OitCode) -> Phrase:
    how = phrase("report.explain.verified" if code.verified else "report.explain.unverified")
    return phrase("report.explain.oit", code=code.code, year=code.fiscal_year, how=how)

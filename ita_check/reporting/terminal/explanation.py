"""One requirement explained: why, what is looked for, an example, and what fails."""

from __future__ import annotations

from typing import NamedTuple, TextIO

from ita_check.model.catalogue import Check, Issue, Kind, Measure, Requirement
from ita_check.model.finding import Finding
from ita_check.reporting.terminal.marks import marks_for
from ita_check.reporting.terminal.page import Page
from ita_check.reporting.view import View
from ita_check.texts import Phrase, Text, phrase


class Explanation(NamedTuple):
    """What is known of a requirement.

    `document` is what the rule stands on; `example` is a whole evidence file that meets it; `failing` are the findings that its cases
    show, each once.
    """

    rule: Requirement
    issue: Issue
    measure: Measure
    kinds: tuple[Kind, ...]
    checks: tuple[tuple[Check, Phrase], ...]
    document: Text
    example: str | None
    failing: tuple[Finding, ...]


def write(explanation: Explanation, stream: TextIO, view: View) -> None:
    """The explanation as a page of text."""
    page, marks, language = Page(view), marks_for(view), view.language
    rule = explanation.rule

    def say(key: str, **gaps: object) -> str:
        return phrase(f"report.{key}", **gaps).say(language)

    def section(key: str) -> None:
        page.line()
        page.line((say(f"explain.{key}"), "head"))

    page.text(rule.title.say(language), "head", indent=8, lead=((f"{rule.id}  ", "head"),))
    issue = (
        f"{say('issue', number=explanation.issue.number)} {explanation.issue.title.say(language)}"
    )
    page.text(issue, "quiet", indent=2)
    page.text(
        f"{explanation.measure.id} {explanation.measure.title.say(language)}", "quiet", indent=2
    )
    section("why")
    page.text(rule.why.say(language), indent=2)
    section("kinds")
    for kind in explanation.kinds:
        page.text(kind.title.say(language), indent=4, lead=((f"  {kind.name}  ", "place"),))
    section("checks")
    page.text(say("explain.declared"), indent=4, lead=((f"  {marks.bullet} ", ""),))
    for check, sentence in explanation.checks:
        _, style = marks.level[check.level]
        word = say(f"explain.{check.level}")
        source = say(f"explain.source.{check.source}", page=check.page or "")
        text = f"{sentence.say(language)} ({source.strip()})"
        page.text(text, indent=4, lead=((f"  {marks.bullet} ", ""), (f"{word}: ", style)))
    page.text(say("explain.action"), indent=4, lead=((f"  {marks.bullet} ", ""),))
    for online in ("online", *(("reachable",) if rule.reachable else ())):
        page.text(say(f"explain.{online}"), indent=4, lead=((f"  {marks.bullet} ", ""),))
    section("fix")
    page.text(rule.fix.say(language), indent=2)
    section("source")
    page.text(say("explain.step", document=explanation.document, step=rule.source.step), indent=2)
    for oit in rule.oit:
        verified = say("explain.verified" if oit.verified else "explain.unverified")
        page.text(say("explain.oit", code=oit.code, year=oit.fiscal_year, how=verified), indent=2)
    if explanation.example is not None:
        section("example")
        for line in explanation.example.splitlines():
            page.line(("  " + line, ""))
    if explanation.failing:
        section("failing")
        for finding in explanation.failing:
            mark, style = marks.level[finding.level]
            page.text(finding.message.say(language), indent=4, lead=((f"  {mark} ", style),))
    page.write(stream)

"""Each step with its requirement: by its place in the report, confirmed by its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ita_check.model.catalogue import Catalogue, Issue, Requirement
from ita_check.office.importing.similar import grams, within
from ita_check.office.importing.steps import Step
from ita_check.texts import Phrase, phrase

# Measured on the 63 steps of the seed document, in runs of three letters: every step holds at
# least 0.41 of its requirement's title (4.1.5), all others half of it or more. Titles of an issue
# share much, so that 1 in 7 wrong pairs holds as much: a step is confirmed only where, besides,
# what sets the title apart from each other one of the issue speaks for it.
FLOOR = 0.4
# How reports word a step that publishes what the steps before it made; its title names those.
_PUBLISHED = ("เผยแพร่ข้อมูลให้ประชาชนรับทราบ", "เผยแพร่ข้อมูลบนเว็บไซต์ของหน่วยงาน")
_SAME = (
    (re.compile("เปิดเผย|ประชาสัมพันธ์(?:หรือเผยแพร่)?"), "เผยแพร่"),
    (re.compile("สาธารณชน|บุคลากรและประชาชน"), "ประชาชน"),
)


class Match(NamedTuple):
    """The requirement of a step; none, with the reason, where it is not certain."""

    requirement: Requirement | None
    reason: Phrase | None = None


def match_steps(catalogue: Catalogue, steps: Sequence[Step]) -> tuple[Match, ...]:
    """What each step is a step of, in their order; a requirement is given once."""
    taken: set[str] = set()
    found = []
    for step in steps:
        match = _match(catalogue, step, taken)
        if match.requirement is not None:
            taken.add(match.requirement.id)
        found.append(match)
    return tuple(found)


def _match(catalogue: Catalogue, step: Step, taken: set[str]) -> Match:
    issue = next((one for one in catalogue.issues if one.number == step.issue), None)
    if issue is None:
        if not step.issue:
            return Match(None, phrase("importing.reason.no_issue"))
        return Match(None, phrase("importing.reason.issue", issue=step.issue))
    place = f"{step.issue}.{step.measure}.{step.number}"
    wanted = next((rule for rule in issue.requirements if rule.id == place), None)
    if wanted is None:
        return Match(None, phrase("importing.reason.position", id=place))
    own = fit(wanted, step.text)
    other = _rival(wanted, issue, step.text)
    if other is not None and fit(other, step.text) >= FLOOR:
        return Match(None, phrase("importing.reason.other", id=wanted.id, other=other.id))
    if own < FLOOR or other is not None:
        return Match(None, phrase("importing.reason.words", id=wanted.id, title=wanted.title))
    if wanted.id in taken:
        return Match(None, phrase("importing.reason.twice", id=wanted.id))
    return Match(wanted)


def fit(rule: Requirement, text: str) -> float:
    """How well a step's words fit a requirement, from 0 to 1."""
    own = within(_folded(rule.title.th), _folded(text))
    return max(own, _published(text)) if rule.publication else own


def _published(text: str) -> float:
    return max(within(one, _folded(text)) for one in _PUBLISHED)


def _rival(wanted: Requirement, issue: Issue, text: str) -> Requirement | None:
    """A requirement of the issue whose words fit a step better than those of the one wanted."""
    by_title = within(_folded(wanted.title.th), _folded(text))
    if wanted.publication and _published(text) >= by_title:
        # "Publish these data" says nothing of which: only another sort of step may fit better.
        own = fit(wanted, text)
        others = [rule for rule in issue.requirements if not rule.publication]
        return next((rule for rule in others if fit(rule, text) >= own), None)
    others = [rule for rule in issue.requirements if rule.id != wanted.id]
    return min(
        (rule for rule in others if _lead(wanted, rule, text) <= 0),
        key=lambda rule: _lead(wanted, rule, text),
        default=None,
    )


def _lead(one: Requirement, other: Requirement, text: str) -> float:
    """By how much one of two titles fits better, by what stands in only one of them."""
    ours, theirs = grams(_folded(one.title.th)), grams(_folded(other.title.th))
    said = grams(_folded(text))
    shares = [
        len(only & said) / len(only) if only else 1.0 for only in (ours - theirs, theirs - ours)
    ]
    return shares[0] - shares[1]


def _folded(text: str) -> str:
    for pattern, word in _SAME:
        text = pattern.sub(word, text)
    return text

"""GitHub's workflow commands: what a runner shows on a run's page and in a pull request.

https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import Literal, NamedTuple, TextIO

from ita_check.model.catalogue import Level, Requirement
from ita_check.model.report import Outcome, Report, Unjudged
from ita_check.reporting.hosting.findings import (
    CANNOT_JUDGE,
    Told,
    counted,
    message_of,
    not_judged,
    place,
    title_of_code,
    told_of_not_judged,
)
from ita_check.reporting.inert import inert
from ita_check.reporting.view import View
from ita_check.texts import Language, phrase

# A runner shows this many annotations of each level for a step, and drops the others unsaid.
LIMIT = 10
LEVELS: tuple[Level, ...] = ("error", "warning")


class Annotation(NamedTuple):
    """One command; `path` is empty where it speaks of no place.

    `of_exception` is set on a finding about an exception, such as an expired waiver; `requirement`
    is the id of what it speaks of.
    """

    level: Level | Literal["notice"]
    title: str
    message: str
    path: str = ""
    line: int = 1
    column: int = 1
    of_exception: bool = False
    requirement: str = ""

    def command(self) -> str:
        """The command as the runner reads it."""
        properties = {"title": self.title}
        if self.path:
            line, column = str(self.line), str(self.column)
            properties = {"file": self.path, "line": line, "col": column, **properties}
        written = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
        return f"::{self.level} {written}::{_data(self.message)}\n"


def write(outcomes: Sequence[Outcome], stream: TextIO, view: View) -> None:
    """As many errors and warnings as are shown, how many more there are, and what is not judged.

    Errors come before warnings, those of the issue with the most gaps first. Several files take
    turns, so that none of them hides the others: what could not be judged, then the most gaps.
    """
    files = [
        _problems(outcome, view) if isinstance(outcome, Unjudged) else _findings(outcome, view)
        for outcome in sorted(outcomes, key=_urgency)
    ]
    found = [
        annotation
        for level in LEVELS
        for annotation in _in_turn([[one for one in file if one.level == level] for file in files])
    ]
    hidden = found[LIMIT:]
    # What is to be known of an exception is told all the same.
    notices = [one._replace(level="notice") for one in hidden if one.of_exception]
    for outcome in outcomes:
        if isinstance(outcome, Report):
            notices += _notices(outcome, view)
    left = [one for one in hidden if not one.of_exception]
    told = (*found[:LIMIT], *_rest(left, notices, view.language))
    stream.writelines(annotation.command() for annotation in told)


def _urgency(outcome: Outcome) -> float:
    return float("-inf") if isinstance(outcome, Unjudged) else -outcome.summary.gaps


def _in_turn(files: Sequence[Sequence[Annotation]]) -> Iterator[Annotation]:
    """The first of each file, then the second of each."""
    rounds = chain.from_iterable(zip_longest(*files))
    return (annotation for annotation in rounds if annotation is not None)


def _findings(report: Report, view: View) -> list[Annotation]:
    """What counts: the file's own findings, then those of the issue with the most gaps."""
    gaps = {issue.number: issue.summary.gaps for issue in report.issues}

    def worst_first(told: Told) -> tuple[int, int]:
        if told.judged is None:
            return (-len(report.requirements) - 1, 0)
        issue = told.judged.requirement.issue
        return (-gaps[issue], issue)

    path, language = view.path(report.evidence_name), view.language
    return [
        Annotation(
            finding.level,
            _title(judged.requirement, language)
            if judged
            else title_of_code(finding.code, language),
            "\n".join(message_of(finding, language, judged)),
            path,
            finding.line,
            finding.column,
            judged is None and finding.requirement != "",
            finding.requirement,
        )
        for judged, finding in sorted(counted(report), key=worst_first)
    ]


def _problems(outcome: Unjudged, view: View) -> list[Annotation]:
    """Why a file could not be judged."""
    return [
        Annotation(
            "error",
            title_of_code(CANNOT_JUDGE, view.language),
            f"{inert(problem.cell)}: {said}" if problem.cell else said,
            view.path(problem.file),
            problem.line or 1,
            problem.column or 1,
        )
        for problem in outcome.problems
        for said in (inert(problem.message.say(view.language)),)
    ]


def _notices(report: Report, view: View) -> Iterator[Annotation]:
    """What is not judged, and why."""
    path = view.path(report.evidence_name)
    for judged in not_judged(report):
        title = _title(judged.requirement, view.language)
        why = told_of_not_judged(judged, report.as_of, view.language)
        here, rule = place(judged), judged.requirement.id
        yield Annotation("notice", title, why, path, here.line, here.column, requirement=rule)


def _rest(
    hidden: Sequence[Annotation],
    notices: Sequence[Annotation],
    language: Language,
) -> Iterator[Annotation]:
    """How many errors and warnings are hidden, then the notices: in all as many as are shown."""
    room = LIMIT
    if hidden:
        count = Counter(annotation.level for annotation in hidden)
        message = phrase("hosting.more", errors=count["error"], warnings=count["warning"])
        yield Annotation("notice", "ita-check", message.say(language))
        room -= 1
    shown = len(notices) if len(notices) <= room else room - 1
    yield from notices[:shown]
    if notices[shown:]:
        ids = tuple(notice.requirement or notice.title for notice in notices[shown:])
        message = phrase("hosting.more_not_judged", count=len(ids), requirements=ids)
        yield Annotation("notice", "ita-check", message.say(language))


def _title(rule: Requirement, language: Language) -> str:
    return f"{rule.id} {inert(rule.title.say(language))}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

"""What the formats that code hosts read have in common: what is told, where, and as which finding."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple, TextIO

from ita_check.errors import Problem
from ita_check.model.evidence import Place
from ita_check.model.finding import Finding
from ita_check.model.report import UNJUDGED, Judged, Report
from ita_check.reporting.inert import escaped_json, inert
from ita_check.reporting.places import Placed
from ita_check.reporting.words import proof_of, reasons
from ita_check.texts import Language, phrase, sentences

CANNOT_JUDGE = "cannot_judge"


class Told(NamedTuple):
    """A finding and the requirement it is one of; None where it is the file's own."""

    judged: Judged | None
    finding: Finding


def counted(report: Report) -> Iterator[Told]:
    """Every finding that counts, in the report's order: the file's own, of gaps, and advice."""
    for finding in report.findings:
        yield Told(None, finding)
    for judged in report.requirements:
        if judged.status not in UNJUDGED:
            for finding in judged.findings:
                yield Told(judged, finding)


def not_judged(report: Report) -> Iterator[Judged]:
    """Every requirement that is excepted or not due."""
    return (judged for judged in report.requirements if judged.status in UNJUDGED)


def place(judged: Judged) -> Placed:
    """Where a requirement that is not judged stands: its exception, else its row, else a finding."""
    if judged.exception is not None:
        return judged.exception
    row = f"actions.{judged.requirement.id}"
    findings = sorted(judged.findings, key=lambda finding: not finding.path.startswith(row))
    return findings[0] if findings else Place(1, 1)


def why_not_judged(judged: Judged, as_of: date, language: Language) -> str:
    """The status in words, with the reason, the approver and the days left."""
    status = phrase(f"report.status.{judged.status}")
    return inert(" | ".join(one.say(language) for one in (status, *reasons(judged, as_of))))


def told_of_not_judged(judged: Judged, as_of: date, language: Language) -> str:
    """Why a requirement is not judged, and how far it is proved."""
    why = why_not_judged(judged, as_of, language)
    return f"{_cell_of(place(judged))}{why} | {proof_in_words(judged, language)}"


def message_of(
    finding: Finding, language: Language, judged: Judged | None = None
) -> tuple[str, ...]:
    """What is wrong, what to do about it, and how far the requirement is proved that it is of."""
    fix = phrase("hosting.fix", fix=finding.fix)
    proof = (proof_in_words(judged, language),) if judged else ()
    message = inert(finding.message.say(language))
    return _cell_of(finding) + message, inert(fix.say(language)), *proof


def _cell_of(one: Placed) -> str:
    """The cell before a message: hosts show lines of text only, of which a workbook has none."""
    return f"{inert(one.cell)}: " if one.cell else ""


def proof_in_words(judged: Judged, language: Language) -> str:
    """How far a requirement is proved, in a few words."""
    return inert(proof_of(judged).say(language))


def title_of_code(code: str, language: Language) -> str:
    """What a finding of the file itself is called; a code without a name is its own."""
    named = f"rule.{code}" in sentences("hosting")
    return phrase(f"hosting.rule.{code}").say(language) if named else code


def digest(*identity: str) -> str:
    """A fingerprint for what has none of its own."""
    return hashlib.sha256("\0".join(identity).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def digest_of_problem(problem: Problem, path: str) -> str:
    """The fingerprint of a problem; like a finding's it knows no line and no language."""
    return digest(CANNOT_JUDGE, path, problem.message.key, problem.path)


def distinct() -> Callable[[str], str]:
    """A function that gives each fingerprint once.

    Two findings of one report may share theirs: an error and an advice that read one absent
    field. Hosts drop the second, so the nth becomes another, the same one in every run.
    """
    seen: Counter[str] = Counter()

    def once(fingerprint: str) -> str:
        seen[fingerprint] += 1
        number = seen[fingerprint]
        return fingerprint if number == 1 else digest(fingerprint, str(number))

    return once


def write_json(content: object, stream: TextIO) -> None:
    """JSON on one line; indenting would cost more than judging."""
    stream.write(escaped_json(json.dumps(content, ensure_ascii=False)) + "\n")

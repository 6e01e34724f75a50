"""What the tests of the formats for code hosts share: the fixtures, and what JSON says of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from support import COMPLETE, ROOT, SEED, Call

from ita_check.reporting.inert import inert
from ita_check.texts import Language, phrase

STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
# Every fixture and the day as of which it is judged.
FIXTURES = {
    "complete": (COMPLETE, "2570-09-30"),
    "seed": (SEED, "2567-10-15"),
    "statuses": (STATUSES, "2567-03-01"),
}
EXCEPTED = ("waived", "not_applicable")
INVALID = "agency: {nam: ก}\nfiscal_year: 2024\nevidence: {hr_plan: {in_forc: 1}}\n"


class Expected(NamedTuple):
    """A finding of the JSON report with the requirement it is one of, None for the file's own."""

    requirement: dict[str, Any] | None
    finding: dict[str, Any]

    @property
    def status(self) -> str | None:
        """The status of the requirement."""
        return self.requirement["status"] if self.requirement else None


def report_of(call: Call, *words: object) -> Any:
    """The same run as JSON."""
    return json.loads(call(*words, "-f", "json").out)


def requirements(report: Any, *statuses: str) -> list[dict[str, Any]]:
    """The requirements of a JSON report that have one of the statuses."""
    found = [entry for issue in report["issues"] for entry in issue["requirements"]]
    return [entry for entry in found if entry["status"] in statuses]


def counted(report: Any) -> Iterator[Expected]:
    """What counts, in the report's order."""
    for finding in report["findings"]:
        yield Expected(None, finding)
    yield from of_requirements(report, "met", "incomplete", "missing")


def of_requirements(report: Any, *statuses: str) -> Iterator[Expected]:
    """The findings of the requirements that have one of the statuses."""
    for entry in requirements(report, *statuses):
        for finding in entry["findings"]:
            yield Expected(entry, finding)


def told(one: Expected, language: Language, between: str) -> str:
    """A finding's message, what to do about it, and how far its requirement is proved."""
    fix = phrase("hosting.fix", fix=one.finding["fix"]).say(language)
    said = [inert(one.finding["message"]), inert(fix)]
    if one.requirement is not None:
        said.append(proved(one.requirement, language))
    return between.join(said)


def proved(requirement: dict[str, Any], language: Language) -> str:
    """How far a requirement is proved, in words."""
    level = phrase(f"report.proof.{requirement['proof']['level']}")
    return phrase("report.proof", level=level).say(language)


def in_repository(folder: Path, name: str, text: str | bytes) -> Path:
    """A file in a repository of its own."""
    (folder / ".git").mkdir(parents=True, exist_ok=True)
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return file

"""The format `ita-check/due/1`: a versioned copy for programs.

What a report says of itself stands here as it does in `ita-check/report/1`. The same input,
catalogue, day, language and version give the same bytes.
"""

from __future__ import annotations

import json
from typing import Any, TextIO

from ita_check.model.due import Due, Later, Piece, Row
from ita_check.model.report import Unjudged
from ita_check.reporting.due.units import shares
from ita_check.reporting.inert import escaped_json
from ita_check.reporting.json import entry
from ita_check.reporting.places import entry_of
from ita_check.reporting.view import View
from ita_check.texts import Language

FORMAT = "ita-check/due/1"


def write(due: Due | Unjudged, stream: TextIO, view: View) -> None:
    """One object on one line."""
    content = _due(due, view.language) if isinstance(due, Due) else entry(due, view.language)
    content["format"] = FORMAT
    stream.write(escaped_json(json.dumps(content, ensure_ascii=False)) + "\n")


def _due(due: Due, language: Language) -> dict[str, Any]:
    report = due.report
    of_report = entry(report, language)
    for key in ("issues", "looked", "proof"):
        del of_report[key]
    return {
        **of_report,
        "days_left": (report.deadline - report.as_of).days if report.deadline else None,
        "pieces": [
            _piece(number, piece, language) for number, piece in enumerate(due.pieces, start=1)
        ],
        "joint": [
            {"requirement": joint.requirement, "needs": [list(way) for way in joint.needs]}
            for joint in due.joint
        ],
        "actions": [_row(row) for row in due.rows],
        "units": [
            {
                "unit": share.unit,
                "requirements": [judged.requirement.id for judged in share.gaps],
                "pieces": [piece.id for piece in share.pieces],
                "actions": [row.requirement for row in share.rows],
            }
            for share in shares(due)
        ],
        "later": [_later(later) for later in due.later],
    }


def _piece(number: int, piece: Piece, language: Language) -> dict[str, Any]:
    return {
        "number": number,
        "id": piece.id,
        "kind": piece.kind,
        "title": piece.title.say(language),
        "do": piece.doing,
        "settles": list(piece.settles),
        "settles_with_action": list(piece.with_row),
        "advances": [
            {"requirement": one.requirement, "needs": [list(way) for way in one.needs]}
            for one in piece.advances
        ],
        "publish_for": list(piece.publish_for),
        "steps": [
            {
                "requirements": list(step.requirements),
                "message": step.message.say(language),
                "fix": step.fix.say(language),
                "path": step.path,
                **entry_of(step),
            }
            for step in piece.steps
        ],
    }


def _row(row: Row) -> dict[str, Any]:
    place = row.findings[0]
    return {
        "requirement": row.requirement,
        "missing": list(row.missing),
        "settles": [row.requirement] if row.settles else [],
        "path": f"actions.{row.requirement}",
        **entry_of(place),
    }


def _later(later: Later) -> dict[str, Any]:
    return {
        "requirement": later.judged.requirement.id,
        "status": later.judged.status,
        "day": later.day.isoformat(),
        "days_left": later.days_left,
    }

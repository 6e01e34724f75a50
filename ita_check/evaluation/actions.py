"""The action row that is part of every requirement: who, when, what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ita_check.evaluation.look import Fault, Leveled
from ita_check.model.calendar import written_day
from ita_check.model.evidence import Action


def judge_action(requirement: str, action: Action | None, as_of: date) -> Iterator[Leveled]:
    """What the row lacks: the result is due from the day after its period ends."""
    row = f"actions.{requirement}"
    gaps = {"requirement": requirement}
    if action is None:
        yield "error", Fault("responsible_missing", row, gaps, "row")
        yield "error", Fault("period_missing", row, gaps, "row")
        return
    if action.responsible is None:
        yield "error", Fault("responsible_missing", f"{row}.responsible", gaps)
    if action.period is None:
        yield "error", Fault("period_missing", f"{row}.period", gaps)
        return
    end = action.period.end
    if end is None or as_of <= end or (action.result is not None and action.outcome is not None):
        return
    ended = {**gaps, "ended": written_day(end)}
    if action.result is None:
        yield "error", Fault("result_missing", f"{row}.result", ended)
    if action.outcome is None:
        yield "warning", Fault("outcome_missing", f"{row}.outcome", ended)

"""The format `csv`: one row for each requirement and finding, for Excel to sort and filter."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TextIO

from ita_check.errors import Problem
from ita_check.model.calendar import ENGLISH_MONTHS, FULL_MONTHS, SHORT_MONTHS, written_day
from ita_check.model.finding import Finding
from ita_check.model.report import UNJUDGED, Judged, JudgedIssue, Outcome, Report, Unjudged
from ita_check.reporting.inert import inert
from ita_check.reporting.view import View
from ita_check.reporting.words import codes_of, findings_about, units_of, unproved_of
from ita_check.texts import Language, Phrase, Text, phrase, said

COLUMNS = (
    "file",
    "agency",
    "fiscal_year",
    "as_of",
    "issue",
    "issue_title",
    "requirement",
    "title",
    "status",
    "responsible",
    "oit",
    "level",
    "code",
    "message",
    "fix",
    "path",
    "line",
    "column",
    "reason",
    "approved_by",
    "expires",
    "days_left",
    "opens",
    "proof",
    "not_proved",
    "cell",
)
Cell = str | int | Text | Phrase | tuple[Phrase, ...]
Row = dict[str, Cell]
# Excel takes a file for UTF-8 only where it begins with this.
_BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet would run as a formula, full-width forms included, also after blanks.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")
# What it would take for a number or a day, and show as another: 00123, 1/2, 5 มี.ค. 2567. It is
# possessive: `June` is `Jun` and `e` too, and whoever writes it forty times would keep us busy.
_MONTHS = (*FULL_MONTHS, *SHORT_MONTHS, *ENGLISH_MONTHS, *(name[:3] for name in ENGLISH_MONTHS))
_GUESSED = re.compile(
    rf"(?!')(?=.*\d)(?:{'|'.join(map(re.escape, _MONTHS))}|[\W\d]|e)++", re.IGNORECASE
)
_ID = re.compile(r"[0-9]+(?:\.[0-9]+){2}")


def write(outcomes: Sequence[Outcome], stream: TextIO, view: View) -> None:
    """A header in the language of the view, then every file's rows in the order given."""
    stream.write(_BYTE_ORDER_MARK)
    rows = csv.writer(stream, lineterminator="\r\n")
    rows.writerow([phrase(f"tables.csv.{name}").say(view.language) for name in COLUMNS])
    for outcome in outcomes:
        found = _problems(outcome) if isinstance(outcome, Unjudged) else _report(outcome)
        for row in found:
            rows.writerow([_shown(row.get(name, ""), view.language) for name in COLUMNS])


def _shown(cell: Cell, language: Language) -> str | int:
    """What a spreadsheet shows as it is: one line, and nothing that it runs or reads its own way.

    A requirement's id has no apostrophe: where Thai is read, it is neither a number nor a day.
    """
    if isinstance(cell, int):
        return cell
    text = inert(said(cell, language))
    read = _FORMULA.match(text) or (_GUESSED.fullmatch(text) and not _ID.fullmatch(text))
    return f"'{text}" if read else text


def _day(day: date) -> Text:
    """A day that no spreadsheet takes for one: `30 มิ.ย. 2567` would become a day in 2567 CE."""
    written = written_day(day)
    return written._replace(th=" พ.ศ. ".join(written.th.rsplit(" ", 1)))


def _problems(outcome: Unjudged) -> Iterator[Row]:
    """A row for each reason why a file could not be judged."""
    for problem in outcome.problems:
        yield {
            "file": problem.file,
            "status": phrase("tables.not_judged"),
            "level": phrase("report.level.error"),
            "message": problem.message,
            "path": problem.path,
            **_place_of_problem(problem),
        }


def _place_of_problem(problem: Problem) -> Row:
    return _place(problem) if problem.line else {}


def _place(one: Problem | Finding) -> Row:
    place: Row = {"line": one.line, "column": one.column}
    return {**place, "cell": one.cell} if one.cell else place


def _report(report: Report) -> Iterator[Row]:
    """What belongs to no requirement, then every requirement with what is told about it."""
    about_file: Row = {
        "file": report.evidence_name,
        "agency": report.agency.name,
        "fiscal_year": report.fiscal_year,
        "as_of": _day(report.as_of),
    }
    for finding in findings_about(report, ""):
        yield about_file | _finding(finding)
    for issue in report.issues:
        for judged in issue.requirements:
            row = about_file | _requirement(issue, judged, report.as_of)
            found = [_finding(finding) for finding in judged.findings]
            if judged.status in UNJUDGED:
                # They count as neither errors nor warnings, and would in a filter by level.
                found = [{**one, "level": ""} for one in found]
            found += map(_finding, findings_about(report, judged.requirement.id))
            yield from (row | one for one in found or ({},))


def _requirement(issue: JudgedIssue, judged: Judged, as_of: date) -> Row:
    rule = judged.requirement
    row: Row = {
        "issue": issue.number,
        "issue_title": issue.title,
        "requirement": rule.id,
        "title": rule.title,
        "status": phrase(f"report.status.{judged.status}"),
        "responsible": units_of(judged),
        "oit": codes_of(rule),
        "proof": phrase(f"report.proof.{judged.proof.level}"),
        "not_proved": unproved_of(judged),
    }
    if judged.opens is not None:
        row["opens"] = _day(judged.opens)
    exception = judged.exception
    if exception is not None:
        row["reason"] = exception.reason
        if exception.approved_by is not None:
            row["approved_by"] = exception.approved_by
        days = exception.days_left(as_of)
        if exception.expires is not None and days is not None:
            row |= {"expires": _day(exception.expires), "days_left": days}
    return row


def _finding(finding: Finding) -> Row:
    return {
        "level": phrase(f"report.level.{finding.level}"),
        "code": finding.code,
        "message": finding.message,
        "fix": finding.fix,
        "path": finding.path,
        **_place(finding),
    }

"""A JSON report (`ita-check/report/1`) read back from a file, every error of it told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from ita_check.characters import is_blank
from ita_check.errors import CannotJudge, Problem
from ita_check.loading.json_fields import Fields, Object, at
from ita_check.loading.json_text import Json, read_json
from ita_check.loading.reading import shortened
from ita_check.loading.source import decode
from ita_check.model.catalogue import Level
from ita_check.model.comparison import (
    Recorded,
    RecordedFinding,
    RecordedIssue,
    RecordedRequirement,
)
from ita_check.model.report import STATUSES
from ita_check.texts import Phrase, Text, phrase

FORMAT = "ita-check/report/1"
# A report repeats for every requirement what its evidence file says once.
MAX_REPORT_BYTES = 16 * 1024 * 1024
_FORMAT_OF_OURS = re.compile(r"ita-check/report/\d{1,9}")
_BEGINS_LIKE_A_REPORT = re.compile(r'\s*(?:\[\s*)?\{\s*"format"\s*:')
# What an evidence file has at its top, and what only a report has beside them.
_EVIDENCE_KEYS = frozenset({"agency", "fiscal_year", "evidence"})
_REPORT_KEYS = frozenset({"format", "issues"})
_ID = re.compile(r"[1-9]\d{0,2}(?:\.[1-9]\d{0,2}){2}", re.ASCII)
_CODE = re.compile(r"[a-z0-9_]{1,60}")
_LEVELS: tuple[Level, ...] = get_args(Level)


def read_report(name: str, data: bytes) -> Recorded | None:
    """The report that the bytes of a file hold, None where they hold an evidence file.

    What counts is the content: a JSON object with `format` is a report, and so is a list of them.
    Raises `CannotJudge` where that is no report that can be read.
    """
    source = decode(name, data, MAX_REPORT_BYTES)
    try:
        content = read_json(source)
    except CannotJudge:
        named_so = name.lower().endswith(".json")
        if named_so and is_blank(source.text):
            problem = Problem(phrase("comparison.file.empty"), name)
            raise CannotJudge((problem,)) from None
        if named_so or _BEGINS_LIKE_A_REPORT.match(source.text):
            raise
        return None
    if not isinstance(content, dict | list) or _is_evidence(content):
        return None
    return _recorded(Fields(source), content)


def _is_evidence(content: Json) -> bool:
    """Whether a JSON value is an evidence file: YAML allows one to be written so."""
    keys = content.keys() if isinstance(content, dict) else frozenset()
    return bool(_EVIDENCE_KEYS & keys) and not _REPORT_KEYS & keys


def _recorded(fields: Fields, content: Json) -> Recorded:
    report, path = _only(fields, content)
    _check_format(fields, report, path)
    if "error" in report:
        fields.fail(_why_unjudged(report["error"]), at(path, "error"))
    catalogue, in_catalogue = fields.object(report, "catalogue", path), at(path, "catalogue")
    evidence, in_evidence = fields.object(report, "evidence", path), at(path, "evidence")
    agency = fields.object(report, "agency", path)
    recorded = Recorded(
        fields.source.name,
        fields.text(evidence, "path", in_evidence),
        fields.text(evidence, "sha256", in_evidence),
        fields.text(catalogue, "id", in_catalogue),
        fields.text(catalogue, "sha256", in_catalogue),
        fields.need(catalogue, "requirements", in_catalogue, 0),
        fields.text(agency, "name", at(path, "agency")),
        fields.year(report, "fiscal_year", path),
        fields.day(report, "as_of", path),
        _findings(fields, report, path),
        tuple(_issues(fields, report, path)),
    )
    fields.fail_if_any()
    return recorded


def _only(fields: Fields, content: Json) -> tuple[Object, str]:
    """The report of a file; a list of one is that one."""
    if isinstance(content, dict):
        return content, ""
    if len(content) != 1 or not isinstance(content[0], dict):
        reports = all(isinstance(one, dict) and "format" in one for one in content)
        if content and reports:
            fields.fail(phrase("comparison.file.several", count=len(content)), "")
        fields.fail(phrase("comparison.file.no_report"), "")
    return content[0], "[0]"


def _check_format(fields: Fields, report: Object, path: str) -> None:
    found = report.get("format")
    if found == FORMAT:
        return
    if not isinstance(found, str):
        fields.fail(phrase("comparison.file.no_report"), path)
    if _FORMAT_OF_OURS.fullmatch(found):
        sentence = phrase("comparison.file.other_version", format=found, known=FORMAT)
    else:
        sentence = phrase("comparison.file.other_format", format=shortened(found), known=FORMAT)
    fields.fail(sentence, at(path, "format"))


def _why_unjudged(error: Json) -> Phrase:
    """That a file could not be judged, with the first reason that its report gives."""
    first = error[0] if isinstance(error, list) and error else {}
    reason = first.get("message") if isinstance(first, dict) else None
    if isinstance(reason, str) and reason:
        return phrase("comparison.file.unjudged_because", reason=shortened(reason))
    return phrase("comparison.file.unjudged")


def _issues(fields: Fields, report: Object, path: str) -> Iterator[RecordedIssue]:
    numbers: set[int] = set()
    ids: set[str] = set()
    for issue, where in fields.each(report, "issues", path):
        number = fields.need(issue, "number", where, 0)
        if number and number in numbers:
            fields.wrong(phrase("comparison.file.twice", text=number), at(where, "number"))
        numbers.add(number)
        title = fields.text(issue, "title", where)
        requirements = tuple(_requirements(fields, issue, where, ids))
        yield RecordedIssue(number, Text(title, title), requirements)


def _requirements(
    fields: Fields, issue: Object, path: str, ids: set[str]
) -> Iterator[RecordedRequirement]:
    for entry, where in fields.each(issue, "requirements", path):
        name = fields.matching(entry, "id", where, _ID)
        if name and name in ids:
            fields.wrong(phrase("comparison.file.twice", text=name), at(where, "id"))
        ids.add(name)
        title = fields.text(entry, "title", where)
        responsible = None
        if entry.get("responsible") is not None:
            responsible = fields.text(entry, "responsible", where)
        status = fields.choice(entry, "status", where, STATUSES)
        findings = _findings(fields, entry, where)
        yield RecordedRequirement(name, Text(title, title), status, responsible, findings)


def _findings(fields: Fields, holder: Object, path: str) -> tuple[RecordedFinding, ...]:
    return tuple(
        _finding(fields, entry, where) for entry, where in fields.each(holder, "findings", path)
    )


def _finding(fields: Fields, entry: Object, path: str) -> RecordedFinding:
    message, fix = fields.text(entry, "message", path), fields.text(entry, "fix", path)
    # Null where it speaks of the file itself; reports of 0.1.0 did not tell it.
    about = entry.get("requirement")
    if not isinstance(about, str | None):
        fields.does_not_fit(about, at(path, "requirement"))
    return RecordedFinding(
        fields.matching(entry, "code", path, _CODE),
        fields.choice(entry, "level", path, _LEVELS),
        fields.text(entry, "path", path),
        Text(message, message),
        Text(fix, fix),
        fields.need(entry, "line", path, 0),
        fields.need(entry, "column", path, 0),
        about if isinstance(about, str) else "",
        fields.need(entry, "cell", path, "") if "cell" in entry else "",
    )

"""Where things are in SARIF, and its texts, in which nothing of ours or of others is a link."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import quote

from ita_check.errors import Problem
from ita_check.model.finding import Finding
from ita_check.reporting.places import Placed

Json = dict[str, object]
ROOT = "%SRCROOT%"
STANDARD_INPUT = "-"
# `[text](target)` is a link unless its bracket is escaped, and so is the backslash before it.
_LINK = re.compile(r"(\\*)\]\(")


def message(text: str) -> Json:
    """A plain text as a message."""
    return {"text": _LINK.sub(r"\1\1\\](", text)}


def location_of_finding(finding: Finding, path: str) -> Json:
    """The value to the end of its line, or one character of what it is missing from."""
    if finding.cell:
        return _cell(path, finding.cell, finding.path)
    end = finding.column + 1
    if finding.excerpt is not None:
        end = max(end, finding.cut + len(finding.excerpt) + 1)
    here = location(path, finding.line, finding.column, end)
    return {**here, "logicalLocations": [{"fullyQualifiedName": finding.path}]}


def location_of_problem(problem: Problem, path: str) -> Json:
    """What is underlined of a problem; a problem of the whole file is at its beginning."""
    if problem.cell:
        return _cell(path, problem.cell, problem.path)
    column = problem.column or 1
    return location(path, problem.line or 1, column, column + problem.width)


def location_of(one: Placed, path: str) -> Json:
    """One character where something stands, or its cell."""
    return _cell(path, one.cell) if one.cell else location(path, one.line, one.column)


def _cell(path: str, cell: str, evidence_path: str = "") -> Json:
    """A cell of a workbook: a region is of a text, and of bytes only otherwise."""
    names = (cell, evidence_path) if evidence_path else (cell,)
    return {
        "physicalLocation": {"artifactLocation": artifact(path)},
        "logicalLocations": [{"fullyQualifiedName": name} for name in names],
    }


def location(path: str, line: int, column: int, end: int = 0) -> Json:
    """A place on one line, up to the column `end`; one character where no end is given."""
    region = {
        "startLine": line,
        "startColumn": column,
        "endLine": line,
        "endColumn": end or column + 1,
    }
    return {"physicalLocation": {"artifactLocation": artifact(path), "region": region}}


def artifact(path: str) -> Json:
    """A file: from the repository's root, or as a URI of its own where it lies outside."""
    if path == STANDARD_INPUT:
        return {"uri": path}
    if os.path.isabs(path):
        return {"uri": Path(path).as_uri()}
    # A byte of a name that is no text goes as the byte it was.
    return {"uri": quote(os.fsencode(path)), "uriBaseId": ROOT}

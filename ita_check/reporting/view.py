"""How a report is asked for: the language, and what only the terminal report heeds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from ita_check.model.report import FailOn
from ita_check.texts import Language

GroupBy = Literal["issue", "unit"]


class View(NamedTuple):
    """What a reporter is told besides the report.

    `width` is in terminal cells; `color` is False where there must be none and None where the
    stream decides; `ascii_marks` where the stream cannot hold symbols. `code` is the exit code
    where the report may name it. `paths` are evidence files
    by the name they were given, as POSIX paths from the root of their repository.
    """

    language: Language
    fail_on: FailOn = "error"
    width: int = 80
    color: bool | None = None
    ascii_marks: bool = False
    verbose: bool = False
    quiet: bool = False
    code: int | None = None
    group_by: GroupBy = "issue"
    paths: Mapping[str, str] = MappingProxyType({})

    def path(self, evidence_name: str) -> str:
        """Where the repository has an evidence file, for formats that its host reads."""
        return self.paths.get(evidence_name, evidence_name)

"""What could not be judged, and where: an own family, apart from what was found."""

from __future__ import annotations

from typing import NamedTuple

from ita_check.texts import Phrase


class Problem(NamedTuple):
    """One reason why a file cannot be read or is not valid.

    `line` and `column` are 1-based, 0 where the whole file is meant; `width` is how many
    characters to underline in `excerpt`, the line itself or, of a very long one, the part around
    the column, with `cut` characters missing at its left. `path` is the evidence path, if any. In a
    workbook line and column are those of `cell`, whose text is the excerpt.
    """

    message: Phrase
    file: str
    line: int = 0
    column: int = 0
    path: str = ""
    excerpt: str | None = None
    cut: int = 0
    width: int = 1
    cell: str = ""


class CannotJudge(Exception):
    """Nothing can be judged: every problem of the file at once.

    `sha256` is that of the evidence file's bytes where they could be read.
    """

    def __init__(self, problems: tuple[Problem, ...], sha256: str | None = None) -> None:
        super().__init__(*(problem.message.say("en") for problem in problems))
        self.problems = problems
        self.sha256 = sha256


class CannotWrite(Exception):
    """What was asked for could not be written: where to, and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message.say("en"))
        self.problem = problem

"""Where something stands, as a reader is told: `evidence.yaml:12:3` or `evidence.xlsx:หลักฐาน!G12`."""

from __future__ import annotations

from typing import Protocol


class Placed(Protocol):
    """What has a place in a file; `line` is 0 where the whole file is meant."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def cell(self) -> str: ...


def place_of(file: str, one: Placed) -> str:
    """The file and the place in it."""
    if one.cell:
        return f"{file}:{one.cell}"
    return f"{file}:{one.line}:{one.column}" if one.line else file


def number_of(one: Placed) -> str:
    """What stands before the line or the cell where it is shown: its number or its name."""
    return one.cell or str(one.line)


def entry_of(one: Placed) -> dict[str, object]:
    """The place as JSON has it; a cell is named only where there is one."""
    place: dict[str, object] = {"line": one.line or 1, "column": one.column or 1}
    return {**place, "cell": one.cell} if one.cell else place

"""The files of a catalogue: found, read and counted into one digest."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path
from typing import NamedTuple

import ita_check
from ita_check.errors import CannotJudge, Problem
from ita_check.texts import phrase

CATALOGUE_FILE = "catalogue.yaml"
FRAME_FILE = "evidence.yaml"
KINDS_FILE = "kinds.yaml"
CASES_FOLDER = "cases"
_ISSUE_FILE = re.compile(r"issues/([1-9]\d{0,2})\.yaml")
_ISSUE_FOLDER = re.compile(r"issue-([1-9]\d{0,2})")


class RuleFile(NamedTuple):
    """One file of a catalogue: `relative` is its path below the rules' folder, with slashes."""

    name: str
    relative: str
    data: bytes

    @property
    def issue(self) -> int | None:
        """The number of the issue whose folder it lies in, if any."""
        match = _ISSUE_FOLDER.fullmatch(self.relative.partition("/")[0])
        return int(match[1]) if match and self.relative.count("/") == 1 else None

    @property
    def describes_issue(self) -> int | None:
        """The number of the issue whose title and measures it holds, if any."""
        match = _ISSUE_FILE.fullmatch(self.relative)
        return int(match[1]) if match else None

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.relative.rpartition("/")[2].removesuffix(".yaml")


def bundled_folder(name: str, checkout: str) -> Path:
    """A data folder as the wheel carries it, else as it lies in the checkout."""
    package = Path(ita_check.__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / checkout


def rules_folder() -> Path:
    """The folder of the rules that come with the program."""
    return bundled_folder("_rules", "rules")


def read_rule_files(folder: Path) -> tuple[RuleFile, ...]:
    """Every rule file below a folder in a fixed order; an unreadable one is a `CannotJudge`."""
    root = str(folder)
    if not os.path.isdir(root):
        raise CannotJudge((Problem(phrase("problems.no_rules_folder"), root),))
    found = []
    try:
        for relative in sorted(_yaml_files(root)):
            name = os.path.join(root, *relative.split("/"))
            with open(name, "rb") as file:
                found.append(RuleFile(name, relative, file.read()))
    except OSError as error:
        message = phrase("problems.unreadable", reason=error.strerror or str(error))
        raise CannotJudge((Problem(message, error.filename or root),)) from None
    return tuple(found)


def digest(folders: tuple[tuple[RuleFile, ...], ...]) -> str:
    """SHA-256 over the path and the content of every file, folder by folder."""
    total = hashlib.sha256()
    for number, files in enumerate(folders):
        for file in files:
            total.update(f"{number}\0{file.relative}\0{len(file.data)}\0".encode())
            total.update(file.data)
    return total.hexdigest()


def _yaml_files(root: str) -> list[str]:
    """The YAML files below the folder as relative paths with slashes, those of cases left out.

    A file in a folder that rules do not have is found too, so that it can be told.
    """
    found, waiting = [], [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(f"{root}/{above}") as entries:
            for entry in entries:
                name = above + entry.name
                if entry.name.endswith((".yaml", ".yml")):
                    found.append(name)
                elif (
                    name != CASES_FOLDER
                    and not entry.name.startswith(".")
                    and entry.is_dir(follow_symlinks=not above)
                ):
                    waiting.append(name + "/")
    return found

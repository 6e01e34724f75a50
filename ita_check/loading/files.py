"""The files an evidence file names: inside its folder, and with content, or not."""

from __future__ import annotations

import os
import re
import stat
from typing import NamedTuple

LONGEST_NAME = 4096
_DRIVE = re.compile(r"[A-Za-z]:")


class FolderFiles(NamedTuple):
    """The files below one folder; nothing outside it is looked at."""

    folder: str

    def refusal(self, name: str) -> str | None:
        """The name of the message that says why a path may not stand in a file, if any."""
        if name.startswith(("/", "\\")) or _DRIVE.match(name):
            return "absolute_file"
        if _is_no_name(name):
            return None  # no system has such a file, so it is one that is not there
        root = os.path.realpath(self.folder)
        try:
            inside = os.path.commonpath([root, os.path.realpath(self._path(name))]) == root
        except (OSError, ValueError):
            inside = False
        return None if inside else "file_leaves_folder"

    def has_content(self, name: str) -> bool:
        """Whether there is a regular file that is not empty."""
        if _is_no_name(name):
            return False
        try:
            status = os.stat(self._path(name))
        except OSError:
            return False
        return stat.S_ISREG(status.st_mode) and status.st_size > 0

    def resolved(self, name: str) -> str | None:
        """Where a file is now, links followed; None if it is gone, or was led out of the folder."""
        if not self.has_content(name) or self.refusal(name) is not None:
            return None
        return os.path.realpath(self._path(name))

    def _path(self, name: str) -> str:
        # Windows writes folders with a backslash; the same file has to be found everywhere.
        return os.path.join(self.folder, *name.replace("\\", "/").split("/"))


def _is_no_name(name: str) -> bool:
    return "\0" in name or len(name) > LONGEST_NAME

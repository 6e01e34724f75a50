"""Where an evidence file stands in its repository, as the repository's host names it."""

from __future__ import annotations

import os
from pathlib import PurePath

from ita_check.loading.named import STANDARD_INPUT


def path_in_repository(name: str, folder: str) -> str:
    """A file as a POSIX path from the root of the git repository that it lies in.

    Without a repository it is a path from `folder`, and an absolute one where it lies outside
    that too. Standard input stays `-`.
    """
    if name == STANDARD_INPUT:
        return name
    file = os.path.normpath(os.path.join(os.path.abspath(folder), name))
    root = _root_above(file) or os.path.abspath(folder)
    try:
        relative = os.path.relpath(file, root)
    except ValueError:  # another drive of Windows
        relative = os.pardir
    inside = not relative.startswith(os.pardir)
    return PurePath(relative if inside else file).as_posix()


def _root_above(file: str) -> str | None:
    """The nearest folder above a file that holds `.git`: a folder, or a file in a worktree."""
    folder = os.path.dirname(file)
    while not os.path.lexists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above
    return folder

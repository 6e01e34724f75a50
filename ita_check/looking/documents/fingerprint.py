"""The bytes of a file, by their hash and their number."""

from __future__ import annotations

import hashlib
import os
import stat
from typing import BinaryIO

_PIECE = 1 << 20


def open_regular(path: str) -> BinaryIO:
    """The file, if it is an ordinary one; a pipe or a device would be waited for without end."""
    # Without O_NONBLOCK opening a pipe already waits; Windows has neither it nor such pipes.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"not a regular file: {path!r}")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def fingerprint(file: BinaryIO) -> tuple[str, int]:
    """The SHA-256 and the length of an open file, read in pieces."""
    digest, length = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        digest.update(piece)
        length += len(piece)
    return digest.hexdigest(), length


def fingerprint_of(path: str) -> tuple[str | None, int | None]:
    """The same by path, and nothing where there is no file that can be opened."""
    try:
        with open_regular(path) as file:
            return fingerprint(file)
    except (OSError, ValueError):  # ValueError: a NUL in the path
        return None, None

"""Files written whole or not at all."""

from __future__ import annotations

import os
import tempfile


def write_whole(path: str, data: bytes) -> None:
    """Write a file aside and put it in its place at once; an `OSError` leaves what was there.

    A link stays a link to what is written; a device or pipe is written to as it is.
    """
    path = os.path.realpath(path)
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "wb") as special:
            special.write(data)
        return
    folder = os.path.dirname(path) or "."
    handle, aside = tempfile.mkstemp(prefix=".ita-check-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(aside, _mode(path))
        os.replace(aside, path)
    except BaseException:
        os.unlink(aside)
        raise


def _mode(path: str) -> int:
    """The mode of the file that is replaced, else what a new file gets here."""
    try:
        return os.stat(path).st_mode & 0o777
    except OSError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask

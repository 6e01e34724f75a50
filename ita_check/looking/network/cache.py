"""Bodies kept between runs, so that a server need not send again what has not changed.

hishel was considered: it answers from what it holds while that is fresh, and here every address
has to be asked again every time, with bodies that are files and bounded after decompression.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
from datetime import datetime, timedelta
from pathlib import Path

from ita_check.atomic import write_whole
from ita_check.looking.network.entry import Entry, read_entry, write_entry

_UNUSED = timedelta(days=90)
# A file that another run is still writing is younger; one that a killed run left is not.
_LEFT_BEHIND = timedelta(days=1)
_MOST_BYTES = 1024 * 1024 * 1024
_LONGEST_ENTRY = 256 * 1024
_ASIDE = ".ita-check-"  # as atomic.py names its files


def cache_folder() -> Path:
    """Where this system keeps what programs can do without."""
    from platformdirs import user_cache_path  # only here: whoever names a folder needs none

    return user_cache_path("ita-check", appauthor=False) / "pages"


class Cache:
    """A folder of entries by the digest of their address, and of bodies by their own.

    Several runs may use it at once: files come into their place whole, whatever is missing or
    does not fit is as if it had never been there, and a folder that cannot be written only keeps
    nothing. The time of a file is when it was last used, by the clock that is passed in.
    """

    def __init__(self, folder: Path, most_bytes: int = _MOST_BYTES) -> None:
        self._entries = folder / "entries"
        self._bodies = folder / "bodies"
        self._folder = folder
        self._most_bytes = most_bytes

    def open(self, now: datetime) -> None:
        """Make the folder, for this user only, and clear away what nobody used for long."""
        with contextlib.suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._entries.mkdir(mode=0o700, exist_ok=True)
            self._bodies.mkdir(mode=0o700, exist_ok=True)
        # Only names and times are read here: an entry without its body is one that is not there.
        kept = [*self._younger(self._entries, now), *self._younger(self._bodies, now)]
        size = sum(status.st_size for _, status in kept)
        for path, status in sorted(kept, key=lambda each: each[1].st_mtime):
            if size <= self._most_bytes:
                break
            _remove(path)
            size -= status.st_size

    def find(self, address: str) -> Entry | None:
        """What is known of an address, where its body seems to be there."""
        try:
            with open(self._entry(address), "rb") as file:
                entry = read_entry(file.read(_LONGEST_ENTRY), address)
            if entry and os.stat(self._bodies / entry.sha256).st_size == entry.length:
                return entry
        except OSError:
            pass
        return None

    def take(self, entry: Entry, path: Path, now: datetime) -> bool:
        """Put the body of an entry at `path`; False, and no entry any more, where it is damaged.

        The body is read as it is taken and not before: another run may replace or remove it.
        """
        body = self._bodies / entry.sha256
        try:
            _link(body, path)
            with open(path, "rb") as file:
                whole = hashlib.file_digest(file, "sha256").hexdigest() == entry.sha256
        except OSError:
            whole = False
        if not whole:
            for each in (path, body, self._entry(entry.address)):
                _remove(each)
            return False
        for each in (body, self._entry(entry.address)):
            _touch(each, now)
        return True

    def keep(self, entry: Entry, path: Path, now: datetime) -> None:
        """Keep a body and what is known of it; the body comes first, so that no entry lacks it."""
        body = self._bodies / entry.sha256
        with contextlib.suppress(OSError):
            aside = self._bodies / f"{_ASIDE}{secrets.token_hex(8)}"
            try:
                _link(path, aside)
                os.replace(aside, body)
            finally:
                _remove(aside)  # two links to one file: then replacing does nothing
            _touch(body, now)
            place = self._entry(entry.address)
            write_whole(str(place), write_entry(entry))
            _touch(place, now)

    def forget(self, address: str) -> None:
        """Remove the entry of an address whose body is not to be kept."""
        _remove(self._entry(address))

    def _entry(self, address: str) -> Path:
        return self._entries / f"{hashlib.sha256(address.encode()).hexdigest()}.json"

    def _younger(self, folder: Path, now: datetime) -> list[tuple[Path, os.stat_result]]:
        """The files that were used lately, after removing the others."""
        kept = []
        with contextlib.suppress(OSError), os.scandir(folder) as found:
            for each in found:
                with contextlib.suppress(OSError):
                    status = each.stat(follow_symlinks=False)
                    longest = _LEFT_BEHIND if each.name.startswith(_ASIDE) else _UNUSED
                    if status.st_mtime < (now - longest).timestamp():
                        os.unlink(each)
                    else:
                        kept.append((Path(each), status))
        return kept


def _link(source: Path, target: Path) -> None:
    """The same file under a second name, or a copy where the system has no such thing."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)


def _touch(path: Path, now: datetime) -> None:
    with contextlib.suppress(OSError):
        os.utime(path, (now.timestamp(), now.timestamp()))


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()

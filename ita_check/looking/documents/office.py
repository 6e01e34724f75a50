"""The parts of a DOCX or XLSX: a ZIP archive of XML, each read once and in pieces.

No size that the archive declares is believed, no DTD or entity is read, nothing outside is opened.
"""

from __future__ import annotations

import posixpath
from typing import BinaryIO, Protocol
from zipfile import ZipFile

from defusedxml.ElementTree import DefusedXMLParser, ParseError  # type: ignore[import-untyped]  # it has none

from ita_check.looking.documents.limits import Enough, Locked
from ita_check.looking.documents.reading import Reading, one_line

_PIECE = 1 << 16
_LOCKED = 0x1
_NO_MEMORY = 1  # as expat numbers its errors
_LONGEST_TITLE = 5_000
_CORE = "docProps/core.xml"


class Target(Protocol):
    """What is told of a part's tags and text. Names are without namespace: `p`, `t`."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...


class _Local:
    """Between the parser and a target: takes the namespaces off, each name once."""

    def __init__(self, target: Target) -> None:
        self._target = target
        self._names: dict[str, str] = {}
        self.data = target.data

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._target.start(
            self._local(tag), {self._local(name): value for name, value in attributes.items()}
        )

    def end(self, tag: str) -> None:
        self._target.end(self._local(tag))

    def close(self) -> None:
        pass

    def _local(self, name: str) -> str:
        local = self._names.get(name)
        if local is None:
            local = name.rpartition("}")[2]
            # As many different names as fit into a document are no vocabulary.
            if len(self._names) < 10_000:
                self._names[name] = local
        return local


class Package:
    """One opened document."""

    def __init__(self, file: BinaryIO, reading: Reading) -> None:
        file.seek(0)
        self._archive = ZipFile(file)
        self._reading = reading
        self._left = reading.limits.unpacked
        self.parts = tuple(dict.fromkeys(self._archive.namelist()))

    def read(self, part: str, target: Target) -> None:
        """Tell a target of all of a part; of none where there is no such part."""
        try:
            self._read(part, target)
        except ParseError as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from error
            raise

    def _read(self, part: str, target: Target) -> None:
        if part not in self._archive.NameToInfo:
            return
        info = self._archive.getinfo(part)
        if info.flag_bits & _LOCKED:
            raise Locked
        parser = DefusedXMLParser(target=_Local(target), forbid_dtd=True)
        with self._archive.open(info) as member:
            while piece := member.read(_PIECE):
                self._left -= len(piece)
                if self._left < 0:
                    raise Enough
                self._reading.tick()
                parser.feed(piece)
        parser.close()

    def related(self, part: str = "") -> dict[str, tuple[str, str]]:
        """What a part, or the whole document, names: by identifier the sort and the part."""
        folder, name = posixpath.split(part)
        found = _Relations(folder)
        self.read(posixpath.join(folder, "_rels", f"{name}.rels"), found)
        return found.by_id

    def main(self, usual: str) -> str:
        """The part that the document says it begins with, or the usual one."""
        named = (part for sort, part in self.related().values() if sort == "officeDocument")
        main = next(named, usual)
        if main not in self.parts:
            raise ValueError(f"the main part is not there: {main!r}")
        return main

    def title(self) -> str:
        """What its properties say it is called."""
        found = _Title()
        self.read(_CORE, found)
        return one_line("".join(found.pieces))


class _Relations:
    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.by_id: dict[str, tuple[str, str]] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            path = posixpath.normpath(posixpath.join("/", self._folder, attributes["Target"]))
            sort = attributes["Type"].rpartition("/")[2]
            self.by_id[attributes["Id"]] = sort, path.lstrip("/")

    def end(self, tag: str) -> None:
        pass

    def data(self, text: str) -> None:
        pass


class _Title:
    def __init__(self) -> None:
        self.pieces: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._inside = tag == "title"

    def end(self, tag: str) -> None:
        self._inside = False

    def data(self, text: str) -> None:
        if self._inside and len(self.pieces) < _LONGEST_TITLE:
            self.pieces.append(text)

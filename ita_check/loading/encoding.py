"""The bytes of a file as text, and which other encoding or sort of file it is if they are none."""

from __future__ import annotations

import re

from ita_check.errors import CannotJudge, Problem
from ita_check.texts import Phrase, phrase

MAX_BYTES = 2 * 1024 * 1024
LINE_END = re.compile("\r\n|\n|\r")
_THAI_RUN = re.compile("[\u0e01-\u0e5b]{2,}")
# What an evidence file is made of: ASCII, Thai, and the lines that some draw.
_EXPECTED = re.compile("[\t\r\n -~\u0e01-\u0e5b\u2010-\u2026\u2500-\u257f]")


# ZIP archives and compound files: what Word, Excel and their like write.
_OFFICE = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")


def is_office(data: bytes) -> bool:
    """Whether bytes are those of an office document, or of what passes for one."""
    return data.startswith(_OFFICE)


def is_small(data: bytes) -> bool:
    """Whether a file was read to its end: of an evidence file in text not more is read."""
    return len(data) <= MAX_BYTES or is_office(data)


def text_of_bytes(name: str, data: bytes, limit: int = MAX_BYTES) -> str:
    """The text of a file's bytes, without byte order mark; another encoding is told by its name."""
    if len(data) > limit:
        _refuse(name, phrase("problems.too_large", limit=limit // 1024 // 1024))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _looks_like_utf16(data):
        _refuse(name, phrase("problems.utf16"))
    if data.startswith(b"%PDF"):
        _refuse(name, phrase("problems.pdf"))
    if is_office(data):
        _refuse(name, phrase("problems.office_file"))
    try:
        return data.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        if _looks_like_windows_874(data):
            _refuse(name, phrase("problems.windows_874"))
        before = data[: error.start].removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        start = max(before.rfind("\n"), before.rfind("\r")) + 1
        line = len(LINE_END.findall(before)) + 1
        byte = f"0x{data[error.start]:02X}"
        raise CannotJudge(
            (
                Problem(
                    phrase("problems.not_utf8", byte=byte),
                    name,
                    line,
                    len(before) - start + 1,
                ),
            )
        ) from None


def _refuse(name: str, message: Phrase) -> None:
    raise CannotJudge((Problem(message, name),))


def _looks_like_utf16(data: bytes) -> bool:
    head = data[: len(data) // 2 * 2][:4000]
    if head.count(0) < 2:
        return False
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "replace")
        if len(_EXPECTED.findall(text)) > 0.8 * len(text):
            return True
    return False


def _looks_like_windows_874(data: bytes) -> bool:
    try:
        text = data.decode("cp874")
    except UnicodeDecodeError:
        return False
    foreign = sum(not character.isascii() for character in text)
    # Thai stands in runs; accents of other languages stand alone between ASCII letters.
    in_runs = sum(len(run) for run in _THAI_RUN.findall(text))
    controls = sum(c < " " and c not in "\t\r\n" for c in text)
    return in_runs >= 0.8 * foreign and not controls

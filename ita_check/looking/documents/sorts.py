"""What the bytes of a file are, and whether its name says something else."""

from __future__ import annotations

import re
from typing import BinaryIO, NamedTuple

from ita_check.looking.documents import ole

BEGINNING = 4096
PDF, HTML, TEXT = "application/pdf", "text/html", "text/plain"
DOCX, XLSX, PPTX = (
    f"application/vnd.openxmlformats-officedocument.{name}"
    for name in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
)
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"
LOCKED_OFFICE, OLD_OFFICE = "application/encrypted", "application/x-ole-storage"
RTF, ZIP, RAR, XML = "application/rtf", "application/zip", "application/vnd.rar", "text/xml"
UNKNOWN = "application/octet-stream"
_PICTURES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})

_MAGIC = (
    (b"%PDF-", PDF),
    (b"{\\rtf", RTF),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"Rar!\x1a\x07", RAR),
    (b"7z\xbc\xaf'\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"OggS", "video/ogg"),
    (b"FLV\x01", "video/x-flv"),
    (b"0&\xb2u\x8ef\xcf\x11", "video/x-ms-wmv"),
    (b"ID3", "audio/mpeg"),
)
_IN_RIFF = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
_OLD = (
    ("EncryptedPackage", LOCKED_OFFICE),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", PPT),
)
_NEW = (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX))

# What an assessor's program opens under each name. Word opens RTF, HTML and bare text named .doc,
# and many offices save so; systems that offer `.xls` mostly send an HTML table or tabs, and Excel
# opens those after a question. None of them opens the old form under the name of the new one.
# Every viewer goes by the bytes of a picture, so one sort under another's name is no fault.
_OFFICE = frozenset({OLD_OFFICE, LOCKED_OFFICE})
_LOOSE = frozenset({RTF, HTML, TEXT, XML}) | _OFFICE
_OPENS: dict[str, frozenset[str]] = {
    "pdf": frozenset({PDF}),
    "doc": _LOOSE | {DOC, DOCX},
    "xls": _LOOSE | {XLS, XLSX},
    "ppt": _OFFICE | {PPT, PPTX},
    "docx": frozenset({DOCX, LOCKED_OFFICE}),
    "xlsx": frozenset({XLSX, LOCKED_OFFICE}),
    "pptx": frozenset({PPTX, LOCKED_OFFICE}),
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp"), _PICTURES),
    "zip": frozenset({ZIP, DOCX, XLSX, PPTX}),
    "rar": frozenset({RAR}),
    **dict.fromkeys(("html", "htm"), frozenset({HTML, TEXT, XML})),
    **dict.fromkeys(("txt", "csv"), frozenset({TEXT, XML})),
}
_ZIPPED = frozenset({"zip", "docx", "xlsx", "pptx", "doc", "xls", "ppt"})

_SPACE = re.compile(rb"(?:\s|<!--.*?-->|<\?.*?\?>)+", re.DOTALL)
# The beginnings by which browsers tell HTML (WHATWG MIME Sniffing, 7.1), and those of fragments.
_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|iframe|h[1-6]|div|font|table|a|style|title|b|br|p"
    rb"|meta|link|center|span|form|img|ul)[\s/>]",
    re.IGNORECASE,
)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


class Sort(NamedTuple):
    """The media type of bytes, and whether they are as whole as their first ones promise."""

    type: str
    whole: bool = True


def sort_of(file: BinaryIO, name: str = "", media_type: str = "") -> Sort:
    """The sort of an open file by its bytes.

    What the name or a server says decides only what bytes cannot: which text is HTML.
    """
    file.seek(0)
    head = file.read(BEGINNING)
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return Sort(found)
    if head.startswith(b"RIFF") and head[8:12] in _IN_RIFF:
        return Sort(_IN_RIFF[head[8:12]])
    if head[4:8] == b"ftyp":
        still = head[8:12] in {b"heic", b"heix", b"mif1", b"avif"}
        return Sort("image/heic" if still else "video/mp4")
    if head.startswith(ole.BEGINNING):
        names = ole.stream_names(file)
        return Sort(next((kind for stream, kind in _OLD if stream in names), OLD_OFFICE))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(file)
    return Sort(_written(head, name, media_type))


def contradicts(name: str, sort: Sort) -> bool:
    """Whether the end of the name promises what these bytes are not; most ends promise nothing."""
    end = ending(name)
    # What is left of a broken archive does not say which document it was.
    if end in _ZIPPED and sort == Sort(ZIP, whole=False):
        return False
    return end in _OPENS and sort.type not in _OPENS[end]


def ending(name: str) -> str:
    """What follows the last dot of a file's name or of an address's path, in lower case."""
    last = re.split(r"[/\\]", name)[-1]
    return last.rpartition(".")[2].strip().lower() if "." in last else ""


def bom_of(head: bytes) -> str:
    """The encoding that a byte order mark tells, or nothing."""
    return next((encoding for mark, encoding in _BOMS if head.startswith(mark)), "")


def _written(head: bytes, name: str, media_type: str) -> str:
    bom = bom_of(head)
    if bom.startswith("utf-16"):
        head = head.decode(bom, "ignore").encode()
    start = head.removeprefix(b"\xef\xbb\xbf")
    spaces = _SPACE.match(start)
    after = start[spaces.end() :] if spaces else start
    if _TAG.match(after):
        return HTML
    # Some PDFs begin with a line of a mail or of a server; readers look this far.
    if b"%PDF-" in head[:1024]:
        return PDF
    if _NO_TEXT.search(start):
        return UNKNOWN
    said = media_type.partition(";")[0].strip().lower()
    if said in {HTML, "application/xhtml+xml"} or ending(name) in {"html", "htm"}:
        return HTML
    if after[:4].lower() == b"<svg":
        return "image/svg+xml"
    return XML if start.lstrip().startswith(b"<?xml") else TEXT


def _zipped(file: BinaryIO) -> Sort:
    # A twentieth of a second that pages and PDFs need not wait for.
    import zipfile

    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                for folder, kind in _NEW:
                    if any(name.startswith(folder) for name in names):
                        return Sort(kind)
            if names[:1] == ["mimetype"] and archive.getinfo("mimetype").file_size < 100:
                with archive.open("mimetype") as member:
                    kind = member.read(100).decode("ascii")
                if re.fullmatch(r"application/[\w.+-]+", kind):
                    return Sort(kind)
    except MemoryError:
        raise
    except Exception:  # the directory may be broken in any way
        return Sort(ZIP, whole=False)
    return Sort(ZIP)

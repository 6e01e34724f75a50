"""The evidence that a command is given, whatever sort of file it stands in: a text, or a form."""

from __future__ import annotations

import hashlib
import os
import sys

from ita_check.cli.extras import need_extra
from ita_check.errors import CannotJudge
from ita_check.loading.encoding import is_office, is_small
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.loading.named import STANDARD_INPUT, read_file, read_stream
from ita_check.model.catalogue import Catalogue
from ita_check.model.evidence import Evidence

# Of a workbook with pictures in it; of a text far less is read (loading/encoding.py).
MOST_BYTES = 16 * 1024 * 1024


def load_declared(name: str, catalogue: Catalogue) -> Evidence:
    """The evidence file called `name`, or standard input where that is `-`."""
    return declared_in(name, bytes_of_declared(name), catalogue)


def bytes_of_declared(name: str) -> bytes:
    """What stands in an evidence file, whatever sort it is of."""
    if name == STANDARD_INPUT:
        return read_stream(sys.stdin, MOST_BYTES)
    return read_file(name, name, MOST_BYTES)


def declared_in(name: str, data: bytes, catalogue: Catalogue) -> Evidence:
    """The evidence that the bytes of a file declare; raises `CannotJudge` with all problems.

    A `file` of standard input is relative to the current folder.
    """
    beside = os.curdir if name == STANDARD_INPUT else os.path.dirname(name)
    files = FolderFiles(beside)
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        if not is_office(data):
            return read_evidence(name, data, catalogue, files, sha256)
        need_extra("office")
        from ita_check.loading.form import evidence_of_lines
        from ita_check.office.form.read import read_form  # installed with the extra only

        form = read_form(name, data, catalogue)
        return evidence_of_lines(name, form.lines, form.problems, catalogue, files, sha256)
    except CannotJudge as error:
        # Of a file that is too large only the beginning was read, which has no digest to tell.
        raise CannotJudge(error.problems, sha256 if is_small(data) else None) from None

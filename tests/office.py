"""LibreOffice, which reads and writes documents in the tests as other people's programs do."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from support import soffice


def converted(file: Path, form: str, folder: Path, *options: str) -> Path:
    """A document saved anew in a form (`xlsx`, `pdf`, `docx:MS Word 2007 XML`) into a folder.

    Where it is not installed the test is skipped with a word, and fails on CI.
    """
    program = soffice()
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    reads = ["--infilter=HTML (StarWriter)"] if file.suffix == ".html" else []
    words = [program, profile, "--headless", *reads, *options, "--convert-to", form]
    done = subprocess.run(
        [*words, "--outdir", str(folder), str(file)], capture_output=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    made = folder / f"{file.stem}.{form.partition(':')[0]}"
    if not made.exists() and os.environ.get("CI") != "true":
        pytest.skip("this LibreOffice cannot save so: Calc or Writer is not installed")
    assert made.exists(), done.stderr.decode()
    return made

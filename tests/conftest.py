"""The environment of every test: Thai, no color, and compiled modules as users have them."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings
from support import Call, Said

from ita_check.cli import main

# How long one example takes says more of the machine than of the program.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No language, color or width of whoever runs the tests."""
    names = (
        "ITA_CHECK_LANG",
        "LC_ALL",
        "LC_MESSAGES",
        "LANG",
        "NO_COLOR",
        "FORCE_COLOR",
        "COLUMNS",
        "GITHUB_STEP_SUMMARY",
    )
    for name in (*names, "PYTHONDONTWRITEBYTECODE", "PYTHONIOENCODING", "PYTHONUTF8"):
        if name in os.environ:
            monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    """The command in this process."""

    def command(*words: object) -> Said:
        capsys.readouterr()
        code = main([str(word) for word in words])
        return Said(code, *capsys.readouterr())

    return command


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--regenerate` writes the golden files instead of comparing them."""
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew")

#!/bin/sh
# Everything that has to hold, in one command: the one door for contributors and for CI.
# It makes its own virtual environment where there is none.
set -eu
cd "$(dirname "$0")/.."
unset PYTHONDONTWRITEBYTECODE # start-up and the tests' subprocesses use compiled modules, as users do
[ -d .venv ] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet '.[dev]'
.venv/bin/ruff check
.venv/bin/ruff format --check --quiet
.venv/bin/mypy
.venv/bin/lint-imports --no-cache
.venv/bin/python -m pytest -n auto

"""The validated catalogue, kept beside the program's own compiled modules.

A catalogue that was validated once is kept in `__pycache__`, for this interpreter, wherever that
can be written (PYTHONDONTWRITEBYTECODE speaks of modules; a catalogue is data). Its key is the
digest of every rule file and of the code that made it, both read anew at every start, so that a
stale one is never used; a digest of its own shows that it is whole. Whoever can write there can
change the program itself, so unpickling adds no risk.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from importlib.util import cache_from_source
from pathlib import Path

import ita_check
from ita_check.model.catalogue import Catalogue

_PACKAGE = Path(ita_check.__file__).parent
# The modules that decide what a compiled catalogue holds.
_MAKERS = (
    *(
        f"loading/{name}.py"
        for name in (
            "catalogue",
            "encoding",
            "rule_document",
            "rule_fields",
            "rule_files",
            "rules",
            "source",
            "suggest",
            "reading",
        )
    ),
    "characters.py",
    "model/catalogue.py",
    "model/checks.py",
    "model/evidence.py",
    "texts/__init__.py",
)


def key_for(rules_digest: str) -> str | None:
    """The key of a compiled catalogue, None where the program's own source is not there to read."""
    key = hashlib.sha256(rules_digest.encode())
    try:
        for name in _MAKERS:
            with open(f"{_PACKAGE}/{name}", "rb") as file:
                key.update(file.read())
    except OSError:
        return None
    return key.hexdigest()


def load(key: str) -> Catalogue | None:
    """The catalogue that was kept under this key, None if there is none."""
    try:
        with open(_file(), "rb") as file:
            data = file.read()
        body = data[2 * len(key) :]
        if data[: 2 * len(key)] != _head(key, body):
            return None
        catalogue = pickle.loads(body)  # noqa: S301 - see the module's docstring
    except Exception:
        # A damaged file may raise anything; the rule files are there to be read instead.
        return None
    return catalogue if isinstance(catalogue, Catalogue) else None


def keep(key: str, catalogue: Catalogue) -> None:
    """Keep a catalogue for the next start; where that is not possible, the next start is slower."""
    from ita_check.atomic import write_whole  # only the first start after a change pays for it

    file = _file()
    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)
        body = pickle.dumps(catalogue, protocol=5)
        write_whole(file, _head(key, body) + body)
    except OSError:
        return


def _head(key: str, body: bytes) -> bytes:
    """What stands before a compiled catalogue: its key, and the digest that shows it is whole."""
    return (key + hashlib.sha256(body).hexdigest()).encode()


def _file() -> str:
    return cache_from_source(f"{_PACKAGE}/catalogue.py").removesuffix(".pyc") + ".pickle"

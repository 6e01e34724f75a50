"""JSON Schemas (2020-12) for editors and CI: what an evidence file, a rule and a report may hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from importlib import import_module
from typing import TextIO, cast

from ita_check.model.catalogue import Catalogue
from ita_check.reporting.inert import escaped_json
from ita_check.reporting.schema.parts import Schema

# Each is a module of this room with `schema(catalogue)`; none pays for another.
SCHEMAS = ("evidence", "rule", "report")
_BEYOND_16_BITS = re.compile("[\U00010000-\U0010ffff]")


def write(name: str, catalogue: Catalogue, stream: TextIO) -> None:
    """One of the schemas as JSON for people to read; both languages are in it."""
    module = import_module(f"{__name__}.{name}")
    content = cast("Callable[[Catalogue], Schema]", module.schema)(catalogue)
    text = escaped_json(json.dumps(content, ensure_ascii=False, indent=1))
    # Patterns name invisible characters, which nobody could see as themselves.
    stream.write(_BEYOND_16_BITS.sub(lambda one: json.dumps(one.group())[1:-1], text) + "\n")

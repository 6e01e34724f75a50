"""The format `ita-check/snapshot/1`: what an evidence file pointed at on a day, for a later one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, TextIO

from ita_check import __version__
from ita_check.model.evidence import Evidence
from ita_check.model.looked import File, Looked
from ita_check.model.snapshot import Frozen, frozen_file, frozen_page
from ita_check.reporting.inert import escaped_json

FORMAT = "ita-check/snapshot/1"


def write(evidence: Evidence, looked: Looked, taken_at: datetime, stream: TextIO) -> None:
    """One object with every address and every file, in the order of the evidence file."""
    content = {
        "format": FORMAT,
        "tool": {"name": "ita-check", "version": __version__},
        "taken_at": taken_at.isoformat(timespec="seconds"),
        "evidence": {"path": evidence.name, "sha256": evidence.sha256},
        "agency": {"name": evidence.agency.name},
        "fiscal_year": evidence.fiscal_year,
        "addresses": [
            {
                "url": address,
                "paths": list(paths),
                "verdict": looked.pages[address].verdict,
                "status": looked.pages[address].status,
                "ended": looked.pages[address].ended,
                **_frozen(frozen_page(looked.pages[address])),
            }
            for address, paths in looked.declared.items()
        ],
        "files": [
            {"file": file.name, "path": file.path, **_frozen(frozen_file(file))}
            for file in (*looked.files.values(), *_missing(evidence, looked))
        ],
    }
    stream.write(escaped_json(json.dumps(content, ensure_ascii=False, indent=1)) + "\n")


def _missing(evidence: Evidence, looked: Looked) -> Iterator[File]:
    """The files that were not there: what comes later cannot be said to have been."""
    for items in evidence.items.values():
        for located in (located for item in items for located in item.files):
            if located.path not in looked.files:
                yield File(located.text, located.path, None, None, None)


def _frozen(frozen: Frozen) -> dict[str, Any]:
    return {
        "sha256": frozen.sha256,
        "length": frozen.length,
        "type": frozen.type,
        "title": frozen.title,
        "text_sha256": frozen.text_sha256,
        "at": frozen.at.isoformat(timespec="seconds") if frozen.at else None,
    }

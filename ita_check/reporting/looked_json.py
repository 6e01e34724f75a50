"""What was looked at, as the part `looked` of the format `ita-check/report/1`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ita_check.model.evidence import Located
from ita_check.model.looked import Content, File, Looked
from ita_check.model.verdicts import INCONCLUSIVE
from ita_check.reporting.lookings import Opened, opened
from ita_check.texts import Language, said


def looked_entry(looked: Looked, language: Language) -> dict[str, Any]:
    """The addresses and files of the evidence file, each once, and what else was done."""
    crawl, last, since = looked.crawl, looked.last_year, looked.since
    return {
        "interrupted": looked.interrupted,
        "strict": looked.strict,
        "addresses": [_address(one, language) for one in opened(looked)],
        "files": [_file(file) for file in looked.files.values()],
        "home": {
            "url": crawl.home,
            "opened": crawl.opened,
            "pages": crawl.pages,
            "whole": crawl.whole,
        }
        if crawl
        else None,
        "last_year": {
            "path": last.evidence.name,
            "sha256": last.evidence.sha256,
            "fiscal_year": last.evidence.fiscal_year,
        }
        if last
        else None,
        "since": {
            "snapshot": since.snapshot,
            "taken_at": since.taken_at.isoformat(),
            "same": since.same,
            "changes": [
                {"change": change, **_located(located)} for located, change in since.changes
            ],
            "unknown": [_located(located) for located in since.unknown],
        }
        if since
        else None,
    }


def _address(one: Opened, language: Language) -> dict[str, Any]:
    page = one.page
    return {
        "url": page.asked,
        "paths": list(one.paths),
        "verdict": page.verdict,
        "conclusive": page.verdict not in INCONCLUSIVE,
        "message": one.answer.say(language),
        "status": page.status,
        "ended": page.ended,
        "at": _moment(page.at),
        "seconds": round(page.seconds, 3),
        "detail": said(page.detail, "en"),
        "sha256": page.sha256,
        "length": page.length,
        "content": _content(page.content),
    }


def _file(file: File) -> dict[str, Any]:
    return {
        "file": file.name,
        "path": file.path,
        "sha256": file.sha256,
        "length": file.length,
        "content": _content(file.content),
    }


def _content(content: Content | None) -> dict[str, Any] | None:
    if content is None:
        return None
    return {
        "type": content.type,
        "state": content.state,
        "title": content.title,
        "complete": content.complete,
        "years": [
            {
                "year": one.year,
                "fiscal": one.fiscal,
                "unit": one.spot.unit,
                "number": one.spot.number,
                "name": one.spot.name,
            }
            for one in content.years
        ],
    }


def _located(located: Located) -> dict[str, str]:
    return {"text": located.text, "path": located.path}


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None

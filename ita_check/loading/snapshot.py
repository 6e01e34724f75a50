"""A snapshot (`ita-check/snapshot/1`) read back from a file, every error of it told at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import get_args

from ita_check.loading.json_fields import Fields, Object, at
from ita_check.loading.json_text import read_json
from ita_check.loading.reading import shortened
from ita_check.loading.source import decode
from ita_check.model.address import address_of
from ita_check.model.snapshot import Frozen, Snapshot
from ita_check.model.verdicts import Verdict
from ita_check.texts import phrase

FORMAT = "ita-check/snapshot/1"
MAX_SNAPSHOT_BYTES = 16 * 1024 * 1024
_SHA256 = re.compile(r"[0-9a-f]{64}")
_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


def read_snapshot(name: str, data: bytes) -> Snapshot:
    """The snapshot that the bytes of a file hold."""
    source = decode(name, data, MAX_SNAPSHOT_BYTES)
    fields = Fields(source)
    content = read_json(source)
    if not isinstance(content, dict) or not isinstance(content.get("format"), str):
        fields.fail(phrase("freezing.not_a_snapshot"), "")
    if content["format"] != FORMAT:
        found = shortened(str(content["format"]))
        fields.fail(phrase("freezing.other_format", format=found, known=FORMAT), "format")
    evidence, agency = fields.object(content, "evidence", ""), fields.object(content, "agency", "")
    snapshot = Snapshot(
        name,
        fields.text(agency, "name", "agency"),
        fields.year(content, "fiscal_year", ""),
        fields.matching(evidence, "sha256", "evidence", _SHA256),
        _moment(fields, content, "taken_at", ""),
        dict(_pages(fields, content)),
        dict(_files(fields, content)),
    )
    fields.fail_if_any()
    return snapshot


def _pages(fields: Fields, content: Object) -> Iterator[tuple[str, Frozen]]:
    for entry, path in fields.each(content, "addresses", ""):
        url = fields.text(entry, "url", path)
        # What stands here is asked for, so it has to be an address as the program writes one.
        if url and address_of(url) != url:
            fields.does_not_fit(url, at(path, "url"))
        verdict = fields.choice(entry, "verdict", path, _VERDICTS)
        status = entry.get("status")
        if not isinstance(status, int | None) or isinstance(status, bool):
            fields.does_not_fit(status, at(path, "status"))
            status = None
        ended = fields.text(entry, "ended", path)
        yield url, _frozen(fields, entry, path, verdict, ended, status)


def _files(fields: Fields, content: Object) -> Iterator[tuple[str, Frozen]]:
    for entry, path in fields.each(content, "files", ""):
        name = fields.text(entry, "file", path)
        verdict: Verdict = "ok" if entry.get("sha256") is not None else "dead"
        yield name, _frozen(fields, entry, path, verdict, name, None)


def _frozen(
    fields: Fields, entry: Object, path: str, verdict: Verdict, ended: str, status: int | None
) -> Frozen:
    digest = entry.get("sha256")
    sha256 = None if digest is None else fields.matching(entry, "sha256", path, _SHA256)
    length = entry.get("length")
    if not isinstance(length, int | None) or isinstance(length, bool):
        fields.does_not_fit(length, at(path, "length"))
        length = None
    kind = entry.get("type")
    moment = None if entry.get("at") is None else _moment(fields, entry, "at", path)
    return Frozen(
        verdict,
        ended,
        status,
        sha256,
        length,
        kind if isinstance(kind, str) else None,
        fields.need(entry, "title", path, ""),
        fields.need(entry, "text_sha256", path, ""),
        moment,
    )


def _moment(fields: Fields, holder: Object, key: str, path: str) -> datetime:
    word = fields.text(holder, key, path)
    try:
        moment = datetime.fromisoformat(word)
    except ValueError:
        moment = None
    if moment is not None and moment.tzinfo is not None:
        return moment
    if word:
        fields.does_not_fit(word, at(path, key))
    return datetime.min.replace(tzinfo=UTC)

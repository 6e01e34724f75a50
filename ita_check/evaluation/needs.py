"""What a gap lacks, and which pieces of work would each do for it.

A piece is named by the path of what is worked on: `evidence.hr_plan`, `agency.website`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ita_check.model.catalogue import Requirement
from ita_check.model.checks import OnOfficialHost, SeparateFrom, Test
from ita_check.model.evidence import Evidence
from ita_check.model.finding import Finding
from ita_check.model.report import Judged

WEBSITE = "agency.website"
_EVIDENCE = re.compile(r"evidence\.[^.\[]+")
# Findings of which the wording, not the code, says what would mend them.
_OTHER = "findings.not_declared.other"
_SEPARATE = "findings.field_missing.separate"
_NO_YEAR = "findings.not_published.no_year"
_NO_HOSTS = "findings.not_official_host.no_hosts"


class Need(NamedTuple):
    """One thing that a gap lacks: a finding, or None for what is asked only after another is mended.

    Each piece of `by` alone would do. Each of `also` would too, but is no piece for this reason.
    """

    finding: Finding | None
    by: tuple[str, ...]
    also: tuple[str, ...] = ()

    def among(self, pieces: Collection[str]) -> Need:
        """The need with every piece of some that would do."""
        also = (id_ for id_ in self.also if id_ in pieces)
        return Need(self.finding, tuple(dict.fromkeys((*self.by, *also))))


def needs_of(judged: Judged, evidence: Evidence) -> Iterator[Need]:
    """What a gap lacks besides its action row."""
    rule = judged.requirement
    errors = [one for one in judged.findings if one.level == "error" and not is_of_row(one)]
    for finding in errors:
        yield _need(finding, rule, evidence)
    for kind in _kept_apart(rule):
        if kind not in evidence.items:
            yield Need(None, (piece_of(kind),))
    # A home page may link to what it takes, but whether it does is not known beforehand.
    to_publish = any(finding.code in ("not_declared", "not_published") for finding in errors)
    if to_publish and not evidence.agency.hosts and asks_for(rule, OnOfficialHost):
        yield Need(None, (WEBSITE,))


def _need(finding: Finding, rule: Requirement, evidence: Evidence) -> Need:
    wording = finding.message.key
    every = tuple(map(piece_of, rule.kinds))
    own = (about(finding),)
    if wording == _NO_HOSTS:
        return Need(finding, (WEBSITE,))
    if finding.code == "not_declared" and wording != _OTHER:
        return Need(finding, every)
    if wording == _NO_YEAR:
        return Need(finding, own, every)
    if is_of_two(finding):
        return Need(finding, own, (*every, *map(piece_of, _kept_apart(rule))))
    if rule.publication:
        return Need(finding, own)
    # One item of any kind is enough, so what is mended may be a kind that is not there yet.
    return Need(finding, own, tuple(piece_of(k) for k in rule.kinds if k not in evidence.items))


def piece_of(kind: str) -> str:
    """The piece that a kind of evidence is."""
    return f"evidence.{kind}"


def about(finding: Finding) -> str:
    """The piece that a finding speaks of."""
    found = _EVIDENCE.match(finding.path)
    assert found is not None, finding.path
    return found.group()


def is_of_row(finding: Finding) -> bool:
    """Whether it is about the action row, not the evidence."""
    return finding.path.startswith("actions.")


def is_of_two(finding: Finding) -> bool:
    """Whether it is about two kinds that have to be apart, so that either may be mended."""
    return finding.code == "not_separate" or finding.message.key == _SEPARATE


def is_of_publishing(finding: Finding) -> bool:
    """Whether publishing alone mends it."""
    published = finding.code in ("not_published", "not_official_host")
    return published and finding.message.key != _NO_YEAR


def asks_for(rule: Requirement, *tests: type[Test]) -> bool:
    """Whether a requirement demands one of some kinds of check, not only advises it."""
    return any(check.level == "error" and isinstance(check.test, tests) for check in rule.checks)


def _kept_apart(rule: Requirement) -> Iterator[str]:
    """The kinds that the evidence of a requirement has to be apart from."""
    for check in rule.checks:
        if check.level == "error" and isinstance(check.test, SeparateFrom):
            yield check.test.kind

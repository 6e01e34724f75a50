"""What came out: every requirement with its status and findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from ita_check.errors import Problem
from ita_check.model.catalogue import Requirement
from ita_check.model.evidence import Agency, DeclaredException, Located, Units
from ita_check.model.finding import Finding
from ita_check.model.proof import NOTHING, PROOF_LEVELS, Proof, ProofLevel
from ita_check.texts import Text

if TYPE_CHECKING:  # loaded only where somebody looks
    from ita_check.model.looked import Click, Looked

Status = Literal["met", "incomplete", "missing", "not_due", "not_applicable", "waived"]
GAPS: frozenset[Status] = frozenset({"incomplete", "missing"})
UNJUDGED: frozenset[Status] = frozenset({"not_due", "not_applicable", "waived"})
STATUSES: tuple[Status, ...] = (
    "met",
    "incomplete",
    "missing",
    "not_due",
    "not_applicable",
    "waived",
)


class Way(NamedTuple):
    """An address that the home page leads to, and the clicks; none where it is the home page."""

    target: Located
    clicks: tuple[Click, ...]


class Judged(NamedTuple):
    """One requirement as judged.

    `exception` is the one that decided the status; `opens` is the day (Gregorian) on which a
    requirement that is not due opens. `proof` says how far what is declared was looked at, and
    `ways` how its addresses are reached from the home page, where that was looked for.
    """

    requirement: Requirement
    status: Status
    findings: tuple[Finding, ...]
    responsible: Units | None
    exception: DeclaredException | None = None
    opens: date | None = None
    proof: Proof = NOTHING
    ways: tuple[Way, ...] = ()

    @property
    def is_gap(self) -> bool:
        """Whether it is missing or incomplete."""
        return self.status in GAPS


class Summary(NamedTuple):
    """How many requirements have each status and each level of proof, and how many findings count."""

    statuses: Counter[Status]
    errors: int
    warnings: int
    proofs: Counter[ProofLevel]

    @property
    def requirements(self) -> int:
        """All requirements counted."""
        return self.statuses.total()

    @property
    def applicable(self) -> int:
        """Those that were judged: neither excepted nor not due."""
        return self.requirements - sum(self.statuses[status] for status in UNJUDGED)

    @property
    def statuses_by_name(self) -> dict[str, int]:
        """How many have each status, all six of them."""
        return {status: self.statuses[status] for status in STATUSES}

    @property
    def proofs_by_name(self) -> dict[str, int]:
        """How many have each level of proof, all four of them."""
        return {level: self.proofs[level] for level in PROOF_LEVELS}

    @property
    def gaps(self) -> int:
        """Those that are missing or incomplete."""
        return sum(self.statuses[status] for status in GAPS)


def summarise(judged: Iterable[Judged], findings: Iterable[Finding] = ()) -> Summary:
    """The figures of some requirements and, where given, of the file's own findings."""
    levels: Counter[str] = Counter(finding.level for finding in findings)
    statuses: Counter[Status] = Counter()
    proofs: Counter[ProofLevel] = Counter()
    for one in judged:
        statuses[one.status] += 1
        proofs[one.proof.level] += 1
        if one.status not in UNJUDGED:
            levels.update(finding.level for finding in one.findings)
    return Summary(statuses, levels["error"], levels["warning"], proofs)


class JudgedIssue(NamedTuple):
    """An issue with its requirements in catalogue order."""

    number: int
    title: Text
    requirements: tuple[Judged, ...]

    @property
    def summary(self) -> Summary:
        """The figures of the issue."""
        return summarise(self.requirements)


class Report(NamedTuple):
    """All that one evidence file came to.

    `fiscal_year` is Buddhist; `as_of` and `deadline` are Gregorian days. `findings` are those of
    the file itself. `catalogue_requirements` counts the whole catalogue, selected or not.
    `documents` are the papers that rules name as their source, by the word they use. `looked` is
    what was looked at, None where only the file itself was judged.
    """

    evidence_name: str
    evidence_sha256: str
    catalogue_id: str
    catalogue_title: Text
    catalogue_sha256: str
    catalogue_requirements: int
    agency: Agency
    fiscal_year: int
    as_of: date
    deadline: date | None
    findings: tuple[Finding, ...]
    issues: tuple[JudgedIssue, ...]
    documents: Mapping[str, Text] = MappingProxyType({})
    looked: Looked | None = None

    @property
    def requirements(self) -> tuple[Judged, ...]:
        """All requirements selected, in catalogue order."""
        return tuple(judged for issue in self.issues for judged in issue.requirements)

    @property
    def summary(self) -> Summary:
        """The figures of everything selected."""
        return summarise(self.requirements, self.findings)


class Unjudged(NamedTuple):
    """An evidence file that could not be judged, and every reason.

    `evidence_sha256` is None where the file could not even be read.
    """

    evidence_name: str
    evidence_sha256: str | None
    problems: tuple[Problem, ...]


Outcome = Report | Unjudged
FailOn = Literal["error", "warning", "never"]

EXIT_CLEAN = 0
EXIT_GAPS = 1
EXIT_CANNOT_JUDGE = 2
EXIT_NOTHING_JUDGED = 3


def exit_code(outcome: Outcome, fail_on: FailOn) -> int:
    """What the exit code says of one file (contract.md, section 4)."""
    if isinstance(outcome, Unjudged):
        return EXIT_CANNOT_JUDGE
    summary = outcome.summary
    if not summary.applicable:
        return EXIT_NOTHING_JUDGED
    if fail_on == "never":
        return EXIT_CLEAN
    failed = summary.gaps or (fail_on == "warning" and summary.warnings)
    return EXIT_GAPS if failed else EXIT_CLEAN


def exit_code_of_all(codes: Iterable[int]) -> int:
    """The code of several files: what could not be judged before gaps before nothing judged."""
    found = set(codes)
    for code in (EXIT_CANNOT_JUDGE, EXIT_GAPS, EXIT_NOTHING_JUDGED):
        if code in found:
            return code
    return EXIT_CLEAN

"""The format `markdown`: for an e-mail, a pull request or the page of a run on a code host."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from ita_check.errors import Problem
from ita_check.model.finding import Finding
from ita_check.model.report import UNJUDGED, Judged, Outcome, Report, Summary, Unjudged
from ita_check.reporting.gfm import code, gfm
from ita_check.reporting.lookings import by_weight, figures, heading_of, ways_of
from ita_check.reporting.places import place_of
from ita_check.reporting.view import View
from ita_check.reporting.words import (
    by_proof,
    codes_of,
    doubts_of,
    gaps_by_unit,
    head,
    legend,
    mended_alike,
    proof_of,
    reasons,
    units_of,
    verdict_sentence,
)
from ita_check.texts import phrase

# Who has more to mend than this mends these first, and a code host takes no page without end.
_PROBLEMS_SHOWN = 100


def write(outcomes: Sequence[Outcome], stream: TextIO, view: View) -> None:
    """One report after the other, and what is wrong with a file that could not be judged."""
    pages = [
        "\n".join(
            _unjudged(outcome, view)
            if isinstance(outcome, Unjudged)
            else _Markdown(outcome, view).lines()
        )
        for outcome in outcomes
    ]
    stream.write("\n\n---\n\n".join(pages) + "\n")


def _unjudged(outcome: Unjudged, view: View) -> Iterator[str]:
    """A file that could not be judged: how much is wrong, and each reason with its place."""
    language, problems = view.language, outcome.problems
    yield f"## {gfm(phrase('tables.unjudged_title'), language)}"
    yield ""
    yield f"- **{gfm(phrase('report.file'), language)}:** {code(outcome.evidence_name)}"
    yield ""
    yield f"**{gfm(phrase('report.problems_count', count=len(problems)), language)}**"
    if view.quiet:
        return
    yield ""
    for problem in problems[:_PROBLEMS_SHOWN]:
        yield f"- {gfm(problem.message, language)} · {code(_place_of_problem(problem))}"
    if len(problems) > _PROBLEMS_SHOWN:
        more = phrase("report.problems_more", count=len(problems) - _PROBLEMS_SHOWN)
        yield f"- {gfm(more, language)}"


def _place_of_problem(problem: Problem) -> str:
    return place_of(problem.file, problem)


class _Markdown:
    """One report, part by part; each part ends without an empty line."""

    def __init__(self, report: Report, view: View) -> None:
        self.report, self.view = report, view

    def lines(self) -> Iterator[str]:
        """The whole report, an empty line between its parts."""
        parts = [self._head(), [f"**{self._verdict()}**"], self._issues(), self._looked()]
        parts.append(self._units())
        if not self.view.quiet:
            parts += [*self._gaps(), self._met(), self._others(), self._file(), *self._legend()]
        for number, part in enumerate(filter(None, map(list, parts))):
            if number:
                yield ""
            yield from part

    def _head(self) -> Iterator[str]:
        yield f"## {self._say('title')}"
        yield ""
        for name, value in head(self.report):
            shown = code(self.report.evidence_name) if name == "file" else self._gfm(value)
            yield f"- **{self._say(name)}:** {shown}"

    def _verdict(self) -> str:
        return self._gfm(verdict_sentence(self.report, self.view.fail_on))

    def _issues(self) -> Iterator[str]:
        summary = self.report.summary
        yield f"### {self._say('summary')}"
        yield ""
        names = ("column.issue", "column.title", "column.met", "status.incomplete")
        yield self._row(self._say(name) for name in (*names, "column.missing", "column.other"))
        yield self._row(("---:", "---", "---:", "---:", "---:", "---:"))
        for issue in self.report.issues:
            yield self._figures(str(issue.number), self._gfm(issue.title), issue.summary)
        yield self._figures(self._say("total"), "", summary)
        yield ""
        yield self._say("figures", errors=summary.errors, warnings=summary.warnings)
        if summary.requirements != summary.applicable:
            yield ""
            yield self._say("not_counted", **summary.statuses_by_name)
        yield ""
        yield self._say("proofs", **summary.proofs_by_name)

    def _looked(self) -> Iterator[str]:
        """What was looked at: the figures, and each address that did not simply open."""
        looked = self.report.looked
        if looked is None:
            return
        yield f"### {self._gfm(phrase('looked.title'))}"
        for figure in figures(looked):
            yield ""
            yield self._gfm(figure)
        if self.view.quiet:
            return
        for weight, addresses in by_weight(looked):
            shown = [one for one in addresses if self.view.verbose or one.page.verdict != "ok"]
            if shown:
                yield ""
                yield f"**{self._gfm(heading_of(weight, looked))}**"
                yield ""
            for one in shown:
                yield f"- {code(one.page.asked)}: {self._gfm(one.answer)}"
                yield f"  - {', '.join(map(code, one.paths))}"

    def _figures(self, name: str, title: str, summary: Summary) -> str:
        statuses, judged = summary.statuses, summary.applicable
        figures = (
            f"{statuses['met']}/{judged}",
            statuses["incomplete"],
            statuses["missing"],
            summary.requirements - judged,
        )
        return self._row((name, title, *map(str, figures)))

    def _units(self) -> Iterator[str]:
        owed = gaps_by_unit(self.report)
        if not owed:
            return
        yield f"### {self._say('by_unit')}"
        yield ""
        yield self._row((self._say("column.gaps"), self._say("column.unit")))
        yield self._row(("---:", "---"))
        for unit, gaps in owed:
            yield self._row((str(len(gaps)), self._gfm(unit or phrase("report.no_unit"))))

    def _gaps(self) -> Iterator[Iterable[str]]:
        """The gaps by issue, or those of each unit as the list that it is sent."""
        if not self.report.summary.gaps:
            return
        by = self.view.group_by
        yield [f"### {self._gfm(phrase(f'tables.gaps_by.{by}'))}"]
        if by == "unit":
            for unit, owed in gaps_by_unit(self.report):
                named = unit or phrase("report.no_unit")
                yield [f"#### {self._say('unit_head', unit=named, count=len(owed))}"]
                yield from map(self._block, owed)
            return
        for issue in self.report.issues:
            gaps = [judged for judged in issue.requirements if judged.is_gap]
            if gaps:
                number = self._say("issue", number=issue.number)
                yield [f"#### {number}: {self._gfm(issue.title)}"]
                yield from map(self._block, gaps)

    def _block(self, judged: Judged) -> Iterator[str]:
        """A requirement with everything that is known of it."""
        yield self._title(judged)
        yield ""
        yield f"- {self._facts(judged)}"
        if judged.status == "met":
            yield f"- {self._say('kinds', kinds=judged.requirement.kinds)}"
        yield from self._proof(judged)
        yield from self._findings(judged.findings)

    def _title(self, judged: Judged) -> str:
        word = self._say(f"status.{judged.status}")
        rule = judged.requirement
        return f"**{word}: {rule.id} {self._gfm(rule.title)}**"

    def _facts(self, judged: Judged) -> str:
        facts = self._say("responsible", units=units_of(judged))
        if judged.requirement.oit:
            facts += " · " + self._say("oit", codes=codes_of(judged.requirement))
        return f"{facts} · {self._gfm(proof_of(judged))}"

    def _proof(self, judged: Judged, about: str = "") -> Iterator[str]:
        """What was looked at and proved nothing, and the way from the home page."""
        if self.report.looked is not None:
            yield from (f"- {about}{self._gfm(way)}" for way in ways_of(judged))
            for one in doubts_of(judged):
                yield f"- {about}{self._say('not_proved')} {self._gfm(one)}"

    def _findings(self, findings: Sequence[Finding]) -> Iterator[str]:
        """Findings in turn, and below them how to mend them."""
        for group in mended_alike(findings, self.view.language):
            yield from map(self._finding, group)
            yield f"  - {self._say('fix')} {self._gfm(group[0].fix)}"

    def _finding(self, finding: Finding, about: str = "") -> str:
        place = place_of(self.report.evidence_name, finding)
        word = self._say(f"level.{finding.level}")
        return f"- **{word}:** {about}{self._gfm(finding.message)} · {code(place)}"

    def _met(self) -> Iterator[str]:
        met = [judged for judged in self.report.requirements if judged.status == "met"]
        if not met:
            return
        yield f"### {self._gfm(phrase('tables.met'))}"
        yield ""
        if self.view.verbose:
            for number, judged in enumerate(met):
                if number:
                    yield ""
                yield from self._block(judged)
            return
        for level, proved in by_proof(met):
            word = phrase(f"report.proof.{level}")
            ids = ", ".join(judged.requirement.id for judged in proved)
            yield f"- {self._say('met_line', count=len(proved), proof=word)} {ids}"
        for judged in met:
            about = f"{judged.requirement.id}: "
            for finding in judged.findings:
                yield self._finding(finding, about=about)
            yield from self._proof(judged, about)

    def _others(self) -> Iterator[str]:
        """What was not judged, with the reason."""
        others = [judged for judged in self.report.requirements if judged.status in UNJUDGED]
        if not others:
            return
        yield f"### {self._gfm(phrase('tables.unjudged'))}"
        for judged in others:
            yield ""
            yield self._title(judged)
            yield ""
            yield f"- {' · '.join(map(self._gfm, reasons(judged, self.report.as_of)))}"
            yield f"- {self._facts(judged)}"
            if self.view.verbose:
                yield from self._findings(judged.findings)
            else:
                yield from (f"- {self._gfm(finding.message)}" for finding in judged.findings)

    def _file(self) -> Iterator[str]:
        if self.report.findings:
            yield f"### {self._say('file_findings')}"
            yield ""
            yield from self._findings(self.report.findings)

    def _legend(self) -> Iterator[Iterable[str]]:
        yield ["---"]
        yield from ([self._gfm(note)] for note in legend(self.report))

    def _row(self, cells: Iterable[str]) -> str:
        return f"| {' | '.join(cells)} |"

    def _say(self, key: str, **gaps: object) -> str:
        return self._gfm(phrase(f"report.{key}", **gaps))

    def _gfm(self, value: object) -> str:
        return gfm(value, self.view.language)

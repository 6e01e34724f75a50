"""The comparison as Markdown: a comment on a pull request, or an e-mail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TextIO

from ita_check.model.comparison import (
    ComparedFindings,
    ComparedRequirement,
    Comparison,
    Figures,
    Recorded,
    RecordedFinding,
    gaps,
)
from ita_check.reporting.comparison.words import (
    errors_first,
    facts_of,
    facts_of_side,
    inside,
    place,
    section,
    verdict_sentence,
    warnings,
)
from ita_check.reporting.gfm import code, gfm
from ita_check.reporting.view import View
from ita_check.texts import phrase


def write(comparison: Comparison, stream: TextIO, view: View) -> None:
    """Verdict, sides, warnings, figures, and what became of each requirement, the worst first."""
    stream.write("\n".join(_Markdown(comparison, view).lines()) + "\n")


class _Markdown:
    """One comparison, part by part; each part ends without an empty line."""

    def __init__(self, comparison: Comparison, view: View) -> None:
        self.comparison, self.view = comparison, view

    def lines(self) -> Iterator[str]:
        """All of it, an empty line between its parts."""
        parts = [self._head(), self._warnings(), [f"**{self._verdict()}**"]]
        if self.comparison.issues:
            parts += [self._table(), *self._new_gaps(), self._fixed(), *self._unchanged_gaps()]
            parts += [self._changed(), *self._same()]
        parts += [self._file(), self._not_compared()]
        for number, part in enumerate(filter(None, map(list, parts))):
            if number:
                yield ""
            yield from part

    def _head(self) -> Iterator[str]:
        comparison = self.comparison
        yield f"## {self._gfm(phrase('comparison.title'))}"
        yield ""
        yield f"- **{self._gfm(phrase('report.agency'))}:** {self._gfm(comparison.new.agency)}"
        yield f"- **{self._gfm(phrase('comparison.side.old'))}:** {self._side(comparison.old)}"
        yield f"- **{self._gfm(phrase('comparison.side.new'))}:** {self._side(comparison.new)}"

    def _side(self, side: Recorded) -> str:
        parts = [code(side.name)]
        if side.evidence_name != side.name:
            parts.append(f"{self._gfm(phrase('report.file'))}: {code(side.evidence_name)}")
        return " · ".join([*parts, *map(self._gfm, facts_of_side(side))])

    def _warnings(self) -> Iterator[str]:
        for number, (_, message) in enumerate(warnings(self.comparison)):
            if number:
                yield ">"
            yield f"> **{self._gfm(phrase('comparison.warning', text=message))}**"

    def _verdict(self) -> str:
        fails = self.view.fail_on != "never"
        sentence = self._gfm(verdict_sentence(self.comparison, fail_on_regression=fails))
        if self.view.code is None:
            return sentence
        return f"{sentence} {self._gfm(phrase('report.exit', code=self.view.code))}"

    def _table(self) -> Iterator[str]:
        """The figures of each issue, before and now."""
        yield f"### {self._gfm(phrase('report.summary'))}"
        yield ""
        columns = (
            phrase("report.column.issue"),
            phrase("report.column.title"),
            phrase("report.column.met"),
            phrase("comparison.column.gaps"),
            phrase("comparison.column.new_gap"),
            phrase("comparison.column.fixed"),
        )
        yield _row(map(self._gfm, columns))
        yield _row(("---:", "---", "---:", "---:", "---:", "---:"))
        for issue in self.comparison.issues:
            yield _figures(str(issue.number), self._gfm(issue.title), issue.figures)
        yield _figures(self._gfm(phrase("report.total")), "", self.comparison.figures)

    def _new_gaps(self) -> Iterator[Iterable[str]]:
        """What got worse, with everything that is to be mended there."""
        new_gaps = self.comparison.having("new_gap")
        if new_gaps:
            yield [f"### {self._gfm(section('new_gap', len(new_gaps)))}"]
        for compared in new_gaps:
            yield [
                *self._title(compared),
                *(
                    line
                    for finding, remedy in errors_first(compared.latest.findings)
                    for line in self._finding(finding, f"{self._level(finding)}:", remedy)
                ),
            ]

    def _fixed(self) -> Iterator[str]:
        fixed = self.comparison.having("fixed")
        if fixed:
            yield f"### {self._gfm(section('fixed', len(fixed)))}"
            yield ""
            yield from map(self._line, fixed)

    def _unchanged_gaps(self) -> Iterator[Iterable[str]]:
        """Those in which something changed with what it is; the others by their ids."""
        unchanged = self.comparison.having("unchanged_gap")
        if not unchanged:
            return
        yield [f"### {self._gfm(section('unchanged_gap', len(unchanged)))}"]
        still = [one for one in unchanged if not one.differs]
        for compared in unchanged:
            if compared.differs:
                yield [*self._title(compared), *self._inside(compared.findings)]
        if still:
            count = phrase("comparison.nothing_inside", count=len(still))
            yield [f"{self._gfm(count)} " + ", ".join(one.latest.id for one in still)]

    def _changed(self) -> Iterator[str]:
        changed = self.comparison.having("changed_status")
        if changed:
            yield f"### {self._gfm(section('changed_status', len(changed)))}"
            yield ""
            yield from map(self._line, changed)

    def _same(self) -> Iterator[Iterable[str]]:
        """Findings that came or went where the status stayed."""
        same = [one for one in self.comparison.having("unchanged") if one.findings.differ]
        if same:
            yield [f"### {self._gfm(section('unchanged', len(same)))}"]
        for compared in same:
            yield [*self._title(compared), *self._inside(compared.findings)]

    def _file(self) -> Iterator[str]:
        findings = self.comparison.findings
        if findings.differ:
            yield f"### {self._gfm(phrase('report.file_findings'))}"
            yield ""
            yield from self._inside(findings)

    def _not_compared(self) -> Iterator[str]:
        ids = self.comparison.not_compared
        if ids:
            yield f"{self._gfm(phrase('comparison.not_compared', count=len(ids)))} {', '.join(ids)}"

    def _title(self, compared: ComparedRequirement) -> Iterator[str]:
        yield f"**{self._named(compared)}**"
        yield ""
        facts = self._facts(compared)
        if facts:
            yield f"- {facts}"

    def _line(self, compared: ComparedRequirement) -> str:
        """A requirement on one line: its status now, and what it was."""
        return " · ".join(filter(None, (f"- {self._named(compared)}", self._facts(compared))))

    def _named(self, compared: ComparedRequirement) -> str:
        latest = compared.latest
        named = f"{latest.id} {self._gfm(latest.title)}"
        if compared.new is None:
            return named
        return f"{self._gfm(phrase(f'report.status.{latest.status}'))}: {named}"

    def _facts(self, compared: ComparedRequirement) -> str:
        return " · ".join(map(self._gfm, facts_of(compared)))

    def _inside(self, findings: ComparedFindings) -> Iterator[str]:
        """Which findings are new, which are gone, and which stay."""
        for told in inside(findings):
            head, message = self._gfm(told.word), self._gfm(told.finding.message)
            if told.sort == "new":
                yield from self._finding(told.finding, head, told.remedy)
            elif told.sort == "gone":
                yield f"- **{head}** {message} · {code(told.finding.path)}"
            else:
                yield f"- {head} {message}"

    def _finding(self, finding: RecordedFinding, word: str, remedy: bool) -> Iterator[str]:
        """A finding of the new side with its place and how to mend it."""
        where = code(place(self.comparison.new, finding))
        yield f"- **{word}** {self._gfm(finding.message)} · {where}"
        if remedy:
            yield f"  - {self._gfm(phrase('report.fix'))} {self._gfm(finding.fix)}"

    def _level(self, finding: RecordedFinding) -> str:
        return self._gfm(phrase(f"report.level.{finding.level}"))

    def _gfm(self, value: object) -> str:
        return gfm(value, self.view.language)


def _figures(name: str, title: str, figures: Figures) -> str:
    return _row(
        (
            name,
            title,
            f"{figures.old['met']} → {figures.new['met']}",
            f"{gaps(figures.old)} → {gaps(figures.new)}",
            str(figures.changes["new_gap"]),
            str(figures.changes["fixed"]),
        )
    )


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"

"""What holds for any two reports that are compared, and for any file that is given as one."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from ita_check.errors import CannotJudge, Problem
from ita_check.evaluation.compare import compare
from ita_check.loading.report import FORMAT, read_report
from ita_check.model.comparison import (
    Comparison,
    Recorded,
    RecordedFinding,
    RecordedIssue,
    RecordedRequirement,
)
from ita_check.model.report import STATUSES
from ita_check.reporting.comparison import FORMATS, reporter
from ita_check.reporting.view import View
from ita_check.texts import Text

repeatable = settings(derandomize=True, deadline=None, max_examples=150)

CODES = st.sampled_from(["not_declared", "field_missing"])
FINDINGS = st.lists(
    st.builds(
        RecordedFinding,
        code=CODES,
        level=st.sampled_from(["error", "warning"]),
        path=st.sampled_from(["evidence.a", "evidence.a[0].b"]),
        message=st.just(Text("ก", "k")),
        fix=st.just(Text("ข", "x")),
        line=st.integers(1, 9),
        column=st.integers(1, 9),
    ),
    max_size=4,
).map(tuple)


@st.composite
def recorded(draw: st.DrawFn) -> Recorded:
    """A report on some requirements of a catalogue of eight."""
    ids = draw(st.sets(st.sampled_from([f"{i}.1.{n}" for i in (1, 2) for n in range(1, 5)])))
    issues = []
    for number in (1, 2):
        rules = tuple(
            RecordedRequirement(
                name,
                Text("ข้อ", "one"),
                draw(st.sampled_from(STATUSES)),
                draw(st.sampled_from([None, "กองคลัง"])),
                draw(FINDINGS),
            )
            for name in sorted(ids)
            if name.startswith(f"{number}.")
        )
        issues.append(RecordedIssue(number, Text("ประเด็น", "issue"), rules))
    return Recorded(
        "a.json",
        "a.yaml",
        draw(st.sampled_from(["1", "2"])),
        "x",
        "y",
        draw(st.sampled_from([max(len(ids), 1), 8])),
        draw(st.sampled_from(["ก", "ข"])),
        2567,
        date(2024, draw(st.integers(1, 3)), 1),
        draw(FINDINGS),
        tuple(issues),
    )


def ids_of(comparison: Comparison, change: Any) -> list[str]:
    """The ids of the requirements that met with a change."""
    return [one.latest.id for one in comparison.having(change)]


@repeatable
@given(recorded())
def test_nothing_changes_from_a_report_to_itself(side: Recorded) -> None:
    """A report compared with itself has gaps that stay and nothing else."""
    found = compare(side, side)
    assert not any(ids_of(found, name) for name in ("new_gap", "fixed", "changed_status"))
    assert not any(one.findings.differ for one in found.requirements)
    assert len(found.requirements) == side.listed
    assert found.not_compared == ()


@repeatable
@given(recorded(), recorded())
def test_comparison_has_a_mirror(old: Recorded, new: Recorded) -> None:
    """Turned round, what was fixed is a new gap, new findings are gone ones, and back."""
    one, other = compare(old, new), compare(new, old)
    assert {*ids_of(one, "fixed")} <= {*ids_of(other, "new_gap")}
    met = {
        item.latest.id for item in one.having("new_gap") if item.old and item.old.status == "met"
    }
    assert met == {*ids_of(other, "fixed")}
    assert {*ids_of(one, "unchanged_gap")} == {*ids_of(other, "unchanged_gap")}
    assert {*ids_of(one, "unchanged")} == {*ids_of(other, "unchanged")}
    assert {*one.not_compared} == {*other.not_compared}
    turned = {item.latest.id: item for item in other.requirements}
    for item in one.requirements:
        back = turned[item.latest.id]
        assert (back.old, back.new) == (item.new, item.old)
        assert (back.findings.new, back.findings.gone) == (item.findings.gone, item.findings.new)


@repeatable
@given(recorded(), recorded())
def test_every_requirement_is_somewhere(old: Recorded, new: Recorded) -> None:
    """Each requirement of either side is compared once or not compared, and the figures add up."""
    found = compare(old, new)
    sides = [{r.id for issue in side.issues for r in issue.requirements} for side in (old, new)]
    compared = [one.latest.id for one in found.requirements]
    assert sorted([*compared, *found.not_compared]) == sorted(sides[0] | sides[1])
    assert sides[0] & sides[1] <= {*compared}
    assert found.figures.compared == len(compared)
    assert sum(issue.figures.compared for issue in found.issues) == len(compared)
    for one in found.requirements:
        for side, kept in ((one.old, one.findings.gone), (one.new, one.findings.new)):
            held = sorted(f.identity for f in side.findings) if side else []
            assert held == sorted(f.identity for f in (*kept, *one.findings.unchanged))


@settings(repeatable, max_examples=30)
@given(recorded(), recorded())
def test_every_comparison_can_be_written(old: Recorded, new: Recorded) -> None:
    """Whatever the two sides hold, each format has something to say."""
    for name in FORMATS:
        for language in ("th", "en"):
            stream = StringIO()
            reporter(name)(compare(old, new), stream, View(language, code=0))
            assert stream.getvalue().endswith("\n")


@repeatable
@given(st.data())
def test_no_file_is_a_traceback(data: st.DataObject) -> None:
    """A report with any piece of it replaced is read, or told; nothing else happens."""
    whole = SAMPLE
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(start + 12, len(whole))))
    piece = data.draw(
        st.sampled_from(["", "{", "[", "]", "}", '"', ",", ":", "NaN", "1", "null", '"id"', "\\u0"])
        | st.text(max_size=4)
    )
    text = whole[:start] + piece + whole[end:]
    told: tuple[Problem, ...] = ()
    try:
        read = read_report("x.json", text.encode("utf-8", "replace"))
    except CannotJudge as error:
        read, told = None, error.problems
    assert isinstance(read, Recorded) != bool(told)
    assert all(problem.file == "x.json" and problem.message.say("th") for problem in told)


SAMPLE = json.dumps(
    {
        "format": FORMAT,
        "catalogue": {"id": "a", "sha256": "b", "requirements": 1},
        "evidence": {"path": "e", "sha256": "c"},
        "agency": {"name": "d"},
        "fiscal_year": 2567,
        "as_of": "2024-03-01",
        "findings": [],
        "issues": [
            {
                "number": 1,
                "title": "t",
                "requirements": [
                    {
                        "id": "1.1.1",
                        "title": "u",
                        "status": "missing",
                        "responsible": None,
                        "findings": [
                            {
                                "code": "not_declared",
                                "level": "error",
                                "message": "m",
                                "fix": "f",
                                "path": "evidence.x",
                                "line": 1,
                                "column": 1,
                            }
                        ],
                    }
                ],
            }
        ],
    }
)

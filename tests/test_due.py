"""`ita-check due`: what is open in order, each piece proved by really doing it and judging again."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from support import ADVISED, COMPLETE, ROOT, SEED, Call, catalogue, run, run_json, say

from ita_check.evaluation.due import due
from ita_check.evaluation.evaluate import evaluate
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.model.due import Due, Piece
from ita_check.model.report import Report
from ita_check.texts import Language, phrase

STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
FILES = {
    "complete": (COMPLETE, "2570-09-30"),
    "seed": (SEED, "2567-10-15"),
    "statuses": (STATUSES, "2567-03-01"),
}
LANGUAGES: tuple[Language, ...] = ("th", "en")
# After the year: results are due too, so that an action row can lack its result alone.
AFTER = date(2027, 10, 15)
# What a change to the complete file does to a kind.
Change = Callable[[Any], Any]
Content = dict[str, Any]


@cache
def complete() -> Content:
    """The complete fixture, every scalar a string, as another reader than ours gives it."""
    content: Content = yaml.load(COMPLETE.read_text(encoding="utf-8"), yaml.BaseLoader)
    return content


def remove(_: Any) -> Any:
    """A kind that is not declared."""
    return None


def unpublish(value: Any) -> Any:
    """A kind without any web address."""
    if isinstance(value, dict):
        return {key: unpublish(inner) for key, inner in value.items() if key != "url"}
    return [unpublish(inner) for inner in value] if isinstance(value, list) else value


def age(value: Any) -> Any:
    """A kind of a year long past."""
    if isinstance(value, list):
        return [age(item) for item in value]
    old = {key: "2560" for key in ("fiscal_year", "in_force") if key in value}
    return {**value, **old}


def keep(value: Any) -> Any:
    """A kind as it is."""
    return value


def changed(changes: dict[str, Change], *, done: str = "", website: bool = True) -> Content:
    """The complete file with changes to some kinds; one piece of work is `done` all the same."""
    content = copy.deepcopy(complete())
    for kind, change in changes.items():
        if done != f"evidence.{kind}":
            content["evidence"][kind] = change(content["evidence"][kind])
    if not website and done != "agency.website":
        del content["agency"]["website"], content["agency"]["official_hosts"]
    return content


def judged(content: Content) -> tuple[Report, Due]:
    """What a file comes to, and what is due."""
    data = json.dumps(content, ensure_ascii=False).encode()
    files = FolderFiles(str(COMPLETE.parent))
    evidence = read_evidence("evidence.yaml", data, catalogue(), files, "")
    report = evaluate(catalogue(), evidence, AFTER)
    return report, due(report, catalogue(), evidence)


def gaps(content: Content) -> set[str]:
    """The requirements that are not met."""
    return {one.requirement.id for one in judged(content)[0].requirements if one.is_gap}


def write(folder: Path, content: Content) -> Path:
    """A file with a content: JSON is YAML."""
    file = folder / "evidence.yaml"
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")
    return file


KINDS = sorted(complete()["evidence"])


def by_link(kind: str | None, *, website: bool) -> set[str]:
    """What a kind settles without a website just because the home page links to it.

    Before it is there nothing tells that the home page will; `due` does not count on it.
    """
    linked = {"corruption_complaint_channel": {"7.1.12"}, "q_and_a": {"3.1.7"}}
    return set() if website or kind is None else linked.get(kind, set())


def test_every_kind_is_in_the_complete_file() -> None:
    """What is tried below for every kind of the file is tried for every kind there is."""
    assert set(catalogue().kinds) == set(KINDS)
    assert gaps(complete()) == set()


# What a piece settles, held against the judging of the file in which it is done.


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("change", [remove, unpublish, age])
def test_one_kind(kind: str, change: Change) -> None:
    """With one kind changed, its piece settles each requirement that the change opened."""
    content = changed({kind: change})
    opened = gaps(content)
    pieces = judged(content)[1].pieces
    assert [set(piece.settles) for piece in pieces if piece.kind == kind] == (
        [opened] if opened else []
    )
    # Another kind may do as well where a requirement takes either.
    assert {piece.kind for piece in pieces if not piece.settled} == set()


def test_changes_open_requirements() -> None:
    """Removing a kind opens something for every kind, and so do the other changes for many."""
    assert [kind for kind in KINDS if not gaps(changed({kind: remove}))] == []
    assert len([kind for kind in KINDS if gaps(changed({kind: unpublish}))]) > 30
    assert len([kind for kind in KINDS if gaps(changed({kind: age}))]) > 15


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("website", [True, False])
def test_first_kind_of_an_empty_file(kind: str, *, website: bool) -> None:
    """With nothing declared, declaring one kind turns just what its piece settles."""
    nothing: dict[str, Change] = dict.fromkeys(KINDS, remove)
    before = changed(nothing, website=website)
    after = changed(nothing, done=f"evidence.{kind}", website=website)
    [piece] = [piece for piece in judged(before)[1].pieces if piece.kind == kind]
    assert set(piece.settles) == gaps(before) - gaps(after) - by_link(kind, website=website)


@st.composite
def files(draw: st.DrawFn) -> tuple[dict[str, Change], bool, dict[str, bool]]:
    """Changes to the complete file: its kinds, its website, and action rows gone or cut short."""
    often = draw(st.sampled_from([keep, remove, unpublish, age]))
    change = st.sampled_from([often, often, keep, remove, unpublish, age])
    rows = st.dictionaries(st.sampled_from(sorted(complete()["actions"])), st.booleans())
    return {kind: draw(change) for kind in KINDS}, draw(st.booleans()), draw(rows)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files())
def test_any_file(file: tuple[dict[str, Change], bool, dict[str, bool]]) -> None:
    """Whatever is missing, doing one piece turns what it settles; with all rows, all it settled."""
    changes, website, rows = file

    def lacking_rows(content: Content) -> Content:
        for requirement, gone in rows.items():
            if gone:
                del content["actions"][requirement]
            else:
                del content["actions"][requirement]["result"]
        return content

    before, before_rows = (
        changed(changes, website=website),
        lacking_rows(changed(changes, website=website)),
    )
    wrong = []
    for piece in judged(before_rows)[1].pieces:
        after = changed(changes, done=piece.id, website=website)
        linked = by_link(piece.kind, website=website)
        settled = gaps(before) - gaps(after) - linked
        settles = gaps(before_rows) - gaps(lacking_rows(after)) - linked
        if set(piece.settles) != settles or set(piece.settled) != settled:
            wrong.append((piece.id, piece.settles, settles, piece.settled, settled))
    assert wrong == []


# What is done with a piece, and what the pieces have to do with each other.


def piece(content: Content, kind: str) -> Piece:
    """The piece of a kind."""
    return next(one for one in judged(content)[1].pieces if one.kind == kind)


DOING: list[tuple[str, str, Change, str]] = [
    ("what no requirement wants public", "service_instruction", remove, "declare"),
    ("what others want public", "dos_and_donts", remove, "declare_and_publish"),
    ("no address", "hr_plan", unpublish, "publish"),
    (
        "an address elsewhere",
        "hr_plan",
        lambda items: [{**items[0], "url": "https://elsewhere.example.com/"}],
        "publish",
    ),
    ("a field, but an address", "asset_borrowing", lambda _: {"title": "ยืม"}, "complete"),
    ("of a year long past, but public", "hr_report", age, "complete"),
    (
        "a file that is not there",
        "hr_report",
        lambda item: {**item, "file": "nowhere.txt"},
        "complete",
    ),
    (
        "of a year long past, and not public",
        "hr_report",
        lambda item: unpublish(age(item)),
        "complete_and_publish",
    ),
    (
        "a field and an address",
        "codes_of_ethics",
        lambda _: {"codes": ["council_members"]},
        "complete_and_publish",
    ),
]


@pytest.mark.parametrize(
    ("kind", "change", "doing"), [row[1:] for row in DOING], ids=[row[0] for row in DOING]
)
def test_doing(kind: str, change: Change, doing: str) -> None:
    """What is to be done with a piece follows from what its evidence lacks."""
    assert piece(changed({kind: change}), kind).doing == doing


def test_what_is_asked_once_it_is_there() -> None:
    """A kind that is not looked at yet says which requirements will want it public."""
    absent = piece(changed({"dos_and_donts": remove}), "dos_and_donts")
    assert absent.publish_for == ("2.1.8", "6.1.8")
    past = changed({"hr_report": lambda item: unpublish(age(item))})
    assert piece(past, "hr_report").publish_for == ("6.1.8",)
    assert piece(changed({"hr_report": age}), "hr_report").publish_for == ()
    nothing: dict[str, Change] = dict.fromkeys(KINDS, remove)
    # What already counts against a requirement is told in the steps, and is no matter of later.
    first = piece(changed(nothing), "dos_and_donts")
    assert first.publish_for == ()
    fix = phrase("fixes.not_published", path="evidence.dos_and_donts.url")
    assert [step.requirements for step in first.steps if step.fix == fix] == [("2.1.8", "6.1.8")]
    assert piece(changed({"hr_plan": unpublish}), "hr_plan").publish_for == ()


def test_excepted_requirements_want_nothing_public() -> None:
    """A requirement that is not applicable does not make a kind public."""
    content = changed({"dos_and_donts": remove, "no_gift_policy": unpublish, "hr_plan": unpublish})
    content["exceptions"] = [
        {"requirement": number, "status": "not_applicable", "reason": "ไม่มี"}
        for number in ("2.1.8", "6.1.8")
    ]
    found = judged(content)[1].pieces
    assert [(one.name, one.doing, one.publish_for) for one in found] == [
        ("dos_and_donts", "declare", ())
    ]


def test_either_kind() -> None:
    """Where either of two kinds would do, the one that is not there yet is counted too."""
    content = changed(
        {"service_manual": lambda items: [{"title": "คู่มือ", "url": items[0]["url"]}]}
        | {"work_manual": remove}
    )
    settled = {one.kind: set(one.settles) for one in judged(content)[1].pieces}
    assert settled == {
        "work_manual": {"1.1.1", "1.1.3", "1.4.4"},
        "service_manual": {"1.1.1", "1.1.3"},
    }
    for kind, turned in settled.items():
        content = copy.deepcopy(content)
        done = {**content, "evidence": {**content["evidence"], kind: complete()["evidence"][kind]}}
        assert gaps(content) - gaps(done) == turned


def without_covers(value: Any) -> Any:
    """Items that do not say what they cover."""
    return [{key: inner for key, inner in item.items() if key != "covers"} for item in value]


def test_the_other_kind_is_there() -> None:
    """Where both of two kinds fall short, the one that comes nearest is to be mended."""
    content = changed(
        {
            "service_manual": without_covers,
            "work_manual": lambda items: without_covers(unpublish(items)),
        }
    )
    assert [(one.name, one.settled) for one in judged(content)[1].pieces] == [
        ("service_manual", ("1.1.1",)),
        ("work_manual", ("1.4.5",)),
    ]


def test_kinds_none_of_which_is_of_the_year() -> None:
    """Where nothing of the year is public, any kind of the year would do, with no word on its URL."""
    past = ("annual_plan", "annual_plan_progress", "annual_report")
    changes: dict[str, Change] = {**dict.fromkeys(past, age), "work_manual": remove}
    content = changed(changes)
    found = judged(content)[1].pieces
    assert {one.name: one.settled for one in found} == {
        "annual_plan": ("1.4.1", "1.4.5"),
        "annual_plan_progress": ("1.4.2", "1.4.5"),
        "annual_report": ("1.4.3", "1.4.5"),
        "work_manual": ("1.4.4", "1.4.5"),
    }
    for one in found:
        assert gaps(content) - gaps(changed(changes, done=one.id)) == set(one.settled)
    content["exceptions"] = [
        {"requirement": "1.4.1", "status": "not_applicable", "reason": "ไม่มี"},
    ]
    assert piece(content, "annual_plan").doing == "complete"


def test_two_kinds_together() -> None:
    """A requirement that takes two pieces is settled by none, and each says what else it takes."""
    content = changed({"hr_plan": unpublish, "codes_of_ethics": unpublish})
    found = judged(content)[1]
    assert [(one.requirement, one.needs) for one in found.joint] == [
        ("6.1.8", (("evidence.hr_plan",), ("evidence.codes_of_ethics",)))
    ]
    assert [(one.name, one.settled, one.advances) for one in found.pieces] == [
        ("hr_plan", (), (("6.1.8", (("evidence.codes_of_ethics",),)),)),
        ("codes_of_ethics", (), (("6.1.8", (("evidence.hr_plan",),)),)),
    ]


CHANNEL = "corruption_complaint_channel"
GENERAL = "general_complaint_channel"


def channels(corruption: Content, general: Content | None) -> Content:
    """The complete file with other facts of the two channels."""
    content = copy.deepcopy(complete())
    content["evidence"][CHANNEL] |= corruption
    content["evidence"][GENERAL] = general
    return content


def test_channels_at_one_address() -> None:
    """Of two channels at one address the one to report corruption is given its own."""
    address = complete()["evidence"][CHANNEL]["url"]
    found = judged(channels({}, {"url": address}))[1]
    assert [(one.name, one.doing, one.settles) for one in found.pieces] == [
        (CHANNEL, "complete", ("7.1.2",))
    ]
    apart = channels({"url": "https://www.example.go.th/other"}, {"url": address})
    assert gaps(apart) == set()


def test_channel_without_an_address() -> None:
    """What either of the two channels can mend is settled by either, once both are worked on."""
    general = {"intake": ["phone"]}
    found = judged(channels({"separate": None}, general))[1]
    assert [(one.name, one.settles) for one in found.pieces] == [(GENERAL, ("7.1.2",))]
    assert gaps(channels({"separate": None}, {"url": "https://www.example.go.th/c"})) == set()
    both = judged(channels({"separate": None, "protects_identity": "no"}, general))[1]
    assert [(one.name, one.settled) for one in both.pieces] == [
        (CHANNEL, ("7.1.2",)),
        (GENERAL, ()),
    ]
    told = [step.message.key for step in both.pieces[0].steps]
    assert told == ["findings.not_confirmed.denied", "findings.field_missing.separate"]
    assert gaps(channels({"separate": "yes", "protects_identity": "yes"}, general)) == set()


def test_channel_that_is_asked_for_only_later() -> None:
    """With neither channel declared, the second is wanted as soon as the first is there."""
    found = judged(changed({CHANNEL: remove, GENERAL: remove}))[1]
    assert [(one.name, one.settled) for one in found.pieces] == [
        (CHANNEL, ("1.2.2",)),
        (GENERAL, ()),
    ]
    assert [joint.requirement for joint in found.joint] == ["7.1.2"]
    assert gaps(changed({CHANNEL: keep, GENERAL: remove})) == {"7.1.2"}


def test_website() -> None:
    """Without a website one piece settles every requirement that wants an official address."""
    report, found = judged(changed({}, website=False))
    [only] = found.pieces
    assert (only.id, only.kind, only.doing) == ("agency.website", None, "name")
    assert set(only.settles) == {one.requirement.id for one in report.requirements if one.is_gap}
    assert only.settles == ("3.1.7", "5.1.6", "6.1.8", "7.1.12")
    [step] = only.steps
    assert (step.path, step.requirements) == ("agency.website", only.settles)


@pytest.mark.parametrize("name", FILES)
def test_order_and_reach(name: str) -> None:
    """Pieces come by what they settle, and no gap is left without something that is to be done."""
    evidence, day = FILES[name]
    found = run_json("due", evidence, "--as-of", day)
    pieces = found["pieces"]
    counts = [
        (len(one["settles"]) + len(one["settles_with_action"]), len(one["advances"]))
        for one in pieces
    ]
    assert counts == sorted(counts, reverse=True)
    assert [one["number"] for one in pieces] == list(range(1, len(pieces) + 1))
    report = run_json(evidence, "--as-of", day)
    rules = [rule for issue in report["issues"] for rule in issue["requirements"]]
    open_ = [rule["id"] for rule in rules if rule["status"] in ("missing", "incomplete")]
    settled = {id_ for one in pieces for id_ in one["settles"] + one["settles_with_action"]}
    joint = {one["requirement"] for one in found["joint"]}
    rows = {id_ for one in found["actions"] for id_ in one["settles"]}
    assert sorted([*settled, *joint, *rows]) == sorted(open_)
    assert {id_ for unit in found["units"] for id_ in unit["requirements"]} == set(open_)
    # Of equals, that of the earlier requirement is first.
    place = {rule["id"]: number for number, rule in enumerate(rules)}
    keys = [
        (-settled_, -advanced, min(place[id_] for id_ in ids))
        for (settled_, advanced), ids in zip(counts, map(reach, pieces), strict=True)
    ]
    assert keys == sorted(keys)


def reach(one: Content) -> set[str]:
    """The requirements that a piece of the JSON names."""
    advanced = {advance["requirement"] for advance in one["advances"]}
    return {*one["settles"], *one["settles_with_action"], *advanced}


# The command: whole outputs for a small file, then what holds of every file.

SMALL = """\
agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}
fiscal_year: 2567
deadline: 30 เม.ย. 2567
evidence:
  asset_manual:
    covers: [borrowing_procedure, work_types]
    audience: staff
    follow_strictly: yes
  asset_inspection: {inspected_on: 1 มี.ค. 2567, covers: [materials, durable_articles]}
  corruption_risk_assessment:
    fiscal_year: 2567
    risks: {topic: asset_misuse, measure: คุมทะเบียน}
actions:
  "4.1.2": {responsible: กองคลัง, period: ต.ค. 66 - ก.ย. 67}
  "4.1.3": {responsible: กองคลัง/กองช่าง, period: ต.ค. 66 - ก.ย. 67}
  "4.1.4": {responsible: กองช่าง, period: ต.ค. 66 - ม.ค. 67}
  "4.1.5": {responsible: กองช่าง, period: ต.ค. 66 - ก.ย. 67}
exceptions:
  - {requirement: "4.1.3", status: waived, reason: รอเครื่องมือ, approved_by: ปลัดเทศบาล, expires: 2567-03-31}
  - {requirement: "4.1.2", status: waived, reason: รอระเบียบ, approved_by: ปลัดเทศบาล, expires: 2567-01-31}
"""

PAGES = {
    "th": """\
ita-check: สิ่งที่ต้องทำ เรียงตามจำนวนข้อที่จะครบเมื่อทำแต่ละรายการเสร็จ
  หน่วยงาน     เทศบาลตัวอย่าง
  ปีงบประมาณ   2567 (1 ต.ค. 2566 - 30 ก.ย. 2567)
  ตรวจ ณ วันที่  1 มี.ค. 2567 (2024-03-01)
  วันครบกำหนด  30 เม.ย. 2567 (2024-04-30) เหลืออีก 60 วัน
  ชุดข้อกำหนด   ข้อกำหนดการประเมินคุณธรรมและความโปร่งใส (ITA) สำหรับเทศบาล
              [ita-municipality] 63 ข้อ (ตรวจเฉพาะที่เลือก 5 ข้อ)
  ไฟล์หลักฐาน   evidence.yaml

เรื่องของไฟล์ทั้งไฟล์
  ! ควรแก้: การผ่อนผันข้อ 4.1.2 สิ้นสุดแล้วเมื่อวันที่ 31 ม.ค. 2567 จึงไม่มีผล
    evidence.yaml:20:97

รายการที่ต้องทำตามลำดับต่อไปนี้: 2 รายการ
ข้อที่ต้องกรอกใต้ `actions` มี 2 ข้อ (ขาดเพียงส่วนนี้ 2 ข้อ)

 1. จัดให้มีและระบุ asset_borrowing: ทำให้ข้อ 4.1.2 ครบ
    การขออนุญาตยืมทรัพย์สินของราชการ
    evidence.yaml:5:3
    4.1.2  ใช้ใบยืมหรือทะเบียนคุมเป็นลายลักษณ์อักษรและกำหนดผู้มีอำนาจอนุญาต แล้วระบุชื่อแบบฟอร์ม
      หรือทะเบียนใน `form` และตำแหน่งผู้อนุญาตใน `approver` ใต้ `asset_borrowing` หาก
      หน่วยงานไม่มีทรัพย์สินให้ยืม ให้เพิ่มข้อนี้ใต้ `exceptions` โดยระบุ
      `status: not_applicable` และเหตุผลใน `reason`

 2. แก้ไข asset_manual ให้ครบถ้วนและเผยแพร่: ทำให้ข้อ 4.1.5 ครบ
    คู่มือหรือแนวทางปฏิบัติเกี่ยวกับการใช้ทรัพย์สินของราชการ
    evidence.yaml:7:15
    4.1.5  กลุ่มเป้าหมาย (`audience`) ยังขาด: ประชาชน
      วิธีแก้: จัดทำหรือดำเนินการส่วนที่ขาดให้ครบก่อน แล้วเพิ่มใน
      `evidence.asset_manual.audience`
    evidence.yaml:6:5
    4.1.5  ยังไม่ได้ระบุว่าเผยแพร่ทางใด ต้องมีอย่างน้อยหนึ่งอย่างต่อไปนี้: ที่อยู่เว็บ (URL), ช่องทาง
      เผยแพร่
      วิธีแก้: เผยแพร่ แล้วระบุที่อยู่เว็บที่ `evidence.asset_manual.url` หรือระบุช่องทางเผยแพร่

ข้อที่ยังขาด แยกตามผู้รับผิดชอบ

กองช่าง: 2 ข้อ
   2. แก้ไข asset_manual ให้ครบถ้วนและเผยแพร่: 4.1.5
   •  กรอก `result` ใต้ `actions` ของข้อ 4.1.4 (ขาดเพียงส่วนนี้)

กองคลัง: 1 ข้อ
   1. จัดให้มีและระบุ asset_borrowing: 4.1.2

ยังไม่ได้ระบุผู้รับผิดชอบ: 1 ข้อ
   •  กรอก `responsible`, `period` ใต้ `actions` ของข้อ 4.1.1 (ขาดเพียงส่วนนี้)

ข้อที่ยังไม่นับ ณ วันที่ตรวจ เรียงตามวันที่เปิดให้ตรวจหรือวันสิ้นสุดการผ่อนผัน
  ~ ผ่อนผัน  4.1.3  การตรวจสอบวัสดุและครุภัณฑ์เป็นระยะ
    เหตุผล: รอเครื่องมือ | อนุมัติโดย ปลัดเทศบาล | ถึงวันที่ 31 มี.ค. 2567 (เหลืออีก 30 วัน)

ยังไม่พร้อม: ยังขาด 4 ข้อ จาก 4 ข้อที่ตรวจ (รหัสออก 1)
""",
    "en": """\
ita-check: what to do, what settles the most requirements first
  Agency         เทศบาลตัวอย่าง
  Fiscal year    2567 BE (2023-10-01 to 2024-09-30)
  As of          1 Mar 2567 BE (2024-03-01)
  Deadline       30 Apr 2567 BE (2024-04-30) days left: 60
  Catalogue      ITA requirements for municipalities [ita-municipality], 63
                 requirements (5 selected)
  Evidence file  evidence.yaml

About the file as a whole
  ! Warning: the waiver of 4.1.2 expired on 31 Jan 2567 BE (2024-01-31) and is
    void
    evidence.yaml:20:97

Items to work on, in this order: 2
Requirements to fill in under `actions`: 2 (lacking nothing else: 2)

 1. declare asset_borrowing: settles 4.1.2
    Permission to borrow state property
    evidence.yaml:5:3
    4.1.2  Keep a written loan form or register and settle who may approve. Then
      name the form or register in `form` and give the approver's post in
      `approver` under `asset_borrowing`. Where the agency lends no property,
      add this requirement to `exceptions` with `status: not_applicable` and the
      reason in `reason`.

 2. complete and publish asset_manual: settles 4.1.5
    Manual or guideline on using state property
    evidence.yaml:7:15
    4.1.5  missing from Audience (`audience`): Public
      To do: First add what is missing to the document or activity itself, then
      to `evidence.asset_manual.audience`.
    evidence.yaml:6:5
    4.1.5  nothing says how it is made known; at least one of these is required:
      Web address (URL), Channels
      To do: Make it known, then give the web address at
      `evidence.asset_manual.url`, or the channels.

Gaps by responsible unit

กองช่าง (gaps: 2)
   2. complete and publish asset_manual: 4.1.5
   •  fill in `result` under `actions` for 4.1.4, which lack nothing else

กองคลัง (gaps: 1)
   1. declare asset_borrowing: 4.1.2

no unit named (gaps: 1)
   •  fill in `responsible`, `period` under `actions` for 4.1.1, which lack
      nothing else

Not counted yet, by the day on which they open or their waiver ends
  ~ Waived  4.1.3  Materials and durable articles inspected at intervals
    Reason: รอเครื่องมือ | approved by ปลัดเทศบาล | until 31 Mar 2567 BE
    (2024-03-31) (days left: 30)

Not ready: not met: 4 of the 4 requirements that were judged. (exit code 1)
""",
}

OBJECT = {
    "format": "ita-check/due/1",
    "tool": {"name": "ita-check"},
    "catalogue": {"id": "ita-municipality", "requirements": 63},
    "evidence": {"path": "evidence.yaml"},
    "agency": {"name": "เทศบาลตัวอย่าง", "website": "https://www.example.go.th"},
    "fiscal_year": 2567,
    "as_of": "2024-03-01",
    "deadline": "2024-04-30",
    "summary": {
        "requirements": 5,
        "met": 0,
        "incomplete": 3,
        "missing": 1,
        "not_due": 0,
        "not_applicable": 0,
        "waived": 1,
        "errors": 6,
        "warnings": 4,
    },
    "findings": [
        {
            "requirement": "4.1.3",
            "code": "waiver_expiring",
            "level": "warning",
            "message": "the waiver of 4.1.3 expires on 31 Mar 2567 BE (2024-03-31) (days left: 30)",
            "fix": "Do what is required before that day, or have the waiver renewed and correct `exceptions[0].expires`.",
            "path": "exceptions[0].expires",
            "line": 19,
            "column": 100,
        },
        {
            "requirement": "4.1.2",
            "code": "waiver_expired",
            "level": "warning",
            "message": "the waiver of 4.1.2 expired on 31 Jan 2567 BE (2024-01-31) and is void",
            "fix": "Do what is required, or have the waiver renewed and correct `exceptions[1].expires`.",
            "path": "exceptions[1].expires",
            "line": 20,
            "column": 97,
        },
    ],
    "days_left": 60,
    "pieces": [
        {
            "number": 1,
            "id": "evidence.asset_borrowing",
            "kind": "asset_borrowing",
            "title": "Permission to borrow state property",
            "do": "declare",
            "settles": ["4.1.2"],
            "settles_with_action": [],
            "advances": [],
            "publish_for": [],
            "steps": [
                {
                    "requirements": ["4.1.2"],
                    "message": "this evidence is not declared: Permission to borrow state property",
                    "fix": "Keep a written loan form or register and settle who may approve. Then name the form or register in `form` and give the approver's post in `approver` under `asset_borrowing`. Where the agency lends no property, add this requirement to `exceptions` with `status: not_applicable` and the reason in `reason`.",
                    "path": "evidence.asset_borrowing",
                    "line": 5,
                    "column": 3,
                }
            ],
        },
        {
            "number": 2,
            "id": "evidence.asset_manual",
            "kind": "asset_manual",
            "title": "Manual or guideline on using state property",
            "do": "complete_and_publish",
            "settles": ["4.1.5"],
            "settles_with_action": [],
            "advances": [],
            "publish_for": [],
            "steps": [
                {
                    "requirements": ["4.1.5"],
                    "message": "missing from Audience (`audience`): Public",
                    "fix": "First add what is missing to the document or activity itself, then to `evidence.asset_manual.audience`.",
                    "path": "evidence.asset_manual.audience",
                    "line": 7,
                    "column": 15,
                },
                {
                    "requirements": ["4.1.5"],
                    "message": "nothing says how it is made known; at least one of these is required: Web address (URL), Channels",
                    "fix": "Make it known, then give the web address at `evidence.asset_manual.url`, or the channels.",
                    "path": "evidence.asset_manual.url",
                    "line": 6,
                    "column": 5,
                },
            ],
        },
    ],
    "joint": [],
    "actions": [
        {
            "requirement": "4.1.1",
            "missing": ["responsible", "period"],
            "settles": ["4.1.1"],
            "path": "actions.4.1.1",
            "line": 14,
            "column": 3,
        },
        {
            "requirement": "4.1.4",
            "missing": ["result"],
            "settles": ["4.1.4"],
            "path": "actions.4.1.4",
            "line": 16,
            "column": 12,
        },
    ],
    "units": [
        {
            "unit": "กองช่าง",
            "requirements": ["4.1.4", "4.1.5"],
            "pieces": ["evidence.asset_manual"],
            "actions": ["4.1.4"],
        },
        {
            "unit": "กองคลัง",
            "requirements": ["4.1.2"],
            "pieces": ["evidence.asset_borrowing"],
            "actions": [],
        },
        {"unit": None, "requirements": ["4.1.1"], "pieces": [], "actions": ["4.1.1"]},
    ],
    "later": [{"requirement": "4.1.3", "status": "waived", "day": "2024-03-31", "days_left": 30}],
}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a small file in which a bit of everything is open."""
    (tmp_path / "evidence.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


OF_SMALL = ("evidence.yaml", "--as-of", "2567-03-01", "--issue", "4")


@pytest.mark.parametrize("language", LANGUAGES)
def test_page(language: Language, small: Path) -> None:
    """The list in both languages, every line of it."""
    done = run("due", *OF_SMALL, "--lang", language, cwd=small)
    assert (done.stdout.decode(), done.stderr, done.returncode) == (PAGES[language], b"", 1)


def test_object(small: Path) -> None:
    """The object for programs, every key of it but those that change with the rules or the file."""
    written = run("due", *OF_SMALL, "--lang", "en", "-f", "json", cwd=small).stdout
    assert written.count(b"\n") == 1
    assert written.endswith(b"}\n")
    found = json.loads(written)
    assert len(found["catalogue"].pop("sha256")) == len(found["evidence"].pop("sha256")) == 64
    assert found["tool"].pop("version")
    assert all(finding.pop("fingerprint") for finding in found["findings"])
    assert found == OBJECT


def test_example_of_the_issue(tmp_path: Path) -> None:
    """Publishing the plan and declaring the guide are said with what each of them settles."""
    file = write(tmp_path, changed({"hr_plan": unpublish, "dos_and_donts": remove}))
    done = run("due", file.name, "--as-of", "2570-09-30", "--lang", "en", cwd=tmp_path)
    lines = done.stdout.decode().splitlines()
    assert [line for line in lines if line[:2].strip().isdigit()] == [
        " 1. declare and publish dos_and_donts: settles 1.1.5, 2.1.3, 6.1.6",
        " 2. publish hr_plan: settles 6.1.8",
    ]
    assert f"    {say('due.publish_for', 'en', ids='2.1.8, 6.1.8')}" in lines


def test_pieces_that_serve_together(tmp_path: Path) -> None:
    """A piece that settles nothing alone says what it is a part of, and the page with what."""
    file = write(tmp_path, changed({"hr_plan": unpublish, "codes_of_ethics": remove}))
    content = json.loads(file.read_text(encoding="utf-8"))
    content["evidence"]["codes_of_ethics"] = {"codes": ["council_members"]}
    file = write(tmp_path, content)
    page = run("due", file, "--as-of", "2570-09-30", "--lang", "en").stdout.decode().splitlines()
    assert [line for line in page if line[:2].strip().isdigit()] == [
        " 1. complete and publish codes_of_ethics: settles 6.1.7; also needed for 6.1.8",
        " 2. publish hr_plan: needed for 6.1.8",
    ]
    joint = page.index(say("due.joint", "en"))
    assert page[joint + 1] == "  6.1.8  hr_plan, codes_of_ethics"


def squeezed(text: str) -> str:
    """A text without its white space, whatever line it was broken at."""
    return "".join(text.split())


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [80, 140])
def test_page_says_what_the_object_says(name: str, language: Language, width: int) -> None:
    """Every piece, place, fix, unit and row of the object stands on the page, nothing cut."""
    evidence, day = FILES[name]
    evidence = evidence.relative_to(ROOT)
    options = ("--as-of", day, "--lang", language)
    page = run("due", evidence, *options, "--width", str(width)).stdout.decode()
    found = run_json("due", evidence, *options)
    lines = [line.strip() for line in page.splitlines()]
    whole = squeezed(page)
    missing = []
    for one in found["pieces"]:
        what = say(f"due.do.{one['do']}", language, name=one["id"].removeprefix("evidence."))
        said = [f"{one['number']}.{what}:", one["title"], ", ".join(one["publish_for"])]
        for step in one["steps"]:
            place = f"{evidence}:{step['line']}:{step['column']}"
            missing += [place] if place not in lines else []
            said += [step["fix"], ",".join(step["requirements"])]
            said += [step["message"]] if not one["do"].startswith(("declare", "name")) else []
        missing += [text for text in said if squeezed(text) not in whole]
    for unit in found["units"]:
        head = unit["unit"] or say("report.no_unit", language)
        said = [say("report.unit_head", language, unit=head, count=len(unit["requirements"]))]
        missing += [text for text in said if squeezed(text) not in whole]
    missing += [one["requirement"] for one in found["later"] if one["requirement"] not in whole]
    assert missing == []
    # A line that is longer is one place, or the head's line that names the file.
    long = [line for line in page.splitlines() if cell_len(line) > width]
    assert [line for line in long if str(evidence) not in line] == []


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_same_bytes(name: str, format_: str) -> None:
    """The same file gives the same bytes again."""
    evidence, day = FILES[name]
    command = ("due", evidence, "--as-of", day, "-f", format_)
    first = run(*command, env={"PYTHONHASHSEED": "1"}).stdout
    assert first == run(*command, env={"PYTHONHASHSEED": "2"}).stdout


def test_places_stand_once(small: Path) -> None:
    """A place with several things to do is named once for each piece."""
    content = SMALL.replace("covers: [borrowing_procedure, work_types]", "title: คู่มือ")
    (small / "evidence.yaml").write_text(content, encoding="utf-8")
    page = run("due", *OF_SMALL, cwd=small).stdout.decode()
    places = [line.strip() for line in page.splitlines() if line.startswith("    evidence.yaml:")]
    assert sorted(places) == [
        "evidence.yaml:20:97",
        "evidence.yaml:5:3",
        "evidence.yaml:6:5",
        "evidence.yaml:7:15",
    ]


def test_rows_alone(tmp_path: Path) -> None:
    """Where all the evidence is there, the rows that lack something are the whole list."""
    content = copy.deepcopy(complete())
    del content["actions"]["1.1.2"]
    del content["actions"]["6.1.2"]["result"]
    file = write(tmp_path, content)
    page = run("due", file, "--as-of", "2570-10-15", "--lang", "en").stdout.decode()
    assert say("due.open_rows", "en", count=2, alone=2) in page
    assert say("due.open", "en", count=0) not in page
    found = run_json("due", file, "--as-of", "2570-10-15")
    assert (found["pieces"], found["joint"]) == ([], [])
    assert [(one["requirement"], one["missing"], one["settles"]) for one in found["actions"]] == [
        ("1.1.2", ["responsible", "period"], ["1.1.2"]),
        ("6.1.2", ["result"], ["6.1.2"]),
    ]
    unit = content["actions"]["6.1.2"]["responsible"]
    assert [(one["unit"], one["actions"]) for one in found["units"]] == [
        (unit, ["6.1.2"]),
        (None, ["1.1.2"]),
    ]


def test_rows_besides_the_evidence(tmp_path: Path) -> None:
    """What a piece settles only with its row is said apart, whether all of it or a part."""
    content = changed({"dos_and_donts": remove, "hr_plan": remove})
    for requirement in ("1.1.5", "6.1.1"):
        del content["actions"][requirement]
    file = write(tmp_path, content)
    found = run_json("due", file, "--as-of", "2570-09-30")
    assert [(one["settles"], one["settles_with_action"]) for one in found["pieces"]] == [
        (["2.1.3", "6.1.6"], ["1.1.5"]),
        ([], ["6.1.1"]),
    ]
    assert [one["settles"] for one in found["actions"]] == [[], []]
    page = run("due", file, "--as-of", "2570-09-30", "--lang", "en").stdout.decode()
    assert "settles 1.1.5, 2.1.3, 6.1.6" in page
    assert page.count(say("due.rows_too", "en", ids="1.1.5")) == 1
    assert page.count(say("due.rows_too_all", "en")) == 1


def test_later(tmp_path: Path) -> None:
    """What is not due and what is waived comes by day; a waiver that has ended is told."""
    content = STATUSES.read_text(encoding="utf-8") + (
        "  - {requirement: 7.1.1, status: waived, reason: รอ, approved_by: ปลัดเทศบาล,"
        " expires: 2567-03-02}\n"
    )
    file = tmp_path / "statuses.yaml"
    file.write_text(content, encoding="utf-8")
    found = run_json("due", file, "--as-of", "2567-03-01")
    assert found["later"] == [
        {"requirement": "7.1.1", "status": "waived", "day": "2024-03-02", "days_left": 1},
        {"requirement": "2.1.2", "status": "waived", "day": "2024-03-20", "days_left": 19},
        {"requirement": "5.1.4", "status": "not_due", "day": "2024-03-31", "days_left": 30},
    ]
    codes = [(one["code"], one["requirement"]) for one in found["findings"]]
    assert ("waiver_expired", "2.1.5") in codes
    page = run("due", file, "--as-of", "2567-03-01", "--lang", "en").stdout.decode()
    assert "the waiver of 2.1.5 expired on 31 Jan 2567 BE (2024-01-31) and is" in page


@pytest.mark.parametrize(
    ("day", "left", "key", "days"),
    [
        ("2567-04-29", 1, "days_left", 1),
        ("2567-04-30", 0, "last_day", 0),
        ("2567-05-02", -2, "overdue", 2),
    ],
)
def test_days_to_the_deadline(small: Path, day: str, left: int, key: str, days: int) -> None:
    """The days to the deadline are counted from the day of judging, and may be over."""
    command = ("due", small / "evidence.yaml", "--as-of", day)
    assert run_json(*command)["days_left"] == left
    page = run(*command, "--lang", "en").stdout.decode()
    assert say(f"report.{key}", "en", days=days) in page


def test_no_deadline() -> None:
    """Without a deadline no days are left, and none are over."""
    assert run_json("due", SEED, "--as-of", "2567-03-01")["days_left"] is None


# Exit codes, usage, and where output goes.

EXITS: list[tuple[str, int, str, tuple[str, ...]]] = [
    ("nothing open", 0, "complete", ("--as-of", "2570-09-30")),
    ("a gap", 1, "seed", ("--as-of", "2567-10-15")),
    ("only warnings", 0, "advised", ("--as-of", "2567-10-15", "--issue", "4")),
    ("all excepted", 3, "excepted", ("--as-of", "2567-10-15", "--issue", "4")),
    ("an issue that is not there", 3, "complete", ("--issue", "9")),
    ("one of two issues is not there", 3, "complete", ("--issue", "4", "--issue", "9")),
    ("a file that is not there", 2, "nowhere", ()),
    ("an unknown key", 2, "invalid", ()),
    ("a bad catalogue", 2, "complete", ("--rules", "rules")),
    ("no day", 2, "complete", ("--as-of", "31 เม.ย. 2567")),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file for each outcome."""
    rows = "".join(
        f'  - {{requirement: "4.1.{step}", status: not_applicable, reason: ไม่มี}}\n'
        for step in range(1, 6)
    )
    head = "agency: {name: เทศบาลตัวอย่าง}\nfiscal_year: 2567\n"
    texts = {
        "complete": COMPLETE.read_text(encoding="utf-8").replace("files/hr-plan.txt", "plan.txt"),
        "seed": SEED.read_text(encoding="utf-8"),
        "advised": ADVISED,
        "excepted": f"{head}exceptions:\n{rows}",
        "invalid": f"{head}evidense: {{}}\n",
    }
    for name, text in texts.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "plan.txt").write_text("แผน", encoding="utf-8")
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "kinds.yaml").write_text("[", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("code", "name", "options"), [row[1:] for row in EXITS], ids=[row[0] for row in EXITS]
)
@pytest.mark.parametrize("format_", ["text", "json"])
def test_exit_codes(
    code: int, name: str, options: tuple[str, ...], format_: str, folder: Path
) -> None:
    """The code is that of `check`, whatever the format."""
    words = (f"{name}.yaml", "-f", format_, *options)
    due_, check = (run(command, *words, cwd=folder) for command in ("due", "check"))
    assert (due_.returncode, check.returncode) == (code, code)
    assert due_.stderr.replace(b"due", b"check") == check.stderr


def test_unjudged_object(folder: Path) -> None:
    """A file that cannot be judged gives an object with its errors, as in a report."""
    for name, options in (("invalid.yaml", ()), ("complete.yaml", ("--rules", "rules"))):
        words = (name, *options, "-f", "json")
        due_, check = (run(command, *words, cwd=folder) for command in ("due", "check"))
        found, report = json.loads(due_.stdout), json.loads(check.stdout)
        assert found.pop("format") == "ita-check/due/1"
        assert report.pop("format") == "ita-check/report/1"
        assert found == report
        assert run("due", name, *options, cwd=folder).stdout == b""


USAGE: list[tuple[str, tuple[object, ...], tuple[str, dict[str, object]]]] = [
    ("two files", (COMPLETE, SEED), ("commands.extra_argument", {"text": SEED})),
    ("no file", (), ("commands.missing_argument", {"name": "EVIDENCE"})),
    ("a misspelt format", (COMPLETE, "-f", "jsn"), ("problems.did_you_mean", {"word": "json"})),
    (
        "an option of another command",
        (COMPLETE, "--verbose"),
        ("commands.no_such_option", {"option": "--verbose", "hint": ""}),
    ),
    ("no number of an issue", (COMPLETE, "--issue", "x"), ("commands.not_an_issue", {"text": "x"})),
    ("an output without a file", (COMPLETE, "-o", "json"), ("commands.output_form", {"text": "json"})),
]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "said"), [row[1:] for row in USAGE], ids=[row[0] for row in USAGE]
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wrong_usage(
    words: tuple[object, ...], said: tuple[str, dict[str, object]], language: Language, call: Call
) -> None:
    """What cannot be followed is told with how to get help, and ends with 2."""
    done = call("due", *words, "--lang", language)
    assert (done.code, done.out) == (2, "")
    assert say(said[0], language, **said[1]).strip() in done.err
    assert say("commands.see_help", language, name="due") in done.err


def test_standard_input(small: Path) -> None:
    """A file on standard input gives the same list under its own name."""
    words = ("--as-of", "2567-03-01", "--issue", "4", "--lang", "en")
    done = run("due", "-", *words, stdin=SMALL.encode(), cwd=small)
    expected = PAGES["en"].replace(" evidence.yaml:", " -:").replace("  evidence.yaml", "  -")
    assert (done.stdout.decode(), done.returncode) == (expected, 1)


def test_outputs(small: Path) -> None:
    """Files are written besides, plain and whole, and hold what standard output would."""
    outputs = ("-o", "json=due.json", "-o", "text=due.txt")
    colored = {"FORCE_COLOR": "1"}
    done = run("due", *OF_SMALL, "--lang", "th", *outputs, cwd=small, env=colored)
    alone = run("due", *OF_SMALL, "--lang", "th", "-f", "json", cwd=small).stdout
    assert b"\x1b[" in done.stdout
    assert (small / "due.json").read_bytes() == alone
    closing = f" {say('report.exit', code=1)}"
    assert (small / "due.txt").read_text(encoding="utf-8") == PAGES["th"].replace(closing, "")
    assert done.returncode == 1


@pytest.mark.parametrize(
    "output", ["json=evidence.yaml", "json", "csv=x.csv", "json=nowhere/due.json"]
)
def test_outputs_that_cannot_be(output: str, small: Path) -> None:
    """An output that would write over the evidence, is no form, or has no folder: exit 2."""
    done = run("due", *OF_SMALL, "-o", output, cwd=small)
    assert done.returncode == 2
    assert done.stderr != b""
    assert (small / "evidence.yaml").read_text(encoding="utf-8") == SMALL
    assert [file.name for file in small.iterdir()] == ["evidence.yaml"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_full_disk(small: Path) -> None:
    """A list that cannot be written to standard output is told and ends with 2."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ita_check", "due", *OF_SMALL, "--lang", "en"],
            cwd=small,
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
    assert done.returncode == 2
    assert squeezed(say("commands.disk_full", "en")) in squeezed(done.stderr.decode())


def test_hostile_text(small: Path) -> None:
    """What the file says stays text: no escape, no direction mark and no markup is obeyed."""
    hostile = "กอง\u202e\u2066[bold]<b>{{7*7}}\x9b31m"
    written = json.dumps(hostile)
    content = SMALL.replace("responsible: กองช่าง", f"responsible: {written}")
    content = content.replace("name: เทศบาลตัวอย่าง", f"name: {written}")
    (small / "evidence.yaml").write_text(content, encoding="utf-8")
    for format_ in ("text", "json"):
        out = run("due", *OF_SMALL, "-f", format_, cwd=small).stdout.decode()
        assert [mark for mark in ("\u202e", "\u2066", "\x9b") if mark in out] == []
        assert "[bold]<b>{{7*7}}" in out
    found = json.loads(run("due", *OF_SMALL, "-f", "json", cwd=small).stdout)
    assert found["agency"]["name"] == hostile
    assert hostile in {unit["unit"] for unit in found["units"]}


def test_color_is_left_out_on_request() -> None:
    """A terminal that takes color gets it, unless it is not wanted."""
    command, colored = ("due", SEED, "--as-of", "2567-10-15"), {"FORCE_COLOR": "1"}
    assert b"\x1b[" in run(*command, env=colored).stdout
    assert b"\x1b[" not in run(*command, "--no-color", env=colored).stdout
    assert b"\x1b[" not in run(*command, env={**colored, "NO_COLOR": "1"}).stdout


def test_symbols_that_the_stream_cannot_hold() -> None:
    """Where the encoding has no symbols, letters stand for them."""
    command = ("due", STATUSES, "--as-of", "2567-03-01")
    page = run(*command, env={"PYTHONIOENCODING": "cp874"}).stdout.decode("cp874")
    assert "   *  " in page
    assert "  o " in page

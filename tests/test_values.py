"""Text of the evidence file as typed values: the rules of reading of contract.md, section 2."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from string import Formatter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support import FIXTURES, catalogue

from ita_check.characters import is_blank, name_of, normalised
from ita_check.errors import CannotJudge
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.model.calendar import Period
from ita_check.model.catalogue import Field
from ita_check.model.evidence import (
    Action,
    Agency,
    DeclaredException,
    Evidence,
    Located,
    Record,
    Units,
)
from ita_check.texts import Language, Phrase, Text, phrase, sentences

repeatable = settings(derandomize=True, deadline=None, max_examples=100)
Told = tuple[str, dict[str, object]]
LANGUAGES: tuple[Language, ...] = ("th", "en")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
AGENCY = "agency: {name: เทศบาล, website: https://www.example.go.th}\n"
HEAD = AGENCY + "fiscal_year: 2567\n"


def read(text: str) -> Evidence:
    """A whole evidence file."""
    return read_evidence(
        "e.yaml", text.encode(), catalogue(), FolderFiles(str(FIXTURES / "complete-2570")), "-"
    )


def plain(value: object) -> object:
    """A typed value with its records as dictionaries, so that whole values can be compared."""
    if isinstance(value, Located):
        return value.text
    if isinstance(value, Record):
        return {name: plain(member) for name, member in value.values.items()}
    if type(value) is tuple:
        return tuple(plain(member) for member in value)
    return value


def items(body: str) -> dict[str, list[object]]:
    """Everything that the `evidence` section declares, by kind."""
    found = read(f"{HEAD}evidence: {body}\n").items
    return {kind: [plain(item) for item in rows] for kind, rows in found.items()}


def value(kind: str, field: str, written: str) -> object:
    """One field of one item as typed, None where it counts as not there."""
    [row] = read(f"{HEAD}evidence:\n  {kind}:\n    title: ก\n    {field}: {written}\n").items[kind]
    return plain(row.values.get(field))


def told(key: str, /, **gaps: object) -> Told:
    """What a message says, whatever its wording: its key and what fills its gaps."""
    return key, gaps


def did_you_mean(word: str) -> Phrase:
    """The hint that a message may end with."""
    return phrase("problems.did_you_mean", word=word)


def problems(text: str) -> list[tuple[str, Told]]:
    """Every problem of a file as path and message, in the order told."""
    with pytest.raises(CannotJudge) as caught:
        read(text)
    return [
        (one.path, told(one.message.key.removeprefix("problems."), **dict(one.message.gaps)))
        for one in caught.value.problems
    ]


def refusal(kind: str, field: str, written: str) -> Told:
    """The one message about one field of one item."""
    [(path, message)] = problems(f"{HEAD}evidence:\n  {kind}:\n    {field}: {written}\n")
    assert path == f"evidence.{kind}.{field}"
    return message


def quoted(text: str) -> str:
    """A text in double quotes that YAML reads as exactly that text."""
    return '"' + "".join(f"\\U{ord(character):08X}" for character in text) + '"'


# ---------------------------------------------------------------- booleans

YES = ["true", "yes", "ใช่", "มี", "True", "TRUE", "Yes", "YES", "yEs", '"yes"', "' มี '"]
NO = ["false", "no", "ไม่ใช่", "ไม่มี", "False", "FALSE", "No", "NO", "nO", '"no"', "'  ไม่มี'"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [*((text, True) for text in YES), *((text, False) for text in NO)],
)
def test_boolean(written: str, expected: bool) -> None:
    """Each spelling in any case is that answer."""
    assert value("q_and_a", "two_way", written) is expected


@pytest.mark.parametrize(
    "written", ["on", "off", "1", "0", "y", "n", "ไม่", "จริง", "yes!", "ใช่แล้ว", "none", "x"]
)
def test_no_boolean(written: str) -> None:
    """Anything else is told, never guessed."""
    assert refusal("q_and_a", "two_way", written) == told(
        "not_a_boolean", field="two_way", text=written
    )


@pytest.mark.parametrize("written", ["[yes]", "{a: yes}", "[[yes]]"])
def test_boolean_is_one_value(written: str) -> None:
    """A list or a mapping is no answer."""
    assert refusal("q_and_a", "two_way", written) == told("one_value", field="two_way")


def test_every_boolean_of_the_contract() -> None:
    """The fields that the contract calls booleans are, in every kind that has them."""
    booleans = {
        ("anti_corruption_plan", "transparency"),
        ("anti_corruption_report", "transparency"),
        ("asset_manual", "follow_strictly"),
        ("complaint_statistics", "none_statement"),
        ("corruption_complaint_channel", "linked_from_homepage"),
        ("corruption_complaint_channel", "online"),
        ("corruption_complaint_channel", "open_to_outsiders"),
        ("corruption_complaint_channel", "protects_identity"),
        ("corruption_complaint_channel", "separate"),
        ("e_service", "linked_from_homepage"),
        ("gift_report", "none_statement"),
        ("no_gift_policy", "signer_is_top_executive"),
        ("procurement_list", "complete"),
        ("procurement_progress", "signed_contracts"),
        ("q_and_a", "linked_from_homepage"),
        ("q_and_a", "two_way"),
    }
    assert {(kind, f.name) for kind, f in all_fields() if f.type == "boolean"} == booleans


def all_fields() -> Iterator[tuple[str, Field]]:
    """Every own field of every kind, those of its records too."""
    for kind in catalogue().kinds.values():
        for name in kind.own:
            field = kind.fields[name]
            yield kind.name, field
            for inner in (field.fields or {}).values():
                yield kind.name, inner


# ---------------------------------------------------------------- counts and amounts


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0", 0),
        ("12", 12),
        ("010", 10),
        ("๑๒", 12),
        ("1,234", 1234),
        ("๑,๒๓๔,๕๖๗", 1_234_567),
        ('"1,234"', 1234),
        ("ไม่มี", 0),
        ("' ไม่มี '", 0),
        ("999999999999", 999_999_999_999),
        ("999,999,999,999", 999_999_999_999),
        ("๙๙๙,๙๙๙,๙๙๙,๙๙๙", 999_999_999_999),
    ],
)
def test_count(written: str, expected: int) -> None:
    """A whole number, with commas and Thai digits; `ไม่มี` is none."""
    found = value("complaint_statistics", "total", written)
    assert (found, type(found)) == (expected, int)


@pytest.mark.parametrize(
    "written",
    [
        "1000000000000",
        "1,000,000,000,000",
        "0000000000001",
        "-1",
        "+1",
        "1.0",
        "1.5",
        "1,23",
        "12,34",
        "1234,567",
        '",123"',
        '"1,234,"',
        '"1,,234"',
        "1 234",
        "5 เรื่อง",
        "0x10",
        "1e3",
        "๑๒ก",
        "none",
        "ห้า",
    ],
)
def test_no_count(written: str) -> None:
    """Anything else is told, a thirteenth digit too."""
    key, gaps = refusal("complaint_statistics", "total", written)
    assert (key, gaps["field"]) == ("not_a_count", "total")
    assert str(gaps["text"]).translate(ARABIC) == written.strip('"').translate(ARABIC)


def amount(written: str) -> object:
    """The budget of a project as typed."""
    evidence = read(
        f"{HEAD}evidence:\n  anti_corruption_plan:\n    projects:\n    - budget: {written}\n"
    )
    [plan] = evidence.items["anti_corruption_plan"]
    [project] = plan.records("projects")
    return project.values["budget"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0", "0"),
        ("1250000", "1250000"),
        ('"1,250,000.00"', "1250000.00"),
        ('"๑,๒๕๐,๐๐๐.๕๐"', "1250000.50"),
        ("0.10", "0.10"),
        ("999999999999.99", "999999999999.99"),
        ('"999,999,999,999.5"', "999999999999.5"),
    ],
)
def test_amount(written: str, expected: str) -> None:
    """A budget keeps its decimals exactly."""
    assert amount(written) == Decimal(expected)


@pytest.mark.parametrize(
    "written",
    ["1000000000000", "-1", "1.", ".5", "1.2.3", "1,25", "1e6", "1,5 บาท", "5 ล้าน", "NaN", "inf"],
)
def test_no_amount(written: str) -> None:
    """A budget is a number and nothing else."""
    body = f"{{anti_corruption_plan: {{projects: [{{budget: {quoted(written)}}}]}}}}"
    assert problems(f"{HEAD}evidence: {body}\n") == [
        (
            "evidence.anti_corruption_plan.projects[0].budget",
            told("not_a_decimal", field="budget", text=written),
        )
    ]


@repeatable
@given(st.integers(0, 999_999_999_999), st.booleans(), st.booleans())
def test_counts_read_back(number: int, commas: bool, thai: bool) -> None:
    """Any number of at most 12 digits reads back, however it is written."""
    text = f"{number:,}" if commas else f"{number}"
    text = text.translate(THAI) if thai else text
    assert value("procurement_list", "items", f'"{text}"') == number
    assert amount(f'"{text}.25"') == Decimal(number) + Decimal("0.25")


def test_counts_of_the_contract() -> None:
    """The fields that the contract calls counts are, in every kind that has them."""
    assert {field.name for _, field in all_fields() if field.type == "count"} == {
        "participants",
        "items",
        "total",
        "closed",
        "pending",
        "over_500k",
    }
    assert {field.name for _, field in all_fields() if field.type == "decimal"} == {"budget"}


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("steps", ("steps",)),
        ("[steps]", ("steps",)),
        ("[steps, duration]", ("steps", "duration")),
        ("ขั้นตอน", ("steps",)),
        ("[ขั้นตอน, duration]", ("steps", "duration")),
        ('[ " ขั้นตอน " ]', ("steps",)),
        ("[steps, ขั้นตอน, steps]", ("steps",)),
        ("[steps, null, '', ~]", ("steps",)),
    ],
)
def test_list(written: str, expected: tuple[str, ...]) -> None:
    """One value is a list of one; a value is its key or its Thai label, each counts once."""
    assert value("work_manual", "covers", written) == expected


LISTED = [
    pytest.param(kind, field, id=f"{kind}.{field.name}")
    for kind, field in all_fields()
    if field.type == "list"
]


@pytest.mark.parametrize(("kind", "field"), LISTED)
def test_every_listed_value_has_two_spellings(kind: str, field: Field) -> None:
    """In every list of every kind each key and each Thai label means one value."""
    by_label = {normalised(one.label.th): one.key for one in field.values}
    assert len(by_label) == len(field.values)
    assert not set(by_label) & {one.key for one in field.values}
    own = catalogue().kinds[kind].fields.get(field.name)
    if own is not field:
        return
    written = [quoted(text) for one in field.values for text in (one.key, one.label.th)]
    expected = tuple(one.key for one in field.values)
    assert value(kind, field.name, f"[{', '.join(written)}]") == expected


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("step", "steps"),
        ("Steps", "steps"),
        ("ขั้นตอ", "ขั้นตอน"),
        ("Time taken", ""),
        ("Laws that apply", ""),
        ("fee", ""),
        ("all", ""),
        ("ทั้งหมด", ""),
        ('"steps, duration"', "duration"),
        ('"steps/duration"', "duration"),
    ],
)
def test_unknown_listed_value(written: str, hint: str) -> None:
    """A value that is not listed is told with all that are, and satisfies nothing."""
    assert refusal("work_manual", "covers", written) == told(
        "unknown_value",
        field="covers",
        text=written.strip('"'),
        hint=did_you_mean(hint) if hint else "",
        allowed=("name", "steps", "duration", "laws"),
    )


def test_a_list_takes_no_list_or_mapping_as_value() -> None:
    """Each value of a list is one value."""
    text = f"{HEAD}evidence: {{work_manual: {{covers: [steps, [laws], {{name: yes}}]}}}}\n"
    message = told("one_value", field="covers")
    assert problems(text) == [
        ("evidence.work_manual.covers[1]", message),
        ("evidence.work_manual.covers[2]", message),
    ]


@pytest.mark.parametrize(
    ("kind", "field", "one", "expected"),
    [
        ("hr_plan", "url", "https://example.go.th/a", ("https://example.go.th/a",)),
        ("hr_plan", "file", "files/hr-plan.txt", ("files/hr-plan.txt",)),
        ("hr_plan", "channels", "เสียงตามสาย/หอกระจายข่าว", ("public_address",)),
        ("hr_plan", "audience", "ประชาชน", ("public",)),
        ("q_and_a", "intake", "ตู้รับเรื่อง", ("box",)),
        ("asset_inspection", "inspected_on", "31 มี.ค. 67", (date(2024, 3, 31),)),
        (
            "no_gift_activity",
            "held_on",
            "31 มี.ค. 67",
            (Period(date(2024, 3, 31), date(2024, 3, 31)),),
        ),
        ("procurement_progress", "months", "ต.ค. 66", ("2023-10",)),
        ("ita_analysis", "issues", "3", ("3",)),
        ("e_service", "services", "{name: ก}", ({"name": "ก"},)),
        ("ethics_training", "sessions", "{topic: ก}", ({"topic": "ก"},)),
        ("news", "entries", "{topic: ก}", ({"topic": "ก"},)),
        (
            "corruption_risk_assessment",
            "risks",
            "{topic: bribery}",
            ({"topic": ("bribery",)},),
        ),
    ],
)
def test_one_value_is_a_list_of_one(
    kind: str, field: str, one: str, expected: tuple[object, ...]
) -> None:
    """Every list field takes one value, and a list of that one value, alike."""
    assert value(kind, field, one) == value(kind, field, f"[{one}]") == expected


def test_one_item_is_a_list_of_one() -> None:
    """A kind holds one item or a list of items."""
    assert items("{hr_plan: {title: ก}}") == items("{hr_plan: [{title: ก}]}")
    assert items("{hr_plan: [{title: ก}, {title: ข}]}") == {
        "hr_plan": [{"title": "ก"}, {"title": "ข"}]
    }


# ---------------------------------------------------------------- issues, months, days


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("1", "1"),
        ("๗", "7"),
        ("[1, 3, 7]", "137"),
        ("[3, 1, 3]", "31"),
        ("1-7", "1234567"),
        ("๑-๗", "1234567"),
        ("1 - 7", "1234567"),
        ("1–7", "1234567"),
        ("1 ถึง 7", "1234567"),
        ("[1, 3-5, 4-6]", "13456"),
        ("7-7", "7"),
        ("all", "1234567"),
        ("ALL", "1234567"),
        ("[2, all]", "2134567"),
    ],
)
def test_issues(written: str, expected: str) -> None:
    """`issues` takes numbers, ranges of them, or all."""
    assert value("ita_analysis", "issues", written) == tuple(expected)


@pytest.mark.parametrize(
    "written", ["0", "8", "1-8", "0-7", "7-1", "01", "-1", '"1,2"', "1.1", "1-3-7", "every", "1-"]
)
def test_no_issues(written: str) -> None:
    """Another number, or a range the wrong way round, is told with what is taken."""
    assert refusal("ita_analysis", "issues", written) == told(
        "unknown_value",
        field="issues",
        text=written.strip('"'),
        hint="",
        allowed=(*"1234567", "1-7", "all"),
    )


def test_months_may_be_ranges_of_a_list() -> None:
    """Months and ranges stand side by side; a month counts once."""
    assert value("procurement_progress", "months", "[ต.ค. 66 - ธ.ค. 66, 2566-12, มกราคม 2567]") == (
        "2023-10",
        "2023-11",
        "2023-12",
        "2024-01",
    )


def test_held_on_takes_days_and_periods() -> None:
    """`held_on` is a date or a period, or a list of them."""
    written = "[2567-02-14, 1 มี.ค. 67 - 3 มี.ค. 67, {from: 2567-04-01, to: 2567-04-02}]"
    assert value("no_gift_activity", "held_on", written) == (
        Period(date(2024, 2, 14), date(2024, 2, 14)),
        Period(date(2024, 3, 1), date(2024, 3, 3)),
        Period(date(2024, 4, 1), date(2024, 4, 2)),
    )


def test_inspected_on_takes_days_only() -> None:
    """A period is no day of inspection."""
    written = "2567-02-14 - 2567-02-15"
    assert refusal("asset_inspection", "inspected_on", written) == told("not_a_date", text=written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2566-2570", Period(date(2022, 10, 1), date(2027, 9, 30))),
        ("2566 เป็นต้นไป", Period(date(2022, 10, 1), None)),
        ("{from: 1 ต.ค. 66, to: 30 ก.ย. 67}", Period(date(2023, 10, 1), date(2024, 9, 30))),
        ("{to: 30/9/2567, from: 2566-10-01}", Period(date(2023, 10, 1), date(2024, 9, 30))),
    ],
)
def test_in_force(written: str, expected: Period) -> None:
    """A plan's period is text or `{from:, to:}` in any order."""
    assert value("hr_plan", "in_force", written) == expected


def test_from_and_to_are_both_needed() -> None:
    """`{from:, to:}` is told about what is missing, unknown, wrong or the wrong way round."""
    path = "evidence.hr_plan.in_force"

    def of(written: str) -> list[tuple[str, Told]]:
        return problems(f"{HEAD}evidence: {{hr_plan: {{in_force: {written}}}}}\n")

    both = told("period_needs_both", field="in_force")
    assert of("{from: 2566-10-01}") == [(path, both)]
    assert of("{from: null, to: 2567-09-30}") == [(path, both)]
    order = told("ends_before_it_begins", text="30 ก.ย. 2567 - 1 ต.ค. 2566")
    assert of("{from: 2567-09-30, to: 2566-10-01}") == [(path, order)]
    [(where, (key, gaps))] = of("{from: 2566-10-01, to: 31 ก.ย. 2567}")
    assert (where, key, gaps["text"]) == (f"{path}.to", "no_such_day", "31 ก.ย. 2567")
    unknown = told("unknown_field", key="too", hint=did_you_mean("to"), allowed=("from", "to"))
    assert of("{from: 2566-10-01, to: 2567-09-30, too: x}") == [(f"{path}.too", unknown)]


@pytest.mark.parametrize(
    ("kind", "field"), [("hr_plan", "in_force"), ("no_gift_activity", "held_on")]
)
def test_blank_from_and_to_are_absent(kind: str, field: str) -> None:
    """A period whose ends are both blank is not there, as any other blank field."""
    assert value(kind, field, "{from: , to: ''}") is None


# ---------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("กองคลัง", ("กองคลัง",)),
        ("กองคลัง/กองช่าง", ("กองคลัง", "กองช่าง")),
        ("กองคลัง / กองช่าง", ("กองคลัง", "กองช่าง")),
        ("[กองคลัง, กองช่าง]", ("กองคลัง", "กองช่าง")),
        ("[กองคลัง/กองช่าง, สำนักปลัด]", ("กองคลัง", "กองช่าง", "สำนักปลัด")),
        ("กองคลัง//กองช่าง/", ("กองคลัง", "กองช่าง")),
        ("กองคลัง และ กองช่าง", ("กองคลัง และ กองช่าง",)),
    ],
)
def test_units(written: str, names: tuple[str, ...]) -> None:
    """One or several units, and `/` between units separates them."""
    evidence = read(f'{HEAD}actions: {{"1.1.1": {{responsible: {written}}}}}\n')
    responsible = evidence.actions["1.1.1"].responsible
    assert responsible is not None
    assert responsible.names == names
    approver = value("asset_borrowing", "approver", written)
    assert approver == responsible


def test_units_are_printed_as_written() -> None:
    """What is printed of units is what stands in the file."""
    assert value("asset_borrowing", "approver", "ปลัด /  รองปลัด") == Units(
        "ปลัด /  รองปลัด", ("ปลัด", "รองปลัด")
    )


@pytest.mark.parametrize("written", ["/", "' / '", "[]", "[/]"])
def test_no_unit(written: str) -> None:
    """Separators alone name nobody."""
    evidence = read(f'{HEAD}actions: {{"1.1.1": {{responsible: {written}, result: ก}}}}\n')
    assert evidence.actions["1.1.1"] == Action(None, None, "ก", None)


# ---------------------------------------------------------------- text stays text


@pytest.mark.parametrize(
    "written",
    ["yes", "no", "010", "12:30", "044-234567", "2567-02-29", "1e3", "0x1F", "1_000", ".inf", "NO"],
)
def test_text_stays_text(written: str) -> None:
    """What YAML would make a number, a day or an answer is text in a text field."""
    assert value("hr_plan", "document_no", written) == written


@repeatable
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=20))
@example("ก\u200bข")
@example("นํ้า  เเละ ๑๒\n")
@example("null")
@example("\u200b\u2060")
def test_free_text_is_kept(text: str) -> None:
    """Free text is what was written, invisible characters and all; blank text is not there."""
    assert value("hr_plan", "where", quoted(text)) == (None if is_blank(text) else text)


@repeatable
@given(st.text(alphabet="นกเาิ\u0e4d\u0e33\u0e48\u0e49 \u00a0\t๐๙09\u0e38", max_size=12))
def test_normalising_twice_changes_nothing(text: str) -> None:
    """Normalised text is NFC, without Thai digits, split SARA AM, doubled SARA E or double spaces."""
    once = normalised(text)
    assert normalised(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not set("๐๑๒๓๔๕๖๗๘๙\u00a0\t") & set(once)
    assert "  " not in once
    assert "เเ" not in once
    assert "\u0e4d\u0e32" not in once
    assert once == once.strip()


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("e\u0301", "\u00e9"),
        ("น\u0e4d\u0e32", "นำ"),
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("เเผน", "แผน"),
        ("๐๑๒๓๔๕๖๗๘๙", "0123456789"),
        (" ก \u00a0\t\n ข ", "ก ข"),
        ("ก\u200bข", "ก\u200bข"),
    ],
)
def test_normalised(written: str, expected: str) -> None:
    """Each rule of normalisation by an example."""
    assert normalised(written) == expected


def test_labels_are_compared_in_normalised_form() -> None:
    """SARA AM typed as two, SARA E typed twice and wide spaces are the label they look like."""
    written = [
        "ผู้น\u0e4d\u0e32ชุมชน",
        "ที่ท\u0e4d\u0e32การ/ศูนย์ข้อมูลข่าวสาร",
        "เเอปพลิเคชัน",
        "อื่น\u00a0\u00a0ๆ",
    ]
    assert value("hr_plan", "channels", f"[{', '.join(map(quoted, written))}]") == (
        "community_leader",
        "office",
        "app",
        "other",
    )


def test_keys_are_compared_in_normalised_form() -> None:
    """A requirement's id in Thai digits is that requirement, also as a duplicate."""
    evidence = read(f'{HEAD}actions: {{" ๖.๑.๑ ": {{result: ก}}}}\n')
    assert dict(evidence.actions) == {"6.1.1": Action(None, None, "ก", None)}
    text = f'{HEAD}actions:\n  "6.1.1": {{result: ก}}\n  "๖.๑.๑": {{result: ข}}\n'
    assert problems(text) == [("", told("duplicate_key", key="๖.๑.๑", line=5, first=4))]


@pytest.mark.parametrize(
    ("kind", "field", "written"),
    [
        ("hr_plan", "published_on", "๓๑ เม.ย. ๒๕๖๗"),
        ("hr_plan", "fiscal_year", "๖๗"),
        ("hr_plan", "in_force", "๑ ต.ค. – ๓๑ ธ.ค. ๒๕๖๖"),
        ("hr_plan", "channels", "เเฟนเพจ"),
        ("hr_plan", "url", "www.example.go.th/๑"),
        ("complaint_statistics", "total", "๕  เรื่อง"),
        ("q_and_a", "two_way", "ใช่  ๑"),
        ("ita_analysis", "issues", "๘"),
    ],
)
def test_a_message_quotes_what_was_written(kind: str, field: str, written: str) -> None:
    """What is printed is what was written, not its normalised form."""
    _, gaps = refusal(kind, field, quoted(written))
    assert gaps["text"] == written


# ---------------------------------------------------------------- invisible characters

INVISIBLES = [
    "\u00ad",
    "\u061c",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u202e",
    "\u2060",
    "\u2066",
    "\ufeff",
]
STRICT = [
    ("hr_plan", "published_on", "2567-03-31"),
    ("hr_plan", "in_force", "2566-2570"),
    ("hr_plan", "fiscal_year", "2567"),
    ("hr_plan", "channels", "website"),
    ("hr_plan", "channels", "เว็บไซต์"),
    ("hr_plan", "url", "https://www.example.go.th/"),
    ("complaint_statistics", "total", "12"),
    ("ita_analysis", "issues", "1-7"),
    ("procurement_progress", "months", "ต.ค. 66"),
    ("no_gift_activity", "held_on", "14 ก.พ. 67"),
    ("q_and_a", "two_way", "yes"),
]


@pytest.mark.parametrize("character", INVISIBLES)
def test_invisible_character_is_named(character: str) -> None:
    """In a day, a number, an address or a listed value an invisible character is named."""
    for kind, field, text in STRICT:
        for at in (0, 2, len(text)):
            found = refusal(kind, field, quoted(text[:at] + character + text[at:]))
            assert found == told("invisible", field=field, character=name_of(character))


def test_invisible_character_in_hosts_and_exceptions_is_named() -> None:
    """So it is in official hosts, the website, the fiscal year, the deadline and an exception."""
    text = (
        'agency: {name: ก, website: "https://\\u200bexample.go.th",'
        ' official_hosts: ["e\\u200bx.go.th"]}\n'
        'fiscal_year: "2567\\u200b"\n'
        'deadline: "\\u200b2567-09-30"\n'
        'exceptions: [{requirement: "4.1.2\\u200b", status: "waived\\u200b", reason: ก}]\n'
    )

    zero = "U+200B ZERO WIDTH SPACE"
    assert problems(text) == [
        ("agency.website", told("invisible", field="website", character=zero)),
        ("agency.official_hosts[0]", told("invisible", field="official_hosts", character=zero)),
        ("fiscal_year", told("invisible", field="fiscal_year", character=zero)),
        ("deadline", told("invisible", field="deadline", character=zero)),
        ("exceptions[0].requirement", told("invisible", field="requirement", character=zero)),
        ("exceptions[0].status", told("invisible", field="status", character=zero)),
    ]


@pytest.mark.parametrize("character", INVISIBLES)
def test_invisible_character_in_a_key_is_named(character: str) -> None:
    """A key with an invisible character is an error that names it, and nothing else is told."""
    text = (
        f"{HEAD}evidence: {{{quoted('hr' + character + '_plan')}:"
        f" {{{quoted('title' + character)}: ก}}}}\n"
        f"actions: {{{quoted(character + '6.1.1')}: {{result: ก}}}}\n"
    )
    message = told("invisible_in_key", character=name_of(character))
    assert [found for _, found in problems(text)] == [message] * 3


def test_invisible_characters_stay_in_free_text() -> None:
    """A name, a result, a unit or a topic keeps them."""
    text = quoted("ก\u200bข")
    evidence = read(
        f"agency: {{name: {text}}}\nfiscal_year: 2567\n"
        f"evidence: {{hr_plan: {{title: {text}, note: {text}}}}}\n"
        f'actions: {{"6.1.1": {{responsible: {text}, result: {text}, outcome: {text}}}}}\n'
    )
    kept = "ก\u200bข"
    assert evidence.agency == Agency(kept, None, ())
    assert plain(evidence.items["hr_plan"]) == ({"title": kept, "note": kept},)
    assert evidence.actions["6.1.1"] == Action(Units(kept, (kept,)), None, kept, kept)


# ---------------------------------------------------------------- null and blank

BLANK = [
    "",
    "null",
    "Null",
    "NULL",
    "~",
    "''",
    '"  "',
    '"\\u200b"',
    "[]",
    "{}",
    "[null, '']",
    "[[]]",
]


@pytest.mark.parametrize("blank", BLANK)
def test_blank_field_is_absent(blank: str) -> None:
    """A field of any type that is null or blank counts as not there."""
    body = "".join(
        f"    {field}: {blank}\n"
        for field in ("url", "file", "fiscal_year", "published_on", "channels", "in_force")
    )
    evidence = read(f"{HEAD}evidence:\n  hr_plan:\n    title: ก\n{body}")
    assert plain(evidence.items["hr_plan"]) == ({"title": "ก"},)


@pytest.mark.parametrize("blank", BLANK)
def test_blank_kind_row_and_section_are_absent(blank: str) -> None:
    """So does a kind, an action row, a record in a list and a whole section."""
    evidence = read(
        f"{HEAD}deadline: {blank}\n"
        f"evidence:\n  hr_plan: {blank}\n  news:\n    title: ก\n    entries:\n    - {blank}\n"
        f"    - topic: ข\n"
        f'actions:\n  "6.1.1": {blank}\n  "6.1.2":\n    result: {blank}\n    outcome: ก\n'
        f"exceptions:\n- {blank}\n"
    )
    assert {kind: plain(rows) for kind, rows in evidence.items.items()} == {
        "news": ({"title": "ก", "entries": ({"topic": "ข"},)},)
    }
    assert dict(evidence.actions) == {"6.1.2": Action(None, None, None, "ก")}
    assert (evidence.exceptions, evidence.deadline) == ((), None)
    for section in ("evidence", "actions", "exceptions", "deadline"):
        sections = read(f"{HEAD}{section}: {blank}\n")
        assert (dict(sections.items), dict(sections.actions), sections.exceptions) == ({}, {}, ())


def test_only_plain_null_is_null() -> None:
    """A quoted null is text."""
    assert value("hr_plan", "where", '"null"') == "null"
    assert value("hr_plan", "where", '"~"') == "~"
    assert value("hr_plan", "where", "nULL") == "nULL"


@pytest.mark.parametrize(
    "item",
    [
        "{note: ก}",
        "[{note: ก}]",
        "[{note: ก}, {note: ข}]",
        "[null, {note: ก}]",
        "{note: ก, title: null, channels: []}",
        "{note: ก, in_force: {from: , to: }}",
    ],
)
def test_item_with_only_a_note_is_not_declared(item: str) -> None:
    """An item with no fact but `note` is not there."""
    assert items(f"{{hr_plan: {item}}}") == {}


@pytest.mark.parametrize("fact", ["title: ก", "unit: ก", "where: ก", "channels: line"])
def test_any_fact_declares_an_item(fact: str) -> None:
    """Any one fact beside a note declares an item, and rows without one are left out."""
    rows = items(f"{{hr_plan: [{{note: ก}}, {{note: ก, {fact}}}, null]}}")["hr_plan"]
    assert len(rows) == 1
    found = read(f"{HEAD}evidence: {{hr_plan: [{{note: ก}}, {{{fact}}}]}}\n").items["hr_plan"]
    assert [item.path for item in found] == ["evidence.hr_plan[1]"]


def test_false_and_zero_are_facts() -> None:
    """`no` and `0` are said, not absent."""
    assert items("{gift_report: {total: 0}, q_and_a: {two_way: no}}") == {
        "gift_report": [{"total": 0}],
        "q_and_a": [{"two_way": False}],
    }


def test_nothing_inside_an_item_is_required() -> None:
    """A session, risk, project or service with one field, whichever, is valid."""
    assert items(
        "{ethics_training: {sessions: [{participants: 5}]},"
        " corruption_risk_assessment: {risks: [{level: สูง}]},"
        " anti_corruption_plan: {projects: [{transparency: yes}]},"
        " e_service: {services: [{url: https://example.go.th}]},"
        " procurement_plan: {none_declaration: {announced_on: 2567-01-01}}}"
    ) == {
        "ethics_training": [{"sessions": ({"participants": 5},)}],
        "corruption_risk_assessment": [{"risks": ({"level": "สูง"},)}],
        "anti_corruption_plan": [{"projects": ({"transparency": True},)}],
        "e_service": [{"services": ({"url": ("https://example.go.th",)},)}],
        "procurement_plan": [{"none_declaration": {"announced_on": date(2024, 1, 1)}}],
    }


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("evidence: {hr_plan: {titel: }}", "evidence.hr_plan.titel"),
        ("evidence: {hr_plan: [{titel: ''}]}", "evidence.hr_plan[0].titel"),
        ("evidence: {hr_plann: }", "evidence.hr_plann"),
        ("evidence: {hr_plann: {}}", "evidence.hr_plann"),
        ("evidence: {news: {entries: [{topick: }]}}", "evidence.news.entries[0].topick"),
        ("evidence: {hr_plan: {title: ก, in_force: {form: }}}", "evidence.hr_plan.in_force.form"),
        ('actions: {"9.9.9": }', "actions.9.9.9"),
        ('actions: {"6.1.1": {resullt: }}', "actions.6.1.1.resullt"),
        ("exceptions: [{reasn: }]", "exceptions[0].reasn"),
        ("evidense: ", "evidense"),
        ("evidence: {hr_plann: , hr_report: {title: ก}}", "evidence.hr_plann"),
        ("evidence: {hr_plan: {titel: , unit: ก}}", "evidence.hr_plan.titel"),
    ],
)
def test_unknown_key_is_told_though_blank(body: str, path: str) -> None:
    """An unknown key, kind or id is an error whatever stands behind it and beside it."""
    assert [where for where, _ in problems(f"{HEAD}{body}\n")] == [path]


# ---------------------------------------------------------------- agency and fiscal year


def test_agency_and_fiscal_year_are_required() -> None:
    """A file without either is told both."""
    name, year = told("lacks_agency_name"), told("lacks_fiscal_year")
    both = [("fiscal_year", year), ("agency.name", name)]
    assert problems("evidence: {hr_plan: {title: ก}}\n") == both
    assert problems("agency: \nfiscal_year: \n") == [both[1], both[0]]
    assert problems("agency: {name: ''}\nfiscal_year: ~\n") == [both[1], both[0]]
    assert problems("agency: {website: https://example.go.th}\nfiscal_year: 2567\n") == [both[1]]
    assert problems('agency: {name: "\\u200b", website: https://a.th}\nfiscal_year: 2567\n') == [
        both[1]
    ]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2024", told("gregorian_year", text="2024", meant=2567)),
        ("67", told("short_year", text="67", meant="2567")),
        ("ปีหน้า", told("not_a_year", text="ปีหน้า")),
        ("25670", told("not_a_year", text="25670")),
    ],
)
def test_wrong_fiscal_year(written: str, expected: Told) -> None:
    """A fiscal year in another form names the one probably meant, at the top and in an item."""
    assert problems(f"{AGENCY}fiscal_year: {written}\n") == [("fiscal_year", expected)]
    assert refusal("hr_plan", "fiscal_year", written) == expected
    assert refusal("ita_analysis", "measures_for", written) == expected


def test_fiscal_year_in_thai_digits() -> None:
    """๒๕๖๗ is fine, at the top and in an item."""
    evidence = read(f"{AGENCY}fiscal_year: ๒๕๖๗\nevidence: {{hr_plan: {{fiscal_year: ๒๕๖๖}}}}\n")
    assert (evidence.fiscal_year, plain(evidence.items["hr_plan"])) == (
        2567,
        ({"fiscal_year": 2566},),
    )


TWO_DIGITS = (
    "deadline: 30 เม.ย. 67\n"
    "evidence:\n"
    "  hr_plan: {in_force: ต.ค. 66 - ก.ย. 67, published_on: 1/1/67}\n"
    "  hr_report: {title: ก, published_on: 31 ม.ค. 67}\n"
    "  no_gift_activity: {held_on: [1 ม.ค. 67, {from: 1 ม.ค. 67, to: 2 ม.ค. 67}]}\n"
    "  procurement_progress: {months: ต.ค. 66 - มี.ค. 67, as_of: 31/3/67}\n"
    "actions:\n"
    '  "6.1.1": {period: 1 ต.ค. 66 - 30 ก.ย. 67}\n'
    "exceptions:\n"
    '  - {requirement: "2.1.2", status: waived, reason: ก, approved_by: ข, expires: 30/6/67}\n'
)


@pytest.mark.parametrize("written", ["67", "2024", "soon"])
def test_only_a_wrong_fiscal_year_is_told(written: str) -> None:
    """Two-digit years hang on the fiscal year: where that is wrong, only that is told."""
    assert read(HEAD + TWO_DIGITS).deadline == date(2024, 4, 30)
    [(path, _)] = problems(f"{AGENCY}fiscal_year: {written}\n{TWO_DIGITS}")
    assert path == "fiscal_year"
    [(path, _)] = problems(AGENCY + TWO_DIGITS)
    assert path == "fiscal_year"


def test_a_wrong_fiscal_year_hides_no_other_error() -> None:
    """A day that is wrong whatever the fiscal year is told beside it."""
    text = f"{AGENCY}fiscal_year: 67\ndeadline: 31 เม.ย. 2567\n"
    assert [path for path, _ in problems(text)] == ["fiscal_year", "deadline"]


def test_official_hosts() -> None:
    """Hosts are the website's and those named, lowercased, in ASCII and without `www.`."""
    evidence = read(
        "agency:\n  name: ก\n  website: https://WWW.Example.go.th:443/th/\n"
        "  official_hosts: [EService.example.go.th, www.ไทย.ไทย, xn--o3cw4h.th]\n"
        "fiscal_year: 2567\n"
    )
    assert evidence.agency == Agency(
        "ก",
        "https://WWW.Example.go.th:443/th/",
        ("example.go.th", "eservice.example.go.th", "xn--o3cw4h.xn--o3cw4h", "xn--o3cw4h.th"),
    )
    one = read("agency: {name: ก, official_hosts: a.go.th}\nfiscal_year: 2567\n")
    assert one.agency == Agency("ก", None, ("a.go.th",))


@pytest.mark.parametrize(
    "written",
    [
        "https://a.go.th",
        "a.go.th/x",
        "a.go.th:80",
        "a@a.go.th",
        "a b.go.th",
        "-a.th",
        "a..th",
        "*.th",
    ],
)
def test_no_official_host(written: str) -> None:
    """An official host is a host alone."""
    text = f"agency: {{name: ก, official_hosts: [{quoted(written)}]}}\nfiscal_year: 2567\n"
    assert problems(text) == [("agency.official_hosts[0]", told("not_a_host", text=written))]


@pytest.mark.parametrize(
    "written", ["www.example.go.th", "ftp://a.go.th", "https://", "https://a b.th", "-", "ไม่มี"]
)
def test_no_url(written: str) -> None:
    """A URL is absolute http(s), in an item and as the website."""
    message = told("not_a_url", text=written)
    assert refusal("hr_plan", "url", quoted(written)) == message
    text = f"agency: {{name: ก, website: {quoted(written)}}}\nfiscal_year: 2567\n"
    assert problems(text) == [("agency.website", message)]


def test_url_is_kept_as_written() -> None:
    """User info, case, port and escapes stay; only the space around is dropped."""
    url = "HTTPS://user@WWW.Example.go.th:443/%7eA/๑?q=ก#top"
    assert value("hr_plan", "url", f'" {url} "') == (url,)


# ---------------------------------------------------------------- exceptions

NOT_APPLICABLE = '{requirement: "4.1.2", status: not_applicable, reason: ไม่มีทรัพย์สินให้ยืม}'
WAIVED = (
    '{requirement: "2.1.2", status: waived, reason: จัดทำ, approved_by: ปลัด, expires: 2567-06-30}'
)


def test_exceptions() -> None:
    """Exceptions are read in order; one alone is a list of one; a status may be its Thai label."""
    evidence = read(f"{HEAD}exceptions: [{NOT_APPLICABLE}, {WAIVED}]\n")
    line = HEAD.count("\n") + 1
    first = DeclaredException(
        "exceptions[0]", "4.1.2", "not_applicable", "ไม่มีทรัพย์สินให้ยืม", line=line, column=14
    )
    column = 14 + len(NOT_APPLICABLE) + 2
    day = date(2024, 6, 30)
    second = DeclaredException(
        "exceptions[1]", "2.1.2", "waived", "จัดทำ", "ปลัด", day, line=line, column=column
    )
    assert evidence.exceptions == (first, second)
    alone = read(f"{HEAD}exceptions: {NOT_APPLICABLE}\n").exceptions
    assert alone == (first._replace(column=13),)
    thai = WAIVED.replace("waived", "ผ่อนผัน").replace("2.1.2", "๒.๑.๒")
    after_null = read(f"{HEAD}exceptions: [null, {thai}]\n").exceptions
    assert after_null == (second._replace(column=20),)


def test_an_action_for_an_excepted_requirement_is_fine() -> None:
    """A row of what was done may stand beside the exception."""
    evidence = read(f'{HEAD}exceptions: [{NOT_APPLICABLE}]\nactions: {{"4.1.2": {{result: ก}}}}\n')
    assert evidence.actions["4.1.2"].result == "ก"


@pytest.mark.parametrize(
    ("written", "missing"),
    [
        ('{requirement: "4.1.2", status: not_applicable}', "`reason`"),
        ('{requirement: "4.1.2", status: not_applicable, reason: ""}', "`reason`"),
        ('{requirement: "4.1.2", status: waived}', "`reason`, `approved_by`, `expires`"),
        ('{requirement: "4.1.2", status: waived, reason: ก}', "`approved_by`, `expires`"),
        (
            '{requirement: "4.1.2", status: waived, reason: ก, approved_by: " ", expires: ~}',
            "`approved_by`, `expires`",
        ),
        (
            '{requirement: "4.1.2", status: waived, approved_by: ก, expires: 2567-06-30}',
            "`reason`",
        ),
        ('{requirement: "4.1.2", reason: ก}', "`status`"),
    ],
)
def test_exception_lacks(written: str, missing: str) -> None:
    """What an exception lacks is named as it is written; a blank one counts as missing."""
    text = f"{HEAD}exceptions: [{written}]\n"
    expected = told("exception_lacks", missing=tuple(missing.split(", ")), id="4.1.2")
    assert problems(text) == [("exceptions[0]", expected)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_exception_without_requirement(language: Language) -> None:
    """Without an id the sentence has no hole in it."""
    with pytest.raises(CannotJudge) as caught:
        read(f"{HEAD}exceptions: [{{status: not_applicable, reason: ก}}]\n")
    [problem] = caught.value.problems
    assert problem.path == "exceptions[0]"
    assert "`requirement`" in problem.message.say(language)
    assert "  " not in problem.message.say(language)


def test_exception_with_several_faults() -> None:
    """A wrong status, id, expiry and key of one exception are told together."""
    text = (
        f"{HEAD}exceptions:\n"
        '- {requirement: "9.9.9", status: waved, reason: ก}\n'
        '- {requirement: "4.1.2", status: waived, reason: ก, expires: 31 เม.ย. 2567}\n'
        '- {requirement: "4.1.3", status: not_applicable, reason: [ก], until: 2567}\n'
        "- ไม่มี\n"
    )
    statuses = ("not_applicable", "waived")
    keys = ("requirement", "status", "reason", "approved_by", "expires")
    waved = told(
        "unknown_value",
        field="status",
        text="waved",
        hint=did_you_mean("waived"),
        allowed=statuses,
    )
    april = Text("เมษายน", "April")
    assert problems(text) == [
        ("exceptions[0].requirement", told("unknown_requirement", key="9.9.9", hint="")),
        ("exceptions[0].status", waved),
        ("exceptions[1]", told("exception_lacks", missing=("`approved_by`",), id="4.1.2")),
        (
            "exceptions[1].expires",
            told("no_such_day", text="31 เม.ย. 2567", month=april, year=2567, last=30),
        ),
        ("exceptions[2].reason", told("one_value", field="reason")),
        ("exceptions[2].until", told("unknown_field", key="until", hint="", allowed=keys)),
        ("exceptions[3]", told("exception_not_a_mapping")),
    ]


def test_two_exceptions_for_one_requirement() -> None:
    """Two exceptions for one requirement are an error that names both lines, valid or not."""
    other = WAIVED.replace("2.1.2", "๔.๑.๒")
    text = f"{HEAD}exceptions:\n- {NOT_APPLICABLE}\n\n- {other}\n"
    twice = told("duplicate_exception", key="4.1.2", line=6, first=4)
    assert problems(text) == [("exceptions[1]", twice)]
    blank = '{requirement: "4.1.2", status: not_applicable}'
    assert problems(f"{HEAD}exceptions:\n- {blank}\n\n- {other}\n") == [
        ("exceptions[0]", told("exception_lacks", missing=("`reason`",), id="4.1.2")),
        ("exceptions[1]", twice),
    ]


# ---------------------------------------------------------------- unknown names


COMMON = tuple(catalogue().kinds["hr_report"].fields)


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        (
            "evidance: {}",
            "evidance",
            told(
                "unknown_section",
                key="evidance",
                hint=did_you_mean("evidence"),
                allowed=("agency", "fiscal_year", "deadline", "evidence", "actions", "exceptions"),
            ),
        ),
        (
            "evidence: {hr_plans: {title: ก}}",
            "evidence.hr_plans",
            told(
                "unknown_evidence_kind",
                key="hr_plans",
                hint=did_you_mean("hr_plan"),
                allowed=tuple(catalogue().kinds),
            ),
        ),
        (
            "evidence: {หลักฐาน: {title: ก}}",
            "evidence.หลักฐาน",
            told(
                "unknown_evidence_kind",
                key="หลักฐาน",
                hint="",
                allowed=tuple(catalogue().kinds),
            ),
        ),
        (
            'actions: {"6.1.11": {result: ก}}',
            "actions.6.1.11",
            told(
                "unknown_requirement",
                key="6.1.11",
                hint=did_you_mean("6.1.1"),
                allowed=tuple(rule.id for rule in catalogue().requirements),
            ),
        ),
        (
            'actions: {"6.1.1": {results: ก}}',
            "actions.6.1.1.results",
            told(
                "unknown_field",
                key="results",
                hint=did_you_mean("result"),
                allowed=("responsible", "period", "result", "outcome"),
            ),
        ),
        (
            "evidence: {gift_report: {totl: 0}}",
            "evidence.gift_report.totl",
            told(
                "unknown_field",
                key="totl",
                hint=did_you_mean("total"),
                allowed=(*COMMON, "total", "none_statement"),
            ),
        ),
        (
            "evidence: {e_service: {services: [{nmae: ก}]}}",
            "evidence.e_service.services[0].nmae",
            told(
                "unknown_field",
                key="nmae",
                hint=did_you_mean("name"),
                allowed=("name", "url"),
            ),
        ),
    ],
)
def test_unknown_name(body: str, path: str, expected: Told) -> None:
    """An unknown key, kind or id is told with what was probably meant."""
    assert problems(f"{HEAD}{body}\n") == [(path, expected)]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("evidence: {hr_plan: {URL: https://a.go.th}}", "url"),
        ("evidence: {hr_plan: {FILE: a.pdf}}", "file"),
        ("evidence: {HR_PLAN: {title: ก}}", "hr_plan"),
        ("evidence: {hr_plan: {Fiscal_Year: 2567}}", "fiscal_year"),
        ("evidence: {hr_plan: {channels: WEBSITE}}", "website"),
        ("Evidence: {hr_plan: {title: ก}}", "evidence"),
    ],
)
def test_did_you_mean_in_other_case(body: str, word: str) -> None:
    """A name in other case is not taken, but it is the one that was meant."""
    [(_, (_, gaps))] = problems(f"{HEAD}{body}\n")
    assert gaps["hint"] == did_you_mean(word)


@repeatable
@given(st.sampled_from(sorted(catalogue().kinds)), st.data())
def test_similarity_satisfies_nothing(kind: str, data: st.DataObject) -> None:
    """A kind, an id, a key or a value with one letter too few is refused, however near it is."""

    def shortened(word: str) -> str:
        at = data.draw(st.integers(0, len(word) - 1))
        return word[:at] + word[at + 1 :]

    fields = catalogue().kinds[kind].fields
    near_kind, near_key = shortened(kind), shortened("published_on")
    near_id, near_value = shortened("6.1.10"), shortened("notice_board")
    assert near_key not in fields
    text = (
        f"{HEAD}evidence:\n"
        f"  {quoted(near_kind)}: {{title: ก}}\n"
        f"  {kind}: {{{quoted(near_key)}: 2567-01-01, channels: [{quoted(near_value)}]}}\n"
        f"actions: {{{quoted(near_id)}: {{result: ก}}}}\n"
    )
    paths = [path for path, _ in problems(text)]
    known = {rule.id for rule in catalogue().requirements}
    assert paths == [
        f"evidence.{near_kind}",
        f"evidence.{kind}.{near_key}",
        f"evidence.{kind}.channels[0]",
        *([] if near_id in known else [f"actions.{near_id}"]),
    ]


def test_all_errors_are_told_at_once() -> None:
    """Every error of a file, in the order of the file, each with its path."""
    text = (
        "agency: {nmae: ก}\n"
        "fiscal_year: 2024\n"
        "deadline: 31/02/2567\n"
        "evidence:\n"
        "  hr_plan: yes\n"
        "  gift_report: {total: many, total: 1}\n"
        "  q_and_a: {two_way: maybe, url: q.example.go.th}\n"
        "  contact: [{covers: [phone, fone]}, text]\n"
        "actions: []\n"
        "exceptions: {status: waived}\n"
        "extra: 1\n"
    )
    assert [path for path, _ in problems(text)] == [
        "agency.name",
        "agency.nmae",
        "fiscal_year",
        "deadline",
        "evidence.hr_plan",
        "evidence.gift_report.total",
        "",
        "evidence.q_and_a.two_way",
        "evidence.q_and_a.url",
        "evidence.contact[0].covers[1]",
        "evidence.contact[1]",
        "exceptions[0]",
        "extra",
    ]


@pytest.mark.parametrize(
    ("body", "path", "expected"),
    [
        ("evidence: yes", "evidence", told("not_a_mapping", field="evidence")),
        (
            "evidence: [{hr_plan: {title: ก}}]",
            "evidence",
            told("not_a_mapping", field="evidence"),
        ),
        ("actions: none", "actions", told("not_a_mapping", field="actions")),
        ("agency: ก", "agency", told("not_a_mapping", field="agency")),
        (
            'actions: {"6.1.1": done}',
            "actions.6.1.1",
            told("action_not_a_mapping", requirement="6.1.1"),
        ),
        (
            "evidence: {hr_plan: มี}",
            "evidence.hr_plan",
            told("item_not_a_mapping", kind="hr_plan"),
        ),
        (
            "evidence: {news: {entries: [ข่าว]}}",
            "evidence.news.entries[0]",
            told("not_a_mapping", field="entries"),
        ),
        (
            "evidence: {procurement_plan: {none_declaration: yes}}",
            "evidence.procurement_plan.none_declaration",
            told("not_a_mapping", field="none_declaration"),
        ),
        (
            "evidence: {hr_plan: {title: [ก, ข]}}",
            "evidence.hr_plan.title",
            told("one_value", field="title"),
        ),
        ("deadline: [2567-01-01]", "deadline", told("one_value", field="deadline")),
    ],
)
def test_wrong_shape(body: str, path: str, expected: Told) -> None:
    """A group where text belongs, and text where a group belongs, is told at its place."""
    head = HEAD.removeprefix(AGENCY) if body.startswith("agency") else HEAD
    assert problems(f"{head}{body}\n") == [(path, expected)]


def test_every_problem_says_the_same_in_both_languages() -> None:
    """The Thai and the English sentence of a problem have the same gaps."""

    def gaps(template: str) -> list[str]:
        return sorted(name for _, name, _, _ in Formatter().parse(template) if name)

    for key, sentence in sentences("problems").items():
        assert sentence.keys() == {"th", "en"}, key
        assert gaps(sentence["th"]) == gaps(sentence["en"]), key

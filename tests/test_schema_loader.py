"""The schema of evidence files against the loader: what it accepts, and what both refuse."""

from __future__ import annotations

import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, get_args

import jsonschema
import pytest
import regress
import ruamel.yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema.exceptions import ValidationError, best_match
from support import case_files, catalogue

from ita_check.characters import is_blank, normalised
from ita_check.errors import CannotJudge
from ita_check.loading import dates
from ita_check.loading.cases import read_cases
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.evidence import read_evidence
from ita_check.loading.files import FolderFiles
from ita_check.loading.values import FALSE, TRUE
from ita_check.model.catalogue import Catalogue, Field, FieldType
from ita_check.reporting.schema import notations, write
from ita_check.reporting.schema.notations import spelled

HEAD = "agency: {name: เทศบาลตัวอย่าง}\nfiscal_year: 2567\n"
KINDS = sorted(catalogue().kinds)


# What the loader says, and what the schema says of the same text as a YAML 1.2 reader types it.


def loader_says(text: str, rules: Catalogue | None = None) -> list[str]:
    """The keys of the problems that the loader finds in an evidence file."""
    try:
        data = text.encode()
        read_evidence("e.yaml", data, rules or catalogue(), FolderFiles("/nowhere"), "")
    except CannotJudge as error:
        return [problem.message.key for problem in error.problems]
    return []


def as_yaml_1_2(text: str) -> Any:
    """What ruamel.yaml makes of it; time stamps stay text, as JSON has none."""
    yaml = ruamel.yaml.YAML(typ="safe", pure=True)

    class Constructor(ruamel.yaml.SafeConstructor):
        pass

    text_of = ruamel.yaml.SafeConstructor.construct_yaml_str
    Constructor.add_constructor("tag:yaml.org,2002:timestamp", text_of)
    yaml.Constructor = Constructor
    return yaml.load(text)


@cache
def regex(pattern: str) -> Any:
    return regress.Regex(pattern, flags="u")


def ecma_pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[ValidationError]:
    """`pattern` as ECMA-262 reads it, in Unicode mode."""
    if isinstance(instance, str) and regex(pattern).find(instance) is None:
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


Ecma = jsonschema.validators.extend(
    jsonschema.Draft202012Validator, validators={"pattern": ecma_pattern}
)
Python = jsonschema.Draft202012Validator


def schema_of(rules: Catalogue) -> Any:
    stream = io.StringIO()
    write("evidence", rules, stream)
    return json.loads(stream.getvalue())


@cache
def validators() -> tuple[Any, Any]:
    schema = schema_of(catalogue())
    return Python(schema), Ecma(schema)


def schema_errors(text: str) -> list[ValidationError]:
    """What the schema finds wrong, with Python's expressions and with those of ECMA-262."""
    content = as_yaml_1_2(text)
    return [error for one in validators() for error in one.iter_errors(content)]


def schema_says(text: str) -> list[tuple[list[Any], str]]:
    return [(list(error.absolute_path), error.message[:200]) for error in schema_errors(text)]


# Every file that the loader accepts.


@pytest.mark.parametrize("file", case_files(), ids=lambda file: file.stem)
def test_cases_of_rules(file: Path) -> None:
    """Every evidence file of every case of the rules is valid."""
    cases = read_cases(str(file), file.read_bytes())
    assert cases
    for case in cases:
        text = case.evidence_file(file.stem)
        assert (case.name, loader_says(text)) == (case.name, [])
        assert (case.name, schema_says(text)) == (case.name, [])


# Every notation of every type, as it stands in a file.

_BLANKS = [
    "",
    "~",
    "null",
    "Null",
    "''",
    "'  '",
    '"\\u200B \\t"',
    "[]",
    "{}",
    "[~, '', [], {}]",
    '"\\u202E"',
]
_DAYS = [
    "2567-02-29", "2024-02-29", "2567-2-9", "31/03/2567", "1/1/67", "31 มีนาคม 2567",
    "๓๑ มี.ค. ๖๗", "31 มี.ค. พ.ศ. 2567", "31 มี.ค. พ. ศ. 2567", "วันที่ 1 เดือน มกราคม พ.ศ.. 2567",
    "1 มค 67", "'  1   ม . ค .  2567  '", "1มกราคม2567", "1 ม.ค. ค.ศ. 2024", '"๒๕๖๗-๐๓-๓๑"',
]  # fmt: skip
_PERIODS = [
    "1 ต.ค. 2566 - 30 ก.ย. 2569", "2566-10-01 - 2567-09-30", "ต.ค. 66 - มี.ค. 67",
    "ตุลาคม 2566 ถึง มีนาคม 2567", "1 ต.ค. 2566–30 ก.ย. 2567", "2566-10 — 2567-03",
    "เดือนตุลาคม 2566ถึงเดือนมีนาคม 2567", "1/10/2566-30/09/2567",
    "{from: 1 ต.ค. 2566, to: 2567-09-30}", "{from: , to: ~}", '{" from": 2566-10-01, to: ๓๐ ก.ย. ๖๗}',
]  # fmt: skip
_TEXTS = [
    "ก", "12", "1.5", "-3", "0x1F", "0o17", "010", "12:30", "1e3", ".inf", ".nan", "yes", "no",
    "true", "False", "2567-02-29", "'null'", "'~'", "044-234567", '"ก\\u202Eข"', '"a\\nb"',
]  # fmt: skip
_URLS = [
    "https://x.go.th",
    "HTTP://user@x.go.th:80/ก?ข#ค",
    "'  http://xn--o3cw4h/ '",
    "https://ไทย.ไทย/",
]
_FILES = ["a.pdf", "12", "1.5", "yes", "'  a b.pdf'", "./ก/ข.pdf", "ab:c", '"\\uFEFFa"']
NOTATIONS: dict[FieldType, list[str]] = {
    "text": _TEXTS,
    "boolean": ["true", "FALSE", "tRuE", "yes", "No", "ใช่", "ไม่ใช่", "มี", "' ไม่มี '", '"ye\u017f"'],
    "count": ["0", "12", "1,234", "๑,๒๓๔", "ไม่มี", "'12'", "007", "999999999999", "999,999,999,999"],
    "decimal": ["0", "1.5", "250,000.50", "๑๒.๕", "ไม่มี", "999999999999.999999", "'1,000.123456'", "00.5"],
    "date": _DAYS,
    "days": [*_DAYS, "[2567-03-31, ~, 31 มี.ค. 2567]", "\n      - 1 ม.ค. 67\n      -"],
    "dates": [*_DAYS, *_PERIODS, "[1 ม.ค. 67, ต.ค. 66 - มี.ค. 67, {from: 2566-10-01, to: 2566-10-02}]"],
    "year": ["2567", "๒๕๖๗", "'2567'", "' 2567 '", "2443", "2643"],
    "period": _PERIODS,
    "in_force": [
        *_PERIODS, "2570", "2566-2570", "๒๕๖๖ ถึง ๒๕๗๐", "2566 เป็นต้นไป", "1 ต.ค. 66เป็นต้นไป",
        "ต.ค. 2566   เป็นต้นไป",
    ],
    "months": [
        "ต.ค. 66", "ตุลาคม 2566", "2566-10", "2023-10", "ต.ค. 66 - มี.ค. 67", "[ต.ค. 66, ~, 2566-11]",
        "เดือน พฤศจิกายน พ.ศ. 2566", "2566-10 - 2567-03", "ธ. ค. ๖๖ ถึง ม.ค. ๖๗",
    ],
    "numbers": ["1", "'1'", "๗", "1-7", "1 ถึง 3", "all", "ALL", "ทั้งหมด", "[1, 3-5, ~, ๗]", "2–4"],
    "units": ["กองคลัง", "กองคลัง/กองช่าง", "[กองคลัง, 12, yes, ~]", "12", "/"],
    "hosts": ["x.go.th", "[X.go.th., ' ไทย.ไทย ', ~]", "12", "1.5", "yes", "true", "localhost"],
    "website": _URLS,
    "url": [*_URLS, "[https://x.go.th, ~, '']"],
    "file": [*_FILES, "[a.pdf, ~, 12]"],
    "requirement": ["4.1.2", "'4.1.2'", "๔.๑.๒", "' 4.1.2 '", "7.1.12"],
}  # fmt: skip


def notations_of(field: Field, depth: int = 6) -> list[str]:
    """Every way of writing a field in a file, indented for the lines that follow."""
    if field.type in ("list", "choice"):
        texts = [one for value in field.values for one in (value.key, quoted(value.label.th))]
        texts += [
            quoted(spelling) for value in field.values for spelling in spellings(value.label.th)
        ]
        texts += [quoted(f" {value.key} ") for value in field.values]
        several = f"[{', '.join(texts)}, ~]"
        return [*texts, several, *_BLANKS] if field.type == "list" else [*texts, *_BLANKS]
    if field.type in ("record", "records"):
        found = []
        ways = {name: notations_of(one, depth + 2) for name, one in (field.fields or {}).items()}
        for number in range(max(len(one) for one in ways.values())):
            margin = "\n" + " " * depth
            lines = [f"{name}: {one[number % len(one)]}" for name, one in ways.items()]
            found.append("".join(margin + line for line in lines))
            if field.type == "records":
                found.append(f"{margin}- {(margin + '  ').join(lines)}{margin}-{margin}- {{}}")
        return [*found, *_BLANKS]
    return [*NOTATIONS[field.type], *_BLANKS]


def quoted(text: str) -> str:
    """A text as a YAML scalar in double quotes."""
    written = (
        one if one.isprintable() and one not in '"\\' else f"\\U{ord(one):08x}" for one in text
    )
    return f'"{"".join(written)}"'


def spellings(text: str) -> list[str]:
    """A text in other ways that are the same once they are normalised."""
    decomposed = re.sub("([\u0e48-\u0e4b]?)\u0e33", "\u0e4d\\1\u0e32", text)
    typed = re.sub("([\u0e48-\u0e4b])\u0e33", "\\1\u0e4d\u0e32", text)
    swapped = re.sub("([\u0e38\u0e39])([\u0e48-\u0e4b])", "\\2\\1", text)
    doubled = text.replace("แ", "เเ")
    spaced = f"\t {text.replace(' ', chr(0xA0) + ' ')}\n"
    digits = text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    found = [
        decomposed,
        typed,
        swapped,
        doubled,
        spaced,
        digits,
        unicodedata.normalize("NFD", text),
    ]
    assert {normalised(one) for one in found} == {normalised(text)}
    return [one for one in dict.fromkeys(found) if one != text]


def test_notations_are_of_all_types() -> None:
    special = {"list", "choice", "record", "records"}
    assert {*NOTATIONS} == {*get_args(FieldType)} - special


@pytest.mark.parametrize("name", KINDS)
def test_notations(name: str) -> None:
    """Every field of a kind in every notation, all of which the loader accepts, is valid."""
    kind = catalogue().kinds[name]
    ways = {key: notations_of(field) for key, field in kind.fields.items()}
    # What all kinds have is gone through whole with one of them.
    counted = kind.fields if name == KINDS[0] else kind.own
    for number in range(max([len(ways[key]) for key in counted], default=len(_BLANKS))):
        lines = [f"    {key}: {one[number % len(one)]}" for key, one in ways.items()]
        text = HEAD + f"evidence:\n  {name}:\n" + "\n".join(lines) + "\n"
        assert (text, loader_says(text)) == (text, [])
        assert (text, schema_says(text)) == (text, [])


@pytest.mark.parametrize("part", ["agency", "action", "exception"])
def test_notations_of_the_frame(part: str) -> None:
    """Every field of the fixed parts in every notation is valid."""
    fields: Mapping[str, Field] = getattr(catalogue().frame, part)
    for key, field in fields.items():
        for one in notations_of(field):
            if part == "agency":
                name = "" if key == "name" else "  name: ก\n"
                text = f"fiscal_year: 2567\nagency:\n{name}  {key}: {one}\n"
            elif part == "action":
                text = HEAD + f'actions:\n  "1.1.1":\n      {key}: {one}\n'
            else:
                given = {"requirement": "4.1.2", "status": "waived", "reason": "ก"}
                given |= {"approved_by": "ข", "expires": "2567-06-30", key: one}
                text = (
                    HEAD
                    + "exceptions:\n    - "
                    + "\n      ".join(f"{name}: {value}" for name, value in given.items())
                )
            if one not in _BLANKS:
                assert (text, loader_says(text)) == (text, [])
            if loader_says(text) == []:
                assert (text, schema_says(text)) == (text, [])


WHOLE = [
    "actions: {'๖.๑.๑': {period: ๑ ต.ค. ๖๖ - ๓๐ ก.ย. ๖๗}, ๖.๑.๒: {result: 12}, ' 6.1.3 ': ~}",
    "evidence: {hr_plan: [~, {}, {title: yes}, {note: }], ' dos_and_donts ': {' title ': 12}, contact: }",
    "evidence: {procurement_plan: {over_๕๐๐k: ไม่มี, none_declaration: {url: [], file: ''}}}",
    "evidence: {hr_plan: [], contact: ['', ~, []], news: {entries: [~, {topic: }, {}]}}",
    "exceptions: {requirement: 4.1.2, status: ไม่เกี่ยวข้องกับหน่วยงาน, reason: 5}",
    "exceptions: [~, {}, {reason: }, {requirement: [], status: '', expires: ~}]",
    "exceptions: [{requirement: ๔.๑.๒, status: ผ่อนผัน, reason: ก, approved_by: yes, expires: 1 ม.ค. 68}]",
    "exceptions: [{' requirement': 4.1.2, status: waived, reason: ก, approved_by: ข, expires: 2567-09-30}]",
    *(f"{name}: {blank}" for name in ("evidence", "actions", "exceptions", "deadline") for blank in _BLANKS),
    "deadline: ๓๐ เม.ย. ๖๗",
]  # fmt: skip


@pytest.mark.parametrize("rest", WHOLE)
def test_whole_files(rest: str) -> None:
    """Blank rows, one for several, keys in other notations: as the loader takes them."""
    assert loader_says(HEAD + rest) == []
    assert schema_says(HEAD + rest) == []


@pytest.mark.parametrize(
    "text",
    [
        "' agency ': {' name': 12}\n' fiscal_year': ๒๕๖๗",
        "agency: {name: yes, website: ~}\nfiscal_year: '2567'",
        "agency: {name: 1.5, official_hosts: []}\nfiscal_year: ' ๒๕67 '",
    ],
)
def test_heads(text: str) -> None:
    assert loader_says(text) == []
    assert schema_says(text) == []


# Hypothesis: no text that the loader accepts is refused.

PIECES = st.sampled_from(
    ["พ.ศ.", "ค.ศ.", "วันที่", "เดือน", "ถึง", "เป็นต้นไป", "-", "–", "—", "/", ".", ",", " ", "\u00a0",
     "\u3000", "\x1c", "\x85", "0", "1", "๑", "12", "๒๕๖๗", "2567", "2024", "66", "all", "ทั้งหมด", "yes", "มี",
     "ไม่มี", "ใช่", "No", "http://", "www", "x", "#", "\\", "\ufeff", "\u200b", "\U000e0041",
     *dates.FULL_MONTHS, *dates.SHORT_MONTHS]
)  # fmt: skip
WRITTEN = sorted(
    {one.strip("'\"") for ways in NOTATIONS.values() for one in ways if "\\" not in one}
    - {one for one in NOTATIONS["text"] if "\n" in one}
)
FIELDS = {
    "text": ("hr_plan", "title"),
    "boolean": ("e_service", "linked_from_homepage"),
    "count": ("gift_report", "total"),
    "decimal": ("anti_corruption_plan", "projects"),
    "date": ("hr_plan", "published_on"),
    "days": ("asset_inspection", "inspected_on"),
    "dates": ("no_gift_activity", "held_on"),
    "year": ("hr_plan", "fiscal_year"),
    "in_force": ("hr_plan", "in_force"),
    "months": ("procurement_progress", "months"),
    "numbers": ("ita_analysis", "issues"),
    "list": ("hr_plan", "channels"),
    "url": ("hr_plan", "url"),
    "file": ("hr_plan", "file"),
}


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A text in some notation, with pieces of others put in, taken out or written otherwise."""
    text = draw(st.sampled_from(WRITTEN) | st.lists(PIECES, max_size=8).map("".join))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        match draw(st.integers(0, 3)):
            case 0:
                text = text[:at] + draw(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + 1 :]
            case 2:
                text = text[:at] + draw(st.sampled_from([" ", ".", "\u2003", "\t"])) + text[at:]
            case _:
                text = text.translate(str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙"))
    return text


@settings(max_examples=400, deadline=None)
@given(text=texts(), plain=st.booleans())
def test_no_text_that_the_loader_accepts_is_refused(text: str, plain: bool) -> None:
    """Whatever a text is, plain or quoted, each type of field takes it where the loader does."""
    written = text if plain and re.fullmatch(r"[\w.ก-๛][\w. ก-๛/-]*", text) else quoted(text)
    for kind, key in FIELDS.values():
        value = f"{{budget: {written}}}" if key == "projects" else written
        file = HEAD + f"evidence:\n  {kind}: {{{key}: {value}}}\n"
        if loader_says(file) == []:
            assert (file, schema_says(file)) == (file, [])
    file = HEAD + f'actions: {{"1.1.1": {{period: {written}}}}}\n'
    if loader_says(file) == []:
        assert (file, schema_says(file)) == (file, [])
    file = f"agency: {{name: {written}, official_hosts: {written}}}\nfiscal_year: 2567\n"
    if loader_says(file) == []:
        assert (file, schema_says(file)) == (file, [])


SYLLABLES = st.sampled_from(
    ["ก", "น้ำ", "นํ้า", "น้ํา", "ทำ", "ทํา", "ปุ่ม", "ปุ่ม", "แก", "เเก", "1", "๑", " ", "\u00a0", "K",
     "\u212a", "\u037e", "é", "e\u0301", "Å", "\u212b", "ệ", "(", ".", "[", "\\", "/", "-", "อื่น ๆ"]
)  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(text=st.lists(SYLLABLES, min_size=1, max_size=6).map("".join).filter(str.strip))
def test_spelled(text: str) -> None:
    """The expression of a text takes every way of writing it that normalises to the same."""
    pattern = notations.exactly(spelled(text))
    for form in (text, normalised(text)):
        for one in (form, *spellings(form), unicodedata.normalize("NFC", form)):
            assert re.search(pattern, one), (pattern, one)
            assert regex(pattern).find(one), (pattern, one)


def test_spelled_is_that_text() -> None:
    """The expression of a text takes no other."""
    labels = {
        v.label.th for k in catalogue().kinds.values() for f in k.fields.values() for v in f.values
    }
    assert len(labels) > 60
    for label in labels:
        pattern = re.compile(notations.exactly(spelled(label)))
        for at in range(len(label)):
            for other in (label[:at] + label[at + 1 :], label[:at] + "ก" + label[at:]):
                if normalised(other) != normalised(label):
                    assert not pattern.search(other), (label, other)


def test_blank_characters() -> None:
    """What is white space, and what nobody sees, is that of the loader, over all of Unicode."""
    every = "".join(chr(c) for c in range(sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF)
    visible = {one for one in every if not is_blank(one)}
    assert {*re.findall(notations.VISIBLE, every)} == visible
    data = every.encode()
    found = {data[match.range()].decode() for match in regex(notations.VISIBLE).find_iter(every)}
    assert found == visible
    blank = notations.VISIBLE.replace("[^", "[")
    assert f"^{blank}*$" == notations.BLANK


def test_words() -> None:
    """Words and years that the schema names are the loader's."""
    assert {*notations.YES_OR_NO} == TRUE | FALSE
    assert notations.BUDDHIST_YEARS == dates.BUDDHIST_YEARS


# What both refuse.


class Place(NamedTuple):
    """A mapping of the file: how it is written around one key, its path, and the keys it takes."""

    around: str
    path: list[str]
    keys: tuple[str, ...]

    def with_key(self, key: str) -> str:
        return self.around.replace("KEY", quoted(key))


def places() -> Iterator[Place]:
    """Every mapping of the evidence file."""
    rules = catalogue()
    ids = tuple(rule.id for rule in rules.requirements)
    yield Place(HEAD + "KEY: ~", [], tuple(rules.frame.file))
    yield Place(
        "agency: {name: ก, KEY: ~}\nfiscal_year: 2567", ["agency"], tuple(rules.frame.agency)
    )
    yield Place(HEAD + "evidence: {KEY: ~}", ["evidence"], tuple(rules.kinds))
    yield Place(HEAD + "actions: {KEY: ~}", ["actions"], ids)
    action = HEAD + 'actions: {"1.1.1": {KEY: ~}}'
    yield Place(action, ["actions", "1.1.1"], tuple(rules.frame.action))
    period = HEAD + 'actions: {"1.1.1": {period: {KEY: ~}}}'
    yield Place(period, ["actions", "1.1.1", "period"], ("from", "to"))
    yield Place(HEAD + "exceptions: {KEY: ~}", ["exceptions"], tuple(rules.frame.exception))
    for name, kind in rules.kinds.items():
        around = HEAD + f"evidence: {{{name}: {{KEY: ~}}}}"
        yield Place(around, ["evidence", name], tuple(kind.fields))
        for key, field in kind.fields.items():
            inner = tuple(field.fields or ())
            if field.type in ("dates", "in_force", "period"):
                inner = ("from", "to")
            if inner:
                around = HEAD + f"evidence: {{{name}: {{{key}: {{KEY: ~}}}}}}"
                yield Place(around, ["evidence", name, key], inner)


def misspellings(word: str, *others: str) -> list[str]:
    """A word with a letter missing, a letter twice, in another case and with another ending."""
    found = [
        word[:-2] + word[-1:],
        word[:1] + word,
        word.upper(),
        word + "ก",
        word[::-1],
        f"{word}.",
    ]
    same = {normalised(word), *map(normalised, others)}
    return [one for one in dict.fromkeys(found) if one.strip() and normalised(one) not in same]


@pytest.mark.parametrize("place", [*places()], ids=lambda place: ".".join(place.path) or "top")
def test_misspelt_keys(place: Place) -> None:
    """Every key of every mapping, misspelt, is refused by both; the error stands at the mapping."""
    assert place.keys
    for key in place.keys:
        if key not in ("agency", "fiscal_year", "name"):
            assert not {one for one in loader_says(place.with_key(key)) if "unknown" in one}
            assert not any("is not one of" in said for _, said in schema_says(place.with_key(key)))
        for wrong in misspellings(key, *place.keys):
            text = place.with_key(wrong)
            assert any("unknown" in said for said in loader_says(text)), text
            errors = schema_errors(text)
            assert len(errors) >= 2, text
            for error in errors:
                assert list(error.absolute_path) == place.path, text
                assert error.message.startswith(repr(wrong)), text


def listed() -> Iterator[tuple[str, str, Field]]:
    """Every field with listed values: where, how it is written around the value, and the field."""
    rules = catalogue()
    yield (
        "exceptions",
        HEAD + "exceptions: {requirement: 4.1.2, reason: ก, status: VALUE}",
        rules.frame.exception["status"],
    )
    seen = set()
    for name, kind in rules.kinds.items():
        for key, field in kind.fields.items():
            for inner, one in {"": field, **(field.fields or {})}.items():
                if one.values and id(one) not in seen:
                    seen.add(id(one))
                    value = f"{{{inner}: VALUE}}" if inner else "VALUE"
                    yield (
                        f"{name}.{key}.{inner}",
                        HEAD + f"evidence: {{{name}: {{{key}: {value}}}}}",
                        one,
                    )


LISTED = [*listed()]


@pytest.mark.parametrize(
    ("around", "field"), [one[1:] for one in LISTED], ids=[one[0] for one in LISTED]
)
def test_misspelt_values(around: str, field: Field) -> None:
    """Every listed value, key or label, misspelt, is refused by both; the error stands at it."""
    words = [word for value in field.values for word in (value.key, value.label.th)]
    if field.type == "numbers":
        words = [value.key for value in field.values] + ["all", "ทั้งหมด", "1-7"]
    for word in words:
        for wrong in misspellings(word, *words, "ALL"):
            text = around.replace("VALUE", quoted(wrong))
            assert "problems.unknown_value" in loader_says(text), text
            names = [best_match(one.iter_errors(as_yaml_1_2(text))) for one in validators()]
            for error in names:
                assert error.message.startswith(f"{wrong!r} is not one of ["), (text, error.message)


WRONG = [
    ("e_service", "linked_from_homepage", "maybe", "'maybe' is not one of ['ใช่', 'ไม่ใช่']"),
    ("e_service", "linked_from_homepage", "1", "1 is not one of ['ใช่', 'ไม่ใช่']"),
    ("gift_report", "total", "หลายครั้ง", "'หลายครั้ง' is not of type 'integer'"),
    ("gift_report", "total", "-1", "-1 is less than the minimum of 0"),
    ("gift_report", "total", "1.5", "1.5 is not of type 'integer'"),
    ("gift_report", "total", "'1,23'", "'1,23' is not of type 'integer'"),
    ("hr_plan", "published_on", "31 มกรคม 2567", "'31 มกรคม 2567' is not one of ['31 มี.ค. 2567', '2567-03-31']"),
    ("hr_plan", "published_on", "45/01/2567", "'45/01/2567' is not one of ['31 มี.ค. 2567', '2567-03-31']"),
    ("hr_plan", "published_on", "2567", "2567 is not of type 'string'"),
    ("hr_plan", "fiscal_year", "2024", "2024 is less than the minimum of 2443"),
    ("hr_plan", "fiscal_year", "67", "67 is less than the minimum of 2443"),
    ("hr_plan", "fiscal_year", "ปีนี้", "'ปีนี้' is not of type 'integer'"),
    ("hr_plan", "in_force", "2566-257", "'2566-257' is not one of ['1 ต.ค. 2566 - 30 ก.ย. 2569', '2566-2570']"),
    ("hr_plan", "channels", "[website, 5]", "5 is not one of ['website', "),
    ("hr_plan", "title", "{a: b}", "{'a': 'b'} is not of type 'string', 'number', 'boolean'"),
    ("hr_plan", "title", "[a]", "['a'] is not of type 'string', 'number', 'boolean'"),
    ("hr_plan", "url", "www.x.go.th", "'www.x.go.th' does not match"),
    ("hr_plan", "file", "/etc/passwd", "'/etc/passwd' does not match"),
    ("hr_plan", "file", "'C:\\a.pdf'", "'C:\\\\a.pdf' does not match"),
    ("hr_plan", "file", "c:/a.pdf", "'c:/a.pdf' does not match"),
    ("procurement_progress", "months", "[ต.ค. 66, มกรา 67]", "'มกรา 67' is not one of ['ต.ค. 66', "),
    ("news", "entries", "[{topic: ก}, ก]", "'ก' is not of type 'object'"),
    ("no_gift_activity", "held_on", "[{from: 1 ม.ค. 67, to: 5}]", "5 is not of type 'string'"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "key", "value", "message"), WRONG)
def test_wrong_values(kind: str, key: str, value: str, message: str) -> None:
    """What is wrong beyond its spelling is refused by both, and the error says what may stand there."""
    text = HEAD + f"evidence: {{{kind}: [~, {{{key}: {value}}}]}}"
    assert loader_says(text) != []
    for one in validators():
        error = best_match(one.iter_errors(as_yaml_1_2(text)))
        assert error.message.startswith(message)
        assert list(error.absolute_path)[:4] == ["evidence", kind, 1, key]


@pytest.mark.parametrize(
    ("text", "path", "message"),
    [
        ("fiscal_year: 2567", [], "'agency' is a required property"),
        ("agency: {name: ก}", [], "'fiscal_year' is a required property"),
        ("agency: {website: }\nfiscal_year: 2567", ["agency"], "'name' is a required property"),
        ("agency: {name: ' '}\nfiscal_year: 2567", ["agency", "name"], "' ' does not match"),
        ("agency: {name: ก}\nfiscal_year: ~", ["fiscal_year"], "None is not of type 'integer'"),
        ("agency: ก\nfiscal_year: 2567", ["agency"], "'ก' is not of type 'object'"),
        (HEAD + "evidence: [hr_plan]", ["evidence"], "['hr_plan'] is not of type 'object'"),
        (HEAD + "actions: {1.1.1: ทำแล้ว}", ["actions", "1.1.1"], "'ทำแล้ว' is not of type 'object'"),
        (
            HEAD + "actions: {๑.๑.๑: {x: y}}",
            ["actions", "๑.๑.๑"],
            "'x' is not one of ['responsible', ",
        ),
        (HEAD + "actions: {๑.๑.๙: ~}", ["actions"], "'๑.๑.๙' does not match"),
        (
            HEAD + "exceptions: [~, {status: waived}]",
            ["exceptions", 1],
            "'requirement' is a required property",
        ),
        (
            HEAD
            + "exceptions: {requirement: 4.1.2, status: ผ่อนผัน, reason: ก, expires: 2567-09-30}",
            ["exceptions"],
            "'approved_by' is a required property",
        ),
        (
            HEAD + "exceptions: {requirement: 4.1.2, status: waived, reason: ก, approved_by: ก}",
            ["exceptions"],
            "'expires' is a required property",
        ),
    ],
)
def test_wrong_files(text: str, path: list[object], message: str) -> None:
    """What a file lacks or holds in the wrong place is refused by both, and named."""
    assert loader_says(text) != []
    for one in validators():
        error = best_match(one.iter_errors(as_yaml_1_2(text)))
        assert (list(error.absolute_path), error.message[: len(message)]) == (path, message)


# An agency's own rules.

OWN_KINDS = """\
open_data:
  title: {th: ชุดข้อมูลเปิด, en: Open data}
  fields:
    years:
      type: list
      label: {th: ปี, en: Years}
      values:
        "2566": {th: ปี  ๒๕๖๖, en: FY 2566}
        "2.5": {th: "2567", en: A label that reads as a number}
        "true": {th: นํ้า เเละ Café, en: Words typed in other ways}
    rows: {type: records, label: {th: แถว, en: Rows}, fields: {day: {type: date, label: {th: วัน, en: Day}}}}
"a/b~ ข้อมูล %20":
  title: {th: ชื่อแปลก, en: An odd name}
  fields:
    "ก (1)": {type: record, label: {th: ไม่มีคีย์, en: No keys}}
"""


def test_own_rules(tmp_path: Path) -> None:
    """Kinds and listed values of an agency's own rules are in the schema, as the loader reads them."""
    (tmp_path / "kinds.yaml").write_text(OWN_KINDS, encoding="utf-8")
    rules = load_catalogue((tmp_path,))
    validator = Python(schema_of(rules))
    for value in (
        *("2566", "'2566'", "๒๕๖๖", "ปี 2566", "' ปี ๒๕๖๖'", "2.5", "'2.5'", "2567", "๒๕๖๗"),
        *("true", "'true'", "น้ำ และ Café", '"น้ํา เเละ  Cafe\\u0301"', "[2566, true, ~]"),
    ):
        text = HEAD + f"evidence: {{open_data: {{years: {value}, rows: {{day: 1 ม.ค. 67}}}}}}"
        assert (value, loader_says(text, rules)) == (value, [])
        found = [error.message for error in validator.iter_errors(as_yaml_1_2(text))]
        assert (value, found) == (value, [])
    for value in ("2565", "False", "ปี2566", "น้ำ", "{a: b}"):
        text = HEAD + f"evidence: {{open_data: {{years: {value}}}}}"
        assert loader_says(text, rules) != []
        assert not validator.is_valid(as_yaml_1_2(text)), value
    for value, valid in (
        ("{ก (1): {}}", True),
        ("{ก  (๑): ~, title: x}", True),
        ("{ก (1): {'': ~}}", False),
    ):
        text = HEAD + f"evidence: {{'a/b~ ข้อมูล %20': {value}}}"
        assert (loader_says(text, rules) == []) is valid
        assert validator.is_valid(as_yaml_1_2(text)) is valid
    for value in ("{day: 45 ม.ค. 67}", "{dayy: 1 ม.ค. 67}"):
        text = HEAD + f"evidence: {{open_data: {{rows: {value}}}}}"
        assert loader_says(text, rules) != []
        assert not validator.is_valid(as_yaml_1_2(text)), value

"""What the program and its rules say: both languages, whole sentences, nothing left over."""

from __future__ import annotations

import ast
import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple, get_args

import pytest
from support import CASES, FIXTURES, OF_LOOKING, ROOT, case_files, catalogue, judge_case

from ita_check.characters import INVISIBLE
from ita_check.cli import COMMANDS
from ita_check.loading.cases import read_cases
from ita_check.model.catalogue import (
    Check,
    CheckSource,
    FieldType,
    Level,
    OitCode,
    Requirement,
    RuleSource,
)
from ita_check.model.checks import CHECK_KINDS, Boundary, YearName
from ita_check.model.finding import Finding
from ita_check.model.proof import PROOF_LEVELS, Reason
from ita_check.model.report import STATUSES
from ita_check.model.verdicts import Unit, Verdict
from ita_check.office.form.write import HOW_TO_FILL
from ita_check.office.package import Sort
from ita_check.reporting.describe import describe
from ita_check.reporting.lookings import Weight
from ita_check.texts import Language, Phrase, Text, phrase, sentences

PACKAGE = ROOT / "ita_check"
FILES = sorted(path.stem for path in (PACKAGE / "texts").glob("*.json"))
SENTENCES = [(file, name) for file in FILES for name in sentences(file)]
LANGUAGES: tuple[Language, ...] = ("th", "en")
THAI = re.compile("[\u0e00-\u0e7f]")
LETTER = re.compile("[A-Za-z]")
# Thai in English: how an officer writes a day, a month or a year, whatever the language.
DATE_WORDS = re.compile(
    "[๐-๙]+|(ม.ค|ก.พ|มี.ค|เม.ย|พ.ค|มิ.ย|ก.ค|ส.ค|ก.ย|ต.ค|พ.ย|ธ.ค)\\.|พ\\.ศ\\.|ค\\.ศ\\."
)
# Sentences in which there is nothing to say in a language: signs around what fills their gaps.
NO_WORDS = {
    "commands.other_usage",
    "commands.bad_option",
    "report.fiscal_year_value",
    "report.oit",
    "schema.values",
    "looked.unproved",
    "looked.count",
    "looked.verdict_and_answer",
    "importing.cell",
    "importing.unmatched_step",
}
# Spaces at an end: what follows or comes before is put beside it.
SPACED = {
    "problems.did_you_mean",
    "report.fix",
    "report.met_line",
    "report.not_proved",
    "template.boolean",
}
# Sentences of several lines, indented as they are shown.
PAGES = {"commands.overview", "template.head", "template.evidence", "template.exceptions"}


def gaps(text: str) -> set[str]:
    """The names of the gaps of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("file", FILES)
def test_file(file: str) -> None:
    """Each sentence of a file has both languages and nothing else, and no name stands twice."""
    text = (PACKAGE / "texts" / f"{file}.json").read_text(encoding="utf-8")
    names: list[str] = []

    def pairs(found: list[tuple[str, Any]]) -> dict[str, Any]:
        names.extend(name for name, value in found if isinstance(value, dict))
        assert len(found) == len(dict(found)), found
        return dict(found)

    content = json.loads(text, object_pairs_hook=pairs)
    assert names == list(content)
    assert [name for name, said in content.items() if list(said) != ["th", "en"]] == []
    assert [
        name
        for name, said in content.items()
        if not all(isinstance(one, str) and one.strip() for one in said.values())
    ] == []


@pytest.mark.parametrize("file", FILES)
def test_gaps_of_both_languages(file: str) -> None:
    """Both languages of a sentence have the same gaps, each with a name and nothing else to it."""
    different = {
        name: (gaps(said["th"]), gaps(said["en"]))
        for name, said in sentences(file).items()
        if gaps(said["th"]) != gaps(said["en"])
    }
    assert different == {}
    for said in sentences(file).values():
        for text in said.values():
            for _, name, form, conversion in Formatter().parse(text):
                assert name is None or (name.isidentifier() and not form and not conversion)


@pytest.mark.parametrize("file", FILES)
def test_languages(file: str) -> None:
    """Thai sentences are in Thai, English ones in English but for days as an officer writes them."""
    wrong = []
    for name, said in sentences(file).items():
        if not THAI.search(said["th"]) and f"{file}.{name}" not in NO_WORDS:
            wrong.append((name, said["th"]))
        if THAI.search(DATE_WORDS.sub("", said["en"])):
            wrong.append((name, said["en"]))
        if not LETTER.search(re.sub("{.*?}", "", said["en"])) and f"{file}.{name}" not in NO_WORDS:
            wrong.append((name, said["en"]))
    assert wrong == []


def untidy(text: str) -> list[str]:
    """What an editor would mend in a text: spaces too many, code-point noise, unseen characters."""
    found = []
    if text != text.strip():
        found.append("space at an end")
    if re.search(r"\s\s|[^\S ]", text):
        found.append("more than one space between words")
    if re.search(r" [,.;:!?)\]](?!\w)|[(\[] ", text):
        found.append("space before a comma, a stop or the end of brackets")
    return found + unseen(text)


def unseen(text: str) -> list[str]:
    """What nobody sees, and Thai letters typed as others."""
    found = []
    if INVISIBLE.search(text) or any(unicodedata.category(c) in ("Cc", "Co", "Cn") for c in text):
        found.append("invisible character")
    if unicodedata.normalize("NFC", text) != text:
        found.append("not NFC")
    if re.search("\u0e4d[\u0e48-\u0e4b]?\u0e32|\u0e40\u0e40|\u00a0", text):
        found.append("SARA AM, SARA AE or a space typed as something else")
    if re.search(
        "(?<![\u0e01-\u0e2e])[\u0e31\u0e34-\u0e3a]|[\u0e48-\u0e4b]{2}|(.)(?<=[ัิีึืุู])\\1", text
    ):
        found.append("a vowel or tone mark without its letter, or twice")
    return found


@pytest.mark.parametrize("file", FILES)
def test_tidy(file: str) -> None:
    """No sentence has a stray space or a character that nobody sees."""
    wrong = []
    for name, said in sentences(file).items():
        for language, text in said.items():
            lines = text.split("\n") if f"{file}.{name}" in PAGES else [text]
            for line in lines:
                seen = line.strip() if f"{file}.{name}" in SPACED | PAGES else line
                seen = seen.replace("  # ", " # ").replace(" : ", " `:` ")
                wrong += [(name, language, what, line) for what in untidy(seen)]
    assert wrong == []


@pytest.mark.parametrize(
    "path",
    [
        *sorted((ROOT / "ita_check").rglob("*.json")),
        *sorted((ROOT / "ita_check").rglob("*.py")),
        *sorted((ROOT / "rules").rglob("*.yaml")),
        *sorted(CASES.rglob("*.yaml")),
        *sorted(FIXTURES.glob("*/evidence.yaml")),
    ],
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_no_line_holds_what_nobody_sees(path: Path) -> None:
    """No line of the texts, rules, cases and fixtures holds an invisible character or a tab."""
    data = path.read_bytes()
    assert b"\r" not in data
    assert b"\t" not in data
    lines = data.decode("utf-8").split("\n")
    assert [(n, line) for n, line in enumerate(lines, 1) if INVISIBLE.search(line)] == []
    assert [(n, line) for n, line in enumerate(lines, 1) if line != line.rstrip()] == []
    assert data.endswith(b"\n") or not data
    assert not data.endswith(b"\n\n")


# The rules' own texts.


def texts_of(thing: object, path: str = "") -> Iterator[tuple[str, Text]]:
    """Every text of the catalogue with where it stands."""
    if isinstance(thing, Text):
        yield path, thing
    elif isinstance(thing, tuple):
        names = getattr(thing, "_fields", None) or [
            getattr(member, "id", None) or getattr(member, "key", None) or str(number)
            for number, member in enumerate(thing)
        ]
        for name, member in zip(names, thing, strict=True):
            yield from texts_of(member, f"{path}/{name}")
    elif hasattr(thing, "items"):
        for name, member in thing.items():
            yield from texts_of(member, f"{path}/{name}")


def rule_texts() -> list[tuple[str, Text]]:
    """Every text of the rule files."""
    rules = catalogue()
    parts = {
        "title": rules.title,
        "documents": rules.documents,
        "issues": rules.issues,
        "kinds": rules.kinds,
        "frame": rules.frame,
    }
    return [found for name, part in parts.items() for found in texts_of(part, name)]


def test_rule_texts_are_tidy() -> None:
    """No text of the rules has a stray space or a character that nobody sees."""
    found = rule_texts()
    assert len(found) > 63 * 3
    assert [(path, what) for path, text in found for said in text for what in untidy(said)] == []


def test_languages_of_rule_texts() -> None:
    """Thai texts of the rules are in Thai, English ones have no Thai letter."""
    wrong = []
    for path, text in rule_texts():
        if not THAI.search(text.th):
            wrong.append((path, text.th))
        if THAI.search(text.en) or not LETTER.search(text.en):
            wrong.append((path, text.en))
    assert wrong == []


def test_rules_claim_no_criterion() -> None:
    """No rule presents itself as the commission's criterion, and no text shouts."""
    claims = re.compile("ป\\.?ป\\.?ช|เกณฑ์|commission|criteri|NACC|!", re.IGNORECASE)
    assert [
        (path, said)
        for path, text in rule_texts()
        for said in text
        if path.startswith("issues") and claims.search(said)
    ] == []


def test_rules_name_fields_that_exist() -> None:
    """What a rule's remedy writes in backticks is a kind, a field or a value of the catalogue."""
    rules = catalogue()
    known = {"agency.official_hosts", "agency.website", *rules.kinds}
    for part in (*rules.frame, *(kind.fields for kind in rules.kinds.values())):
        for fields in (part, *(field.fields or {} for field in part.values())):
            for field in fields.values():
                known |= {field.name, *(value.key for value in field.values)}
                known |= {f"{field.name}: {value.key}" for value in field.values}
    wrong = []
    for rule in rules.requirements:
        for said in rule.fix:
            words = re.findall("`(.*?)(?:: (?:ใช่|yes))?`", said)
            wrong += [(rule.id, word) for word in words if word not in known]
    assert wrong == []


def test_remedies_of_both_languages_name_the_same() -> None:
    """Both languages of a rule's text name the same fields, numbers and requirements."""
    named = re.compile(r"`.*?`|\d+(?:\.\d+)*")
    wrong = []
    for rule in catalogue().requirements:
        for name in ("title", "why", "fix"):
            text = getattr(rule, name)
            plain = (said.replace(",", "").replace(": ใช่`", ": yes`") for said in text)
            th, en = (set(named.findall(said)) for said in plain)
            # English may say a Buddhist year, of an Act for instance, in the common era too.
            if th != {word for word in en if not re.fullmatch("20[0-9][0-9]", word)}:
                wrong.append((rule.id, name, th, en))
    assert wrong == []


def test_labels_of_one_field_differ() -> None:
    """The Thai labels of one field's values all differ, so that each can be written for its key."""
    wrong = []
    for path, fields in [(kind.name, kind.fields) for kind in catalogue().kinds.values()] + [
        ("frame", part) for part in catalogue().frame
    ]:
        for field in fields.values():
            for name, inner in {field.name: field, **(field.fields or {})}.items():
                labels = [value.label.th for value in inner.values]
                keys = {value.key for value in inner.values}
                if len(labels) != len(set(labels)) or keys & set(labels):
                    wrong.append((path, name))
    assert wrong == []


# Which sentence is said where.


class Said(NamedTuple):
    """A sentence that the code names: its key, and the gaps it fills; None where that varies."""

    key: str
    gaps: frozenset[str] | None
    place: str


# How the key of a call becomes that of a sentence: the name called, in which modules, and the
# argument that is the key.
CALLS = (
    ("phrase", "", "", 0),
    ("wrong", "loading/rules.py", "problems.", 1),
    ("wrong", "loading/", "problems.", 2),
    ("unknown_key", "loading/", "problems.", 4),
    ("say", "cli/", "commands.option.", 0),
    ("say", "reporting/", "report.", 0),
    ("_say", "reporting/", "report.", 0),
    ("section", "reporting/terminal/explanation.py", "report.explain.", 0),
)
# Functions that fill the gaps of whatever key they are given.
FORWARDING = {"unknown_key", "section"}


@cache
def said_in_code() -> tuple[Said, ...]:
    """Every sentence that a call names in so many words."""
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", None)
            for called, where, prefix, index in CALLS:
                if name != called or not module.startswith(where) or len(node.args) <= index:
                    continue
                key = node.args[index]
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    if key.value in LANGUAGES:
                        continue
                    names = {keyword.arg for keyword in node.keywords}
                    varies = None in names or called in FORWARDING
                    filled = None if varies else frozenset(name for name in names if name)
                    found.append(Said(prefix + key.value, filled, f"{module}:{node.lineno}"))
                break
    return tuple(found)


def test_sentences_of_the_code_exist() -> None:
    """Every sentence that the code names is there, and fills just the gaps that it has."""
    assert len(said_in_code()) > 150
    wrong = []
    for said in said_in_code():
        file, _, name = said.key.partition(".")
        if file not in FILES or name not in sentences(file):
            wrong.append((said.place, said.key, "is not there"))
        elif said.gaps is not None and gaps(sentences(file)[name]["th"]) != said.gaps:
            wrong.append((said.place, said.key, sorted(said.gaps)))
    assert wrong == []


@cache
def findings_of_cases() -> tuple[Finding, ...]:
    """Every finding of every case of the rules."""
    return tuple(
        finding
        for file in case_files()
        for case in read_cases(str(file), file.read_bytes())
        for finding in judge_case(catalogue(), file.stem, case).findings
    )


@cache
def rendered() -> tuple[Finding, ...]:
    """The findings of all cases, one of each sentence and remedy."""
    found = {}
    for finding in findings_of_cases():
        fix = finding.fix.key if isinstance(finding.fix, Phrase) else finding.fix
        found.setdefault((finding.message, fix), finding)
    return tuple(found.values())


def test_findings_of_cases_are_whole_sentences() -> None:
    """Every finding of every case is said in both languages, with every gap filled and no more."""
    assert len(rendered()) > 200
    wrong = []
    for finding in rendered():
        for language in LANGUAGES:
            for what in (finding.message.say(language), finding.fix.say(language)):
                if re.search("[{}]|None|``|: *$|`$(?<! .)|Text\\(|Phrase\\(", what) and not (
                    what.count("`") % 2 == 0 and what.endswith("`")
                ):
                    wrong.append(what)
                wrong += [f"{fault}: {what}" for fault in untidy(what)]
                # Addresses, and names of files and posts, are shown as they are written.
                plain = re.sub(r"https?://\S+", "", what)
                if bool(THAI.search(plain)) != (language == "th"):
                    wrong.append(f"{language}: {what}")
    assert wrong == []


def test_paths_of_remedies() -> None:
    """A remedy that says where to write something says it as the path of the finding."""
    wrong = []
    for finding in rendered():
        fix = finding.fix
        if isinstance(fix, Phrase) and "{path}" in sentences("fixes")[fix.key[6:]]["th"]:
            wrong += [
                fix.say(language)
                for language in LANGUAGES
                if f"`{finding.path}`" not in fix.say(language)
            ]
    assert wrong == []


# Sentences for findings that no case of a rule gives: those of rows, exceptions and the website,
# and those that an agency's own rules may give.
OF_NO_CASE = {
    "findings.exception_unneeded",
    "findings.not_official_host.no_hosts",
    "findings.outcome_missing",
    "findings.outside_fiscal_year.not_before",
    "findings.part_missing.group",
    "findings.period_missing",
    "findings.responsible_missing",
    "findings.result_missing",
    "findings.waiver_expired",
    "findings.waiver_expiring",
    "findings.waiver_expiring.today",
    "findings.website_missing",
    "fixes.exception_unneeded",
    "fixes.waiver_expiring.today",
    "fixes.not_official_host.no_hosts",
    "fixes.outcome_missing",
    "fixes.period_missing",
    "fixes.responsible_missing",
    "fixes.result_missing",
    "fixes.waiver_expired",
    "fixes.waiver_expiring",
    "fixes.website_missing",
}


def test_every_sentence_for_findings_is_said() -> None:
    """Every sentence and remedy for findings is that of a case, or is listed with why it is not."""
    said = {finding.message.key for finding in findings_of_cases()}
    said |= {f.fix.key for f in findings_of_cases() if isinstance(f.fix, Phrase)}
    there = {f"{file}.{name}" for file in ("findings", "fixes") for name in sentences(file)}
    of_looking = {key for key in there if key.split(".")[1] in OF_LOOKING}
    assert there - said == OF_NO_CASE | of_looking
    assert {key.split(".")[1] for key in of_looking} == OF_LOOKING


def test_every_check_is_described() -> None:
    """What every check of the catalogue looks for is said in both languages, every gap filled."""
    rules = catalogue()
    said = {}
    for rule in rules.requirements:
        for check in rule.checks:
            for kind in rule.kinds:
                found = describe(check.test, rules.kinds[kind])
                said[found] = rule.id
    wrong = []
    for found, rule_id in said.items():
        for language in LANGUAGES:
            what = found.say(language)
            wrong += [(rule_id, fault, what) for fault in untidy(what)]
            if re.search("[{}]|None|``|: *$", what):
                wrong.append((rule_id, "left over", what))
            if bool(THAI.search(what)) != (language == "th"):
                wrong.append((rule_id, language, what))
    assert wrong == []


def families() -> set[str]:
    """The sentences whose keys are put together from what a report or a rule holds."""
    found = {f"report.status.{status}" for status in STATUSES}
    found |= {f"report.level.{level}" for level in get_args(Level)}
    found |= {f"report.type.{kind}" for kind in get_args(FieldType)}
    found |= {f"report.explain.{level}" for level in get_args(Level)}
    found |= {f"report.explain.source.{source}" for source in get_args(CheckSource)}
    found |= {f"commands.{name}" for name in COMMANDS}
    lacks = ("lacks_agency_name", "lacks_fiscal_year")
    found |= {f"problems.{key}{where}" for key in lacks for where in ("", ".form")}
    found |= {f"form.how.{number}" for number in range(1, HOW_TO_FILL + 1)}
    found |= {f"form.hint.{type_}" for type_ in set(get_args(FieldType)) - {"record", "records"}}
    found |= {f"form.{key}" for key in ("not_a_form", "other_version")}
    # What the help that typer composes is translated by: all of them, by their English.
    found |= {f"commands.{name}" for name in sentences("commands") if name.startswith("help.")}
    found |= {f"checks.{word}" for word in CHECK_KINDS}
    found |= {f"checks.boundary.{name}" for name in get_args(Boundary)}
    found |= {f"checks.year_name.{name}" for name in get_args(YearName)}
    found |= {f"checks.month.{number}" for number in range(1, 13)}
    found |= {f"findings.{name}" for name in sentences("findings")}
    found |= {f"fixes.{name}" for name in sentences("fixes")}
    found |= {f"looked.verdict.{verdict}" for verdict in get_args(Verdict)}
    reasons = {one for union in get_args(Reason) for one in get_args(union) or (union,)}
    found |= {f"looked.reason.{one}" for one in reasons - set(get_args(Verdict)) - {"text"}}
    found |= {f"looked.spot.{unit}" for unit in get_args(Unit)}
    found |= {f"looked.{weight}" for weight in (*get_args(Weight), "inconclusive_strict")}
    answers = [
        f"{answer}{where}"
        for answer in ("answer", "no_answer", "not_asked")
        for where in ("", "_elsewhere")
    ]
    found |= {f"looked.{answer}" for answer in answers}
    found |= {f"report.proof.{level}" for level in PROOF_LEVELS}
    refused = ("old", "pdf", "not", "open_document", "other", "macros")
    found |= {f"office.{what}_{sort}" for what in refused for sort in get_args(Sort)}
    models = (Requirement, Text, RuleSource, OitCode, Check)
    found |= {f"schema.rule.{one.__name__}.{key}" for one in models for key in one._fields}
    return found - {"schema.rule.Check.test"}


def strings_of_code() -> set[str]:
    """Every string that stands in the code, and every sentence that a template says."""
    found = {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for path in PACKAGE.rglob("*.html"):
        said = re.findall(r'\bsay\("\w+\.([\w.]+)"', path.read_text(encoding="utf-8"))
        found.update(said)
    return found


def test_families_exist() -> None:
    """Whatever a report or a rule holds has its sentence."""
    wrong = {
        key for key in families() if key.partition(".")[2] not in sentences(key.partition(".")[0])
    }
    assert wrong == set()


@pytest.mark.parametrize("file", FILES)
def test_every_sentence_is_used(file: str) -> None:
    """No sentence is left over: each is named by a call, by a family, or by a string of the code."""
    named = {said.key for said in said_in_code()} | families()
    strings = strings_of_code()
    left = {
        name
        for name in sentences(file)
        if f"{file}.{name}" not in named
        # A key that is chosen first and said later: its last part, or all of it, is a string.
        and not {name, f"{file}.{name}"} & strings
        and not any(name.endswith(one) for one in strings if one.startswith("."))
        and not (name.partition(".")[2] and name.rpartition(".")[2] in strings)
    }
    assert left == set()


@pytest.mark.parametrize(("file", "name"), SENTENCES, ids=[".".join(pair) for pair in SENTENCES])
def test_sentence_says_what_fills_it(file: str, name: str) -> None:
    """A sentence says each of its gaps in both languages, texts among them in that language."""
    filling = {
        gap: Text(f"ก{number}", f"k{number}")
        for number, gap in enumerate(gaps(sentences(file)[name]["th"]))
    }
    for language in LANGUAGES:
        said = phrase(f"{file}.{name}", **filling).say(language)
        assert [
            one.say(language) for one in filling.values() if one.say(language) not in said
        ] == []
        assert not re.search("{[a-z_]+}", said)

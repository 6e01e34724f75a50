"""The command `schema`, and its schemas as tools that nobody here wrote read them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import ruamel.yaml
from jsonschema.exceptions import best_match
from support import COMPLETE, ROOT, SEED, Call, run, say

from ita_check.errors import CannotJudge
from ita_check.loading.catalogue import load_catalogue
from ita_check.loading.rule_files import read_rule_files, rules_folder
from ita_check.loading.rules import build_catalogue
from ita_check.reporting.schema import SCHEMAS

STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
JUDGED = [(COMPLETE, "2570-09-30"), (SEED, "2567-10-15"), (STATUSES, "2567-03-01")]
RULES = sorted((ROOT / "rules").glob("issue-*/*.yaml"))
THAI = re.compile("[\u0e01-\u0e5b]")
LATIN = re.compile("[A-Za-z]")


@cache
def printed(name: str) -> bytes:
    result = run("schema", name)
    assert (result.returncode, result.stderr) == (0, b"")
    return result.stdout


@cache
def schema(name: str) -> Any:
    return json.loads(printed(name))


@cache
def validator(name: str) -> Any:
    return jsonschema.Draft202012Validator(
        schema(name), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def errors(name: str, content: object) -> list[tuple[str, str]]:
    return [
        (error.json_path, error.message[:200]) for error in validator(name).iter_errors(content)
    ]


def yaml(text: str) -> Any:
    return ruamel.yaml.YAML(typ="safe", pure=True).load(text)


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema(name: str) -> None:
    """Each is a JSON Schema 2020-12 with its names, in lines, and the same bytes every time."""
    found = schema(name)
    jsonschema.Draft202012Validator.check_schema(found)
    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert found["$id"] == f"urn:ita-check:schema:{name}:1"
    text = printed(name).decode("utf-8")
    assert (
        text
        == json.dumps(json.loads(text), ensure_ascii=False, indent=1)
        .replace("\ufeff", "\\ufeff")
        .replace("\U000e0000", "\\udb40\\udc00")
        .replace("\U000e0fff", "\\udb43\\udfff")
        + "\n"
    )
    for language in ("en_US.UTF-8", "C"):
        again = run("schema", name, env={"LC_ALL": language, "PYTHONHASHSEED": "7"})
        assert again.stdout == printed(name)


def walk(part: object, path: str = "") -> Any:
    """Every mapping of a schema with its path."""
    if isinstance(part, dict):
        yield path, part
        for key, value in part.items():
            yield from walk(value, f"{path}/{key}")
    elif isinstance(part, list):
        for number, value in enumerate(part):
            yield from walk(value, f"{path}/{number}")


@pytest.mark.parametrize("name", SCHEMAS)
def test_words(name: str) -> None:
    """Titles and descriptions say both languages, Thai first, and every listed value is explained."""
    count = 0
    for path, part in walk(schema(name)):
        for key in ("title", "description", "errorMessage"):
            said = part.get(key)
            if isinstance(said, str):
                count += 1
                thai, separator, english = said.partition("\n" if key == "description" else " / ")
                assert THAI.search(thai), path
                assert separator, path
                assert LATIN.search(english), path
        assert part.get("enum") != [], path
        if "enumDescriptions" in part:
            count += 1
            assert len(part["enumDescriptions"]) <= len(part["enum"]), path
            assert all(THAI.search(one) for one in part["enumDescriptions"]), path
    assert count > 40


@pytest.mark.parametrize("name", SCHEMAS)
def test_references(name: str) -> None:
    """Every reference leads somewhere, and nothing that is defined is left over."""
    found = schema(name)
    named = {part["$ref"] for _, part in walk(found) if isinstance(part.get("$ref"), str)}
    assert named == {f"#/$defs/{key}" for key in found["$defs"]}


@pytest.mark.parametrize("name", SCHEMAS)
def test_expressions(name: str) -> None:
    """Every expression is one for ECMA-262 too, without what only Python has."""
    import regress

    for path, part in walk(schema(name)):
        if isinstance(part.get("pattern"), str):
            regress.Regex(part["pattern"], flags="u")
            assert not re.search(r"\(\?(?!:|!|=)|\\[dwbAZ]", part["pattern"]), path


def test_every_field_is_there() -> None:
    """Every kind, field and requirement of the catalogue is a key with its title."""
    found, rules = schema("evidence"), load_catalogue()
    defs = found["$defs"]
    sections = {
        key: one["then"]["properties"]
        for key, one in found["properties"].items()
        if "then" in one and "properties" in one["then"]
    }
    assert [*found["properties"]] == [*rules.frame.file]
    assert [*sections["evidence"]] == [*rules.kinds]
    assert {key: one["title"] for key, one in sections["actions"].items()} == {
        rule.id: f"{rule.id} {rule.title.th} / {rule.title.en}" for rule in rules.requirements
    }
    for name, kind in rules.kinds.items():
        title = f"{kind.title.th} / {kind.title.en}"
        assert sections["evidence"][name]["title"] == title
        fields = defs[f"kind.{name}"]["then"]["properties"]
        assert [*fields] == [*kind.fields]
        for key, field in kind.fields.items():
            one = fields[key] if "title" in fields[key] else defs[f"field.{key}"]
            assert one["title"] == f"{field.label.th} / {field.label.en}"


# Evidence files, as check-jsonschema reads them.


def check_jsonschema(name: str, folder: Path, *files: Path) -> subprocess.CompletedProcess[str]:
    file = folder / f"{name}.schema.json"
    file.write_bytes(printed(name))
    return subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--schemafile", file, *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_evidence_files(tmp_path: Path) -> None:
    """The fixtures, the file with every status and new files are valid."""
    new = []
    for language in ("th", "en"):
        new.append(tmp_path / f"{language}.yaml")
        run("init", new[-1], "--fiscal-year", "2570", "--lang", language)
        assert new[-1].stat().st_size > 1000
    result = check_jsonschema("evidence", tmp_path, COMPLETE, SEED, STATUSES, *new)
    assert (result.returncode, result.stdout) == (0, "ok -- validation done\n")


def test_readme_example(tmp_path: Path) -> None:
    """The README's evidence file and rule are valid."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall("```yaml\n(.*?)```", readme, re.DOTALL)
    evidence = [one for one in blocks if one.startswith("agency:")]
    rule = [one for one in blocks if one.startswith("# rules/issue-")]
    assert (len(evidence), len(rule)) == (1, 1)
    assert errors("rule", yaml(rule[0])) == []
    file = tmp_path / "evidence.yaml"
    file.write_text(evidence[0], encoding="utf-8")
    assert check_jsonschema("evidence", tmp_path, file).returncode == 0


def test_error_of_a_file(tmp_path: Path) -> None:
    """What is misspelt deep in a file is named with its place and what may stand there."""
    file = tmp_path / "evidence.yaml"
    text = SEED.read_text(encoding="utf-8")
    file.write_text(text.replace("responsible:", "responsable:", 1), encoding="utf-8")
    result = check_jsonschema("evidence", tmp_path, file)
    assert result.returncode == 1
    said = "'responsable' is not one of ['responsible', 'period', 'result', 'outcome']"
    assert result.stdout.count("::") == 1
    assert f": {said}\n" in result.stdout
    assert "::$.actions['1.1.1']: " in result.stdout


# Rules.


@pytest.mark.parametrize("file", RULES, ids=lambda file: file.stem)
def test_rules(file: Path) -> None:
    """Every rule is valid as a YAML reader types it."""
    content = yaml(file.read_text(encoding="utf-8"))
    assert errors("rule", content) == []


def test_rules_are_all_there() -> None:
    assert len(RULES) == 63


RULE = """\
id: 8.1.1
title: {th: ก, en: x}
kinds: [open_data]
oit: [{code: O1, fiscal_year: 2567, verified: false}]
source: {document: seed, step: "1"}
why: {th: ก, en: x}
fix: {th: ก, en: x}
publication: true
together: no
opens: march_31
checks:
  - includes: {field: formats, values: [csv]}
    source: public_page
    level: warning
    page: example.go.th
  - includes_groups: {field: channels, groups: [online]}
    source: step
  - includes_months: {field: months, first: 10, last: "3"}
    source: step
  - at_least: {of: datasets, number: 2, within_fiscal_year: true, date: day, confirmed: open}
    source: step
  - each: {of: datasets, given: [name]}
    source: period
  - given: {fields: [url]}
    source: result
  - any_given: {fields: [url]}
    source: step
  - confirmed: {fields: [public]}
    source: step
  - year: {field: fiscal_year, one_of: [current, previous], or_in_force: in_force}
    source: step
  - dated: {fields: [published_on], not_before: fiscal_year_start, not_after: calendar_year_end}
    source: step
  - state_of: {field: as_of, not_before: march_31, not_after: fiscal_year_end}
    source: step
  - overlaps_fiscal_year: {field: in_force}
    source: step
  - published: {or_given: [note]}
    source: step
  - published:
    source: step
  - on_official_host: {}
    source: step
  - channel_besides: {channel: website}
    source: step
  - zero_declared: {field: total, by: notice, given: [day], any_given: [url]}
    source: step
  - sums: {total: total, parts: [part, part]}
    source: step
  - separate_from: {kind: contact, confirmed: public}
    source: step
  - has_risk: {of: risks, topic: other}
    source: step
  - each_risk: {of: risks, given: [event], topic: other}
    source: step
  - risk_managed: {of: risks, topic: other, measure: event, action: event}
    source: step
  - together_in_year: {of: datasets, date: day, field: sorts, values: [a]}
    source: step
"""
KINDS = """\
open_data:
  title: {th: ชุดข้อมูลเปิด, en: Open data}
  fields:
    formats: {type: list, label: {th: ก, en: x}, values: {csv: {th: ก, en: x}}}
    months: {type: months, label: {th: ก, en: x}}
    in_force: {type: in_force, label: {th: ก, en: x}}
    as_of: {type: date, label: {th: ก, en: x}}
    public: {type: boolean, label: {th: ก, en: x}}
    total: {type: count, label: {th: ก, en: x}}
    part: {type: count, label: {th: ก, en: x}}
    notice:
      type: record
      label: {th: ก, en: x}
      fields: {day: {type: date, label: {th: ก, en: x}}, url: {type: url, label: {th: ก, en: x}}}
    risks:
      type: records
      label: {th: ก, en: x}
      fields:
        topic: {type: list, label: {th: ก, en: x}, values: {other: {th: ก, en: x}}}
        event: {type: text, label: {th: ก, en: x}}
    datasets:
      type: records
      label: {th: ก, en: x}
      fields:
        name: {type: text, label: {th: ก, en: x}}
        day: {type: date, label: {th: ก, en: x}}
        open: {type: boolean, label: {th: ก, en: x}}
        sorts: {type: list, label: {th: ก, en: x}, values: {a: {th: ก, en: x}}}
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of an agency's own rules, with one rule that has every kind of check."""
    (tmp_path / "kinds.yaml").write_text(KINDS, encoding="utf-8")
    (tmp_path / "issues").mkdir()
    measures = 'title: {th: ก, en: x}\nmeasures: {"8.1": {title: {th: ก, en: x}}}\n'
    (tmp_path / "issues" / "8.yaml").write_text(measures, encoding="utf-8")
    (tmp_path / "issue-8").mkdir()
    (tmp_path / "issue-8" / "8.1.1.yaml").write_text(RULE, encoding="utf-8")
    return tmp_path


def rule_problems(folder: Path, text: str) -> list[str]:
    """What the loader finds wrong with the rule."""
    (folder / "issue-8" / "8.1.1.yaml").write_text(text, encoding="utf-8")
    top = tuple(file for file in read_rule_files(rules_folder()) if "/" not in file.relative)
    try:
        build_catalogue((top, read_rule_files(folder)), "")
    except CannotJudge as error:
        return [problem.message.key for problem in error.problems]
    return []


def test_rule_with_every_kind_of_check(own: Path) -> None:
    """A rule with every kind of check and every key is valid for both; own kinds are in the enum."""
    result = run("schema", "rule", "--rules", own)
    found = json.loads(result.stdout)
    assert rule_problems(own, RULE) == []
    assert list(jsonschema.Draft202012Validator(found).iter_errors(yaml(RULE))) == []
    assert found["$defs"]["kind"]["enum"] == [*load_catalogue().kinds, "open_data"]
    words = set(found["$defs"]["check"]["properties"]) - {"source", "level", "page"}
    assert all(f"  - {word}:" in RULE for word in words)


def keys_of_rule() -> list[tuple[int, int, str]]:
    """Where every key of the rule stands in its text."""
    return [
        (match.start(1), match.end(1), match[1])
        for match in re.finditer(r"(?:^|[{,] ?|  - |    )([a-z_]+):", RULE, re.MULTILINE)
    ]


def test_misspelt_keys_of_rules(own: Path) -> None:
    """Every key of a rule, misspelt, is refused by both, and so is every misspelt listed word."""
    found = json.loads(run("schema", "rule", "--rules", own).stdout)
    one = jsonschema.Draft202012Validator(found)
    keys = keys_of_rule()
    assert len(keys) > 100
    words = [
        "march_31",
        "public_page",
        "warning",
        "current",
        "fiscal_year_start",
        "open_data",
        "8.1.1",
        "contact",
    ]
    places = [(start, end) for start, end, _ in keys]
    places += [(RULE.index(word), RULE.index(word) + len(word)) for word in words]
    for start, end in places:
        wrong = RULE[start:end] + "x"
        text = RULE[:start] + wrong + RULE[end:]
        assert rule_problems(own, text) != [], wrong
        assert not one.is_valid(yaml(text)), wrong


@pytest.mark.parametrize(
    ("old", "new", "path", "message"),
    [
        ("kinds: [open_data]", "kinds: []", "$.kinds", "[] should be non-empty"),
        ("kinds: [open_data]", "kinds: open_data", "$.kinds", "'open_data' is not of type 'array'"),
        ("opens: march_31", "opens: march_30", "$.opens", "'march_30' is not one of ['previous_"),
        ("{fields: [public]}", "{fields: [public]}\n    given: {fields: [url]}", "$.checks[7]", ""),
        ("  - published:\n", "  - \n", "$.checks[13]", ""),
        ("together: no", "together: maybe", "$.together", "'maybe' is not one of [True, False, 0, 1]"),
        ("first: 10", "first: 13", "$.checks[2].includes_months.first", "13 is greater than the maximum"),
        ("number: 2", "number: 0", "$.checks[3].at_least.number", "0 is less than the minimum of 1"),
        ("{fields: [url]}", "{fields: []}", "$.checks[5].given.fields", "[] should be non-empty"),
        ("{fields: [url]}", "{field: [url]}", "$.checks[5].given", "'field' is not one of ['fields']"),
        ("  - given:", "  - givn:", "$.checks[5]", "'givn' is not one of ['includes', "),
        ("why: {th: ก, en: x}", "why: {th: ก}", "$.why", "'en' is a required property"),
        ("why: {th: ก, en: x}", "why: {th: ก, en: }", "$.why.en", "None is not of type 'string'"),
    ],
)  # fmt: skip
def test_wrong_rules(own: Path, old: str, new: str, path: str, message: str) -> None:
    """What is wrong with a rule is refused by both, and the error stands at it."""
    text = RULE.replace(old, new, 1)
    assert rule_problems(own, text) != []
    assert rule_problems(own, RULE) == []
    one = jsonschema.Draft202012Validator(json.loads(run("schema", "rule", "--rules", own).stdout))
    error = best_match(one.iter_errors(yaml(text)))
    assert (error.json_path, error.message[: len(message)]) == (path, message)


# Reports.


def described(part: Any, content: Any, path: str = "$") -> list[str]:
    """The keys of a report that its schema does not describe."""
    while "$ref" in part and "properties" not in part:
        part = schema("report")["$defs"][part["$ref"].rpartition("/")[2]]
    if "if" in part:
        branch = (
            part.get("then")
            if jsonschema.Draft202012Validator({**part["if"]}).is_valid(content)
            else part.get("else")
        )
        return described(branch, content, path) if branch else []
    if isinstance(content, list):
        return [one for item in content for one in described(part["items"], item, f"{path}[]")]
    if not isinstance(content, dict):
        return []
    known = dict(part["properties"])
    if "$ref" in part:
        known |= schema("report")["$defs"][part["$ref"].rpartition("/")[2]]["properties"]
    missing = [f"{path}.{key}" for key in content if not known.get(key, {}).get("description")]
    return missing + [
        one
        for key, value in content.items()
        if key in known
        for one in described(known[key], value, f"{path}.{key}")
    ]


def reports(tmp_path: Path) -> dict[str, Any]:
    bad = tmp_path / "bad.yaml"
    bad.write_text("agency: {nam: x}\n", encoding="utf-8")
    calls: dict[str, tuple[object, ...]] = {
        file.parent.name + as_of: (file, "--as-of", as_of) for file, as_of in JUDGED
    }
    calls["several"] = (COMPLETE, bad, SEED, "--as-of", "2567-10-15", "--lang", "en")
    calls["unjudged"] = (bad, "--as-of", "2567-10-15")
    calls["absent"] = (tmp_path / "none.yaml", "--as-of", "2567-10-15")
    calls["issue"] = (SEED, "--as-of", "2567-10-15", "--issue", "4")
    calls["no issue"] = (SEED, "--as-of", "2567-10-15", "--issue", "99")
    calls["early"] = (SEED, "--as-of", "2566-10-15")
    return {
        name: json.loads(run(*words, "--format", "json").stdout) for name, words in calls.items()
    }


def test_reports(tmp_path: Path) -> None:
    """Every report is valid, whatever it came to, and every key of it is described."""
    found = reports(tmp_path)
    assert len(found) == 9
    for name, report in found.items():
        assert (name, errors("report", report)) == (name, [])
        assert (name, described(schema("report"), report)) == (name, [])


def test_report_keys_are_required() -> None:
    """A report without any of the keys that are always there is refused; one with more is not."""
    report = json.loads(run(STATUSES, "--as-of", "2567-03-01", "--format", "json").stdout)
    for issue in report["issues"]:
        every = issue["requirements"]
        issue["requirements"] = [*every[:1], *(one for one in every if one["exception"])]
    places = [*objects(report)]
    assert len(places) > 60
    for part in places:
        part["added later"] = True
    assert errors("report", report) == []
    seen = set()
    for part in places:
        for key in [*part]:
            known = (tuple(part), key)
            if key == "added later" or known in seen:
                continue
            seen.add(known)
            value = part.pop(key)
            assert errors("report", report) != [], known
            part[key] = value
    assert len(seen) > 60


def objects(part: Any) -> Any:
    """Every object of a report."""
    if isinstance(part, dict):
        yield part
        for value in [*part.values()]:
            yield from objects(value)
    elif isinstance(part, list):
        for value in part:
            yield from objects(value)


@pytest.mark.parametrize(
    ("path", "value", "at"),
    [
        (["format"], "ita-check/report/2", "$.format"),
        (["issues", 0, "requirements", 0, "status"], "done", "$.issues[0].requirements[0].status"),
        (["as_of"], "1 ม.ค. 2567", "$.as_of"),
        (["findings", 0, "level"], "info", "$.findings[0].level"),
        (["findings", 0, "line"], 0, "$.findings[0].line"),
        (["summary", "met"], -1, "$.summary.met"),
    ],
)
def test_wrong_reports(path: list[Any], value: object, at: str) -> None:
    """A value of another format or out of its set is refused where it stands."""
    report = json.loads(run(STATUSES, "--as-of", "2567-03-01", "--format", "json").stdout)
    part = report
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    assert {where for where, _ in errors("report", report)} == {at}


# The command.


@pytest.mark.parametrize("language", ["th", "en"])
def test_unknown_schema(call: Call, language: str) -> None:
    """Another word is told with what was meant, and is a usage error."""
    said = call("schema", "evidnce", "--lang", language)
    hint = say("problems.did_you_mean", language, word="evidence")
    message = say(
        "commands.not_a_choice",
        language,
        option="schema",
        text="evidnce",
        hint=hint,
        allowed=SCHEMAS,
    )
    assert (said.code, said.out) == (2, "")
    assert message in said.err


@pytest.mark.parametrize("name", SCHEMAS)
def test_faulty_catalogue(call: Call, own: Path, name: str) -> None:
    """With rules that are wrong, nothing is printed and the code is 2."""
    assert rule_problems(own, RULE + "kind: x\n") == ["problems.unknown_field"]
    said = call("schema", name, "--rules", own)
    assert (said.code, said.out) == (2, "")
    assert "8.1.1.yaml" in said.err


def test_without_a_name(call: Call) -> None:
    said = call("schema")
    assert (said.code, said.out) == (2, "")
    assert say("commands.missing_argument", name="evidence|rule|report") in said.err


def test_wrong_language(call: Call) -> None:
    assert call("schema", "report", "--lang", "de").code == 2


def test_start_pays_for_nothing_else() -> None:
    """The schema of reports is made without rich, a web page's templates or another schema."""
    code = (
        "import sys; from ita_check.cli import main; main(['schema', 'report']);"
        "print([m for m in ('rich', 'jinja2', 'ita_check.reporting.schema.rule',"
        " 'ita_check.reporting.schema.evidence') if m in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert result.stderr.splitlines()[-1] == "[]"

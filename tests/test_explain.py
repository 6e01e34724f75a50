"""`ita-check explain` for every requirement, with examples that pass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import catalogue

from ita_check.cli import main
from ita_check.texts import Language, phrase

IDS = [rule.id for rule in catalogue().requirements]
# Those that the home page has to lead to.
REACHABLE = ("1.1.4", "2.1.2", "7.1.2")
HEADS = ("why", "kinds", "checks", "fix", "source", "example")


@pytest.mark.parametrize("language", ["th", "en"])
def test_explain(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    language: Language,
) -> None:
    """All 63 requirements are explained in both languages, with an example that really passes."""
    monkeypatch.chdir(tmp_path)
    for rule in catalogue().requirements:
        assert main(["explain", rule.id, "--lang", language, "--width", "5000"]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        lines = out.splitlines()
        assert lines[0].split(maxsplit=1) == [rule.id, rule.title.say(language)]
        places = [lines.index(phrase(f"report.explain.{head}").say(language)) for head in HEADS]
        assert places == sorted(places), rule.id
        assert lines[places[0] + 1] == "  " + rule.why.say(language)
        kinds = [line.split()[0] for line in lines[places[1] + 1 : places[2] - 1]]
        assert kinds == [*rule.kinds]
        last = ["action", "online", *(["reachable"] if rule.id in REACHABLE else [])]
        said = [f"  • {phrase(f'report.explain.{line}').say(language)}" for line in last]
        checks = lines[places[2] + 1 : places[3] - 1]
        assert checks[1 + len(rule.checks) :] == said
        assert lines[places[3] + 1] == "  " + rule.fix.say(language)
        example = [line[2:] for line in lines[places[-1] + 1 :]]
        example = example[: example.index("")] if "" in example else example
        Path(rule.id).write_text("\n".join(example), "utf-8")
    main([*IDS, "-f", "json", "--as-of", "2567-09-30"])
    reports = json.loads(capsys.readouterr().out)
    for id_, report in zip(IDS, reports, strict=True):
        met = [
            entry["id"]
            for issue in report["issues"]
            for entry in issue["requirements"]
            if entry["status"] == "met"
        ]
        assert id_ in met


def test_explain_takes_thai_digits(capsys: pytest.CaptureFixture[str]) -> None:
    """A requirement's id may be written in Thai digits."""
    shown = []
    for id_ in ("๗.๑.๑", "7.1.1"):
        assert main(["explain", id_]) == 0
        shown.append(capsys.readouterr())
    assert shown[0] == shown[1]

"""How far a requirement is proved by `ita-check check`, which opens no address and reads no file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from support import COMPLETE, FIXTURES, ROOT, SEED, catalogue, run, run_json, say

from ita_check.reporting.formats import FORMATS
from ita_check.texts import Language

HEAD = "agency: {name: เทศบาลตัวอย่าง, website: https://www.example.go.th}\nfiscal_year: 2567\n"
LEVELS = ("none", "declared", "seen", "read")
NOTHING = {"level": "none", "unproved": [], "ways": []}
AS_OF = ("--as-of", "2567-09-30")
STATUSES = ROOT / "tests" / "golden" / "statuses.yaml"
SITE = "https://www.example.go.th"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files that are there, and one with nothing in it."""
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.txt").write_bytes(b"2567")
    (tmp_path / "nothing.pdf").write_bytes(b"")
    return tmp_path


def judged(folder: Path, evidence: str, *options: str | Path) -> Any:
    """The JSON report of the real command on a text below `evidence`."""
    (folder / "evidence.yaml").write_text(f"{HEAD}evidence:\n{evidence}", encoding="utf-8")
    return run_json("check", "evidence.yaml", *AS_OF, *(options or ("--lang", "en")), cwd=folder)


def requirements(report: Any) -> dict[str, Any]:
    """The requirements of a report by id."""
    return {one["id"]: one for issue in report["issues"] for one in issue["requirements"]}


def proofs(folder: Path, evidence: str, *options: str | Path) -> dict[str, Any]:
    """How far each requirement is proved."""
    report = judged(folder, evidence, *options)
    return {name: one["proof"] for name, one in requirements(report).items()}


def why(reason: str, *targets: tuple[str, str], language: Language = "en") -> dict[str, Any]:
    """What is not proved for a reason, with addresses or files and their evidence paths."""
    named = ", ".join(text or path for text, path in targets)
    return {
        "reason": reason,
        "message": f"{say(f'looked.reason.{reason}', language)}: {named}",
        "targets": [{"text": text, "path": path} for text, path in targets],
    }


def proof(level: str, *unproved: dict[str, Any]) -> dict[str, Any]:
    """A proof as `check` gives it: without ways, which are found by opening the home page."""
    return {"level": level, "unproved": [*unproved], "ways": []}


# One item


def test_nothing_declared(folder: Path) -> None:
    """Where nothing is declared nothing is proved, and nothing is left unproved."""
    report = judged(folder, "")
    assert {name: one["proof"] for name, one in requirements(report).items()} == {
        rule.id: NOTHING for rule in catalogue().requirements
    }
    assert report["proof"] == {"none": 63, "declared": 0, "seen": 0, "read": 0}
    assert report["looked"] is None


@pytest.mark.parametrize("language", ["th", "en"])
def test_item_that_names_nothing(folder: Path, language: Language) -> None:
    """What is only said is declared, and the reason names the item by its path."""
    found = proofs(
        folder,
        "  contact: {title: ก}\n  hr_plan:\n    - {title: ก}\n",
        "--lang",
        language,
    )
    for requirement, path in (("3.1.4", "evidence.contact"), ("6.1.1", "evidence.hr_plan[0]")):
        assert found[requirement] == proof(
            "declared", why("nothing_named", ("", path), language=language)
        )
    # 3.1.7 and 6.1.8 make them public; no other requirement stands on either.
    assert {name for name, one in found.items() if one != NOTHING} == {
        "3.1.4",
        "3.1.7",
        "6.1.1",
        "6.1.8",
    }


@pytest.mark.parametrize("language", ["th", "en"])
def test_addresses_are_not_opened(folder: Path, language: Language) -> None:
    """However many addresses: each is declared, those inside entries too, and not opened."""
    found = proofs(
        folder,
        f"  contact: {{url: [{SITE}/a, {SITE}/b#map]}}\n"
        f"  e_service:\n    services: [{{name: ก, url: {SITE}/e}}, {{name: ข}}]\n",
        "--lang",
        language,
    )
    first = (f"{SITE}/a", "evidence.contact.url[0]")
    second = (f"{SITE}/b#map", "evidence.contact.url[1]")
    assert found["3.1.4"] == proof("declared", why("not_opened", first, second, language=language))
    service = (f"{SITE}/e", "evidence.e_service.services[0].url")
    # Those that the home page has to lead to: `check` looks for no way.
    for requirement in ("1.1.4", "2.1.2"):
        assert found[requirement] == proof(
            "declared", why("not_opened", service, language=language)
        )


@pytest.mark.parametrize("language", ["th", "en"])
def test_file_that_is_there(folder: Path, language: Language) -> None:
    """A file beside the evidence file is seen; what is in it is not read."""
    found = proofs(
        folder,
        "  hr_plan: {file: a.pdf}\n  hr_report: {file: [a.pdf, b.txt]}\n",
        "--lang",
        language,
    )
    plan = ("a.pdf", "evidence.hr_plan.file")
    both = (("a.pdf", "evidence.hr_report.file[0]"), ("b.txt", "evidence.hr_report.file[1]"))
    assert found["6.1.1"] == proof("seen", why("not_read", plan, language=language))
    assert found["6.1.2"] == proof("seen", why("not_read", *both, language=language))


@pytest.mark.parametrize("name", ["not-there.pdf", "nothing.pdf"])
def test_file_that_is_missing(folder: Path, name: str) -> None:
    """A file that is not there or empty proves nothing; one beside it that is there does."""
    found = proofs(folder, f"  hr_plan: {{file: {name}}}\n  hr_report: {{file: [{name}, b.txt]}}\n")
    assert found["6.1.1"]["level"] == "declared"
    report = ("b.txt", "evidence.hr_report.file[1]")
    assert found["6.1.2"] == proof("seen", why("not_read", report))


def test_best_of_what_an_item_points_at(folder: Path) -> None:
    """An item is proved as far as the best of it, and what is short of that is told all the same."""
    found = proofs(folder, f"  hr_plan: {{url: {SITE}/a, file: [not-there.pdf, a.pdf]}}\n")
    assert found["6.1.1"] == proof(
        "seen",
        why("not_opened", (f"{SITE}/a", "evidence.hr_plan.url")),
        why("not_read", ("a.pdf", "evidence.hr_plan.file[1]")),
    )


# Which item, and which sort of evidence


def has_to_be_public(document: Any) -> bool:
    """Whether a rule as it is written takes nothing but an address."""
    for check in document["checks"]:
        needed = check.get("level", "error") == "error"
        if needed and "on_official_host" in check:
            return True
        if needed and "published" in check and "or_given" not in check["published"]:
            return True
    return False


def test_files_prove_nothing_where_evidence_is_public(folder: Path) -> None:
    """Every requirement, its kinds declared with a file that is there: seen, unless it asks for a page."""
    kinds = "".join(f"  {kind}: {{file: a.pdf}}\n" for kind in catalogue().kinds)
    rules = [
        yaml.safe_load(path.read_text(encoding="utf-8"))
        for path in sorted((ROOT / "rules").glob("issue-*/*.yaml"))
    ]
    found = proofs(folder, kinds)
    assert {name: one["level"] for name, one in found.items()} == {
        rule["id"]: "declared" if has_to_be_public(rule) else "seen" for rule in rules
    }
    assert [name for name, one in found.items() if one["level"] == "declared"] == [
        *("1.2.3", "1.3.3", "1.4.5", "2.1.8", "3.1.7", "5.1.6", "6.1.8", "7.1.2", "7.1.12")
    ]


def test_public_evidence_with_address_and_file(folder: Path) -> None:
    """What has to be public is told by its address alone; the file still proves the paper itself."""
    found = proofs(folder, f"  complaint_manual: {{url: {SITE}/a, file: a.pdf}}\n")
    opened = why("not_opened", (f"{SITE}/a", "evidence.complaint_manual.url"))
    for requirement in ("1.2.3", "7.1.12"):
        assert found[requirement] == proof("declared", opened)
    read = why("not_read", ("a.pdf", "evidence.complaint_manual.file"))
    assert found["7.1.1"] == proof("seen", opened, read)


def test_public_evidence_of_several_kinds(folder: Path) -> None:
    """Each declared kind has its item, and each is told with what it lacks; other kinds are not."""
    found = proofs(
        folder,
        f"  contact: {{url: {SITE}/a}}\n"
        f"  news: {{url: {SITE}/b}}\n"
        "  q_and_a: {title: ก}\n"
        f"  hr_plan: {{url: {SITE}/c, in_force: 2567}}\n",
    )
    addresses = ((f"{SITE}/a", "evidence.contact.url"), (f"{SITE}/b", "evidence.news.url"))
    assert found["3.1.7"] == proof(
        "declared",
        why("not_opened", *addresses),
        why("nothing_named", ("", "evidence.q_and_a")),
    )


def test_public_evidence_of_several_items(folder: Path) -> None:
    """Of several items of a kind the nearest is told; where none is of its year, the first."""
    found = proofs(
        folder,
        f"  contact:\n    - {{url: https://drive.google.com/a}}\n    - {{url: {SITE}/b}}\n"
        "  complaint_statistics:\n"
        f"    - {{url: {SITE}/c, fiscal_year: 2560}}\n    - {{url: {SITE}/d, fiscal_year: 2561}}\n",
    )
    contact = (f"{SITE}/b", "evidence.contact[1].url")
    assert found["3.1.7"] == proof("declared", why("not_opened", contact))
    statistics = (f"{SITE}/c", "evidence.complaint_statistics[0].url")
    assert found["7.1.12"] == proof("declared", why("not_opened", statistics))


OWN_RULE = """\
id: 8.1.1
title: {th: เอกสารบุคคลที่เปิดเผย, en: HR papers made public}
kinds: [hr_plan, hr_report, ethics_team]
publication: true
oit: []
source: {document: แผนของเทศบาล, step: "1"}
why: {th: ประชาชนอ่านได้, en: People can read them.}
fix: {th: เผยแพร่ `hr_plan` และ `hr_report`, en: Publish `hr_plan` and `hr_report`.}
checks:
  - on_official_host: {}
    level: warning
    source: step
"""
OWN_ISSUE = """\
title: {th: งานบุคคลที่เปิดเผย, en: HR in public}
measures:
  "8.1":
    title: {th: การเปิดเผยเอกสาร, en: Publishing papers}
"""


@pytest.mark.parametrize(
    ("plan", "report", "level"),
    [
        ("file: a.pdf", "file: b.txt", "seen"),
        ("file: a.pdf", f"url: {SITE}/a", "declared"),
        (f"url: {SITE}/a", "file: a.pdf", "declared"),
        ("file: a.pdf", "title: ก", "declared"),
        (f"url: {SITE}/a, file: a.pdf", "file: a.pdf", "seen"),
    ],
)
def test_least_of_several_kinds(folder: Path, plan: str, report: str, level: str) -> None:
    """Of several kinds the one least proved says how far the requirement is."""
    (folder / "rules" / "issues").mkdir(parents=True)
    (folder / "rules" / "issue-8").mkdir()
    (folder / "rules" / "issues" / "8.yaml").write_text(OWN_ISSUE, encoding="utf-8")
    (folder / "rules" / "issue-8" / "8.1.1.yaml").write_text(OWN_RULE, encoding="utf-8")
    evidence = f"  hr_plan: {{{plan}}}\n  hr_report: {{{report}}}\n"
    found = proofs(folder, evidence, "--rules", "rules", "--issue", "8")
    assert {name: one["level"] for name, one in found.items()} == {"8.1.1": level}


def test_least_of_items_that_count_together(folder: Path) -> None:
    """Where all items of a kind count as one, the least of them says how far, and all are told."""
    items = (
        "  org_structure:\n    - {file: a.pdf}\n    - {file: b.txt}\n"
        f"  executives:\n    - {{file: a.pdf}}\n    - {{url: {SITE}/a}}\n    - {{file: b.txt}}\n"
        "  codes_of_ethics:\n    - {title: ก}\n    - {file: a.pdf}\n"
    )
    found = proofs(folder, items)
    assert found["3.1.1"] == proof(
        "seen",
        why(
            "not_read",
            ("a.pdf", "evidence.org_structure[0].file"),
            ("b.txt", "evidence.org_structure[1].file"),
        ),
    )
    assert found["3.1.2"] == proof(
        "declared",
        why(
            "not_read",
            ("a.pdf", "evidence.executives[0].file"),
            ("b.txt", "evidence.executives[2].file"),
        ),
        why("not_opened", (f"{SITE}/a", "evidence.executives[1].url")),
    )
    assert found["6.1.7"] == proof(
        "declared",
        why("nothing_named", ("", "evidence.codes_of_ethics[0]")),
        why("not_read", ("a.pdf", "evidence.codes_of_ethics[1].file")),
    )


@pytest.mark.parametrize("first", [True, False])
def test_the_item_that_was_judged(folder: Path, first: bool) -> None:
    """Of several items the one that comes nearest is told, wherever it stands; others prove nothing."""
    near = f"{{url: {SITE}/a, in_force: 2567}}"
    items = [near, "{file: a.pdf, in_force: 2560}"]
    number = 0 if first else 1
    lines = "".join(f"    - {item}\n" for item in (items if first else items[::-1]))
    found = proofs(folder, f"  hr_plan:\n{lines}")
    path = f"evidence.hr_plan[{number}].url"
    assert found["6.1.1"] == proof("declared", why("not_opened", (f"{SITE}/a", path)))
    # Of two kinds of which either will do, the same.
    found = proofs(
        folder, f"  service_manual: {{file: a.pdf}}\n  work_manual: {{url: {SITE}/a, title: ก}}\n"
    )
    one = why("not_read", ("a.pdf", "evidence.service_manual.file"))
    assert found["1.1.1"] == proof("seen", one)


def test_what_is_not_judged_is_proved_all_the_same(folder: Path) -> None:
    """An exception, a day not yet come and an action row change no proof."""
    (folder / "evidence.yaml").write_text(
        HEAD
        + "evidence:\n  asset_borrowing: {file: a.pdf}\n  asset_inspection: {file: a.pdf}\n"
        + "exceptions:\n"
        + '  - {requirement: "4.1.2", status: not_applicable, reason: ก}\n'
        + '  - {requirement: "4.1.3", status: waived, reason: ก, approved_by: ข, expires: 2567-12-31}\n'
        + '  - {requirement: "4.1.1", status: not_applicable, reason: ก}\n',
        encoding="utf-8",
    )
    report = run_json("check", "evidence.yaml", *AS_OF, "--issue", "4", cwd=folder)
    assert {
        name: (one["status"], one["proof"]["level"]) for name, one in requirements(report).items()
    } == {
        "4.1.1": ("not_applicable", "none"),
        "4.1.2": ("not_applicable", "seen"),
        "4.1.3": ("waived", "seen"),
        "4.1.4": ("missing", "none"),
        "4.1.5": ("missing", "none"),
    }
    assert report["proof"] == {"none": 3, "declared": 0, "seen": 2, "read": 0}


# Totals


@pytest.mark.parametrize("issues", [(), ("6",), ("1", "4", "7")])
@pytest.mark.parametrize(
    ("file", "as_of"),
    [(SEED, "2567-10-15"), (COMPLETE, "2570-09-30"), (STATUSES, "2567-03-01")],
    ids=["seed", "complete", "statuses"],
)
def test_totals(file: Path, as_of: str, issues: tuple[str, ...]) -> None:
    """The totals count the requirements that are listed, each once; `check` reads nothing."""
    options = [word for number in issues for word in ("--issue", number)]
    report = run_json("check", file, "--as-of", as_of, *options)
    counted = Counter(one["proof"]["level"] for one in requirements(report).values())
    assert [*report["proof"]] == [*LEVELS]
    assert report["proof"] == {level: counted[level] for level in LEVELS}
    assert sum(report["proof"].values()) == report["summary"]["requirements"]
    assert report["proof"]["read"] == 0
    assert report["looked"] is None
    missing = [one for one in requirements(report).values() if one["status"] == "missing"]
    assert {one["proof"]["level"] for one in missing} <= {"none"}


# User info of addresses

USER, SECRET = "officer-name", "s3cret-word"
SECRET_ADDRESSES = f"""\
agency: {{name: เทศบาลตัวอย่าง, website: "https://{USER}:{SECRET}@www.example.go.th/"}}
fiscal_year: 2567
evidence:
  # on another's host: a finding with its line, of one address, of one of several, in a list
  complaint_manual: {{url: "https://{USER}:{SECRET}@drive.google.com/x", fiscal_year: 2567}}
  contact:
    url: ["https://{USER}:{SECRET}@www.example.go.th/x", "HTTPS://{USER}:{SECRET}@drive.google.com/y"]
  news: {{url: https://{USER}:{SECRET}@drive.google.com/z}}
  e_service:
    services:
      - {{name: ก, url: "https://{USER}:p@{SECRET}@www.example.go.th/e"}}
  ethics_training:
    sessions:
      - {{url: "https://{SECRET}@drive.google.com/t"}}
  corruption_complaint_channel: {{url: "https://{USER}:{SECRET}@www.example.go.th/c"}}
  general_complaint_channel: {{url: "https://other:{SECRET}@www.example.go.th/c"}}
"""


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_format_shows_user_info(folder: Path, language: Language) -> None:
    """In no format does the name or the password of an address stand; the address itself does."""
    (folder / "evidence.yaml").write_text(SECRET_ADDRESSES, encoding="utf-8")
    outputs = [word for name in FORMATS for word in ("-o", f"{name}=out.{name}")]
    options = (*AS_OF, "--lang", language, "--verbose", "--width", "200")
    done = run("check", "evidence.yaml", *options, *outputs, cwd=folder)
    assert (done.returncode, done.stderr) == (1, b"")
    shown = {name: (folder / f"out.{name}").read_text(encoding="utf-8") for name in FORMATS}
    shown["standard output"] = done.stdout.decode()
    for form in ("text", "json"):
        due = run("due", "evidence.yaml", "-f", form, *AS_OF, "--lang", language, cwd=folder)
        assert due.stderr == b""
        shown[f"due {form}"] = due.stdout.decode()
    for name, text in shown.items():
        assert (name, USER in text, SECRET in text) == (name, False, False)
        assert len(text) > 1000, name
    hidden = "*" * len(f"{USER}:{SECRET}")
    # In an excerpt the rest of the line stands where it stood.
    assert f'complaint_manual: {{url: "https://{hidden}@drive.google.com/x"' in shown["text"]
    assert f"https://{hidden}@drive.google.com/x" in shown["html"]


def test_user_info_in_json(folder: Path) -> None:
    """The website, the targets and their messages: as long as they were, with nothing to read."""
    (folder / "evidence.yaml").write_text(SECRET_ADDRESSES, encoding="utf-8")
    report = run_json("check", "evidence.yaml", *AS_OF, "--lang", "en", cwd=folder)
    hidden = "*" * len(f"{USER}:{SECRET}")
    assert report["agency"]["website"] == f"https://{hidden}@www.example.go.th/"
    found = {name: one["proof"] for name, one in requirements(report).items()}
    assert found["3.1.4"] == proof(
        "declared",
        why(
            "not_opened",
            (f"https://{hidden}@www.example.go.th/x", "evidence.contact.url[0]"),
            (f"HTTPS://{hidden}@drive.google.com/y", "evidence.contact.url[1]"),
        ),
    )
    alone = "*" * len(SECRET)
    target = (f"https://{alone}@drive.google.com/t", "evidence.ethics_training.sessions[0].url")
    assert found["1.1.6"] == proof("declared", why("not_opened", target))


def test_plain_addresses_are_shown_whole() -> None:
    """An `@` of a path or of an e-mail address is no user info."""
    file = FIXTURES / "complete-2570" / "evidence.yaml"
    report = run_json("check", file, "--as-of", "2570-09-30")
    assert report["agency"]["website"] == "https://www.example.go.th"
    assert "*" not in str([one["proof"] for one in requirements(report).values()])


AT_SECRET = f"{USER}:{SECRET}@drive.google.com"


@pytest.mark.parametrize(
    "lines",
    [
        # Judged: a slash with an escape, and a line that is cut within the address.
        f'  complaint_manual: {{url: "https:\\/\\/{AT_SECRET}/x"}}\n',
        f'  contact: {{url: "https://{USER}:{SECRET}{"0" * 390}@drive.google.com/x"}}\n',
        # Not judged: the line of a problem, and a problem that quotes the address.
        f'  contact: {{url: "https://{AT_SECRET}/x", foo: 1}}\n',
        f'  contact: {{url: "htp://{AT_SECRET}/x"}}\n',
        f'  contact: {{url: "https://{AT_SECRET}/x y"}}\n',
        f'  contact: {{file: "https://{AT_SECRET}/x"}}\n',
    ],
)
def test_no_line_and_no_problem_shows_user_info(folder: Path, lines: str) -> None:
    """However the address is written, and whether the file can be judged or not."""
    (folder / "evidence.yaml").write_text(f"{HEAD}evidence:\n{lines}", encoding="utf-8")
    outputs = [word for name in FORMATS for word in ("-o", f"{name}=out.{name}")]
    done = run("check", "evidence.yaml", *AS_OF, "--width", "500", *outputs, cwd=folder)
    assert done.returncode in (1, 2)
    shown = {name: (folder / f"out.{name}").read_text(encoding="utf-8") for name in FORMATS}
    shown |= {"standard output": done.stdout.decode(), "standard error": done.stderr.decode()}
    assert [name for name, text in shown.items() if USER in text or SECRET in text] == []

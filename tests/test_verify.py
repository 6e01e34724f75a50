"""`ita-check verify` by the real command, against real servers on loopback."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from municipality import AS_OF, Municipality, served
from servers import Reply, Site, page, redirect, validated
from support import ROOT, findings_of, run, say

from ita_check.model.proof import PROOF_LEVELS
from ita_check.model.verdicts import Verdict
from ita_check.reporting.formats import FORMATS

VERDICTS = get_args(Verdict)
# Which verdict each special path has, and the requirements that read that address.
SPECIAL: dict[str, tuple[Verdict, tuple[str, ...]]] = {
    "/gone.html": ("dead", ("6.1.8",)),
    "/soft.html": ("soft_404", ("1.4.5",)),
    "/members.html": ("login_wall", ("7.1.12",)),
    "/moved.html": ("redirected_home", ("2.1.8",)),
    "/away.html": ("off_host", ("6.1.8",)),
    "/bot.html": ("blocked", ()),
    "/slow.html": ("timeout", ()),
    "/broken.html": ("server_error", ()),
    "/huge.pdf": ("too_large", ()),
    "/complaint/statistics-2569.html": ("tls_error", ()),
}
VERIFY = (sys.executable, "-m", "ita_check", "verify", "evidence.yaml", "--allow-private")
PRIVATE = ("--allow-private", "--timeout", "3")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No cache of whoever runs the tests, and of no other test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def municipality(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Municipality]:
    """The municipality of the fixture, with its website."""
    with served(tmp_path_factory.mktemp("bang-sadet")) as found:
        yield found


@pytest.fixture(scope="module")
def written(municipality: Municipality) -> dict[str, str]:
    """What one run writes in every format."""
    folder = municipality.evidence.parent
    outputs = [word for name in FORMATS for word in ("-o", f"{name}=out.{name}")]
    options = ("--as-of", AS_OF, "--lang", "en", "--no-cache", "--width", "100", *PRIVATE)
    done = run("verify", municipality.evidence, *options, *outputs, cwd=folder)
    assert (done.returncode, done.stderr) == (1, b"")
    return {name: (folder / f"out.{name}").read_text(encoding="utf-8") for name in FORMATS}


@pytest.fixture(scope="module")
def report(written: dict[str, str]) -> Any:
    """The JSON report of that run."""
    return json.loads(written["json"])


def requirements(report: Any) -> dict[str, Any]:
    """The requirements of a report by id."""
    return {one["id"]: one for issue in report["issues"] for one in issue["requirements"]}


def evidence(site: Site, items: str, year: int = 2570, **agency: str) -> str:
    """An evidence file whose website is a site of the test."""
    website = agency.get("website", site.address())
    return f"agency: {{name: เทศบาลตัวอย่าง, website: '{website}'}}\nfiscal_year: {year}\nevidence:\n{items}"


def verify(folder: Path, text: str, *options: str | Path, **more: Any) -> Any:
    """The JSON report on a text as evidence file."""
    (folder / "evidence.yaml").write_text(text, encoding="utf-8")
    words = ("--as-of", AS_OF, "--lang", "en", "--allow-private", "-f", "json", *options)
    done = run("verify", "evidence.yaml", *words, cwd=folder, **more)
    assert done.returncode in (0, 1), done.stderr.decode()
    return json.loads(done.stdout)


def verdicts(report: Any) -> dict[str, str]:
    """The verdicts of a report by the path of the address."""
    return {
        re.sub(r"^https?://[^/]+", "", one["url"]): one["verdict"]
        for one in report["looked"]["addresses"]
    }


def codes(report: Any, requirement: str) -> list[tuple[str, str, str]]:
    """Code, level and path of the findings of a requirement, its action row left aside."""
    return [
        (one["code"], one["level"], one["path"])
        for one in findings_of(report, requirement)
        if not one["path"].startswith("actions.")
    ]


# The municipality of the fixture


def test_every_verdict(report: Any) -> None:
    """Every address of the file has the verdict that its page deserves."""
    found = verdicts(report)
    assert {path: found.pop(path) for path in SPECIAL} == {
        path: verdict for path, (verdict, _) in SPECIAL.items()
    }
    assert set(found.values()) == {"ok"}
    assert len(found) > 30


def test_findings_of_the_verdicts(report: Any) -> None:
    """What is a fault makes the requirements that read the address incomplete, and no other."""
    expected: dict[str, set[str]] = {}
    for verdict, readers in SPECIAL.values():
        for requirement in readers:
            expected.setdefault(requirement, set()).add(verdict)
    found = {
        name: {one["code"] for one in entry["findings"] if one["level"] == "error"}
        for name, entry in requirements(report).items()
        if entry["status"] != "met"
    }
    assert found == expected
    assert report["summary"]["incomplete"] == len(expected)


def test_a_finding_tells_what_was_asked(report: Any, municipality: Municipality) -> None:
    """The address asked, where it ended, the status, when and how long; at the value's place."""
    (one,) = (f for f in findings_of(report, "2.1.8") if f["code"] == "redirected_home")
    site = municipality.site
    asked, ended = site.address("/moved.html"), site.address("/")
    told = rf"it leads to the home page, not to what is declared: {re.escape(asked)} "
    told += rf"\(status 200, ended at {re.escape(ended)}, opened \d+ \w+ \d{{4}} BE "
    told += r"\(\d{4}-\d\d-\d\d\) \d\d:\d\d, \d+\.\d s\)"
    assert re.fullmatch(told, one["message"]), one["message"]
    lines = municipality.evidence.read_text(encoding="utf-8").splitlines()
    assert asked in lines[one["line"] - 1]
    assert lines[one["line"] - 1][one["column"] - 1 :].startswith(asked)
    assert one["path"] == "evidence.service_statistics.url"


def test_what_is_inconclusive_is_told_apart(report: Any) -> None:
    """It is no gap; each requirement that has such an address says that it is not proved, and why."""
    proofs = {name: one["proof"] for name, one in requirements(report).items()}
    reasons = {name: {one["reason"] for one in proof["unproved"]} for name, proof in proofs.items()}
    assert proofs["5.1.5"]["level"] == proofs["7.1.11"]["level"] == "declared"
    assert "blocked" in reasons["5.1.5"]
    assert "timeout" in reasons["7.1.11"] & reasons["7.1.12"]
    assert "server_error" in reasons["7.1.7"]
    assert "too_large" in reasons["5.1.3"]
    assert "tls_error" in reasons["7.1.3"]
    conclusive = {one["verdict"]: one["conclusive"] for one in report["looked"]["addresses"]}
    assert conclusive == {
        **dict.fromkeys(("ok", "dead", "soft_404", "login_wall", "redirected_home"), True),
        "off_host": True,
        **dict.fromkeys(("blocked", "timeout", "server_error", "too_large", "tls_error"), False),
    }


def test_strict_online_makes_it_count(municipality: Municipality) -> None:
    """Each inconclusive verdict is an error then, where the address is read."""
    options = ("--as-of", AS_OF, "--strict-online", "--no-cache", "-f", "json", *PRIVATE)
    done = run("verify", municipality.evidence, *options)
    entries = requirements(json.loads(done.stdout))
    errors = {
        name: {one["code"] for one in entry["findings"] if one["level"] == "error"}
        for name, entry in entries.items()
    }
    assert errors["5.1.6"] == {"blocked", "too_large"}
    assert errors["7.1.12"] == {"login_wall", "timeout", "server_error", "tls_error"}


def test_ways_from_the_home_page(report: Any, municipality: Municipality) -> None:
    """One click, two clicks, and a warning for what is three away, which changes no status."""
    entries = requirements(report)
    site = municipality.site

    def ways(requirement: str) -> list[tuple[str, list[str]]]:
        return [
            (one["url"], [click["text"] for click in one["clicks"]])
            for one in entries[requirement]["proof"]["ways"]
        ]

    assert ways("7.1.2") == [
        (site.address("/complaint/corruption.html"), ["แจ้งเรื่องร้องเรียนการทุจริต"])
    ]
    for requirement in ("1.1.4", "2.1.2"):
        assert ways(requirement) == [
            (
                site.address("/eservice/repair.html"),
                ["บริการประชาชน", "แจ้งซ่อมไฟฟ้าสาธารณะออนไลน์"],
            )
        ]
        assert codes(report, requirement) == [
            ("not_reached", "warning", "evidence.e_service.services[1].url")
        ]
        assert entries[requirement]["status"] == "met"
    home = report["looked"]["home"]
    assert (home["url"], home["opened"]) == (site.address("/"), True)
    assert 10 < home["pages"] <= 100


def test_years_that_documents_name(report: Any) -> None:
    """What names another year only is a warning with year and place; what names its own is read."""
    entries = requirements(report)
    (one,) = (f for f in entries["5.1.1"]["findings"] if f["code"] == "names_other_year")
    assert (one["level"], one["path"]) == ("warning", "evidence.procurement_list.url")
    assert "names only 2569" in one["message"]
    assert re.search(r"2569, at line \d+\)", one["message"]), one["message"]
    assert entries["5.1.2"]["findings"][0]["path"] == "evidence.procurement_plan.file"
    # TIS-620 in Thai digits, a PDF in English, a text file.
    for requirement in ("1.4.1", "6.1.1"):
        assert entries[requirement]["proof"]["level"] in ("read", "seen")
    assert entries["1.4.1"]["proof"]["level"] == "read"


def test_totals_are_those_of_the_requirements(report: Any) -> None:
    """How many have each level of proof is counted over all requirements."""
    levels = Counter(one["proof"]["level"] for one in requirements(report).values())
    assert report["proof"] == {level: levels[level] for level in PROOF_LEVELS}
    assert sum(report["proof"].values()) == 63
    assert report["proof"]["read"] > 5


def test_the_report_fits_its_schema(written: dict[str, str], tmp_path: Path) -> None:
    """check-jsonschema reads the report by `ita-check schema report`."""
    (tmp_path / "report.json").write_text(written["json"], encoding="utf-8")
    (tmp_path / "schema.json").write_bytes(run("schema", "report").stdout)
    done = subprocess.run(
        [
            Path(sys.executable).parent / "check-jsonschema",
            "--schemafile",
            tmp_path / "schema.json",
            tmp_path / "report.json",
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize("name", ["text", "html", "markdown", "sarif", "json"])
def test_every_verdict_is_shown(name: str, written: dict[str, str]) -> None:
    """Each verdict that there was stands in the report, with its address."""
    shown = " ".join(written[name].split())
    for path, (verdict, _) in SPECIAL.items():
        assert say(f"looked.verdict.{verdict}", "en") in shown, verdict
        assert path in shown, path


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_how_far_proved(name: str, written: dict[str, str]) -> None:
    """The levels of proof stand in every format; code hosts are told of gaps, which are not read."""
    gaps_only = name in ("github", "codequality")
    for level in ("Proof: declared",) if gaps_only else ("declared", "read"):
        assert level in written[name]


# What is asked of whom


def test_nothing_private_is_asked_unless_allowed(tmp_path: Path) -> None:
    """Without --allow-private no address of this machine is connected to, and nothing is held
    against anybody."""
    with Site(folder=ROOT / "fixtures") as site:
        text = evidence(site, f"  org_structure: {{url: '{site.address('/x')}'}}\n")
        (tmp_path / "evidence.yaml").write_text(text, encoding="utf-8")
        done = run("verify", "evidence.yaml", "--lang", "en", "-f", "json", cwd=tmp_path)
        report = json.loads(done.stdout)
        assert verdicts(report) == {"/": "refused", "/x": "refused"}
        assert site.connections == 0
        assert "refused" not in {one["code"] for one in findings_of(report, "3.1.7")}


def test_redirect_to_metadata_is_refused(tmp_path: Path) -> None:
    """A page cannot lead to where clouds keep their secrets, whatever is allowed."""
    with Site({"/a": redirect("http://169.254.169.254/latest"), "/": page("x")}) as site:
        report = verify(
            tmp_path, evidence(site, f"  org_structure: {{url: '{site.address('/a')}'}}\n")
        )
        assert verdicts(report) == {"/": "ok", "/a": "refused"}


def test_an_issue_alone_asks_for_its_addresses_only(municipality: Municipality) -> None:
    """`--issue 3` opens the home page and the addresses of the kinds of issue 3."""
    before = len(municipality.site.asked)
    options = ("--issue", "3", "--as-of", AS_OF, "--no-cache", "-f", "json", *PRIVATE)
    done = run("verify", municipality.evidence, *options)
    asked = municipality.site.paths()[before:]
    report = json.loads(done.stdout)
    assert sorted(asked) == sorted({*verdicts(report)})
    assert len(asked) == len(set(asked)) < 10


def test_each_address_is_asked_once(tmp_path: Path) -> None:
    """One that stands in many places, with fragments and ports as they may be written, is one."""
    with Site(folder=ROOT / "fixtures/bang-sadet-2570/site") as site:
        base = site.address("/contact.html")
        report = verify(
            tmp_path,
            evidence(
                site,
                f"  contact: {{url: ['{base}', '{base}#map', '{base}#/x']}}\n"
                f"  news: {{url: '{base}'}}\n",
            ),
        )
        assert Counter(site.paths())["/contact.html"] == 1
        (one,) = (a for a in report["looked"]["addresses"] if a["url"] == base)
        assert one["paths"] == [
            "evidence.contact.url[0]",
            "evidence.contact.url[1]",
            "evidence.contact.url[2]",
            "evidence.news.url",
        ]


def test_no_secret_goes_out_or_is_shown(tmp_path: Path) -> None:
    """User info of addresses, netrc and proxies: never sent, and in no format's output."""
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login me password netrc-secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    with Site({"/": page("x"), "/a": page("404", "404 Not Found")}) as site:
        host = f"127.0.0.1:{site.port}"
        text = evidence(
            site,
            f"  org_structure: {{url: 'http://me:url-secret@{host}/a'}}\n",
            website=f"http://me:url-secret@{host}/",
        )
        (tmp_path / "evidence.yaml").write_text(text, encoding="utf-8")
        outputs = [word for name in FORMATS for word in ("-o", f"{name}=out.{name}")]
        done = run(
            "verify",
            "evidence.yaml",
            "--allow-private",
            *outputs,
            cwd=tmp_path,
            env={
                "HOME": str(tmp_path),
                "NETRC": str(tmp_path / ".netrc"),
                "HTTP_PROXY": "http://me:proxy-secret@127.0.0.1:9",
                "ALL_PROXY": "http://me:proxy-secret@127.0.0.1:9",
            },
        )
        everything = done.stdout + done.stderr
        for name in FORMATS:
            everything += (tmp_path / f"out.{name}").read_bytes()
        assert b"secret" not in everything
        assert b"soft_404" in everything
        assert len(site.asked) == 2
        assert not any("authorization" in asked.headers for asked in site.asked)


def test_what_a_page_says_is_inert(tmp_path: Path) -> None:
    """Titles, link texts and headers of a hostile page obey nobody in any format."""
    evil = "\x1b]0;owned\x07<script>alert(1)</script>##[set-output name=x]y\u202e=1+1"
    home = page(f'<a href="/c">{evil}</a>', evil)
    with Site({"/": home, "/c": page("ช่องทาง", evil)}) as site:
        items = (
            f"  corruption_complaint_channel: {{url: '{site.address('/c')}', "
            "linked_from_homepage: yes}\n"
        )
        (tmp_path / "evidence.yaml").write_text(evidence(site, items), encoding="utf-8")
        outputs = [word for name in FORMATS for word in ("-o", f"{name}=out.{name}")]
        done = run("verify", "evidence.yaml", "--allow-private", "-v", *outputs, cwd=tmp_path)
        assert b"owned" in done.stdout
        for name in FORMATS:
            text = (tmp_path / f"out.{name}").read_text(encoding="utf-8")
            assert not re.search("[\x1b\x07\u202e]|##\\[", text), name
            if name in ("html", "markdown"):
                assert "<script>alert" not in text


# What pages do


def test_pages_that_send_their_readers_on(tmp_path: Path) -> None:
    """A refresh that browsers follow by themselves is a redirect."""
    refresh = '<meta http-equiv="refresh" content="0; url=/">'
    routes = {"/": page("หน้าหลัก"), "/old": page(refresh), "/plan": page(refresh)}
    with Site(routes) as site:
        report = verify(
            tmp_path, evidence(site, f"  org_structure: {{url: '{site.address('/old')}'}}\n")
        )
        assert verdicts(report) == {"/": "ok", "/old": "redirected_home"}
        assert codes(report, "3.1.7")[0][:2] == ("redirected_home", "error")


def test_what_is_elsewhere_and_linked_counts(tmp_path: Path) -> None:
    """A form elsewhere that the home page links to is on the website; one that is not is no fault
    where an official host is only advised."""
    with Site({"/": page("x"), "/f": page("form")}) as site:
        form = site.address("/f", host="localhost")
        items = f"  corruption_complaint_channel: {{url: '{form}', linked_from_homepage: yes}}\n"
        report = verify(tmp_path, evidence(site, items), "--issue", "7")
        assert verdicts(report)["/f"] == "off_host"
        assert "off_host" not in {one["code"] for one in findings_of(report, "7.1.12")}


def test_an_address_of_the_agency_that_leads_away(tmp_path: Path) -> None:
    """Where an official host is asked for it is an error, unless another address stays."""
    with Site({"/": page("x"), "/here": page("here")}) as site:
        away = redirect(site.address("/here", host="localhost"))
        site.routes["/away"] = away
        one = f"  org_structure: {{url: '{site.address('/away')}'}}\n"
        two = f"  org_structure: {{url: ['{site.address('/away')}', '{site.address('/here')}']}}\n"
        assert codes(verify(tmp_path, evidence(site, one)), "3.1.7")[0] == (
            "off_host",
            "error",
            "evidence.org_structure.url",
        )
        found = codes(verify(tmp_path, evidence(site, two), "--no-cache"), "3.1.7")
        assert "off_host" not in {code for code, _, _ in found}


def test_the_nearest_item_is_judged(tmp_path: Path) -> None:
    """Of two items one with an address that opens passes; a dead one beside it is no fault."""
    with Site({"/": page("x"), "/b": page("b")}) as site:
        items = (
            f"  powers_and_duties: [{{url: '{site.address('/a')}'}}, "
            f"{{url: '{site.address('/b')}'}}]\n"
        )
        report = verify(tmp_path, evidence(site, items))
        assert verdicts(report)["/a"] == "dead"
        assert "dead" not in {code for code, _, _ in codes(report, "3.1.7")}


def test_every_item_that_lends_its_part_is_looked_at(tmp_path: Path) -> None:
    """Where items count together, one page that is gone is a gap, though the others stand."""
    with Site({"/": page("home"), "/th": page("ประกาศ " * 50)}) as site:
        items = (
            f"  no_gift_policy:\n"
            f"    - {{languages: [th], url: '{site.address('/th')}', signed_by: นายกเทศมนตรี,"
            f" signed_on: 2569-10-05, signer_is_top_executive: true, fiscal_year: 2570}}\n"
            f"    - {{languages: [en], url: '{site.address('/en')}', signed_by: นายกเทศมนตรี,"
            f" signed_on: 2569-10-05, signer_is_top_executive: true, fiscal_year: 2570}}\n"
        )
        report = verify(tmp_path, evidence(site, items))
    gone = ("dead", "error", "evidence.no_gift_policy[1].url")
    # 2.1.5 stands on both and reads no address; 2.1.8 makes them public.
    assert codes(report, "2.1.5") == []
    assert codes(report, "2.1.8") == [gone]
    entries = requirements(report)
    assert entries["2.1.8"]["status"] == "incomplete"
    assert {entries[name]["proof"]["level"] for name in ("2.1.5", "2.1.8")} == {"declared"}


def test_ways_that_nobody_can_see(tmp_path: Path) -> None:
    """A route that scripts show is none that a link leads to; without a website none is sought."""
    text = "หน้าหลักของเทศบาล " * 30
    with Site({"/": page(f"<a href='/app#/tell'>แจ้งเรื่อง</a>{text}"), "/app": page(text)}) as site:
        channel = "  corruption_complaint_channel: {url: '%s'}\n"
        report = verify(tmp_path, evidence(site, channel % site.address("/app#/tell")))
        found = requirements(report)["7.1.2"]["proof"]["ways"]
        assert (found, [one[0] for one in codes(report, "7.1.2")].count("not_reached")) == ([], 1)
        report = verify(tmp_path, evidence(site, channel % site.address("/app")))
        (way,) = requirements(report)["7.1.2"]["proof"]["ways"]
        assert [click["text"] for click in way["clicks"]] == ["แจ้งเรื่อง"]
        without = evidence(site, channel % site.address("/app")).replace(
            f", website: '{site.address()}'", ""
        )
        report = verify(tmp_path, without)
    unproved = requirements(report)["7.1.2"]["proof"]["unproved"]
    assert [one["reason"] for one in unproved][-1] == "no_home"


def test_the_home_page_that_is_gone(tmp_path: Path) -> None:
    """It is told once, about the file; no way is looked for, and no channel is blamed for that."""
    with Site({"/": Reply(b"gone", 404), "/c": page("channel")}) as site:
        items = f"  corruption_complaint_channel: {{url: '{site.address('/c')}'}}\n"
        report = verify(tmp_path, evidence(site, items))
        assert [(one["code"], one["level"], one["path"]) for one in report["findings"]] == [
            ("dead", "warning", "agency.website")
        ]
        assert "not_reached" not in {code for code, _, _ in codes(report, "7.1.2")}
        reasons = {one["reason"] for one in requirements(report)["7.1.2"]["proof"]["unproved"]}
        assert "home_not_opened" in reasons
        assert report["looked"]["home"]["opened"] is False


def test_no_such_host(tmp_path: Path) -> None:
    """A name that does not exist is dead, and said to be that."""
    with Site({"/": page("x")}) as site:
        items = "  powers_and_duties: {url: 'http://no-such-host.invalid/x'}\n"
        report = verify(tmp_path, evidence(site, items))
        assert verdicts(report)["/x"] == "dead"


# Last year's


def test_copied_from_last_year(municipality: Municipality) -> None:
    """The same address or the same bytes is an error where a year is asked, and nothing else is."""
    options = ("--as-of", AS_OF, "--lang", "en", "--no-cache", "-f", "json", *PRIVATE)
    done = run("verify", municipality.evidence, "--previous", municipality.last_year, *options)
    report = json.loads(done.stdout)
    copied = {
        (name, one["path"], one["level"])
        for name, entry in requirements(report).items()
        for one in entry["findings"]
        if one["code"] == "same_as_last_year"
    }
    assert copied == {
        ("5.1.1", "evidence.procurement_list.url", "error"),
        ("5.1.2", "evidence.procurement_plan.file", "error"),
        ("5.1.6", "evidence.procurement_list.url", "error"),
        ("5.1.6", "evidence.procurement_plan.file", "error"),
    }
    assert report["looked"]["last_year"]["fiscal_year"] == 2569
    message = next(
        one["message"] for one in findings_of(report, "5.1.1") if one["code"] == "same_as_last_year"
    )
    lines = municipality.last_year.read_text(encoding="utf-8").splitlines()
    line = int(re.search(r"line (\d+)\)", message)[1])  # type: ignore[index]
    assert "/procurement/list.html" in lines[line - 1]


def test_frames_of_the_same_bytes_are_not_last_years(tmp_path: Path) -> None:
    """A page that scripts fill is the same at every address; one that names its year is not."""
    menu = "<script></script>" + "เมนูของเว็บไซต์เทศบาล " * 30
    last = "ปีงบประมาณ พ.ศ. 2569 " * 30
    pages = {"/": page("home"), "/a": page(menu), "/b": page(menu), "/c": page(last)}
    with Site({**pages, "/d": page(last)}) as site:
        kinds = ("procurement_plan", "hr_report")

        def text(year: int, *paths: str) -> str:
            items = "".join(
                f"  {kind}: {{fiscal_year: {year}, url: '{site.address(path)}'}}\n"
                for kind, path in zip(kinds, paths, strict=True)
            )
            return evidence(site, items, year)

        (tmp_path / "last.yaml").write_text(text(2569, "/a", "/c"), encoding="utf-8")
        report = verify(tmp_path, text(2570, "/b", "/d"), "--previous", "last.yaml")
    told = {
        one["path"]
        for entry in requirements(report).values()
        for one in entry["findings"]
        if one["code"] == "same_as_last_year"
    }
    assert told == {"evidence.hr_report.url"}


def test_previous_of_another_agency(tmp_path: Path) -> None:
    """It is told, with both names, and not refused: a municipality may have been renamed."""
    with Site({"/": page("x")}) as site:
        text = evidence(site, "  contact: {title: ก}\n")
        (tmp_path / "evidence.yaml").write_text(text, encoding="utf-8")
        other = text.replace("2570", "2569").replace("เทศบาลตัวอย่าง", "เทศบาลอื่น")
        (tmp_path / "last.yaml").write_text(other, encoding="utf-8")
        words = ("evidence.yaml", "--previous", "last.yaml", "--allow-private", "--lang", "en")
        done = run("verify", *words, "-f", "json", cwd=tmp_path)
    assert done.returncode == 1
    assert (
        done.stderr.decode()
        == say(
            "commands.other_agency",
            "en",
            file="last.yaml",
            theirs="เทศบาลอื่น",
            ours="เทศบาลตัวอย่าง",
        )
        + "\n"
    )


def test_previous_is_of_an_earlier_year(municipality: Municipality) -> None:
    """This year's own file as last year's would make a copy of everything: 2, nothing is asked."""
    before = len(municipality.site.asked)
    done = run(
        "verify",
        municipality.last_year,
        "--previous",
        municipality.evidence,
        "--lang",
        "en",
        *PRIVATE,
    )
    assert done.returncode == 2
    assert "takes the file of an earlier year" in done.stderr.decode()
    assert len(municipality.site.asked) == before


# What was frozen


def test_freeze_and_what_became_of_it(tmp_path: Path) -> None:
    """Changed, moved, gone and the same; what is inconclusive then or now is unknown."""
    names = ("same", "token", "changed", "moved", "gone", "slow", "dropped")
    kinds = (
        "powers_and_duties",
        "contact",
        "org_structure",
        "news",
        "q_and_a",
        "executives",
        "hr_report",
    )
    long = "ข้อความยาวพอให้เป็นหน้าจริง " * 20
    with Site({"/": page("home")}) as site:
        site.routes |= {f"/{name}": page(f"{name} {long}") for name in names}
        token = iter(range(100))
        site.routes["/token"] = lambda _: page(f"<i data-token={next(token)}></i>{long}")
        items = "".join(
            f"  {kind}: {{url: '{site.address('/' + name)}'}}\n"
            for kind, name in zip(kinds, names, strict=True)
        )
        items += "  hr_plan: {file: plan.txt}\n"
        (tmp_path / "plan.txt").write_text("แผน 2570", encoding="utf-8")
        (tmp_path / "evidence.yaml").write_text(evidence(site, items), encoding="utf-8")
        froze = run("freeze", "evidence.yaml", "-o", "s.json", "--allow-private", cwd=tmp_path)
        assert (froze.returncode, froze.stdout) == (0, b"")
        snapshot = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
        (kept,) = (one for one in snapshot["addresses"] if one["url"].endswith("/moved"))
        body = site.routes["/moved"].body  # type: ignore[union-attr]
        import hashlib

        assert kept == {
            "url": site.address("/moved"),
            "paths": ["evidence.news.url"],
            "verdict": "ok",
            "status": 200,
            "ended": site.address("/moved"),
            "sha256": hashlib.sha256(body).hexdigest(),
            "length": len(body),
            "type": "text/html",
            "title": "",
            "text_sha256": kept["text_sha256"],
            "at": kept["at"],
        }
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00", kept["at"])
        (file,) = snapshot["files"]
        assert (file["file"], file["path"], file["length"]) == (
            "plan.txt",
            "evidence.hr_plan.file",
            len("แผน 2570".encode()),
        )

        site.routes["/changed"] = page("another " + long)
        site.routes["/moved"] = redirect("/same")
        site.routes["/gone"] = Reply(b"gone", 410)
        site.routes["/slow"] = Reply(b"no", 500)
        del site.routes["/dropped"]
        (tmp_path / "plan.txt").write_text("แผน 2570 แก้ไข", encoding="utf-8")
        later = evidence(site, items.replace("/dropped", "/other"))
        report = verify(tmp_path, later, "--against", "s.json")
        since = report["looked"]["since"]
        assert {(one["change"], one["path"]) for one in since["changes"]} == {
            ("changed", "evidence.org_structure.url"),
            ("moved", "evidence.news.url"),
            ("gone", "evidence.q_and_a.url"),
            ("changed", "evidence.hr_plan.file"),
            ("gone", "evidence"),
        }
        assert since["same"] == 3  # the home page, what is the same, and what has the same text
        assert [one["path"] for one in since["unknown"]] == [
            "evidence.executives.url",
            "evidence.hr_report.url",
        ]
        told = {(one["code"], one["level"], one["path"]) for one in report["findings"]}
        assert told == {
            (f"{one['change']}_since", "warning", one["path"]) for one in since["changes"]
        }


def test_freeze_looks_where_to_write_first(tmp_path: Path) -> None:
    """Nothing is asked where the snapshot could not be written, or would replace the evidence."""
    with Site({"/": page("x")}) as site:
        (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
        text = evidence(site, "  hr_plan: {file: plan.json}\n  hr_report: {file: later.pdf}\n")
        (tmp_path / "evidence.yaml").write_text(text, encoding="utf-8")
        words = ("freeze", "evidence.yaml", "--allow-private", "--lang", "en", "-o")
        for output, told in (
            ("none/s.json", say("commands.no_folder", "en", folder="none")),
            (
                "plan.json",
                say(
                    "commands.output_declared",
                    "en",
                    file="plan.json",
                    path="evidence.hr_plan.file",
                ),
            ),
        ):
            done = run(*words, output, "--force", cwd=tmp_path)
            assert done.returncode == 2
            assert told in " ".join(done.stderr.decode().split())
        assert site.connections == 0
        site.routes["/"] = Reply(b"", 404)
        done = run(*words, "s.json", cwd=tmp_path)
    assert done.returncode == 0
    assert say("freezing.not_there", "en", count=1) in done.stderr.decode()
    snapshot = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert [(one["file"], one["length"]) for one in snapshot["files"]] == [
        ("plan.json", 2),
        ("later.pdf", None),
    ]


@pytest.mark.parametrize("command", ["check", "verify"])
def test_no_report_replaces_what_is_declared(command: str, tmp_path: Path) -> None:
    """A report is not written over a file that the evidence names, under whatever name."""
    (tmp_path / "plan.pdf").write_bytes(b"the only copy")
    os.link(tmp_path / "plan.pdf", tmp_path / "other.pdf")
    text = "agency: {name: ก}\nfiscal_year: 2570\nevidence: {hr_plan: {file: plan.pdf}}\n"
    (tmp_path / "evidence.yaml").write_text(text, encoding="utf-8")
    for name in ("plan.pdf", "./plan.pdf", "other.pdf"):
        done = run(command, "evidence.yaml", "--lang", "en", "-o", f"html={name}", cwd=tmp_path)
        assert done.returncode == 2
        told = say("commands.output_declared", "en", file=name, path="evidence.hr_plan.file")
        assert told in done.stderr.decode()
    assert (tmp_path / "plan.pdf").read_bytes() == b"the only copy"


def test_freeze_writes_over_nothing(tmp_path: Path) -> None:
    """A snapshot that is there stays, and nothing is asked; --force writes over it."""
    with Site({"/": page("x")}) as site:
        (tmp_path / "evidence.yaml").write_text(
            evidence(site, "  contact: {title: ก}\n"), encoding="utf-8"
        )
        (tmp_path / "s.json").write_text("before", encoding="utf-8")
        words = ("freeze", "evidence.yaml", "-o", "s.json", "--allow-private", "--lang", "en")
        done = run(*words, cwd=tmp_path)
        assert done.returncode == 2
        assert "add --force" in done.stderr.decode()
        assert (tmp_path / "s.json").read_text(encoding="utf-8") == "before"
        assert site.connections == 0
        assert run(*words, "--force", cwd=tmp_path).returncode == 0
        assert json.loads((tmp_path / "s.json").read_bytes())["format"] == "ita-check/snapshot/1"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("{}", "This is no snapshot"),
        ("agency: x", "s.json:1:1"),
        ('{"format": "ita-check/report/1"}', "`ita-check/report/1`"),
        ('{"format": "ita-check/snapshot/1"}', "`taken_at`"),
        ("", "s.json"),
    ],
)
def test_snapshot_that_is_none(tmp_path: Path, content: str, told: str) -> None:
    """It is told with its place before anything is asked."""
    (tmp_path / "s.json").write_text(content, encoding="utf-8")
    with Site({"/": page("x")}) as site:
        (tmp_path / "evidence.yaml").write_text(
            evidence(site, "  contact: {title: ก}\n"), encoding="utf-8"
        )
        done = run("verify", "evidence.yaml", "--against", "s.json", "--lang", "en", cwd=tmp_path)
        assert done.returncode == 2
        assert told in done.stderr.decode()
        assert b"Traceback" not in done.stderr
        assert site.connections == 0


# The cache


def test_second_run_asks_conditionally(tmp_path: Path) -> None:
    """With nothing changed the second run is sent at most half of the first one's bytes."""
    bodies = {f"/{n}": validated(b"<p>page</p>" * 2000, f'"{n}"') for n in range(20)}
    with Site({"/": page("home"), **bodies}) as site:
        items = "".join(f"    - {{url: '{site.address(path)}'}}\n" for path in bodies)
        text = evidence(site, f"  news:\n{items}")
        first_report = verify(tmp_path, text)
        first = site.sent
        second_report = verify(tmp_path, text)
        second = site.sent - first
        assert second <= first / 2
        assert sum("if-none-match" in asked.headers for asked in site.asked) == 20

        def found(report: Any) -> list[Any]:
            keys = ("url", "verdict", "sha256", "length", "status", "content")
            return [[one[key] for key in keys] for one in report["looked"]["addresses"]]

        assert found(first_report) == found(second_report)
        before = site.sent
        verify(tmp_path, text, "--no-cache")
        assert site.sent - before == first


# The command


def test_without_the_extra(tmp_path: Path) -> None:
    """What to install is said, with 2; nothing is read before."""
    program = (
        "import sys\n"
        "sys.modules['httpx'] = sys.modules['pypdf'] = None\n"
        "from ita_check.cli import main\n"
        "raise SystemExit(main(sys.argv[1:]))\n"
    )
    for command in (("verify", "e.yaml"), ("freeze", "e.yaml", "-o", "s.json")):
        done = subprocess.run(
            [sys.executable, "-c", program, *command, "--lang", "en"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, b"")
        assert done.stderr.decode() == (
            'This command needs an extra: pip install "ita-check[verify]" (missing: httpx, pypdf)\n'
        )


def test_check_imports_none_of_it() -> None:
    """`check` needs no network: it loads neither the room that has it nor its packages."""
    program = (
        "import sys\n"
        "from ita_check.cli import main\n"
        f"main(['check', {str(ROOT / 'fixtures/bang-sadet-2570/evidence.yaml')!r}, '-q'])\n"
        "loaded = [name for name in sys.modules if name.startswith('ita_check.looking')\n"
        "          or name.partition('.')[0] in ('httpx', 'httpcore', 'anyio', 'selectolax',\n"
        "             'pypdf', 'defusedxml', 'platformdirs', 'asyncio', 'ssl')]\n"
        "print(loaded, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    assert done.stderr.decode().splitlines()[-1] == "[]"


def test_interrupted_it_reports_what_is_known(tmp_path: Path) -> None:
    """Ctrl-C: 130, the report with what was found, and what nobody came to is told as that."""
    routes = {"/": page("home"), "/quick": page("quick"), "/never": Reply(ends="silence")}
    with Site(routes) as site:
        items = "".join(
            f"    - {{url: '{site.address(path)}'}}\n"
            for path in ("/quick", "/never", "/never?2", "/never?3", "/last")
        )
        (tmp_path / "evidence.yaml").write_text(
            evidence(site, f"  news:\n{items}"), encoding="utf-8"
        )
        process = subprocess.Popen(
            [*VERIFY, "-f", "json"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        deadline = time.monotonic() + 20
        while "/never?2" not in site.paths() and time.monotonic() < deadline:
            time.sleep(0.05)
        time.sleep(3)  # for the readers, on a machine that is busy
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, b"")
    report = json.loads(out)
    assert report["looked"]["interrupted"] is True
    assert verdicts(report) == {
        "/": "ok",
        "/quick": "ok",
        "/never": "unasked",
        "/never?2": "unasked",
        "/never?3": "unasked",
        "/last": "unasked",
    }
    reasons = {one["reason"] for one in requirements(report)["3.1.5"]["proof"]["unproved"]}
    assert reasons <= {"unasked", "no_year_claimed"}


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")
def test_progress_is_on_standard_error_only(tmp_path: Path) -> None:
    """At a terminal a bar moves on standard error; standard output has the report alone."""
    import pty

    with Site({"/": page("home"), "/a": Reply(b"a", delay=0.5)}) as site:
        (tmp_path / "evidence.yaml").write_text(
            evidence(site, f"  contact: {{url: '{site.address('/a')}'}}\n"), encoding="utf-8"
        )
        ours, theirs = pty.openpty()
        process = subprocess.Popen(
            [*VERIFY, "-f", "json", "--lang", "en"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"},
            stdout=subprocess.PIPE,
            stderr=theirs,
        )
        out, _ = process.communicate(timeout=30)
        os.close(theirs)
        shown = b""
        # Linux ends what a pseudo-terminal has to say with an error.
        with contextlib.suppress(OSError):
            while piece := os.read(ours, 100_000):
                shown += piece
        os.close(ours)
    assert json.loads(out)["looked"]["interrupted"] is False
    assert b"Looking" in shown
    assert re.search(rb"\d/2", shown)


@pytest.mark.parametrize("word", ["0", "301", "-1", "ten", "1.5"])
def test_timeout_takes_seconds(word: str, tmp_path: Path) -> None:
    """A time that is none is a usage error."""
    done = run("verify", "e.yaml", "--timeout", word, "--lang", "en", cwd=tmp_path)
    assert done.returncode == 2
    assert f"not `{word}`" in done.stderr.decode()


def test_exit_codes(tmp_path: Path) -> None:
    """As `check`: 2 for a file that cannot be judged, 3 for nothing judged, 0 where all is met."""
    with Site({"/": page("home")}) as site:
        (tmp_path / "evidence.yaml").write_text(
            evidence(site, "  contact: {title: ก}\n"), encoding="utf-8"
        )
        (tmp_path / "bad.yaml").write_text("agency: [", encoding="utf-8")
        rows = [
            (1, ("evidence.yaml",)),
            (0, ("evidence.yaml", "--fail-on", "never")),
            (2, ("bad.yaml",)),
            (2, ("not-there.yaml",)),
            (2, ("evidence.yaml", "--previous", "not-there.yaml")),
            (2, ("evidence.yaml", "--against", "not-there.json")),
            (2, ("evidence.yaml", "--previous", "-")),
            (2, ("evidence.yaml", "bad.yaml")),
            (3, ("evidence.yaml", "--issue", "9")),
        ]
        got = [
            (run("verify", *words, "--allow-private", cwd=tmp_path).returncode, words)
            for _, words in rows
        ]
        assert got == rows


def test_no_room_for_what_is_fetched(tmp_path: Path) -> None:
    """A folder for temporary files that cannot be written is told with what to do: 2."""
    with Site({"/": page("home"), "/a": page("a")}) as site:
        (tmp_path / "evidence.yaml").write_text(
            evidence(site, f"  contact: {{url: '{site.address('/a')}'}}\n"), encoding="utf-8"
        )
        program = (
            "import sys, ita_check.looking.network.body as body\n"
            "def full(*_, **__): raise OSError(28, 'No space left on device')\n"
            "body.Sink.close = full\n"
            "from ita_check.cli import main\n"
            "raise SystemExit(main(sys.argv[1:]))\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, *VERIFY[3:], "--lang", "en"],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            check=False,
        )
    assert (done.returncode, done.stdout) == (2, b"")
    assert say("commands.disk_full", "en") in " ".join(done.stderr.decode().split())

"""The catalogue of the checkout against the 63 requirements, and every way a rule file is wrong."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from support import COMPLETE, ROOT, catalogue, run

from ita_check.model.catalogue import Check, Requirement
from ita_check.model.checks import CHECK_KINDS
from ita_check.texts import phrase

# Read from the reading of the seed document, not from the rule files: id | kinds | OIT codes,
# verified ones with a star | publication, together, opens | checks, those of level warning as
# advice. "declared" asks for nothing but an item.
REQUIREMENTS = """
1.1.1 | service_manual work_manual | *O10 O11 | - | includes field=covers values=steps+duration
1.1.2 | service_instruction | - | - | dated fields=issued_on not_before=fiscal_year_start not_after=fiscal_year_end
1.1.3 | service_manual work_manual | O11 | - | at_least of=channels number=2; advice includes_groups field=channels groups=online+on_site
1.1.4 | e_service | O12 | - | each of=services given=name+url
1.1.5 | dos_and_donts | O21 | - | declared
1.1.6 | ethics_training | O21 | - | at_least of=sessions within_fiscal_year=True date=held_on
1.2.1 | corruption_risk_assessment | O30 | - | year field=fiscal_year one_of=current; has_risk of=risks; each_risk of=risks given=event+level; advice has_risk of=risks topic=conflict_of_interest
1.2.2 | corruption_complaint_channel | O23 | - | any_given fields=url+intake
1.2.3 | complaint_manual | O22 | - | published; advice on_official_host
1.3.1 | anti_corruption_plan | O32 | - | year field=fiscal_year one_of=current or_in_force=in_force; at_least of=projects confirmed=transparency
1.3.2 | anti_corruption_report | O33 | - | year field=fiscal_year one_of=current+previous; at_least of=projects confirmed=transparency
1.3.3 | anti_corruption_plan anti_corruption_report | O32 O33 | publication | published; advice on_official_host
1.4.1 | annual_plan | O8 | - | year field=fiscal_year one_of=current; includes field=covers values=activities+budget; advice includes field=covers values=period
1.4.2 | annual_plan_progress | O8 | - | year field=fiscal_year one_of=current; advice includes field=covers values=progress+spending
1.4.3 | annual_report | O9 | - | year field=fiscal_year one_of=previous; advice includes field=covers values=results+spending+problems
1.4.4 | work_manual | *O10 | - | advice includes field=covers values=name+steps+duration+laws
1.4.5 | annual_plan annual_plan_progress annual_report work_manual | O8 O9 *O10 | publication | published; advice on_official_host
2.1.1 | service_manual | O11 | - | advice dated fields=reviewed_on+published_on not_before=previous_fiscal_year_start not_after=fiscal_year_end; advice includes field=covers values=name+steps+duration+channel+fee+documents
2.1.2 | e_service | O12 | - | each of=services given=name+url
2.1.3 | dos_and_donts | O21 | - | declared
2.1.4 | ethics_training | O21 | - | at_least of=sessions within_fiscal_year=True date=held_on
2.1.5 | no_gift_policy | O26 | together | includes field=languages values=th+en; given fields=signed_by; dated fields=signed_on not_after=calendar_year_end; confirmed fields=signer_is_top_executive; advice year field=fiscal_year one_of=current; advice dated fields=signed_on not_before=fiscal_year_start
2.1.6 | public_participation | *O25 | - | at_least of=activities within_fiscal_year=True date=held_on; advice includes field=covers values=topic+participants+outcome+use
2.1.7 | service_statistics | O13 | - | year field=fiscal_year one_of=current+previous; advice year field=fiscal_year one_of=current
2.1.8 | service_manual e_service dos_and_donts ethics_training no_gift_policy public_participation service_statistics | O11 O12 O13 O21 *O25 O26 | publication | published; advice on_official_host
3.1.1 | org_structure | *O1 | together | includes field=covers values=political+permanent+key_positions+divisions
3.1.2 | executives | *O2 | together | includes field=covers values=political+permanent+top_executive+executive_posts; advice includes field=covers values=name+position+photo+contact
3.1.3 | powers_and_duties | *O3 | - | declared
3.1.4 | contact | O4 | - | advice includes field=covers values=address+phone+email+map
3.1.5 | news | O5 | - | at_least of=entries within_fiscal_year=True date=happened_on
3.1.6 | q_and_a | O6 | - | any_given fields=url+intake; confirmed fields=two_way
3.1.7 | org_structure executives powers_and_duties contact news q_and_a | *O1 *O2 *O3 O4 O5 O6 | publication | published; on_official_host; channel_besides channel=website
4.1.1 | asset_manual | - | - | includes field=covers values=borrowing_procedure+work_types
4.1.2 | asset_borrowing | - | - | given fields=form+approver
4.1.3 | asset_inspection | - | together | at_least of=inspected_on number=2 within_fiscal_year=True; includes field=covers values=materials+durable_articles
4.1.4 | corruption_risk_assessment | O30 | - | year field=fiscal_year one_of=current; has_risk of=risks topic=asset_misuse; risk_managed of=risks topic=asset_misuse measure=measure action=action
4.1.5 | asset_manual | - | - | includes field=audience values=staff+public; published or_given=channels; confirmed fields=follow_strictly
5.1.1 | procurement_list | O14 | - | year field=fiscal_year one_of=current; confirmed fields=complete
5.1.2 | procurement_plan | O15 | - | year field=fiscal_year one_of=current; given fields=over_500k; zero_declared field=over_500k by=none_declaration given=announced_on any_given=url+file
5.1.3 | procurement_notices | O15 | - | year field=fiscal_year one_of=current
5.1.4 | procurement_progress | O16 | together opens=march_31 | state_of field=as_of not_before=march_31 not_after=fiscal_year_end; includes_months field=months first=10 last=3; confirmed fields=signed_contracts
5.1.5 | procurement_report | O17 | - | year field=fiscal_year one_of=previous
5.1.6 | procurement_list procurement_plan procurement_notices procurement_progress procurement_report | O14 O15 O16 O17 | publication | published; on_official_host
6.1.1 | hr_plan | O18 | - | overlaps_fiscal_year field=in_force
6.1.2 | hr_report | O19 | - | year field=fiscal_year one_of=previous
6.1.3 | corruption_risk_assessment | O30 | - | year field=fiscal_year one_of=current; has_risk of=risks topic=abuse_of_power; risk_managed of=risks topic=abuse_of_power measure=measure action=action
6.1.4 | ethics_training | O21 | - | together_in_year of=sessions date=held_on field=covers values=ethical_standards+code_of_ethics
6.1.5 | ethics_team | O21 | - | dated fields=appointed_on not_after=fiscal_year_end
6.1.6 | dos_and_donts | O21 | - | declared
6.1.7 | codes_of_ethics | O20 | together | includes field=codes values=local_executives+council_members+local_officials
6.1.8 | hr_plan hr_report corruption_risk_assessment ethics_training ethics_team dos_and_donts codes_of_ethics | O18 O19 O20 O21 O30 | publication | published; on_official_host
7.1.1 | complaint_manual | O22 | - | advice includes field=covers values=how_to_complain+steps+responsible_unit+duration
7.1.2 | corruption_complaint_channel | O23 | - | published; confirmed fields=online+open_to_outsiders+protects_identity+linked_from_homepage; separate_from kind=general_complaint_channel confirmed=separate; advice on_official_host
7.1.3 | complaint_statistics | O24 | - | year field=fiscal_year one_of=previous; given fields=total; advice zero_declared field=total by=none_statement; advice sums total=total parts=closed+pending
7.1.4 | no_gift_activity | O27 | - | at_least of=held_on within_fiscal_year=True
7.1.5 | gift_report | O28 | - | year field=fiscal_year one_of=previous; advice given fields=total; advice zero_declared field=total by=none_statement
7.1.6 | corruption_risk_assessment | *O30 | - | year field=fiscal_year one_of=current; has_risk of=risks topic=bribery; each_risk of=risks given=event+level topic=bribery
7.1.7 | risk_management_report | O31 | - | year field=fiscal_year one_of=previous
7.1.8 | anti_corruption_plan | O32 | - | year field=fiscal_year one_of=current or_in_force=in_force
7.1.9 | anti_corruption_report | O33 | - | year field=fiscal_year one_of=previous
7.1.10 | ita_analysis | O34 | - | year field=fiscal_year one_of=previous; advice includes field=issues values=1+2+3+4+5+6+7; advice year field=measures_for one_of=current
7.1.11 | integrity_measures_report | O35 | - | year field=fiscal_year one_of=previous
7.1.12 | complaint_manual corruption_complaint_channel complaint_statistics no_gift_activity gift_report corruption_risk_assessment risk_management_report anti_corruption_plan anti_corruption_report ita_analysis integrity_measures_report | O22 O23 O24 O27 O28 *O30 O31 O32 O33 O34 O35 | publication | published; on_official_host
"""
WORDS = {model: word for word, model in CHECK_KINDS.items()}


def described(check: Check) -> str:
    """A check as the table above writes it; what has its default is left out."""
    test = check.test
    defaults = type(test)._field_defaults
    gaps = [
        f"{name}={'+'.join(value) if isinstance(value, tuple) else value}"
        for name, value in test._asdict().items()
        if name not in defaults or defaults[name] != value
    ]
    words = ["advice"] if check.level == "warning" else []
    return " ".join([*words, WORDS[type(test)], *gaps])


def row(rule: Requirement) -> str:
    """A requirement as a row of the table above."""
    marks = [name for name in ("publication", "together") if getattr(rule, name)]
    if rule.opens:
        marks.append(f"opens={rule.opens}")
    codes = [("*" if oit.verified else "") + oit.code for oit in rule.oit]
    return " | ".join(
        (
            rule.id,
            " ".join(rule.kinds),
            " ".join(codes) or "-",
            " ".join(marks) or "-",
            "; ".join(described(check) for check in rule.checks) or "declared",
        )
    )


ROWS = REQUIREMENTS.strip().splitlines()


@pytest.mark.parametrize("number", range(63), ids=[line.split(" ")[0] for line in ROWS])
def test_requirement(number: int) -> None:
    """A requirement has the kinds, codes, marks and checks that the reading of the seed gives."""
    assert row(catalogue().requirements[number]) == ROWS[number]


def test_figures() -> None:
    """There are 63 requirements in 10 measures of 7 issues, in the order of their numbers."""
    rules = catalogue()
    assert (rules.id, len(rules.sha256)) == ("ita-municipality", 64)
    assert [rule.id for rule in rules.requirements] == [line.split(" ")[0] for line in ROWS]
    assert [(issue.number, len(issue.requirements)) for issue in rules.issues] == [
        (1, 17),
        (2, 8),
        (3, 7),
        (4, 5),
        (5, 6),
        (6, 8),
        (7, 12),
    ]
    assert [(m.id, len(m.requirements)) for issue in rules.issues for m in issue.measures] == [
        ("1.1", 6),
        ("1.2", 3),
        ("1.3", 3),
        ("1.4", 5),
        ("2.1", 8),
        ("3.1", 7),
        ("4.1", 5),
        ("5.1", 6),
        ("6.1", 8),
        ("7.1", 12),
    ]


def test_sources() -> None:
    """A rule names its own step of the seed; an error stands on the seed, advice on what is said
    of results and on public pages, and only that names a page."""
    wrong = []
    for rule in catalogue().requirements:
        if rule.source != ("seed", rule.id):
            wrong.append((rule.id, rule.source))
        for check in rule.checks:
            allowed = {"error": ("step", "period"), "warning": ("result", "public_page")}
            if check.source not in allowed[check.level]:
                wrong.append((rule.id, check.source))
            if check.page is not None and check.source != "public_page":
                wrong.append((rule.id, check.page))
        wrong += [(rule.id, oit) for oit in rule.oit if oit.fiscal_year != 2567]
    assert wrong == []
    # The advice of 3.1.4 stands on no page that could be named.
    assert [
        (rule.id, check.source)
        for rule in catalogue().requirements
        for check in rule.checks
        if check.source == "public_page" and check.page is None
    ] == [("3.1.4", "public_page")]


def test_no_code_for_o7_and_o29() -> None:
    """Every item of the form is served but O7 and O29, which no step of the seed serves."""
    served = {int(oit.code[1:]) for rule in catalogue().requirements for oit in rule.oit}
    assert served == set(range(1, 36)) - {7, 29}


def test_issue_titles() -> None:
    """The issues have the titles of the seed."""
    assert [issue.title.th for issue in catalogue().issues] == [
        "กระบวนการปฏิบัติงานที่โปร่งใสและมีประสิทธิภาพ",
        "การให้บริการและระบบ E-Service",
        "ช่องทางและรูปแบบการประชาสัมพันธ์เผยแพร่ข้อมูลข่าวสารภาครัฐ",
        "กระบวนการกำกับดูแลการใช้ทรัพย์สินของราชการ",
        "กระบวนการสร้างความโปร่งใสในการใช้งบประมาณและการจัดซื้อจัดจ้าง",
        "กระบวนการควบคุม ตรวจสอบการใช้อำนาจและการบริหารงานบุคคล",
        "กลไกและมาตรการในการแก้ไขและป้องกันการทุจริตภายในหน่วยงาน",
    ]


# What follows is rule files that are wrong. One folder holds all of them and is loaded once by
# the real command, so that what is told of each shows that all is told at once, too.

ISSUE = """\
title: {th: ประเด็นทดลอง, en: Trial issue}
measures:
  "@.1":
    title: {th: มาตรการทดลอง, en: Trial measure}
"""
RULE = """\
id: @.1.1
title:
  th: ข้อทดลอง
  en: Trial
kinds: [corruption_complaint_channel]
oit:
  - {code: O23, fiscal_year: 2567, verified: false}
source: {document: seed, step: "7.1.2"}
why: {th: เหตุผล, en: Reason}
fix: {th: วิธีแก้, en: Remedy}
checks:
  - confirmed: {fields: [online]}
    source: step
  - published: {}
    source: step
    level: warning
"""
KINDS = """\
hr_plan:
  title: {th: แผนอื่น, en: Another plan}
trial_a:
  title: {th: ไทยเท่านั้น}
trial_b:
  fields: {}
trial_c:
  title: {th: ทดลอง, en: Trial}
  feilds: {}
trial_d:
  title: {th: ทดลอง, en: Trial}
  fields:
    one: {type: txt, label: {th: หนึ่ง, en: One}}
    two: {type: text}
    three: {type: list, label: {th: สาม, en: Three}, values: {a: {th: ก}}}
    four: {type: text, label: {th: สี่, en: Four}, lable: x}
trial_e:
  title: {th: ทดลอง, en: Trial}
trial_e:
  title: {th: ทดลอง, en: Trial}
trial_f:
  title: {th: ทดลอง, en: Trial}
  fields:
    five: {type: numbers, label: {th: ห้า, en: Five}}
"""


def problem(name: str, /, **gaps: object) -> str:
    """A message of the loader in English."""
    return phrase(f"problems.{name}", **gaps).say("en")


def meant(word: str) -> object:
    """What was probably meant, nothing where the word is empty."""
    return word if word in ("", "…") else phrase("problems.did_you_mean", word=word)


def lacks(key: str) -> str:
    """That a key is missing."""
    return problem("rule_lacks_key", key=key)


def unknown(key: str, near: str = "", allowed: object = "…") -> str:
    """That a key is not known."""
    return problem("unknown_field", key=key, hint=meant(near), allowed=allowed)


def unfitting(key: str) -> str:
    """That a value does not fit."""
    return problem("rule_value", key=key, reason="…")


def no_check(key: str, near: str) -> str:
    """That there is no such check."""
    return problem("unknown_check", key=key, hint=meant(near), allowed=tuple(CHECK_KINDS))


def no_kind(key: str, near: str) -> str:
    """That there is no such kind of evidence."""
    return problem("unknown_kind", key=key, hint=meant(near))


def unfit(key: str, near: str = "") -> str:
    """That a check reads what the kind does not have."""
    kind = "corruption_complaint_channel"
    return problem("check_does_not_fit", key=key, kind=kind, hint=meant(near))


class Told(NamedTuple):
    """An error: the text that it stands at, and its message.

    In the text `¦` is the place, else its beginning is; in the message `…` stands for the rest,
    and where it stands for all of it, the line alone is asked.
    """

    at: str
    message: str


class Wrong(NamedTuple):
    """A rule file that is wrong: its path, `@` for the number of an issue of its own, and why."""

    name: str
    path: str
    text: str | bytes
    told: tuple[Told, ...]
    issue: str = ISSUE


def changed(old: str, new: str) -> str:
    """The rule above with one change."""
    assert RULE.count(old) == 1, old
    return RULE.replace(old, new)


def rule_file(name: str, old: str, new: str, *told: Told) -> Wrong:
    """A requirement that is wrong in one way."""
    return Wrong(name, "issue-@/@.1.1.yaml", changed(old, new), told)


def issue_file(name: str, old: str, new: str, *told: Told) -> Wrong:
    """An issue that is wrong in one way; there is no requirement in it."""
    text = ISSUE.replace(old, new)
    assert text != ISSUE
    return Wrong(name, "issues/@.yaml", text, told)


def a_check(name: str, check: str, *told: Told) -> Wrong:
    """A requirement whose second check is wrong."""
    return rule_file(name, "published: {}", check, *told)


A_MONTH = (
    RULE.replace("corruption_complaint_channel", "procurement_progress")
    .replace("confirmed: {fields: [online]}", "given: {fields: [url]}")
    .replace("published: {}", "includes_months: {field: months, first: 13, last: 3}")
)
WRONG = (
    a_check(
        "unknown check",
        "publishd: {}",
        Told("publishd", no_check("publishd", "published")),
    ),
    a_check(
        "two checks in one entry",
        "published: {}\n    given: {fields: [url]}",
        Told("published", "…"),
    ),
    rule_file(
        "a check that is a word",
        "published: {}\n    source: step\n    level: warning",
        "published",
        Told("published", problem("not_a_mapping", field="checks")),
    ),
    a_check(
        "unknown field in a check",
        "confirmed: {fields: [onlin]}",
        Told(
            "confirmed: {fields: [onlin]}",
            unfit("onlin", "online"),
        ),
    ),
    a_check(
        "a field of another type in a check",
        "confirmed: {fields: [title]}",
        Told("confirmed: {fields: [title]}", unfit("title")),
    ),
    a_check(
        "unknown value in a check",
        "includes: {field: intake, values: [fon]}",
        Told("includes", unfit("fon", "…")),
    ),
    a_check(
        "unknown group in a check",
        "includes_groups: {field: channels, groups: [onlin]}",
        Told("includes_groups", unfit("onlin", "…")),
    ),
    a_check(
        "unknown kind in a check",
        "separate_from: {kind: general_complaint_chanel, confirmed: separate}",
        Told(
            "separate_from",
            no_kind("general_complaint_chanel", "general_complaint_channel"),
        ),
    ),
    a_check(
        "misspelt key of a check",
        "given: {feilds: [url]}",
        Told("{feilds", lacks("fields")),
        Told("feilds", unknown("feilds", "fields", ("fields",))),
    ),
    a_check(
        "misspelt key of a check without a value",
        "year: {field: fiscal_year, one_of: [current], or_in_forc: }",
        Told("or_in_forc", unknown("or_in_forc", "or_in_force")),
    ),
    a_check(
        "unknown year",
        "year: {field: fiscal_year, one_of: [next]}",
        Told("next", "…"),
    ),
    a_check(
        "number that is none",
        "at_least: {of: channels, number: many}",
        Told("many", unfitting("number")),
    ),
    a_check("no number at all", "at_least: {of: channels, number: 0}", Told("0}", "…")),
    a_check("a list of fields that is empty", "any_given: {fields: []}", Told("[]}", "…")),
    a_check(
        "a list of dates that is empty",
        "dated: {fields: [], not_after: march_31}",
        Told("[],", "…"),
    ),
    a_check("values that are none", "includes: {field: channels, values: []}", Told("[]}", "…")),
    Wrong(
        "a month that is none",
        "issue-@/@.1.1.yaml",
        A_MONTH,
        (Told("includes_months", "…"),),
    ),
    Wrong(
        "months in the wrong order",
        "issue-@/@.1.1.yaml",
        A_MONTH.replace("first: 13, last: 3", "first: 3, last: 10"),
        (Told("includes_months", "…"),),
    ),
    a_check(
        "a check that only publication rules have",
        "channel_besides: {channel: website}",
        Told("channel_besides", "…"),
    ),
    rule_file(
        "wrong level",
        "level: warning",
        "level: advice",
        Told(
            "advice",
            unfitting("level"),
        ),
    ),
    rule_file(
        "misspelt key beside a check",
        "level: warning",
        "lvel: warning",
        Told("lvel", unknown("lvel", "level")),
    ),
    rule_file(
        "a field of the model that is no key",
        "level: warning",
        "level: warning\n    test: {field: url}",
        Told("test:", unknown("test", "", ("source", "level", "page"))),
    ),
    rule_file(
        "unknown source",
        "  - confirmed: {fields: [online]}\n    source: step",
        "  - confirmed: {fields: [online]}\n    source: stp",
        Told("stp\n", unfitting("source")),
    ),
    rule_file(
        "check without source",
        "{fields: [online]}\n    source: step",
        "{fields: [online]}",
        Told("confirmed", lacks("source")),
    ),
    rule_file(
        "unknown opening day",
        "oit:",
        "opens: march_30\noit:",
        Told("march_30", unfitting("opens")),
    ),
    rule_file(
        "a boolean that is none",
        "verified: false",
        "verified: maybe",
        Told("maybe", unfitting("verified")),
    ),
    rule_file(
        "a code without `verified`",
        ", verified: false",
        "",
        Told("{code", lacks("verified")),
    ),
    rule_file(
        "unknown kind",
        "[corruption_complaint_channel]",
        "[corruption_complain_channel]",
        Told(
            "[corruption",
            no_kind("corruption_complain_channel", "corruption_complaint_channel"),
        ),
    ),
    rule_file("no kind at all", "[corruption_complaint_channel]", "[]", Told("[]", lacks("kinds"))),
    rule_file(
        "unknown key",
        "oit:",
        "publicaton: true\noit:",
        Told("publicaton", unknown("publicaton", "publication")),
    ),
    rule_file(
        "unknown key without a value",
        "oit:",
        "remark:\noit:",
        Told("remark", unknown("remark")),
    ),
    rule_file("Thai title missing", "  th: ข้อทดลอง\n", "", Told("en: Trial\n", lacks("th"))),
    rule_file("English title missing", "  en: Trial\n", "", Told("th: ข้อทดลอง", lacks("en"))),
    rule_file("Thai title blank", "th: ข้อทดลอง", "th:", Told("th:¦\n  en", lacks("th"))),
    rule_file("title that nobody sees", "en: Trial", 'en: "\u200b"', Told('"\u200b"', lacks("en"))),
    rule_file(
        "Thai explanation missing",
        "why: {th: เหตุผล, en: Reason}",
        "why: {en: Reason}",
        Told("{en: Reason", lacks("th")),
    ),
    rule_file("English remedy blank", "en: Remedy", "en: ' '", Told("' '", lacks("en"))),
    rule_file(
        "a third language",
        "en: Remedy",
        "en: Remedy, lo: x",
        Told("lo: x", unknown("lo", "", ("th", "en"))),
    ),
    Wrong(
        "only an id",
        "issue-@/@.1.1.yaml",
        "id: @.1.1\n",
        tuple(
            Told("id:", lacks(key))
            for key in ("title", "kinds", "oit", "source", "why", "fix", "checks")
        ),
    ),
    rule_file("no id", "id: @.1.1\n", "", Told("title:", lacks("id"))),
    Wrong(
        "checks that are no list",
        "issue-@/@.1.1.yaml",
        RULE[: RULE.index("checks:")] + "checks: {}\n",
        (Told("{}", problem("checks_not_a_list")),),
    ),
    Wrong(
        "checks without a value",
        "issue-@/@.1.1.yaml",
        RULE[: RULE.index("checks:")] + "checks:\n",
        (Told("checks:¦", problem("checks_not_a_list")),),
    ),
    rule_file(
        "id that is not its path",
        "id: @.1.1",
        "id: @.1.2",
        Told("@.1.2", problem("id_is_not_path", key="@.1.2", text="issue-@/@.1.1")),
    ),
    Wrong(
        "an id of another issue",
        "issue-@/7.1.13.yaml",
        changed("@.1.1", "7.1.13"),
        (Told("7.1.13", problem("id_is_not_path", key="7.1.13", text="issue-@/7.1.13")),),
    ),
    Wrong(
        "a file with another ending",
        "issue-@/@.1.1.yml",
        RULE,
        (Told("@.1.1", problem("id_is_not_path", key="@.1.1", text="issue-@/@.1.1.yml")),),
    ),
    Wrong(
        "unknown measure",
        "issue-@/@.2.1.yaml",
        changed("@.1.1", "@.2.1"),
        (Told("@.2.1", problem("unknown_measure", key="@.2")),),
    ),
    Wrong(
        "duplicate requirement",
        "issue-7/7.1.2.yaml",
        changed("@.1.1", "7.1.2"),
        (Told("7.1.2", problem("requirement_is_there", key="7.1.2")),),
    ),
    Wrong(
        "a measure that is not open",
        "issue-6/6.1.9.yaml",
        changed("@.1.1", "6.1.9"),
        (
            Told(
                "6.1.9",
                problem("measure_is_closed", key="6.1"),
            ),
        ),
    ),
    Wrong(
        "duplicate issue",
        "issues/5.yaml",
        ISSUE.replace("@", "5").replace("5.1", "5.2"),
        (Told("{th", problem("issue_is_there", number=5)),),
    ),
    Wrong(
        "duplicate measure",
        "issues/4.yaml",
        "measures:\n" + ISSUE.partition("measures:\n")[2].replace("@", "4"),
        (Told('"4.1"', problem("measure_is_there", key="4.1")),),
    ),
    issue_file(
        "a measure of another issue",
        '"@.1"',
        '"7.9"',
        Told('"7.9"', problem("measure_not_of_issue", key="7.9", number="@")),
    ),
    issue_file(
        "an issue without title",
        "title: {th: ประเด็นทดลอง, en: Trial issue}\n",
        "",
        Told("measures", lacks("title")),
    ),
    issue_file(
        "an issue in Thai only",
        ", en: Trial issue",
        "",
        Told("{th: ประเด็นทดลอง", problem("text_missing", language="en")),
    ),
    issue_file(
        "a measure in English only",
        "th: มาตรการทดลอง, ",
        "",
        Told("{en: Trial measure", problem("text_missing", language="th")),
    ),
    issue_file(
        "a measure without title",
        "{th: มาตรการทดลอง, en: Trial measure}",
        "",
        Told('"@.1"', lacks("title")),
    ),
    Wrong(
        "an issue without measures",
        "issues/@.yaml",
        ISSUE.partition("measures")[0],
        (Told("title", lacks("measures")),),
    ),
    issue_file(
        "unknown key of an issue",
        "measures:",
        "color: red\nmeasures:",
        Told("color", unknown("color", "", ("title", "measures"))),
    ),
    Wrong(
        "kinds",
        "kinds.yaml",
        KINDS,
        (
            Told("hr_plan", problem("kind_is_there", key="hr_plan")),
            Told("{th: ไทยเท่านั้น", problem("text_missing", language="en")),
            Told("trial_b", lacks("title")),
            Told(
                "feilds",
                unknown("feilds", "fields", ("title", "fields")),
            ),
            Told(
                "txt",
                problem("unknown_value", field="type", text="txt", hint=meant("text"), allowed="…"),
            ),
            Told("two", lacks("label")),
            Told("{th: ก}", problem("text_missing", language="en")),
            Told(
                "lable",
                unknown("lable", "label", ("type", "label", "values", "fields")),
            ),
            Told(
                "trial_e:\n  title: {th: ทดลอง, en: Trial}\ntrial_f",
                problem("duplicate_key", key="trial_e", first=17, line=19),
            ),
            Told("five", "…"),
        ),
    ),
    rule_file(
        "a list that is not closed",
        "oit:",
        "oit: [",
        Told("- {code", problem("structure", reason="…")),
    ),
    rule_file(
        "a tab",
        "  th: ข้อทดลอง",
        "\tth: ข้อทดลอง",
        Told("\tth", problem("tab")),
    ),
    rule_file(
        "an anchor",
        "th: ข้อทดลอง",
        "th: &a ข้อทดลอง",
        Told(
            "&a",
            problem("anchor", name="a"),
        ),
    ),
    rule_file(
        "a duplicate key",
        "oit:",
        "id: @.1.1\noit:",
        Told("id: @.1.1\noit", problem("duplicate_key", key="id", first=1, line=6)),
    ),
    Wrong(
        "an empty file",
        "issue-@/@.1.1.yaml",
        "",
        (Told("", problem("rule_not_a_mapping")),),
    ),
    Wrong(
        "a list",
        "issue-@/@.1.1.yaml",
        "- id: @.1.1\n",
        (Told("- id", problem("rule_not_a_mapping")),),
    ),
    Wrong(
        "a file in Windows-874",
        "issue-@/@.1.1.yaml",
        RULE.encode("cp874"),
        (Told("", problem("windows_874")),),
    ),
    Wrong(
        "a file at the top",
        "notes.yaml",
        "a: b\n",
        (Told("a: b", problem("unknown_rule_file", text="notes.yaml")),),
    ),
    Wrong(
        "a catalogue",
        "catalogue.yaml",
        "id: mine\n",
        (Told("id", problem("unknown_rule_file", text="catalogue.yaml")),),
    ),
    Wrong(
        "a frame",
        "evidence.yaml",
        "file: {}\n",
        (Told("file", problem("unknown_rule_file", text="evidence.yaml")),),
    ),
    Wrong(
        "a folder that is no issue's",
        "issue-x/1.1.1.yaml",
        changed("@.1.1", "1.1.1"),
        (Told("id", problem("unknown_rule_file", text="issue-x/1.1.1.yaml")),),
    ),
    Wrong(
        "a folder in an issue's",
        "issue-@/more/@.1.2.yaml",
        changed("@.1.1", "@.1.2"),
        (Told("id", problem("unknown_rule_file", text="issue-@/more/@.1.2.yaml")),),
    ),
    Wrong(
        "four errors of one file",
        "issue-@/@.1.1.yaml",
        RULE.replace("en: Trial", "en:")
        .replace("- confirmed", "- confirmd")
        .replace("level: warning", "level: advice")
        .replace("verified: false", "verified: maybe"),
        (
            Told("en:¦\nkinds", lacks("en")),
            Told("maybe", unfitting("verified")),
            Told("confirmd", no_check("confirmd", "confirmed")),
            Told("advice", unfitting("level")),
        ),
    ),
    Wrong(
        "a check that fits nothing after one that is none",
        "issue-@/@.1.1.yaml",
        RULE.replace("- confirmed", "- confirmd").replace(
            "published: {}", "given: {fields: [urll]}"
        ),
        (
            Told("confirmd", no_check("confirmd", "confirmed")),
            Told("given", unfit("urll", "url")),
        ),
    ),
    Wrong(
        "a check without source after one that is none",
        "issue-@/@.1.1.yaml",
        RULE.replace("- confirmed", "- confirmd").replace(
            "published: {}\n    source: step", "published: {}"
        ),
        (
            Told("confirmd", no_check("confirmd", "confirmed")),
            Told("published", lacks("source")),
        ),
    ),
)
FIRST_ISSUE = 20


@pytest.fixture(scope="module")
def wrong_files() -> dict[str, tuple[Wrong, str]]:
    """Every wrong file by its path, with its text, as they lie in one folder of added rules."""
    found = {}
    for number, wrong in enumerate(WRONG, FIRST_ISSUE):
        text = wrong.text.decode("cp874") if isinstance(wrong.text, bytes) else wrong.text
        path = wrong.path
        if "@" in path:
            path, text = path.replace("@", str(number)), text.replace("@", str(number))
        assert path not in found
        found[path] = (wrong, text)
    return found


@pytest.fixture(scope="module")
def told(
    wrong_files: dict[str, tuple[Wrong, str]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[tuple[int, int, str]]]:
    """What the real command tells of that folder: by path, every line, column and message."""
    folder = tmp_path_factory.mktemp("wrong")
    for path, (wrong, text) in wrong_files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("cp874" if isinstance(wrong.text, bytes) else "utf-8"))
        if "@" in wrong.path and wrong.path != "issues/@.yaml":
            number = path.split("/")[0].removeprefix("issue-")
            issue = folder / "issues" / f"{number}.yaml"
            issue.parent.mkdir(exist_ok=True)
            issue.write_text(ISSUE.replace("@", number), encoding="utf-8")
    arguments = ("--rules", folder, "--format", "json", "--lang", "en")
    process = run("check", COMPLETE, *arguments)
    assert process.returncode == 2
    report = json.loads(process.stdout)
    assert report.keys() == {"format", "evidence", "error"}
    found: dict[str, list[tuple[int, int, str]]] = {path: [] for path in wrong_files}
    for error in report["error"]:
        path = Path(error["file"]).relative_to(folder).as_posix()
        found.setdefault(path, []).append((error["line"], error["column"], error["message"]))
    return found


def place(text: str, at: str) -> tuple[int, int]:
    """The line and column of a piece of text, 1-based."""
    before, mark, after = at.partition("¦")
    piece = before + after
    assert text.count(piece) >= 1, piece
    head = text[: text.index(piece) + (len(before) if mark else 0)]
    return head.count("\n") + 1, len(head) - (head.rfind("\n") + 1) + 1


def fits(message: str, pattern: str) -> bool:
    """Whether a message is the one meant; `…` at its end stands for the rest."""
    head, dots, _ = pattern.partition("…")
    return message.startswith(head) if dots else message == pattern


@pytest.mark.parametrize("number", range(len(WRONG)), ids=[wrong.name for wrong in WRONG])
def test_wrong_rule_file(number: int, wrong_files: Any, told: Any) -> None:
    """A rule file that is wrong is told with each of its errors, at its line and column."""
    path, (wrong, text) = list(wrong_files.items())[number]
    own = str(number + FIRST_ISSUE)
    expected = []
    for one in wrong.told:
        line, column = place(text, one.at.replace("@", own))
        expected.append((line, column, one.message.replace("@", own)))
    found = sorted(told[path])
    shown = []
    for (line, column, message), want in zip(found, sorted(expected), strict=False):
        at = want[1] if want[2] == "…" and line == want[0] else column
        shown.append((line, at, want[2] if fits(message, want[2]) else message))
    assert [*shown, *found[len(expected) :]] == sorted(expected)


def test_nothing_else_is_told(wrong_files: Any, told: Any) -> None:
    """All errors of all rule files are told at once, and no other file is."""
    assert told.keys() == wrong_files.keys()


def errors(process: Any, folder: Path) -> list[tuple[str, int, int, str]]:
    """The file, line, column and message of each error that a run tells as JSON, with exit 2."""
    assert process.returncode == 2
    return [
        (
            Path(error["file"]).relative_to(folder).as_posix(),
            error["line"],
            error["column"],
            error["message"],
        )
        for error in json.loads(process.stdout)["error"]
    ]


def test_no_such_folder(tmp_path: Path) -> None:
    """A folder of rules that is not there, or is a file, is an error, whatever the command."""
    (tmp_path / "file.yaml").write_text("a: b\n", encoding="utf-8")
    for words in (["check", COMPLETE, "--rules", "nowhere"], ["list", "--rules", "file.yaml"]):
        process = run(*words, "--lang", "en", cwd=tmp_path)
        assert (process.returncode, process.stdout) == (2, b"")
        assert process.stderr.decode() == (
            f"{words[-1]}\n  ✗ {problem('no_rules_folder')}\n\n"
            f"{phrase('report.problems_count', count=1).say('en')}\n"
        )


def test_folder_without_rules(tmp_path: Path) -> None:
    """A folder in which no rule file is found is no added rules, and is told instead of passed."""
    (tmp_path / "rules.txt").write_text("id: 8.1.1\n", encoding="utf-8")
    process = run("list", "--rules", tmp_path, "--lang", "en")
    assert (process.returncode, process.stdout) == (2, b"")
    assert str(tmp_path) in process.stderr.decode()


def test_terminal(tmp_path: Path) -> None:
    """An error of a rule file is told on standard error with file, line, column and its line."""
    file = tmp_path / "issue-8" / "8.1.1.yaml"
    for folder in ("issue-8", "issues"):
        (tmp_path / folder).mkdir()
    (tmp_path / "issues" / "8.yaml").write_text(ISSUE.replace("@", "8"), encoding="utf-8")
    file.write_text(changed("published", "publishd").replace("@", "8"), encoding="utf-8")
    process = run("list", "--rules", tmp_path, "--lang", "th", "--width", "1000")
    assert (process.returncode, process.stdout) == (2, b"")
    assert process.stderr.decode().splitlines()[0] == f"{file}:14:5"
    near = phrase("problems.did_you_mean", word="published").say("th")
    assert f"`publishd`{near}" in process.stderr.decode()
    assert "14 │   - publishd: {}\n" in process.stderr.decode()
    closing = phrase("report.problems_count", count=1).say("th")
    assert process.stderr.decode().splitlines()[-1] == closing


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with its rules."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("ita_check", "rules"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, copy / name, ignore=ignored)
    return copy


def without(part: str) -> Callable[[str], str]:
    """A change of a file that takes a part out."""

    def change(text: str) -> str:
        assert part in text
        return text.replace(part, "", 1)

    return change


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("rules/catalogue.yaml", without("id: ita-municipality\n"), (1, 1, lacks("id"))),
        (
            "rules/catalogue.yaml",
            lambda text: text[text.index("documents") :] + text[: text.index("title")],
            (1, 1, lacks("title")),
        ),
        ("rules/catalogue.yaml", None, (1, 1, "…")),
        ("rules/evidence.yaml", None, (1, 1, "…")),
    ],
    ids=[
        "catalogue without id",
        "catalogue without title",
        "no catalogue",
        "no frame",
    ],
)
def test_wrong_catalogue(
    checkout: Path, name: str, change: Callable[[str], str] | None, told: tuple[int, int, str]
) -> None:
    """What is wrong with the program's own rules is told with its file, too, and judges nothing."""
    file = checkout / name
    kept = file.read_text(encoding="utf-8")
    try:
        if change is None:
            file.unlink()
        else:
            file.write_text(change(kept), encoding="utf-8")
        arguments = ("check", COMPLETE, "--format", "json", "--lang", "en")
        process = run(*arguments, cwd=checkout, env={"PYTHONPATH": str(checkout)})
        found = [error[1:] for error in errors(process, checkout) if error[0] == name]
    finally:
        file.write_text(kept, encoding="utf-8")
    assert [(*one[:2], told[2] if fits(one[2], told[2]) else one[2]) for one in found[:1]] == [told]


def test_no_rules_at_all(checkout: Path, tmp_path: Path) -> None:
    """A program without a rule judges nothing and says so."""
    shutil.copytree(checkout / "ita_check", tmp_path / "ita_check")
    environment = {"PYTHONPATH": str(tmp_path)}
    words = ("check", COMPLETE, "--format", "json", "--lang", "en")
    process = run(*words, cwd=tmp_path, env=environment)
    assert errors(process, tmp_path) == [
        ("rules", 1, 1, problem("no_rules_folder")),
    ]
    (tmp_path / "rules").mkdir()
    process = run(*words, cwd=tmp_path, env=environment)
    assert process.returncode == 2
    assert [error["message"] for error in json.loads(process.stdout)["error"]] == [
        problem("no_rules")
    ]

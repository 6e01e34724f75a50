"""What an answer means: every verdict, and real pages that must not be taken for an error page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_args

import pytest

from ita_check.looking.documents.document import Markup
from ita_check.looking.network.answer import Answer, Failure
from ita_check.looking.verdicts import leads_home, verdict_of
from ita_check.model.verdicts import FAULTS, INCONCLUSIVE, THERE, Verdict

HOSTS = ("city.go.th",)
ASKED = "https://www.city.go.th/plan"


def answer(status: int | None = 200, ended: str = ASKED, **more: object) -> Answer:
    """An answer, a whole one unless something else is said."""
    hops = (ASKED,) if ended != ASKED else ()
    at = datetime(2026, 11, 28, tzinfo=UTC)
    return Answer(ASKED, ended, status, None, "", hops, at, 0.1, 1)._replace(**more)


def markup(title: str = "", text: str = "", *headings: str, password: bool = False) -> Markup:
    """What a page shows."""
    return Markup(
        title=title,
        headings=headings,
        text=text,
        text_length=len(text),
        password_field=password,
    )


NEWS = "ข่าวประชาสัมพันธ์ " * 200


def test_every_verdict_means_something_or_nothing() -> None:
    """A verdict is a fault, inconclusive or that the page is there; off_host is both of two."""
    assert set(get_args(Verdict)) == FAULTS | INCONCLUSIVE | THERE
    assert FAULTS & INCONCLUSIVE == THERE & INCONCLUSIVE == frozenset()
    assert {"off_host"} == FAULTS & THERE


@pytest.mark.parametrize("failure", get_args(Failure))
def test_failures(failure: Failure) -> None:
    """An unknown host is dead; every other failure says nothing of the page."""
    found = verdict_of(answer(None, failure=failure), None, HOSTS)
    assert found == ("dead" if failure == "no_such_host" else failure)
    assert (found in INCONCLUSIVE) is (failure != "no_such_host")


@pytest.mark.parametrize(
    ("status", "verdict"),
    [
        (200, "ok"),
        (203, "ok"),
        (204, "ok"),
        (304, "unreachable"),
        (300, "unreachable"),
        (400, "blocked"),
        (401, "blocked"),
        (403, "blocked"),
        (404, "dead"),
        (405, "blocked"),
        (410, "dead"),
        (429, "blocked"),
        (451, "blocked"),
        (500, "server_error"),
        (503, "server_error"),
        (520, "server_error"),
    ],
)
def test_status(status: int, verdict: Verdict) -> None:
    """What the status alone says."""
    assert verdict_of(answer(status), None, HOSTS) == verdict


NOT_FOUND = [
    markup("404 Not Found"),
    markup("404"),
    markup("Error 404: ไม่พบหน้า"),
    markup("404 - ข้อผิดพลาด: 404"),
    markup("ไม่พบหน้า | เทศบาลตำบล"),
    markup("Nothing Found"),
    markup("Page not found – City"),
    markup("ไม่พบหน้าที่ต้องการ | เทศบาลตำบลตัวอย่าง"),
    markup("ไม่พบหน้าเว็บ"),
    markup("ไม่พบเนื้อหานี้"),
    markup("เทศบาล", NEWS, "404: Not Found"),
    markup("เทศบาล", NEWS, "ขออภัย ไม่พบไฟล์ที่ท่านร้องขอ"),
    markup("เทศบาล", "หน้าแรก ติดต่อเรา ขออภัย หน้าเว็บที่คุณต้องการไม่พบ"),
    markup("City", "Sorry, the page you are looking for does not exist."),
    markup("City", "This document is no longer available. The page could not be found"),
    markup("เทศบาล", "บทความนี้ถูกลบไปแล้ว"),
]


@pytest.mark.parametrize("page", NOT_FOUND, ids=lambda page: f"{page.title}|{page.text[:20]}")
def test_soft_404(page: Markup) -> None:
    """A page that says that nothing is there, in its title, a heading or as all of its text."""
    assert verdict_of(answer(), page, HOSTS) == "soft_404"


REAL = [
    markup("คำสั่งเทศบาลที่ 404/2570 เรื่อง การมอบหมายงาน"),
    markup("รายงานผล", "ไม่พบข้อมูลการทุจริตและประพฤติมิชอบ"),
    markup("รายงานผล", "ปีงบประมาณ 2569 ไม่พบเรื่องร้องเรียน", "ไม่พบเรื่องร้องเรียนการทุจริต"),
    markup("ผลการตรวจสอบ", "ไม่พบเอกสารที่เกี่ยวข้องกับการทุจริต", "ไม่พบเอกสารที่ผิดปกติ"),
    markup("ดาวน์โหลด", "หากไม่พบเอกสารที่ต้องการ โปรดติดต่อสำนักปลัดเทศบาล"),
    markup("ประกาศ", NEWS, "ประกาศผลการตรวจสอบ ไม่พบไฟล์ที่ต้องแก้ไข"),
    markup("ประกาศ", NEWS, "ประกาศยกเลิกเอกสารสอบราคาที่ถูกลบออกจากระบบ"),
    markup("ทะเบียน", "กรณีเอกสารทางทะเบียนถูกลบหรือชำรุด ให้ยื่นคำร้อง"),
    markup("ประกาศ", NEWS, "เอกสารประกวดราคา ไม่มีอยู่ในระบบ e-GP"),
    markup("คำถามที่พบบ่อย", NEWS, "เข้าเว็บไซต์แล้วขึ้น Error 404 ทำอย่างไร"),
    markup("หน้าที่และอำนาจ", "หน้าที่ของกองคลัง"),
    markup("เกณฑ์", "ผู้เสียหายไม่พบตัวผู้กระทำผิด ให้แจ้งเจ้าหน้าที่"),
    markup("ข่าว", NEWS + "ไม่พบหน้าที่ต้องการ", "ข่าวเด่น"),
    markup("ประกาศ", NEWS + "page not found"),
    markup("มาตรา 404 แห่งประมวลกฎหมาย"),
    markup("งบประมาณ 404 ล้านบาท"),
    markup("", ""),
    None,
]


@pytest.mark.parametrize("page", REAL, ids=lambda page: page.title if page else "no page")
def test_real_pages(page: Markup | None) -> None:
    """Real pages speak of things not found, and have numbers; they are there."""
    assert verdict_of(answer(), page, HOSTS) == "ok"


LOGINS = [
    (answer(ended="https://accounts.google.com/v3/signin"), None),
    (answer(ended="https://www.city.go.th/wp-login.php?redirect_to=x"), None),
    (answer(ended="https://www.city.go.th/user/login"), None),
    (answer(ended="https://www.city.go.th/member/sign-in.aspx"), None),
    (answer(), markup("เข้าสู่ระบบ", "ชื่อผู้ใช้ รหัสผ่าน", password=True)),
    (answer(), markup("ระบบสารบรรณ", "ชื่อผู้ใช้", "ลงชื่อเข้าใช้งาน", password=True)),
    (answer(), markup("Login - City", "User Password", password=True)),
    (answer(ended="https://drive.google.com/file/d/1"), markup("Google Drive", "You need access")),
    (
        answer(ended="https://x.sharepoint.com/f"),
        markup("SharePoint", "ขอสิทธิ์การเข้าถึง", "ไม่มีสิทธิ์"),
    ),
    (answer(), markup("ขอสิทธิ์เข้าถึง")),
]


@pytest.mark.parametrize(("found", "page"), LOGINS)
def test_login_wall(found: Answer, page: Markup | None) -> None:
    """A redirect to a login, a page of one, or a drive that asks for permission."""
    assert verdict_of(found, page, HOSTS) == "login_wall"


@pytest.mark.parametrize(
    ("found", "page"),
    [
        (answer(), markup("เทศบาลตำบล", NEWS, "ข่าว", "เข้าสู่ระบบ", password=True)),
        (answer(), markup("คู่มือการขอสิทธิ์เข้าถึงข้อมูลข่าวสารของราชการ")),
        (answer(), markup("ข่าว", NEWS, "คนพิการทุกคนต้องได้รับสิทธิ์เบี้ยความพิการ")),
        (answer(), markup("ร้องเรียน", "แบบฟอร์ม", "ร้องเรียน", "เข้าสู่ระบบ", password=True)),
        (answer(), markup("วิธีเข้าสู่ระบบ e-Service", "ขั้นตอนที่ 1", password=False)),
        (answer(), markup("เข้าสู่ระบบ", "คู่มือ", password=False)),
        (answer(ended="https://www.city.go.th/blogin-story"), None),
        (answer(ended="https://www.city.go.th/news/login-system-training"), None),
        (
            answer(asked="https://www.city.go.th/login", ended="https://www.city.go.th/login/"),
            None,
        ),
    ],
)
def test_a_place_to_log_in_is_no_wall(found: Answer, page: Markup | None) -> None:
    """A real page has a place to log in at its side, or tells how to."""
    assert verdict_of(found, page, HOSTS) == "ok"


@pytest.mark.parametrize(
    ("status", "page", "headers"),
    [
        (403, markup("Just a moment..."), {}),
        (503, markup("Just a moment..."), {}),
        (200, markup("Attention Required! | Cloudflare"), {}),
        (200, markup("", "Verify you are human by completing the action below."), {}),
        (200, markup("Facebook"), {"": "https://www.facebook.com/login/?next=x"}),
        (503, None, {"cf-mitigated": "challenge"}),
    ],
)
def test_gate_for_robots(status: int, page: Markup | None, headers: dict[str, str]) -> None:
    """A page that only keeps robots out says nothing of what is behind it."""
    ended = headers.get("", ASKED)
    assert verdict_of(answer(status, ended, headers=headers), page, HOSTS) == "blocked"


@pytest.mark.parametrize(
    ("ended", "hosts", "verdict"),
    [
        ("https://files.city.go.th/a", HOSTS, "ok"),
        ("https://city.go.th.example.com/a", HOSTS, "off_host"),
        ("https://drive.google.com/file/d/1", HOSTS, "off_host"),
        ("https://drive.google.com/file/d/1", (), "ok"),
    ],
)
def test_off_host(ended: str, hosts: tuple[str, ...], verdict: Verdict) -> None:
    """It ended on a host that is not official; where none is known nobody can say."""
    assert verdict_of(answer(ended=ended), None, hosts) == verdict


HOME = frozenset({"city.go.th", "city.go.th/th/main"})


@pytest.mark.parametrize(
    ("asked", "ended", "led"),
    [
        ("https://www.city.go.th/old.pdf", "https://www.city.go.th/", True),
        ("https://www.city.go.th/old", "https://city.go.th/index.php", True),
        ("https://www.city.go.th/old", "https://www.city.go.th/th/main", True),
        ("https://www.city.go.th/oss", "https://eservice.city.go.th/", False),
        ("https://www.city.go.th/old", "https://www.city.go.th/main", False),
        ("https://www.city.go.th/old", "https://www.city.go.th/new", False),
        ("https://www.city.go.th/old", "https://www.city.go.th/?id=7", False),
        ("http://www.city.go.th/", "https://www.city.go.th/th/main", False),
        ("http://city.go.th/index.html", "https://www.city.go.th/", False),
        ("http://www.city.go.th/plan", "https://www.city.go.th/plan/", False),
    ],
)
def test_leads_home(asked: str, ended: str, led: bool) -> None:
    """Only redirects to a home page that was not asked for lead home."""
    assert leads_home(answer(asked=asked, ended=ended), HOME) is led

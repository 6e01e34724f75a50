"""What an answer means for whoever declared the address.

A page that opens for everybody is `ok`. What it says is believed only where it cannot be meant
otherwise: its title, its headings, or all of its text where that is short. Real pages speak of
things not found, and have a place to log in at their side.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ita_check.looking.documents.document import Markup
from ita_check.looking.network.answer import Answer
from ita_check.model.address import comparable_host, comparable_url, host_of, is_official
from ita_check.model.verdicts import Verdict

# A login has hardly more text around it than this, and a page that only says an error than that.
SHORT = 1500
SHORTEST = 300

# The first of two columns of words: what is said where a page is not there. `หาก`, `กรณี` and the
# like before it tell a reader what to do if something is not found.
_NOT_FOUND = re.compile(
    r"""
    ^\W*(?:error\W*|ข้อผิดพลาด\W*)?404(?:\W*$|\W+(?:error|not\ found|page|file|ไม่พบ|ข้อผิดพลาด))
    | \b(?:page|file|document|content|article|resource|url)\ (?:was\ |is\ |could\ |can)?\ ?
      (?:not|n['’]t)\ (?:be\ )?(?:found|available|exist)
    | \b(?:page|file|document|content)\b[^.]{0,40}\b(?:does\ not|doesn['’]t|no\ longer)\ exist
    | ^\W*(?:not|nothing)\ found\W*$
    | (?<!หาก)(?<!ถ้า)(?<!กรณี)(?<!เมื่อ)(?<!หรือ)(?<!แล้ว)
      ไม่พบ(?:หน้า|ไฟล์|เอกสาร|เนื้อหา|บทความ|เพจ|ข้อมูล)
      (?:เว็บ|นี้|ดังกล่าว|ที่(?:คุณ|ท่าน)(?:ต้องการ|ค้นหา|ร้องขอ|เรียก)|ที่ต้องการ\W*(?:$|[|–-]))
    | ^\W*(?:ขออภัย\W*)?ไม่พบ(?:หน้า|ไฟล์|เอกสาร|เนื้อหา|บทความ|เพจ)(?:เว็บ)?\W*(?:$|[|–-])
    | (?:หน้า|เนื้อหา|บทความ)(?:เว็บ)?(?:นี้|ที่(?:คุณ|ท่าน)?(?:ต้องการ|ค้นหา|ร้องขอ|เรียก))
      [^.]{0,20}(?:ไม่พบ|ถูกลบ|ไม่มีอยู่)
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LOGIN = re.compile(
    r"^\W*(?:เข้าสู่ระบบ|ลงชื่อเข้าใช้|ล็อกอิน|ล็อคอิน|กรุณา(?:เข้าสู่ระบบ|ลงชื่อ)|log[ -]?in\b|sign[ -]?in\b"
    r"|member login|admin login|please (?:log|sign) in)",
    re.IGNORECASE,
)
_LOGIN_PATH = re.compile(
    r"/(?:(?:wp|user|member|admin)[-_]?)?(?:log-?in|sign-?in|logon)(?:\.[a-z]{2,5})?/?$",
    re.IGNORECASE,
)
_LOGIN_HOSTS = frozenset(
    {
        "accounts.google.com",
        "login.microsoftonline.com",
        "login.live.com",
        "login.yahoo.com",
        "access.line.me",
        "appleid.apple.com",
    }
)
_ACCESS = re.compile(
    r"ขอสิทธิ์(?:การ)?เข้าถึง|ต้องมีสิทธิ์(?:การ)?เข้าถึง|ต้องได้รับสิทธิ์|request access|you need (?:access|permission)"
    r"|access denied|การเข้าถึงถูกปฏิเสธ",
    re.IGNORECASE,
)
_DRIVES = (
    "drive.google.com",
    "docs.google.com",
    "onedrive.live.com",
    "1drv.ms",
    "sharepoint.com",
    "dropbox.com",
    "box.com",
)
_NO_ACCESS = re.compile(
    r"^\W*(?:access denied|การเข้าถึงถูกปฏิเสธ|ขอสิทธิ์เข้าถึง|request access|you need access)\W*$",
    re.IGNORECASE,
)
_ANTI_BOT = re.compile(
    r"^\W*just a moment|attention required|checking (?:your|if the) (?:browser|site connection)"
    r"|ddos protection by|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot"
    r"|incapsula incident|request unsuccessful\W+incapsula|access denied \| .{0,40}cloudflare",
    re.IGNORECASE,
)
_HOME_FILES = re.compile(r"/(?:(?:index|default|home)(?:\.[a-z]{2,5})?)?", re.IGNORECASE)


def verdict_of(answer: Answer, markup: Markup | None, hosts: tuple[str, ...]) -> Verdict:
    """The verdict on an answer by itself; `hosts` are the official ones, none if none is known.

    `redirected_home` is told apart later, once it is known where the home page itself ends.
    """
    if answer.failure is not None:
        return "dead" if answer.failure == "no_such_host" else answer.failure
    assert answer.status is not None, "an answer without failure has a status"
    if _is_gate_of_robots(answer, markup) or _is_gate_of_facebook(answer):
        return "blocked"
    if answer.status in (404, 410):
        return "dead"
    if answer.status >= 500:
        return "server_error"
    if answer.status >= 400:
        return "blocked"
    if answer.status >= 300 or answer.status < 200:
        return "unreachable"
    if _is_login(answer, markup):
        return "login_wall"
    if markup is not None and _says(markup, _NOT_FOUND):
        return "soft_404"
    if hosts and not is_official(answer.ended, hosts):
        return "off_host"
    return "ok"


def leads_home(answer: Answer, homes: frozenset[str]) -> bool:
    """Whether redirects led to a home page that was not asked for.

    `homes` are, in comparable form, the home page's address and where it ends itself; the root of
    the host that was asked is one too. That of another host may be a service's own front door.
    """
    asked, ended = comparable_url(answer.asked), comparable_url(answer.ended)
    if asked == ended or asked in homes or _is_root(answer.asked):
        return False
    same = host_of(answer.ended) == host_of(answer.asked)
    return ended in homes or (same and _is_root(answer.ended))


def _is_root(address: str) -> bool:
    parts = urlsplit(address)
    return _HOME_FILES.fullmatch(parts.path or "/") is not None and not parts.query


def _says(markup: Markup, pattern: re.Pattern[str], short: int = SHORTEST) -> bool:
    """Whether title or first heading say it, or the text of a page with hardly any other."""
    text = (markup.text,) if markup.text_length <= short else ()
    return any(pattern.search(one) for one in (*_heads(markup), *text))


def _heads(markup: Markup) -> tuple[str, ...]:
    """What a page says of itself; further headings are of what stands at its side."""
    return (markup.title, *markup.headings[:1])


def _is_gate_of_robots(answer: Answer, markup: Markup | None) -> bool:
    if answer.headers.get("cf-mitigated") == "challenge":
        return True
    return markup is not None and _says(markup, _ANTI_BOT, SHORT)


def _is_gate_of_facebook(answer: Answer) -> bool:
    """It sends programs to its login even where people see a public page."""
    host = host_of(answer.ended) or ""
    facebook = host == "facebook.com" or host.endswith(".facebook.com")
    return facebook and urlsplit(answer.ended).path.startswith("/login")


def _is_login(answer: Answer, markup: Markup | None) -> bool:
    parts = urlsplit(answer.ended)
    host = comparable_host(parts.hostname or "") or ""
    was_led = comparable_url(answer.asked) != comparable_url(answer.ended)
    if host in _LOGIN_HOSTS:
        return True
    asked_for_one = _LOGIN_PATH.search(urlsplit(answer.asked).path)
    if was_led and _LOGIN_PATH.search(parts.path) and not asked_for_one:
        return True
    if markup is None:
        return False
    if any(_NO_ACCESS.search(text) for text in _heads(markup)):
        return True
    if any(host == drive or host.endswith("." + drive) for drive in _DRIVES):
        return _says(markup, _ACCESS, SHORT)
    asks = all(_LOGIN.search(text) for text in markup.headings) if markup.headings else False
    named = _LOGIN.search(markup.title) is not None
    return markup.password_field and markup.text_length <= SHORT and (named or asks)

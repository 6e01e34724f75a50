"""The municipality of `fixtures/bang-sadet-2570`, its website served as its README says."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import trustme
from servers import Reply, Route, Site, redirect, zeros
from support import FIXTURES

FOLDER = FIXTURES / "bang-sadet-2570"
PAGES = FOLDER / "site"
AS_OF = "2570-09-30"
MIB = 1 << 20


class Municipality(NamedTuple):
    """Its website, one with a certificate that nobody vouches for, and its evidence file."""

    site: Site
    secret: Site
    evidence: Path
    last_year: Path


def special(away: str = "") -> dict[str, Route | list[Route]]:
    """What the server answers at the paths that are no files."""

    def shown(name: str, status: int = 200) -> Reply:
        html = (("Content-Type", "text/html; charset=utf-8"),)
        return Reply((PAGES / "_pages" / name).read_bytes(), status, html)

    return {
        "/gone.html": shown("not-found.html", 404),
        "/soft.html": shown("not-found.html"),
        "/members.html": redirect("/_pages/login.html"),
        "/moved.html": redirect("/"),
        "/away.html": redirect(away),
        "/bot.html": shown("anti-bot.html", 403),
        "/slow.html": Reply(ends="silence"),
        "/broken.html": Reply(b"broken", 500),
        "/huge.pdf": lambda _: Reply(
            zeros(21 * MIB), headers=(("Content-Type", "application/pdf"),)
        ),
    }


@contextmanager
def served(folder: Path) -> Iterator[Municipality]:
    """The municipality with its evidence files in a folder, their ports those of the servers."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    with Site(special(), folder=PAGES) as site, Site(tls=tls, folder=PAGES) as secret:
        site.routes |= special(site.address("/contact.html", host="localhost"))
        shutil.copytree(FOLDER / "files", folder / "files")
        for name in ("evidence.yaml", "last-year.yaml"):
            text = (FOLDER / name).read_text(encoding="utf-8")
            text = text.replace(":8570/", f":{site.port}/").replace(":8571/", f":{secret.port}/")
            (folder / name).write_text(text, encoding="utf-8")
        yield Municipality(site, secret, folder / "evidence.yaml", folder / "last-year.yaml")

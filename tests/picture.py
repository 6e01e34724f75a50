"""Draw the README's pictures: the terminal's report, set by a browser in Thai fonts, and the page.

    .venv/bin/python tests/picture.py

rich's SVG export gives every letter a place of its own, which tears Thai marks off their letters;
a browser sets the same text right. Needs Debian's chromium and fonts-thai-tlwg.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from browser import Opened, chromium
from rich.cells import cell_len

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "fixtures" / "nakhon-ratchasima-2567"
COLUMNS = 100
HEAD_LINES = 44
CELL = 9  # pixels: 15px of a font whose letters are 0.6 em wide
COLORS = {"31": "#ff6b68", "32": "#7bd88f", "33": "#f5c04e", "36": "#6bc7d9"}
STYLE = """
body { margin: 0; background: #1d1f21; }
pre { margin: 0; padding: 18px 22px; color: #e4e4e4; white-space: pre;
      font: 15px/1.55 'Noto Sans Mono', 'Noto Sans Thai', monospace; }
/* a run of Thai, as wide as its cells on the grid of the monospaced font */
i { display: inline-block; font: 16px/1 'Noto Sans Thai'; font-weight: inherit; }
b { color: #ffffff; } .dim { color: #8f959b; }
"""


def output(*options: str) -> bytes:
    """What the real command writes on the seed's municipality."""
    command = [sys.executable, "-m", "ita_check", "check", "evidence.yaml"]
    as_of = ("--as-of", "2567-10-15", "--lang", "th")
    environment = {**os.environ, "FORCE_COLOR": "1", "TERM": "xterm", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*command, *as_of, *options], capture_output=True, cwd=FOLDER, env=environment, check=False
    )
    return done.stdout


def report() -> str:
    """The head of the report and its closing tables, as a terminal would get them."""
    lines = output("--width", str(COLUMNS)).decode().splitlines()
    closing = next(n for n, line in enumerate(lines) if "สรุปตามประเด็น" in line)
    return "\n".join([*lines[:HEAD_LINES], "        ⋮", "", *lines[closing:]])


def as_html(text: str) -> str:
    """Terminal escapes as spans."""

    def span(match: re.Match[str]) -> str:
        codes, inner = match[1].split(";"), match[2]
        for code in codes:
            if code in COLORS:
                inner = f'<span style="color:{COLORS[code]}">{inner}</span>'
        if "2" in codes:
            inner = f'<span class="dim">{inner}</span>'
        return f"<b>{inner}</b>" if "1" in codes and len(codes) == 1 else inner

    def cells(match: re.Match[str]) -> str:
        return f'<i style="width:{cell_len(match.group()) * CELL}px">{match.group()}</i>'

    body = re.sub("[\u0e01-\u0e5b]+", cells, html.escape(text))
    body = re.sub("\x1b\\[([0-9;]+)m(.*?)\x1b\\[0m", span, body, flags=re.DOTALL)
    return f"<meta charset=utf-8><style>{STYLE}</style><pre>{body}</pre>"


def draw(page: Path, picture: Path, width: int, height: int) -> None:
    """A page as a picture."""
    with chromium() as browser, Opened(browser, page, width) as opened:
        opened.page.set_viewport_size({"width": width, "height": height})
        opened.page.screenshot(path=picture)


def main() -> None:
    text = report()
    height = round((text.count("\n") + 1) * 23.25) + 40
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "report.html"
        page.write_text(as_html(text), encoding="utf-8")
        draw(page, FOLDER / "report.png", 960, height)
        page.write_bytes(output("--format", "html"))
        draw(page, FOLDER / "page.png", 1200, 1100)


if __name__ == "__main__":
    main()

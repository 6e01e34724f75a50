"""One self-contained page for a browser: to read, to filter, to print.

It asks nothing of anywhere. Its policy (CSP) allows the one script and the one style sheet in it
by their digests and nothing else, so that even a fault in the escaping would not run what an
evidence file says.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TextIO

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ita_check import __version__
from ita_check.model.report import Outcome, Report
from ita_check.reporting.view import View
from ita_check.reporting.web.prose import plain, prose
from ita_check.reporting.web.sheet import sheet_of
from ita_check.texts import Language, phrase

_FOLDER = Path(__file__).parent / "web"


def write(outcomes: Sequence[Outcome], stream: TextIO, view: View) -> None:
    """A page with a sheet for each file, in the order given."""
    language = view.language
    environment = Environment(
        loader=FileSystemLoader(_FOLDER, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "prose": partial(prose, language=language),
        "plain": partial(plain, language=language),
    }
    environment.globals |= {
        "say": lambda key, **gaps: prose(phrase(key, **gaps), language),
        "language": language,
    }
    script, style = _ours("report.js"), _ours("report.css")
    page = environment.get_template("report.html").render(
        title=_title(outcomes, language),
        version=__version__,
        sheets=[sheet_of(outcome, f"r{n}", view) for n, outcome in enumerate(outcomes, 1)],
        script=script,
        style=style,
        script_hash=_digest(script),
        style_hash=_digest(style),
    )
    stream.write(page + "\n")


def _title(outcomes: Sequence[Outcome], language: Language) -> str:
    title = phrase("page.title").say(language)
    if len(outcomes) == 1 and isinstance(outcomes[0], Report):
        return f"{plain(outcomes[0].agency.name, language)} - {title}"
    return title


def _ours(name: str) -> Markup:
    """A file of this package, word for word: escaping it would change what its digest is of."""
    return Markup((_FOLDER / name).read_text(encoding="utf-8"))  # noqa: S704 - nothing from outside


def _digest(text: str) -> str:
    """What the policy calls an inline script or style sheet."""
    return "sha256-" + b64encode(hashlib.sha256(text.encode()).digest()).decode()

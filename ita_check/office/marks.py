"""What stands in a cell of the report where nothing was declared, told apart from what was.

It is what a reader of the document sees, so it is Thai whatever the language of messages, and
the same for whoever writes a report and whoever reads one back.
"""

from __future__ import annotations

from ita_check.texts import phrase

OPEN = phrase("word.mark.open").say("th")
NOT_APPLICABLE = phrase("word.mark.not_applicable").say("th")
WAIVED = phrase("word.mark.waived").say("th")
MARKS = frozenset({OPEN, NOT_APPLICABLE, WAIVED})


def is_open(text: str) -> bool:
    """Whether a cell holds no declaration: its first line is one of the marks, or it is blank."""
    lines = text.strip().splitlines()
    return not lines or lines[0].strip() in MARKS

"""Text from outside, so that no terminal obeys it."""

from __future__ import annotations

import re

# What a terminal would obey, or what would turn the line around: shown as an escape instead.
_ACTIVE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\U000e0000-\U000e007f"
    # A byte of a file's name that is no text comes as half a pair, which no encoding holds.
    # The last two are no characters at all, and no XML may hold them.
    "\ud800-\udfff\ufffe\uffff]"
    # A GitHub runner obeys `##[command]` anywhere in a line of a step's output.
    r"|(?<=##)\["
)

# Of these JSON itself escapes the first 32 wherever they are part of a value.
_ACTIVE_IN_JSON = re.compile(
    "[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]|(?<=##)\\["
)


def inert(text: str) -> str:
    """Text in which no character does anything to a terminal."""
    return _ACTIVE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if character in "\t\n\r":
        return " "
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def escaped_json(text: str) -> str:
    r"""JSON with the same characters as `\uXXXX`: the same values, and inert when shown."""
    return _ACTIVE_IN_JSON.sub(lambda match: f"\\u{ord(match.group()):04x}", text)

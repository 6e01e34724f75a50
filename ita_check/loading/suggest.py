"""What was probably meant: a hint in a message, never more."""

from __future__ import annotations

from collections.abc import Iterable

from ita_check.texts import Phrase, phrase


def did_you_mean(written: str, allowed: Iterable[str]) -> Phrase | str:
    """A question that names the one allowed word that comes nearest, empty where none is near."""
    import difflib  # only a mistake pays for it

    words = {word.casefold(): word for word in allowed}
    near = difflib.get_close_matches(written.casefold(), words, n=1, cutoff=0.6)
    return phrase("problems.did_you_mean", word=words[near[0]]) if near else ""

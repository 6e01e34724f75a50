"""One evidence file while it is typed: where things stand, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ita_check.characters import INVISIBLE, is_blank, name_of, normalised
from ita_check.loading.files import FolderFiles
from ita_check.loading.source import NULLS, Mapping, Node, Refused, Scalar, Sequence, Source
from ita_check.loading.suggest import did_you_mean
from ita_check.model.address import without_secret
from ita_check.model.catalogue import Field
from ita_check.texts import Phrase, phrase

MANY_PROBLEMS = 100
LONGEST_QUOTE = 200


@dataclass
class Reading:
    """One evidence file being typed.

    `year` is its Buddhist fiscal year, None where that is not readable; `requirements` are the
    ids of the catalogue; `positions` and `missing_files` are filled on the way.
    """

    source: Source
    requirements: frozenset[str]
    files: FolderFiles
    year: int | None = None
    positions: dict[str, int] = field(default_factory=dict)
    missing_files: set[str] = field(default_factory=set)

    def wrong(self, node: Node, path: str, key: str, /, **gaps: object) -> None:
        """Note a problem with a value."""
        self.told(node, path, phrase(f"problems.{key}", **gaps))

    def told(self, node: Node, path: str, message: Phrase) -> None:
        """Note a problem with a value in given words; the value is quoted as it was written."""
        if isinstance(node, Refused):
            return
        width = 1
        if type(node) is Scalar:
            width = node.end - node.start
            compared = normalised(node.value)
            written = shortened(without_secret(node.value.strip()))
            message = Phrase(
                message.key,
                tuple(
                    (name, written if name == "text" and gap == compared else gap)
                    for name, gap in message.gaps
                ),
            )
        self.source.problem(message, node.start, width, path)


def shortened(text: str) -> str:
    """A value as a message quotes it: one that fills pages is quoted by its beginning."""
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE] + "…"


def is_absent(node: Node) -> bool:
    """Whether a value is null, blank, or a list or mapping with nothing in it.

    A mapping of blank values is read all the same, for the sake of its keys.
    """
    if isinstance(node, Scalar):
        text = node.value
        return (node.plain and text in NULLS) or is_blank(text)
    if type(node) is Sequence:
        return all(is_absent(item) for item in node.items)
    assert type(node) is Mapping
    return not node.entries


def unknown_key(
    reading: Reading, key: Scalar, allowed: tuple[str, ...], path: str, message: str
) -> None:
    """Note a key that is none of those allowed, with what was probably meant."""
    # Looking for the nearest word takes a while; a file with this many errors needs none.
    told = len(reading.source.problems)
    guess = did_you_mean(normalised(key.value), allowed) if told < MANY_PROBLEMS else ""
    reading.wrong(key, path, message, key=shortened(key.value), hint=guess, allowed=allowed)


def scalar_text(reading: Reading, node: Node, described: Field, path: str) -> str | None:
    """The normalised text of a typed scalar; an invisible character in it is named."""
    if type(node) is not Scalar:
        reading.wrong(node, path, "one_value", field=described.name)
        return None
    invisible = INVISIBLE.search(node.value)
    if invisible:
        character = name_of(invisible.group())
        reading.wrong(node, path, "invisible", field=described.name, character=character)
        return None
    return normalised(node.value)


def each(reading: Reading, node: Node, path: str) -> list[tuple[Node, str]]:
    """The values of a list field with their paths; one value is a list of one."""
    if type(node) is not Sequence:
        return [(node, path)]
    found = []
    for index, item in enumerate(node.items):
        if not is_absent(item):
            at = f"{path}[{index}]"
            reading.positions[at] = item.start
            found.append((item, at))
    return found

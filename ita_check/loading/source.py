"""A YAML file as text nodes with positions, read from libyaml's events in one pass.

Every scalar stays text. The limits are applied while reading, so that a hostile file ends the
reading where it passes one; the event stream does not recurse, whatever the nesting.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, cast

from yaml import (
    AliasEvent,
    CLoader,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    YAMLError,
)

from ita_check.characters import INVISIBLE, name_of, normalised
from ita_check.errors import CannotJudge, Problem
from ita_check.loading.encoding import LINE_END, MAX_BYTES, text_of_bytes
from ita_check.model.address import without_secret
from ita_check.model.evidence import Cell, SourceMap
from ita_check.texts import Phrase, phrase

MAX_DEPTH = 40
MAX_NODES = 100_000
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PLAIN = frozenset({"", None})
_FOREIGN_BREAK = re.compile("[\x85\u2028\u2029]")
_HIDDEN = {0x85: 0x10FFF0, 0x2028: 0x10FFF1, 0x2029: 0x10FFF2}
_SHOWN = {hidden: character for character, hidden in _HIDDEN.items()}
# What libyaml only finds broken at its end; what is wrong stands where it began.
_BEGUN_EARLIER = ("while scanning a simple key", "while scanning a quoted scalar")
# What YAML does not allow in a file, whatever the quoting.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class Scalar:
    """A piece of text; `plain` where it is not quoted."""

    __slots__ = ("end", "plain", "start", "value")

    def __init__(self, value: str, plain: bool, start: int, end: int) -> None:
        self.value, self.plain, self.start, self.end = value, plain, start, end


class Refused(Scalar):
    """What stands for an alias or a key that is no text: told already, and not told again."""

    __slots__ = ()


class Sequence:
    """A list of nodes."""

    __slots__ = ("end", "items", "start")

    def __init__(self, start: int) -> None:
        self.items: list[Node] = []
        self.start = self.end = start


class Mapping:
    """Keys and values in order; no key stands twice, and keys are normalised text."""

    __slots__ = ("end", "entries", "key", "start")

    def __init__(self, start: int) -> None:
        self.entries: dict[str, tuple[Scalar, Node]] = {}
        self.key: Scalar | None = None
        self.start = self.end = start


Node = Scalar | Sequence | Mapping


@dataclass
class Source:
    """One file while it is read: its text, and every problem found so far."""

    name: str
    text: str
    line_starts: tuple[int, ...]
    problems: list[Problem] = field(default_factory=list)
    cells: tuple[Cell, ...] = ()

    @property
    def map(self) -> SourceMap:
        """The lines of the text, without any path."""
        return SourceMap(self.shown, self.line_starts, {}, self.cells)

    @cached_property
    def shown(self) -> str:
        """The text as it is shown: nobody reads the user info of an address."""
        return without_secret(self.text)

    def problem(self, message: Phrase, start: int, width: int = 1, path: str = "") -> None:
        """Note a problem at a character of the text."""
        place = self.map.at(start)
        excerpt = place.excerpt or ""
        width = max(1, min(width, len(excerpt) - (place.column - place.cut) + 1))
        self.problems.append(
            Problem(
                message,
                self.name,
                place.line,
                place.column,
                path,
                excerpt,
                place.cut,
                width,
                place.cell,
            )
        )

    def fail_if_any(self) -> None:
        """Raise every problem noted, in the order of the file."""
        if self.problems:
            sheets = [cell.name.rpartition("!")[0] for cell in self.cells]
            order = {sheet: number for number, sheet in enumerate(dict.fromkeys(sheets))}
            ordered = sorted(
                self.problems,
                key=lambda p: (order.get(p.cell.rpartition("!")[0], -1), p.line, p.column),
            )
            raise CannotJudge(tuple(dict.fromkeys(ordered)))


def decode(name: str, data: bytes, limit: int = MAX_BYTES) -> Source:
    """A file's bytes as a source; what is no UTF-8 text is a `CannotJudge`."""
    text = text_of_bytes(name, data, limit)
    return Source(name, text, _line_starts(text))


def _line_starts(text: str) -> tuple[int, ...]:
    """The offsets at which lines begin, whatever ends them."""
    if "\r" in text:
        return (0, *(match.end() for match in LINE_END.finditer(text)))
    lengths = map(len, text.split("\n"))
    return (0, *(end + number for number, end in enumerate(accumulate(lengths), 1)))[:-1]


# How libyaml since 0.2.6 says that it stops at a depth of its own.
_GIVES_UP = "maximum nesting depth"


def parse(source: Source) -> Node | None:
    """The one document of the text as nodes, None if it holds none.

    Problems that do not stop the reading are noted in `source`; those that do are raised with
    what was noted before.
    """
    try:
        return _build(source, source.text)
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        if mark is not None and _GIVES_UP in f"{getattr(error, 'problem', '')}":
            # libyaml looks ahead and gives up on a nest before it tells of its outer levels. What
            # it had read by then ends at the level that is too deep for us.
            _build(source, source.text[: mark.index])
        _note_syntax_error(source, error)
        source.fail_if_any()
        raise


def _build(source: Source, text: str) -> Node | None:
    # libyaml ends lines at characters that no editor does; until then they are hidden from it.
    breaks = _FOREIGN_BREAK.search(text) is not None
    # Events are of many classes and their stubs allow None everywhere; libyaml never gives it.
    events: Any = CLoader(text.translate(_HIDDEN) if breaks else text)
    root: Node | None = None
    stack: list[Sequence | Mapping] = []
    nodes = documents = 0
    try:
        while True:
            event = events.get_event()
            kind = type(event)
            node: Node
            if kind is ScalarEvent:
                start, end = event.start_mark.index, event.end_mark.index
                value = event.value.translate(_SHOWN) if breaks else event.value
                node = Scalar(value, event.style in _PLAIN, start, end)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                stack.pop().end = event.end_mark.index
                continue
            elif kind is MappingStartEvent:
                node = Mapping(event.start_mark.index)
            elif kind is SequenceStartEvent:
                node = Sequence(event.start_mark.index)
            elif kind is AliasEvent:
                node = Refused("*", False, event.start_mark.index, event.end_mark.index)
            elif kind is StreamEndEvent:
                return root
            else:
                documents += kind is DocumentStartEvent
                if documents > 1:
                    source.problem(phrase("problems.second_document"), event.start_mark.index, 3)
                    source.fail_if_any()
                continue
            nodes += 1
            if nodes > MAX_NODES:
                source.problem(
                    phrase("problems.too_many_nodes", limit=f"{MAX_NODES:,}"), node.start
                )
                source.fail_if_any()
            if event.anchor is not None or (kind is not AliasEvent and event.tag is not None):
                _note_indirection(source, event, node)
            if not stack:
                root = node
            elif type(top := stack[-1]) is Sequence:
                top.items.append(node)
            else:
                _put(source, cast("Mapping", top), node)
            if kind is not ScalarEvent and isinstance(node, Sequence | Mapping):
                stack.append(node)
                if len(stack) > MAX_DEPTH:
                    source.problem(phrase("problems.too_deep", limit=MAX_DEPTH), node.start)
                    source.fail_if_any()
    finally:
        events.dispose()


def _note_indirection(source: Source, event: Any, node: Node) -> None:
    """Note what makes a value mean something else than what stands there."""
    if type(event) is AliasEvent:
        source.problem(phrase("problems.alias", name=event.anchor), node.start)
        return
    if event.anchor is not None:
        source.problem(phrase("problems.anchor", name=event.anchor), node.start)
    if event.tag is not None:
        name = event.tag.replace("tag:yaml.org,2002:", "!!")
        source.problem(phrase("problems.tag", name=name), node.start)


def _put(source: Source, parent: Mapping, node: Node) -> None:
    """Put a key into a mapping, or the value of the key before it."""
    key = parent.key
    if key is None:
        if type(node) is not Scalar:
            if not isinstance(node, Refused):
                source.problem(phrase("problems.key_not_text"), node.start)
            node = Refused(f"\0{node.start}", False, node.start, node.start + 1)
        elif node.plain and node.value == "<<":
            source.problem(phrase("problems.merge_key"), node.start, 2)
            node = Refused(f"\0{node.start}", False, node.start, node.start + 2)
        parent.key = node
        return
    parent.key = None
    name = key.value
    if name.isascii() and name.isidentifier() and name not in parent.entries:
        parent.entries[name] = (key, node)
        return
    name = normalised(name)
    if not name.isascii() and (invisible := INVISIBLE.search(key.value)):
        message = phrase("problems.invisible_in_key", character=name_of(invisible.group()))
        source.problem(message, key.start, key.end - key.start)
        name = normalised(INVISIBLE.sub("", key.value))
    first = parent.entries.get(name)
    if first is not None:
        message = phrase(
            "problems.duplicate_key",
            key=key.value,
            line=source.map.at(key.start).line,
            first=source.map.at(first[0].start).line,
        )
        source.problem(message, key.start, key.end - key.start)
        return
    parent.entries[name] = (key, node)


def _note_syntax_error(source: Source, error: YAMLError) -> None:
    control = _CONTROL.search(source.text)
    if control:
        message = phrase("problems.control_character", character=name_of(control.group()))
        source.problem(message, control.start())
        return
    mark = getattr(error, "problem_mark", None)
    if mark is None or str(getattr(error, "context", "")).startswith(_BEGUN_EARLIER):
        mark = getattr(error, "context_mark", None) or mark
    offset = min(mark.index if mark else 0, len(source.text))
    here = source.text[offset : offset + 1]
    reason = f"{getattr(error, 'problem', '') or ''}"
    context = f"{getattr(error, 'context', '') or ''}"
    place = source.map.at(offset)
    line = place.excerpt or ""
    line_start = offset - place.column + 1 + place.cut
    invisible = INVISIBLE.search(line)
    if here == "\t" or (not place.cut and "\t" in line[: len(line) - len(line.lstrip())]):
        tab = source.text.find("\t", line_start)
        source.problem(phrase("problems.tab"), tab)
    elif invisible:
        start = line_start + invisible.start()
        message = phrase("problems.invisible_in_syntax", character=name_of(invisible.group()))
        source.problem(message, start)
    elif "mapping values are not allowed" in reason:
        source.problem(phrase("problems.colon_in_text"), offset)
    elif "unexpected end of stream" in reason or "end of stream" in reason:
        source.problem(phrase("problems.unclosed"), offset)
    elif here in ("@", "`", "%"):
        source.problem(phrase("problems.needs_quotes", character=here), offset)
    elif "alias" in reason or "alias" in context or "anchor" in context:
        start = max(source.text.rfind("*", 0, offset + 1), source.text.rfind("&", 0, offset + 1))
        source.problem(phrase("problems.needs_quotes", character=source.text[start]), start)
    elif "did not find expected" in reason or "could not find expected" in reason:
        source.problem(phrase("problems.structure", reason=reason), offset)
    else:
        source.problem(phrase("problems.syntax", reason=reason), offset)

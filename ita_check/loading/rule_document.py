"""One rule file while it is read: its nodes as plain values, and what is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from ita_check.loading.reading import is_absent
from ita_check.loading.rule_files import RuleFile
from ita_check.loading.source import Mapping, Node, Scalar, Sequence, Source
from ita_check.loading.suggest import did_you_mean
from ita_check.texts import Text, phrase

Model = TypeVar("Model")
# pydantic has said the same of named tuples in two ways; both are taken.
_MISSING = frozenset({"missing", "missing_argument"})
_UNEXPECTED = frozenset({"extra_forbidden", "unexpected_keyword_argument"})
_ADAPTERS: dict[type, TypeAdapter[Any]] = {}


@dataclass(frozen=True)
class Document:
    """One rule file: its root mapping, and where problems of it go."""

    file: RuleFile
    source: Source
    root: Mapping

    def wrong(self, node: Node, key: str, /, **gaps: object) -> None:
        """Note a problem with a node."""
        width = node.end - node.start if type(node) is Scalar else 1
        self.source.problem(phrase(f"problems.{key}", **gaps), node.start, width)


def parts_of(document: Document, node: Node, allowed: tuple[str, ...]) -> dict[str, Node]:
    """The values of a mapping that has no other keys than those allowed; blank ones left out."""
    if type(node) is not Mapping:
        document.wrong(node, "not_a_mapping", field=allowed[0])
        return {}
    found = {}
    for name, (key, value) in node.entries.items():
        if name not in allowed:
            unknown(document, key, allowed)
        elif not is_absent(value) or name in ("fields", "measures"):
            found[name] = value
    return found


def text_of(document: Document, node: Node) -> Text:
    """A text in both languages; one that is missing is noted."""
    entries = node.entries if type(node) is Mapping else {}
    said = {}
    for language in ("th", "en"):
        value = entries.get(language, (None, None))[1]
        if value is None or type(value) is not Scalar or is_absent(value):
            document.wrong(value or node, "text_missing", language=language)
            said[language] = ""
        else:
            said[language] = value.value
    for name, (key, _) in entries.items():
        if name not in ("th", "en", "group"):
            unknown(document, key, ("th", "en"))
    return Text(**said)


def plain(node: Node) -> Any:
    """A node as plain dictionaries, lists and text; what is blank is None."""
    if type(node) is Mapping:
        return {name: plain(value) for name, (_, value) in node.entries.items()}
    if type(node) is Sequence:
        return [plain(item) for item in node.items]
    assert type(node) is Scalar
    return None if is_absent(node) else node.value


def unknown(document: Document, key: Scalar, allowed: tuple[str, ...]) -> None:
    """Note a key that is none of those allowed."""
    hint = did_you_mean(key.value, allowed)
    document.wrong(key, "unknown_field", key=key.value, hint=hint, allowed=allowed)


def validated(document: Document, model: type[Model], content: object, node: Node) -> Model | None:
    """The content as the model, None with every problem noted at its place."""
    try:
        if model not in _ADAPTERS:
            # Making one takes far longer than using it.
            _ADAPTERS[model] = TypeAdapter(model)
        valid: Model = _ADAPTERS[model].validate_python(content)
        return valid
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            _note_fault(document, node, fault["loc"], fault["type"], fault["msg"], model)
    return None


def _note_fault(
    document: Document,
    root: Node,
    loc: tuple[int | str, ...],
    kind: str,
    reason: str,
    model: type[object],
) -> None:
    node, key = _node_at(root, loc)
    name = str(loc[-1]) if loc else ""
    if kind in _MISSING or (kind not in _UNEXPECTED and is_absent(node)):
        document.wrong(node, "rule_lacks_key", key=name)
    elif kind in _UNEXPECTED:
        fields = tuple(one for one in _keys_at(model, loc[:-1]) if one != "test")
        hint = did_you_mean(name, fields)
        document.wrong(key or node, "unknown_field", key=name, hint=hint, allowed=fields)
    else:
        document.wrong(node, "rule_value", key=name, reason=reason)


def _keys_at(model: Any, loc: tuple[int | str, ...]) -> tuple[str, ...]:
    """The keys that a model takes at a location within it."""
    for step in loc:
        if isinstance(step, str):
            hint = get_type_hints(model)[step]
            model = next(one for one in (hint, *get_args(hint)) if hasattr(one, "_fields"))
    return tuple(model._fields)


def _node_at(node: Node, loc: tuple[int | str, ...]) -> tuple[Node, Scalar | None]:
    """The node that a location of pydantic's names, else the nearest above it, and its key."""
    key = None
    for step in loc:
        if type(node) is Mapping and isinstance(step, str) and step in node.entries:
            key, node = node.entries[step]
        elif type(node) is Sequence and isinstance(step, int) and step < len(node.items):
            key, node = None, node.items[step]
    return node, key

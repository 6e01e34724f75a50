"""Evidence as the text of an evidence file: what `read_evidence` reads, written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import yaml

# What stands in an evidence file: text, lists and mappings of it.
Tree = str | Sequence["Tree"] | Mapping[str, "Tree"]
# By the keys that lead there, the lines of a comment above it.
Comments = Mapping[tuple[str, ...], Sequence[str]]
_INDENT = 2


class _Dumper(yaml.SafeDumper):
    """Text as it is: several lines as several lines, everything else quoted only where needed."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002 - the library calls it so
        """Indent lists below their key, as the examples do."""
        super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    block = "\n" in text and not any(line != line.strip() for line in text.split("\n"))
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if block else None)


_Dumper.add_representer(str, _text)


def evidence_text(tree: Mapping[str, Tree], comments: Comments | None = None) -> str:
    """The text of a file with these sections, in their order.

    A comment stands above the key of a mapping: `("actions", "1.1.1")` above that row, `()` at the
    top of the file. Lines are written as they are, each behind a `#`.
    """
    return "\n".join([*_commented((), comments, 0), *_mapping(tree, (), comments or {}, 0)]) + "\n"


def _mapping(
    tree: Mapping[str, Tree], path: tuple[str, ...], comments: Comments, depth: int
) -> Iterator[str]:
    for key, value in tree.items():
        below = (*path, key)
        if not depth and path == () and (key != next(iter(tree)) or comments.get(())):
            yield ""
        yield from _commented(below, comments, depth)
        if isinstance(value, Mapping) and value and _has_comment(below, comments):
            yield f"{' ' * depth}{_key(key)}:"
            yield from _mapping(value, below, comments, depth + _INDENT)
        else:
            yield from (" " * depth + line for line in _dumped({key: value}))


def _has_comment(path: tuple[str, ...], comments: Comments) -> bool:
    """Whether a comment stands within what is behind a key, so that it is written key by key."""
    return any(len(one) > len(path) and one[: len(path)] == path for one in comments)


def _commented(path: tuple[str, ...], comments: Comments | None, depth: int) -> Iterator[str]:
    for line in (comments or {}).get(path, ()):
        yield f"{' ' * depth}# {line}".rstrip()


def _key(key: str) -> str:
    return _dumped({key: None})[0].rpartition(":")[0]


def _dumped(tree: Any) -> list[str]:
    text = yaml.dump(
        tree,
        Dumper=_Dumper,
        allow_unicode=True,
        sort_keys=False,
        width=float("inf"),
        default_flow_style=False,
    )
    return text.removesuffix("\n").split("\n")

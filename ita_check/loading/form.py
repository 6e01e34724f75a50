"""The lines of a form as evidence, and evidence files as the lines of a form.

A form says the same as an evidence file; both come to the same nodes, so both are typed, judged
and told about by the same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as MappingOf
from itertools import accumulate
from typing import cast

from ita_check.characters import is_blank
from ita_check.errors import Problem
from ita_check.loading.evidence import typed_evidence
from ita_check.loading.files import FolderFiles
from ita_check.loading.reading import is_absent
from ita_check.loading.source import Mapping, Node, Refused, Scalar, Sequence, Source, decode, parse
from ita_check.loading.template import fields_worth_asking
from ita_check.loading.written import Tree
from ita_check.model.catalogue import Catalogue, Field
from ita_check.model.evidence import Evidence
from ita_check.model.form import SEVERAL, Line, Path, field_at, joined, keyed, shown, values_in
from ita_check.texts import phrase

# Where the number of an item stands in its path.
_ITEM = 2
_ENDS, _RANGE = ("from", "to"), " - "


def evidence_of_lines(
    name: str,
    lines: tuple[Line, ...],
    problems: Iterable[Problem],
    catalogue: Catalogue,
    files: FolderFiles,
    sha256: str,
) -> Evidence:
    """The evidence that a form declares; raises `CannotJudge` with every problem of it.

    `problems` are those that its reader found. Every line has a cell.
    """
    texts = [" ".join(line.text.splitlines()) + "\n" for line in lines]
    starts = tuple(accumulate(map(len, texts), initial=0))[:-1] or (0,)
    cells = tuple(line.cell for line in lines if line.cell is not None)
    assert len(cells) == len(lines), "a form has a cell for every line"
    source = Source(name, "".join(texts), starts, list(problems), cells)
    filled = [
        (line.path, line, start)
        for line, start in zip(lines, starts, strict=True)
        if line.refused or not is_blank(line.text)
    ]
    _note_repeated(source, filled, catalogue)
    # A place without a number: of several items each has its own, of one none, as in a file.
    root = _node(_numbered(filled), catalogue, ())
    evidence = typed_evidence(
        source,
        root if type(root) is Mapping else Mapping(0),
        catalogue,
        files,
        sha256,
    )
    positions = dict(evidence.source.positions)
    ranks = _Ranks(path for path, _, _ in filled)
    for line, start in zip(lines, starts, strict=True):
        # What is told of a blank place, or of what is above it, is told at its cell.
        path = ranks.of(line.path) or ()
        for length in range(len(path), 0, -1):
            positions.setdefault(_written(path[:length]), start)
    return evidence._replace(source=evidence.source._replace(positions=positions))


_Filled = tuple[Path, Line, int]


def _note_repeated(source: Source, filled: list[_Filled], catalogue: Catalogue) -> None:
    """Tell where a place that takes one value has a second one."""
    first: dict[Path, Line] = {}
    for path, line, start in filled:
        described = field_at(catalogue, path)
        if described is None or described.type in SEVERAL:
            continue
        before = first.setdefault(path, line)
        if before is not line and before.cell is not None:
            told = phrase("form.twice", field=described.label, first=before.cell.name)
            source.problem(told, start, len(line.text), _written(path))


class _Ranks:
    """Numbers from 0 without a gap: of what is left blank between two that are filled, none.

    An only item of a kind has no number, as in a file.
    """

    def __init__(self, filled: Iterable[Path]) -> None:
        numbers: dict[Path, set[int]] = {}
        for path in filled:
            for at, step in enumerate(path):
                if isinstance(step, int):
                    numbers.setdefault(path[:at], set()).add(step)
        self._ranks = {
            above: {number: rank for rank, number in enumerate(sorted(found))}
            for above, found in numbers.items()
        }

    def of(self, path: Path) -> Path | None:
        """The path with its numbers; None for a blank place that is none of what is filled."""
        steps: list[str | int] = []
        for at, step in enumerate(path):
            if isinstance(step, str):
                steps.append(step)
                continue
            # Where nothing is filled at all, the first blank place stands for it.
            ranks = self._ranks.get(path[:at], {0: 0})
            if step not in ranks:
                return None
            if path[0] != "evidence" or at != _ITEM or len(ranks) > 1:
                steps.append(ranks[step])
        return tuple(steps)


def _numbered(filled: list[_Filled]) -> list[_Filled]:
    """Lines with the paths that they have in a file."""
    ranks = _Ranks(path for path, _, _ in filled)
    return [(ranks.of(path) or path, line, start) for path, line, start in filled]


def _node(filled: list[_Filled], catalogue: Catalogue, path: Path) -> Node:
    """The node of lines whose paths begin alike; what is behind that beginning is left of them."""
    start = filled[0][2] if filled else 0
    if filled and not filled[0][0]:
        return _values(filled, catalogue)
    if filled and isinstance(filled[0][0][0], int):
        listed = Sequence(start)
        for number, below in _grouped(filled):
            listed.items.append(_node(below, catalogue, (*path, number)))
        return listed
    mapping = Mapping(start)
    for key, below in _grouped(filled):
        begins = below[0][2]
        name = Scalar(str(key), False, begins, begins + 1)
        mapping.entries[str(key)] = (name, _node(below, catalogue, (*path, key)))
    return mapping


def _grouped(filled: list[_Filled]) -> Iterator[tuple[str | int, list[_Filled]]]:
    """Lines by the first step of their paths, numbers in their order, keys as they come."""
    groups: dict[str | int, list[_Filled]] = {}
    for path, line, start in filled:
        groups.setdefault(path[0], []).append((path[1:], line, start))
    numbers = sorted(key for key in groups if isinstance(key, int))
    for key in numbers or groups:
        yield key, groups[key]


def _values(filled: list[_Filled], catalogue: Catalogue) -> Node:
    nodes: list[Node] = []
    for _, line, start in filled:
        described = field_at(catalogue, line.path)
        if nodes and (described is None or described.type not in SEVERAL):
            break  # that it stands twice is told already
        if line.refused or described is None:
            nodes.append(Refused("*", False, start, start + 1))
            continue
        for offset, text in values_in(described, line.text):
            begins = start + offset
            nodes.append(Scalar(text, False, begins, begins + len(text)))
    if len(nodes) == 1:
        return nodes[0]
    several = Sequence(filled[0][2])
    several.items.extend(nodes)
    return several


def _written(path: Path) -> str:
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


# From an evidence file to a form, and from a form to an evidence file.


def lines_of_file(name: str, data: bytes, catalogue: Catalogue) -> tuple[Line, ...]:
    """The values of an evidence file that can be judged, as the lines of a form."""
    root = parse(decode(name, data))
    assert type(root) is Mapping, "it was read before"
    return tuple(_lines(root, (), catalogue))


def _lines(node: Node, path: Path, catalogue: Catalogue) -> Iterator[Line]:
    if is_absent(node):
        return
    described = field_at(catalogue, path)
    if described is not None:
        yield from _texts(node, described, path)
    elif type(node) is Sequence:
        for number, item in enumerate(node.items):
            yield from _lines(item, (*path, number), catalogue)
    elif type(node) is Mapping:
        alone = len(path) == 2 and path[0] == "evidence"
        one_of_several = path == ("exceptions",) or (field_is_list(catalogue, path))
        below = (*path, 0) if alone or one_of_several else path
        for key, (_, value) in node.entries.items():
            yield from _lines(value, (*below, key), catalogue)


def field_is_list(catalogue: Catalogue, path: Path) -> bool:
    """Whether a path leads to entries of a list of records."""
    if path[:1] != ("evidence",) or len(path) < 4 or isinstance(path[-1], int):
        return False
    fields: MappingOf[str, Field] = catalogue.kinds[str(path[1])].fields
    found: Field | None = None
    for step in path[3:]:
        if isinstance(step, str):
            found = fields[step]
            fields = found.fields or {}
    return found is not None and found.type == "records"


def _texts(node: Node, described: Field, path: Path) -> Iterator[Line]:
    if type(node) is Sequence:
        for item in node.items:
            if not is_absent(item):
                yield from _texts(item, described, path)
    elif type(node) is Mapping:
        ends = {key: value for key, (_, value) in node.entries.items()}
        said = [end.value.strip() for key in _ENDS if isinstance(end := ends.get(key), Scalar)]
        yield Line(path, _RANGE.join(said))
    elif isinstance(node, Scalar):
        yield Line(path, shown(described, node.value))


def whole_form(catalogue: Catalogue, year: int, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Every place that a form asks for, with what is declared; `year` is the form's, Buddhist."""
    declared: dict[Path, list[Line]] = {}
    for line in lines:
        declared.setdefault(line.path, []).append(line)
    declared[("fiscal_year",)] = [Line(("fiscal_year",), str(year))]
    found: list[Line] = []
    for path in _places(catalogue, tuple(declared)):
        described = field_at(catalogue, path)
        assert described is not None, "places are those of fields"
        texts = [line.text for line in declared.get(path, ())]
        found += [Line(path, text) for text in joined(described, texts) or ("",)]
    return tuple(found)


def _places(catalogue: Catalogue, declared: tuple[Path, ...]) -> Iterator[Path]:
    yield from (("agency", name) for name in catalogue.frame.agency)
    yield ("fiscal_year",)
    yield ("deadline",)
    for kind in catalogue.kinds.values():
        path = ("evidence", kind.name)
        worth = fields_worth_asking(kind, catalogue)
        for number in _numbers(path, declared):
            yield from _places_within((*path, number), kind.fields, worth, declared)
    for rule in catalogue.requirements:
        yield from (("actions", rule.id, name) for name in catalogue.frame.action)
    given = [path for path in declared if path[0] == "exceptions"]
    for number in _numbers(("exceptions",), declared) if given else ():
        yield from (("exceptions", number, name) for name in catalogue.frame.exception)


def _numbers(path: Path, declared: tuple[Path, ...]) -> Iterable[int]:
    """The numbers of what is one of several below a path; of what is not declared one is asked."""
    depth = len(path)
    found = {
        number
        for one in declared
        if one[:depth] == path and len(one) > depth and isinstance(number := one[depth], int)
    }
    return sorted(found) or [0]


def _places_within(
    path: Path, fields: MappingOf[str, Field], worth: list[str], declared: tuple[Path, ...]
) -> Iterator[Path]:
    here = [one for one in declared if one[: len(path)] == path]
    for name, described in fields.items():
        at = (*path, name)
        given = any(one[: len(at)] == at for one in here)
        if name not in worth and not given:
            continue
        if not described.fields:
            yield at
        elif described.type == "records":
            for number in _numbers(at, tuple(here)):
                below = described.fields
                yield from _places_within((*at, number), below, list(below), tuple(here))
        else:
            yield from _places_within(at, described.fields, list(described.fields), tuple(here))


def tree_of_lines(lines: tuple[Line, ...], catalogue: Catalogue) -> MappingOf[str, Tree]:
    """The sections of an evidence file that says what the lines say; blank ones are left out."""
    filled = []
    for line in lines:
        described = field_at(catalogue, line.path)
        if described is not None and not is_blank(line.text):
            filled.append((line.path, line._replace(text=keyed(described, line.text)), 0))
    root = _node(_numbered(filled), catalogue, ())
    tree = _tree(root)
    assert not isinstance(tree, str | list), "the sections are a mapping"
    return cast("MappingOf[str, Tree]", tree)


def _tree(node: Node) -> Tree:
    if type(node) is Mapping:
        return {key: _tree(value) for key, (_, value) in node.entries.items()}
    if type(node) is Sequence:
        return [_tree(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.value

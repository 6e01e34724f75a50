"""What a reader of the report should look at: spellings of the name, years, units."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from ita_check.characters import normalised
from ita_check.model.calendar import FULL_MONTHS
from ita_check.model.catalogue import Requirement
from ita_check.model.checks import Year
from ita_check.office.importing.blocks import FieldName
from ita_check.office.importing.cells import Values
from ita_check.office.importing.similar import within

_NAME = re.compile(
    "(?:เทศบาล(?:นคร|เมือง|ตำบล)|องค์การบริหารส่วน(?:ตำบล|จังหวัด)|เมืองพัทยา|กรุงเทพมหานคร)[ก-ฮะ-์]{0,60}"
)
# From here on two names are one, spelled in two ways; น้อย and ใหญ่ of two towns are further apart.
_ONE_NAME = 0.85
_MOST_NAMES = 10
_BARE_NAME = re.compile("(?:เทศบาล(?:นคร|เมือง|ตำบล)|องค์การบริหารส่วน(?:ตำบล|จังหวัด))")
_FISCAL_YEAR = re.compile(r"ปีงบประมาณ\s*(?:พ\.\s?ศ\.)?\s*([0-9๐-๙]{4})(?![0-9๐-๙])")
_ACT = re.compile(
    r"(?:พระราชบัญญัติ|พ\.ร\.บ\.|พระราชกฤษฎีกา|รัฐธรรมนูญ|กฎกระทรวง|ระเบียบ|ข้อบัญญัติ|เทศบัญญัติ)"
    r"[^0-9\n]{0,160}?(?:\(ฉบับที่ [0-9]+\) ?)?พ\.\s?ศ\.\s?[0-9]{4}"
)
_RANGE = re.compile(r"([0-9]{4}) ?[-–—] ?(?:พ\.\s?ศ\.\s?)?([0-9]{4})")
_YEAR = re.compile(
    rf"(?:พ\.\s?ศ\.|ค\.\s?ศ\.|ปี|ประมาณ|{'|'.join(FULL_MONTHS)}|\.) ?([0-9]{{4}})(?![0-9])"
)
_ALIKE = 0.9


class Names(NamedTuple):
    """The agency's name: the spelling taken, and all of them with how often each is there."""

    taken: str
    counts: tuple[tuple[str, int], ...]


class WrongYear(NamedTuple):
    """A year that does not fit: of which requirement and cell, and which would fit."""

    requirement: str
    field: FieldName | None
    year: int
    fitting: tuple[int, ...]


class OtherUnits(NamedTuple):
    """A step that stands twice in the report, with different units."""

    first: str
    second: str
    units: tuple[str, str]


def names_of(cover: Iterable[str], texts: Iterable[str]) -> Names:
    """The agency's name as the cover spells it, else as it is spelled most often."""
    on_cover = list(dict.fromkeys(name for line in cover for name in _names(normalised(line))))
    tokens = Counter(name for text in texts for name in _names(normalised(text)))
    # A name stands on a cover once or twice; a list of towns is no cover.
    bases = on_cover[:_MOST_NAMES] or [name for name, _ in tokens.most_common(1)]
    counts: Counter[str] = Counter()
    for token, times in tokens.items():
        known = max((base for base in bases if token.startswith(base)), key=len, default=None)
        if known is not None:
            counts[known] += times
        elif any(_is_one_name(token, base) for base in bases):
            counts[token] += times
    taken = on_cover[0] if len(on_cover) == 1 else max(counts, key=counts.__getitem__, default="")
    return Names(taken, tuple(counts.most_common()))


def _names(text: str) -> Iterator[str]:
    for found in _NAME.finditer(text):
        if not _BARE_NAME.fullmatch(found.group()):
            yield found.group()


def _is_one_name(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= _ONE_NAME


def fiscal_year_of(cover: Iterable[str]) -> str:
    """The fiscal year that the cover names, as it is written; nothing where it names none or two."""
    found = [match[1] for line in cover for match in _FISCAL_YEAR.finditer(line)]
    return found[0] if len({normalised(year) for year in found}) == 1 else ""


def years_of(text: str) -> tuple[int, ...]:
    """The years that a text names, those of acts and of plans over several years left out."""
    bare = _RANGE.sub(" ", _ACT.sub(" ", normalised(text)))
    return tuple(int(year) for year in _YEAR.findall(bare))


def wrong_years(
    rule: Requirement, text: str, values: Values, fiscal_year: int
) -> Iterator[WrongYear]:
    """The years of a step and of its cells that do not fit the fiscal year of the report."""
    named = years_of(text)
    wanted = _wanted(rule, fiscal_year)
    if named and wanted and not set(named) & set(wanted):
        yield WrongYear(rule.id, None, named[0], wanted)
        named = ()
    around = (fiscal_year - 1, fiscal_year)
    cells: list[tuple[FieldName | None, tuple[int, ...], tuple[int, ...]]]
    cells = [(None, named, around)]
    for field, value in values.items():
        said = value.text if isinstance(value.text, str) else " ".join(value.text)
        # What comes of it may be meant for the year after; a period may not.
        after = () if field == "period" else (fiscal_year + 1,)
        cells.append((field, years_of(said), around + after))
    for where, years, fitting in cells:
        for year in dict.fromkeys(years):
            if year not in fitting:
                yield WrongYear(rule.id, where, year, fitting[:2])


def _wanted(rule: Requirement, fiscal_year: int) -> tuple[int, ...]:
    """The years of which a requirement asks its evidence to be, none where it does not say."""
    before = {"current": 0, "previous": 1}
    names = [
        name
        for check in rule.year_checks
        if isinstance(check.test, Year) and not check.test.or_in_force
        for name in check.test.one_of
    ]
    return tuple(dict.fromkeys(fiscal_year - before[name] for name in names))


def other_units(
    steps: Sequence[tuple[Requirement, str]], units: Mapping[str, str]
) -> Iterator[OtherUnits]:
    """Steps that stand twice, word by word, but name different units."""
    # Publishing "these data" reads alike everywhere and is another step each time.
    own = [(rule, text) for rule, text in steps if not rule.publication and rule.id in units]
    for (one, text), (other, again) in combinations(own, 2):
        pair = (units[one.id], units[other.id])
        if normalised(pair[0]) != normalised(pair[1]) and _are_alike(text, again):
            yield OtherUnits(one.id, other.id, pair)


def _are_alike(one: str, other: str) -> bool:
    return min(within(one, other), within(other, one)) >= _ALIKE

"""Text of the evidence file as typed values: one function for each type of field."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from datetime import date

from ita_check.characters import is_blank, normalised
from ita_check.loading import dates
from ita_check.loading.reading import Reading, each, is_absent, scalar_text, unknown_key
from ita_check.loading.source import Mapping, Node, Scalar
from ita_check.loading.suggest import did_you_mean
from ita_check.model import address
from ita_check.model.calendar import Period
from ita_check.model.catalogue import Field, FieldType
from ita_check.model.evidence import Located, Record, Units
from ita_check.texts import Phrase

TRUE = frozenset({"true", "yes", "ใช่", "มี"})
FALSE = frozenset({"false", "no", "ไม่ใช่", "ไม่มี"})
_COUNT = re.compile(r"\d{1,12}|\d{1,3}(?:,\d{3}){1,3}", re.ASCII)
_DECIMAL = re.compile(r"(?:\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.\d{1,6})?", re.ASCII)
_NUMBER_RANGE = re.compile(r"(\d{1,3}) ?(?:-|–|—|ถึง) ?(\d{1,3})", re.ASCII)


def read_record(
    reading: Reading, node: Mapping, fields: MappingOf[str, Field], path: str
) -> Record:
    """The fields of a mapping as typed values; what is blank is left out."""
    values: dict[str, object] = {}
    positions = reading.positions
    positions[path] = node.start
    for name, (key, value) in node.entries.items():
        at = f"{path}.{name}"
        described = fields.get(name)
        if described is None:
            unknown_key(reading, key, tuple(fields), at, "unknown_field")
        elif not is_absent(value):
            positions[at] = value.start
            typed = _READERS[described.type](reading, value, described, at)
            if typed is not None and typed != ():
                values[name] = typed
            elif type(value) is not Scalar and not reading.source.problems:
                positions.pop(at, None)  # blank all through, so it counts as not there
    return Record(path, values)


def read_value(reading: Reading, node: Node, described: Field, path: str) -> object:
    """The typed value of a field that is there, None where that is a problem."""
    return _READERS[described.type](reading, node, described, path)


def _text(reading: Reading, node: Node, described: Field, path: str) -> str | None:
    if type(node) is Scalar:
        return node.value
    reading.wrong(node, path, "one_value", field=described.name)
    return None


def _boolean(reading: Reading, node: Node, described: Field, path: str) -> bool | None:
    text = scalar_text(reading, node, described, path)
    if text is None:
        return None
    if text.casefold() in TRUE:
        return True
    if text.casefold() in FALSE:
        return False
    reading.wrong(node, path, "not_a_boolean", field=described.name, text=text)
    return None


def _count(reading: Reading, node: Node, described: Field, path: str) -> int | None:
    text = scalar_text(reading, node, described, path)
    if text is None:
        return None
    if text == "ไม่มี":
        return 0
    digits = text.replace(",", "")
    if _COUNT.fullmatch(text) and len(digits) <= 12:
        return int(digits)
    reading.wrong(node, path, "not_a_count", field=described.name, text=text)
    return None


def _decimal(reading: Reading, node: Node, described: Field, path: str) -> object:
    text = scalar_text(reading, node, described, path)
    if text is None:
        return None
    if text == "ไม่มี":
        text = "0"
    if _DECIMAL.fullmatch(text) and len(text.partition(".")[0].replace(",", "")) <= 12:
        from decimal import Decimal

        return Decimal(text.replace(",", ""))
    reading.wrong(node, path, "not_a_decimal", field=described.name, text=text)
    return None


def _moment(
    reading: Reading,
    node: Node,
    described: Field,
    path: str,
    read: Callable[[str, int | None], object],
) -> object:
    """What a reader of `dates` makes of a scalar; a two-digit year without a year stays untold."""
    text = scalar_text(reading, node, described, path)
    if text is None:
        return None
    try:
        return read(text, reading.year)
    except dates.NeedsFiscalYear:
        return None
    except dates.Unreadable as error:
        _note(reading, node, path, error)
        return None


def _note(reading: Reading, node: Node, path: str, error: dates.Unreadable) -> None:
    reading.told(node, path, error.message)


def _date(reading: Reading, node: Node, described: Field, path: str) -> object:
    return _moment(reading, node, described, path, dates.read_day)


def _year(reading: Reading, node: Node, described: Field, path: str) -> object:
    return _moment(reading, node, described, path, lambda text, _: dates.read_year(text))


def _period(reading: Reading, node: Node, described: Field, path: str) -> object:
    if type(node) is Mapping:
        return _from_to(reading, node, described, path)
    return _moment(reading, node, described, path, dates.read_period)


def _in_force(reading: Reading, node: Node, described: Field, path: str) -> object:
    if type(node) is Mapping:
        return _from_to(reading, node, described, path)
    return _moment(reading, node, described, path, dates.read_in_force)


def _from_to(reading: Reading, node: Mapping, described: Field, path: str) -> Period | None:
    ends: dict[str, date] = {}
    complete = True
    for name, (key, value) in node.entries.items():
        at = f"{path}.{name}"
        if name not in ("from", "to"):
            unknown_key(reading, key, ("from", "to"), at, "unknown_field")
        elif not is_absent(value):
            reading.positions[at] = value.start
            day = _date(reading, value, described, at)
            if isinstance(day, date):
                ends[name] = day
            else:
                complete = False
    if len(ends) == 2:
        try:
            return dates.period_between(ends["from"], ends["to"])
        except dates.Unreadable as error:
            _note(reading, node, path, error)
    elif complete and ends:
        reading.wrong(node, path, "period_needs_both", field=described.name)
    return None


def _days(reading: Reading, node: Node, described: Field, path: str) -> tuple[object, ...]:
    return _all(reading, node, described, path, _date)


def _dates(reading: Reading, node: Node, described: Field, path: str) -> tuple[object, ...]:
    return _all(reading, node, described, path, _day_or_period)


def _day_or_period(reading: Reading, node: Node, described: Field, path: str) -> object:
    if type(node) is Mapping:
        return _from_to(reading, node, described, path)
    return _moment(reading, node, described, path, dates.read_day_or_period)


def _all(
    reading: Reading,
    node: Node,
    described: Field,
    path: str,
    read: Callable[[Reading, Node, Field, str], object],
) -> tuple[object, ...]:
    found = [read(reading, item, described, at) for item, at in each(reading, node, path)]
    return tuple([value for value in found if value is not None])


def _months(reading: Reading, node: Node, described: Field, path: str) -> tuple[str, ...]:
    found: list[str] = []
    for item, at in each(reading, node, path):
        months = _moment(reading, item, described, at, dates.read_months)
        if isinstance(months, tuple):
            found.extend(months)
    return tuple(dict.fromkeys(found))


def _numbers(reading: Reading, node: Node, described: Field, path: str) -> tuple[str, ...]:
    keys = [value.key for value in described.values]
    found: list[str] = []
    for item, at in each(reading, node, path):
        text = scalar_text(reading, item, described, at)
        if text is None:
            continue
        span = _NUMBER_RANGE.fullmatch(text)
        if text.casefold() == "all" or text == "ทั้งหมด":
            found.extend(keys)
        elif text in keys:
            found.append(text)
        elif span and span[1] in keys and span[2] in keys and int(span[1]) <= int(span[2]):
            found.extend(str(number) for number in range(int(span[1]), int(span[2]) + 1))
        else:
            allowed = (*keys, f"{keys[0]}-{keys[-1]}", "all")
            _unknown_value(reading, item, at, described.name, text, allowed, "")
    return tuple(dict.fromkeys(found))


def _list(reading: Reading, node: Node, described: Field, path: str) -> tuple[object, ...]:
    return tuple(dict.fromkeys(_all(reading, node, described, path, _choice)))


def _choice(reading: Reading, node: Node, described: Field, path: str) -> str | None:
    text = scalar_text(reading, node, described, path)
    if text is None:
        return None
    for value in described.values:
        if text == value.key:
            return value.key
    for value in described.values:
        if text == normalised(value.label.th):
            return value.key
    keys = tuple(value.key for value in described.values)
    guess = did_you_mean(text, (*keys, *(normalised(value.label.th) for value in described.values)))
    _unknown_value(reading, node, path, described.name, text, keys, guess)
    return None


def _unknown_value(
    reading: Reading,
    node: Node,
    path: str,
    name: str,
    text: str,
    allowed: tuple[str, ...],
    hint: Phrase | str,
) -> None:
    reading.wrong(node, path, "unknown_value", field=name, text=text, hint=hint, allowed=allowed)


def _units(reading: Reading, node: Node, described: Field, path: str) -> Units | None:
    written = tuple(
        text
        for item, at in each(reading, node, path)
        if (text := _text(reading, item, described, at)) is not None
    )
    names = tuple(
        part.strip() for text in written for part in text.split("/") if not is_blank(part)
    )
    return Units(", ".join(text.strip() for text in written), names) if names else None


def _hosts(reading: Reading, node: Node, described: Field, path: str) -> tuple[object, ...]:
    return _all(reading, node, described, path, _host)


def _host(reading: Reading, node: Node, described: Field, path: str) -> str | None:
    text = scalar_text(reading, node, described, path)
    if text is None:
        return None
    host = None if any(c in text for c in "/@:? ") else address.comparable_host(text)
    if host is None:
        reading.wrong(node, path, "not_a_host", text=text)
    return host


def _address(reading: Reading, node: Node, described: Field, path: str) -> str | None:
    text = scalar_text(reading, node, described, path)
    if text is None or type(node) is not Scalar:
        return None
    written = node.value.strip()
    if address.split_url(written) is None:
        reading.wrong(node, path, "not_a_url", text=text)
        return None
    return written


def _urls(reading: Reading, node: Node, described: Field, path: str) -> tuple[object, ...]:
    return _all(reading, node, described, path, _url)


def _url(reading: Reading, node: Node, described: Field, path: str) -> Located | None:
    url = _address(reading, node, described, path)
    return Located(url, path) if url else None


def _files(reading: Reading, node: Node, described: Field, path: str) -> tuple[object, ...]:
    return _all(reading, node, described, path, _file)


def _file(reading: Reading, node: Node, described: Field, path: str) -> Located | None:
    if type(node) is not Scalar:
        reading.wrong(node, path, "one_value", field=described.name)
        return None
    name = node.value.strip()
    refusal = reading.files.refusal(name)
    if refusal is not None:
        reading.wrong(node, path, refusal, text=name)
        return None
    if not reading.files.has_content(name):
        reading.missing_files.add(path)
    return Located(name, path)


def _requirement(reading: Reading, node: Node, described: Field, path: str) -> str | None:
    text = scalar_text(reading, node, described, path)
    if text is None or text in reading.requirements:
        return text
    guess = did_you_mean(text, tuple(sorted(reading.requirements)))
    reading.wrong(node, path, "unknown_requirement", key=text, hint=guess)
    return None


def _record(reading: Reading, node: Node, described: Field, path: str) -> Record | None:
    if type(node) is not Mapping:
        reading.wrong(node, path, "not_a_mapping", field=described.name)
        return None
    record = read_record(reading, node, described.fields or {}, path)
    if record.values:
        return record
    reading.positions.pop(path)  # blank all through, so it counts as not there
    return None


def _records(reading: Reading, node: Node, described: Field, path: str) -> tuple[object, ...]:
    return _all(reading, node, described, path, _record)


_READERS: dict[FieldType, Callable[[Reading, Node, Field, str], object]] = {
    "text": _text,
    "boolean": _boolean,
    "count": _count,
    "decimal": _decimal,
    "date": _date,
    "days": _days,
    "dates": _dates,
    "year": _year,
    "period": _period,
    "in_force": _in_force,
    "months": _months,
    "numbers": _numbers,
    "list": _list,
    "choice": _choice,
    "units": _units,
    "hosts": _hosts,
    "website": _address,
    "url": _urls,
    "file": _files,
    "requirement": _requirement,
    "record": _record,
    "records": _records,
}

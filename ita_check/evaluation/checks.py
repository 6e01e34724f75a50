"""One function for each kind of check: what it looks at in an item, and the faults it finds.

The classes of `model/checks.py` say what each kind means; the codes are those of contract.md, 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import lru_cache

from ita_check.evaluation.look import LINKED, Fault, Look, labels, on_website, within
from ita_check.model import checks
from ita_check.model.address import comparable_url, without_secret
from ita_check.model.calendar import (
    Period,
    boundary,
    fiscal_year,
    months_of_fiscal_year,
    written_day,
    written_month,
)
from ita_check.model.evidence import Located, Record
from ita_check.texts import either


def includes(test: checks.Includes, look: Look) -> Iterator[Fault]:
    described = look.field(test.field)
    given = look.listed(test.field)
    missing = tuple(value for value in test.values if value not in given)
    if not given:
        yield look.missing(test.field, "list", wanted=labels(described, test.values))
    elif missing:
        yield _part_missing(look.item.at(test.field), look, test.field, labels(described, missing))


def includes_months(test: checks.IncludesMonths, look: Look) -> Iterator[Fault]:
    wanted = months_of_fiscal_year(look.evidence.fiscal_year, test.first, test.last)
    given = look.listed(test.field)
    missing = tuple(written_month(month) for month in wanted if month not in given)
    if not given:
        ends = (written_month(wanted[0]), written_month(wanted[-1]))
        yield look.missing(test.field, "months", first=ends[0], last=ends[1])
    elif missing:
        yield _part_missing(look.item.at(test.field), look, test.field, missing)


def includes_groups(test: checks.IncludesGroups, look: Look) -> Iterator[Fault]:
    described = look.field(test.field)
    given = look.listed(test.field)
    groups = {value.group for value in described.values if value.key in given}
    missing = tuple(group for group in test.groups if group not in groups)
    if not given:
        yield look.missing(test.field)
    elif missing:
        examples = tuple(
            either(value.label for value in described.values if value.group == group)
            for group in missing
        )
        path = look.item.at(test.field)
        yield _part_missing(path, look, test.field, examples, "group")


def at_least(test: checks.AtLeast, look: Look) -> Iterator[Fault]:
    entries = look.listed(test.of)
    if not entries:
        wording = "dated" if test.within_fiscal_year else ""
        yield look.missing(test.of, wording, count=test.number, year=look.evidence.fiscal_year)
        return

    def confirmed(entry: object) -> bool:
        return test.confirmed is None or (
            isinstance(entry, Record) and entry.values.get(test.confirmed) is True
        )

    fit = [entry for entry in entries if confirmed(entry)]
    dated = [moment(entry, test.date) for entry in fit] if test.within_fiscal_year else []
    count = sum(within(day, look.year) for day in dated) if test.within_fiscal_year else len(fit)
    if count >= test.number:
        return
    path = look.item.at(test.of)
    gaps = {
        "field": look.field(test.of).label,
        "key": test.of,
        "count": test.number,
        "found": count,
        "year": look.evidence.fiscal_year,
    }
    if test.within_fiscal_year:
        if only_outside(dated, entries, look.year) and len(entries) >= test.number:
            yield Fault("outside_fiscal_year", path, gaps, "list")
        else:
            yield Fault("too_few", path, gaps, "dated" if count else "none_dated")
    elif test.confirmed:
        label = look.field(test.confirmed, test.of).label
        yield Fault(
            "too_few", path, {**gaps, "wanted": label, "inner": test.confirmed}, "confirmed"
        )
    else:
        yield Fault("too_few", path, gaps)


def each(test: checks.Each, look: Look) -> Iterator[Fault]:
    entries = look.item.records(test.of)
    if not entries:
        yield look.missing(test.of)
    yield from _each_given(entries, test.of, test.given, look)


def given(test: checks.Given, look: Look) -> Iterator[Fault]:
    for name in test.fields:
        if name not in look.item.values:
            yield look.missing(name)


def any_given(test: checks.AnyGiven, look: Look) -> Iterator[Fault]:
    if not any(name in look.item.values for name in test.fields):
        wanted = tuple(look.field(name).label for name in test.fields)
        yield look.missing(test.fields[0], "any", wanted=wanted)


def confirmed(test: checks.Confirmed, look: Look) -> Iterator[Fault]:
    for name in test.fields:
        if look.item.values.get(name) is not True:
            wording = "denied" if name in look.item.values else ""
            yield Fault("not_confirmed", look.item.at(name), _named(look, name), wording)


def year(test: checks.Year, look: Look) -> Iterator[Fault]:
    current = look.evidence.fiscal_year
    wanted = tuple(current if name == "current" else current - 1 for name in test.one_of)
    found = look.item.values.get(test.field)
    if found in wanted:
        return
    in_force = look.item.values.get(test.or_in_force) if test.or_in_force else None
    if isinstance(in_force, Period) and in_force.covers(look.year):
        return
    gaps = {**_named(look, test.field), "wanted": either(wanted), "found": found}
    if found is not None:
        yield Fault("wrong_fiscal_year", look.item.at(test.field), gaps)
    elif test.or_in_force and in_force is not None:
        yield _not_in_force(look, test.or_in_force, in_force, "covers")
    else:
        yield look.missing(test.field, "year", wanted=either(wanted))


def dated(test: checks.Dated, look: Look) -> Iterator[Fault]:
    days = [(name, look.item.values[name]) for name in test.fields if name in look.item.values]
    if not days:
        wanted = tuple(look.field(name).label for name in test.fields)
        yield look.missing(test.fields[0], "any" if len(wanted) > 1 else "", wanted=wanted)
        return
    first = _boundary(test.not_before, look)
    last = _boundary(test.not_after, look)
    if not any(_between(day, first, last) for _, day in days):
        name, day = days[0]
        yield _outside(look, name, day, first, last)


def state_of(test: checks.StateOf, look: Look) -> Iterator[Fault]:
    day = look.item.values.get(test.field)
    first, last = _boundary(test.not_before, look), _boundary(test.not_after, look)
    if not isinstance(day, date) or first is None:
        yield look.missing(test.field)
    elif day < first:
        gaps = {**_named(look, test.field), "wanted": written_day(first), "found": written_day(day)}
        yield Fault("as_of_too_early", look.item.at(test.field), gaps)
    elif not _between(day, first, last):
        yield _outside(look, test.field, day, first, last)


def overlaps_fiscal_year(test: checks.OverlapsFiscalYear, look: Look) -> Iterator[Fault]:
    period = look.item.values.get(test.field)
    if not isinstance(period, Period):
        yield look.missing(test.field)
    elif not period.overlaps(look.year):
        yield _not_in_force(look, test.field, period, "overlaps")


def published(test: checks.Published, look: Look) -> Iterator[Fault]:
    if look.item.urls or any(name in look.item.values for name in test.or_given):
        return
    wanted = tuple(look.field(name).label for name in ("url", *test.or_given))
    gaps = {"kind": look.kind.title, "wanted": wanted}
    yield Fault("not_published", look.item.at("url"), gaps, "any" if test.or_given else "")


def on_official_host(test: checks.OnOfficialHost, look: Look) -> Iterator[Fault]:
    found = look.item.urls
    if found and not on_website(look.item, look.evidence):
        gaps = {"kind": look.kind.title, "url": without_secret(found[0].text)}
        wording = "linkable" if LINKED in look.kind.fields else ""
        if not look.evidence.agency.hosts:
            wording = "no_hosts"
        yield Fault("not_official_host", found[0].path, gaps, wording)


def zero_declared(test: checks.ZeroDeclared, look: Look) -> Iterator[Fault]:
    if look.item.values.get(test.field) != 0:
        return
    declaration = look.item.values.get(test.by)
    if declaration is True and not test.given:
        return
    if isinstance(declaration, Record) and (
        all(name in declaration.values for name in test.given)
        and any(name in declaration.values for name in test.any_given)
    ):
        return
    gaps = {**_named(look, test.by), "count": look.field(test.field).label, "count_key": test.field}
    wording = ""
    if test.given:
        wording = "record"
        every = tuple(look.field(name, test.by).label for name in test.given)
        one_of = either(look.field(name, test.by).label for name in test.any_given)
        gaps.update(given=every, any_given=one_of)
    yield Fault("no_declaration", look.item.at(test.by), gaps, wording)


def sums(test: checks.Sums, look: Look) -> Iterator[Fault]:
    total = look.item.values.get(test.total)
    parts = [look.item.values.get(name) for name in test.parts]
    numbers = [part for part in parts if isinstance(part, int)]
    if isinstance(total, int) and len(numbers) == len(parts) and sum(numbers) != total:
        gaps = {
            **_named(look, test.total),
            "parts": tuple(look.field(name).label for name in test.parts),
            "sum": sum(numbers),
            "total": total,
        }
        yield Fault("sum_mismatch", look.item.at(test.total), gaps)


def separate_from(test: checks.SeparateFrom, look: Look) -> Iterator[Fault]:
    others = look.evidence.items.get(test.kind)
    if not others:
        yield Fault("not_declared", f"evidence.{test.kind}", {"key": test.kind}, "other")
        return
    theirs = _addresses(others)
    if not theirs:
        if look.item.values.get(test.confirmed) is not True:
            gaps = {"key": "url", "confirmed": test.confirmed, "field": look.field("url").label}
            yield Fault("field_missing", others[0].at("url"), gaps, "separate")
        return
    for own in look.item.urls:
        other = theirs.get(comparable_url(own.text))
        if other is not None:
            where = look.evidence.source.place(other.path).where
            said = {"url": without_secret(own.text), "where": where}
            yield Fault("not_separate", own.path, said)
            return


@lru_cache(maxsize=1)
def _addresses(items: tuple[Record, ...]) -> dict[str, Located]:
    """Every URL of the items by its comparable form; asked for once for each item held against it."""
    return {comparable_url(url.text): url for item in items for url in item.urls}


def has_risk(test: checks.HasRisk, look: Look) -> Iterator[Fault]:
    if _risks(test.of, test.topic, look):
        return
    path = look.item.at(test.of)
    if test.topic is None:
        gaps = {"field": look.field(test.of).label, "key": test.of, "count": 1, "found": 0}
        yield Fault("too_few", path, gaps)
    else:
        topic = look.field("topic", test.of).label_of(test.topic)
        yield Fault("risk_topic_missing", path, {"topic": topic, "topic_key": test.topic})


def each_risk(test: checks.EachRisk, look: Look) -> Iterator[Fault]:
    yield from _each_given(_risks(test.of, test.topic, look), test.of, test.given, look)


def risk_managed(test: checks.RiskManaged, look: Look) -> Iterator[Fault]:
    year_over = look.year.end is not None and look.as_of > look.year.end
    for risk in _risks(test.of, test.topic, look):
        missing = tuple(name for name in (test.measure, test.action) if name not in risk.values)
        if missing:
            gaps = {
                "missing": tuple(look.field(name, test.of).label for name in missing),
                "keys": tuple(f"`{name}`" for name in missing),
            }
            early = missing == (test.action,) and not year_over
            wording = "early" if early else ""
            yield Fault("risk_unmanaged", risk.path, gaps, wording, "warning" if early else None)


def together_in_year(test: checks.TogetherInYear, look: Look) -> Iterator[Fault]:
    entries = look.item.records(test.of)
    path = look.item.at(test.of)
    current = look.evidence.fiscal_year
    if not entries:
        yield look.missing(test.of, "dated", count=1, year=current)
        return
    dated = [moment(entry, test.date) for entry in entries]
    in_year = [e for e, day in zip(entries, dated, strict=True) if within(day, look.year)]
    if not in_year:
        label = look.field(test.of).label
        gaps = {"field": label, "key": test.of, "count": 1, "found": 0, "year": current}
        if only_outside(dated, entries, look.year):
            yield Fault("outside_fiscal_year", path, gaps, "list")
        else:
            yield Fault("too_few", path, gaps, "none_dated")
        return
    described = look.field(test.field, test.of)
    named = {value for entry in in_year for value in entry.listed(test.field)}
    missing = tuple(value for value in test.values if value not in named)
    place = in_year[0].at(test.field) if len(in_year) == 1 else path
    if not named:
        wanted = labels(described, test.values)
        yield look.missing_at(place, described, "list", wanted=wanted)
    elif missing:
        gaps = {"field": described.label, "key": test.field, "missing": labels(described, missing)}
        yield Fault("part_missing", place, gaps)


def moment(entry: object, date_field: str | None) -> object:
    """When an entry was: one of its fields, or the entry itself."""
    if date_field is None:
        return entry
    return entry.values.get(date_field) if isinstance(entry, Record) else None


def only_outside(dated: list[object], entries: Iterable[object], days: Period) -> bool:
    """Whether every entry is fit but for its date, and every date lies outside."""
    return (
        len(dated) == len(tuple(entries))
        and all(day is not None for day in dated)
        and not any(within(day, days) for day in dated)
    )


def _risks(of: str, topic: str | None, look: Look) -> tuple[Record, ...]:
    return tuple(
        risk for risk in look.item.records(of) if topic is None or topic in risk.listed("topic")
    )


def _each_given(
    entries: tuple[Record, ...], of: str, names: tuple[str, ...], look: Look
) -> Iterator[Fault]:
    for entry in entries:
        for name in names:
            if name not in entry.values:
                yield look.missing_at(entry.at(name), look.field(name, of))


def _named(look: Look, name: str) -> dict[str, object]:
    return {"field": look.field(name).label, "key": name}


def _part_missing(
    path: str, look: Look, name: str, missing: tuple[object, ...], wording: str = ""
) -> Fault:
    return Fault("part_missing", path, {**_named(look, name), "missing": missing}, wording)


def _boundary(name: checks.Boundary | None, look: Look) -> date | None:
    return boundary(name, look.evidence.fiscal_year) if name else None


def _between(day: object, first: date | None, last: date | None) -> bool:
    return isinstance(day, date) and (
        (first is None or first <= day) and (last is None or day <= last)
    )


def _outside(look: Look, name: str, day: object, first: date | None, last: date | None) -> Fault:
    gaps = _named(look, name)
    if isinstance(day, date):
        gaps["found"] = written_day(day)
    if first is not None:
        gaps["first"] = written_day(first)
    if last is not None:
        gaps["last"] = written_day(last)
    wording = "window" if first and last else "not_before" if first else "not_after"
    return Fault("outside_fiscal_year", look.item.at(name), gaps, wording)


def _not_in_force(look: Look, name: str, period: object, wording: str) -> Fault:
    assert isinstance(period, Period)
    days = fiscal_year(look.evidence.fiscal_year)
    assert days.end is not None
    gaps = {
        **_named(look, name),
        "first": written_day(days.start),
        "last": written_day(days.end),
        "year": look.evidence.fiscal_year,
    }
    return Fault("outside_fiscal_year", look.item.at(name), gaps, wording)


def channel_besides(test: checks.ChannelBesides, look: Look) -> Iterator[Fault]:
    """Nothing of one item: `publication.py` judges this check over all items of a rule."""
    return iter(())


# One function for each class.
JUDGES: dict[type[checks.Test], Callable[..., Iterator[Fault]]] = {
    checks.Includes: includes,
    checks.IncludesMonths: includes_months,
    checks.IncludesGroups: includes_groups,
    checks.AtLeast: at_least,
    checks.Each: each,
    checks.Given: given,
    checks.AnyGiven: any_given,
    checks.Confirmed: confirmed,
    checks.Year: year,
    checks.Dated: dated,
    checks.StateOf: state_of,
    checks.OverlapsFiscalYear: overlaps_fiscal_year,
    checks.Published: published,
    checks.OnOfficialHost: on_official_host,
    checks.ChannelBesides: channel_besides,
    checks.ZeroDeclared: zero_declared,
    checks.Sums: sums,
    checks.SeparateFrom: separate_from,
    checks.HasRisk: has_risk,
    checks.EachRisk: each_risk,
    checks.RiskManaged: risk_managed,
    checks.TogetherInYear: together_in_year,
}

"""What a check looks for, in words: the same for every year."""

from __future__ import annotations

from collections.abc import Mapping

from ita_check.model import checks
from ita_check.model.catalogue import Field, Kind
from ita_check.texts import Phrase, Text, either, phrase


def describe(test: checks.Test, kind: Kind) -> Phrase:
    """One check as a sentence, with the labels that its fields have in a kind."""
    word = next(name for name, model in checks.CHECK_KINDS.items() if isinstance(test, model))
    return phrase(f"checks.{_sentence(word, test)}", **_gaps(test, kind.fields))


def _sentence(word: str, test: checks.Test) -> str:
    """The key of the sentence: some kinds of check are said in more than one way."""
    match test:
        case checks.AtLeast(within_fiscal_year=True):
            return f"{word}.dated"
        case checks.AtLeast(confirmed=str()):
            return f"{word}.confirmed"
        case checks.Year(or_in_force=str()):
            return f"{word}.or_in_force"
        case checks.Dated(not_before=None):
            return f"{word}.not_after"
        case checks.Dated(not_after=None):
            return f"{word}.not_before"
        case checks.Published(or_given=(_, *_)):
            return f"{word}.or_given"
        case checks.ZeroDeclared(given=(_, *_)):
            return f"{word}.record"
        case checks.HasRisk(topic=str()) | checks.EachRisk(topic=str()):
            return f"{word}.topic"
    return word


def _gaps(test: checks.Test, fields: Mapping[str, Field]) -> dict[str, object]:
    """What fills the sentence: every value of the check, named as an officer knows it."""
    holder = str(getattr(test, "of", getattr(test, "by", "")))
    inner = (fields[holder].fields or {}) if holder in fields else {}
    known = {**fields, **inner}
    gaps: dict[str, object] = {}
    for name in test._fields:
        value = getattr(test, name)
        if name in ("values", "topic"):
            listed = fields.get(getattr(test, "field", "")) or inner.get(
                "topic" if name == "topic" else getattr(test, "field", "")
            )
            keys = value if isinstance(value, tuple) else (value,)
            gaps[name] = tuple(listed.label_of(key) if listed else key for key in keys if key)
        elif isinstance(test, checks.IncludesGroups) and name == "groups":
            values = fields[test.field].values
            gaps[name] = tuple(
                either(one.label for one in values if one.group == group) for group in value
            )
        elif name in ("first", "last"):
            gaps[name] = phrase(f"checks.month.{value}")
        elif name == "one_of":
            gaps[name] = either(phrase(f"checks.year_name.{one}") for one in value)
        elif name in ("not_before", "not_after") and value:
            gaps[name] = phrase(f"checks.boundary.{value}")
        elif isinstance(value, tuple):
            gaps[name] = tuple(_label(known, one) for one in value)
        elif isinstance(value, str):
            gaps[name] = _label(known, value)
        else:
            gaps[name] = value
    if isinstance(test, checks.SeparateFrom):
        gaps["kind"] = f"`{test.kind}`"
    if isinstance(test, checks.ChannelBesides):
        gaps["channel"] = fields["channels"].label_of(test.channel)
    if isinstance(test, checks.ZeroDeclared):
        gaps["any_given"] = either(_label(known, one) for one in test.any_given)
    return gaps


def _label(fields: Mapping[str, Field], name: str) -> Text:
    described = fields.get(name)
    label = described.label if described else Text(name, name)
    return Text(f"{label.th} (`{name}`)", f"{label.en} (`{name}`)")

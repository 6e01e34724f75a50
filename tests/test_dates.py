"""Days, months, periods and years in every notation of contract.md, section 2."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ita_check.characters import normalised
from ita_check.loading.dates import (
    NeedsFiscalYear,
    Unreadable,
    period_between,
    read_day,
    read_in_force,
    read_months,
    read_period,
    read_year,
)
from ita_check.model.calendar import (
    FULL_MONTHS,
    SHORT_MONTHS,
    Period,
    fiscal_year,
    months_of_fiscal_year,
    written_day,
    written_month,
)
from ita_check.texts import Language, Phrase, Text, phrase, said

FISCAL_YEAR = 2567
Refusal = tuple[str, dict[str, object]]
LANGUAGES: tuple[Language, ...] = ("th", "en")
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
repeatable = settings(derandomize=True, deadline=None, max_examples=100)


def day(text: str, year: int | None = FISCAL_YEAR) -> date:
    """A day as the evidence file's reader sees it: normalised first."""
    return read_day(normalised(text), year)


def period(text: str, year: int | None = FISCAL_YEAR) -> Period:
    return read_period(normalised(text), year)


def in_force(text: str, year: int | None = FISCAL_YEAR) -> Period:
    return read_in_force(normalised(text), year)


def months(text: str, year: int | None = FISCAL_YEAR) -> tuple[str, ...]:
    return read_months(normalised(text), year)


def told(key: str, /, **gaps: object) -> Refusal:
    """What a message says, whatever its wording: its key and what fills its gaps."""
    return key, gaps


def refusal(read: Callable[..., object], *arguments: object) -> Refusal:
    """The message with which a reader refuses a text."""
    with pytest.raises(Unreadable) as caught:
        read(*arguments)
    message = caught.value.message
    gaps = dict(message.gaps)
    # What fills a gap has to be said in both languages; otherwise nobody is told.
    for language in LANGUAGES:
        said_there = message.say(language)
        assert all(said(gap, language) in said_there for gap in gaps.values())
    return told(message.key.removeprefix("problems."), **gaps)


def no_such_day(text: str, month: int, year: int) -> Refusal:
    """The refusal of a day that the month of a Buddhist year does not have."""
    name = Text(FULL_MONTHS[month - 1], calendar.month_name[month])
    last = calendar.monthrange(year - 543, month)[1]
    return told("no_such_day", text=text, month=name, year=year, last=last)


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2567-03-31", date(2024, 3, 31)),
        ("2024-03-31", date(2024, 3, 31)),
        ("31/03/2567", date(2024, 3, 31)),
        ("31 มีนาคม 2567", date(2024, 3, 31)),
        ("๓๑ มี.ค. ๖๗", date(2024, 3, 31)),
        ("31 มี.ค. พ.ศ. 2567", date(2024, 3, 31)),
        ("31/3/2567", date(2024, 3, 31)),
        ("31/03/2024", date(2024, 3, 31)),
        ("31/03/67", date(2024, 3, 31)),
        ("๓๑/๐๓/๒๕๖๗", date(2024, 3, 31)),
        ("๒๕๖๗-๐๓-๓๑", date(2024, 3, 31)),
        ("31 มีนาคม ๒๕๖๗", date(2024, 3, 31)),
        ("31 มี.ค. 2024", date(2024, 3, 31)),
        ("31 มี.ค. ค.ศ. 2024", date(2024, 3, 31)),
        ("31 มี.ค. พ.ศ. ๖๗", date(2024, 3, 31)),
        ("31 มีค 2567", date(2024, 3, 31)),
        ("31 มี.ค 2567", date(2024, 3, 31)),
        ("31มี.ค.2567", date(2024, 3, 31)),
        ("  31\u00a0 มี.ค.\n2567 ", date(2024, 3, 31)),
        ("วันที่ 31 เดือน มีนาคม พ.ศ. 2567", date(2024, 3, 31)),
        ("1 มกราคม 2443", date(1900, 1, 1)),
        ("31 ธันวาคม 2643", date(2100, 12, 31)),
        ("1900-01-01", date(1900, 1, 1)),
        ("2100-12-31", date(2100, 12, 31)),
        # The leap day of 2567 BE is that of 2024; 2567 itself is no leap year.
        ("2567-02-29", date(2024, 2, 29)),
        ("29 ก.พ. 2567", date(2024, 2, 29)),
        ("29/2/2543", date(2000, 2, 29)),
    ],
)
def test_day(text: str, expected: date) -> None:
    """Each notation of a day reads as that Gregorian day."""
    assert day(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2568-02-29", no_such_day("2568-02-29", 2, 2568)),
        ("2023-02-29", no_such_day("2023-02-29", 2, 2566)),
        ("29 ก.พ. 2443", no_such_day("29 ก.พ. 2443", 2, 2443)),
        ("31 เม.ย. 2567", no_such_day("31 เม.ย. 2567", 4, 2567)),
        ("0/3/2567", no_such_day("0/3/2567", 3, 2567)),
        ("32 มี.ค. 67", no_such_day("32 มี.ค. 67", 3, 2567)),
        ("03/31/2567", told("no_such_month", text="03/31/2567", month=31)),
        ("1/0/2567", told("no_such_month", text="1/0/2567", month=0)),
        ("2567-31-03", told("no_such_month", text="2567-31-03", month=31)),
        ("31 มี.ค. พ.ศ. 2024", told("era_does_not_fit", era="พ.ศ.", text="2024", meant=2567)),
        ("31 มี.ค. ค.ศ. 2567", told("era_does_not_fit", era="ค.ศ.", text="2567", meant=2024)),
        ("31 มี.ค. ค.ศ. 24", told("year_needs_four_digits", text="24")),
        ("31 มี.ค. 567", told("year_needs_four_digits", text="567")),
        ("1899-12-31", told("year_out_of_range", text="1899")),
        ("2101-01-01", told("year_out_of_range", text="2101")),
        ("31/12/2399", told("year_out_of_range", text="2399")),
        ("1/1/2400", told("year_out_of_range", text="2400")),
        ("31 ธ.ค. 2442", told("year_out_of_range", text="2442")),
        ("1 ม.ค. 2644", told("year_out_of_range", text="2644")),
        ("0000-01-01", told("year_out_of_range", text="0000")),
        ("1/1/46", told("two_digit_year_too_far", text="46", year=2567)),
        ("1 ม.ค. 88", told("two_digit_year_too_far", text="88", year=2567)),
    ],
)
def test_day_refused(text: str, expected: Refusal) -> None:
    """A day that cannot be is refused with the reason."""
    assert refusal(day, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "31 มี.ค.",
        "31/03",
        "2567",
        "2567-03",
        "มี.ค. 2567",
        "31 xx 2567",
        "31 มกรา 2567",
        "31 March 2567",
        "31-03-2567",
        "31.03.2567",
        "2567/03/31",
        "2567-03-31T00:00:00",
        "31 มี.ค. 2567 เวลา 10:00",
        "12567-03-31",
        "31 มี.ค. 25670",
        "311 มี.ค. 2567",
        "1/2/567",
        "-1/2/2567",
        "31 มี.ค. -2567",
        "1/1/2567 - 2/1/2567",
        "yesterday",
        "ไม่มี",
    ],
)
def test_no_day(text: str) -> None:
    """What is written in no notation of a day is told."""
    assert refusal(day, text) == told("not_a_date", text=text)


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("1/1/47", 2567, 2547),
        ("1/1/87", 2567, 2587),
        ("1/1/99", 2580, 2599),
        ("1/1/00", 2580, 2600),
        ("1/1/09", 2590, 2609),
        ("1/1/90", 2509, 2490),
        ("1/1/43", 2443, 2443),
        ("1/1/43", 2643, 2643),
    ],
)
def test_two_digit_year(text: str, year: int, expected: int) -> None:
    """Two digits are the one Buddhist year within 20 years of the fiscal year."""
    assert day(text, year) == date(expected - 543, 1, 1)


@pytest.mark.parametrize(
    ("text", "year"), [("1/1/50", 2643), ("1 ม.ค. 44", 2643), ("1/1/42", 2443), ("1/1/30", 2443)]
)
def test_two_digit_year_out_of_range(text: str, year: int) -> None:
    """Two digits near the fiscal year do not reach beyond 2443 and 2643."""
    assert refusal(day, text, year)[0] == "year_out_of_range"


@pytest.mark.parametrize("text", ["1/1/67", "1 ม.ค. 67", "1 ม.ค. พ.ศ. 67"])
def test_two_digit_year_needs_fiscal_year(text: str) -> None:
    """Without a fiscal year two digits say no century, four digits do."""
    with pytest.raises(NeedsFiscalYear):
        day(text, None)
    assert refusal(day, text, None) == told("two_digit_year")
    assert day("1 ม.ค. 2567", None) == date(2024, 1, 1)


DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
ERAS = st.sampled_from(["พ.ศ. ", "พ.ศ.", "พศ. ", "พศ ", "พ.ศ ", "พ. ศ. "])
GREGORIAN_ERAS = st.sampled_from(["ค.ศ. ", "ค.ศ.", "คศ ", "ค. ศ. "])


@st.composite
def month_names(draw: st.DrawFn, month: int) -> str:
    """A month in full or short, with all, some or none of its dots."""
    short = SHORT_MONTHS[month - 1]
    return draw(
        st.sampled_from(
            [FULL_MONTHS[month - 1], short, short.replace(".", ""), short.removesuffix(".")]
        )
    )


@st.composite
def written(draw: st.DrawFn, year: int, month: int, number: int, fiscal: int | None) -> str:
    """A day of a Gregorian year in any notation; two digits only where `fiscal` allows them."""
    buddhist = year + 543
    two_digits = fiscal is not None and abs(buddhist - fiscal) <= 20
    years = [f"{buddhist}", f"{year}", *([f"{buddhist % 100:02}"] if two_digits else [])]
    padded = draw(st.sampled_from(["{}", "{:02}"]))
    form = draw(st.sampled_from(["iso", "slashes", "words"]))
    written_year = draw(st.sampled_from(years if form != "iso" else years[:2]))
    if form == "iso":
        text = f"{written_year}-{padded.format(month)}-{padded.format(number)}"
    elif form == "slashes":
        text = f"{padded.format(number)}/{padded.format(month)}/{written_year}"
    else:
        eras = GREGORIAN_ERAS if written_year == f"{year}" else ERAS
        era = draw(st.just("") | eras)
        gap = draw(st.sampled_from([" ", "  ", "\u00a0"]))
        text = f"{padded.format(number)}{gap}{draw(month_names(month))}{gap}{era}{written_year}"
    return text.translate(THAI) if draw(st.booleans()) else text


@st.composite
def days_as_written(draw: st.DrawFn) -> tuple[date, str, int]:
    """A day, one way to write it, and a fiscal year."""
    expected = draw(DAYS)
    near = draw(st.integers(-20, 20)) + expected.year + 543
    fiscal = min(max(near, 2443), 2643)
    text = draw(written(expected.year, expected.month, expected.day, fiscal))
    return expected, text, fiscal


@repeatable
@given(days_as_written())
@example((date(2024, 2, 29), "๒๙ กพ ๖๗", 2587))
@example((date(2001, 2, 3), "3/2/44", 2544))
def test_every_notation_reads_back(case: tuple[date, str, int]) -> None:
    """Any day from 1900 to 2100 in any notation reads back as the same day: nothing swaps."""
    expected, text, fiscal = case
    assert day(text, fiscal) == expected


@repeatable
@given(DAYS)
def test_what_is_printed_reads_back(expected: date) -> None:
    """A day as the report writes it in Thai can be written into the file."""
    assert day(written_day(expected).th, None) == expected


@repeatable
@given(st.data())
def test_impossible_days_are_refused(data: st.DataObject) -> None:
    """The day after the last of a month, and day 0, are refused in every notation."""
    year, month = data.draw(st.integers(1900, 2100)), data.draw(st.integers(1, 12))
    last = calendar.monthrange(year, month)[1]
    number = data.draw(st.one_of(st.just(0), st.integers(last + 1, 99)))
    text = data.draw(written(year, month, number, None))
    assert refusal(day, text) == no_such_day(normalised(text), month, year + 543)


@repeatable
@given(st.integers(1, 31), st.integers(13, 99), st.integers(2443, 2643))
def test_day_and_month_never_swap(number: int, month: int, year: int) -> None:
    """A thirteenth month is refused, even where swapping would make a day of it."""
    for text in (f"{number}/{month}/{year}", f"{year}-{month}-{number}"):
        assert refusal(day, text) == told("no_such_month", text=text, month=month)


@repeatable
@given(st.integers(0, 9999), st.booleans())
def test_four_digit_years(number: int, words: bool) -> None:
    """2400 and later is Buddhist, earlier is Gregorian, and beyond two centuries is refused."""
    text = f"1 ม.ค. {number:04}" if words else f"{number:04}-01-01"
    if 1900 <= number <= 2100:
        assert day(text) == date(number, 1, 1)
    elif 2443 <= number <= 2643:
        assert day(text) == date(number - 543, 1, 1)
    else:
        assert refusal(day, text) == told("year_out_of_range", text=f"{number:04}")


@repeatable
@given(st.integers(0, 99), st.integers(2464, 2622))
def test_two_digit_years_reach_twenty_years(number: int, fiscal: int) -> None:
    """Two digits are read exactly where one Buddhist year lies within 20 of the fiscal year."""
    near = [year for year in range(fiscal - 20, fiscal + 21) if year % 100 == number]
    text = f"1/1/{number:02}"
    if near:
        assert day(text, fiscal) == date(near[0] - 543, 1, 1)
    else:
        assert refusal(day, text, fiscal) == told(
            "two_digit_year_too_far", text=f"{number:02}", year=fiscal
        )


@repeatable
@given(st.text(alphabet="0123456789๐๖๗/-–— .พศคมีกถง\u200b", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever stands there, a reader gives a value or a message in two languages."""
    for read in (day, period, in_force, months):
        found = outcome(read, text)
        assert found
        if isinstance(found, Phrase):
            assert all(found.say(language) for language in LANGUAGES)


def outcome(read: Callable[[str], object], text: str) -> object:
    """What a reader makes of a text: a value, or the message of its refusal."""
    try:
        return read(text)
    except Unreadable as error:
        return error.message


# ---------------------------------------------------------------- periods

WHOLE_YEAR = Period(date(2023, 10, 1), date(2024, 9, 30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 ต.ค. 2566 - 30 ก.ย. 2567", WHOLE_YEAR),
        ("๑ ตุลาคม ๒๕๖๖ - ๓๐ กันยายน ๒๕๖๗", WHOLE_YEAR),
        ("1 ต.ค. 2566 – 30 ก.ย. 2567", WHOLE_YEAR),
        ("1 ต.ค. 2566 — 30 ก.ย. 2567", WHOLE_YEAR),
        ("1 ต.ค. 2566 ถึง 30 ก.ย. 2567", WHOLE_YEAR),
        ("1 ต.ค. 2566ถึง30 ก.ย. 2567", WHOLE_YEAR),
        ("1 ต.ค. 2566-30 ก.ย. 2567", WHOLE_YEAR),
        ("1 ต.ค. 66 - 30 ก.ย. 67", WHOLE_YEAR),
        ("2566-10-01 - 2567-09-30", WHOLE_YEAR),
        ("2566-10-01-2567-09-30", WHOLE_YEAR),
        ("2023-10-01 – 2567-09-30", WHOLE_YEAR),
        ("01/10/2566-30/09/2567", WHOLE_YEAR),
        ("2566-10-01 ถึง 30/9/67", WHOLE_YEAR),
        ("ต.ค. 66 - ก.ย. 67", WHOLE_YEAR),
        ("ตุลาคม 2566 ถึง กันยายน พ.ศ. 2567", WHOLE_YEAR),
        ("2566-10 - 2567-09", WHOLE_YEAR),
        ("ต.ค. 66 - มี.ค. 67", Period(date(2023, 10, 1), date(2024, 3, 31))),
        ("ก.พ. 67 - ก.พ. 67", Period(date(2024, 2, 1), date(2024, 2, 29))),
        ("ก.พ. 2568 – ก.พ. 2568", Period(date(2025, 2, 1), date(2025, 2, 28))),
        ("14 ก.พ. 2567 - 14 ก.พ. 2567", Period(date(2024, 2, 14), date(2024, 2, 14))),
    ],
)
def test_period(text: str, expected: Period) -> None:
    """Each notation of a period reads as its first and last day."""
    assert period(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "30 ก.ย. 2567 - 1 ต.ค. 2566",
            told("ends_before_it_begins", text="30 ก.ย. 2567 - 1 ต.ค. 2566"),
        ),
        ("มี.ค. 67 - ต.ค. 66", told("ends_before_it_begins", text="มี.ค. 67 - ต.ค. 66")),
        ("31 เม.ย. 2567 - 1 พ.ค. 2567", no_such_day("31 เม.ย. 2567", 4, 2567)),
        ("1 ต.ค. 2566 - 31 ก.ย. 2567", no_such_day("31 ก.ย. 2567", 9, 2567)),
        (
            "1 ต.ค. พ.ศ. 2023 - 30 ก.ย. 2567",
            told("era_does_not_fit", era="พ.ศ.", text="2023", meant=2566),
        ),
        (
            "1 ต.ค. 2566 - 30 ก.ย. 99",
            told("two_digit_year_too_far", text="99", year=2567),
        ),
    ],
)
def test_period_refused(text: str, expected: Refusal) -> None:
    """A period that cannot be is refused with the reason."""
    assert refusal(period, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2567",
        "2566-2567",
        "1 ต.ค. 2566 -",
        "- 30 ก.ย. 2567",
        "1 ต.ค. 2566 30 ก.ย. 2567",
        "1 ต.ค. 2566 ~ 30 ก.ย. 2567",
        "1 ต.ค. 2566 - 30 ก.ย. 2567 - 1 ต.ค. 2567",
        "ตลอดปี",
    ],
)
def test_no_period(text: str) -> None:
    """What is written in no notation of a period is told."""
    assert refusal(period, text) == told("not_a_period", text=text)


@pytest.mark.parametrize("key", ["not_a_period", "ends_before_it_begins", "period_lacks_year"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_messages_about_periods_show_the_full_form(key: str, language: Language) -> None:
    """Each of them holds a period in full that can be written into the file."""
    full = "1 ต.ค. 2566 - 30 ก.ย. 2567"
    assert full in phrase(f"problems.{key}", text="x", full=full).say(language)
    assert period(full) == WHOLE_YEAR


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("1 ต.ค. – 31 ธ.ค. 2566", "1 ต.ค. 2566 - 31 ธ.ค. 2566"),
        ("1 ต.ค. - 31 ธ.ค. 66", "1 ต.ค. 2566 - 31 ธ.ค. 2566"),
        ("๑ ตุลาคม ถึง ๓๑ ธันวาคม ๒๕๖๖", "1 ต.ค. 2566 - 31 ธ.ค. 2566"),
        ("15 ธ.ค. — 15 ม.ค. 2567", "15 ธ.ค. 2566 - 15 ม.ค. 2567"),
        ("16 ม.ค. - 15 ม.ค. 2567", "16 ม.ค. 2566 - 15 ม.ค. 2567"),
        ("15 ม.ค. - 15 ม.ค. 2567", "15 ม.ค. 2567 - 15 ม.ค. 2567"),
        ("1 ต.ค. - 2567-03-31", "1 ต.ค. 2566 - 31 มี.ค. 2567"),
        ("1 ต.ค. - มี.ค. 67", "1 ต.ค. 2566 - 31 มี.ค. 2567"),
    ],
)
def test_period_without_year_shows_the_full_form(text: str, full: str) -> None:
    """Where the first day has no year, the message writes the period in full."""
    key, gaps = refusal(period, text)
    assert (key, gaps["full"]) == ("period_lacks_year", full)


@pytest.mark.parametrize(
    "text",
    [
        "ต.ค. - ธ.ค. 2566",
        "1 ต.ค. 2566 - 31 ธ.ค.",
        "ต.ค. 2566 - ธ.ค.",
        "1 - 31 ต.ค. 2566",
        "1 ต.ค. - 31 ธ.ค.",
        "1/10 - 31/12/2566",
    ],
)
def test_other_periods_without_year_are_refused(text: str) -> None:
    """A year that is missing elsewhere is an error too, never guessed."""
    assert refusal(period, text)[0] in ("not_a_period", "period_lacks_year")


SEPARATORS = st.sampled_from([" - ", "-", "–", " – ", "—", " — ", " ถึง ", "ถึง", " -", "- "])


@repeatable
@given(DAYS, DAYS, SEPARATORS, st.data())
def test_two_days_make_a_period(
    first: date, last: date, separator: str, data: st.DataObject
) -> None:
    """Two days in any notations with any separator are that period, unless it ends too early."""
    texts = [data.draw(written(one.year, one.month, one.day, None)) for one in (first, last)]
    text = separator.join(texts)
    if first <= last:
        assert period(text) == in_force(text) == Period(first, last)
    else:
        early = told("ends_before_it_begins", text=normalised(text))
        assert refusal(period, text) == refusal(in_force, text) == early


@st.composite
def months_as_written(draw: st.DrawFn) -> tuple[date, str]:
    """The first day of a month, and a way to write the month."""
    first = draw(DAYS).replace(day=1)
    year = draw(st.sampled_from([first.year, first.year + 543]))
    if draw(st.booleans()):
        text = f"{year}-{first.month:02}"
    else:
        era = draw(st.just("") | (ERAS if year > 2400 else GREGORIAN_ERAS))
        text = f"{draw(month_names(first.month))} {era}{year}"
    return first, text.translate(THAI) if draw(st.booleans()) else text


def spelled_out(first: date, last: date) -> tuple[str, ...]:
    """Every month from one to another."""
    every = (date(year, month, 1) for year in range(1900, 2101) for month in range(1, 13))
    return tuple(f"{month:%Y-%m}" for month in every if first <= month <= last)


@repeatable
@given(months_as_written(), months_as_written(), SEPARATORS)
def test_two_months_make_a_period(
    start: tuple[date, str], end: tuple[date, str], separator: str
) -> None:
    """Month to month is from the first day of the one to the last of the other."""
    (first, first_text), (last, last_text) = start, end
    text = f"{first_text}{separator}{last_text}"
    assert read_months(normalised(first_text), None) == (f"{first:%Y-%m}",)
    if first <= last:
        until = last.replace(day=calendar.monthrange(last.year, last.month)[1])
        assert period(text, None) == Period(first, until)
        assert months(text, None) == spelled_out(first, last)
    else:
        early = told("ends_before_it_begins", text=normalised(text))
        assert refusal(period, text, None) == refusal(months, text, None) == early


@repeatable
@given(st.dates(date(1901, 1, 1), date(2100, 12, 31)), st.integers(0, 364), SEPARATORS, st.data())
def test_the_full_form_can_be_written(
    last: date, before: int, separator: str, data: st.DataObject
) -> None:
    """The full form of a period without a first year reads as the year up to its last day."""
    first = last - timedelta(days=before)
    text = f"{first.day} {data.draw(month_names(first.month))}{separator}{written_day(last).th}"
    key, gaps = refusal(period, text)
    assert key == "period_lacks_year"
    assert period(str(gaps["full"])) == Period(first, last)


@pytest.mark.parametrize(
    "text", ["31 ก.พ. - 31 มี.ค. 2567", "29 ก.พ. - 31 มี.ค. 2568", "45 ก.พ. - 31 มี.ค. 2567"]
)
def test_no_impossible_day_is_suggested(text: str) -> None:
    """The full form is never one that the next run refuses."""
    key, gaps = refusal(period, text)
    assert key == "no_such_day" or isinstance(period(str(gaps["full"])), Period)


def test_period_between_two_days() -> None:
    """`{from:, to:}` is a period too, and is refused where it ends before it begins."""
    assert period_between(date(2023, 10, 1), date(2023, 10, 1)).end == date(2023, 10, 1)
    assert refusal(period_between, date(2024, 9, 30), date(2023, 10, 1)) == told(
        "ends_before_it_begins", text="30 ก.ย. 2567 - 1 ต.ค. 2566"
    )


# ---------------------------------------------------------------- in force


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2566-2570", Period(date(2022, 10, 1), date(2027, 9, 30))),
        ("๒๕๖๖ – ๒๕๗๐", Period(date(2022, 10, 1), date(2027, 9, 30))),
        ("2566—2570", Period(date(2022, 10, 1), date(2027, 9, 30))),
        ("2566 ถึง 2570", Period(date(2022, 10, 1), date(2027, 9, 30))),
        ("2570", Period(date(2026, 10, 1), date(2027, 9, 30))),
        ("2567-2567", WHOLE_YEAR),
        ("2566 เป็นต้นไป", Period(date(2022, 10, 1), None)),
        ("๒๕๖๖เป็นต้นไป", Period(date(2022, 10, 1), None)),
        ("1 ต.ค. 2566 เป็นต้นไป", Period(date(2023, 10, 1), None)),
        ("ต.ค. 66 เป็นต้นไป", Period(date(2023, 10, 1), None)),
        ("1 ต.ค. 2566 - 30 ก.ย. 2569", Period(date(2023, 10, 1), date(2026, 9, 30))),
        ("ต.ค. 66 - ก.ย. 67", WHOLE_YEAR),
        ("2443", Period(date(1899, 10, 1), date(1900, 9, 30))),
        ("2643", Period(date(2099, 10, 1), date(2100, 9, 30))),
    ],
)
def test_in_force(text: str, expected: Period) -> None:
    """A period, fiscal years, or either with what goes on."""
    assert in_force(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023-2027", told("gregorian_year", text="2023", meant=2566)),
        ("2566-2027", told("gregorian_year", text="2027", meant=2570)),
        ("2024", told("gregorian_year", text="2024", meant=2567)),
        ("2023 เป็นต้นไป", told("gregorian_year", text="2023", meant=2566)),
        ("2644", told("not_a_year", text="2644")),
        ("2570-2566", told("ends_before_it_begins", text="2570-2566")),
        (
            "1 ต.ค. - 30 ก.ย. 2569",
            told(
                "period_lacks_year",
                text="1 ต.ค. - 30 ก.ย. 2569",
                full="1 ต.ค. 2568 - 30 ก.ย. 2569",
            ),
        ),
        ("31 เม.ย. 2567 เป็นต้นไป", no_such_day("31 เม.ย. 2567", 4, 2567)),
    ],
)
def test_in_force_refused(text: str, expected: Refusal) -> None:
    """Fiscal years are Buddhist and in order."""
    assert refusal(in_force, text) == expected


@pytest.mark.parametrize("text", ["", "67", "66-70", "เป็นต้นไป", "2566 -", "ต่อเนื่อง"])
def test_not_in_force(text: str) -> None:
    """What is neither a period nor four-digit years is refused."""
    assert refusal(in_force, text) == told("not_a_period", text=text)


def test_onwards_without_end_is_refused() -> None:
    """A word repeated a thousand times is an unreadable period, not a crash."""
    assert refusal(in_force, normalised("2566 " + "เป็นต้นไป " * 1500))[0] == "not_a_period"


@repeatable
@given(st.integers(2443, 2643), st.integers(2443, 2643))
def test_fiscal_years_in_force(first: int, last: int) -> None:
    """A range of fiscal years covers each of them, and no other."""
    if last < first:
        early = told("ends_before_it_begins", text=f"{first}-{last}")
        assert refusal(in_force, f"{first}-{last}") == early
        return
    found = in_force(f"{first}-{last}")
    assert found == Period(fiscal_year(first).start, fiscal_year(last).end)
    assert all(found.covers(fiscal_year(year)) for year in (first, last))
    assert not found.overlaps(fiscal_year(last + 1))
    assert not found.overlaps(fiscal_year(first - 1))
    assert in_force(f"{first} เป็นต้นไป").covers(fiscal_year(last))


# ---------------------------------------------------------------- months


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ต.ค. 66", ("2023-10",)),
        ("ตุลาคม 2566", ("2023-10",)),
        ("2566-10", ("2023-10",)),
        ("2023-10", ("2023-10",)),
        ("๒๕๖๖-๑๐", ("2023-10",)),
        ("ต.ค. พ.ศ. 2566", ("2023-10",)),
        ("เดือน ตค 66", ("2023-10",)),
        (
            "ต.ค. 66 - มี.ค. 67",
            ("2023-10", "2023-11", "2023-12", "2024-01", "2024-02", "2024-03"),
        ),
        ("ธ.ค. 2566–ม.ค. 2567", ("2023-12", "2024-01")),
        ("2566-12-2567-01", ("2023-12", "2024-01")),
        ("ต.ค. 66 ถึง ต.ค. 66", ("2023-10",)),
    ],
)
def test_months(text: str, expected: tuple[str, ...]) -> None:
    """A month, or a range of months with both ends in it."""
    assert months(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2566-13", told("no_such_month", text="2566-13", month=13)),
        ("ต.ค. พ.ศ. 2023", told("era_does_not_fit", era="พ.ศ.", text="2023", meant=2566)),
        ("ต.ค. 2644", told("year_out_of_range", text="2644")),
        ("ต.ค. 40", told("two_digit_year_too_far", text="40", year=2567)),
        *(
            (text, told("not_a_month", text=text))
            for text in (
                "",
                "ต.ค.",
                "2566",
                "2566-2567",
                "1 ต.ค. 2566",
                "2566-10-01",
                "10/2566",
                "ต.ค. - มี.ค. 67",
                "ต.ค. 66 - มี.ค.",
            )
        ),
    ],
)
def test_months_refused(text: str, expected: Refusal) -> None:
    """What is no month is refused with the reason."""
    assert refusal(months, text) == expected


@repeatable
@given(st.integers(2444, 2643))
def test_months_of_a_fiscal_year(year: int) -> None:
    """The months that 5.1.4 asks for are those of October to March as they are read."""
    text = f"ต.ค. {year - 1} - มี.ค. {year}"
    assert months(text) == months_of_fiscal_year(year, 10, 3)
    assert " - ".join(written_month(m).th for m in (months(text)[0], months(text)[-1])) == text


# ---------------------------------------------------------------- fiscal years


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2024", "2567"),
        ("1900", "2443"),
        ("2100", "2643"),
        ("67", "2567"),
        ("๖๗", "2567"),
        ("๒๐๒๔", "2567"),
        ("พ.ศ. 2567", "2567"),
        ("ปี ๒๕๖๗", "2567"),
        ("2567.0", "2567"),
        ("2566-2567", "2566"),
        ("2566/67", "2566"),
        ("ค.ศ. 2024", "2567"),
        ("FY2024", "2567"),
        ("2024-09-30", "2567"),
        ("ปี 67", "2567"),
        ("2,567", "2567"),
    ],
)
def test_year_refused_with_the_year_meant(text: str, meant: str) -> None:
    """Anything but a four-digit Buddhist year is refused, and the year probably meant is named."""
    _, gaps = refusal(read_year, normalised(text))
    assert {name: str(gap) for name, gap in gaps.items()} == {
        "text": normalised(text),
        "meant": meant,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024", told("gregorian_year", text="2024", meant=2567)),
        ("67", told("short_year", text="67", meant="2567")),
        *(
            (text, told("not_a_year", text=text))
            for text in ("", "yes", "0", "25670", "2442", "2644", "1899", "2101", "1" * 5000)
        ),
    ],
)
def test_no_year(text: str, expected: Refusal) -> None:
    """Where no year can be guessed the text is refused, however long it is."""
    assert refusal(read_year, text) == expected


@repeatable
@given(st.integers(0, 99_999))
def test_only_buddhist_years_are_read(number: int) -> None:
    """2443 to 2643 are years; a Gregorian one names the Buddhist one, whatever else is refused."""
    text = str(number)
    if 2443 <= number <= 2643:
        assert read_year(text) == number
    elif 1900 <= number <= 2100:
        expected = told("gregorian_year", text=text, meant=number + 543)
        assert refusal(read_year, text) == expected
    else:
        assert refusal(read_year, text)[0] in ("short_year", "not_a_year")

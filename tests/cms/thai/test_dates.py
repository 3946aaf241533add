import re
from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from cms.thai.dates import (
    BE_OFFSET,
    MONTHS,
    SHORT_MONTHS,
    NotAThaiDate,
    fiscal_quarter,
    fiscal_year_be,
    format_be,
    parse_thai_date,
)
from cms.thai.digits import to_thai

DAY = date(2026, 11, 23)
# The Buddhist years 2400 to 2700 that the parser reads.
days = st.dates(date(2400 - BE_OFFSET, 1, 1), date(2700 - BE_OFFSET, 12, 31))


@pytest.mark.parametrize(
    ("style", "shown"),
    [("long", "23 พฤศจิกายน 2569"), ("formal", "๒๓ พฤศจิกายน พ.ศ. ๒๕๖๙"), ("short", "23 พ.ย. 2569")],
)
def test_each_style_shows_the_buddhist_era(style: str, shown: str) -> None:
    assert format_be(DAY, style) == shown


def test_the_time_of_an_instant_is_that_of_bangkok() -> None:
    assert format_be(datetime(2026, 11, 23, 6, 5, tzinfo=UTC), "time") == "13:05 น."


def test_an_instant_late_in_the_day_of_greenwich_is_the_next_day_in_bangkok() -> None:
    assert format_be(datetime(2026, 12, 31, 20, 0, tzinfo=UTC)) == "1 มกราคม 2570"


def test_a_day_has_no_time() -> None:
    with pytest.raises(ValueError, match="no time"):
        format_be(DAY, "time")


def test_an_unknown_style_is_refused() -> None:
    with pytest.raises(ValueError, match="long, formal, short, time"):
        format_be(DAY, "iso")


@pytest.mark.parametrize(
    "written",
    [
        "23/11/2569",
        "23-11-2569",
        "23.11.2569",
        "23 11 2569",
        " 23 / 11 / 2569 ",
        "23112569",
        "23/11/2026",
        "๒๓/๑๑/๒๕๖๙",
        "2026-11-23",
        "2569-11-23",
        "23 พฤศจิกายน 2569",
        "23 พ.ย. 2569",
        "23 พย 2569",
        "23พ.ย.2569",
        "23/พ.ย./2569",
        "๒๓ พฤศจิกายน พ.ศ. ๒๕๖๙",
        "23 พฤศจิกายน ค.ศ. 2026",
        "วันจันทร์ที่ 23 พฤศจิกายน พ.ศ. 2569",
        "วันที่ 23 พฤศจิกายน 2569",
        "23\u00a0พฤศจิกายน\u200b 2569",
    ],
)
def test_all_ways_to_write_one_day_are_read_alike(written: str) -> None:
    assert parse_thai_date(written) == DAY


def test_the_leap_day_of_a_buddhist_year_is_read() -> None:
    assert parse_thai_date("29/02/2567") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", "unreadable"),
        ("พรุ่งนี้", "unreadable"),
        ("23/11", "unreadable"),
        ("23 พฤศจิ 2569", "month_name"),
        ("23/13/2569", "month"),
        ("11/23/2026", "month"),
        ("23/0/2569", "month"),
        ("29/02/2568", "day"),
        ("31/04/2569", "day"),
        ("0/11/2569", "day"),
        ("23/11/69", "short_year"),
        ("23/11/25690", "short_year"),
        ("23/11/2399", "year"),
        ("23/11/2701", "year"),
        ("23/11/1899", "year"),
        ("23/11/2201", "year"),
        ("23 พฤศจิกายน ค.ศ. 2569", "year"),
        ("23 พฤศจิกายน พ.ศ. 2026", "year"),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(written: str, code: str) -> None:
    with pytest.raises(NotAThaiDate) as refused:
        parse_thai_date(written)
    assert refused.value.code == code


def test_the_edges_of_both_eras_are_read() -> None:
    edges = ["1/1/2400", "31/12/2700", "1/1/1900", "31/12/2200"]
    assert [parse_thai_date(edge).year for edge in edges] == [1857, 2157, 1900, 2200]


@given(days, st.sampled_from(["long", "formal", "short"]))
def test_every_shown_day_is_read_back(day: date, style: str) -> None:
    assert parse_thai_date(format_be(day, style)) == day


@given(days, st.sampled_from("/-. "), st.booleans())
def test_every_day_in_numbers_is_read_back(day: date, separator: str, in_thai: bool) -> None:
    written = separator.join([f"{day.day:02}", f"{day.month}", f"{day.year + BE_OFFSET}"])
    assert parse_thai_date(to_thai(written) if in_thai else written) == day


@given(days, st.sampled_from([MONTHS, SHORT_MONTHS]))
def test_every_name_of_a_month_is_read_without_blanks(day: date, names: tuple[str, ...]) -> None:
    assert parse_thai_date(f"{day.day}{names[day.month - 1]}{day.year + BE_OFFSET}") == day


@given(st.text())
def test_any_text_is_a_day_or_is_refused_with_a_sentence(text: str) -> None:
    with override("en"):
        try:
            answer = str(parse_thai_date(text))
        except NotAThaiDate as refused:
            answer = str(refused.message)
    assert re.fullmatch(r"\d{4}-\d\d-\d\d|[A-Z].+\.", answer)


@pytest.mark.parametrize(
    ("day", "year", "quarter"),
    [
        (date(2026, 9, 30), 2569, 4),
        (date(2026, 10, 1), 2570, 1),
        (date(2026, 12, 31), 2570, 1),
        (date(2027, 1, 1), 2570, 2),
        (date(2027, 4, 1), 2570, 3),
        (date(2027, 7, 1), 2570, 4),
    ],
)
def test_the_fiscal_year_begins_in_october_and_bears_the_year_of_its_end(day: date, year: int, quarter: int) -> None:
    assert (fiscal_year_be(day), fiscal_quarter(day)) == (year, quarter)


def test_the_last_evening_of_september_in_greenwich_is_the_new_fiscal_year_in_bangkok() -> None:
    instant = datetime(2026, 9, 30, 18, 0, tzinfo=UTC)
    assert (fiscal_year_be(instant), fiscal_quarter(instant)) == (2570, 1)

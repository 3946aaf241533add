"""Fiscal years and their quarters: first and last days, and how a report says of which days it is."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cms.thai.dates import fiscal_quarter, fiscal_year_be
from learning.reports.question import NOW, Days, fiscal_year_days, standing


@pytest.mark.parametrize(
    ("year", "quarter", "first", "last"),
    [
        (2569, 0, date(2025, 10, 1), date(2026, 9, 30)),
        (2569, 1, date(2025, 10, 1), date(2025, 12, 31)),
        (2569, 2, date(2026, 1, 1), date(2026, 3, 31)),
        (2569, 3, date(2026, 4, 1), date(2026, 6, 30)),
        (2569, 4, date(2026, 7, 1), date(2026, 9, 30)),
        (2567, 2, date(2024, 1, 1), date(2024, 3, 31)),
        (2571, 2, date(2028, 1, 1), date(2028, 3, 31)),
    ],
)
def test_a_fiscal_year_and_its_quarters_have_these_days(year: int, quarter: int, first: date, last: date) -> None:
    assert fiscal_year_days(year, quarter) == (first, last)


@given(year=st.integers(2500, 2650))
def test_four_quarters_follow_each_other_and_make_the_year(year: int) -> None:
    quarters = [fiscal_year_days(year, quarter) for quarter in (1, 2, 3, 4)]
    assert (quarters[0][0], quarters[-1][1]) == fiscal_year_days(year)
    for (_first, last), (first, _last) in pairwise(quarters):
        assert first == last + timedelta(days=1)
    begins, ends = fiscal_year_days(year)
    leap = year - 543
    has_29_february = leap % 4 == 0 and (leap % 100 != 0 or leap % 400 == 0)
    assert (ends - begins).days + 1 == (366 if has_29_february else 365)


@given(day=st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_every_day_lies_in_the_quarter_that_bears_its_number(day: date) -> None:
    first, last = fiscal_year_days(fiscal_year_be(day), fiscal_quarter(day))
    assert first <= day <= last


def test_the_year_turns_on_the_first_of_october() -> None:
    assert fiscal_year_days(2568)[1] + timedelta(days=1) == fiscal_year_days(2569)[0] == date(2025, 10, 1)


def test_29_february_belongs_to_the_second_quarter() -> None:
    first, last = fiscal_year_days(2567, 2)
    assert (last - first).days + 1 == 91
    assert first <= date(2024, 2, 29) <= last


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (NOW, "Data as of today, 23 พฤศจิกายน 2569"),
        (Days(until=date(2026, 9, 30)), "Data as of 30 กันยายน 2569"),
        (Days(*fiscal_year_days(2569)), "Fiscal year 2569: 1 ตุลาคม 2568 to 30 กันยายน 2569"),
        (Days(*fiscal_year_days(2569, 1)), "Quarter 1 of fiscal year 2569: 1 ตุลาคม 2568 to 31 ธันวาคม 2568"),
        (Days(date(2026, 1, 5), date(2026, 2, 6)), "5 มกราคม 2569 to 6 กุมภาพันธ์ 2569"),
        (Days(date(2025, 10, 1), date(2025, 12, 30)), "1 ตุลาคม 2568 to 30 ธันวาคม 2568"),
    ],
)
def test_a_report_says_of_which_days_it_is(days: Days, said: str) -> None:
    with translation.override(None):
        assert standing(days, today=date(2026, 11, 23)) == said

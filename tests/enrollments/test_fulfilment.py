"""When an assignment is fulfilled, by when it is due, and how long it holds: pure arithmetic."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learning.enrollments.fulfilment import LEAST_DAYS, Completion, due_day, fulfilled_on, months_later

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def done(course: int, day: int, hours: str = "3") -> Completion:
    return Completion(course, date(2026, 11, day), Decimal(hours))


def test_without_hours_the_last_of_all_courses_fulfils() -> None:
    completions = [done(2, 20), done(1, 5)]
    assert fulfilled_on(completions, courses={1, 2}, required_hours=None, counts_since=None) == date(2026, 11, 20)
    assert fulfilled_on(completions[:1], courses={1, 2}, required_hours=None, counts_since=None) is None


def test_with_hours_the_first_completions_that_make_so_many_fulfil() -> None:
    completions = [done(3, 25), done(2, 20), done(1, 5)]
    found = [
        fulfilled_on(completions, courses={1, 2, 3}, required_hours=Decimal(hours), counts_since=None)
        for hours in ("3", "3.5", "6", "9", "9.5")
    ]
    assert found == [date(2026, 11, 5), date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 25), None]


def test_a_course_counts_once_and_only_when_it_was_asked_for() -> None:
    completions = [done(1, 5), done(1, 6), done(9, 7)]
    assert fulfilled_on(completions, courses={1, 2}, required_hours=Decimal(6), counts_since=None) is None


def test_what_was_completed_before_the_day_that_counts_is_not_counted_and_the_day_itself_is() -> None:
    completions = [done(1, 5)]
    found = [
        fulfilled_on(completions, courses={1}, required_hours=None, counts_since=date(2026, 11, day)) for day in (5, 6)
    ]
    assert found == [date(2026, 11, 5), None]


def test_nothing_asked_is_never_fulfilled() -> None:
    assert fulfilled_on([done(1, 5)], courses=set(), required_hours=None, counts_since=None) is None


@pytest.mark.parametrize(
    ("base", "begun", "days", "due"),
    [
        (date(2026, 11, 1), date(2026, 11, 1), 60, date(2026, 12, 31)),
        (date(2026, 11, 1), date(2026, 12, 20), 60, date(2027, 1, 3)),  # late: two weeks
        (date(2026, 11, 1), date(2026, 12, 20), 7, date(2026, 12, 27)),  # fewer days were given than two weeks
        (date(2026, 11, 1), date(2026, 11, 10), 60, date(2026, 12, 31)),
    ],
)
def test_the_due_day(base: date, begun: date, days: int, due: date) -> None:
    assert due_day(base=base, begun_on=begun, due_days=days) == due


@given(DAYS, DAYS, st.integers(1, 1000))
def test_whoever_comes_in_has_two_weeks_or_all_the_days_there_are(base: date, begun: date, days: int) -> None:
    due = due_day(base=base, begun_on=begun, due_days=days)
    assert due >= begun + timedelta(days=min(days, LEAST_DAYS))
    assert due >= base + timedelta(days=days)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 11, 23), 24, date(2028, 11, 23)),
        (date(2026, 11, 23), -24, date(2024, 11, 23)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 1), 0, date(2026, 12, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_the_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later

"""Board terms: two years, at most two in a row; only what follows at once is in a row."""

from datetime import date

import pytest

from learning.organizations.terms import Seat, end_of_term, term_numbers


def seat(since: date, until: date | None = None, position: str = "board_member", number: int = 0) -> Seat:
    return Seat(position, since, until, number)


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (date(2025, 3, 20), date(2027, 3, 19)),
        (date(2024, 2, 29), date(2026, 2, 27)),
        (date(2025, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_term_lasts_two_years_to_the_day_before(since: date, until: date) -> None:
    assert end_of_term(since) == until


def test_a_seat_that_follows_is_the_next_term_and_so_on() -> None:
    seats = [
        seat(date(2022, 3, 20), date(2024, 3, 19)),
        seat(date(2024, 3, 20), date(2026, 3, 19)),
        seat(date(2026, 3, 20)),
    ]
    assert term_numbers(seats) == [1, 2, 3]


def test_a_few_months_until_the_meeting_do_not_break_the_row() -> None:
    assert term_numbers([seat(date(2022, 3, 20), date(2024, 3, 19)), seat(date(2024, 8, 16))]) == [1, 2]
    assert term_numbers([seat(date(2022, 3, 20), date(2024, 3, 19)), seat(date(2024, 8, 17))]) == [1, 1]


def test_a_meeting_a_little_earlier_than_two_years_begins_the_next_term() -> None:
    seats = [seat(date(2022, 4, 20), date(2024, 3, 31)), seat(date(2024, 4, 1), None, "board_chair")]
    assert term_numbers(seats) == [1, 2]


def test_another_position_within_the_term_belongs_to_it() -> None:
    seats = [seat(date(2024, 3, 20), date(2026, 3, 19)), seat(date(2025, 1, 10), date(2026, 3, 19), "board_chair")]
    assert term_numbers(seats) == [1, 1]


def test_who_left_by_lot_after_a_year_and_is_elected_again_begins_the_second_term() -> None:
    assert term_numbers([seat(date(2024, 3, 20), date(2025, 3, 19)), seat(date(2025, 3, 20))]) == [1, 2]


def test_what_is_recorded_counts_when_it_is_more() -> None:
    assert term_numbers([seat(date(2024, 3, 20), date(2026, 3, 19), number=2), seat(date(2026, 3, 20))]) == [2, 3]


def test_a_seat_without_an_end_is_followed_by_whatever_comes() -> None:
    assert term_numbers([seat(date(2016, 3, 20)), seat(date(2026, 3, 20), position="board_chair")]) == [1, 2]


def test_nobody_has_no_terms() -> None:
    assert term_numbers([]) == []

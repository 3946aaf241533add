"""Who was there, from what was scanned: pure."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from learning.workshops.presence import (
    Mark,
    Span,
    Stay,
    best_percent,
    counts,
    current,
    is_late,
    left_early,
    percent_attended,
    share_of,
    stay_of,
)

NINE = datetime(2026, 12, 14, 2, 0, tzinfo=UTC)
SPAN = Span(NINE, NINE + timedelta(hours=3))


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def test_nobody_seen_was_not_there() -> None:
    assert stay_of([], SPAN) is None
    assert share_of(None, SPAN) == 0
    assert not counts(None, SPAN)


@pytest.mark.parametrize(
    ("marks", "stay"),
    [
        ([Mark("in", at(-5))], Stay(at(-5), None)),
        ([Mark("in", at(-5)), Mark("in", at(10))], Stay(at(-5), None)),
        ([Mark("in", at(-5)), Mark("out", at(90))], Stay(at(-5), at(90))),
        ([Mark("in", at(-5)), Mark("out", at(60)), Mark("in", at(75))], Stay(at(-5), None)),
        ([Mark("in", at(-5)), Mark("out", at(60)), Mark("in", at(75)), Mark("out", at(170))], Stay(at(-5), at(170))),
        ([Mark("out", at(170))], Stay(at(0), at(170))),
        ([Mark("out", at(-20)), Mark("in", at(30))], Stay(at(-20), None)),
    ],
)
def test_the_order_in_which_scans_arrive_changes_nothing(marks: list[Mark], stay: Stay) -> None:
    assert {stay_of(order, SPAN) for order in permutations(marks)} == {stay}


@pytest.mark.parametrize(
    ("stay", "share", "is_counted"),
    [
        (Stay(at(-30), None), 1.0, True),
        (Stay(at(90), None), 0.5, True),
        (Stay(at(91), None), 89 / 180, False),
        (Stay(at(0), at(90)), 0.5, True),
        (Stay(at(0), at(89)), 89 / 180, False),
        (Stay(at(200), None), 0.0, False),
    ],
)
def test_half_a_session_is_a_session(stay: Stay, share: float, is_counted: bool) -> None:
    assert share_of(stay, SPAN) == pytest.approx(share)
    assert counts(stay, SPAN) is is_counted


def test_a_quarter_of_an_hour_is_neither_late_nor_early() -> None:
    assert [is_late(Stay(at(minutes), None), SPAN) for minutes in (15, 16)] == [False, True]
    assert [left_early(Stay(at(0), at(minutes)), SPAN) for minutes in (165, 164)] == [False, True]
    assert not left_early(Stay(at(0), None), SPAN)


def test_the_percentage_is_of_all_planned_sessions() -> None:
    """Half of the days are over and somebody was there each time: that is 50, not 100."""
    assert percent_attended(2, 4) == 50
    assert percent_attended(2, 3) == 66
    assert percent_attended(0, 0) == 0
    assert [best_percent(attended, over, 4) for attended, over in ((0, 0), (0, 1), (1, 2), (0, 4))] == [100, 75, 75, 0]


def test_the_door_opens_an_hour_before_and_closes_half_an_hour_after() -> None:
    afternoon = Span(at(240), at(420))
    spans = [(1, SPAN), (2, afternoon)]
    assert [current(spans, at(minutes)) for minutes in (-61, -60, 0, 179, 180, 209, 211, 420, 450, 451)] == [
        None,
        1,
        1,
        1,
        2,
        2,
        2,
        2,
        2,
        None,
    ]

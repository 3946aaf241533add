"""What is free is exactly what trying every day, room and team finds; the nearest are really the nearest."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.workshops.proposing import prices
from learning.workshops.proposing.free import Candidate, Clash, clashes, free_starts, nearest, working_days_between
from learning.workshops.proposing.problem import Problem
from tests.workshops.proposing.scenes import (
    DAYS,
    FAR,
    HOLIDAY,
    MALEE,
    NEAR,
    NEXT,
    SOMCHAI,
    WEEKS,
    WIPA,
    ask,
    every_candidate,
    problems,
    scene,
    whole,
)


def bare(candidates: list[Candidate]) -> list[Candidate]:
    """Without the trainers: of two equally dear teams either may be named."""
    return sorted(one._replace(trainers=()) for one in candidates)


@settings(deadline=None)
@given(problem=problems(most=1))
def test_the_free_days_are_those_that_trying_each_one_finds(problem: Problem) -> None:
    wish = problem.wishes[0]
    assert bare(free_starts(problem, wish)) == every_candidate(problem, wish)


@settings(deadline=None)
@given(problem=problems(most=1), day=st.sampled_from(WEEKS))
def test_the_three_nearest_are_those_that_sorting_all_finds(problem: Problem, day: date) -> None:
    def steps(one: Candidate) -> int:
        low, high = sorted((day, one.start))
        between = sum(1 for working in DAYS if low < working < high)
        return between + (low != high)

    wish = problem.wishes[0]
    everything = free_starts(problem, wish, anywhen=True)
    expected = sorted(everything, key=lambda one: (steps(one), one.cost, one))[:3]
    assert nearest(problem, wish, day) == expected


@settings(deadline=None)
@given(problem=problems(most=1))
def test_outside_the_windows_is_free_as_well_but_dearer(problem: Problem) -> None:
    wish = problem.wishes[0]
    inside = free_starts(problem, wish)
    outside = [one for one in free_starts(problem, wish, anywhen=True) if one not in inside]
    whenever = {one._replace(cost=one.cost - prices.OUTSIDE_WINDOWS) for one in outside}
    without = free_starts(problem, ask(**{**fields(wish), "windows": ()}))
    days = {(one.start, one.room) for one in inside}
    assert whenever == {one for one in without if (one.start, one.room) not in days}


def fields(wish: object) -> dict[str, object]:
    return {name: getattr(wish, name) for name in wish.__dataclass_fields__ if name != "id"}  # type: ignore[attr-defined]


def test_a_day_lists_its_rooms_by_cost_each_with_the_trainer_of_the_house() -> None:
    problem = scene(ask(), closed={2: {DAYS[0]}}, busy={MALEE: whole(DAYS[1])})
    assert free_starts(problem, ask())[:5] == [
        Candidate(DAYS[0], 2, NEAR, (MALEE,)),
        Candidate(DAYS[0], 42, NEXT, (MALEE,)),
        Candidate(DAYS[1], 2, NEAR, (SOMCHAI,)),
        Candidate(DAYS[1], 42, NEXT, (SOMCHAI,)),
        Candidate(DAYS[1], 202, FAR, (WIPA,)),
    ]


def test_a_named_center_keeps_its_rooms_and_lets_trainers_travel() -> None:
    problem = scene(ask(), busy={WIPA: whole(*DAYS[1:])})
    found = free_starts(problem, ask(center=2))
    travel = prices.OTHER_CENTER + prices.TRAINER_STEP * prices.FAR
    assert found[:2] == [Candidate(DAYS[0], 202, FAR, (WIPA,)), Candidate(DAYS[1], 202 + travel, FAR, (MALEE,))]
    assert {one.room for one in found} == {FAR}


def test_a_workshop_that_needs_no_trainer_asks_for_none() -> None:
    problem = scene(ask(), busy={one: whole(*DAYS) for one in (MALEE, SOMCHAI, WIPA)})
    assert free_starts(problem, ask(trainers=0))[0] == Candidate(DAYS[0], 2, NEAR, ())
    assert free_starts(problem, ask()) == []


def test_a_taken_day_is_answered_with_the_three_nearest() -> None:
    problem = scene(ask(), busy={NEAR: whole(DAYS[6]), NEXT: whole(DAYS[6]), FAR: whole(*DAYS)})
    assert nearest(problem, ask(people=30), DAYS[6]) == [
        Candidate(DAYS[5], 2, NEAR, (MALEE,)),
        Candidate(DAYS[7], 2, NEAR, (MALEE,)),
        Candidate(DAYS[5], 42, NEXT, (MALEE,)),
    ]


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [
        (date(2027, 1, 8), date(2027, 1, 8), 0),
        (date(2027, 1, 8), date(2027, 1, 11), 1),  # over a weekend
        (date(2027, 1, 5), date(2027, 1, 7), 1),  # over a holiday
        (HOLIDAY, date(2027, 1, 5), 1),
        (HOLIDAY, date(2027, 1, 7), 1),
        (HOLIDAY, date(2027, 1, 8), 2),
        (date(2027, 1, 4), date(2027, 1, 22), 13),
    ],
)
def test_distance_counts_working_days_both_ways(one: date, other: date, steps: int) -> None:
    problem = scene()
    assert (working_days_between(problem, one, other), working_days_between(problem, other, one)) == (steps, steps)


def test_everything_in_the_way_is_named() -> None:
    problem = scene(closed={1: {DAYS[0]}}, busy={NEAR: {(DAYS[1], "am")}, MALEE: whole(DAYS[1])})
    slots = [(DAYS[0], "am"), (DAYS[1], "am"), (DAYS[1], "pm"), (HOLIDAY, "am"), (DAYS[3], "am")]
    assert clashes(problem, NEAR, (MALEE, SOMCHAI), slots) == [
        Clash(NEAR, DAYS[0], "am", "closed"),
        Clash(NEAR, DAYS[1], "am"),
        Clash(MALEE, DAYS[1], "am"),
        Clash(MALEE, DAYS[1], "pm"),
        Clash(NEAR, HOLIDAY, "am", "holiday"),
    ]
    assert clashes(problem, NEAR, (SOMCHAI,), slots[-1:]) == []

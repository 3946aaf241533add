"""A repair moves what was hit and nothing else, and moves it as little as it can."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from learning.workshops.proposing import synthetic
from learning.workshops.proposing.checking import faults
from learning.workshops.proposing.greedy import greedy
from learning.workshops.proposing.problem import Plan, Problem, Reason, Unplaced
from learning.workshops.proposing.reasons import plan_cost
from learning.workshops.proposing.repair import repair
from tests.workshops.proposing.scenes import (
    DAYS,
    FAR,
    HOLIDAY,
    MALEE,
    NEAR,
    NEXT,
    SOMCHAI,
    WIPA,
    ask,
    by_hand,
    problems,
    scene,
    whole,
)

SEEDS = (1, 2, 3)


def without(problem: Problem, lost: set[int]) -> Problem:
    return replace(
        problem,
        rooms=tuple(room for room in problem.rooms if room.id not in lost),
        trainers=tuple(one for one in problem.trainers if one.id not in lost),
    )


def busiest(plan: Plan) -> int:
    given = [trainer for one in plan.placements for trainer in one.trainers]
    return max(sorted(set(given)), key=given.count)


@settings(deadline=None)
@given(problem=problems(), lost=st.sets(st.sampled_from([NEAR, NEXT, FAR, MALEE, SOMCHAI, WIPA]), max_size=2))
def test_what_was_not_hit_stays_and_what_was_hit_breaks_no_rule(problem: Problem, lost: set[int]) -> None:
    plan = greedy(problem)
    mended = repair(problem, plan, lost)
    stays = [one for one in plan.placements if not lost & {one.room, *one.trainers}]
    kept = {one.wish for one in stays}
    assert [one for one in mended.placements if one.wish in kept] == stays
    assert [one for one in mended.unplaced if one in plan.unplaced] == list(plan.unplaced)
    assert faults(without(problem, lost), mended) == []
    assert mended.cost == plan_cost(problem, mended.placements, mended.unplaced)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_year_survives_the_loss_of_its_busiest_trainer(seed: int) -> None:
    problem = synthetic.year(seed)
    plan = greedy(problem)
    lost = {busiest(plan)}
    mended = repair(problem, plan, lost)
    before = {one.wish: one for one in plan.placements}
    hit = {one.wish for one in plan.placements if lost & set(one.trainers)}
    assert hit != set()
    assert {one.wish for one in mended.placements if one != before[one.wish]} == hit
    assert (faults(without(problem, lost), mended), mended.unplaced) == ([], ())


def test_nothing_lost_changes_nothing() -> None:
    problem = synthetic.year(1, wishes=60)
    plan = greedy(problem)
    assert repair(problem, plan) == plan


def placed(plan: Plan) -> list[tuple[int, tuple[int, ...], Any]]:
    return [(one.room, one.trainers, one.slots[0][0]) for one in plan.placements]


WISH = ask()
PLAN = Plan((by_hand(WISH, NEAR, (MALEE,), DAYS[6]),), (), 0)


@pytest.mark.parametrize(
    ("lost", "busy", "after", "codes"),
    [
        # Another trainer of the house, before the day moves.
        ({MALEE}, {}, (NEAR, (SOMCHAI,), DAYS[6]), ["new_trainer"]),
        # A trainer from the south costs 150, another day 200.
        ({MALEE}, {SOMCHAI: whole(DAYS[6])}, (NEAR, (WIPA,), DAYS[6]), ["new_trainer"]),
        # Nobody is free that day: the day moves, the room stays.
        (
            {MALEE},
            {SOMCHAI: whole(DAYS[6]), WIPA: whole(DAYS[6])},
            (NEAR, (SOMCHAI,), DAYS[0]),
            ["date_moved", "new_trainer"],
        ),
        # The room is lost: the day stays.
        ({NEAR}, {}, (NEXT, (MALEE,), DAYS[6]), ["room_moved"]),
        # Away for that day only: the same as lost, for this workshop.
        ((), {MALEE: whole(DAYS[6])}, (NEAR, (SOMCHAI,), DAYS[6]), ["new_trainer"]),
        # The room is taken that day: moving the day is cheaper than moving house.
        ((), {NEAR: whole(DAYS[6])}, (NEAR, (MALEE,), DAYS[0]), ["date_moved"]),
    ],
)
def test_the_smallest_change_is_taken_and_told(
    lost: set[int], busy: dict[int, Any], after: tuple[Any, ...], codes: list[str]
) -> None:
    mended = repair(scene(WISH, busy=busy), PLAN, lost)
    assert placed(mended) == [after]
    told = ("date_moved", "room_moved", "new_trainer")
    assert [why.code for why in mended.placements[0].why if why.code in told] == codes


def test_the_trainer_stays_when_the_room_moves() -> None:
    plan = Plan((by_hand(WISH, NEAR, (SOMCHAI,), DAYS[6]),), (), 0)
    assert placed(repair(scene(WISH), plan, {NEAR})) == [(NEXT, (SOMCHAI,), DAYS[6])]


def test_an_announced_room_is_kept_even_when_another_would_be_cheaper() -> None:
    southern = ask(province="P9", district="P9-1", region="south")
    problem = scene(southern, busy={SOMCHAI: whole(DAYS[6])})
    assert placed(repair(problem, PLAN, {MALEE})) == [(FAR, (WIPA,), DAYS[6])]
    assert placed(repair(problem, PLAN, {MALEE}, frozen={1})) == [(NEAR, (WIPA,), DAYS[6])]


def test_an_announced_workshop_keeps_its_day_and_room() -> None:
    problem = scene(WISH, busy={one: whole(DAYS[6]) for one in (SOMCHAI, WIPA)})
    assert repair(problem, PLAN, {MALEE}, frozen={1}).unplaced == (Unplaced(1, (Reason("announced_and_none_free"),)),)
    assert placed(repair(scene(WISH), PLAN, {MALEE}, frozen={1})) == [(NEAR, (SOMCHAI,), DAYS[6])]


@pytest.mark.parametrize(("lost", "busy"), [({NEAR}, {}), ((), {NEAR: whole(DAYS[6])})])
def test_an_announced_workshop_without_its_room_keeps_its_day(lost: set[int], busy: dict[int, Any]) -> None:
    assert placed(repair(scene(WISH, busy=busy), PLAN, lost, frozen={1})) == [(NEXT, (MALEE,), DAYS[6])]


def test_a_new_holiday_hits_the_workshops_of_that_day() -> None:
    wish = ask(days=2)
    plan = Plan((by_hand(wish, NEAR, (MALEE,), HOLIDAY.replace(day=5), HOLIDAY),), (), 0)
    mended = repair(scene(wish), plan)
    assert faults(scene(wish), mended) == []
    assert mended.placements[0].why[0] == Reason("date_moved")
    assert repair(scene(wish), plan, frozen={1}).placements == ()


def test_a_workshop_without_any_way_out_says_so() -> None:
    mended = repair(scene(WISH), PLAN, {NEAR, NEXT, FAR})
    assert (mended.placements, mended.unplaced) == ((), (Unplaced(1, (Reason("none_left_after_loss"),)),))

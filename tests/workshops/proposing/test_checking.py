"""The checker finds each broken rule, and nothing in a good plan."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from learning.workshops.proposing.checking import faults
from learning.workshops.proposing.problem import Placement, Plan
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
    scene,
    whole,
)

WISH = ask(days=2, windows=((DAYS[0], DAYS[8]),))
SCENE = scene(WISH, closed={2: {DAYS[4]}}, busy={SOMCHAI: {(DAYS[5], "pm")}}, most_days={MALEE: 2})
GOOD = by_hand(WISH, NEAR, (MALEE,), DAYS[4], DAYS[5])


def test_a_good_plan_has_no_fault() -> None:
    assert faults(SCENE, Plan((GOOD,), (), 0)) == []


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"room": 99}, "wish 1: room 99 does not exist"),
        ({"room": FAR}, "wish 1: center 2 is closed on 2027-01-11"),
        ({"trainers": ()}, "wish 1: 0 trainers instead of 1"),
        ({"trainers": (98,)}, "wish 1: trainer 98 does not exist"),
        ({"trainers": (SOMCHAI,)}, f"wish 1: {SOMCHAI} is busy on 2027-01-12 pm"),
        ({"slots": GOOD.slots[:2]}, "wish 1: 1 days instead of 2"),
        ({"slots": GOOD.slots[:3]}, "wish 1: its half-days are not those asked for"),
        ({"slots": by_hand(WISH, NEAR, (), DAYS[4], DAYS[6]).slots}, "wish 1: its days are not working days in a row"),
        (
            {"slots": by_hand(WISH, NEAR, (), HOLIDAY.replace(day=5), HOLIDAY).slots},
            "wish 1: its days are not working days in a row",
        ),
        ({"slots": by_hand(WISH, NEAR, (), DAYS[3], DAYS[4]).slots}, "wish 1: it crosses a weekend"),
        ({"slots": by_hand(WISH, NEAR, (), DAYS[8], DAYS[9]).slots}, "wish 1: it crosses a weekend"),
        ({"slots": by_hand(WISH, NEAR, (), DAYS[9], DAYS[10]).slots}, "wish 1: it lies outside the windows"),
        ({"wish": 7}, "wish 7: nobody asked"),
    ],
)
def test_each_broken_rule_is_named(changed: dict[str, Any], fault: str) -> None:
    found = faults(SCENE, Plan((replace(GOOD, **changed),), (), 0))
    assert fault in found
    assert [other for other in found if other != fault] in (
        [],
        ["wish 1: answered 0 times"],
        ["wish 1: it lies outside the windows"],
    )


@pytest.mark.parametrize(
    ("wish", "fault"),
    [
        (replace(WISH, people=41), f"wish 1: room {NEAR} holds 40 of 41 people"),
        (replace(WISH, center=2), f"wish 1: room {NEAR} is of another center"),
        (replace(WISH, topic="law"), f"wish 1: trainer {MALEE} does not know law"),
    ],
)
def test_what_does_not_fit_the_wish_is_named(wish: Any, fault: str) -> None:
    assert faults(replace(SCENE, wishes=(wish,)), Plan((GOOD,), (), 0)) == [fault]


def two(second: Placement, **changed: Any) -> list[str]:
    problem = replace(SCENE, wishes=(WISH, ask(2, halves="am")), **changed)
    return faults(problem, Plan((GOOD, second), (), 0))


def test_double_booking_is_named() -> None:
    day = date(2027, 1, 12)
    half = ask(2, halves="am")
    assert two(by_hand(half, NEAR, (WIPA,), day)) == [f"room {NEAR} is taken 2 times on {day} am"]
    assert two(by_hand(half, NEXT, (MALEE,), day), most_days={}) == [f"trainer {MALEE} gives 2 workshops on {day}"]


def test_too_many_days_are_named() -> None:
    assert two(by_hand(ask(2, halves="am"), NEXT, (MALEE,), DAYS[6])) == [f"trainer {MALEE} gives 2.5 of 2 days"]


def test_a_wish_answered_twice_or_never_is_named() -> None:
    later = replace(GOOD, slots=by_hand(WISH, NEAR, (), DAYS[6], DAYS[7]).slots)
    problem = replace(SCENE, most_days={})
    assert faults(problem, Plan((GOOD, later), (), 0)) == ["wish 1: answered 2 times"]
    assert faults(problem, Plan((), (), 0)) == ["wish 1: answered 0 times"]
    assert whole(DAYS[4], DAYS[5]) == set(GOOD.slots)

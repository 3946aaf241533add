"""What cannot be asked or planned is refused before any search."""

from datetime import date
from typing import Any

import pytest

from learning.workshops.proposing.problem import Room
from tests.workshops.proposing.scenes import DAYS, NEAR, ROOMS, TRAINERS, ask, scene


@pytest.mark.parametrize(
    "wrong",
    [
        {"days": 0},
        {"days": 6},
        {"halves": "night"},
        {"people": 0},
        {"priority": 0},
        {"trainers": -1},
        {"windows": ((date(2027, 1, 8), date(2027, 1, 4)),)},
    ],
)
def test_a_wish_that_cannot_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="wish 1: "):
        ask(**wrong)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"days": DAYS[::-1]}, "the working days are not in order"),
        ({"days": (DAYS[0], DAYS[0])}, "the working days are not in order"),
        (
            {"rooms": (*ROOMS, Room(TRAINERS[0].id, 1, 9, "P1", None, "north"))},
            "an id stands for two rooms or trainers",
        ),
        ({"wishes": (ask(1), ask(1))}, "an id stands for two wishes"),
    ],
)
def test_a_year_that_contradicts_itself_is_refused(wrong: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        scene(**wrong)


def test_a_wish_counts_its_half_days() -> None:
    assert [ask(days=3).load, ask(days=3, halves="am").load] == [6, 3]


def test_the_half_days_of_a_wish_skip_a_holiday() -> None:
    problem = scene(ask(days=2, halves="pm"))
    assert problem.slots(problem.wishes[0], 1) == ((date(2027, 1, 5), "pm"), (date(2027, 1, 7), "pm"))


def test_things_are_found_by_their_ids() -> None:
    problem = scene(ask(4))
    assert (problem.room[NEAR], problem.wish[4], problem.position[DAYS[3]]) == (ROOMS[0], ask(4), 3)

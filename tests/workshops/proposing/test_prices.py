"""What is farther costs more, and what is not known counts as farther."""

import pytest

from learning.workshops.proposing import prices
from learning.workshops.proposing.problem import Room
from tests.workshops.proposing.scenes import DAYS, NEAR, ROOMS, TRAINERS, ask, scene


@pytest.mark.parametrize(
    ("place", "steps"),
    [
        (("P1", "P1-1", "north"), 0),
        (("P1", "P1-2", "north"), 1),
        (("P1", None, "north"), 1),
        (("P2", "P1-1", "north"), 3),
        (("P9", "P1-1", "south"), 6),
    ],
)
def test_distance_goes_by_district_province_and_region(place: tuple[str, str | None, str], steps: int) -> None:
    province, district, region = place
    wish = ask(province=province, district=district, region=region)
    assert prices.distance(wish, ROOMS[0]) == steps


def test_two_unknown_districts_are_not_the_same() -> None:
    assert prices.distance(ask(district=None), Room(1, 1, 40, "P1", None, "north")) == prices.SAME_PROVINCE


def test_every_person_travels_and_empty_seats_count() -> None:
    assert [prices.of_room(ask(people=30), room) for room in ROOMS] == [0 + 2, 30 + 12, 180 + 22]


def test_a_trainer_of_the_house_costs_nothing() -> None:
    assert [prices.of_trainer(one, ROOMS[0]) for one in TRAINERS] == [0, 0, 30 + 20 * 6]


def test_only_days_above_the_even_share_cost() -> None:
    problem = scene(ask(1, days=2), ask(2, trainers=2), days=DAYS)
    assert prices.even_share(problem) == 3  # eight half-days over three trainers
    assert [prices.of_load(half_days, 3) for half_days in (0, 3, 4, 6)] == [0, 0, 15, 45]
    assert prices.even_share(scene(ask(), trainers=())) == 0
    assert problem.room[NEAR] == ROOMS[0]

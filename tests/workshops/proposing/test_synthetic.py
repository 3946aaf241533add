"""The made-up year has the size it is measured at, and is the same each time."""

import pytest

from learning.workshops.proposing import synthetic


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_made_up_year_has_the_size_of_a_real_one(seed: int) -> None:
    year = synthetic.year(seed)
    assert (len(year.wishes), len({room.center for room in year.rooms}), len(year.trainers), len(year.days)) == (
        300,
        20,
        80,
        245,
    )
    assert 36 <= len(year.rooms) <= 42


def test_a_seed_always_gives_the_same_year() -> None:
    assert synthetic.year(4) == synthetic.year(4)
    assert synthetic.year(4) != synthetic.year(5)

"""Normalised gain of the tests before and after a workshop, per person and for the class."""

import pytest

from learning.sittings.models import Sitting
from learning.workshops.models import Seat
from learning.workshops.queries.learning import Standing, gain_of


def standing(before: int | None, after: int | None) -> Standing:
    pre, post = (None if percent is None else Sitting(percent=percent) for percent in (before, after))
    return Standing(Seat(), pre, post, [])


def test_each_person_gains_a_share_of_what_they_did_not_know() -> None:
    told = [standing(*pair).normalised for pair in [(40, 70), (50, 25), (100, 100), (40, None), (None, 70)]]
    assert told == [0.5, -0.5, None, None, None]


def test_the_class_counts_those_who_sat_both_and_no_others() -> None:
    found = gain_of([standing(40, 70), standing(60, 90), standing(0, None), standing(None, 100)])
    assert found is not None
    assert (found.people, found.before, found.after, found.points) == (2, 50, 80, 30)
    assert (found.gain, found.mean_gain) == (pytest.approx(0.6), pytest.approx(0.625))
    assert found.effect_size == pytest.approx(30 / 200**0.5)


def test_without_anybody_who_sat_both_there_is_no_gain() -> None:
    assert gain_of([standing(40, None), standing(None, 70)]) is None

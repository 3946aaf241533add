"""Every reason has its whole sentence."""

import pytest
from django.utils import translation

from learning.workshops.proposing import prices, synthetic
from learning.workshops.proposing.greedy import greedy
from learning.workshops.proposing.problem import Reason
from learning.workshops.proposing.repair import repair
from learning.workshops.proposing.words import SENTENCES, sentence

NUMBERS = dict.fromkeys(("number", "count", "people", "half_days", "share", "largest", "needed", "known"), 3)
NUMBERS |= dict.fromkeys(("days", "rooms", "trainers", "trainer"), 2)


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (Reason("any_day"), "No period was asked for, so every day of the year was looked at."),
        (
            Reason("window_number", {"number": 2, "count": 3}),
            "All days lie within period 2 of the 3 that were asked for.",
        ),
        (Reason("empty_seats", {"empty": 1, "capacity": 40}), "1 of 40 seats stays empty."),
        (Reason("empty_seats", {"empty": 5, "capacity": 40}), "5 of 40 seats stay empty."),
        (Reason("no_empty_seat"), "Every seat of the room is used."),
        (Reason("trainer_at_home", {"trainer": 7}), "somchai works at this center and does not travel."),
        (Reason("trainer_at_home", {"trainer": 8}), "The trainer works at this center and does not travel."),
        (
            Reason("trainer_travels", {"trainer": 7, "steps": prices.SAME_DISTRICT}),
            "somchai comes from another center, in the same district.",
        ),
        (Reason("trainer_travels", {"trainer": 7, "steps": prices.FAR}), "somchai travels from another region."),
        (
            Reason("within_share", {"trainer": 7, "half_days": 3, "share": 4}),
            "somchai has 1.5 days of training in this plan; an even share is 2.",
        ),
        (
            Reason("no_room_fits", {"people": 90, "largest": 80}),
            "No room holds 90 people; the largest holds 80.",
        ),
    ],
)
def test_a_reason_is_a_whole_sentence(reason: Reason, said: str) -> None:
    with translation.override("en"):
        assert sentence(reason, {7: "somchai"}) == said


@pytest.mark.parametrize("code", SENTENCES)
def test_every_sentence_fills_its_gaps(code: str) -> None:
    with translation.override("en"):
        said = sentence(Reason(code, NUMBERS))
    assert ("%" in said, said.endswith(".")) == (False, True)


def test_every_reason_of_a_year_has_its_sentence() -> None:
    problem = synthetic.year(1, wishes=200, trainers=20)
    plan = greedy(problem)
    mended = repair(problem, plan, {problem.trainers[0].id, problem.rooms[0].id})
    reasons = [why for one in (plan, mended) for answer in (*one.placements, *one.unplaced) for why in answer.why]
    with translation.override("en"):
        assert [reason for reason in reasons if not sentence(reason).endswith(".")] == []


def test_a_code_nobody_knows_is_an_error() -> None:
    with pytest.raises(KeyError, match="because"):
        sentence(Reason("because"))

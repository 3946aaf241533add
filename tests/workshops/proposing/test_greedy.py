"""A greedy plan breaks no rule, takes the cheapest place and says why; a search that forgets is found out."""

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given, settings

from learning.workshops.proposing import prices, synthetic
from learning.workshops.proposing.checking import faults
from learning.workshops.proposing.greedy import greedy
from learning.workshops.proposing.problem import Placement, Plan, Problem, Reason, Unplaced
from learning.workshops.proposing.timeline import Timeline
from tests.workshops.proposing.scenes import DAYS, FAR, MALEE, NEAR, SOMCHAI, WIPA, ask, problems, scene, whole

# The solver's bound on the cost of a made-up year.
BOUND = {1: 28213, 2: 31122, 3: 29224}


@settings(deadline=None)
@given(problem=problems())
def test_no_plan_breaks_a_rule(problem: Problem) -> None:
    assert faults(problem, greedy(problem)) == []


@settings(deadline=None)
@given(problem=problems(most=4))
def test_nothing_that_still_fits_is_left_out(problem: Problem) -> None:
    plan = greedy(problem)
    busy = {one: set(slots) for one, slots in problem.busy.items()}
    given_days = dict.fromkeys((MALEE, SOMCHAI, WIPA), 0)
    for one in plan.placements:
        busy.setdefault(one.room, set()).update(one.slots)
        for trainer in one.trainers:
            busy.setdefault(trainer, set()).update(whole(*(day for day, _half in one.slots)))
            given_days[trainer] += len(one.slots)
    most = {one: None if days is None else days - given_days[one] / 2 for one, days in problem.most_days.items()}
    for left in plan.unplaced:
        alone = replace(problem, wishes=(problem.wish[left.wish],), busy=busy, most_days=most)
        assert greedy(alone).placements == ()


@pytest.mark.parametrize("seed", BOUND)
def test_a_year_of_300_requests_is_placed_within_two_percent_of_its_bound(seed: int) -> None:
    problem = synthetic.year(seed)
    plan = greedy(problem)
    assert (faults(problem, plan), len(plan.placements), plan.unplaced) == ([], 300, ())
    assert BOUND[seed] <= plan.cost <= BOUND[seed] * 1.02


def test_the_same_year_gives_the_same_plan() -> None:
    assert greedy(synthetic.year(5, wishes=60)) == greedy(synthetic.year(5, wishes=60))


def test_a_greedy_that_ignores_what_is_busy_is_found_out() -> None:
    problem = synthetic.year(1)
    assert faults(problem, greedy(replace(problem, busy={}))) != []


def test_a_greedy_that_forgets_what_it_took_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = synthetic.year(1)
    monkeypatch.setattr(Timeline, "take", lambda *_: None)
    monkeypatch.setattr(Timeline, "give_back", lambda *_: None)
    assert faults(problem, greedy(problem)) != []


def test_a_placement_says_why() -> None:
    wish = ask(people=40, windows=((DAYS[0], DAYS[1]), (DAYS[4], DAYS[8])))
    problem = scene(wish, busy={NEAR: whole(*DAYS[:2]), MALEE: whole(*DAYS), SOMCHAI: whole(*DAYS)})
    travel = prices.OTHER_CENTER + prices.TRAINER_STEP * prices.FAR
    cost = prices.LATER_WINDOW + travel
    assert greedy(problem) == Plan(
        (
            Placement(
                1,
                NEAR,
                (WIPA,),
                ((DAYS[4], "am"), (DAYS[4], "pm")),
                cost,
                (
                    Reason("window_number", {"number": 2, "count": 2}),
                    Reason("same_district", {"people": 40}),
                    Reason("no_empty_seat"),
                    Reason("trainer_travels", {"trainer": WIPA, "steps": prices.FAR}),
                    Reason("above_share", {"trainer": WIPA, "half_days": 2, "share": 1}),
                ),
            ),
        ),
        (),
        cost + prices.OVER_SHARE,
    )


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        (ask(people=130), Reason("no_room_fits", {"people": 130, "largest": 120})),
        (ask(center=1, people=90), Reason("no_room_fits", {"people": 90, "largest": 80})),
        (ask(topic="taxes"), Reason("no_trainer_knows", {"needed": 1, "known": 0})),
        (ask(topic="law", trainers=3), Reason("no_trainer_knows", {"needed": 3, "known": 2})),
        (ask(days=3, windows=((DAYS[0], DAYS[1]),)), Reason("window_too_short", {"days": 3})),
        (ask(days=5), Reason("trainers_have_no_days", {"known": 3})),
        (ask(windows=((DAYS[13], DAYS[13]),)), Reason("all_taken", {"rooms": 3, "trainers": 3})),
    ],
)
def test_a_wish_without_a_place_says_what_was_missing(wish: object, why: Reason) -> None:
    problem = scene(
        wish,
        busy={one.id: whole(DAYS[13]) for one in scene().rooms},
        most_days={MALEE: 4, SOMCHAI: 4, WIPA: 4},
    )
    plan = greedy(problem)
    assert (plan.placements, plan.unplaced) == ((), (Unplaced(1, (why,)),))


@pytest.mark.parametrize("order", list(permutations((1, 2, 3))))
def test_the_dearer_to_leave_out_gets_the_only_day(order: tuple[int, ...]) -> None:
    only = ((DAYS[0], DAYS[0]),)
    wishes = [ask(number, priority=number, windows=only, center=1, people=60) for number in order]
    plan = greedy(scene(*wishes))
    assert [one.wish for one in plan.placements] == [3]
    assert {one.wish for one in plan.unplaced} == {1, 2}


def test_the_tightest_window_is_served_first() -> None:
    loose, tight = ask(1, center=2), ask(2, center=2, windows=((DAYS[0], DAYS[0]),))
    plan = greedy(scene(loose, tight))
    assert [(one.wish, one.slots[0][0]) for one in plan.placements] == [(1, DAYS[1]), (2, DAYS[0])]


def test_the_load_is_shared_when_the_way_is_the_same() -> None:
    plan = greedy(scene(*(ask(number, center=1) for number in range(4))))
    assert sorted(one.trainers for one in plan.placements) == [(MALEE,), (MALEE,), (SOMCHAI,), (SOMCHAI,)]


def test_exactly_the_even_share_is_no_more_than_it() -> None:
    plan = greedy(scene(*(ask(number) for number in range(3)), trainers=scene().trainers[:1]))
    codes = [[why.code for why in one.why][-1] for one in plan.placements]
    assert codes == ["within_share"] * 3


def test_a_trainer_gives_one_workshop_a_day() -> None:
    day = ((DAYS[0], DAYS[0]),)
    wishes = [ask(1, halves="am", windows=day, topic="law"), ask(2, halves="pm", windows=day, topic="law")]
    problem = scene(*wishes, busy={WIPA: whole(DAYS[0])})
    assert [len(greedy(problem).placements), len(greedy(scene(*wishes)).placements)] == [1, 2]


def test_a_weekend_is_never_crossed() -> None:
    friday, monday = date(2027, 1, 8), date(2027, 1, 11)
    problem = scene(ask(days=2, windows=((friday, monday),)))
    assert [one.why for one in greedy(problem).unplaced] == [(Reason("window_too_short", {"days": 2}),)]


def test_people_travel_to_the_far_room_only_when_the_near_ones_are_taken() -> None:
    only = ((DAYS[0], DAYS[0]),)
    plan = greedy(scene(*(ask(number, windows=only) for number in range(3))))
    assert [one.room for one in plan.placements].count(FAR) == 1

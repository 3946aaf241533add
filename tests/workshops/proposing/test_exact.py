"""The solver's plans break no rule, are as cheap as trying everything, and lie close to their bound."""

from dataclasses import replace
from itertools import combinations, product

import pytest

from learning.workshops.proposing import synthetic
from learning.workshops.proposing.checking import faults
from learning.workshops.proposing.exact import optimise
from learning.workshops.proposing.greedy import greedy
from learning.workshops.proposing.problem import Plan, Problem
from learning.workshops.proposing.reasons import Choice, make_plan
from tests.workshops.proposing.scenes import DAYS, FAR, MALEE, SOMCHAI, WIPA, ask, scene, whole

pytestmark = pytest.mark.planning
WEEK = DAYS[4:9]


def best_by_trying(problem: Problem) -> int:
    """The cost of the best of all plans; each wish has every day, room and team, or no place."""
    people = [trainer.id for trainer in problem.trainers]
    options = [
        [
            None,
            *(
                Choice(first, room.id, team)
                for first in range(len(problem.days) - wish.days + 1)
                for room in problem.rooms
                for team in combinations(people, wish.trainers)
                if faults(
                    replace(problem, wishes=(wish,)),
                    make_plan(replace(problem, wishes=(wish,)), {wish.id: Choice(first, room.id, team)}, {}),
                )
                == []
            ),
        ]
        for wish in problem.wishes
    ]
    plans = (
        make_plan(
            problem,
            {wish.id: choice for wish, choice in zip(problem.wishes, choices, strict=True) if choice},
            {wish.id: () for wish, choice in zip(problem.wishes, choices, strict=True) if not choice},
        )
        for choices in product(*options)
    )
    return min(plan.cost for plan in plans if not faults(problem, plan))


@pytest.mark.parametrize(
    "problem",
    [
        scene(ask(1, days=2), ask(2, days=2), ask(3, people=70), days=WEEK[:2]),
        scene(ask(1, halves="am"), ask(2, halves="pm"), ask(3, topic="law", priority=2), days=WEEK[:1]),
        scene(ask(1, trainers=2), ask(2, trainers=2), days=WEEK[:2], busy={SOMCHAI: whole(WEEK[0])}),
        scene(
            ask(1, center=2, windows=((WEEK[1], WEEK[1]), (WEEK[0], WEEK[0]))),
            ask(2, center=2, windows=((WEEK[1], WEEK[1]),)),
            days=WEEK[:2],
            most_days={WIPA: 1},
        ),
        scene(ask(1, days=2, halves="am"), ask(2, days=2, halves="am"), ask(3, trainers=0), days=WEEK[:2]),
        scene(ask(1, people=130), ask(2, topic="taxes"), ask(3, center=1), days=WEEK[:2], closed={1: {WEEK[0]}}),
    ],
)
def test_a_small_plan_costs_what_trying_everything_costs(problem: Problem) -> None:
    plan = optimise(problem, seconds=20)
    assert faults(problem, plan) == []
    assert (plan.cost, plan.bound, plan.gap) == (best_by_trying(problem), plan.cost, 0.0)


def test_a_year_is_no_dearer_than_the_greedy_one_and_close_to_its_bound() -> None:
    problem = synthetic.year(1, wishes=80)
    hint = greedy(problem)
    plan = optimise(problem, hint, seconds=30)
    assert faults(problem, plan) == []
    assert plan.bound is not None
    assert plan.gap is not None
    assert plan.bound <= plan.cost <= hint.cost
    assert plan.gap <= 0.03


def test_a_solver_without_time_gives_the_hint() -> None:
    problem = synthetic.year(1, wishes=80)
    hint = greedy(problem)
    plan = optimise(problem, hint, seconds=0.001)
    assert (plan.placements, plan.cost) == (hint.placements, hint.cost)


def test_a_hint_outside_the_candidates_is_kept_as_one() -> None:
    problem = scene(ask(1), days=WEEK[:1])
    far = make_plan(problem, {1: Choice(0, FAR, (MALEE,))}, {})
    assert optimise(problem, far, seconds=5).cost < far.cost


def test_a_plan_of_nobody_is_empty() -> None:
    assert optimise(scene(), seconds=5) == Plan((), (), 0, 0, 0.0)

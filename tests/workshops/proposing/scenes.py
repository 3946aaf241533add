"""Small years to plan: three weeks of January 2027 with a holiday, two centers, three rooms, three trainers."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import Any

from hypothesis import strategies as st

from learning.workshops.proposing.checking import faults
from learning.workshops.proposing.free import Candidate
from learning.workshops.proposing.problem import HALVES, Placement, Plan, Problem, Room, Slot, Trainer, Wish
from learning.workshops.proposing.reasons import Choice, placement

HOLIDAY = date(2027, 1, 6)
WEEKS = tuple(date(2027, 1, 4) + timedelta(number) for number in range(19))
DAYS = tuple(day for day in WEEKS if day.weekday() < 5 and day != HOLIDAY)  # 4, 5, 7, 8 · 11 to 15 · 18 to 22
NEAR, NEXT, FAR = 11, 12, 13  # rooms
MALEE, SOMCHAI, WIPA = 21, 22, 23  # trainers
ROOMS = (
    Room(NEAR, 1, 40, "P1", "P1-1", "north"),
    Room(NEXT, 1, 80, "P1", "P1-2", "north"),
    Room(FAR, 2, 120, "P9", "P9-1", "south"),
)
TRAINERS = (
    Trainer(MALEE, 1, frozenset({"accounts"}), "P1", "north", "P1-1"),
    Trainer(SOMCHAI, 1, frozenset({"accounts", "law"}), "P1", "north", "P1-2"),
    Trainer(WIPA, 2, frozenset({"accounts", "law"}), "P9", "south", "P9-1"),
)


def ask(number: int = 1, **changed: Any) -> Wish:
    """Thirty people of Near's own district ask for one full day on accounts, any day."""
    usual: dict[str, Any] = {
        "id": number,
        "center": None,
        "topic": "accounts",
        "people": 30,
        "days": 1,
        "halves": "full",
        "windows": (),
        "province": "P1",
        "district": "P1-1",
        "region": "north",
    }
    return Wish(**{**usual, **changed})


def scene(*wishes: Wish, **changed: Any) -> Problem:
    return replace(Problem(DAYS, ROOMS, TRAINERS, wishes), **changed)


def whole(*days: date) -> set[Slot]:
    return {(day, half) for day in days for half in HALVES["full"]}


def every_candidate(problem: Problem, wish: Wish) -> list[Candidate]:
    """All that is free for a wish, tried one by one: the cheapest cost of each day and room, without trainers."""
    alone = replace(problem, wishes=(wish,))
    best: dict[tuple[date, int], int] = {}
    for first in range(len(problem.days) - wish.days + 1):
        for room in problem.rooms:
            for team in combinations([one.id for one in problem.trainers], wish.trainers):
                tried = placement(alone, wish, Choice(first, room.id, team), dict.fromkeys(team, 0))
                if not faults(alone, Plan((tried,), (), 0)):
                    key = problem.days[first], room.id
                    best[key] = min(best.get(key, tried.cost), tried.cost)
    return sorted(Candidate(day, cost, room, ()) for (day, room), cost in best.items())


def by_hand(wish: Wish, room: int, trainers: tuple[int, ...], *days: date) -> Placement:
    """A placement as somebody might write it down, right or wrong."""
    slots = tuple((day, half) for day in days for half in HALVES[wish.halves])
    return Placement(wish.id, room, trainers, slots, 0, ())


@st.composite
def windows(draw: st.DrawFn) -> tuple[tuple[date, date], ...]:
    found = []
    for _number in range(draw(st.integers(0, 2))):
        first = draw(st.sampled_from(WEEKS))
        found.append((first, first + timedelta(draw(st.integers(0, 12)))))
    return tuple(found)


WISHES = st.builds(
    ask,
    center=st.sampled_from([None, None, 1, 2]),
    topic=st.sampled_from(["accounts", "law", "taxes"]),
    people=st.integers(1, 130),
    days=st.integers(1, 5),
    halves=st.sampled_from(["full", "am", "pm"]),
    windows=windows(),
    province=st.sampled_from(["P1", "P2", "P9"]),
    region=st.sampled_from(["north", "south"]),
    district=st.sampled_from([None, "P1-1", "P9-1"]),
    priority=st.integers(1, 3),
    trainers=st.integers(0, 2),
)
BUSY = st.dictionaries(
    st.sampled_from([thing.id for thing in (*ROOMS, *TRAINERS)]),
    st.sets(st.tuples(st.sampled_from(DAYS), st.sampled_from(["am", "pm"])), max_size=8),
)


@st.composite
def problems(draw: st.DrawFn, most: int = 6) -> Problem:
    wishes = draw(st.lists(WISHES, min_size=1, max_size=most))
    return scene(
        *(replace(wish, id=number) for number, wish in enumerate(wishes)),
        closed=draw(st.dictionaries(st.sampled_from([1, 2]), st.sets(st.sampled_from(WEEKS), max_size=3))),
        busy=draw(BUSY),
        most_days=draw(st.dictionaries(st.sampled_from([MALEE, SOMCHAI, WIPA]), st.none() | st.integers(0, 6))),
    )

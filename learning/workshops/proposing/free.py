"""What is free for one wish, what stands in the way, and what lies nearest to a day that is taken."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Literal, NamedTuple

from learning.workshops.proposing import prices
from learning.workshops.proposing.problem import Half, Problem, Room, Slot, Trainer, Wish
from learning.workshops.proposing.timeline import Timeline, bits

TeamPoints = Callable[[Trainer, Room], int]


class Candidate(NamedTuple):
    """A free beginning: the room and its best free trainers; `cost` in points."""

    start: date
    cost: int
    room: int
    trainers: tuple[int, ...]


class Group(NamedTuple):
    """Beginnings (one bit each) that share room, trainers and cost."""

    cost: int
    starts: int
    room: int
    trainers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Clash:
    """A half-day that cannot be had: the resource is taken, its center is closed, or nobody works that day."""

    resource: int
    day: date
    half: Half
    why: Literal["taken", "closed", "holiday"] = "taken"


def fitting_rooms(problem: Problem, wish: Wish) -> list[tuple[int, Room]]:
    """(points, room) of the rooms that hold the people, cheapest first; of the named center only, if one is named."""
    return sorted(
        (
            (prices.of_room(wish, room), room)
            for room in problem.rooms
            if room.capacity >= wish.people and wish.center in (None, room.center)
        ),
        key=lambda priced: (priced[0], priced[1].id),
    )


def knowing_trainers(problem: Problem, wish: Wish) -> list[Trainer]:
    """The trainers who know the topic, of every center; none when the wish needs none."""
    return [trainer for trainer in problem.trainers if wish.topic in trainer.topics] if wish.trainers else []


def groups(
    timeline: Timeline,
    wish: Wish,
    rooms: Iterable[tuple[int, Room]],
    periods: Iterable[tuple[int, int]],
    team_points: TeamPoints = prices.of_trainer,
) -> Iterator[Group]:
    """Every free beginning in these rooms and periods, each with its cheapest free trainers; rooms in their order."""
    periods = list(periods)
    wanted = 0
    for _points, starts in periods:
        wanted |= starts
    trainers = [
        (trainer, free)
        for trainer in knowing_trainers(timeline.problem, wish)
        if timeline.may_give(trainer.id, wish) and (free := timeline.starts(trainer.id, wish) & wanted)
    ]
    pools: dict[tuple[int, str, str | None], list[tuple[int, int, int]]] = {}
    for points, room in rooms:
        starts = timeline.starts(room.id, wish) & wanted
        if not starts:
            continue
        place = (room.center, room.province, room.district)  # rooms of one house cost a trainer the same
        if place not in pools:
            pools[place] = sorted((team_points(trainer, room), trainer.id, free) for trainer, free in trainers)
        for team_cost, together, team in _teams(pools[place], starts, wish.trainers):
            for extra, inside in periods:
                if found := together & inside:
                    yield Group(points + team_cost + extra, found, room.id, team)


def _teams(
    pool: list[tuple[int, int, int]], starts: int, count: int, skip: int = 0
) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    """(points, beginnings, trainers): each beginning once, with the first `count` of the pool who are free then."""
    if not count:
        yield 0, starts, ()
        return
    for at in range(skip, len(pool)):
        points, trainer, free = pool[at]
        if together := starts & free:
            starts &= ~together
            for more, rest, team in _teams(pool, together, count - 1, at + 1):
                yield points + more, rest, (trainer, *team)
            if not starts:
                return


def free_starts(problem: Problem, wish: Wish, *, anywhen: bool = False) -> list[Candidate]:
    """Every free day and room for one wish with its cheapest free trainers, by day, then cost.

    Only inside the windows of the wish; with `anywhen` the rest of the year as well, at a price.
    """
    timeline = Timeline(problem)
    return _candidates(timeline, wish, _any_time(timeline, wish) if anywhen else timeline.periods(wish))


def _any_time(timeline: Timeline, wish: Wish) -> list[tuple[int, int]]:
    """The windows of a wish, and the rest of the year at a price."""
    periods = timeline.periods(wish)
    left = timeline.in_one_week[wish.days]
    for _points, starts in periods:
        left &= ~starts
    return [*periods, (prices.OUTSIDE_WINDOWS, left)]


def _candidates(timeline: Timeline, wish: Wish, periods: list[tuple[int, int]]) -> list[Candidate]:
    days = timeline.problem.days
    return sorted(
        Candidate(days[at], group.cost, group.room, group.trainers)
        for group in groups(timeline, wish, fitting_rooms(timeline.problem, wish), periods)
        for at in bits(group.starts)
    )


def working_days_between(problem: Problem, one: date, other: date) -> int:
    """Steps over working days from one day to another; a day off lies one step from its neighbours."""
    first, last = min(one, other), max(one, other)
    return 0 if first == last else 1 + max(0, bisect_left(problem.days, last) - bisect_right(problem.days, first))


def nearest(problem: Problem, wish: Wish, day: date, count: int = 3) -> list[Candidate]:
    """The free alternatives nearest to a day, in working days before and after it, then by cost.

    They may lie outside the windows of the wish, which costs; a person decides.
    """
    timeline = Timeline(problem)
    periods = _any_time(timeline, wish)
    before, after = bisect_left(problem.days, day), bisect_right(problem.days, day)
    found: list[Candidate] = []
    steps = 2
    while len(found) < count and steps < 8 * len(problem.days):
        ring = (1 << (after + steps)) - (1 << max(0, before - steps))
        found = _candidates(timeline, wish, [(points, starts & ring) for points, starts in periods])
        steps *= 4
    return nsmallest(count, found, key=lambda one: (working_days_between(problem, day, one.start), one.cost, one))


def clashes(problem: Problem, room: int, trainers: Iterable[int], slots: Iterable[Slot]) -> list[Clash]:
    """Everything that stands in the way of these half-days, in their order; empty when all is free."""
    shut = problem.closed.get(problem.room[room].center, frozenset()) if room in problem.room else frozenset()
    found = []
    resources = (room, *trainers)
    for day, half in slots:
        if day not in problem.position:
            found.append(Clash(room, day, half, "holiday"))
            continue
        if day in shut:
            found.append(Clash(room, day, half, "closed"))
        found += [Clash(one, day, half) for one in resources if (day, half) in problem.busy.get(one, ())]
    return found

"""Puts a plan together and says of each part why it is so."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from learning.workshops.proposing import prices
from learning.workshops.proposing.free import fitting_rooms, knowing_trainers
from learning.workshops.proposing.problem import Placement, Plan, Problem, Reason, Unplaced, Wish
from learning.workshops.proposing.timeline import Timeline


class Choice(NamedTuple):
    """What a search decided for a wish: the place of its first working day, the room, the trainers."""

    first: int
    room: int
    trainers: tuple[int, ...]


def make_plan(
    problem: Problem,
    chosen: Mapping[int, Choice],
    unplaced: Mapping[int, tuple[Reason, ...]],
    bound: int | None = None,
) -> Plan:
    """The plan of these choices (by wish), with every cost and reason worked out."""
    load = Counter[int]()
    for wish_id, choice in chosen.items():
        load.update(dict.fromkeys(choice.trainers, problem.wish[wish_id].load))
    placements = tuple(placement(problem, wish, chosen[wish.id], load) for wish in problem.wishes if wish.id in chosen)
    left = tuple(Unplaced(wish.id, unplaced[wish.id]) for wish in problem.wishes if wish.id not in chosen)
    cost = plan_cost(problem, placements, left)
    gap = None if bound is None else (cost - bound) / cost if cost else 0.0
    return Plan(placements, left, cost, bound, gap)


def plan_cost(problem: Problem, placements: Iterable[Placement], unplaced: Iterable[Unplaced]) -> int:
    """Points of all placements, of every trainer above the even share, and of those without a place."""
    placements = list(placements)
    load = Counter[int]()
    for one in placements:
        load.update(dict.fromkeys(one.trainers, problem.wish[one.wish].load))
    share = prices.even_share(problem)
    return (
        sum(one.cost for one in placements)
        + sum(prices.of_load(half_days, share) for half_days in load.values())
        + sum(prices.of_no_place(problem.wish[one.wish]) for one in unplaced)
    )


def placement(problem: Problem, wish: Wish, choice: Choice, load: Mapping[int, int]) -> Placement:
    """The choice with its cost and reasons; `load` maps trainers to their half-days in the whole plan."""
    room = problem.room[choice.room]
    number = window_of(problem, wish, choice.first)
    cost = (
        prices.of_room(wish, room)
        + sum(prices.of_trainer(problem.trainer[one], room) for one in choice.trainers)
        + (prices.of_window(number) if number is not None else prices.OUTSIDE_WINDOWS if wish.windows else 0)
    )
    why = [_window(wish, number), _way(wish, prices.distance(wish, room))]
    if empty := room.capacity - wish.people:
        why.append(Reason("empty_seats", {"empty": empty, "capacity": room.capacity}))
    else:
        why.append(Reason("no_empty_seat"))
    share = prices.even_share(problem)
    for one in choice.trainers:
        trainer = problem.trainer[one]
        if trainer.center == room.center:
            why.append(Reason("trainer_at_home", {"trainer": one}))
        else:
            why.append(Reason("trainer_travels", {"trainer": one, "steps": prices.distance(trainer, room)}))
        code = "above_share" if load[one] > share else "within_share"
        why.append(Reason(code, {"trainer": one, "half_days": load[one], "share": share}))
    return Placement(wish.id, room.id, choice.trainers, problem.slots(wish, choice.first), cost, tuple(why))


def window_of(problem: Problem, wish: Wish, first: int) -> int | None:
    """The place of the first window that holds all days of a wish beginning at place `first`."""
    start, end = problem.days[first], problem.days[first + wish.days - 1]
    return next((at for at, (opens, closes) in enumerate(wish.windows) if opens <= start and end <= closes), None)


def _window(wish: Wish, number: int | None) -> Reason:
    if not wish.windows:
        return Reason("any_day")
    if number is None:
        return Reason("outside_windows")
    if len(wish.windows) == 1:
        return Reason("window")
    return Reason("window_number", {"number": number + 1, "count": len(wish.windows)})


def _way(wish: Wish, steps: int) -> Reason:
    code = {
        prices.SAME_DISTRICT: "same_district",
        prices.SAME_PROVINCE: "same_province",
        prices.SAME_REGION: "same_region",
    }.get(steps, "far")
    return Reason(code, {"people": wish.people})


def why_not(timeline: Timeline, wish: Wish) -> tuple[Reason, ...]:
    """Everything that alone keeps a wish without a place; else that the rest is taken."""
    problem = timeline.problem
    own = [room for room in problem.rooms if wish.center in (None, room.center)]
    rooms = [room for _points, room in fitting_rooms(problem, wish)]
    trainers = knowing_trainers(problem, wish)
    with_days = [trainer for trainer in trainers if timeline.may_give(trainer.id, wish)]
    found = []
    if not rooms:
        largest = max((room.capacity for room in own), default=0)
        found.append(Reason("no_room_fits", {"people": wish.people, "largest": largest}))
    if len(trainers) < wish.trainers:
        found.append(Reason("no_trainer_knows", {"needed": wish.trainers, "known": len(trainers)}))
    elif len(with_days) < wish.trainers:
        found.append(Reason("trainers_have_no_days", {"known": len(trainers)}))
    if not any(starts for _points, starts in timeline.periods(wish)):
        found.append(Reason("window_too_short", {"days": wish.days}))
    return tuple(found) or (Reason("all_taken", {"rooms": len(rooms), "trainers": len(trainers)}),)

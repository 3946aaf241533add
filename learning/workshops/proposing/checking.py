"""Checks a plan from its words alone; shares no search, mask or candidate with what made it."""

from collections import Counter
from collections.abc import Iterator

from learning.workshops.proposing.problem import HALVES, Placement, Plan, Problem, Wish


def faults(problem: Problem, plan: Plan) -> list[str]:
    """Every broken rule of a plan, for developers, in English; empty when the plan can be held."""
    found = list(_answers(problem, plan))
    for one in plan.placements:
        wish = next((wish for wish in problem.wishes if wish.id == one.wish), None)
        if wish is not None:
            found += [
                f"wish {one.wish}: {fault}" for fault in (*_days(problem, wish, one), *_means(problem, wish, one))
            ]
    return [*found, *_double(plan), *_overwork(problem, plan)]


def _answers(problem: Problem, plan: Plan) -> Iterator[str]:
    answered = Counter([*(one.wish for one in plan.placements), *(one.wish for one in plan.unplaced)])
    for wish in problem.wishes:
        if answered[wish.id] != 1:
            yield f"wish {wish.id}: answered {answered[wish.id]} times"
    for stranger in answered.keys() - {wish.id for wish in problem.wishes}:
        yield f"wish {stranger}: nobody asked"


def _days(problem: Problem, wish: Wish, one: Placement) -> Iterator[str]:
    days = sorted({day for day, _half in one.slots})
    if sorted(one.slots) != sorted((day, half) for day in days for half in HALVES[wish.halves]):
        yield "its half-days are not those asked for"
    if len(days) != wish.days:
        yield f"{len(days)} days instead of {wish.days}"
    if not days:
        return
    if days != [day for day in problem.days if days[0] <= day <= days[-1]]:
        yield "its days are not working days in a row"
    if len({day.isocalendar()[:2] for day in days}) > 1:
        yield "it crosses a weekend"
    if wish.windows and not any(first <= days[0] and days[-1] <= last for first, last in wish.windows):
        yield "it lies outside the windows"


def _means(problem: Problem, wish: Wish, one: Placement) -> Iterator[str]:
    rooms = [room for room in problem.rooms if room.id == one.room]
    for room in rooms:
        if room.capacity < wish.people:
            yield f"room {room.id} holds {room.capacity} of {wish.people} people"
        if wish.center is not None and room.center != wish.center:
            yield f"room {room.id} is of another center"
        for day in sorted({day for day, _half in one.slots} & set(problem.closed.get(room.center, ()))):
            yield f"center {room.center} is closed on {day}"
    if not rooms:
        yield f"room {one.room} does not exist"
    if len(one.trainers) != wish.trainers or len(set(one.trainers)) != len(one.trainers):
        yield f"{len(set(one.trainers))} trainers instead of {wish.trainers}"
    known = {trainer.id: trainer for trainer in problem.trainers}
    for trainer in one.trainers:
        if trainer not in known:
            yield f"trainer {trainer} does not exist"
        elif wish.topic not in known[trainer].topics:
            yield f"trainer {trainer} does not know {wish.topic}"
    for resource in (one.room, *one.trainers):
        for day, half in one.slots:
            if (day, half) in problem.busy.get(resource, ()):
                yield f"{resource} is busy on {day} {half}"


def _double(plan: Plan) -> list[str]:
    rooms = Counter((one.room, *slot) for one in plan.placements for slot in one.slots)
    trainers = Counter(
        (trainer, day)
        for one in plan.placements
        for trainer in set(one.trainers)
        for day in {day for day, _half in one.slots}
    )
    return [
        *(
            f"room {room} is taken {times} times on {day} {half}"
            for (room, day, half), times in rooms.items()
            if times > 1
        ),
        *(
            f"trainer {trainer} gives {times} workshops on {day}"
            for (trainer, day), times in trainers.items()
            if times > 1
        ),
    ]


def _overwork(problem: Problem, plan: Plan) -> list[str]:
    given = Counter(trainer for one in plan.placements for trainer in one.trainers for _slot in one.slots)
    return [
        f"trainer {trainer} gives {given[trainer] / 2} of {most} days"
        for trainer, most in problem.most_days.items()
        if most is not None and given[trainer] > 2 * most
    ]

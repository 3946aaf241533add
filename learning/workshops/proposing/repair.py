"""Mends a plan when a trainer or a room is lost: only what is hit moves, and moving costs."""

from collections.abc import Collection
from dataclasses import replace

from learning.workshops.proposing import prices
from learning.workshops.proposing.free import clashes, fitting_rooms
from learning.workshops.proposing.greedy import cheapest, tightness, with_load
from learning.workshops.proposing.problem import Placement, Plan, Problem, Reason, Room, Trainer, Unplaced, Wish
from learning.workshops.proposing.reasons import Choice, placement, plan_cost
from learning.workshops.proposing.timeline import Timeline


def repair(problem: Problem, plan: Plan, lost: Collection[int] = (), *, frozen: Collection[int] = ()) -> Plan:
    """The plan with a new place for each workshop that lost its room or a trainer; all others stay as they are.

    `lost` are rooms and trainers that drop out for the rest of the plan. Who is only away for some days belongs
    into `problem.busy`, which holds nothing of the plan itself; what meets those days is hit too.
    `frozen` are wishes whose days and room have been announced: when hit they keep both (the room unless it is
    lost or taken itself) and only change trainers. A hit workshop that finds no place is unplaced; those unplaced
    before stay so.
    """
    gone = set(lost)
    hit = [one for one in plan.placements if is_hit(problem, one, gone)]
    moving = {one.wish for one in hit}
    still = replace(
        problem,
        rooms=tuple(room for room in problem.rooms if room.id not in gone),
        trainers=tuple(trainer for trainer in problem.trainers if trainer.id not in gone),
    )
    timeline = Timeline(still)
    for one in plan.placements:
        if one.wish not in moving:
            timeline.take(problem.wish[one.wish], _choice(problem, one).first, one.room, one.trainers)
    chosen: dict[int, Choice] = {}
    for old in sorted(hit, key=lambda one: _tightness(timeline, problem.wish[one.wish])):
        wish = problem.wish[old.wish]
        if choice := _new_place(timeline, wish, old, prices.even_share(problem), old.wish in frozen):
            timeline.take(wish, *choice)
            chosen[wish.id] = choice
    after: list[Placement] = []
    left = list(plan.unplaced)
    for old in plan.placements:
        if old.wish not in moving:
            after.append(old)
        elif choice := chosen.get(old.wish):
            new = placement(problem, problem.wish[old.wish], choice, timeline.load)
            after.append(replace(new, why=(*_changes(problem, old, choice), *new.why)))
        else:
            left.append(Unplaced(old.wish, (_why_lost(old.wish in frozen),)))
    order = {wish.id: at for at, wish in enumerate(problem.wishes)}
    left.sort(key=lambda one: order[one.wish])
    return Plan(tuple(after), tuple(left), plan_cost(problem, after, left))


def is_hit(problem: Problem, one: Placement, gone: Collection[int]) -> bool:
    """Whether a placement lost its room or a trainer, or meets what has since become busy, closed or a holiday."""
    resources = (one.room, *one.trainers)
    if any(resource in gone for resource in resources):
        return True
    if one.room not in problem.room or any(trainer not in problem.trainer for trainer in one.trainers):
        return True
    return bool(clashes(problem, one.room, one.trainers, one.slots))


def _choice(problem: Problem, one: Placement) -> Choice:
    return Choice(problem.position[one.slots[0][0]], one.room, one.trainers)


def _tightness(timeline: Timeline, wish: Wish) -> tuple[int, int, int, int]:
    return tightness(wish, timeline.periods(wish), len(fitting_rooms(timeline.problem, wish)))


def _new_place(timeline: Timeline, wish: Wish, old: Placement, share: int, announced: bool) -> Choice | None:
    """The cheapest place when each change to the old one has its price."""
    first = timeline.problem.position.get(old.slots[0][0])
    same = 1 << first if first is not None and timeline.problem.slots(wish, first) == old.slots else 0
    periods = []
    for points, starts in timeline.periods(wish):
        periods.append((points, starts & same))
        if not announced:
            periods.append((points + prices.MOVED_DATE, starts & ~same))
    rooms = sorted(
        (
            (points + prices.MOVED_ROOM * (room.id != old.room), room)
            for points, room in fitting_rooms(timeline.problem, wish)
        ),
        key=lambda priced: (priced[0], priced[1].id),
    )
    if announced and old.room in timeline.free and timeline.starts(old.room, wish) & same:
        rooms = [priced for priced in rooms if priced[1].id == old.room]
    usual = with_load(timeline, wish, share)

    def points_of(trainer: Trainer, room: Room) -> int:
        return usual(trainer, room) + prices.NEW_TRAINER * (trainer.id not in old.trainers)

    return cheapest(timeline, wish, rooms, periods, points_of)


def _changes(problem: Problem, old: Placement, new: Choice) -> list[Reason]:
    """What is different from before, so that the right people are told."""
    found = []
    if problem.slots(problem.wish[old.wish], new.first) != old.slots:
        found.append(Reason("date_moved"))
    if new.room != old.room:
        found.append(Reason("room_moved"))
    found += [Reason("new_trainer", {"trainer": one}) for one in new.trainers if one not in old.trainers]
    return found


def _why_lost(announced: bool) -> Reason:
    return Reason("announced_and_none_free" if announced else "none_left_after_loss")

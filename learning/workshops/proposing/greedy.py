"""A plan at once: the tightest wish first, each into the cheapest free place."""

from learning.workshops.proposing import prices
from learning.workshops.proposing.free import TeamPoints, fitting_rooms, groups
from learning.workshops.proposing.problem import Plan, Problem, Reason, Room, Trainer, Wish
from learning.workshops.proposing.reasons import Choice, make_plan, why_not
from learning.workshops.proposing.timeline import Timeline


def greedy(problem: Problem) -> Plan:
    """Every wish in its turn, tightest first; then each is lifted once more and may move to a cheaper place."""
    timeline = Timeline(problem)
    share = prices.even_share(problem)
    periods = {wish.id: timeline.periods(wish) for wish in problem.wishes}
    rooms = {wish.id: fitting_rooms(problem, wish) for wish in problem.wishes}
    turn = sorted(problem.wishes, key=lambda wish: tightness(wish, periods[wish.id], len(rooms[wish.id])))
    chosen: dict[int, Choice] = {}
    for _round in range(2):
        for wish in turn:
            if before := chosen.pop(wish.id, None):
                timeline.give_back(wish, *before)
            points = with_load(timeline, wish, share)
            if choice := cheapest(timeline, wish, rooms[wish.id], periods[wish.id], points):
                timeline.take(wish, *choice)
                chosen[wish.id] = choice
    unplaced: dict[int, tuple[Reason, ...]] = {
        wish.id: why_not(timeline, wish) for wish in problem.wishes if wish.id not in chosen
    }
    return make_plan(problem, chosen, unplaced)


def tightness(wish: Wish, periods: list[tuple[int, int]], rooms: int) -> tuple[int, int, int, int]:
    """Sorts the wish with the fewest days to begin on first; then the dearer to leave out, fewer rooms, longer."""
    return sum(starts.bit_count() for _points, starts in periods), -wish.priority, rooms, -wish.load


def with_load(timeline: Timeline, wish: Wish, share: int) -> TeamPoints:
    """The way of a trainer and what the wish adds to the days above the even share."""

    def points(trainer: Trainer, room: Room) -> int:
        load = timeline.load[trainer.id]
        more = prices.of_load(load + wish.load, share) - prices.of_load(load, share)
        return prices.of_trainer(trainer, room) + more

    return points


def cheapest(
    timeline: Timeline,
    wish: Wish,
    rooms: list[tuple[int, Room]],
    periods: list[tuple[int, int]],
    points: TeamPoints = prices.of_trainer,
) -> Choice | None:
    """The cheapest free place, the earliest among equals; None when nothing is free. Rooms cheapest first."""
    best: tuple[int, int, int, tuple[int, ...]] | None = None
    cost = {room.id: price for price, room in rooms}
    for group in groups(timeline, wish, rooms, periods, points):
        if best and cost[group.room] > best[0]:
            break
        first = (group.starts & -group.starts).bit_length() - 1
        this = (group.cost, first, group.room, group.trainers)
        best = this if best is None or this < best else best
    return Choice(*best[1:]) if best else None

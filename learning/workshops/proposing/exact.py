"""The best plan that the optional solver finds in a given time, and a bound on how good any plan can be.

OR-Tools (requirements/planning.txt) is imported only while a plan is being computed; the site runs without it.
"""

from collections import defaultdict
from importlib import import_module
from typing import Any

from learning.workshops.proposing import prices
from learning.workshops.proposing.free import fitting_rooms, knowing_trainers
from learning.workshops.proposing.greedy import greedy
from learning.workshops.proposing.problem import Placement, Plan, Problem, Reason, Room, Trainer, Wish
from learning.workshops.proposing.reasons import Choice, make_plan, why_not
from learning.workshops.proposing.timeline import Timeline, bits

# The candidates of one wish; more of them make the search slower and hardly ever better.
ROOMS, TRAINERS = 6, 14


class SolverMissing(RuntimeError):
    """OR-Tools is not installed; the greedy plan is all there is."""


def solver() -> Any:
    """The CP-SAT module of OR-Tools. Raises SolverMissing."""
    try:
        return import_module("ortools.sat.python.cp_model")
    except ImportError as missing:
        raise SolverMissing("OR-Tools is not installed: pip install -r requirements/planning.txt") from missing


def optimise(problem: Problem, hint: Plan | None = None, seconds: float = 60, workers: int = 2) -> Plan:
    """The best plan found in `seconds` of search, never dearer than the hint (by default the greedy plan).

    The bound holds for the candidates kept: the nearest rooms and trainers of each wish and those of the hint.
    Raises SolverMissing.
    """
    cp = solver()
    hint = hint or greedy(problem)
    year = _Year(cp, problem, hint)
    run = cp.CpSolver()
    run.parameters.max_time_in_seconds = seconds
    run.parameters.num_workers = workers
    run.parameters.random_seed = 1
    status = run.solve(year.model)
    chosen = _choices(problem, hint)
    bound = 0
    if status in (cp.OPTIMAL, cp.FEASIBLE):
        bound = round(run.best_objective_bound)
        if run.objective_value <= hint.cost:
            chosen = year.read(run)
    timeline = Timeline(problem)
    for wish_id, choice in chosen.items():
        timeline.take(problem.wish[wish_id], *choice)
    unplaced: dict[int, tuple[Reason, ...]] = {
        wish.id: why_not(timeline, wish) for wish in problem.wishes if wish.id not in chosen
    }
    return make_plan(problem, chosen, unplaced, bound)


def _choices(problem: Problem, plan: Plan) -> dict[int, Choice]:
    return {one.wish: Choice(problem.position[one.slots[0][0]], one.room, one.trainers) for one in plan.placements}


class _Year:
    """The model of a year: one optional interval per wish and candidate, nothing overlaps on a resource."""

    def __init__(self, cp: Any, problem: Problem, hint: Plan) -> None:
        self.cp, self.problem, self.model = cp, problem, cp.CpModel()
        self.timeline = Timeline(problem)
        self.intervals: dict[int, list[Any]] = defaultdict(list)
        self.load: dict[int, list[Any]] = defaultdict(list)
        self.costs: list[Any] = []
        self.start: dict[int, Any] = {}
        self.rooms: dict[int, dict[int, Any]] = {}
        self.trainers: dict[int, dict[int, Any]] = {}
        hinted = {one.wish: one for one in hint.placements}
        for wish in problem.wishes:
            self._add(wish, hinted.get(wish.id))
        for intervals in self.intervals.values():
            self.model.add_no_overlap(intervals)
        self._share_the_load(hint)
        self.model.minimize(sum(self.costs))

    def read(self, run: Any) -> dict[int, Choice]:
        """What the solver decided, by wish."""
        return {
            wish: Choice(
                run.value(self.start[wish]) // 2,
                next(room for room, literal in rooms.items() if run.value(literal)),
                tuple(sorted(one for one, literal in self.trainers[wish].items() if run.value(literal))),
            )
            for wish, rooms in self.rooms.items()
            if any(run.value(literal) for literal in rooms.values())
        }

    def _add(self, wish: Wish, hint: Placement | None) -> None:
        periods = [(points, starts) for points, starts in self.timeline.periods(wish) if starts]
        rooms, trainers = self._candidates(wish, hint)
        unscheduled = self._literal(hint is None)
        self.costs.append(prices.of_no_place(wish) * unscheduled)
        if not periods or not rooms or len(trainers) < wish.trainers:
            self.model.add_bool_or(unscheduled)
            return
        wanted = 0
        for _points, starts in periods:
            wanted |= starts
        start = self.model.new_int_var_from_domain(self._domain(wish, wanted), "")
        first = self.problem.position[hint.slots[0][0]] if hint else next(bits(wanted))
        self.model.add_hint(start, self._unit(wish, first))
        self.start[wish.id] = start
        self.rooms[wish.id] = {
            room.id: self._resource(wish, room.id, start, wanted, hint is not None and hint.room == room.id)
            for _points, room in rooms
        }
        self.trainers[wish.id] = {
            one.id: self._resource(wish, one.id, start, wanted, hint is not None and one.id in hint.trainers)
            for one in trainers
        }
        self.costs += [points * self.rooms[wish.id][room.id] for points, room in rooms if points]
        self.model.add_exactly_one([unscheduled, *self.rooms[wish.id].values()])
        self.model.add(sum(self.trainers[wish.id].values()) == wish.trainers * (1 - unscheduled))
        for one, literal in self.trainers[wish.id].items():
            self.load[one].append(wish.load * literal)
        self._choose_window(wish, start, periods, unscheduled, first if hint else None)
        self._travel(wish, [room for _points, room in rooms], trainers, hint)

    def _candidates(self, wish: Wish, hint: Placement | None) -> tuple[list[tuple[int, Room]], list[Trainer]]:
        """The cheapest rooms, the trainers with the shortest way to any of them, and those of the hint."""
        fitting = fitting_rooms(self.problem, wish)
        rooms = fitting[:ROOMS]
        rooms += [priced for priced in fitting[ROOMS:] if hint and priced[1].id == hint.room]
        houses = {self._house(room): room for _points, room in rooms}.values()

        def way(one: Trainer) -> tuple[int, int]:
            return min((prices.of_trainer(one, room) for room in houses), default=0), one.id

        known = [one for one in knowing_trainers(self.problem, wish) if self.timeline.may_give(one.id, wish)]
        known.sort(key=way)
        kept = max(TRAINERS, 2 * wish.trainers)
        return rooms, known[:kept] + [one for one in known[kept:] if hint and one.id in hint.trainers]

    def _resource(self, wish: Wish, resource: int, start: Any, wanted: int, hinted: bool) -> Any:
        """A literal that takes the resource for the wish, only where it is free."""
        literal = self._literal(hinted)
        free = self.timeline.starts(resource, wish) & wanted
        if free != wanted:
            domain = self._domain(wish, free)
            self.model.add_linear_expression_in_domain(start, domain).only_enforce_if(literal)
        if resource in self.problem.trainer:
            pieces = [(-(wish.halves == "pm"), 2 * wish.days)]  # whole days: one workshop a day
        elif wish.halves == "full":
            pieces = [(0, 2 * wish.days)]
        else:
            pieces = [(2 * day, 1) for day in range(wish.days)]
        self.intervals[resource] += [
            self.model.new_optional_fixed_size_interval_var(start + offset, size, literal, "")
            for offset, size in pieces
        ]
        return literal

    def _choose_window(
        self, wish: Wish, start: Any, periods: list[tuple[int, int]], unscheduled: Any, first: int | None
    ) -> None:
        if len(periods) == 1:
            self.costs.append(periods[0][0] * (1 - unscheduled))
            return
        literals = []
        for points, starts in periods:
            literal = self._literal(first is not None and bool(starts >> first & 1))
            self.model.add_linear_expression_in_domain(start, self._domain(wish, starts)).only_enforce_if(literal)
            self.costs.append(points * literal)
            literals.append(literal)
        self.model.add_exactly_one([unscheduled, *literals])

    def _travel(self, wish: Wish, rooms: list[Room], trainers: list[Trainer], hint: Placement | None) -> None:
        """Trainers are sent to houses like goods to shops, which bounds the cost far better than implications."""
        houses: dict[tuple[object, ...], list[Room]] = defaultdict(list)
        for room in rooms:
            houses[self._house(room)].append(room)
        sent: dict[tuple[object, ...], list[Any]] = defaultdict(list)
        for one in trainers:
            ways = []
            for house, of_house in houses.items():
                points = prices.of_trainer(one, of_house[0])
                if len(houses) == 1:
                    way = self.trainers[wish.id][one.id]
                else:
                    there = hint is not None and hint.room in {room.id for room in of_house}
                    way = self._literal(there and hint is not None and one.id in hint.trainers)
                    ways.append(way)
                    sent[house].append(way)
                if points:
                    self.costs.append(points * way)
            if ways:
                self.model.add(sum(ways) == self.trainers[wish.id][one.id])
        for house, ways in sent.items():
            here = sum(self.rooms[wish.id][room.id] for room in houses[house])
            self.model.add(sum(ways) == wish.trainers * here)

    def _share_the_load(self, hint: Plan) -> None:
        share = prices.even_share(self.problem)
        hinted: dict[int, int] = defaultdict(int)
        for placement in hint.placements:
            for one in placement.trainers:
                hinted[one] += self.problem.wish[placement.wish].load
        for one, given in self.load.items():
            most = self.problem.most_days.get(one)
            if most is not None:
                self.model.add(sum(given) <= 2 * most)
            above = self.model.new_int_var(0, 2 * len(self.problem.days), "")
            self.model.add(above >= sum(given) - share)
            self.model.add_hint(above, max(0, hinted[one] - share))
            self.costs.append(prices.OVER_SHARE * above)

    def _literal(self, hinted: bool) -> Any:
        literal = self.model.new_bool_var("")
        self.model.add_hint(literal, hinted)
        return literal

    def _domain(self, wish: Wish, starts: int) -> Any:
        return self.cp.Domain.from_values([self._unit(wish, at) for at in bits(starts)])

    @staticmethod
    def _unit(wish: Wish, first: int) -> int:
        """The first half-day of a wish that begins on the working day at place `first`, counted over the year."""
        return 2 * first + (wish.halves == "pm")

    @staticmethod
    def _house(room: Room) -> tuple[object, ...]:
        return room.center, room.province, room.district

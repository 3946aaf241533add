"""Who is free when, as one bit per working day, so that a whole year is compared in one step."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from learning.workshops.proposing import prices
from learning.workshops.proposing.problem import HALVES, LONGEST, Half, Problem, Wish


def bits(mask: int) -> Iterator[int]:
    """The places of the set bits, smallest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Timeline:
    """The free half-days of every room and trainer; bit n of a mask is the working day at place n."""

    def __init__(self, problem: Problem) -> None:
        days, position = problem.days, problem.position
        self.problem = problem
        self.whole = (1 << len(days)) - 1
        resources = [*(room.id for room in problem.rooms), *(trainer.id for trainer in problem.trainers)]
        self.free: dict[int, dict[Half, int]] = {one: {"am": self.whole, "pm": self.whole} for one in resources}
        self.load = {trainer.id: 0 for trainer in problem.trainers}
        for resource, slots in problem.busy.items():
            for day, half in slots if resource in self.free else ():
                if day in position:
                    self.free[resource][half] &= ~(1 << position[day])
        for room in problem.rooms:
            shut = sum(1 << position[day] for day in problem.closed.get(room.center, ()) if day in position)
            self.free[room.id]["am"] &= ~shut
            self.free[room.id]["pm"] &= ~shut
        self.open = {resource: dict(halves) for resource, halves in self.free.items()}
        weeks = [day.isocalendar()[:2] for day in days]
        # For 0 to 5 days: the days on which a workshop of so many may begin.
        self.in_one_week = [self.whole] + [
            sum(1 << at for at in range(len(days) - length + 1) if weeks[at] == weeks[at + length - 1])
            for length in range(1, LONGEST + 1)
        ]

    def starts(self, resource: int, wish: Wish) -> int:
        """The days on which the wish could begin as far as this room or trainer is concerned."""
        free = self.free[resource]
        whole = self.whole
        for half in HALVES[wish.halves]:
            whole &= free[half]
        found = whole & self.in_one_week[wish.days]
        for later in range(1, wish.days):
            found &= whole >> later
        return found

    def periods(self, wish: Wish) -> list[tuple[int, int]]:
        """(points, starts) of each window that holds all days of the wish; no start stands in two."""
        if not wish.windows:
            return [(0, self.in_one_week[wish.days])]
        found, seen = [], 0
        for number, (first, last) in enumerate(wish.windows):
            days = self.problem.days
            inside = (1 << bisect_right(days, last)) - (1 << bisect_left(days, first))
            starts = inside & self.in_one_week[wish.days] & ~seen
            for later in range(1, wish.days):
                starts &= inside >> later
            seen |= starts
            found.append((prices.of_window(number), starts))
        return found

    def may_give(self, trainer: int, wish: Wish) -> bool:
        """Whether the trainer's days of the year still cover the wish."""
        most = self.problem.most_days.get(trainer)
        return most is None or self.load[trainer] + wish.load <= 2 * most

    def take(self, wish: Wish, first: int, room: int, trainers: tuple[int, ...]) -> None:
        """The room is taken from the working day at place `first`, and the trainers for whole days.

        A trainer gives one workshop a day: the next may be held in another town.
        """
        days = ((1 << wish.days) - 1) << first
        for resource, half in _uses(wish, room, trainers):
            self.free[resource][half] &= ~days
        for trainer in trainers:
            self.load[trainer] += wish.load

    def give_back(self, wish: Wish, first: int, room: int, trainers: tuple[int, ...]) -> None:
        """Undoes `take`; what was busy from the beginning stays so."""
        days = ((1 << wish.days) - 1) << first
        for resource, half in _uses(wish, room, trainers):
            self.free[resource][half] |= days & self.open[resource][half]
        for trainer in trainers:
            self.load[trainer] -= wish.load


def _uses(wish: Wish, room: int, trainers: tuple[int, ...]) -> list[tuple[int, Half]]:
    return [(room, half) for half in HALVES[wish.halves]] + [(one, half) for one in trainers for half in HALVES["full"]]

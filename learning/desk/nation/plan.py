"""How much of everything a nation has, and its days. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Self, TypeVar

from learning.organizations.choices import Kind

Thing = TypeVar("Thing")

FULL = 200_000
LEAST_PEOPLE = 100
YEARS = 3
# Thailand has Indochina Time all year round, and the database keeps UTC.
UTC_OFFSET_MINUTES = 7 * 60
DAY_MINUTES = 24 * 60

# Cooperatives on 31 December 2563: National Statistical Office, Yearbook 2021, p. 556. Federations are a guess.
COOPERATIVES: dict[str, int] = {
    Kind.AGRICULTURAL: 3307,
    Kind.SAVINGS: 1417,
    Kind.SERVICE: 1063,
    Kind.CREDIT_UNION: 581,
    Kind.STORE: 126,
    Kind.SETTLEMENT: 85,
    Kind.FISHERY: 74,
    Kind.FEDERATION: 67,
}
# No source counts these: a guess.
INFORMAL_GROUPS: dict[str, int] = {
    Kind.WOMENS_GROUP: 45,
    Kind.OCCUPATION_GROUP: 25,
    Kind.YOUTH_GROUP: 20,
    Kind.OTHER_GROUP: 10,
}


@dataclass(frozen=True)
class Scale:
    """Counts for a number of people, in the proportions of a nation of 200,000 learners."""

    people: int
    cooperatives: int
    farmers_groups: int
    informal_groups: int

    @classmethod
    def of(cls, people: int, *, organizations_as_for: int | None = None) -> Self:
        part = (organizations_as_for or people) / FULL
        return cls(people, round(6300 * part), round(4000 * part), round(12_000 * part))

    @property
    def memberships(self) -> int:
        """Positions held today or given up: 8 % of people have two, 2 % have three."""
        return self.people + self.second + self.third

    @property
    def second(self) -> int:
        """People with more than one."""
        return round(self.people * 0.10)

    @property
    def third(self) -> int:
        return round(self.people * 0.02)

    @property
    def enrollments(self) -> int:
        return 5 * self.people


class Calendar:
    """Days counted from the first one of the enrollments (0) until the last; moments in minutes since then."""

    def __init__(self, until: date) -> None:
        self.until = until
        self.last = 365 * YEARS
        self.first = until - timedelta(days=self.last)
        self._days: dict[int, str] = {}
        self.days = [self.iso(day) for day in range(self.last + 1)]
        self.times = [f" {minute // 60:02d}:{minute % 60:02d}:00" for minute in range(DAY_MINUTES)]

    def iso(self, day: int) -> str:
        """The day as the database writes it; days before the first are negative."""
        text = self._days.get(day)
        if text is None:
            text = self._days[day] = (self.first + timedelta(days=day)).isoformat()
        return text

    def moment(self, minute: int) -> str:
        """A moment in UTC as the database writes it, of minutes of local time since the first day."""
        day, rest = divmod(minute - UTC_OFFSET_MINUTES, DAY_MINUTES)
        return self.iso(day) + self.times[rest]

    def year(self, day: int) -> int:
        return int(self.iso(day)[:4])


def share(total: int, weights: Mapping[Thing, int]) -> dict[Thing, int]:
    """A total divided by weights into whole numbers; what is left goes to the largest remainders."""
    whole = sum(weights.values())
    parts = {thing: total * weight // whole for thing, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda thing: -(total * weights[thing] % whole))
    for thing in by_remainder[: total - sum(parts.values())]:
        parts[thing] += 1
    return parts


def spread(
    count: int, places: Sequence[Thing], weights: Sequence[float], empty: set[Thing], rng: Random
) -> list[Thing]:
    """A place for each of `count`: half of them, if need be, go to empty places, the others by weight."""
    waiting = [place for place in places if place in empty]
    chosen = rng.sample(waiting, min(len(waiting), (count + 1) // 2))
    chosen += rng.choices(places, weights, k=count - len(chosen))
    empty.difference_update(chosen)
    return chosen

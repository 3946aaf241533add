"""What is asked and what is there: days, rooms, trainers, wishes; and the plan that answers them."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal, Protocol

Half = Literal["am", "pm"]
Topic = str | int
Slot = tuple[date, Half]
LONGEST = 5  # working days: a workshop never crosses a weekend
HALVES: dict[str, tuple[Half, ...]] = {"full": ("am", "pm"), "am": ("am",), "pm": ("pm",)}


class Place(Protocol):
    """Anything that lies somewhere: codes of its region, province and, where known, district."""

    @property
    def region(self) -> str: ...
    @property
    def province(self) -> str: ...
    @property
    def district(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Room:
    """A room or venue of a center; `capacity` in people."""

    id: int
    center: int
    capacity: int
    province: str
    district: str | None
    region: str


@dataclass(frozen=True, slots=True)
class Trainer:
    """Someone who teaches; province, district and region are where the travel begins."""

    id: int
    center: int
    topics: frozenset[Topic]
    province: str
    region: str
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A request: `days` working days in a row inside one ISO week and inside one of the windows.

    No center: any center may hold it. No windows: any day of the year; a later window is liked less.
    Place is where the people come from. `priority` multiplies the price of staying without a place.
    `trainers` is how many are needed at once. Raises ValueError for what cannot be asked.
    """

    id: int
    center: int | None
    topic: Topic
    people: int
    days: int
    halves: Literal["full", "am", "pm"]
    windows: tuple[tuple[date, date], ...]
    province: str
    district: str | None
    region: str
    priority: int = 1
    trainers: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.days <= LONGEST:
            raise ValueError(f"wish {self.id}: {self.days} days, but a workshop has 1 to {LONGEST}")
        if self.halves not in HALVES:
            raise ValueError(f"wish {self.id}: {self.halves!r} is no part of a day")
        if self.people < 1 or self.priority < 1 or self.trainers < 0:
            raise ValueError(f"wish {self.id}: people and priority begin at 1, trainers at 0")
        if any(last < first for first, last in self.windows):
            raise ValueError(f"wish {self.id}: a window ends before it begins")

    @property
    def load(self) -> int:
        """Half-days that each trainer gives."""
        return self.days * len(HALVES[self.halves])


@dataclass(frozen=True)
class Problem:
    """A year to plan. `days` are the working days in order, public holidays already taken out.

    `closed` maps a center to the days on which its rooms are shut. `busy` maps a room or trainer to the
    half-days already taken (leave counts); ids of rooms and trainers come from one table and never meet.
    `most_days` maps a trainer to the days still to be given, None or absent: no limit; a half-day is 0.5.
    """

    days: tuple[date, ...]
    rooms: tuple[Room, ...]
    trainers: tuple[Trainer, ...]
    wishes: tuple[Wish, ...]
    closed: Mapping[int, AbstractSet[date]] = field(default_factory=dict)
    busy: Mapping[int, AbstractSet[Slot]] = field(default_factory=dict)
    most_days: Mapping[int, int | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if any(later <= earlier for earlier, later in pairwise(self.days)):
            raise ValueError("the working days are not in order")
        resources = [*(room.id for room in self.rooms), *(trainer.id for trainer in self.trainers)]
        if len(resources) != len(set(resources)):
            raise ValueError("an id stands for two rooms or trainers")
        if len(self.wishes) != len({wish.id for wish in self.wishes}):
            raise ValueError("an id stands for two wishes")

    @cached_property
    def position(self) -> dict[date, int]:
        """Working day → its place in `days`."""
        return {day: place for place, day in enumerate(self.days)}

    @cached_property
    def room(self) -> dict[int, Room]:
        return {room.id: room for room in self.rooms}

    @cached_property
    def trainer(self) -> dict[int, Trainer]:
        return {trainer.id: trainer for trainer in self.trainers}

    @cached_property
    def wish(self) -> dict[int, Wish]:
        return {wish.id: wish for wish in self.wishes}

    def slots(self, wish: Wish, first: int) -> tuple[Slot, ...]:
        """The half-days of a wish that begins on the working day at place `first`."""
        return tuple((day, half) for day in self.days[first : first + wish.days] for half in HALVES[wish.halves])


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is as it is: a code that `words` turns into a sentence, and plain values for its gaps."""

    code: str
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Placement:
    """A wish with its room, trainers and half-days; `cost` in points, without the evenness of the whole plan."""

    wish: int
    room: int
    trainers: tuple[int, ...]
    slots: tuple[Slot, ...]
    cost: int
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A wish for which nothing was found, and why."""

    wish: int
    why: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """An answer to a problem, in the order of its wishes.

    `bound` is a cost below which no plan of the solver's candidates lies, `gap` the share of the cost above
    it (0.02 = 2 %); both None when no solver ran.
    """

    placements: tuple[Placement, ...]
    unplaced: tuple[Unplaced, ...]
    cost: int
    bound: int | None = None
    gap: float | None = None

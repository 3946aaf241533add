"""Many people register for a few seats at the same moment: no seat may be sold twice, and nobody lost."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from threading import Barrier
from typing import Any, TypeVar

from django.db import connections

from learning.workshops.choices import SeatState

Person = TypeVar("Person")
PATIENCE = 60  # seconds until everybody must stand at the start


@dataclass(frozen=True)
class RaceResult:
    """How many were told that they have a seat, and that they stand in line; the rest are `errors`.

    `oversold`: seats promised beyond those there are. `p95_ms`: 19 of 20 registrations took no longer.
    """

    confirmed: int
    waiting: int
    oversold: int
    errors: int
    p95_ms: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def race_for_seats(register: Callable[[Person], str], people: Sequence[Person], seats: int) -> RaceResult:
    """Everybody registers at once, each on a connection of their own.

    `register` takes one of the people, commits, and gives the state of the seat; `seats` are free before the race.
    """
    start = Barrier(len(people))

    def run(person: Person) -> tuple[str, float]:
        try:
            connections["default"].ensure_connection()  # it stands before the start
            start.wait(PATIENCE)
            began = time.perf_counter()
            return _outcome(register, person), time.perf_counter() - began
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(people)) as pool:
        answers = list(pool.map(run, people))
    outcomes = [outcome for outcome, _seconds in answers]
    seconds = sorted(took for _outcome, took in answers)
    confirmed, waiting = outcomes.count(SeatState.CONFIRMED), outcomes.count(SeatState.WAITING)
    return RaceResult(
        confirmed=confirmed,
        waiting=waiting,
        oversold=max(confirmed - seats, 0),
        errors=len(people) - confirmed - waiting,
        p95_ms=round(seconds[int(len(seconds) * 0.95)] * 1000, 1),
    )


def _outcome(register: Callable[[Person], str], person: Person) -> str:
    try:
        return register(person)
    except Exception:  # whatever it is, it is what the race counts
        return "error"

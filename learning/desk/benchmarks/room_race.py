"""Many people book a few rooms at the same moment, over real connections: nothing may be booked twice."""

import random
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from datetime import date
from threading import Barrier
from typing import Any

from django.db import connections
from django.db.models import Count

from learning.kernel.refusals import Refused
from learning.workshops.booking import Wanted
from learning.workshops.choices import Half
from learning.workshops.models import ResourceSlot

Book = Callable[[Sequence[Wanted]], object]
BOOKINGS, ROOMS, DAYS, LONGEST = 120, 3, 20, 3
PATIENCE = 60  # seconds until everybody must stand at the start


@dataclass(frozen=True)
class RaceResult:
    """`booked` of `tried` came through, `refused` were told what is taken; the rest are faults.

    `overlaps`: half-days of a room that are taken more than once. `p95_ms`: 19 of 20 bookings took no longer.
    """

    tried: int
    booked: int
    refused: int
    overlaps: int
    errors: int
    p95_ms: float

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def spans(rooms: Sequence[int], days: Sequence[date], *, bookings: int = BOOKINGS, seed: int = 1) -> list[list[Wanted]]:
    """One to three whole days in one of the rooms, drawn by lot; the same seed draws the same."""
    lot = random.Random(seed)  # noqa: S311  a lot for a test
    found = []
    for _booking in range(bookings):
        room, length = lot.choice(rooms), lot.randint(1, LONGEST)
        first = lot.randrange(len(days) - length + 1)
        found.append([Wanted(room, day, half) for day in days[first : first + length] for half in Half])
    return found


def race_for_rooms(
    book: Book, *, rooms: Sequence[int], days: Sequence[date], bookings: int = BOOKINGS, seed: int = 1
) -> RaceResult:
    """Everybody books at once, each on a connection of their own.

    `book` takes a list of half-days, commits it or raises Refused. The rooms must be free before the race.
    """
    wishes = spans(rooms, days, bookings=bookings, seed=seed)
    start = Barrier(len(wishes))

    def run(wanted: Sequence[Wanted]) -> tuple[str, float]:
        try:
            ResourceSlot.objects.exists()  # the connection stands before the start
            start.wait(PATIENCE)
            began = time.perf_counter()
            outcome = _outcome(book, wanted)
            return outcome, time.perf_counter() - began
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(wishes)) as pool:
        answers = list(pool.map(run, wishes))
    outcomes = [outcome for outcome, _seconds in answers]
    seconds = sorted(took for _outcome, took in answers)
    return RaceResult(
        tried=len(wishes),
        booked=outcomes.count("booked"),
        refused=outcomes.count("refused"),
        overlaps=overlaps(rooms),
        errors=outcomes.count("error"),
        p95_ms=round(seconds[int(len(seconds) * 0.95)] * 1000, 1),
    )


def _outcome(book: Book, wanted: Sequence[Wanted]) -> str:
    try:
        book(wanted)
    except Refused:
        return "refused"
    except Exception:  # whatever it is, it is what the race counts
        return "error"
    return "booked"


def overlaps(rooms: Sequence[int]) -> int:
    """Half-days for which a room is taken more than once."""
    return (
        ResourceSlot.objects.filter(active=True, resource__in=rooms)
        .order_by()
        .values("resource", "day", "half")
        .annotate(times=Count("pk"))
        .filter(times__gt=1)
        .count()
    )

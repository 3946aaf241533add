"""The half-days of a workshop before they are booked: days, clock times, agenda. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from learning.workshops.choices import Half

Clock = Mapping[str, tuple[time, time]]
# The usual hours of an office; noon to one is for lunch.
CLOCK: Clock = {Half.AM: (time(9), time(12)), Half.PM: (time(13), time(16))}
MOST_DAYS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """A morning or an afternoon as it is planned."""

    day: date
    half: str
    starts: time
    ends: time
    title: str = ""
    agenda: str = ""


def parts_of(days: Iterable[date], halves: Sequence[str], *, clock: Clock = CLOCK) -> list[Part]:
    """The same halves on each of these days, in order; a day named twice is one."""
    return [Part(day, half, *clock[half]) for day in sorted(set(days)) for half in halves]


def shifted(days: Sequence[date], to: date) -> dict[date, date]:
    """Each day with the day it moves to, when the first moves to `to` and the gaps between them stay."""
    ordered = sorted(set(days))
    return {day: to + (day - ordered[0]) for day in ordered}


def overlap(spans: Iterable[tuple[date, time, time]]) -> date | None:
    """The first day on which two spans of clock time overlap; None when none do."""
    ordered = sorted(spans)
    for (day, _starts, ends), (next_day, next_starts, _next_ends) in pairwise(ordered):
        if day == next_day and next_starts < ends:
            return day
    return None

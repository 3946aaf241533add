"""When an assignment is fulfilled, by when it is due, and until when it holds. Pure: no database, clock or request."""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

# Somebody who comes into the audience late still gets so many days, or all of them when there are fewer.
LEAST_DAYS = 14


@dataclass(frozen=True, slots=True)
class Completion:
    course_id: int
    on: date
    hours: Decimal


def fulfilled_on(
    completions: Iterable[Completion],
    *,
    courses: Collection[int],
    required_hours: Decimal | None,
    counts_since: date | None,
) -> date | None:
    """The day on which enough was completed; None while something is missing.

    Without `required_hours` all courses are needed; with them, the first completions that make so many hours.
    A course counts once. Completions before `counts_since` do not count.
    """
    first: dict[int, Completion] = {}
    for one in sorted(completions, key=lambda one: one.on):
        if one.course_id in courses and (counts_since is None or one.on >= counts_since):
            first.setdefault(one.course_id, one)
    if required_hours is None:
        return max(one.on for one in first.values()) if courses and len(first) == len(set(courses)) else None
    total = Decimal(0)
    for one in first.values():
        total += one.hours
        if total >= required_hours:
            return one.on
    return None


def due_day(*, base: date, begun_on: date, due_days: int) -> date:
    """`due_days` after the base day, but never less than two weeks after a person comes in."""
    return max(base + timedelta(days=due_days), begun_on + timedelta(days=min(due_days, LEAST_DAYS)))


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month: 31 January and one month is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

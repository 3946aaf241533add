"""Before a center decides: what stands in the way of a request on a day, and what is free nearest to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from learning.workshops import booking, free
from learning.workshops.booking import Wanted
from learning.workshops.calendars.working import working_days
from learning.workshops.choices import HALVES_OF, ResourceKind
from learning.workshops.models import Resource, WorkshopRequest
from learning.workshops.queries.requests import holds_of, public_holidays

SHOWN = 6
ALTERNATIVES = 3
# Songkran with its two weekends is the longest time without a working day.
SOON = timedelta(days=45)
MOST_TRAINERS = 5
LONGEST_KEY = 60
# How far ahead anybody plans; a year more than a request may wish.
FARTHEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class Place:
    """A place in time: days in a row, a room and trainers of the center that is asked."""

    days: tuple[date, ...]
    halves: tuple[str, ...]
    room: Resource
    trainers: tuple[Resource, ...]

    @property
    def wanted(self) -> list[Wanted]:
        """Everything that is taken by it."""
        return [
            Wanted(resource.pk, day, half)
            for resource in (self.room, *self.trainers)
            for day in self.days
            for half in self.halves
        ]

    def __str__(self) -> str:
        names = ", ".join(resource.name for resource in (self.room, *self.trainers))
        return _("%(days)s: %(names)s") % {"days": in_words(self.days), "names": names}


@dataclass(frozen=True, slots=True)
class Look:
    """What is known about `days`, the first that would do on or after the day asked for."""

    days: tuple[date, ...]
    clashes: tuple[str, ...]
    more: int
    alternatives: tuple[free.Alternative, ...]
    seats: int
    rooms: int
    is_free: bool


def in_words(days: Sequence[date]) -> str:
    """One day, or the first and the last of several."""
    if len(days) < 2:
        return format_be(days[0]) if days else ""
    return _("%(first)s to %(last)s") % {"first": format_be(days[0]), "last": format_be(days[-1])}


def days_from(start: date, count: int) -> tuple[date, ...]:
    """The first working days in a row, inside one week, on or after a day; empty when there are none soon."""
    found = working_days(start, start + SOON, public_holidays(start, start + SOON))
    for at in range(len(found) - count + 1):
        days = found[at : at + count]
        if days[0].isocalendar()[:2] == days[-1].isocalendar()[:2]:
            return tuple(days)
    return ()


def day_to_look_at(request: WorkshopRequest) -> date:
    """The first day of the best window that is not past; tomorrow when all are."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    coming = [window for window in request.windows.all() if window.until >= tomorrow]
    return max(tomorrow, coming[0].since) if coming else tomorrow


def look(request: WorkshopRequest, near: date) -> Look:
    """Clash and alternatives near a day; at most nine queries, and the request's own holds are not in its way."""
    days = days_from(near, request.day_count)
    own = holds_of(request)
    found = free.alternatives(request, near, count=ALTERNATIVES, ignoring=own)
    expected = sum(line.count for line in request.people.all())
    fitting, teaching = _of_the_center(request, expected)
    is_free = bool(found and days and found[0].days[0] == days[0])
    lines = [] if is_free or not days else _in_the_way(request, days, [*fitting, *teaching])
    return Look(
        days,
        tuple(lines[:SHOWN]),
        max(0, len(lines) - SHOWN),
        tuple(found),
        seats=expected,
        rooms=len(fitting),
        is_free=is_free,
    )


def _of_the_center(request: WorkshopRequest, expected: int) -> tuple[list[Resource], list[Resource]]:
    """The rooms that hold the people, and the trainers who know the topic."""
    rows = Resource.objects.filter(
        center=request.center_id, is_active=True, kind__in=[ResourceKind.ROOM, ResourceKind.TRAINER]
    )
    rooms, trainers = [], []
    for row in rows:
        if row.is_room and (row.capacity or 0) >= expected:
            rooms.append(row)
        elif row.is_trainer and request.topic in row.topics:
            trainers.append(row)
    return rooms, trainers


def _in_the_way(request: WorkshopRequest, days: Iterable[date], resources: Iterable[Resource]) -> list[str]:
    days = list(days)
    off = booking.closed_on(days, center=request.center_id)
    lines = [
        _("%(day)s: %(name)s, the center is closed.") % {"day": format_be(day, "short"), "name": name}
        for day, name in sorted(off.items())
    ]
    halves = HALVES_OF[request.day_length]
    wanted = [Wanted(resource.pk, day, half) for resource in resources for day in days for half in halves]
    return lines + booking.in_words(booking.clashes_of(wanted, request=request.pk))


def place_written(request: WorkshopRequest, key: str) -> Place | None:
    """The place that a form names by the key of an alternative; None when the center has no such room or trainer.

    Whether it is still free is not asked here: `booking` says that when it is taken.
    """
    parts = key.split("-") if len(key) <= LONGEST_KEY else []
    if not 2 <= len(parts) <= 2 + MOST_TRAINERS or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    try:
        start = datetime.strptime(parts[0], "%Y%m%d").date()
    except ValueError:
        return None
    today = timezone.localdate()
    days = days_from(start, request.day_count) if today < start <= today + FARTHEST else ()
    known = Resource.objects.filter(center=request.center_id, is_active=True).select_related("venue")
    numbers = [int(part) for part in parts[1:] if len(part) < 10]
    found = known.in_bulk(numbers)
    chosen = [found.get(number) for number in numbers]
    room, *trainers = chosen if len(numbers) == len(parts) - 1 else (None,)
    if not days or days[0] != start or room is None or not room.is_room:
        return None
    team = [one for one in trainers if one is not None and one.is_trainer]
    if len(team) < len(trainers):
        return None
    return Place(days, tuple(HALVES_OF[request.day_length]), room, tuple(team))

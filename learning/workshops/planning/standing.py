"""Workshops that stand and lost a room or a trainer: where they are now, and what of it may change."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from learning.workshops.choices import COMING, HALVES_OF, ResourceKind, SlotPurpose, WorkshopState
from learning.workshops.models import ResourceSlot, Session, Workshop
from learning.workshops.proposing.problem import LONGEST, Placement, Slot, Wish

BY_HAND = "by_hand"  # a reason beside those of `proposing`
PRIORITY = 3  # before all open requests
NOTICE, NEAR, YEAR = timedelta(days=8), timedelta(days=21), timedelta(days=366)
Windows = tuple[tuple[date, date], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A workshop to be moved: as a wish (its number with a minus), and where it is now.

    `is_announced`: people know of its days. `is_asked`: its windows are those that an office asked for.
    """

    workshop: Workshop
    wish: Wish
    now: Placement
    is_announced: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """Workshops that lost something: those that a search can move, and those that only a person can."""

    standing: list[Standing] = field(default_factory=list)
    by_hand: list[Workshop] = field(default_factory=list)
    resources: set[int] = field(default_factory=set)
    centers: set[int] = field(default_factory=set)


def workshops_hit(lost: Collection[int], since: date, until: date, centers: Collection[int] | None) -> Hit:
    """Workshops to come that use one of these between two days; at most six queries."""
    slots = ResourceSlot.objects.filter(
        active=True, purpose=SlotPurpose.SESSION, resource__in=lost, day__range=(since, until)
    )
    rows = Workshop.objects.filter(pk__in=slots.order_by().values("session__workshop"), state__in=COMING)
    if centers is not None:
        rows = rows.filter(center__in=centers)
    active = ResourceSlot.objects.filter(active=True).select_related("resource")
    sessions = Session.objects.order_by("day", "starts").prefetch_related(Prefetch("slots", active, to_attr="taken"))
    hit = Hit()
    for workshop in rows.select_related("province", "request").prefetch_related(
        Prefetch("sessions", sessions), "request__windows"
    ):
        standing = _standing(workshop)
        if standing is None:
            hit.by_hand.append(workshop)
        else:
            hit.standing.append(standing)
            taken = [slot.resource for session in workshop.sessions.all() for slot in session.taken]  # type: ignore[attr-defined]
            hit.resources.update(one.pk for one in taken)
            hit.centers.update(one.center_id for one in taken)
    return hit


def _standing(workshop: Workshop) -> Standing | None:
    """None when its half-days are not alike, do not lie in one week, or have begun."""
    sessions = list(workshop.sessions.all())
    teams = {_team(session) for session in sessions}
    by_day: dict[date, list[str]] = {}
    for session in sessions:
        by_day.setdefault(session.day, []).append(str(session.half))
    patterns = {tuple(sorted(halves)) for halves in by_day.values()}
    days = sorted(by_day)
    if len(teams) != 1 or len(patterns) != 1 or not 1 <= len(days) <= LONGEST or days[0] <= timezone.localdate():
        return None
    if days[0].isocalendar()[:2] != days[-1].isocalendar()[:2]:
        return None
    (rooms, trainers), pattern = teams.pop(), patterns.pop()
    halves = next((length for length, of_day in HALVES_OF.items() if tuple(map(str, of_day)) == pattern), None)
    if len(rooms) != 1 or halves is None:
        return None
    asked = _asked_for(workshop, days)
    wish = Wish(
        id=-workshop.pk,
        center=workshop.center_id,
        topic=workshop.topic,
        people=workshop.capacity,
        days=len(days),
        halves=str(halves),  # type: ignore[arg-type]  # the same words
        windows=asked or _near(days),
        province=workshop.province_id,
        district=workshop.district_id,
        region=workshop.province.region,
        priority=PRIORITY,
        trainers=len(trainers),
    )
    slots: tuple[Slot, ...] = tuple((day, half) for day in days for half in pattern)  # type: ignore[misc]
    now = Placement(wish.id, rooms[0], trainers, slots, 0, ())
    known = workshop.state != WorkshopState.PLANNED or bool(workshop.taken or workshop.waiting_count)
    return Standing(workshop, wish, now, is_announced=known, is_asked=bool(asked))


def _team(session: Session) -> tuple[tuple[int, ...], tuple[int, ...]]:
    taken: list[ResourceSlot] = session.taken  # type: ignore[attr-defined]
    rooms, trainers = (
        tuple(sorted(slot.resource_id for slot in taken if slot.resource.kind == kind))
        for kind in (ResourceKind.ROOM, ResourceKind.TRAINER)
    )
    return rooms, trainers


def _asked_for(workshop: Workshop, days: list[date]) -> Windows:
    """The days wished by who asked, as long as the workshop lies in them."""
    if workshop.request is None:
        return ()
    soonest = _soonest(days)
    windows = [(max(one.since, soonest), one.until) for one in workshop.request.windows.all()]
    inside = any(since <= days[0] and days[-1] <= until for since, until in windows)
    return tuple(window for window in windows if inside and window[0] <= window[1])


def _near(days: list[date]) -> Windows:
    """Days near its own: rather later than sooner."""
    after = days[-1] + NEAR
    return (days[0], after), (max(_soonest(days), days[0] - NEAR), after), (days[0], days[-1] + YEAR)


def _soonest(days: list[date]) -> date:
    """Nothing moves into the next week: people need time to be told."""
    return min(days[0], timezone.localdate() + NOTICE)


def all_day(resources: Collection[int], since: date, until: date) -> dict[int, set[Slot]]:
    """Every half-day of these between two days."""
    days = [since + timedelta(days=number) for number in range((until - since).days + 1)]
    return {one: {(day, half) for day in days for half in ("am", "pm")} for one in resources}

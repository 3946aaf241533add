"""Rooms, trainers and things of centers, their leave, and what could take the place of one that drops out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from learning.places.models import TransferCenter
from learning.workshops.choices import ResourceKind, SlotPurpose
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, Session, Venue, Workshop
from learning.workshops.proposing.prices import distance
from learning.workshops.queries.scheduling import Hit, sessions_needing
from learning.workshops.queries.scope import Desk

REPLACEMENTS = 3
LEAVES = 50


def centers_looked_at(desk: Desk) -> QuerySet[TransferCenter]:
    """One's own; all of them for head office."""
    return TransferCenter.objects.all() if desk.is_head_office else TransferCenter.objects.filter(pk__in=desk.centers)


def resources_listed(center: TransferCenter, *, today: date) -> QuerySet[Resource]:
    """In use first, rooms by venue; `booked_count` is how many half-days lie ahead."""
    ahead = Q(slots__active=True, slots__day__gte=today) & ~Q(slots__purpose=SlotPurpose.LEAVE)
    rows = Resource.objects.filter(center=center).select_related("venue__province", "venue__district", "person")
    return rows.annotate(booked_count=Count("slots", filter=ahead)).order_by("-is_active", "venue__name", "name", "pk")


def venues_of(center: TransferCenter) -> QuerySet[Venue]:
    return (
        Venue.objects.filter(center=center)
        .select_related("province", "district")
        .annotate(room_count=Count("rooms", filter=Q(rooms__is_active=True)))
        .order_by("-is_active", "name", "pk")
    )


def closed_days_of(center: TransferCenter, *, today: date) -> QuerySet[ClosedDay]:
    """Of the center itself, from today on."""
    return ClosedDay.objects.filter(center=center, on__gte=today)


def holidays_from(today: date) -> QuerySet[ClosedDay]:
    """Public holidays of the next twelve months."""
    return ClosedDay.objects.filter(center__isnull=True, on__range=(today, today + timedelta(days=365)))


# --- one of them ---------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Leave:
    """Days in a row with the same reason; `is_whole`: mornings and afternoons."""

    since: date
    until: date
    reason: str
    is_whole: bool


def leaves_of(resource: Resource, *, today: date) -> list[Leave]:
    """From today on; one query."""
    rows = ResourceSlot.objects.filter(resource=resource, active=True, purpose=SlotPurpose.LEAVE, day__gte=today)
    days = [
        (day, frozenset(slot.half for slot in slots), reason)
        for (day, reason), slots in groupby(rows.order_by("day", "half"), key=lambda slot: (slot.day, slot.reason))
    ]
    found: list[Leave] = []
    for day, halves, reason in days:
        whole, last = len(halves) == 2, found[-1] if found else None
        if last and last.until + timedelta(days=1) == day and (last.reason, last.is_whole) == (reason, whole):
            found[-1] = Leave(last.since, day, reason, whole)
        else:
            found.append(Leave(day, day, reason, whole))
    return found[:LEAVES]


def workshops_ahead_of(resource: Resource, *, today: date) -> list[Workshop]:
    """Those that need it from today on; one query."""
    slots = ResourceSlot.objects.filter(resource=resource, active=True, day__gte=today, session__isnull=False)
    found = Workshop.objects.filter(pk__in=slots.order_by().values("session__workshop"))
    return list(found.order_by("first_on", "pk"))


def holds_ahead_of(resource: Resource, *, since: date, until: date) -> list[ResourceSlot]:
    """Half-days held for requests; one query."""
    rows = ResourceSlot.objects.filter(
        resource=resource,
        active=True,
        purpose=SlotPurpose.HOLD,
        day__range=(since, until),
        expires_on__gte=timezone.localdate(),
    )
    return list(rows.select_related("request").order_by("day", "half"))


# --- dropping out --------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class _Spot:
    province: str
    district: str | None
    region: str


def hits_of(resource: Resource, since: date, until: date, *, day_length: str) -> list[Hit]:
    """The workshops that need it, each with the nearest that are free then and fit; three queries."""
    sessions = sessions_needing(resource, since, until, day_length=day_length)
    if not sessions:
        return []
    candidates = list(_candidates(resource))
    busy = _busy(candidates, {session.day for session in sessions})
    hits = []
    for workshop, group in groupby(sessions, key=lambda session: session.workshop):
        needed = tuple(group)
        found = [one for one in candidates if _fits(one, workshop) and not busy[one.pk] & _halves(needed)]
        spot = _Spot(workshop.province_id, workshop.district_id, workshop.province.region)
        found.sort(key=lambda one: _order(one, workshop, spot))
        hits.append(Hit(workshop, needed, tuple(found[:REPLACEMENTS])))
    return hits


def _candidates(lost: Resource) -> QuerySet[Resource]:
    """Trainers of every center may help out; rooms and things are the center's own."""
    rows = Resource.objects.filter(kind=lost.kind, is_active=True).exclude(pk=lost.pk)
    if lost.kind != ResourceKind.TRAINER:
        rows = rows.filter(center=lost.center_id)
    return rows.select_related("center__host_province", "venue__province")


def _busy(candidates: Iterable[Resource], days: Iterable[date]) -> dict[int, set[tuple[date, str]]]:
    rows = ResourceSlot.objects.filter(active=True, resource__in=[one.pk for one in candidates], day__in=list(days))
    rows = rows.exclude(purpose=SlotPurpose.HOLD, expires_on__lt=timezone.localdate())
    found: dict[int, set[tuple[date, str]]] = defaultdict(set)
    for resource, day, half in rows.values_list("resource", "day", "half"):
        found[resource].add((day, half))
    return found


def _halves(sessions: Sequence[Session]) -> set[tuple[date, str]]:
    return {(session.day, session.half) for session in sessions}


def _fits(one: Resource, workshop: Workshop) -> bool:
    if one.is_trainer:
        return workshop.topic in one.topics
    return not one.is_room or (one.capacity or 0) >= workshop.capacity


def _order(one: Resource, workshop: Workshop, spot: _Spot) -> tuple[bool, int, int, str]:
    home = one.venue.province if one.venue else one.center.host_province
    here = _Spot(home.code, one.venue.district_id if one.venue else None, home.region)
    return one.center_id != workshop.center_id, distance(here, spot), one.capacity or 0, one.name

"""The days of workshops with their rooms and trainers, and whose calendar holds which workshops."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils import timezone

from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops.choices import STANDING, ResourceKind, SeatState, WorkshopState
from learning.workshops.models import CalendarFeed, Resource, ResourceSlot, Seat, Session, Workshop

# A calendar keeps what is over for so long: programs ask for the whole of it every hour.
KEPT = timedelta(days=180)
PLACE = ("province", "district")  # said while no room is booked
IN_CALENDARS = (*STANDING, WorkshopState.CANCELLED)
SEATS_IN_CALENDARS = (
    SeatState.CONFIRMED,
    SeatState.WAITING,
    SeatState.ATTENDED,
    SeatState.ABSENT,
    SeatState.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class Part:
    """A session, and what is booked for it."""

    session: Session
    resources: tuple[Resource, ...]

    @property
    def rooms(self) -> tuple[Resource, ...]:
        return tuple(one for one in self.resources if one.kind == ResourceKind.ROOM)

    @property
    def trainers(self) -> tuple[Resource, ...]:
        return tuple(one for one in self.resources if one.kind == ResourceKind.TRAINER)


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a workshop; `number` counts from 1 and stays the day's own when the day moves."""

    on: date
    number: int
    parts: tuple[Part, ...]

    @property
    def rooms(self) -> tuple[Resource, ...]:
        return tuple(dict.fromkeys(room for part in self.parts for room in part.rooms))

    @property
    def trainers(self) -> tuple[Resource, ...]:
        return tuple(dict.fromkeys(trainer for part in self.parts for trainer in part.trainers))


def days_of(workshops: Iterable[Workshop]) -> dict[int, list[Day]]:
    """The days of each workshop in their order; two queries."""
    keys = [workshop.pk for workshop in workshops]
    sessions = list(Session.objects.filter(workshop__in=keys).order_by("workshop", "day", "starts"))
    booked: dict[int, list[Resource]] = defaultdict(list)
    slots = ResourceSlot.objects.filter(session__workshop__in=keys, active=True).select_related("resource__venue")
    for slot in slots.order_by("resource__kind", "resource__name", "pk"):
        booked[slot.session_id or 0].append(slot.resource)
    found: dict[int, list[Day]] = {key: [] for key in keys}
    for (key, on), parts in groupby(sessions, key=lambda session: (session.workshop_id, session.day)):
        days = found[key]
        days.append(Day(on, len(days) + 1, tuple(Part(one, tuple(booked[one.pk])) for one in parts)))
    return found


def feed_of(*, user: User | None = None, center: TransferCenter | None = None) -> CalendarFeed | None:
    """The calendar of a person or of a center, once it was asked for."""
    owner = Q(user=user) if user else Q(center=center)
    return CalendarFeed.objects.filter(owner).first()


def seats_in_calendar(user: User) -> QuerySet[Seat]:
    """Seats of a person that their calendar shows, the ended ones too; the newest first."""
    return (
        Seat.objects.filter(user=user, state__in=SEATS_IN_CALENDARS, workshop__last_on__gte=_since())
        .select_related("workshop", *(f"workshop__{name}" for name in PLACE))
        .order_by("-pk")
    )


def workshops_trained_by(user: User) -> QuerySet[Workshop]:
    """Workshops that a person trains, and those that were to be trained by them and are cancelled."""
    slots = ResourceSlot.objects.filter(resource__person=user, session__isnull=False)
    standing = slots.filter(active=True).order_by().values("session__workshop")
    cancelled = slots.filter(active=False).order_by().values("session__workshop")
    return Workshop.objects.filter(
        Q(pk__in=standing) | Q(state=WorkshopState.CANCELLED, pk__in=cancelled), last_on__gte=_since()
    ).select_related(*PLACE)


def workshops_of_center(center: TransferCenter) -> QuerySet[Workshop]:
    """Workshops of a center that its calendar shows, the cancelled ones too."""
    return Workshop.objects.filter(center=center, state__in=IN_CALENDARS, last_on__gte=_since()).select_related(*PLACE)


def _since() -> date:
    return timezone.localdate() - KEPT

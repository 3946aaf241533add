"""Workshops as learners find them: the list, one workshop, and whether it takes people now."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet
from django.utils import timezone

from cms.thai.dates import format_be
from learning.workshops.calendars.spans import days_in_words
from learning.workshops.choices import WorkshopState
from learning.workshops.models import Workshop
from learning.workshops.queries.calendars import Day, days_of
from learning.workshops.queries.scope import listed_workshops, own_seats
from learning.workshops.seating import has_begun

PLACES = ("province", "district", "center", "course")


class Offer(StrEnum):
    """What a workshop holds out to somebody without a seat."""

    SEATS = "seats"
    LINE = "line"
    NOT_YET = "not_yet"
    OFFICE_ONLY = "office_only"
    CLOSED = "closed"
    BEGUN = "begun"
    HELD = "held"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        return self in {Offer.SEATS, Offer.LINE}


def offer_of(workshop: Workshop, *, is_begun: bool | None = None) -> Offer:
    """Asks the database only on the first day, unless it is told whether the first session has begun."""
    match workshop.state:
        case WorkshopState.CANCELLED:
            return Offer.CANCELLED
        case WorkshopState.HELD | WorkshopState.REPORTED:
            return Offer.HELD
        case WorkshopState.PLANNED:
            return Offer.NOT_YET
    if has_begun(workshop) if is_begun is None else is_begun:
        return Offer.BEGUN
    last = workshop.registration_closes_on
    if workshop.state == WorkshopState.CLOSED or (last and timezone.localdate() > last):
        return Offer.CLOSED
    if not workshop.is_listed:
        return Offer.OFFICE_ONLY
    return Offer.SEATS if workshop.free_seats and not workshop.waiting_count else Offer.LINE


def coming_workshops() -> QuerySet[Workshop]:
    """What anybody may find and that is not over, the next first."""
    return (
        listed_workshops()
        .filter(last_on__gte=timezone.localdate())
        .select_related("province", "district")
        .order_by("first_on", "pk")
    )


def workshops_shown_to(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Workshop]:
    """Pages of workshops: what was ever listed, also when it is over or cancelled, and where one has or had a seat."""
    listed = Q(is_listed=True) & ~Q(state=WorkshopState.PLANNED)
    mine = Q(pk__in=own_seats(user).order_by().values("workshop"))
    return Workshop.objects.filter(listed | mine).select_related(*PLACES)


@dataclass(frozen=True, slots=True)
class Card:
    """A workshop in a list."""

    workshop: Workshop
    days: list[Day]
    offer: Offer

    @property
    def dates(self) -> str:
        return days_in_words(self.workshop.first_on, self.workshop.last_on)

    @property
    def month(self) -> str:
        """Of the first day: ธ.ค. 2569."""
        first = self.workshop.first_on
        return format_be(first, "short").partition(" ")[2] if first else ""

    @property
    def hours(self) -> str:
        """From when until when, on the first day: 09.00–16.00."""
        parts = self.days[0].parts if self.days else ()
        return f"{parts[0].session.starts:%H.%M}–{parts[-1].session.ends:%H.%M}" if parts else ""

    @property
    def venues(self) -> list[str]:
        """Where it is held; nothing before a room is booked."""
        rooms = (room for day in self.days for room in day.rooms)
        return list(dict.fromkeys(room.venue.name for room in rooms if room.venue))

    @property
    def place(self) -> str:
        """Venue and province, as short as a list needs it."""
        workshop = self.workshop
        district = workshop.district.full_name if workshop.district else ""
        return " · ".join(filter(None, (self.venues[0] if self.venues else district, workshop.province.full_name)))


def cards_of(workshops: Iterable[Workshop]) -> list[Card]:
    """Two queries."""
    found = list(workshops)
    days = days_of(found)
    return [
        Card(workshop, days[workshop.pk], offer_of(workshop, is_begun=_is_begun(days[workshop.pk])))
        for workshop in found
    ]


def _is_begun(days: list[Day]) -> bool:
    return bool(days) and days[0].parts[0].session.starts_at <= timezone.now()

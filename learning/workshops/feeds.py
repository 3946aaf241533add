"""Workshops as entries of a calendar: a person's, a center's, and the one that a mail carries."""

from collections.abc import Collection, Iterable
from datetime import datetime
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops.calendars.events import Event, Method, calendar_file, day_uid, merge_halves
from learning.workshops.calendars.events import Session as Entry
from learning.workshops.choices import SeatState, WorkshopState
from learning.workshops.models import CalendarFeed, Resource, Seat, Workshop
from learning.workshops.queries.calendars import (
    Day,
    days_of,
    seats_in_calendar,
    workshops_of_center,
    workshops_trained_by,
)


def feed_file(feed: CalendarFeed) -> tuple[bytes, datetime | None]:
    """A feed as the bytes of an .ics file, and when anything in it last changed.

    In the language of the site, whoever asks.
    """
    with translation.override(settings.LANGUAGE_CODE):
        if feed.user:
            name, events = _("My workshops"), person_events(feed.user)
        else:
            assert feed.center is not None
            name, events = _("Workshops of %(center)s") % {"center": feed.center}, center_events(feed.center)
        data = calendar_file(events, method=None, name=name, language=settings.LANGUAGE_CODE)
    return data, max((event.updated_at for event in events), default=None)


def person_events(user: User) -> list[Event]:
    """What a person attends, waits for and trains; what was cancelled stays, and says so. Five queries."""
    seats: dict[int, list[Seat]] = {}
    for seat in seats_in_calendar(user):
        seats.setdefault(seat.workshop_id, []).append(seat)
    training = list(workshops_trained_by(user))
    workshops = {workshop.pk: workshop for workshop in training}
    workshops |= {key: own[0].workshop for key, own in seats.items()}
    days = days_of(workshops.values())
    events: list[Event] = []
    for workshop in training:
        own_days = [day for day in days[workshop.pk] if workshop.is_cancelled or _trains(user, day.trainers)]
        events += _office_events(workshop, own_days, title=_("You train: %(title)s"))
    trained = {event.uid for event in events}
    for key, own in seats.items():
        # Who asked for a seat and took that back was never in the calendar.
        if own[0].is_live or own[0].confirmed_at or own[0].queue_number:
            found = seat_events(own[0], days[key], ended=sum(seat.state == SeatState.CANCELLED for seat in own))
            events += [event for event in found if event.uid not in trained]
    return events


def center_events(center: TransferCenter) -> list[Event]:
    """All workshops of a center with rooms and trainers, and nobody who learns there. Three queries."""
    workshops = list(workshops_of_center(center))
    days = days_of(workshops)
    events: list[Event] = []
    for workshop in workshops:
        title = _("Planned: %(title)s") if workshop.state == WorkshopState.PLANNED else "%(title)s"
        events += _office_events(workshop, days[workshop.pk], title=title)
    return events


def seat_events(seat: Seat, days: Collection[Day], *, ended: int, **organizer: str) -> list[Event]:
    """The days of a person's seat. `ended` counts the seats of this person here that ended: each end is a change."""
    is_waiting = seat.state == SeatState.WAITING
    return _events(
        seat.workshop,
        days,
        title=_("On the waiting list: %(title)s") if is_waiting else "%(title)s",
        url=_address("workshops:ticket", seat),
        changes=ended + int(seat.is_live and seat.workshop.is_cancelled),
        is_cancelled=not seat.is_live,
        moments=[seat.registered_at, seat.confirmed_at, seat.ended_at],
        **organizer,
    )


def seat_file(seat: Seat, days: Collection[Day], *, method: Method, ended: int) -> bytes:
    """The days of one seat as an .ics file: PUBLISH while they stand, CANCEL to take them out of the program again.

    Both name who holds the workshop, as they must (RFC 5546, 3.2.1 and 3.2.5).
    """
    organizer = {
        "organizer_name": str(seat.workshop.center),
        "organizer_email": parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
    }
    events = seat_events(seat, days, ended=ended, **organizer)
    return calendar_file(events, method=method, language=settings.LANGUAGE_CODE)


def place_of(workshop: Workshop, rooms: Iterable[Resource]) -> str:
    """Rooms with their venue and its address; before a room is booked, the district or the province."""
    places = []
    for room in rooms:
        address = (room.venue.name, room.venue.address) if room.venue else ()
        places.append(" ".join(filter(None, (room.name, *address))))
    return " / ".join(places) or str(workshop.district.full_name if workshop.district else workshop.province.full_name)


def _office_events(workshop: Workshop, days: Collection[Day], *, title: str) -> list[Event]:
    url = _address("workshops:manage", workshop)
    return _events(workshop, days, title=title, url=url, changes=int(workshop.is_cancelled))


def _events(
    workshop: Workshop,
    days: Collection[Day],
    *,
    title: str,
    url: str,
    changes: int,
    is_cancelled: bool = False,
    moments: Iterable[datetime | None] = (),
    **organizer: str,
) -> list[Event]:
    """`title` has a gap for the workshop's own; `changes` counts those beyond the revisions of the workshop."""
    host = urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname or "localhost"
    changed_at = max(filter(None, (workshop.changed_at, workshop.cancelled_at, *moments)))
    return merge_halves(
        Entry(
            uid=day_uid(workshop.pk, day.number, host),
            title=title % {"title": workshop.title},
            starts=part.session.starts_at,
            ends=part.session.ends_at,
            updated_at=changed_at,
            place=place_of(workshop, part.rooms or day.rooms),
            description=_said_of(workshop, day),
            topic=part.session.title,
            url=url,
            sequence=workshop.revision + changes,
            is_cancelled=is_cancelled or workshop.is_cancelled,
            **organizer,
        )
        for day in days
        for part in day.parts
    )


def _said_of(workshop: Workshop, day: Day) -> str:
    contact = " ".join(filter(None, (workshop.contact, workshop.contact_phone)))
    trainers = ", ".join(trainer.name for trainer in day.trainers)
    lines = [
        _("Trainers: %(names)s") % {"names": trainers} if trainers else "",
        _("Questions: %(contact)s") % {"contact": contact} if contact else "",
    ]
    return "\n".join(filter(None, lines))


def _trains(user: User, trainers: Iterable[Resource]) -> bool:
    return any(trainer.person_id == user.pk for trainer in trainers)


def _address(name: str, thing: Workshop | Seat) -> str:
    return _site(reverse(name, args=[thing.pk]))


def _site(path: str) -> str:
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"

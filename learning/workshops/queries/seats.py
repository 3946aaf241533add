"""Reads of seats: one's own, the place in line, what else one has at that time, who may still come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.catalog.models import CoursePage
from courses.catalog.queries import LessonLine
from learning.enrollments.choices import CURRENT
from learning.people.models import User
from learning.progress.models import LessonCompletion
from learning.progress.queries import lessons_left_before_workshop
from learning.workshops.choices import COMING, LIVE_SEATS, TAKEN_SEATS, SeatState
from learning.workshops.models import Allotment, Seat, Session, Workshop
from learning.workshops.queries.scope import own_seats
from learning.workshops.shares import quota

# A seat that still lies before somebody.
AHEAD = (SeatState.REQUESTED, SeatState.CONFIRMED, SeatState.WAITING)


def own_seat(user: AbstractBaseUser | AnonymousUser, workshop: Workshop) -> Seat | None:
    """The live seat of a person in a workshop, else the last one that ended."""
    seats = list(own_seats(user).filter(workshop=workshop.pk).select_related("organization").order_by("-pk"))
    return next((seat for seat in seats if seat.is_live), seats[0] if seats else None)


def seats_of(user: AbstractBaseUser | AnonymousUser) -> QuerySet[Seat]:
    """Everything a person has or had, the next first."""
    return own_seats(user).select_related(
        "workshop__province", "workshop__district", "workshop__center", "organization", "certificate"
    )


def next_seat(user: AbstractBaseUser | AnonymousUser) -> Seat | None:
    """The nearest workshop that somebody goes to or waits for; one query."""
    return (
        own_seats(user)
        .filter(state__in=AHEAD, workshop__state__in=COMING, workshop__last_on__gte=timezone.localdate())
        .select_related("workshop__province")
        .order_by("workshop__first_on", "pk")
        .first()
    )


def clashes_of(user: AbstractBaseUser | AnonymousUser, workshop: Workshop) -> list[Session]:
    """Sessions of other workshops that somebody goes to or waits for in the same half-days; one query."""
    others = own_seats(user).filter(state__in=AHEAD).exclude(workshop=workshop.pk).order_by().values("workshop")
    same = Session.objects.filter(workshop=workshop.pk, day=OuterRef("day"), half=OuterRef("half"))
    found = Session.objects.filter(Exists(same), workshop__in=others, workshop__state__in=COMING)
    return list(found.select_related("workshop").order_by("day", "starts", "pk"))


# --- the line ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody stands, of how many, and why there is no seat yet."""

    number: int
    of: int
    why: str


def place_in_line(seat: Seat) -> Place:
    """Of a seat that waits, with its workshop; at most four queries."""
    waiting = Seat.objects.filter(workshop=seat.workshop_id, state=SeatState.WAITING)
    before = waiting.filter(queue_number__lt=seat.queue_number).count()
    size = waiting.filter(party=seat.party_id).count() if seat.party_id else 1
    return Place(before + 1, seat.workshop.waiting_count, _why(seat, size))


def _why(seat: Seat, size: int) -> str:
    workshop = seat.workshop
    share = Allotment.objects.filter(workshop=workshop.pk, organization=seat.organization_id).first()
    most = quota(workshop, share)
    if most is not None:
        taken = share.taken if share else _count_in(seat)
        if taken + size > most:
            return _("At most %(most)d people of your organization may come, and %(taken)d of them have a seat.") % {
                "most": most,
                "taken": taken,
            }
    if not workshop.free_seats:
        return _("All %(capacity)d seats are taken.") % {"capacity": workshop.capacity}
    if size > workshop.free_seats:
        return _("You are registered as %(size)d people together, and %(free)d seats are free now.") % {
            "size": size,
            "free": workshop.free_seats,
        }
    return _("The free seats go first to those who came before you.")


def _count_in(seat: Seat) -> int:
    return Seat.objects.filter(
        workshop=seat.workshop_id, organization=seat.organization_id, state__in=TAKEN_SEATS
    ).count()


# --- lessons first -----------------------------------------------------------------------------------
def lessons_left_of_many(people: Sequence[User], course: CoursePage) -> dict[User, list[LessonLine]]:
    """What each has still to learn before a workshop, as `lessons_left_before_workshop` says of one; two queries."""
    asked = lessons_left_before_workshop(AnonymousUser(), course)
    done: dict[int, set[int]] = {person.pk: set() for person in people}
    rows = LessonCompletion.objects.filter(
        enrollment__user__in=list(done),
        enrollment__course=course.pk,
        enrollment__state__in=CURRENT,
        enrollment__renewed_at__isnull=True,
    ).values_list("enrollment__user", "lesson")
    for person_id, lesson_id in rows:
        done[person_id].add(lesson_id)
    return {person: [line for line in asked if line.id not in done[person.pk]] for person in people}


# --- for officers --------------------------------------------------------------------------------------
def shares_to_release(today: date) -> list[Allotment]:
    """Seats that were kept until a day before this one."""
    return list(
        Allotment.objects.filter(reserved__gt=0, release_on__lt=today).select_related("workshop").order_by("pk")
    )


def states_of(workshop: Workshop, people: Collection[int]) -> dict[int, Seat]:
    """The live seats of these people (ids) in a workshop; one query."""
    found = Seat.objects.filter(workshop=workshop.pk, user__in=people, state__in=LIVE_SEATS)
    return {seat.user_id: seat for seat in found}

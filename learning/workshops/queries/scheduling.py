"""What can be booked, and everything about one workshop that its own page shows."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from wagtail.models import ModelLogEntry

from learning.workshops.booking import closed_on
from learning.workshops.choices import HALVES_OF, Half, ResourceKind, SeatState
from learning.workshops.models import Allotment, Resource, ResourceSlot, Seat, Session, Workshop
from learning.workshops.queries.calendars import Day, days_of

THINGS = (ResourceKind.VEHICLE, ResourceKind.EQUIPMENT)
HISTORY = 30
SEATED = (SeatState.CONFIRMED, SeatState.ATTENDED, SeatState.ABSENT)
TOLD = (SeatState.REQUESTED, SeatState.CONFIRMED, SeatState.WAITING)


# --- to choose from ------------------------------------------------------------------------------------
def _of(center: int, kinds: Iterable[str], also: Collection[int]) -> QuerySet[Resource]:
    rows = Resource.objects.filter(Q(center=center, is_active=True) | Q(pk__in=also), kind__in=list(kinds))
    return rows.select_related("venue")


def rooms_of(center: int, *, also: Collection[int] = ()) -> QuerySet[Resource]:
    """Rooms in use, by venue; `also` those that are booked already."""
    return _of(center, [ResourceKind.ROOM], also).order_by("venue__name", "name", "pk")


def trainers_of(center: int, *, also: Collection[int] = ()) -> QuerySet[Resource]:
    """Trainers in use; `also` those that are booked already, of other centers too."""
    return _of(center, [ResourceKind.TRAINER], also).order_by("name", "pk")


def things_of(center: int, *, also: Collection[int] = ()) -> QuerySet[Resource]:
    """Vehicles and equipment in use."""
    return _of(center, THINGS, also).order_by("kind", "name", "pk")


# --- one workshop ----------------------------------------------------------------------------------------
def workshops_to_show(rows: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """With everything that the page of one names."""
    return rows.select_related(
        "center__host_province",
        "office",
        "request",
        "course",
        "province",
        "district",
        "pre_test",
        "post_test",
        "certificate_design",
    )


@dataclass(frozen=True, slots=True)
class Seats:
    """How the chairs stand; `kept` are reserved for organizations, `told` how many would hear of a cancellation."""

    capacity: int
    confirmed: int = 0
    kept: int = 0
    requested: int = 0
    waiting: int = 0
    told: int = 0

    @property
    def taken(self) -> int:
        return self.confirmed + self.kept

    @property
    def free(self) -> int:
        return max(0, self.capacity - self.taken)

    @property
    def percent(self) -> int:
        return round(100 * self.taken / self.capacity) if self.capacity else 0


def seats_of(workshop: Workshop) -> Seats:
    """Two queries."""
    counts = Seat.objects.filter(workshop=workshop).aggregate(
        confirmed=Count("pk", filter=Q(state__in=SEATED)),
        requested=Count("pk", filter=Q(state=SeatState.REQUESTED)),
        waiting=Count("pk", filter=Q(state=SeatState.WAITING)),
        told=Count("pk", filter=Q(state__in=TOLD)),
    )
    kept = Allotment.objects.filter(workshop=workshop).aggregate(kept=Sum("reserved"))["kept"] or 0
    return Seats(workshop.capacity, kept=kept, **counts)


def timetable_of(workshop: Workshop) -> list[Day]:
    """Its days with what is booked for each half; two queries."""
    return days_of([workshop])[workshop.pk]


def days_off_among(workshop: Workshop, days: Iterable[Day]) -> dict[date, str]:
    """Days of the workshop that became holidays or closed days after it was planned; one query."""
    return closed_on((day.on for day in days), center=workshop.center_id)


def booked_for(sessions: Sequence[Session]) -> list[Resource]:
    """Everything that is booked for any of these, each once; one query."""
    rows = ResourceSlot.objects.filter(active=True, session__in=[session.pk for session in sessions])
    found = Resource.objects.filter(pk__in=rows.order_by().values("resource")).select_related("venue")
    return list(found.order_by("kind", "name", "pk"))


def history_of(workshop: Workshop) -> list[ModelLogEntry]:
    """What was done with it, the newest first; two queries."""
    rows = ModelLogEntry.objects.for_instance(workshop).filter(action__startswith="workshops.")
    return list(rows.select_related("user").order_by("-timestamp", "-pk")[:HISTORY])


# --- when something drops out -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Hit:
    """A workshop that needs what drops out, with the half-days and what could take its place, the nearest first."""

    workshop: Workshop
    sessions: tuple[Session, ...]
    replacements: tuple[Resource, ...]

    @property
    def days(self) -> list[date]:
        return sorted({session.day for session in self.sessions})


def sessions_needing(resource: Resource, since: date, until: date, *, day_length: str) -> list[Session]:
    """Sessions for which it is booked in these half-days; one query."""
    halves = HALVES_OF.get(day_length, tuple(Half))
    rows = ResourceSlot.objects.filter(
        active=True, resource=resource, day__range=(since, until), half__in=halves, session__isnull=False
    )
    found = Session.objects.filter(pk__in=rows.order_by().values("session")).select_related("workshop__province")
    return list(found.order_by("workshop__first_on", "workshop", "day", "starts"))

"""The first page of workshops for officers: what waits, what is to be done, what comes."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.thai.dates import format_be
from learning.places.models import TransferCenter
from learning.workshops.choices import COMING, RequestState, ResourceKind, SeatState, WorkshopState
from learning.workshops.models import ClosedDay, ResourceSlot, Seat, Session, Workshop, WorkshopRequest
from learning.workshops.queries.requests import NEXT, listed_requests
from learning.workshops.queries.scope import Desk, workshops_visible_to

SHOWN = 10
LOOKED_AT = 200
# Days before the first day on which something still open becomes a thing to do.
OPEN_BEFORE, TRAINER_BEFORE, FEW_BEFORE = 45, 14, 7


def requests_waiting(user: AbstractBaseUser, desk: Desk) -> QuerySet[WorkshopRequest]:
    """Those that wait for one's own office or center, the longest waiting first."""
    return listed_requests(user, desk).filter(Q(turn__lte=NEXT))


def with_seats(rows: QuerySet[Workshop]) -> QuerySet[Workshop]:
    """`asking_count`: how many wait for an officer's confirmation."""
    asking = Seat.objects.filter(workshop=OuterRef("pk"), state=SeatState.REQUESTED).order_by().values("workshop")
    return rows.select_related("center", "office").annotate(
        asking_count=Coalesce(Subquery(asking.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0)
    )


def coming_for(user: AbstractBaseUser, desk: Desk, *, today: date) -> QuerySet[Workshop]:
    """What is still to come among everything that one sees, the next first."""
    rows = workshops_visible_to(user, desk=desk).filter(state__in=COMING, last_on__gte=today)
    return with_seats(rows).order_by("first_on", "pk")


# --- things to do ----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Task:
    """A sentence about a workshop, and where it is done."""

    workshop: Workshop
    words: str
    url: str
    label: str
    is_urgent: bool = False


def tasks_of(centers: Collection[int], *, today: date) -> list[Task]:
    """What the staff of these centers should do now, by the first day of the workshop; three queries."""
    if not centers:
        return []
    teaching = ResourceSlot.objects.filter(
        active=True, resource__kind=ResourceKind.TRAINER, session__workshop=OuterRef("pk")
    )
    rows = with_seats(Workshop.objects.filter(center__in=centers, state__in=[*COMING, WorkshopState.HELD]))
    workshops = list(rows.annotate(has_trainer=Exists(teaching)).order_by("first_on", "pk")[:LOOKED_AT])
    off = _on_days_off(workshops, today=today)
    return [task for workshop in workshops for task in _tasks(workshop, off.get(workshop.pk), today)]


def _on_days_off(workshops: Iterable[Workshop], *, today: date) -> dict[int, tuple[date, str]]:
    """The first day of each that became a holiday or a closed day since; two queries."""
    coming = {workshop.pk: workshop for workshop in workshops if workshop.is_coming}
    whose = Q(center__isnull=True) | Q(center__in={workshop.center_id for workshop in coming.values()})
    closed = {(row.center_id, row.on): row.name for row in ClosedDay.objects.filter(whose, on__gte=today)}
    days = Session.objects.filter(workshop__in=list(coming), day__in={on for _center, on in closed})
    found: dict[int, tuple[date, str]] = {}
    for workshop, day in days.order_by("day").values_list("workshop", "day"):
        name = closed.get((None, day)) or closed.get((coming[workshop].center_id, day))
        if name:
            found.setdefault(workshop, (day, name))
    return found


def _tasks(workshop: Workshop, off: tuple[date, str] | None, today: date) -> Iterator[Task]:
    def task(words: str, label: str, page: str = "manage", *, is_urgent: bool = False) -> Task:
        return Task(workshop, words, reverse(f"workshops:{page}", args=[workshop.pk]), label, is_urgent)

    first, last = workshop.first_on or today, workshop.last_on or today
    if workshop.state == WorkshopState.HELD:
        yield task(_("It was held. Look over the results, then close the report."), _("To the report"), "report")
        return
    if off:
        gaps = {"day": format_be(off[0]), "name": off[1]}
        yield task(_("%(day)s is a day off now: %(name)s.") % gaps, _("Move it"), "move", is_urgent=True)
    if last < today:
        yield task(_past_words(workshop), _("To the workshop"), is_urgent=True)
        return
    if workshop.asking_count:  # type: ignore[attr-defined]
        count = workshop.asking_count  # type: ignore[attr-defined]
        words = ngettext("%(count)d person waits for an answer.", "%(count)d people wait for an answer.", count) % {
            "count": count
        }
        yield task(words, _("To the seats"), "seats", is_urgent=True)
    if workshop.state == WorkshopState.PLANNED and first - today <= timedelta(days=OPEN_BEFORE):
        yield task(_("Registration has not been opened yet."), _("Open registration"))
    closes_on = workshop.registration_closes_on
    if workshop.state == WorkshopState.OPEN and closes_on and closes_on < today:
        yield task(_("The last day to register is past."), _("Close registration"))
    if not workshop.has_trainer and first - today <= timedelta(days=TRAINER_BEFORE):  # type: ignore[attr-defined]
        yield task(_("It has no trainer yet."), _("Choose trainers"), "places")
    if workshop.taken < workshop.min_participants and first - today <= timedelta(days=FEW_BEFORE):
        gaps_of_few = {"taken": workshop.taken, "least": workshop.min_participants}
        yield task(_("%(taken)d people so far; it is worth it from %(least)d on.") % gaps_of_few, _("To the workshop"))


def _past_words(workshop: Workshop) -> str:
    if workshop.state == WorkshopState.PLANNED:
        return _("Its days are past, and registration was never opened. Move it or cancel it.")
    if workshop.state == WorkshopState.OPEN:
        return _("Its days are past. Close registration, then say that it was held.")
    return _("Its days are past. Say that it was held.")


# --- all centers -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CenterLine:
    """A center at a glance, for head office."""

    center: TransferCenter
    workshops: int
    seats: int
    taken: int
    requests: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.taken / self.seats) if self.seats else None


def centers_at_a_glance(*, today: date) -> Sequence[CenterLine]:
    """Every center with what is to come and what waits for it; three queries."""
    coming = Workshop.objects.filter(state__in=COMING, last_on__gte=today).order_by().values("center")
    ahead = {row["center"]: row for row in coming.annotate(n=Count("pk"), offered=Sum("capacity"), filled=Sum("taken"))}
    asked = WorkshopRequest.objects.filter(state__in=[RequestState.SUBMITTED, RequestState.ACCEPTED])
    waiting = dict(asked.order_by().values_list("center").annotate(n=Count("pk")))
    nothing = {"n": 0, "offered": 0, "filled": 0}
    return [
        CenterLine(center, row["n"], row["offered"], row["filled"], waiting.get(center.pk, 0))
        for center in TransferCenter.objects.all()
        for row in [ahead.get(center.pk, nothing)]
    ]

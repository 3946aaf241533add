"""Requests as the lists and the page of one show them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Max,
    Min,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from cms.thai.dates import BE_OFFSET, fiscal_year_be
from learning.workshops.choices import RequestState, SlotPurpose
from learning.workshops.models import (
    ClosedDay,
    RequestedPeople,
    RequestEvent,
    RequestWindow,
    ResourceSlot,
    WorkshopRequest,
)
from learning.workshops.queries.scope import Desk, requests_visible_to

MINE, NEXT, OPEN, CLOSED = range(4)


def listed_requests(user: AbstractBaseUser, desk: Desk) -> QuerySet[WorkshopRequest]:
    """What waits for the one who looks first, the longest waiting first; then what is open, then what is closed.

    `turn` is MINE, NEXT (accepted, to be scheduled by the own center), OPEN or CLOSED; `waiting_since` is the moment
    of the last decision; `people_count` how many are expected.
    """
    moved = RequestEvent.objects.filter(request=OuterRef("pk")).exclude(from_state=F("to_state")).order_by("-pk")
    expected = (
        RequestedPeople.objects.filter(request=OuterRef("pk")).order_by().values("request").annotate(n=Sum("count"))
    )
    turn = Case(
        When(state=RequestState.SUBMITTED, center__in=desk.centers, then=MINE),
        When(state__in=[RequestState.DRAFT, RequestState.RETURNED], office__in=desk.offices, then=MINE),
        When(state=RequestState.ACCEPTED, center__in=desk.centers, then=NEXT),
        When(state__in=[*OPEN_STATES], then=OPEN),
        default=CLOSED,
        output_field=IntegerField(),
    )
    rows = requests_visible_to(user, desk=desk).annotate(
        turn=turn,
        waiting_since=Coalesce(Subquery(moved.values("at")[:1]), F("created_at"), output_field=DateTimeField()),
        people_count=Coalesce(Subquery(expected.values("n")), 0),
    )
    # Without a value: those that wait for nobody here are listed with the newest first.
    longest_first = Case(
        When(turn__lte=NEXT, then=F("waiting_since")), default=Value(None), output_field=DateTimeField()
    )
    return (
        rows.select_related("office", "center")
        .prefetch_related("windows")
        .order_by("turn", longest_first, "-waiting_since", "-pk")
    )


OPEN_STATES = (RequestState.DRAFT, RequestState.SUBMITTED, RequestState.RETURNED, RequestState.ACCEPTED)


def days_waiting(since: datetime) -> int:
    """Whole days of the calendar since then."""
    return (timezone.localdate() - timezone.localdate(since)).days


def fiscal_years_of(requests: QuerySet[WorkshopRequest]) -> list[int]:
    """The fiscal years (BE) of the wished days, the latest first; one query."""
    found: Mapping[str, Any] = RequestWindow.objects.filter(request__in=requests.order_by().values("pk")).aggregate(
        first=Min("since"), last=Max("since")
    )
    if not found["first"]:
        return []
    return list(range(fiscal_year_be(found["last"]), fiscal_year_be(found["first"]) - 1, -1))


def wished_in(requests: QuerySet[WorkshopRequest], be_year: int) -> QuerySet[WorkshopRequest]:
    """Those with wished days that begin in a fiscal year (October to September, named by the year it ends in)."""
    ends_in = be_year - BE_OFFSET
    days = (date(ends_in - 1, 10, 1), date(ends_in, 9, 30))
    return requests.filter(Exists(RequestWindow.objects.filter(request=OuterRef("pk"), since__range=days)))


def requests_to_show(user: AbstractBaseUser, desk: Desk) -> QuerySet[WorkshopRequest]:
    """With everything that the page of one shows."""
    return (
        requests_visible_to(user, desk=desk)
        .select_related("office", "center", "course", "province", "district", "created_by", "workshop")
        .prefetch_related("windows", "people__organization__district")
    )


def conversation_of(request: WorkshopRequest, desk: Desk) -> list[RequestEvent]:
    """The lines in their order; how the draft came about is read by its own office only. One query."""
    lines = request.events.select_related("actor")
    if request.office_id not in desk.offices:
        lines = lines.exclude(to_state=RequestState.DRAFT)
    return list(lines)


def holds_of(request: WorkshopRequest) -> QuerySet[ResourceSlot]:
    """Rooms and trainers that are held for it; those past their last day are there until somebody gives them back."""
    return request.slots.filter(active=True, purpose=SlotPurpose.HOLD)


def standing_holds_of(request: WorkshopRequest, *, today: date) -> list[ResourceSlot]:
    """What is held for it today, with the rooms and trainers; one query."""
    rows = holds_of(request).filter(expires_on__gte=today).select_related("resource__venue")
    return list(rows.order_by("day", "half", "resource__kind", "resource__name"))


def public_holidays(since: date, until: date) -> set[date]:
    """Days between two on which no center works; one query."""
    rows = ClosedDay.objects.filter(center__isnull=True, on__range=(since, until))
    return set(rows.order_by().values_list("on", flat=True))

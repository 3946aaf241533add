"""The open requests of a fiscal year, as wishes."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from cms.thai.dates import BE_OFFSET, fiscal_year_be
from learning.workshops.choices import RequestState, SlotPurpose
from learning.workshops.free import wish_of
from learning.workshops.models import ResourceSlot, WorkshopRequest
from learning.workshops.proposing.problem import Placement, Problem, Reason, Wish
from learning.workshops.proposing.reasons import Choice, placement

# What a center has promised comes before what it has not decided.
PRIORITY = {RequestState.ACCEPTED: 2, RequestState.SUBMITTED: 1}
OPEN = tuple(PRIORITY)
HELD, OVER = "held", "windows_over"  # reasons beside those of `proposing`


def days_of_year(fiscal_year: int) -> tuple[date, date]:
    """First and last day of a fiscal year in BE (Budget Procedure Act 2561, s. 4)."""
    ends_in = fiscal_year - BE_OFFSET
    return date(ends_in - 1, 10, 1), date(ends_in, 9, 30)


def years_to_plan() -> list[int]:
    """The fiscal year of tomorrow and the next."""
    this = fiscal_year_be(timezone.localdate() + timedelta(days=1))
    return [this, this + 1]


def open_requests(since: date, until: date, centers: Collection[int] | None) -> list[WorkshopRequest]:
    """Requests that wait for a day between these two, also those whose wished days are past; four queries."""
    rows = WorkshopRequest.objects.filter(state__in=OPEN).select_related("province").order_by("pk")
    if centers is not None:
        rows = rows.filter(center__in=centers)
    held = ResourceSlot.objects.filter(
        active=True, purpose=SlotPurpose.HOLD, expires_on__gte=timezone.localdate()
    ).select_related("resource")
    found = rows.prefetch_related("people", "windows", Prefetch("slots", held, to_attr="holds"))
    return [request for request in found if _asks_for(request, since, until)]


def _asks_for(request: WorkshopRequest, since: date, until: date) -> bool:
    windows = list(request.windows.all())
    return not windows or any(window.since <= until and since <= window.until for window in windows)


def wish_of_request(request: WorkshopRequest) -> Wish:
    return wish_of(request, priority=PRIORITY.get(RequestState(request.state), 1))


def is_over(wish: Wish, tomorrow: date) -> bool:
    """All wished days are past."""
    return bool(wish.windows) and all(until < tomorrow for _since, until in wish.windows)


def held_place(problem: Problem, request: WorkshopRequest) -> Placement | None:
    """What is held for a request, as its proposal; None when nothing is, or when it would not do as it is held."""
    holds: list[ResourceSlot] = request.holds  # type: ignore[attr-defined]
    rooms = {slot.resource_id for slot in holds if slot.resource.is_room}
    trainers = {slot.resource_id for slot in holds if slot.resource.is_trainer}
    days = sorted({slot.day for slot in holds})
    wish = wish_of_request(request)
    if len(rooms) != 1 or not days or days[0] not in problem.position:
        return None
    slots = problem.slots(wish, problem.position[days[0]])
    everything = {(one, *slot) for one in rooms | trainers for slot in slots}
    known = rooms <= problem.room.keys() and trainers <= problem.trainer.keys()
    if not known or everything != {slot.key for slot in holds}:
        return None
    choice = Choice(problem.position[days[0]], rooms.pop(), tuple(sorted(trainers)))
    found = placement(problem, wish, choice, dict.fromkeys(choice.trainers, wish.load))
    # How much a trainer has to do is told of what a search decided.
    why = tuple(reason for reason in found.why if reason.code not in ("within_share", "above_share"))
    return replace(found, why=(Reason(HELD), *why))

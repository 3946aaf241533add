"""A new workshop: planned by the center itself, or scheduled from an accepted request."""

from collections.abc import Collection, Sequence
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.places.models import Province, TransferCenter
from learning.workshops import booking
from learning.workshops.booking import Wanted
from learning.workshops.calendars.spans import days_in_words
from learning.workshops.choices import REQUEST_TRANSITIONS, RequestState, Side, SlotPurpose
from learning.workshops.conversation import MovedOn, record, tell_the_other_office
from learning.workshops.flows.scheduling.locking import (
    UNPROCESSABLE,
    require_room,
    require_things,
    require_trainers,
)
from learning.workshops.models import Resource, ResourceSlot, Session, Workshop, WorkshopRequest
from learning.workshops.queries.requests import holds_of
from learning.workshops.queries.scope import desk_of
from learning.workshops.rules import may_decide
from learning.workshops.timetable import MOST_DAYS, Part, overlap


@transaction.atomic
def plan_workshop(
    *,
    center: TransferCenter,
    parts: Sequence[Part],
    room: Resource,
    trainers: Sequence[Resource] = (),
    things: Sequence[Resource] = (),
    provinces: Collection[Province] = (),
    allows_weekend: bool = False,
    by: User,
    **facts: Any,
) -> Workshop:
    """A workshop that nobody asked for; `facts` are fields of the model, `title`, `topic` and `capacity` among them.

    Raises Refused (403 for another center, 422 for days that cannot be, 409 for a room too small), DayOff and
    SlotsTaken (409).
    """
    if center.pk not in desk_of(by).centers:
        raise Refused(_("You may plan workshops only for your own center."), status=HTTPStatus.FORBIDDEN)
    workshop = Workshop(center=center, created_by=by, **facts)
    _book(
        workshop,
        ResourceSlot.objects.none(),
        parts=parts,
        room=room,
        trainers=trainers,
        things=things,
        allows_weekend=allows_weekend,
        by=by,
    )
    workshop.provinces.set(provinces)
    log(workshop, "workshops.plan", user=by, data={"first_on": str(workshop.first_on)})
    return workshop


@transaction.atomic
def schedule_request(
    request: WorkshopRequest,
    *,
    parts: Sequence[Part],
    room: Resource,
    trainers: Sequence[Resource] = (),
    things: Sequence[Resource] = (),
    provinces: Collection[Province] = (),
    allows_weekend: bool = False,
    note: str = "",
    seen: int | None = None,
    by: User,
    **facts: Any,
) -> Workshop:
    """ACCEPTED → SCHEDULED: what is held for the request becomes its sessions, the rest of the hold is given back.

    What `facts` do not say comes from the request. `seen`: the last line of the conversation that the page showed.
    Raises as `plan_workshop`; also Refused (409) when the request is not accepted (any more), MovedOn (409).
    """
    rows = WorkshopRequest.objects.select_for_update(of=("self",)).select_related("office", "center")
    request = rows.get(pk=request.pk)
    if not may_decide(by, request):
        raise Refused(_("Only the center that was asked can schedule this request."), status=HTTPStatus.FORBIDDEN)
    _require_accepted(request)
    news = request.events.filter(pk__gt=seen).order_by("pk").last() if seen is not None else None
    if news:
        raise MovedOn(news)
    workshop = Workshop(
        center=request.center, office=request.office, request=request, created_by=by, **(_facts_of(request) | facts)
    )
    _book(
        workshop,
        holds_of(request),
        parts=parts,
        room=room,
        trainers=trainers,
        things=things,
        allows_weekend=allows_weekend,
        by=by,
    )
    workshop.provinces.set(provinces)
    move(request, RequestState.SCHEDULED, transitions=REQUEST_TRANSITIONS)
    with translation.override(settings.LANGUAGE_CODE):  # what is kept is in the language of the site
        days = days_in_words(workshop.first_on, workshop.last_on)
        where = _("Scheduled for %(day)s in %(room)s.") % {"day": days, "room": room.name}
    lines = "\n".join(filter(None, [note.strip(), where]))
    tell_the_other_office(record(request, by=by, side=Side.CENTER, before=RequestState.ACCEPTED, note=lines))
    log(workshop, "workshops.schedule", user=by, data={"request": request.pk, "first_on": str(workshop.first_on)})
    return workshop


def _facts_of(request: WorkshopRequest) -> dict[str, Any]:
    names = ("title", "topic", "course", "aim", "kinds", "positions")
    facts = {name: getattr(request, name) for name in names}
    expected = sum(line.count for line in request.people.all())
    return facts | ({"capacity": expected} if expected else {})


def _require_accepted(request: WorkshopRequest) -> None:
    if request.state == RequestState.ACCEPTED:
        return
    if request.state == RequestState.SCHEDULED:
        raise Refused(
            _("This request is scheduled already."),
            way_on=reverse("workshops:manage", args=[request.workshop.pk]),
            way_on_label=_("Its workshop"),
        )
    raise Refused(
        _("This request is “%(state)s” now, so it cannot be scheduled. Nothing was booked.")
        % {"state": request.get_state_display()},
        way_on=reverse("workshops:request", args=[request.pk]),
        way_on_label=_("The request"),
    )


def _book(
    workshop: Workshop,
    held: QuerySet[ResourceSlot],
    *,
    parts: Sequence[Part],
    room: Resource,
    trainers: Sequence[Resource],
    things: Sequence[Resource],
    allows_weekend: bool,
    by: User,
) -> None:
    """Save the workshop with its sessions and take the half-days of everything."""
    center, days = workshop.center_id, sorted({part.day for part in parts})
    require_parts(parts)
    if not workshop.capacity:
        raise Refused(_("Say how many seats the workshop has."), status=UNPROCESSABLE)
    require_room(room, center=center, capacity=workshop.capacity)
    require_trainers(trainers)
    require_things(things, center=center)
    # Also for what was held before a day was declared a holiday.
    booking.refuse_days_off(days, center=center, allows_weekend=allows_weekend)
    workshop.first_on, workshop.last_on = days[0], days[-1]
    if room.venue:
        workshop.province, workshop.district = room.venue.province, room.venue.district
    workshop.save()
    sessions = Session.objects.bulk_create(
        Session(
            workshop=workshop,
            day=part.day,
            half=part.half,
            starts=part.starts,
            ends=part.ends,
            title=part.title,
            agenda=part.agenda,
        )
        for part in parts
    )
    wanted = [
        Wanted(resource.pk, session.day, session.half, session.pk)
        for resource in (room, *trainers, *things)
        for session in sessions
    ]
    booking.exchange(held, wanted, purpose=SlotPurpose.SESSION, by=by, allows_weekend=allows_weekend)


def require_parts(parts: Sequence[Part]) -> None:
    """Half-days to come, each once, none overlapping. Raises Refused (422)."""
    if not parts:
        raise Refused(_("A workshop needs at least one day."), status=UNPROCESSABLE)
    if len({part.day for part in parts}) > MOST_DAYS:
        raise Refused(
            _("A workshop has at most %(days)d days. Plan the rest as a second one.") % {"days": MOST_DAYS},
            status=UNPROCESSABLE,
        )
    if len({(part.day, part.half) for part in parts}) < len(parts):
        raise Refused(_("A half-day stands in the plan twice."), status=UNPROCESSABLE)
    past = [part.day for part in parts if part.day < timezone.localdate()]
    if past:
        raise Refused(_("%(day)s is past. Choose a day to come.") % {"day": format_be(min(past))}, status=UNPROCESSABLE)
    if any(part.ends <= part.starts for part in parts):
        raise Refused(_("A session ends after it begins. Look at the times again."), status=UNPROCESSABLE)
    day = overlap((part.day, part.starts, part.ends) for part in parts)
    if day:
        raise Refused(
            _("On %(day)s the morning and the afternoon overlap. Look at the times again.") % {"day": format_be(day)},
            status=UNPROCESSABLE,
        )

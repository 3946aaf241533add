"""Rooms, trainers, vehicles and equipment of a center, their leave, the days on which it is closed; holidays."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from cms.thai.dates import format_be
from learning import workshops
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops import booking
from learning.workshops.booking import SlotsTaken, Wanted, in_words
from learning.workshops.choices import COMING, HALVES_OF, SlotPurpose
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, Venue, Workshop
from learning.workshops.queries.scope import desk_of

UNPROCESSABLE = HTTPStatus(422)
LONGEST_LEAVE = 366  # days
SHOWN = 5
HOLIDAYS = Path(workshops.__file__).parent / "data" / "holidays.json"


# --- venues -------------------------------------------------------------------------------------------
@transaction.atomic
def save_venue(venue: Venue, *, by: User, **facts: Any) -> Venue:
    """A new venue, or other facts of one. Raises Refused (403, 409 when the name is taken, or rooms are in use)."""
    _require_center(by, venue.center_id)
    if not facts.get("is_active", venue.is_active) and venue.rooms.filter(is_active=True).exists():
        raise Refused(_("Rooms of this venue are still in use. Put them out of use first."))
    return _save(venue, facts, by=by, verb="save_venue")


# --- rooms, trainers and things -------------------------------------------------------------------------
@transaction.atomic
def save_resource(resource: Resource, *, by: User, **facts: Any) -> Resource:
    """A new room, trainer, vehicle or piece of equipment, or other facts of one.

    Raises Refused (403, 409 when the name is taken or a workshop to come needs more seats than the room would have).
    """
    _require_center(by, resource.center_id)
    seats = facts.get("capacity")
    if resource.pk and resource.is_room and seats is not None:
        _require_seats(resource, seats)
    return _save(resource, facts, by=by, verb="save_resource")


@transaction.atomic
def retire_resource(resource: Resource, *, by: User) -> Resource:
    """Out of use from today on; what was stays readable. Raises Refused (403, 409 while something is booked)."""
    _require_center(by, resource.center_id)
    resource = Resource.objects.select_for_update(no_key=True).get(pk=resource.pk)
    today = timezone.localdate()
    coming = ResourceSlot.objects.filter(resource=resource, active=True, day__gte=today)
    clashes = booking.clashes_of(
        Wanted(*key) for key in coming.exclude(purpose=SlotPurpose.LEAVE).values_list("resource_id", "day", "half")
    )
    if clashes:
        raise Refused(
            _("%(name)s is still booked: %(list)s. Replace it there first.")
            % {"name": resource.name, "list": "; ".join(in_words(clashes)[:SHOWN])},
            way_on=reverse("workshops:resource_drops_out", args=[resource.pk]),
            way_on_label=_("Find a replacement"),
        )
    booking.release(coming)
    resource.is_active = False
    resource.save(update_fields=["is_active"])
    log(resource, "workshops.retire_resource", user=by)
    return resource


@transaction.atomic
def restore_resource(resource: Resource, *, by: User) -> Resource:
    """In use again. Raises Refused (403, 409 when another one bears the name by now)."""
    _require_center(by, resource.center_id)
    return _save(resource, {"is_active": True}, by=by, verb="restore_resource")


def _require_seats(room: Resource, seats: int) -> None:
    coming = Workshop.objects.filter(
        state__in=COMING, capacity__gt=seats, sessions__slots__resource=room, sessions__slots__active=True
    )
    largest = coming.order_by("-capacity").first()
    if largest:
        raise Refused(
            _("“%(title)s” offers %(capacity)d seats in this room. Move it or lower its seats first.")
            % {"title": largest.title, "capacity": largest.capacity}
        )


def _save(thing: Any, facts: dict[str, Any], *, by: User, verb: str) -> Any:
    for name, value in facts.items():
        setattr(thing, name, value)
    try:
        with transaction.atomic():
            thing.save()
    except IntegrityError:
        raise Refused(_("The center has “%(name)s” already. Choose another name.") % {"name": thing.name}) from None
    log(thing, f"workshops.{verb}", user=by)
    return thing


# --- leave ----------------------------------------------------------------------------------------------
@transaction.atomic
def enter_leave(
    resource: Resource, *, since: date, until: date, day_length: str, reason: str = "", by: User
) -> list[ResourceSlot]:
    """Not to be booked on these days: leave of a trainer, repair of a room. Leave entered before is kept.

    Raises Refused (403, 422 for days that cannot be), SlotsTaken (409) with the workshops that would be hit.
    """
    _require_center(by, resource.center_id)
    if until < since or until < timezone.localdate():
        raise Refused(_("The last day lies before the first one, or is past."), status=UNPROCESSABLE)
    days = days_between(since, until)
    if len(days) > LONGEST_LEAVE:
        raise Refused(_("Enter at most a year at once."), status=UNPROCESSABLE)
    wanted = [Wanted(resource.pk, day, half) for day in days for half in HALVES_OF[day_length]]
    keys = {one.key for one in wanted}
    known = ResourceSlot.objects.filter(
        resource=resource, active=True, purpose=SlotPurpose.LEAVE, day__range=(since, until)
    )
    own = [slot.pk for slot in known if slot.key in keys]
    try:
        slots = booking.exchange(
            ResourceSlot.objects.filter(pk__in=own), wanted, purpose=SlotPurpose.LEAVE, by=by, reason=reason
        )
    except SlotsTaken as taken:
        raise SlotsTaken(
            taken.clashes,
            sentence=_("%(name)s is needed: %(list)s. Find a replacement there first."),
            name=resource.name,
            way_on=reverse("workshops:resource_drops_out", args=[resource.pk]),
            way_on_label=_("Find a replacement"),
        ) from None
    log(resource, "workshops.enter_leave", user=by, data={"since": str(since), "until": str(until)})
    return slots


@transaction.atomic
def end_leave(resource: Resource, *, since: date, until: date, by: User) -> int:
    """To be booked again on these days; how many half-days. Raises Refused (403)."""
    _require_center(by, resource.center_id)
    rows = ResourceSlot.objects.filter(resource=resource, purpose=SlotPurpose.LEAVE, day__range=(since, until))
    count = booking.release(rows)
    if count:
        log(resource, "workshops.end_leave", user=by, data={"since": str(since), "until": str(until)})
    return count


def days_between(since: date, until: date) -> list[date]:
    return [since + timedelta(days=count) for count in range((until - since).days + 1)]


# --- days -----------------------------------------------------------------------------------------------
@transaction.atomic
def close_day(*, center: TransferCenter, on: date, name: str, by: User) -> ClosedDay:
    """No workshops in the center's rooms on this day. A second name for the same day replaces the first.

    Raises Refused (403, 422 for a day that is past, 409 with the workshops that stand there).
    """
    _require_center(by, center.pk)
    if on < timezone.localdate():
        raise Refused(_("%(day)s is past.") % {"day": format_be(on)}, status=UNPROCESSABLE)
    hit = list(Workshop.objects.filter(center=center, state__in=COMING, sessions__day=on).distinct())
    if hit:
        titles = ", ".join(f"“{workshop.title}”" for workshop in hit[:SHOWN])
        words = ngettext(
            "%(count)d workshop is planned for %(day)s: %(titles)s. Move it first.",
            "%(count)d workshops are planned for %(day)s: %(titles)s. Move them first.",
            len(hit),
        )
        raise Refused(words % {"count": len(hit), "day": format_be(on), "titles": titles})
    closed, _is_new = ClosedDay.objects.update_or_create(center=center, on=on, defaults={"name": name})
    log(closed, "workshops.close_day", user=by)
    return closed


@transaction.atomic
def open_day(closed: ClosedDay, *, by: User) -> None:
    """Take back a closed day of a center; public holidays are an administrator's. Raises Refused (403)."""
    _require_center(by, closed.center_id)
    log(closed, "workshops.open_day", user=by)
    closed.delete()


def load_holidays(path: Path = HOLIDAYS) -> dict[str, int]:
    """The public holidays that come with the site, as closed days of everybody. Safe to repeat.

    A year that has any is left as it is: from then on administrators keep it. Days on which government offices
    work are left out.
    """
    days = [day for day in json.loads(path.read_text(encoding="utf-8"))["days"] if day.get("is_government", True)]
    known = {on.year for on in ClosedDay.objects.filter(center__isnull=True).values_list("on", flat=True)}
    rows = [ClosedDay(on=date.fromisoformat(day["on"]), name=day["name"]) for day in days]
    new = _once(row for row in rows if row.on.year not in known)
    ClosedDay.objects.bulk_create(new)
    return {"holidays": len(new)}


def _once(rows: Iterable[ClosedDay]) -> Sequence[ClosedDay]:
    """Two holidays on one day are one day off; the first gives the name."""
    found: dict[date, ClosedDay] = {}
    for row in rows:
        found.setdefault(row.on, row)
    return list(found.values())


def _require_center(by: User, center: int | None) -> None:
    if center not in desk_of(by).centers:
        raise Refused(
            _("Rooms, trainers and closed days are kept by the staff of their center."), status=HTTPStatus.FORBIDDEN
        )

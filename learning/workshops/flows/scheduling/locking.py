"""What every verb begins and ends with: the locked row, and the change noted on it."""

from collections.abc import Collection, Iterable, Sequence
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.workshops import seating
from learning.workshops.choices import COMING, WorkshopState
from learning.workshops.models import Resource, ResourceSlot, Session, Workshop
from learning.workshops.queries.scheduling import THINGS
from learning.workshops.rules import may_run

UNPROCESSABLE = HTTPStatus(422)


class Stale(Refused):
    """Somebody else changed the workshop since the page was opened."""

    def __init__(self, workshop: Workshop) -> None:
        super().__init__(
            _(
                "Somebody else has changed “%(title)s” since you opened this page. Nothing was saved. "
                "Look at what it says now, and save again if you still want to; what you typed is kept."
            )
            % {"title": workshop.title},
            way_on=address_of(workshop),
            way_on_label=_("The workshop as it is now"),
        )


def address_of(workshop: Workshop) -> str:
    return reverse("workshops:manage", args=[workshop.pk])


def locked(workshop: Workshop, *, by: User, revision: int | None = None, states: Collection[str] = COMING) -> Workshop:
    """The row as it is now, locked. Raises Refused (403, 409 for its state), Stale (409)."""
    if not may_run(by, workshop):
        raise Refused(
            _("Only the center that holds this workshop can do this."),
            status=HTTPStatus.FORBIDDEN,
            way_on=address_of(workshop),
            way_on_label=_("The workshop"),
        )
    now = seating.lock(workshop)
    if now.state not in states:
        raise Refused(
            _state_words(now) % {"state": now.get_state_display()},
            way_on=address_of(now),
            way_on_label=_("The workshop as it is now"),
        )
    if revision is not None and now.revision != revision:
        raise Stale(now)
    return now


def _state_words(workshop: Workshop) -> str:
    if workshop.state == WorkshopState.CANCELLED:
        return _("This workshop was cancelled, so nothing about it can be changed.")
    if workshop.state in (WorkshopState.HELD, WorkshopState.REPORTED):
        return _("This workshop has been held, so nothing about it can be changed.")
    return _("This cannot be done while the workshop is “%(state)s”.")


def note_change(workshop: Workshop, verb: str, *, by: User, data: dict[str, Any] | None = None, **facts: Any) -> None:
    """Write these facts with the next revision, and the log."""
    facts |= {"revision": workshop.revision + 1, "changed_at": timezone.now()}
    for name, value in facts.items():
        setattr(workshop, name, value)
    workshop.save(update_fields=[*facts])
    log(workshop, f"workshops.{verb}", user=by, data=data or {})


def slots_of(sessions: Iterable[Session], kinds: Iterable[str] | None = None) -> QuerySet[ResourceSlot]:
    """What is booked for these sessions, of these kinds."""
    rows = ResourceSlot.objects.filter(active=True, session__in=[session.pk for session in sessions])
    return rows if kinds is None else rows.filter(resource__kind__in=list(kinds))


def require_room(room: Resource, *, center: int, capacity: int) -> None:
    """A room of the center with enough seats. Raises Refused (422, 409)."""
    if not room.is_room or room.center_id != center:
        raise Refused(_("Choose a room of your own center."), status=UNPROCESSABLE)
    if (room.capacity or 0) < capacity:
        raise Refused(
            _(
                "%(room)s has %(seats)d seats, and the workshop offers %(capacity)d. "
                "Choose a larger room, or lower the number of seats first."
            )
            % {"room": room.name, "seats": room.capacity or 0, "capacity": capacity}
        )


def require_trainers(trainers: Sequence[Resource]) -> None:
    """Trainers may come from another center. Raises Refused (422)."""
    if not all(one.is_trainer for one in trainers):
        raise Refused(_("Choose trainers from the list."), status=UNPROCESSABLE)


def require_things(things: Sequence[Resource], *, center: int) -> None:
    """Vehicles and equipment of the center. Raises Refused (422)."""
    if not all(one.kind in THINGS and one.center_id == center for one in things):
        raise Refused(_("Choose vehicles and equipment of your own center."), status=UNPROCESSABLE)

"""Rooms and trainers held for a request until a day: neither taken nor free."""

from datetime import date, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.workshops import booking
from learning.workshops.choices import SlotPurpose
from learning.workshops.conversation import tell_that_a_hold_ended
from learning.workshops.looking import Place
from learning.workshops.models import ResourceSlot, WorkshopRequest
from learning.workshops.queries.requests import OPEN_STATES, holds_of

USUAL_HOLD = timedelta(days=14)
LONGEST_HOLD = timedelta(days=90)
UNPROCESSABLE = HTTPStatus(422)


def hold_place(request: WorkshopRequest, place: Place | None, *, until: date | None, by: User) -> str:
    """Hold a place instead of what was held before; gives the words for the conversation, empty without a place.

    Runs in the transaction that has locked the request. Raises SlotsTaken and DayOff (409), Refused (422) for a day
    too far away or for what belongs to another center.
    """
    if place is None:
        return ""
    today = timezone.localdate()
    until = until or today + USUAL_HOLD
    if not today <= until <= today + LONGEST_HOLD:
        raise Refused(_("A place can be held for at most 90 days. Choose an earlier day."), status=UNPROCESSABLE)
    if {one.center_id for one in (place.room, *place.trainers)} != {request.center_id}:
        raise Refused(_("Choose a room and trainers of your own center."), status=UNPROCESSABLE)
    booking.exchange(
        holds_of(request), place.wanted, purpose=SlotPurpose.HOLD, by=by, request=request, expires_on=until
    )
    with translation.override(settings.LANGUAGE_CODE):
        return _("Held until %(day)s: %(place)s") % {"day": format_be(until), "place": place}


@transaction.atomic
def release_holds(*, today: date) -> int:
    """Holds whose last day is past are given back, and both offices hear of it. Gives how many half-days."""
    past = ResourceSlot.objects.filter(active=True, purpose=SlotPurpose.HOLD, expires_on__lt=today)
    rows = list(past.order_by(*booking.ORDER).select_for_update(of=("self",)).select_related("request"))
    count = booking.release(ResourceSlot.objects.filter(pk__in=[row.pk for row in rows]))
    for request, last_day in {row.request: row.expires_on for row in rows}.items():
        if request and last_day and request.state in OPEN_STATES:
            tell_that_a_hold_ended(request, last_day)
    return count

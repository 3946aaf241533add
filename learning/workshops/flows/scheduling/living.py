"""PLANNED → OPEN → CLOSED → HELD, or CANCELLED."""

from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.after_commit import queue_after_commit
from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.workshops import booking, seating, tasks, telling
from learning.workshops.choices import SEAT_TRANSITIONS, WORKSHOP_TRANSITIONS, SeatState, Side, WorkshopState
from learning.workshops.conversation import record, tell_the_other_office
from learning.workshops.flows.attendance import settle_attendance
from learning.workshops.flows.scheduling.locking import locked, note_change, slots_of
from learning.workshops.models import Seat, Workshop

LONGEST_REASON = 300
ENDS_WITH_IT = [state for state, ways in SEAT_TRANSITIONS.items() if SeatState.CANCELLED in ways]


@transaction.atomic
def open_registration(workshop: Workshop, *, revision: int | None = None, by: User) -> Workshop:
    """PLANNED → OPEN: people find it and register.

    Raises Refused (403, 409 when its first session has begun or the last day to register is past), Stale (409).
    """
    now = locked(workshop, by=by, revision=revision, states=[WorkshopState.PLANNED])
    if now.first_on is None or seating.has_begun(now):
        raise Refused(_("The first session has begun already. Move the workshop to a day to come first."))
    closes_on = now.registration_closes_on
    if closes_on and closes_on < timezone.localdate():
        raise Refused(
            _("The last day to register, %(day)s, is past. Choose a later one first.") % {"day": format_be(closes_on)}
        )
    move(now, WorkshopState.OPEN, transitions=WORKSHOP_TRANSITIONS, stamp="opened_at")
    note_change(now, "open", by=by)
    return now


@transaction.atomic
def close_registration(workshop: Workshop, *, revision: int | None = None, by: User) -> Workshop:
    """OPEN → CLOSED: nobody else registers; who waits may still be promoted. Raises Refused (403, 409), Stale (409)."""
    now = locked(workshop, by=by, revision=revision, states=[WorkshopState.OPEN])
    move(now, WorkshopState.CLOSED, transitions=WORKSHOP_TRANSITIONS, stamp="closed_at")
    note_change(now, "close", by=by)
    return now


@transaction.atomic
def hold_workshop(workshop: Workshop, *, revision: int | None = None, by: User) -> Workshop:
    """CLOSED → HELD, after its last session: who came attended, who never came was absent, thanks are sent.

    Who lacks nothing has a certificate within minutes.

    Raises Refused (403, 409 before the last session has ended), Stale (409).
    """
    now = locked(workshop, by=by, revision=revision, states=[WorkshopState.CLOSED])
    last = now.sessions.order_by("day", "ends").last()
    if last is None or last.ends_at > timezone.now():
        raise Refused(
            _("It ends on %(day)s at %(time)s. Say afterwards that it was held.")
            % {"day": format_be(last.day), "time": f"{last.ends:%H:%M}"}
            if last
            else _("It has no sessions, so it cannot have been held.")
        )
    move(now, WorkshopState.HELD, transitions=WORKSHOP_TRANSITIONS, stamp="held_at")
    attended, absent = settle_attendance(now, by=by)
    note_change(now, "hold", by=by, data={"attended": attended, "absent": absent})
    telling.workshop_held(now)
    queue_after_commit(tasks.complete_all, now.pk, by.pk)
    return now


@transaction.atomic
def cancel_workshop(workshop: Workshop, *, reason: str, revision: int | None = None, by: User) -> Workshop:
    """It is not held: rooms and trainers are free again, all who have a seat or wait are told why.

    The office that asked reads it in the conversation of its request. Raises Refused (403, 409 once it was held,
    422 without a reason), Stale (409).
    """
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        raise Refused(_("Write why it is cancelled: everybody who registered reads it."), status=HTTPStatus(422))
    now = locked(workshop, by=by, revision=revision)
    seats = list(Seat.objects.select_for_update().filter(workshop=now, state__in=ENDS_WITH_IT).order_by("pk"))
    seating.leave(now, seats, reason=reason)
    released = booking.release(slots_of(now.sessions.all()))
    move(now, WorkshopState.CANCELLED, transitions=WORKSHOP_TRANSITIONS, stamp="cancelled_at", cancel_reason=reason)
    note_change(now, "cancel", by=by, data={"seats": len(seats), "slots": released, "reason": reason})
    telling.workshop_cancelled(now, seats)
    if now.request:
        with translation.override(settings.LANGUAGE_CODE):
            note = _("The workshop was cancelled: %(reason)s") % {"reason": reason}
            note += " " + ngettext(
                "%(count)d person who had registered is told.",
                "%(count)d people who had registered are told.",
                len(seats),
            ) % {"count": len(seats)}
        event = record(now.request, by=by, side=Side.CENTER, before=now.request.state, note=note)
        tell_the_other_office(event)
    return now

"""What a person does about messages: own words to all, sending again, the addresses of calendars."""

import secrets
from http import HTTPStatus
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.after_commit import queue_after_commit
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.places.models import TransferCenter
from learning.workshops import tasks, telling
from learning.workshops.choices import COMING, MESSAGE_TRANSITIONS, MessageState
from learning.workshops.models import CalendarFeed, ScheduledMessage, Workshop
from learning.workshops.queries.messages import NEEDS_A_PERSON, participants_to_tell
from learning.workshops.queries.scope import desk_of
from learning.workshops.rules import may_check_in


@transaction.atomic
def tell_participants(workshop: Workshop, text: str, *, by: User) -> int:
    """Send an officer's own words to everybody with a confirmed seat; they are kept in the log. Gives to how many."""
    _check(by, workshop)
    if workshop.state not in COMING:
        raise Refused(_("The workshop is over, so nothing more is sent to its participants."))
    seats = list(participants_to_tell(workshop))
    if not seats:
        raise Refused(_("Nobody has a confirmed seat, so there is nobody to write to."))
    occasion = uuid4()
    log(workshop, "workshops.tell", user=by, uuid=occasion, data={"text": text, "people": len(seats)})
    telling.own_words(seats, str(occasion))
    return len(seats)


@transaction.atomic
def send_again(message: ScheduledMessage, *, by: User) -> None:
    """A message that failed, or of which nobody knows, waits anew. What it says is put into words anew."""
    found = _to_decide(message, by=by)
    move(
        found,
        MessageState.WAITING,
        transitions=MESSAGE_TRANSITIONS,
        due_at=timezone.now(),
        sent_at=None,
        tries=0,
        note="",
    )
    log(found.workshop, "workshops.send_again", user=by, data={"message": found.pk})
    queue_after_commit(tasks.send_messages)


@transaction.atomic
def mark_arrived(message: ScheduledMessage, *, by: User) -> None:
    """Somebody asked: the mail is there."""
    found = _to_decide(message, by=by)
    if found.state != MessageState.UNSURE:
        raise Refused(_("This mail was not handed over, so it cannot have arrived. Send it again."))
    sent_at = found.sent_at or timezone.now()
    move(found, MessageState.SENT, transitions=MESSAGE_TRANSITIONS, sent_at=sent_at, note="")
    log(found.workshop, "workshops.mark_arrived", user=by, data={"message": found.pk})


def _to_decide(message: ScheduledMessage, *, by: User) -> ScheduledMessage:
    """Under a row lock, so that of two officers who press a button one decides."""
    found = ScheduledMessage.objects.select_for_update(of=("self",)).select_related("workshop").get(pk=message.pk)
    _check(by, found.workshop)
    if found.state not in NEEDS_A_PERSON:
        raise Refused(
            _("Somebody has decided this already: the message is now “%(state)s”.")
            % {"state": found.get_state_display()}
        )
    return found


def _check(by: User, workshop: Workshop) -> None:
    if not may_check_in(by, workshop):
        raise Refused(
            _("Only the center and the office that asked write to the participants."), status=HTTPStatus.FORBIDDEN
        )


# --- addresses of calendars ----------------------------------------------------------------------
@transaction.atomic
def calendar_address(owner: User | TransferCenter, *, by: User) -> CalendarFeed:
    """The secret address of a calendar; the same until it is renewed."""
    _check_owner(owner, by=by)
    feed, is_new = CalendarFeed.objects.get_or_create(**_owned_by(owner), defaults={"token": _new_token()})
    if is_new:
        log(feed, "workshops.open_calendar", user=by)
    return feed


@transaction.atomic
def renew_calendar_address(owner: User | TransferCenter, *, by: User) -> CalendarFeed:
    """Another address, for one that came into wrong hands; nothing answers at the old one from now on."""
    feed = calendar_address(owner, by=by)
    feed.token = _new_token()
    feed.save(update_fields=["token"])
    log(feed, "workshops.renew_calendar", user=by)
    return feed


def _owned_by(owner: User | TransferCenter) -> dict[str, User | TransferCenter]:
    return {"user": owner} if isinstance(owner, User) else {"center": owner}


def _check_owner(owner: User | TransferCenter, *, by: User) -> None:
    is_theirs = owner == by if isinstance(owner, User) else owner.pk in desk_of(by).centers
    if not is_theirs:
        raise Refused(_("This calendar belongs to somebody else."), status=HTTPStatus.FORBIDDEN)


def _new_token() -> str:
    return secrets.token_urlsafe(32)

"""Sending what is due, each message once, whatever becomes of the worker.

    WAITING → SENDING      claimed by a conditional update: of two workers one has it
    notice in the site     once, by its key
    sent_at                written before the mail server is spoken to
    SENDING → SENT

A worker killed before `sent_at` leaves a message that another may send; killed after it, one of which nobody knows
whether the mail arrived: it becomes UNSURE, and a person decides. `claimed_at` tells one claim from the next, so a
worker that slept through its ten minutes does not write into somebody else's.
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from learning.kernel.states import IllegalMove, move
from learning.notices.flows import Message, send_notice
from learning.workshops.choices import MESSAGE_TRANSITIONS, MessageState
from learning.workshops.models import ScheduledMessage
from learning.workshops.posting import AddressRefused, Away, Later, Post, Unknown, mail_of
from learning.workshops.wording import Words, compose

logger = logging.getLogger(__name__)
ABANDONED_AFTER = timedelta(minutes=10)
# After a try that the mail server put off; the fifth is the last.
AGAIN_AFTER = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240))
MOST_TRIES = len(AGAIN_AFTER) + 1
MOST_AT_ONCE = 500
RUN_SECONDS = 300  # half of what a task may take: its end must not come from outside, in the midst of a mail


class TakenBack(Exception):
    """The claim is somebody else's by now."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a message, and whether there is a mail server to hand the next one to."""

    state: str
    facts: dict[str, Any] = field(default_factory=dict)
    is_away: bool = False


def send_due() -> int:
    """Send what is due, until all is sent, the mail server is away or the time is over. Gives how many went out."""
    with translation.override(settings.LANGUAGE_CODE), Post() as post:
        give_back_abandoned()
        due = ScheduledMessage.objects.filter(state=MessageState.WAITING, due_at__lte=timezone.now())
        until = time.monotonic() + RUN_SECONDS
        sent = 0
        for message_id in due.values_list("pk", flat=True)[:MOST_AT_ONCE]:
            if time.monotonic() > until:
                break
            if message := claim(message_id):
                outcome = _sent(message, post)
                sent += outcome.state == MessageState.SENT
                if outcome.is_away:
                    break
        return sent


def claim(message_id: int) -> ScheduledMessage | None:
    """Take a message that is due. None: somebody else has it, or its day was moved."""
    now = timezone.now()
    with transaction.atomic():
        found = (
            ScheduledMessage.objects.filter(pk=message_id, state=MessageState.WAITING, due_at__lte=now)
            .select_related("workshop__center", "workshop__province", "workshop__district", "seat", "user")
            .first()
        )
        if found is None:
            return None
        facts = {"claimed_at": now, "sent_at": None, "tries": found.tries + 1, "note": ""}
        try:
            move(found, MessageState.SENDING, transitions=MESSAGE_TRANSITIONS, **facts)
        except IllegalMove:
            return None
    return found


def give_back_abandoned() -> int:
    """Messages whose worker is gone: back to waiting, or to a person who decides. Gives how many."""
    before = timezone.now() - ABANDONED_AFTER
    left = ScheduledMessage.objects.filter(state=MessageState.SENDING, claimed_at__lt=before)
    return sum(_end(message, _abandoned(message)) for message in left)


def _abandoned(message: ScheduledMessage) -> Outcome:
    if message.sent_at:
        return Outcome(
            MessageState.UNSURE, {"note": _("The sending was interrupted while the mail server had the mail.")}
        )
    if message.tries >= MOST_TRIES:
        return Outcome(MessageState.FAILED, {"note": _("The sending was interrupted five times.")})
    return Outcome(MessageState.WAITING)


def _sent(message: ScheduledMessage, post: Post) -> Outcome:
    """Send one message that is ours, and write down what became of it."""
    try:
        outcome = _delivered(message, post)
    except TakenBack:
        return Outcome("")
    return outcome if _end(message, outcome) else Outcome("", is_away=outcome.is_away)


def _delivered(message: ScheduledMessage, post: Post) -> Outcome:
    try:
        words = compose(message)
        if words is None:
            return Outcome(MessageState.SKIPPED)
        key = f"workshops:{message.key}"
        send_notice(Message(message.user, key, words.title, words.text, words.url, is_mailed=False))
    except Exception:
        logger.exception("Message %s could not be put into words.", message.pk)
        return Outcome(MessageState.FAILED, {"note": _("Something went wrong on our side.")})
    if not message.user.email:
        return _told(_("In the site only: there is no e-mail address."))
    return _mailed(message, words, post)


def _mailed(message: ScheduledMessage, words: Words, post: Post) -> Outcome:
    try:
        post.ready()
        _stamp(message)
        post.hand_over(mail_of(words, key=message.key, to=message.user.email))
    except AddressRefused as error:
        logger.warning("Message %s is not mailed: %s", message.pk, error)
        return _told(_("In the site only: the mail server refused the e-mail address."))
    except Unknown as error:
        logger.warning("Message %s may have been sent: %s", message.pk, error)
        return Outcome(MessageState.UNSURE, {"note": _("The line broke while the mail server had the mail.")})
    except Later as error:
        logger.warning("Message %s waits: %s", message.pk, error)
        return _put_off(message, is_away=isinstance(error, Away))
    return _told("")


def _told(note: str) -> Outcome:
    return Outcome(MessageState.SENT, {"sent_at": timezone.now(), "note": note})


def _put_off(message: ScheduledMessage, *, is_away: bool) -> Outcome:
    if message.tries < MOST_TRIES:
        due_at = timezone.now() + AGAIN_AFTER[message.tries - 1]
        return Outcome(MessageState.WAITING, {"sent_at": None, "due_at": due_at}, is_away)
    note = _("In the site only: the mail server took no mail in five tries.")
    return Outcome(MessageState.FAILED, {"sent_at": None, "note": note}, is_away)


def _stamp(message: ScheduledMessage) -> None:
    """From here on the mail may arrive. Raises TakenBack."""
    message.sent_at = timezone.now()
    if not _claim_of(message).update(sent_at=message.sent_at):
        raise TakenBack


def _end(message: ScheduledMessage, outcome: Outcome) -> bool:
    """Write what became of a claim; nothing, when it is somebody else's by now."""
    with transaction.atomic():
        if _claim_of(message).select_for_update().first() is None:
            logger.warning("Message %s was taken back before it was %s.", message.pk, outcome.state)
            return False
        move(message, outcome.state, transitions=MESSAGE_TRANSITIONS, **outcome.facts)
    return True


def _claim_of(message: ScheduledMessage) -> QuerySet[ScheduledMessage]:
    return ScheduledMessage.objects.filter(pk=message.pk, state=MessageState.SENDING, claimed_at=message.claimed_at)

"""What a person has made to show: a training record on paper, a link to the wallet."""

import secrets
from datetime import date, timedelta
from http import HTTPStatus

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certification.codes import new_code
from cms.after_commit import queue_after_commit
from learning.kernel.refusals import Refused
from learning.organizations.queries import current_memberships
from learning.people.models import User
from learning.records import tasks
from learning.records.choices import PaperState
from learning.records.holdings import open_shares_of, training_records_left_waiting, training_records_of
from learning.records.learned import learned_by
from learning.records.models import TrainingRecord, WalletShare
from learning.records.printing.facts import frozen

# Somebody who presses the button again and again.
MOST_RECORDS_A_DAY = 10
MOST_OPEN_LINKS = 10
LONGEST_SHARE = timedelta(days=365)
TOKEN_BYTES = 32


@transaction.atomic
def ask_for_training_record(person: User, *, by: User) -> TrainingRecord:
    """Freeze what a person has learned until today; the worker prints and signs it.

    While one is being made, asking again gives the same.
    """
    User.objects.select_for_update().get(pk=person.pk)  # two presses at once: the second finds the first
    own = training_records_of(person)
    if waiting := own.filter(state=PaperState.WAITING).first():
        return waiting
    if own.filter(created_at__date=timezone.localdate()).count() >= MOST_RECORDS_A_DAY:
        raise Refused(
            _("You have made ten training records today. Use one of those, or make the next one tomorrow."),
            status=HTTPStatus.TOO_MANY_REQUESTS,
        )
    learned = learned_by(person)
    if not learned.years:
        raise Refused(_("There is nothing to print yet. Complete a course or a workshop first."))
    with translation.override(settings.LANGUAGE_CODE):  # the paper is in Thai whatever language is read
        roles = [f"{one.get_position_display()} {one.organization}" for one in current_memberships(person)]
    facts = frozen(learned, name=person.full_name or person.username, roles=roles, until=timezone.localdate())
    record = TrainingRecord.objects.create(code=new_code(), person=person, facts=facts)
    log(record, "records.ask_training_record", user=by)
    queue_after_commit(tasks.make_training_record, record.pk)
    return record


def make_records_left() -> int:
    """Training records that wait although their worker is gone. Gives how many are ready now."""
    return sum(tasks.make_training_record(pk) for pk in training_records_left_waiting().values_list("pk", flat=True))


@transaction.atomic
def share_wallet(person: User, *, ends_on: date, by: User) -> WalletShare:
    """A link that shows a person's certificates to whoever holds it, until a day at most a year ahead."""
    User.objects.select_for_update().get(pk=person.pk)
    today = timezone.localdate()
    if not today <= ends_on <= today + LONGEST_SHARE:
        raise Refused(_("A link is open for at most one year. Choose an earlier last day."))
    if open_shares_of(person).count() >= MOST_OPEN_LINKS:
        raise Refused(_("Ten of your links are open. Take one back before you make another."))
    share = WalletShare.objects.create(token=secrets.token_urlsafe(TOKEN_BYTES), person=person, ends_on=ends_on)
    log(share, "records.share_wallet", user=by, data={"ends_on": ends_on.isoformat()})
    return share


@transaction.atomic
def take_back(share: WalletShare, *, by: User) -> bool:
    """Nobody sees anything through this link any more. False when it was taken back before."""
    ended = WalletShare.objects.filter(pk=share.pk, ended_at__isnull=True).update(ended_at=timezone.now())
    if ended:
        log(share, "records.take_back_share", user=by)
    return bool(ended)


def count_opening(share: WalletShare) -> None:
    """One more time that somebody else opened the link."""
    WalletShare.objects.filter(pk=share.pk).update(seen_count=F("seen_count") + 1)

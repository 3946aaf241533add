"""Working off a batch line by line, by any number of workers at once."""

import logging
import time

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from certification.models import Certificate
from learning.enrollments.flows import certify_enrollment
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.notices.flows import Message, send_notice
from learning.people.models import User
from learning.records.choices import BATCH_TRANSITIONS, ITEM_TRANSITIONS, BatchState, ItemState
from learning.records.models import BatchItem, IssueBatch
from learning.workshops.completing import certify_seat, complete_seat
from learning.workshops.models import Seat
from learning.workshops.queries.learning import lacking_of, lacking_words, passed_people

logger = logging.getLogger(__name__)

LINES_AT_ONCE = 200  # then the queue comes first again: files are made between the lines of a long batch
SEEN_EVERY = 5.0  # seconds


def work_on_batch(batch_id: int, *, at_most: int = LINES_AT_ONCE) -> int:
    """Issue lines until none is left or enough are done, each in a transaction of its own. Gives how many.

    Any number of workers may share a batch; what one that is killed had begun is free again.
    Raises OperationalError when the database is away.
    """
    with transaction.atomic():
        batch = IssueBatch.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=batch_id)
        if batch.state == BatchState.DONE:
            return 0
        if batch.state == BatchState.WAITING:
            move(batch, BatchState.RUNNING, transitions=BATCH_TRANSITIONS)
    count, seen = 0, 0.0
    while count < at_most and _issue_next(batch):
        count += 1
        if time.monotonic() - seen > SEEN_EVERY:
            seen = time.monotonic()
            IssueBatch.objects.filter(pk=batch_id).update(seen_at=timezone.now())
    if count < at_most:
        _finish(batch_id)
    return count


def _issue_next(batch: IssueBatch) -> bool:
    """Claim the first line that nobody works at, and do it. False when there is none.

    The claim is the row lock, so it ends with the worker. SQLite locks the whole file instead.
    """
    line = None
    try:
        with transaction.atomic():
            lines = BatchItem.objects.filter(batch=batch, state=ItemState.WAITING)
            if connection.features.has_select_for_update_skip_locked:
                lines = lines.select_for_update(skip_locked=True, of=("self",))
            line = lines.order_by("position").first()
            if line is None:
                return False
            certificate, refusal = _issue(line, by=batch.asked_by)
            if certificate is not None:
                move(line, ItemState.ISSUED, transitions=ITEM_TRANSITIONS, certificate=certificate)
            else:
                move(line, ItemState.REFUSED, transitions=ITEM_TRANSITIONS, refusal=refusal[:300])
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # one line must not stand in the way of a thousand
        if line is None:
            raise
        logger.exception("Line %s of batch %s was not issued", line.position, batch.pk)
        with translation.override(settings.LANGUAGE_CODE):
            general = _("It could not be issued. Administrators see why.")
        said = error.sentence if isinstance(error, Refused) else general
        BatchItem.objects.filter(pk=line.pk, state=ItemState.WAITING).update(
            state=ItemState.REFUSED, refusal=said[:300]
        )
    return True


def _issue(line: BatchItem, *, by: User) -> tuple[Certificate | None, str]:
    """The certificate of a line, or why there is none."""
    with translation.override(settings.LANGUAGE_CODE):
        if line.enrollment_id:
            certificate = certify_enrollment(Enrollment(pk=line.enrollment_id), by=by)
            return certificate, _("The course has no certificate design any more.")
        seat = Seat.objects.get(pk=line.seat_id)
        if seat.completed_at is None:
            complete_seat(seat, by=by)
        certificate = certify_seat(seat, by=by)
        return certificate, "" if certificate else _lacks(line)


def _lacks(line: BatchItem) -> str:
    seat = Seat.objects.select_related("workshop").get(pk=line.seat_id)
    workshop = seat.workshop
    has_passed = not workshop.needs_post_test or seat.user_id in passed_people(workshop)
    missing = [lacking_words(one, workshop) for one in lacking_of(seat, has_passed=has_passed)]
    if missing:
        return _("Still missing: %(what)s") % {"what": " · ".join(missing)}
    return _("This person's attendance or the workshop was changed in the meantime.")


@transaction.atomic
def _finish(batch_id: int) -> None:
    """Done when no line waits: the worker that does the last one says so, not one that only found none free."""
    batch = IssueBatch.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=batch_id)
    if batch.state == BatchState.DONE or batch.items.filter(state=ItemState.WAITING).exists():
        return
    move(batch, BatchState.DONE, transitions=BATCH_TRANSITIONS, stamp="finished_at")
    issued = batch.items.filter(state=ItemState.ISSUED).count()
    refused = batch.items.filter(state=ItemState.REFUSED).count()
    log(batch, "records.batch_done", user=batch.asked_by, data={"issued": issued, "refused": refused})
    with translation.override(settings.LANGUAGE_CODE):
        words = {"title": batch.title, "issued": issued, "refused": refused}
        send_notice(
            Message(
                batch.asked_by,
                key=f"batch-{batch.pk}-done",
                title=_("Certificates are issued: %(title)s") % words,
                text=_("%(issued)d certificates of “%(title)s” are issued; %(refused)d were not, the page says why.")
                % words,
                url=reverse("records:batch", args=[batch.pk]),
            )
        )

"""Certificates for many at once: opening a batch, and going on with one whose worker is gone."""

from collections.abc import Iterable
from functools import partial
from http import HTTPStatus

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.after_commit import queue_after_commit
from courses.catalog.models import CoursePage
from learning.kernel.refusals import Refused
from learning.people.models import User
from learning.records import tasks
from learning.records.batching import WORKING, batches_left_alone, seats_for_a_batch, uncertified_enrollments
from learning.records.models import BatchItem, IssueBatch
from learning.records.queries import reach_of
from learning.workshops.models import Workshop
from learning.workshops.queries.learning import AFTERWARDS
from learning.workshops.queries.scope import workshops_run_by

WORKERS = 2  # that begin at a batch; they share it line by line


@transaction.atomic
def open_workshop_batch(workshop: Workshop, *, by: User) -> IssueBatch:
    """Certificates for all who attended; a batch of the workshop that is not done yet is that batch.

    Raises Refused.
    """
    workshop = Workshop.objects.select_for_update(of=("self",)).get(pk=workshop.pk)
    if not (by.is_superuser or workshops_run_by(by).filter(pk=workshop.pk).exists()):
        raise Refused(_("The certificates of a workshop are issued by its center."), status=HTTPStatus.FORBIDDEN)
    refused = partial(
        Refused, way_on=reverse("workshops:results", args=[workshop.pk]), way_on_label=_("To the results")
    )
    if workshop.state not in AFTERWARDS:
        raise refused(_("Certificates follow when the workshop has been held. Mark it as held first."))
    if workshop.certificate_design_id is None:
        raise refused(_("This workshop has no certificate design, so it gives no certificates."))
    if open_one := IssueBatch.objects.filter(workshop=workshop, state__in=WORKING).first():
        return open_one
    seats = list(seats_for_a_batch(workshop).values_list("pk", flat=True))
    if not seats:
        raise refused(_("Everybody who attended has a certificate already."))
    batch = IssueBatch.objects.create(title=workshop.title[:255], workshop=workshop, asked_by=by)
    return _begin(batch, (BatchItem(batch=batch, position=place, seat_id=pk) for place, pk in enumerate(seats)), by=by)


@transaction.atomic
def open_course_batch(course: CoursePage, *, by: User) -> IssueBatch:
    """Certificates for who completed a course before it had a design, in one's own area. Raises Refused."""
    course = CoursePage.objects.select_for_update(of=("self",)).get(pk=course.pk)
    reach = reach_of(by)
    if not (reach.is_administrator or reach.changing):
        raise Refused(
            _("Certificates of courses are issued by the offices that keep the register."), status=HTTPStatus.FORBIDDEN
        )
    if open_one := IssueBatch.objects.filter(course=course, asked_by=by, state__in=WORKING).first():
        return open_one
    found = list(uncertified_enrollments(reach).filter(course=course).order_by("completed_at", "pk"))
    if not found:
        raise Refused(
            _("Nobody of your area has completed this course and waits for a certificate."),
            way_on=reverse("records:batches"),
            way_on_label=_("Batches of certificates"),
        )
    batch = IssueBatch.objects.create(title=course.title[:255], course=course, asked_by=by)
    lines = (BatchItem(batch=batch, position=place, enrollment=one) for place, one in enumerate(found))
    return _begin(batch, lines, by=by)


def _begin(batch: IssueBatch, lines: Iterable[BatchItem], *, by: User) -> IssueBatch:
    BatchItem.objects.bulk_create(lines, batch_size=500)
    log(batch, "records.open_batch", user=by)
    for _worker in range(WORKERS):
        queue_after_commit(tasks.issue_batch, batch.pk)
    return batch


def sweep_batches() -> int:
    """Batches whose worker is gone are gone on with. Gives how many."""
    now, count = timezone.now(), 0
    for batch_id, seen_at in batches_left_alone(now=now).values_list("pk", "seen_at"):
        if IssueBatch.objects.filter(pk=batch_id, seen_at=seen_at).update(seen_at=now):
            tasks.issue_batch.delay(batch_id)
            count += 1
    return count

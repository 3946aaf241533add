"""Whose batches of certificates one sees, what one may issue at once, and how far a batch is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Collate
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.choices import CertificateState
from certification.models import Certificate
from cms.thai.names import COLLATION
from courses.catalog.models import CoursePage
from learning.enrollments.choices import EnrollmentState
from learning.enrollments.models import Enrollment
from learning.places.areas import Area
from learning.records.choices import BatchState, ItemState
from learning.records.models import BatchItem, IssueBatch
from learning.records.queries import Reach, reach_of
from learning.workshops.choices import SeatState
from learning.workshops.models import Seat, Workshop

WORKING = (BatchState.WAITING, BatchState.RUNNING)
LEFT_ALONE = timedelta(minutes=1)


def batches_visible_to(user: AbstractBaseUser | AnonymousUser, *, reach: Reach | None = None) -> QuerySet[IssueBatch]:
    """Those of workshops of one's own center, and those one asked for in the area that one has today.

    An administrator sees all.
    """
    reach = reach_of(user) if reach is None else reach
    if reach.is_administrator:
        return IssueBatch.objects.all()
    if user.pk is None or not reach:
        return IssueBatch.objects.none()
    return IssueBatch.objects.filter(
        Q(workshop__center__in=reach.centers)
        | Q(_has_no_line_outside(reach.changing), course__isnull=False, asked_by=user.pk)
    )


def _has_no_line_outside(area: Area) -> Q:
    if area.is_country:
        return Q()
    inside = area.where(
        province="enrollment__province",
        district="enrollment__district",
        organizations=["enrollment__organization", "enrollment__parent"],
    )
    return ~Q(Exists(BatchItem.objects.filter(batch=OuterRef("pk")).exclude(inside)))


def batches_left_alone(*, now: datetime) -> QuerySet[IssueBatch]:
    """Batches whose worker is gone, or that the queue lost."""
    return IssueBatch.objects.filter(state__in=WORKING, seen_at__lte=now - LEFT_ALONE).order_by("seen_at")


def seats_for_a_batch(workshop: Workshop) -> QuerySet[Seat]:
    """Who attended and has no certificate, by name; who lacks something is told what, line by line."""
    return Seat.objects.filter(workshop=workshop, state=SeatState.ATTENDED, certificate__isnull=True).order_by(
        Collate("user__first_name", COLLATION), Collate("user__last_name", COLLATION), "pk"
    )


def uncertified_enrollments(reach: Reach) -> QuerySet[Enrollment]:
    """Completed before the course was given its design, within the area that one may change."""
    inside = (
        Q()
        if reach.is_administrator
        else reach.changing.where(province="province", district="district", organizations=["organization", "parent"])
    )
    return Enrollment.objects.filter(
        inside, state=EnrollmentState.COMPLETED, certificate__isnull=True, course__certificate_design__isnull=False
    )


def courses_to_certify(reach: Reach) -> list[CoursePage]:
    """Courses with people who wait for a certificate, each with `waiting_count`, by title."""
    counts = dict(uncertified_enrollments(reach).order_by().values_list("course").annotate(Count("pk")))
    courses = sorted(CoursePage.objects.filter(pk__in=counts), key=lambda course: course.title)
    for course in courses:
        course.waiting_count = counts[course.pk]  # type: ignore[attr-defined]
    return courses


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a batch is, in people. `ended` were revoked or replaced before their file came, and get none."""

    total: int
    issued: int
    refused: int
    filed: int
    ended: int

    @property
    def is_filed(self) -> bool:
        """No file is to come."""
        return self.filed + self.ended == self.issued

    @property
    def waiting(self) -> int:
        return self.total - self.issued - self.refused

    @property
    def percent(self) -> int:
        """Half for the number, half for the file; whole percent."""
        if not self.total:
            return 100
        return (100 * (self.issued + self.filed + self.ended + 2 * self.refused)) // (2 * self.total)


def progress_of(batch: IssueBatch) -> Progress:
    """One query."""
    issued, has_file = Q(state=ItemState.ISSUED), Q(certificate__rendered_at__isnull=False)
    return Progress(
        **BatchItem.objects.filter(batch=batch).aggregate(
            total=Count("pk"),
            issued=Count("pk", filter=issued),
            refused=Count("pk", filter=Q(state=ItemState.REFUSED)),
            filed=Count("pk", filter=issued & has_file),
            ended=Count("pk", filter=issued & ~has_file & ~Q(certificate__state=CertificateState.VALID)),
        )
    )


def refusals_of(batch: IssueBatch) -> list[BatchItem]:
    """The lines that were not issued, with their people, in their order."""
    lines = BatchItem.objects.filter(batch=batch, state=ItemState.REFUSED)
    return list(
        lines.select_related("seat__user", "seat__organization", "enrollment__user", "enrollment__organization")
    )


def files_in_trouble(batch: IssueBatch) -> QuerySet[Certificate]:
    """Issued, but something is in the way of their files."""
    issued = BatchItem.objects.filter(batch=batch, state=ItemState.ISSUED).values("certificate")
    waiting = Certificate.objects.filter(pk__in=issued, rendered_at__isnull=True, state=CertificateState.VALID)
    return waiting.exclude(trouble="")


def job_of(batch: IssueBatch, progress: Progress, *, has_trouble: bool) -> dict[str, Any]:
    """What components/job.html shows. Over when every line is done and every file that can come is there."""
    words = {"issued": progress.issued, "total": progress.total, "filed": progress.filed}
    is_working = batch.state in WORKING
    is_over = not is_working and (progress.is_filed or has_trouble)
    if is_over:
        text = _("%(issued)d of %(total)d certificates are issued, and %(filed)d files are ready.") % words
    elif batch.state == BatchState.WAITING:
        text = _("The batch waits for its turn.")
    elif is_working:
        text = _("%(issued)d of %(total)d certificates are issued, %(filed)d files are ready.") % words
    else:
        text = _("All numbers are given. %(filed)d of %(issued)d files are ready.") % words
    return {
        "state": "done" if is_over else ("waiting" if batch.state == BatchState.WAITING else "running"),
        "title": _("The batch is done") if is_over else _("Certificates are being issued"),
        "text": text,
        "percent": 100 if is_over else progress.percent,
        "poll_url": "" if is_over else reverse("records:batch_progress", args=[batch.pk]),
    }

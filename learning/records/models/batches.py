"""IssueBatch: certificates for many at once, each line in a transaction of its own."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Certificate
from courses.catalog.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.records.choices import BatchState, ItemState
from learning.workshops.models import Seat, Workshop


class IssueBatch(models.Model):
    """A workshop's seats, or completed enrollments that have no certificate yet.

    `seen_at` is when a worker last finished a line: a batch that runs and was not seen for long lost its worker.
    """

    title = models.CharField(_("title"), max_length=255)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="batches", null=True)
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="+", null=True)
    state = models.CharField(_("state"), max_length=10, choices=BatchState, default=BatchState.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("batch of certificates")
        verbose_name_plural = _("batches of certificates")
        constraints = [
            models.CheckConstraint(name="batch_state_is_known", condition=Q(state__in=BatchState.values)),
            models.CheckConstraint(
                name="a_batch_is_of_a_workshop_or_a_course",
                condition=Q(workshop__isnull=False, course__isnull=True)
                | Q(workshop__isnull=True, course__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BatchItem(models.Model):
    """One person of a batch: a seat or an enrollment, and what came of it."""

    batch = models.ForeignKey(IssueBatch, models.CASCADE, related_name="items")
    position = models.PositiveIntegerField()
    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="+", null=True)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.WAITING)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="+", null=True)
    refusal = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("line of a batch")
        verbose_name_plural = _("lines of a batch")
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="one_line_at_a_place_of_a_batch"),
            models.CheckConstraint(
                name="an_issued_line_has_its_certificate",
                condition=~Q(state=ItemState.ISSUED) | Q(certificate__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["batch", "state"], name="lines_of_a_batch_by_state")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.position}"

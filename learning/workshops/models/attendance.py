"""Scan: every scan that reached us, whatever became of it; Attendance: one person in one session."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.workshops.choices import Direction, ScanOutcome, ScanSource
from learning.workshops.models.workshops import Seat, Session, Workshop


class Scan(models.Model):
    """One scan of one device. Its `nonce` makes a repetition the same scan; rows are only added.

    `at` is the moment by our clock: the device's own, corrected by how far that clock was off when it spoke to us.
    """

    nonce = models.CharField(max_length=64, unique=True)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="scans")
    session = models.ForeignKey(Session, models.PROTECT, related_name="scans", null=True)
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="scans", null=True)
    direction = models.CharField(max_length=3, choices=Direction)
    source = models.CharField(max_length=5, choices=ScanSource)
    outcome = models.CharField(max_length=14, choices=ScanOutcome)
    at = models.DateTimeField()
    device_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)
    device = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-received_at", "-pk"]
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        constraints = [
            models.CheckConstraint(name="scan_outcome_is_known", condition=models.Q(outcome__in=ScanOutcome.values))
        ]

    def __str__(self) -> str:
        return self.nonce


class Attendance(models.Model):
    """A person was in a session, from a moment, until a moment when somebody noted it."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendances")
    arrived_at = models.DateTimeField(_("came"))
    left_at = models.DateTimeField(_("left"), null=True)
    source = models.CharField(max_length=5, choices=ScanSource)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        constraints = [
            models.UniqueConstraint(fields=["session", "seat"], name="a_person_once_in_a_session"),
            models.CheckConstraint(
                name="nobody_leaves_before_coming",
                condition=models.Q(left_at__isnull=True) | models.Q(left_at__gte=models.F("arrived_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} {self.session_id}"

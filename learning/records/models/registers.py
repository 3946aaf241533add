"""PaperRegister: a list of certificates issued on paper before, read from a file, looked at, then recorded."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Certificate
from learning.organizations.models import Organization
from learning.places.models import Province
from learning.records.choices import RegisterState
from learning.records.models.bundles import record_files


class PaperRegister(models.Model):
    """One uploaded file. What is recorded from it is marked as recorded, never as issued."""

    file = models.FileField(storage=record_files, upload_to="registers/%Y/%m", blank=True)
    file_name = models.CharField(max_length=255)
    province = models.ForeignKey(Province, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=RegisterState, default=RegisterState.WAITING)
    refusal = models.CharField(max_length=300, blank=True)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("register of paper certificates")
        verbose_name_plural = _("registers of paper certificates")
        constraints = [
            models.CheckConstraint(name="paper_register_state_is_known", condition=Q(state__in=RegisterState.values)),
        ]

    def __str__(self) -> str:
        return self.file_name


class PaperRow(models.Model):
    """A line of the file: the cells as read, what is wrong with them, and the certificate recorded from it."""

    register = models.ForeignKey(PaperRegister, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField()
    problems = models.JSONField(default=list)
    is_left_out = models.BooleanField(default=False)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="+", null=True)
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="paper_row", null=True)

    class Meta:
        ordering = ["line"]
        verbose_name = _("line of a paper register")
        verbose_name_plural = _("lines of a paper register")
        constraints = [
            models.UniqueConstraint(fields=["register", "line"], name="a_line_of_a_paper_register_once"),
        ]

    def __str__(self) -> str:
        return f"{self.register_id}: {self.line}"

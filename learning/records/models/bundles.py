"""Bundle: the files of many certificates in one, made by the worker for who asked."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.records.choices import BundleKind, PaperState

# Two filters of 100 Thai signs, nine letters each in an address, and all the others.
LONGEST_QUERY = 3_000


def record_files() -> object:
    """Files with names of people: never under a public address."""
    return storages["records"]


class Bundle(models.Model):
    """`query` is the filter of the register as in its address, asked again by the worker within today's area."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=4, choices=BundleKind)
    title = models.CharField(max_length=255)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)  # they have no file: recorded from paper, or not printed yet
    attempts = models.PositiveSmallIntegerField(default=0)
    # What its asker met of the register when it was made: who meets anything else by now asks anew.
    reach = models.CharField(max_length=64, blank=True)
    file = models.FileField(storage=record_files, upload_to="bundles/%Y/%m", blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("bundle of certificates")
        verbose_name_plural = _("bundles of certificates")
        constraints = [
            models.CheckConstraint(name="bundle_state_is_known", condition=Q(state__in=PaperState.values)),
        ]

    def __str__(self) -> str:
        return self.title

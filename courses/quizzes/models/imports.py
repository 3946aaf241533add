"""BankImport: a file of questions on its way into the bank."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.quizzes.choices import FileFormat, ImportState
from courses.quizzes.models.bank import Category


def import_files() -> object:
    """It holds keys: never under a public address."""
    return storages["imports"]


class BankImport(models.Model):
    """One uploaded file: read once into drafts, looked at, then saved or left."""

    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(_("file"), storage=import_files, upload_to="questions/%Y/%m", blank=True)
    format = models.CharField(_("format"), max_length=10, choices=FileFormat)
    # Where questions go of which the file names no category.
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("category"))
    state = models.CharField(_("state"), max_length=8, choices=ImportState, default=ImportState.WAITING)
    # What was read, as `reading.drafts` writes it, and what could not be: [{"line", "sentence"}].
    drafts = models.JSONField(default=list)
    faults = models.JSONField(default=list)
    written_count = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("import of questions")
        verbose_name_plural = _("imports of questions")

    def __str__(self) -> str:
        return self.file_name

"""Import: a file on its way into the register. ImportRow: one line of it. Invitation: a first sign-in on paper."""

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learning.register.choices import Decision, ImportKind, ImportState, Mode, RowAction


def import_files() -> object:
    """Personal data: never under a public address. The file is deleted once its rows are read."""
    return storages["imports"]


class Import(models.Model):
    """One uploaded file. Its rows are read once; the dry run, the saving and the undoing work on them."""

    kind = models.CharField(_("kind"), max_length=15, choices=ImportKind)
    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(storage=import_files, upload_to="%Y/%m", blank=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.WAITING)
    mode = models.CharField(_("how"), max_length=12, choices=Mode, default=Mode.ROW_BY_ROW)
    # What the sheet was found to hold: columns in their order, headings nobody knows, headings never read.
    columns = models.JSONField(default=list)
    unknown_headings = models.JSONField(default=list)
    forbidden_headings = models.JSONField(default=list)
    refusal = models.TextField(blank=True)
    total_count = models.PositiveIntegerField(null=True)
    done_count = models.PositiveIntegerField(default=0)
    # Of the worker's last sign of life: the sweep gives an import without one to another worker.
    seen_at = models.DateTimeField(default=timezone.now)
    # Workers that have taken it since anything was written: after some the sweep ends the work.
    attempts = models.PositiveSmallIntegerField(default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        constraints = [
            models.CheckConstraint(name="import_state_is_known", condition=models.Q(state__in=ImportState.values)),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def percent(self) -> int:
        return 100 * self.done_count // self.total_count if self.total_count else 0


class ImportRow(models.Model):
    """One line of the file: what was written, what is wrong with it, what saving it does, and what it replaced."""

    batch = models.ForeignKey(Import, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))  # as the person sees it in the file
    cells = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    problems = models.JSONField(default=dict)
    action = models.CharField(max_length=8, choices=RowAction, default=RowAction.PROBLEM)
    # What differs from the register: {field: [what stands there, what the row says]}.
    changes = models.JSONField(default=dict)
    # Who or what it might be: [{"id", "label", "why"}], for a person to decide.
    alike = models.JSONField(default=list)
    decision = models.CharField(max_length=10, choices=Decision, blank=True)
    decided_id = models.BigIntegerField(null=True)
    # What was written, and the values before, so that the whole import can be undone.
    is_applied = models.BooleanField(default=False)
    written = models.JSONField(default=list)
    # Why an undo left something as it is.
    kept_because = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="a_row_of_an_import_once"),
            models.CheckConstraint(name="row_action_is_known", condition=models.Q(action__in=RowAction.values)),
        ]
        indexes = [models.Index(fields=["batch", "action"], name="import_rows_by_action")]

    def __str__(self) -> str:
        return f"{self.batch_id} · {self.number}"


class Invitation(models.Model):
    """A slip of paper by which a person whom the office has entered sets a password for the first time."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    code = models.CharField(max_length=12, unique=True)
    until = models.DateField()
    used_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.user_id}"

"""H5PPackage: an uploaded package. ImportedQuestion: what became a question. KeptContent: what could not, whole."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.h5p.choices import PackageState


def package_files() -> object:
    """Packages hold the right answers: never under a public address."""
    return storages["h5p"]


def new_uid() -> str:
    return uuid.uuid4().hex[:16]


class H5PPackage(models.Model):
    """One uploaded package, kept whole; its questions are rows of the bank."""

    uid = models.CharField(max_length=16, unique=True, default=new_uid, editable=False)
    file_name = models.CharField(_("file"), max_length=200)
    file = models.FileField(storage=package_files, upload_to="%Y/%m", blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    byte_count = models.PositiveIntegerField(_("size"), default=0)
    title = models.CharField(_("title"), max_length=255, blank=True)
    category = models.CharField(_("category"), max_length=250, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=PackageState, default=PackageState.WAITING)
    refusal_code = models.CharField(max_length=60, blank=True)
    refusal = models.TextField(blank=True)
    # What h5p.json and content.json say; unsafe HTML is out of them, nothing else.
    manifest = models.JSONField(default=dict)
    content = models.JSONField(default=dict)
    question_count = models.PositiveIntegerField(_("questions"), default=0)
    kept_count = models.PositiveIntegerField(_("kept"), default=0)
    # For people: what was mapped and how, what was not carried over, which files stay in the package.
    report = models.JSONField(default=dict)
    quiz = models.ForeignKey("quizzes.Quiz", models.SET_NULL, related_name="h5p_packages", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    # Of the worker that took it: the sweep gives a package whose worker is gone to another.
    seen_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("H5P package")
        verbose_name_plural = _("H5P packages")
        constraints = [
            models.CheckConstraint(name="package_state_is_known", condition=models.Q(state__in=PackageState.values)),
            # The same file comes in once; a refused one may be tried again.
            models.UniqueConstraint(
                fields=["sha256"], condition=~models.Q(state="refused"), name="a_package_comes_in_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.file_name


class ImportedQuestion(models.Model):
    """Where in the content of a package a question of the bank stood: keys and places, "questions/0"."""

    package = models.ForeignKey(H5PPackage, models.CASCADE, related_name="imported")
    question = models.ForeignKey("quizzes.Question", models.PROTECT, related_name="h5p_origins")
    path = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("imported question")
        verbose_name_plural = _("imported questions")
        constraints = [models.UniqueConstraint(fields=["package", "path"], name="a_place_of_a_package_once")]

    def __str__(self) -> str:
        return f"{self.package_id} · {self.path}"


class KeptContent(models.Model):
    """Content for which the bank has no kind, or that its kind could not read: kept whole, with the reason."""

    package = models.ForeignKey(H5PPackage, models.CASCADE, related_name="kept")
    path = models.CharField(max_length=500, blank=True)
    library = models.CharField(max_length=270)
    title = models.CharField(_("title"), max_length=300, blank=True)
    reason = models.TextField(_("why"), blank=True)
    params = models.JSONField(default=dict)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("kept content")
        verbose_name_plural = _("kept content")

    def __str__(self) -> str:
        return f"{self.library} · {self.path}"

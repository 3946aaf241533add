"""LessonCompletion: this lesson is done, since this moment."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from courses.catalog.models import LessonPage
from learning.enrollments.models import Enrollment


class LessonCompletion(models.Model):
    """Twice is once: the constraint says so."""

    enrollment = models.ForeignKey(Enrollment, models.PROTECT, related_name="lesson_completions")
    lesson = models.ForeignKey(LessonPage, models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(_("completed"), default=timezone.now)

    class Meta:
        verbose_name = _("completed lesson")
        verbose_name_plural = _("completed lessons")
        constraints = [
            models.UniqueConstraint(fields=["enrollment", "lesson"], name="a_lesson_is_completed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.enrollment} · {self.lesson}"

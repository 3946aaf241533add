"""Regrade: sittings marked again, and what that changed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.quizzes.models import Question, Quiz
from learning.sittings.models.sittings import Sitting


class Regrade(models.Model):
    """One time that the sittings of a quiz were marked again: who, when, why. Rows are only ever added."""

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="regrades", verbose_name=_("quiz"))
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="+", null=True, verbose_name=_("only this question")
    )
    with_newest = models.BooleanField(_("by the newest version of each question"), default=False)
    reason = models.CharField(_("reason"), max_length=300)
    # Nobody: from the command line of the server.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField(_("marked again"), auto_now_add=True)
    sitting_count = models.PositiveIntegerField(_("sittings"), default=0)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("marking again")
        verbose_name_plural = _("markings again")

    def __str__(self) -> str:
        return f"{self.quiz} · {self.created_at:%Y-%m-%d}"


class RegradedSitting(models.Model):
    """What one marking again changed in one sitting."""

    regrade = models.ForeignKey(Regrade, models.CASCADE, related_name="changed")
    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="regraded")
    score_before = models.DecimalField(max_digits=7, decimal_places=2)
    score_after = models.DecimalField(max_digits=7, decimal_places=2)
    max_before = models.DecimalField(max_digits=7, decimal_places=2)
    max_after = models.DecimalField(max_digits=7, decimal_places=2)
    percent_before = models.PositiveSmallIntegerField(null=True)
    percent_after = models.PositiveSmallIntegerField(null=True)
    passed_before = models.BooleanField(null=True)
    passed_after = models.BooleanField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sitting marked again")
        verbose_name_plural = _("sittings marked again")
        constraints = [models.UniqueConstraint(fields=["regrade", "sitting"], name="a_sitting_once_in_a_marking_again")]

    def __str__(self) -> str:
        return f"{self.sitting} · {self.score_before} → {self.score_after}"

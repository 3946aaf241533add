"""Allowance: more time or more attempts for one person."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.quizzes.models import Quiz


class Allowance(models.Model):
    """More time or attempts at a quiz for a person, with the reason. Rows are only ever added; they add up."""

    quiz = models.ForeignKey(Quiz, models.PROTECT, related_name="allowances", verbose_name=_("quiz"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="allowances")
    extra_minutes = models.PositiveSmallIntegerField(_("more minutes"), default=0)
    extra_percent = models.PositiveSmallIntegerField(_("more time (percent of the limit)"), default=0)
    extra_attempts = models.PositiveSmallIntegerField(_("more attempts"), default=0)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("given"), auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("allowance")
        verbose_name_plural = _("allowances")
        constraints = [
            models.CheckConstraint(
                name="an_allowance_gives_something",
                condition=models.Q(extra_minutes__gt=0)
                | models.Q(extra_percent__gt=0)
                | models.Q(extra_attempts__gt=0),
            )
        ]
        indexes = [models.Index(fields=["user", "quiz"], name="allowances_of_a_person")]

    def __str__(self) -> str:
        return f"{self.user} · {self.quiz}"

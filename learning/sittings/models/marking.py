"""MarkingRule and Marking: what only a person can mark."""

from decimal import Decimal

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.quizzes.models import Quiz
from learning.sittings.choices import MarkingKind
from learning.sittings.models.sittings import Response


class MarkingRule(models.Model):
    """How the essays of a quiz are marked; without a row: by one person, who sees the name."""

    quiz = models.OneToOneField(Quiz, models.CASCADE, related_name="marking_rule", primary_key=True)
    is_blind = models.BooleanField(_("markers do not see whose answer it is"), default=False)
    needs_second = models.BooleanField(_("two people mark each answer"), default=False)
    tolerance = models.DecimalField(
        _("points two markers may differ by"),
        max_digits=5,
        decimal_places=2,
        default=Decimal(1),
        validators=[MinValueValidator(0)],
    )

    class Meta:
        verbose_name = _("rule for marking")
        verbose_name_plural = _("rules for marking")

    def __str__(self) -> str:
        return str(self.quiz)


class Marking(models.Model):
    """What one person gave one answer. Rows are only ever added."""

    response = models.ForeignKey(Response, models.CASCADE, related_name="markings")
    marker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="markings")
    kind = models.CharField(_("marking"), max_length=8, choices=MarkingKind)
    points = models.JSONField(_("points by criterion"), default=dict)
    score = models.DecimalField(_("score"), max_digits=6, decimal_places=2)
    comment = models.TextField(_("comment"), max_length=4_000, blank=True)
    created_at = models.DateTimeField(_("marked"), auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("marking")
        verbose_name_plural = _("markings")
        constraints = [
            models.UniqueConstraint(fields=["response", "kind"], name="one_marking_of_each_kind"),
            models.UniqueConstraint(fields=["response", "marker"], name="nobody_marks_an_answer_twice"),
            models.CheckConstraint(name="a_marking_is_not_negative", condition=models.Q(score__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.score}"

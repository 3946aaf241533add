"""EvaluationItem: what is asked; EvaluationSheet and EvaluationAnswer: what nobody in particular answered."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from learning.workshops.choices import FormKind, ItemKind
from learning.workshops.models.resources import Resource
from learning.workshops.models.workshops import Workshop


class EvaluationItem(models.Model):
    """One line of the form; with a trainer it is about that trainer."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="evaluation_items")
    form = models.CharField(max_length=9, choices=FormKind)
    kind = models.CharField(max_length=5, choices=ItemKind)
    section = models.CharField(_("section"), max_length=100, blank=True)
    text = models.CharField(_("question"), max_length=300)
    trainer = models.ForeignKey(Resource, models.PROTECT, related_name="+", null=True, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["form", "position"]
        verbose_name = _("line of an evaluation")
        verbose_name_plural = _("lines of evaluations")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "form", "position"], name="evaluation_lines_are_numbered")
        ]

    def __str__(self) -> str:
        return self.text


class EvaluationSheet(models.Model):
    """One filled-in form. No person, no moment, and a key that tells nothing of the order: it stays anonymous."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="evaluation_sheets")
    form = models.CharField(max_length=9, choices=FormKind)

    class Meta:
        verbose_name = _("filled-in evaluation")
        verbose_name_plural = _("filled-in evaluations")

    def __str__(self) -> str:
        return str(self.pk)


class EvaluationAnswer(models.Model):
    """`score` 1 to 5, or a text; both empty is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sheet = models.ForeignKey(EvaluationSheet, models.CASCADE, related_name="answers")
    item = models.ForeignKey(EvaluationItem, models.CASCADE, related_name="answers")
    score = models.PositiveSmallIntegerField(null=True)
    text = models.TextField(max_length=2000, blank=True)

    class Meta:
        verbose_name = _("answer of an evaluation")
        verbose_name_plural = _("answers of evaluations")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "item"], name="a_line_is_answered_once"),
            models.CheckConstraint(
                name="a_score_has_five_points",
                condition=models.Q(score__isnull=True) | models.Q(score__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        return self.text or str(self.score)

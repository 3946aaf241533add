"""WorkshopPaper: a PDF that the worker prints; WorkshopPicture and CostLine: what the report shows besides."""

from decimal import Decimal

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from learning.workshops.choices import CostKind, PaperKind, PaperState
from learning.workshops.models.workshops import Session, Workshop


def workshop_storage() -> object:
    """Lists of names and pictures of people: never under a public address."""
    return storages["workshops"]


class WorkshopPaper(models.Model):
    """Asked for by an officer, printed by the worker, kept for a week."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=10, choices=PaperKind)
    session = models.ForeignKey(Session, models.CASCADE, related_name="+", null=True)
    state = models.CharField(_("state"), max_length=7, choices=PaperState, default=PaperState.WAITING)
    file = models.FileField(storage=workshop_storage, upload_to="papers/%Y/%m", blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    made_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("paper of a workshop")
        verbose_name_plural = _("papers of workshops")
        constraints = [
            models.CheckConstraint(name="paper_state_is_known", condition=models.Q(state__in=PaperState.values))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.workshop}"


class WorkshopPicture(models.Model):
    """A picture of the day, for the report."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="pictures")
    image = models.ImageField(storage=workshop_storage, upload_to="pictures/%Y/%m")
    caption = models.CharField(_("what it shows"), max_length=200, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("picture of a workshop")
        verbose_name_plural = _("pictures of workshops")

    def __str__(self) -> str:
        return self.caption or str(self.pk)


class CostLine(models.Model):
    """A line of cost: quantity × price, in baht."""

    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="cost_lines")
    kind = models.CharField(pgettext_lazy("of a cost", "kind"), max_length=12, choices=CostKind)
    text = models.CharField(_("for what"), max_length=200)
    quantity = models.DecimalField(_("quantity"), max_digits=8, decimal_places=2, default=1)
    price = models.DecimalField(_("price (baht)"), max_digits=10, decimal_places=2)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("line of cost")
        verbose_name_plural = _("lines of cost")
        constraints = [
            models.CheckConstraint(
                name="a_cost_is_not_negative", condition=models.Q(quantity__gt=Decimal(0), price__gte=Decimal(0))
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def amount(self) -> Decimal:
        """Baht, rounded to the satang."""
        return (self.quantity * self.price).quantize(Decimal("0.01"))

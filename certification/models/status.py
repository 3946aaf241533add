"""StatusList: which credentials no longer hold, as one signed list that tells nobody which one is asked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatusList(models.Model):
    """A Bitstring Status List (W3C, 2025): `credential` is signed anew in the transaction that changes a bit.

    `taken` counts the places given out; they are not given out in order, so a place tells no number.
    """

    SIZE = 131_072  # the least the standard allows: a smaller list would tell who is looked up

    number = models.PositiveIntegerField(unique=True)
    taken = models.PositiveIntegerField(default=0)
    credential = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    valid_until = models.DateTimeField(null=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("status list")
        verbose_name_plural = _("status lists")
        constraints = [
            models.CheckConstraint(name="a_status_list_has_its_size", condition=models.Q(taken__lte=131_072)),
        ]

    def __str__(self) -> str:
        return str(self.number)

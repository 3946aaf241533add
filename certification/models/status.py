"""StatusList: which credentials no longer hold, as one signed list that tells nobody which one is asked for."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.models.keys import SigningKey

SEED_BYTES = 16


def new_seed() -> str:
    return secrets.token_hex(SEED_BYTES)


class StatusList(models.Model):
    """A Bitstring Status List (W3C, 2025): `credential` is signed anew in the transaction that changes a bit.

    `taken` counts the places given out. `seed` shuffles them, so that a place tells no number; it never changes,
    else a place would be given out twice.
    """

    SIZE = 131_072  # the least the standard allows: a smaller list would tell who is looked up

    number = models.PositiveIntegerField(unique=True)
    seed = models.CharField(max_length=2 * SEED_BYTES, default=new_seed, editable=False)
    taken = models.PositiveIntegerField(default=0)
    credential = models.TextField(blank=True)
    key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", null=True)
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

"""TrainingRecord: hours by year as a signed paper; WalletShare: a link a person gives away and can take back."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.choices import KeyState
from certification.models import SigningKey
from learning.records.choices import PaperState
from learning.records.models.bundles import record_files


class TrainingRecord(models.Model):
    """What a person has learned until a day, frozen and signed. `facts` is everything that is printed."""

    code = models.CharField(_("code"), max_length=12, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="training_records")
    facts = models.JSONField()
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.WAITING)
    created_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)
    file = models.FileField(storage=record_files, upload_to="training/%Y/%m", blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    document_key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", null=True)
    approval_key = models.ForeignKey(SigningKey, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("training record")
        verbose_name_plural = _("training records")
        constraints = [
            models.CheckConstraint(name="training_record_state_is_known", condition=Q(state__in=PaperState.values)),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_signed_by_a_revoked_key(self) -> bool:
        """Then nothing that it says can be relied on: whoever took the key may have written it."""
        return any(key is not None and key.state == KeyState.REVOKED for key in (self.document_key, self.approval_key))


class WalletShare(models.Model):
    """Whoever holds the token sees the certificates and hours of its person, until it ends."""

    token = models.CharField(max_length=43, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="wallet_shares")
    created_at = models.DateTimeField(default=timezone.now)
    ends_on = models.DateField(_("open until"))
    ended_at = models.DateTimeField(null=True)
    seen_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("shared wallet")
        verbose_name_plural = _("shared wallets")

    def __str__(self) -> str:
        return f"{self.person_id} {self.ends_on}"

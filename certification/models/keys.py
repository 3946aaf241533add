"""SigningKey: the public half of what signs. Private halves stay in files or in a token, never in the database."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certification.choices import KeyPurpose, KeyState


class SigningKey(models.Model):
    """`location` is a file in CERTIFICATE_KEYS_DIR, or a PKCS#11 address (RFC 7512) for keys in a token.

    What a retired key has signed stays good; what a revoked one has signed does not.
    """

    kid = models.CharField(_("key"), max_length=43, unique=True, help_text=_("JWK thumbprint (RFC 7638)."))
    purpose = models.CharField(_("purpose"), max_length=10, choices=KeyPurpose)
    state = models.CharField(_("state"), max_length=10, choices=KeyState, default=KeyState.ACTIVE)
    name = models.CharField(_("name of the signer"), max_length=200)
    location = models.CharField(_("place of the private key"), max_length=300)
    public_jwk = models.JSONField()
    chain = models.TextField(blank=True, help_text=_("X.509 certificates in PEM, the signer's first, the root last."))
    is_test = models.BooleanField(_("from a test authority"), default=False)
    created_at = models.DateTimeField(_("in use since"), auto_now_add=True)
    retired_at = models.DateTimeField(null=True, editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ["purpose", "-created_at"]
        verbose_name = _("signing key")
        verbose_name_plural = _("signing keys")
        constraints = [
            models.UniqueConstraint(
                fields=["purpose"], condition=Q(state=KeyState.ACTIVE), name="one_active_key_for_each_purpose"
            ),
            models.CheckConstraint(name="key_state_is_known", condition=Q(state__in=KeyState.values)),
            models.CheckConstraint(
                name="a_revoked_key_has_its_moment", condition=Q(revoked_at__isnull=False) | ~Q(state=KeyState.REVOKED)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.name}"

"""States of a certificate, as a table."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificateState(TextChoices):
    """VALID → REVOKED | REPLACED."""

    VALID = "valid", _("Valid")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")


TRANSITIONS: dict[str, frozenset[str]] = {
    CertificateState.VALID: frozenset({CertificateState.REVOKED, CertificateState.REPLACED})
}

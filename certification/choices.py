"""States and kinds of certificates, designs and keys, as tables."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CertificateState(TextChoices):
    """VALID → REVOKED | REPLACED. That it has expired is not a state: the day says it."""

    VALID = "valid", _("Valid")
    REVOKED = "revoked", _("Revoked")
    REPLACED = "replaced", _("Replaced")


TRANSITIONS: dict[str, frozenset[str]] = {
    CertificateState.VALID: frozenset({CertificateState.REVOKED, CertificateState.REPLACED})
}


class Origin(TextChoices):
    """Issued here and signed, or recorded from a paper of before: the academy vouches only for the first."""

    ISSUED = "issued", _("Issued by this academy")
    RECORDED = "recorded", _("Recorded from paper")


class Layout(TextChoices):
    LANDSCAPE = "landscape", pgettext_lazy("of a sheet", "Landscape")
    PORTRAIT = "portrait", pgettext_lazy("of a sheet", "Portrait")


class Border(TextChoices):
    RICE = "rice", _("Ears of rice")
    LINES = "lines", _("Two fine lines")
    PLAIN = "plain", _("No border")


class SheetLanguages(TextChoices):
    THAI = "th", _("Thai")
    BOTH = "th-en", _("Thai, with English beneath")


class KeyPurpose(TextChoices):
    """What a key signs; one active key each."""

    DOCUMENT = "document", _("PDF, first signer")
    APPROVAL = "approval", _("PDF, second signer")
    BADGE = "badge", _("Open Badge and status list")
    OFFLINE = "offline", _("Code for checking without a network")


class KeyState(TextChoices):
    """ACTIVE → RETIRED | REVOKED; RETIRED → REVOKED. What a retired key has signed stays good."""

    ACTIVE = "active", pgettext_lazy("of a key", "Active")
    RETIRED = "retired", pgettext_lazy("of a key", "Retired")
    REVOKED = "revoked", pgettext_lazy("of a key", "Revoked")


KEY_TRANSITIONS: dict[str, frozenset[str]] = {
    KeyState.ACTIVE: frozenset({KeyState.RETIRED, KeyState.REVOKED}),
    KeyState.RETIRED: frozenset({KeyState.REVOKED}),
}

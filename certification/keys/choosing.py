"""Which key signs, and which keys have signed."""

from django.conf import settings
from django.db.models import QuerySet

from certification.choices import KeyPurpose, KeyState
from certification.keys import authority
from certification.models import SigningKey


def active_key(purpose: KeyPurpose) -> SigningKey | None:
    """The one key that signs for a purpose now; None: what needs it waits.

    Where CERTIFICATE_TEST_AUTHORITY is set, a purpose that never had a key is given one of the test authority.
    """
    active = SigningKey.objects.filter(purpose=purpose, state=KeyState.ACTIVE)
    key = active.first()
    if key is None and settings.CERTIFICATE_TEST_AUTHORITY and purpose in authority.BY_ITSELF:
        if not keys_of(purpose).exists():
            authority.take_in(purpose)
        key = active.first()  # also where another process took it in between the two questions
    return key


def keys_of(purpose: KeyPurpose) -> QuerySet[SigningKey]:
    """Every key that signs or has signed for a purpose, revoked ones too: the active one first, then newest first."""
    return SigningKey.objects.filter(purpose=purpose).order_by("state", "-created_at", "-pk")


def trusted_keys(purpose: KeyPurpose) -> QuerySet[SigningKey]:
    """The keys of a purpose whose signatures stay good: the active one and the retired ones."""
    return keys_of(purpose).exclude(state=KeyState.REVOKED)

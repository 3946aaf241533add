"""What a page without a network has to know: every key that signs or has signed, and which certificates have ended."""

from django.conf import settings
from django.utils import timezone

from certification.choices import CertificateState, KeyPurpose
from certification.keys.choosing import keys_of
from certification.models import Certificate, SigningKey
from certification.offline.reading import mark_of


def known() -> dict[str, object]:
    """For /v/offline/keys.json. `ended` holds places by the number of their status list: those bits that are set.

    A list of the few places is smaller than the packed bits, and old phones need nothing to unpack it.
    """
    ended: dict[str, list[int]] = {}
    for number, place in ended_places():
        ended.setdefault(str(number), []).append(place)
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "issuer": settings.ORGANIZATION_NAME,
        "keys": [public_half(key) for key in keys_of(KeyPurpose.OFFLINE)],
        "ended": ended,
    }


def ended_places() -> list[tuple[int, int]]:
    """List and place of every certificate that was revoked or replaced, in order."""
    ended = Certificate.objects.exclude(state=CertificateState.VALID).filter(status_list__isnull=False)
    return list(
        ended.order_by("status_list__number", "status_index").values_list("status_list__number", "status_index")
    )


def public_half(key: SigningKey) -> dict[str, object]:
    """A key as the page needs it; `mark` is what a text says of its key."""
    members = {name: key.public_jwk[name] for name in ("kty", "crv", "x", "y")}
    return {
        **members,
        "kid": key.kid,
        "mark": mark_of(key).hex(),
        "name": key.name,
        "state": key.state,
        "revoked_at": key.revoked_at.isoformat(timespec="seconds") if key.revoked_at else None,
        "is_test": key.is_test,
    }

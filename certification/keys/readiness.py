"""Whether a key can sign, in a sentence: for the list of keys."""

from datetime import timedelta

from django.utils import timezone

from certification.choices import KeyState
from certification.keys import KeyUnavailable
from certification.keys.chains import check_days, last_moment, read_chain
from certification.keys.opening import sign_raw
from certification.keys.public import is_signed
from certification.models import SigningKey

SOON = timedelta(days=60)
TRIAL = b"Does this key sign?"


def readiness(key: SigningKey) -> str:
    """A sentence about a key: what it has signed for one that is over, whether it signs for an active one."""
    if key.state == KeyState.RETIRED:
        return f"Retired on {key.retired_at:%Y-%m-%d}. What it has signed stays good."
    if key.state == KeyState.REVOKED:
        return f"Revoked on {key.revoked_at:%Y-%m-%d}: {key.reason}"
    try:
        if key.chain:
            check_days(read_chain(key.chain))
        if not is_signed(key.public_jwk, sign_raw(key, TRIAL), TRIAL):
            return "The token signs with another key than the one that was added."
    except KeyUnavailable as error:
        return str(error)
    expires = last_moment(key.chain)
    if expires and expires - timezone.now() < SOON:
        return f"Signs. Its certificate expires on {expires:%Y-%m-%d}: renew it soon."
    return f"Signs. Its certificate is good until {expires:%Y-%m-%d}." if expires else "Signs."

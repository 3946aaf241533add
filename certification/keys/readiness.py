"""Whether a key can sign, in a sentence: for the list of keys; and which ones soon cannot, for administrators."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from certification.choices import KeyState
from certification.keys import KeyUnavailable
from certification.keys.chains import check_days, last_moment, read_chain
from certification.keys.opening import sign_raw
from certification.keys.public import is_signed
from certification.models import SigningKey
from cms.thai.dates import format_be

# An authority takes weeks to answer an office.
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
    if expires and ends_soon(key):
        return f"Signs. {end_of(key, expires)}"
    return f"Signs. Its certificate is good until {expires:%Y-%m-%d}." if expires else "Signs."


def ends_soon(key: SigningKey) -> bool:
    """Whether the certificate of an active key ends within sixty days, or has ended."""
    if key.state != KeyState.ACTIVE:
        return False
    try:
        last = last_moment(key.chain)
    except KeyUnavailable:  # it cannot be read, which `readiness` tells
        return False
    return last is not None and last - timezone.now() < SOON


def warnings_of_end() -> list[str]:
    """A sentence for each key that signs today and soon cannot, the first to end first."""
    ending = [key for key in SigningKey.objects.filter(state=KeyState.ACTIVE).exclude(chain="") if ends_soon(key)]
    moments = [(last, key) for key in ending if (last := last_moment(key.chain))]
    return [end_of(key, last) for last, key in sorted(moments, key=lambda pair: (pair[0], pair[1].pk))]


def end_of(key: SigningKey, last: datetime) -> str:
    """When the certificate of a key ends, what stops then, and what is to be done."""
    facts = {"name": key.name, "purpose": key.get_purpose_display(), "day": format_be(last, "long")}
    if last < timezone.now():
        sentence = _(
            "The certificate of the signing key “%(name)s” (%(purpose)s) ended on %(day)s. "
            "Nothing is signed with it any more, and new certificates wait for their file: "
            "ask the authority for a new one, then rotate the key."
        )
    else:
        sentence = _(
            "The certificate of the signing key “%(name)s” (%(purpose)s) ends on %(day)s. "
            "After that new certificates get no file: "
            "ask the authority for a new one now, then rotate the key."
        )
    return sentence % facts

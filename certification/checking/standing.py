"""Does a certificate count today? One answer for the page, for programs and for the file that somebody holds."""

from datetime import date
from enum import StrEnum

from certification.choices import CertificateState, KeyState, Origin


class Standing(StrEnum):
    """What the page of a certificate says in its heading."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    REPLACED = "replaced"
    KEY_REVOKED = "key-revoked"
    RECORDED = "recorded"


def standing_of(*, state: str, origin: str, valid_until: date | None, key_states: set[str], today: date) -> Standing:
    """The first that applies: ended, signed with a revoked key, out of date, only recorded; else valid."""
    if state != CertificateState.VALID:
        return Standing(state)
    if KeyState.REVOKED in key_states:
        return Standing.KEY_REVOKED
    if valid_until is not None and valid_until < today:
        return Standing.EXPIRED
    return Standing.RECORDED if origin == Origin.RECORDED else Standing.VALID

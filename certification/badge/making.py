"""Signing a badge: as a token (VC-JWT), and as a document with a Data Integrity proof."""

from datetime import datetime
from typing import Any

from certification.badge.content import credential_of
from certification.badge.proof import add_proof
from certification.issuer.identity import key_address, multikey_address
from certification.issuer.jws import sign_token, unverified
from certification.models import Certificate, SigningKey

REGISTERED = ("iss", "jti", "nbf", "exp")


def make_credential(certificate: Certificate, *, key: SigningKey) -> str:
    """The badge as VC-JWT (Open Badges 3.0, 8.2). ValueError for paper; KeyUnavailable when the key is not at hand.

    By the same key it is the same each time, unless the holder has another e-mail address meanwhile.
    """
    body = credential_of(certificate)
    return sign_token(_claims(body), key=key, kid=key_address(key), typ="JWT")


def credential_with_proof(certificate: Certificate, *, key: SigningKey) -> dict[str, Any]:
    """The same badge with a Data Integrity proof (eddsa-rdfc-2022): what its token says, where there is one."""
    if certificate.credential:
        _header, payload = unverified(certificate.credential)
        body = {name: value for name, value in payload.items() if name not in REGISTERED}
    else:
        body = credential_of(certificate)
    return add_proof(body, key=key, method=multikey_address(key))


def _claims(body: dict[str, Any]) -> dict[str, Any]:
    """The credential with the claims of a JWT beside it. No `sub`: the subject is named by its identifiers."""
    claims = {**body, "iss": body["issuer"]["id"], "jti": body["id"], "nbf": _seconds(body["validFrom"])}
    return {**claims, "exp": _seconds(body["validUntil"])} if "validUntil" in body else claims


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())

"""A certificate's facts as the text of its second QR, signed with ECDSA on P-256 and SHA-256 (FIPS 186-5)."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from certification.keys.addresses import is_address
from certification.keys.opening import private_key, sign_raw
from certification.models import Certificate, SigningKey
from certification.offline.kinds import END, PREFIX
from certification.offline.layout import SIGNATURE, Facts, pack
from certification.offline.reading import mark_of
from cms import base45

_HALF = SIGNATURE // 2
_ECDSA = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)


def sheet_proof(certificate: Certificate, *, key: SigningKey) -> str:
    """The text of the second QR; a key in a file gives the same text for the same facts.

    KeyUnavailable when the private key cannot be reached, ValueError for facts beyond what the QR holds.
    """
    body = pack(facts_of(certificate), mark_of(key))
    return f"{PREFIX}{base45.encode(body + _signature(key, body))}{END}"


def facts_of(certificate: Certificate) -> Facts:
    """What the second QR says of a certificate."""
    status_list = certificate.status_list
    has_place = status_list is not None and certificate.status_index is not None
    return Facts(
        code=certificate.code,
        number=certificate.number,
        holder_name=certificate.holder_name,
        course_title=certificate.course_title,
        hours=certificate.hours,
        completed_on=certificate.completed_on,
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
        place=(status_list.number, certificate.status_index) if has_place else None,  # type: ignore[union-attr, arg-type]
    )


def _signature(key: SigningKey, body: bytes) -> bytes:
    """r and s, 32 bytes each, as browsers want them. Without chance (RFC 6979) where the key lies in a file."""
    if is_address(key.location):
        return sign_raw(key, body)
    opened = private_key(key)
    assert isinstance(opened, ec.EllipticCurvePrivateKey), "Keys for the second QR are on P-256."
    r, s = decode_dss_signature(opened.sign(body, _ECDSA))
    return r.to_bytes(_HALF) + s.to_bytes(_HALF)

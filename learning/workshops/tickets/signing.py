"""A ticket names its workshop and seat and is signed: ECDSA on P-256 with SHA-256 (FIPS 186-5).

P-256 and not Ed25519, because the browsers of phones that are four years old check only the former. The device
gets the public keys with its list, so a ticket is checked where there is no network.

    1 byte version · 4 workshop · 8 seat · 2 mark of the key · 64 signature (r, s)   → 119 signs of base45
"""

import base64
import hashlib
import struct
from functools import lru_cache
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from cms import base45

VERSION = 1
_FIELDS = struct.Struct(">BIQ2s")
_HALF = 32  # bytes of r, and of s
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (SP 800-186, 3.2.1.3)
_ECDSA = ec.ECDSA(hashes.SHA256())


class Ticket(NamedTuple):
    workshop_id: int
    seat_id: int


class NotATicket(ValueError):
    """Another text: a web address, a member's card, half a ticket."""


class ForgedTicket(ValueError):
    """Written like a ticket, but signed by nobody of ours."""


def sign(workshop_id: int, seat_id: int) -> str:
    """The text for the QR of a seat; each call signs anew, and all stay valid. struct.error beyond 32 and 64 bits."""
    key = _private_key(secrets()[0])
    body = _FIELDS.pack(VERSION, workshop_id, seat_id, _mark(key.public_key()))
    r, s = decode_dss_signature(key.sign(body, _ECDSA))
    return base45.encode(body + r.to_bytes(_HALF) + s.to_bytes(_HALF))


def verify(text: str) -> Ticket:
    """What a genuine ticket says. Raises NotATicket or ForgedTicket."""
    try:
        data = base45.decode(text.strip("\r\n\t").upper())
    except ValueError as error:
        raise NotATicket(str(error)) from None
    if len(data) != _FIELDS.size + 2 * _HALF or data[0] != VERSION:
        raise NotATicket("Neither the length nor the version is that of a ticket.")
    body, r, s = data[: _FIELDS.size], data[_FIELDS.size : -_HALF], data[-_HALF:]
    _version, workshop_id, seat_id, mark = _FIELDS.unpack(body)
    signature = encode_dss_signature(int.from_bytes(r), int.from_bytes(s))
    for secret in secrets():
        key = _private_key(secret).public_key()
        if _mark(key) == mark and _is_signed(key, signature, body):
            return Ticket(workshop_id, seat_id)
    raise ForgedTicket("No key of this site signed it.")


def public_keys() -> list[dict[str, str]]:
    """The keys that a ticket may be signed with, as JSON Web Keys (RFC 7517); `kid` is the mark inside the ticket."""
    return [_jwk(_private_key(secret).public_key()) for secret in secrets()]


def secrets() -> list[str]:
    """What the keys are made from: the first signs, all verify. TICKET_KEY lets tickets outlive a new SECRET_KEY."""
    own = [getattr(settings, "TICKET_KEY", ""), settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return list(dict.fromkeys(secret for secret in own if secret))


def derived(secret: str, purpose: bytes, length: int) -> bytes:
    """Key material for one purpose, by HKDF with SHA-256 (RFC 5869)."""
    return HKDF(hashes.SHA256(), length=length, salt=None, info=b"academy workshop " + purpose).derive(secret.encode())


@lru_cache(maxsize=16)
def _private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    # 128 bits more than needed, so that no key is likelier than another (FIPS 186-5, A.2.1).
    number = int.from_bytes(derived(secret, b"ticket", 48)) % (_ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def _is_signed(key: ec.EllipticCurvePublicKey, signature: bytes, body: bytes) -> bool:
    try:
        key.verify(signature, body, _ECDSA)
    except InvalidSignature:
        return False
    return True


def _mark(key: ec.EllipticCurvePublicKey) -> bytes:
    point = key.public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return hashlib.sha256(point).digest()[:2]


def _jwk(key: ec.EllipticCurvePublicKey) -> dict[str, str]:
    numbers = key.public_numbers()
    return {
        "kty": "EC",
        "crv": "P-256",
        "x": _unpadded(numbers.x.to_bytes(_HALF)),
        "y": _unpadded(numbers.y.to_bytes(_HALF)),
        "kid": _mark(key).hex(),
    }


def _unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")

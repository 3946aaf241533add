"""The public half of a key: as a JWK (RFC 7517), named by its thumbprint (RFC 7638)."""

import base64
import hashlib
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from certification.choices import KeyPurpose

CURVES: dict[str, str] = {
    KeyPurpose.DOCUMENT: "P-256",
    KeyPurpose.APPROVAL: "P-256",
    KeyPurpose.BADGE: "Ed25519",
    KeyPurpose.OFFLINE: "P-256",
}
# Purposes whose signature stands in a PDF, where a chain of X.509 certificates says whose it is.
WITH_CHAIN = frozenset({KeyPurpose.DOCUMENT, KeyPurpose.APPROVAL})
P256_BYTES = 32

PublicKey = ec.EllipticCurvePublicKey | ed25519.Ed25519PublicKey


def jwk_of(key: object) -> dict[str, str]:
    """The JWK of a P-256 or Ed25519 public key; ValueError for any other kind."""
    if isinstance(key, ed25519.Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw))}
    if isinstance(key, ec.EllipticCurvePublicKey) and isinstance(key.curve, ec.SECP256R1):
        numbers = key.public_numbers()
        x, y = (encode(number.to_bytes(P256_BYTES, "big")) for number in (numbers.x, numbers.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}
    raise ValueError("The key is neither P-256 nor Ed25519.")


def public_key(jwk: dict[str, str]) -> PublicKey:
    """The public key that a JWK of ours describes."""
    if jwk["crv"] == "Ed25519":
        return ed25519.Ed25519PublicKey.from_public_bytes(decode(jwk["x"]))
    x, y = (int.from_bytes(decode(jwk[name]), "big") for name in ("x", "y"))
    return ec.EllipticCurvePublicNumbers(x, y, ec.SECP256R1()).public_key()


def kid_of(jwk: dict[str, str]) -> str:
    """The thumbprint of RFC 7638: SHA-256 over the required members in order, base64url; 43 characters."""
    needed = {name: jwk[name] for name in ("crv", "kty", "x", "y") if name in jwk}
    return encode(hashlib.sha256(json.dumps(needed, sort_keys=True, separators=(",", ":")).encode()).digest())


def encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def is_signed(jwk: dict[str, str], signature: bytes, data: bytes) -> bool:
    """Whether 64 bytes of `opening.sign_raw` are the signature of this key over the data."""
    key = public_key(jwk)
    try:
        if isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, data)
        elif len(signature) != 2 * P256_BYTES:
            return False
        else:
            r, s = (int.from_bytes(half, "big") for half in (signature[:P256_BYTES], signature[P256_BYTES:]))
            key.verify(encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        return False
    return True

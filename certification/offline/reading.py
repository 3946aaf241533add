"""A signed text read and checked, with the keys alone: no certificate is looked up."""

from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from certification.choices import KeyPurpose
from certification.keys.choosing import keys_of
from certification.keys.public import decode, public_key
from certification.models import SigningKey
from certification.offline.kinds import END, PREFIX, cleaned, is_proof, other_kind
from certification.offline.layout import SIGNATURE, VERSION, Facts, mark_in, unpack
from cms import base45

_HALF = SIGNATURE // 2
_ECDSA = ec.ECDSA(hashes.SHA256())


class NotAProof(ValueError):
    """Nothing that could be checked. `code`: empty, address, code, ticket, other, cut, version."""

    def __init__(self, code: str) -> None:
        super().__init__(f"Not the signed text of a certificate: {code}.")
        self.code = code


class ForgedProof(ValueError):
    """Written like ours, not signed by us. `code`: `stranger` names a key that is not ours, `changed` one that is."""

    def __init__(self, code: str) -> None:
        super().__init__(f"A forged text: {code}.")
        self.code = code


@dataclass(frozen=True)
class Proof:
    """Facts with a good signature. Whether the key still counts, its state says: a revoked one proves nothing."""

    facts: Facts
    key: SigningKey


def read_proof(text: str) -> Proof:
    """What a signed text proves, by the keys of this site. Raises NotAProof or ForgedProof."""
    return check(text, keys_of(KeyPurpose.OFFLINE))


def check(text: str, keys: Iterable[SigningKey]) -> Proof:
    """The same with given keys; pure."""
    data = _bytes_of(text)
    try:
        mark = mark_in(data)
    except ValueError:
        raise NotAProof("cut" if data[:1] in (b"", bytes([VERSION])) else "version") from None
    body, signature = data[:-SIGNATURE], data[-SIGNATURE:]
    named = [key for key in keys if mark_of(key) == mark]
    for key in named:
        if _is_signed(key, signature, body):
            return Proof(unpack(body), key)
    raise ForgedProof("changed" if named else "stranger")


def mark_of(key: SigningKey) -> bytes:
    """The first 4 bytes of the key's thumbprint (RFC 7638)."""
    return decode(key.kid)[:4]


def _bytes_of(text: str) -> bytes:
    if not is_proof(text):
        raise NotAProof(other_kind(text))
    written = cleaned(text).upper()
    if not written.endswith(END):
        raise NotAProof("cut")
    try:
        return base45.decode(written[len(PREFIX) : -len(END)])
    except ValueError:
        raise NotAProof("cut") from None


def _is_signed(key: SigningKey, signature: bytes, body: bytes) -> bool:
    public = public_key(key.public_jwk)
    assert isinstance(public, ec.EllipticCurvePublicKey), "Keys for the second QR are on P-256."
    r, s = int.from_bytes(signature[:_HALF]), int.from_bytes(signature[_HALF:])
    try:
        public.verify(encode_dss_signature(r, s), body, _ECDSA)
    except InvalidSignature:
        return False
    return True

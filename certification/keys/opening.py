"""Opening a key and signing with it. The private halves stay in files or in a token; a process opens each once."""

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from certification.choices import KeyState
from certification.keys import KeyUnavailable
from certification.keys.addresses import is_address
from certification.keys.files import PrivateKey, read_private
from certification.keys.public import P256_BYTES, jwk_of, kid_of
from certification.models import SigningKey

__all__ = ["KeyUnavailable", "forget", "private_key", "sign_raw"]

_opened: dict[str, PrivateKey] = {}


def private_key(key: SigningKey) -> PrivateKey:
    """The private half of an active key in a file; KeyUnavailable for one in a token, which never gives it out."""
    _check_active(key)
    if is_address(key.location):
        raise KeyUnavailable(f"The key “{key.name}” lies in a token and cannot be taken out; sign with sign_raw.")
    if key.kid not in _opened:
        found = read_private(key.location)
        if kid_of(jwk_of(found.public_key())) != key.kid:
            raise KeyUnavailable(f"The file {key.location} holds another key than “{key.name}” ({key.kid}).")
        _opened[key.kid] = found
    return _opened[key.kid]


def sign_raw(key: SigningKey, data: bytes) -> bytes:
    """Sign data with an active key, wherever it lies: 64 bytes, as JOSE and WebCrypto write them.

    P-256 signs the SHA-256 of the data and gives r and s, 32 bytes each; Ed25519 gives its own 64 bytes.
    """
    _check_active(key)
    if is_address(key.location):
        from certification.keys import tokens  # loads the library's binding, which a site without tokens never needs

        return tokens.sign(key.location, key.public_jwk, data)
    opened = private_key(key)
    if isinstance(opened, ed25519.Ed25519PrivateKey):
        return opened.sign(data)
    r, s = decode_dss_signature(opened.sign(data, ec.ECDSA(hashes.SHA256())))
    return r.to_bytes(P256_BYTES, "big") + s.to_bytes(P256_BYTES, "big")


def forget() -> None:
    """Close every key file that this process has opened; `tokens.forget` closes tokens."""
    _opened.clear()


def _check_active(key: SigningKey) -> None:
    if key.state != KeyState.ACTIVE:
        raise KeyUnavailable(f"The key “{key.name}” is {key.state}: it signs nothing any more.")

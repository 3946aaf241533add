"""Opening a key and signing with it."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from certification.choices import KeyPurpose, KeyState
from certification.keys import opening
from certification.keys.choosing import active_key
from certification.keys.opening import KeyUnavailable, private_key, sign_raw
from certification.keys.public import is_signed
from certification.models import SigningKey
from tests.certification.keys.given import p256, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]


def active(purpose: KeyPurpose) -> SigningKey:
    key = active_key(purpose)
    assert key is not None
    return key


@pytest.mark.parametrize("purpose", [KeyPurpose.DOCUMENT, KeyPurpose.BADGE, KeyPurpose.OFFLINE])
def test_a_signature_is_sixty_four_bytes_and_fits_its_key_and_data_alone(purpose: KeyPurpose) -> None:
    key = active(purpose)
    signature = sign_raw(key, "มาลี".encode())
    assert len(signature) == 64
    assert is_signed(key.public_jwk, signature, "มาลี".encode())
    assert not is_signed(key.public_jwk, signature, "สมชาย".encode())
    assert not is_signed(key.public_jwk, bytes([signature[0] ^ 1]) + signature[1:], "มาลี".encode())


def test_a_signature_written_in_another_length_fits_nothing() -> None:
    key = active(KeyPurpose.OFFLINE)
    signature = sign_raw(key, b"data")
    assert not is_signed(key.public_jwk, signature[:32] + b"\0" + signature[32:], b"data")


def test_the_private_half_has_the_kind_of_its_purpose() -> None:
    assert isinstance(private_key(active(KeyPurpose.DOCUMENT)), ec.EllipticCurvePrivateKey)
    assert isinstance(private_key(active(KeyPurpose.BADGE)), ed25519.Ed25519PrivateKey)


def test_a_process_opens_a_file_once(keys_dir: Path) -> None:
    key = active(KeyPurpose.OFFLINE)
    opened = private_key(key)
    (keys_dir / key.location).unlink()
    assert private_key(key) is opened
    opening.forget()
    with pytest.raises(KeyUnavailable, match="is not there"):
        private_key(key)


def test_a_file_that_holds_another_key_is_not_used(keys_dir: Path) -> None:
    key = active(KeyPurpose.OFFLINE)
    put(keys_dir, key.location, p256())
    with pytest.raises(KeyUnavailable, match="holds another key"):
        sign_raw(key, b"data")


@pytest.mark.parametrize("state", [KeyState.RETIRED, KeyState.REVOKED])
def test_a_key_that_is_over_signs_nothing_even_when_it_was_open(state: KeyState) -> None:
    key = active(KeyPurpose.OFFLINE)
    sign_raw(key, b"data")
    key.state = state
    for use in (lambda: sign_raw(key, b"data"), lambda: private_key(key)):
        with pytest.raises(KeyUnavailable, match=f"is {state}: it signs nothing any more"):
            use()

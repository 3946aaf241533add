"""The public half: as a JWK, by its thumbprint, and what fits it."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from joserfc.jwk import ECKey, OKPKey

from certification.keys.public import is_signed, jwk_of, kid_of, public_key
from tests.certification.keys.given import ed25519, p256, rsa

# RFC 8037, appendix A.3.
RFC_JWK = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
RFC_THUMBPRINT = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_the_thumbprint_of_the_standard_comes_out() -> None:
    assert kid_of(RFC_JWK) == RFC_THUMBPRINT


def test_what_a_jwk_says_beside_the_key_does_not_change_its_thumbprint() -> None:
    assert kid_of({**RFC_JWK, "kid": "x", "alg": "EdDSA", "use": "sig"}) == RFC_THUMBPRINT


def test_another_program_gives_the_same_thumbprints() -> None:
    p, e = jwk_of(p256().public_key()), jwk_of(ed25519.Ed25519PrivateKey.generate().public_key())
    assert (kid_of(p), kid_of(e)) == (ECKey.import_key(p).thumbprint(), OKPKey.import_key(e).thumbprint())


def test_a_key_is_the_same_after_its_way_through_a_jwk() -> None:
    for key in (p256().public_key(), ed25519.Ed25519PrivateKey.generate().public_key()):
        assert public_key(jwk_of(key)) == key


def test_a_key_of_another_kind_is_refused() -> None:
    for key in (ec.generate_private_key(ec.SECP384R1()), rsa.generate_private_key(65537, 2048)):
        with pytest.raises(ValueError, match="neither P-256 nor Ed25519"):
            jwk_of(key.public_key())


@pytest.mark.parametrize("signature", [b"", b"x" * 63, b"x" * 64, b"\0" * 64, b"x" * 65])
def test_a_made_up_signature_fits_no_key(signature: bytes) -> None:
    assert not is_signed(jwk_of(p256().public_key()), signature, b"data")
    assert not is_signed(RFC_JWK, signature, b"data")

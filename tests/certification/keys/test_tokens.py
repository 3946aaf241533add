"""Keys in a token, with a real PKCS#11 library: SoftHSM."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pkcs11
import pytest

from certification.choices import KeyPurpose
from certification.keys import KeyUnavailable, tokens
from certification.keys.changing import KeyRefused, add_key
from certification.keys.opening import private_key, sign_raw
from certification.keys.public import is_signed, public_key
from certification.models import SigningKey
from certification.signing import sign_pdf
from tests.certification.keys.given import Authority, p256
from tests.certification.keys.soft_token import PIN, SoftToken, make_soft_token
from tests.certification.signing.reading import paper, pdfsig, trusted_roots, verdicts

pytestmark = [pytest.mark.system, pytest.mark.django_db]
DIRECTOR, BADGE = "pkcs11:token=academy;object=director", "pkcs11:token=academy;object=badge;type=private"


@pytest.fixture(scope="module")
def soft_token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoftToken]:
    patch = pytest.MonkeyPatch()
    soft = make_soft_token(tmp_path_factory.mktemp("softhsm"))
    patch.setenv("SOFTHSM2_CONF", str(soft.configuration))
    soft.set_up("academy")
    soft.generate("academy", "director")
    soft.generate("academy", "badge", curve="Ed25519")
    yield soft
    tokens.forget()
    patch.undo()


@pytest.fixture
def token(soft_token: SoftToken, settings: Any) -> Iterator[SoftToken]:
    settings.CERTIFICATE_PKCS11_MODULE = soft_token.library
    settings.CERTIFICATE_PKCS11_PIN = PIN
    tokens.forget()
    yield soft_token
    tokens.forget()


def director() -> SigningKey:
    """The director's key, its certificate issued by an authority outside."""
    chain = Authority.named("หน่วยรับรอง").chain_for(tokens.public_key(DIRECTOR), ca=False)
    return add_key(KeyPurpose.DOCUMENT, DIRECTOR, name="ผู้อำนวยการ", chain=chain)


def test_a_pdf_is_signed_by_a_key_that_never_leaves_the_token(token: SoftToken, tmp_path: Path) -> None:
    key = director()
    data = sign_pdf(paper(), first=key)
    assert verdicts(data, trusted_roots(KeyPurpose.DOCUMENT)) == [(True, True, True)]
    path = tmp_path / "signed.pdf"
    path.write_bytes(data)
    assert pdfsig(path) == (["Signature is Valid."], ["ETSI.CAdES.detached"])
    with pytest.raises(KeyUnavailable, match="cannot be taken out"):
        private_key(key)


def test_an_ed25519_key_signs_where_the_token_offers_it(token: SoftToken) -> None:
    key = add_key(KeyPurpose.BADGE, BADGE, name="สหกรณ์อะคาเดมี")
    assert key.public_jwk["crv"] == "Ed25519"
    signature = sign_raw(key, b"badge")
    public_key(key.public_jwk).verify(signature, b"badge")  # type: ignore[call-arg,arg-type]
    assert len(signature) == 64


def test_a_certificate_about_another_key_is_refused(token: SoftToken) -> None:
    chain = Authority.named("หน่วยรับรอง").chain_for(p256())
    with pytest.raises(KeyRefused, match="about another key than the one in the token"):
        add_key(KeyPurpose.DOCUMENT, DIRECTOR, name="ผู้อำนวยการ", chain=chain)


def test_a_key_of_the_wrong_kind_is_refused(token: SoftToken) -> None:
    with pytest.raises(KeyRefused, match="offline needs a key of P-256; this one is of Ed25519"):
        add_key(KeyPurpose.OFFLINE, BADGE, name="สหกรณ์อะคาเดมี")


# The binding reports the search that it could not end in the session that is over.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_session_that_is_over_is_opened_again(token: SoftToken) -> None:
    key = director()
    sign_raw(key, b"once")
    pkcs11.lib(token.library).reinitialize()  # every session of this process is over, as when a card was pulled out
    assert is_signed(key.public_jwk, sign_raw(key, b"twice"), b"twice")


def test_a_forked_worker_opens_the_token_for_itself(token: SoftToken) -> None:
    key = director()
    sign_raw(key, b"parent")
    reading, writing = os.pipe()
    if not (child := os.fork()):
        try:
            os.write(writing, sign_raw(key, b"child"))
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as opened:
        assert is_signed(key.public_jwk, opened.read(), b"child")


def test_a_wrong_pin_is_said_as_it_is(token: SoftToken, settings: Any) -> None:
    key = director()
    tokens.forget()
    settings.CERTIFICATE_PKCS11_PIN = "000000"
    with pytest.raises(KeyUnavailable, match="PIN of the token is wrong: correct CERTIFICATE_PKCS11_PIN"):
        sign_raw(key, b"data")


def test_a_library_that_is_not_set_or_not_there_is_said(token: SoftToken, settings: Any) -> None:
    settings.CERTIFICATE_PKCS11_MODULE = ""
    with pytest.raises(KeyUnavailable, match="CERTIFICATE_PKCS11_MODULE does not name its library"):
        tokens.public_key(DIRECTOR)
    settings.CERTIFICATE_PKCS11_MODULE = "/nowhere/libtoken.so"
    with pytest.raises(KeyUnavailable, match="library of the token cannot be used"):
        tokens.public_key(DIRECTOR)


@pytest.mark.parametrize(
    ("location", "sentence"),
    [
        ("pkcs11:token=other;object=director", "No token with the name “other” is there"),
        ("pkcs11:token=academy;object=nobody", "holds no public key “nobody”"),
        ("pkcs11:token=academy", "names no key"),
        ("pkcs11:token=academy;object=director?pin-value=482913", "carries no PIN and no library"),
        ("pkcs11:token=academy;object=director;colour=green", "not understood: colour"),
        ("pkcs11:token=academy;object=director;type=cert", "must name a private key"),
    ],
)
def test_an_address_that_does_not_do_is_answered_with_what_is_wrong(
    token: SoftToken, location: str, sentence: str
) -> None:
    with pytest.raises(KeyUnavailable, match=sentence):
        tokens.public_key(location)


def test_two_keys_of_one_name_are_told_apart_by_their_id(token: SoftToken) -> None:
    token.generate("academy", "twin")
    with token.session("academy") as session:
        label = {pkcs11.Attribute.LABEL: "twin"}
        for found in list(session.get_objects(label)):
            found.copy({pkcs11.Attribute.ID: b"second"})
    tokens.forget()
    with pytest.raises(KeyUnavailable, match="holds 2 public keys “twin”: add id="):
        tokens.public_key("pkcs11:token=academy;object=twin")
    assert tokens.public_key("pkcs11:token=academy;object=twin;id=%73econd")


def test_two_tokens_of_one_name_are_told_apart_by_their_serial(token: SoftToken) -> None:
    token.set_up("twins")
    token.set_up("twins")
    tokens.forget()
    pkcs11.lib(token.library).reinitialize()
    with pytest.raises(KeyUnavailable, match="2 tokens answer to “twins”: add serial="):
        tokens.public_key("pkcs11:token=twins;object=director")


def test_a_site_without_tokens_never_loads_their_binding() -> None:
    script = (
        "import sys, django; django.setup(); import certification.keys.choosing, certification.keys.opening;"
        " print('pkcs11' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout == "False\n"

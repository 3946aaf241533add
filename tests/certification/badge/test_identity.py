"""Who signs: a stranger finds our keys and authorities at addresses that are known, and no revoked key among them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from certification.badge import did_document, issuer_did
from certification.choices import KeyPurpose
from certification.issuer.identity import authorities, key_set, multikey
from certification.keys.changing import add_key, revoke_key, rotate_key
from certification.keys.choosing import active_key
from certification.models import SigningKey
from tests.certification.badge.conftest import badge_key
from tests.certification.keys.given import Authority, certificate, ed25519, p256, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]
DID = "did:web:127.0.0.1%3A8000"
SHARED = ["/.well-known/did.json", "/.well-known/jwks.json", "/.well-known/certificates.pem"]


@pytest.mark.parametrize(
    ("address", "did"),
    [
        ("http://127.0.0.1:8000", "did:web:127.0.0.1%3A8000"),
        ("http://127.0.0.1:8000/", "did:web:127.0.0.1%3A8000"),
        ("https://academy.example", "did:web:academy.example"),
        ("https://Academy.Example/", "did:web:academy.example"),
        ("https://academy.example:8443", "did:web:academy.example%3A8443"),
    ],
)
def test_the_did_is_the_host_with_the_colon_of_its_port_encoded(address: str, did: str, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = address
    assert issuer_did() == did


def methods_of(key: SigningKey) -> list[dict[str, Any]]:
    return [
        {
            "id": f"{DID}#{key.kid}",
            "type": "JsonWebKey",
            "controller": DID,
            "publicKeyJwk": {**key.public_jwk, "alg": "EdDSA"},
        },
        {
            "id": f"{DID}#{multikey(key)}",
            "type": "Multikey",
            "controller": DID,
            "publicKeyMultibase": multikey(key),
        },
    ]


def test_the_did_document_names_each_badge_key_twice_and_the_active_one_first(keys_dir: Path) -> None:
    old = badge_key()
    new = rotate_key(old.purpose, put(keys_dir, "next.pem", ed25519.Ed25519PrivateKey.generate()), name="สหกรณ์อะคาเดมี")
    as_jwk, as_multikey = zip(methods_of(new), methods_of(old), strict=True)
    ((new_jwk, old_jwk), (new_multikey, old_multikey)) = as_jwk, as_multikey
    methods = [new_jwk, old_jwk, new_multikey, old_multikey]
    assert did_document() == {
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/jwk/v1",
            "https://w3id.org/security/multikey/v1",
        ],
        "id": DID,
        "verificationMethod": methods,
        "assertionMethod": [method["id"] for method in methods],
    }


def test_a_revoked_key_stands_nowhere(keys_dir: Path) -> None:
    old = badge_key()
    rotate_key(old.purpose, put(keys_dir, "next.pem", ed25519.Ed25519PrivateKey.generate()), name="สหกรณ์อะคาเดมี")
    texts = [str(did_document()), str(key_set())]
    revoke_key(old, reason="แฟ้มกุญแจหลุด")
    after = [str(did_document()), str(key_set())]
    assert [[old.public_jwk["x"] in text for text in both] for both in (texts, after)] == [[True, True], [False, False]]


def test_without_any_key_the_document_is_empty(settings: Any, client: Client) -> None:
    settings.CERTIFICATE_TEST_AUTHORITY = False
    document = did_document()
    assert (document["id"], document["verificationMethod"], document["assertionMethod"]) == (DID, [], [])
    assert (key_set(), authorities()) == ({"keys": []}, "")
    assert [client.get(path).status_code for path in SHARED] == [200, 200, 404]


def test_the_key_set_holds_the_keys_of_every_purpose_and_the_chain_of_signers() -> None:
    keys = [active_key(purpose) for purpose in (KeyPurpose.DOCUMENT, KeyPurpose.BADGE, KeyPurpose.OFFLINE)]
    found = key_set()["keys"]
    assert [(one["kid"], one["alg"], one["use"]) for one in found] == [
        (key.kid, "EdDSA" if key.purpose == KeyPurpose.BADGE else "ES256", "sig") for key in keys if key
    ]
    assert [len(one.get("x5c", [])) for one in found] == [2, 0, 0]
    assert [one for one in found if set(one) - {"kty", "crv", "x", "y", "kid", "use", "alg", "x5c"}] == []


def test_the_root_above_our_signers_can_be_fetched_once(keys_dir: Path, settings: Any) -> None:
    settings.CERTIFICATE_TEST_AUTHORITY = False
    authority = Authority.named("ผู้ออกใบรับรอง")
    root = authority.root()
    for purpose, name in ((KeyPurpose.DOCUMENT, "นางสาววิภา ใฝ่เรียน"), (KeyPurpose.APPROVAL, "นายสมชาย รวงทอง")):
        key = p256()
        signer = certificate(name, key, authority.name, authority.key, usage={"digital_signature": True})
        add_key(purpose, put(keys_dir, f"{purpose}.pem", key), name=name, chain=signer + root)
    assert authorities() == root


@pytest.mark.parametrize("path", SHARED)
def test_keys_are_open_to_every_site_and_may_be_kept_an_hour(
    path: str, client: Client, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    first = client.get(path)
    assert (first.status_code, first["Access-Control-Allow-Origin"]) == (200, "*")
    assert set(first["Cache-Control"].split(", ")) == {"public", "max-age=3600"}
    with django_assert_max_num_queries(5):
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(path).status_code == 405
    assert client.options(path).status_code == 204


def test_each_answer_has_its_media_type(client: Client) -> None:
    assert [client.get(path)["Content-Type"] for path in SHARED] == [
        "application/did+json",
        "application/jwk-set+json",
        "application/pem-certificate-chain",
    ]

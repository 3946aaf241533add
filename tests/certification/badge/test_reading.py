"""Whoever shows a badge is told the truth about it, and no address in it is ever asked."""

import json
import socket
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from certification.badge import Finding, Read, read_credential
from certification.choices import KeyPurpose
from certification.issuer.identity import issuer_did, key_address
from certification.issuer.jws import MOST_CHARACTERS
from certification.keys.changing import revoke_key, rotate_key
from certification.keys.choosing import active_key
from certification.keys.opening import sign_raw
from certification.models import CertificateDesign, StatusList
from tests.certification.badge.conftest import Badge, badge_key, badge_of
from tests.certification.badge.forging import changed, encoded, forged, hmac_with, parts
from tests.certification.conftest import Issue
from tests.certification.keys.given import ed25519, put

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]
OTHER_SITE = "did:web:academy.example"
NOT_TRUSTED = {
    Finding.MALFORMED,
    Finding.OTHER_SITE,
    Finding.UNKNOWN_KEY,
    Finding.BAD_SIGNATURE,
    Finding.WRONG_ALGORITHM,
}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise AssertionError("A connection was tried.")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def read(text: str, **later: int) -> Read:
    return read_credential(text, now=timezone.now() + timedelta(**later))


def trusted(text: str) -> tuple[str, dict[str, Any]]:
    found = read(text)
    return found.finding, dict(found.payload)


def test_both_forms_of_a_good_badge_are_good(badge: Badge) -> None:
    for text in (badge.token, f"\n{badge.token} ", json.dumps(badge.document)):
        found = read(text)
        assert (found.finding, found.is_good, found.code) == (Finding.GOOD, True, badge.certificate.code)
        assert (found.issuer, found.key) == (issuer_did(), badge_key())
    assert read(badge.token).payload == badge.payload


def test_one_changed_word_breaks_the_signature(badge: Badge) -> None:
    other = json.loads(json.dumps(badge.document))
    other["credentialSubject"]["achievement"]["name"] = "หลักสูตรอื่น"
    for text in (changed(badge.token, validUntil="2099-01-01T00:00:00Z"), json.dumps(other)):
        assert trusted(text) == (Finding.BAD_SIGNATURE, {})


def test_a_word_added_beside_what_was_signed_is_seen(badge: Badge) -> None:
    """The proof signs statements: a term that no context knows makes none, so the bare signature would still hold."""
    assert trusted(json.dumps({**badge.document, "remark": "ดีเด่น"})) == (Finding.BAD_SIGNATURE, {})


def test_the_signature_of_one_badge_fits_no_other(badge: Badge, issue: Issue) -> None:
    other = badge_of(issue(holder_name="นายสมชาย รวงทอง"))
    mixed = ".".join([*badge.token.split(".")[:2], other.token.split(".")[2]])
    assert trusted(mixed) == (Finding.BAD_SIGNATURE, {})
    assert trusted(json.dumps({**badge.document, "proof": other.document["proof"]})) == (Finding.BAD_SIGNATURE, {})


@pytest.mark.parametrize("name", ["none", "None", "HS256", "ES256", "RS256", ""])
def test_a_token_never_chooses_how_it_is_checked(badge: Badge, name: str) -> None:
    header, payload = parts(badge.token)
    secrets = [badge_key().public_jwk["x"].encode(), json.dumps(badge_key().public_jwk).encode(), b""]
    for secret in secrets:
        token = forged({**header, "alg": name}, payload, hmac_with(secret))
        assert trusted(token) == (Finding.WRONG_ALGORITHM, {})
    assert trusted(forged({**header, "alg": name}, payload)) == (Finding.WRONG_ALGORITHM, {})


def test_a_key_that_the_token_brings_along_is_not_believed(badge: Badge) -> None:
    own = ed25519.Ed25519PrivateKey.generate()
    header, payload = parts(badge.token)
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": encoded(own.public_key().public_bytes_raw())}
    assert trusted(forged({**header, "jwk": jwk}, payload, own.sign)) == (Finding.BAD_SIGNATURE, {})
    assert trusted(forged({"alg": "EdDSA", "jwk": jwk}, payload, own.sign)) == (Finding.UNKNOWN_KEY, {})


def test_the_key_of_another_purpose_signs_no_badge(badge: Badge) -> None:
    offline = active_key(KeyPurpose.OFFLINE)
    assert offline is not None
    header, payload = parts(badge.token)
    token = forged({**header, "kid": key_address(offline)}, payload, lambda data: sign_raw(offline, data))
    assert trusted(token) == (Finding.UNKNOWN_KEY, {})


def test_the_badge_of_another_site_is_told_apart_from_a_forged_one(badge: Badge) -> None:
    own = ed25519.Ed25519PrivateKey.generate()
    header, payload = parts(badge.token)
    theirs = {**payload, "iss": OTHER_SITE, "issuer": {**payload["issuer"], "id": OTHER_SITE}}
    found = read(forged({**header, "kid": f"{OTHER_SITE}#key-1"}, theirs, own.sign))
    assert (found.finding, found.issuer, dict(found.payload)) == (Finding.OTHER_SITE, OTHER_SITE, {})
    document = {**badge.document, "issuer": OTHER_SITE}
    document["proof"] = {**document["proof"], "verificationMethod": f"{OTHER_SITE}#key-1"}
    assert read(json.dumps(document)).finding == Finding.OTHER_SITE
    # Another name over our own key: it is not theirs either.
    assert trusted(forged(header, theirs, own.sign)) == (Finding.OTHER_SITE, {})


def test_a_badge_from_before_the_site_moved_is_still_ours(badge: Badge, settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://academy.example"
    assert issuer_did() == OTHER_SITE
    found = read(badge.token)
    assert (found.finding, found.issuer) == (Finding.GOOD, "did:web:127.0.0.1%3A8000")
    assert read(json.dumps(badge.document)).finding == Finding.GOOD


def test_what_a_retired_key_signed_is_good_and_what_a_revoked_one_signed_is_not(badge: Badge, keys_dir: Path) -> None:
    old = badge_key()
    rotate_key(old.purpose, put(keys_dir, "next.pem", ed25519.Ed25519PrivateKey.generate()), name="สหกรณ์อะคาเดมี")
    texts = (badge.token, json.dumps(badge.document))
    assert [read(text).finding for text in texts] == [Finding.GOOD, Finding.GOOD]
    revoke_key(old, reason="แฟ้มกุญแจหลุด")
    assert [trusted(text) for text in texts] == [(Finding.REVOKED_KEY, {})] * 2
    assert trusted(changed(badge.token, name="อื่น")) == (Finding.BAD_SIGNATURE, {})


def test_a_badge_has_its_time(issue: Issue, design: CertificateDesign) -> None:
    design.valid_months = 12
    design.save()
    badge = badge_of(issue())
    texts = (badge.token, json.dumps(badge.document))
    for text in texts:
        assert read(text, hours=-1).finding == Finding.NOT_YET_VALID
        assert read(text, minutes=-1).finding == Finding.GOOD  # clocks of two servers
        found = read(text, days=367)
        assert (found.finding, found.is_good, found.is_signed_by_us) == (Finding.EXPIRED, False, True)
    with time_machine.travel(timezone.now() + timedelta(days=367)):
        assert [read(text).finding for text in texts] == [Finding.EXPIRED] * 2


def test_a_list_signed_by_us_is_no_badge(badge: Badge) -> None:
    found = read(StatusList.objects.get().credential)
    assert (found.finding, found.is_signed_by_us, found.code) == (Finding.NOT_A_BADGE, True, "")


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "did:web:academy.example"},
        {"jti": "urn:uuid:1"},
        {"type": "OpenBadgeCredential"},
        {"type": [["OpenBadgeCredential"], "VerifiableCredential"]},
        {"validFrom": None},
        {"validFrom": "2026-11-23"},
        {"validUntil": "never"},
    ],
)
def test_what_we_would_never_sign_is_no_badge_even_with_our_signature(badge: Badge, change: dict[str, Any]) -> None:
    header, payload = parts(badge.token)
    token = forged(header, {**payload, **change}, lambda data: sign_raw(badge_key(), data))
    assert read(token).finding == Finding.NOT_A_BADGE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "{}",
        "[]",
        "null",
        "a.b.c",
        "..",
        "ก.ข.ค",
        "eyJhbGciOiJFZERTQSJ9.bm90IGpzb24.",
        "eyJhbGciOiJFZERTQSJ9.W10.",
        "eyJhbGciOiJFZERTQSJ9.e30",
        "x" * (MOST_CHARACTERS + 1),
        "{" + " " * MOST_CHARACTERS + "}",
        '{"a":' * 9000,
        '{"proof": []}',
        "\x00",
        "%PDF-1.7",
    ],
)
def test_what_is_no_badge_is_said_to_be_none(text: str) -> None:
    assert read(text).finding == Finding.MALFORMED


def test_a_deep_payload_breaks_nothing(badge: Badge) -> None:
    header = parts(badge.token)[0]
    assert read(forged(header, b"[" * 40_000)).finding == Finding.MALFORMED
    deep = json.dumps({**badge.document, "name": 0}).replace('"name": 0', '"name": ' + "[" * 900 + "]" * 900)
    assert read(deep).finding == Finding.BAD_SIGNATURE


def test_odd_values_in_every_field_are_answered(badge: Badge) -> None:
    header, payload = parts(badge.token)
    for odd in (None, 0, "", [], {}, [{}], "ก" * 100):
        texts = [forged(header, {**payload, name: odd}) for name in payload]
        texts += [json.dumps({**badge.document, name: odd}) for name in badge.document]
        found = {read(text).finding for text in texts}
        assert found <= NOT_TRUSTED

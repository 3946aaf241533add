"""Badges and status lists hold for programs that nobody here wrote, all of them without a network."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from joserfc import jwt as joserfc_jwt
from joserfc.errors import BadSignatureError, SecurityWarning
from joserfc.jwk import KeySet
from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, OB3Verifier

from certification.badge import did_document, issuer_did
from certification.flows import revoke
from certification.issuer.identity import key_set
from certification.keys.changing import revoke_key, rotate_key
from certification.models import StatusList
from certification.status import sign_anew
from learning.people.models import User
from tests.certification.badge.conftest import Badge, badge_key, badge_of
from tests.certification.badge.forging import changed
from tests.certification.conftest import Issue
from tests.certification.keys.given import ed25519, put
from tests.node import node

pytestmark = pytest.mark.django_db
PROGRAMS = Path(__file__).parent / "programs"
OTHER_NAME = "นายกฤต ต่างถิ่น"


def the_list() -> str:
    return StatusList.objects.get().credential


def asked_of_us(did: dict[str, Any]) -> Any:
    """What openbadgeslib may download: our DID document and our list, from our host alone."""
    answers = {"https://127.0.0.1:8000/.well-known/did.json": json.dumps(did).encode()}

    def download(url: str) -> bytes:
        return the_list().encode() if url == "http://127.0.0.1:8000/status/1" else answers[url]

    return download


def test_jose_holds_badge_and_list_for_good_and_nothing_that_was_changed(badge: Badge) -> None:
    tokens = [badge.token, the_list(), changed(badge.token, validUntil="2099-01-01T00:00:00Z")]
    results = node(PROGRAMS / "jose.mjs", {"tokens": tokens, "did": badge.did, "jwks": key_set()})
    assert results == [
        {"code": "good", "id": f"{badge.certificate.verify_url}/badge.json", "parts": 3},
        {"code": "good", "id": "http://127.0.0.1:8000/status/1", "parts": 3},
        {"code": "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"},
    ]


def test_jose_holds_what_a_retired_key_signed_and_not_what_a_revoked_one_did(badge: Badge, keys_dir: Path) -> None:
    old = badge_key()
    rotate_key(old.purpose, put(keys_dir, "next.pem", ed25519.Ed25519PrivateKey.generate()), name="สหกรณ์อะคาเดมี")

    def codes() -> list[str]:
        given = {"tokens": [badge.token], "did": did_document(), "jwks": key_set()}
        return [one["code"] for one in node(PROGRAMS / "jose.mjs", given)]

    retired = codes()
    revoke_key(old, reason="แฟ้มกุญแจหลุด")
    assert (retired, codes()) == (["good"], ["NO_SUCH_KEY"])


def test_joserfc_holds_the_token_for_good_and_nothing_that_was_changed(badge: Badge) -> None:
    named = [{**key, "kid": f"{issuer_did()}#{key['kid']}"} for key in key_set()["keys"]]
    keys = KeySet.import_key_set({"keys": named})
    # Open Badges 3.0 and openbadgeslib name the algorithm so; RFC 9864 would have it called Ed25519.
    with pytest.warns(SecurityWarning, match="EdDSA is deprecated via RFC 9864"):
        assert joserfc_jwt.decode(badge.token, keys, algorithms=["EdDSA"]).claims == badge.payload
    with pytest.warns(SecurityWarning), pytest.raises(BadSignatureError):
        joserfc_jwt.decode(changed(badge.token, name=OTHER_NAME), keys, algorithms=["EdDSA"])


def test_digitalcredentials_holds_the_document_for_good_and_nothing_that_was_changed(badge: Badge) -> None:
    other = json.loads(json.dumps(badge.document))
    other["credentialSubject"]["identifier"][0]["identityHash"] = OTHER_NAME
    given = {"credentials": [badge.document, other], "did": badge.did, "list": the_list()}
    found = node(PROGRAMS / "vc.mjs", given)
    good, tampered = found["results"]
    assert good == {"verified": True, "status": True, "errors": []}
    assert (tampered["verified"], tampered["errors"]) == (False, ["Invalid signature."])
    addresses = {url.partition("#")[0] for url in found["asked"]}
    assert addresses == {issuer_did(), *badge.document["@context"]}


def test_digitalcredentials_sees_the_revocation(badge: Badge, malee: User) -> None:
    revoke(badge.certificate, reason="ออกให้ผิดคน", by=malee)
    given = {"credentials": [badge.document], "did": badge.did, "list": the_list()}
    assert [(one["verified"], one["status"]) for one in node(PROGRAMS / "vc.mjs", given)["results"]] == [(False, False)]


def test_openbadgeslib_holds_both_forms_for_good(badge: Badge) -> None:
    download = asked_of_us(badge.did)
    token = OB3Verifier.for_issuer_did(issuer_did(), download=download)
    document = OB3LdpVerifier.for_issuer_did(issuer_did(), download=download)
    assert token.verify(badge.token, check_status=True, download=download).achievement.name == "การควบคุมภายใน"
    assert document.verify(badge.document, check_status=True, download=download).id == badge.payload["id"]
    with pytest.raises(OB3VerificationError, match="Invalid signature"):
        token.verify(changed(badge.token, name=OTHER_NAME))


def test_openbadgeslib_sees_the_revocation_of_one_badge_alone(badge: Badge, issue: Issue, malee: User) -> None:
    download, other = asked_of_us(badge.did), badge_of(issue())
    revoke(badge.certificate, reason="ออกให้ผิดคน", by=malee)
    verifier = OB3Verifier.for_issuer_did(issuer_did(), download=download)
    assert verifier.verify(other.token, check_status=True, download=download).id == other.payload["id"]
    with pytest.raises(OB3VerificationError, match="status 'revocation' is set"):
        verifier.verify(badge.token, check_status=True, download=download)


def test_openbadgeslib_turns_away_a_list_whose_time_is_over(badge: Badge) -> None:
    download = asked_of_us(badge.did)
    verifier = OB3Verifier.for_issuer_did(issuer_did(), download=download)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        with pytest.raises(OB3VerificationError, match="expired"):
            verifier.verify(badge.token, check_status=True, download=download)
        sign_anew(StatusList.objects.get())
        assert verifier.verify(badge.token, check_status=True, download=download).id == badge.payload["id"]

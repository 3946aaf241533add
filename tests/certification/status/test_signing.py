"""A status list tells of a revocation in the transaction that makes it, and is never read past its time."""

import json
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from openbadgeslib.ob3 import decode_encoded_list, set_indices

import certification.flows.ending
from certification.choices import KeyPurpose
from certification.flows import replace, revoke
from certification.issuer.jws import unverified
from certification.keys import KeyUnavailable
from certification.keys.changing import revoke_key, rotate_key
from certification.keys.choosing import active_key
from certification.models import Certificate, SigningKey, StatusList
from certification.schedule import renew_status_lists
from certification.status import VALID_FOR, is_revoked, read_list, sign_anew, sign_every_list
from certification.status.reading import ListFinding
from learning.people.models import User
from tests.certification.badge.forging import changed, forged, parts
from tests.certification.conftest import Issue
from tests.certification.keys.given import ed25519, keys_dir, put
from tests.factories.threads import at_once

__all__ = ["keys_dir"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys_dir")]
REASON = "ออกให้ผิดคน"


def the_list() -> StatusList:
    return StatusList.objects.get()


def marked() -> set[int]:
    """The places that the signed list marks, as a stranger reads them."""
    _header, payload = unverified(the_list().credential)
    return set(set_indices(decode_encoded_list(payload["credentialSubject"]["encodedList"])))


def key() -> SigningKey:
    found = active_key(KeyPurpose.BADGE)
    assert found is not None
    return found


def rotated(keys_dir: Any) -> SigningKey:
    location = put(keys_dir, "next.pem", ed25519.Ed25519PrivateKey.generate())
    return rotate_key(KeyPurpose.BADGE, location, name="สหกรณ์อะคาเดมี")


def test_a_list_says_what_the_standard_asks(issue: Issue) -> None:
    issue()
    header, payload = parts(the_list().credential)
    signed_at = the_list().signed_at
    assert signed_at is not None
    assert header == {"alg": "EdDSA", "typ": "vc+jwt", "kid": f"did:web:127.0.0.1%3A8000#{key().kid}"}
    encoded = payload["credentialSubject"].pop("encodedList")
    assert len(decode_encoded_list(encoded)) * 8 == 131_072
    assert payload == {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "http://127.0.0.1:8000/status/1",
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": "did:web:127.0.0.1%3A8000",
        "validFrom": signed_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "validUntil": (signed_at + timedelta(days=7)).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": "http://127.0.0.1:8000/status/1#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "ttl": 300_000,
        },
        "iss": "did:web:127.0.0.1%3A8000",
        "jti": "http://127.0.0.1:8000/status/1",
        "nbf": int(signed_at.timestamp()),
        "exp": int((signed_at + VALID_FOR).timestamp()),
    }


def test_revoked_and_replaced_certificates_are_marked_and_no_other(issue: Issue, malee: User) -> None:
    revoked, corrected, good = issue(), issue(), issue()
    before = marked()
    revoke(revoked, reason=REASON, by=malee)
    new = replace(corrected, reason="ชื่อผิด", by=malee, holder_name="นางมาลี ใจดียิ่ง")
    assert (before, marked()) == (set(), {revoked.status_index, corrected.status_index})
    assert new.status_index not in marked()
    now = timezone.now()
    places = [revoked.status_index, corrected.status_index, good.status_index, new.status_index]
    assert [is_revoked(the_list(), place, now=now) for place in places] == [True, True, False, False]


def test_a_revocation_that_is_rolled_back_leaves_the_list_as_it_was(issue: Issue, malee: User) -> None:
    certificate = issue()
    before = the_list().credential
    with transaction.atomic():
        revoke(certificate, reason=REASON, by=malee)
        inside = marked()
        transaction.set_rollback(True)
    assert (inside, the_list().credential) == ({certificate.status_index}, before)


def test_what_cannot_be_told_is_not_done(issue: Issue, malee: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a key the revocation is refused as a whole: page and list never differ."""
    certificate = issue()
    monkeypatch.setattr("certification.status.signing.active_key", lambda _purpose: None)
    with pytest.raises(KeyUnavailable):
        revoke(certificate, reason=REASON, by=malee)
    certificate.refresh_from_db()
    assert certificate.state == "valid"


@pytest.mark.parametrize("verb", [revoke, replace])
def test_a_list_that_is_not_signed_anew_is_found(
    issue: Issue, malee: User, monkeypatch: pytest.MonkeyPatch, verb: Any
) -> None:
    """The mutant: a flow that forgets the list. What the tests above look at tells it from the real one."""
    certificate, other = issue(), issue()
    verb(certificate, reason=REASON, by=malee)
    told = marked()
    monkeypatch.setattr(certification.flows.ending, "sign_anew", lambda _list: None)
    verb(other, reason=REASON, by=malee)
    assert told == {certificate.status_index}
    assert marked() == told != {certificate.status_index, other.status_index}
    monkeypatch.undo()
    sign_anew(the_list())
    assert marked() == {certificate.status_index, other.status_index}


@pytest.mark.django_db(transaction=True)
def test_two_revocations_at_once_are_both_told(issue: Issue, malee: User) -> None:
    certificates = [issue() for _ in range(4)]
    results = at_once(*[lambda one=one: revoke(one, reason=REASON, by=malee) for one in certificates])
    assert [type(one) for one in results] == [Certificate] * 4
    assert marked() == {one.status_index for one in certificates}


def test_a_list_is_renewed_daily_and_what_was_left_is_found(issue: Issue) -> None:
    issue()
    first = the_list()
    renew_status_lists()
    assert the_list().signed_at == first.signed_at
    for days in (1, 30):
        with time_machine.travel(timezone.now() + timedelta(days=days)):
            renew_status_lists()
            assert read_list(the_list().credential, now=timezone.now()).is_good
    StatusList.objects.update(signed_at=None, credential="", valid_until=None, key=None)
    renew_status_lists()
    assert read_list(the_list().credential, now=timezone.now()).is_good


def test_a_new_key_signs_the_lists_at_the_next_turn(issue: Issue, keys_dir: Any) -> None:
    issue()
    old = key()
    new = rotated(keys_dir)
    renew_status_lists()
    assert (the_list().key, old.pk) == (new, SigningKey.objects.exclude(pk=new.pk).get(purpose=KeyPurpose.BADGE).pk)
    assert parts(the_list().credential)[0]["kid"].endswith(f"#{new.kid}")
    assert sign_every_list() == 1


def test_without_a_key_the_renewal_says_so_and_goes_on(
    issue: Issue, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    issue()
    kept = the_list().credential
    monkeypatch.setattr("certification.status.signing.active_key", lambda _purpose: None)
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        renew_status_lists()
    assert the_list().credential == kept
    assert [record.message for record in caplog.records if record.name == "certification.schedule"] == [
        "1 of 1 status lists wait for a key to sign them."
    ]


def test_a_list_that_somebody_holds_is_judged(issue: Issue, malee: User, keys_dir: Any) -> None:
    certificate = issue()
    revoke(certificate, reason=REASON, by=malee)
    token, now = the_list().credential, timezone.now()
    good = read_list(token, now=now)
    assert (good.finding, good.number, good.is_set(certificate.status_index or 0)) == (ListFinding.GOOD, 1, True)
    expired = read_list(token, now=now + timedelta(days=8))
    assert (expired.finding, expired.is_set(certificate.status_index or 0)) == (ListFinding.EXPIRED, True)
    assert read_list(token, now=now - timedelta(days=1)).finding == ListFinding.NOT_YET_VALID
    assert read_list(changed(token, validUntil="2099-01-01T00:00:00Z"), now=now).finding == ListFinding.BAD_SIGNATURE
    header, payload = parts(token)
    assert read_list(forged({**header, "alg": "none"}, payload), now=now).finding == ListFinding.BAD_SIGNATURE
    own = ed25519.Ed25519PrivateKey.generate()
    theirs = forged({**header, "kid": "did:web:academy.example#1"}, payload, own.sign)
    assert read_list(theirs, now=now).finding == ListFinding.UNKNOWN_KEY
    old = key()
    rotated(keys_dir)
    assert read_list(token, now=now).finding == ListFinding.GOOD
    revoke_key(old, reason="แฟ้มกุญแจหลุด")
    assert read_list(token, now=now).finding == ListFinding.REVOKED_KEY
    for text in ("", "x", "{}", "a.b.c", json.dumps(payload), forged(header, {**payload, "credentialSubject": []})):
        assert read_list(text, now=now).finding == ListFinding.MALFORMED


def test_a_place_outside_of_the_list_is_an_error(issue: Issue) -> None:
    issue()
    read = read_list(the_list().credential, now=timezone.now())
    for place in (-1, StatusList.SIZE):
        with pytest.raises(IndexError):
            read.is_set(place)
    assert is_revoked(the_list(), StatusList.SIZE, now=timezone.now()) is None


def test_a_list_out_of_date_says_nothing_of_a_place(issue: Issue) -> None:
    certificate = issue()
    place = certificate.status_index or 0
    assert is_revoked(the_list(), place, now=timezone.now() + timedelta(days=8)) is None
    assert is_revoked(StatusList(number=9), place, now=timezone.now()) is None

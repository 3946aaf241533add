"""What the second QR of an issued certificate says, and who signs it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction

from certification.choices import KeyPurpose, KeyState
from certification.flows import revoke
from certification.keys import KeyUnavailable
from certification.keys.choosing import active_key
from certification.models import Certificate, SigningKey
from certification.offline import ForgedProof, read_proof, sheet_proof
from certification.offline.known import known
from certification.offline.writing import facts_of
from learning.people.models import User
from tests.certification.conftest import Issue

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(db: None) -> SigningKey:
    found = active_key(KeyPurpose.OFFLINE)
    assert found is not None
    return found


@pytest.fixture
def certificate(issue: Issue) -> Certificate:
    return issue()


def place_of(certificate: Certificate) -> tuple[int, int]:
    assert certificate.status_list is not None
    assert certificate.status_index is not None
    return certificate.status_list.number, certificate.status_index


def test_it_proves_the_facts_of_the_row(certificate: Certificate, key: SigningKey) -> None:
    proof = read_proof(sheet_proof(certificate, key=key))
    assert (proof.facts, proof.key) == (facts_of(certificate), key)
    assert proof.facts == replace(
        proof.facts,
        code=certificate.code,
        number=certificate.number,
        holder_name="นางมาลี ใจดี",
        course_title="การควบคุมภายใน",
        completed_on=date(2026, 11, 23),
        place=place_of(certificate),
        shortened=frozenset(),
    )


def test_the_same_facts_give_the_same_text(certificate: Certificate, key: SigningKey) -> None:
    assert sheet_proof(certificate, key=key) == sheet_proof(certificate, key=key)


def test_a_name_changed_in_the_row_afterwards_does_not_change_the_text(
    certificate: Certificate, key: SigningKey
) -> None:
    text = sheet_proof(certificate, key=key)
    Certificate.objects.update(holder_name="นางสมร ใจดี")
    assert read_proof(text).facts.holder_name == "นางมาลี ใจดี"


def test_a_key_that_is_no_longer_active_signs_nothing(certificate: Certificate, key: SigningKey) -> None:
    key.state = KeyState.RETIRED
    with pytest.raises(KeyUnavailable):
        sheet_proof(certificate, key=key)


def test_a_text_by_a_key_of_another_purpose_is_forged(certificate: Certificate, key: SigningKey) -> None:
    text = sheet_proof(certificate, key=key)
    SigningKey.objects.filter(pk=key.pk).update(purpose=KeyPurpose.APPROVAL)
    with pytest.raises(ForgedProof):
        read_proof(text)


def test_what_was_revoked_stands_in_the_list_of_the_page_in_the_same_transaction(issue: Issue, malee: User) -> None:
    one, other, _third = issue(), issue(), issue()
    assert known()["ended"] == {}
    with transaction.atomic():
        revoke(one, reason="ออกผิดคน", by=malee)
        assert known()["ended"] == {str(place_of(one)[0]): [place_of(one)[1]]}
        transaction.set_rollback(True)
    assert known()["ended"] == {}
    revoke(other, reason="ออกผิดคน", by=malee)
    assert known()["ended"] == {str(place_of(other)[0]): [place_of(other)[1]]}

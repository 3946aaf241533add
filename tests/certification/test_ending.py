"""A certificate is revoked or replaced with a reason; page, JSON and status list change in the same transaction."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from certification.choices import CertificateState, Origin
from certification.flows import AlreadyEnded, ReasonMissing, replace, revoke
from certification.keys import KeyUnavailable
from certification.models import Certificate, CertificateCounter, CertificateDesign
from certification.status import is_revoked
from learning.people.models import User
from tests.certification.conftest import Issue

pytestmark = pytest.mark.django_db
REASON = "ออกให้ผิดคน"


def is_listed_as_ended(certificate: Certificate) -> bool | None:
    """What the signed list says, read as a stranger reads it."""
    certificate.refresh_from_db()
    certificate.status_list.refresh_from_db()
    return is_revoked(certificate.status_list, certificate.status_index, now=timezone.now())


def logged(certificate: Certificate) -> list[tuple[str, str, dict[str, Any]]]:
    entries = ModelLogEntry.objects.for_instance(certificate).order_by("pk")
    return [(entry.action, entry.user.username, entry.data) for entry in entries]


def test_revoking_keeps_the_row_its_number_and_says_why(issue: Issue, malee: User) -> None:
    certificate, other = issue(), issue()
    ended = revoke(certificate, reason=f"  {REASON} ", by=malee)
    certificate.refresh_from_db()
    assert (certificate.state, certificate.reason, certificate.ended_by) == (CertificateState.REVOKED, REASON, malee)
    assert certificate.ended_at == ended.ended_at
    assert [is_listed_as_ended(one) for one in (certificate, other)] == [True, False]
    assert logged(certificate) == [("certification.revoke", "malee", {"reason": REASON})]
    assert issue().running_number == 3


def test_the_page_tells_it_at_once(issue: Issue, malee: User, client: Client) -> None:
    certificate = issue()
    before = client.get(reverse("certification:verify", args=[certificate.code])).content.decode()
    revoke(certificate, reason=REASON, by=malee)
    after = client.get(reverse("certification:verify", args=[certificate.code])).content.decode()
    assert (REASON in before, REASON in after) == (False, True)


@pytest.mark.parametrize("reason", ["", "   ", "ก" * 301])
def test_without_a_reason_nothing_is_taken_back(issue: Issue, malee: User, reason: str) -> None:
    certificate = issue()
    for verb in (revoke, replace):
        with pytest.raises(ReasonMissing):
            verb(certificate, reason=reason, by=malee)
    assert (Certificate.objects.get().state, CertificateCounter.objects.get().last) == (CertificateState.VALID, 1)


@pytest.mark.parametrize("first", [revoke, replace])
def test_what_was_ended_before_is_not_ended_again(issue: Issue, malee: User, first: Any) -> None:
    certificate = issue()
    first(certificate, reason=REASON, by=malee)
    count = Certificate.objects.count()
    for verb in (revoke, replace):
        with pytest.raises(AlreadyEnded) as refused:
            verb(certificate, reason="อีกครั้ง", by=malee)
        assert certificate.number in refused.value.sentence
    assert (Certificate.objects.count(), CertificateCounter.objects.get().last) == (count, count)


def test_a_corrected_name_is_a_new_certificate_for_the_same_occasion(
    issue: Issue, malee: User, design: CertificateDesign
) -> None:
    old = issue(occasion="enrollment:7", subject="course:3", province_code="12", center_number=14)
    design.signers.update(name="นายกฤต ตั้งใจ")
    new = replace(old, reason="สะกดชื่อผิด", by=malee, holder_name="นางมาลัย ใจดี", hours=Decimal("4.5"))
    old.refresh_from_db()
    assert (old.state, old.replaced_by, old.holder_name) == (CertificateState.REPLACED, new, "นางมาลี ใจดี")
    assert (new.state, new.holder_name, new.hours, new.reason) == (
        CertificateState.VALID,
        "นางมาลัย ใจดี",
        Decimal("4.5"),
        "",
    )
    kept = ("occasion", "subject", "course_title", "completed_on", "province_code", "center_number", "holder", "office")
    assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
    assert (new.running_number, new.replaces, new.has_file, new.created_by) == (2, old, False, malee)
    assert new.code != old.code
    assert new.verify_url.endswith(new.code)
    assert [signer["name"] for signer in new.signers] == ["นายกฤต ตั้งใจ"]
    assert [signer["name"] for signer in old.signers] == ["นางสาววิภา ใฝ่เรียน"]
    assert [is_listed_as_ended(one) for one in (old, new)] == [True, False]
    assert logged(old) == [("certification.replace", "malee", {"reason": "สะกดชื่อผิด", "by": new.number})]


def test_an_occasion_that_was_corrected_gives_the_corrected_one(issue: Issue, malee: User) -> None:
    new = replace(issue(occasion="enrollment:7"), reason=REASON, by=malee)
    newest = replace(new, reason=REASON, by=malee, holder_name="นางมาลัย ใจดี")
    assert issue(occasion="enrollment:7") == newest
    assert Certificate.objects.count() == 3


def test_a_correction_does_not_lengthen_its_validity(issue: Issue, malee: User, design: CertificateDesign) -> None:
    design.valid_months = 24
    design.save()
    old = issue()
    design.valid_months = 36
    design.save()
    assert replace(old, reason=REASON, by=malee).valid_until == old.valid_until


def test_a_paper_that_was_only_recorded_stays_recorded_when_it_is_corrected(malee: User) -> None:
    paper = Certificate.objects.create(
        code="7K3MQ9TX4B2F",
        origin=Origin.RECORDED,
        number="12/2560",
        fiscal_year=2560,
        holder_name="มาลี",
        course_title="การบัญชี",
        hours=6,
        completed_on="2017-05-04",
        issued_on="2017-05-10",
        issuer="สำนักงานสหกรณ์จังหวัด",
        statement="",
    )
    new = replace(paper, reason="อ่านชื่อผิด", by=malee, holder_name="นางมาลี ใจดี")
    assert (new.origin, new.number, new.running_number, new.issued_on.isoformat()) == (
        Origin.RECORDED,
        "12/2560",
        None,
        "2017-05-10",
    )
    assert new.verify_url.endswith(f"/v/{new.code}")
    assert not CertificateCounter.objects.exists()
    with pytest.raises(AlreadyEnded):
        revoke(paper, reason=REASON, by=malee)


@pytest.mark.parametrize("verb", [revoke, replace])
def test_when_the_list_cannot_be_signed_nothing_has_happened(
    issue: Issue, malee: User, verb: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = issue(occasion="enrollment:7")
    with transaction.atomic():
        revoke(issue(), reason="ให้มีรายการที่ลงนามแล้ว", by=malee)
    before = (certificate.status_list.credential, CertificateCounter.objects.get().last)

    def fail(status_list: object) -> None:
        raise KeyUnavailable("The token is away.")

    monkeypatch.setattr("certification.flows.ending.sign_anew", fail)
    with pytest.raises(KeyUnavailable):
        verb(certificate, reason=REASON, by=malee)
    certificate.refresh_from_db()
    certificate.status_list.refresh_from_db()
    assert (certificate.state, certificate.reason, certificate.ended_at) == (CertificateState.VALID, "", None)
    assert CertificateCounter.objects.get().last == before[1]
    assert Certificate.objects.filter(occasion="enrollment:7").count() == 1
    assert logged(certificate) == []


def test_a_list_that_is_left_stale_is_found(issue: Issue, malee: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard of the tests above: without signing anew they would fail."""
    certificate = issue()
    monkeypatch.setattr("certification.flows.ending.sign_anew", lambda status_list: None)
    revoke(certificate, reason=REASON, by=malee)
    assert is_listed_as_ended(certificate) is not True


@pytest.mark.django_db(transaction=True)
def test_the_list_is_signed_within_the_transaction_of_the_revocation(issue: Issue, malee: User) -> None:
    certificate = issue()
    with pytest.raises(ZeroDivisionError), transaction.atomic():  # noqa: PT012
        revoke(certificate, reason=REASON, by=malee)
        assert is_listed_as_ended(certificate) is True
        raise ZeroDivisionError
    assert is_listed_as_ended(certificate) is not True
    assert certificate.state == CertificateState.VALID

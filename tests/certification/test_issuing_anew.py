"""A certificate that was revoked by mistake stays revoked; its person gets a new one, once, that its page leads to."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.checking.about_register import add_standing
from certification.checking.report import Report
from certification.choices import CertificateState, Origin
from certification.codes import grouped, new_code
from certification.flows import NotRevoked, ReasonMissing, issue_anew, replace, revoke
from certification.keys import KeyUnavailable
from certification.models import Certificate, CertificateCounter, CertificateDesign, StatusList
from certification.offline.known import ended_places
from learning.people.models import User
from tests.certification.conftest import Issue
from tests.certification.test_ending import is_listed_as_ended, logged

pytestmark = pytest.mark.django_db
WRONG, REASON = "ออกให้ผิดคน", "เพิกถอนผิดฉบับ"


def recorded(**facts: object) -> Certificate:
    code = new_code()
    return Certificate.objects.create(
        code=code,
        origin=Origin.RECORDED,
        number="12/2560",
        fiscal_year=2560,
        holder_name="มาลี",
        course_title="การบัญชี",
        hours=6,
        completed_on=date(2017, 5, 4),
        issued_on=date(2017, 5, 10),
        statement="",
        verify_url=f"http://127.0.0.1:8000/v/{code}",
        **{"issuer": "สำนักงานสหกรณ์จังหวัด", **facts},
    )


def test_the_revoked_one_stays_as_it_was_and_a_new_one_follows(
    issue: Issue, malee: User, design: CertificateDesign
) -> None:
    design.valid_months = 24
    design.save()
    old = revoke(
        issue(occasion="enrollment:7", subject="course:3", province_code="12", center_number=14), reason=WRONG, by=malee
    )
    design.signers.update(name="นายกฤต ตั้งใจ")
    design.valid_months = 36
    design.save()
    ended_at = old.ended_at
    new = issue_anew(old, reason=f" {REASON} ", by=malee)
    old.refresh_from_db()
    assert (old.state, old.reason, old.ended_at, old.replaced_by) == (CertificateState.REVOKED, WRONG, ended_at, new)
    kept = (
        "occasion", "subject", "holder_name", "holder_role", "course_title", "hours", "completed_on", "valid_until",
        "province_code", "center_number", "holder", "office", "design",
    )  # fmt: skip
    assert [getattr(new, name) for name in kept] == [getattr(old, name) for name in kept]
    assert (new.state, new.reason, new.ended_at, new.running_number, new.has_file) == ("valid", "", None, 2, False)
    assert (new.code != old.code, new.verify_url.endswith(new.code)) == (True, True)
    assert [one["name"] for one in (*new.signers, *old.signers)] == ["นายกฤต ตั้งใจ", "นางสาววิภา ใฝ่เรียน"]
    assert [is_listed_as_ended(one) for one in (old, new)] == [True, False]
    assert logged(old)[1:] == [("certification.issue_anew", "malee", {"reason": REASON, "by": new.number})]


def test_the_occasion_gives_the_new_one_from_then_on(issue: Issue, malee: User) -> None:
    new = issue_anew(revoke(issue(occasion="enrollment:7"), reason=WRONG, by=malee), reason=REASON, by=malee)
    assert issue(occasion="enrollment:7") == new
    assert Certificate.objects.count() == 2


def test_the_page_and_the_json_say_that_it_was_revoked_and_lead_on(issue: Issue, malee: User, client: Client) -> None:
    old = revoke(issue(), reason=WRONG, by=malee)
    before = client.get(f"/v/{old.code}").content.decode()
    new = issue_anew(old, reason=REASON, by=malee)
    page, said = client.get(f"/v/{old.code}").content.decode(), client.get(f"/v/{old.code}.json").json()
    sentence = _("Since then a new certificate has been issued for the same training. See the new one: %(code)s")
    sentence %= {"code": grouped(new.code)}
    assert [sentence in text for text in (before, page)] == [False, True]
    assert ('data-state="revoked"' in page, f'href="/v/{new.code}"' in page, WRONG in page) == (True, True, True)
    assert REASON not in page
    assert (said["standing"], said["counts"], said["replaced_by"]) == ("revoked", False, new.code)
    assert client.get(f"/v/{new.code}.json").json()["standing"] == "valid"


def test_the_check_of_a_file_and_the_page_without_a_network_agree(issue: Issue, malee: User) -> None:
    old = revoke(issue(), reason=WRONG, by=malee)
    new = issue_anew(old, reason=REASON, by=malee)
    report = Report(sha256="")
    add_standing(report, Certificate.objects.get(pk=old.pk), timezone.now())
    (finding,) = report.findings
    assert (finding.code, finding.holds, grouped(new.code) in finding.advice) == ("standing", False, True)
    assert ended_places() == [(old.status_list.number, old.status_index)]


@pytest.mark.parametrize("reason", ["", "   ", "ก" * 301])
def test_without_a_reason_none_is_issued(issue: Issue, malee: User, reason: str) -> None:
    old = revoke(issue(), reason=WRONG, by=malee)
    with pytest.raises(ReasonMissing):
        issue_anew(old, reason=reason, by=malee)
    assert (Certificate.objects.count(), CertificateCounter.objects.get().last) == (1, 1)


def test_only_what_was_revoked_is_issued_anew_and_only_once(issue: Issue, malee: User) -> None:
    valid, corrected, wrong = issue(), issue(), issue()
    replace(corrected, reason="สะกดชื่อผิด", by=malee)
    revoke(wrong, reason=WRONG, by=malee)
    issue_anew(wrong, reason=REASON, by=malee)
    count = Certificate.objects.count()
    for one in (valid, corrected, wrong):
        with pytest.raises(NotRevoked) as refused:
            issue_anew(one, reason=REASON, by=malee)
        assert one.number in refused.value.sentence
    assert (Certificate.objects.count(), CertificateCounter.objects.get().last) == (count, count)


def test_one_that_took_the_place_of_another_keeps_its_place_in_the_chain(issue: Issue, malee: User) -> None:
    first = issue(occasion="enrollment:7")
    second = replace(first, reason="สะกดชื่อผิด", by=malee, holder_name="นางมาลัย ใจดี")
    third = issue_anew(revoke(second, reason=WRONG, by=malee), reason=REASON, by=malee)
    fourth = issue_anew(revoke(third, reason=WRONG, by=malee), reason=REASON, by=malee)
    states = [one.state for one in Certificate.objects.order_by("pk")]
    assert states == ["replaced", "revoked", "revoked", "valid"]
    assert (fourth.replaces, third.replaces, fourth.holder_name) == (third, second, "นางมาลัย ใจดี")
    assert issue(occasion="enrollment:7") == fourth


def test_a_paper_that_was_revoked_by_mistake_is_recorded_anew(malee: User, client: Client) -> None:
    paper = revoke(recorded(), reason=WRONG, by=malee)
    new = issue_anew(paper, reason=REASON, by=malee)
    facts = (new.origin, new.number, new.running_number, new.issued_on, new.status_list, new.design)
    assert facts == (Origin.RECORDED, "12/2560", None, date(2017, 5, 10), None, None)
    assert (new.code != paper.code, new.verify_url.endswith(f"/v/{new.code}")) == (True, True)
    assert not CertificateCounter.objects.exists()
    sentence = _("Since then the same paper has been recorded anew. See the new record: %(code)s")
    assert sentence % {"code": grouped(new.code)} in client.get(f"/v/{paper.code}").content.decode()
    assert client.get(f"/v/{new.code}.json").json()["standing"] == "recorded"


@pytest.mark.parametrize(
    ("issuer", "state", "is_refused"),
    [
        ("สำนักงานสหกรณ์ จังหวัด", "valid", True),
        ("สำนักงานสหกรณ์อำเภอ", "valid", False),
        ("สำนักงานสหกรณ์จังหวัด", "revoked", False),
    ],
)
def test_a_paper_that_stands_in_the_register_again_is_not_recorded_twice(
    malee: User, issuer: str, state: str, is_refused: bool
) -> None:
    """The office had revoked it and recorded it once more from another list."""
    paper = revoke(recorded(), reason=WRONG, by=malee)
    again = recorded(issuer=issuer)
    if state == "revoked":
        revoke(again, reason=WRONG, by=malee)
    with pytest.raises(NotRevoked, match=paper.number) if is_refused else nullcontext():
        issue_anew(paper, reason=REASON, by=malee)
    assert Certificate.objects.count() == (2 if is_refused else 3)


def test_an_archived_design_still_signs_what_it_had_issued(
    issue: Issue, malee: User, design: CertificateDesign
) -> None:
    old = revoke(issue(), reason=WRONG, by=malee)
    design.is_archived = True
    design.save()
    assert issue_anew(old, reason=REASON, by=malee).version == old.version


def test_of_somebody_whose_account_is_closed_too(issue: Issue, malee: User) -> None:
    old = revoke(issue(), reason=WRONG, by=malee)
    User.objects.filter(pk=malee.pk).update(is_active=False)
    assert issue_anew(old, reason=REASON, by=malee).holder_name == old.holder_name


def test_when_the_list_cannot_be_signed_none_is_issued(
    issue: Issue, malee: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = revoke(issue(), reason=WRONG, by=malee)

    def fail(status_list: object) -> None:
        raise KeyUnavailable("The token is away.")

    monkeypatch.setattr("certification.flows.ending.sign_anew", fail)
    with pytest.raises(KeyUnavailable):
        issue_anew(old, reason=REASON, by=malee)
    counted = (Certificate.objects.count(), CertificateCounter.objects.get().last, StatusList.objects.get().taken)
    assert (counted, len(logged(old))) == ((1, 1, 1), 1)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_issues_it(issue: Issue, malee: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("certification.flows.issuing.queue_after_commit", lambda *facts: None)
    count, officers = 4, 4
    revoked = [revoke(issue(), reason=WRONG, by=malee) for _number in range(count)]
    gate = Barrier(officers)

    def try_all(_officer: int) -> int:
        try:
            gate.wait()
            return sum(_issued(one) for one in revoked)
        finally:
            connection.close()

    def _issued(one: Certificate) -> int:
        try:
            issue_anew(one, reason=REASON, by=malee)
        except NotRevoked:
            return 0
        return 1

    with ThreadPoolExecutor(officers) as pool:
        assert sum(pool.map(try_all, range(officers))) == count
    assert Certificate.objects.filter(replaces__in=revoked).count() == count
    numbers = sorted(Certificate.objects.values_list("running_number", flat=True))
    assert numbers == list(range(1, 2 * count + 1))
    assert CertificateCounter.objects.get().last == StatusList.objects.get().taken == 2 * count

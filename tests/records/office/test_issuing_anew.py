"""The office issues a certificate anew that it had revoked by mistake: the reason, a second look, then the deed."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from certification.flows import Achievement, issue_certificate, revoke
from certification.models import Certificate, CertificateDesign
from tests.cast import Cast
from tests.factories.certificates import CHIANG_MAI, ended, recorded, registered

WRONG, REASON = "ออกให้ผิดคน", "เพิกถอนผิดฉบับ"


@pytest.fixture
def old(cast: Cast) -> Certificate:
    """Malee's, revoked by wipa."""
    achievement = Achievement(
        holder=cast.malee, holder_name="นางมาลี ใจดี", holder_role="กรรมการ", course_title="การควบคุมภายใน",
        hours=6, completed_on=date(2026, 11, 2), province_code="18", occasion="test:1",
    )  # fmt: skip
    given = issue_certificate(CertificateDesign.objects.get(slug="standard"), achievement, by=cast.wipa)
    return revoke(given, reason=WRONG, by=cast.wipa)


def page_of(browser: Client, certificate: Certificate, rest: str = "") -> Any:
    response = browser.get(f"/office/certificates/{certificate.pk}/{rest}")
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_a_new_one_is_issued_only_after_a_second_look(somchai: Client, cast: Cast, old: Certificate) -> None:
    address = f"/office/certificates/{old.pk}/issue-anew/"
    assert f'href="{address}"' in page_of(somchai, old)
    assert _("Issue a new one after a revocation") in page_of(somchai, old, "issue-anew/")
    look = somchai.post(address, {"reason": REASON}).content.decode()
    assert (Certificate.objects.count(), look.count(WRONG), look.count(REASON)) == (1, 1, 2)
    done = somchai.post(address, {"reason": REASON, "sure": "1"})
    new = Certificate.objects.get(replaces=old)
    assert (done["Location"], new.created_by) == (f"/office/certificates/{new.pk}/", cast.somchai)
    old.refresh_from_db()
    assert (old.state, old.reason) == ("revoked", WRONG)


def test_both_pages_tell_the_other_and_why(somchai: Client, cast: Cast, old: Certificate) -> None:
    somchai.post(f"/office/certificates/{old.pk}/issue-anew/", {"reason": REASON, "sure": "1"})
    new = Certificate.objects.get(replaces=old)
    before, after = page_of(somchai, old), page_of(somchai, new)
    assert _("It stays revoked. The new one in its place:") in before
    assert f'href="/office/certificates/{new.pk}/"' in before
    assert f'href="/office/certificates/{old.pk}/"' in after
    said = _("By %(person)s. Reason: %(reason)s") % {"person": "นายสมชาย ตั้งมั่น", "reason": REASON}
    assert (said in before, WRONG in before, "issue-anew/" in before) == (True, True, False)
    label = _("Issued anew after %(number)s had been revoked") % {"number": old.number}
    assert (label in after, REASON in after) == (True, True)


def test_one_issued_anew_twice_says_each_reason_where_it_belongs(somchai: Client, old: Certificate) -> None:
    again = "เพิกถอนผิดเป็นครั้งที่สอง"
    somchai.post(f"/office/certificates/{old.pk}/issue-anew/", {"reason": REASON, "sure": "1"})
    second = Certificate.objects.get(replaces=old)
    somchai.post(f"/office/certificates/{second.pk}/revoke/", {"reason": WRONG, "sure": "1"})
    somchai.post(f"/office/certificates/{second.pk}/issue-anew/", {"reason": again, "sure": "1"})
    third = Certificate.objects.get(replaces=second)
    said = [page_of(somchai, one) for one in (old, second, third)]
    assert [[page.count(reason) for reason in (REASON, again)] for page in said] == [[1, 0], [1, 1], [0, 1]]


@pytest.mark.parametrize("facts", [{}, ended("replaced")])
def test_what_is_not_revoked_has_no_button_and_is_refused(somchai: Client, facts: dict[str, Any]) -> None:
    certificate = registered(1, **facts)
    assert "issue-anew/" not in page_of(somchai, certificate)
    response = somchai.post(f"/office/certificates/{certificate.pk}/issue-anew/", {"reason": REASON, "sure": "1"})
    assert (response.status_code, Certificate.objects.count()) == (409, 1)


def test_a_second_time_leads_to_the_one_that_was_issued(somchai: Client, old: Certificate) -> None:
    address = f"/office/certificates/{old.pk}/issue-anew/"
    somchai.post(address, {"reason": REASON, "sure": "1"})
    response = somchai.post(address, {"reason": REASON, "sure": "1"})
    new = Certificate.objects.get(replaces=old)
    assert (response.status_code, f'href="/office/certificates/{new.pk}/"' in response.content.decode()) == (409, True)


@pytest.mark.parametrize("reason", ["", "   ", "-", "ก" * 301])
def test_none_is_issued_without_a_reason_in_words(somchai: Client, old: Certificate, reason: str) -> None:
    response = somchai.post(f"/office/certificates/{old.pk}/issue-anew/", {"reason": reason, "sure": "1"})
    assert (response.status_code, Certificate.objects.count()) == (422, 1)


def test_a_paper_is_recorded_anew_with_its_number(somchai: Client) -> None:
    paper = recorded(**ended())
    assert _("Record it anew") in page_of(somchai, paper)
    somchai.post(f"/office/certificates/{paper.pk}/issue-anew/", {"reason": REASON, "sure": "1"})
    new = Certificate.objects.get(replaces=paper)
    assert (new.number, new.is_recorded, new.running_number) == (paper.number, True, None)


def test_of_another_province_it_is_not_there(somchai: Client) -> None:
    foreign = registered(1, province_code=CHIANG_MAI, district_code="5007", **ended())
    response = somchai.post(f"/office/certificates/{foreign.pk}/issue-anew/", {"reason": REASON, "sure": "1"})
    assert (response.status_code, Certificate.objects.count()) == (404, 1)


def test_a_coordinator_sees_no_button_and_issues_none(cast: Cast, at_office: Any) -> None:
    from learning.duties.choices import Role
    from learning.duties.models import Duty
    from learning.organizations.models import Organization

    cooperative = Organization.objects.get(name="สหกรณ์การเกษตรทุ่งรวงทอง จำกัด")
    Duty.objects.create(user=cast.krit, role=Role.COORDINATOR, organization=cooperative, since=date(2026, 1, 1))
    certificate = registered(1, organization_key=cooperative.pk, **ended())
    browser = at_office(cast.krit)
    assert "issue-anew/" not in page_of(browser, certificate)
    response = browser.post(f"/office/certificates/{certificate.pk}/issue-anew/", {"reason": REASON, "sure": "1"})
    assert response.status_code == 404

"""One certificate on its page for the office: history, file, taking it back, correcting it."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import gettext as _
from wagtail.models import ModelLogEntry

from certification.choices import CertificateState
from certification.models import Certificate
from tests.cast import Cast
from tests.factories.certificates import (
    CHIANG_MAI,
    LONG_NAME,
    as_printed,
    ended,
    recorded,
    registered,
    sheet_of_paper,
    with_file,
)

REASON = "สะกดชื่อผิด"


def page_of(browser: Client, certificate: Certificate, rest: str = "") -> str:
    response = browser.get(f"/office/certificates/{certificate.pk}/{rest}")
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def test_the_page_shows_every_printed_word(somchai: Client, cast: Cast) -> None:
    certificate = registered(7, holder=cast.malee, started_on=date(2026, 10, 30), valid_until=date(2028, 11, 2))
    page = page_of(somchai, certificate)
    for word in (
        "ศส.14-000007/2570", "นางมาลี ใจดี 7", "กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด", "การควบคุมภายในสำหรับกรรมการ",
        "กรมส่งเสริมสหกรณ์", "นางสาววิภา ใฝ่เรียน", "30 ตุลาคม 2569", "2 พฤศจิกายน 2571", certificate.code[:4],
    ):  # fmt: skip
        assert word in page, word
    assert f"/v/{certificate.code}" in page


def test_a_paper_says_that_it_was_recorded_and_by_whom(somchai: Client, cast: Cast) -> None:
    page = page_of(somchai, recorded(created_by=cast.somchai))
    assert (
        _(
            "Recorded from paper: this academy did not issue it, so it has no file and no signature. "
            "Its public page says so."
        )
        in page
    )
    assert _("By %(person)s.") % {"person": "นายสมชาย ตั้งมั่น"} in page
    assert _("Download the file") not in page


def test_the_history_tells_who_ended_it_when_and_why(somchai: Client, cast: Cast) -> None:
    page = page_of(somchai, registered(1, **ended(reason="ออกให้ผิดคน"), ended_by=cast.wipa))
    assert _("By %(person)s. Reason: %(reason)s") % {"person": "นางสาววิภา ใฝ่เรียน", "reason": "ออกให้ผิดคน"} in page
    assert "revoke/" not in page


def test_renewals_of_a_person_about_a_subject_stand_beside_each_other(somchai: Client, cast: Cast) -> None:
    facts = {"holder": cast.malee, "subject": "course:3"}
    first = registered(1, issued_on=date(2025, 3, 1), **facts)
    second = registered(2, renews=first, **facts)
    registered(3, holder=cast.malee, subject="course:4")
    chain = somchai.get(f"/office/certificates/{second.pk}/").context["chain"]
    assert [row.running_number for row, _standing in chain] == [1, 2]


def test_certificates_of_another_province_are_not_there(somchai: Client) -> None:
    foreign = with_file(registered(1, province_code=CHIANG_MAI, district_code="5007"))
    for rest in ("", "file/", "revoke/", "replace/"):
        assert somchai.get(f"/office/certificates/{foreign.pk}/{rest}").status_code == 404


def test_who_took_the_file_stands_in_the_log(somchai: Client, cast: Cast) -> None:
    content = sheet_of_paper()
    certificate = with_file(registered(1), content)
    response = somchai.get(f"/office/certificates/{certificate.pk}/file/")
    assert b"".join(response.streaming_content) == content
    entry = ModelLogEntry.objects.get(action="records.download_certificate")
    assert (entry.object_id, entry.user) == (str(certificate.pk), cast.somchai)
    assert somchai.get(f"/office/certificates/{certificate.pk}/").context["downloads"] == [entry]


def test_without_a_file_there_is_nothing_to_take(somchai: Client) -> None:
    assert somchai.get(f"/office/certificates/{registered(1).pk}/file/").status_code == 404


# --- taken back -------------------------------------------------------------------------
def test_a_certificate_is_revoked_only_after_a_second_look(somchai: Client, cast: Cast) -> None:
    certificate = registered(1, holder=cast.malee)
    address = f"/office/certificates/{certificate.pk}/revoke/"
    look = somchai.post(address, {"reason": REASON})
    certificate.refresh_from_db()
    assert certificate.state == CertificateState.VALID
    assert _("This is what will happen") in look.content.decode()
    somchai.post(address, {"reason": REASON, "sure": "1"})
    certificate.refresh_from_db()
    assert (certificate.state, certificate.reason, certificate.ended_by) == ("revoked", REASON, cast.somchai)


@pytest.mark.parametrize("reason", ["", "   ", "-", "ก" * 301])
def test_nothing_is_revoked_without_a_reason_in_words(somchai: Client, reason: str) -> None:
    certificate = registered(1)
    response = somchai.post(f"/office/certificates/{certificate.pk}/revoke/", {"reason": reason, "sure": "1"})
    certificate.refresh_from_db()
    assert (response.status_code, certificate.state) == (422, CertificateState.VALID)


def test_what_has_ended_cannot_be_ended_again(somchai: Client) -> None:
    certificate = registered(1, **ended())
    for rest in ("revoke/", "replace/"):
        response = somchai.post(f"/office/certificates/{certificate.pk}/{rest}", {"reason": REASON, "sure": "1"})
        assert response.status_code == 409


def test_a_name_is_corrected_by_a_new_one_after_old_and_new_were_compared(somchai: Client, cast: Cast) -> None:
    from certification.flows import Achievement, issue_certificate
    from certification.models import CertificateDesign

    achievement = Achievement(
        holder=cast.malee, holder_name="นางมาลี ใจดีย์", holder_role="กรรมการ", course_title="การควบคุมภายใน",
        hours=6, completed_on=date(2026, 11, 2), province_code="18", occasion="test:1",
    )  # fmt: skip
    old = issue_certificate(CertificateDesign.objects.get(slug="standard"), achievement, by=cast.wipa)
    old.refresh_from_db()
    address = f"/office/certificates/{old.pk}/replace/"
    assert 'value="นางมาลี ใจดีย์"' in page_of(somchai, old, "replace/")
    said = as_printed(old) | {"holder_name": LONG_NAME, "reason": REASON}
    look = somchai.post(address, said).content.decode()
    assert look.count("นางมาลี ใจดีย์") == 1
    assert look.count(LONG_NAME) == 2  # beside the old one, and carried on to the second step
    somchai.post(address, said | {"sure": "1"})
    old.refresh_from_db()
    new = Certificate.objects.get(replaces=old)
    assert (old.state, new.holder_name, new.holder_role) == ("replaced", LONG_NAME, "กรรมการ")
    assert new.number != old.number
    assert f'href="/office/certificates/{new.pk}/"' in page_of(somchai, old)
    assert f'href="/office/certificates/{old.pk}/"' in page_of(somchai, new)


def test_a_correction_that_corrects_nothing_is_refused(somchai: Client) -> None:
    old = registered(1)
    said = as_printed(old) | {"reason": REASON, "sure": "1"}
    assert somchai.post(f"/office/certificates/{old.pk}/replace/", said).status_code == 422
    assert Certificate.objects.count() == 1


def test_a_coordinator_looks_and_changes_nothing(cast: Cast, at_office: object) -> None:
    from learning.duties.choices import Role
    from learning.duties.models import Duty
    from learning.organizations.models import Organization

    cooperative = Organization.objects.get(name="สหกรณ์การเกษตรทุ่งรวงทอง จำกัด")
    Duty.objects.create(user=cast.krit, role=Role.COORDINATOR, organization=cooperative, since=date(2026, 1, 1))
    certificate = registered(1, organization_key=cooperative.pk)
    browser = at_office(cast.krit)  # type: ignore[operator]
    assert "revoke/" not in page_of(browser, certificate)
    address = f"/office/certificates/{certificate.pk}/revoke/"
    assert browser.post(address, {"reason": REASON, "sure": "1"}).status_code == 404

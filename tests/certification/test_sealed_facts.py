"""What was printed never changes, whatever becomes of the person, the course or the design."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from certification.codes import is_well_formed
from certification.facts import printed_facts
from certification.models import Certificate, CertificateDesign, DesignSigner
from courses.catalog.models import CoursePage
from learning.people.models import User
from tests.cast import Cast
from tests.certification.conftest import Issue
from tests.factories.learning import enroll_malee, read_everything, sit_test

pytestmark = pytest.mark.django_db


def test_a_certificate_carries_what_it_was_given(issue: Issue, design: CertificateDesign, malee: User) -> None:
    certificate = issue()
    assert (certificate.holder, certificate.design, certificate.state) == (malee, design, "valid")
    facts = printed_facts(certificate)
    assert (facts.name, facts.organization, facts.course_title, facts.hours) == (
        "นางมาลี ใจดี",
        "กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
        "การควบคุมภายใน",
        Decimal("3.0"),
    )
    assert (facts.issuer, facts.statement) == ("สหกรณ์อะคาเดมี", "ได้ผ่านการอบรมและทดสอบหลักสูตร")
    assert [(signer.name, signer.position) for signer in facts.signers] == [("นางสาววิภา ใฝ่เรียน", "ผู้อำนวยการศูนย์")]
    assert is_well_formed(facts.code)
    assert facts.verify_url == f"http://127.0.0.1:8000/v/{facts.code}"


def test_the_number_is_printed_in_thai_digits(issue: Issue) -> None:
    certificate = issue()
    year = certificate.fiscal_year
    assert (
        printed_facts(certificate).number
        == f"วบ.๐๐๐๐๐๑/{str(year).translate(str.maketrans('0123456789', '๐๑๒๓๔๕๖๗๘๙'))}"
    )


def test_renaming_person_course_and_design_changes_no_issued_certificate(
    cast: Cast, course: CoursePage, django_capture_on_commit_callbacks: Any
) -> None:
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    before = Certificate.objects.values().get()
    facts = printed_facts(Certificate.objects.get())

    User.objects.filter(pk=cast.malee.pk).update(first_name="มาลัย", title="นางสาว")
    course.title, course.hours = "ชื่อใหม่", Decimal(9)
    course.save_revision().publish()
    CertificateDesign.objects.update(issuer="ผู้อื่น", statement="อื่น")
    DesignSigner.objects.update(name="ผู้อื่น", position="อื่น")
    enrollment.organization.name = "สหกรณ์อื่น"
    enrollment.organization.save()

    assert Certificate.objects.values().get() == before
    assert printed_facts(Certificate.objects.get()) == facts
    assert facts.name == "นางมาลี ใจดี"


def test_who_and_what_a_certificate_rests_on_cannot_be_deleted(cast: Cast, course: CoursePage) -> None:
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    for thing in (
        cast.malee,
        course,
        CertificateDesign.objects.get(slug="standard"),
        Certificate.objects.get(),
        enrollment.organization,
    ):
        with pytest.raises(ProtectedError), transaction.atomic():
            thing.delete()
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [{"state": "lost"}, {"running_number": 1}, {"rendered_at": "2026-11-23T00:00:00Z"}, {"code": "same"}],
)
def test_the_database_refuses_what_no_certificate_can_be(issue: Issue, change: dict[str, Any]) -> None:
    first, second = issue(), issue()
    if "code" in change:
        change = {"code": first.code}
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.filter(pk=second.pk).update(**change)

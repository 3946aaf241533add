"""A certificate as it is issued, without a course around it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from certification.flows import Achievement, issue_certificate
from certification.models import Certificate, CertificateDesign, DesignSigner
from learning.people.models import User

Issue = Callable[..., Certificate]


@pytest.fixture
def design(db: None) -> CertificateDesign:
    design = CertificateDesign.objects.create(slug="standard", name="วุฒิบัตรมาตรฐาน", issuer="สหกรณ์อะคาเดมี")
    DesignSigner.objects.create(design=design, name="นางสาววิภา ใฝ่เรียน", position="ผู้อำนวยการศูนย์", sort_order=0)
    return design


@pytest.fixture
def malee(db: None) -> User:
    return User.objects.create_user("malee", title="นาง", first_name="มาลี", last_name="ใจดี")


@pytest.fixture
def issue(design: CertificateDesign, malee: User) -> Issue:
    """Issues a certificate to malee; keywords change what she achieved."""

    def issue(**facts: Any) -> Certificate:
        values: dict[str, Any] = {
            "holder": malee,
            "holder_name": "นางมาลี ใจดี",
            "holder_role": "กรรมการ สหกรณ์การเกษตรทุ่งรวงทอง จำกัด",
            "course_title": "การควบคุมภายใน",
            "hours": Decimal("3.0"),
            "completed_on": date(2026, 11, 23),
        }
        return issue_certificate(design, Achievement(**{**values, **facts}), by=malee)

    return issue

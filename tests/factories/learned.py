"""What somebody has learned, as rows of a past day: enrollments, seats, papers."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from certification.choices import CertificateState, Origin
from certification.codes import new_code
from certification.flows import Achievement, issue_certificate
from certification.models import Certificate, CertificateDesign
from cms.thai.dates import fiscal_year_be
from courses.catalog.models import CoursePage, LessonPage
from learning.enrollments.choices import EnrollmentState
from learning.enrollments.models import Enrollment
from learning.organizations.models import Membership
from learning.people.models import User
from learning.progress.models import LessonCompletion
from learning.records.models import TrainingRecord
from learning.workshops.choices import SeatState, WorkshopState
from learning.workshops.models import Seat
from tests.factories.workshops import make_seat, make_workshop


def moment(day: date, clock: time = time(15)) -> datetime:
    """A moment of a day in Thailand."""
    return timezone.make_aware(datetime.combine(day, clock))


def completed_course(
    course: CoursePage, membership: Membership, at: datetime, *, hours: str, **facts: Any
) -> Enrollment:
    """An enrollment completed at a moment. Its lessons that need a workshop were done at that moment too."""
    organization = membership.organization
    enrollment = Enrollment.objects.create(
        user=membership.user,
        course=course,
        organization=organization,
        position=membership.position,
        kind=organization.kind,
        province=organization.province,
        state=EnrollmentState.COMPLETED,
        enrolled_at=at - timedelta(days=7),
        completed_at=at,
        hours=Decimal(hours),
        **facts,
    )
    for lesson in LessonPage.objects.child_of(course).filter(needs_workshop=True):
        LessonCompletion.objects.create(enrollment=enrollment, lesson=lesson, completed_at=at)
    return enrollment


def attended_workshop(
    membership: Membership, day: date, *, hours: str, completed_at: datetime | None = None, **facts: Any
) -> Seat:
    """A seat in a workshop that was held on a day; completed only when a moment is given."""
    workshop = make_workshop(membership.user, day, state=WorkshopState.HELD, hours=Decimal(hours), **facts)
    return make_seat(
        workshop,
        membership,
        state=SeatState.ATTENDED,
        attended_on=day,
        attended_percent=100 if completed_at else 50,
        completed_at=completed_at,
    )


def recorded_paper(person: User, title: str, day: date, *, hours: str, **facts: Any) -> Certificate:
    """A certificate on paper of before, as an office records it."""
    code = new_code()
    return Certificate.objects.create(
        **{
            "code": code,
            "origin": Origin.RECORDED,
            "number": f"ชน {code[:3]}/{day.year + 543}",
            "fiscal_year": fiscal_year_be(day),
            "holder": person,
            "holder_name": person.full_name,
            "course_title": title,
            "hours": Decimal(hours),
            "completed_on": day,
            "issued_on": day,
            "issuer": "สำนักงานสหกรณ์จังหวัดชัยนาท",
            "statement": "ได้ผ่านการอบรม",
            "verify_url": f"http://127.0.0.1:8000/v/{code}",
            **facts,
        }
    )


def issued_certificate(person: User, title: str = "การควบคุมภายใน", **facts: Any) -> Certificate:
    """A certificate of the standard design; the words of the row may be changed as only a test may."""
    achievement = Achievement(
        holder=person,
        holder_name=person.full_name,
        holder_role="กรรมการ",
        course_title=title,
        hours=Decimal(facts.pop("hours", "3")),
        completed_on=facts.pop("completed_on", timezone.localdate()),
    )
    certificate = issue_certificate(CertificateDesign.objects.get(slug="standard"), achievement, by=person)
    if facts:
        Certificate.objects.filter(pk=certificate.pk).update(**facts)
        certificate.refresh_from_db()
    return certificate


def revoked(**facts: Any) -> dict[str, Any]:
    return {"state": CertificateState.REVOKED, "ended_at": timezone.now(), "reason": "ออกผิดคน", **facts}


def content_of(record: TrainingRecord) -> bytes:
    """The bytes of a training record as they are kept."""
    with record.file.open("rb") as opened:
        return bytes(opened.read())

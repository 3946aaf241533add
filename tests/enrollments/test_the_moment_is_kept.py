"""What changes later in a person's life or an organization's never rewrites an enrollment."""

import pytest

from courses.catalog.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.organizations.choices import Position
from learning.organizations.flows import leave_organization
from learning.places.models import District, Province
from tests.cast import Cast
from tests.factories.learning import enroll_malee, read_everything, sit_test

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    return enroll_malee(cast, course)


def kept(enrollment: Enrollment) -> tuple[str, str, str, str]:
    row = Enrollment.objects.get(pk=enrollment.pk)
    assert row.district is not None
    return (str(row.organization), row.position, row.province.name, row.district.name)


AS_ENROLLED = ("สหกรณ์การเกษตรทุ่งรวงทอง จำกัด", "board_member", "ชัยนาท", "สรรพยา")


def test_a_new_position_changes_nothing(cast: Cast, enrollment: Enrollment) -> None:
    seat = cast.board_seat
    seat.position = Position.BOARD_CHAIR
    seat.save()
    assert kept(enrollment) == AS_ENROLLED


def test_leaving_the_organization_changes_nothing(cast: Cast, enrollment: Enrollment) -> None:
    leave_organization(cast.board_seat, by=cast.malee)
    assert kept(enrollment) == AS_ENROLLED
    assert Enrollment.objects.get(pk=enrollment.pk).state == "active"


def test_an_organization_that_moves_to_another_province_leaves_the_place_as_it_was(enrollment: Enrollment) -> None:
    organization = enrollment.organization
    organization.province = Province.objects.get(name="เชียงใหม่")
    organization.district = District.objects.get(province__name="เชียงใหม่", name="แม่ริม")
    organization.save()
    assert kept(enrollment) == AS_ENROLLED


def test_the_certificate_names_the_position_of_the_day_of_enrolling(cast: Cast, enrollment: Enrollment) -> None:
    seat = cast.board_seat
    seat.position = Position.BOARD_CHAIR
    seat.save()
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    enrollment.refresh_from_db()
    assert enrollment.certificate is not None
    assert enrollment.certificate.holder_role == f"{Position.BOARD_MEMBER.label} สหกรณ์การเกษตรทุ่งรวงทอง จำกัด"

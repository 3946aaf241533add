"""A hall full of people with the same slip: exactly as many come in as the code was made for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses.catalog.models import CoursePage
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.enrollments.flows import open_code, use_code
from learning.enrollments.models import Enrollment, EnrollmentCode
from learning.organizations.models import Membership
from tests.cast import Cast
from tests.factories.duties import make_duty, office_of
from tests.factories.organizations import make_organization
from tests.factories.people import make_members
from tests.factories.threads import at_once


def code_for(cast: Cast, course: CoursePage, most: int) -> EnrollmentCode:
    Duty.objects.all().delete()
    make_duty(cast.somchai, Role.PROVINCIAL_HEAD, office_of())
    until = timezone.localdate() + timedelta(days=1)
    return open_code(cast.board_seat.organization, course=course, until=until, most=most, by=cast.somchai)


@pytest.mark.django_db(transaction=True)
def test_of_eight_at_once_five_come_in_and_three_are_told(cast: Cast, course: CoursePage) -> None:
    code = code_for(cast, course, 5)
    people = make_members(make_organization("กลุ่มสตรีทดลอง", kind="womens_group"), 8)
    done = at_once(*[lambda person=person: use_code(code, by=person) for person in people])
    refused = [answer for answer in done if not isinstance(answer, Enrollment)]
    assert sorted({type(answer).__name__ for answer in refused}) == ["Refused"]
    assert (len(refused), Enrollment.objects.count()) == (3, 5)
    assert EnrollmentCode.objects.get().used_count == 5
    assert Membership.objects.filter(organization=code.organization, user__in=people).count() == 5


@pytest.mark.django_db(transaction=True)
def test_one_person_with_six_clicks_uses_one_place(cast: Cast, course: CoursePage) -> None:
    code = code_for(cast, course, 5)
    done = at_once(*[lambda: use_code(code, by=cast.krit).pk for _ in range(6)])
    assert done == [Enrollment.objects.get().pk] * 6
    assert EnrollmentCode.objects.get().used_count == 1
    assert Membership.objects.filter(organization=code.organization, user=cast.krit).count() == 1

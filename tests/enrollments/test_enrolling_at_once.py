"""Two clicks in the same moment, on two connections, make one enrollment."""

import pytest

from courses.catalog.models import CoursePage
from learning.enrollments.flows import enroll
from learning.enrollments.models import Enrollment
from tests.cast import Cast
from tests.factories.threads import at_once


@pytest.mark.django_db(transaction=True)
def test_eight_clicks_at_once_make_one_enrollment_and_no_fault(cast: Cast, course: CoursePage) -> None:
    seat = cast.board_seat
    made = at_once(*[lambda: enroll(course, membership=seat, by=cast.malee).pk for _ in range(8)])
    assert made == [Enrollment.objects.get().pk] * 8

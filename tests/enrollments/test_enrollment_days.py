"""A course takes people on its days, the first and the last included, and says so on all others."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from courses.catalog.models import CoursePage
from courses.catalog.queries import is_open_for_enrollment
from learning.enrollments.flows import enroll
from learning.enrollments.models import Enrollment
from learning.kernel.refusals import Refused
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 20), date(2026, 11, 23)
# Bangkok is seven hours ahead: its day begins and ends at 17:00 UTC.
MOMENTS = [
    (datetime(2026, 11, 19, 16, 59, 59, tzinfo=UTC), False),
    (datetime(2026, 11, 19, 17, 0, 0, tzinfo=UTC), True),
    (datetime(2026, 11, 23, 16, 59, 59, tzinfo=UTC), True),
    (datetime(2026, 11, 23, 17, 0, 0, tzinfo=UTC), False),
]


@pytest.fixture
def dated(course: CoursePage) -> CoursePage:
    CoursePage.objects.filter(pk=course.pk).update(enrollment_opens_on=FIRST, enrollment_closes_on=LAST)
    return CoursePage.objects.get(pk=course.pk)


@pytest.mark.parametrize(("moment", "is_open"), MOMENTS)
def test_both_ends_count_by_the_clock_of_bangkok(
    malee: Client, cast: Cast, dated: CoursePage, moment: datetime, is_open: bool
) -> None:
    with time_machine.travel(moment, tick=False):
        assert is_open_for_enrollment(dated) == is_open
        malee.force_login(cast.malee)
        response = malee.post("/enroll/control/", {"membership": cast.board_seat.pk})
    assert response.status_code == (302 if is_open else 409)
    assert Enrollment.objects.count() == int(is_open)


@pytest.mark.parametrize("moment", [moment for moment, is_open in MOMENTS if not is_open])
def test_the_flow_refuses_too_with_a_way_on(cast: Cast, dated: CoursePage, moment: datetime) -> None:
    with time_machine.travel(moment, tick=False), pytest.raises(Refused) as refused:
        enroll(dated, membership=cast.board_seat, by=cast.malee)
    assert (refused.value.status, refused.value.way_on) == (409, "/courses/")


@pytest.mark.parametrize("fields", [{"enrollment_opens_on": FIRST}, {"enrollment_closes_on": LAST}, {}])
def test_a_missing_day_is_no_limit(course: CoursePage, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(course, name, value)
    assert is_open_for_enrollment(course, on=date(1990, 1, 1)) == ("enrollment_opens_on" not in fields)
    assert is_open_for_enrollment(course, on=date(2999, 1, 1)) == ("enrollment_closes_on" not in fields)


@time_machine.travel(datetime(2026, 12, 1, 3, 0, tzinfo=UTC), tick=False)
def test_the_page_of_a_closed_course_has_a_sentence_and_a_way_on(malee: Client, cast: Cast, dated: CoursePage) -> None:
    malee.force_login(cast.malee)
    page = malee.get("/enroll/control/")
    assert (page.status_code, page.templates[0].name) == (409, "enrollments/closed.html")
    assert "23 พฤศจิกายน 2569" in page.content.decode()
    assert 'href="/courses/"' in page.content.decode()


def test_an_unpublished_course_takes_nobody(malee: Client, cast: Cast, course: CoursePage) -> None:
    course.unpublish()
    assert malee.get("/enroll/control/").status_code == 409
    assert malee.post("/enroll/control/", {"membership": cast.board_seat.pk}).status_code == 409
    assert Enrollment.objects.count() == 0


@time_machine.travel(datetime(2026, 12, 1, 3, 0, tzinfo=UTC), tick=False)
def test_who_enrolled_in_time_goes_on_after_the_last_day(malee: Client, cast: Cast, dated: CoursePage) -> None:
    malee.force_login(cast.malee)
    enroll_on_the_last_day(cast, dated)
    assert timezone.localdate() > LAST
    assert malee.get("/courses/control/lesson-1/").status_code == 200


def enroll_on_the_last_day(cast: Cast, course: CoursePage) -> None:
    with time_machine.travel(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), tick=False):
        enroll(course, membership=cast.board_seat, by=cast.malee)

"""A course is open for enrollment on its days, both ends counted, by the calendar of Thailand."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client

from courses.catalog.models import CourseIndexPage, CoursePage
from courses.catalog.queries import is_open_for_enrollment
from tests.factories.catalog import make_course

pytestmark = pytest.mark.django_db

OPENS, CLOSES = date(2026, 11, 1), date(2026, 11, 30)


@pytest.fixture
def course(shelf: CourseIndexPage) -> CoursePage:
    return make_course(lessons=1, quiz=None, enrollment_opens_on=OPENS, enrollment_closes_on=CLOSES)


@pytest.mark.parametrize(
    ("fields", "day", "is_open"),
    [
        ({}, date(2026, 10, 31), False),
        ({}, date(2026, 11, 1), True),
        ({}, date(2026, 11, 30), True),
        ({}, date(2026, 12, 1), False),
        ({"enrollment_opens_on": None}, date(2020, 1, 1), True),
        ({"enrollment_closes_on": None}, date(2040, 1, 1), True),
        ({"enrollment_closes_on": OPENS}, OPENS, True),
        ({"live": False}, date(2026, 11, 15), False),
    ],
)
def test_days_of_enrollment(course: CoursePage, fields: dict[str, Any], day: date, is_open: bool) -> None:
    for name, value in fields.items():
        setattr(course, name, value)
    assert is_open_for_enrollment(course, on=day) is is_open


def test_the_day_begins_at_midnight_in_thailand(course: CoursePage) -> None:
    with time_machine.travel("2026-10-31T16:59:59Z"):
        assert is_open_for_enrollment(course) is False
    with time_machine.travel("2026-10-31T17:00:00Z"):
        assert is_open_for_enrollment(course) is True


@pytest.mark.parametrize(
    ("moment", "offers", "says"),
    [
        ("2026-10-31T09:00:00+07:00", False, "1 พฤศจิกายน 2569"),
        ("2026-11-15T09:00:00+07:00", True, ""),
        ("2026-12-01T09:00:00+07:00", False, "30 พฤศจิกายน 2569"),
    ],
)
def test_the_course_page_offers_enrollment_only_on_its_days(
    course: CoursePage, client: Client, moment: str, offers: bool, says: str
) -> None:
    with time_machine.travel(moment):
        page = client.get("/courses/control/").content.decode()
    assert ('data-action="enroll"' in page) is offers
    action = page[page.index("data-fragment=") :]
    assert says in action


def test_enrollment_cannot_close_before_it_opens(course: CoursePage) -> None:
    course.enrollment_opens_on, course.enrollment_closes_on = CLOSES, OPENS
    with pytest.raises(ValidationError) as refused:
        course.full_clean()
    assert list(refused.value.message_dict) == ["enrollment_closes_on"]
    with pytest.raises(IntegrityError), transaction.atomic():
        CoursePage.objects.filter(pk=course.pk).update(enrollment_opens_on=CLOSES, enrollment_closes_on=OPENS)


def test_a_course_takes_time(course: CoursePage) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CoursePage.objects.filter(pk=course.pk).update(hours=0)

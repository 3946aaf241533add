""" "Continue" leads to where the reader left, else to the first lesson that is left."""

import pytest
from django.test import Client
from django.urls import reverse

from courses.catalog.models import CoursePage
from learning.enrollments.models import Enrollment
from tests.cast import Cast
from tests.factories.learning import enroll_malee, read_everything, sit_test

pytestmark = pytest.mark.django_db
RESUME = "/my/courses/control/continue/"
FIRST, SECOND, TEST = (f"/courses/control/{slug}/" for slug in ("lesson-1", "lesson-2", "final-test"))


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    return enroll_malee(cast, course)


def test_at_the_beginning_it_is_the_first_lesson(malee: Client, enrollment: Enrollment) -> None:
    assert malee.get(RESUME)["Location"] == FIRST


def test_it_is_the_lesson_last_opened(malee: Client, enrollment: Enrollment) -> None:
    for page in (FIRST, TEST, SECOND):
        malee.get(page)
    assert malee.get(RESUME)["Location"] == SECOND


def test_once_the_lesson_last_opened_is_done_it_is_the_first_that_is_left(
    malee: Client, enrollment: Enrollment
) -> None:
    malee.get(SECOND)
    malee.post(f"{SECOND}done/")
    assert malee.get(RESUME)["Location"] == FIRST


def test_it_is_the_same_on_another_device(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    malee.get(SECOND)
    phone = Client()
    phone.force_login(cast.malee)
    assert phone.get(RESUME)["Location"] == SECOND


def test_after_completing_it_is_the_desk(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    assert malee.get(RESUME)["Location"] == reverse("desk:home")


def test_who_is_not_enrolled_is_led_to_enroll(client: Client, cast: Cast, course: CoursePage) -> None:
    client.force_login(cast.krit)
    assert client.get(RESUME)["Location"] == "/enroll/control/"
    assert client.get("/my/courses/nothing/continue/").status_code == 404


def test_without_an_account_it_leads_to_the_sign_in_page_and_back(client: Client, course: CoursePage) -> None:
    assert client.get(RESUME)["Location"] == f"{reverse('account_login')}?next={RESUME}"


def test_reading_another_lesson_is_remembered_and_reading_it_again_writes_nothing(
    malee: Client, enrollment: Enrollment
) -> None:
    malee.get(SECOND)
    enrollment.refresh_from_db()
    assert enrollment.last_lesson is not None
    assert enrollment.last_lesson.slug == "lesson-2"

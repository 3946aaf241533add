"""Leaving a course is allowed until it is completed; enrolling again begins anew and loses nothing."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from courses.catalog.models import CoursePage
from learning.enrollments.flows import enroll
from learning.enrollments.models import Enrollment
from learning.progress.models import LessonCompletion
from tests.cast import Cast
from tests.factories.learning import enroll_malee, read_everything, sit_test

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    return enroll_malee(cast, course)


def leave(enrollment: Enrollment) -> str:
    return reverse("enrollments:withdraw", args=[enrollment.pk])


def test_who_leaves_is_withdrawn_and_locked_out(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    assert malee.post(leave(enrollment))["Location"] == reverse("desk:home")
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.ended_at is not None) == ("withdrawn", True)
    assert malee.get("/courses/control/lesson-1/").status_code == 403
    assert ModelLogEntry.objects.get(action="enrollments.withdraw").user == cast.malee


def test_enrolling_again_begins_anew_and_keeps_what_was(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    read_everything(enrollment, by=cast.malee)
    response = malee.post(leave(enrollment), {"again": "1"})
    assert response["Location"] == "/enroll/control/"
    again = enroll(enrollment.course, membership=cast.board_seat, by=cast.malee)
    assert again.pk != enrollment.pk
    assert LessonCompletion.objects.filter(enrollment=enrollment).count() == 2
    assert LessonCompletion.objects.filter(enrollment=again).count() == 0
    assert malee.get("/my/courses/control/continue/")["Location"] == "/courses/control/lesson-1/"


def test_a_completed_course_cannot_be_left(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    response = malee.post(leave(enrollment))
    assert (response.status_code, response.context["refusal"].way_on) == (409, reverse("desk:home"))
    enrollment.refresh_from_db()
    assert enrollment.state == "completed"


def test_leaving_twice_is_refused_the_second_time(malee: Client, enrollment: Enrollment) -> None:
    assert [malee.post(leave(enrollment)).status_code for _ in range(2)] == [302, 409]


def test_the_enrollment_of_somebody_else_is_not_found(client: Client, cast: Cast, enrollment: Enrollment) -> None:
    client.force_login(cast.krit)
    assert client.post(leave(enrollment)).status_code == 404
    assert client.post(f"/enrollments/{10**30}/withdraw/").status_code == 404
    enrollment.refresh_from_db()
    assert enrollment.state == "active"


def test_leaving_needs_a_form_that_was_sent(malee: Client, enrollment: Enrollment) -> None:
    assert malee.get(leave(enrollment)).status_code == 405


def test_who_has_lapsed_comes_back_to_what_was_done(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    read_everything(enrollment, by=cast.malee)
    Enrollment.objects.filter(pk=enrollment.pk).update(state="lapsed")
    assert malee.get("/courses/control/lesson-1/").status_code == 403
    malee.post("/enroll/control/", {"membership": cast.board_seat.pk})
    assert list(Enrollment.objects.values_list("pk", "state")) == [(enrollment.pk, "active")]
    assert malee.get("/my/courses/control/continue/")["Location"] == "/courses/control/final-test/"

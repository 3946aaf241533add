"""The last lesson completes the course, exactly once, with exactly one certificate."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from wagtail.models import ModelLogEntry

from certification.models import Certificate
from courses.catalog.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.people.models import User
from learning.progress.flows import finish_reading
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.learning import enroll_malee, lessons_of, read_everything, sit_test
from tests.factories.organizations import make_membership
from tests.factories.threads import at_once

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@pytest.fixture
def no_printing(monkeypatch: pytest.MonkeyPatch) -> None:
    """These are about rows; the printer silences warnings for the whole process, which threads would undo."""
    monkeypatch.setattr("certification.flows.issuing.render_certificate.delay", lambda certificate_id: None)


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_the_last_lesson_completes_the_course_and_issues_the_certificate(cast: Cast, course: CoursePage) -> None:
    enrollment = enroll_malee(cast, course)
    sit_test(enrollment, by=cast.malee)
    enrollment.refresh_from_db()
    assert (enrollment.state, Certificate.objects.count()) == ("active", 0)
    read_everything(enrollment, by=cast.malee)
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.completed_at) == ("completed", NOON)
    assert enrollment.certificate == Certificate.objects.get()
    assert ModelLogEntry.objects.filter(action="enrollments.complete").count() == 1


@pytest.mark.django_db
def test_by_the_rule_of_tests_only_the_test_alone_completes(cast: Cast, academy: Any) -> None:
    enrollment = enroll_malee(cast, make_course(pass_rule="tests"))
    sit_test(enrollment, by=cast.malee)
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.certificate is not None) == ("completed", True)


@pytest.mark.django_db
def test_by_the_rule_of_tests_reading_alone_does_not_complete(cast: Cast, academy: Any) -> None:
    enrollment = enroll_malee(cast, make_course(pass_rule="tests"))
    read_everything(enrollment, by=cast.malee)
    enrollment.refresh_from_db()
    assert enrollment.state == "active"


@pytest.mark.django_db
def test_a_course_without_a_certificate_completes_too(malee: Client, cast: Cast) -> None:
    enrollment = enroll_malee(cast, make_course(quiz=None, certificate_design=None))
    assert malee.post("/courses/control/lesson-1/done/")["Location"] == "/courses/control/lesson-2/"
    assert malee.post("/courses/control/lesson-2/done/")["Location"] == reverse("desk:home")
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.certificate) == ("completed", None)


@pytest.mark.django_db
def test_what_is_done_after_completing_issues_nothing_more(malee: Client, cast: Cast) -> None:
    enroll_malee(cast, make_course(quiz=None))
    for slug in ("lesson-1", "lesson-2", "lesson-2", "lesson-1"):
        malee.post(f"/courses/control/{slug}/done/")
    assert Certificate.objects.count() == 1
    assert ModelLogEntry.objects.filter(action="enrollments.complete").count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_last_lessons_finished_at_once_make_one_certificate(cast: Cast, academy: Any, no_printing: None) -> None:
    course = make_course(lessons=2, quiz=None)
    enrollment = enroll_malee(cast, course)
    ended = at_once(
        *[
            lambda lesson=lesson: finish_reading(enrollment, lesson, by=cast.malee)
            for lesson in lessons_of(course)
            for _ in range(2)
        ]
    )
    assert ended == [None] * 4
    enrollment.refresh_from_db()
    assert (enrollment.state, Certificate.objects.count()) == ("completed", 1)
    assert enrollment.certificate == Certificate.objects.get()


@pytest.mark.django_db(transaction=True)
def test_six_people_who_complete_at_once_get_six_numbers_without_a_gap(
    cast: Cast, academy: Any, no_printing: None
) -> None:
    course = make_course(lessons=1, quiz=None)
    (lesson,) = lessons_of(course)
    organization = cast.board_seat.organization
    learners = [User.objects.create_user(f"learner-{n}", first_name=f"ผู้เรียน {n}") for n in range(6)]
    rows = [
        Enrollment.objects.create(
            user=person,
            course=course,
            organization=organization,
            position=make_membership(person, organization).position,
            province=organization.province,
        )
        for person in learners
    ]
    ended = at_once(*[lambda row=row: finish_reading(row, lesson, by=row.user) for row in rows])
    assert ended == [None] * 6
    assert sorted(Certificate.objects.values_list("running_number", flat=True)) == [1, 2, 3, 4, 5, 6]

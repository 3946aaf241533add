"""The first page after signing in: what is next, what I learn, what I have earned."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification.models import Certificate
from courses.catalog.models import CoursePage
from learning.enrollments.flows import enroll, withdraw
from learning.people.models import User
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.certificates import recorded, registered
from tests.factories.learned import revoked
from tests.factories.learning import enroll_malee, read_everything, sit_test

pytestmark = pytest.mark.django_db
DESK = "/my/"


def titles(courses: Any) -> list[str]:
    return [course.slug for course in courses]


def test_a_new_person_without_an_organization_is_led_to_find_it(client: Client, course: CoursePage) -> None:
    client.force_login(User.objects.create_user("somsri", first_name="สมศรี"))
    page = client.get(DESK)
    text = page.content.decode()
    assert (page.status_code, page.context["next_step"], page.context["memberships"]) == (200, None, [])
    assert 'data-action="find"' in text
    assert 'data-action="continue"' not in text


def test_who_only_works_here_is_led_to_their_area(client: Client, cast: Cast) -> None:
    client.force_login(cast.somchai)
    answer = client.get(DESK)
    assert (answer.status_code, answer["Location"]) == (302, "/office/")


def test_an_officer_who_learns_finds_the_way_to_their_area_on_the_desk(client: Client, cast: Cast) -> None:
    cast.board_seat.__class__.objects.create(
        user=cast.somchai, organization=cast.board_seat.organization, position="member"
    )
    client.force_login(cast.somchai)
    assert 'href="/office/" data-action="office"' in client.get(DESK).content.decode()


def test_a_new_person_with_an_organization_is_led_to_the_catalog(malee: Client, course: CoursePage) -> None:
    page = malee.get(DESK)
    text = page.content.decode()
    assert ('data-action="catalog"' in text, 'data-action="find"' in text) == (True, False)
    assert titles(page.context["suggested"]) == ["control"]
    assert len(page.context["memberships"]) == 2


def test_who_learns_sees_the_next_step_and_how_far_they_are(malee: Client, cast: Cast, course: CoursePage) -> None:
    enrollment = enroll_malee(cast, course)
    malee.post("/courses/control/lesson-1/done/")
    page = malee.get(DESK)
    step = page.context["next_step"]
    assert (step.enrollment, step.percent, step.minutes_left) == (enrollment, 33, 40)
    assert step.next_lesson.path == "control/lesson-2"
    text = page.content.decode()
    assert 'href="/my/courses/control/continue/" data-action="continue"' in text
    assert f'action="/enrollments/{enrollment.pk}/withdraw/"' in text
    assert "data-certificates" not in text
    assert page.context["suggested"] == [], "what one learns is not suggested"


def test_the_newest_enrollment_is_the_next_step_and_all_are_listed(
    malee: Client, cast: Cast, course: CoursePage
) -> None:
    first = enroll_malee(cast, course)
    second = enroll(make_course("ledger"), membership=cast.board_seat, by=cast.malee)
    page = malee.get(DESK)
    assert [item.enrollment for item in page.context["active"]] == [second, first]
    assert page.context["next_step"].enrollment == second
    assert f'data-enrollment="{first.pk}"' in page.content.decode()


def test_a_certificate_is_waiting_until_its_file_is_there(
    malee: Client, cast: Cast, course: CoursePage, django_capture_on_commit_callbacks: Any
) -> None:
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    with django_capture_on_commit_callbacks() as after_commit:
        sit_test(enrollment, by=cast.malee)
    certificate = Certificate.objects.get()
    waiting = malee.get(DESK).content.decode()
    assert f'data-certificate="{certificate.code}" data-waiting' in waiting
    assert 'data-action="certificate"' not in waiting
    assert malee.get(reverse("certification:download", args=[certificate.code])).status_code == 202
    for callback in after_commit:
        callback()
    ready = malee.get(DESK)
    assert "data-waiting" not in ready.content.decode()
    assert f'href="/certificates/{certificate.code}/file/" data-action="certificate"' in ready.content.decode()
    assert [item.enrollment for item in ready.context["completed"]] == [enrollment]
    assert (ready.context["active"], ready.context["next_step"]) == ([], None)


def test_what_never_gets_a_file_does_not_say_that_it_is_being_made(malee: Client, cast: Cast, academy: Any) -> None:
    """Revoked before its file came; recorded from paper."""
    registered(1, holder=cast.malee, **revoked())
    recorded(holder=cast.malee)
    page = malee.get(DESK)
    assert len(page.context["certificates"]) == 2
    assert "data-waiting" not in page.content.decode()


def test_a_certificate_stays_when_its_course_is_unpublished(malee: Client, cast: Cast, course: CoursePage) -> None:
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    CoursePage.objects.get().unpublish()
    page = malee.get(DESK)
    assert (len(page.context["certificates"]), len(page.context["completed"])) == (1, 1)


def test_a_course_that_was_left_is_not_on_the_desk(malee: Client, cast: Cast, course: CoursePage) -> None:
    withdraw(enroll_malee(cast, course), by=cast.malee)
    page = malee.get(DESK)
    assert (page.context["active"], page.context["completed"]) == ([], [])
    assert titles(page.context["suggested"]) == ["control"]


def test_no_more_than_three_courses_are_suggested_and_none_without_lessons(malee: Client, cast: Cast) -> None:
    make_course("empty", lessons=0, quiz=None)
    for number in range(4):
        make_course(f"course-{number}", lessons=1, quiz=None)
    assert titles(malee.get(DESK).context["suggested"]) == ["course-0", "course-1", "course-2"]


def test_the_desk_of_one_person_tells_nothing_of_another(client: Client, cast: Cast, course: CoursePage) -> None:
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    client.force_login(cast.krit)
    page = client.get(DESK)
    assert (page.context["active"], page.context["completed"], page.context["certificates"]) == ([], [], [])
    assert Certificate.objects.get().number not in page.content.decode()


def test_the_desk_is_kept_by_no_cache_between_and_needs_an_account(malee: Client) -> None:
    assert malee.get(DESK)["Cache-Control"] == "private, no-cache"
    assert Client().get(DESK)["Location"] == f"{reverse('account_login')}?next={DESK}"

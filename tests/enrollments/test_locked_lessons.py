"""A lesson opens to those enrolled and to authors, by whichever address it is asked for."""

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from courses.catalog.models import CourseIndexPage, CoursePage
from learning.enrollments.models import Enrollment
from tests.cast import Cast
from tests.factories.catalog import make_course, make_lesson
from tests.factories.learning import enroll_malee, read_everything, sit_test

pytestmark = pytest.mark.django_db
LESSON, SECRET = "/courses/control/lesson-1/", "นับเงินสดทุกสิ้นวัน"


@pytest.fixture(params=[False, True], ids=["our address", "the address in the page tree"])
def lesson(request: pytest.FixtureRequest, course: CoursePage) -> str:
    """The same lesson by the fast address, and by one that only Wagtail knows."""
    if not request.param:
        return LESSON
    index = CourseIndexPage.objects.get()
    index.slug = "learn"
    index.save()
    Site.clear_site_root_paths_cache()
    return "/learn/control/lesson-1/"


def test_a_stranger_signs_in_first_and_comes_back(client: Client, lesson: str) -> None:
    response = client.get(lesson)
    assert (response.status_code, response["Location"]) == (302, f"{reverse('account_login')}?next={lesson}")


def test_an_outsider_gets_the_page_with_the_way_to_enroll_and_not_a_word_of_the_lesson(
    client: Client, cast: Cast, lesson: str
) -> None:
    client.force_login(cast.krit)
    page = client.get(lesson)
    assert (page.status_code, page.templates[0].name) == (403, "enrollments/locked.html")
    assert 'href="/enroll/control/"' in page.content.decode()
    assert SECRET not in page.content.decode()


def test_who_is_enrolled_reads_with_their_own_progress(
    malee: Client, cast: Cast, course: CoursePage, lesson: str
) -> None:
    enroll_malee(cast, course)
    page = malee.get(lesson).content.decode()
    assert SECRET in page
    assert 'data-action="finish"' in page


def test_an_author_reads_without_enrolling_and_leaves_no_trace(client: Client, cast: Cast, lesson: str) -> None:
    client.force_login(cast.wipa)
    page = client.get(lesson)
    assert page.status_code == 200
    assert SECRET in page.content.decode()
    assert Enrollment.objects.count() == 0


def test_who_has_completed_the_course_reads_again(malee: Client, cast: Cast, course: CoursePage, lesson: str) -> None:
    enrollment = enroll_malee(cast, course)
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    assert malee.get(lesson).status_code == 200


@pytest.mark.parametrize("state", ["lapsed", "withdrawn"])
def test_whose_enrollment_has_ended_reads_no_longer(
    malee: Client, cast: Cast, course: CoursePage, lesson: str, state: str
) -> None:
    Enrollment.objects.filter(pk=enroll_malee(cast, course).pk).update(state=state)
    assert malee.get(lesson).status_code == 403


def test_enrolling_in_one_course_opens_no_other(malee: Client, cast: Cast, course: CoursePage) -> None:
    make_course("ledger")
    enroll_malee(cast, course)
    assert malee.get("/courses/ledger/lesson-1/").status_code == 403


def test_where_enrollment_is_closed_the_page_offers_other_courses_and_no_button(
    client: Client, cast: Cast, course: CoursePage
) -> None:
    CoursePage.objects.filter(pk=course.pk).update(enrollment_closes_on="2020-01-01")
    client.force_login(cast.krit)
    page = client.get(LESSON)
    assert (page.status_code, page.context["is_open"]) == (403, False)
    assert "/enroll/control/" not in page.content.decode()
    assert 'href="/courses/"' in page.content.decode()


def test_a_lesson_published_a_moment_ago_is_locked_too(client: Client, cast: Cast, course: CoursePage) -> None:
    make_lesson(course, "new-lesson")
    client.force_login(cast.krit)
    assert client.get("/courses/control/new-lesson/").status_code == 403


def test_the_lessons_of_a_course_never_published_tell_nobody_its_name(
    client: Client, cast: Cast, course: CoursePage
) -> None:
    CoursePage.objects.filter(pk=course.pk).update(live=False, first_published_at=None, title="ร่างลับ")
    client.force_login(cast.krit)
    tried = [client.get(LESSON), client.post(f"{LESSON}done/"), client.get("/tests/control/final-test/")]
    assert [response.status_code for response in tried] == [404, 404, 404]
    assert [response for response in tried if "ร่างลับ" in response.content.decode()] == []


def test_a_lesson_that_does_not_exist_is_not_found(malee: Client, course: CoursePage) -> None:
    assert malee.get("/courses/control/nothing/").status_code == 404
    assert malee.get("/courses/nothing/lesson-1/").status_code == 404
    assert malee.post("/courses/control/nothing/done/").status_code == 404

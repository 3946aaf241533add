"""A lesson, a course and the catalog cost the same number of queries with 3 or 300 of anything."""

from typing import Any

import pytest
from django.test import Client

from courses.catalog.memory import forget
from courses.catalog.models import CoursePage
from learning.enrollments.models import Enrollment
from learning.people.models import User
from learning.progress.flows import complete_workshop_lessons
from learning.progress.models import LessonCompletion
from learning.progress.queries import lessons_left_before_workshop
from tests.cast import Cast
from tests.factories.catalog import make_lesson
from tests.factories.learning import enroll_malee, lessons_of
from tests.factories.many import make_many_courses, make_many_lessons

pytestmark = pytest.mark.django_db
Count = Any
LESSON = "/courses/control/lesson-1/"
MANY = pytest.mark.parametrize("count", [3, 300])


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    return enroll_malee(cast, course)


def fill(enrollment: Enrollment, count: int) -> None:
    """That many lessons, all done, that many courses, and that many people enrolled beside malee."""
    make_many_lessons(enrollment.course, count)
    LessonCompletion.objects.bulk_create(
        LessonCompletion(enrollment=enrollment, lesson=lesson) for lesson in lessons_of(enrollment.course)[3:]
    )
    make_many_courses(count)
    people = User.objects.bulk_create(User(username=f"learner-{n}", first_name="ผู้เรียน") for n in range(count))
    Enrollment.objects.bulk_create(
        Enrollment(
            user=person,
            course=enrollment.course,
            organization=enrollment.organization,
            position="member",
            province=enrollment.province,
        )
        for person in people
    )


@MANY
def test_a_lesson_page_costs_three_queries(
    malee: Client, enrollment: Enrollment, django_assert_num_queries: Count, count: int
) -> None:
    fill(enrollment, count)
    # the first reader of this process: + the text, the list of lessons, and remembering the place
    with django_assert_num_queries(6):
        malee.get(LESSON)
    # session · person · the lesson with the enrollment and what is done
    with django_assert_num_queries(3):
        page = malee.get(LESSON)
    assert page.content.decode().count("<li") >= count
    assert page.content.decode().count('class="done"') == count


@MANY
def test_the_page_of_a_workshop_lesson_and_its_completion_cost_the_same(
    malee: Client, cast: Cast, enrollment: Enrollment, django_assert_num_queries: Count, count: int
) -> None:
    fill(enrollment, count)
    make_lesson(enrollment.course, "workshop", needs_workshop=True)
    malee.get("/courses/control/workshop/")
    with django_assert_num_queries(3):  # session · person · the lesson with the enrollment and what is done
        malee.get("/courses/control/workshop/")
    course = CoursePage.objects.select_related("outline").get(pk=enrollment.course_id)
    with django_assert_num_queries(2):  # enrollment · what is done
        assert len(lessons_left_before_workshop(cast.malee, course)) == 3
    # one transaction (2) · enrollment · locking it · what is done, before and after · writing it
    with django_assert_num_queries(7):
        assert complete_workshop_lessons(cast.malee, course, by=cast.wipa) == 1


@MANY
def test_finishing_a_lesson_costs_the_same(
    malee: Client, enrollment: Enrollment, django_assert_num_queries: Count, count: int
) -> None:
    fill(enrollment, count)
    malee.get(LESSON)
    forget()
    # session · person · lesson by its slug · its course (as a page, as a course) · enrollment · two transactions (4)
    # · locking the enrollment · writing it unless it is done already · the list of lessons · what is done
    # · the enrollment again · the next lesson (its address, its text)
    with django_assert_num_queries(17):
        assert malee.post(f"{LESSON}done/").status_code == 302


@MANY
def test_the_panel_of_a_course_costs_six_queries(
    malee: Client, enrollment: Enrollment, django_assert_num_queries: Count, count: int
) -> None:
    fill(enrollment, count)
    malee.get(LESSON)
    with django_assert_num_queries(6):  # course · session · person · enrollment · version of the list · what is done
        malee.get(f"/my/courses/{enrollment.course_id}/panel/")


@MANY
def test_a_course_page_costs_twelve_queries_for_everybody(
    enrollment: Enrollment, django_assert_num_queries: Count, count: int
) -> None:
    fill(enrollment, count)
    stranger = Client()
    stranger.get("/courses/control/")
    forget()
    # site · root of the site · catalog · course (as a page, as a course, twice by its slug) · ancestors
    # · who may see it · version of the list · list of lessons · audiences · recommended courses
    with django_assert_num_queries(12):
        page = stranger.get("/courses/control/")
    assert page.content.decode().count("data-lesson=") == count + 3


@MANY
def test_the_catalog_costs_eleven_queries(enrollment: Enrollment, django_assert_num_queries: Count, count: int) -> None:
    fill(enrollment, count)
    stranger = Client()
    # site · root of the site · catalog (as a page, as a catalog) · ancestors · who may see it · private pages
    # · how many · one page of courses · audiences · covers in their small size
    with django_assert_num_queries(11):
        page = stranger.get("/courses/")
    assert page.content.decode().count('class="course-card"') == min(count + 1, 12)
    assert page.content.decode().count("<img") >= min(count, 11)


@MANY
def test_the_second_page_of_the_catalog_costs_no_more(
    enrollment: Enrollment, django_assert_num_queries: Count, count: int
) -> None:
    fill(enrollment, count)
    stranger = Client()
    with django_assert_num_queries(11):
        stranger.get("/courses/?topic=law&page=2")

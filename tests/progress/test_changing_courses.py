"""Authors change courses while people are in them: nothing that was learnt is lost, and nobody is stuck."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from certification.models import Certificate
from courses.catalog.models import CoursePage, LessonPage
from learning.enrollments.models import Enrollment
from learning.progress.models import LessonCompletion
from learning.progress.queries import progress_of
from learning.sittings.flows import open_sitting
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.catalog import make_lesson
from tests.factories.learning import enroll_malee, lessons_of, read_everything, sit_test
from tests.factories.sittings import right_values

pytestmark = pytest.mark.django_db
LESSON, RESUME = "/courses/control/lesson-1/", "/my/courses/control/continue/"


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    return enroll_malee(cast, course)


def lesson(slug: str) -> LessonPage:
    return LessonPage.objects.get(slug=slug)


def again(enrollment: Enrollment) -> Enrollment:
    return Enrollment.objects.select_related("course__outline").get(pk=enrollment.pk)


def test_a_new_lesson_is_left_for_who_is_half_way(cast: Cast, enrollment: Enrollment) -> None:
    read_everything(enrollment, by=cast.malee)
    make_lesson(enrollment.course, "new-law", minutes=30)
    progress = progress_of(again(enrollment))
    assert [left.path for left in progress.left] == ["control/final-test", "control/new-law"]
    assert (progress.percent, progress.minutes_left) == (50, 50)
    sit_test(enrollment, by=cast.malee)
    assert again(enrollment).state == "active"


def test_a_new_lesson_takes_nothing_from_who_has_completed(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    make_lesson(enrollment.course, "new-law")
    assert malee.get("/courses/control/new-law/").status_code == 200
    malee.post("/courses/control/new-law/done/")
    assert (again(enrollment).state, Certificate.objects.count()) == ("completed", 1)


def test_an_unpublished_lesson_is_gone_with_a_way_on_and_the_rest_is_open(
    malee: Client, enrollment: Enrollment
) -> None:
    malee.post(f"{LESSON}done/")
    lesson("lesson-1").unpublish()
    page = malee.get(LESSON)
    assert (page.status_code, page.templates[0].name) == (410, "progress/unpublished.html")
    assert f'href="{RESUME}"' in page.content.decode()
    assert malee.get(RESUME)["Location"] == "/courses/control/lesson-2/"
    assert LessonCompletion.objects.count() == 1, "what was done in it stays"


def test_the_count_of_done_lessons_speaks_of_lessons_that_are_there(malee: Client, enrollment: Enrollment) -> None:
    for slug in ("lesson-1", "lesson-2"):
        malee.post(f"/courses/control/{slug}/done/")
    lesson("lesson-1").unpublish()
    assert '<progress class="progress" value="1" max="2"' in malee.get("/courses/control/lesson-2/").content.decode()


def test_an_unpublished_lesson_is_not_found_by_who_is_not_enrolled(
    client: Client, cast: Cast, course: CoursePage
) -> None:
    lesson("lesson-1").unpublish()
    client.force_login(cast.krit)
    assert client.get(LESSON).status_code == 404


def test_when_the_only_lesson_left_is_unpublished_going_on_completes_the_course(
    malee: Client, cast: Cast, enrollment: Enrollment
) -> None:
    """Nothing is left to press, so "continue" itself completes."""
    malee.post(f"{LESSON}done/")
    sit_test(enrollment, by=cast.malee)
    lesson("lesson-2").unpublish()
    assert malee.get(RESUME)["Location"] == reverse("desk:home")
    assert (again(enrollment).state, Certificate.objects.count()) == ("completed", 1)
    malee.get(RESUME)
    assert Certificate.objects.count() == 1


@pytest.mark.parametrize("with_lessons", [False, True], ids=["the course alone", "with its lessons"])
def test_an_unpublished_course_is_gone_for_who_is_in_it_and_nothing_is_lost(
    malee: Client, enrollment: Enrollment, with_lessons: bool
) -> None:
    malee.post(f"{LESSON}done/")
    course = CoursePage.objects.get()
    course.unpublish()
    if with_lessons:
        for page in lessons_of(course):
            page.unpublish()
    pages = [malee.get(address) for address in (LESSON, RESUME, "/tests/control/final-test/")]
    assert [page.status_code for page in pages] == [410, 410, 410]
    assert {page.templates[0].name for page in pages} == {"progress/unpublished.html"}
    assert malee.get("/my/").status_code == 200
    assert LessonCompletion.objects.count() == 1
    course = CoursePage.objects.get()
    course.save_revision().publish()
    for page in lessons_of(course):
        page.save_revision().publish()
    assert malee.get(RESUME)["Location"] == "/courses/control/lesson-2/"


def test_an_unpublished_course_is_gone_by_the_address_in_the_page_tree_too(
    malee: Client, cast: Cast, enrollment: Enrollment
) -> None:
    CoursePage.objects.get().unpublish()
    index = enrollment.course.get_parent()
    index.slug = "learn"
    index.save()
    assert malee.get("/learn/control/lesson-1/").status_code == 410


def test_a_test_that_was_open_can_still_be_handed_in(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    read_everything(enrollment, by=cast.malee)
    sitting = open_sitting(enrollment, lesson("final-test"), by=cast.malee)
    course = CoursePage.objects.get()
    course.unpublish()
    for page in lessons_of(course):
        page.unpublish()
    address = f"/sittings/{sitting.pk}/"
    assert malee.get(address).status_code == 200
    answers = {f"q{r.position}": right_values(r) for r in sitting.responses.select_related("question")}
    assert malee.post(f"{address}submit/", answers)["Location"] == f"{address}result/"
    assert malee.get(f"{address}result/").status_code == 200
    assert Sitting.objects.get().passed is True
    assert again(enrollment).state == "active", "the list of lessons is empty: nothing can be complete"
    course = CoursePage.objects.get()
    course.save_revision().publish()
    for page in lessons_of(course):
        page.save_revision().publish()
    assert malee.get(RESUME)["Location"] == reverse("desk:home")
    assert again(enrollment).state == "completed"


def test_no_new_attempt_begins_at_a_test_that_is_unpublished(malee: Client, enrollment: Enrollment) -> None:
    lesson("final-test").unpublish()
    assert malee.get("/tests/control/final-test/").status_code == 410
    assert malee.post("/tests/control/final-test/").status_code == 410
    assert Sitting.objects.count() == 0


def test_a_renamed_course_is_read_at_its_new_address(
    malee: Client, enrollment: Enrollment, django_capture_on_commit_callbacks: Any
) -> None:
    course = CoursePage.objects.get()
    course.slug = "internal-control"
    with django_capture_on_commit_callbacks(execute=True):
        course.save_revision().publish()
    assert malee.get("/my/courses/internal-control/continue/")["Location"] == "/courses/internal-control/lesson-1/"
    assert malee.get("/courses/internal-control/lesson-1/").status_code == 200


def test_a_course_that_is_unpublished_disappears_from_the_catalog_and_from_its_own_page(
    client: Client, course: CoursePage
) -> None:
    course.unpublish()
    assert client.get("/courses/control/").status_code == 404
    assert client.get(reverse("progress:panel", args=[course.pk])).status_code == 404

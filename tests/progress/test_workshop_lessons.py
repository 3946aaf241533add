"""A blended course: some lessons are done by attending a workshop, and by nothing else."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from courses.catalog.models import CoursePage, LessonPage
from learning.enrollments.flows import enroll, lapse, withdraw
from learning.enrollments.models import Enrollment
from learning.organizations.models import Membership
from learning.people.models import User
from learning.progress.flows import complete_workshop_lessons, finish_reading
from learning.progress.models import LessonCompletion
from learning.progress.queries import lessons_left_before_workshop, progress_of
from tests.cast import Cast
from tests.factories.catalog import make_course, make_lesson
from tests.factories.learning import enroll_malee, lessons_of, read_everything, sit_test
from tests.factories.quizzes import make_quiz
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db
WORKSHOP, FIND = "/courses/control/workshop/", "/workshops/?course=control"


@pytest.fixture
def course(academy: Any) -> CoursePage:
    """Two lessons to read, a workshop, one more lesson, and the test."""
    return make_blended()


def make_blended(**fields: Any) -> CoursePage:
    course = make_course(quiz=None, **fields)
    make_lesson(course, "workshop", title="อบรมหนึ่งวัน", minutes=360, needs_workshop=True)
    make_lesson(course, "lesson-3", title="หลังอบรม")
    make_lesson(course, "final-test", body=[("quiz", {"quiz": make_quiz()})])
    return CoursePage.objects.get(pk=course.pk)


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    return enroll_malee(cast, course)


def done(enrollment: Enrollment) -> list[str]:
    rows = LessonCompletion.objects.filter(enrollment=enrollment).order_by("lesson__path")
    return list(rows.values_list("lesson__slug", flat=True))


def left(user: User | AnonymousUser, course: CoursePage) -> list[str]:
    return [line.path for line in lessons_left_before_workshop(user, course)]


# --- reading -------------------------------------------------------------------------------------
def test_reading_does_not_finish_it_and_the_refusal_leads_to_the_workshops(
    malee: Client, enrollment: Enrollment
) -> None:
    response = malee.post(f"{WORKSHOP}done/")
    assert (response.status_code, response.context["refusal"].way_on) == (409, FIND)
    assert FIND in response.content.decode()
    assert done(enrollment) == []


def test_its_page_offers_a_workshop_where_others_say_i_have_read_it(malee: Client, enrollment: Enrollment) -> None:
    page = malee.get(WORKSHOP).content.decode()
    assert [word in page for word in ('data-action="workshop"', 'data-action="finish"', "done/")] == [
        True,
        False,
        False,
    ]
    soup = BeautifulSoup(page, "html.parser")
    assert soup.select_one("[data-action=workshop]")["href"] == FIND
    assert soup.select_one(".lesson-head .done-remark svg") is not None
    other = malee.get("/courses/control/lesson-1/").content.decode()
    assert ['data-action="workshop"' in other, 'data-action="finish"' in other] == [False, True]


def test_the_list_of_lessons_marks_it(malee: Client, enrollment: Enrollment) -> None:
    soup = BeautifulSoup(malee.get("/courses/control/lesson-1/").content, "html.parser")
    badges = [[badge["class"][-1] for badge in line.select(".badge")] for line in soup.select(".lesson-list li")]
    assert badges == [[], [], ["badge-primary"], [], ["badge-accent"]]
    assert len(soup.select(".lesson-list .badge-primary svg")) == 1


def test_who_has_attended_goes_on_and_who_has_not_still_finds_the_way(
    malee: Client, cast: Cast, course: CoursePage, enrollment: Enrollment
) -> None:
    """The page is printed once for each state, so both must be asked of one process."""
    enroll(course, membership=Membership.objects.get(user=cast.krit), by=cast.krit)
    krit = Client()
    krit.force_login(cast.krit)
    complete_workshop_lessons(cast.malee, course, by=cast.wipa)
    hers, his = malee.get(WORKSHOP).content.decode(), krit.get(WORKSHOP).content.decode()
    actions = [f'data-action="{name}"' for name in ("next", "workshop")]
    assert [[action in page for action in actions] for page in (hers, his)] == [[True, False], [False, True]]
    assert (hers.count('class="done"'), his.count('class="done"')) == (1, 0)


def test_it_is_the_next_step_when_nothing_else_is_left(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    assert malee.get("/my/courses/control/continue/")["Location"] == WORKSHOP
    progress = progress_of(enrollment)
    assert ([line.path for line in progress.left], progress.percent) == (["control/workshop"], 80)


def test_having_looked_at_it_holds_nobody_there(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    malee.get(WORKSHOP)
    assert malee.get("/my/courses/control/continue/")["Location"] == "/courses/control/lesson-1/"
    for lesson in lessons_of(enrollment.course)[:2]:
        finish_reading(enrollment, lesson, by=cast.malee)
    assert malee.get("/my/courses/control/continue/")["Location"] == WORKSHOP
    malee.get("/courses/control/lesson-3/")
    assert malee.get("/my/courses/control/continue/")["Location"] == "/courses/control/lesson-3/"


# --- attending -----------------------------------------------------------------------------------
def test_attending_completes_every_lesson_of_a_workshop_once(
    cast: Cast, course: CoursePage, enrollment: Enrollment
) -> None:
    make_lesson(course, "second-workshop", needs_workshop=True)
    course = CoursePage.objects.get(pk=course.pk)
    assert [complete_workshop_lessons(cast.malee, course, by=cast.wipa) for _ in range(3)] == [2, 0, 0]
    assert done(enrollment) == ["workshop", "second-workshop"]


def test_the_last_one_completes_the_course_with_its_certificate(cast: Cast, enrollment: Enrollment) -> None:
    read_everything(enrollment, by=cast.malee)
    sit_test(enrollment, by=cast.malee)
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.certificate) == ("active", None)
    assert complete_workshop_lessons(cast.malee, enrollment.course, by=cast.wipa) == 1
    enrollment.refresh_from_db()
    assert (enrollment.state, enrollment.certificate is None) == ("completed", False)
    certificate = enrollment.certificate
    assert complete_workshop_lessons(cast.malee, enrollment.course, by=cast.wipa) == 0
    enrollment.refresh_from_db()
    assert enrollment.certificate == certificate


def test_by_the_rule_of_tests_only_it_counts_as_well(cast: Cast, academy: Any) -> None:
    enrollment = enroll_malee(cast, make_blended(pass_rule="tests"))
    sit_test(enrollment, by=cast.malee)
    enrollment.refresh_from_db()
    assert enrollment.state == "active"
    complete_workshop_lessons(cast.malee, enrollment.course, by=cast.wipa)
    enrollment.refresh_from_db()
    assert (enrollment.state, done(enrollment)) == ("completed", ["workshop", "final-test"])


def test_who_is_not_enrolled_completes_nothing(cast: Cast, course: CoursePage, enrollment: Enrollment) -> None:
    assert complete_workshop_lessons(cast.krit, course, by=cast.wipa) == 0
    withdraw(enrollment, by=cast.malee)
    assert complete_workshop_lessons(cast.malee, course, by=cast.wipa) == 0
    assert LessonCompletion.objects.count() == 0


def test_a_lapsed_enrollment_keeps_what_was_attended_and_stays_lapsed(
    cast: Cast, course: CoursePage, enrollment: Enrollment
) -> None:
    lapse(enrollment, by=cast.somchai)
    assert complete_workshop_lessons(cast.malee, course, by=cast.wipa) == 1
    enrollment.refresh_from_db()
    assert (enrollment.state, done(enrollment)) == ("lapsed", ["workshop"])


def test_other_courses_and_lessons_off_the_shelf_are_left_alone(
    cast: Cast, course: CoursePage, enrollment: Enrollment
) -> None:
    other = make_course("ledger", quiz=None)
    make_lesson(other, "workshop", needs_workshop=True)
    second = enroll_malee(cast, CoursePage.objects.get(pk=other.pk))
    LessonPage.objects.get(slug="workshop", path__startswith=course.path).unpublish()
    course = CoursePage.objects.get(pk=course.pk)
    assert complete_workshop_lessons(cast.malee, course, by=cast.wipa) == 0
    assert (done(enrollment), done(second)) == ([], [])


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_complete_it_once(cast: Cast, course: CoursePage, enrollment: Enrollment) -> None:
    officers = (cast.wipa, cast.somchai)
    counts = at_once(*[lambda by=by: complete_workshop_lessons(cast.malee, course, by=by) for by in officers])
    assert sorted(counts) == [0, 1]
    assert done(enrollment) == ["workshop"]


# --- lessons first -------------------------------------------------------------------------------
def test_what_stands_before_the_workshop_is_left_until_it_is_done(
    cast: Cast, course: CoursePage, enrollment: Enrollment
) -> None:
    assert left(cast.malee, course) == ["control/lesson-1", "control/lesson-2"]
    finish_reading(enrollment, lessons_of(course)[1], by=cast.malee)
    assert left(cast.malee, course) == ["control/lesson-1"]
    finish_reading(enrollment, lessons_of(course)[0], by=cast.malee)
    assert left(cast.malee, course) == []


def test_for_who_is_not_enrolled_all_of_it_is_left(cast: Cast, course: CoursePage, enrollment: Enrollment) -> None:
    finish_reading(enrollment, lessons_of(course)[0], by=cast.malee)
    assert left(cast.krit, course) == left(AnonymousUser(), course) == ["control/lesson-1", "control/lesson-2"]


def test_a_workshop_at_the_beginning_waits_for_nothing(cast: Cast, course: CoursePage) -> None:
    LessonPage.objects.get(slug="workshop").move(CoursePage.objects.get(pk=course.pk), pos="first-child")
    assert left(cast.malee, CoursePage.objects.get(pk=course.pk)) == []


def test_a_course_without_a_workshop_lesson_asks_for_all_of_it(cast: Cast, academy: Any) -> None:
    assert left(cast.malee, make_course("ledger")) == ["ledger/lesson-1", "ledger/lesson-2", "ledger/final-test"]

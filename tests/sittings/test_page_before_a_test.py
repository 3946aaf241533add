"""The page before a test tells what is so now: time that has run out, a pass at another lesson."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from courses.catalog.models import LessonPage
from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.progress.models import LessonCompletion
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.sittings import filled_form

pytestmark = pytest.mark.django_db
Begin = Callable[..., Sitting]
BEGUN = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
START = "/tests/control/final-test/"


@pytest.mark.parametrize("settings", [{"wait_minutes": 60}, {"attempts_allowed": 1}])
def test_a_test_whose_time_has_run_out_is_not_offered_to_be_gone_on_with(
    cast: Cast, malee: Client, begin: Begin, settings: dict[str, int]
) -> None:
    with time_machine.travel(BEGUN, tick=False) as clock:
        malee.force_login(cast.malee)
        sitting = begin(time_limit_minutes=20, **settings)
        clock.move_to(BEGUN + timedelta(minutes=19))
        assert 'data-action="begin"' in malee.get(START).content.decode()
        clock.move_to(BEGUN + timedelta(minutes=30))
        assert malee.post(START).status_code == 409
        page = malee.get(START)
    sitting.refresh_from_db()
    assert (page.context["open_sitting"], sitting.state, sitting.closed_by_clock) == (None, "graded", True)
    assert 'data-action="begin"' not in page.content.decode()


@pytest.fixture
def moved(lesson: LessonPage, quiz: Quiz) -> LessonPage:
    """Another lesson of the course that holds the same test."""
    other = LessonPage.objects.get(slug="lesson-1")
    LessonPage.objects.filter(pk=other.pk).update(quiz=quiz)
    return other


def done(enrollment: Enrollment) -> set[str]:
    return set(LessonCompletion.objects.filter(enrollment=enrollment).values_list("lesson__slug", flat=True))


def test_a_test_passed_at_one_lesson_is_passed_at_the_other_that_holds_it(
    malee: Client, enrollment: Enrollment, begin: Begin, moved: LessonPage
) -> None:
    sitting = begin()
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting))
    assert done(enrollment) == {"final-test"}
    page = malee.get("/tests/control/lesson-1/")
    assert page.context["passed_sitting"] == sitting
    assert done(enrollment) == {"final-test", "lesson-1"}


def test_a_test_failed_at_one_lesson_completes_neither(
    malee: Client, enrollment: Enrollment, begin: Begin, moved: LessonPage
) -> None:
    sitting = begin()
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting, right=0))
    malee.get("/tests/control/lesson-1/")
    assert done(enrollment) == set()

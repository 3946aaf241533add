"""A weak result leads to the lesson to read again, and one's subjects stand on a page of their own."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe

from courses.catalog.models import CoursePage, LessonPage
from courses.quizzes.models import Category, Quiz
from tests.browser.visitor import HEAVY, Visitor
from tests.cast import Cast
from tests.factories.learning import enroll_malee, sit_test

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("window", ["phone", "desktop"])
def test_from_a_weak_result_to_the_lesson_and_to_ones_own_subjects(
    visit: Callable[..., Visitor], cast: Cast, course: CoursePage, window: str
) -> None:
    lesson = LessonPage.objects.get(slug="lesson-1")
    lesson.topics.set(Category.objects.all())
    lesson.save()
    enrollment = enroll_malee(cast, course)
    for right in (False, True):
        sitting = sit_test(enrollment, by=cast.malee, right=right)
        if not right:
            failed = sitting
    malee = visit(window, by=cast.malee)
    malee.go(f"/sittings/{failed.pk}/result/")
    malee.follow(".weak-topics a", "/courses/control/lesson-1/")
    malee.go("/my/")
    malee.follow('[data-action="my-tests"]', "/my/tests/")
    assert malee.page.locator(".subject-list figcaption").count() == 1
    malee.follow(malee.page.locator(".pick-list a").first, f"/sittings/{sitting.pk}/result/")


def test_the_statistics_of_a_quiz_can_be_read_by_everybody(
    visit: Callable[..., Visitor], cast: Cast, course: CoursePage
) -> None:
    sit_test(enroll_malee(cast, course), by=cast.malee)
    quiz = Quiz.objects.get(uid="control-final")
    wipa = visit("desktop", by=cast.wipa)
    for width in (360, 1280):
        wipa.page.set_viewport_size({"width": width, "height": 900})
        wipa.page.goto(f"{wipa.address}/admin/quiz-statistics/{quiz.pk}/")
        assert wipa.page.evaluate("document.documentElement.scrollWidth") == width
        # The frame around is Wagtail's.
        found = Axe().run(wipa.page, context=".statistics").response["violations"]
        assert [rule["id"] for rule in found if rule["impact"] in HEAVY] == []

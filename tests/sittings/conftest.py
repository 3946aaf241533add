from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from courses.catalog.models import CoursePage, LessonPage
from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.sittings.flows import open_sitting
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.learning import enroll_malee

JSON = {"accept": "application/json"}


@pytest.fixture
def malee(client: Client, cast: Cast) -> Client:
    """Malee's browser, signed in."""
    client.force_login(cast.malee)
    return client


@pytest.fixture
def enrollment(cast: Cast, course: CoursePage) -> Enrollment:
    return enroll_malee(cast, course)


@pytest.fixture
def lesson(course: CoursePage) -> LessonPage:
    """The lesson that ends with the test."""
    return LessonPage.objects.get(slug="final-test")


@pytest.fixture
def quiz(lesson: LessonPage) -> Quiz:
    assert lesson.quiz is not None
    return lesson.quiz


@pytest.fixture
def begin(cast: Cast, enrollment: Enrollment, lesson: LessonPage) -> Callable[..., Sitting]:
    """Malee begins (or goes on with) the test, after its settings are changed as told."""

    def open_one(**settings: Any) -> Sitting:
        assert lesson.quiz_id is not None
        if settings:
            Quiz.objects.filter(pk=lesson.quiz_id).update(**settings)
        return open_sitting(enrollment, LessonPage.objects.get(pk=lesson.pk), by=cast.malee)

    return open_one


@pytest.fixture
def save(malee: Client) -> Callable[..., Any]:
    """Post one answer the way the page does."""

    def post(sitting: Sitting, position: int, answer: str | list[str], revision: int | str = 0) -> Any:
        return malee.post(
            f"/sittings/{sitting.pk}/answers/{position}/", {"answer": answer, "revision": revision}, headers=JSON
        )

    return post

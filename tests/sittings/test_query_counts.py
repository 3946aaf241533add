"""Sitting a test costs the same number of queries with 4 questions or 60, and after many attempts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.learning import sit_test
from tests.factories.quizzes import make_question, right_answer
from tests.factories.sittings import filled_form, open_free, sit_free

pytestmark = pytest.mark.django_db
Begin, Save = Callable[..., Sitting], Callable[..., Any]
MANY = pytest.mark.parametrize("count", [4, 60])


@pytest.fixture
def sitting(quiz: Quiz, begin: Begin, count: int) -> Sitting:
    quiz.questions.add(*[make_question(number) for number in range(5, count + 1)])
    return begin()


@MANY
def test_the_page_of_a_test_costs_four_queries(
    malee: Client, sitting: Sitting, django_assert_num_queries: Any, count: int
) -> None:
    with django_assert_num_queries(4):  # session · person · sitting with its quiz · questions and answers
        page = malee.get(f"/sittings/{sitting.pk}/")
    assert page.content.decode().count("data-question=") == count


@MANY
def test_saving_an_answer_costs_eight_queries(
    sitting: Sitting, save: Save, django_assert_num_queries: Any, count: int
) -> None:
    answer = right_answer(sitting.responses.get(position=count).question.body)
    # session · person · sitting · begin · locking the sitting · the question · writing the answer · end
    with django_assert_num_queries(8):
        assert save(sitting, count, answer).status_code == 200


@MANY
def test_handing_in_and_the_result_cost_the_same(
    malee: Client, sitting: Sitting, django_assert_num_queries: Any, count: int
) -> None:
    form = filled_form(sitting)
    # session · person · sitting · its places · three transactions (6) · locking the sitting
    # · questions and answers, before and after · writing the answers · the points · the result
    # · the course of the lesson · locking the enrollment · is it done already · writing it · the list of lessons
    # · what is done
    with django_assert_num_queries(22):
        malee.post(f"/sittings/{sitting.pk}/submit/", form)
    # session · person · sitting with quiz, lesson, course · how many attempts · what is done · questions and answers
    with django_assert_num_queries(6):
        page = malee.get(f"/sittings/{sitting.pk}/result/")
    assert page.content.decode().count("data-review=") == count


@pytest.mark.parametrize("attempts", [1, 30])
def test_the_page_before_a_test_costs_the_same_after_many_attempts(
    malee: Client, cast: Cast, enrollment: Enrollment, django_assert_num_queries: Any, attempts: int
) -> None:
    for _ in range(attempts):
        sit_test(enrollment, by=cast.malee, right=False)
    # session · person · lesson by its slug · its course (twice) · its quiz · enrollment · attempts · how many questions
    with django_assert_num_queries(9):
        page = malee.get("/tests/control/final-test/")
    assert len(page.context["sittings"]) == attempts


@MANY
def test_a_free_sitting_costs_no_more(
    malee: Client, cast: Cast, quiz: Quiz, save: Save, django_assert_num_queries: Any, count: int
) -> None:
    quiz.questions.add(*[make_question(number) for number in range(5, count + 1)])
    sitting = open_free(quiz, by=cast.malee, shows_answers=True)
    with django_assert_num_queries(4):  # session · person · sitting with its quiz · questions and answers
        malee.get(f"/sittings/{sitting.pk}/")
    answer = right_answer(sitting.responses.get(position=count).question.body)
    with django_assert_num_queries(8):  # as for any other
        save(sitting, count, answer)
    form = filled_form(sitting)
    # session · person · sitting · its places · one transaction (2) · locking the sitting
    # · questions and answers, before and after · writing the answers · the points · the result
    with django_assert_num_queries(12):
        malee.post(f"/sittings/{sitting.pk}/submit/", form)
    with django_assert_num_queries(4):  # session · person · sitting with its quiz · questions and answers
        page = malee.get(f"/sittings/{sitting.pk}/result/")
    assert page.content.decode().count("data-review=") == count


def test_what_keeps_its_answers_back_does_not_ask_for_them(
    malee: Client, cast: Cast, quiz: Quiz, django_assert_num_queries: Any
) -> None:
    sitting = sit_free(quiz, by=cast.malee)
    with django_assert_num_queries(3):  # session · person · sitting with its quiz
        malee.get(f"/sittings/{sitting.pk}/result/")

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
from tests.factories.quizzes import make_question
from tests.factories.sittings import filled_form, open_free, right_values, sit_free

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
def test_saving_an_answer_costs_six_queries(
    sitting: Sitting, save: Save, django_assert_num_queries: Any, count: int
) -> None:
    answer = right_values(sitting.responses.get(position=count))
    # session · person · begin · sitting and question, both locked · writing the answer · end
    with django_assert_num_queries(6):
        assert save(sitting, count, answer).status_code == 200


@MANY
def test_handing_in_and_the_result_cost_the_same(
    malee: Client, sitting: Sitting, django_assert_num_queries: Any, count: int
) -> None:
    form = filled_form(sitting)
    # session · person · two transactions (4) · locking the sitting · questions and answers · writing answers and points
    # · the result · the course of the lesson · locking the enrollment · writing that it is done · the list of lessons
    # · what is done
    with django_assert_num_queries(15):
        malee.post(f"/sittings/{sitting.pk}/submit/", form)
    # session · person · sitting with quiz, lesson, course · how many attempts · what is done · questions and answers
    with django_assert_num_queries(6):
        page = malee.get(f"/sittings/{sitting.pk}/result/")
    assert page.content.decode().count("data-review=") == count


@pytest.mark.parametrize("bank", [40, 400])
def test_beginning_a_test_of_forty_questions_costs_twelve_queries_however_large_the_bank(
    malee: Client, enrollment: Enrollment, quiz: Quiz, django_assert_num_queries: Any, bank: int
) -> None:
    quiz.questions.add(*[make_question(number) for number in range(5, bank + 1)])
    Quiz.objects.filter(pk=quiz.pk).update(max_questions=40)
    # session · person · begin · lesson with its quiz · enrollment with course and allowances, locked · attempts
    # · rules by which questions are drawn · which questions · their newest versions · the sitting · its questions · end
    with django_assert_num_queries(12):
        reply = malee.post("/tests/control/final-test/")
    sitting = Sitting.objects.get()
    assert (reply["Location"], sitting.responses.count()) == (f"/sittings/{sitting.pk}/", 40)
    form = filled_form(sitting)
    with django_assert_num_queries(15):  # as above
        malee.post(f"/sittings/{sitting.pk}/submit/", form)
    assert Sitting.objects.get().passed is True


@MANY
def test_one_question_per_page_costs_five_queries_and_going_on_six(
    malee: Client, quiz: Quiz, begin: Begin, django_assert_num_queries: Any, count: int
) -> None:
    quiz.questions.add(*[make_question(number) for number in range(5, count + 1)])
    sitting = begin(layout="one")
    with django_assert_num_queries(5):  # session · person · sitting with its quiz · what is answered · the question
        malee.get(f"/sittings/{sitting.pk}/?q={count}")
    form = {**filled_form(sitting), "position": count}
    with django_assert_num_queries(6):  # as saving an answer
        malee.post(f"/sittings/{sitting.pk}/go/", form)


@pytest.mark.parametrize("attempts", [1, 30])
def test_the_page_before_a_test_costs_the_same_after_many_attempts(
    malee: Client, cast: Cast, enrollment: Enrollment, django_assert_num_queries: Any, attempts: int
) -> None:
    for _ in range(attempts):
        sit_test(enrollment, by=cast.malee, right=False)
    # session · person · lesson with its quiz · enrollment with course and allowances · attempts
    # · rules by which questions are drawn · how many questions
    with django_assert_num_queries(7):
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
    answer = right_values(sitting.responses.get(position=count))
    with django_assert_num_queries(6):  # as for any other
        save(sitting, count, answer)
    form = filled_form(sitting)
    # session · person · one transaction (2) · locking the sitting · questions and answers
    # · writing answers and points · the result
    with django_assert_num_queries(8):
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

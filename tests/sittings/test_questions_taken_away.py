"""What happens to the bank while a test is sat changes nothing for who sits it."""

from collections.abc import Callable

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.utils import translation

from courses.quizzes.flows import retire_question
from courses.quizzes.models import Question, Quiz
from learning.sittings.flows import submit_sitting
from learning.sittings.models import Sitting
from tests.cast import Cast

pytestmark = pytest.mark.django_db
Begin = Callable[..., Sitting]


def test_a_question_out_of_use_stays_in_the_sitting_that_asks_it(malee: Client, begin: Begin, cast: Cast) -> None:
    sitting = begin()
    for question in Question.objects.all():
        retire_question(question, by=cast.wipa)
    assert len(malee.get(f"/sittings/{sitting.pk}/").context["questions"]) == 4
    submit_sitting(sitting.pk, answers={}, by=cast.malee)
    sitting.refresh_from_db()
    assert (sitting.score, sitting.max_score) == (0, 4)


def test_a_question_that_is_sat_cannot_be_deleted_and_one_taken_from_the_quiz_stays_whole(
    malee: Client, begin: Begin, quiz: Quiz
) -> None:
    sitting = begin()
    quiz.questions.clear()
    question = sitting.responses.get(position=1).question.question
    with translation.override("en"), pytest.raises(ProtectedError) as refused:
        question.delete()
    assert refused.value.args[0] == "Somebody has been asked this question. Take it out of use instead."
    assert question.versions.count() == 1
    assert len(malee.get(f"/sittings/{sitting.pk}/").context["questions"]) == 4

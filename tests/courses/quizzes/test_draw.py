"""The questions of one attempt, each in its newest version."""

from random import Random

import pytest

from courses.quizzes.models import Question, Quiz
from courses.quizzes.queries import draw
from tests.factories.quizzes import make_question, make_quiz

pytestmark = pytest.mark.django_db


def drawn(quiz: Quiz, seed: int = 1) -> list[str]:
    return [version.question.uid for version in draw(quiz, Random(seed))]


def test_in_order_the_bank_decides() -> None:
    quiz = make_quiz("in-order", questions=4, random_order=False)
    assert drawn(quiz, 1) == drawn(quiz, 2) == [f"in-order-{number}" for number in range(1, 5)]


def test_at_random_every_question_comes_once() -> None:
    quiz = make_quiz("random", questions=6)
    orders = {tuple(drawn(quiz, seed)) for seed in range(20)}
    assert {tuple(sorted(order)) for order in orders} == {tuple(f"random-{number}" for number in range(1, 7))}
    assert len(orders) > 5


def test_no_more_than_asked_for_are_drawn() -> None:
    quiz = make_quiz("few", questions=6, max_questions=2)
    draws = [drawn(quiz, seed) for seed in range(30)]
    assert {len(set(one)) for one in draws} == {2}
    assert {uid for one in draws for uid in one} == {f"few-{number}" for number in range(1, 7)}


def test_asking_for_more_than_there_are_gives_all() -> None:
    assert len(drawn(make_quiz("more", questions=3, max_questions=50))) == 3


def test_a_quiz_without_questions_draws_none() -> None:
    assert draw(make_quiz("empty", questions=0), Random(1)) == []


def test_the_newest_version_is_drawn_and_questions_of_other_quizzes_are_not() -> None:
    quiz = make_quiz("newest", questions=2, random_order=False)
    make_question(99)
    question = Question.objects.get(uid="newest-1")
    question.content = "ถามใหม่"
    question.save()
    assert [(version.content, version.number) for version in draw(quiz, Random(1))] == [
        ("ถามใหม่", 2),
        ("คำถามที่ 2", 1),
    ]

"""Which questions a sitting asks and in which order: drawn once, the same on every visit."""

from collections.abc import Callable

import pytest
from django.test import Client

from courses.quizzes.models import Quiz
from learning.sittings.models import Sitting
from tests.factories.quizzes import make_question

pytestmark = pytest.mark.django_db
Begin = Callable[..., Sitting]


def asked(sitting: Sitting) -> list[str]:
    return list(sitting.responses.order_by("position").values_list("question__question__uid", flat=True))


def shown(client: Client, sitting: Sitting) -> list[tuple[str, list[str]]]:
    questions = client.get(f"/sittings/{sitting.pk}/").context["questions"]
    return [
        (question["content"], [choice["text"] for choice in question["shown"]["choices"]]) for question in questions
    ]


@pytest.fixture
def bank(quiz: Quiz) -> list[str]:
    """Twenty questions more, so that no two draws are alike by chance: 24! orders."""
    quiz.questions.add(*[make_question(number) for number in range(5, 25)])
    return sorted(quiz.questions.values_list("uid", flat=True))


def test_every_question_is_asked_once(begin: Begin, bank: list[str]) -> None:
    assert sorted(asked(begin())) == bank


def test_in_random_order_two_people_are_asked_differently(begin: Begin, bank: list[str]) -> None:
    first = asked(begin())
    Sitting.objects.all().delete()
    assert asked(begin()) != first
    assert first != bank


def test_without_random_order_the_order_of_the_bank_stands(begin: Begin, bank: list[str]) -> None:
    assert asked(begin(random_order=False)) == bank


def test_no_more_questions_are_drawn_than_the_quiz_says(begin: Begin, bank: list[str]) -> None:
    drawn = asked(begin(max_questions=5))
    assert (len(drawn), len(set(drawn)), set(drawn) <= set(bank)) == (5, 5, True)


def test_a_quiz_that_draws_more_than_it_has_asks_all(begin: Begin) -> None:
    assert len(asked(begin(max_questions=99))) == 4


def test_the_order_of_questions_and_choices_is_kept_on_every_visit_and_device(
    malee: Client, begin: Begin, bank: list[str]
) -> None:
    sitting = begin()
    first = shown(malee, sitting)
    assert begin() == sitting
    assert [shown(malee, sitting) for _ in range(3)] == [first] * 3
    assert {tuple(sorted(choices)) for _, choices in first} == {("ก", "ข", "ค", "ง")}


def test_choices_are_shuffled_unless_the_quiz_says_no(malee: Client, begin: Begin, bank: list[str]) -> None:
    orders = {tuple(choices) for _, choices in shown(malee, begin())}
    assert len(orders) > 1
    Sitting.objects.all().delete()
    assert {tuple(choices) for _, choices in shown(malee, begin(shuffle_choices=False))} == {("ก", "ข", "ค", "ง")}


def test_true_always_stands_before_false(malee: Client, begin: Begin, quiz: Quiz) -> None:
    quiz.questions.set([make_question(number, kind="true_false") for number in range(100, 110)])
    sitting = begin()
    choices = [question["shown"]["choices"] for question in malee.get(f"/sittings/{sitting.pk}/").context["questions"]]
    assert [[choice["value"] for choice in pair] for pair in choices] == [["true", "false"]] * 10

"""The questions of one attempt, each in its newest version."""

from random import Random
from typing import Any

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from courses.quizzes.flows import restore_question, retire_question
from courses.quizzes.forms.quiz import fills_of
from courses.quizzes.models import Category, Question, Quiz, QuizDraw, SubCategory
from courses.quizzes.queries import draw, question_count, rule_fills
from tests.cast import Cast
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


# --- rules ---------------------------------------------------------------------------------------
def bank(category: str, count: int, **fields: Any) -> list[Question]:
    return [
        make_question(number, uid=f"{category}-{fields.get('difficulty', 'any')}-{number}", category=category, **fields)
        for number in range(1, count + 1)
    ]


def rule(quiz: Quiz, category: str, count: int, **fields: Any) -> QuizDraw:
    return QuizDraw.objects.create(quiz=quiz, category=Category.objects.get(category=category), count=count, **fields)


def test_a_rule_draws_so_many_of_its_category_besides_the_fixed_ones() -> None:
    quiz = make_quiz("rules", questions=2, random_order=False)
    bank("cash", 6)
    rule(quiz, "cash", 3)
    draws = [drawn(quiz, seed) for seed in range(20)]
    assert {tuple(one[:2]) for one in draws} == {("rules-1", "rules-2")}
    assert {len([uid for uid in one if uid.startswith("cash-")]) for one in draws} == {3}
    assert len({uid for one in draws for uid in one}) == 8


def test_difficulty_tag_and_sub_category_narrow_a_rule() -> None:
    quiz = make_quiz("narrow", questions=0, random_order=False)
    bank("cash", 3, difficulty="easy")
    tagged, placed, _other = bank("cash", 3, difficulty="hard")
    tagged.tags.add("นับ")
    placed.sub_category = SubCategory.objects.create(category=placed.category, sub_category="ตู้")
    placed.save()
    rule(quiz, "cash", 9, difficulty="easy")
    rule(quiz, "cash", 9, difficulty="hard", tag="นับ ")
    rule(quiz, "cash", 9, sub_category=placed.sub_category)
    assert drawn(quiz) == ["cash-easy-1", "cash-easy-2", "cash-easy-3", tagged.uid, placed.uid]


def test_no_question_comes_twice_over_rules_and_the_fixed_list() -> None:
    quiz = make_quiz("twice", questions=0)
    questions = bank("cash", 5)
    quiz.questions.set(questions[:2])
    rule(quiz, "cash", 4)
    rule(quiz, "cash", 4)
    for seed in range(20):
        assert sorted(drawn(quiz, seed)) == [question.uid for question in questions]


def test_a_narrow_rule_after_a_wide_one_still_gets_its_questions() -> None:
    quiz = make_quiz("wide", questions=0)
    bank("cash", 3, difficulty="easy")
    bank("cash", 3, difficulty="hard")
    rule(quiz, "cash", 3)
    rule(quiz, "cash", 3, difficulty="hard")
    assert {len(drawn(quiz, seed)) for seed in range(30)} == {6}
    assert question_count(quiz) == 6


def test_a_rule_with_too_few_questions_takes_what_there_is_and_says_so() -> None:
    quiz = make_quiz("short", questions=1)
    bank("cash", 7)
    rule(quiz, "cash", 10)
    assert (len(drawn(quiz)), question_count(quiz)) == (8, 8)
    assert [(fill.wanted, fill.found, fill.is_short) for fill in rule_fills(quiz)] == [(10, 7, True)]
    with translation.override("en"):
        assert "This rule asks for 10 questions, there are 7: cash × 10." in fills_of(quiz)


def test_questions_out_of_use_are_drawn_neither_by_list_nor_by_rule(cast: Cast) -> None:
    quiz = make_quiz("retired", questions=2)
    other = bank("cash", 1)[0]
    rule(quiz, "cash", 1)
    retire_question(quiz.questions.get(uid="retired-1"), by=cast.wipa)
    retire_question(other, by=cast.wipa)
    assert drawn(quiz) == ["retired-2"]
    restore_question(other, by=cast.wipa)
    assert sorted(drawn(quiz)) == ["cash-any-1", "retired-2"]


def test_the_count_of_a_quiz_is_cut_as_its_attempts_are() -> None:
    quiz = make_quiz("cut", questions=4, max_questions=3)
    bank("cash", 4)
    rule(quiz, "cash", 2)
    assert (question_count(quiz), len(drawn(quiz))) == (3, 3)
    assert question_count(make_quiz("none", questions=0)) == 0


@pytest.mark.parametrize("size", [4, 60])
def test_drawing_asks_three_times_however_large_the_bank_is(
    size: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    quiz = make_quiz("queries", questions=2)
    bank("cash", size)
    rule(quiz, "cash", 3)
    rule(quiz, "cash", 3, tag="นับ")
    with django_assert_num_queries(3) as asked:
        draw(quiz, Random(1))
    bodies = [query["sql"] for query in asked if '"body"' in query["sql"]]
    assert len(bodies) == 1
    assert '"quizzes_questionversion"."body"' in bodies[0]

"""How authors set up a quiz: settings that go together, rules beside the fixed list, what the bank has for them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from courses.quizzes.flows import retire_question
from courses.quizzes.models import Category, Quiz, SubCategory
from tests.cast import Cast
from tests.factories.quizzes import make_question, make_quiz

pytestmark = pytest.mark.django_db

NAME = "wagtailsnippets_quizzes_quiz"


@pytest.fixture
def wipa(client: Client, cast: Cast) -> Client:
    client.force_login(cast.wipa)
    return client


def form(*rules: dict[str, Any], **changes: Any) -> dict[str, Any]:
    values = {
        "title": "แบบทดสอบ",
        "uid": "new",
        "description": "",
        "category": "",
        "max_questions": "",
        "layout": "all",
        "navigation": "free",
        "random_order": "on",
        "attempts_allowed": "0",
        "wait_minutes": "0",
        "time_limit_minutes": "0",
        "pass_mark": "70",
        "grading": "academy",
        "success_text": "",
        "fail_text": "",
        "review_marks": "at_once",
        "review_answers": "at_once",
        "review_reasons": "at_once",
        "review_from": "",
        "draws-TOTAL_FORMS": len(rules),
        "draws-INITIAL_FORMS": 0,
        "draws-MIN_NUM_FORMS": 0,
        "draws-MAX_NUM_FORMS": 1000,
    }
    for number, rule in enumerate(rules):
        filled = {"sub_category": "", "difficulty": "", "tag": "", "id": "", "DELETE": "", **rule}
        values |= {f"draws-{number}-{field}": value for field, value in filled.items()}
    return {**values, **changes}


def test_a_quiz_is_made_of_fixed_questions_and_rules(wipa: Client) -> None:
    question = make_question()
    assert wipa.get(reverse(f"{NAME}:add")).status_code == 200
    sent = form({"category": question.category_id, "count": "3", "difficulty": "easy"}, questions=[question.pk])
    assert wipa.post(reverse(f"{NAME}:add"), sent).status_code == 302
    quiz = Quiz.objects.get(uid="new")
    assert list(quiz.questions.all()) == [question]
    assert [(rule.category, rule.count, rule.difficulty) for rule in quiz.draws.all()] == [
        (question.category, 3, "easy")
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"review_marks": "from_day"}, "review_from"),
        ({"review_reasons": "from_day"}, "review_from"),
        ({"navigation": "sequential"}, "layout"),
        ({"attempts_allowed": "1", "wait_minutes": "60"}, "wait_minutes"),
        ({"pass_mark": "0"}, "pass_mark"),
        ({"pass_mark": "101"}, "pass_mark"),
    ],
)
def test_settings_that_do_not_go_together_are_refused_at_their_field(
    wipa: Client, changes: dict[str, str], field: str
) -> None:
    page = wipa.post(reverse(f"{NAME}:add"), form(**changes))
    assert list(page.context["form"].errors) == [field]
    assert not Quiz.objects.exists()


def test_a_rule_asks_for_at_least_one_question_of_its_own_category(wipa: Client) -> None:
    category = Category.objects.create(category="เงินสด")
    foreign = SubCategory.objects.create(category=Category.objects.create(category="อื่น"), sub_category="ย่อย")
    for rule in (
        {"category": category.pk, "count": "0"},
        {"category": category.pk, "count": "1", "sub_category": foreign.pk},
        {"category": "", "count": "1"},
    ):
        assert wipa.post(reverse(f"{NAME}:add"), form(rule)).status_code == 200
    assert not Quiz.objects.exists()


def test_the_page_of_a_quiz_says_when_a_rule_finds_too_few(wipa: Client) -> None:
    quiz = make_quiz("short", questions=1)
    question = make_question(99, category="เงินสด")
    quiz.draws.create(category=question.category, count=10)
    quiz.save()
    page = wipa.get(reverse(f"{NAME}:edit", args=[quiz.pk])).content.decode()
    assert "เงินสด × 10" in page


def test_questions_out_of_use_are_offered_only_to_the_quiz_that_holds_them(wipa: Client, cast: Cast) -> None:
    quiz = make_quiz("old", questions=1)
    held, other = quiz.questions.get(), make_question(99)
    for question in (held, other):
        retire_question(question, by=cast.wipa)
    offered = wipa.get(reverse(f"{NAME}:edit", args=[quiz.pk])).context["form"].fields["questions"].queryset
    assert list(offered) == [held]
    assert list(wipa.get(reverse(f"{NAME}:add")).context["form"].fields["questions"].queryset) == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_form_asks_as_often_for_thirty_questions_as_for_one(
    wipa: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        make_question(number, category=f"หมวด {number % 3}")
    wipa.get(reverse(f"{NAME}:add"))
    with django_assert_num_queries(10):
        page = wipa.get(reverse(f"{NAME}:add"))
    groups = [name for name, _questions in page.context["form"].fields["questions"].choices]
    assert groups == [f"หมวด {number}" for number in range(min(count, 3))]

"""The list of questions, one question's page, duplicates, taking out of use; nothing in use is deleted."""

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from pytest_django import DjangoAssertNumQueries

from courses.quizzes.flows import retire_question
from courses.quizzes.kinds import kinds
from courses.quizzes.models import Category, Question, QuestionStatistics, Quiz
from courses.quizzes.queries import alike_in, twice_in_the_bank, twins_of
from courses.quizzes.views.listing import asked, figure_of
from tests.cast import Cast
from tests.factories.quizzes import make_question, make_quiz

pytestmark = pytest.mark.django_db

NAME = "wagtailsnippets_quizzes_question"


@pytest.fixture
def wipa(client: Client, cast: Cast) -> Client:
    client.force_login(cast.wipa)
    return client


def listed(client: Client, **filters: str) -> list[str]:
    page = client.get(reverse(f"{NAME}:list"), filters)
    return sorted(question.uid for question in page.context["object_list"])


def measured(question: Question, asked_count: int, facility: float | None, discrimination: float | None) -> None:
    QuestionStatistics.objects.create(
        question=question,
        asked_count=asked_count,
        facility=facility,
        discrimination=discrimination,
        counted_at=timezone.now(),
    )


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_asks_as_often_for_thirty_questions_as_for_one(
    wipa: Client, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        question = make_question(number, content=f"ข้อ {number}")
        measured(question, 5, 0.5, None)
        question.tags.add("นับ")
    wipa.get(reverse(f"{NAME}:list"))
    with django_assert_num_queries(15):
        wipa.get(reverse(f"{NAME}:list"))


def test_the_figures_have_two_decimals_and_a_dash_where_nothing_is_defined() -> None:
    question = make_question()
    assert (asked(question), figure_of(question, "facility")) == ("–", "–")
    measured(question, 12, 0.6667, None)
    question = Question.objects.select_related("statistics").get()
    assert (asked(question), figure_of(question, "facility"), figure_of(question, "discrimination")) == (
        "12",
        "0.67",
        "–",
    )


def test_the_list_is_narrowed_by_every_filter(wipa: Client, cast: Cast) -> None:
    first, second = make_question(1, uid="a"), make_question(2, uid="b", kind="true_false", difficulty="hard")
    third = make_question(3, uid="c", category="อื่น", content=first.content)
    first.tags.add("นับ")
    quiz = make_quiz("q", questions=0)
    quiz.questions.add(second)
    retire_question(third, by=cast.wipa)
    assert listed(wipa) == ["a", "b", "c"]
    assert listed(wipa, category=str(third.category_id)) == ["c"]
    assert listed(wipa, kind="true_false") == ["b"]
    assert listed(wipa, difficulty="hard") == ["b"]
    assert listed(wipa, tag=str(first.tags.get().pk)) == ["a"]
    assert listed(wipa, quizzes=str(quiz.pk)) == ["b"]
    assert listed(wipa, use="in_use") == ["a", "b"]
    assert listed(wipa, use="retired") == ["c"]
    assert listed(wipa, twice="yes") == ["a", "c"]


def test_the_page_of_a_question_tells_where_it_is_asked_and_how_it_went(wipa: Client) -> None:
    quiz = make_quiz("q", questions=1, title="แบบทดสอบเงินสด")
    question = quiz.questions.get()
    measured(question, 12, 0.6667, None)
    page = wipa.get(reverse(f"{NAME}:inspect", args=[question.pk])).content.decode()
    assert [text for text in ("แบบทดสอบเงินสด", "0.67", question.uid, "question-preview") if text not in page] == []


def test_the_preview_shows_what_a_learner_sees_and_then_the_key(wipa: Client, client: Client, cast: Cast) -> None:
    question = make_question()
    address = reverse(f"{NAME}:preview", args=[question.pk])
    page = wipa.get(address)
    asked_part, key = page.content.decode().split("<h2>", 1)
    assert "คำอธิบายลับ" not in asked_part
    assert "คำอธิบายลับ" in key
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    client.force_login(cast.malee)
    assert client.get(address).status_code == 302


def test_a_question_goes_out_of_use_and_back(wipa: Client) -> None:
    question = make_question()
    address = reverse(f"{NAME}:retire", args=[question.pk])
    assert wipa.get(address).status_code == 405
    assert wipa.post(address, {"use": "no"}).status_code == 302
    question.refresh_from_db()
    assert question.is_retired
    assert wipa.post(address, {"use": "again"}).status_code == 302
    question.refresh_from_db()
    assert (question.is_retired, question.version) == (False, 1)
    assert wipa.post(reverse(f"{NAME}:retire", args=[9_999]), {}).status_code == 404


def test_a_question_that_a_quiz_asks_cannot_be_deleted_and_one_of_nobody_can() -> None:
    question = make_quiz("q", questions=1).questions.get()
    with translation.override("en"), pytest.raises(ProtectedError) as refused:
        question.delete()
    assert refused.value.args[0] == "A quiz asks this question. Take it out of use instead."
    assert question.versions.count() == 1
    Quiz.objects.all().delete()
    question.delete()
    assert not Question.objects.exists()


def test_twins_are_found_whatever_their_spelling_and_order() -> None:
    question = make_question(
        1, content="นับเงิน 2 ครั้ง", body={"choices": [{"text": "ก", "correct": True}, {"text": "ข"}]}
    )
    twin = make_question(2, content="นับเงิน  ๒ ครั้ง?", body={"choices": [{"text": "ข"}, {"text": "ก", "correct": True}]})
    make_question(3, content="นับเงิน 3 ครั้ง")
    assert list(twins_of(question)) == [twin]
    assert list(twice_in_the_bank()) == [question, twin]


def test_nearly_the_same_questions_of_a_category_are_paired(wipa: Client) -> None:
    first = make_question(1, content="ใครควรเป็นผู้นับเงินสดทุกสิ้นวันทำการของสหกรณ์")
    second = make_question(2, content="ใครควรเป็นผู้นับเงินสดทุกสิ้นวันทำการของกลุ่ม")
    make_question(3, content="สมุดรายวันทั่วไปใช้บันทึกรายการใด")
    category = Category.objects.get()
    pairs = alike_in(category)
    assert [{pair.first, pair.second} for pair in pairs] == [{first, second}]
    assert 85 <= pairs[0].percent < 100
    page = wipa.get(reverse(f"{NAME}:duplicates"), {"category": category.pk})
    assert [pair.percent for pair in page.context["alike"]] == [pairs[0].percent]
    assert wipa.get(reverse(f"{NAME}:duplicates"), {"category": "9" * 30}).status_code == 200


def test_every_kind_can_be_looked_at_once_it_is_written(wipa: Client) -> None:
    """The three of the factory; the others are looked at by their own tests."""
    for number, kind in enumerate(("single_choice", "multiple_choice", "true_false"), 1):
        assert kind in kinds()
        question = make_question(number, kind=kind)
        assert wipa.get(reverse(f"{NAME}:preview", args=[question.pk])).status_code == 200
        assert wipa.get(reverse(f"{NAME}:inspect", args=[question.pk])).status_code == 200


@pytest.fixture
def superuser(client: Client, cast: Cast) -> Client:
    cast.wipa.is_superuser = True
    cast.wipa.save()
    client.force_login(cast.wipa)
    return client


def test_an_administrator_deletes_an_unused_question_and_is_told_why_another_stays(superuser: Client) -> None:
    unused = make_question(99)
    used = make_quiz("q", questions=1).questions.get()
    assert superuser.post(reverse(f"{NAME}:delete", args=[unused.pk])).status_code == 302
    page = superuser.post(reverse(f"{NAME}:delete", args=[used.pk]), follow=True)
    assert list(Question.objects.all()) == [used]
    assert page.redirect_chain == [(reverse(f"{NAME}:inspect", args=[used.pk]), 302)]
    said = [str(message) for message in page.context["messages"]]
    assert said[-1] == gettext("A quiz asks this question. Take it out of use instead.")


def test_questions_are_not_deleted_by_the_dozen(superuser: Client) -> None:
    unused = make_question()
    address = reverse("wagtail_bulk_action", args=["quizzes", "question", "delete"])
    answer = superuser.post(f"{address}?id={unused.pk}")
    assert (answer.status_code, answer.url) == (302, reverse(f"{NAME}:list"))
    assert Question.objects.exists()
    assert 'name="wagtail_bulk_actions"' not in superuser.get(reverse(f"{NAME}:list")).content.decode()
    assert "data-bulk-action" not in superuser.get(reverse(f"{NAME}:list")).content.decode().split("<tbody")[1]

"""A question changes its version exactly when a learner would see or be graded on something else."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from courses.quizzes.models import Category, Question, QuestionVersion, SubCategory
from tests.factories.quizzes import make_question

pytestmark = pytest.mark.django_db


def numbers(question: Question) -> list[int]:
    return sorted(question.versions.values_list("number", flat=True))


def test_a_new_question_is_its_first_version() -> None:
    question = make_question()
    assert (question.version, numbers(question)) == (1, [1])
    version = question.versions.get()
    assert version.says_the_same_as(question)


def test_saving_again_makes_no_version() -> None:
    question = make_question()
    question.save()
    Question.objects.get(pk=question.pk).save()
    assert numbers(question) == [1]


@pytest.mark.parametrize(
    "change",
    [
        {"content": "นับเงินสดเมื่อใด"},
        {"explanation": "ทุกสิ้นวัน"},
        {"source": "พ.ร.บ. สหกรณ์ พ.ศ. 2542 มาตรา 66"},
        {"body": {"choices": [{"text": text, "correct": text == "ข"} for text in "กขคง"]}},
        {"kind": "true_false", "body": {"correct": True}},
    ],
)
def test_what_a_learner_sees_makes_a_new_version_and_keeps_the_old(change: dict[str, Any]) -> None:
    question = make_question()
    old = question.versions.get()
    before = {name: getattr(old, name) for name in ("kind", "content", "explanation", "source", "body")}
    for name, value in change.items():
        setattr(question, name, value)
    question.save()
    assert (question.version, numbers(question)) == (2, [1, 2])
    kept = QuestionVersion.objects.get(pk=old.pk)
    assert {name: getattr(kept, name) for name in before} == before


def test_where_a_question_is_filed_makes_no_version() -> None:
    question = make_question()
    question.category = Category.objects.create(category="สมุดบัญชี")
    question.sub_category = SubCategory.objects.create(category=question.category, sub_category="สมุดเงินสด")
    question.difficulty, question.uid = "hard", "cash-book-1"
    question.save()
    question.refresh_from_db()
    assert (question.version, numbers(question), question.difficulty) == (1, [1], "hard")


def test_going_back_to_old_words_is_a_third_version() -> None:
    question = make_question()
    first = question.content
    for content in ("อีกคำถามหนึ่ง", first):
        question.content = content
        question.save()
    assert numbers(question) == [1, 2, 3]


def test_a_body_that_the_kind_refuses_is_not_saved() -> None:
    question = make_question()
    question.body = {"choices": []}
    with pytest.raises(ValidationError):
        question.save()
    assert numbers(question) == [1]
    assert len(Question.objects.get(pk=question.pk).body["choices"]) == 4


def test_questions_in_bulk_are_never_deleted_past_their_versions() -> None:
    make_question()
    with pytest.raises(ProtectedError):
        Question.objects.all().delete()


def test_a_question_without_a_kind_is_refused_by_its_field() -> None:
    question = make_question()
    question.kind = ""
    with pytest.raises(ValidationError) as refused:
        question.full_clean()
    assert list(refused.value.message_dict) == ["kind"]

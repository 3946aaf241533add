"""What is read of the sittings of a quiz, and written of the questions of the bank."""

from collections.abc import Callable
from typing import Any

import pytest

from courses.quizzes.models import Question, QuestionStatistics, Quiz
from courses.quizzes.statistics.items import item_statistics
from learning.people.models import User
from learning.sittings.models import Sitting
from learning.sittings.statistics.questions import count_questions
from learning.sittings.statistics.reading import answers_at
from learning.sittings.statistics.results import statistics_of
from learning.sittings.tasks import count_quiz, count_statistics
from tests.factories.quizzes import make_quiz

pytestmark = pytest.mark.django_db
Sat = Callable[..., list[Sitting]]
LINES = ["กกกก", "กกกข", "กกข", "กขคง"]


def given(*words: str) -> list[list[str]]:
    """Four answers each; a missing one is left out."""
    return [[sign.strip() for sign in word.ljust(4)] for word in words]


def test_every_answer_is_read_once_with_its_choice(quiz: Quiz, sat: Sat) -> None:
    sat(given(*LINES))
    answers = answers_at(quiz)
    assert list(answers.marks.totals) == [1, 2, 3, 4]  # newest first
    columns = answers.marks.columns
    told = [
        sorted(answers.chosen[number] for number in columns[question.pk].answers)
        for question in quiz.questions.order_by("uid")
    ]
    ids = {choice["text"]: (choice["id"],) for choice in quiz.questions.all()[0].body["choices"]}
    assert told == [
        sorted([ids["ก"]] * 4),
        sorted([ids["ก"]] * 3 + [ids["ข"]]),
        sorted([ids["ก"], ids["ก"], ids["ข"], ids["ค"]]),
        sorted([ids["ก"], ids["ข"], (), ids["ง"]]),
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_counting_a_quiz_takes_four_queries(quiz: Quiz, sat: Sat, django_assert_num_queries: Any, count: int) -> None:
    sat(given(*["กกขค"] * count))
    with django_assert_num_queries(4):
        results = statistics_of(quiz)
    assert (results.test.sitting_count, len(results.questions)) == (count, 4)


def test_first_attempts_count_and_of_each_person_the_earliest(quiz: Quiz, sat: Sat) -> None:
    first = sat(given("กขขข", "กกขข"))
    sat(given("กกกก"), number=2, people=[first[0].user])
    anew = sat(given("กกกก"))[0]  # a first attempt again, of a course begun anew
    Sitting.objects.filter(pk=anew.pk).update(user=first[1].user)
    assert sorted(answers_at(quiz).marks.totals) == [1, 2]
    assert sorted(answers_at(quiz, first_only=False).marks.totals) == [1, 2, 4, 4]


def test_what_is_not_graded_does_not_count(quiz: Quiz, sat: Sat) -> None:
    sitting = sat(given("กกกก"))[0]
    Sitting.objects.filter(pk=sitting.pk).update(state="open")
    results = statistics_of(quiz)
    assert (results.test.sitting_count, results.questions, results.test.mean) == (0, (), None)


def test_versions_are_one_question_with_the_choices_of_the_newest(quiz: Quiz, sat: Sat) -> None:
    sat(given("กกกก"))
    question = quiz.questions.get(uid="control-final-1")
    question.content = "คำถามใหม่"
    question.save()
    sat(given("ขกกก"))
    first = statistics_of(quiz).questions[0]
    assert (first.content, first.item.asked_count, first.item.facility) == ("คำถามใหม่", 2, 0.5)
    assert [(use.text, use.count) for use in first.uses] == [("ก", 1), ("ข", 1), ("ค", 0), ("ง", 0), ("", 0)]


def test_those_who_sat_again_are_compared_first_with_best(quiz: Quiz, sat: Sat) -> None:
    first = sat(given("กขขข", "กกขข", "กกกก"))
    people = [first[0].user, first[1].user]
    sat(given("กกกข", "กขขข"), number=2, people=people)
    gain = statistics_of(quiz).repeated
    assert gain is not None
    assert (gain.people, gain.before, gain.after) == (2, 37.5, 62.5)
    assert gain.gain == pytest.approx(0.4)


def test_nobody_sat_again(quiz: Quiz, sat: Sat) -> None:
    sat(given("กกกก"))
    assert statistics_of(quiz).repeated is None


def test_bands_hold_every_sitting_once_and_full_marks_in_the_last(quiz: Quiz, sat: Sat) -> None:
    sat(given("กกกก", "กกกข", "กกขข", "ขขขข"))
    assert statistics_of(quiz).bands == (1, 0, 0, 0, 0, 1, 0, 1, 0, 1)


def test_questions_of_the_bank_get_their_statistics(quiz: Quiz, sat: Sat) -> None:
    sat(given(*LINES))
    assert count_questions() == 4
    expected = item_statistics(answers_at(quiz).marks)
    rows = {row.question_id: row for row in QuestionStatistics.objects.all()}
    assert {key: (row.asked_count, row.facility, row.discrimination) for key, row in rows.items()} == {
        key: (4, one.facility, one.discrimination) for key, one in expected.items()
    }
    assert rows[quiz.questions.get(uid="control-final-1").pk].discrimination is None  # everybody had it right


def test_counting_again_writes_the_same_rows_anew(quiz: Quiz, sat: Sat) -> None:
    sat(given("กกกก"))
    count_statistics()
    sat(given("ขกกก"))
    count_statistics()
    row = QuestionStatistics.objects.get(question__uid="control-final-1")
    assert (QuestionStatistics.objects.count(), row.asked_count, row.facility) == (4, 2, 0.5)


def test_a_question_of_two_quizzes_counts_all_who_were_asked(quiz: Quiz, sat: Sat) -> None:
    sitting = sat(given("ขกกก", "กกกก", "กกกก"))[0]
    other = make_quiz("other", questions=0)
    Sitting.objects.filter(pk=sitting.pk).update(quiz=other)
    count_questions()
    row = QuestionStatistics.objects.get(question__uid="control-final-1")
    assert (row.asked_count, row.facility) == (3, pytest.approx(2 / 3))


def test_a_quiz_that_is_gone_is_no_fault_of_the_worker(db: None) -> None:
    count_quiz(404)
    assert Question.objects.count() == User.objects.filter(username="nobody").count() == 0

"""What came of an occasion: by person, and by question."""

from typing import Any

import pytest

from courses.quizzes.models import Quiz
from learning.people.models import User
from learning.sittings.flows import PostedAnswer, submit_sitting
from learning.sittings.models import Sitting
from learning.sittings.queries import graded_on, marks_by_question, result_of
from tests.cast import Cast
from tests.factories.quizzes import make_question, make_quiz
from tests.factories.sittings import chosen_texts, open_free, sit_free

pytestmark = pytest.mark.django_db


@pytest.fixture
def pretest(academy: Any) -> Quiz:
    """Four questions, put in the order of the bank."""
    return make_quiz("before", random_order=False)


def test_before_the_first_is_graded_there_is_no_result(cast: Cast, pretest: Quiz) -> None:
    open_free(pretest, by=cast.malee)
    assert (result_of(cast.malee, "workshop-1-pre"), graded_on("workshop-1-pre").count()) == (None, 0)


def test_the_best_attempt_counts_and_of_equal_ones_the_first(cast: Cast, pretest: Quiz) -> None:
    sat = [sit_free(pretest, by=cast.malee, right=right, attempts=0) for right in (1, 2, 2, 0)]
    assert result_of(cast.malee, "workshop-1-pre") == sat[1]
    passed = sit_free(pretest, by=cast.malee, right=3, attempts=0)
    assert result_of(cast.malee, "workshop-1-pre") == passed


def test_of_each_person_one_sitting_counts_for_an_occasion(cast: Cast, pretest: Quiz) -> None:
    for person, right in ((cast.malee, 0), (cast.malee, 2), (cast.krit, 1), (cast.wipa, 4)):
        sit_free(pretest, by=person, right=right, attempts=0)
    sit_free(pretest, by=cast.malee, right=4, occasion="workshop-1-post")
    open_free(pretest, by=cast.somchai)
    found = {sitting.user: sitting.percent for sitting in graded_on("workshop-1-pre")}
    assert found == {cast.malee: 50, cast.krit: 25, cast.wipa: 100}
    assert list(graded_on("workshop-1-post").values_list("percent", flat=True)) == [100]
    assert list(graded_on("workshop-2-pre")) == []


def test_when_the_quiz_was_changed_each_of_both_has_its_results(cast: Cast, pretest: Quiz) -> None:
    other = make_quiz("changed")
    best = sit_free(pretest, by=cast.malee)
    sit_free(other, by=cast.malee, right=1)
    percents = [list(graded_on("workshop-1-pre").filter(quiz=quiz).values_list("percent")) for quiz in (pretest, other)]
    assert percents == [[(100,)], [(25,)]]
    assert result_of(cast.malee, "workshop-1-pre") == best


def test_marks_by_question_count_answers_full_marks_and_points(cast: Cast, pretest: Quiz) -> None:
    pretest.questions.add(make_question(5, uid="before-5", kind="multiple_choice"))
    sit_free(pretest, by=cast.malee)
    sit_free(pretest, by=cast.krit, right=2)
    half = open_free(pretest, by=cast.wipa)
    sit_part(half, {5: chosen_texts(half.responses.get(position=5), "ก")})
    marks = marks_by_question(graded_on("workshop-1-pre"))
    told = [
        (one.content, one.asked_count, one.answered_count, round(one.full_share, 2), round(one.mean_share, 2))
        for one in marks.values()
    ]
    assert told == [
        ("คำถามที่ 3", 3, 2, 0.33, 0.33),
        ("คำถามที่ 4", 3, 2, 0.33, 0.33),
        ("คำถามที่ 5", 3, 3, 0.33, 0.5),
        ("คำถามที่ 1", 3, 2, 0.67, 0.67),
        ("คำถามที่ 2", 3, 2, 0.67, 0.67),
    ]
    assert [one.question_id for one in marks.values()] == list(marks)


def sit_part(sitting: Sitting, answers: dict[int, list[str]]) -> None:
    """Hand in with these places answered only."""
    posted = {position: PostedAnswer(values, 0) for position, values in answers.items()}
    submit_sitting(sitting.pk, answers=posted, by=sitting.user)


def test_versions_of_a_question_are_one_question_in_its_newest_words(cast: Cast, pretest: Quiz) -> None:
    sit_free(pretest, by=cast.malee)
    question = pretest.questions.get(uid="before-1")
    question.content = "คำถามใหม่"
    question.save()
    sit_free(pretest, by=cast.krit, right=0)
    one = marks_by_question(Sitting.objects.all())[question.pk]
    assert (one.content, one.asked_count, one.full_count, one.mean_share) == ("คำถามใหม่", 2, 1, 0.5)


def test_what_is_not_handed_in_has_no_marks(cast: Cast, pretest: Quiz) -> None:
    sitting = open_free(pretest, by=cast.malee)
    assert marks_by_question([sitting]) == {}


@pytest.mark.parametrize("count", [1, 30])
def test_marks_and_results_cost_one_query_each(pretest: Quiz, django_assert_num_queries: Any, count: int) -> None:
    people = User.objects.bulk_create(User(username=f"learner-{n}", first_name="ผู้เรียน") for n in range(count))
    for person in people:
        sit_free(pretest, by=person, right=2)
    with django_assert_num_queries(1):
        assert len(graded_on("workshop-1-pre")) == count
    with django_assert_num_queries(1):
        marks = marks_by_question(graded_on("workshop-1-pre"))
    assert [one.full_count for one in marks.values()] == [0, 0, count, count]
    with django_assert_num_queries(1):
        result_of(people[0], "workshop-1-pre")

"""Handing in grades once, with a script or without, and never loses a newer answer."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from courses.quizzes.models import Question, Quiz
from learning.progress.models import LessonCompletion
from learning.sittings.flows import PostedAnswer, submit_sitting
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.catalog import make_course
from tests.factories.quizzes import make_question
from tests.factories.sittings import chosen_texts, filled_form, right_values, wrong_values
from tests.factories.threads import at_once

Begin, Save = Callable[..., Sitting], Callable[..., Any]


def hand_in(client: Client, sitting: Sitting, form: dict[str, Any]) -> Sitting:
    response = client.post(f"/sittings/{sitting.pk}/submit/", form)
    assert (response.status_code, response["Location"]) == (302, f"/sittings/{sitting.pk}/result/")
    return Sitting.objects.get(pk=sitting.pk)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("right", "score", "percent", "passed"), [(4, 4, 100, True), (3, 3, 75, True), (2, 2, 50, False), (0, 0, 0, False)]
)
def test_the_whole_form_is_enough_without_a_script(
    malee: Client, begin: Begin, right: int, score: int, percent: int, passed: bool
) -> None:
    sitting = begin()
    graded = hand_in(malee, sitting, filled_form(sitting, right=right))
    assert (graded.state, graded.score, graded.max_score, graded.percent, graded.passed) == (
        "graded",
        Decimal(score),
        Decimal(4),
        percent,
        passed,
    )
    assert graded.closed_by_clock is False
    assert LessonCompletion.objects.count() == int(passed)


@pytest.mark.django_db
def test_what_was_saved_one_by_one_is_graded_when_the_form_brings_nothing(
    malee: Client, begin: Begin, save: Save
) -> None:
    sitting = begin()
    for response in sitting.responses.select_related("question"):
        save(sitting, response.position, right_values(response))
    assert hand_in(malee, sitting, {}).percent == 100


@pytest.mark.django_db
def test_what_is_not_answered_counts_nothing(malee: Client, begin: Begin) -> None:
    sitting = begin()
    form = filled_form(sitting)
    del form["q1"], form["q3"]
    graded = hand_in(malee, sitting, form)
    assert (graded.score, graded.passed) == (Decimal(2), False)
    assert list(graded.responses.values_list("score", flat=True)) == [0, 1, 0, 1]


@pytest.mark.django_db
def test_an_empty_test_is_graded_as_zero(malee: Client, begin: Begin) -> None:
    graded = hand_in(malee, begin(), {})
    assert (graded.percent, graded.passed) == (0, False)


@pytest.mark.django_db
def test_handing_in_twice_is_once_and_the_second_changes_nothing(malee: Client, begin: Begin) -> None:
    sitting = begin()
    wrong, right = filled_form(sitting, right=0), filled_form(sitting)
    first = hand_in(malee, sitting, wrong)
    second = hand_in(malee, sitting, right)
    assert (second.score, second.submitted_at) == (Decimal(0), first.submitted_at)
    assert Sitting.objects.count() == 1


@pytest.mark.django_db
def test_a_form_older_than_what_was_saved_overwrites_nothing(malee: Client, begin: Begin, save: Save) -> None:
    """The old tab still shows the first answers; another device has saved better ones."""
    sitting = begin()
    stale = filled_form(sitting, right=0)
    for response in sitting.responses.select_related("question"):
        save(sitting, response.position, right_values(response))
    assert hand_in(malee, sitting, stale).percent == 100


@pytest.mark.django_db
def test_a_form_as_new_as_what_was_saved_counts(malee: Client, begin: Begin, save: Save) -> None:
    sitting = begin()
    for response in sitting.responses.select_related("question"):
        save(sitting, response.position, wrong_values(response))
    form = filled_form(sitting)
    assert {form[f"r{position}"] for position in range(1, 5)} == {1}
    assert hand_in(malee, sitting, form).percent == 100


@pytest.mark.django_db
def test_an_empty_line_in_the_form_takes_no_saved_answer_away(malee: Client, begin: Begin, save: Save) -> None:
    sitting = begin()
    form = filled_form(sitting)
    save(sitting, 1, form.pop("q1"))
    form["r1"] = 1
    assert hand_in(malee, sitting, form).percent == 100


@pytest.mark.django_db
def test_nonsense_in_the_form_is_refused_and_the_test_stays_open(malee: Client, begin: Begin, save: Save) -> None:
    sitting = begin()
    form = filled_form(sitting)
    save(sitting, 1, form["q1"])
    response = malee.post(f"/sittings/{sitting.pk}/submit/", {**form, "q2": "nonsense"})
    assert (response.status_code, response.templates[0].name) == (422, "refused.html")
    sitting.refresh_from_db()
    assert sitting.state == "open"
    assert list(sitting.responses.values_list("revision", flat=True)) == [1, 0, 0, 0]


@pytest.mark.django_db
def test_multiple_choice_earns_part_of_a_point(malee: Client, begin: Begin, quiz: Quiz) -> None:
    """Right ones chosen less wrong ones chosen, never below zero."""
    quiz.questions.set([make_question(number, uid=f"m-{number}", kind="multiple_choice") for number in range(1, 5)])
    sitting = begin(random_order=False)
    chosen = {1: "กข", 2: "ก", 3: "กขค", 4: "กคง"}
    form = {f"q{place}": chosen_texts(sitting.responses.get(position=place), texts) for place, texts in chosen.items()}
    graded = hand_in(malee, sitting, form)
    assert list(graded.responses.values_list("score", flat=True)) == [
        Decimal("1"),
        Decimal("0.5"),
        Decimal("0.5"),
        Decimal("0"),
    ]
    assert (graded.score, graded.percent) == (Decimal("2"), 50)


@pytest.mark.django_db
def test_a_question_edited_meanwhile_is_graded_and_shown_as_it_was_asked(
    malee: Client, begin: Begin, quiz: Quiz
) -> None:
    sitting = begin(random_order=False)
    form = filled_form(sitting)
    question = Question.objects.get(uid="control-final-1")
    question.content = "ถามใหม่"
    question.body = {"choices": [{**choice, "correct": choice["text"] == "ง"} for choice in question.body["choices"]]}
    question.save()
    page = malee.get(f"/sittings/{sitting.pk}/").content.decode()
    assert ("คำถามที่ 1" in page, "ถามใหม่" in page) == (True, False)
    assert hand_in(malee, sitting, form).percent == 100
    result = malee.get(f"/sittings/{sitting.pk}/result/").content.decode()
    assert ("คำถามที่ 1" in result, "ถามใหม่" in result) == (True, False)


@pytest.mark.django_db
def test_the_pass_mark_is_the_one_of_the_day_of_beginning(malee: Client, begin: Begin, quiz: Quiz) -> None:
    sitting = begin(pass_mark=50)
    form = filled_form(sitting, right=2)
    Quiz.objects.filter(pk=quiz.pk).update(pass_mark=100)
    assert hand_in(malee, sitting, form).passed is True


@pytest.mark.django_db
def test_a_lesson_that_moved_to_another_course_does_not_keep_the_test_from_being_graded(
    malee: Client, begin: Begin, academy: Any
) -> None:
    sitting = begin()
    form = filled_form(sitting)
    other = make_course("ledger", quiz=None)
    sitting.lesson.move(other, pos="last-child")
    assert hand_in(malee, sitting, form).passed is True
    assert LessonCompletion.objects.count() == 0


@pytest.mark.django_db
def test_handing_in_needs_a_form_that_was_sent(malee: Client, begin: Begin) -> None:
    assert malee.get(f"/sittings/{begin().pk}/submit/").status_code == 405


@pytest.mark.django_db(transaction=True)
def test_handing_in_from_four_windows_at_once_grades_once(cast: Cast, begin: Begin) -> None:
    sitting = begin()
    answers = {
        response.position: PostedAnswer(right_values(response), 0)
        for response in sitting.responses.select_related("question")
    }
    graded = at_once(*[lambda: submit_sitting(sitting.pk, answers=answers, by=cast.malee).percent for _ in range(4)])
    assert graded == [100] * 4
    assert (LessonCompletion.objects.count(), Sitting.objects.get().state) == (1, "graded")


@pytest.mark.django_db(transaction=True)
def test_beginning_from_four_windows_at_once_opens_one_sitting(begin: Begin) -> None:
    opened = at_once(*[lambda: begin().pk for _ in range(4)])
    assert opened == [Sitting.objects.get().pk] * 4
    assert Sitting.objects.get().responses.count() == 4

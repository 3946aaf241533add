"""The result: only after grading, with what was right, why, and how each subject went."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.sittings.models import Sitting
from tests.cast import Cast
from tests.factories.learning import read_everything, sit_test
from tests.factories.quizzes import make_question
from tests.factories.sittings import filled_form

pytestmark = pytest.mark.django_db
Begin = Callable[..., Sitting]


def result_of(client: Client, sitting: Sitting) -> Any:
    return client.get(f"/sittings/{sitting.pk}/result/")


def test_before_grading_it_leads_back_to_the_test(malee: Client, begin: Begin) -> None:
    sitting = begin()
    assert result_of(malee, sitting)["Location"] == f"/sittings/{sitting.pk}/"


def test_after_grading_the_test_leads_to_the_result(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    sitting = sit_test(enrollment, by=cast.malee)
    assert malee.get(f"/sittings/{sitting.pk}/")["Location"] == f"/sittings/{sitting.pk}/result/"


def test_it_tells_of_each_question_what_was_chosen_and_what_was_right(malee: Client, begin: Begin, quiz: Quiz) -> None:
    quiz.questions.set(
        [make_question(1, uid="r-1"), make_question(2, uid="r-2", kind="true_false"), make_question(3, uid="r-3")]
    )
    sitting = begin(random_order=False)
    form = filled_form(sitting, right=1)
    del form["q3"]
    malee.post(f"/sittings/{sitting.pk}/submit/", form)
    reviews = result_of(malee, sitting).context["reviews"]
    told = [(review["is_right"], review["is_answered"], review["explanation"]) for review in reviews]
    assert told == [
        (True, True, "คำอธิบายลับที่ 1"),
        (False, True, "คำอธิบายลับที่ 2"),
        (False, False, "คำอธิบายลับที่ 3"),
    ]
    marks = [[(choice["chosen"], choice["correct"]) for choice in review["shown"]["choices"]] for review in reviews]
    assert sorted(marks[0]) == [(False, False)] * 3 + [(True, True)]
    assert marks[1] == [(False, True), (True, False)]
    assert sorted(marks[2]) == [(False, False)] * 3 + [(False, True)]


def test_it_adds_up_by_subject_in_the_order_they_were_met(malee: Client, begin: Begin, quiz: Quiz) -> None:
    subjects = ["เงินสด", "เงินสด", "เอกสาร", "ลูกหนี้"]
    quiz.questions.set([make_question(n, uid=f"s-{n}", category=subject) for n, subject in enumerate(subjects, 1)])
    sitting = begin(random_order=False)
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting, right=3))
    categories = result_of(malee, sitting).context["categories"]
    assert [(c.category, c.score, c.max_score, c.percent) for c in categories] == [
        ("เงินสด", 2, 2, 100),
        ("เอกสาร", 1, 1, 100),
        ("ลูกหนี้", 0, 1, 0),
    ]


def test_a_pass_leads_to_the_next_lesson_and_a_failure_to_another_try(
    malee: Client, cast: Cast, enrollment: Enrollment
) -> None:
    failed = result_of(malee, sit_test(enrollment, by=cast.malee, right=False)).content.decode()
    passed = result_of(malee, sit_test(enrollment, by=cast.malee)).content.decode()
    assert ('data-passed="no"' in failed, 'data-action="again"' in failed) == (True, True)
    assert ('data-passed="yes"' in passed, 'data-action="next"' in passed) == (True, True)


def test_the_pass_that_completes_the_course_leads_to_the_certificate(
    malee: Client, cast: Cast, enrollment: Enrollment, django_capture_on_commit_callbacks: Any
) -> None:
    read_everything(enrollment, by=cast.malee)
    with django_capture_on_commit_callbacks() as after_commit:
        sitting = sit_test(enrollment, by=cast.malee)
    waiting = result_of(malee, sitting)
    assert waiting.context["enrollment"].is_completed
    assert 'data-action="desk"' in waiting.content.decode()
    for callback in after_commit:
        callback()
    assert 'data-action="certificate"' in result_of(malee, sitting).content.decode()


def test_the_last_failure_leads_to_the_answers_and_the_page_of_the_test(
    malee: Client, cast: Cast, enrollment: Enrollment, quiz: Quiz
) -> None:
    Quiz.objects.filter(pk=quiz.pk).update(attempts_allowed=1)
    page = result_of(malee, sit_test(enrollment, by=cast.malee, right=False))
    assert page.context["attempts_left"] == 0
    assert 'href="/tests/control/final-test/"' in page.content.decode()
    assert 'data-action="again"' not in page.content.decode()


def test_every_attempt_keeps_its_own_result(malee: Client, cast: Cast, enrollment: Enrollment) -> None:
    first = sit_test(enrollment, by=cast.malee, right=False)
    second = sit_test(enrollment, by=cast.malee)
    assert [result_of(malee, sitting).context["sitting"].percent for sitting in (first, second)] == [0, 100]

"""The right answer, the explanation and the feedback reach the browser only after grading."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from courses.catalog.models import LessonPage
from courses.quizzes.models import Quiz
from learning.enrollments.models import Enrollment
from learning.sittings.models import Sitting
from tests.factories.quizzes import make_question
from tests.factories.sittings import filled_form, right_values, wrong_values

pytestmark = pytest.mark.django_db
SECRETS = [b"SECRETEXPLANATION", b"SECRETFEEDBACK", b"SECRETSOURCE", b"correct"]


@pytest.fixture(autouse=True)
def question(quiz: Quiz) -> None:
    choices = [
        {"id": "a", "text": "ก", "correct": True, "feedback": "SECRETFEEDBACK-right"},
        {"id": "b", "text": "ข", "correct": False, "feedback": "SECRETFEEDBACK-wrong"},
    ]
    secret = {"explanation": "SECRETEXPLANATION", "source": "SECRETSOURCE"}
    quiz.questions.set(
        [
            make_question(900, body={"choices": choices}, **secret),
            make_question(901, kind="multiple_choice", body={"choices": choices}, **secret),
            make_question(902, kind="true_false", **secret),
        ]
    )


def leaks(*replies: Any) -> list[bytes]:
    """The secrets found in any byte of the replies, headers too."""
    sent = b"\n".join(reply.serialize_headers() + reply.content for reply in replies)
    return [secret for secret in SECRETS if secret in sent]


def test_nothing_leaks_before_grading(
    malee: Client, enrollment: Enrollment, lesson: LessonPage, begin: Callable[..., Sitting], save: Callable[..., Any]
) -> None:
    start = "/tests/control/final-test/"
    before = malee.get(start)
    sitting = begin()
    address = f"/sittings/{sitting.pk}/"
    replies = [before, malee.get(start), malee.get(address), malee.get("/courses/control/final-test/")]
    for response in sitting.responses.select_related("question"):
        replies.append(save(sitting, response.position, wrong_values(response)))
        replies.append(save(sitting, response.position, right_values(response)))  # 409: newer
        replies.append(save(sitting, response.position, "nonsense", 1))  # 422
    replies += [malee.get(address), malee.get(f"{address}result/"), malee.get("/my/")]
    assert sorted({reply.status_code for reply in replies}) == [200, 302, 409, 422]
    assert leaks(*replies) == []


def test_after_grading_all_of_it_is_shown(malee: Client, begin: Callable[..., Sitting]) -> None:
    """The guard above sees what it looks for."""
    sitting = begin()
    malee.post(f"/sittings/{sitting.pk}/submit/", filled_form(sitting))
    result = malee.get(f"/sittings/{sitting.pk}/result/")
    assert leaks(result) == SECRETS[:3]
    assert result.content.count(b"data-review=") == 3


def test_a_wrong_and_a_right_answer_are_saved_with_the_very_same_reply(
    begin: Callable[..., Sitting], save: Callable[..., Any]
) -> None:
    sitting = begin()
    replies = set()
    for response in sitting.responses.select_related("question"):
        values = right_values if response.position == 1 else wrong_values
        replies.add(save(sitting, response.position, values(response)).content)
    assert replies == {b'{"saved": true, "revision": 1}'}


def test_choices_look_alike_whether_right_or_wrong(malee: Client, begin: Callable[..., Sitting]) -> None:
    questions = malee.get(f"/sittings/{begin().pk}/").context["questions"]
    keys = {tuple(sorted(choice)) for question in questions for choice in question["shown"]["choices"]}
    assert keys == {("chosen", "text", "value")}

"""What a learner sends while sitting a test."""

from typing import Any

from courses.quizzes.models import Quiz
from learning.people.models import User
from learning.sittings.flows import PostedAnswer, open_free_sitting, submit_sitting
from learning.sittings.models import Sitting
from tests.factories.quizzes import right_answer, wrong_answer


def filled_form(sitting: Sitting, *, right: int | None = None) -> dict[str, Any]:
    """The whole form as the page without a script sends it: the first `right` answers right (all when None)."""
    form: dict[str, Any] = {}
    for response in sitting.responses.select_related("question"):
        is_right = right is None or response.position <= right
        answer = right_answer if is_right else wrong_answer
        form[f"q{response.position}"] = answer(response.question.body)
        form[f"r{response.position}"] = response.revision
    return form


def open_free(quiz: Quiz, *, by: User, occasion: str = "workshop-1-pre", **settings: Any) -> Sitting:
    """A sitting outside any course: once for each person, and its answers are kept back."""
    values = {"title": "อบรมตรวจนับเงินสด", "back_url": "/workshops/1/", "attempts": 1, "shows_answers": False}
    return open_free_sitting(quiz, occasion=occasion, by=by, **{**values, **settings})


def sit_free(quiz: Quiz, *, by: User, right: int | None = None, **settings: Any) -> Sitting:
    """Open one, answer the first `right` questions right (all when None) and the others wrong, hand it in."""
    sitting = open_free(quiz, by=by, **settings)
    form = filled_form(sitting, right=right)
    answers = {
        position: PostedAnswer(form[f"q{position}"], form[f"r{position}"])
        for position in sitting.responses.values_list("position", flat=True)
    }
    return submit_sitting(sitting, answers=answers, by=by)

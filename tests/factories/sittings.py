"""What a learner sends while sitting a test."""

from typing import Any

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

"""Several right choices: right ones chosen less wrong ones chosen, never below zero, as a share of one point."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.choice import ChoiceKind, clean_choices
from courses.quizzes.kinds.kind import Body, Mark


class MultipleChoice(ChoiceKind):
    code = "multiple_choice"
    name = gettext_lazy("Multiple choice")
    about = gettext_lazy("Several answers may be right.")
    input_type = "checkbox"

    def clean(self, body: Body) -> Body:
        choices = clean_choices(body)
        if sum(choice["correct"] for choice in choices) < 1:
            raise ValidationError(_("A multiple choice question has at least one right choice."))
        return {"choices": choices}

    def grade(self, body: Body, answer: Any) -> Mark:
        right = {choice["id"] for choice in body["choices"] if choice["correct"]}
        chosen = set(answer or [])
        points = max(0, len(chosen & right) - len(chosen - right))
        return Mark(round(points / len(right), 2), 1)


KIND = MultipleChoice()

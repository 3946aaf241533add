"""One right choice of several: one point or none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.choice import ChoiceKind, clean_choices
from courses.quizzes.kinds.kind import Body, Mark


class SingleChoice(ChoiceKind):
    code = "single_choice"
    name = gettext_lazy("Single choice")
    about = gettext_lazy("One right answer of several.")

    def clean(self, body: Body) -> Body:
        choices = clean_choices(body)
        if sum(choice["correct"] for choice in choices) != 1:
            raise ValidationError(_("A single choice question has exactly one right choice."))
        return {"choices": choices}

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[str] | None:
        if len(values) > 1:
            raise ValueError("not one of the choices")
        return super().clean_answer(body, presentation, values)

    def grade(self, body: Body, answer: Any) -> Mark:
        right = [choice["id"] for choice in body["choices"] if choice["correct"]]
        return Mark(1 if answer == right else 0, 1)


KIND = SingleChoice()

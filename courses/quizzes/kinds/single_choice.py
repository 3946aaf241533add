"""One right choice of several: one point or none."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.choice import ChoiceKind, clean_choices
from courses.quizzes.kinds.registry import Mark


class SingleChoice(ChoiceKind):
    code = "single_choice"
    name = gettext_lazy("Single choice")
    input_type = "radio"

    def clean_body(self, body: dict[str, Any]) -> dict[str, Any]:
        choices = clean_choices(body)
        if sum(choice["correct"] for choice in choices) != 1:
            raise ValidationError(_("A single choice question has exactly one right choice."))
        return {"choices": choices}

    def clean_answer(self, body: dict[str, Any], raw: list[str]) -> list[str] | None:
        if not raw:
            return None
        if len(raw) != 1 or raw[0] not in {choice["id"] for choice in body["choices"]}:
            raise ValueError("not one of the choices")
        return raw

    def grade(self, body: dict[str, Any], answer: Any) -> Mark:
        right = [choice["id"] for choice in body["choices"] if choice["correct"]]
        return Mark(1 if answer == right else 0, 1)


KIND = SingleChoice()

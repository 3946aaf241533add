"""Several right choices: right ones chosen less wrong ones chosen, never below zero, as a share of one point."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds import choice_h5p
from courses.quizzes.kinds.choice import ChoiceKind, clean_choices
from courses.quizzes.kinds.h5p_content import cleaned_body
from courses.quizzes.kinds.kind import Body, H5PContent, Mark, Read
from courses.quizzes.kinds.registry import kind_of


class MultipleChoice(ChoiceKind):
    code = "multiple_choice"
    name = gettext_lazy("Multiple choice")
    about = gettext_lazy("Several answers may be right.")
    input_type = "checkbox"
    is_single = False
    reads = (choice_h5p.MACHINE_NAME,)

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

    def from_h5p(self, content: H5PContent) -> Read:
        """Single choice comes from the same library; it is told apart by how many can be chosen."""
        read = choice_h5p.read(content)
        return replace(read, body=cleaned_body(kind_of(read.kind), read.body))


KIND = MultipleChoice()

"""A statement that is true or false: one point or none."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark, Read
from courses.quizzes.kinds.true_false import h5p


class TrueFalse(Kind):
    code = "true_false"
    name = gettext_lazy("True or false")
    about = gettext_lazy("A statement to be judged.")
    reads = (h5p.MACHINE_NAME,)
    scores: ClassVar[dict[str, Any]] = {h5p.MACHINE_NAME: h5p.score}

    @property
    def template(self) -> str:
        return "quizzes/kinds/choice/question.html"

    @property
    def review_template(self) -> str:
        return "quizzes/kinds/choice/review.html"

    def form_fields(self) -> dict[str, forms.Field]:
        choices = [("true", gettext_lazy("True")), ("false", gettext_lazy("False"))]
        return {
            "statement_is_true": forms.ChoiceField(
                label=gettext_lazy("The statement is"), choices=choices, widget=forms.RadioSelect
            )
        }

    def written(self, body: Body) -> dict[str, Any]:
        return {"statement_is_true": "true" if body["correct"] else "false"} if "correct" in body else {}

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        return {"correct": {"true": True, "false": False}.get(cleaned.get("statement_is_true", ""))}

    def clean(self, body: Body) -> Body:
        if not isinstance(body.get("correct"), bool):
            raise ValidationError(_("Say whether the statement is true or false."))
        return {"correct": body["correct"]}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        # ถูก always stands before ผิด: people look for it there.
        choices = [("true", _("True")), ("false", _("False"))]
        return {
            "input_type": "radio",
            "choices": [{"value": value, "text": text, "chosen": value == answer} for value, text in choices],
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> str | None:
        if not values:
            return None
        if len(values) != 1 or values[0] not in {"true", "false"}:
            raise ValueError("neither true nor false")
        return values[0]

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return [answer] if answer else []

    def grade(self, body: Body, answer: Any) -> Mark:
        return Mark(1 if answer == _word(body["correct"]) else 0, 1)

    def chosen(self, answer: Any) -> list[str]:
        return [answer] if answer else []

    def choices_of(self, body: Body) -> list[tuple[str, str, bool]]:
        return [("true", _("True"), body["correct"]), ("false", _("False"), not body["correct"])]

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        return {
            "choices": [
                {"text": text, "chosen": value == answer, "correct": correct, "feedback": ""}
                for value, text, correct in self.choices_of(body)
            ]
        }

    def from_h5p(self, content: H5PContent) -> Read:
        return h5p.read(content)

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        return h5p.write(content, body)

    def to_state(self, body: Body, answer: Any) -> dict[str, Any]:
        return {"answer": answer == "true"} if answer else {}


def _word(is_true: bool) -> str:
    return "true" if is_true else "false"


KIND = TrueFalse()

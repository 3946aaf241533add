"""A statement that is true or false: one point or none."""

from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.registry import Mark


class TrueFalse:
    code = "true_false"
    name = gettext_lazy("True or false")
    input_type = "radio"
    template = "quizzes/kinds/choice.html"

    def clean_body(self, body: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(body, dict) or not isinstance(body.get("correct"), bool):
            raise ValidationError(_("Say whether the statement is true or false."))
        return {"correct": body["correct"]}

    def present(self, body: dict[str, Any], random: Random | None) -> dict[str, Any]:
        return {}  # ถูก always stands before ผิด: people look for it there

    def choices(self, body: dict[str, Any], presentation: dict[str, Any]) -> list[dict[str, str]]:
        return [{"id": "true", "text": _("True")}, {"id": "false", "text": _("False")}]

    def clean_answer(self, body: dict[str, Any], raw: list[str]) -> str | None:
        if not raw:
            return None
        if len(raw) != 1 or raw[0] not in {"true", "false"}:
            raise ValueError("neither true nor false")
        return raw[0]

    def grade(self, body: dict[str, Any], answer: Any) -> Mark:
        return Mark(1 if answer == ("true" if body["correct"] else "false") else 0, 1)

    def review(self, body: dict[str, Any], presentation: dict[str, Any], answer: Any) -> list[dict[str, Any]]:
        right = "true" if body["correct"] else "false"
        return [
            {"text": choice["text"], "chosen": choice["id"] == answer, "correct": choice["id"] == right, "feedback": ""}
            for choice in self.choices(body, presentation)
        ]


KIND = TrueFalse()

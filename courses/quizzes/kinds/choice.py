"""What single and multiple choice share: a list of choices with stable ids."""

from random import Random
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds import choice_h5p, choice_score
from courses.quizzes.kinds.choice_h5p import id_of_place
from courses.quizzes.kinds.javascript import as_list, section
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, free_id, id_of, token_of, tokens_for

MAX_CHOICES = 20


def clean_choices(body: Body) -> list[dict[str, Any]]:
    """Choices with an id, a text, a feedback and whether they are right; ids are given once and kept."""
    raw = body.get("choices")
    if not isinstance(raw, list) or not 2 <= len(raw) <= MAX_CHOICES:
        raise ValidationError(_("Give between 2 and %(count)d choices.") % {"count": MAX_CHOICES})
    taken = {str(choice.get("id")) for choice in raw if isinstance(choice, dict) and choice.get("id")}
    # An id that tells the place of an answer in content that was read is never given to another choice.
    taken |= {id_of_place(place) for place in range(len(as_list(section(body.get("h5p"), "params").get("answers"))))}
    cleaned: list[dict[str, Any]] = []
    for choice in raw:
        if not isinstance(choice, dict) or not str(choice.get("text", "")).strip():
            raise ValidationError(_("A choice has no text. Write one or remove the choice."))
        if not isinstance(choice.get("correct", False), bool):
            raise ValidationError(_("Say of every choice whether it is right."))
        cleaned.append(
            {
                "id": str(choice.get("id") or free_id("c", taken)),
                "text": str(choice["text"]).strip(),
                "correct": choice.get("correct", False),
                "feedback": str(choice.get("feedback", "")).strip(),
            }
        )
    if len({choice["id"] for choice in cleaned}) != len(cleaned):
        raise ValidationError(_("Two choices carry the same identifier."))
    if len({choice["text"] for choice in cleaned}) != len(cleaned):
        raise ValidationError(_("Two choices say the same. Change one of them."))
    return cleaned


class ChoiceKind(Kind):
    """Presentation and review of a list of choices."""

    input_type = "radio"
    is_single = True
    scores: ClassVar[dict[str, Any]] = {choice_h5p.MACHINE_NAME: choice_score.score}

    @property
    def template(self) -> str:
        return "quizzes/kinds/choice/question.html"

    @property
    def review_template(self) -> str:
        return "quizzes/kinds/choice/review.html"

    def form_fields(self) -> dict[str, forms.Field]:
        fields: dict[str, forms.Field] = {}
        for number in range(1, MAX_CHOICES + 1):
            fields[f"choice_{number}_text"] = forms.CharField(
                label=gettext_lazy("Choice"), required=False, max_length=2000
            )
            fields[f"choice_{number}_correct"] = forms.BooleanField(label=gettext_lazy("Right"), required=False)
            fields[f"choice_{number}_feedback"] = forms.CharField(
                label=gettext_lazy("Why"), required=False, max_length=2000
            )
        return fields

    def written(self, body: Body) -> dict[str, Any]:
        fields: dict[str, Any] = {}
        for number, choice in enumerate(body.get("choices", [])[:MAX_CHOICES], 1):
            for part in ("text", "correct", "feedback"):
                fields[f"choice_{number}_{part}"] = choice[part]
        return fields

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        known = before.get("choices", [])
        choices = []
        for number in range(1, MAX_CHOICES + 1):
            if text := (cleaned.get(f"choice_{number}_text") or "").strip():
                choices.append(
                    {
                        "id": known[number - 1]["id"] if number <= len(known) else None,
                        "text": text,
                        "correct": cleaned.get(f"choice_{number}_correct", False),
                        "feedback": cleaned.get(f"choice_{number}_feedback") or "",
                    }
                )
        return {"choices": choices}

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        order = [choice["id"] for choice in body["choices"]]
        if shuffle:
            random.shuffle(order)
        return {"order": order, "tokens": tokens_for(order, random)}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        by_id = {choice["id"]: choice for choice in body["choices"]}
        chosen = set(self.chosen(answer))
        return {
            "input_type": self.input_type,
            "choices": [
                {"value": token_of(presentation, key), "text": by_id[key]["text"], "chosen": key in chosen}
                for key in presentation["order"]
            ],
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[str] | None:
        chosen = {id_of(presentation, value) for value in values}
        if not chosen <= {choice["id"] for choice in body["choices"]}:
            raise ValueError("not one of the choices")
        return sorted(chosen) or None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return [token_of(presentation, key) for key in self.chosen(answer)]

    def chosen(self, answer: Any) -> list[str]:
        return list(answer or [])

    def choices_of(self, body: Body) -> list[tuple[str, str, bool]]:
        return [(choice["id"], choice["text"], choice["correct"]) for choice in body["choices"]]

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        by_id = {choice["id"]: choice for choice in body["choices"]}
        chosen = set(self.chosen(answer))
        return {
            "choices": [
                {
                    "text": by_id[key]["text"],
                    "chosen": key in chosen,
                    "correct": by_id[key]["correct"],
                    "feedback": by_id[key]["feedback"],
                }
                for key in presentation["order"]
            ]
        }

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        return choice_h5p.write(content, body, single=self.is_single)

    def to_state(self, body: Body, answer: Any) -> dict[str, Any]:
        return choice_h5p.state(body, self.chosen(answer))

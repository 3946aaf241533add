"""What single and multiple choice share: a list of choices with stable ids."""

from random import Random
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_CHOICES = 12


def clean_choices(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Choices with an id, a text, a feedback and whether they are right; ids are given once and kept."""
    raw = body.get("choices") if isinstance(body, dict) else None
    if not isinstance(raw, list) or not 2 <= len(raw) <= MAX_CHOICES:
        raise ValidationError(_("Give between 2 and %(count)d choices.") % {"count": MAX_CHOICES})
    taken = {str(choice.get("id")) for choice in raw if isinstance(choice, dict) and choice.get("id")}
    cleaned: list[dict[str, Any]] = []
    for choice in raw:
        if not isinstance(choice, dict) or not str(choice.get("text", "")).strip():
            raise ValidationError(_("A choice has no text. Write one or remove the choice."))
        if not isinstance(choice.get("correct", False), bool):
            raise ValidationError(_("Say of every choice whether it is right."))
        identifier = str(choice.get("id") or _free_id(taken))
        taken.add(identifier)
        cleaned.append(
            {
                "id": identifier,
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


def _free_id(taken: set[str]) -> str:
    number = 1
    while f"c{number}" in taken:
        number += 1
    return f"c{number}"


class ChoiceKind:
    """Presentation and review of a list of choices."""

    template = "quizzes/kinds/choice.html"

    def present(self, body: dict[str, Any], random: Random | None) -> dict[str, Any]:
        order = [choice["id"] for choice in body["choices"]]
        if random is not None:
            random.shuffle(order)
        return {"order": order}

    def choices(self, body: dict[str, Any], presentation: dict[str, Any]) -> list[dict[str, str]]:
        by_id = {choice["id"]: choice for choice in body["choices"]}
        return [{"id": key, "text": by_id[key]["text"]} for key in presentation["order"]]

    def chosen(self, answer: Any) -> set[str]:
        return set(answer or [])

    def review(self, body: dict[str, Any], presentation: dict[str, Any], answer: Any) -> list[dict[str, Any]]:
        by_id = {choice["id"]: choice for choice in body["choices"]}
        chosen = self.chosen(answer)
        return [
            {
                "text": by_id[key]["text"],
                "chosen": key in chosen,
                "correct": by_id[key]["correct"],
                "feedback": by_id[key]["feedback"],
            }
            for key in presentation["order"]
        ]

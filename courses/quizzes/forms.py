"""How authors write a question: a few lines instead of JSON."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from courses.quizzes.kinds import kind_of, kinds
from courses.quizzes.kinds.choice import MAX_CHOICES

LINES = MAX_CHOICES


class QuestionForm(WagtailAdminModelForm):
    """Choices line by line; for a statement, whether it is true. The kind checks what was written."""

    statement_is_true = forms.NullBooleanField(
        label=_("The statement is"),
        required=False,
        widget=forms.Select(choices=[("unknown", "–"), ("true", _("True")), ("false", _("False"))]),
        help_text=_("Only for “True or false”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.instance.body or {}
        if "correct" in body:
            self.initial["statement_is_true"] = "true" if body["correct"] else "false"
        for number, choice in enumerate(body.get("choices", [])[:LINES], 1):
            self.initial[f"choice_{number}_text"] = choice["text"]
            self.initial[f"choice_{number}_correct"] = choice["correct"]
            self.initial[f"choice_{number}_feedback"] = choice["feedback"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if kind in kinds():
            try:
                self.instance.body = kind_of(kind).clean_body(self._body(cleaned))
            except forms.ValidationError as error:
                self.add_error("kind", error)
        return cleaned

    def _body(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """What the lines say; a choice that keeps its line keeps its id."""
        if cleaned.get("kind") == "true_false":
            return {"correct": cleaned.get("statement_is_true")}
        before = (self.instance.body or {}).get("choices", [])
        choices = []
        for number in range(1, LINES + 1):
            if text := (cleaned.get(f"choice_{number}_text") or "").strip():
                known = before[number - 1]["id"] if number <= len(before) else None
                choices.append(
                    {
                        "id": known,
                        "text": text,
                        "correct": cleaned.get(f"choice_{number}_correct", False),
                        "feedback": cleaned.get(f"choice_{number}_feedback") or "",
                    }
                )
        return {"choices": choices}


def _with_lines(form: type[QuestionForm]) -> type[QuestionForm]:
    """The form with its lines of choices, numbered from 1."""
    fields: dict[str, forms.Field] = {}
    for number in range(1, LINES + 1):
        fields[f"choice_{number}_text"] = forms.CharField(label=_("Choice"), required=False, max_length=500)
        fields[f"choice_{number}_correct"] = forms.BooleanField(label=_("Right"), required=False)
        fields[f"choice_{number}_feedback"] = forms.CharField(label=_("Why"), required=False, max_length=500)
    return type(form.__name__, (form,), {**fields, "__module__": form.__module__})


LinedQuestionForm = _with_lines(QuestionForm)

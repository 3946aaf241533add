"""Several short questions in a row, one right choice each: a point for every right one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.quizzes.kinds.first_right import FirstRightKind
from courses.quizzes.kinds.kind import Body, H5PContent, Read
from courses.quizzes.kinds.lines import blocks_of
from courses.quizzes.kinds.single_choice_set import h5p


class SingleChoiceSet(FirstRightKind):
    code = "single_choice_set"
    name = gettext_lazy("Set of single choices")
    about = gettext_lazy("Several short questions in a row, one right answer each.")
    reads = (h5p.LIBRARY,)
    scores = {h5p.LIBRARY: h5p.score}
    parts_key, texts_key, asks = "sets", "choices", "question"
    part_letter, text_letter = "s", "c"

    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "set_lines": forms.CharField(
                label=gettext_lazy("Questions and choices"),
                widget=forms.Textarea(attrs={"rows": 12}),
                required=False,
                help_text=gettext_lazy(
                    "One line for the question, then a line for each choice, the right one first."
                    " An empty line before the next question. Learners see the choices shuffled."
                ),
            )
        }

    def written(self, body: Body) -> dict[str, Any]:
        blocks = [[part["question"], *(item["text"] for item in part["choices"])] for part in body.get("sets", [])]
        return {"set_lines": "\n\n".join("\n".join(block) for block in blocks)}

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        return {
            "sets": self.parts_from([(block[0], block[1:]) for block in blocks_of(cleaned.get("set_lines"))], before)
        }

    def clean(self, body: Body) -> Body:
        cleaned = super().clean(body)
        if not all(part["question"] for part in cleaned["sets"]):
            raise ValidationError(_("A part of the set asks nothing. Write its question in the first line."))
        return cleaned

    def from_h5p(self, content: H5PContent) -> Read:
        sets, left_out = h5p.sets_of(content.params)
        if not sets:
            raise ValueError("no question with answers")
        remarks = []
        if left_out:
            remarks.append(
                ngettext(
                    "%(count)d question without answers was left out.",
                    "%(count)d questions without answers were left out.",
                    left_out,
                )
                % {"count": left_out}
            )
        return Read(self.code, h5p.asked_by(content.params), {"sets": sets}, remarks=remarks)

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        return h5p.written(content, body)

    def to_state(self, body: Body, answer: Any) -> Any:
        return h5p.state_of(body, answer)


KIND = SingleChoiceSet()

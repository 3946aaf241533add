"""A short answer in the learner's own words: one point when it is one of the right ones."""

from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.blanks import h5p
from courses.quizzes.kinds.javascript import as_list
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark
from courses.quizzes.texts import is_same, typed

MOST_ANSWERS = 60
LONGEST_ANSWER = 200  # characters


class ShortAnswer(Kind):
    code = "short_answer"
    name = gettext_lazy("Short answer")
    about = gettext_lazy("The learner types a word or a few.")

    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "short_answer_answers": forms.CharField(
                label=gettext_lazy("Right answers"),
                help_text=gettext_lazy("One on each line. The first is the one that learners are shown."),
                widget=forms.Textarea(attrs={"rows": 4}),
                max_length=10_000,
            ),
            "short_answer_case_sensitive": forms.BooleanField(
                label=gettext_lazy("Capital and small letters differ"), required=False
            ),
            "short_answer_accept_spelling_errors": forms.BooleanField(
                label=gettext_lazy("Forgive small slips of spelling"),
                help_text=gettext_lazy(
                    "One slip in a word of 4 letters or more, two in one of 10 or more; none in a number."
                ),
                required=False,
            ),
        }

    def written(self, body: Body) -> dict[str, Any]:
        if "answers" not in body:
            return {}
        return {
            "short_answer_answers": "\n".join(body["answers"]),
            "short_answer_case_sensitive": body["case_sensitive"],
            "short_answer_accept_spelling_errors": body["accept_spelling_errors"],
        }

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        return {
            "answers": [line for line in (cleaned.get("short_answer_answers") or "").splitlines() if line.strip()],
            "case_sensitive": bool(cleaned.get("short_answer_case_sensitive")),
            "accept_spelling_errors": bool(cleaned.get("short_answer_accept_spelling_errors")),
        }

    def clean(self, body: Body) -> Body:
        texts = (" ".join(str(one).split()) for one in as_list(body.get("answers")))
        answers = list(dict.fromkeys(text for text in texts if text))
        if not 1 <= len(answers) <= MOST_ANSWERS or any(len(answer) > LONGEST_ANSWER for answer in answers):
            raise ValidationError(
                _("Give between 1 and %(count)d right answers of at most %(length)d letters.")
                % {"count": MOST_ANSWERS, "length": LONGEST_ANSWER}
            )
        return {
            "answers": answers,
            "case_sensitive": body.get("case_sensitive") is True,
            "accept_spelling_errors": body.get("accept_spelling_errors") is True,
        }

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        return {}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        return {"given": answer or ""}

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> str | None:
        if len(values) > 1:
            raise ValueError("more than one answer")
        return typed(values[0]) or None if values else None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return [answer] if answer else []

    def grade(self, body: Body, answer: Any) -> Mark:
        return Mark(1 if self._is_right(body, answer or "") else 0, 1)

    def _is_right(self, body: Body, given: str, *, forgiving: bool = True) -> bool:
        return bool(given) and any(
            is_same(
                given,
                wanted,
                case_sensitive=body["case_sensitive"],
                accept_spelling_errors=forgiving and body["accept_spelling_errors"],
            )
            for wanted in body["answers"]
        )

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        given = answer or ""
        is_right = self._is_right(body, given)
        reason = ""
        if is_right and not self._is_right(body, given, forgiving=False):
            reason = _("A small slip of spelling was forgiven.")
        elif not is_right and given:
            reason = self._why_wrong(body, given)
        return {"given": given, "is_right": is_right, "answers": body["answers"], "reason": reason}

    def _why_wrong(self, body: Body, given: str) -> str:
        if any(is_same(given, wanted) for wanted in body["answers"]):
            return _("Capital and small letters differ here.")
        if any(is_same(given, wanted, accept_spelling_errors=True) for wanted in body["answers"]):
            return _("Nearly: look at the spelling.")
        return ""

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        gap = {"id": "g1", "answers": body["answers"], "tip": ""}
        # A text read from H5P is a kind of its own; a short answer never starts from one.
        return h5p.write(content, {**body, "parts": [gap], "h5p": None})

    def to_state(self, body: Body, answer: Any) -> list[str]:
        return [answer or ""]


KIND = ShortAnswer()

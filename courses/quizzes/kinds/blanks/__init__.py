"""Fill in the blanks: a text with gaps to be typed into, a point for each gap."""

from random import Random
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.blanks import h5p
from courses.quizzes.kinds.blanks.score import score
from courses.quizzes.kinds.gaps import clean_parts, cut, escaped, gaps_of, keep_ids, opened
from courses.quizzes.kinds.h5p_content import cleaned_body
from courses.quizzes.kinds.javascript import as_list
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark, Read
from courses.quizzes.texts import is_same, typed

MOST_ANSWERS = 60  # of one gap
LONGEST_ANSWER = 200  # characters


class Blanks(Kind):
    code = "blanks"
    name = gettext_lazy("Fill in the blanks")
    about = gettext_lazy("A text with gaps into which the learner types.")
    reads = (h5p.MACHINE_NAME,)
    scores: ClassVar[dict[str, Any]] = {h5p.MACHINE_NAME: score}

    # --- authors -------------------------------------------------------------------------------------
    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "blanks_text": forms.CharField(
                label=gettext_lazy("Text with gaps"),
                help_text=gettext_lazy(
                    "Write what is to be filled in between asterisks: *right answer/another right answer:a hint*. "
                    "For one of the signs * / : itself, write a backslash before it."
                ),
                widget=forms.Textarea(attrs={"rows": 6}),
                max_length=20_000,
            ),
            "blanks_case_sensitive": forms.BooleanField(
                label=gettext_lazy("Capital and small letters differ"), required=False
            ),
            "blanks_accept_spelling_errors": forms.BooleanField(
                label=gettext_lazy("Forgive small slips of spelling"),
                help_text=gettext_lazy(
                    "One slip in a word of 4 letters or more, two in one of 10 or more; none in a number."
                ),
                required=False,
            ),
        }

    def written(self, body: Body) -> dict[str, Any]:
        if "parts" not in body:
            return {}
        return {
            "blanks_text": "".join(
                escaped(part) if isinstance(part, str) else _written_gap(part) for part in body["parts"]
            ),
            "blanks_case_sensitive": body["case_sensitive"],
            "blanks_accept_spelling_errors": body["accept_spelling_errors"],
        }

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        parts = cut(cleaned.get("blanks_text") or "", _cut_gap)
        return {
            "parts": keep_ids(parts, before.get("parts"), "answers"),
            "case_sensitive": bool(cleaned.get("blanks_case_sensitive")),
            "accept_spelling_errors": bool(cleaned.get("blanks_accept_spelling_errors")),
        }

    # --- the body ------------------------------------------------------------------------------------
    def clean(self, body: Body) -> Body:
        return {
            "parts": clean_parts(body.get("parts"), "g", _clean_gap),
            "case_sensitive": body.get("case_sensitive") is True,
            "accept_spelling_errors": body.get("accept_spelling_errors") is True,
        }

    def max_score(self, body: Body) -> float:
        return len(gaps_of(body["parts"]))

    # --- a learner -----------------------------------------------------------------------------------
    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        return {}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        given = iter(answer or [""] * len(gaps_of(body["parts"])))
        numbers = iter(range(1, MOST_ANSWERS))
        parts = [
            {"text": part}
            if isinstance(part, str)
            else {"number": next(numbers), "tip": part["tip"], "given": next(given, "")}
            for part in body["parts"]
        ]
        return {"parts": parts, "count": len(gaps_of(body["parts"]))}

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[str] | None:
        if not values:
            return None
        if len(values) != len(gaps_of(body["parts"])):
            raise ValueError("not one text for each gap")
        given = [typed(value) for value in values]
        return given if any(given) else None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return list(answer or [])

    def grade(self, body: Body, answer: Any) -> Mark:
        gaps = gaps_of(body["parts"])
        given = answer or []
        return Mark(sum(self._is_right(body, gap, text) for gap, text in zip(gaps, given, strict=False)), len(gaps))

    def _is_right(self, body: Body, gap: dict[str, Any], given: str) -> bool:
        return bool(given) and any(
            is_same(
                given,
                wanted,
                case_sensitive=body["case_sensitive"],
                accept_spelling_errors=body["accept_spelling_errors"],
            )
            for wanted in gap["answers"]
        )

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        given = iter(answer or [])
        gaps = []
        parts: list[dict[str, Any]] = []
        for part in body["parts"]:
            if isinstance(part, str):
                parts.append({"text": part})
                continue
            text = next(given, "")
            is_right = self._is_right(body, part, text)
            gaps.append(
                {
                    "number": len(gaps) + 1,
                    "given": text,
                    "is_right": is_right,
                    "answers": part["answers"],
                    "reason": _reason(part, text, is_right=is_right, body=body),
                }
            )
            parts.append(gaps[-1])
        return {"parts": parts, "gaps": gaps}

    # --- H5P -----------------------------------------------------------------------------------------
    def from_h5p(self, content: H5PContent) -> Read:
        read = h5p.read(content)
        return Read(read.kind, read.content, cleaned_body(self, read.body), remarks=read.remarks)

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        return h5p.write(content, body)

    def to_state(self, body: Body, answer: Any) -> list[str]:
        return list(answer or [])


def _cut_gap(inside: str) -> dict[str, Any]:
    answers, _colon, tip = inside.partition(":")
    return {"answers": [opened(answer) for answer in answers.split("/")], "tip": opened(tip)}


def _written_gap(gap: dict[str, Any]) -> str:
    tip = f":{escaped(gap['tip'])}" if gap["tip"] else ""
    return f"*{'/'.join(escaped(answer, '*/:') for answer in gap['answers'])}{tip}*"


def _clean_gap(gap: dict[str, Any]) -> dict[str, Any]:
    texts = (" ".join(str(one).split()) for one in as_list(gap.get("answers")))
    answers = list(dict.fromkeys(text for text in texts if text))
    if not answers:
        raise ValidationError(_("A gap has no right answer. Write it between the two asterisks."))
    if len(answers) > MOST_ANSWERS or any(len(answer) > LONGEST_ANSWER for answer in answers):
        raise ValidationError(
            _("A gap takes at most %(count)d answers of %(length)d letters.")
            % {"count": MOST_ANSWERS, "length": LONGEST_ANSWER}
        )
    return {"answers": answers, "tip": " ".join(str(gap.get("tip") or "").split())[:500]}


def _reason(gap: dict[str, Any], given: str, *, is_right: bool, body: Body) -> str:
    """Why a gap counts or not, in a sentence."""
    if is_right:
        is_exact = any(is_same(given, wanted, case_sensitive=body["case_sensitive"]) for wanted in gap["answers"])
        return "" if is_exact else _("A small slip of spelling was forgiven.")
    if not given:
        return _("Nothing was written here.")
    if any(is_same(given, wanted) for wanted in gap["answers"]):
        return _("Capital and small letters differ here.")
    if any(is_same(given, wanted, accept_spelling_errors=True) for wanted in gap["answers"]):
        return _("Nearly: look at the spelling.")
    return ""


KIND = Blanks()

"""Words for the gaps of a text: each gap takes one of the words given, a point for each gap."""

from random import Random
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.drag_text import h5p
from courses.quizzes.kinds.drag_text.author import cut_gap, written_gap
from courses.quizzes.kinds.drag_text.score import score
from courses.quizzes.kinds.gaps import clean_parts, cut, escaped, gaps_of, keep_ids
from courses.quizzes.kinds.h5p_content import cleaned_body
from courses.quizzes.kinds.javascript import as_list
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark, Read, free_id, id_of, token_of, tokens_for
from courses.quizzes.texts import is_same

MOST_DISTRACTORS = 20
LONGEST_WORD = 200  # characters


class DragText(Kind):
    code = "drag_text"
    name = gettext_lazy("Words into a text")
    about = gettext_lazy("A text with gaps; the learner puts each given word where it belongs.")
    scripts = ("quizzes/kinds/drag_text/words.js",)
    reads = (h5p.MACHINE_NAME,)
    scores: ClassVar[dict[str, Any]] = {h5p.MACHINE_NAME: score}

    # --- authors -------------------------------------------------------------------------------------
    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "drag_text_text": forms.CharField(
                label=gettext_lazy("Text with gaps"),
                help_text=gettext_lazy(
                    "Write each word to be moved between asterisks: *word:a hint\\+said when right\\-said when wrong*. "
                    "Hint and remarks may be left out. For one of the signs * : \\ itself, write a backslash before it."
                ),
                widget=forms.Textarea(attrs={"rows": 6}),
                max_length=20_000,
            ),
            "drag_text_distractors": forms.CharField(
                label=gettext_lazy("Words that belong nowhere"),
                help_text=gettext_lazy("One on each line. May be left empty."),
                widget=forms.Textarea(attrs={"rows": 3}),
                max_length=5_000,
                required=False,
            ),
        }

    def written(self, body: Body) -> dict[str, Any]:
        if "parts" not in body:
            return {}
        texts = [escaped(part) if isinstance(part, str) else written_gap(part) for part in body["parts"]]
        return {
            "drag_text_text": "".join(texts),
            "drag_text_distractors": "\n".join(distractor["text"] for distractor in body["distractors"]),
        }

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        parts = cut(cleaned.get("drag_text_text") or "", cut_gap)
        known: dict[str, list[str]] = {}
        for distractor in before.get("distractors", []):
            known.setdefault(distractor["text"], []).append(distractor["id"])
        lines = [line.strip() for line in (cleaned.get("drag_text_distractors") or "").split("\n")]
        return {
            "parts": keep_ids(parts, before.get("parts"), "word"),
            "distractors": [
                {"id": known[line].pop(0) if known.get(line) else None, "text": line} for line in lines if line
            ],
        }

    # --- the body ------------------------------------------------------------------------------------
    def clean(self, body: Body) -> Body:
        raw = as_list(body.get("distractors"))
        if len(raw) > MOST_DISTRACTORS:
            raise ValidationError(_("Give at most %(count)d words that belong nowhere.") % {"count": MOST_DISTRACTORS})
        taken = {str(one["id"]) for one in raw if isinstance(one, dict) and one.get("id")}
        distractors = []
        for one in raw:
            text = " ".join(str(one.get("text") or "").split()) if isinstance(one, dict) else ""
            if not text or len(text) > LONGEST_WORD:
                raise ValidationError(
                    _("A word to be moved has between 1 and %(count)d letters.") % {"count": LONGEST_WORD}
                )
            distractors.append({"id": str(one.get("id") or free_id("d", taken)), "text": text})
        parts = clean_parts(body.get("parts"), "g", _clean_gap)
        if len({one["id"] for one in [*gaps_of(parts), *distractors]}) != len(gaps_of(parts)) + len(distractors):
            raise ValidationError(_("Two gaps carry the same identifier."))
        return {"parts": parts, "distractors": distractors}

    def max_score(self, body: Body) -> float:
        return len(gaps_of(body["parts"]))

    # --- a learner -----------------------------------------------------------------------------------
    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        order = list(_words(body))  # in the order of the gaps, which is the key: so always shuffled
        random.shuffle(order)
        return {"order": order, "tokens": tokens_for(order, random)}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        words = _words(body)
        given = iter(answer or [])
        parts: list[dict[str, Any]] = []
        count = 0
        for part in body["parts"]:
            if isinstance(part, str):
                parts.append({"text": part})
                continue
            count += 1
            chosen = next(given, "")
            choices = [
                {"value": token_of(presentation, key), "text": words[key], "chosen": key == chosen}
                for key in presentation["order"]
            ]
            parts.append({"number": count, "tip": part["tip"], "choices": choices})
        return {
            "parts": parts,
            "count": count,
            "words": [{"value": token_of(presentation, key), "text": words[key]} for key in presentation["order"]],
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[str] | None:
        if not values:
            return None
        if len(values) != len(gaps_of(body["parts"])):
            raise ValueError("not one word for each gap")
        chosen = [id_of(presentation, value) if value else "" for value in values]
        if not {key for key in chosen if key} <= set(_words(body)):
            raise ValueError("not one of the words")
        return chosen if any(chosen) else None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return [token_of(presentation, key) if key else "" for key in answer or []]

    def grade(self, body: Body, answer: Any) -> Mark:
        gaps, words = gaps_of(body["parts"]), _words(body)
        chosen = zip(gaps, answer or [], strict=False)
        return Mark(sum(_is_right(gap, words.get(key, "")) for gap, key in chosen), len(gaps))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        words = _words(body)
        chosen = iter(answer or [])
        parts: list[dict[str, Any]] = []
        gaps = []
        for part in body["parts"]:
            if isinstance(part, str):
                parts.append({"text": part})
                continue
            given = words.get(next(chosen, ""), "")
            is_right = _is_right(part, given)
            reason = part["right"] if is_right else part["wrong"] if given else _("No word was put here.")
            gaps.append(
                {
                    "number": len(gaps) + 1,
                    "given": given,
                    "is_right": is_right,
                    "answers": [part["word"]],
                    "reason": reason,
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

    def to_state(self, body: Body, answer: Any) -> list[dict[str, int]]:
        return h5p.state(body, list(answer or []))


def _words(body: Body) -> dict[str, str]:
    """Every word that can be moved, by its id."""
    words = {gap["id"]: gap["word"] for gap in gaps_of(body["parts"])}
    return words | {distractor["id"]: distractor["text"] for distractor in body["distractors"]}


def _is_right(gap: dict[str, Any], word: str) -> bool:
    return bool(word) and is_same(word, gap["word"], case_sensitive=True)


def _clean_gap(gap: dict[str, Any]) -> dict[str, Any]:
    said = {key: " ".join(str(gap.get(key) or "").split()) for key in ("word", "tip", "right", "wrong")}
    if not 1 <= len(said["word"]) <= LONGEST_WORD:
        raise ValidationError(_("A word to be moved has between 1 and %(count)d letters.") % {"count": LONGEST_WORD})
    return {"word": said["word"], **{key: said[key][:500] for key in ("tip", "right", "wrong")}}


KIND = DragText()

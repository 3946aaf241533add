"""Words to be marked in a text: right words marked less wrong words marked, never below none."""

from random import Random
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.h5p_content import cleaned_body
from courses.quizzes.kinds.javascript import as_list
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark, Read, free_id, id_of, token_of, tokens_for
from courses.quizzes.kinds.mark_words import h5p, words
from courses.quizzes.kinds.mark_words.score import score

MOST_WORDS = 600
LONGEST_WORD = 200  # characters


class MarkWords(Kind):
    code = "mark_words"
    name = gettext_lazy("Mark the words")
    about = gettext_lazy("A text in which the learner marks the right words. Thai is cut into words by itself.")
    reads = (h5p.MACHINE_NAME,)
    scores: ClassVar[dict[str, Any]] = {h5p.MACHINE_NAME: score}

    # --- authors -------------------------------------------------------------------------------------
    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "mark_words_text": forms.CharField(
                label=gettext_lazy("Text with words to be marked"),
                help_text=gettext_lazy(
                    "Write each right word between asterisks: *word*. All other words can be marked too and are wrong. "
                    "Put wrong words that are marked together in braces: {two words}. "
                    "For one of the signs * { } itself, write a backslash before it."
                ),
                widget=forms.Textarea(attrs={"rows": 6}),
                max_length=10_000,
            )
        }

    def written(self, body: Body) -> dict[str, Any]:
        return {"mark_words_text": words.written(body["words"])} if "words" in body else {}

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        text = (cleaned.get("mark_words_text") or "").replace("\r\n", "\n")
        known = before.get("words", [])
        # A text that was read from elsewhere may be cut in another way; it is cut anew only when it changes.
        if known and text == words.written(known):
            return {"words": known}
        return {"words": words.with_ids_of(words.words_from(text), known)}

    # --- the body ------------------------------------------------------------------------------------
    def clean(self, body: Body) -> Body:
        raw = as_list(body.get("words"))
        if not 2 <= len(raw) <= MOST_WORDS or not all(isinstance(word, dict) for word in raw):
            raise ValidationError(
                _("Write a text of 2 to %(count)d words, the right ones between asterisks.") % {"count": MOST_WORDS}
            )
        taken = {str(word["id"]) for word in raw if word.get("id")}
        cleaned = [_clean_word(word, taken) for word in raw]
        if len({word["id"] for word in cleaned}) != len(cleaned):
            raise ValidationError(_("Two words carry the same identifier."))
        if not any(word["correct"] for word in cleaned):
            raise ValidationError(_("No word is right. Write the right ones between asterisks."))
        cleaned[0]["before"] = cleaned[0]["before"].lstrip()
        cleaned[-1]["after"] = cleaned[-1]["after"].rstrip()
        return {"words": cleaned}

    def max_score(self, body: Body) -> float:
        return sum(word["correct"] for word in body["words"])

    # --- a learner -----------------------------------------------------------------------------------
    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        return {"tokens": tokens_for([word["id"] for word in body["words"]], random)}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        chosen = set(self.chosen(answer))
        return {
            "words": [
                {
                    "before": word["before"],
                    "value": token_of(presentation, word["id"]),
                    "text": word["text"],
                    "after": word["after"],
                    "chosen": word["id"] in chosen,
                }
                for word in body["words"]
            ]
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[str] | None:
        chosen = {id_of(presentation, value) for value in values}
        if not chosen <= {word["id"] for word in body["words"]}:
            raise ValueError("not one of the words")
        return sorted(chosen) or None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return [token_of(presentation, key) for key in self.chosen(answer)]

    def grade(self, body: Body, answer: Any) -> Mark:
        right = {word["id"] for word in body["words"] if word["correct"]}
        chosen = set(self.chosen(answer))
        return Mark(max(0, len(chosen & right) - len(chosen - right)), len(right))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        chosen = set(self.chosen(answer))
        marked = [{**word, "chosen": word["id"] in chosen} for word in body["words"]]
        return {
            "words": [{key: word[key] for key in ("before", "text", "after", "correct", "chosen")} for word in marked],
            "found": sum(word["correct"] and word["chosen"] for word in marked),
            "wrong": sum(not word["correct"] and word["chosen"] for word in marked),
            "missed": sum(word["correct"] and not word["chosen"] for word in marked),
        }

    # --- statistics ----------------------------------------------------------------------------------
    def choices_of(self, body: Body) -> list[tuple[str, str, bool]]:
        return [(word["id"], word["text"], word["correct"]) for word in body["words"]]

    def chosen(self, answer: Any) -> list[str]:
        return list(answer or [])

    # --- H5P -----------------------------------------------------------------------------------------
    def from_h5p(self, content: H5PContent) -> Read:
        read = h5p.read(content)
        return Read(read.kind, read.content, cleaned_body(self, read.body), remarks=read.remarks)

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        return h5p.write(content, body)

    def to_state(self, body: Body, answer: Any) -> list[int]:
        return h5p.state(body, h5p.write("", body).params, self.chosen(answer))


def _clean_word(word: dict[str, Any], taken: set[str]) -> dict[str, Any]:
    text = " ".join(str(word.get("text") or "").split())
    if not 1 <= len(text) <= LONGEST_WORD or not isinstance(word.get("correct", False), bool):
        raise ValidationError(_("A word to be marked has between 1 and %(count)d letters.") % {"count": LONGEST_WORD})
    return {
        "id": str(word.get("id") or free_id("w", taken)),
        "text": text,
        "before": str(word.get("before") or ""),
        "after": str(word.get("after") or ""),
        "correct": word.get("correct", False),
    }


KIND = MarkWords()

"""Pairs to be matched: a point for each."""

from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds import dragged_lines
from courses.quizzes.kinds.javascript import as_dict
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark, id_of, token_of, tokens_for
from courses.quizzes.kinds.lines import check_texts, items_of, kept_ids, rows_of
from courses.quizzes.markup import plain_text

MOST_PAIRS = 20
MOST_EXTRA = 10
BETWEEN = "="  # what belongs together, in a line of the author's form
_ESCAPED = "\\="


class Matching(Kind):
    """An answer is {pair id: the pair or extra whose right-hand text was chosen}."""

    code = "matching"
    name = gettext_lazy("Matching")
    about = gettext_lazy("What belongs together is matched.")
    scripts = ("quizzes/kinds/matching/matching.js",)

    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "pair_lines": forms.CharField(
                label=gettext_lazy("Pairs"),
                widget=forms.Textarea(attrs={"rows": 8}),
                required=False,
                help_text=gettext_lazy("A line for each pair: left = right. Learners see the right side shuffled."),
            ),
            "extra_lines": forms.CharField(
                label=gettext_lazy("Choices that belong to none"),
                widget=forms.Textarea(attrs={"rows": 3}),
                required=False,
                help_text=gettext_lazy("One line for each; may be empty."),
            ),
        }

    def written(self, body: Body) -> dict[str, Any]:
        pairs = [f"{_literal(pair['left'])} {BETWEEN} {_literal(pair['right'])}" for pair in body.get("pairs", [])]
        return {
            "pair_lines": "\n".join(pairs),
            "extra_lines": "\n".join(item["text"] for item in body.get("extra", [])),
        }

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        pairs = []
        for row in rows_of(cleaned.get("pair_lines")):
            left, _between, right = row.replace(_ESCAPED, "\0").partition(BETWEEN)
            pairs.append((left.replace("\0", BETWEEN).strip(), right.replace("\0", BETWEEN).strip()))
        pair_ids = kept_ids([left for left, _right in pairs], before.get("pairs", []), lambda pair: str(pair["left"]))
        extra = rows_of(cleaned.get("extra_lines"))
        extra_ids = kept_ids(extra, before.get("extra", []), lambda item: str(item["text"]))
        return {
            "pairs": [
                {"id": key, "left": left, "right": right} for key, (left, right) in zip(pair_ids, pairs, strict=True)
            ],
            "extra": [{"id": key, "text": text} for key, text in zip(extra_ids, extra, strict=True)],
        }

    def clean(self, body: Body) -> Body:
        taken: set[str] = set()
        pairs = items_of(body.get("pairs"), "p", ["left", "right"], taken=taken)
        check_texts(
            [pair["left"] for pair in pairs],
            fewest=2,
            most=MOST_PAIRS,
            missing=_("A pair lacks one of its sides. Write: left = right."),
            counted=_("Give between %(fewest)d and %(most)d pairs."),
        )
        if not all(pair["right"] for pair in pairs):
            raise ValidationError(_("A pair lacks one of its sides. Write: left = right."))
        extra = items_of(body.get("extra", []), "x", ["text"], taken=taken)
        texts = [item["text"] for item in extra]
        if len(texts) > MOST_EXTRA or not all(texts):
            raise ValidationError(
                _("Give at most %(count)d further choices, none of them empty.") % {"count": MOST_EXTRA}
            )
        if len(set(texts)) != len(texts) or set(texts) & {pair["right"] for pair in pairs}:
            raise ValidationError(_("A further choice says the same as another. Change one of them."))
        return {"pairs": pairs, "extra": extra}

    def max_score(self, body: Body) -> float:
        return len(body["pairs"])

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        lefts = [pair["id"] for pair in body["pairs"]]
        if shuffle:
            random.shuffle(lefts)
        # Choices that say the same stand there once, so that nobody picks the wrong one of two that look alike.
        rights = list({text: identifier for identifier, text in reversed(_rights(body).items())}.values())
        random.shuffle(rights)
        return {"lefts": lefts, "rights": rights, "tokens": tokens_for(sorted(rights), random)}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        texts = _rights(body)
        lefts = {pair["id"]: pair["left"] for pair in body["pairs"]}
        chosen = _chosen_texts(body, answer)
        choices = [
            {"value": token_of(presentation, key), "text": texts[key], "plain": plain_text(texts[key])}
            for key in presentation["rights"]
        ]
        return {
            "choices": choices,
            "pairs": [
                {
                    "left": lefts[pair],
                    "plain": plain_text(lefts[pair]),
                    "choices": [{**choice, "chosen": choice["text"] == chosen.get(pair)} for choice in choices],
                }
                for pair in presentation["lefts"]
            ],
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> dict[str, str] | None:
        if not any(values):
            return None
        lefts = presentation["lefts"]
        if len(values) != len(lefts):
            raise ValueError("a choice for each pair is wanted")
        chosen = {pair: id_of(presentation, value) for pair, value in zip(lefts, values, strict=True) if value}
        if not set(chosen.values()) <= set(presentation["rights"]):
            raise ValueError("not one of the choices")
        return {pair["id"]: chosen[pair["id"]] for pair in body["pairs"] if pair["id"] in chosen}

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        shown_by_text = {_rights(body)[key]: key for key in presentation["rights"]}
        chosen = _chosen_texts(body, answer)
        return [
            token_of(presentation, shown_by_text[chosen[pair]]) if pair in chosen else ""
            for pair in presentation["lefts"]
        ]

    def grade(self, body: Body, answer: Any) -> Mark:
        chosen = _chosen_texts(body, answer)
        right = sum(chosen.get(pair["id"]) == pair["right"] for pair in body["pairs"])
        return Mark(right, len(body["pairs"]))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        chosen = _chosen_texts(body, answer)
        by_id = {pair["id"]: pair for pair in body["pairs"]}
        return {
            "pairs": [
                {
                    "left": by_id[key]["left"],
                    "right": by_id[key]["right"],
                    "given": chosen.get(key, ""),
                    "is_right": chosen.get(key) == by_id[key]["right"],
                }
                for key in presentation["lefts"]
            ]
        }

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        lines = [dragged_lines.line_with_gap(f"{pair['left']}:", pair["right"]) for pair in body["pairs"]]
        return dragged_lines.written(content, body, lines, [item["text"] for item in body["extra"]])

    def to_state(self, body: Body, answer: Any) -> Any:
        chosen = _chosen_texts(body, answer)
        return dragged_lines.state_of(
            list(_rights(body).values()), [chosen.get(pair["id"], "") for pair in body["pairs"]]
        )


def _rights(body: Body) -> dict[str, str]:
    """What can be chosen by id: the right sides in their order, then those that belong to none."""
    return {pair["id"]: pair["right"] for pair in body["pairs"]} | {item["id"]: item["text"] for item in body["extra"]}


def _chosen_texts(body: Body, answer: Any) -> dict[str, str]:
    """What was chosen for each pair, by its words: choices that say the same are the same."""
    texts = _rights(body)
    given = as_dict(answer)
    pairs = [pair["id"] for pair in body["pairs"]]
    return {pair: texts[given[pair]] for pair in pairs if isinstance(given.get(pair), str) and given[pair] in texts}


def _literal(text: str) -> str:
    return text.replace(BETWEEN, _ESCAPED)


KIND = Matching()

"""Steps to be put in their order: a point for each that follows the one it should follow."""

from random import Random
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds import dragged_lines
from courses.quizzes.kinds.javascript import as_list
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark, id_of, token_of, tokens_for
from courses.quizzes.kinds.lines import check_texts, items_of, kept_ids, rows_of
from courses.quizzes.markup import plain_text

MOST_ITEMS = 20
LETTERS = "กขคงจฉชซญฐณดตถทธนบปผ"  # of the items as they are shown, shuffled; those that look alike are left out


class Ordering(Kind):
    """An answer lists an item id for each place, "" where none was chosen; an item may stand in two places."""

    code = "ordering"
    name = gettext_lazy("Put in order")
    about = gettext_lazy("Steps or events are put in their right order.")
    scripts = ("quizzes/kinds/ordering/ordering.js",)

    def form_fields(self) -> dict[str, forms.Field]:
        return {
            "item_lines": forms.CharField(
                label=gettext_lazy("Steps in their right order"),
                widget=forms.Textarea(attrs={"rows": 8}),
                required=False,
                help_text=gettext_lazy("One line for each. Learners see them shuffled."),
            )
        }

    def written(self, body: Body) -> dict[str, Any]:
        return {"item_lines": "\n".join(item["text"] for item in body.get("items", []))}

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        rows = rows_of(cleaned.get("item_lines"))
        ids = kept_ids(rows, before.get("items", []), lambda item: str(item["text"]))
        return {"items": [{"id": identifier, "text": row} for identifier, row in zip(ids, rows, strict=True)]}

    def clean(self, body: Body) -> Body:
        items = items_of(body.get("items"), "i", ["text"])
        check_texts(
            [item["text"] for item in items],
            fewest=2,
            most=MOST_ITEMS,
            missing=_("A step has no text. Write one or remove the step."),
            counted=_("Give between %(fewest)d and %(most)d steps."),
        )
        return {"items": items}

    def max_score(self, body: Body) -> float:
        return len(body["items"])

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        # The author's order is the key, so it is shuffled whatever the quiz says.
        order = [item["id"] for item in body["items"]]
        random.shuffle(order)
        return {"order": order, "tokens": tokens_for(sorted(order), random)}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        texts = _texts(body)
        given = self._places(body, answer)
        items = [
            {"id": identifier, "value": token_of(presentation, identifier), "letter": letter, "text": texts[identifier]}
            for letter, identifier in zip(LETTERS, presentation["order"], strict=False)
        ]
        return {
            "items": [{key: item[key] for key in ("value", "letter", "text")} for item in items],
            "places": [
                [
                    {**item, "chosen": item["id"] == chosen, "id": None, "plain": plain_text(item["text"])}
                    for item in items
                ]
                for chosen in given
            ],
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[str] | None:
        if not any(values):
            return None
        if len(values) != len(body["items"]):
            raise ValueError("a place for each item is wanted")
        chosen = [id_of(presentation, value) if value else "" for value in values]
        if not set(chosen) <= {"", *_texts(body)}:
            raise ValueError("not one of the items")
        return chosen

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        return [token_of(presentation, chosen) if chosen else "" for chosen in self._places(body, answer)]

    def grade(self, body: Body, answer: Any) -> Mark:
        """A point for the first item in the first place, and for each other that stands right behind its predecessor.

        Places alone would be harsh: one step put first by mistake moves all others, and everything is lost though
        nearly every step still follows its predecessor. The longest row in relative order would be kind to chance:
        any arrangement has one. Neighbors ask exactly what a procedure is: what comes after what.
        """
        right = sum(is_kept for _id, is_kept in self._judged(body, answer))
        return Mark(right, len(body["items"]))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        texts = _texts(body)
        judged = self._judged(body, answer) if answer else []
        return {
            "given": [{"text": texts.get(identifier, ""), "is_right": is_kept} for identifier, is_kept in judged],
            "right": [item["text"] for item in body["items"]],
        }

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        lines = [
            dragged_lines.line_with_gap(f"{number}.", item["text"]) for number, item in enumerate(body["items"], 1)
        ]
        return dragged_lines.written(content, body, lines, [])

    def to_state(self, body: Body, answer: Any) -> Any:
        ids = [item["id"] for item in body["items"]]
        return dragged_lines.state_of(ids, self._places(body, answer))

    def _places(self, body: Body, answer: Any) -> list[str]:
        """The answer with one entry for each place."""
        known = _texts(body)
        given = [item if isinstance(item, str) and item in known else "" for item in as_list(answer)]
        return (given + [""] * len(known))[: len(known)]

    def _judged(self, body: Body, answer: Any) -> list[tuple[str, bool]]:
        ids = [item["id"] for item in body["items"]]
        before = dict(zip(ids, ["", *ids[:-1]], strict=True))
        judged: list[tuple[str, bool]] = []
        counted: set[str] = set()
        last = ""
        for place, identifier in enumerate(self._places(body, answer)):
            is_kept = bool(identifier) and identifier not in counted and before[identifier] == last
            is_kept = is_kept and (place == 0 or bool(last))
            if is_kept:
                counted.add(identifier)
            judged.append((identifier, is_kept))
            last = identifier
        return judged


def _texts(body: Body) -> dict[str, str]:
    return {item["id"]: item["text"] for item in body["items"]}


KIND = Ordering()

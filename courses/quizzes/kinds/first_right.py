"""What single choice sets and summaries share: parts of which the first text is the right one, always shuffled."""

import uuid
from copy import deepcopy
from random import Random
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from courses.quizzes.kinds.javascript import as_dict, as_text
from courses.quizzes.kinds.kind import Body, Kind, Mark, id_of, token_of, tokens_for
from courses.quizzes.kinds.lines import check_texts, items_of, kept_ids
from courses.quizzes.markup import clean_html

MOST_PARTS = 40
MOST_TEXTS = 10
ROOM = uuid.UUID("6b1f0e52-6f3c-4c2b-9d53-0a4f0c9a7f11")  # of the ids that exported parts get


class FirstRightKind(Kind):
    """A point for each part whose first text is chosen. An answer is {part id: text id}."""

    parts_key: ClassVar[str]
    texts_key: ClassVar[str]
    part_letter: ClassVar[str]
    text_letter: ClassVar[str]
    asks: ClassVar[str]  # the part's own text: what is asked, or a tip

    @property
    def template(self) -> str:
        return "quizzes/kinds/first_right/question.html"

    @property
    def review_template(self) -> str:
        return "quizzes/kinds/first_right/review.html"

    def clean(self, body: Body) -> Body:
        parts = items_of(body.get(self.parts_key), self.part_letter, [self.asks])
        if not 1 <= len(parts) <= MOST_PARTS:
            raise ValidationError(_("Give between 1 and %(count)d parts.") % {"count": MOST_PARTS})
        for part, raw in zip(parts, body[self.parts_key], strict=True):
            part[self.texts_key] = items_of(raw.get(self.texts_key), self.text_letter, ["text"])
            check_texts(
                [item["text"] for item in part[self.texts_key]],
                fewest=2,
                most=MOST_TEXTS,
                missing=_("A choice has no text. Write one or remove the choice."),
                counted=_("Each part needs between %(fewest)d and %(most)d texts, the right one first."),
            )
        return {self.parts_key: parts}

    def max_score(self, body: Body) -> float:
        return len(body[self.parts_key])

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        order = {}
        for part in body[self.parts_key]:
            # The first is the right one, so the author's order is never shown.
            order[part["id"]] = [item["id"] for item in part[self.texts_key]]
            random.shuffle(order[part["id"]])
        return {"order": order, "tokens": tokens_for([_key(*pair) for pair in self._pairs(body)], random)}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        chosen = as_dict(answer)
        return {
            "parts": [
                {
                    "text": part[self.asks] if self.asks != "tip" else "",
                    "tip": part[self.asks] if self.asks == "tip" else "",
                    "choices": [
                        {
                            "value": token_of(presentation, _key(part["id"], item["id"])),
                            "text": item["text"],
                            "chosen": chosen.get(part["id"]) == item["id"],
                        }
                        for item in self._in_order(part, presentation)
                    ],
                }
                for part in body[self.parts_key]
            ]
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> dict[str, str] | None:
        known = {_key(*pair): pair for pair in self._pairs(body)}
        chosen: dict[str, str] = {}
        for value in values:
            part, text = known.get(id_of(presentation, value), ("", ""))
            if not part or part in chosen:
                raise ValueError("not one of the choices, or a second one of its part")
            chosen[part] = text
        return {part["id"]: chosen[part["id"]] for part in body[self.parts_key] if part["id"] in chosen} or None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        chosen = as_dict(answer)
        return [token_of(presentation, _key(*pair)) for pair in self._pairs(body) if chosen.get(pair[0]) == pair[1]]

    def grade(self, body: Body, answer: Any) -> Mark:
        chosen = as_dict(answer)
        right = sum(chosen.get(part["id"]) == part[self.texts_key][0]["id"] for part in body[self.parts_key])
        return Mark(right, len(body[self.parts_key]))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        chosen = as_dict(answer)
        return {
            "parts": [
                {
                    "text": part[self.asks] if self.asks != "tip" else "",
                    "choices": [
                        {
                            "text": item["text"],
                            "chosen": chosen.get(part["id"]) == item["id"],
                            "correct": item is part[self.texts_key][0],
                        }
                        for item in self._in_order(part, presentation)
                    ],
                }
                for part in body[self.parts_key]
            ]
        }

    def choices_of(self, body: Body) -> list[tuple[str, str, bool]]:
        return [
            (_key(part["id"], item["id"]), f"{number}. {item['text']}", item is part[self.texts_key][0])
            for number, part in enumerate(body[self.parts_key], 1)
            for item in part[self.texts_key]
        ]

    def chosen(self, answer: Any) -> list[str]:
        return [_key(part, text) for part, text in as_dict(answer).items()]

    def _pairs(self, body: Body) -> list[tuple[str, str]]:
        return [(part["id"], item["id"]) for part in body[self.parts_key] for item in part[self.texts_key]]

    def _in_order(self, part: dict[str, Any], presentation: dict[str, Any]) -> list[dict[str, Any]]:
        by_id = {item["id"]: item for item in part[self.texts_key]}
        return [by_id[identifier] for identifier in presentation["order"][part["id"]]]

    # --- authors: blocks of lines ---------------------------------------------------------------------
    def parts_from(self, written: list[tuple[str, list[str]]], before: Body) -> list[dict[str, Any]]:
        """Parts from what they ask and their texts; what stays keeps its ids."""
        known = before.get(self.parts_key, [])
        ids = kept_ids([_said(asks, texts) for asks, texts in written], known, self._says)
        by_id = {part["id"]: part for part in known}
        parts = []
        for identifier, (asks, texts) in zip(ids, written, strict=True):
            items = by_id[identifier][self.texts_key] if identifier in by_id else []
            text_ids = kept_ids(texts, items, lambda item: str(item["text"]))
            listed = [{"id": key, "text": text} for key, text in zip(text_ids, texts, strict=True)]
            parts.append({"id": identifier, self.asks: asks, self.texts_key: listed})
        return parts

    def _says(self, part: dict[str, Any]) -> str:
        return _said(part[self.asks], [item["text"] for item in part[self.texts_key]])


def part_written_before(kept: list[Any], identifier: str, letter: str) -> dict[str, Any]:
    """A copy of the H5P part that a part of ours was read from; of a part that is new, one with an id of its own."""
    number = identifier.removeprefix(letter)
    if (
        number.isascii()
        and number.isdigit()
        and 0 < int(number) <= len(kept)
        and isinstance(kept[int(number) - 1], dict)
    ):
        return deepcopy(kept[int(number) - 1])
    return {"subContentId": str(uuid.uuid5(ROOM, identifier))}


def written_html(kept: Any, text: str, *, inline: bool = True) -> str:
    """The HTML that H5P had while it still says the same, else ours."""
    raw = as_text(kept)
    return raw if raw and clean_html(raw, inline=inline) == text else clean_html(text, inline=inline)


def written_list(kept: Any, texts: list[str]) -> list[str]:
    """The same for a list: each text in the words H5P had for it, wherever it stood."""
    raw = (
        {clean_html(item, inline=True): item for item in kept if isinstance(item, str)}
        if isinstance(kept, list)
        else {}
    )
    return [raw.get(text) or clean_html(text, inline=True) for text in texts]


def _said(asks: str, texts: list[str]) -> str:
    return "\n".join([asks, *texts[:1]])


def _key(part: str, text: str) -> str:
    return f"{part}.{text}"

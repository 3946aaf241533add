"""Pieces are put on zones of a picture: a point for each that lies where it belongs."""

from random import Random
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.drag_picture import author, grading, h5p
from courses.quizzes.kinds.javascript import as_text, number, section
from courses.quizzes.kinds.kind import Body, H5PContent, Kind, Mark, Read, id_of, token_of, tokens_for
from courses.quizzes.kinds.lines import check_texts, items_of
from courses.quizzes.markup import as_html, plain_text

MOST_ZONES = 30
MOST_PIECES = 30
BETWEEN = "-"  # the tokens of a piece and a zone in one value


class DragPicture(Kind):
    """An answer is a list of [piece id, zone id]."""

    code = "drag_picture"
    name = gettext_lazy("Drag onto a picture")
    about = gettext_lazy("Pieces are put where they belong on a picture.")
    scripts = ("quizzes/kinds/drag_picture/drag_picture.js",)
    reads = (h5p.LIBRARY,)
    scores = {h5p.LIBRARY: h5p.score}

    def form_fields(self) -> dict[str, forms.Field]:
        return author.form_fields()

    def written(self, body: Body) -> dict[str, Any]:
        return author.written(body)

    def body_from(self, cleaned: dict[str, Any], before: Body) -> Body:
        return author.body_from(cleaned, before)

    def clean(self, body: Body) -> Body:
        taken: set[str] = set()
        zones = items_of(body.get("zones"), "z", ["label"], taken=taken)
        check_texts(
            [zone["label"] for zone in zones],
            fewest=1,
            most=MOST_ZONES,
            missing=_("A zone has no label. Write one; it is read out to those who do not see the picture."),
            counted=_("Give between %(fewest)d and %(most)d zones."),
        )
        for zone, raw in zip(zones, body["zones"], strict=True):
            zone.update(_sides(raw))
        pieces = items_of(body.get("pieces"), "e", ["text"], taken=taken)
        if not 1 <= len(pieces) <= MOST_PIECES or not all(piece["text"] for piece in pieces):
            raise ValidationError(_("Give between 1 and %(count)d pieces, each with a text.") % {"count": MOST_PIECES})
        order = [zone["id"] for zone in zones]
        for piece, raw in zip(pieces, body["pieces"], strict=True):
            wanted = raw.get("zones", [])
            if not isinstance(wanted, list) or not all(isinstance(zone, str) and zone in order for zone in wanted):
                raise ValidationError(_("A piece names a zone that is not there. Look at the numbers of the zones."))
            piece["zones"] = [zone for zone in order if zone in wanted]
            piece["multiple"] = raw.get("multiple") is True
        if not any(piece["zones"] for piece in pieces):
            raise ValidationError(_("No piece belongs to a zone. Write the number of a zone behind its text."))
        return {
            "zones": zones,
            "pieces": pieces,
            "apply_penalties": body.get("apply_penalties", True) is True,
            "single_point": body.get("single_point", False) is True,
        }

    def max_score(self, body: Body) -> float:
        return grading.max_points(body)

    def present(self, body: Body, random: Random, *, shuffle: bool = True) -> dict[str, Any]:
        # Pieces often stand in the order of their zones, so they are shuffled whatever the quiz says.
        order = [piece["id"] for piece in body["pieces"]]
        random.shuffle(order)
        ids = sorted([*order, *(zone["id"] for zone in body["zones"])])
        return {"order": order, "tokens": tokens_for(ids, random)}

    def shown(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        chosen = set(grading.placings_of(body, answer))
        zones = [
            {**zone, "number": number, "plain": plain_text(zone["label"])}
            for number, zone in enumerate(body["zones"], 1)
        ]
        pieces = [
            {
                "text": piece["text"],
                "plain": plain_text(piece["text"]),
                "multiple": piece["multiple"],
                "choices": [
                    {
                        "value": _token(presentation, piece["id"], zone["id"]),
                        "number": zone["number"],
                        "label": zone["label"],
                        "plain": zone["plain"],
                        "chosen": (piece["id"], zone["id"]) in chosen,
                    }
                    for zone in zones
                ],
            }
            for piece in self._in_order(body, presentation)
        ]
        return {
            "has_figure": True,
            "has_penalty": body["apply_penalties"] or body["single_point"],
            "zones": [{key: zone[key] for key in (*h5p.SIDES, "label", "number")} for zone in zones],
            "pieces": pieces,
        }

    def clean_answer(self, body: Body, presentation: dict[str, Any], values: list[str]) -> list[list[str]] | None:
        placed = [[id_of(presentation, token) for token in value.split(BETWEEN, 1)] for value in values if value]
        known = grading.placings_of(body, placed)
        once = {piece["id"] for piece in body["pieces"] if not piece["multiple"]}
        pieces = [piece for piece, _zone in known if piece in once]
        if len(known) != len(placed) or len(set(pieces)) != len(pieces):
            raise ValueError("not a place of a piece, or a second place of one that has only one")
        return [list(placing) for placing in known] or None

    def values(self, body: Body, presentation: dict[str, Any], answer: Any) -> list[str]:
        chosen = grading.placings_of(body, answer)
        values = []
        for piece in self._in_order(body, presentation):
            tokens = [_token(presentation, *placing) for placing in chosen if placing[0] == piece["id"]]
            values += tokens if piece["multiple"] else (tokens[:1] or [""])
        return values

    def grade(self, body: Body, answer: Any) -> Mark:
        placings = grading.placings_of(body, answer)
        return grading.grade(body, placings) if placings else Mark(0, grading.max_points(body))

    def review(self, body: Body, presentation: dict[str, Any], answer: Any) -> dict[str, Any]:
        chosen = grading.placings_of(body, answer)
        numbers = {
            zone["id"]: {"number": number, "label": zone["label"]} for number, zone in enumerate(body["zones"], 1)
        }
        return {
            "has_figure": True,
            "zones": [{**{side: zone[side] for side in h5p.SIDES}, **numbers[zone["id"]]} for zone in body["zones"]],
            "pieces": [
                {
                    "text": piece["text"],
                    "given": [
                        {**numbers[zone], "is_right": zone in piece["zones"]}
                        for owner, zone in chosen
                        if owner == piece["id"]
                    ],
                    "right": [numbers[zone] for zone in piece["zones"]],
                    "is_right": _is_right(piece, [zone for owner, zone in chosen if owner == piece["id"]]),
                }
                for piece in self._in_order(body, presentation)
            ],
        }

    def from_h5p(self, content: H5PContent) -> Read:
        body, remarks = h5p.body_of(content.params)
        if not body["zones"] or not any(piece["zones"] for piece in body["pieces"]):
            raise ValueError("no piece that belongs to a zone")
        settings = section(section(content.params, "question"), "settings")
        title = plain_text(as_text(settings.get("questionTitle")))
        asked = as_html(title or _("Put each piece where it belongs."))
        return Read(self.code, asked, body, remarks=remarks)

    def to_h5p(self, content: str, body: Body) -> H5PContent:
        return h5p.written(content, body)

    def to_state(self, body: Body, answer: Any) -> Any:
        return h5p.state_of(body, answer)

    def _in_order(self, body: Body, presentation: dict[str, Any]) -> list[dict[str, Any]]:
        """Pieces as they are laid out: those with one place first, so that their fields come before all boxes."""
        by_id = {piece["id"]: piece for piece in body["pieces"]}
        return sorted((by_id[key] for key in presentation["order"]), key=lambda piece: bool(piece["multiple"]))


def _sides(raw: dict[str, Any]) -> dict[str, float]:
    """Left, top, width and height in percent, on the picture."""
    sides = {}
    for side in h5p.SIDES:
        value = raw.get(side)
        if isinstance(value, str):
            value = value.replace(",", ".").removesuffix("%").strip()
        sides[side] = number(value)
        if isinstance(value, (bool, list, dict)) or value in (None, "") or not 0 <= sides[side] <= 100:
            raise ValidationError(_("Left, top, width and height of a zone are numbers from 0 to 100."))
    if not sides["width"] or not sides["height"]:
        raise ValidationError(_("A zone has no width or no height."))
    return h5p.within(sides)


def _is_right(piece: dict[str, Any], given: list[str]) -> bool:
    if piece["multiple"] or not piece["zones"]:
        return sorted(given) == sorted(piece["zones"])
    return len(given) == 1 and given[0] in piece["zones"]


def _token(presentation: dict[str, Any], piece: str, zone: str) -> str:
    return f"{token_of(presentation, piece)}{BETWEEN}{token_of(presentation, zone)}"


KIND = DragPicture()

"""The author's form of a picture with pieces: zones and pieces line by line, columns between upright strokes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from courses.quizzes.kinds.kind import Body
from courses.quizzes.kinds.lines import kept_ids, rows_of

STROKE = "|"
MANY = "*"


def form_fields() -> dict[str, forms.Field]:
    return {
        "zone_lines": forms.CharField(
            label=gettext_lazy("Zones on the picture"),
            widget=forms.Textarea(attrs={"rows": 6, "placeholder": "… | 5 | 10 | 30 | 40"}),
            required=False,
            help_text=gettext_lazy(
                "A line for each zone, upright strokes between: its label, how far from the left, from the top,"
                " width and height, in percent of the picture."
            ),
        ),
        "piece_lines": forms.CharField(
            label=gettext_lazy("Pieces"),
            widget=forms.Textarea(attrs={"rows": 6, "placeholder": "… | 1, 3 | *"}),
            required=False,
            help_text=gettext_lazy(
                "A line for each piece, upright strokes between: its text, the numbers of its right zones, a * when it"
                " may be used several times. No number: it belongs nowhere."
            ),
        ),
        "apply_penalties": forms.BooleanField(
            label=gettext_lazy("A piece on a wrong zone costs a point"), required=False, initial=True
        ),
        "single_point": forms.BooleanField(label=gettext_lazy("One point for all of it, or none"), required=False),
    }


def written(body: Body) -> dict[str, Any]:
    numbers = {zone["id"]: str(number) for number, zone in enumerate(body.get("zones", []), 1)}
    zones = [
        f" {STROKE} ".join([zone["label"], *(f"{zone[side]:g}" for side in ("x", "y", "width", "height"))])
        for zone in body.get("zones", [])
    ]
    pieces = [
        f"{piece['text']} {STROKE} {', '.join(numbers[zone] for zone in piece['zones'])} {STROKE} "
        f"{MANY if piece['multiple'] else ''}".rstrip()
        for piece in body.get("pieces", [])
    ]
    return {
        "zone_lines": "\n".join(zones),
        "piece_lines": "\n".join(pieces),
        "apply_penalties": body.get("apply_penalties", True),
        "single_point": body.get("single_point", False),
    }


def body_from(cleaned: dict[str, Any], before: Body) -> Body:
    rows = [_columns(row, 5) for row in rows_of(cleaned.get("zone_lines"))]
    zone_ids = kept_ids([row[0] for row in rows], before.get("zones", []), lambda zone: str(zone["label"]))
    # New zones get their ids here, since pieces name them.
    taken = {identifier for identifier in zone_ids if identifier}
    free = (f"z{number}" for number in range(1, 1000) if f"z{number}" not in taken)
    zones = [
        {"id": identifier or next(free), **dict(zip(("label", "x", "y", "width", "height"), row, strict=True))}
        for identifier, row in zip(zone_ids, rows, strict=True)
    ]
    pieces = [_columns(row, 3) for row in rows_of(cleaned.get("piece_lines"))]
    piece_ids = kept_ids([row[0] for row in pieces], before.get("pieces", []), lambda piece: str(piece["text"]))
    return {
        "zones": zones,
        "pieces": [
            {"id": identifier, "text": text, "zones": _zones(numbers, zones), "multiple": many == MANY}
            for identifier, (text, numbers, many) in zip(piece_ids, pieces, strict=True)
        ],
        "apply_penalties": bool(cleaned.get("apply_penalties")),
        "single_point": bool(cleaned.get("single_point")),
    }


def _columns(row: str, count: int) -> list[str]:
    """The columns of a line, empty ones where it is short; strokes beyond the last ones belong to the first column."""
    parts = [part.strip() for part in row.rsplit(STROKE, count - 1)]
    return parts + [""] * (count - len(parts))


def _zones(numbers: str, zones: list[dict[str, Any]]) -> list[str]:
    """The ids of zones by their numbers; a number that no zone has is kept, so that cleaning can refuse it."""
    ids = {str(number): zone["id"] for number, zone in enumerate(zones, 1)}
    wanted = [number.strip() for number in numbers.split(",") if number.strip()]
    return [ids.get(number, number) for number in wanted]

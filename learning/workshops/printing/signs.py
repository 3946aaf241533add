"""Signs for the house: at the door of each room, at the table for signing in, and arrows on the way."""

from typing import Any

from django.utils.translation import gettext as _

from certification.rendering.official import formal, printable
from learning.workshops.printing.facts import Facts, clock_of
from learning.workshops.printing.sheets import fitting
from learning.workshops.printing.writing import write

LINE_MM = 250  # of the sheet lying, inside the border of signs.css
BIG_POINTS = range(110, 23, -1)


def print_signs(facts: Facts) -> bytes:
    return write("signs", context_of(facts))


def context_of(facts: Facts) -> dict[str, Any]:
    rooms = dict.fromkeys(room for day in facts.days for room in day.rooms)
    doors = [_sign(printable(room.name), "") for room in rooms] or [_sign(_("Training room"), "")]
    ways = [_sign(_("Training room"), way) for way in ("left", "right", "ahead")]
    return {
        "title": formal(_("Signs: %(title)s") % {"title": facts.workshop.title}),
        "printed_at": facts.printed_at.isoformat(timespec="seconds"),
        "author": facts.center,
        "workshop": facts.title,
        "when": facts.when,
        "clock": clock_of(facts.days[0]) if facts.days else "",
        "signs": [*doors, _sign(_("Sign in here"), ""), *ways],
    }


def _sign(text: str, way: str) -> dict[str, object]:
    return {"text": text, "points": fitting(text, BIG_POINTS, LINE_MM), "way": way}

"""Name badges, eight on a sheet: the name to be read from three meters, the organization, the ticket."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from certification.rendering.official import formal, printable
from learning.workshops.models import Seat
from learning.workshops.printing.facts import Facts
from learning.workshops.printing.sheets import fitting
from learning.workshops.printing.writing import write
from learning.workshops.queries.papers import participants
from learning.workshops.tickets.codes import code_of
from learning.workshops.tickets.signing import sign
from learning.workshops.tickets.square import square

ACROSS, ON_A_SHEET = 2, 8
NAME_MM = 86  # inside the borders of badges.css
GIVEN_POINTS, FAMILY_POINTS, TITLE_POINTS = range(32, 9, -1), range(20, 7, -1), (10, 9, 8, 7)


def print_badges(facts: Facts) -> bytes:
    return write("badges", context_of(facts, participants(facts.workshop)))


def context_of(facts: Facts, seats: Iterable[Seat]) -> dict[str, Any]:
    badges = [badge_of(seat) for seat in seats]
    return {
        "title": formal(_("Name badges: %(title)s") % {"title": facts.workshop.title}),
        "printed_at": facts.printed_at.isoformat(timespec="seconds"),
        "author": facts.center,
        "workshop": facts.title,
        "points": fitting(facts.title, TITLE_POINTS, NAME_MM),
        "sheets": [_parts(sheet, ACROSS) for sheet in _parts(badges, ON_A_SHEET)],
    }


def _parts(things: list[Any], size: int) -> list[list[Any]]:
    return [things[start : start + size] for start in range(0, len(things), size)]


def badge_of(seat: Seat) -> dict[str, object]:
    given = printable(f"{seat.user.title}{seat.user.first_name}") or printable(seat.user)
    family = printable(seat.user.last_name)
    return {
        "given": given,
        "given_points": fitting(given, GIVEN_POINTS, NAME_MM),
        "family": family,
        "family_points": fitting(family, FAMILY_POINTS, NAME_MM),
        "organization": printable(seat.organization.name),
        "position": formal(seat.get_position_display()),
        "code": code_of(seat.pk),
        "square": square(sign(seat.workshop_id, seat.pk)),
    }

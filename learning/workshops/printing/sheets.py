"""The sign-in sheet: a list for each day, with the square of each person's ticket and room to sign."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from certification.rendering.official import formal, printable, width_mm
from cms.thai.digits import to_thai
from learning.workshops.choices import Half
from learning.workshops.models import Seat
from learning.workshops.printing.facts import Facts, clock_of, day_of
from learning.workshops.printing.writing import write
from learning.workshops.queries.calendars import Day
from learning.workshops.queries.papers import participants
from learning.workshops.tickets.codes import code_of
from learning.workshops.tickets.signing import sign
from learning.workshops.tickets.square import square

NAME_MM = 58  # what sign_in.css leaves for a line of a name
ONE_LINE, TWO_LINES = (12, 11, 10, 9), (11, 10, 9, 8, 7, 6)  # points
COLUMNS = 5  # beside those for signing
# Lines to be filled by hand: for who comes without a seat, and for a sheet that is printed before the names are known.
EXTRA_LINES, LINES_WITHOUT_NAMES = 3, 16


def print_sheet(facts: Facts) -> bytes:
    return write("sign_in", context_of(facts, participants(facts.workshop)))


def context_of(facts: Facts, seats: Iterable[Seat]) -> dict[str, Any]:
    lines = [line_of(seat, number) for number, seat in enumerate(seats, start=1)]
    by_hand = EXTRA_LINES if lines else LINES_WITHOUT_NAMES
    return {
        "title": _("Sign-in sheet"),
        "printed_at": facts.printed_at.isoformat(timespec="seconds"),
        "author": facts.center,
        "workshop": facts.title,
        "place": facts.place,
        "days": [
            {
                "label": day_of(day.on),
                "clock": clock_of(day),
                "halves": halves_of(day),
                "columns": COLUMNS + len(day.parts),
            }
            for day in facts.days
        ],
        "lines": lines,
        "by_hand": [to_thai(len(lines) + number) for number in range(1, by_hand + 1)],
    }


def line_of(seat: Seat, number: int) -> dict[str, object]:
    names, points = name_of(seat)
    return {
        "number": to_thai(number),
        "names": names,
        "points": points,
        "organization": printable(seat.organization.name),
        "position": formal(seat.get_position_display()),
        "code": code_of(seat.pk),
        "square": square(sign(seat.workshop_id, seat.pk)),
    }


def name_of(seat: Seat) -> tuple[list[str], int]:
    """A name in one line or, when that would be small, in two; with the type size. A line is never broken."""
    name = printable(seat.user)
    points = fitting(name, ONE_LINE, NAME_MM)
    if width_mm(name, points=points, bold=True) <= NAME_MM or not seat.user.last_name:
        return [name], points
    names = [printable(f"{seat.user.title}{seat.user.first_name}"), printable(seat.user.last_name)]
    return names, min(fitting(line, TWO_LINES, NAME_MM) for line in names)


def halves_of(day: Day) -> list[str]:
    return [_("Morning signature") if part.session.half == Half.AM else _("Afternoon signature") for part in day.parts]


def fitting(text: str, sizes: Iterable[int], room_mm: float) -> int:
    """The largest of these type sizes, in points and bold, in which the text has room on one line; else the last."""
    size = 0
    for size in sizes:
        if width_mm(text, points=size, bold=True) <= room_mm:
            break
    return size

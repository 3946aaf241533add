"""Terms on a board, counted: two years, at most two in a row (Cooperatives Act B.E. 2542, s. 50). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from learning.organizations.choices import TERM_YEARS

# The meeting that elects comes within 150 days of the end of the accounting year (s. 54), a little earlier or
# later than two years before: a seat taken up so soon after another follows it in a row.
LEEWAY = timedelta(days=150)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat on one board; `number` is what is recorded of its term, 0 when nothing is."""

    position: str
    since: date
    until: date | None = None
    number: int = 0


def years_later(day: date, years: int) -> date:
    """The same day of a later year; 29 February becomes 28."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def end_of_term(since: date) -> date:
    """The last day of a term of two years."""
    return years_later(since, TERM_YEARS) - timedelta(days=1)


def term_numbers(seats: Sequence[Seat]) -> list[int]:
    """Of one person's seats on one board, in the order of their first days, the number of each one's term.

    Another position taken up within a term belongs to it; the same position taken up again begins the next, for
    half of a first board leaves by lot after a year and may be elected again. What is recorded counts when it
    is more than what the seats tell: older terms may be in no register.
    """
    numbers: list[int] = []
    begun, ended, number = date.min, date.min, 0
    positions: set[str] = set()
    for seat in seats:
        in_a_row = bool(numbers) and seat.since <= ended + LEEWAY
        same_term = in_a_row and seat.since < years_later(begun, TERM_YEARS) - LEEWAY and seat.position not in positions
        if not same_term:
            number = number + 1 if in_a_row else 1
            begun, positions = seat.since, set()
        positions.add(seat.position)
        number = max(number, seat.number)
        ended = max(ended, seat.until or date.max - LEEWAY) if in_a_row else seat.until or date.max - LEEWAY
        numbers.append(number)
    return numbers

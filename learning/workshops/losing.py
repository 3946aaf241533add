"""Who can no longer reach the attendance that a workshop asks for is told while there is time to come to the rest."""

from datetime import datetime

from django.utils import timezone

from learning.workshops import telling
from learning.workshops.choices import SeatState
from learning.workshops.models import Seat, Session, Workshop
from learning.workshops.presence import best_percent
from learning.workshops.queries.attendance import MARKED_IN, lines_of


def lost_seats(workshop: Workshop, *, now: datetime | None = None) -> list[Seat]:
    """Confirmed seats that cannot reach the rule even by coming to every session that is left.

    A session counts as over half an hour after its last minute, when its door is closed. Nobody while none is left:
    then the results say it.
    """
    moment = now or timezone.now()
    sessions = list(Session.objects.filter(workshop=workshop))
    over = {session.pk for session in sessions if session.ends_at < moment}
    if not over or len(over) == len(sessions):
        return []
    found = []
    for line in lines_of(workshop):
        attended = sum(cell.counts for cell in line.cells if cell.session.pk in over)
        best = best_percent(attended, len(over), len(sessions))
        if line.seat.state == SeatState.CONFIRMED and best < workshop.attendance_percent:
            found.append(line.seat)
    return found


def warn_of_lost_attendance() -> int:
    """For every workshop that is going on; telling somebody twice is telling once. Gives how many cannot reach it."""
    today = timezone.localdate()
    going_on = Workshop.objects.filter(state__in=MARKED_IN, first_on__lte=today, last_on__gte=today)
    total = 0
    for workshop in going_on:
        seats = lost_seats(workshop)
        telling.attendance_lost(seats)
        total += len(seats)
    return total

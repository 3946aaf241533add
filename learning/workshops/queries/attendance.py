"""Reads for the door: the roster that a device takes along, and who has been where."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from cms.thai.names import COLLATION
from learning.workshops.choices import TAKEN_SEATS, SeatState, WorkshopState
from learning.workshops.models import Attendance, Scan, Seat, Session, Workshop
from learning.workshops.presence import Span, Stay, counts, is_late, left_early, percent_attended
from learning.workshops.tickets.codes import code_of
from learning.workshops.tickets.signing import public_keys

# While it stands like this, people may be marked.
MARKED_IN = (WorkshopState.OPEN, WorkshopState.CLOSED)
# The door also knows who waits in line and who cancelled, to be able to say so.
ON_ROSTER = (*TAKEN_SEATS, SeatState.WAITING, SeatState.REQUESTED, SeatState.CANCELLED)


def span_of(session: Session) -> Span:
    return Span(session.starts_at, session.ends_at)


def sessions_of(workshop: Workshop) -> list[Session]:
    """In the order of the days."""
    return list(Session.objects.filter(workshop=workshop).order_by("day", "starts"))


def label_of(session: Session) -> str:
    """Day and half, as people say it."""
    return _("%(day)s, %(half)s") % {"day": format_be(session.day), "half": session.get_half_display()}


def seats_at_the_door(workshop: Workshop) -> QuerySet[Seat]:
    """Everybody the door may meet, by name; of a person with several rows the live one is enough."""
    return (
        Seat.objects.filter(workshop=workshop, state__in=ON_ROSTER)
        .select_related("user", "organization")
        .order_by(Collate("user__first_name", COLLATION), Collate("user__last_name", COLLATION), "pk")
    )


def stays_in(workshop: Workshop) -> dict[int, dict[int, Stay]]:
    """Seat → session → from when until when; one query."""
    found: dict[int, dict[int, Stay]] = defaultdict(dict)
    rows = Attendance.objects.filter(session__workshop=workshop).order_by()
    for seat, session, arrived, left in rows.values_list("seat_id", "session_id", "arrived_at", "left_at"):
        found[seat][session] = Stay(arrived, left)
    return found


def roster(workshop: Workshop, *, now: datetime | None = None) -> dict[str, Any]:
    """What a device needs to work without us: keys, sessions, people, who is in; four queries."""
    moment = now or timezone.now()
    stays = stays_in(workshop)
    seats = one_row_each(seats_at_the_door(workshop))
    return {
        "version": 1,
        "made_at": moment.isoformat(),
        "server_now": moment.isoformat(),
        "workshop": {"id": workshop.pk, "title": workshop.title},
        "keys": public_keys(),
        "sessions": [
            {
                "id": session.pk,
                "label": label_of(session),
                "starts": session.starts_at.isoformat(),
                "ends": session.ends_at.isoformat(),
                "opens": span_of(session).opens_at.isoformat(),
                "closes": span_of(session).closes_at.isoformat(),
            }
            for session in sessions_of(workshop)
        ],
        "seats": [
            {
                "id": seat.pk,
                "name": str(seat.user),
                "organization": seat.organization.name,
                "position": seat.get_position_display(),
                "state": seat.state,
                "code": code_of(seat.pk),
                "marks": written_marks(stays.get(seat.pk, {})),
            }
            for seat in seats
        ],
    }


def one_row_each(seats: QuerySet[Seat]) -> list[Seat]:
    """Who cancelled and registered anew has two rows: the one that is alive stands for both."""
    found: dict[int, Seat] = {}
    for seat in seats:
        if seat.user_id not in found or seat.is_live:
            found[seat.user_id] = seat
    return list(found.values())


def written_marks(stays: dict[int, Stay]) -> dict[str, dict[str, str | None]]:
    """As a device reads them."""
    return {
        str(session): {"in": stay.arrived_at.isoformat(), "out": stay.left_at.isoformat() if stay.left_at else None}
        for session, stay in stays.items()
    }


def marks_of(workshop: Workshop, seats: Collection[int]) -> dict[str, dict[str, dict[str, str | None]]]:
    """The marks of some people, for a device that has just sent theirs."""
    found: dict[int, dict[int, Stay]] = {seat: {} for seat in seats}
    rows = Attendance.objects.filter(session__workshop=workshop, seat__in=seats).order_by()
    for seat, session, arrived, left in rows.values_list("seat_id", "session_id", "arrived_at", "left_at"):
        found[seat][session] = Stay(arrived, left)
    return {str(seat): written_marks(stays) for seat, stays in found.items()}


@dataclass(frozen=True, slots=True)
class Cell:
    """One person in one session."""

    session: Session
    stay: Stay | None
    counts: bool
    is_late: bool
    left_early: bool


@dataclass(slots=True)
class Line:
    """One person over all planned sessions."""

    seat: Seat
    cells: list[Cell] = field(default_factory=list)

    @property
    def attended(self) -> int:
        return sum(cell.counts for cell in self.cells)

    @property
    def percent(self) -> int:
        return percent_attended(self.attended, len(self.cells))


def lines_of(workshop: Workshop) -> list[Line]:
    """Everybody with a seat, by name, and where they have been; three queries."""
    sessions = sessions_of(workshop)
    spans = {session.pk: span_of(session) for session in sessions}
    stays = stays_in(workshop)
    return [
        Line(seat, [_cell(session, stays.get(seat.pk, {}).get(session.pk), spans[session.pk]) for session in sessions])
        for seat in seats_at_the_door(workshop).filter(state__in=TAKEN_SEATS)
    ]


def _cell(session: Session, stay: Stay | None, span: Span) -> Cell:
    return Cell(
        session,
        stay,
        counts(stay, span),
        stay is not None and is_late(stay, span),
        stay is not None and left_early(stay, span),
    )


def odd_scans(workshop: Workshop) -> QuerySet[Scan]:
    """Scans that changed nothing and that somebody may want to look at: no seat, outside the hours, not ours."""
    return (
        Scan.objects.filter(workshop=workshop)
        .exclude(outcome__in=["counted", "already", "struck"])
        .select_related("seat__user", "session", "by")
    )

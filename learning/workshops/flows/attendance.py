"""At the door: scans of devices, marks by hand and from paper; and, when all is over, who attended."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from cms.thai.dates import format_be
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.workshops.choices import (
    SEAT_TRANSITIONS,
    TAKEN_SEATS,
    Direction,
    ScanOutcome,
    ScanSource,
    SeatState,
)
from learning.workshops.models import Attendance, Scan, Seat, Session, Workshop
from learning.workshops.presence import Mark, Span, Stay, stay_of
from learning.workshops.queries.attendance import MARKED_IN, label_of, lines_of, sessions_of, span_of
from learning.workshops.rules import may_check_in
from learning.workshops.tickets.signing import ForgedTicket, NotATicket, verify

# A mark of these is part of somebody's attendance.
VALID = (ScanOutcome.COUNTED, ScanOutcome.ALREADY)
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PostedScan:
    """A scan as a device tells it; `at` is by the clock of the device."""

    nonce: str
    seat: int | None
    session: int | None
    at: datetime
    direction: str
    source: str
    ticket: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of it, and a sentence for the person at the door."""

    nonce: str
    outcome: str
    sentence: str
    seat: int | None


@transaction.atomic
def record_scans(
    workshop: Workshop, scans: Sequence[PostedScan], *, device: str, device_now: datetime, by: User
) -> list[Result]:
    """Keep what a device has scanned, also hours ago and without a network; sending it again changes nothing.

    The moments are corrected by how far the clock of the device is off as it speaks. Every scan is kept, whatever
    comes of it. Raises Refused (403) for who may not stand at this door, and (409) once the workshop is held.
    """
    if not may_check_in(by, workshop):
        raise Refused(_("Checking in is for the center and the office that asked."), status=HTTPStatus.FORBIDDEN)
    if len(scans) > MOST_AT_ONCE:
        raise Refused(
            _("Send at most %(number)d scans at once.") % {"number": MOST_AT_ONCE},
            status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        )
    workshop = _open_for_marks(workshop)
    now = timezone.now()
    door = _Door(workshop, device=device, by=by, now=now, skew=now - device_now)
    return door.record(scans)


def _day_and_time(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{format_be(local.date())} {format_be(local, 'time')}"


def _open_for_marks(workshop: Workshop) -> Workshop:
    """The row is locked, so that two devices that send at once are taken one after the other."""
    workshop = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if workshop.state not in MARKED_IN:
        raise Refused(
            _("This workshop is “%(state)s”, so attendance can no longer be changed. What was marked is kept.")
            % {"state": workshop.get_state_display()}
        )
    return workshop


class _Door:
    """One sending of one device."""

    def __init__(self, workshop: Workshop, *, device: str, by: User, now: datetime, skew: timedelta) -> None:
        self.workshop, self.device, self.by, self.now, self.skew = workshop, device[:64], by, now, skew
        self.sessions = {session.pk: session for session in sessions_of(workshop)}

    def record(self, scans: Sequence[PostedScan]) -> list[Result]:
        known = {scan.nonce: scan for scan in Scan.objects.filter(nonce__in=[scan.nonce for scan in scans])}
        tickets = [(scan, *self._seat_of(scan)) for scan in scans]
        wanted = {seat for _scan, seat, _fault in tickets if seat}
        seats = {
            seat.pk: seat for seat in Seat.objects.filter(workshop=self.workshop, pk__in=wanted).select_related("user")
        }
        marks = self._marks(wanted)
        results: list[Result] = []
        fresh: list[Scan] = []
        touched: set[tuple[int, int]] = set()
        for posted, seat_id, fault in tickets:
            before = known.get(posted.nonce)
            if before is not None:
                foreign = before.workshop_id != self.workshop.pk  # a nonce of another list: nothing of it is told
                results.append(
                    Result(posted.nonce, ScanOutcome.NO_SEAT if foreign else before.outcome, "", None)
                    if foreign
                    else self._result(before, seats.get(before.seat_id or 0))
                )
                continue
            scan = self._scan(posted, seats.get(seat_id or 0), fault)
            if scan.outcome == ScanOutcome.COUNTED and scan.session and scan.seat:
                key = (scan.seat.pk, scan.session.pk)
                span = span_of(scan.session)
                was = stay_of(marks[key], span)
                marks[key].append(Mark(scan.direction, scan.at))
                if was == stay_of(marks[key], span) or (was and scan.direction == Direction.IN and was.left_at is None):
                    scan.outcome = ScanOutcome.ALREADY
                touched.add(key)
            fresh.append(scan)
            known[posted.nonce] = scan
            results.append(self._result(scan, scan.seat))
        Scan.objects.bulk_create(fresh)
        _keep(touched, marks, self.sessions, by=self.by)
        return results

    def _seat_of(self, posted: PostedScan) -> tuple[int | None, str]:
        """The seat that a scan names, and what is wrong with its ticket."""
        if not posted.ticket:
            return posted.seat, ""
        try:
            ticket = verify(posted.ticket)
        except (ForgedTicket, NotATicket):
            return None, ScanOutcome.FORGED
        if ticket.workshop_id != self.workshop.pk:
            return None, ScanOutcome.OTHER_WORKSHOP
        return ticket.seat_id, ""

    def _marks(self, seats: Collection[int]) -> dict[tuple[int, int], list[Mark]]:
        """What counts so far, by seat and session."""
        found: dict[tuple[int, int], list[Mark]] = defaultdict(list)
        rows = Scan.objects.filter(seat__in=seats, session__in=self.sessions, outcome__in=VALID).order_by()
        for seat, session, direction, at in rows.values_list("seat_id", "session_id", "direction", "at"):
            found[seat, session].append(Mark(direction, at))
        return found

    def _scan(self, posted: PostedScan, seat: Seat | None, fault: str) -> Scan:
        at = min(posted.at + self.skew, self.now)
        session = self.sessions.get(posted.session or 0)
        outcome = fault
        if not outcome and (seat is None or seat.state not in TAKEN_SEATS):
            outcome = ScanOutcome.NO_SEAT
        if not outcome and (session is None or not span_of(session).is_open(at)):
            outcome = ScanOutcome.OUTSIDE
        return Scan(
            nonce=posted.nonce,
            workshop=self.workshop,
            session=session,
            seat=seat,
            direction=posted.direction,
            source=posted.source,
            outcome=outcome or ScanOutcome.COUNTED,
            at=at,
            device_at=posted.at,
            received_at=self.now,
            device=self.device,
            by=self.by,
        )

    def _result(self, scan: Scan, seat: Seat | None) -> Result:
        return Result(scan.nonce, scan.outcome, sentence(scan, seat), scan.seat_id)


def sentence(scan: Scan, seat: Seat | None) -> str:
    """What the person at the door should know."""
    name = str(seat.user) if seat else ""
    moment = format_be(timezone.localtime(scan.at), "time")
    match scan.outcome:
        case ScanOutcome.COUNTED if scan.direction == Direction.OUT:
            return _("%(name)s left at %(time)s.") % {"name": name, "time": moment}
        case ScanOutcome.COUNTED:
            return _("%(name)s is in since %(time)s.") % {"name": name, "time": moment}
        case ScanOutcome.ALREADY:
            return _("%(name)s was marked already. Nothing has changed.") % {"name": name}
        case ScanOutcome.OUTSIDE:
            return _(
                "The door of this session was not open at %(time)s, so nothing was marked. Choose the session of the "
                "moment, or enter it later from the sign-in sheet."
            ) % {"time": moment}
        case ScanOutcome.OTHER_WORKSHOP:
            return _("This ticket is for another workshop. Ask the person for today's ticket, or look up the name.")
        case ScanOutcome.FORGED:
            return _("This is not a ticket of ours. Look up the name in the list.")
        case ScanOutcome.STRUCK:
            return _("This mark was taken back by hand.")
    if seat is None:
        return _("Nobody with this ticket is on the list. Look up the name, or register the person first.")
    return _("%(name)s has no confirmed seat (%(state)s). Give the person a seat first.") % {
        "name": name,
        "state": seat.get_state_display(),
    }


def _keep(
    touched: Collection[tuple[int, int]],
    marks: dict[tuple[int, int], list[Mark]],
    sessions: dict[int, Session],
    *,
    by: User,
) -> None:
    """Write what the marks now say: one statement, whoever was first."""
    rows = []
    for seat, session in sorted(touched):
        stay = stay_of(marks[seat, session], span_of(sessions[session]))
        if stay is not None:
            rows.append(
                Attendance(
                    seat_id=seat,
                    session_id=session,
                    arrived_at=stay.arrived_at,
                    left_at=stay.left_at,
                    source=ScanSource.QR,
                    by=by,
                )
            )
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["session", "seat"],
        update_fields=["arrived_at", "left_at"],
    )


@transaction.atomic
def enter_sheet(workshop: Workshop, session: Session, *, present: Collection[int], by: User) -> tuple[int, int]:
    """Enter a sign-in sheet from paper: who signed was there, who did not was not.

    Gives how many were added and taken out. Only a session that has begun; who a device saw keeps its minutes.
    """
    if not may_check_in(by, workshop):
        raise Refused(_("Checking in is for the center and the office that asked."), status=HTTPStatus.FORBIDDEN)
    workshop = _open_for_marks(workshop)
    if session.workshop_id != workshop.pk:
        raise Refused(_("This session belongs to another workshop."), status=HTTPStatus.NOT_FOUND)
    span, now = span_of(session), timezone.now()
    if now < span.opens_at:
        raise Refused(
            _("%(session)s has not begun. A sheet can be entered from %(time)s on.")
            % {"session": label_of(session), "time": _day_and_time(span.opens_at)},
            status=HTTPStatus(422),
        )
    seats = set(Seat.objects.filter(workshop=workshop, state__in=TAKEN_SEATS).values_list("pk", flat=True))
    known = set(Attendance.objects.filter(session=session).values_list("seat_id", flat=True))
    added, struck = (set(present) & seats) - known, known & seats - set(present)
    at = min(span.starts_at, now)
    Scan.objects.bulk_create(
        Scan(
            nonce=uuid4().hex,
            workshop=workshop,
            session=session,
            seat_id=seat,
            direction=Direction.IN,
            source=ScanSource.PAPER,
            outcome=ScanOutcome.COUNTED,
            at=at,
            device_at=now,
            received_at=now,
            by=by,
        )
        for seat in sorted(added)
    )
    Attendance.objects.bulk_create(
        Attendance(seat_id=seat, session=session, arrived_at=at, source=ScanSource.PAPER, by=by)
        for seat in sorted(added)
    )
    _strike(session, struck)
    log(
        workshop,
        "workshops.enter_sheet",
        user=by,
        data={"session": session.pk, "added": len(added), "struck": len(struck)},
    )
    return len(added), len(struck)


@transaction.atomic
def mark(
    workshop: Workshop, seat: Seat, session: Session, *, direction: str, source: str = ScanSource.LIST, by: User
) -> Result:
    """One person by hand, now: the page without a script, and the list of names."""
    now = timezone.now()
    posted = PostedScan(uuid4().hex, seat.pk, session.pk, now, direction, source)
    return record_scans(workshop, [posted], device="", device_now=now, by=by)[0]


@transaction.atomic
def take_back(workshop: Workshop, seat: Seat, session: Session, *, by: User) -> None:
    """Undo a wrong mark: the person was not in this session after all. The scans are kept and no longer count."""
    if not may_check_in(by, workshop):
        raise Refused(_("Checking in is for the center and the office that asked."), status=HTTPStatus.FORBIDDEN)
    _open_for_marks(workshop)
    _strike(session, [seat.pk])
    log(workshop, "workshops.take_back", user=by, data={"seat": seat.pk, "session": session.pk})


def _strike(session: Session, seats: Collection[int]) -> None:
    Scan.objects.filter(session=session, seat__in=seats, outcome__in=VALID).update(outcome=ScanOutcome.STRUCK)
    Attendance.objects.filter(session=session, seat__in=seats).delete()


@transaction.atomic
def settle_attendance(workshop: Workshop, *, by: User) -> tuple[int, int]:
    """After the last session: who came at all attended, who never came was absent. Gives how many of each.

    The percentage over all planned sessions is kept on the seat; whether it suffices is asked when completing.
    """
    attended = absent = 0
    for line in lines_of(workshop):
        seat = line.seat
        if seat.state != SeatState.CONFIRMED:
            continue
        days = [cell.session.day for cell in line.cells if cell.stay is not None]
        if days:
            attended += 1
            move(
                seat,
                SeatState.ATTENDED,
                transitions=SEAT_TRANSITIONS,
                attended_percent=line.percent,
                attended_on=max(days),
            )
        else:
            absent += 1
            move(seat, SeatState.ABSENT, transitions=SEAT_TRANSITIONS, attended_percent=0)
    return attended, absent


__all__ = [
    "PostedScan",
    "Result",
    "Span",
    "Stay",
    "enter_sheet",
    "mark",
    "record_scans",
    "settle_attendance",
    "take_back",
]

"""Scans of devices: once is once, whoever sends it and however late."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learning.kernel.refusals import Refused
from learning.workshops.choices import ScanOutcome, SeatState, WorkshopState
from learning.workshops.flows.attendance import PostedScan, record_scans, settle_attendance
from learning.workshops.models import Attendance, Scan, Seat, Session, Workshop
from learning.workshops.queries.attendance import lines_of, roster
from learning.workshops.tickets.signing import sign
from tests.cast import Cast
from tests.factories.people import make_members
from tests.factories.threads import at_once
from tests.factories.workshops import make_seat, make_workshop
from tests.workshops.attendance.conftest import DAY, NINE

pytestmark = pytest.mark.django_db


def scan(
    nonce: str,
    seat: Seat | int | None,
    session: Session | None,
    *,
    at: datetime = NINE,
    direction: str = "in",
    ticket: str = "",
) -> PostedScan:
    return PostedScan(
        nonce,
        seat.pk if isinstance(seat, Seat) else seat,
        session.pk if session else None,
        at,
        direction,
        "qr" if ticket else "list",
        ticket,
    )


def send(cast: Cast, workshop: Workshop, *scans: PostedScan, now: datetime = NINE, device: str = "phone") -> list[str]:
    return [result.outcome for result in record_scans(workshop, scans, device=device, device_now=now, by=cast.wipa)]


def test_a_scan_marks_one_person_in_one_session(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    assert send(cast, workshop, scan("nonce-01", seats[0], morning)) == [ScanOutcome.COUNTED]
    assert list(Attendance.objects.values_list("seat", "session", "arrived_at", "left_at")) == [
        (seats[0].pk, morning.pk, NINE, None)
    ]


def test_sending_again_changes_nothing(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    batch = [scan(f"nonce-0{number}", seat, morning) for number, seat in enumerate(seats)]
    first = send(cast, workshop, *batch)
    assert send(cast, workshop, *batch) == first == [ScanOutcome.COUNTED] * 3
    assert (Scan.objects.count(), Attendance.objects.count()) == (3, 3)


def test_a_nonce_twice_in_one_sending_is_one_scan(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    one = scan("nonce-01", seats[0], morning)
    assert send(cast, workshop, one, one) == [ScanOutcome.COUNTED] * 2
    assert Scan.objects.count() == 1


def test_a_second_device_changes_nothing_but_an_earlier_minute(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    earlier = NINE - timedelta(minutes=10)
    assert send(cast, workshop, scan("nonce-01", seats[0], morning)) == [ScanOutcome.COUNTED]
    assert send(cast, workshop, scan("nonce-02", seats[0], morning, at=earlier), device="tablet") == [
        ScanOutcome.ALREADY
    ]
    assert Attendance.objects.get().arrived_at == earlier
    assert Scan.objects.count() == 2


@pytest.mark.parametrize("minutes", [20, -20])
def test_a_clock_that_is_twenty_minutes_off_is_put_right(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, minutes: int
) -> None:
    """The phone says 08:50 and 09:10 while it is 08:30: what it scanned ten minutes ago was at 08:20."""
    off = timedelta(minutes=minutes)
    with time_machine.travel(NINE, tick=False):
        device_now = NINE + off
        assert send(
            cast, workshop, scan("nonce-01", seats[0], morning, at=device_now - timedelta(minutes=10)), now=device_now
        ) == [ScanOutcome.COUNTED]
    found = Scan.objects.get()
    assert (found.at, found.device_at) == (NINE - timedelta(minutes=10), NINE + off - timedelta(minutes=10))


def test_no_scan_lies_in_the_future(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    send(cast, workshop, scan("nonce-01", seats[0], morning, at=NINE + timedelta(minutes=30)))
    assert Attendance.objects.get().arrived_at == NINE


def test_a_scan_for_tomorrow_marks_nobody_and_is_kept(
    cast: Cast, seats: list[Seat], workshop: Workshop, at_nine: object
) -> None:
    other = make_workshop(cast.wipa, DAY, DAY + timedelta(days=1), capacity=5)
    seat = make_seat(other, seats[0].user.memberships.get())
    tomorrow = other.sessions.get(day=DAY + timedelta(days=1), half="am")
    assert send(cast, other, scan("nonce-01", seat, tomorrow)) == [ScanOutcome.OUTSIDE]
    assert (Scan.objects.get().outcome, Attendance.objects.count()) == (ScanOutcome.OUTSIDE, 0)


def test_what_was_scanned_in_the_morning_may_arrive_in_the_evening(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session
) -> None:
    with time_machine.travel(NINE + timedelta(hours=11), tick=False):
        outcomes = send(cast, workshop, scan("nonce-01", seats[0], morning), now=NINE + timedelta(hours=11))
    assert outcomes == [ScanOutcome.COUNTED]
    assert Attendance.objects.get().arrived_at == NINE


def test_a_ticket_says_who_it_is_for_whatever_the_device_says(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    ticket = sign(workshop.pk, seats[1].pk)
    assert send(cast, workshop, scan("nonce-01", seats[0], morning, ticket=ticket)) == [ScanOutcome.COUNTED]
    assert Attendance.objects.get().seat == seats[1]


def test_tickets_of_another_workshop_and_forged_ones_mark_nobody(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    good = sign(workshop.pk, seats[0].pk)
    flipped = good[:40] + ("A" if good[40] != "A" else "B") + good[41:]
    assert send(
        cast,
        workshop,
        scan("nonce-01", seats[0], morning, ticket=sign(workshop.pk + 1, seats[0].pk)),
        scan("nonce-02", seats[0], morning, ticket=flipped),
        scan("nonce-03", seats[0], morning, ticket="https://example.org/"),
    ) == [ScanOutcome.OTHER_WORKSHOP, ScanOutcome.FORGED, ScanOutcome.FORGED]
    assert (Attendance.objects.count(), Scan.objects.count()) == (0, 3)


@pytest.mark.parametrize("state", [SeatState.WAITING, SeatState.CANCELLED, SeatState.REQUESTED, SeatState.DECLINED])
def test_only_a_confirmed_seat_is_marked(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object, state: str
) -> None:
    Seat.objects.filter(pk=seats[0].pk).update(state=state, queue_number=1)
    assert send(cast, workshop, scan("nonce-01", seats[0], morning)) == [ScanOutcome.NO_SEAT]
    assert Attendance.objects.count() == 0


def test_a_seat_of_another_workshop_is_nobody_here(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    other = make_workshop(cast.wipa, DAY, capacity=5)
    foreign = make_seat(other, seats[0].user.memberships.get())
    results = record_scans(workshop, [scan("nonce-01", foreign, morning)], device="", device_now=NINE, by=cast.wipa)
    assert [result.outcome for result in results] == [ScanOutcome.NO_SEAT]
    assert str(foreign.user) not in results[0].sentence


def test_late_and_leaving_early_stand_beside_the_name(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, afternoon: Session
) -> None:
    with time_machine.travel(NINE + timedelta(hours=6), tick=False):
        now = NINE + timedelta(hours=6)
        send(
            cast,
            workshop,
            scan("nonce-01", seats[0], morning, at=NINE + timedelta(minutes=30)),
            scan("nonce-02", seats[0], afternoon, at=NINE + timedelta(hours=4)),
            scan("nonce-03", seats[0], afternoon, at=NINE + timedelta(hours=5), direction="out"),
            now=now,
        )
    line = next(line for line in lines_of(workshop) if line.seat == seats[0])
    assert [(cell.is_late, cell.left_early, cell.counts) for cell in line.cells] == [
        (True, False, True),
        (False, True, False),
    ]
    assert line.percent == 50


def test_after_the_workshop_who_never_came_was_absent(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    send(cast, workshop, scan("nonce-01", seats[0], morning))
    assert settle_attendance(workshop, by=cast.wipa) == (1, 2)
    assert list(Seat.objects.order_by("pk").values_list("state", "attended_percent", "attended_on")) == [
        (SeatState.ATTENDED, 50, DAY),
        (SeatState.ABSENT, 0, None),
        (SeatState.ABSENT, 0, None),
    ]


def test_once_it_is_held_nothing_is_marked(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state=WorkshopState.HELD)
    with pytest.raises(Refused) as refused:
        send(cast, workshop, scan("nonce-01", seats[0], morning))
    assert refused.value.status == 409
    assert Scan.objects.count() == 0


def test_an_outsider_does_not_stand_at_the_door(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    for person in (cast.krit, cast.malee):
        with pytest.raises(Refused) as refused:
            record_scans(workshop, [scan("nonce-01", seats[0], morning)], device="", device_now=NINE, by=person)
        assert refused.value.status == 403
    assert send(cast, workshop, scan("nonce-02", seats[0], morning)) == [ScanOutcome.COUNTED]


def test_sixty_scans_need_as_many_queries_as_two(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    people = make_members(cast.board_seat.organization, 57, prefix="crowd")
    Workshop.objects.filter(pk=workshop.pk).update(capacity=60)
    workshop.refresh_from_db()
    crowd = seats + [make_seat(workshop, person.memberships.get()) for person in people]
    counted = []
    for size in (2, 60):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            send(cast, workshop, *[scan(f"nonce-{size}-{seat.pk}", seat, morning) for seat in crowd[:size]])
        counted.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
    assert counted == [8, 8]


def test_the_roster_holds_what_a_phone_needs(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session, at_nine: object
) -> None:
    send(cast, workshop, scan("nonce-01", seats[0], morning))
    with CaptureQueriesContext(connection) as captured:
        found = roster(workshop)
    assert len(captured) == 3
    assert found["workshop"] == {"id": workshop.pk, "title": workshop.title}
    assert [seat["id"] for seat in found["seats"]] == [seat.pk for seat in seats]
    assert found["seats"][0]["marks"] == {str(morning.pk): {"in": NINE.isoformat(), "out": None}}
    assert [session["opens"] for session in found["sessions"]] == [
        "2026-12-14T08:00:00+07:00",
        "2026-12-14T12:00:00+07:00",
    ]


@pytest.mark.django_db(transaction=True)
def test_two_devices_that_send_the_same_people_at_once_lose_nobody_and_double_nobody(
    cast: Cast, workshop: Workshop, seats: list[Seat], morning: Session
) -> None:
    people = make_members(cast.board_seat.organization, 37, prefix="crowd")
    crowd = seats + [make_seat(workshop, person.memberships.get()) for person in people]
    with time_machine.travel(NINE, tick=False):
        found = at_once(
            *[
                lambda device=device: send(
                    cast, workshop, *[scan(f"{device}-{seat.pk:08}", seat, morning) for seat in crowd], device=device
                )
                for device in ("one", "two")
            ]
        )
    assert sorted(found) == [[ScanOutcome.ALREADY] * 40, [ScanOutcome.COUNTED] * 40]
    assert (Attendance.objects.count(), Scan.objects.count()) == (40, 80)

"""Workshops: races over real connections, the calendar, free days, plans, and two devices at one door.

Each makes its own people on an empty database of the same kind as the site's, and says how many it lost.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from importlib.util import find_spec
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.catalog.choices import Topic
from learning.desk.benchmarks.measuring import NOT_QUERIES, Request, measure
from learning.desk.benchmarks.population import signed_in
from learning.desk.benchmarks.room_race import DAYS, ROOMS, race_for_rooms
from learning.desk.benchmarks.workshop_population import many_workshops
from learning.desk.cast import welcome_cast
from learning.desk.opening import open_academy
from learning.organizations.choices import Kind, Position
from learning.organizations.models import Membership, Organization
from learning.people.models import User
from learning.places.flows import load_places
from learning.places.models import Province, ProvincialOffice, TransferCenter
from learning.workshops import free
from learning.workshops.booking import Wanted, take
from learning.workshops.calendars.working import working_days
from learning.workshops.choices import Direction, Half, ResourceKind, ScanSource, SeatState, SlotPurpose, WorkshopState
from learning.workshops.flows.attendance import PostedScan, record_scans
from learning.workshops.flows.seats import register
from learning.workshops.models import (
    Attendance,
    RequestWindow,
    Resource,
    Scan,
    Seat,
    Session,
    Venue,
    Workshop,
    WorkshopRequest,
)
from learning.workshops.proposing import exact, synthetic
from learning.workshops.proposing.checking import faults
from learning.workshops.proposing.free import free_starts
from learning.workshops.proposing.greedy import greedy
from learning.workshops.racing.doors import race_at_the_door
from learning.workshops.racing.seats import race_for_seats
from learning.workshops.timetable import CLOCK

CENTER = 14
PEOPLE, SEATS = 200, 10
MONTH = 200  # workshops
ROSTER = 300
ROUNDS = 20
SECONDS = 60  # for CP-SAT
EXACT = "year-plan-exact"


def seat_race() -> dict[str, Any]:
    """200 people register at once for 10 seats."""
    cast = open_for_races()
    workshop = race_workshop(cast["wipa"], capacity=SEATS)
    memberships = member_seats(PEOPLE)
    result = race_for_seats(
        lambda membership: register(workshop, membership=membership, by=membership.user).state, memberships, SEATS
    )
    workshop.refresh_from_db()
    line = list(
        Seat.objects.filter(workshop=workshop, state=SeatState.WAITING)
        .order_by("queue_number")
        .values_list("queue_number", flat=True)
    )
    kept = Seat.objects.filter(workshop=workshop, state=SeatState.CONFIRMED).count()
    return {
        **result.as_dict(),
        "overlaps": 0,
        "oversold": max(result.oversold, kept - SEATS, workshop.taken - SEATS),
        "in_line": len(set(line)),
    }


def room_race() -> dict[str, Any]:
    """120 bookings of 1 to 3 days at once, over 3 rooms and 20 days."""
    cast = open_for_races()
    rooms = [_room(f"ห้อง {number}").pk for number in range(ROOMS)]
    first = date(timezone.localdate().year + 1, 1, 4)
    days = working_days(first, first + timedelta(days=60))[:DAYS]
    request = _ask(cast["somchai"], TransferCenter.objects.get(number=CENTER), first)

    def book(wanted: Sequence[Wanted]) -> object:
        return take(
            wanted,
            purpose=SlotPurpose.HOLD,
            by=cast["wipa"],
            request=request,
            expires_on=first + timedelta(days=365),
        )

    return {**race_for_rooms(book, rooms=rooms, days=days).as_dict(), "oversold": 0}


def door_race() -> dict[str, Any]:
    """300 people checked in offline by two devices that send at once, each twice: the line broke before the reply."""
    cast = open_for_races()
    workshop = race_workshop(cast["wipa"], capacity=ROSTER, on=timezone.localdate(), seats=member_seats(ROSTER))
    session = Session.objects.filter(workshop=workshop).first()
    assert session is not None
    now = session.starts_at
    seats = list(workshop.seats.values_list("pk", flat=True))

    def send(device: str) -> None:
        scans = [
            PostedScan(f"{device}-{seat:012}", seat, session.pk, now, Direction.IN, ScanSource.LIST) for seat in seats
        ]
        record_scans(workshop, scans, device=device, device_now=timezone.now(), by=cast["wipa"])

    Session.objects.filter(workshop=workshop).update(starts=_clock(-30), ends=_clock(150))
    session.refresh_from_db()
    now = timezone.now()
    took = race_at_the_door(send, ["one", "two", "one", "two"])
    present = Attendance.objects.filter(session=session).values("seat").distinct().count()
    return {
        "roster": ROSTER,
        "lost": ROSTER - present,
        "doubled": Attendance.objects.filter(session=session).count() - present,
        "scans": Scan.objects.count(),
        "errors": took.errors,
        "slowest_ms": took.slowest_ms,
    }


def _clock(minutes: int) -> Any:
    """The clock on the wall so many minutes from now, kept within today."""
    now = timezone.localtime()
    wanted = now + timedelta(minutes=minutes)
    first, last = now.replace(hour=0, minute=1), now.replace(hour=23, minute=58)
    return min(max(wanted, first), last).time().replace(microsecond=0)


def workshop_calendar() -> dict[str, Any]:
    """The month of a center with 200 workshops, as its staff open it."""
    cast = open_for_races()
    center = TransferCenter.objects.get(number=CENTER)
    month = date(timezone.localdate().year + 1, 3, 1)
    many_workshops(center, month, MONTH, by=cast["wipa"])
    page = Request(f"/office/workshops/calendar/?on={month.isoformat()}", cookies=signed_in(cast["wipa"]))
    bare = Request("/bare-signed-in/", cookies=signed_in(cast["wipa"]))
    measured = measure("workshop-calendar", lambda turn: page, bare, rounds=60, warm_up=10)
    return {**measured.as_dict(), "workshops": Workshop.objects.filter(center=center).count()}


def free_slots() -> dict[str, Any]:
    """Every free place for one request over a year, read from the database; the center has 200 workshops in a month."""
    cast = open_for_races()
    center = TransferCenter.objects.get(number=CENTER)
    month = date(timezone.localdate().year + 1, 3, 1)
    many_workshops(center, month, MONTH, by=cast["wipa"])
    wish = free.wish_of(_ask(cast["somchai"], center, month))
    since = timezone.localdate() + timedelta(days=1)

    def look() -> int:
        problem = free.problem_of([wish], since=since, until=since + timedelta(days=365), centers=[CENTER])
        return len(free_starts(problem, wish, anywhen=True))

    with CaptureQueriesContext(connection) as captured:
        found = look()
    times = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        look()
        times.append((time.perf_counter() - begun) * 1000)
    return {
        "median_ms": round(statistics.median(times), 2),
        "found": found,
        "queries": sum(not query["sql"].startswith(NOT_QUERIES) for query in captured),
        "rounds": ROUNDS,
    }


def year_plan() -> dict[str, Any]:
    """300 requests of a made-up fiscal year, 20 centers, 80 trainers: greedy."""
    problem = synthetic.year()
    begun = time.perf_counter()
    plan = greedy(problem)
    took = time.perf_counter() - begun
    return {
        "seconds": round(took, 2),
        "placed": len(plan.placements),
        "unplaced": len(plan.unplaced),
        "faults": len(faults(problem, plan)),
        "cost": plan.cost,
    }


def year_plan_exact() -> dict[str, Any]:
    """The same with CP-SAT, greedy as hint, 60 seconds on two workers."""
    problem = synthetic.year()
    plan = exact.optimise(problem, greedy(problem), seconds=SECONDS, workers=2)
    return {
        "seconds": SECONDS,
        "placed": len(plan.placements),
        "faults": len(faults(problem, plan)),
        "cost": plan.cost,
        "bound": plan.bound,
        "gap_percent": round(100 * plan.gap, 2) if plan.gap is not None else None,
    }


# --- who and what takes part ----------------------------------------------------------------------------
def open_for_races() -> dict[str, User]:
    """The cast on an academy of its own."""
    if not TransferCenter.objects.exists():
        load_places()
        open_academy()
    return welcome_cast()


def _ask(by: User, center: TransferCenter, month: date) -> WorkshopRequest:
    province = Province.objects.get(name="ชัยนาท")
    request = WorkshopRequest.objects.create(
        office=ProvincialOffice.objects.get(province=province),
        center=center,
        title="การควบคุมภายใน",
        topic=Topic.INTERNAL_CONTROL,
        aim="ตรวจนับเงินสด",
        province=province,
        created_by=by,
    )
    RequestWindow.objects.create(request=request, since=month, until=month + timedelta(days=30))
    return request


def _room(name: str) -> Resource:
    center = TransferCenter.objects.get(number=CENTER)
    venue, _made = Venue.objects.get_or_create(
        center=center, name="อาคารฝึกอบรม", defaults={"province": Province.objects.get(name="ชัยนาท")}
    )
    return Resource.objects.create(center=center, kind=ResourceKind.ROOM, name=name, venue=venue, capacity=300)


def member_seats(count: int) -> list[Membership]:
    province = Province.objects.get(name="ชัยนาท")
    organization = Organization.objects.create(kind=Kind.SAVINGS, name=f"สหกรณ์ {count} คน จำกัด", province=province)
    people = User.objects.bulk_create(
        User(username=f"racer-{count}-{number}", first_name=f"ผู้เข้าอบรม {number}") for number in range(count)
    )
    Membership.objects.bulk_create(
        Membership(user=person, organization=organization, position=Position.MEMBER) for person in people
    )
    return list(Membership.objects.filter(organization=organization).select_related("user", "organization"))


def race_workshop(
    by: User, *, capacity: int, on: date | None = None, seats: list[Membership] | None = None
) -> Workshop:
    day = on or timezone.localdate() + timedelta(days=60)
    workshop = Workshop.objects.create(
        center_id=CENTER,
        title="การแข่งขัน",
        topic=Topic.INTERNAL_CONTROL,
        province=Province.objects.get(name="ชัยนาท"),
        capacity=capacity,
        taken=len(seats or []),
        state=WorkshopState.OPEN,
        first_on=day,
        last_on=day,
        created_by=by,
    )
    starts, ends = CLOCK[Half.AM]
    Session.objects.create(workshop=workshop, day=day, half=Half.AM, starts=starts, ends=ends)
    Seat.objects.bulk_create(
        Seat(
            workshop=workshop,
            user=membership.user,
            state=SeatState.CONFIRMED,
            organization=membership.organization,
            position=membership.position,
            kind=membership.organization.kind,
            province=membership.organization.province,
            registered_by=by,
        )
        for membership in seats or []
    )
    return workshop


CASES: dict[str, Callable[[], dict[str, Any]]] = {
    "seat-race": seat_race,
    "room-race": room_race,
    "door-race": door_race,
    "workshop-calendar": workshop_calendar,
    "free-slots": free_slots,
    "year-plan": year_plan,
}
if find_spec("ortools"):
    CASES[EXACT] = year_plan_exact

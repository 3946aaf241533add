"""120 bookings of three rooms in the same moment: no half-day twice, no fault; the naive way fails."""

import contextlib
from collections.abc import Sequence
from datetime import date, timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection

from learning.desk.benchmarks.room_race import BOOKINGS, DAYS, ROOMS, Book, overlaps, race_for_rooms
from learning.workshops.booking import SlotsTaken, Wanted, clashes_of, exchange, take
from learning.workshops.calendars.working import working_days
from learning.workshops.choices import Half, SlotPurpose
from learning.workshops.models import ResourceSlot
from tests.cast import Cast
from tests.factories.threads import at_once
from tests.factories.workshops import make_request, make_room, make_workshop
from tests.workshops.scheduling.conftest import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = date(2027, 1, 4)
FAR = timedelta(days=3650)


@pytest.fixture
def rooms(cast: Cast) -> list[int]:
    return [make_room(f"ห้องที่ {number}").pk for number in range(ROOMS)]


@pytest.fixture
def days() -> list[date]:
    return working_days(FIRST, FIRST + timedelta(days=40))[:DAYS]


def booking_for(cast: Cast) -> Book:
    request = make_request(cast.somchai, since=FIRST, until=FIRST)

    def book(wanted: Sequence[Wanted]) -> object:
        return take(wanted, purpose=SlotPurpose.HOLD, by=cast.wipa, request=request, expires_on=FIRST + FAR)

    return book


def test_a_hundred_and_twenty_bookings_at_once_overlap_nowhere(cast: Cast, rooms: list[int], days: list[date]) -> None:
    result = race_for_rooms(booking_for(cast), rooms=rooms, days=days)
    assert (result.tried, result.overlaps, result.errors) == (BOOKINGS, 0, 0)
    assert (result.booked > ROOMS, result.booked + result.refused) == (True, BOOKINGS)
    # Who was booked has everything, who was refused has nothing.
    assert ResourceSlot.objects.filter(active=True).count() >= 2 * result.booked


@pytest.fixture
def without_the_constraint(transactional_db: None) -> None:
    """The table without its guard; put back by the copy that each test begins with."""
    guard = next(one for one in ResourceSlot._meta.constraints if one.name == "a_resource_is_taken_once_in_half_a_day")
    with connection.schema_editor() as editor:
        editor.remove_constraint(ResourceSlot, guard)


def checks_then_inserts(cast: Cast) -> Book:
    """The naive way: looks whether it is free, then books; everybody has looked before the first one books."""
    request = make_request(cast.somchai, since=FIRST, until=FIRST)
    looked = Barrier(BOOKINGS)

    def book(wanted: Sequence[Wanted]) -> object:
        found = clashes_of(wanted)
        with contextlib.suppress(BrokenBarrierError):
            looked.wait(30)
        if found:
            raise SlotsTaken(found)
        return ResourceSlot.objects.bulk_create(
            ResourceSlot(
                resource_id=one.resource_id,
                day=one.day,
                half=one.half,
                purpose=SlotPurpose.HOLD,
                request=request,
                expires_on=FIRST + FAR,
            )
            for one in wanted
        )

    return book


@pytest.mark.usefixtures("without_the_constraint")
def test_looking_first_and_booking_then_books_twice(cast: Cast, rooms: list[int], days: list[date]) -> None:
    """The mutant: had `take` no guard, the race would show it."""
    result = race_for_rooms(checks_then_inserts(cast), rooms=rooms, days=days)
    assert (result.booked, result.overlaps > 50, result.errors) == (BOOKINGS, True, 0)


@pytest.mark.usefixtures("without_the_constraint")
def test_without_the_constraint_the_race_of_the_guard_itself_is_lost(
    cast: Cast, rooms: list[int], days: list[date]
) -> None:
    """The other mutant: the flow as it is, on a table that allows two."""
    result = race_for_rooms(booking_for(cast), rooms=rooms, days=days)
    assert (result.booked, result.overlaps > 50) == (BOOKINGS, True)


def test_two_who_swap_their_days_never_wait_for_each_other(cast: Cast) -> None:
    room = make_room("ห้องเดียว")
    one, other = (make_workshop(cast.wipa, day, room=room) for day in (MONDAY, TUESDAY))

    def move(pk: int, day: date) -> object:
        slots = ResourceSlot.objects.filter(session__workshop=pk)
        session = one.sessions.first() if pk == one.pk else other.sessions.first()
        wanted = [Wanted(room.pk, day, half) for half in Half]
        return exchange(slots, wanted, purpose=SlotPurpose.SESSION, by=cast.wipa, session=session)

    for _turn in range(5):
        answers = at_once(lambda: move(one.pk, TUESDAY), lambda: move(other.pk, MONDAY))
        assert {type(answer) for answer in answers} == {SlotsTaken}
    assert overlaps([room.pk]) == 0

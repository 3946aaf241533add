"""200 people register for ten seats in the same moment: ten have one, 190 stand in line, nobody is lost."""

import contextlib
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import transaction
from django.utils import timezone

from learning.organizations.models import Membership, Organization
from learning.workshops import tasks
from learning.workshops.choices import SeatState
from learning.workshops.flows.seats import cancel_seat, register
from learning.workshops.models import Seat, Workshop
from learning.workshops.racing.seats import RaceResult, race_for_seats
from tests.cast import Cast
from tests.factories.threads import at_once
from tests.factories.workshops import make_workshop
from tests.workshops.seats.conftest import Members

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, PEOPLE = 10, 200
Register = Callable[[Membership], str]


@pytest.fixture(autouse=True)
def _mail_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail is the worker's work, on another machine."""
    monkeypatch.setattr(tasks.send_messages, "delay", lambda: None)


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    return make_workshop(cast.wipa, timezone.localdate() + timedelta(days=30), capacity=SEATS)


@pytest.fixture
def people(neighbours: Organization, members: Members) -> list[Membership]:
    return members(neighbours, PEOPLE)


def registering(workshop: Workshop) -> Register:
    def come(membership: Membership) -> str:
        mine = Workshop.objects.get(pk=workshop.pk)
        return register(mine, membership=membership, by=membership.user).state

    return come


def nobody_overtook_and_nothing_was_sold_twice(workshop: Workshop, result: RaceResult) -> None:
    """What the race must show; the mutants below must fail it."""
    workshop.refresh_from_db()
    confirmed = Seat.objects.filter(workshop=workshop, state=SeatState.CONFIRMED)
    waiting = Seat.objects.filter(workshop=workshop, state=SeatState.WAITING)
    assert (result.confirmed, result.waiting, result.oversold, result.errors) == (SEATS, PEOPLE - SEATS, 0, 0)
    assert (confirmed.count(), workshop.taken) == (SEATS, SEATS)
    in_order = list(waiting.order_by("queue_number").values_list("queue_number", "pk", "registered_at"))
    assert [number for number, _pk, _at in in_order] == list(range(1, PEOPLE - SEATS + 1))
    assert [pk for _number, pk, _at in in_order] == sorted(pk for _number, pk, _at in in_order)
    assert [at for _number, _pk, at in in_order] == sorted(at for _number, _pk, at in in_order)
    last = confirmed.order_by("-registered_at").first()
    assert last is not None
    assert last.registered_at <= in_order[0][2]
    assert workshop.waiting_count == PEOPLE - SEATS


def test_two_hundred_register_at_once_for_ten_seats(workshop: Workshop, people: list[Membership]) -> None:
    result = race_for_seats(registering(workshop), people, SEATS)
    nobody_overtook_and_nothing_was_sold_twice(workshop, result)


# --- mutants ---------------------------------------------------------------------------------------
def counts_then_inserts(workshop: Workshop) -> Register:
    """The naive way: looks how many there are, then takes a seat; all have looked before the first one takes."""
    looked = Barrier(PEOPLE)

    def come(membership: Membership) -> str:
        taken = Seat.objects.filter(workshop=workshop, state=SeatState.CONFIRMED).count()
        with contextlib.suppress(BrokenBarrierError):
            looked.wait(60)
        state = SeatState.CONFIRMED if taken < SEATS else SeatState.WAITING
        return _insert(workshop, membership, state, taken)

    return come


def adds_one_to_what_it_read(workshop: Workshop) -> Register:
    """Another naive way: the counter is kept, but as it was read."""
    looked = Barrier(PEOPLE)

    def come(membership: Membership) -> str:
        mine = Workshop.objects.get(pk=workshop.pk)
        with contextlib.suppress(BrokenBarrierError):
            looked.wait(60)
        state = SeatState.CONFIRMED if mine.taken < mine.capacity else SeatState.WAITING
        with transaction.atomic():
            mine.taken += 1
            mine.save(update_fields=["taken"])
            return _insert(workshop, membership, state, mine.taken)

    return come


def _insert(workshop: Workshop, membership: Membership, state: str, number: int) -> str:
    organization = membership.organization
    seat = Seat.objects.create(
        workshop=workshop,
        user=membership.user,
        state=state,
        queue_number=number if state == SeatState.WAITING else None,
        organization=organization,
        position=membership.position,
        kind=organization.kind,
        province_id=organization.province_id,
        registered_by=membership.user,
    )
    return str(seat.state)


@pytest.mark.parametrize("naive", [counts_then_inserts, adds_one_to_what_it_read])
def test_the_naive_ways_sell_seats_that_are_not_there(
    naive: Callable[[Workshop], Register], workshop: Workshop, people: list[Membership]
) -> None:
    result = race_for_seats(naive(workshop), people, SEATS)
    assert (result.confirmed, result.oversold, result.errors) == (PEOPLE, PEOPLE - SEATS, 0)
    with pytest.raises(AssertionError):
        nobody_overtook_and_nothing_was_sold_twice(workshop, result)


# --- coming and going ------------------------------------------------------------------------------
def test_ten_cancel_while_fifty_come_and_the_line_moves_in_order(workshop: Workshop, people: list[Membership]) -> None:
    come = registering(workshop)
    for membership in people[: 2 * SEATS]:
        come(membership)
    seats = list(Seat.objects.filter(state=SeatState.CONFIRMED).select_related("workshop", "organization", "user"))
    answers = at_once(
        *(lambda seat=seat: cancel_seat(seat, reason="", by=seat.user) for seat in seats),
        *(lambda one=one: come(one) for one in people[2 * SEATS : 2 * SEATS + 50]),
    )
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    workshop.refresh_from_db()
    confirmed = Seat.objects.filter(workshop=workshop, state=SeatState.CONFIRMED)
    waiting = Seat.objects.filter(workshop=workshop, state=SeatState.WAITING)
    assert (workshop.taken, confirmed.count()) == (SEATS, SEATS)
    assert (workshop.waiting_count, waiting.count()) == (50, 50)
    # Those who waited first have the seats, and nobody who came later passed them.
    assert sorted(confirmed.values_list("queue_number", flat=True)) == list(range(1, SEATS + 1))
    assert sorted(waiting.values_list("queue_number", flat=True)) == list(range(SEATS + 1, SEATS + 51))


def test_eight_clicks_of_one_person_make_one_seat(workshop: Workshop, people: list[Membership]) -> None:
    come = registering(workshop)
    assert at_once(*[lambda: come(people[0]) for _click in range(8)]) == [SeatState.CONFIRMED] * 8
    workshop.refresh_from_db()
    assert (Seat.objects.count(), workshop.taken) == (1, 1)

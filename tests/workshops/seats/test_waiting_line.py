"""First come stays first: who finds no seat stands in line, and the line moves by itself."""

import pytest

from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from learning.workshops.choices import SeatState, WorkshopState
from learning.workshops.flows.seats import cancel_seat, register_party
from learning.workshops.models import ScheduledMessage, Seat, Workshop
from learning.workshops.queries.seats import place_in_line
from learning.workshops.seating import promote, resize
from tests.cast import Cast
from tests.workshops.seats.conftest import Members, come, figures, go, in_line, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "in_english")]


@pytest.fixture
def full(workshop: Workshop, neighbours: Organization, members: Members) -> list[Seat]:
    """All ten seats are taken."""
    return come(workshop, *members(neighbours, 10))


def test_a_full_workshop_puts_the_next_person_in_line(
    workshop: Workshop, full: list[Seat], neighbours: Organization, members: Members
) -> None:
    late = come(workshop, *members(neighbours, 3))
    assert states(*full, *late) == [SeatState.CONFIRMED] * 10 + [SeatState.WAITING] * 3
    assert [seat.queue_number for seat in late] == [1, 2, 3]
    assert figures(workshop) == (10, 3)


def test_who_gives_a_seat_back_seats_the_first_in_line_in_the_same_moment(
    workshop: Workshop, full: list[Seat], neighbours: Organization, members: Members
) -> None:
    first, second = come(workshop, *members(neighbours, 2))
    promoted = go(full[4])
    assert [seat.pk for seat in promoted] == [first.pk]
    assert states(full[4], first, second) == [SeatState.CANCELLED, SeatState.CONFIRMED, SeatState.WAITING]
    first.refresh_from_db()
    assert (first.queue_number, first.confirmed_at is not None) == (1, True)
    assert figures(workshop) == (10, 1)


def test_who_is_promoted_and_who_went_are_told(
    workshop: Workshop, full: list[Seat], neighbours: Organization, members: Members
) -> None:
    (first,) = come(workshop, *members(neighbours, 1))
    go(full[0])
    told = ScheduledMessage.objects.filter(seat__in=[first, full[0]]).exclude(kind__contains="before")
    assert sorted(told.values_list("seat", "kind")) == sorted(
        [
            (full[0].pk, "confirmation"),
            (full[0].pk, "cancellation"),
            (first.pk, "waiting"),
            (first.pk, "promotion"),
        ]
    )


def test_who_leaves_the_line_moves_the_others_up(
    workshop: Workshop, full: list[Seat], neighbours: Organization, members: Members
) -> None:
    _first, second, third = come(workshop, *members(neighbours, 3))
    assert go(second) == []
    third.refresh_from_db()
    place = place_in_line(third)
    assert (place.number, place.of, place.why) == (2, 2, "All 10 seats are taken.")
    assert figures(workshop) == (10, 2)


def test_who_comes_back_stands_at_the_end(
    workshop: Workshop, full: list[Seat], neighbours: Organization, members: Members
) -> None:
    people = members(neighbours, 2)
    first, second = come(workshop, *people)
    go(first)
    (again,) = come(workshop, people[0])
    assert (again.pk != first.pk, in_line(workshop)) == (True, [second.user_id, again.user_id])


def test_a_free_seat_is_not_for_who_comes_while_others_wait(
    workshop: Workshop, full: list[Seat], cast: Cast, neighbours: Organization, members: Members
) -> None:
    """Two together wait for two seats; one becomes free: it is kept for them, whoever comes."""
    pair = [one.user_id for one in members(neighbours, 2)]
    register_party(workshop, organization=neighbours, people=pair, together=True, by=cast.somchai)
    assert go(full[0]) == []
    (late,) = come(workshop, *members(neighbours, 1))
    assert (late.state, figures(workshop)) == (SeatState.WAITING, (9, 3))
    late.workshop.refresh_from_db()
    assert place_in_line(late).why == "The free seats go first to those who came before you."
    promoted = go(full[1])
    assert sorted(seat.user_id for seat in promoted) == sorted(pair)
    assert (in_line(workshop), figures(workshop)) == ([late.user_id], (10, 1))


def test_more_seats_seat_as_many_in_order(
    workshop: Workshop, full: list[Seat], neighbours: Organization, members: Members
) -> None:
    late = come(workshop, *members(neighbours, 5))
    assert [seat.pk for seat in resize(workshop, 13)] == [seat.pk for seat in late[:3]]
    assert (workshop.taken, workshop.waiting_count, workshop.free_seats) == (13, 2, 0)
    assert figures(workshop) == (13, 2)


def test_there_cannot_be_fewer_seats_than_are_taken(workshop: Workshop, full: list[Seat]) -> None:
    with pytest.raises(Refused, match="10 seats are taken or kept, so there cannot be only 9"):
        resize(workshop, 9)
    workshop.refresh_from_db()
    assert workshop.capacity == 10


def test_the_line_still_moves_when_registration_is_closed(
    workshop: Workshop, full: list[Seat], neighbours: Organization, members: Members
) -> None:
    (first,) = come(workshop, *members(neighbours, 1))
    Workshop.objects.filter(pk=workshop.pk).update(state=WorkshopState.CLOSED)
    go(full[0])
    assert states(first) == [SeatState.CONFIRMED]


@pytest.mark.parametrize("state", [WorkshopState.CANCELLED, WorkshopState.HELD])
def test_nobody_is_promoted_into_a_workshop_that_is_over(
    state: str, workshop: Workshop, full: list[Seat], neighbours: Organization, members: Members
) -> None:
    come(workshop, *members(neighbours, 1))
    Workshop.objects.filter(pk=workshop.pk).update(state=state, capacity=12)
    assert promote(workshop) == []


def test_nobody_is_called_from_the_line_once_the_workshop_has_begun(
    workshop: Workshop, full: list[Seat], cast: Cast, neighbours: Organization, members: Members, clock: object
) -> None:
    (first,) = come(workshop, *members(neighbours, 1))
    clock.move_to("2026-12-28T02:01:00Z")  # type: ignore[attr-defined]  # a minute after nine in Bangkok
    seat = Seat.objects.select_related("workshop", "organization").get(pk=full[0].pk)
    assert cancel_seat(seat, reason="ไม่มา", by=cast.wipa) == []
    assert (states(first), figures(workshop)) == ([SeatState.WAITING], (9, 1))

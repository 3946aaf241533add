"""Seats that an officer confirms or declines, and the door."""

import pytest

from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from learning.workshops.choices import SeatState
from learning.workshops.flows.seats import cancel_seat, confirm_seat, decline_seat, register_party
from learning.workshops.models import Party, ScheduledMessage, Seat, Workshop
from tests.cast import Cast
from tests.workshops.seats.conftest import Members, come, figures, go, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "in_english")]


@pytest.fixture
def asked(workshop: Workshop) -> Workshop:
    """An officer confirms each seat; there are three."""
    workshop.confirms_by_officer, workshop.capacity = True, 3
    workshop.save(update_fields=["confirms_by_officer", "capacity"])
    return workshop


def test_a_seat_that_is_asked_for_takes_no_chair_and_no_place_in_line(
    asked: Workshop, neighbours: Organization, members: Members
) -> None:
    seats = come(asked, *members(neighbours, 5))
    assert (states(*seats), figures(asked)) == ([SeatState.REQUESTED] * 5, (0, 0))


def test_confirming_gives_a_chair_and_then_a_place_in_line(
    asked: Workshop, cast: Cast, neighbours: Organization, members: Members
) -> None:
    seats = come(asked, *members(neighbours, 5))
    for seat in reversed(seats):
        confirm_seat(seat, by=cast.somchai)
    assert states(*seats) == [SeatState.WAITING] * 2 + [SeatState.CONFIRMED] * 3
    assert [Seat.objects.get(pk=seat.pk).queue_number for seat in seats[:2]] == [2, 1]
    assert figures(asked) == (3, 2)


def test_people_who_asked_together_are_confirmed_together(
    asked: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    party = Party.objects.create(workshop=asked, organization=cooperative, size=2, by=cast.malee)
    seats = come(asked, *members(cooperative, 2))
    Seat.objects.filter(pk__in=[seat.pk for seat in seats]).update(party=party)
    seat = Seat.objects.select_related("workshop", "organization").get(pk=seats[1].pk)
    confirm_seat(seat, by=cast.somchai)
    assert (states(*seats), figures(asked)) == ([SeatState.CONFIRMED] * 2, (2, 0))


def test_who_is_entered_by_the_office_needs_no_confirmation(
    asked: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    people = [one.user_id for one in members(cooperative, 1)]
    register_party(asked, organization=cooperative, people=people, together=False, by=cast.somchai)
    assert figures(asked) == (1, 0)


def test_a_declined_person_reads_why(asked: Workshop, cast: Cast, neighbours: Organization, members: Members) -> None:
    (seat,) = come(asked, *members(neighbours, 1))
    with pytest.raises(Refused, match="Write the reason"):
        decline_seat(seat, reason="", by=cast.somchai)
    decline_seat(seat, reason="เคยอบรมแล้ว", by=cast.somchai)
    seat.refresh_from_db()
    assert (seat.state, seat.reason, seat.ended_at is not None) == (SeatState.DECLINED, "เคยอบรมแล้ว", True)
    assert ScheduledMessage.objects.filter(seat=seat, kind="declined").count() == 1


@pytest.mark.parametrize("verb", ["confirm", "decline"])
def test_what_is_decided_stays_decided(
    verb: str, asked: Workshop, cast: Cast, neighbours: Organization, members: Members
) -> None:
    (seat,) = come(asked, *members(neighbours, 1))
    go(seat)
    with pytest.raises(Refused, match="by now, so nothing was changed"):
        confirm_seat(seat, by=cast.somchai) if verb == "confirm" else decline_seat(seat, reason="–", by=cast.somchai)
    assert states(seat) == [SeatState.CANCELLED]


@pytest.mark.parametrize("name", ["krit", "malee"])
def test_only_who_answers_for_somebody_decides(
    name: str, asked: Workshop, cast: Cast, neighbours: Organization, members: Members
) -> None:
    (seat,) = come(asked, *members(neighbours, 1))
    by = getattr(cast, name)
    for verb in (
        lambda: confirm_seat(seat, by=by),
        lambda: decline_seat(seat, reason="ไม่", by=by),
        lambda: cancel_seat(seat, reason="ไม่", by=by),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.status == 403
    assert states(seat) == [SeatState.REQUESTED]


# --- giving back -----------------------------------------------------------------------------------
def test_a_learner_gives_a_seat_back_until_the_workshop_begins(workshop: Workshop, cast: Cast, clock: object) -> None:
    (seat,) = come(workshop, cast.board_seat)
    clock.move_to("2026-12-28T02:00:00Z")  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="The workshop has begun"):
        go(seat)
    clock.move_to("2026-12-28T01:59:00Z")  # type: ignore[attr-defined]
    go(seat)
    assert figures(workshop) == (0, 0)


def test_a_seat_is_given_back_once(workshop: Workshop, cast: Cast) -> None:
    (seat,) = come(workshop, cast.board_seat)
    go(seat)
    with pytest.raises(Refused, match="by now, so nothing was changed"):
        go(seat)
    assert figures(workshop) == (0, 0)


def test_a_seat_of_a_held_workshop_stays(workshop: Workshop, cast: Cast) -> None:
    (seat,) = come(workshop, cast.board_seat)
    Workshop.objects.filter(pk=workshop.pk).update(state="held")
    with pytest.raises(Refused, match="by now"):
        go(seat)


# --- the door --------------------------------------------------------------------------------------
def test_somebody_in_line_who_is_here_gets_a_free_chair_from_the_center(
    workshop: Workshop, cast: Cast, neighbours: Organization, members: Members, clock: object
) -> None:
    seats = come(workshop, *members(neighbours, 12))
    clock.move_to("2026-12-28T02:20:00Z")  # type: ignore[attr-defined]
    here = Seat.objects.select_related("workshop", "organization").get(pk=seats[11].pk)
    with pytest.raises(Refused, match="no free seat left"):
        confirm_seat(here, by=cast.wipa)
    absent = Seat.objects.select_related("workshop", "organization").get(pk=seats[0].pk)
    cancel_seat(absent, reason="ไม่มา", by=cast.wipa)
    here.refresh_from_db()
    confirm_seat(here, by=cast.wipa)
    assert states(seats[10], seats[11]) == [SeatState.WAITING, SeatState.CONFIRMED]
    assert figures(workshop) == (10, 1)


def test_before_it_begins_nobody_is_taken_out_of_line(
    workshop: Workshop, cast: Cast, neighbours: Organization, members: Members
) -> None:
    seats = come(workshop, *members(neighbours, 11))
    waiting = Seat.objects.select_related("workshop", "organization").get(pk=seats[10].pk)
    with pytest.raises(Refused, match="by now"):
        confirm_seat(waiting, by=cast.wipa)

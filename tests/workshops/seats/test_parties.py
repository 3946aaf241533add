"""People of one organization registered by their office: together all or nothing, or one by one."""

import pytest

from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.organizations.models import Membership, Organization
from learning.workshops.choices import SeatState
from learning.workshops.flows.seats import cancel_seat, register_party
from learning.workshops.models import Party, Seat, Workshop
from tests.cast import Cast
from tests.factories.duties import make_duty
from tests.factories.organizations import make_organization
from tests.workshops.seats.conftest import Members, come, figures, go, in_line, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "in_english")]


@pytest.fixture
def eight(workshop: Workshop, neighbours: Organization, members: Members) -> list[Seat]:
    """Two seats are left."""
    return come(workshop, *members(neighbours, 8))


@pytest.fixture
def four(cooperative: Organization, members: Members) -> list[int]:
    return [one.user_id for one in members(cooperative, 4)]


def test_a_party_that_fits_is_seated_as_one(
    workshop: Workshop, cast: Cast, cooperative: Organization, four: list[int]
) -> None:
    seated = register_party(workshop, organization=cooperative, people=four, together=True, by=cast.somchai)
    assert [seat.user_id for seat in seated.confirmed] == four
    party = Party.objects.get()
    assert (party.size, {seat.party_id for seat in seated.confirmed}) == (4, {party.pk})
    assert figures(workshop) == (4, 0)


def test_a_party_that_does_not_fit_waits_as_one(
    workshop: Workshop, eight: list[Seat], cast: Cast, cooperative: Organization, four: list[int]
) -> None:
    seated = register_party(workshop, organization=cooperative, people=four, together=True, by=cast.somchai)
    assert [(seat.user_id, seat.queue_number) for seat in seated.waiting] == list(zip(four, [1, 2, 3, 4], strict=True))
    assert figures(workshop) == (8, 4)
    assert go(eight[0]) == []
    assert sorted(seat.user_id for seat in go(eight[1])) == sorted(four)
    assert figures(workshop) == (10, 0)


def test_one_by_one_takes_what_there_is_and_the_rest_waits(
    workshop: Workshop, eight: list[Seat], cast: Cast, cooperative: Organization, four: list[int]
) -> None:
    seated = register_party(workshop, organization=cooperative, people=four, together=False, by=cast.somchai)
    assert [seat.user_id for seat in seated.confirmed] == four[:2]
    assert [seat.user_id for seat in seated.waiting] == four[2:]
    assert Party.objects.count() == 0
    assert figures(workshop) == (10, 2)


def test_a_party_that_becomes_smaller_is_seated_when_it_fits(
    workshop: Workshop, eight: list[Seat], cast: Cast, cooperative: Organization, four: list[int]
) -> None:
    seated = register_party(workshop, organization=cooperative, people=four[:3], together=True, by=cast.somchai)
    assert sorted(seat.pk for seat in go(seated.waiting[1])) == sorted([seated.waiting[0].pk, seated.waiting[2].pk])
    assert figures(workshop) == (10, 0)


def test_who_has_a_seat_already_is_left_as_they_are(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    people = members(cooperative, 3)
    (before,) = come(workshop, people[1])
    ids = [one.user_id for one in people]
    seated = register_party(workshop, organization=cooperative, people=ids, together=True, by=cast.somchai)
    assert [seat.pk for seat in seated.already] == [before.pk]
    assert [seat.user_id for seat in seated.confirmed] == [ids[0], ids[2]]
    assert (Party.objects.get().size, figures(workshop)) == (2, (3, 0))
    again = register_party(workshop, organization=cooperative, people=ids, together=True, by=cast.somchai)
    assert (len(again.already), again.confirmed, figures(workshop)) == (3, [], (3, 0))


def test_a_party_larger_than_the_workshop_is_refused_and_not_put_in_line(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    ids = [one.user_id for one in members(cooperative, 11)]
    with pytest.raises(Refused, match="At most 10 people of one organization can be together here") as refused:
        register_party(workshop, organization=cooperative, people=ids, together=True, by=cast.somchai)
    assert (refused.value.status, Seat.objects.count()) == (422, 0)


def test_a_party_waits_behind_a_larger_one_that_came_before(
    workshop: Workshop, eight: list[Seat], cast: Cast, cooperative: Organization, members: Members, four: list[int]
) -> None:
    register_party(workshop, organization=cooperative, people=four, together=True, by=cast.somchai)
    pair = [one.user_id for one in members(cooperative, 2)]
    seated = register_party(workshop, organization=cooperative, people=pair, together=True, by=cast.somchai)
    assert (states(*seated.waiting), in_line(workshop)) == ([SeatState.WAITING] * 2, [*four, *pair])


def test_a_party_larger_than_a_workshop_that_shrank_holds_nobody_up(
    workshop: Workshop, eight: list[Seat], cast: Cast, cooperative: Organization, members: Members
) -> None:
    nine = [one.user_id for one in members(cooperative, 9)]
    register_party(workshop, organization=cooperative, people=nine, together=True, by=cast.somchai)
    (late,) = come(workshop, *members(cooperative, 1))
    assert states(late) == [SeatState.WAITING]
    Workshop.objects.filter(pk=workshop.pk).update(capacity=8)
    go(eight[0])
    assert (states(late), figures(workshop)) == ([SeatState.CONFIRMED], (8, 9))


# --- who may ---------------------------------------------------------------------------------------
def test_an_outsider_registers_nobody(
    workshop: Workshop, cast: Cast, cooperative: Organization, four: list[int]
) -> None:
    with pytest.raises(Refused) as refused:
        register_party(workshop, organization=cooperative, people=four, together=False, by=cast.krit)
    assert (refused.value.status, Seat.objects.count()) == (403, 0)


def test_a_coordinator_registers_people_of_the_own_organization_only(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    make_duty(cast.krit, "coordinator", cooperative)
    own, other = members(cooperative, 1)[0].user_id, members(neighbours, 1)[0].user_id
    register_party(workshop, organization=cooperative, people=[own], together=False, by=cast.krit)
    with pytest.raises(Refused) as refused:
        register_party(workshop, organization=neighbours, people=[other], together=False, by=cast.krit)
    assert (refused.value.status, list(Seat.objects.values_list("user", flat=True))) == (403, [own])


def test_people_of_another_organization_cannot_be_slipped_in(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    stranger = members(neighbours, 1)[0].user_id
    with pytest.raises(Refused, match="None of these people holds a position"):
        register_party(workshop, organization=cooperative, people=[stranger], together=False, by=cast.somchai)


def test_of_two_positions_the_one_counts_that_the_workshop_is_for(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    (plain,) = members(cooperative, 1)
    Membership.objects.create(user=plain.user, organization=cooperative, position=Position.BOARD_SECRETARY)
    Workshop.objects.filter(pk=workshop.pk).update(positions=[Position.MEMBER])
    workshop.refresh_from_db()
    seated = register_party(workshop, organization=cooperative, people=[plain.user_id], together=False, by=cast.wipa)
    assert seated.confirmed[0].position == Position.MEMBER


def test_who_does_not_fit_is_named(workshop: Workshop, cast: Cast, cooperative: Organization, four: list[int]) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(positions=[Position.MANAGER])
    workshop.refresh_from_db()
    with pytest.raises(Refused, match="This workshop is for other positions: Manager") as refused:
        register_party(workshop, organization=cooperative, people=four, together=False, by=cast.somchai)
    assert (refused.value.status, Seat.objects.count()) == (422, 0)


def test_the_office_cancels_with_a_reason_and_the_person_reads_it(
    workshop: Workshop, cast: Cast, cooperative: Organization, four: list[int]
) -> None:
    seated = register_party(workshop, organization=cooperative, people=four, together=False, by=cast.somchai)
    with pytest.raises(Refused, match="Write the reason"):
        cancel_seat(seated.confirmed[0], reason=" ", by=cast.somchai)
    cancel_seat(seated.confirmed[0], reason="ย้ายไปรุ่นหน้า", by=cast.somchai)
    seat = Seat.objects.get(pk=seated.confirmed[0].pk)
    assert (seat.state, seat.reason) == (SeatState.CANCELLED, "ย้ายไปรุ่นหน้า")


def test_an_organization_that_has_ended_sends_nobody(workshop: Workshop, cast: Cast, members: Members) -> None:
    ended = make_organization("สหกรณ์เลิกแล้ว", state="dissolved", ended_on="2026-01-01")
    people = [one.user_id for one in members(ended, 1)]
    with pytest.raises(Refused, match="no longer active"):
        register_party(workshop, organization=ended, people=people, together=False, by=cast.somchai)

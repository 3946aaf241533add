"""How many an organization may send, and the seats that are kept for it before the names are known."""

from datetime import date

import pytest

from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from learning.workshops.choices import SeatState
from learning.workshops.flows.allotments import release_due, release_reserved, reserve_seats, set_quota
from learning.workshops.flows.seats import register_party
from learning.workshops.models import Allotment, Seat, Workshop
from learning.workshops.queries.seats import place_in_line
from learning.workshops.schedule import release_reservations
from tests.cast import Cast
from tests.workshops.seats.conftest import Members, come, figures, go, in_line, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock", "in_english")]
UNTIL = date(2026, 12, 14)


def share(workshop: Workshop, organization: Organization) -> tuple[int, int]:
    """People in, seats kept."""
    found = Allotment.objects.get(workshop=workshop, organization=organization)
    return found.taken, found.reserved


# --- quotas ----------------------------------------------------------------------------------------
def test_who_comes_after_the_quota_waits_and_others_go_before(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    set_quota(workshop, organization=cooperative, most=2, by=cast.wipa)
    own = come(workshop, *members(cooperative, 3))
    (other,) = come(workshop, *members(neighbours, 1))
    assert states(*own, other) == [SeatState.CONFIRMED, SeatState.CONFIRMED, SeatState.WAITING, SeatState.CONFIRMED]
    assert (share(workshop, cooperative), figures(workshop)) == ((2, 0), (3, 1))
    own[2].workshop.refresh_from_db()
    assert place_in_line(own[2]).why == "At most 2 people of your organization may come, and 2 of them have a seat."


def test_who_waits_for_the_quota_comes_in_when_one_of_the_own_leaves(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    set_quota(workshop, organization=cooperative, most=2, by=cast.wipa)
    first, _second, third = come(workshop, *members(cooperative, 3))
    assert [seat.pk for seat in go(first)] == [third.pk]
    assert share(workshop, cooperative) == (2, 0)


def test_the_quota_of_every_organization_is_kept_without_being_set_one_by_one(
    cast: Cast, workshop: Workshop, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(most_per_organization=1)
    own, others = members(cooperative, 2), members(neighbours, 2)
    seats = come(workshop, own[0], others[0], own[1], others[1])
    assert states(*seats) == [SeatState.CONFIRMED] * 2 + [SeatState.WAITING] * 2
    assert (share(workshop, cooperative), share(workshop, neighbours)) == ((1, 0), (1, 0))


def test_a_quota_that_comes_later_counts_those_who_are_in(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    come(workshop, *members(cooperative, 3))
    set_quota(workshop, organization=cooperative, most=3, by=cast.wipa)
    (late,) = come(workshop, *members(cooperative, 1))
    assert (states(late), share(workshop, cooperative)) == ([SeatState.WAITING], (3, 0))


def test_a_quota_below_what_the_organization_has_is_refused_with_the_numbers(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    come(workshop, *members(cooperative, 3))
    reserve_seats(workshop, organization=cooperative, count=2, release_on=UNTIL, by=cast.wipa)
    with pytest.raises(Refused, match="has 3 people in and 2 seats kept, so its quota cannot be 4"):
        set_quota(workshop, organization=cooperative, most=4, by=cast.wipa)
    assert Allotment.objects.get().most is None


def test_a_raised_quota_lets_in_who_waited_for_it(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    set_quota(workshop, organization=cooperative, most=1, by=cast.wipa)
    _first, second, third = come(workshop, *members(cooperative, 3))
    set_quota(workshop, organization=cooperative, most=2, by=cast.somchai)
    assert states(second, third) == [SeatState.CONFIRMED, SeatState.WAITING]
    set_quota(workshop, organization=cooperative, most=None, by=cast.somchai)
    assert (states(third), figures(workshop)) == ([SeatState.CONFIRMED], (3, 0))


def test_a_party_is_held_back_as_one_and_a_smaller_one_of_the_same_organization_passes(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    set_quota(workshop, organization=cooperative, most=4, by=cast.wipa)
    come(workshop, *members(cooperative, 2))
    three = [one.user_id for one in members(cooperative, 3)]
    waiting = register_party(workshop, organization=cooperative, people=three, together=True, by=cast.somchai).waiting
    (single,) = come(workshop, *members(cooperative, 1))
    assert (states(*waiting), states(single)) == ([SeatState.WAITING] * 3, [SeatState.CONFIRMED])


# --- kept seats ------------------------------------------------------------------------------------
def test_kept_seats_are_taken_and_a_name_turns_one_into_a_seat(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    reserve_seats(workshop, organization=cooperative, count=4, release_on=UNTIL, by=cast.wipa)
    assert (figures(workshop), share(workshop, cooperative)) == ((4, 0), (0, 4))
    (seat,) = come(workshop, *members(cooperative, 1))
    assert (states(seat), figures(workshop)) == ([SeatState.CONFIRMED], (4, 0))
    assert share(workshop, cooperative) == (1, 3)


def test_others_find_a_workshop_full_whose_last_seats_are_kept(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    reserve_seats(workshop, organization=cooperative, count=4, release_on=UNTIL, by=cast.wipa)
    others = come(workshop, *members(neighbours, 7))
    assert (states(others[6]), figures(workshop)) == ([SeatState.WAITING], (10, 1))
    (own,) = come(workshop, *members(cooperative, 1))
    assert (states(own), in_line(workshop)) == ([SeatState.CONFIRMED], [others[6].user_id])
    assert (share(workshop, cooperative), figures(workshop)) == ((1, 3), (10, 1))


def test_a_party_larger_than_what_is_kept_takes_the_rest_from_the_free_seats(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    reserve_seats(workshop, organization=cooperative, count=2, release_on=UNTIL, by=cast.wipa)
    five = [one.user_id for one in members(cooperative, 5)]
    register_party(workshop, organization=cooperative, people=five, together=True, by=cast.somchai)
    assert (share(workshop, cooperative), figures(workshop)) == ((5, 0), (5, 0))


def test_of_one_organization_too_the_first_in_line_has_the_kept_seats(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    """A party of three waits for one seat more than is kept: a single one of the same organization does not pass."""
    reserve_seats(workshop, organization=cooperative, count=2, release_on=UNTIL, by=cast.wipa)
    others = come(workshop, *members(neighbours, 8))
    three = [one.user_id for one in members(cooperative, 3)]
    register_party(workshop, organization=cooperative, people=three, together=True, by=cast.somchai)
    (single,) = come(workshop, *members(cooperative, 1))
    assert (states(single), figures(workshop)) == ([SeatState.WAITING], (10, 4))
    go(others[0])
    assert (in_line(workshop), share(workshop, cooperative)) == ([single.user_id], (3, 0))


def test_released_seats_go_to_those_in_line(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    reserve_seats(workshop, organization=cooperative, count=4, release_on=UNTIL, by=cast.wipa)
    others = come(workshop, *members(neighbours, 8))
    promoted = release_reserved(workshop, organization=cooperative, by=cast.wipa)
    assert [seat.pk for seat in promoted] == [others[6].pk, others[7].pk]
    assert (share(workshop, cooperative), figures(workshop)) == ((0, 0), (8, 0))


def test_keeping_the_same_number_twice_keeps_no_more(workshop: Workshop, cast: Cast, cooperative: Organization) -> None:
    for _click in range(2):
        reserve_seats(workshop, organization=cooperative, count=3, release_on=UNTIL, by=cast.wipa)
    assert figures(workshop) == (3, 0)
    reserve_seats(workshop, organization=cooperative, count=1, release_on=UNTIL, by=cast.wipa)
    assert (figures(workshop), share(workshop, cooperative)) == ((1, 0), (0, 1))


def test_no_more_seats_can_be_kept_than_are_free(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    come(workshop, *members(neighbours, 8))
    with pytest.raises(Refused, match="3 more seats are wanted and 2 are free"):
        reserve_seats(workshop, organization=cooperative, count=3, release_on=UNTIL, by=cast.wipa)
    assert (figures(workshop), Allotment.objects.count()) == ((8, 0), 0)


def test_free_seats_that_somebody_waits_for_cannot_be_kept_for_others(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    come(workshop, *members(neighbours, 8))
    three = [one.user_id for one in members(neighbours, 3)]
    register_party(workshop, organization=neighbours, people=three, together=True, by=cast.somchai)
    with pytest.raises(Refused, match="3 people stand in line, and free seats are theirs"):
        reserve_seats(workshop, organization=cooperative, count=1, release_on=UNTIL, by=cast.wipa)


def test_who_waits_only_for_a_quota_holds_no_seats_back(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    set_quota(workshop, organization=neighbours, most=1, by=cast.wipa)
    come(workshop, *members(neighbours, 2))
    reserve_seats(workshop, organization=cooperative, count=3, release_on=UNTIL, by=cast.wipa)
    assert figures(workshop) == (4, 1)


def test_no_more_seats_can_be_kept_than_the_quota_allows(
    workshop: Workshop, cast: Cast, cooperative: Organization, members: Members
) -> None:
    set_quota(workshop, organization=cooperative, most=3, by=cast.wipa)
    come(workshop, *members(cooperative, 2))
    with pytest.raises(Refused, match="The quota is 3 people and 2 are in, so at most 1 seats can be kept"):
        reserve_seats(workshop, organization=cooperative, count=2, release_on=UNTIL, by=cast.wipa)


@pytest.mark.parametrize("day", [None, date(2026, 11, 22), date(2026, 12, 28)])
def test_seats_are_kept_until_a_day_before_the_workshop(
    day: date | None, workshop: Workshop, cast: Cast, cooperative: Organization
) -> None:
    with pytest.raises(Refused) as refused:
        reserve_seats(workshop, organization=cooperative, count=1, release_on=day, by=cast.wipa)
    assert (refused.value.status, figures(workshop)) == (422, (0, 0))


@pytest.mark.parametrize(("today", "kept"), [("2026-12-14T05:00:00Z", 4), ("2026-12-14T17:05:00Z", 0)])
def test_the_last_day_still_counts_and_the_day_after_the_seats_are_free(
    today: str, kept: int, workshop: Workshop, cast: Cast, cooperative: Organization, clock: object
) -> None:
    reserve_seats(workshop, organization=cooperative, count=4, release_on=UNTIL, by=cast.wipa)
    clock.move_to(today)  # type: ignore[attr-defined]
    assert release_reservations() == 4 - kept
    assert (figures(workshop), share(workshop, cooperative)) == ((kept, 0), (0, kept))


def test_a_second_run_of_the_clock_releases_nothing_more(
    workshop: Workshop, cast: Cast, cooperative: Organization, neighbours: Organization, members: Members
) -> None:
    reserve_seats(workshop, organization=cooperative, count=4, release_on=UNTIL, by=cast.wipa)
    late = come(workshop, *members(neighbours, 8))[6:]
    assert [release_due(today=date(2026, 12, 15)) for _run in range(2)] == [4, 0]
    assert (states(*late), figures(workshop)) == ([SeatState.CONFIRMED] * 2, (8, 0))


@pytest.mark.parametrize("name", ["malee", "krit"])
def test_only_the_center_and_the_office_that_asked_divide_the_seats(
    name: str, workshop: Workshop, cast: Cast, cooperative: Organization
) -> None:
    by = getattr(cast, name)
    for verb in (
        lambda: reserve_seats(workshop, organization=cooperative, count=1, release_on=UNTIL, by=by),
        lambda: release_reserved(workshop, organization=cooperative, by=by),
        lambda: set_quota(workshop, organization=cooperative, most=1, by=by),
    ):
        with pytest.raises(Refused) as refused:
            verb()
        assert refused.value.status == 403
    assert (Allotment.objects.count(), Seat.objects.count()) == (0, 0)


def test_seats_of_a_cancelled_workshop_cannot_be_divided(
    workshop: Workshop, cast: Cast, cooperative: Organization
) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state="cancelled")
    with pytest.raises(Refused, match="can no longer be divided"):
        set_quota(workshop, organization=cooperative, most=1, by=cast.wipa)

"""Positions as offices enter them: default terms, no third one in a row, no position twice on a day."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from learning.kernel.refusals import Refused
from learning.organizations.choices import Position
from learning.organizations.flows import (
    correct_membership,
    end_membership,
    join_organization,
    leave_organization,
    seat_member,
)
from learning.organizations.models import Membership, Organization
from learning.organizations.schedule import pass_terms
from tests.cast import Cast
from tests.factories.organizations import make_membership, make_organization

TODAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def fishery(cast: Cast) -> Organization:
    return make_organization("สหกรณ์ประมงแม่น้ำน้อย จำกัด", kind="fishery", is_counted=True)


def seat(
    cast: Cast, organization: Organization, since: date, position: str = "board_member", **facts: Any
) -> Membership:
    return seat_member(organization, cast.malee, position=Position(position), since=since, by=cast.somchai, **facts)


def refusal(function: Any, *arguments: Any, **facts: Any) -> str:
    with pytest.raises(Refused) as refused, transaction.atomic():
        function(*arguments, **facts)
    return refused.value.sentence


def is_counted(organization: Organization) -> bool:
    return Organization.objects.get(pk=organization.pk).is_counted


def test_a_board_seat_lasts_two_years_and_knows_its_term(cast: Cast, fishery: Organization) -> None:
    first = seat(cast, fishery, date(2024, 3, 20))
    second = seat(cast, fishery, date(2026, 3, 20))
    assert (first.until, first.term_number) == (date(2026, 3, 19), 1)
    assert (second.until, second.term_number) == (date(2028, 3, 19), 2)
    assert not is_counted(fishery)
    assert ModelLogEntry.objects.filter(action="organizations.seat", user=cast.somchai).count() == 2


def test_a_third_term_in_a_row_is_refused_also_when_it_lies_between_or_before(
    cast: Cast, fishery: Organization
) -> None:
    seat(cast, fishery, date(2022, 3, 20))
    seat(cast, fishery, date(2024, 3, 20))
    assert "50" in refusal(seat, cast, fishery, date(2026, 3, 20), "board_chair")
    assert refusal(seat, cast, fishery, date(2020, 3, 20))
    assert Membership.objects.filter(organization=fishery).count() == 2


def test_after_a_term_of_rest_the_count_begins_anew(cast: Cast, fishery: Organization) -> None:
    seat(cast, fishery, date(2020, 3, 20))
    seat(cast, fishery, date(2022, 3, 20))
    assert seat(cast, fishery, date(2026, 3, 20)).term_number == 1


def test_terms_on_another_board_do_not_count(cast: Cast, fishery: Organization) -> None:
    seat(cast, fishery, date(2022, 3, 20))
    seat(cast, fishery, date(2024, 3, 20))
    other = make_organization("สหกรณ์ร้านค้าชัยนาท จำกัด", kind="store")
    assert seat(cast, other, date(2026, 3, 20)).term_number == 1


def test_an_older_term_that_is_in_no_register_is_told_by_its_number(cast: Cast, fishery: Organization) -> None:
    assert seat(cast, fishery, date(2024, 3, 20), term_number=2).term_number == 2
    assert refusal(seat, cast, fishery, date(2026, 3, 20))


def test_other_positions_have_no_term_and_no_end(cast: Cast, fishery: Organization) -> None:
    manager = seat(cast, fishery, date(2010, 3, 20), "manager", term_number=2)
    assert (manager.until, manager.term_number) == (None, None)


def test_the_database_refuses_a_third_term_and_a_term_of_a_manager(cast: Cast, fishery: Organization) -> None:
    for position, number in (("board_member", 3), ("manager", 1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_membership(cast.malee, fishery, position=position, term_number=number)


@pytest.mark.parametrize(
    ("since", "until", "is_refused"),
    [
        (date(2025, 6, 1), date(2025, 12, 31), True),
        (date(2026, 6, 30), None, True),
        (date(2024, 1, 1), date(2026, 1, 1), True),
        (date(2020, 1, 1), None, True),
        (date(2026, 7, 1), None, False),
        (date(2020, 1, 1), date(2025, 12, 31), False),
    ],
)
def test_no_two_memberships_of_one_position_share_a_day(
    cast: Cast, fishery: Organization, since: date, until: date | None, is_refused: bool
) -> None:
    seat(cast, fishery, date(2026, 1, 1), "manager", until=date(2026, 6, 30))
    if since == date(2025, 6, 1):
        until = date(2026, 1, 1)
    if is_refused:
        assert "นางมาลี ใจดี" in refusal(seat, cast, fishery, since, "manager", until=until)
    else:
        assert seat(cast, fishery, since, "manager", until=until).pk


def test_a_position_of_another_kind_of_organization_and_a_turned_term_are_refused(
    cast: Cast, fishery: Organization
) -> None:
    assert refusal(seat, cast, fishery, date(2026, 1, 1), "group_leader")
    assert refusal(seat, cast, fishery, date(2026, 1, 1), "manager", until=date(2025, 12, 31))
    Organization.objects.filter(pk=fishery.pk).update(state="dissolved", ended_on="2026-01-31")
    assert refusal(seat, cast, fishery, date(2026, 1, 1), "manager")


def test_a_membership_ends_on_its_last_day_and_not_before_it_began(cast: Cast, fishery: Organization) -> None:
    manager = seat(cast, fishery, date(2026, 1, 1), "manager")
    Organization.objects.update(is_counted=True)
    assert refusal(end_membership, manager, on=date(2025, 12, 31), by=cast.somchai)
    assert is_counted(fishery)
    assert end_membership(manager, on=date(2026, 10, 31), by=cast.somchai).until == date(2026, 10, 31)
    assert not is_counted(fishery)
    assert end_membership(manager, on=date(2026, 11, 15), by=cast.somchai).until == date(2026, 10, 31)


def test_a_membership_that_never_began_is_taken_out(cast: Cast, fishery: Organization) -> None:
    later = seat(cast, fishery, date(2027, 1, 1), "manager")
    end_membership(later, on=date(2026, 11, 22), by=cast.somchai)
    assert not Membership.objects.filter(organization=fishery).exists()


def test_a_correction_replaces_what_was_wrong_and_is_logged_with_it(cast: Cast, fishery: Organization) -> None:
    wrong = seat(cast, fishery, date(2024, 3, 20))
    Organization.objects.update(is_counted=True)
    facts = {"position": Position.BOARD_CHAIR, "since": date(2025, 3, 20), "until": date(2027, 3, 19)}
    right = correct_membership(wrong, **facts, by=cast.somchai)
    assert (right.position, right.since, right.until, right.term_number) == (
        "board_chair",
        date(2025, 3, 20),
        date(2027, 3, 19),
        1,
    )
    assert not is_counted(fishery)
    entry = ModelLogEntry.objects.get(action="organizations.correct_membership")
    assert entry.data["before"]["since"] == "2024-03-20"


def test_a_correction_that_changes_nothing_writes_nothing(cast: Cast, fishery: Organization) -> None:
    right = seat(cast, fishery, date(2024, 3, 20))
    Organization.objects.update(is_counted=True)
    correct_membership(
        right, position=Position.BOARD_MEMBER, since=right.since, until=right.until, term_number=1, by=cast.somchai
    )
    assert is_counted(fishery)
    assert not ModelLogEntry.objects.filter(action="organizations.correct_membership").exists()


def test_a_correction_meets_the_same_refusals(cast: Cast, fishery: Organization) -> None:
    seat(cast, fishery, date(2022, 3, 20))
    seat(cast, fishery, date(2024, 3, 20))
    manager = seat(cast, fishery, date(2026, 3, 20), "manager")
    facts = {"position": Position.BOARD_CHAIR, "since": date(2026, 3, 20), "until": None, "by": cast.somchai}
    assert refusal(correct_membership, manager, **facts)
    manager.refresh_from_db()
    assert manager.position == "manager"


def test_joining_leaves_a_term_with_an_end_as_it_is(cast: Cast, fishery: Organization) -> None:
    entered = seat(cast, fishery, date(2026, 3, 20))
    joined = join_organization(fishery, position=Position.BOARD_MEMBER, since=date(2026, 11, 1), by=cast.malee)
    assert joined == entered
    assert Membership.objects.filter(organization=fishery).count() == 1


def test_joining_and_leaving_make_the_board_counted_anew(cast: Cast, fishery: Organization) -> None:
    joined = join_organization(fishery, position=Position.MANAGER, since=date(2026, 11, 1), by=cast.malee)
    assert not is_counted(fishery)
    Organization.objects.update(is_counted=True)
    leave_organization(joined, by=cast.malee)
    assert not is_counted(fishery)


def test_who_joined_and_left_on_one_day_may_join_again(cast: Cast, fishery: Organization) -> None:
    for _time in range(2):
        joined = join_organization(fishery, position=Position.MANAGER, since=date(2026, 11, 23), by=cast.malee)
        assert joined.until is None
        leave_organization(joined, by=cast.malee)
    assert Membership.objects.filter(organization=fishery).count() == 1


@pytest.mark.parametrize(
    ("since", "until", "is_found"),
    [
        (date(2026, 11, 23), None, True),
        (date(2026, 11, 20), None, True),
        (date(2026, 11, 19), None, False),
        (date(2026, 11, 24), None, False),
        (date(2025, 1, 1), date(2026, 11, 22), True),
        (date(2025, 1, 1), date(2026, 11, 19), True),
        (date(2025, 1, 1), date(2026, 11, 18), False),
        (date(2025, 1, 1), date(2026, 11, 23), False),
    ],
)
def test_boards_whose_terms_begin_or_end_by_the_calendar_are_counted_anew(
    cast: Cast, fishery: Organization, since: date, until: date | None, is_found: bool
) -> None:
    make_membership(cast.malee, fishery, since=since, until=until)
    Organization.objects.update(is_counted=True)
    assert (pass_terms(), is_counted(fishery)) == (int(is_found), not is_found)

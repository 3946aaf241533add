"""A membership ends on a day and stays on record; nobody ends another's."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from learning.organizations.models import Membership, Organization
from learning.organizations.queries import current_memberships
from tests.cast import Cast
from tests.factories.organizations import make_membership, make_organization

pytestmark = pytest.mark.django_db
MINE = "/account/organizations/"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(datetime(2026, 11, 23, 3, 0, tzinfo=UTC), tick=False):
        yield


def leave(membership: Membership) -> str:
    return reverse("organizations:leave", args=[membership.pk])


def test_leaving_ends_the_membership_today_and_keeps_it_on_record(malee: Client, cast: Cast) -> None:
    seat = cast.board_seat
    assert malee.post(leave(seat))["Location"] == MINE
    seat.refresh_from_db()
    assert seat.until == date(2026, 11, 23)
    assert f'data-membership="{seat.pk}"' in malee.get(MINE).content.decode()


def test_the_last_day_still_counts_and_the_next_no_longer(malee: Client, cast: Cast) -> None:
    seat = cast.board_seat
    malee.post(leave(seat))
    last, after = (current_memberships(cast.malee, on=date(2026, 11, day)) for day in (23, 24))
    assert seat in last
    assert seat not in after


def test_leaving_twice_keeps_the_first_day(malee: Client, cast: Cast) -> None:
    seat = cast.board_seat
    malee.post(leave(seat))
    with time_machine.travel(datetime(2026, 12, 24, 3, 0, tzinfo=UTC), tick=False):
        malee.post(leave(seat))
    seat.refresh_from_db()
    assert seat.until == date(2026, 11, 23)


def test_a_membership_that_begins_later_ends_on_its_first_day(malee: Client, cast: Cast) -> None:
    later = make_membership(
        cast.malee, make_organization("สหกรณ์บริการทุ่งทอง จำกัด", kind="service"), since=date(2026, 12, 1)
    )
    malee.post(leave(later))
    later.refresh_from_db()
    assert later.until == date(2026, 12, 1)


def test_after_leaving_one_may_join_again(malee: Client, cast: Cast) -> None:
    seat = cast.board_seat
    malee.post(leave(seat))
    malee.post(reverse("organizations:join", args=[seat.organization_id]), {"position": "board_member"})
    assert Membership.objects.filter(user=cast.malee, organization=seat.organization_id).count() == 2


def test_the_membership_of_somebody_else_is_not_found_and_not_ended(client: Client, cast: Cast) -> None:
    client.force_login(cast.krit)
    assert client.post(leave(cast.board_seat)).status_code == 404
    assert cast.board_seat.until is None


def test_leaving_needs_a_form_that_was_sent(malee: Client, cast: Cast) -> None:
    assert malee.get(leave(cast.board_seat)).status_code == 405
    assert cast.board_seat.until is None


def test_without_a_membership_the_page_leads_to_the_search(client: Client, cast: Cast) -> None:
    client.force_login(cast.somchai)
    page = client.get(MINE).content.decode()
    assert "data-membership" not in page
    assert 'href="/account/organizations/find/"' in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_with_one_row_and_with_thirty(
    client: Client, cast: Cast, django_assert_num_queries: Any, count: int
) -> None:
    kept = Organization.objects.get(kind="savings")
    for number in range(count):
        make_membership(cast.somchai, kept, since=date(1996 + number, 1, 1), until=date(1996 + number, 12, 31))
    client.force_login(cast.somchai)
    with django_assert_num_queries(3):  # session, person, memberships with their organizations and places
        page = client.get(MINE)
    assert page.content.decode().count("data-membership=") == count

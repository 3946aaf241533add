"""Each page costs the same number of queries with one line and with thirty."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from learning.organizations.models import Organization
from learning.workshops.choices import SeatState
from learning.workshops.flows.seats import register_party
from learning.workshops.models import Workshop
from tests.cast import Cast
from tests.factories.organizations import make_organization
from tests.factories.workshops import make_room, make_seat, make_workshop
from tests.workshops.seats.conftest import DAY, Members, come

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock"), pytest.mark.parametrize("count", [1, 30])]


def test_the_list_of_workshops(client: Client, cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    room = make_room()
    for number in range(count):
        make_workshop(cast.wipa, DAY + timedelta(days=7 * number), room=room)
    # how many · the workshops · their sessions · rooms and trainers · provinces to choose from
    with django_assert_num_queries(5):
        page = client.get("/workshops/")
    assert len(page.context["entries"]) == min(count, 24)


def test_my_workshops(malee: Client, cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    room = make_room()
    for number in range(count):
        workshop = make_workshop(cast.wipa, date(2026, 11, 30) + timedelta(days=7 * number), room=room)
        make_seat(workshop, cast.board_seat)
    # session · person · seats with their workshops · sessions · rooms and trainers · the calendar
    with django_assert_num_queries(6):
        page = malee.get("/my/workshops/")
    assert len(page.context["coming"]) == count


def test_a_place_in_line(
    malee: Client, workshop: Workshop, cast: Cast, neighbours: Organization, members: Members, count: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    come(workshop, *members(neighbours, 9 + count), cast.board_seat)
    seat = cast.malee.seats.get()
    # session · person · the seat · sessions · rooms · who stands before · the share · clashes · the calendar
    with django_assert_num_queries(9):
        page = malee.get(f"/my/workshops/{seat.pk}/")
    assert seat.state == SeatState.WAITING
    assert page.context["place"].number == count


def test_the_seats_of_a_workshop(
    somchai: Client, cast: Cast, neighbours: Organization, members: Members, count: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    workshop = make_workshop(cast.wipa, DAY, capacity=count, most_per_organization=count, confirms_by_officer=True)
    come(workshop, *members(neighbours, count))
    Workshop.objects.filter(pk=workshop.pk).update(confirms_by_officer=False)
    for number in range(count):
        house = make_organization(f"สหกรณ์การเกษตรบ้าน{number} จำกัด")
        people = [one.user_id for one in members(house, 2)]
        workshop.refresh_from_db()
        register_party(workshop, organization=house, people=people, together=False, by=cast.somchai)
    # session · person · duties · the workshop among those one sees · shares · seats · the line
    with django_assert_num_queries(7):
        page = somchai.get(f"/office/workshops/{workshop.pk}/seats/")
    roll = page.context["roll"]
    assert (len(roll.requested), roll.seen, len(roll.line)) == (count, count, count)


def test_members_to_choose(
    somchai: Client, cast: Cast, neighbours: Organization, members: Members, course: object, count: int,
    django_assert_num_queries: Any,
) -> None:  # fmt: skip
    workshop = make_workshop(cast.wipa, DAY, course=course, needs_lessons=True)
    members(neighbours, count)
    address = f"/office/workshops/{workshop.pk}/seats/add/?organization={neighbours.pk}"
    somchai.get(address)  # the list of lessons is in memory from here on
    # session · person · duties · the workshop · for which provinces (twice) · the organization · its people · their
    # seats · the lessons of the course · what they have done
    with django_assert_num_queries(11):
        page = somchai.get(address)
    assert len(page.context["people"]) == count

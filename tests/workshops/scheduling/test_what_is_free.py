"""The nearest free days with room and trainers, read from the database in few queries."""

from datetime import date, timedelta
from typing import Any

import pytest

from learning.workshops.booking import Wanted, take
from learning.workshops.choices import Half, SlotPurpose
from learning.workshops.free import alternatives, problem_of, wish_for, wish_of
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, WorkshopRequest
from learning.workshops.queries.requests import holds_of
from tests.cast import Cast
from tests.factories.workshops import center, expect_people, make_request, make_room, make_trainer, make_workshop
from tests.workshops.scheduling.conftest import FRIDAY, MONDAY, THURSDAY, TODAY, TUESDAY, WEDNESDAY

pytestmark = pytest.mark.usefixtures("today", "in_english")
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def asked(cast: Cast, room: Resource, trainer: Resource) -> WorkshopRequest:
    """Thirty people, for whom only the large room will do."""
    request = make_request(cast.somchai, since=MONDAY, until=FRIDAY)
    expect_people(request, cast.board_seat.organization, 30)
    return request


def first_days(request: WorkshopRequest, near: date, **how: Any) -> list[date]:
    return [one.days[0] for one in alternatives(request, near, **how)]


def test_the_nearest_free_days_come_first(cast: Cast, asked: WorkshopRequest, room: Resource) -> None:
    assert first_days(asked, WEDNESDAY) == [WEDNESDAY, TUESDAY, THURSDAY]
    make_workshop(cast.wipa, WEDNESDAY, THURSDAY, room=room)
    assert first_days(asked, WEDNESDAY) == [TUESDAY, MONDAY, FRIDAY]


def test_each_says_where_with_whom_and_why(asked: WorkshopRequest, room: Resource, trainer: Resource) -> None:
    [one, *_rest] = alternatives(asked, MONDAY)
    assert (one.room, one.trainers, one.slots) == (room, (trainer,), ((MONDAY, "am"), (MONDAY, "pm")))
    assert one.key == f"20261116-{room.pk}-{trainer.pk}"
    assert list(one.why) == [
        "All days lie within the period that was asked for.",
        "The room is in the participants’ own province, in another district.",
        "10 of 40 seats stay empty.",
        "วิทยากร หนึ่ง works at this center and does not travel.",
    ]


def test_holidays_closed_days_and_leave_are_not_offered(cast: Cast, asked: WorkshopRequest, trainer: Resource) -> None:
    ClosedDay.objects.create(on=TUESDAY, name="วันหยุดพิเศษ")
    ClosedDay.objects.create(on=WEDNESDAY, name="ประชุมประจำปีของศูนย์", center=center())
    take([Wanted(trainer.pk, THURSDAY, Half.PM)], purpose=SlotPurpose.LEAVE, by=cast.wipa)
    assert first_days(asked, WEDNESDAY) == [MONDAY, FRIDAY, MONDAY - timedelta(days=3)]


def test_several_days_lie_in_one_week(cast: Cast, asked: WorkshopRequest) -> None:
    asked.day_count = 3
    found = alternatives(asked, THURSDAY)
    assert [one.days for one in found] == [
        [WEDNESDAY, THURSDAY, FRIDAY],
        [TUESDAY, WEDNESDAY, THURSDAY],
        [NEXT_MONDAY, NEXT_MONDAY + timedelta(days=1), NEXT_MONDAY + timedelta(days=2)],
    ]


def test_nothing_before_tomorrow(asked: WorkshopRequest) -> None:
    assert first_days(asked, TODAY, count=2) == [TODAY + timedelta(days=1), TODAY + timedelta(days=2)]


def test_the_holds_of_a_request_are_not_in_its_own_way(cast: Cast, asked: WorkshopRequest, room: Resource) -> None:
    wanted = [Wanted(room.pk, MONDAY, half) for half in Half]
    take(wanted, purpose=SlotPurpose.HOLD, by=cast.wipa, request=asked, expires_on=FRIDAY)
    assert first_days(asked, MONDAY, count=1) == [MONDAY + timedelta(days=1)]
    assert first_days(asked, MONDAY, count=1, ignoring=holds_of(asked)) == [MONDAY]
    # A hold past its last day is in nobody's way.
    ResourceSlot.objects.update(expires_on=TODAY - timedelta(days=1))
    assert first_days(asked, MONDAY, count=1) == [MONDAY]


def test_where_nobody_knows_the_topic_a_room_is_offered_without_a_trainer(
    asked: WorkshopRequest, trainer: Resource
) -> None:
    Resource.objects.filter(pk=trainer.pk).update(topics=["law"])
    [one, *_rest] = alternatives(asked, MONDAY)
    assert (one.days, one.trainers) == ([MONDAY], ())


def test_rooms_that_are_too_small_out_of_use_or_of_another_center_are_not_offered(
    asked: WorkshopRequest, room: Resource, other_room: Resource
) -> None:
    make_room("ห้องใหญ่ที่อื่น", capacity=100, number=13)
    assert {one.room for one in alternatives(asked, MONDAY)} == {room}
    Resource.objects.filter(pk=room.pk).update(is_active=False)
    assert alternatives(asked, MONDAY) == []


def test_a_trainer_whose_month_is_full_is_not_offered(cast: Cast, asked: WorkshopRequest, trainer: Resource) -> None:
    Resource.objects.filter(pk=trainer.pk).update(most_days=2)
    make_workshop(cast.wipa, MONDAY, TUESDAY, trainer=trainer)
    assert first_days(asked, MONDAY, count=2) == [date(2026, 12, 1), date(2026, 12, 2)]


def test_a_workshop_that_moves_keeps_its_room_and_trainers_where_they_are_free(
    cast: Cast, room: Resource, other_room: Resource, trainer: Resource, other_trainer: Resource
) -> None:
    large = make_room("ห้องไกล", capacity=40)
    make_workshop(cast.wipa, MONDAY, room=room)
    wish = wish_for(center(), topic="law", people=20, slots=[(TUESDAY, "am")], trainers=1)
    assert wish is not None
    found = alternatives(wish, MONDAY, keeping=[large.pk, other_trainer.pk])
    assert [(one.days[0], one.room, one.trainers) for one in found[:1]] == [(MONDAY, large, (other_trainer,))]
    make_workshop(cast.wipa, TUESDAY, room=large)
    found = alternatives(wish, TUESDAY, keeping=[large.pk, other_trainer.pk])
    assert [(one.days[0], one.room) for one in found] == [
        (TUESDAY, other_room),
        (MONDAY, large),
        (WEDNESDAY, large),
    ]


def test_more_than_a_working_week_is_no_wish() -> None:
    days = [(MONDAY + timedelta(days=count), "am") for count in range(6)]
    assert wish_for(center, topic="law", people=5, slots=days) is None  # type: ignore[arg-type]
    assert wish_for(center, topic="law", people=5, slots=[]) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("rooms", [1, 30])
def test_the_alternatives_of_a_request_are_found_with_five_queries(
    cast: Cast, asked: WorkshopRequest, rooms: int, django_assert_num_queries: Any
) -> None:
    for number in range(rooms):
        make_workshop(cast.wipa, MONDAY, room=make_room(f"ห้อง {number}"), trainer=make_trainer(f"คนที่ {number}"))
    request = WorkshopRequest.objects.select_related("province").get(pk=asked.pk)
    with django_assert_num_queries(5):
        assert len(alternatives(request, MONDAY)) == 3


def test_the_problem_of_many_requests_takes_three_queries(
    asked: WorkshopRequest, django_assert_num_queries: Any
) -> None:
    wishes = [wish_of(asked)]
    with django_assert_num_queries(3):
        problem = problem_of(wishes, since=MONDAY, until=FRIDAY)
    assert (len(problem.days), len(problem.rooms), len(problem.trainers)) == (5, 1, 1)

"""Half a day of a room or trainer is taken once; what is in the way is said in words."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from learning.kernel.refusals import Refused
from learning.workshops.booking import (
    DayOff,
    SlotsTaken,
    Wanted,
    clashes_of,
    closed_on,
    exchange,
    in_words,
    release,
    take,
)
from learning.workshops.choices import Half, SlotPurpose
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, WorkshopRequest
from tests.cast import Cast
from tests.factories.workshops import center, make_request, make_room, make_workshop
from tests.workshops.scheduling.conftest import FRIDAY, MONDAY, SATURDAY, TODAY, TUESDAY, WEDNESDAY

pytestmark = pytest.mark.usefixtures("today", "in_english")


def whole(resource: Resource, *days: date) -> list[Wanted]:
    return [Wanted(resource.pk, day, half) for day in days for half in Half]


def hold(resource: Resource, request: WorkshopRequest, *days: date, until: date) -> list[ResourceSlot]:
    return take(
        whole(resource, *days), purpose=SlotPurpose.HOLD, by=request.created_by, request=request, expires_on=until
    )


@pytest.fixture
def asked(cast: Cast) -> WorkshopRequest:
    return make_request(cast.somchai, since=MONDAY, until=FRIDAY)


def active() -> list[tuple[date, str]]:
    return list(ResourceSlot.objects.filter(active=True).values_list("day", "half"))


def test_what_is_taken_stands_in_one_order(cast: Cast, room: Resource, other_room: Resource) -> None:
    wanted = [*whole(other_room, TUESDAY, MONDAY), *whole(room, MONDAY)]
    made = take(wanted, purpose=SlotPurpose.LEAVE, by=cast.wipa, reason="ซ่อมแอร์")
    assert [slot.key for slot in made] == sorted(one.key for one in wanted)
    assert ResourceSlot.objects.filter(active=True, by=cast.wipa, reason="ซ่อมแอร์").count() == 6


def test_the_same_half_day_asked_twice_is_taken_once(cast: Cast, room: Resource) -> None:
    take(whole(room, MONDAY) * 2, purpose=SlotPurpose.LEAVE, by=cast.wipa)
    assert active() == [(MONDAY, "am"), (MONDAY, "pm")]


def test_a_taken_half_day_refuses_everything_and_names_the_taker(
    cast: Cast, room: Resource, asked: WorkshopRequest
) -> None:
    make_workshop(cast.wipa, TUESDAY, room=room, halves=(Half.AM,))
    before = active()
    with pytest.raises(SlotsTaken) as refused:
        hold(room, asked, MONDAY, TUESDAY, until=FRIDAY)
    assert (refused.value.status, active()) == (409, before)
    assert [(one.day, one.half, one.title) for one in refused.value.clashes] == [
        (TUESDAY, "am", "ตรวจนับเงินสดและควบคุมภายใน")
    ]
    assert refused.value.sentence == (
        "Taken already: ห้องรวงข้าว on 17 พ.ย. 2569 (Morning): “ตรวจนับเงินสดและควบคุมภายใน”. "
        "Choose other days, another room or another trainer."
    )


def test_holds_and_leave_say_what_they_are(cast: Cast, room: Resource, asked: WorkshopRequest) -> None:
    hold(room, asked, MONDAY, until=TODAY)
    take([Wanted(room.pk, TUESDAY, Half.PM)], purpose=SlotPurpose.LEAVE, by=cast.wipa, reason="ทาสี")
    take([Wanted(room.pk, WEDNESDAY, Half.PM)], purpose=SlotPurpose.LEAVE, by=cast.wipa)
    assert in_words(clashes_of(whole(room, MONDAY, TUESDAY, WEDNESDAY))) == [
        "ห้องรวงข้าว on 16 พ.ย. 2569 (all day): held for “การควบคุมภายในสำหรับกรรมการ” until 2 พ.ย. 2569",
        "ห้องรวงข้าว on 17 พ.ย. 2569 (Afternoon): ทาสี",
        "ห้องรวงข้าว on 18 พ.ย. 2569 (Afternoon): Leave or repair",
    ]


def test_a_long_list_of_clashes_is_cut_and_counted(cast: Cast, room: Resource) -> None:
    days = [MONDAY + timedelta(days=7 * week) for week in range(6)]
    take(whole(room, *days), purpose=SlotPurpose.LEAVE, by=cast.wipa, reason="ปิดปรับปรุง")
    with pytest.raises(SlotsTaken) as refused:
        take(whole(room, *days), purpose=SlotPurpose.LEAVE, by=cast.wipa)
    assert len(refused.value.clashes) == 12
    assert "ปิดปรับปรุง and 2 more. Choose" in refused.value.sentence


def test_a_hold_is_kept_to_its_last_day_and_not_a_day_longer(
    cast: Cast, room: Resource, asked: WorkshopRequest
) -> None:
    held = hold(room, asked, MONDAY, until=TODAY)
    with pytest.raises(SlotsTaken):
        take(whole(room, MONDAY), purpose=SlotPurpose.LEAVE, by=cast.wipa)
    ResourceSlot.objects.filter(pk__in=[slot.pk for slot in held]).update(expires_on=TODAY - timedelta(days=1))
    assert clashes_of(whole(room, MONDAY)) == []
    take([Wanted(room.pk, MONDAY, Half.AM)], purpose=SlotPurpose.LEAVE, by=cast.wipa)
    # Only the half-day that was in the way is given back by this; the other one by the daily round.
    assert list(ResourceSlot.objects.filter(request=asked).values_list("half", "active")) == [
        ("am", False),
        ("pm", True),
    ]


def test_a_request_and_a_workshop_do_not_clash_with_themselves(
    cast: Cast, room: Resource, asked: WorkshopRequest
) -> None:
    hold(room, asked, MONDAY, until=FRIDAY)
    workshop = make_workshop(cast.wipa, TUESDAY, room=room)
    wanted = whole(room, MONDAY, TUESDAY)
    assert {one.day for one in clashes_of(wanted, request=asked.pk)} == {TUESDAY}
    assert {one.day for one in clashes_of(wanted, workshop=workshop.pk)} == {MONDAY}
    assert {one.day for one in clashes_of(wanted)} == {MONDAY, TUESDAY}


def test_clashes_are_read_with_one_query(
    cast: Cast, room: Resource, asked: WorkshopRequest, django_assert_num_queries: object
) -> None:
    hold(room, asked, MONDAY, until=FRIDAY)
    make_workshop(cast.wipa, TUESDAY, room=room)
    wanted = whole(room, MONDAY, TUESDAY)
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert len(in_words(clashes_of(wanted))) == 2
    assert clashes_of([]) == []


# --- exchanging --------------------------------------------------------------------------------------
def test_a_hold_becomes_the_sessions_of_the_workshop_in_the_same_rows(
    cast: Cast, room: Resource, asked: WorkshopRequest
) -> None:
    held = hold(room, asked, MONDAY, TUESDAY, until=FRIDAY)
    workshop = make_workshop(cast.wipa, TUESDAY, WEDNESDAY)
    wanted = [Wanted(room.pk, one.day, one.half, one.pk) for one in workshop.sessions.all()]
    made = exchange(ResourceSlot.objects.filter(request=asked), wanted, purpose=SlotPurpose.SESSION, by=cast.wipa)
    assert [slot.pk for slot in made[:2]] == [slot.pk for slot in held[2:]]
    assert list(
        ResourceSlot.objects.filter(resource=room).values_list("day", "purpose", "session__day", "expires_on", "active")
    ) == [
        (MONDAY, "hold", None, FRIDAY, False),
        (MONDAY, "hold", None, FRIDAY, False),
        (TUESDAY, "session", TUESDAY, None, True),
        (TUESDAY, "session", TUESDAY, None, True),
        (WEDNESDAY, "session", WEDNESDAY, None, True),
        (WEDNESDAY, "session", WEDNESDAY, None, True),
    ]


def test_an_exchange_that_is_refused_leaves_the_old_half_days(
    cast: Cast, room: Resource, asked: WorkshopRequest
) -> None:
    hold(room, asked, MONDAY, until=FRIDAY)
    make_workshop(cast.wipa, TUESDAY, room=room)
    before = active()
    with pytest.raises(SlotsTaken):
        exchange(
            ResourceSlot.objects.filter(request=asked),
            whole(room, TUESDAY),
            purpose=SlotPurpose.HOLD,
            by=cast.wipa,
            request=asked,
            expires_on=FRIDAY,
        )
    assert active() == before


def test_what_is_given_back_stays_as_a_row(cast: Cast, room: Resource, asked: WorkshopRequest) -> None:
    hold(room, asked, MONDAY, until=FRIDAY)
    assert (release(asked.slots.all()), release(asked.slots.all())) == (2, 0)
    assert list(asked.slots.values_list("active", flat=True)) == [False, False]
    hold(room, asked, MONDAY, until=FRIDAY)
    assert asked.slots.filter(active=True).count() == 2


# --- days --------------------------------------------------------------------------------------------
def test_public_holidays_are_refused_with_their_name(room: Resource, asked: WorkshopRequest) -> None:
    ClosedDay.objects.create(on=TUESDAY, name="วันหยุดพิเศษ")
    with pytest.raises(DayOff) as refused:
        hold(room, asked, MONDAY, TUESDAY, until=FRIDAY)
    assert (refused.value.status, refused.value.days) == (409, {TUESDAY: "วันหยุดพิเศษ"})
    assert refused.value.sentence == ("No workshops are held on 17 พฤศจิกายน 2569 (วันหยุดพิเศษ). Choose other days.")
    assert active() == []


def test_a_closed_day_shuts_the_rooms_of_its_center_and_no_others(
    cast: Cast, room: Resource, trainer: Resource, asked: WorkshopRequest
) -> None:
    ClosedDay.objects.create(on=TUESDAY, name="ประชุมประจำปีของศูนย์", center=center())
    elsewhere = make_room("ห้องอื่น", number=13)
    with pytest.raises(DayOff) as refused:
        hold(room, asked, TUESDAY, until=FRIDAY)
    assert refused.value.days == {TUESDAY: "ประชุมประจำปีของศูนย์"}
    hold(trainer, asked, TUESDAY, until=FRIDAY)
    hold(elsewhere, asked, TUESDAY, until=FRIDAY)
    assert len(active()) == 4


def test_a_weekend_is_taken_only_when_it_is_asked_for(cast: Cast, room: Resource, asked: WorkshopRequest) -> None:
    with pytest.raises(DayOff) as refused:
        hold(room, asked, FRIDAY, SATURDAY, until=FRIDAY)
    assert refused.value.sentence == (
        "21 พฤศจิกายน 2569 (weekend): say so if the workshop is really meant for a weekend, or choose other days."
    )
    taken = take(
        whole(room, FRIDAY, SATURDAY),
        purpose=SlotPurpose.HOLD,
        by=cast.wipa,
        request=asked,
        expires_on=FRIDAY,
        allows_weekend=True,
    )
    assert len(taken) == 4


def test_leave_may_lie_on_days_off(cast: Cast, room: Resource) -> None:
    ClosedDay.objects.create(on=MONDAY, name="วันหยุดพิเศษ")
    assert len(take(whole(room, MONDAY, SATURDAY), purpose=SlotPurpose.LEAVE, by=cast.wipa)) == 4


def test_what_is_no_longer_in_use_is_not_taken(room: Resource, asked: WorkshopRequest) -> None:
    Resource.objects.filter(pk=room.pk).update(is_active=False)
    with pytest.raises(Refused) as refused:
        hold(room, asked, MONDAY, until=FRIDAY)
    assert refused.value.sentence == "ห้องรวงข้าว is no longer in use. Choose another one."


def test_closed_days_by_name_in_the_order_of_days(cast: Cast) -> None:
    for on, name, of in [
        (TUESDAY, "วันหยุดพิเศษ", None),
        (TUESDAY, "วันของศูนย์", center()),
        (MONDAY, "วันของศูนย์", center()),
        (WEDNESDAY, "วันของศูนย์อื่น", center(13)),
    ]:
        ClosedDay.objects.create(on=on, name=name, center=of)
    week = [MONDAY, TUESDAY, WEDNESDAY]
    assert list(closed_on(week, center=14).items()) == [(MONDAY, "วันของศูนย์"), (TUESDAY, "วันหยุดพิเศษ")]
    assert closed_on(week) == {TUESDAY: "วันหยุดพิเศษ"}


# --- what is no double booking --------------------------------------------------------------------------
def test_another_fault_of_the_table_is_not_called_a_double_booking(cast: Cast, room: Resource) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        take(whole(room, MONDAY), purpose=SlotPurpose.SESSION, by=cast.wipa)  # a session without a session

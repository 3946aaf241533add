"""Venues, rooms, trainers and things of a center; leave, closed days, what drops out; public holidays."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from learning.kernel.refusals import Refused
from learning.workshops.booking import SlotsTaken
from learning.workshops.choices import ResourceKind
from learning.workshops.flows.resources import (
    close_day,
    end_leave,
    enter_leave,
    load_holidays,
    open_day,
    restore_resource,
    retire_resource,
    save_resource,
    save_venue,
)
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, Venue
from learning.workshops.queries.resources import hits_of, leaves_of
from tests.cast import Cast
from tests.factories.workshops import center, make_room, make_trainer, make_venue, make_workshop
from tests.workshops.scheduling.conftest import FRIDAY, MONDAY, SATURDAY, THURSDAY, TODAY, TUESDAY, WEDNESDAY

pytestmark = pytest.mark.usefixtures("today", "in_english")
SUNDAY = SATURDAY + timedelta(days=1)


def days_of(resource: Resource) -> list[tuple[date, str]]:
    return list(resource.slots.filter(active=True).order_by("day", "half").values_list("day", "half"))


# --- keeping ---------------------------------------------------------------------------------------------
def test_a_venue_and_a_room_are_entered_and_changed(cast: Cast, academy: Any) -> None:
    like = make_venue("ต้นแบบ")
    facts = {"name": "อาคารใหม่", "province": like.province, "district": None}
    venue = save_venue(Venue(center=center()), by=cast.wipa, **facts)
    room = Resource(center=center(), kind=ResourceKind.ROOM)
    save_resource(room, by=cast.wipa, name="ห้องใหม่", venue=venue, capacity=30)
    save_resource(room, by=cast.wipa, capacity=35)
    assert list(Resource.objects.values_list("name", "venue__name", "capacity")) == [("ห้องใหม่", "อาคารใหม่", 35)]


def test_a_name_stands_once_in_a_center(cast: Cast, trainer: Resource) -> None:
    with pytest.raises(Refused) as refused:
        save_resource(Resource(center=center(), kind="trainer"), by=cast.wipa, name="วิทยากร หนึ่ง", topics=["law"])
    assert (refused.value.status, refused.value.sentence) == (
        409,
        "The center has “วิทยากร หนึ่ง” already. Choose another name.",
    )
    save_resource(Resource(center=center(), kind="vehicle"), by=cast.wipa, name="วิทยากร หนึ่ง")


def test_a_room_keeps_the_seats_that_a_workshop_offers_in_it(cast: Cast, room: Resource) -> None:
    make_workshop(cast.wipa, MONDAY, room=room, capacity=25)
    make_workshop(cast.wipa, TUESDAY, room=room, capacity=35, state="held")
    with pytest.raises(Refused) as refused:
        save_resource(room, by=cast.wipa, capacity=24)
    assert refused.value.sentence == (
        "“ตรวจนับเงินสดและควบคุมภายใน” offers 25 seats in this room. Move it or lower its seats first."
    )
    assert save_resource(room, by=cast.wipa, capacity=25).capacity == 25


def test_a_venue_with_rooms_in_use_stays_in_use(cast: Cast, room: Resource) -> None:
    assert room.venue is not None
    with pytest.raises(Refused):
        save_venue(room.venue, by=cast.wipa, is_active=False)
    retire_resource(room, by=cast.wipa)
    assert save_venue(room.venue, by=cast.wipa, is_active=False).is_active is False


def test_what_is_booked_is_not_put_out_of_use(cast: Cast, trainer: Resource) -> None:
    make_workshop(cast.wipa, MONDAY, trainer=trainer)
    with pytest.raises(Refused) as refused:
        retire_resource(trainer, by=cast.wipa)
    assert refused.value.sentence == (
        "วิทยากร หนึ่ง is still booked: วิทยากร หนึ่ง on 16 พ.ย. 2569 (all day): "
        "“ตรวจนับเงินสดและควบคุมภายใน”. Replace it there first."
    )
    assert refused.value.way_on == f"/office/workshops/resources/{trainer.pk}/drops-out/"


def test_out_of_use_and_in_use_again(cast: Cast, trainer: Resource) -> None:
    make_workshop(cast.wipa, TODAY - timedelta(days=7), trainer=trainer)
    enter_leave(trainer, since=MONDAY, until=MONDAY, day_length="full", by=cast.wipa)
    assert retire_resource(trainer, by=cast.wipa).is_active is False
    assert trainer.slots.filter(active=True, day__gte=TODAY).count() == 0
    make_trainer("วิทยากร หนึ่ง")
    with pytest.raises(Refused):
        restore_resource(trainer, by=cast.wipa)
    Resource.objects.filter(is_active=True).update(name="วิทยากร ใหม่")
    assert restore_resource(trainer, by=cast.wipa).is_active is True


def test_only_the_staff_of_a_center_keep_what_is_its_own(cast: Cast, room: Resource) -> None:
    closed = ClosedDay.objects.create(center=center(), on=MONDAY, name="ปิด")
    holiday = ClosedDay.objects.create(on=TUESDAY, name="วันหยุด")
    there = make_room("ห้องอื่น", number=13)
    leave = {"since": MONDAY, "until": MONDAY, "day_length": "full"}
    acts: list[Any] = [
        lambda by: save_resource(room, by=by, name="อื่น"),
        lambda by: save_venue(room.venue, by=by, name="อื่น"),  # type: ignore[arg-type]
        lambda by: retire_resource(room, by=by),
        lambda by: restore_resource(room, by=by),
        lambda by: enter_leave(room, by=by, **leave),
        lambda by: end_leave(room, since=MONDAY, until=MONDAY, by=by),
        lambda by: close_day(center=center(), on=FRIDAY, name="ปิด", by=by),
        lambda by: open_day(closed, by=by),
    ]
    for act in acts:
        for person in (cast.somchai, cast.malee, cast.krit):
            with pytest.raises(Refused) as refused:
                act(person)
            assert refused.value.status == 403
    for other in (lambda: enter_leave(there, by=cast.wipa, **leave), lambda: open_day(holiday, by=cast.wipa)):
        with pytest.raises(Refused) as refused:
            other()
        assert refused.value.status == 403


# --- leave ------------------------------------------------------------------------------------------------
def test_leave_takes_every_half_day_also_of_a_weekend(cast: Cast, trainer: Resource) -> None:
    enter_leave(trainer, since=FRIDAY, until=SATURDAY, day_length="full", reason="ลาพักผ่อน", by=cast.wipa)
    enter_leave(trainer, since=MONDAY, until=MONDAY, day_length="pm", by=cast.wipa)
    assert days_of(trainer) == [(MONDAY, "pm"), (FRIDAY, "am"), (FRIDAY, "pm"), (SATURDAY, "am"), (SATURDAY, "pm")]
    assert [(one.since, one.until, one.reason, one.is_whole) for one in leaves_of(trainer, today=TODAY)] == [
        (MONDAY, MONDAY, "", False),
        (FRIDAY, SATURDAY, "ลาพักผ่อน", True),
    ]


def test_leave_over_workshops_is_refused_with_their_names(cast: Cast, trainer: Resource) -> None:
    make_workshop(cast.wipa, TUESDAY, trainer=trainer)
    make_workshop(cast.wipa, THURSDAY, trainer=trainer, title="อีกงานหนึ่ง", halves=("am",))
    with pytest.raises(SlotsTaken) as refused:
        enter_leave(trainer, since=MONDAY, until=FRIDAY, day_length="full", by=cast.wipa)
    assert (refused.value.status, len(refused.value.clashes)) == (409, 3)
    assert refused.value.sentence == (
        "วิทยากร หนึ่ง is needed: วิทยากร หนึ่ง on 17 พ.ย. 2569 (all day): “ตรวจนับเงินสดและควบคุมภายใน”; "
        "วิทยากร หนึ่ง on 19 พ.ย. 2569 (Morning): “อีกงานหนึ่ง”. Find a replacement there first."
    )
    assert trainer.slots.filter(purpose="leave").count() == 0
    enter_leave(trainer, since=THURSDAY, until=THURSDAY, day_length="pm", by=cast.wipa)


def test_leave_is_lengthened_and_taken_back(cast: Cast, trainer: Resource) -> None:
    enter_leave(trainer, since=MONDAY, until=TUESDAY, day_length="full", reason="ลาป่วย", by=cast.wipa)
    enter_leave(trainer, since=TUESDAY, until=WEDNESDAY, day_length="full", reason="ลาป่วย", by=cast.wipa)
    assert [(one.since, one.until) for one in leaves_of(trainer, today=TODAY)] == [(MONDAY, WEDNESDAY)]
    assert (end_leave(trainer, since=TUESDAY, until=TUESDAY, by=cast.wipa), len(days_of(trainer))) == (2, 4)


def test_taking_leave_back_leaves_workshops_alone(cast: Cast, trainer: Resource) -> None:
    make_workshop(cast.wipa, MONDAY, trainer=trainer)
    assert end_leave(trainer, since=MONDAY, until=MONDAY, by=cast.wipa) == 0
    assert len(days_of(trainer)) == 2


@pytest.mark.parametrize(
    ("since", "until"), [(TUESDAY, MONDAY), (date(2026, 10, 1), date(2026, 10, 2)), (MONDAY, date(2027, 11, 30))]
)
def test_days_of_leave_that_cannot_be_are_refused(cast: Cast, trainer: Resource, since: date, until: date) -> None:
    with pytest.raises(Refused) as refused:
        enter_leave(trainer, since=since, until=until, day_length="full", by=cast.wipa)
    assert refused.value.status == 422


# --- dropping out -------------------------------------------------------------------------------------------
def test_who_is_free_and_knows_the_topic_takes_over_the_nearest_first(
    cast: Cast, trainer: Resource, django_assert_num_queries: Any
) -> None:
    busy, away = make_trainer("วิทยากร ไม่ว่าง"), make_trainer("วิทยากร ศูนย์อื่น", number=13)
    own = make_trainer("วิทยากร ที่ศูนย์")
    make_trainer("วิทยากร กฎหมาย", topics=("law",))
    Resource.objects.filter(pk=make_trainer("วิทยากร ที่ลาออก").pk).update(is_active=False)
    make_workshop(cast.wipa, MONDAY, trainer=busy)
    hit = make_workshop(cast.wipa, MONDAY, TUESDAY, trainer=trainer)
    later = make_workshop(cast.wipa, THURSDAY, trainer=trainer, title="อีกงานหนึ่ง")
    make_workshop(cast.wipa, MONDAY + timedelta(days=7), trainer=trainer)
    with django_assert_num_queries(3):
        found = hits_of(trainer, MONDAY, FRIDAY, day_length="full")
    assert [(one.workshop, one.days) for one in found] == [(hit, [MONDAY, TUESDAY]), (later, [THURSDAY])]
    assert [one.replacements for one in found] == [(own, away), (own, busy, away)]


def test_a_room_is_replaced_by_one_of_the_center_that_holds_the_people(
    cast: Cast, room: Resource, other_room: Resource
) -> None:
    make_room("ห้องที่อื่น", number=13)
    large = make_room("ห้องใหญ่", capacity=60)
    make_workshop(cast.wipa, MONDAY, room=room, capacity=30)
    make_workshop(cast.wipa, TUESDAY, room=room, capacity=10)
    found = hits_of(room, MONDAY, FRIDAY, day_length="full")
    assert [one.replacements for one in found] == [(large,), (other_room, large)]
    assert hits_of(room, WEDNESDAY, FRIDAY, day_length="full") == []
    assert [one.days for one in hits_of(room, MONDAY, MONDAY, day_length="pm")] == [[MONDAY]]


# --- closed days ----------------------------------------------------------------------------------------------
def test_a_day_with_a_workshop_is_not_closed(cast: Cast, room: Resource) -> None:
    make_workshop(cast.wipa, MONDAY, room=room)
    make_workshop(cast.wipa, TUESDAY, room=room, state="cancelled")
    with pytest.raises(Refused) as refused:
        close_day(center=center(), on=MONDAY, name="ประชุม", by=cast.wipa)
    assert refused.value.sentence == (
        "1 workshop is planned for 16 พฤศจิกายน 2569: “ตรวจนับเงินสดและควบคุมภายใน”. Move it first."
    )
    close_day(center=center(), on=TUESDAY, name="ประชุม", by=cast.wipa)
    closed = close_day(center=center(), on=TUESDAY, name="ประชุมใหญ่", by=cast.wipa)
    assert list(ClosedDay.objects.values_list("on", "name")) == [(TUESDAY, "ประชุมใหญ่")]
    open_day(closed, by=cast.wipa)
    assert ClosedDay.objects.count() == 0


def test_a_past_day_is_not_closed(cast: Cast) -> None:
    with pytest.raises(Refused) as refused:
        close_day(center=center(), on=TODAY - timedelta(days=1), name="ปิด", by=cast.wipa)
    assert refused.value.status == 422


# --- public holidays -------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_holidays_of_government_offices_are_loaded_once() -> None:
    made = load_holidays()["holidays"]
    assert (made > 30, load_holidays()) == (True, {"holidays": 0})
    kept = set(ClosedDay.objects.filter(center=None).values_list("on", flat=True))
    assert (date(2026, 10, 23) in kept, date(2027, 5, 1) in kept, len(kept)) == (True, False, made)


@pytest.mark.django_db
def test_a_year_that_administrators_keep_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "holidays.json"
    days = [{"on": "2026-12-31", "name": "วันสิ้นปี"}, {"on": "2027-01-01", "name": "วันขึ้นปีใหม่"}]
    path.write_text(json.dumps({"days": [*days, {"on": "2027-01-01", "name": "อีกชื่อหนึ่ง"}]}), encoding="utf-8")
    ClosedDay.objects.create(on=date(2026, 1, 1), name="วันขึ้นปีใหม่")
    assert load_holidays(path) == {"holidays": 1}
    assert list(ClosedDay.objects.values_list("on", "name")) == [
        (date(2026, 1, 1), "วันขึ้นปีใหม่"),
        (date(2027, 1, 1), "วันขึ้นปีใหม่"),
    ]


def test_leave_entered_twice_is_one(cast: Cast, trainer: Resource) -> None:
    enter_leave(trainer, since=MONDAY, until=MONDAY, day_length="am", by=cast.wipa)
    enter_leave(trainer, since=MONDAY, until=MONDAY, day_length="full", by=cast.wipa)
    assert ResourceSlot.objects.filter(resource=trainer).count() == 2

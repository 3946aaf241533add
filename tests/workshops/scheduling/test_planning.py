"""A new workshop: sessions and half-days of everything in one step, or nothing."""

from datetime import date, time
from typing import Any

import pytest

from courses.catalog.choices import Topic
from learning.kernel.refusals import Refused
from learning.workshops.booking import DayOff, SlotsTaken, Wanted, take
from learning.workshops.choices import Half, RequestState, SlotPurpose, WorkshopState
from learning.workshops.conversation import MovedOn, record
from learning.workshops.flows.requests import withdraw_request
from learning.workshops.flows.scheduling import plan_workshop, schedule_request
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, Session, Workshop, WorkshopRequest
from learning.workshops.timetable import Part, overlap, parts_of, shifted
from tests.cast import Cast
from tests.factories.workshops import center, expect_people, make_request, make_room, make_trainer, make_workshop
from tests.workshops.scheduling.conftest import FRIDAY, MONDAY, SATURDAY, THURSDAY, TODAY, TUESDAY, WEDNESDAY

pytestmark = pytest.mark.usefixtures("today", "in_english")
FULL = (Half.AM, Half.PM)


def plan(cast: Cast, room: Resource, *days: date, **others: Any) -> Workshop:
    values = {
        "center": center(),
        "title": "บัญชีสหกรณ์เบื้องต้น",
        "topic": Topic.BOOKKEEPING,
        "capacity": 20,
        "parts": parts_of(days, FULL),
        "room": room,
        "by": cast.wipa,
        **others,
    }
    return plan_workshop(**values)


def booked() -> list[tuple[str, date, str, date]]:
    rows = ResourceSlot.objects.filter(active=True).order_by("resource__name", "day", "half")
    return list(rows.values_list("resource__name", "day", "half", "session__day"))


# --- by the center ---------------------------------------------------------------------------------------
def test_a_plan_takes_room_trainers_and_things_for_every_half_day(
    cast: Cast, room: Resource, trainer: Resource
) -> None:
    van = Resource.objects.create(center=center(), kind="vehicle", name="รถตู้")
    made = plan(cast, room, TUESDAY, WEDNESDAY, trainers=[trainer], things=[van])
    assert (made.state, made.first_on, made.last_on, made.revision) == (WorkshopState.PLANNED, TUESDAY, WEDNESDAY, 0)
    assert (made.province.name, made.created_by) == ("ชัยนาท", cast.wipa)
    assert [(one.day, one.half, one.starts, one.ends) for one in made.sessions.all()] == [
        (TUESDAY, "am", time(9), time(12)),
        (TUESDAY, "pm", time(13), time(16)),
        (WEDNESDAY, "am", time(9), time(12)),
        (WEDNESDAY, "pm", time(13), time(16)),
    ]
    assert booked() == [
        (name, day, half, day)
        for name in ("รถตู้", "วิทยากร หนึ่ง", "ห้องรวงข้าว")
        for day in (TUESDAY, WEDNESDAY)
        for half in ("am", "pm")
    ]


def test_a_half_day_takes_no_more_than_that(cast: Cast, room: Resource) -> None:
    plan(cast, room, MONDAY, parts=parts_of([MONDAY], [Half.PM]))
    assert booked() == [("ห้องรวงข้าว", MONDAY, "pm", MONDAY)]
    plan(cast, room, MONDAY, parts=parts_of([MONDAY], [Half.AM]))


def test_a_taken_room_refuses_the_whole_plan(cast: Cast, room: Resource, trainer: Resource) -> None:
    plan(cast, room, TUESDAY)
    before = booked()
    with pytest.raises(SlotsTaken) as refused:
        plan(cast, room, MONDAY, TUESDAY, trainers=[trainer])
    assert [(one.resource, one.day, one.half) for one in refused.value.clashes] == [
        (room, TUESDAY, "am"),
        (room, TUESDAY, "pm"),
    ]
    assert (booked(), Workshop.objects.count(), Session.objects.count()) == (before, 1, 2)


def test_holidays_and_closed_days_are_refused_by_name(cast: Cast, room: Resource) -> None:
    ClosedDay.objects.create(on=MONDAY, name="วันหยุดพิเศษ")
    ClosedDay.objects.create(on=TUESDAY, name="ประชุมประจำปีของศูนย์", center=center())
    with pytest.raises(DayOff) as refused:
        plan(cast, room, MONDAY, TUESDAY, WEDNESDAY)
    assert refused.value.days == {MONDAY: "วันหยุดพิเศษ", TUESDAY: "ประชุมประจำปีของศูนย์"}
    assert booked() == []


def test_a_weekend_must_be_meant(cast: Cast, room: Resource) -> None:
    with pytest.raises(DayOff):
        plan(cast, room, SATURDAY)
    assert plan(cast, room, SATURDAY, allows_weekend=True).first_on == SATURDAY


def test_a_room_that_is_too_small_is_refused_with_the_figures(cast: Cast, other_room: Resource) -> None:
    with pytest.raises(Refused) as refused:
        plan(cast, other_room, MONDAY, capacity=21)
    assert (refused.value.status, refused.value.sentence) == (
        409,
        "ห้องข้าวเปลือก has 20 seats, and the workshop offers 21. "
        "Choose a larger room, or lower the number of seats first.",
    )


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([], "A workshop needs at least one day."),
        ([Part(TODAY.replace(day=1), "am", time(9), time(12))], "1 พฤศจิกายน 2569 is past. Choose a day to come."),
        ([Part(MONDAY, "am", time(9), time(9))], "A session ends after it begins. Look at the times again."),
        (
            [Part(MONDAY, "am", time(9), time(13, 30)), Part(MONDAY, "pm", time(13), time(16))],
            "On 16 พฤศจิกายน 2569 the morning and the afternoon overlap. Look at the times again.",
        ),
        ([Part(MONDAY, "am", time(9), time(10))] * 2, "A half-day stands in the plan twice."),
        (
            parts_of([date(2027, 1, day) for day in range(1, 22)], ["am"]),
            "A workshop has at most 20 days. Plan the rest as a second one.",
        ),
    ],
)
def test_days_that_cannot_be_are_refused(cast: Cast, room: Resource, parts: list[Part], sentence: str) -> None:
    with pytest.raises(Refused) as refused:
        plan(cast, room, parts=parts)
    assert (refused.value.status, refused.value.sentence) == (422, sentence)


def test_only_the_staff_of_a_center_plan_there(cast: Cast, room: Resource) -> None:
    for person, where in ((cast.somchai, center()), (cast.malee, center()), (cast.wipa, center(13))):
        with pytest.raises(Refused) as refused:
            plan(cast, room, MONDAY, by=person, center=where)
        assert refused.value.status == 403


def test_rooms_and_things_are_the_centers_own_and_trainers_may_come_from_elsewhere(
    cast: Cast, room: Resource, trainer: Resource
) -> None:
    away, guest = make_room("ห้องอื่น", number=13), make_trainer("วิทยากรรับเชิญ", number=13)
    projector = Resource.objects.create(center=center(13), kind="equipment", name="โปรเจกเตอร์")
    for wrong in ({"room": away}, {"room": trainer}, {"trainers": [room]}, {"things": [projector]}):
        with pytest.raises(Refused) as refused:
            plan(cast, **{"room": room, **wrong}, parts=parts_of([MONDAY], FULL))  # type: ignore[arg-type]
        assert refused.value.status == 422
    assert plan(cast, room, MONDAY, trainers=[guest]).center == center()


# --- from a request ----------------------------------------------------------------------------------------
@pytest.fixture
def asked(cast: Cast) -> WorkshopRequest:
    request = make_request(cast.somchai, since=MONDAY, until=FRIDAY, state=RequestState.ACCEPTED)
    expect_people(request, cast.board_seat.organization, 25)
    return request


def schedule(asked: WorkshopRequest, room: Resource, *days: date, **others: Any) -> Workshop:
    return schedule_request(asked, parts=parts_of(days, FULL), room=room, **others)


def test_an_accepted_request_becomes_a_workshop_and_both_offices_read_it(
    cast: Cast, asked: WorkshopRequest, room: Resource, trainer: Resource
) -> None:
    made = schedule(asked, room, MONDAY, TUESDAY, trainers=[trainer], note="พบกันเก้าโมง", by=cast.wipa)
    asked.refresh_from_db()
    assert (asked.state, made.request, made.office, made.center) == ("scheduled", asked, asked.office, asked.center)
    assert (made.title, made.topic, made.capacity) == (asked.title, asked.topic, 25)
    event = asked.events.get()
    assert (event.from_state, event.to_state, event.side) == ("accepted", "scheduled", "center")
    said, where = event.note.split("\n")
    assert (said, "16–17 พฤศจิกายน 2569" in where, "ห้องรวงข้าว" in where) == ("พบกันเก้าโมง", True, True)
    assert len(booked()) == 8


def test_what_was_held_becomes_the_sessions_and_the_rest_is_given_back(
    cast: Cast, asked: WorkshopRequest, room: Resource, trainer: Resource
) -> None:
    wanted = [Wanted(one.pk, day, half) for one in (room, trainer) for day in (MONDAY, TUESDAY) for half in FULL]
    held = take(wanted, purpose=SlotPurpose.HOLD, by=cast.wipa, request=asked, expires_on=FRIDAY)
    schedule(asked, room, TUESDAY, WEDNESDAY, by=cast.wipa)
    assert booked() == [("ห้องรวงข้าว", day, half, day) for day in (TUESDAY, WEDNESDAY) for half in ("am", "pm")]
    kept = ResourceSlot.objects.filter(pk__in=[slot.pk for slot in held], active=True)
    assert set(kept.values_list("resource", "day", "purpose", "expires_on")) == {(room.pk, TUESDAY, "session", None)}


def test_a_hold_of_another_request_is_in_the_way(cast: Cast, asked: WorkshopRequest, room: Resource) -> None:
    other = make_request(cast.somchai, since=MONDAY, until=FRIDAY)
    take([Wanted(room.pk, MONDAY, "am")], purpose=SlotPurpose.HOLD, by=cast.wipa, request=other, expires_on=FRIDAY)
    with pytest.raises(SlotsTaken) as refused:
        schedule(asked, room, MONDAY, by=cast.wipa)
    assert refused.value.clashes[0].request_id == other.pk
    asked.refresh_from_db()
    assert (asked.state, asked.events.count(), Workshop.objects.count()) == ("accepted", 0, 0)


def test_a_day_held_before_it_became_a_holiday_is_refused(cast: Cast, asked: WorkshopRequest, room: Resource) -> None:
    wanted = [Wanted(room.pk, MONDAY, half) for half in FULL]
    take(wanted, purpose=SlotPurpose.HOLD, by=cast.wipa, request=asked, expires_on=FRIDAY)
    ClosedDay.objects.create(on=MONDAY, name="วันหยุดพิเศษ")
    with pytest.raises(DayOff):
        schedule(asked, room, MONDAY, by=cast.wipa)


def test_only_an_accepted_request_is_scheduled(cast: Cast, asked: WorkshopRequest, room: Resource) -> None:
    make_workshop(cast.wipa, FRIDAY, request=asked)
    for state in sorted(set(RequestState.values) - {RequestState.ACCEPTED}):
        WorkshopRequest.objects.filter(pk=asked.pk).update(state=state)
        with pytest.raises(Refused) as refused:
            schedule(asked, room, MONDAY, by=cast.wipa)
        assert (refused.value.status, booked()) == (409, [])


def test_a_request_withdrawn_meanwhile_is_not_scheduled(cast: Cast, asked: WorkshopRequest, room: Resource) -> None:
    withdraw_request(asked, seen=0, by=cast.somchai)
    with pytest.raises(Refused) as refused:
        schedule(asked, room, MONDAY, by=cast.wipa)
    assert refused.value.sentence == ("This request is “Withdrawn” now, so it cannot be scheduled. Nothing was booked.")


def test_nobody_schedules_past_a_line_that_they_have_not_read(
    cast: Cast, asked: WorkshopRequest, room: Resource
) -> None:
    seen = record(asked, by=cast.wipa, side="center", before="submitted").pk
    record(asked, by=cast.somchai, side="office", before="accepted", note="เปลี่ยนเป็น 40 คน")
    with pytest.raises(MovedOn):
        schedule(asked, room, MONDAY, seen=seen, by=cast.wipa)
    assert booked() == []


def test_only_the_center_that_was_asked_schedules(cast: Cast, asked: WorkshopRequest, room: Resource) -> None:
    for person in (cast.somchai, cast.malee, cast.krit):
        with pytest.raises(Refused) as refused:
            schedule(asked, room, MONDAY, by=person)
        assert refused.value.status == 403


# --- the timetable -----------------------------------------------------------------------------------------
def test_days_move_with_the_gaps_between_them() -> None:
    assert shifted([FRIDAY, MONDAY], THURSDAY) == {MONDAY: THURSDAY, FRIDAY: date(2026, 11, 23)}


def test_spans_overlap_on_the_same_day_only() -> None:
    nine, ten, eleven = time(9), time(10), time(11)
    assert overlap([(MONDAY, nine, eleven), (TUESDAY, ten, eleven)]) is None
    assert overlap([(MONDAY, nine, ten), (MONDAY, ten, eleven)]) is None
    assert overlap([(MONDAY, ten, eleven), (MONDAY, nine, eleven)]) == MONDAY

"""To other days: rooms and trainers go along, or everything stays and the clash is named."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from learning.kernel.refusals import Refused
from learning.workshops.booking import DayOff, SlotsTaken
from learning.workshops.choices import COMING, Half, WorkshopState
from learning.workshops.flows.scheduling import Stale, arrange_session, move_session, move_workshop
from learning.workshops.models import ClosedDay, Resource, ResourceSlot, ScheduledMessage, Workshop
from tests.cast import Cast
from tests.factories.workshops import center, make_room, make_seat, make_workshop
from tests.workshops.scheduling.conftest import FRIDAY, MONDAY, SATURDAY, THURSDAY, TODAY, TUESDAY, WEDNESDAY

pytestmark = pytest.mark.usefixtures("today", "in_english")
HALVES = ("am", "pm")


@pytest.fixture
def workshop(cast: Cast, room: Resource, trainer: Resource) -> Workshop:
    return make_workshop(cast.wipa, MONDAY, TUESDAY, room=room, trainer=trainer)


def taken(resource: Resource) -> list[tuple[date, str]]:
    return list(resource.slots.filter(active=True).order_by("day", "half").values_list("day", "half"))


def sessions(workshop: Workshop) -> list[tuple[date, str]]:
    return list(workshop.sessions.values_list("day", "half"))


def both(*days: date) -> list[tuple[date, str]]:
    return [(day, half) for day in days for half in HALVES]


def test_everything_goes_along(cast: Cast, workshop: Workshop, room: Resource, trainer: Resource) -> None:
    moved = move_workshop(workshop, to=WEDNESDAY, by=cast.wipa)
    assert sessions(workshop) == taken(room) == taken(trainer) == both(WEDNESDAY, THURSDAY)
    assert (moved.first_on, moved.last_on, moved.revision) == (WEDNESDAY, THURSDAY, 1)
    # What is kept is in the language of the site.
    assert [days in moved.change_note for days in ("16–17 พฤศจิกายน 2569", "18–19 พฤศจิกายน 2569")] == [True, True]
    slots = ResourceSlot.objects.filter(active=True).select_related("session")
    assert all((slot.day, slot.half) == (slot.session.day, slot.session.half) for slot in slots if slot.session)


@pytest.mark.parametrize("to", [TUESDAY, MONDAY - timedelta(days=3), [TUESDAY, THURSDAY], [MONDAY, WEDNESDAY]])
def test_days_that_overlap_the_old_ones_are_no_clash_with_oneself(
    cast: Cast, workshop: Workshop, room: Resource, to: Any
) -> None:
    days = to if isinstance(to, list) else [to, to + timedelta(days=1)]
    allows = any(day.weekday() > 4 for day in days)
    move_workshop(workshop, to=to, allows_weekend=allows, by=cast.wipa)
    assert sessions(workshop) == taken(room) == both(*days)


def test_everybody_with_a_live_seat_is_told(cast: Cast, workshop: Workshop, members: list[Any]) -> None:
    make_seat(workshop, members[0])
    make_seat(workshop, members[1], state="waiting", queue_number=1)
    make_seat(workshop, members[2], state="cancelled")
    move_workshop(workshop, to=WEDNESDAY, by=cast.wipa)
    told = ScheduledMessage.objects.filter(kind="change").values_list("user", flat=True)
    assert set(told) == {members[0].user_id, members[1].user_id}


def test_a_taken_room_refuses_and_everything_stays(
    cast: Cast, workshop: Workshop, room: Resource, trainer: Resource
) -> None:
    make_workshop(cast.wipa, THURSDAY, room=room, title="อีกงานหนึ่ง")
    with pytest.raises(SlotsTaken) as refused:
        move_workshop(workshop, to=WEDNESDAY, by=cast.wipa)
    assert [(one.resource, one.day, one.title) for one in refused.value.clashes] == [
        (room, THURSDAY, "อีกงานหนึ่ง"),
        (room, THURSDAY, "อีกงานหนึ่ง"),
    ]
    workshop.refresh_from_db()
    assert sessions(workshop) == taken(trainer) == both(MONDAY, TUESDAY)
    assert (workshop.first_on, workshop.revision, workshop.change_note) == (MONDAY, 0, "")


def test_a_taken_trainer_refuses(cast: Cast, workshop: Workshop, trainer: Resource) -> None:
    make_workshop(cast.wipa, THURSDAY, trainer=trainer)
    with pytest.raises(SlotsTaken) as refused:
        move_workshop(workshop, to=WEDNESDAY, by=cast.wipa)
    assert {one.resource for one in refused.value.clashes} == {trainer}


def test_holidays_closed_days_and_weekends_refuse(cast: Cast, workshop: Workshop) -> None:
    ClosedDay.objects.create(on=WEDNESDAY, name="วันหยุดพิเศษ")
    ClosedDay.objects.create(on=FRIDAY, name="วันของศูนย์", center=center())
    for to, days in ((WEDNESDAY, {WEDNESDAY}), (THURSDAY, {FRIDAY}), (SATURDAY, {SATURDAY, SATURDAY + timedelta(1)})):
        with pytest.raises(DayOff) as refused:
            move_workshop(workshop, to=to, by=cast.wipa)
        assert set(refused.value.days) == days
    assert move_workshop(workshop, to=SATURDAY, allows_weekend=True, by=cast.wipa).first_on == SATURDAY


def test_another_room_and_other_trainers_may_come_with_the_days(
    cast: Cast, workshop: Workshop, room: Resource, trainer: Resource, other_room: Resource, other_trainer: Resource
) -> None:
    make_workshop(cast.wipa, WEDNESDAY, room=room, trainer=trainer)
    move_workshop(workshop, to=WEDNESDAY, room=other_room, trainers=[other_trainer], by=cast.wipa)
    assert taken(other_room) == taken(other_trainer) == both(WEDNESDAY, THURSDAY)
    small = make_room("ห้องเล็ก", capacity=5)
    with pytest.raises(Refused) as refused:
        move_workshop(workshop, to=THURSDAY, room=small, by=cast.wipa)
    assert refused.value.status == 409


def test_as_many_days_as_it_has(cast: Cast, workshop: Workshop) -> None:
    for days in ([WEDNESDAY], [WEDNESDAY, THURSDAY, FRIDAY]):
        with pytest.raises(Refused) as refused:
            move_workshop(workshop, to=days, by=cast.wipa)
        assert (refused.value.status, refused.value.sentence) == (422, "The workshop has 2 days. Choose as many.")


def test_nothing_moves_into_the_past_and_what_has_begun_stays(cast: Cast, workshop: Workshop) -> None:
    with pytest.raises(Refused) as refused:
        move_workshop(workshop, to=TODAY - timedelta(days=3), by=cast.wipa)
    assert (refused.value.status, refused.value.sentence[:22]) == (422, "30 ตุลาคม 2569 is past")
    begun = make_workshop(cast.wipa, TODAY - timedelta(days=1), TUESDAY)
    with pytest.raises(Refused) as refused:
        move_workshop(begun, to=WEDNESDAY, allows_weekend=True, by=cast.wipa)
    assert refused.value.sentence == (
        "The workshop has begun already. Move the half-days that are still to come one by one."
    )
    ahead = begun.sessions.filter(day=TUESDAY)[0]
    assert move_session(ahead, to=WEDNESDAY, by=cast.wipa).last_on == WEDNESDAY


def test_to_the_same_days_nothing_is_changed(cast: Cast, workshop: Workshop) -> None:
    assert move_workshop(workshop, to=MONDAY, by=cast.wipa).revision == 0
    assert ScheduledMessage.objects.count() == 0


def test_registration_closes_at_the_latest_on_the_new_first_day(cast: Cast, workshop: Workshop) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(registration_closes_on=MONDAY)
    earlier = MONDAY - timedelta(days=6)
    assert move_workshop(workshop, to=earlier, by=cast.wipa).registration_closes_on == earlier


def test_a_page_that_is_out_of_date_moves_nothing(cast: Cast, workshop: Workshop, room: Resource) -> None:
    move_workshop(workshop, to=TUESDAY, revision=0, by=cast.wipa)
    with pytest.raises(Stale) as refused:
        move_workshop(workshop, to=WEDNESDAY, revision=0, by=cast.wipa)
    assert (refused.value.status, taken(room)) == (409, both(TUESDAY, WEDNESDAY))


def test_only_what_is_to_come_is_moved(cast: Cast, workshop: Workshop) -> None:
    for state in WorkshopState.values:
        Workshop.objects.filter(pk=workshop.pk).update(state=state)
        if state in COMING:
            assert move_workshop(workshop, to=WEDNESDAY, by=cast.wipa).first_on == WEDNESDAY
            continue
        with pytest.raises(Refused) as refused:
            move_workshop(workshop, to=TUESDAY, by=cast.wipa)
        assert refused.value.status == 409


def test_only_its_own_center_moves_it(cast: Cast, workshop: Workshop) -> None:
    for person in (cast.somchai, cast.malee, cast.krit):
        with pytest.raises(Refused) as refused:
            move_workshop(workshop, to=WEDNESDAY, by=person)
        assert refused.value.status == 403


# --- one half-day --------------------------------------------------------------------------------------------
def test_one_half_day_moves_and_gets_the_usual_times(
    cast: Cast, workshop: Workshop, room: Resource, trainer: Resource
) -> None:
    morning = workshop.sessions.get(day=TUESDAY, half="am")
    moved = move_session(morning, to=WEDNESDAY, half="pm", by=cast.wipa)
    morning.refresh_from_db()
    assert (morning.day, morning.half, morning.starts, morning.ends) == (WEDNESDAY, "pm", time(13), time(16))
    assert taken(room) == taken(trainer) == [*both(MONDAY), (TUESDAY, "pm"), (WEDNESDAY, "pm")]
    assert (moved.first_on, moved.last_on, moved.revision) == (MONDAY, WEDNESDAY, 1)
    assert [day in moved.change_note for day in ("17 พฤศจิกายน 2569", "18 พฤศจิกายน 2569")] == [True, True]


def test_a_half_day_never_stands_twice_in_a_workshop(cast: Cast, workshop: Workshop) -> None:
    morning = workshop.sessions.get(day=TUESDAY, half="am")
    with pytest.raises(Refused) as refused:
        move_session(morning, to=MONDAY, by=cast.wipa)
    assert refused.value.sentence == "The workshop has a session on 16 พฤศจิกายน 2569 (Morning) already."


def test_a_half_day_meets_the_clashes_of_its_room(cast: Cast, workshop: Workshop, room: Resource) -> None:
    make_workshop(cast.wipa, WEDNESDAY, room=room, halves=(Half.AM,))
    morning = workshop.sessions.get(day=TUESDAY, half="am")
    with pytest.raises(SlotsTaken):
        move_session(morning, to=WEDNESDAY, by=cast.wipa)
    move_session(morning, to=WEDNESDAY, half="pm", by=cast.wipa)


def test_everything_about_a_half_day_at_once(cast: Cast, workshop: Workshop) -> None:
    morning = workshop.sessions.get(day=TUESDAY, half="am")
    usual = {"starts": morning.starts, "ends": morning.ends}
    arrange_session(morning, day=WEDNESDAY, half="pm", **usual, title="ฝึกตรวจนับ", agenda="13.00 เริ่ม", by=cast.wipa)
    morning.refresh_from_db()
    assert (morning.day, morning.half, morning.starts, morning.title) == (WEDNESDAY, "pm", time(13), "ฝึกตรวจนับ")
    workshop.refresh_from_db()
    with pytest.raises(Stale):
        arrange_session(morning, day=THURSDAY, half="pm", **usual, revision=workshop.revision - 1, by=cast.wipa)


def test_clock_times_may_not_reach_into_the_other_half(cast: Cast, workshop: Workshop) -> None:
    morning = workshop.sessions.get(day=TUESDAY, half="am")
    for starts, ends in ((time(9), time(13, 1)), (time(10), time(9))):
        with pytest.raises(Refused) as refused:
            arrange_session(morning, day=TUESDAY, half="am", starts=starts, ends=ends, by=cast.wipa)
        assert refused.value.status == 422

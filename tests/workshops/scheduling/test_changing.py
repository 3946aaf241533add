"""Facts, seats, rooms, trainers and times of a workshop that stands."""

from datetime import time
from typing import Any

import pytest
import time_machine
from wagtail.models import ModelLogEntry

from learning.kernel.refusals import Refused
from learning.organizations.models import Membership
from learning.places.models import Province
from learning.workshops.booking import SlotsTaken
from learning.workshops.choices import COMING, Half, WorkshopState
from learning.workshops.flows.scheduling import (
    Stale,
    change_places,
    change_room,
    change_session,
    change_trainers,
    change_workshop,
    replace_resource,
)
from learning.workshops.models import Resource, ScheduledMessage, Seat, Workshop
from tests.cast import Cast
from tests.factories.workshops import center, make_room, make_seat, make_trainer, make_workshop
from tests.workshops.scheduling.conftest import MONDAY, TUESDAY

pytestmark = pytest.mark.usefixtures("today", "in_english")


@pytest.fixture
def workshop(cast: Cast, room: Resource, trainer: Resource) -> Workshop:
    return make_workshop(cast.wipa, MONDAY, TUESDAY, room=room, trainer=trainer, capacity=10)


def taken(resource: Resource) -> int:
    return resource.slots.filter(active=True).count()


def told(kind: str = "change") -> int:
    return ScheduledMessage.objects.filter(kind=kind).count()


# --- facts -----------------------------------------------------------------------------------------------
def test_facts_are_changed_and_logged(cast: Cast, workshop: Workshop) -> None:
    near = [Province.objects.get(name="ชัยนาท")]
    made = change_workshop(workshop, title="ชื่อใหม่", contact="วิภา", provinces=near, revision=0, by=cast.wipa)
    assert (made.title, made.contact, list(made.provinces.all()), made.revision) == ("ชื่อใหม่", "วิภา", near, 1)
    entry = ModelLogEntry.objects.for_instance(workshop).get(action="workshops.change")
    assert (entry.user, entry.data["changed"]) == (cast.wipa, ["contact", "title", "provinces"])


def test_the_same_facts_change_nothing(cast: Cast, workshop: Workshop) -> None:
    made = change_workshop(workshop, title=workshop.title, capacity=10, provinces=[], by=cast.wipa)
    assert (made.revision, ModelLogEntry.objects.for_instance(workshop).count()) == (0, 0)


def test_what_has_a_verb_of_its_own_is_not_changed_here(cast: Cast, workshop: Workshop) -> None:
    with pytest.raises(TypeError, match="state cannot be changed here"):
        change_workshop(workshop, state="held", by=cast.wipa)


def test_fewer_seats_than_are_taken_are_refused_with_the_figures(
    cast: Cast, workshop: Workshop, members: list[Membership]
) -> None:
    for member in members[:3]:
        make_seat(workshop, member)
    with pytest.raises(Refused) as refused:
        change_workshop(workshop, capacity=2, title="ชื่อใหม่", by=cast.wipa)
    assert (refused.value.status, refused.value.sentence) == (
        409,
        "3 seats are taken or kept, so there cannot be only 2. Cancel seats first, or choose a larger room.",
    )
    workshop.refresh_from_db()
    assert (workshop.capacity, workshop.title) == (10, "ตรวจนับเงินสดและควบคุมภายใน")
    assert change_workshop(workshop, capacity=3, by=cast.wipa).capacity == 3


def test_more_seats_go_to_those_in_line(cast: Cast, workshop: Workshop, members: list[Membership]) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(capacity=1, waiting_count=2, queue_last=2)
    workshop.refresh_from_db()
    make_seat(workshop, members[0])
    first, second = (make_seat(workshop, members[n], state="waiting", queue_number=n) for n in (1, 2))
    made = change_workshop(workshop, capacity=2, by=cast.wipa)
    assert (made.taken, made.waiting_count) == (2, 1)
    assert list(Seat.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)) == [
        "confirmed",
        "waiting",
    ]
    assert told("promotion") == 1


def test_more_seats_than_the_room_has_are_refused(cast: Cast, workshop: Workshop) -> None:
    with pytest.raises(Refused) as refused:
        change_workshop(workshop, capacity=41, by=cast.wipa)
    assert refused.value.sentence == ("ห้องรวงข้าว has 40 seats, so there cannot be 41. Choose a larger room first.")


def test_a_page_that_is_out_of_date_saves_nothing(cast: Cast, workshop: Workshop) -> None:
    change_workshop(workshop, title="ชื่อแรก", revision=0, by=cast.wipa)
    with pytest.raises(Stale) as refused:
        change_workshop(workshop, title="ชื่อที่สอง", revision=0, by=cast.wipa)
    assert (refused.value.status, refused.value.way_on) == (409, f"/office/workshops/{workshop.pk}/")
    workshop.refresh_from_db()
    assert workshop.title == "ชื่อแรก"


def verbs(workshop: Workshop, room: Resource, trainer: Resource) -> dict[str, Any]:
    session = workshop.sessions.all()[0]
    return {
        "facts": lambda by: change_workshop(workshop, title="ชื่อใหม่", by=by),
        "room": lambda by: change_room(workshop, room=room, by=by),
        "trainers": lambda by: change_trainers(workshop, trainers=[trainer], by=by),
        "session": lambda by: change_session(session, starts=time(9), ends=time(11), by=by),
        "replace": lambda by: replace_resource(workshop, lost=room, instead=room, sessions=[session.pk], by=by),
    }


VERBS = ("facts", "room", "trainers", "session", "replace")


@pytest.mark.parametrize("verb", VERBS)
def test_only_what_is_to_come_is_changed(
    cast: Cast, workshop: Workshop, other_room: Resource, trainer: Resource, verb: str
) -> None:
    act = verbs(workshop, other_room, trainer)[verb]
    for state in WorkshopState.values:
        Workshop.objects.filter(pk=workshop.pk).update(state=state)
        if state in COMING:
            assert act(cast.wipa).state == state
            continue
        with pytest.raises(Refused) as refused:
            act(cast.wipa)
        assert refused.value.status == 409


def test_only_the_staff_of_its_center_change_it(
    cast: Cast, workshop: Workshop, other_room: Resource, trainer: Resource
) -> None:
    acts = verbs(workshop, other_room, trainer)
    for verb in VERBS:
        for person in (cast.somchai, cast.malee, cast.krit):
            with pytest.raises(Refused) as refused:
                acts[verb](person)
            assert refused.value.status == 403


# --- places ----------------------------------------------------------------------------------------------
def test_another_room_is_told_to_everybody(
    cast: Cast, workshop: Workshop, room: Resource, other_room: Resource, members: list[Membership]
) -> None:
    make_seat(workshop, members[0])
    made = change_room(workshop, room=other_room, by=cast.wipa)
    assert (taken(room), taken(other_room), made.revision, told()) == (0, 4, 1, 1)
    assert "ห้องข้าวเปลือก" in made.change_note
    assert change_room(workshop, room=other_room, by=cast.wipa).revision == 1


def test_a_room_that_is_too_small_or_taken_is_refused(
    cast: Cast, workshop: Workshop, room: Resource, other_room: Resource
) -> None:
    with pytest.raises(Refused) as refused:
        change_room(workshop, room=make_room("ห้องเล็ก", capacity=9), by=cast.wipa)
    assert (refused.value.status, refused.value.sentence) == (
        409,
        "ห้องเล็ก has 9 seats, and the workshop offers 10. Choose a larger room, or lower the number of seats first.",
    )
    make_workshop(cast.wipa, TUESDAY, room=other_room)
    with pytest.raises(SlotsTaken):
        change_room(workshop, room=other_room, by=cast.wipa)
    assert (taken(room), taken(other_room)) == (4, 2)


def test_one_half_day_may_have_a_room_and_trainers_of_its_own(
    cast: Cast, workshop: Workshop, room: Resource, other_room: Resource, trainer: Resource, other_trainer: Resource
) -> None:
    last = workshop.sessions.get(day=TUESDAY, half="pm")
    change_places(workshop, room=other_room, trainers=[trainer, other_trainer], sessions=[last.pk], by=cast.wipa)
    assert [taken(one) for one in (room, other_room, trainer, other_trainer)] == [3, 1, 4, 1]
    assert set(last.slots.filter(active=True).values_list("resource", flat=True)) == {
        other_room.pk,
        trainer.pk,
        other_trainer.pk,
    }


def test_trainers_may_be_none_and_nobody_is_told_of_them(
    cast: Cast, workshop: Workshop, trainer: Resource, members: list[Membership]
) -> None:
    make_seat(workshop, members[0])
    change_trainers(workshop, trainers=[], by=cast.wipa)
    assert (taken(trainer), told()) == (0, 0)


def test_vehicles_and_equipment_come_and_go(cast: Cast, workshop: Workshop, room: Resource) -> None:
    van = Resource.objects.create(center=center(), kind="vehicle", name="รถตู้")
    change_places(workshop, things=[van], by=cast.wipa)
    assert (taken(van), taken(room)) == (4, 4)
    change_places(workshop, things=[], by=cast.wipa)
    assert (taken(van), taken(room)) == (0, 4)


def test_half_days_that_have_begun_keep_their_room(
    cast: Cast, workshop: Workshop, room: Resource, other_room: Resource
) -> None:
    with time_machine.travel("2026-11-16T03:00:00Z", tick=False):
        change_room(workshop, room=other_room, by=cast.wipa)
        assert (taken(room), taken(other_room)) == (1, 3)
    with time_machine.travel("2026-11-17T07:00:00Z", tick=False), pytest.raises(Refused):
        change_room(workshop, room=room, by=cast.wipa)


# --- clock times -------------------------------------------------------------------------------------------
def test_other_times_are_told_and_other_words_are_not(
    cast: Cast, workshop: Workshop, members: list[Membership]
) -> None:
    make_seat(workshop, members[0])
    session = workshop.sessions.all()[0]
    usual = {"starts": session.starts, "ends": session.ends}
    change_session(session, **usual, title="เปิดการอบรม", agenda="09.00 ลงทะเบียน", by=cast.wipa)
    assert told() == 0
    made = change_session(session, starts=time(8, 30), ends=time(12), by=cast.wipa)
    session.refresh_from_db()
    assert (session.starts, session.title, told(), made.revision) == (time(8, 30), "", 1, 2)
    assert "08:30" in made.change_note


# --- dropping out ------------------------------------------------------------------------------------------
def test_another_trainer_takes_over_only_what_was_lost(
    cast: Cast, workshop: Workshop, trainer: Resource, other_trainer: Resource, members: list[Membership]
) -> None:
    make_seat(workshop, members[0])
    first = workshop.sessions.get(day=MONDAY, half=Half.AM)
    replace_resource(workshop, lost=trainer, instead=other_trainer, sessions=[first.pk], by=cast.wipa)
    assert (taken(trainer), taken(other_trainer), told()) == (3, 1, 0)
    replace_resource(workshop, lost=other_trainer, instead=None, sessions=[first.pk], by=cast.wipa)
    assert taken(other_trainer) == 0


def test_a_lost_room_is_replaced_by_a_room_that_holds_the_people(
    cast: Cast, workshop: Workshop, room: Resource, other_room: Resource, trainer: Resource, members: list[Membership]
) -> None:
    make_seat(workshop, members[0])
    every = [session.pk for session in workshop.sessions.all()]
    for instead, status in ((None, 422), (trainer, 422), (make_room("ห้องเล็ก", capacity=9), 409)):
        with pytest.raises(Refused) as refused:
            replace_resource(workshop, lost=room, instead=instead, sessions=every, by=cast.wipa)
        assert refused.value.status == status
    replace_resource(workshop, lost=room, instead=other_room, sessions=every, by=cast.wipa)
    assert (taken(room), taken(other_room), told()) == (0, 4, 1)


def test_a_replacement_that_is_taken_meanwhile_is_refused(cast: Cast, workshop: Workshop, trainer: Resource) -> None:
    busy = make_trainer("วิทยากรไม่ว่าง")
    make_workshop(cast.wipa, MONDAY, trainer=busy)
    every = [session.pk for session in workshop.sessions.all()]
    with pytest.raises(SlotsTaken):
        replace_resource(workshop, lost=trainer, instead=busy, sessions=every, by=cast.wipa)
    assert taken(trainer) == 4

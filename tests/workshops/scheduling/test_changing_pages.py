"""Changing, moving and ending on the page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from learning.workshops.choices import WorkshopState
from learning.workshops.models import ClosedDay, Resource, Seat, Workshop
from tests.cast import Cast
from tests.factories.workshops import (
    make_room,
    make_seat,
    make_workshop,
)
from tests.workshops.scheduling.conftest import (
    FRIDAY,
    MONDAY,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    at,
    plan_form,
)

pytestmark = pytest.mark.usefixtures("today", "english")


def test_facts_are_saved_and_fewer_seats_than_taken_are_refused_on_the_form(
    cast: Cast, workshop: Workshop, wipa: Client, room: Resource, members: list[Any]
) -> None:
    for member in members[:3]:
        make_seat(workshop, member)
    facts = {name: value for name, value in plan_form(room).items() if name != "room"}
    answer = wipa.post(at("change", workshop.pk), {**facts, "capacity": 2, "revision": 0})
    assert (answer.status_code, "3 seats are taken" in answer.content.decode()) == (409, True)
    assert answer.context["form"]["title"].value() == "บัญชีสหกรณ์เบื้องต้น"
    assert wipa.post(at("change", workshop.pk), {**facts, "capacity": 4, "revision": 0}).status_code == 302
    answer = wipa.post(at("change", workshop.pk), {**facts, "capacity": 5, "revision": 0})
    assert (answer.status_code, "Somebody else has changed" in answer.content.decode()) == (409, True)
    workshop.refresh_from_db()
    assert (workshop.title, workshop.capacity, workshop.revision) == ("บัญชีสหกรณ์เบื้องต้น", 4, 1)


def test_moving_onto_a_taken_room_offers_three_free_days_that_one_click_takes(
    cast: Cast, workshop: Workshop, wipa: Client, room: Resource
) -> None:
    make_workshop(cast.wipa, THURSDAY, room=room, title="อีกงานหนึ่ง")
    typed = {"day_1": f"{WEDNESDAY:%d/%m/%Y}", "day_2": f"{THURSDAY:%d/%m/%Y}", "revision": 0}
    answer = wipa.post(at("move", workshop.pk), typed)
    others = answer.context["alternatives"]
    assert (answer.status_code, "อีกงานหนึ่ง" in answer.content.decode(), len(others)) == (409, True, 3)
    assert [one.days for one in others] == [
        [TUESDAY, WEDNESDAY],
        [MONDAY, TUESDAY],
        [MONDAY + timedelta(days=7), MONDAY + timedelta(days=8)],
    ]
    assert wipa.post(at("move", workshop.pk), {**typed, "use": others[0].key}).status_code == 302
    workshop.refresh_from_db()
    assert (workshop.first_on, workshop.last_on) == (TUESDAY, WEDNESDAY)


def test_moving_onto_a_holiday_is_refused_by_name(workshop: Workshop, wipa: Client) -> None:
    ClosedDay.objects.create(on=THURSDAY, name="วันหยุดพิเศษ")
    typed = {"day_1": f"{WEDNESDAY:%d/%m/%Y}", "day_2": f"{THURSDAY:%d/%m/%Y}"}
    answer = wipa.post(at("move", workshop.pk), typed)
    assert (answer.status_code, "วันหยุดพิเศษ" in answer.content.decode(), len(answer.context["alternatives"])) == (
        409,
        True,
        3,
    )
    assert wipa.post(at("move", workshop.pk), {**typed, "day_2": typed["day_1"]}).status_code == 422


def test_places_of_all_half_days_or_of_one(
    workshop: Workshop, wipa: Client, room: Resource, other_room: Resource, trainer: Resource
) -> None:
    last = workshop.sessions.get(day=TUESDAY, half="pm")
    typed = {"room": other_room.pk, "trainers": [trainer.pk], "revision": 0}
    assert wipa.post(at("places", workshop.pk) + f"?session={last.pk}", typed).status_code == 302
    assert [one.slots.filter(active=True).count() for one in (room, other_room, trainer)] == [3, 1, 4]
    assert wipa.get(at("places", workshop.pk)).context["differs"] is True
    assert wipa.post(at("places", workshop.pk), {"room": other_room.pk, "revision": 1}).status_code == 302
    assert [one.slots.filter(active=True).count() for one in (room, other_room, trainer)] == [0, 4, 0]
    small = make_room("ห้องเล็ก", capacity=5)
    answer = wipa.post(at("places", workshop.pk), {"room": small.pk, "revision": 2})
    assert (answer.status_code, "has 5 seats" in answer.content.decode()) == (409, True)


def test_one_half_day_is_changed_and_a_clash_names_other_days(
    cast: Cast, workshop: Workshop, wipa: Client, room: Resource
) -> None:
    make_workshop(cast.wipa, THURSDAY, room=room, title="อีกงานหนึ่ง")
    last = workshop.sessions.get(day=TUESDAY, half="pm")
    typed = {"day": f"{THURSDAY:%d/%m/%Y}", "half": "pm", "starts": "13.00", "ends": "15.30", "title": "ฝึกปฏิบัติ"}
    answer = wipa.post(at("session", workshop.pk, last.pk), typed)
    assert (answer.status_code, "อีกงานหนึ่ง" in answer.content.decode()) == (409, True)
    assert [one.days for one in answer.context["alternatives"]] == [
        [WEDNESDAY],
        [FRIDAY],
        [TUESDAY],
    ]
    key = answer.context["alternatives"][0].key
    assert wipa.post(at("session", workshop.pk, last.pk), {**typed, "use": key}).status_code == 302
    last.refresh_from_db()
    assert (last.day, last.ends.hour, last.title) == (WEDNESDAY, 15, "ฝึกปฏิบัติ")


def test_the_buttons_move_it_on_and_a_refusal_stands_on_the_page(cast: Cast, workshop: Workshop, wipa: Client) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(state="planned")
    assert wipa.post(at("open", workshop.pk), {"revision": 0}).status_code == 302
    answer = wipa.post(at("close", workshop.pk), {"revision": 0})
    assert (answer.status_code, "Somebody else has changed" in answer.content.decode()) == (409, True)
    assert wipa.post(at("close", workshop.pk), {"revision": 1}).status_code == 302
    answer = wipa.post(at("hold", workshop.pk), {"revision": 2})
    assert (answer.status_code, "It ends on" in answer.content.decode()) == (409, True)
    workshop.refresh_from_db()
    assert workshop.state == WorkshopState.CLOSED


def test_cancelling_says_how_many_are_told_and_wants_a_reason(
    cast: Cast, workshop: Workshop, wipa: Client, members: list[Any]
) -> None:
    make_seat(workshop, members[0])
    make_seat(workshop, members[1], state="requested")
    page = wipa.get(at("cancel", workshop.pk))
    assert "2 people who registered are told." in page.content.decode()
    assert wipa.post(at("cancel", workshop.pk), {"reason": "", "revision": 0}).status_code == 422
    assert wipa.post(at("cancel", workshop.pk), {"reason": "น้ำท่วม", "revision": 0}).status_code == 302
    workshop.refresh_from_db()
    assert (workshop.state, Seat.objects.filter(state="cancelled").count()) == ("cancelled", 2)
    assert wipa.get(at("cancel", workshop.pk)).headers["location"] == at("manage", workshop.pk)
    assert "น้ำท่วม" in wipa.get(at("manage", workshop.pk)).content.decode()

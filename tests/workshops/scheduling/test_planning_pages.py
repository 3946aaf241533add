"""Planning and scheduling on the page: what stands in the form, and what a refusal leaves on it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from learning.workshops.booking import Wanted, take
from learning.workshops.choices import SlotPurpose
from learning.workshops.flows.requests import withdraw_request
from learning.workshops.models import ClosedDay, Resource, Workshop, WorkshopRequest
from tests.cast import Cast
from tests.factories.workshops import (
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


# --- planning --------------------------------------------------------------------------------------------
def test_a_plan_is_made_from_the_form(wipa: Client, room: Resource, trainer: Resource) -> None:
    answer = wipa.post(at("plan_workshop"), plan_form(room, MONDAY, TUESDAY, trainers=[trainer.pk]))
    made = Workshop.objects.get()
    assert (answer.status_code, answer.headers["location"]) == (302, at("manage", made.pk))
    assert (made.title, made.capacity, made.hours, made.sessions.count()) == ("บัญชีสหกรณ์เบื้องต้น", 20, 6, 4)


def test_a_clash_keeps_the_form_and_offers_three_free_days_that_one_click_takes(
    cast: Cast, wipa: Client, room: Resource, trainer: Resource
) -> None:
    make_workshop(cast.wipa, MONDAY, TUESDAY, room=room)
    typed = plan_form(room, MONDAY, TUESDAY, trainers=[trainer.pk])
    answer = wipa.post(at("plan_workshop"), typed)
    others = answer.context["alternatives"]
    assert (answer.status_code, Workshop.objects.count()) == (409, 1)
    assert "ตรวจนับเงินสดและควบคุมภายใน" in answer.content.decode()
    assert answer.context["form"]["title"].value() == "บัญชีสหกรณ์เบื้องต้น"
    assert [(one.days, one.room, one.trainers) for one in others] == [
        ([MONDAY - timedelta(days=4), MONDAY - timedelta(days=3)], room, (trainer,)),
        ([WEDNESDAY, THURSDAY], room, (trainer,)),
        ([MONDAY - timedelta(days=5), MONDAY - timedelta(days=4)], room, (trainer,)),
    ]
    answer = wipa.post(at("plan_workshop"), {**typed, "use": others[1].key})
    made = Workshop.objects.get(title="บัญชีสหกรณ์เบื้องต้น")
    assert (answer.status_code, made.first_on, made.last_on) == (302, WEDNESDAY, THURSDAY)


def test_holidays_weekends_and_nonsense_are_answered_on_the_form(wipa: Client, room: Resource) -> None:
    ClosedDay.objects.create(on=MONDAY, name="วันหยุดพิเศษ")
    answer = wipa.post(at("plan_workshop"), plan_form(room, MONDAY))
    assert (answer.status_code, "วันหยุดพิเศษ" in answer.content.decode(), len(answer.context["alternatives"])) == (
        409,
        True,
        3,
    )
    saturday = FRIDAY + timedelta(days=1)
    assert wipa.post(at("plan_workshop"), plan_form(room, saturday)).status_code == 409
    assert wipa.post(at("plan_workshop"), plan_form(room, saturday, allows_weekend="on")).status_code == 302
    for wrong in (
        {"day_1": ""},
        {"room": "x"},
        {"room": "9" * 30},
        {"trainers": ["x"]},
        {"capacity": 0},
        {"am_ends": "8.00"},
        {"am_starts": "noon"},
        {"topic": "castles"},
        {"needs_post_test": "on"},
        {"needs_lessons": "on"},
        {"min_participants": 21},
        {"registration_closes_on": f"{WEDNESDAY:%d/%m/%Y}"},
        {"course": "9" * 30},
        {"pre_test": "x"},
    ):
        answer = wipa.post(at("plan_workshop"), {**plan_form(room, TUESDAY), **wrong})
        assert (wrong, answer.status_code) == (wrong, 422)
    for key in ("x", "20261116", "20261116-9999999", "99999999-1", f"20261116-{room.pk}-{room.pk}", "1" * 200):
        answer = wipa.post(at("plan_workshop"), plan_form(room, MONDAY, use=key))
        assert (key, answer.status_code) == (key, 409)
    assert Workshop.objects.count() == 1


def test_a_day_of_the_calendar_stands_in_the_form(wipa: Client, room: Resource) -> None:
    assert wipa.get(at("plan_workshop") + "?day=2026-11-18").context["form"]["day_1"].value() == WEDNESDAY
    assert wipa.get(at("plan_workshop") + "?day=never").context["form"]["day_1"].value() is None


# --- scheduling ------------------------------------------------------------------------------------------
def test_the_wished_days_that_are_free_stand_in_the_form(
    asked: WorkshopRequest, wipa: Client, room: Resource, trainer: Resource
) -> None:
    form = wipa.get(at("schedule", asked.pk)).context["form"]
    assert form["day_1"].value() == MONDAY
    assert (form["room"].value(), form["trainers"].value(), form["capacity"].value()) == (room.pk, [trainer.pk], 25)


def test_what_is_held_stands_in_the_form(
    cast: Cast, asked: WorkshopRequest, wipa: Client, room: Resource, trainer: Resource
) -> None:
    wanted = [Wanted(one.pk, WEDNESDAY, half) for one in (room, trainer) for half in ("am", "pm")]
    take(wanted, purpose=SlotPurpose.HOLD, by=cast.wipa, request=asked, expires_on=FRIDAY)
    answer = wipa.get(at("schedule", asked.pk))
    assert (answer.context["form"]["day_1"].value(), answer.context["alternatives"]) == (WEDNESDAY, [])
    typed = plan_form(room, WEDNESDAY, trainers=[trainer.pk], note="พบกันเก้าโมง", capacity=25)
    assert wipa.post(at("schedule", asked.pk), typed).status_code == 302
    made = Workshop.objects.get()
    assert (made.request, made.office, made.first_on) == (asked, asked.office, WEDNESDAY)
    # The second click of a double click leads to the workshop.
    assert wipa.post(at("schedule", asked.pk), typed).headers["location"] == at("manage", made.pk)
    assert Workshop.objects.count() == 1


def test_a_request_withdrawn_meanwhile_answers_with_words(
    cast: Cast, asked: WorkshopRequest, wipa: Client, room: Resource
) -> None:
    WorkshopRequest.objects.filter(pk=asked.pk).update(submitted_at=timezone.now())
    withdraw_request(asked, seen=0, by=cast.somchai)
    answer = wipa.post(at("schedule", asked.pk), plan_form(room, MONDAY))
    assert (answer.status_code, "Nothing was booked" in answer.content.decode()) == (409, True)
    assert wipa.get(at("schedule", asked.pk)).headers["location"] == at("request", asked.pk)

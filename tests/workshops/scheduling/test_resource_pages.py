"""Rooms, trainers, leave and closed days on the page."""

import pytest
from django.test import Client

from learning.workshops.models import ClosedDay, Resource, Venue, Workshop
from tests.cast import Cast
from tests.factories.workshops import (
    center,
    make_trainer,
    make_workshop,
)
from tests.workshops.scheduling.conftest import FRIDAY, MONDAY, at

pytestmark = pytest.mark.usefixtures("today", "english")


def test_venue_room_and_trainer_are_entered_from_empty_pages(cast: Cast, wipa: Client) -> None:
    assert "No venue is entered yet" in wipa.get(at("resources")).content.decode()
    assert "Enter the venue first" in wipa.get(at("resource_new", "room")).content.decode()
    assert wipa.post(at("venue_new"), {"name": "อาคารฝึกอบรม", "place": "18"}).status_code == 302
    venue = Venue.objects.get()
    room = {"name": "ห้องรวงข้าว", "venue": venue.pk, "capacity": 40}
    assert wipa.post(at("resource_new", "room"), room).status_code == 302
    answer = wipa.post(at("resource_new", "room"), room)
    assert (answer.status_code, "already" in answer.content.decode()) == (409, True)
    trainer = {"name": "วิทยากร หนึ่ง", "topics": ["law"], "person": "wipa", "most_days": 8}
    assert wipa.post(at("resource_new", "trainer"), {**trainer, "person": "nobody-at-all"}).status_code == 422
    assert wipa.post(at("resource_new", "trainer"), trainer).status_code == 302
    made = Resource.objects.get(kind="trainer")
    assert (made.person, made.most_days, made.center) == (cast.wipa, 8, center())


def test_leave_over_a_workshop_is_refused_on_the_page_with_the_way_to_a_replacement(
    workshop: Workshop, wipa: Client, trainer: Resource, other_trainer: Resource
) -> None:
    days = {"since": f"{MONDAY:%d/%m/%Y}", "until": "", "day_length": "full", "reason": "ลาป่วย"}
    answer = wipa.post(at("resource_leave", trainer.pk), days)
    assert (answer.status_code, workshop.title in answer.content.decode()) == (409, True)
    assert at("resource_drops_out", trainer.pk) in answer.content.decode()
    page = wipa.get(at("resource_drops_out", trainer.pk), days)
    assert [(hit.workshop, hit.replacements) for hit in page.context["hits"]] == [(workshop, (other_trainer,))]
    chosen = {**days, "workshop": workshop.pk, "instead": other_trainer.pk}
    assert wipa.post(at("resource_drops_out", trainer.pk), chosen).status_code == 302
    assert wipa.get(at("resource_drops_out", trainer.pk), days).context["hits"] == []
    done = wipa.post(at("resource_drops_out", trainer.pk), {**days, "verb": "leave"})
    assert (done.status_code, trainer.slots.filter(active=True, purpose="leave").count()) == (302, 2)
    back = {"since": f"{MONDAY:%Y-%m-%d}", "until": f"{MONDAY:%Y-%m-%d}"}
    assert wipa.post(at("resource_leave_end", trainer.pk), back).status_code == 302
    assert trainer.slots.filter(active=True, purpose="leave").count() == 0


def test_nobody_takes_over_whom_the_page_did_not_offer(
    cast: Cast, workshop: Workshop, wipa: Client, trainer: Resource
) -> None:
    busy = make_trainer("วิทยากรไม่ว่าง")
    make_workshop(cast.wipa, MONDAY, trainer=busy)
    days = {"since": f"{MONDAY:%d/%m/%Y}", "until": "", "day_length": "full"}
    answer = wipa.post(at("resource_drops_out", trainer.pk), {**days, "workshop": workshop.pk, "instead": busy.pk})
    assert (answer.status_code, trainer.slots.filter(active=True).count()) == (409, 4)
    assert wipa.get(at("resource_drops_out", trainer.pk), {"since": "never"}).status_code == 422


def test_a_day_with_a_workshop_is_not_closed_and_another_one_is(workshop: Workshop, wipa: Client) -> None:
    answer = wipa.post(at("close_day"), {"on": f"{MONDAY:%d/%m/%Y}", "name": "ประชุม"})
    assert (answer.status_code, workshop.title in answer.content.decode()) == (409, True)
    assert wipa.post(at("close_day"), {"on": f"{FRIDAY:%d/%m/%Y}", "name": "ประชุม"}).status_code == 302
    closed = ClosedDay.objects.get(center=center())
    assert wipa.post(at("open_day", closed.pk)).status_code == 302
    assert ClosedDay.objects.count() == 0

"""Calendars by a secret address: what stands in them, who may read them, and what programs ask for."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from learning.kernel.refusals import Refused
from learning.workshops.choices import SeatState, SlotPurpose, WorkshopState
from learning.workshops.flows.messages import calendar_address, renew_calendar_address
from learning.workshops.models import CalendarFeed, ResourceSlot, Seat, Workshop
from tests.cast import Cast
from tests.factories.workshops import make_seat, make_workshop
from tests.workshops.messages.conftest import FIRST_DAY, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def read(data: bytes) -> Calendar:
    """With a parser that shares no code with the writer."""
    return IcsCalendarStream.calendar_from_ics(data.decode())


def entries(client: Client, feed: CalendarFeed) -> list[tuple[str, str, int]]:
    """Title, standing and sequence of each day."""
    answer = client.get(f"/calendar/{feed.token}.ics")
    assert answer.status_code == 200
    return [
        (event.summary or "", event.status.value if event.status else "", event.sequence or 0)
        for event in read(answer.content).events
    ]


@pytest.fixture
def mine(malee: Any) -> CalendarFeed:
    return calendar_address(malee, by=malee)


@pytest.fixture
def centers(cast: Cast, workshop: Workshop) -> CalendarFeed:
    return calendar_address(workshop.center, by=cast.wipa)


TITLE = "ตรวจนับเงินสดและควบคุมภายใน"


def test_a_confirmed_seat_stands_in_ones_calendar_at_the_right_hours(
    client: Client, seat: Seat, mine: CalendarFeed
) -> None:
    events = read(client.get(f"/calendar/{mine.token}.ics").content).events
    assert [(event.dtstart.astimezone(UTC), event.dtend.astimezone(UTC)) for event in events] == [
        (datetime(2026, 12, day, 2, tzinfo=UTC), datetime(2026, 12, day, 9, tzinfo=UTC)) for day in (10, 11)
    ]
    assert [event.uid.split("@")[0] for event in events] == [f"workshop-{seat.workshop_id}-day-{day}" for day in (1, 2)]
    assert {event.location for event in events} == {"ห้องรวงข้าว อาคารฝึกอบรม"}
    assert entries(client, mine) == [(TITLE, "CONFIRMED", 0)] * 2


def test_a_place_in_line_says_so_in_its_title(client: Client, seat: Seat, mine: CalendarFeed) -> None:
    Seat.objects.update(state=SeatState.WAITING, queue_number=1)
    assert entries(client, mine) == [(f"On the waiting list: {TITLE}", "CONFIRMED", 0)] * 2


@pytest.mark.parametrize("state", [SeatState.REQUESTED, SeatState.DECLINED])
def test_what_is_no_seat_is_not_in_the_calendar(client: Client, seat: Seat, mine: CalendarFeed, state: str) -> None:
    Seat.objects.update(state=state, confirmed_at=None)
    assert entries(client, mine) == []


def test_a_cancelled_seat_stays_as_cancelled_and_a_new_one_takes_its_place(
    client: Client, seat: Seat, mine: CalendarFeed, cast: Cast
) -> None:
    Seat.objects.update(state=SeatState.CANCELLED, ended_at=NOW)
    assert entries(client, mine) == [(f"Cancelled: {TITLE}", "CANCELLED", 1)] * 2
    make_seat(seat.workshop, cast.board_seat, confirmed_at=NOW + timedelta(hours=1))
    assert entries(client, mine) == [(TITLE, "CONFIRMED", 1)] * 2


def test_a_request_that_was_taken_back_was_never_in_the_calendar(
    client: Client, seat: Seat, mine: CalendarFeed
) -> None:
    Seat.objects.update(state=SeatState.CANCELLED, confirmed_at=None, ended_at=NOW)
    assert entries(client, mine) == []


def test_a_cancelled_workshop_stays_as_cancelled_in_all_calendars(
    client: Client, seat: Seat, mine: CalendarFeed, centers: CalendarFeed
) -> None:
    Workshop.objects.update(state=WorkshopState.CANCELLED, cancelled_at=NOW)
    for feed in (mine, centers):
        assert entries(client, feed) == [(f"Cancelled: {TITLE}", "CANCELLED", 1)] * 2


def test_a_trainer_finds_the_days_to_teach(client: Client, workshop: Workshop, cast: Cast) -> None:
    trainer = workshop.sessions.order_by("day")[0].slots.get(resource__kind="trainer").resource
    trainer.person = cast.krit
    trainer.save()
    feed = calendar_address(cast.krit, by=cast.krit)
    assert entries(client, feed) == [(f"You train: {TITLE}", "CONFIRMED", 0)] * 2
    # Somebody else takes over the second day.
    ResourceSlot.objects.filter(resource=trainer, day=FIRST_DAY + timedelta(days=1)).update(active=False)
    assert len(entries(client, feed)) == 1
    ResourceSlot.objects.update(active=False)
    Workshop.objects.update(state=WorkshopState.CANCELLED, cancelled_at=NOW)
    assert entries(client, feed) == [(f"Cancelled: You train: {TITLE}", "CANCELLED", 1)] * 2


def test_the_calendar_of_a_center_has_its_workshops_with_trainers_and_without_learners(
    client: Client, seat: Seat, centers: CalendarFeed, cast: Cast
) -> None:
    make_workshop(cast.wipa, FIRST_DAY, state=WorkshopState.PLANNED, title="วางแผนไว้")
    data = client.get(f"/calendar/{centers.token}.ics").content.decode().replace("\r\n ", "")
    assert ("วิทยากร หนึ่ง" in data, "มาลี" in data) == (True, False)
    assert entries(client, centers) == [
        (TITLE, "CONFIRMED", 0),
        ("Planned: วางแผนไว้", "CONFIRMED", 0),
        (TITLE, "CONFIRMED", 0),
    ]


def test_what_is_long_past_is_left_out(client: Client, seat: Seat, mine: CalendarFeed, clock: Any) -> None:
    clock.shift(timedelta(days=190))
    assert len(entries(client, mine)) == 2
    clock.shift(timedelta(days=30))
    assert entries(client, mine) == []


def test_a_hold_or_leave_of_a_trainer_is_no_workshop(client: Client, workshop: Workshop, cast: Cast) -> None:
    trainer = ResourceSlot.objects.filter(resource__kind="trainer")[0].resource
    trainer.person = cast.krit
    trainer.save()
    ResourceSlot.objects.filter(resource=trainer).delete()
    ResourceSlot.objects.create(resource=trainer, day=FIRST_DAY, half="am", purpose=SlotPurpose.LEAVE)
    assert entries(client, calendar_address(cast.krit, by=cast.krit)) == []


# --- the address ----------------------------------------------------------------------------------
def test_the_answer_is_a_calendar_that_nobody_indexes_and_that_sets_no_cookie(
    client: Client, seat: Seat, mine: CalendarFeed
) -> None:
    answer = client.get(f"/calendar/{mine.token}.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Cache-Control"] == "private, max-age=300"
    assert not answer.cookies
    assert b"METHOD" not in answer.content


def test_what_has_not_changed_is_not_sent_again(client: Client, seat: Seat, mine: CalendarFeed) -> None:
    address = f"/calendar/{mine.token}.ics"
    first = client.get(address)
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    Workshop.objects.update(revision=1, changed_at=NOW + timedelta(minutes=5))
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200
    assert client.get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 200


def test_an_empty_calendar_is_a_calendar(client: Client, mine: CalendarFeed) -> None:
    assert (entries(client, mine), client.get(f"/calendar/{mine.token}.ics").has_header("Last-Modified")) == ([], False)


def test_an_unknown_address_and_one_of_a_closed_account_are_not_there(
    client: Client, mine: CalendarFeed, malee: Any
) -> None:
    for token in ("x", "ก" * 43, mine.token[:-1], f"{mine.token}x"):
        assert client.get(f"/calendar/{token}.ics").status_code == 404
    malee.is_active = False
    malee.save()
    assert client.get(f"/calendar/{mine.token}.ics").status_code == 404


def test_a_renewed_address_ends_the_old_one(client: Client, mine: CalendarFeed, malee: Any) -> None:
    old = mine.token
    assert calendar_address(malee, by=malee).token == old
    new = renew_calendar_address(malee, by=malee).token
    assert [client.get(f"/calendar/{token}.ics").status_code for token in (old, new)] == [404, 200]
    assert (new == old, len(new)) == (False, 43)


def test_a_calendar_is_opened_by_its_owner_only(cast: Cast, workshop: Workshop) -> None:
    for owner, by in ((cast.malee, cast.krit), (workshop.center, cast.somchai), (workshop.center, cast.malee)):
        with pytest.raises(Refused) as refusal:
            renew_calendar_address(owner, by=by)
        assert refusal.value.status == 403
    assert CalendarFeed.objects.count() == 0


def test_the_buttons_make_and_renew_ones_own_address(client: Client, malee: Any) -> None:
    client.force_login(malee)
    assert client.post("/my/calendar/")["Location"] == "/my/workshops/#calendar-address"
    old = CalendarFeed.objects.get(user=malee).token
    client.post("/my/calendar/", {"action": "renew"})
    assert CalendarFeed.objects.get(user=malee).token != old
    assert client.get("/my/calendar/").status_code == 405


def test_only_staff_of_the_center_make_its_address(client: Client, cast: Cast, workshop: Workshop) -> None:
    for who, status in ((cast.malee, {403}), (cast.somchai, {404}), (cast.wipa, {302})):
        client.force_login(who)
        assert client.post(f"/office/workshops/centers/{workshop.center_id}/calendar/").status_code in status
    assert CalendarFeed.objects.get().center == workshop.center


# --- the days of one seat -------------------------------------------------------------------------
def test_the_days_of_a_confirmed_seat_can_be_kept(client: Client, seat: Seat, malee: Any) -> None:
    client.force_login(malee)
    answer = client.get(f"/my/workshops/{seat.pk}/calendar.ics")
    assert len(read(answer.content).events) == 2
    assert b"METHOD:PUBLISH" in answer.content
    Seat.objects.update(state=SeatState.WAITING, queue_number=1)
    assert client.get(f"/my/workshops/{seat.pk}/calendar.ics").status_code == 404


def test_the_days_of_somebody_elses_seat_cannot(client: Client, seat: Seat, cast: Cast) -> None:
    assert client.get(f"/my/workshops/{seat.pk}/calendar.ics").status_code == 302
    client.force_login(cast.krit)
    assert client.get(f"/my/workshops/{seat.pk}/calendar.ics").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_a_calendar_costs_the_same_for_one_workshop_and_for_thirty(
    client: Client,
    cast: Cast,
    mine: CalendarFeed,
    centers: CalendarFeed,
    count: int,
    django_assert_num_queries: Callable[..., Any],
) -> None:
    for _number in range(count):
        make_seat(make_workshop(cast.wipa, FIRST_DAY), cast.board_seat, confirmed_at=NOW)
    with django_assert_num_queries(5):  # the address · seats · training · sessions · rooms and trainers
        assert len(entries(client, mine)) == count
    with django_assert_num_queries(4):  # the address · workshops · sessions · rooms and trainers
        assert len(entries(client, centers)) == count + 2

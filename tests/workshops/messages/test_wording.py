"""What a message says stands fast only when it is sent; what is no longer true is not said."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from wagtail.log_actions import log

from learning.workshops import telling, wording
from learning.workshops.choices import MessageKind, SeatState, WorkshopState
from learning.workshops.models import ScheduledMessage, Seat, Workshop
from tests.cast import Cast
from tests.workshops.messages.conftest import BANGKOK, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def said(seat: Seat, kind: str, occasion: str = "") -> wording.Words | None:
    """What a message of this kind says to the person of a seat now."""
    seat.refresh_from_db()
    workshop = Workshop.objects.select_related("center", "province", "district").get(pk=seat.workshop_id)
    message = ScheduledMessage(
        pk=0,
        key=f"{kind}:{seat.pk}:{occasion}".rstrip(":"),
        kind=kind,
        workshop=workshop,
        seat=seat,
        user=seat.user,
        due_at=NOW,
    )
    return wording.compose(message)


def is_said(seat: Seat, kind: str, occasion: str = "") -> bool:
    return said(seat, kind, occasion) is not None


def test_a_confirmation_tells_when_where_and_whom_to_ask(seat: Seat) -> None:
    words = said(seat, MessageKind.CONFIRMATION)
    assert words
    assert words.title == "Your seat is confirmed: ตรวจนับเงินสดและควบคุมภายใน"
    assert words.url == f"/my/workshops/{seat.pk}/"
    assert words.details.splitlines() == [
        "Workshop: ตรวจนับเงินสดและควบคุมภายใน",
        "10 ธันวาคม 2569, 09:00–16:00",
        "11 ธันวาคม 2569, 09:00–16:00",
        "Place: ห้องรวงข้าว อาคารฝึกอบรม",
        "Questions: นางสาววิภา ใฝ่เรียน 056 411 222",
    ]
    assert words.method == "PUBLISH"
    assert words.calendar.count(b"BEGIN:VEVENT") == 2


def test_who_has_no_address_needs_no_calendar_file(seat: Seat, malee: Any) -> None:
    malee.email = ""
    malee.save()
    words = said(seat, MessageKind.CONFIRMATION)
    assert words
    assert (words.calendar, words.method) == (b"", None)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (MessageKind.CONFIRMATION, SeatState.CANCELLED),
        (MessageKind.PROMOTION, SeatState.CANCELLED),
        (MessageKind.WEEK_BEFORE, SeatState.CANCELLED),
        (MessageKind.CHANGE, SeatState.CANCELLED),
        (MessageKind.WAITING, SeatState.CONFIRMED),
        (MessageKind.DECLINED, SeatState.CONFIRMED),
        (MessageKind.CANCELLATION, SeatState.CONFIRMED),
        (MessageKind.THANKS, SeatState.ABSENT),
        (MessageKind.FOLLOW_UP, SeatState.ABSENT),
        (MessageKind.UNREACHABLE, SeatState.CANCELLED),
    ],
)
def test_what_a_seat_has_moved_on_from_is_not_said(seat: Seat, kind: str, state: str) -> None:
    Seat.objects.filter(pk=seat.pk).update(state=state)
    assert not is_said(seat, kind, "0" if kind == MessageKind.CHANGE else "")


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (MessageKind.PROMOTION, SeatState.CONFIRMED),
        (MessageKind.DECLINED, SeatState.DECLINED),
        (MessageKind.CANCELLATION, SeatState.CANCELLED),
        (MessageKind.THANKS, SeatState.ATTENDED),
        (MessageKind.FOLLOW_UP, SeatState.ATTENDED),
        (MessageKind.UNREACHABLE, SeatState.CONFIRMED),
    ],
)
def test_what_is_true_is_said(seat: Seat, kind: str, state: str) -> None:
    Seat.objects.filter(pk=seat.pk).update(state=state)
    assert is_said(seat, kind)


@pytest.mark.parametrize("kind", [MessageKind.CONFIRMATION, MessageKind.WEEK_BEFORE, MessageKind.CHANGE])
def test_a_cancelled_workshop_is_only_told_as_cancelled(seat: Seat, workshop: Workshop, kind: str) -> None:
    Workshop.objects.filter(pk=workshop.pk).update(
        state=WorkshopState.CANCELLED, cancel_reason="ฝนตกหนัก", cancelled_at=NOW
    )
    assert not is_said(seat, kind, "0" if kind == MessageKind.CHANGE else "")
    words = said(seat, MessageKind.CANCELLATION, "office")
    assert words
    assert words.text == "The workshop does not take place. The reason: ฝนตกหนัก"
    assert (words.method, words.calendar.count(b"STATUS:CANCELLED")) == ("CANCEL", 2)


def test_an_account_that_is_closed_hears_nothing(seat: Seat, malee: Any) -> None:
    malee.is_active = False
    malee.save()
    assert not is_said(seat, MessageKind.CONFIRMATION)


@pytest.mark.parametrize(
    ("day", "week_before", "day_before"),
    [
        (3, "In 7 days: ", None),
        (8, "In 2 days: ", None),  # the worker was away for five days
        (9, None, "Tomorrow: "),
        (10, None, None),
    ],
)
def test_a_reminder_counts_the_days_that_are_left(
    seat: Seat, clock: Any, day: int, week_before: str | None, day_before: str | None
) -> None:
    clock.move_to(datetime(2026, 12, day, 8, 1, tzinfo=BANGKOK))
    for kind, begin in ((MessageKind.WEEK_BEFORE, week_before), (MessageKind.DAY_BEFORE, day_before)):
        words = said(seat, kind)
        assert (words.title if words else None) == (f"{begin}ตรวจนับเงินสดและควบคุมภายใน" if begin else None)


def test_the_place_in_line_is_that_of_the_moment(seats_of: Callable[..., list[Seat]]) -> None:
    first, second = seats_of(2, state=SeatState.WAITING)
    words = said(second, MessageKind.WAITING)
    assert words
    assert words.text.startswith("You are number 2 in line.")
    Seat.objects.filter(pk=first.pk).update(state=SeatState.CANCELLED)
    words = said(second, MessageKind.WAITING)
    assert words
    assert words.text.startswith("You are number 1 in line.")


def test_of_two_changes_that_wait_the_later_tells_both(seat: Seat, workshop: Workshop) -> None:
    workshop.change_note = "ย้ายห้อง"
    workshop.save()
    telling.workshop_changed(workshop)
    workshop.revision += 1
    workshop.save()
    telling.workshop_changed(workshop)
    first, second = ScheduledMessage.objects.filter(kind="change").select_related("workshop__center", "seat", "user")
    assert wording.compose(first) is None
    words = wording.compose(second)
    assert words
    assert words.text == "ย้ายห้อง This holds now."


def test_a_change_reaches_who_waits_without_a_calendar_file(seats_of: Callable[..., list[Seat]]) -> None:
    (waits,) = seats_of(1, state=SeatState.WAITING, email="waits@example.org")
    words = said(waits, MessageKind.CHANGE, "1")
    assert words
    assert words.calendar == b""


def test_own_words_are_said_as_they_were_written(seat: Seat, workshop: Workshop, cast: Cast) -> None:
    entry = log(
        workshop,
        "workshops.tell",
        user=cast.wipa,
        uuid="6f1f4f43-90d2-4a6e-9c68-0b8f8a1f2b11",
        data={"text": "เอาสมุดบัญชีมาด้วย\n100% จริง"},
    )
    words = said(seat, MessageKind.CHANGE, str(entry.uuid))
    assert words
    assert words.text == "เอาสมุดบัญชีมาด้วย\n100% จริง"


@pytest.mark.parametrize(
    ("occasion", "begin"),
    [("office", "The office has cancelled your seat. The reason: ไม่ว่าง"), ("", "Thank you for saying so.")],
)
def test_who_cancelled_is_in_the_words(seat: Seat, occasion: str, begin: str) -> None:
    Seat.objects.filter(pk=seat.pk).update(state=SeatState.CANCELLED, reason="ไม่ว่าง", ended_at=NOW)
    words = said(seat, MessageKind.CANCELLATION, occasion)
    assert words
    assert words.text.startswith(begin)


def test_who_never_had_the_days_in_a_calendar_gets_none_to_cancel(seats_of: Callable[..., list[Seat]]) -> None:
    (waits,) = seats_of(1, state=SeatState.WAITING, email="waits@example.org")
    Seat.objects.filter(pk=waits.pk).update(state=SeatState.CANCELLED)
    words = said(waits, MessageKind.CANCELLATION)
    assert words
    assert words.calendar == b""


@pytest.mark.parametrize(("has_evaluated", "url"), [(False, "/workshops/{}/evaluation/"), (True, "/my/workshops/{}/")])
def test_the_thanks_lead_to_the_evaluation_until_it_is_sent(seat: Seat, has_evaluated: bool, url: str) -> None:
    Seat.objects.filter(pk=seat.pk).update(state=SeatState.ATTENDED, has_evaluated=has_evaluated)
    words = said(seat, MessageKind.THANKS)
    assert words
    assert words.url == url.format(seat.pk if has_evaluated else seat.workshop_id)


def test_who_has_answered_the_follow_up_is_not_asked_again(seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk).update(state=SeatState.ATTENDED, has_followed_up=True)
    assert not is_said(seat, MessageKind.FOLLOW_UP)


def test_a_title_with_signs_of_percent_breaks_nothing(seat: Seat, workshop: Workshop, clock: Any) -> None:
    workshop.title = "ลดต้นทุน 100% %(x)s"
    workshop.save()
    clock.move_to(NOW + timedelta(days=13))
    for kind in (MessageKind.CONFIRMATION, MessageKind.WEEK_BEFORE):
        words = said(seat, kind)
        assert words
        assert words.title.endswith(": ลดต้นทุน 100% %(x)s")


def test_every_kind_of_message_has_its_words() -> None:
    assert set(wording.WORDS) == set(MessageKind)

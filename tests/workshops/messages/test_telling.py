"""What waits for whom, and when: a message for each thing that happens to a seat."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from learning.workshops import telling
from learning.workshops.choices import MessageState, SeatState
from learning.workshops.models import ScheduledMessage, Seat, Workshop
from tests.workshops.messages.conftest import BANGKOK, FIRST_DAY, NOW

pytestmark = pytest.mark.django_db


def waiting(**fields: object) -> list[tuple[str, datetime]]:
    """Kind and moment of all that waits, in their order."""
    found = ScheduledMessage.objects.filter(state=MessageState.WAITING, **fields)
    return [(message.kind, message.due_at.astimezone(BANGKOK)) for message in found]


def eight_on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=BANGKOK)


def states(kind: str) -> list[str]:
    return list(ScheduledMessage.objects.filter(kind=kind).order_by("pk").values_list("state", flat=True))


def move_to(workshop: Workshop, first_on: date) -> Workshop:
    workshop.first_on, workshop.last_on = first_on, first_on + timedelta(days=1)
    workshop.revision += 1
    workshop.save()
    return workshop


def test_a_confirmed_seat_has_a_confirmation_and_two_reminders(seat: Seat) -> None:
    telling.seats_confirmed([seat])
    assert waiting() == [
        ("confirmation", NOW),
        ("week_before", eight_on(date(2026, 12, 3))),
        ("day_before", eight_on(date(2026, 12, 9))),
    ]
    assert set(ScheduledMessage.objects.values_list("key", flat=True)) == {
        f"confirmation:{seat.pk}",
        f"week_before:{seat.pk}",
        f"day_before:{seat.pk}",
    }


def test_telling_twice_tells_once(seat: Seat) -> None:
    for _twice in range(2):
        telling.seats_confirmed([seat])
    assert ScheduledMessage.objects.count() == 3


def test_a_reminder_whose_day_has_passed_is_not_made(seat: Seat, clock: Any) -> None:
    clock.move_to(datetime(2026, 12, 3, 8, 0, tzinfo=BANGKOK))  # the very minute of the first reminder
    telling.seats_confirmed([seat])
    assert [kind for kind, _due_at in waiting()] == ["confirmation", "day_before"]


def test_somebody_from_the_waiting_list_is_told_of_that(seat: Seat) -> None:
    telling.seats_confirmed([seat], promoted=True)
    assert [kind for kind, _due_at in waiting()] == ["promotion", "week_before", "day_before"]


def test_a_workshop_that_moves_takes_its_reminders_along(seat: Seat, workshop: Workshop) -> None:
    telling.seats_confirmed([seat])
    telling.workshop_changed(move_to(workshop, date(2027, 1, 14)))
    assert waiting() == [
        ("confirmation", NOW),
        ("change", NOW),
        ("week_before", eight_on(date(2027, 1, 7))),
        ("day_before", eight_on(date(2027, 1, 13))),
    ]
    assert ScheduledMessage.objects.count() == 4


def test_a_workshop_that_comes_nearer_drops_the_reminder_of_a_day_that_has_passed(
    seat: Seat, workshop: Workshop
) -> None:
    telling.seats_confirmed([seat])
    telling.workshop_changed(move_to(workshop, date(2026, 11, 24)))
    assert waiting(kind__endswith="before") == [("day_before", eight_on(date(2026, 11, 23)))]
    assert states("week_before") == ["skipped"]


def test_who_was_reminded_already_is_reminded_again_before_the_new_day(seat: Seat, workshop: Workshop) -> None:
    telling.seats_confirmed([seat])
    ScheduledMessage.objects.filter(kind="week_before").update(state=MessageState.SENT, sent_at=NOW)
    telling.workshop_changed(move_to(workshop, date(2027, 1, 14)))
    assert waiting(kind="week_before") == [("week_before", eight_on(date(2027, 1, 7)))]
    assert states("week_before") == ["sent", "waiting"]


def test_everybody_with_a_live_seat_hears_of_a_change_once_for_each_revision(
    workshop: Workshop, seats_of: Callable[..., list[Seat]]
) -> None:
    people = [*seats_of(2), *seats_of(1, state=SeatState.WAITING), *seats_of(1, state=SeatState.REQUESTED)]
    seats_of(1, state=SeatState.CANCELLED)
    for _twice in range(2):
        telling.workshop_changed(workshop)
    assert list(ScheduledMessage.objects.filter(kind="change").values_list("seat", flat=True)) == [
        one.pk for one in people
    ]
    telling.workshop_changed(move_to(workshop, FIRST_DAY))
    assert ScheduledMessage.objects.filter(kind="change").count() == 8


def test_only_who_has_a_seat_is_reminded(workshop: Workshop, seats_of: Callable[..., list[Seat]]) -> None:
    seats_of(1, state=SeatState.WAITING)
    telling.workshop_changed(workshop)
    assert [kind for kind, _due_at in waiting()] == ["change"]


def test_a_cancelled_seat_drops_what_waits_for_it_and_for_nobody_else(
    seat: Seat, seats_of: Callable[..., list[Seat]]
) -> None:
    (other,) = seats_of(1)
    telling.seats_confirmed([seat, other])
    telling.seats_cancelled([seat])
    assert [kind for kind, _due_at in waiting(seat=seat)] == ["cancellation"]
    assert len(waiting(seat=other)) == 3


def test_the_end_of_a_seat_is_told_even_when_the_workshop_is_cancelled_at_once(
    seat: Seat, workshop: Workshop, seats_of: Callable[..., list[Seat]]
) -> None:
    others = seats_of(2)
    telling.seats_confirmed([seat, *others])
    telling.seats_cancelled([seat], by_office=True)
    telling.workshop_cancelled(workshop, others)
    assert [kind for kind, _due_at in waiting()] == ["cancellation"] * 3


def test_who_is_declined_hears_it(seats_of: Callable[..., list[Seat]]) -> None:
    telling.seats_declined(seats_of(1, state=SeatState.DECLINED))
    assert waiting() == [("declined", NOW)]


def test_who_attended_is_thanked_on_the_day_after_and_asked_again_after_ninety_days(
    workshop: Workshop, seats_of: Callable[..., list[Seat]], clock: Any
) -> None:
    (attended,) = seats_of(1, state=SeatState.ATTENDED)
    seats_of(1, state=SeatState.ABSENT)
    clock.move_to(datetime(2026, 12, 11, 16, 30, tzinfo=BANGKOK))
    telling.workshop_held(workshop)
    assert waiting() == waiting(seat=attended)
    assert waiting() == [("thanks", eight_on(date(2026, 12, 12))), ("follow_up", eight_on(date(2027, 3, 11)))]


def test_lost_attendance_is_told_once(seat: Seat) -> None:
    for _scan in range(3):
        telling.attendance_lost([seat])
    assert waiting() == [("unreachable", NOW)]


@pytest.mark.parametrize("count", [1, 30])
def test_telling_costs_the_same_for_one_and_for_thirty(
    seats_of: Callable[..., list[Seat]], count: int, django_assert_num_queries: Any
) -> None:
    seats = seats_of(count)
    # confirmations · workshop · for each of two reminders: move what waits · who has one · make the others
    with django_assert_num_queries(8):
        telling.seats_confirmed(seats)
    assert ScheduledMessage.objects.count() == 3 * count


def test_what_is_due_wakes_the_worker_after_commit_and_what_waits_does_not(
    seat: Seat, workshop: Workshop, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks() as calls:
        telling.seats_confirmed([seat])
    assert len(calls) == 1
    with django_capture_on_commit_callbacks() as calls:
        telling.workshop_held(workshop)
        telling.seats_confirmed([])
    assert calls == []

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from learning.workshops.calendars.events import BANGKOK, Event, Session, day_uid, merge_halves

CHANGED = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)


def half(starts: int, ends: int, topic: str, *, on: int = 26, workshop: int = 7, number: int = 1) -> Session:
    return Session(
        uid=day_uid(workshop, number, "academy.example"),
        title="การบัญชีสหกรณ์",
        topic=topic,
        starts=datetime(2026, 11, on, starts, tzinfo=BANGKOK),
        ends=datetime(2026, 11, on, ends, 30, tzinfo=BANGKOK),
        updated_at=CHANGED,
        place="ห้องอบรม 1",
        description="กลุ่มเกษตรกร",
        sequence=1,
    )


MORNING, AFTERNOON = half(9, 11, "งบทดลอง"), half(13, 16, "งบการเงิน")


def test_a_morning_and_an_afternoon_are_one_event_with_an_agenda() -> None:
    assert merge_halves([AFTERNOON, MORNING]) == [
        Event(
            uid="workshop-7-day-1@academy.example",
            title="การบัญชีสหกรณ์",
            starts=datetime(2026, 11, 26, 2, 0, tzinfo=UTC),
            ends=datetime(2026, 11, 26, 9, 30, tzinfo=UTC),
            updated_at=CHANGED,
            place="ห้องอบรม 1",
            description="กลุ่มเกษตรกร\n09:00–11:30 งบทดลอง\n13:00–16:30 งบการเงิน",
            sequence=1,
        )
    ]


def test_a_half_in_another_room_says_where() -> None:
    (day,) = merge_halves([MORNING, replace(AFTERNOON, place="สหกรณ์การเกษตร")])
    assert day.place == "ห้องอบรม 1"
    assert day.description.splitlines()[-1] == "13:00–16:30 งบการเงิน (สหกรณ์การเกษตร)"


def test_a_cancelled_half_shortens_the_day_and_still_counts_as_a_change() -> None:
    later = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
    (day,) = merge_halves([MORNING, replace(AFTERNOON, is_cancelled=True, sequence=2, updated_at=later)])
    assert (day.ends, day.is_cancelled, day.sequence, day.updated_at) == (MORNING.ends, False, 2, later)
    assert day.description == "กลุ่มเกษตรกร\n09:00–11:30 งบทดลอง"


def test_a_day_whose_halves_are_all_cancelled_is_cancelled() -> None:
    (day,) = merge_halves([replace(part, is_cancelled=True) for part in (MORNING, AFTERNOON)])
    assert (day.is_cancelled, day.starts, day.ends) == (True, MORNING.starts, AFTERNOON.ends)


def test_days_come_in_order_and_two_workshops_on_one_day_stay_two() -> None:
    other = half(9, 11, "สหกรณ์ออมทรัพย์", workshop=8)
    second = half(9, 11, "งบกระแสเงินสด", on=27, number=2)
    assert [day.uid for day in merge_halves([second, other, MORNING, AFTERNOON])] == [
        "workshop-7-day-1@academy.example",
        "workshop-8-day-1@academy.example",
        "workshop-7-day-2@academy.example",
    ]


def test_one_name_on_two_days_is_refused() -> None:
    with pytest.raises(ValueError, match="more than one day"):
        merge_halves([MORNING, half(13, 16, "งบการเงิน", on=27)])

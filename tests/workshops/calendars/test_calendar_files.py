"""What the site writes is read by a parser that shares no code with the writer (package ical, not icalendar)."""

import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st
from ical.calendar import Calendar
from ical.calendar_stream import IcsCalendarStream

from learning.workshops.calendars.events import BANGKOK, Event, calendar_file

MORNING = datetime(2026, 11, 26, 9, 0, tzinfo=BANGKOK)
TITLE = "การอบรมการจัดทำบัญชีสหกรณ์; ขั้นต้น, รุ่นที่ ๒ สำหรับคณะกรรมการดำเนินการและผู้ตรวจสอบกิจการ"
PLACE = "ห้องอบรม 1 ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์ที่ 15"


def day(number: int = 1, **changes: Any) -> Event:
    starts = MORNING + timedelta(days=number - 1)
    return Event(
        **{
            "uid": f"workshop-1-day-{number}@academy.example",
            "title": TITLE,
            "starts": starts,
            "ends": starts + timedelta(hours=7, minutes=30),
            "place": PLACE,
            "description": "วิทยากร: วิภา\nนำเครื่องคิดเลขมาด้วย",
            "url": "https://academy.example/workshops/1/",
            "sequence": 2,
            "updated_at": datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC),
            "organizer_name": "ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์ที่ 15",
            "organizer_email": "center15@academy.example",
        }
        | changes
    )


def read(written: bytes) -> Calendar:
    return IcsCalendarStream.calendar_from_ics(written.decode())


def in_bangkok(calendar: Calendar) -> list[tuple[datetime, datetime]]:
    """Start and end of each entry in UTC. An entry without a zone is an error: a phone abroad would move it."""
    floating = [event.uid for event in calendar.events if event.dtstart.tzinfo is None]
    assert floating == []
    return [(event.dtstart.astimezone(UTC), event.dtend.astimezone(UTC)) for event in calendar.events]


# --- what a program reads ------------------------------------------------------------------------
def test_nine_in_bangkok_is_two_of_the_clock_in_utc() -> None:
    assert in_bangkok(read(calendar_file([day()], method="PUBLISH"))) == [
        (datetime(2026, 11, 26, 2, 0, tzinfo=UTC), datetime(2026, 11, 26, 9, 30, tzinfo=UTC))
    ]


def test_an_instant_from_the_database_is_written_in_bangkok_time() -> None:
    stored = day(starts=datetime(2026, 11, 26, 2, 0, tzinfo=UTC), ends=datetime(2026, 11, 26, 9, 30, tzinfo=UTC))
    assert calendar_file([stored], method="PUBLISH") == calendar_file([day()], method="PUBLISH")
    assert b"\r\nDTSTART;TZID=Asia/Bangkok:20261126T090000\r\n" in calendar_file([stored], method="PUBLISH")


@pytest.mark.parametrize("mutant", [r":\1", r":\1Z"], ids=["floating", "UTC"])
def test_times_without_their_zone_are_caught(mutant: str) -> None:
    spoilt, count = re.subn(r";TZID=Asia/Bangkok:(\w+)", mutant, calendar_file([day()], method="PUBLISH").decode())
    assert count == 2
    with pytest.raises(AssertionError):
        assert in_bangkok(read(spoilt.encode()))[0][0] == datetime(2026, 11, 26, 2, 0, tzinfo=UTC)


def test_the_zone_of_the_file_itself_says_seven_hours() -> None:
    (zone,) = read(calendar_file([day()], method="PUBLISH")).timezones
    assert (zone.tz_id, [rule.tz_offset_to.offset for rule in zone.standard], zone.daylight) == (
        "Asia/Bangkok",
        [timedelta(hours=7)],
        [],
    )


def test_thai_text_comes_back_as_it_was() -> None:
    (event,) = read(calendar_file([day()], method="PUBLISH")).events
    assert (event.summary, event.location, event.description, str(event.url)) == (
        TITLE,
        PLACE,
        "วิทยากร: วิภา\nนำเครื่องคิดเลขมาด้วย\nhttps://academy.example/workshops/1/",
        "https://academy.example/workshops/1/",
    )
    assert (event.organizer.common_name, str(event.organizer.uri)) == (
        "ศูนย์ถ่ายทอดเทคโนโลยีการสหกรณ์ที่ 15",
        "mailto:center15@academy.example",
    )


def test_an_entry_carries_its_name_its_number_and_its_last_change() -> None:
    (event,) = read(calendar_file([day()], method="PUBLISH")).events
    assert (event.uid, event.sequence, event.status, event.dtstamp, event.last_modified) == (
        "workshop-1-day-1@academy.example",
        2,
        "CONFIRMED",
        datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC),
        datetime(2026, 11, 20, 3, 4, 5, tzinfo=UTC),
    )


# --- tickets, feeds, cancellation ----------------------------------------------------------------
def test_a_ticket_reminds_a_day_before() -> None:
    ticket = read(calendar_file([day()], method="PUBLISH", language="en"))
    (alarm,) = ticket.events[0].alarm
    assert (alarm.action, alarm.trigger, alarm.description) == ("DISPLAY", timedelta(days=-1), f"Tomorrow: {TITLE}")
    assert [extra.name for extra in ticket.extras] == []


def test_a_feed_has_a_name_and_says_when_to_come_again_and_leaves_reminding_to_the_program() -> None:
    feed = calendar_file([day()], method=None, name="การอบรมของมาลี")
    assert [event.alarm for event in read(feed).events] == [[]]
    found = dict(re.findall(rb"^(NAME|X-WR-[A-Z]+|REFRESH-INTERVAL[^:]*|X-PUBLISHED-TTL):(.*)\r$", feed, re.M))
    assert {key.decode(): value.decode() for key, value in found.items()} == {
        "NAME": "การอบรมของมาลี",
        "X-WR-CALNAME": "การอบรมของมาลี",
        "X-WR-TIMEZONE": "Asia/Bangkok",
        "REFRESH-INTERVAL;VALUE=DURATION": "PT1H",
        "X-PUBLISHED-TTL": "PT1H",
    }


@pytest.mark.parametrize("method", ["PUBLISH", None])
def test_the_method_is_written_when_there_is_one(method: Any) -> None:
    assert read(calendar_file([day()], method=method)).method == method


def test_a_feed_without_events_is_still_a_calendar() -> None:
    assert read(calendar_file([], method=None, name="ว่าง")).events == []


def test_a_cancelled_event_says_so_frees_the_day_and_reminds_nobody() -> None:
    (event,) = read(calendar_file([day(is_cancelled=True)], method="CANCEL", language="en")).events
    assert (event.status, event.summary, event.transparency, event.alarm) == (
        "CANCELLED",
        f"Cancelled: {TITLE}",
        "TRANSPARENT",
        [],
    )


def test_a_feed_shows_what_is_cancelled_beside_what_takes_place() -> None:
    feed = read(calendar_file([day(1, is_cancelled=True), day(2)], method=None, name="ศูนย์ฯ 15"))
    assert [(event.uid[:16], event.status) for event in feed.events] == [
        ("workshop-1-day-1", "CANCELLED"),
        ("workshop-1-day-2", "CONFIRMED"),
    ]


def test_a_request_names_who_is_asked() -> None:
    asked = day(attendee_name="มาลี", attendee_email="malee@academy.example")
    (event,) = read(calendar_file([asked], method="REQUEST")).events
    assert [(person.common_name, str(person.uri)) for person in event.attendees] == [
        ("มาลี", "mailto:malee@academy.example")
    ]


@pytest.mark.parametrize(
    ("event", "method"),
    [
        (day(), "REQUEST"),
        (day(organizer_email="", attendee_email="malee@academy.example"), "REQUEST"),
        (day(organizer_email="", is_cancelled=True), "CANCEL"),
        (day(), "CANCEL"),
    ],
    ids=["nobody is asked", "nobody asks", "nobody cancels", "it takes place"],
)
def test_a_method_that_the_event_does_not_fit_is_refused(event: Event, method: Any) -> None:
    with pytest.raises(ValueError, match=event.uid):
        calendar_file([event], method=method)


# --- the bytes -----------------------------------------------------------------------------------
texts = st.text(st.characters(codec="utf-8"), max_size=200) | st.text('กขคงที่ำเแ้็์ฯๆ ;,\\:"\r\n\t', max_size=200)


@given(title=texts, place=texts, description=texts, organizer=texts)
@example(
    title="ก" * 200,
    place="\r\nX-EVIL:1",
    description="\nEND:VEVENT\x00\x0b\x85\u2028X-EVIL:1",
    organizer='"; X=1:\nATTENDEE:mailto:a@b',
)
def test_no_text_breaks_a_line_or_makes_one(title: str, place: str, description: str, organizer: str) -> None:
    written = calendar_file(
        [day(title=title, place=place, description=description, organizer_name=organizer)], method="PUBLISH"
    )
    lines = written.split(b"\r\n")
    assert lines[-1] == b""
    assert [line for line in lines if len(line) > 75] == []
    assert re.findall(r"[\x00-\x1f\x7f\x85\u2028\u2029]", written.decode().replace("\r\n", "")) == []
    for line in lines:
        line.decode()  # no line ends inside a letter
    names = re.findall(r"^([A-Z-]+)[:;]", written.decode().replace("\r\n ", ""), re.M)
    assert [name for name in names if name in {"X-EVIL", "ATTENDEE"}] == []
    assert (names.count("BEGIN"), names.count("END")) == (5, 5)


def test_the_same_events_give_the_same_bytes_in_any_order_and_at_any_time() -> None:
    days = [day(number) for number in range(1, 6)]
    with time_machine.travel(datetime(2026, 11, 21, 3, 0, tzinfo=UTC)):
        once = calendar_file(days, method=None, name="ศูนย์ฯ 15")
    with time_machine.travel(datetime(2027, 3, 1, 20, 0, tzinfo=UTC)), timezone.override("America/Lima"):
        assert calendar_file(reversed(days), method=None, name="ศูนย์ฯ 15") == once
    assert calendar_file([replace(days[0], sequence=3), *days[1:]], method=None, name="ศูนย์ฯ 15") != once


def test_three_hundred_events_are_written_and_read_within_a_second() -> None:
    days = [day(number) for number in range(1, 301)]
    begun = time.process_time()
    written = calendar_file(days, method=None, name="ศูนย์ฯ 15")
    assert time.process_time() - begun < 1
    assert len(read(written).events) == 300


# --- what is no event ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "changes",
    [
        {"starts": datetime(2026, 11, 26, 9, 0)},
        {"ends": datetime(2026, 11, 26, 16, 0)},
        {"updated_at": datetime(2026, 11, 26, 16, 0)},
        {"ends": MORNING},
        {"sequence": -1},
        {"uid": ""},
        {"uid": "1\r\nATTENDEE:mailto:a@b"},
        {"url": "https://academy.example/\r\nX-EVIL:1"},
        {"organizer_email": "a@b.example\r\nX-EVIL:1"},
        {"attendee_email": 'a"@b.example'},
    ],
)
def test_what_a_program_could_not_place_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"."):
        day(**changes)


def test_two_events_with_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="same uid"):
        calendar_file([day(), day()], method=None, name="ศูนย์ฯ 15")

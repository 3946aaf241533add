"""Workshop days as an iCalendar file (RFC 5545, 5546 and 7986): a feed to subscribe to, or a ticket by mail.

Why METHOD, SEQUENCE and the address of a feed are as they are: docs/decisions/0018.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import override
from icalendar import Alarm, Calendar, Component, Timezone, TimezoneStandard, vCalAddress, vDuration
from icalendar import Event as CalendarEvent

Method = Literal["PUBLISH", "REQUEST", "CANCEL"]

BANGKOK = ZoneInfo("Asia/Bangkok")
REFRESH = timedelta(hours=1)  # how often a calendar program may ask for a feed again
REMIND = timedelta(days=1)  # how long before its start a ticket reminds
# What no text of RFC 5545 may hold (TSAFE-CHAR), and what some programs take for the end of a line. A line feed
# stays and is escaped.
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]")
# Addresses are written as they are: whatever could end their line or their name is refused.
_ADDRESS = re.compile(r"[^\s\"<>\\^`{|}\x00-\x1f\x7f]+")


@dataclass(frozen=True, kw_only=True)
class Event:
    """One entry in a calendar: a day of a workshop. ValueError when a program could not place it.

    `uid` names the entry for ever: a day that moves keeps it. `sequence` counts from 0 and grows with each change of
    time, place or standing. `updated_at` is the instant of the last change. Instants carry their time zone.
    """

    uid: str
    title: str
    starts: datetime
    ends: datetime
    updated_at: datetime
    place: str = ""
    description: str = ""
    url: str = ""
    sequence: int = 0
    is_cancelled: bool = False
    organizer_name: str = ""
    organizer_email: str = ""
    attendee_name: str = ""
    attendee_email: str = ""

    def __post_init__(self) -> None:
        for name in ("starts", "ends", "updated_at"):
            if getattr(self, name).utcoffset() is None:
                raise ValueError(f"{name} of {self.uid!r} has no time zone.")
        if self.ends <= self.starts:
            raise ValueError(f"{self.uid!r} ends before it starts.")
        if self.sequence < 0:
            raise ValueError(f"The sequence of {self.uid!r} counts from 0.")
        for name in ("uid", "url", "organizer_email", "attendee_email"):
            value = getattr(self, name)
            if (value or name == "uid") and not _ADDRESS.fullmatch(value):
                raise ValueError(f"{name} is no address: {value!r}.")


@dataclass(frozen=True, kw_only=True)
class Session(Event):
    """One part of a workshop day, usually a half-day; `uid` is that of the day, `topic` goes into the agenda."""

    topic: str = ""


def day_uid(workshop_id: int, number: int, host: str) -> str:
    """The lasting name of a workshop's first, second … day (`number` counts from 1) at this site, whenever it is."""
    return f"workshop-{workshop_id}-day-{number}@{host}"


def merge_halves(sessions: Iterable[Session]) -> list[Event]:
    """One event per workshop day, from the first start to the last end, with the parts as agenda in the description.

    Parts of one day share their uid. A cancelled part is left out as long as another one takes place. ValueError for
    parts of one day that lie on two days in Bangkok.
    """
    by_start = sorted(sessions, key=attrgetter("uid", "starts", "ends"))
    days = [_day(list(parts)) for _uid, parts in groupby(by_start, key=attrgetter("uid"))]
    return sorted(days, key=attrgetter("starts", "uid"))


def _day(sessions: list[Session]) -> Event:
    if len({session.starts.astimezone(BANGKOK).date() for session in sessions}) > 1:
        raise ValueError(f"The parts of {sessions[0].uid!r} lie on more than one day.")
    held = [session for session in sessions if not session.is_cancelled] or sessions
    first = held[0]
    whole = {shared.name: getattr(first, shared.name) for shared in fields(Event)}
    return Event(
        **whole
        | {
            "ends": max(session.ends for session in held),
            "description": "\n".join([*filter(None, [first.description]), *_agenda(held)]),
            # Of all parts: what changed the day must be newer than what the program knows.
            "sequence": max(session.sequence for session in sessions),
            "updated_at": max(session.updated_at for session in sessions),
        }
    )


def _agenda(sessions: list[Session]) -> list[str]:
    lines = []
    for session in sessions:
        starts, ends = (moment.astimezone(BANGKOK) for moment in (session.starts, session.ends))
        elsewhere = f"({session.place})" if session.place != sessions[0].place else ""
        lines.append(" ".join(filter(None, [f"{starts:%H:%M}–{ends:%H:%M}", session.topic, elsewhere])))
    return lines


def calendar_file(events: Iterable[Event], *, method: Method | None, name: str = "", language: str = "th") -> bytes:
    """The events as the bytes of an .ics file; the same events give the same bytes, in whatever order.

    With a `name` it is a feed: programs show it under this name and come again every hour. Without, it is a ticket,
    and each event that takes place reminds a day before. `language` is that of the few words of ours.
    ValueError for two events with one uid, for REQUEST or CANCEL without the addresses they need (RFC 5546, 3.2),
    and for CANCEL of an event that takes place.
    """
    ordered = sorted(events, key=attrgetter("starts", "uid"))
    _check(ordered, method)
    calendar = Calendar()
    calendar.add("prodid", f"-//Sahakorn Academy//Workshops//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if method:
        calendar.add("method", method)
    if name:
        # Each program reads another one of these pairs.
        for key in ("name", "x-wr-calname"):
            calendar.add(key, _plain(name))
        calendar.add("x-wr-timezone", BANGKOK.key)
        calendar.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    calendar.add_component(_bangkok())
    with override(language):
        for event in ordered:
            calendar.add_component(_entry(event, reminds=not name))
    return calendar.to_ical()


def _check(events: list[Event], method: Method | None) -> None:
    if len({event.uid for event in events}) < len(events):
        raise ValueError("Two events have the same uid.")
    for event in events:
        if method in {"REQUEST", "CANCEL"} and not event.organizer_email:
            raise ValueError(f"{method} needs the organizer of {event.uid!r}.")
        if method == "REQUEST" and not event.attendee_email:
            raise ValueError(f"REQUEST needs an attendee of {event.uid!r}.")
        if method == "CANCEL" and not event.is_cancelled:
            raise ValueError(f"{event.uid!r} takes place, so CANCEL would be wrong.")


def _plain(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\t", " ")).strip()


def _bangkok() -> Timezone:
    """UTC+7 without summer time, as since 1 April 1920 (IANA time zone database), so no list of changes is needed."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1970, 1, 1))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", BANGKOK.key)
    zone.add_component(standard)
    return zone


def _entry(event: Event, *, reminds: bool) -> Component:
    entry = CalendarEvent()
    title = _plain(event.title)
    # Some programs show a cancelled entry like any other, so its title says it.
    entry.add("summary", _("Cancelled: %(title)s") % {"title": title} if event.is_cancelled else title)
    entry.add("uid", event.uid)
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    entry.add("transp", "TRANSPARENT" if event.is_cancelled else "OPAQUE")
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("dtstart", event.starts.astimezone(BANGKOK))
    entry.add("dtend", event.ends.astimezone(BANGKOK))
    # Some programs never show URL, so the address also ends the description.
    description = "\n".join(filter(None, [_plain(event.description), event.url]))
    for key, value in (("location", _plain(event.place)), ("description", description), ("url", event.url)):
        if value:
            entry.add(key, value)
    for key, label, address in (
        ("organizer", event.organizer_name, event.organizer_email),
        ("attendee", event.attendee_name, event.attendee_email),
    ):
        if address:
            entry.add(key, _person(label, address))
    if reminds and not event.is_cancelled:
        entry.add_component(_reminder(title))
    return entry


def _person(name: str, address: str) -> vCalAddress:
    person = vCalAddress(f"mailto:{address}")
    if label := " ".join(_plain(name).split()):
        person.params["CN"] = label
    return person


def _reminder(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -REMIND)
    alarm.add("description", _("Tomorrow: %(title)s") % {"title": title})
    return alarm

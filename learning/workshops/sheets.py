"""A calendar as it is asked for and laid out: squares of days in a month, rows of half-days in a week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cms.thai.dates import BE_OFFSET, MONTHS, SHORT_MONTHS, format_be
from learning.places.models import TransferCenter
from learning.workshops.choices import Half
from learning.workshops.entries import Entries
from learning.workshops.happenings import BY_ROOM, BY_TRAINER, HALVES, Calendar, Cells, Lane

MONTH, WEEK = "month", "week"
DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything else in it is taken as not asked."""

    view: str
    on: date
    by: str
    resource: int | None
    center: TransferCenter
    has_centers: bool

    def address(self, **changes: object) -> str:
        """This page with something else."""
        asked = {"view": self.view, "on": self.on.isoformat(), "by": self.by, "resource": self.resource}
        if self.has_centers:
            asked["center"] = self.center.pk
        return "?" + urlencode({name: value for name, value in (asked | changes).items() if value})

    @cached_property
    def days(self) -> list[date]:
        """Whole weeks from Sunday to Saturday, as calendars in Thailand are printed."""
        first = self.on.replace(day=1) if self.view == MONTH else self.on
        last = (first + timedelta(days=31)).replace(day=1) - DAY if self.view == MONTH else self.on
        first -= DAY * ((first.weekday() + 1) % 7)
        last += DAY * ((SATURDAY - last.weekday()) % 7)
        return [first + DAY * number for number in range((last - first).days + 1)]

    @property
    def title(self) -> str:
        if self.view == MONTH:
            return f"{MONTHS[self.on.month - 1]} {self.on.year + BE_OFFSET}"
        return _("%(first)s to %(last)s") % {"first": format_be(self.days[0]), "last": format_be(self.days[-1])}

    @property
    def before_url(self) -> str:
        day = (self.on.replace(day=1) - DAY).replace(day=1) if self.view == MONTH else self.on - 7 * DAY
        return self.address(on=day.isoformat())

    @property
    def after_url(self) -> str:
        day = (self.on.replace(day=1) + 31 * DAY).replace(day=1) if self.view == MONTH else self.on + 7 * DAY
        return self.address(on=day.isoformat())

    @property
    def other_view_url(self) -> str:
        return self.address(view=WEEK if self.view == MONTH else MONTH)


def resources(found: Calendar, asked: Asked, *, shows_trainers: bool) -> SafeString:
    """The rooms, then the trainers, each kind under its name."""
    groups = [(BY_ROOM, _("Rooms"))] + ([(BY_TRAINER, _("Trainers"))] if shows_trainers else [])
    lists = []
    for kind, label in groups:
        lanes = [(lane.pk, lane.name) for lane in found.lanes.values() if lane.kind == kind and lane.is_active]
        if lanes:
            lists.append((label, options(lanes, asked.resource)))
    return format_html_join("", '<optgroup label="{}">{}</optgroup>', lists)


def options(pairs: Iterable[tuple[object, object]], chosen: object) -> SafeString:
    """Of a select."""
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, " selected" if value == chosen else "", label) for value, label in pairs),
    )


# --- a month ---------------------------------------------------------------------------------------------
def month(found: Calendar, asked: Asked) -> dict[str, Any]:
    entries, writer = found.by_day(asked.by, asked.resource), Entries()
    cells = []
    for day in asked.days:
        of_day = entries.get(day, [])
        off = found.days_off.get(day, "")
        cells.append(
            {
                "day": day,
                "iso": day.isoformat(),
                "marks": _marks(day, off=bool(off), empty=not of_day and not off, outside=day.month != asked.on.month),
                "heading": _heading(day),
                "off": off,
                "entries": writer.of_day(of_day, day),
            }
        )
    first = [WEEKDAYS_ABBR[(number - 1) % 7] for number in range(7)]
    inside = any(entries.get(day) for day in asked.days if day.month == asked.on.month)
    return {"cells": cells, "weekdays": first, "is_bare": not inside}


def _marks(day: date, *, off: bool, empty: bool, outside: bool = False) -> str:
    """Classes of a day."""
    marks = {
        "is-weekend": day.weekday() in (SATURDAY, SUNDAY),
        "is-off": off,
        "is-outside": outside,
        "is-today": day == timezone.localdate(),
        "is-empty": empty,
    }
    return " ".join(name for name, holds in marks.items() if holds)


def _heading(day: date) -> SafeString:
    """The number in the square of a desk; the whole day on a phone and for a reader."""
    return format_html(
        '<time datetime="{}"><span class="day-name">{} </span><span class="day-number">{}</span>'
        '<span class="day-month"> {}</span></time>',
        day.isoformat(),
        WEEKDAYS[day.weekday()],
        day.day,
        SHORT_MONTHS[day.month - 1],
    )


# --- a week ----------------------------------------------------------------------------------------------
def week(found: Calendar, asked: Asked) -> dict[str, Any]:
    lanes, cells = found.by_lane(asked.by, asked.resource)
    writer = Entries(says_all_day=True)
    rows = [
        {
            "day": day,
            "iso": day.isoformat(),
            "heading": _heading(day),
            "off": found.days_off.get(day, ""),
            "marks": _marks(
                day,
                off=day in found.days_off,
                empty=not any((lane.pk, day, half) in cells for lane in lanes for half in HALVES),
            ),
            "halves": _halves(day, lanes, cells, writer),
        }
        for day in asked.days
    ]
    return {"lanes": lanes, "rows": rows, "is_bare": not cells}


def _halves(day: date, lanes: list[Lane], cells: Cells, writer: Entries) -> list[dict[str, Any]]:
    """Morning and afternoon; what fills the same whole day in a lane is one cell over both."""
    morning, afternoon = HALVES
    both = {
        lane.pk
        for lane in lanes
        if (same := cells.get((lane.pk, day, morning))) and same == cells.get((lane.pk, day, afternoon))
    }
    return [
        {
            "label": Half(half).label,
            "cells": format_html_join(
                "",
                '<td role="cell" data-day="{}" data-label="{}"{}>{}</td>',
                (
                    (
                        day.isoformat(),
                        lane.name,
                        " rowspan=2" if lane.pk in both else "",
                        writer.all(found, day) if (found := cells.get((lane.pk, day, half))) else "",
                    )
                    for lane in lanes
                    if not (half == afternoon and lane.pk in both)
                ),
            ),
        }
        for half in HALVES
    ]

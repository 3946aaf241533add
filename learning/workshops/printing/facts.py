"""What every paper of a workshop says: its title, its days, where and by whom it is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import translation

from certification.rendering.official import formal, printable
from cms.thai.dates import MONTHS, format_be
from cms.thai.digits import to_thai
from learning.workshops.feeds import place_of
from learning.workshops.models import Workshop, WorkshopPaper
from learning.workshops.queries.calendars import Day, days_of

WEEKDAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์")


@dataclass(frozen=True)
class Facts:
    """`printed_at` is given, so that the same facts print the same paper."""

    paper: WorkshopPaper
    workshop: Workshop
    days: tuple[Day, ...]
    printed_at: datetime

    @property
    def title(self) -> str:
        return formal(self.workshop.title)

    @property
    def center(self) -> str:
        return formal(self.workshop.center.name)

    @property
    def place(self) -> str:
        """Where all of it is held: the rooms of all days, each once."""
        return formal(place_of(self.workshop, dict.fromkeys(room for day in self.days for room in day.rooms)))

    @property
    def when(self) -> str:
        return span_of([day.on for day in self.days])

    @property
    def clock(self) -> str:
        """From the first to the last minute of a day, when all days are alike; else of the first."""
        return clock_of(self.days[0]) if self.days else ""

    @property
    def contact(self) -> str:
        return " ".join(filter(None, (printable(self.workshop.contact), formal(self.workshop.contact_phone))))


def facts_of(paper: WorkshopPaper, *, printed_at: datetime) -> Facts:
    """`paper` with its workshop, the center and the places of that; two more queries."""
    with translation.override("th"):
        days = tuple(days_of([paper.workshop])[paper.workshop_id])
        if paper.session:
            days = tuple(day for day in days if day.on == paper.session.day)
        return Facts(paper, paper.workshop, days, printed_at)


def day_of(on: date, *, weekday: bool = True) -> str:
    """วันจันทร์ที่ ๒๓ พฤศจิกายน ๒๕๖๙, as in letters; without the day of the week: ๒๓ พฤศจิกายน ๒๕๖๙."""
    written = to_thai(format_be(on, "long"))
    return f"วัน{WEEKDAYS[on.weekday()]}ที่ {written}" if weekday else written


def span_of(days: Sequence[date]) -> str:
    """All days of a workshop in one phrase: ๒๓ – ๒๔ พฤศจิกายน ๒๕๖๙, or each by itself when they are not in a row."""
    if not days:
        return ""
    first, last = days[0], days[-1]
    if first == last:
        return day_of(first)
    if (last - first).days != len(days) - 1:
        return f"วันที่ {', '.join(day_of(on, weekday=False) for on in days)}"
    begin = str(first.day)
    if first.month != last.month:
        begin = f"{first.day} {MONTHS[first.month - 1]}"
    if first.year != last.year:
        begin = format_be(first, "long")
    return f"วันที่ {to_thai(begin)} – {day_of(last, weekday=False)}"


def clock_of(day: Day) -> str:
    """๐๙.๐๐ – ๑๖.๐๐ น."""
    return f"{hour_of(day.parts[0].session.starts)} – {hour_of(day.parts[-1].session.ends)} น."


def hour_of(moment: time) -> str:
    return to_thai(f"{moment:%H.%M}")

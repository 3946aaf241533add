"""The lines of a sheet that are made of numbers and days, in Thai and in English. Pure.

A paper of record has its words here, not in the catalog: no language setting can change them.
"""

from datetime import date
from decimal import Decimal

from certification.rendering.facts import PrintedFacts
from cms.thai.dates import format_be
from cms.thai.digits import to_thai

MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def completed(facts: PrintedFacts) -> tuple[str, str]:
    """Hours and day, or hours and the days from the first to the last, as two parts that may stand on two lines."""
    hours = f"จำนวน {to_thai(_plain(facts.hours))} ชั่วโมง"
    last = format_be(facts.completed_on, "formal")
    first_on = _first_day(facts)
    if first_on is None:
        return hours, f"เมื่อวันที่ {last}"
    first = format_be(first_on, "formal")
    if (first_on.year, first_on.month) == (facts.completed_on.year, facts.completed_on.month):
        first = to_thai(first_on.day)
    return hours, f"ระหว่างวันที่ {first} ถึงวันที่ {last}"


def issued(facts: PrintedFacts) -> str:
    return f"ให้ไว้ ณ วันที่ {format_be(facts.issued_on, 'formal')}"


def valid_until(facts: PrintedFacts) -> str:
    """Empty for a certificate that does not expire."""
    return f"ใช้ได้ถึง {format_be(facts.valid_until, 'formal')}" if facts.valid_until else ""


def completed_en(facts: PrintedFacts) -> str:
    """Hours, days of the training, day of issue, as one line."""
    hours = _plain(facts.hours)
    first_on, last = _first_day(facts), english(facts.completed_on)
    days = f"from {english(first_on)} to {last}" if first_on else f"on {last}"
    return f"{hours} {'hour' if hours == '1' else 'hours'}, {days}. Given on {english(facts.issued_on)}."


def valid_until_en(facts: PrintedFacts) -> str:
    return f"Valid until {english(facts.valid_until)}" if facts.valid_until else ""


def english(day: date) -> str:
    """5 January 2027."""
    return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"


def _first_day(facts: PrintedFacts) -> date | None:
    """The first day, where it is another one than the last."""
    return facts.started_on if facts.started_on and facts.started_on < facts.completed_on else None


def _plain(hours: Decimal) -> str:
    return f"{hours.normalize():f}"

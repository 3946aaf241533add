"""The days of a workshop in a few words."""

from datetime import date

from cms.thai.dates import MONTHS, format_be


def days_in_words(first: date | None, last: date | None) -> str:
    """From the first to the last day in the Buddhist Era, saying month and year once: 12–14 มกราคม 2570."""
    if first is None or last is None or first == last:
        return format_be(first) if first else ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{format_be(last)}"
    if first.year == last.year:
        return f"{first.day} {MONTHS[first.month - 1]} – {format_be(last)}"
    return f"{format_be(first)} – {format_be(last)}"

"""The agenda: each day with its hours, what happens then, and who teaches."""

import re
from datetime import time
from typing import Any

from django.utils.translation import gettext as _

from certification.rendering.official import formal
from cms.thai.digits import to_arabic
from learning.workshops.printing.facts import Facts, day_of, hour_of
from learning.workshops.printing.writing import write
from learning.workshops.queries.calendars import Day, Part

_HOUR = r"(\d{1,2})[.:](\d{2})"
# "09.00 Opening", "09:00 – 10:30 น. Accounts".
_LINE = re.compile(rf"{_HOUR}(?:\s*(?:-|–|ถึง)\s*{_HOUR})?\s*(?:น\.)?\s*(.+)")


def print_agenda(facts: Facts) -> bytes:
    return write("agenda", context_of(facts))


def context_of(facts: Facts) -> dict[str, Any]:
    return {
        "title": _("Agenda"),
        "printed_at": facts.printed_at.isoformat(timespec="seconds"),
        "author": facts.center,
        "workshop": facts.title,
        "when": facts.when,
        "place": facts.place,
        "days": [{"label": day_of(day.on), "lines": lines_of(day), "trainers": trainers_of(day)} for day in facts.days],
        "contact": facts.contact,
        "has_many_days": len(facts.days) > 1,
    }


def lines_of(day: Day) -> list[tuple[str, str]]:
    """(hours, what happens) from the lines that were written; else each part as a whole, with lunch in between."""
    lines: list[tuple[str, str]] = []
    before: time | None = None
    for part in day.parts:
        session = part.session
        written = _written(part)
        lunch_is_written = any(_is_lunch(text) for _hours, text in (*lines, *written))
        if before and before < session.starts and not lunch_is_written:
            lines.append((_hours(before, session.starts), _("Lunch")))
        lines += written or [(_hours(session.starts, session.ends), formal(session.title) or _("Workshop"))]
        before = session.ends
    return lines


def trainers_of(day: Day) -> str:
    return ", ".join(formal(trainer.name) for trainer in day.trainers)


def _written(part: Part) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for line in to_arabic(part.session.agenda).splitlines():
        if match := _LINE.fullmatch(line.strip()):
            hour, minute, last_hour, last_minute, text = match.groups()
            hours = f"{int(hour):02}.{minute}" + (f" – {int(last_hour):02}.{last_minute}" if last_hour else "")
            found.append((formal(f"{hours} น."), formal(text)))
        elif line.strip():
            found.append(("", formal(line)))
    return found


def _is_lunch(text: str) -> bool:
    return "กลางวัน" in text or "เที่ยง" in text


def _hours(starts: time, ends: time) -> str:
    return f"{hour_of(starts)} – {hour_of(ends)} น."

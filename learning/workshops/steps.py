"""What comes next for a workshop: one thing, for the one who looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.thai.dates import format_be
from learning.workshops.choices import WorkshopState
from learning.workshops.models import Workshop
from learning.workshops.queries.calendars import Day


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence; with an address it is done there, by a click (`is_post`: it changes something)."""

    words: str
    url: str = ""
    label: str = ""
    is_post: bool = False


def next_step_of(workshop: Workshop, days: Sequence[Day], *, runs: bool, attends: bool, now: datetime) -> Step:
    """`runs`: the staff of the center looks; `attends`: they, or the office that asked."""
    sessions = [part.session for day in days for part in day.parts]
    begins = min((one.starts_at for one in sessions), default=None)
    ends = max((one.ends_at for one in sessions), default=None)
    is_over, has_begun = bool(ends and ends <= now), bool(begins and begins <= now)
    match workshop.state:
        case WorkshopState.CANCELLED:
            return Step(_("It was cancelled: %(reason)s") % {"reason": workshop.cancel_reason})
        case WorkshopState.REPORTED:
            return Step(
                _("It was held, and its report is closed."), *_page(workshop, "report", _("To the report"), attends)
            )
        case WorkshopState.HELD:
            words = _("It was held. Look over attendance and results, then close the report.")
            return Step(words, *_page(workshop, "results", _("To the results"), attends))
        case WorkshopState.PLANNED if has_begun:
            words = _("Its first session has begun, and registration was never opened. Move it or cancel it.")
            return Step(words, *_page(workshop, "move", _("Move it"), runs))
        case WorkshopState.PLANNED:
            words = _("It is planned; nobody can register yet. Look it over, then open registration.")
            return _button(workshop, words, "open", _("Open registration"), runs)
        case WorkshopState.OPEN if is_over:
            return _button(
                workshop, _("Its days are over. Close registration first."), "close", _("Close registration"), runs
            )
        case WorkshopState.CLOSED if is_over:
            words = _("Its days are over. Enter what is missing of the attendance, then say that it was held.")
            return _button(workshop, words, "hold", _("It was held"), runs)
    today = now.astimezone().date() if begins is None else now.astimezone(begins.tzinfo).date()
    if any(day.on == today for day in days):
        return Step(_("It is held today."), *_page(workshop, "check_in", _("To the door"), attends))
    if workshop.state == WorkshopState.OPEN:
        closes_on = workshop.registration_closes_on
        if closes_on and closes_on < today:
            words = _("The last day to register is past. Close registration.")
            return _button(workshop, words, "close", _("Close registration"), runs)
        words = _("People register. Look after those who wait, and enter groups for organizations.")
        return Step(words, *_page(workshop, "seats", _("To the seats"), True))
    first = format_be(workshop.first_on) if workshop.first_on else ""
    words = _("Registration is closed. Print the papers; the door opens on %(day)s.") % {"day": first}
    return Step(words, *_page(workshop, "papers", _("To the papers"), attends))


def _page(workshop: Workshop, name: str, label: str, may: bool) -> tuple[str, str]:
    return (reverse(f"workshops:{name}", args=[workshop.pk]), label) if may else ("", "")


def _button(workshop: Workshop, words: str, name: str, label: str, may: bool) -> Step:
    if not may:
        return Step(words)
    return Step(words, reverse(f"workshops:{name}", args=[workshop.pk]), label, is_post=True)

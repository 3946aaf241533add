"""Entries of a calendar as small pieces of HTML.

A month may hold some hundreds of them: a template, or `format_html`, costs several times as much for each. So the
pieces are put together here, and everything that comes from people goes through `escape` of the standard library.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.thai.dates import SHORT_MONTHS
from learning.workshops.choices import Half, WorkshopState
from learning.workshops.happenings import HALVES, HOLD, WORKSHOP, Entry, Happening

SHOWN = 4  # of a day; the rest stands folded beneath


class Entries:
    """Writes entries; addresses and words are looked up once for all of them."""

    def __init__(self, *, says_all_day: bool = False) -> None:
        self.says_all_day = says_all_day
        self.addresses = {WORKSHOP: _around("workshops:manage"), HOLD: _around("workshops:request")}
        self.moving = _around("workshops:move")
        self.words = {str(half): escape(half.label) for half in Half} | {
            "all_day": escape(_("All day")),
            "move": escape(_("Move")),
            "seats": escape(_("%(taken)d of %(seats)d seats")),
            "held": escape(_("Held until %(day)s")),
        }
        self.states = {str(state): escape(state.label) for state in WorkshopState}
        self.states |= {"leave": escape(_("Not at work, or out of use")), "taken": ""}
        self._known: dict[Happening, tuple[str, str, str, str]] = {}

    def of_day(self, entries: Sequence[Entry], day: date) -> SafeString:
        """The first of them, the rest folded; nothing for none."""
        left = len(entries) - SHOWN
        if left <= 1:
            return self.all(entries, day)
        more = escape(ngettext("and %(count)d more", "and %(count)d more", left) % {"count": left})
        rest = f'<details class="entries-more"><summary>{more}</summary>{self.all(entries[SHOWN:], day)}</details>'
        return SafeString(f"{self.all(entries[:SHOWN], day)}{rest}")

    def all(self, entries: Iterable[Entry], day: date) -> SafeString:
        """A list of entries of one day; nothing for none."""
        iso = day.isoformat()
        lines = "".join([self._line(entry, iso) for entry in entries])
        return SafeString(f'<ul class="entries">{lines}</ul>' if lines else "")

    def _line(self, entry: Entry, day: str) -> str:
        what = entry.what
        known = self._known.get(what)
        if known is None:
            known = self._known[what] = self._title(what), self._facts(what), self._handle(what), self._end(what)
        title, facts, handle, end = known
        lead = f'<span class="entry-lead">{escape(entry.lead)}</span>' if entry.lead else ""
        beside = " · ".join([part for part in (self._when(entry), facts, *map(escape, entry.beside)) if part])
        if beside:
            beside = f'<span class="entry-facts">{beside}</span>'
        if handle:
            handle = f'{handle} data-on="{day}"'
        return f'<li class="entry is-{what.kind} {what.state}"{handle}>{lead}{title}{beside}{end}</li>'

    def _when(self, entry: Entry) -> str:
        """Which half of the day; in a week the rows say it, so only what fills both is named."""
        if self.says_all_day:
            return self.words["all_day"] if len(entry.halves) == len(HALVES) else ""
        return "" if len(entry.halves) == len(HALVES) else self.words[next(iter(entry.halves))]

    def _title(self, what: Happening) -> str:
        title = escape(what.title)
        if what.pk:
            before, after = self.addresses[what.kind]
            title = f'<a href="{before}{what.pk}{after}">{title}</a>'
        return f'<b class="entry-title">{title}</b>'

    def _facts(self, what: Happening) -> str:
        parts = []
        if what.first_on and what.last_on and what.first_on != what.last_on:
            parts.append(_whole(_span(what.first_on, what.last_on)))
        if what.capacity:
            parts.append(_whole(self.words["seats"] % {"taken": what.taken, "seats": what.capacity}))
        if what.note:
            parts.append(escape(what.note))
        return " · ".join(parts)

    def _handle(self, what: Happening) -> str:
        """What the script needs to drag it: where to ask, and its first day."""
        if not (what.may_move and what.first_on):
            return ""
        return f' data-move="{self.moving[0]}{what.pk}{self.moving[1]}" data-first="{what.first_on.isoformat()}"'

    def _end(self, what: Happening) -> str:
        if what.kind == HOLD:
            state = self.words["held"] % {"day": _short(what.until) if what.until else ""}
        else:
            state = self.states.get(what.state or what.kind, "")
        end = f'<span class="entry-state">{state}</span>'
        if what.may_move:
            named = f'{self.words["move"]}<span class="sr-only"> {escape(what.title)}</span>'
            end += f'<a class="entry-move" href="{self.moving[0]}{what.pk}{self.moving[1]}">{named}</a>'
        return f'<span class="entry-end">{end}</span>' if state or what.may_move else ""


def _short(day: date) -> str:
    """Day and month without the year, which the page names."""
    return f"{day.day} {SHORT_MONTHS[day.month - 1]}"


def _span(first: date, last: date) -> str:
    """7–9 ธ.ค., or 30 พ.ย.–1 ธ.ค."""
    same = (first.year, first.month) == (last.year, last.month)
    return f"{first.day if same else _short(first)}–{_short(last)}"


def _whole(text: str) -> str:
    """Dates and numbers are never broken."""
    return f'<span class="nowrap">{text}</span>'


def _around(name: str) -> tuple[str, str]:
    """What stands before and after the number in an address, so that it is put together without asking the URLs."""
    before, after = reverse(name, args=[0]).rsplit("0", 1)
    return before, after

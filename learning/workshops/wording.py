"""What a message says, from the facts of the moment in which it is sent; nothing, when it is no longer true."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import ModelLogEntry

from cms.thai.dates import format_be
from learning.workshops.calendars.events import Method
from learning.workshops.choices import COMING, MessageKind, MessageState, SeatState, WorkshopState
from learning.workshops.feeds import place_of, seat_file
from learning.workshops.models import ScheduledMessage, Seat, Workshop
from learning.workshops.queries.calendars import Day, days_of

BY_OFFICE = "office"  # the occasion of a cancellation that is not the person's own


@dataclass(frozen=True, slots=True)
class Words:
    """`text` is short, for the site; `details` follow it in the mail. `calendar` is the .ics file of `method`."""

    title: str
    text: str
    url: str
    details: str = ""
    calendar: bytes = b""
    method: Method | None = None

    @property
    def address(self) -> str:
        return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{self.url}"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the words are made of."""

    message: ScheduledMessage
    seat: Seat
    workshop: Workshop
    today: date

    @property
    def occasion(self) -> str:
        """The last part of the key: a revision, the office, the UUID of an officer's own words, or nothing."""
        return ":".join(self.message.key.split(":")[2:])

    @property
    def is_coming(self) -> bool:
        return self.workshop.state in COMING and self.seat.state == SeatState.CONFIRMED


def compose(message: ScheduledMessage) -> Words | None:
    """Put a message into the language of the site. None: the seat or the workshop has moved on, nobody need be told.

    `message` with its workshop, the center of that, its seat and its person.
    """
    if message.seat is None or not message.user.is_active:
        return None
    message.seat.workshop, message.seat.user = message.workshop, message.user
    facts = Facts(message, message.seat, message.workshop, timezone.localdate())
    with translation.override(settings.LANGUAGE_CODE):
        return WORDS[message.kind](facts)


def _confirmation(facts: Facts) -> Words | None:
    if not facts.is_coming:
        return None
    if facts.message.kind == MessageKind.PROMOTION:
        return _with_calendar(
            facts,
            title=_("A seat is yours now: %(title)s"),
            text=_(
                "A seat has become free, and you were the first in line. Your ticket is on this page. If you cannot"
                " come, cancel there, so that the next person gets the seat."
            ),
        )
    return _with_calendar(
        facts,
        title=_("Your seat is confirmed: %(title)s"),
        text=_("You have a seat. Your ticket is on this page; show it at the door."),
    )


def _waiting(facts: Facts) -> Words | None:
    if facts.seat.state != SeatState.WAITING or facts.workshop.state not in COMING:
        return None
    line = Seat.objects.filter(workshop=facts.workshop, state=SeatState.WAITING)
    place = line.filter(queue_number__lte=facts.seat.queue_number).count()
    return _words(
        facts,
        title=_("On the waiting list: %(title)s"),
        text=_(
            "You are number %(place)s in line. A seat that becomes free goes to the first in line, and that person gets"
            " a message. You need do nothing."
        )
        % {"place": place},
    )


def _week_before(facts: Facts) -> Words | None:
    return _reminder(facts) if _days_left(facts) > 1 else None


def _day_before(facts: Facts) -> Words | None:
    return _reminder(facts) if _days_left(facts) == 1 else None


def _days_left(facts: Facts) -> int:
    return (facts.workshop.first_on - facts.today).days if facts.workshop.first_on else 0


def _reminder(facts: Facts) -> Words | None:
    if not facts.is_coming:
        return None
    if (left := _days_left(facts)) == 1:
        return _with_calendar(
            facts,
            title=_("Tomorrow: %(title)s"),
            text=_("Your seat is kept. Your ticket is on this page; show it at the door."),
        )
    return _with_calendar(
        facts,
        title=ngettext("In %(count)s day: %(title)s", "In %(count)s days: %(title)s", left)
        % {"count": left, "title": "%(title)s"},
        text=_("Your seat is kept. If you cannot come, cancel on this page, so that somebody else gets it."),
    )


def _change(facts: Facts) -> Words | None:
    if facts.workshop.state not in COMING or facts.seat.state not in {
        SeatState.CONFIRMED,
        SeatState.WAITING,
        SeatState.REQUESTED,
    }:
        return None
    if not facts.occasion.isdigit():
        return _own_words(facts)
    if _is_overtaken(facts):
        return None
    told = {"title": _("Changed: %(title)s"), "text": _("Something has changed. This holds now.")}
    if facts.workshop.change_note:
        told["text"] = _("%(note)s This holds now.") % {"note": facts.workshop.change_note}
    return _with_calendar(facts, **told) if facts.is_coming else _words(facts, **told)


def _is_overtaken(facts: Facts) -> bool:
    """A later change waits for the same person, and will tell both."""
    waiting = ScheduledMessage.objects.filter(seat=facts.seat, kind=MessageKind.CHANGE, state=MessageState.WAITING)
    return any(
        key.rsplit(":", 1)[-1].isdigit()
        for key in waiting.filter(pk__gt=facts.message.pk).values_list("key", flat=True)
    )


def _own_words(facts: Facts) -> Words | None:
    entry = ModelLogEntry.objects.filter(uuid=UUID(facts.occasion)).first()
    if entry is None:
        return None
    return _words(facts, title=_("From the organizers: %(title)s"), text=entry.data["text"])


def _cancellation(facts: Facts) -> Words | None:
    if not facts.workshop.is_cancelled and facts.seat.state != SeatState.CANCELLED:
        return None
    if facts.workshop.is_cancelled:
        title, text = _("The workshop is cancelled: %(title)s"), _("The workshop does not take place.")
        reason = facts.workshop.cancel_reason
    elif facts.occasion == BY_OFFICE:
        title, text = _("Your seat is cancelled: %(title)s"), _("The office has cancelled your seat.")
        reason = facts.seat.reason
    else:
        title = _("You have cancelled your seat: %(title)s")
        text, reason = _("Thank you for saying so. Somebody else can have the seat now."), ""
    if reason:
        text = _("%(sentence)s The reason: %(reason)s") % {"sentence": text, "reason": reason}
    if not facts.seat.confirmed_at:
        return _words(facts, title=title, text=text)
    return _with_calendar(facts, title=title, text=text, method="CANCEL")


def _declined(facts: Facts) -> Words | None:
    if facts.seat.state != SeatState.DECLINED:
        return None
    text = _("Your request for a seat was not accepted.")
    if facts.seat.reason:
        text = _("%(sentence)s The reason: %(reason)s") % {"sentence": text, "reason": facts.seat.reason}
    url = reverse("workshops:list")
    return _words(facts, title=_("No seat this time: %(title)s"), text=text, url=url)


def _thanks(facts: Facts) -> Words | None:
    if facts.seat.state != SeatState.ATTENDED:
        return None
    title, text = _("Thank you for coming: %(title)s"), _("Thank you for having been there.")
    if facts.seat.has_evaluated:
        return _words(facts, title=title, text=text)
    text = _("Please tell us how it was. It takes five minutes, and nobody sees who answered what.")
    if facts.workshop.needs_evaluation and facts.workshop.certificate_design_id:
        text = _(
            "Please tell us how it was. It takes five minutes, and nobody sees who answered what. The certificate"
            " is issued after it."
        )
    return _words(facts, title=title, text=text, url=reverse("workshops:evaluate", args=[facts.workshop.pk]))


def _follow_up(facts: Facts) -> Words | None:
    if facts.seat.state != SeatState.ATTENDED or facts.seat.has_followed_up:
        return None
    return _words(
        facts,
        title=_("Three months later: %(title)s"),
        text=_("What could you use in your work? Please answer a few short questions; nobody sees who answered what."),
        url=reverse("workshops:follow_up", args=[facts.workshop.pk]),
    )


def _unreachable(facts: Facts) -> Words | None:
    if facts.seat.state != SeatState.CONFIRMED or facts.workshop.state == WorkshopState.CANCELLED:
        return None
    return _words(
        facts,
        title=_("Too little attendance: %(title)s"),
        text=_(
            "%(percent)s percent of the sessions must be attended, and that can no longer be reached. If the list is"
            " wrong, tell the organizers now: they can correct it."
        )
        % {"percent": facts.workshop.attendance_percent},
    )


WORDS: dict[str, Callable[[Facts], Words | None]] = {
    MessageKind.CONFIRMATION: _confirmation,
    MessageKind.PROMOTION: _confirmation,
    MessageKind.WAITING: _waiting,
    MessageKind.WEEK_BEFORE: _week_before,
    MessageKind.DAY_BEFORE: _day_before,
    MessageKind.CHANGE: _change,
    MessageKind.CANCELLATION: _cancellation,
    MessageKind.DECLINED: _declined,
    MessageKind.THANKS: _thanks,
    MessageKind.FOLLOW_UP: _follow_up,
    MessageKind.UNREACHABLE: _unreachable,
}


# --- sentences -----------------------------------------------------------------------------------
def _words(facts: Facts, *, title: str, text: str, url: str = "") -> Words:
    days = days_of([facts.workshop])[facts.workshop.pk]
    return Words(
        title=title % {"title": facts.workshop.title},
        text=text,
        url=url or reverse("workshops:ticket", args=[facts.seat.pk]),
        details=details_of(facts.workshop, days),
    )


def _with_calendar(facts: Facts, *, title: str, text: str, method: Method = "PUBLISH") -> Words:
    """With the days as a calendar file, for who can be mailed."""
    days = days_of([facts.workshop])[facts.workshop.pk]
    calendar = b""
    if facts.message.user.email and days:
        own = Seat.objects.filter(workshop=facts.workshop, user=facts.message.user)
        ended = own.filter(state=SeatState.CANCELLED).count()
        calendar = seat_file(facts.seat, days, method=method, ended=ended)
    return Words(
        title=title % {"title": facts.workshop.title},
        text=text,
        url=reverse("workshops:ticket", args=[facts.seat.pk]),
        details=details_of(facts.workshop, days),
        calendar=calendar,
        method=method if calendar else None,
    )


def details_of(workshop: Workshop, days: list[Day]) -> str:
    """When, where, whom to ask: a line each."""
    lines = [_("Workshop: %(title)s") % {"title": workshop.title}, *(_line_of(day) for day in days)]
    places = dict.fromkeys(place_of(workshop, day.rooms) for day in days)
    lines += [_("Place: %(place)s") % {"place": place} for place in places]
    venues = {room.venue.pk: room.venue for day in days for room in day.rooms if room.venue and room.venue.way_there}
    lines += [_("How to get there: %(way)s") % {"way": venue.way_there} for venue in venues.values()]
    if contact := " ".join(filter(None, (workshop.contact, workshop.contact_phone))):
        lines.append(_("Questions: %(contact)s") % {"contact": contact})
    return "\n".join(lines)


def _line_of(day: Day) -> str:
    first, last = day.parts[0].session, day.parts[-1].session
    return _("%(day)s, %(starts)s–%(ends)s") % {
        "day": format_be(day.on, "long"),
        "starts": f"{first.starts:%H:%M}",
        "ends": f"{last.ends:%H:%M}",
    }

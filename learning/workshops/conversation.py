"""What two offices say to each other about a request: lines that are only added, whose turn it is, who is told."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from cms.thai.dates import format_be
from learning.duties.choices import Role
from learning.duties.models import Duty
from learning.duties.queries import holding_on
from learning.kernel.refusals import Refused
from learning.notices.flows import Message, send_notices
from learning.people.models import User
from learning.workshops.choices import RequestState, Side
from learning.workshops.models import RequestEvent, WorkshopRequest
from learning.workshops.queries.scope import OFFICE_ROLES, Desk

# What the other office reads of a note in its notice; the whole stands on the page.
SHOWN_OF_A_NOTE = 300
HAPPENED: dict[str, Promise] = {
    RequestState.DRAFT: pgettext_lazy("in a conversation", "Draft written"),
    RequestState.SUBMITTED: pgettext_lazy("in a conversation", "Request sent to the center"),
    RequestState.RETURNED: pgettext_lazy("in a conversation", "Returned with a question"),
    RequestState.ACCEPTED: pgettext_lazy("in a conversation", "Request accepted"),
    RequestState.DECLINED: pgettext_lazy("in a conversation", "Request declined"),
    RequestState.SCHEDULED: pgettext_lazy("in a conversation", "Workshop scheduled"),
    RequestState.WITHDRAWN: pgettext_lazy("in a conversation", "Request withdrawn"),
}
SENT_AGAIN = pgettext_lazy("in a conversation", "Answered and sent again")
SAID = pgettext_lazy("in a conversation", "Note written")


def record(request: WorkshopRequest, *, by: User, side: str, before: str, note: str = "") -> RequestEvent:
    """Add a line; `before` equal to the state of now: something was said and nothing decided."""
    office = request.office if side == Side.OFFICE else request.center
    return RequestEvent.objects.create(
        request=request, actor=by, side=side, office=str(office), from_state=before, to_state=request.state, note=note
    )


def happened(event: RequestEvent) -> str:
    """What a line of the conversation tells, in a few words."""
    if event.from_state == event.to_state:
        return str(SAID)
    if event.from_state == RequestState.RETURNED and event.to_state == RequestState.SUBMITTED:
        return str(SENT_AGAIN)
    return str(HAPPENED[event.to_state])


class MovedOn(Refused):
    """Somebody has spoken since the page was opened: nobody decides on what they have not read."""

    def __init__(self, news: RequestEvent) -> None:
        when = f"{format_be(news.at, 'short')} {format_be(news.at, 'time')}"
        super().__init__(
            _(
                "%(office)s has answered since you opened this page: %(what)s (%(when)s). "
                "Nothing was decided. Look at it and decide again; what you typed is kept."
            )
            % {"office": news.office, "what": happened(news), "when": when}
        )
        self.news = news


# --- whose turn it is --------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Step:
    """What comes next, and whether it is for the one who looks."""

    words: str
    is_mine: bool = False


def next_step(request: WorkshopRequest, desk: Desk) -> Step:
    """For the office that asks, the center that is asked, and whoever looks on."""
    asks, decides = request.office_id in desk.offices, request.center_id in desk.centers
    match request.state:
        case RequestState.DRAFT:
            return Step(_("Look it over and send it to the center."), asks)
        case RequestState.SUBMITTED if decides:
            return Step(_("Your center decides: accept, ask back or decline."), True)
        case RequestState.SUBMITTED:
            return Step(_("The center decides."))
        case RequestState.RETURNED if asks:
            return Step(_("Your office answers the question and sends it again."), True)
        case RequestState.RETURNED:
            return Step(_("The office answers the question."))
        case RequestState.ACCEPTED if decides:
            return Step(_("Your center schedules the workshop."), True)
        case RequestState.ACCEPTED:
            return Step(_("The center schedules the workshop."))
        case RequestState.SCHEDULED:
            return Step(_("The workshop is scheduled. What follows stands on its own page."))
        case _:
            return Step(_("Nothing is left to do. To ask again, write a new request."))


# --- who is told -------------------------------------------------------------------------------------
def staff_of(request: WorkshopRequest, *, today: date) -> QuerySet[User]:
    """Who works at the center that is asked."""
    duties = Duty.objects.filter(holding_on(today), role=Role.CENTER_STAFF, center=request.center_id)
    return User.objects.filter(is_active=True, pk__in=duties.values("user"))


def askers_of(request: WorkshopRequest, *, today: date) -> QuerySet[User]:
    """Who wrote the request or spoke for the office, as far as they still work there; else everybody there."""
    office = request.office_id
    here = Q(role=Role.PROMOTION_OFFICER, promotion_group__office=office) | Q(role__in=OFFICE_ROLES, office=office)
    there = User.objects.filter(
        is_active=True, pk__in=Duty.objects.filter(holding_on(today)).filter(here).order_by().values("user")
    )
    spoke = request.events.filter(side=Side.OFFICE).order_by().values("actor")
    took_part = there.filter(Q(pk=request.created_by_id) | Q(pk__in=spoke))
    return took_part if took_part.exists() else there


def tell_the_other_office(event: RequestEvent) -> int:
    """A notice for each person on the other side, once per line. Gives how many were told."""
    request, today = event.request, timezone.localdate()
    asked = event.side == Side.OFFICE
    people = staff_of(request, today=today) if asked else askers_of(request, today=today)
    with translation.override(settings.LANGUAGE_CODE):
        title = _("%(what)s: %(title)s") % {"what": happened(event), "title": request.title}
        facts = {"office": event.office, "note": Truncator(event.note).chars(SHOWN_OF_A_NOTE)}
        text = (_("%(office)s writes: %(note)s") if event.note else _("By %(office)s.")) % facts
    return _tell(request, people.exclude(pk=event.actor_id), f"event-{event.pk}", title, text)


def tell_that_a_hold_ended(request: WorkshopRequest, last_day: date) -> int:
    """Both offices hear that the room and the trainer are free for others again. Gives how many were told."""
    today = timezone.localdate()
    with translation.override(settings.LANGUAGE_CODE):
        title = _("The hold has ended: %(title)s") % {"title": request.title}
        text = _("Room and trainer were held until %(day)s and are free for others now. The request itself stands.")
        text %= {"day": format_be(last_day)}
    people = staff_of(request, today=today) | askers_of(request, today=today)
    return _tell(request, people.distinct(), f"hold-{request.pk}-{last_day:%Y%m%d}", title, text)


def _tell(request: WorkshopRequest, people: QuerySet[User], occasion: str, title: str, text: str) -> int:
    url = reverse("workshops:request", kwargs={"pk": request.pk})
    return send_notices(
        Message(person, key=f"workshop-request-{occasion}-{person.pk}", title=title, text=text, url=url)
        for person in people
    )

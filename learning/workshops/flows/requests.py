"""A request from its draft to its decision: every step is a line of the conversation, written with it.

Each decision names the last line that its page showed (`seen`); when another has been added since, nothing is
decided (MovedOn, 409). The row of the request is locked first, so that of two decisions one comes second.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from learning.duties.queries import areas_of, organizations_in
from learning.kernel.refusals import Refused
from learning.kernel.states import move
from learning.people.models import User
from learning.places.models import ProvincialOffice
from learning.workshops import booking
from learning.workshops.choices import REQUEST_TRANSITIONS, RequestState, Side
from learning.workshops.conversation import MovedOn, record, tell_the_other_office
from learning.workshops.flows.holds import UNPROCESSABLE, hold_place
from learning.workshops.looking import Place
from learning.workshops.models import RequestedPeople, RequestEvent, RequestWindow, WorkshopRequest
from learning.workshops.queries.requests import holds_of
from learning.workshops.rules import may_ask, may_decide
from learning.workshops.rules.requests import EDITABLE, OPEN_TO_WORDS, WITHDRAWABLE

Windows = Sequence[tuple[date, date]]
Expected = Mapping[int, int]


# --- the office that asks ------------------------------------------------------------------------------
@transaction.atomic
def draft_request(
    *, office: ProvincialOffice, people: Expected, windows: Windows, by: User, **facts: Any
) -> WorkshopRequest:
    """Write a request down; its center sees it when it is sent.

    `people`: organization → how many are expected, from the area of `by`; `windows`: first and last wished day,
    the best first; `facts`: the other fields of the model. Raises Refused (403) for another's office or area.
    """
    if not may_ask(by, office.pk):
        raise Refused(_("You may ask for workshops only in the name of your own office."), status=HTTPStatus.FORBIDDEN)
    request = WorkshopRequest(office=office, created_by=by, **facts)
    _require_organizations(people, known=set(), by=by)
    request.save()
    _write_lines(request, people, windows)
    record(request, by=by, side=Side.OFFICE, before="", note="")
    log(request, "workshops.draft_request", user=by)
    return request


@transaction.atomic
def edit_request(
    request: WorkshopRequest, *, people: Expected, windows: Windows, seen: int, by: User, **facts: Any
) -> WorkshopRequest:
    """Change a draft, or what was returned with a question; the conversation tells what was changed.

    The center stays once it has been asked. Raises Refused (403, 409).
    """
    request = _locked(request)
    _require(may_ask(by, request.office_id))
    _require_seen(request, seen)
    _require_state(
        request, EDITABLE, _("Only a draft, or a request that was returned, can be changed. This one is “%(state)s”.")
    )
    if request.state != RequestState.DRAFT and facts.get("center", request.center) != request.center:
        raise Refused(_("This center has answered already. To ask another one, withdraw this request and write anew."))
    known = {line.organization_id for line in request.people.all()}
    _require_organizations(people, known=known, by=by)
    changed = _changes(request, people, windows, facts)
    if not changed:
        return request
    for name, value in facts.items():
        setattr(request, name, value)
    request.save(update_fields=[*facts])
    request.people.all().delete()
    request.windows.all().delete()
    _write_lines(request, people, windows)
    with translation.override(settings.LANGUAGE_CODE):
        note = _("Changed: %(what)s") % {"what": ", ".join(changed)}
    record(request, by=by, side=Side.OFFICE, before=request.state, note=note)
    log(request, "workshops.edit_request", user=by)
    return request


@transaction.atomic
def submit_request(request: WorkshopRequest, *, seen: int, note: str = "", by: User) -> WorkshopRequest:
    """Send a draft to the center, or a returned request again with an answer.

    Raises Refused (403, 409), also when every wished day is past.
    """
    request = _locked(request)
    _require(may_ask(by, request.office_id))
    if _is_done(request, RequestState.SUBMITTED, seen=seen, by=by):
        return request
    _require_seen(request, seen)
    _require_state(request, EDITABLE, _("This request was sent before. It is “%(state)s”."))
    if not request.windows.filter(until__gt=timezone.localdate()).exists():
        raise Refused(
            _("All the wished days are past. Write new ones, then send the request."),
            way_on=reverse("workshops:request_edit", kwargs={"pk": request.pk}),
            way_on_label=_("Change the request"),
        )
    return _step(request, RequestState.SUBMITTED, side=Side.OFFICE, note=note, by=by, stamp="submitted_at")


@transaction.atomic
def withdraw_request(request: WorkshopRequest, *, seen: int, note: str = "", by: User) -> WorkshopRequest:
    """The office needs it no longer; what was held for it is free again. Raises Refused (403, 409)."""
    request = _locked(request)
    _require(may_ask(by, request.office_id))
    if _is_done(request, RequestState.WITHDRAWN, seen=seen, by=by):
        return request
    _require_seen(request, seen)
    if request.state == RequestState.SCHEDULED:
        raise Refused(_("The workshop is scheduled. Ask the center to cancel it; write to it below."))
    _require_state(request, WITHDRAWABLE, _("This request is closed already. It is “%(state)s”."))
    booking.release(holds_of(request))
    return _step(request, RequestState.WITHDRAWN, side=Side.OFFICE, note=note, by=by)


# --- the center that is asked ----------------------------------------------------------------------------
@transaction.atomic
def accept_request(
    request: WorkshopRequest,
    *,
    seen: int,
    note: str = "",
    place: Place | None = None,
    held_until: date | None = None,
    by: User,
) -> WorkshopRequest:
    """The center will give the workshop. A chosen place is held for it until a day (default: 14 days from today).

    Raises Refused (403, 409); SlotsTaken (409) when the place went to somebody else, and then nothing is accepted.
    """
    request = _decided(request, RequestState.ACCEPTED, seen=seen, by=by)
    if request.state == RequestState.ACCEPTED:
        return request
    held = hold_place(request, place, until=held_until, by=by)
    return _step(request, RequestState.ACCEPTED, side=Side.CENTER, note=_lines(note, held), by=by, stamp="decided_at")


@transaction.atomic
def return_request(
    request: WorkshopRequest,
    *,
    seen: int,
    note: str,
    place: Place | None = None,
    held_until: date | None = None,
    by: User,
) -> WorkshopRequest:
    """Ask the office back; a chosen place may be held meanwhile. Raises Refused (403, 409, 422 without a question)."""
    _require_words(note, _("Write what you want to know, so that the office can answer."))
    request = _decided(request, RequestState.RETURNED, seen=seen, by=by)
    if request.state == RequestState.RETURNED:
        return request
    held = hold_place(request, place, until=held_until, by=by)
    return _step(request, RequestState.RETURNED, side=Side.CENTER, note=_lines(note, held), by=by)


@transaction.atomic
def decline_request(request: WorkshopRequest, *, seen: int, note: str, by: User) -> WorkshopRequest:
    """The center says no, and why; holds are given back. Raises Refused (403, 409, 422 without a reason)."""
    _require_words(note, _("Write the reason, so that the office knows what it can do."))
    request = _decided(request, RequestState.DECLINED, seen=seen, by=by)
    if request.state == RequestState.DECLINED:
        return request
    booking.release(holds_of(request))
    return _step(request, RequestState.DECLINED, side=Side.CENTER, note=note, by=by, stamp="decided_at")


# --- both ------------------------------------------------------------------------------------------------
@transaction.atomic
def say(request: WorkshopRequest, *, note: str, by: User) -> RequestEvent:
    """Add a note and decide nothing. Who works for both offices speaks for the one that asks.

    Raises Refused (403, 409 for a draft or a closed request, 422 for an empty note).
    """
    _require_words(note, _("Write your note first."))
    request = _locked(request)
    asks = may_ask(by, request.office_id)
    _require(asks or may_decide(by, request))
    _require_state(request, OPEN_TO_WORDS, _("Nothing can be written to this request any more. It is “%(state)s”."))
    side = Side.OFFICE if asks else Side.CENTER
    event = record(request, by=by, side=side, before=request.state, note=note)
    tell_the_other_office(event)
    return event


# --- what they share ---------------------------------------------------------------------------------------
def _locked(request: WorkshopRequest) -> WorkshopRequest:
    rows = WorkshopRequest.objects.select_for_update(of=("self",)).select_related("office", "center")
    return rows.get(pk=request.pk)


def _decided(request: WorkshopRequest, to: str, *, seen: int, by: User) -> WorkshopRequest:
    """The locked request, ready for a decision of its center; in the state `to` when the click came twice."""
    request = _locked(request)
    _require(may_decide(by, request))
    if _is_done(request, to, seen=seen, by=by):
        return request
    _require_seen(request, seen)
    _require_state(request, {RequestState.SUBMITTED}, _("There is nothing to decide: this request is “%(state)s”."))
    return request


def _step(
    request: WorkshopRequest, to: RequestState, *, side: str, note: str, by: User, stamp: str = ""
) -> WorkshopRequest:
    before = request.state
    move(request, to, transitions=REQUEST_TRANSITIONS, stamp=stamp)
    event = record(request, by=by, side=side, before=before, note=note.strip())
    log(request, f"workshops.{VERBS[to]}", user=by)
    if before != RequestState.DRAFT or to == RequestState.SUBMITTED:  # of a draft the center has never heard
        tell_the_other_office(event)
    return request


VERBS = {
    RequestState.SUBMITTED: "submit_request",
    RequestState.RETURNED: "return_request",
    RequestState.ACCEPTED: "accept_request",
    RequestState.DECLINED: "decline_request",
    RequestState.WITHDRAWN: "withdraw_request",
}


def _require(may: bool) -> None:
    if not may:
        raise Refused(_("This is for the other office to do."), status=HTTPStatus.FORBIDDEN)


def _require_words(note: str, sentence: str) -> None:
    if not note.strip():
        raise Refused(sentence, status=UNPROCESSABLE)


def _require_seen(request: WorkshopRequest, seen: int) -> None:
    news = request.events.filter(pk__gt=seen).order_by("pk").last()
    if news:
        raise MovedOn(news)


def _require_state(request: WorkshopRequest, allowed: frozenset[str] | set[str], sentence: str) -> None:
    if request.state not in allowed:
        raise Refused(sentence % {"state": request.get_state_display()})


def _is_done(request: WorkshopRequest, to: str, *, seen: int, by: User) -> bool:
    """The same person has just taken this very step from the same page: a double click."""
    since = list(request.events.filter(pk__gt=seen).order_by("pk")[:2])
    return [(line.actor_id, line.to_state) for line in since] == [(by.pk, to)] and since[0].from_state != to


def _require_organizations(people: Expected, *, known: set[int], by: User) -> None:
    new = set(people) - known
    if organizations_in(areas_of(by).people).filter(pk__in=new).count() < len(new):
        raise Refused(
            _("You may name only organizations of your own area. Search for them by name."),
            status=HTTPStatus.FORBIDDEN,
        )


def _write_lines(request: WorkshopRequest, people: Expected, windows: Windows) -> None:
    RequestedPeople.objects.bulk_create(
        RequestedPeople(request=request, organization_id=organization, count=count)
        for organization, count in people.items()
    )
    RequestWindow.objects.bulk_create(
        RequestWindow(request=request, since=since, until=until, rank=rank)
        for rank, (since, until) in enumerate(windows, start=1)
    )


def _changes(request: WorkshopRequest, people: Expected, windows: Windows, facts: Mapping[str, Any]) -> list[str]:
    """What is otherwise than before, by the names of the fields, in the language of the conversation."""
    with translation.override(settings.LANGUAGE_CODE):
        field_of = WorkshopRequest._meta.get_field
        found = [
            str(field_of(name).verbose_name)  # type: ignore[union-attr]  # no fact is a relation from elsewhere
            for name, value in facts.items()
            if getattr(request, name) != value
        ]
        if {line.organization_id: line.count for line in request.people.all()} != dict(people):
            found.append(str(RequestedPeople._meta.verbose_name))
        if [(window.since, window.until) for window in request.windows.all()] != list(windows):
            found.append(str(RequestWindow._meta.verbose_name))
    return found


def _lines(*notes: str) -> str:
    return "\n".join(note.strip() for note in notes if note.strip())

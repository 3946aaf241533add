"""Requests: the list, writing one, and the page on which two offices come to a decision."""

from collections.abc import Callable
from http import HTTPStatus
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.kernel.refusals import Refused
from learning.organizations.choices import Kind, Position
from learning.workshops.choices import RequestState
from learning.workshops.conversation import happened, next_step
from learning.workshops.flows import requests as flows
from learning.workshops.forms.request_decisions import DecisionForm, NearForm, RequestFilters
from learning.workshops.forms.requests import RequestForm
from learning.workshops.looking import day_to_look_at, in_words, look
from learning.workshops.models import ResourceSlot, WorkshopRequest
from learning.workshops.queries.requests import (
    MINE,
    conversation_of,
    days_waiting,
    fiscal_years_of,
    listed_requests,
    requests_to_show,
    standing_holds_of,
    wished_in,
)
from learning.workshops.queries.scope import Desk, requests_visible_to
from learning.workshops.rules.requests import EDITABLE, OPEN_TO_WORDS, WITHDRAWABLE, asking_desk, requesting_desk

SHOWN = 25
UNPROCESSABLE = 422


@login_required
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """Own requests, requests to one's center, or all of them: what waits for the one who looks comes first."""
    desk = requesting_desk(request.user)
    rows = listed_requests(request.user, desk)  # type: ignore[arg-type]
    filters = RequestFilters(request.GET, years=fiscal_years_of(requests_visible_to(request.user, desk=desk)))
    if state := filters.value("state"):
        rows = rows.filter(state=state)
    if year := filters.value("year"):
        rows = wished_in(rows, int(year))
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    lines = [{"request": one, "step": next_step(one, desk), "days": days_waiting(one.waiting_since)} for one in page]  # type: ignore[attr-defined]
    waiting = rows.filter(turn=MINE).count() if desk.offices or desk.centers else 0
    context = {"page_obj": page, "lines": lines, "filters": filters, "desk": desk, "waiting": waiting}
    return render(request, "workshops/requests.html", context)


@login_required
def new_request(request: HttpRequest) -> HttpResponse:
    """The form; it is kept as a draft first, and sent from its own page, where everything is seen once more."""
    desk = asking_desk(request.user)
    if request.method != "POST":
        return _form_page(request, RequestForm(desk=desk, like=_like(request, desk)))
    if request.POST.get("action") == "search":
        return _form_page(request, RequestForm(desk=desk, typed=request.POST))
    form = RequestForm(request.POST, desk=desk)
    if not form.is_valid():
        return _form_page(request, form, status=UNPROCESSABLE)
    made = flows.draft_request(
        office=form.asking_office,
        people=form.people,
        windows=form.windows,
        by=request.user,
        **form.facts,  # type: ignore[arg-type]
    )
    messages.success(request, _("The draft is saved. Look it over, then send it to the center."))
    return redirect("workshops:request", pk=made.pk)


def _like(request: HttpRequest, desk: Desk) -> WorkshopRequest | None:
    """The earlier request of the own office that is to be asked again."""
    number = request.GET.get("like", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    return requests_to_show(request.user, desk).filter(office__in=desk.offices, pk=int(number)).first()  # type: ignore[arg-type]


@login_required
def edit_request(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form for a draft, and for what was returned; who else changed it meanwhile is told."""
    desk = asking_desk(request.user)
    found = get_object_or_404(requests_to_show(request.user, desk).filter(office__in=desk.offices), pk=pk)  # type: ignore[arg-type]
    if found.state not in EDITABLE:
        return redirect("workshops:request", pk=found.pk)
    if request.method != "POST":
        return _form_page(request, RequestForm(desk=desk, request=found), found)
    if request.POST.get("action") == "search":
        return _form_page(request, RequestForm(desk=desk, request=found, typed=request.POST), found)
    form = RequestForm(request.POST, desk=desk, request=found)
    if not form.is_valid():
        return _form_page(request, form, found, status=UNPROCESSABLE)
    try:
        flows.edit_request(
            found,
            people=form.people,
            windows=form.windows,
            seen=_seen(request),
            by=request.user,
            **form.facts,  # type: ignore[arg-type]
        )
    except Refused as refusal:
        if refusal.status == HTTPStatus.FORBIDDEN:
            raise
        return _form_page(request, form, found, refusal=refusal, status=refusal.status)
    messages.success(request, _("Your changes are saved. Look them over, then send the request."))
    return redirect("workshops:request", pk=found.pk)


def _seen(request: HttpRequest) -> int:
    written = request.POST.get("seen", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 19 else 0


def _form_page(
    request: HttpRequest,
    form: RequestForm,
    found: WorkshopRequest | None = None,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    last = found.events.order_by("pk").last() if found else None
    # Only who was told of the change may save over it with the next click.
    sent = request.POST.get("seen", "") if request.method == "POST" and not refusal else ""
    context = {"form": form, "found": found, "refusal": refusal, "seen": sent or (last.pk if last else "")}
    return render(request, "workshops/request_form.html", context, status=status)


@login_required
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts, conversation, what is next; the buttons below send their form here."""
    desk = requesting_desk(request.user)
    found = get_object_or_404(requests_to_show(request.user, desk), pk=pk)  # type: ignore[arg-type]
    if request.method != "POST":
        return _show(request, found, desk)
    verb = request.POST.get("verb", "")
    if verb not in VERBS:
        return _show(request, found, desk, form=_typed(request, found), status=UNPROCESSABLE)
    form = DecisionForm(request.POST, request=found, verb=verb)
    if not form.is_valid():
        return _show(request, found, desk, form=form, status=UNPROCESSABLE)
    try:
        VERBS[verb](found, form.cleaned_data, request.user)
    except Refused as refusal:
        if refusal.status == HTTPStatus.FORBIDDEN:
            raise
        now = get_object_or_404(requests_to_show(request.user, desk), pk=pk)  # type: ignore[arg-type]
        return _show(request, now, desk, form=_typed(request, now, verb), refusal=refusal, status=refusal.status)
    messages.success(request, DONE[verb]())
    return redirect("workshops:request", pk=found.pk)


def _typed(request: HttpRequest, found: WorkshopRequest, verb: str = "") -> DecisionForm:
    """What was typed, to be looked at again: without the line that was seen, which is a later one now."""
    kept = {name: request.POST.get(name, "") for name in ("note", "place", "held_until")}
    return DecisionForm(request=found, verb=verb, initial=kept)


VERBS: dict[str, Callable[[WorkshopRequest, dict[str, Any], Any], object]] = {
    "submit": lambda one, said, by: flows.submit_request(one, seen=said["seen"], note=said["note"], by=by),
    "withdraw": lambda one, said, by: flows.withdraw_request(one, seen=said["seen"], note=said["note"], by=by),
    "accept": lambda one, said, by: flows.accept_request(one, **said, by=by),
    "return": lambda one, said, by: flows.return_request(one, **said, by=by),
    "decline": lambda one, said, by: flows.decline_request(one, seen=said["seen"], note=said["note"], by=by),
    "say": lambda one, said, by: flows.say(one, note=said["note"], by=by),
}
DONE: dict[str, Callable[[], str]] = {
    "submit": lambda: _("The request is sent. The center is told of it."),
    "withdraw": lambda: _("The request is withdrawn."),
    "accept": lambda: _("The request is accepted. The office is told of it. Now schedule the workshop."),
    "return": lambda: _("Your question is sent to the office."),
    "decline": lambda: _("The request is declined. The office reads your reason."),
    "say": lambda: _("Your note is sent to the other office."),
}


def _show(
    request: HttpRequest,
    found: WorkshopRequest,
    desk: Desk,
    *,
    form: DecisionForm | None = None,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    lines = conversation_of(found, desk)
    asks, decides = found.office_id in desk.offices, found.center_id in desk.centers
    deciding = decides and found.state == RequestState.SUBMITTED
    near_form = NearForm(request.GET or None)
    near = near_form.day or day_to_look_at(found)
    context = {
        "found": found,
        "lines": [
            {"event": line, "what": happened(line), "is_step": line.from_state != line.to_state} for line in lines
        ],
        "seen": lines[-1].pk if lines else 0,
        "step": next_step(found, desk),
        "people_count": sum(line.count for line in found.people.all()),
        "kinds": _labels(found.kinds, Kind.choices),
        "positions": _labels(found.positions, Position.choices),
        "holds": _holds(found),
        "form": form or DecisionForm(request=found),
        "refusal": refusal,
        "asks": asks,
        "deciding": deciding,
        "may_edit": asks and found.state in EDITABLE,
        "may_withdraw": asks and found.state in WITHDRAWABLE,
        "may_write": (asks or decides) and found.state in OPEN_TO_WORDS,
        "look": look(found, near) if deciding else None,
        "near_form": near_form,
    }
    return render(request, "workshops/request.html", context, status=status)


def _labels(values: list[str], choices: list[tuple[str, Any]]) -> list[Any]:
    known = dict(choices)
    return [known.get(value, value) for value in values]


def _holds(found: WorkshopRequest) -> list[dict[str, Any]]:
    """What is held, a line for each room and trainer."""
    slots = standing_holds_of(found, today=timezone.localdate())

    def of(slot: ResourceSlot) -> tuple[str, str, int]:
        return slot.resource.kind, slot.resource.name, slot.resource_id

    found_lines = []
    for _key, same in groupby(sorted(slots, key=of), key=of):
        held = list(same)
        days = in_words(sorted({slot.day for slot in held}))
        found_lines.append({"resource": held[0].resource, "days": days, "until": held[0].expires_on})
    return found_lines

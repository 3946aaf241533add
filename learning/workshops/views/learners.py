"""Workshops as learners meet them: the list, one workshop, registering, the ticket."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from learning.organizations.queries import current_memberships
from learning.workshops.choices import COMING, SeatState
from learning.workshops.fitting import Audience
from learning.workshops.flows.seats import cancel_seat
from learning.workshops.flows.seats import register as register_for
from learning.workshops.forms.seats import ReasonForm, SeatForm, WorkshopsFilter
from learning.workshops.models import Seat, Workshop
from learning.workshops.queries.calendars import days_of, feed_of
from learning.workshops.queries.listing import Card, cards_of, coming_workshops, offer_of, workshops_shown_to
from learning.workshops.queries.scope import own_seats
from learning.workshops.queries.seats import (
    AHEAD,
    clashes_of,
    lessons_left_of_many,
    own_seat,
    place_in_line,
    seats_of,
)
from learning.workshops.queries.ticket import missing_of, steps_of
from learning.workshops.seating import has_begun
from learning.workshops.tickets.codes import code_of
from learning.workshops.tickets.signing import sign
from learning.workshops.tickets.square import square

SHOWN = 24
GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def workshops(request: HttpRequest) -> HttpResponse:
    form = WorkshopsFilter(request.GET)
    page_obj = Paginator(coming_workshops().filter(**form.conditions), SHOWN).get_page(request.GET.get("page"))
    context = {"form": form, "page_obj": page_obj, "entries": cards_of(page_obj), "is_filtered": bool(form.conditions)}
    return render(request, "workshops/list.html", context)


@never_cache
@require_safe
def workshop(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(workshops_shown_to(request.user), pk=pk)
    seat = own_seat(request.user, found)
    context = {
        **_facts(found),
        "audience": Audience(found).words,
        "seat": seat,
        "place": _place(seat, found),
        "offer": offer_of(found),
    }
    return render(request, "workshops/workshop.html", context)


def _facts(found: Workshop) -> dict[str, Any]:
    """What the pages of one workshop say of it; two queries."""
    card = Card(found, days_of([found])[found.pk], offer_of(found))
    rooms = dict.fromkeys(room for day in card.days for room in day.rooms)
    return {"workshop": found, "entry": card, "rooms": list(rooms)}


def _place(seat: Seat | None, found: Workshop) -> Any:
    if seat is None or seat.state != SeatState.WAITING:
        return None
    seat.workshop = found
    return place_in_line(seat)


@login_required
@never_cache
@GET_AND_POST
def register(request: HttpRequest, pk: int) -> HttpResponse:
    """As whose member; what clashes and what is to be learnt first is said before."""
    found = get_object_or_404(workshops_shown_to(request.user), pk=pk)
    seat = own_seat(request.user, found)
    if seat and seat.is_live:
        return redirect("workshops:ticket", pk=seat.pk)
    if not offer_of(found).is_open:
        return redirect("workshops:workshop", pk=pk)
    user: Any = request.user
    memberships, audience = list(current_memberships(user)), Audience(found)
    clashes = clashes_of(user, found)
    form = SeatForm(request.POST or None, memberships=audience.fitting(memberships), clashes=clashes)
    if request.method == "POST" and form.is_valid():
        seat = register_for(found, membership=form.cleaned_data["membership"], by=user)
        messages.success(request, _said(seat))
        return redirect("workshops:ticket", pk=seat.pk)
    course = found.course if found.needs_lessons else None
    context = {
        **_facts(found),
        "form": form,
        "memberships": memberships,
        "misfits": [{"membership": one, "why": why} for one in memberships if (why := audience.misfit(one))],
        "clashes": clashes,
        "offer": offer_of(found),
        "lessons": lessons_left_of_many([user], course)[user] if course else [],
    }
    return render(request, "workshops/register.html", context, status=422 if form.errors else 200)


def _said(seat: Seat) -> str:
    match seat.state:
        case SeatState.CONFIRMED:
            return _("You have a seat. Show the ticket on this page at the door.")
        case SeatState.REQUESTED:
            return _("Your registration has been sent. You hear from us when it is confirmed.")
    return _("You are on the waiting list. As soon as a seat becomes free and you are next, it is yours.")


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    seats = list(seats_of(request.user).order_by("workshop__first_on", "pk"))
    cards = {card.workshop.pk: card for card in cards_of({seat.workshop_id: seat.workshop for seat in seats}.values())}
    lines = [{"seat": seat, "entry": cards[seat.workshop_id]} for seat in seats]
    coming = [line for line in lines if _is_ahead(line["seat"])]  # type: ignore[arg-type]
    context = {
        "coming": coming,
        "past": [line for line in reversed(lines) if line not in coming],
        "feed": feed_of(user=request.user),  # type: ignore[arg-type]
    }
    return render(request, "workshops/mine.html", context)


def _is_ahead(seat: Seat) -> bool:
    return seat.state in AHEAD and seat.workshop.state in COMING


@login_required
@never_cache
@require_safe
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    seat = get_object_or_404(seats_of(request.user).select_related("workshop__course", "user"), pk=pk)
    found, code = seat.workshop, code_of(seat.pk)
    is_ahead = _is_ahead(seat)
    context = {
        **_facts(found),
        "seat": seat,
        "is_ahead": is_ahead,
        "place": _place(seat, found) if is_ahead else None,
        "square": square(sign(found.pk, seat.pk)) if is_ahead and seat.state == SeatState.CONFIRMED else "",
        "code": f"{code[:3]} {code[3:]}",
        "may_cancel": is_ahead and not has_begun(found),
        "steps_ahead": steps_of(seat),
        "missing": missing_of(seat),
        "clashes": clashes_of(request.user, found) if is_ahead else [],
        "feed": feed_of(user=request.user),  # type: ignore[arg-type]
    }
    return render(request, "workshops/ticket.html", context)


@login_required
@never_cache
@GET_AND_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """One question, then it is done."""
    seat = get_object_or_404(own_seats(request.user).select_related("workshop", "organization", "user"), pk=pk)
    if not _is_ahead(seat):
        return redirect("workshops:ticket", pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None, is_own=True)
    if request.method == "POST" and form.is_valid():
        cancel_seat(seat, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("Your seat is given back. Thank you for telling us in time."))
        return redirect("workshops:mine")
    context = {**_facts(seat.workshop), "seat": seat, "form": form}
    return render(request, "workshops/cancel_seat.html", context, status=422 if form.errors else 200)

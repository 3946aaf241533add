"""The seats of one workshop, for officers: confirming, the line, quotas and kept seats, adding people."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.duties.queries import person_called
from learning.duties.rules import duties_of_today
from learning.enrollments.forms import ids_written
from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from learning.people.models import User
from learning.workshops.flows.seats import cancel_seat, confirm_seat, decline_seat, register_party
from learning.workshops.forms.seats import PersonForm, ReasonForm
from learning.workshops.models import Seat, Workshop
from learning.workshops.queries.rolls import (
    fitting_membership,
    organizations_to_add,
    people_to_add,
    roll_of,
)
from learning.workshops.queries.scope import Desk, desk_of, seats_visible_to, workshops_visible_to
from learning.workshops.rules import may_register
from learning.workshops.rules.seats import may_allot, may_register_late
from learning.workshops.seating import GIVES_SEATS, Seated, has_begun

FOUND = 30
GET_AND_POST = require_http_methods(["GET", "HEAD", "POST"])


def open_seats(request: HttpRequest, pk: int) -> tuple[Workshop, Desk]:
    areas = duties_of_today(request.user)  # type: ignore[arg-type]
    desk = desk_of(request.user, areas=areas)
    found = workshops_visible_to(request.user, desk=desk).select_related("center", "office", "province", "course")
    return get_object_or_404(found, pk=pk), desk


def _seat(request: HttpRequest, pk: int, seat_id: int) -> Seat:
    workshop, desk = open_seats(request, pk)
    seats = seats_visible_to(request.user, desk=desk).select_related("user", "organization", "party")
    seat = get_object_or_404(seats, workshop=workshop, pk=seat_id)
    seat.workshop = workshop
    return seat


@contextmanager
def leading_back(pk: int) -> Iterator[None]:
    """A refusal that knows no way on leads back to the seats."""
    try:
        yield
    except Refused as refused:
        if not refused.way_on:
            refused.way_on, refused.way_on_label = reverse("workshops:seats", args=[pk]), _("Back to the seats")
        raise


@login_required
@never_cache
@require_safe
def seats(request: HttpRequest, pk: int) -> HttpResponse:
    workshop, desk = open_seats(request, pk)
    roll = roll_of(workshop, seats_visible_to(request.user, desk=desk))
    roll.shares = [
        one
        for one in roll.shares
        if desk.is_head_office or may_register(request.user, workshop, one.organization, desk=desk)
    ]
    begun = has_begun(workshop)
    context = {
        "workshop": workshop,
        "roll": roll,
        "tiles": _tiles(workshop, roll.kept),
        "unseen": workshop.taken - roll.kept - roll.seen,
        "unseen_waiting": workshop.waiting_count - len(roll.line),
        "has_begun": begun,
        "gives_seats": workshop.state in GIVES_SEATS,
        "may_allot": may_allot(request.user, workshop, desk=desk),
        "may_add": workshop.state in GIVES_SEATS and bool(desk.people or may_allot(request.user, workshop, desk=desk)),
    }
    return render(request, "workshops/seats.html", context)


def _tiles(workshop: Workshop, kept: int) -> list[dict[str, Any]]:
    return [
        {"label": _("Free seats"), "number": workshop.free_seats, "is_main": True, "note": _of(workshop.capacity)},
        {"label": _("People with a seat"), "number": workshop.taken - kept},
        {"label": _("Seats kept for organizations"), "number": kept},
        {"label": _("On the waiting list"), "number": workshop.waiting_count},
    ]


def _of(capacity: int) -> str:
    return ngettext("of %(number)d seat", "of %(number)d seats", capacity) % {"number": capacity}


# --- adding people -----------------------------------------------------------------------------------
@login_required
@never_cache
@GET_AND_POST
def add_people(request: HttpRequest, pk: int) -> HttpResponse:
    """First the organization, then its people; or, at the door and in the center, one person by phone number."""
    workshop, desk = open_seats(request, pk)
    by: Any = request.user
    is_late = may_register_late(by, workshop, desk=desk)
    sent = request.POST if request.method == "POST" else request.GET
    organization = chosen_organization(sent.get("organization", ""), organizations_to_add(workshop, desk))
    chosen = list(dict.fromkeys(int(one) for one in request.POST.getlist("people") if ids_written([one])))
    person_form = PersonForm(request.POST if is_late and "login" in request.POST else None)
    if request.method == "POST" and organization and chosen:
        together = "together" in request.POST
        with leading_back(pk):
            seated = register_party(workshop, organization=organization, people=chosen, together=together, by=by)
        messages.success(request, said(seated))
        return redirect("workshops:seats", pk=pk)
    if person_form.is_bound and person_form.is_valid():
        person = person_called(person_form.cleaned_data["login"])
        membership = fitting_membership(workshop, person) if person else None
        if person and membership:
            with leading_back(pk):
                seated = register_party(
                    workshop, organization=membership.organization, people=[person.pk], together=False, by=by
                )
            messages.success(request, f"{person}: {said(seated)}")
            return redirect("workshops:seats", pk=pk)
        person_form.add_error("login", _nobody(person))
    nobody = request.method == "POST" and organization is not None and not chosen
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    people = people_to_add(workshop, organization, chosen=set(chosen)) if organization else []
    context = {
        "workshop": workshop,
        "organization": organization,
        "q": text,
        "organizations": [] if organization else organizations_to_add(workshop, desk, text=text)[:FOUND],
        "meets_people": bool(desk.people),
        "people": people,
        "can_choose": any(not person["is_closed"] for person in people),
        "nobody": nobody,
        "person_form": person_form if is_late else None,
    }
    is_wrong = nobody or bool(person_form.errors)
    return render(request, "workshops/add_people.html", context, status=422 if is_wrong else 200)


def chosen_organization(written: str, among: Any) -> Organization | None:
    """One of these by its key; None for anything else."""
    keys = ids_written([written])
    return among.filter(pk__in=keys).first() if keys else None


def _nobody(person: User | None) -> str:
    if person is None:
        return _(
            "Nobody has an account with this. Check it, or let the person sign up and find the organization first."
        )
    return _("%(name)s holds no position today that this workshop is for.") % {"name": person}


def said(seated: Seated) -> str:
    """What became of the people, in a sentence or two."""
    parts = []
    if count := len(seated.confirmed):
        parts.append(
            ngettext("%(count)d person has a seat.", "%(count)d people have a seat.", count) % {"count": count}
        )
    if count := len(seated.waiting):
        text = ngettext("%(count)d person is on the waiting list.", "%(count)d people are on the waiting list.", count)
        parts.append(text % {"count": count})
    if count := len(seated.already):
        text = ngettext("%(count)d person was in already.", "%(count)d people were in already.", count)
        parts.append(text % {"count": count})
    return " ".join(parts)


# --- one seat --------------------------------------------------------------------------------------
@login_required
@require_POST
def confirm(request: HttpRequest, pk: int, seat_id: int) -> HttpResponse:
    """Yes to a seat that was asked for; once the workshop has begun, a free chair for somebody in line."""
    seat = _seat(request, pk, seat_id)
    with leading_back(pk):
        seated = confirm_seat(seat, by=request.user)  # type: ignore[arg-type]
    messages.success(request, f"{seat.user}: {said(seated)}")
    return redirect("workshops:seats", pk=pk)


@login_required
@never_cache
@GET_AND_POST
def decline(request: HttpRequest, pk: int, seat_id: int) -> HttpResponse:
    seat = _seat(request, pk, seat_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with leading_back(pk):
            decline_seat(seat, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The seat of %(name)s is declined.") % {"name": seat.user})
        return redirect("workshops:seats", pk=pk)
    context = {"workshop": seat.workshop, "seat": seat, "form": form, "declines": True}
    return render(request, "workshops/end_seat.html", context, status=422 if form.errors else 200)


@login_required
@never_cache
@GET_AND_POST
def remove(request: HttpRequest, pk: int, seat_id: int) -> HttpResponse:
    seat = _seat(request, pk, seat_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with leading_back(pk):
            promoted = cancel_seat(seat, reason=form.cleaned_data["reason"], by=request.user)  # type: ignore[arg-type]
        messages.success(request, _gone(seat, promoted))
        return redirect("workshops:seats", pk=pk)
    context = {"workshop": seat.workshop, "seat": seat, "form": form, "declines": False}
    return render(request, "workshops/end_seat.html", context, status=422 if form.errors else 200)


def _gone(seat: Seat, promoted: list[Seat]) -> str:
    text = _("The seat of %(name)s is cancelled.") % {"name": seat.user}
    if count := len(promoted):
        moved = ngettext(
            "%(count)d person from the waiting list has it now.",
            "%(count)d people from the waiting list have a seat now.",
            count,
        )
        text += " " + moved % {"count": count}
    return text

"""Changing and moving a workshop that stands: a form each, and beside a clash the nearest days that are free."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from learning.workshops import free
from learning.workshops.booking import DayOff, SlotsTaken
from learning.workshops.flows import scheduling as flows
from learning.workshops.forms.scheduling import FactsForm, MoveForm, PlacesForm, SessionForm
from learning.workshops.free import Alternative
from learning.workshops.models import ResourceSlot, Session, Workshop
from learning.workshops.queries.scheduling import booked_for, timetable_of
from learning.workshops.timetable import shifted
from learning.workshops.views.instead import alternative_written
from learning.workshops.views.refused import Attempt, attempt
from learning.workshops.views.scheduling import run_workshop

SHOWN, SEVERAL = 3, 12


# --- one that stands -----------------------------------------------------------------------------------------
@login_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Facts; days and places have pages of their own."""
    workshop = run_workshop(request, pk)
    form = FactsForm(request.POST or None, workshop=workshop)
    tried = attempt(
        request,
        form,
        lambda: flows.change_workshop(
            workshop,
            revision=form.cleaned_data["revision"],
            by=request.user,  # type: ignore[arg-type]
            **form.facts,
        ),
    )
    if tried.result:
        messages.success(request, _("Saved."))
        return redirect("workshops:manage", pk=pk)
    context = {"form": form, "workshop": workshop, "refusal": tried.refusal}
    return render(request, "workshops/workshop_form.html", context, status=tried.status)


@login_required
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """All its days; what is in the way, and three that are free."""
    workshop = run_workshop(request, pk)
    sessions = [part.session for day in timetable_of(workshop) for part in day.parts]
    days = sorted({session.day for session in sessions})
    if not workshop.is_coming or not days:
        return redirect("workshops:manage", pk=pk)
    use = alternative_written(request.POST.get("use", ""), workshop.center_id, len(days)) if request.POST else None
    data = request.POST.copy() if request.method == "POST" else None
    if use and data is not None:
        for number, day in enumerate(use.days, start=1):
            data[f"day_{number}"] = f"{day:%Y-%m-%d}"
    form = MoveForm(data, workshop=workshop, days=days, wanted=_days_chosen(request, days))
    tried = attempt(request, form, lambda: _move(workshop, form, use, request))
    if tried.result:
        messages.success(request, _("The workshop is moved, and everybody with a seat is told."))
        return redirect("workshops:manage", pk=pk)
    context = {
        "form": form,
        "workshop": workshop,
        "refusal": tried.refusal,
        "alternatives": _instead_of_move(workshop, sessions, form, tried),
    }
    return render(request, "workshops/manage_move.html", context, status=tried.status)


def _days_chosen(request: HttpRequest, days: Sequence[date]) -> list[date] | None:
    """The days when the first is the one chosen in the calendar (`day` in the address)."""
    try:
        return sorted(shifted(days, date.fromisoformat(request.GET.get("day", ""))).values())
    except (ValueError, OverflowError):
        return None


def _move(workshop: Workshop, form: MoveForm, use: Alternative | None, request: HttpRequest) -> Workshop:
    chosen = form.cleaned_data
    return flows.move_workshop(
        workshop,
        to=form.days,
        room=use.room if use else None,
        trainers=use.trainers if use else None,
        allows_weekend=chosen["allows_weekend"],
        note=chosen["note"],
        revision=chosen["revision"],
        by=request.user,  # type: ignore[arg-type]
    )


def _instead_of_move(
    workshop: Workshop, sessions: Sequence[Session], form: MoveForm, tried: Attempt[Workshop]
) -> list[Alternative]:
    if not isinstance(tried.refusal, SlotsTaken | DayOff):
        return []
    booked = [one for one in booked_for(sessions) if one.is_room or one.is_trainer]
    wish = free.wish_for(
        workshop.center,
        topic=workshop.topic,
        people=workshop.capacity,
        slots=[(session.day, session.half) for session in sessions],
        trainers=len([one for one in booked if one.is_trainer]),
    )
    if wish is None:
        return []
    own = ResourceSlot.objects.filter(session__in=[session.pk for session in sessions])
    return free.alternatives(wish, form.days[0], ignoring=own, keeping=[one.pk for one in booked])


@login_required
def places(request: HttpRequest, pk: int) -> HttpResponse:
    """Room, trainers and things of all half-days to come, or of the one that is named in the address."""
    workshop = run_workshop(request, pk)
    days = timetable_of(workshop)
    only = request.GET.get("session", "")
    parts = [part for day in days for part in day.parts if not only or str(part.session.pk) == only]
    if not workshop.is_coming or not parts:
        return redirect("workshops:manage", pk=pk)
    booked = list(dict.fromkeys(resource for part in parts for resource in part.resources))
    form = PlacesForm(request.POST or None, workshop=workshop, booked=booked)
    sessions = [part.session.pk for part in parts] if only else None
    tried = attempt(request, form, lambda: _change_places(workshop, form, sessions, request))
    if tried.result:
        messages.success(request, _("Saved."))
        return redirect("workshops:manage", pk=pk)
    context = {
        "form": form,
        "workshop": workshop,
        "refusal": tried.refusal,
        "session": parts[0].session if only else None,
        "differs": len({part.resources for part in parts}) > 1,
    }
    return render(request, "workshops/manage_places.html", context, status=tried.status)


def _change_places(workshop: Workshop, form: PlacesForm, sessions: list[int] | None, request: HttpRequest) -> Workshop:
    chosen = form.cleaned_data
    return flows.change_places(
        workshop,
        room=chosen["room"],
        trainers=list(chosen["trainers"]),
        things=list(chosen["things"]),
        sessions=sessions,
        revision=chosen["revision"],
        by=request.user,  # type: ignore[arg-type]
    )


@login_required
def session(request: HttpRequest, pk: int, session_id: int) -> HttpResponse:
    """One half-day: when, and what happens in it."""
    workshop = run_workshop(request, pk)
    found = get_object_or_404(Session.objects.filter(workshop=workshop), pk=session_id)
    if not workshop.is_coming:
        return redirect("workshops:manage", pk=pk)
    data = request.POST.copy() if request.method == "POST" else None
    if data and (use := alternative_written(data.get("use", ""), workshop.center_id, 1)):
        data["day"] = f"{use.days[0]:%Y-%m-%d}"
    form = SessionForm(data, session=found, workshop=workshop)
    tried = attempt(request, form, lambda: _change_session(found, form, request))
    if tried.result:
        messages.success(request, _("Saved."))
        return redirect("workshops:manage", pk=pk)
    context = {
        "form": form,
        "workshop": workshop,
        "session": found,
        "refusal": tried.refusal,
        "alternatives": _other_half_days(workshop, found, form, tried),
    }
    return render(request, "workshops/manage_session.html", context, status=tried.status)


def _change_session(found: Session, form: SessionForm, request: HttpRequest) -> Workshop:
    chosen = form.cleaned_data
    return flows.arrange_session(
        found,
        day=chosen["day"],
        half=chosen["half"],
        starts=chosen["starts"],
        ends=chosen["ends"],
        title=chosen["title"],
        agenda=chosen["agenda"],
        allows_weekend=chosen["allows_weekend"],
        revision=chosen["revision"],
        by=request.user,  # type: ignore[arg-type]
    )


def _other_half_days(
    workshop: Workshop, found: Session, form: SessionForm, tried: Attempt[Workshop]
) -> list[Alternative]:
    """The nearest days on which everything that is booked for it is free."""
    if not isinstance(tried.refusal, SlotsTaken | DayOff):
        return []
    booked = [one for one in booked_for([found]) if one.is_room or one.is_trainer]
    day, half = form.cleaned_data["day"], form.cleaned_data["half"]
    wish = free.wish_for(workshop.center, topic=workshop.topic, people=1, slots=[(day, half)], trainers=len(booked) - 1)
    if wish is None or not any(one.is_room for one in booked):
        return []
    own = ResourceSlot.objects.filter(session=found)
    others = free.alternatives(wish, day, count=SEVERAL, ignoring=own, keeping=[one.pk for one in booked])
    same = [one for one in others if {one.room, *one.trainers} == set(booked)]
    return same[:SHOWN]

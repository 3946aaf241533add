"""Workshops for officers: the landing with what waits and what comes, and the list of all."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from learning.duties.rules import duties_of_today
from learning.workshops.conversation import next_step
from learning.workshops.forms.workshop_filters import WorkshopFilters
from learning.workshops.queries.landing import (
    SHOWN,
    centers_at_a_glance,
    coming_for,
    requests_waiting,
    tasks_of,
    with_seats,
)
from learning.workshops.queries.requests import days_waiting
from learning.workshops.queries.scope import desk_of, workshops_visible_to

REQUESTS = 5
TASKS = 12
PAGE = 25


@login_required
@require_safe
def office(request: HttpRequest) -> HttpResponse:
    """By role: a center's requests, tasks and workshops; an office's requests and what comes for its people; all."""
    areas = duties_of_today(request.user)
    desk = desk_of(request.user, areas=areas)
    today = timezone.localdate()
    asks = bool(desk.offices or desk.centers)
    waiting = list(requests_waiting(request.user, desk)[: REQUESTS + 1]) if asks else []  # type: ignore[arg-type]
    tasks = tasks_of(desk.centers, today=today)
    coming = list(coming_for(request.user, desk, today=today)[: SHOWN + 1])  # type: ignore[arg-type]
    context = {
        "desk": desk,
        "requests": [
            {"request": one, "step": next_step(one, desk), "days": days_waiting(one.waiting_since)}  # type: ignore[attr-defined]
            for one in waiting[:REQUESTS]
        ],
        "more_requests": len(waiting) > REQUESTS,
        "tasks": tasks[:TASKS],
        "more_tasks": max(0, len(tasks) - TASKS),
        "workshops": coming[:SHOWN],
        "more_workshops": len(coming) > SHOWN,
        "centers": centers_at_a_glance(today=today) if desk.is_head_office else [],
    }
    return render(request, "workshops/office.html", context)


@login_required
@require_safe
def workshops(request: HttpRequest) -> HttpResponse:
    """Everything that one sees, those to come first."""
    areas = duties_of_today(request.user)
    desk = desk_of(request.user, areas=areas)
    filters = WorkshopFilters(request.GET, desk=desk)
    rows = filters.narrow(with_seats(workshops_visible_to(request.user, desk=desk)), today=timezone.localdate())
    context = {
        "page_obj": Paginator(rows, PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "desk": desk,
    }
    return render(request, "workshops/workshops.html", context)

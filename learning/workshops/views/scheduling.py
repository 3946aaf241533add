"""One workshop as officers see it: how it stands, what is next, and the buttons that move it on."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from learning.duties.rules import duties_of_today
from learning.kernel.refusals import Refused
from learning.organizations.choices import Kind, Position
from learning.workshops.flows import scheduling as flows
from learning.workshops.forms.scheduling import CancelForm
from learning.workshops.history import happenings_of
from learning.workshops.models import Workshop
from learning.workshops.queries.calendars import Day
from learning.workshops.queries.scheduling import days_off_among, seats_of, timetable_of, workshops_to_show
from learning.workshops.queries.scope import Desk, desk_of, workshops_run_by, workshops_visible_to
from learning.workshops.rules import may_check_in, may_run
from learning.workshops.steps import next_step_of
from learning.workshops.views.refused import attempt


def run_workshop(request: HttpRequest, pk: int) -> Workshop:
    """A workshop of one's own center; 404 for everybody else."""
    desk = desk_of(request.user, areas=duties_of_today(request.user))  # type: ignore[arg-type]
    return get_object_or_404(workshops_to_show(workshops_run_by(request.user, desk=desk)), pk=pk)


@login_required
@require_safe
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    desk = desk_of(request.user, areas=duties_of_today(request.user))  # type: ignore[arg-type]
    workshop = get_object_or_404(workshops_to_show(workshops_visible_to(request.user, desk=desk)), pk=pk)
    return render(request, "workshops/manage.html", _overview(request, workshop, desk))


def _overview(request: HttpRequest, workshop: Workshop, desk: Desk) -> dict[str, Any]:
    days, seats = timetable_of(workshop), seats_of(workshop)
    runs, attends = (rule(request.user, workshop, desk=desk) for rule in (may_run, may_check_in))
    return {
        "workshop": workshop,
        "days": days,
        "seats": seats,
        "step": next_step_of(workshop, days, runs=runs, attends=attends, now=timezone.now()),
        "days_off": days_off_among(workshop, days) if workshop.is_coming else {},
        "runs": runs,
        "may_arrange": runs and workshop.is_coming and any(_is_ahead(day) for day in days),
        "attends": attends,
        "positions": [Position(one).label for one in workshop.positions if one in Position.values],
        "kinds": [Kind(one).label for one in workshop.kinds if one in Kind.values],
        "provinces": list(workshop.provinces.all()),
        "happenings": happenings_of(workshop) if attends else [],
    }


def _is_ahead(day: Day) -> bool:
    return any(part.session.starts_at > timezone.now() for part in day.parts)


# --- its life --------------------------------------------------------------------------------------------
def _revision(request: HttpRequest) -> int | None:
    written = request.POST.get("revision", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else None


def _step(request: HttpRequest, pk: int, verb: Callable[..., Workshop], words: str) -> HttpResponse:
    """A button of the page; a refusal stands on the page itself."""
    workshop = run_workshop(request, pk)
    try:
        verb(workshop, revision=_revision(request), by=request.user)
    except Refused as refused:
        if refused.status == 403:
            raise
        desk = desk_of(request.user, areas=duties_of_today(request.user))  # type: ignore[arg-type]
        workshop = workshops_to_show(Workshop.objects.all()).get(pk=pk)
        context = {**_overview(request, workshop, desk), "refusal": refused}
        return render(request, "workshops/manage.html", context, status=refused.status)
    messages.success(request, words)
    return redirect("workshops:manage", pk=pk)


@login_required
@require_POST
def open_registration(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, flows.open_registration, _("Registration is open. Learners find the workshop now."))


@login_required
@require_POST
def close_registration(request: HttpRequest, pk: int) -> HttpResponse:
    return _step(request, pk, flows.close_registration, _("Registration is closed. Who has a seat keeps it."))


@login_required
@require_POST
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    words = _("The workshop was held. Attendance is settled, and those who came are thanked and asked.")
    return _step(request, pk, flows.hold_workshop, words)


@login_required
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Who will be told is said before; the reason is asked for."""
    workshop = run_workshop(request, pk)
    if not workshop.is_coming:
        return redirect("workshops:manage", pk=pk)
    form = CancelForm(request.POST or None, workshop=workshop)
    tried = attempt(
        request,
        form,
        lambda: flows.cancel_workshop(
            workshop, reason=form.cleaned_data["reason"], revision=form.cleaned_data["revision"], by=request.user
        ),
    )
    if tried.result:
        messages.success(request, _("The workshop is cancelled, and everybody is told."))
        return redirect("workshops:manage", pk=pk)
    seats = seats_of(workshop)
    told = ngettext(
        "%(count)d person who registered is told.", "%(count)d people who registered are told.", seats.told
    ) % {"count": seats.told}
    context = {
        "workshop": workshop,
        "form": form,
        "refusal": tried.refusal,
        "seats": seats,
        "told": told,
        "back": reverse("workshops:manage", args=[pk]),
    }
    return render(request, "workshops/manage_cancel.html", context, status=tried.status)

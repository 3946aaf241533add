"""Venues, rooms, trainers, vehicles and equipment of a center; leave, closed days, and what drops out."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from learning.places.models import TransferCenter
from learning.workshops.choices import ResourceKind
from learning.workshops.flows import resources as flows
from learning.workshops.forms.resources import ClosedDayForm, LeaveForm, ResourceForm, VenueForm
from learning.workshops.models import ClosedDay, Resource, Venue
from learning.workshops.queries.resources import (
    centers_looked_at,
    closed_days_of,
    holidays_from,
    leaves_of,
    resources_listed,
    venues_of,
    workshops_ahead_of,
)
from learning.workshops.queries.scope import desk_of, resources_visible_to
from learning.workshops.rules.scheduling import looking_desk, running_desk
from learning.workshops.views.refused import attempt

WITH_PLACES = ("center", "venue__province", "venue__district", "person")


def _center(request: HttpRequest, centers: Any) -> TransferCenter:
    """The one named in the address, else the first; 404 for one of others."""
    rows = centers.select_related("host_province")
    written = request.GET.get("center", "")
    if written:
        rows = (
            rows.filter(pk=int(written))
            if written.isascii() and written.isdigit() and len(written) < 5
            else rows.none()
        )
    found: TransferCenter | None = rows.first()
    if found is None:
        raise Http404
    return found


@login_required
@require_safe
def resources(request: HttpRequest) -> HttpResponse:
    """Everything of one center; head office looks on."""
    desk = looking_desk(request.user)
    centers = centers_looked_at(desk)
    center, today = _center(request, centers), timezone.localdate()
    rows = list(resources_listed(center, today=today))
    context = {
        "center": center,
        "centers": list(centers) if len(desk.centers) > 1 or desk.is_head_office else [],
        "runs": center.pk in desk.centers,
        "venues": list(venues_of(center)),
        "groups": [
            (kind, kind.label, [row for row in rows if row.kind == kind and row.is_active]) for kind in ResourceKind
        ],
        "retired": [row for row in rows if not row.is_active],
        "closed_days": list(closed_days_of(center, today=today)),
        "holidays": list(holidays_from(today)),
        "form": ClosedDayForm(),
    }
    return render(request, "workshops/resources.html", context)


@login_required
@require_safe
def resource(request: HttpRequest, pk: int) -> HttpResponse:
    desk = looking_desk(request.user)
    rows = resources_visible_to(request.user, desk=desk).select_related(*WITH_PLACES)
    found = get_object_or_404(rows, pk=pk)
    return render(request, "workshops/resource.html", _page(found, runs=found.center_id in desk.centers))


def _page(found: Resource, *, runs: bool, form: LeaveForm | None = None) -> dict[str, Any]:
    today = timezone.localdate()
    topics = found._meta.get_field("topics").verbose_name if found.is_trainer else ""
    return {
        "resource": found,
        "runs": runs,
        "topics": topics_in_words(found),
        "topics_label": topics,
        "leaves": leaves_of(found, today=today),
        "workshops": workshops_ahead_of(found, today=today),
        "form": form or LeaveForm(),
    }


def topics_in_words(found: Resource) -> list[str]:
    labels = dict(ResourceForm.base_fields["topics"].choices)  # type: ignore[attr-defined]
    return [str(labels[topic]) for topic in found.topics if topic in labels]


def own_resource(request: HttpRequest, pk: int) -> Resource:
    """A resource of one's own center; 404 for everybody else."""
    desk = running_desk(request.user)
    return get_object_or_404(Resource.objects.filter(center__in=desk.centers).select_related(*WITH_PLACES), pk=pk)


@login_required
def add_resource(request: HttpRequest, kind: str) -> HttpResponse:
    desk = running_desk(request.user)
    if kind not in ResourceKind.values:
        raise Http404
    center = _center(request, centers_looked_at(desk).filter(pk__in=desk.centers))
    return _resource_form(request, Resource(center=center, kind=kind))


@login_required
def edit_resource(request: HttpRequest, pk: int) -> HttpResponse:
    return _resource_form(request, own_resource(request, pk))


def _resource_form(request: HttpRequest, found: Resource) -> HttpResponse:
    form = ResourceForm(request.POST or None, resource=found)
    tried = attempt(request, form, lambda: flows.save_resource(found, by=request.user, **form.cleaned_data))  # type: ignore[arg-type]
    if tried.result:
        messages.success(request, _("Saved."))
        return redirect("workshops:resource", pk=tried.result.pk)
    kind = ResourceKind(found.kind)
    has_venue = kind != ResourceKind.ROOM or Venue.objects.filter(center=found.center_id, is_active=True).exists()
    context = {
        "form": form,
        "refusal": tried.refusal,
        "thing": found if found.pk else None,
        "kind": kind,
        "center": found.center,
        "has_venue": has_venue,
        "back": reverse("workshops:resource", args=[found.pk]) if found.pk else reverse("workshops:resources"),
    }
    return render(request, "workshops/resource_form.html", context, status=tried.status)


@login_required
@require_POST
def retire_resource(request: HttpRequest, pk: int) -> HttpResponse:
    found = flows.retire_resource(own_resource(request, pk), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("%(name)s is out of use. What was stays readable.") % {"name": found.name})
    return redirect("workshops:resource", pk=pk)


@login_required
@require_POST
def restore_resource(request: HttpRequest, pk: int) -> HttpResponse:
    found = flows.restore_resource(own_resource(request, pk), by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("%(name)s is in use again.") % {"name": found.name})
    return redirect("workshops:resource", pk=pk)


# --- leave -------------------------------------------------------------------------------------------------
@login_required
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Days on which it is not to be booked."""
    found = own_resource(request, pk)
    form = LeaveForm(request.POST)
    tried = attempt(request, form, lambda: flows.enter_leave(found, by=request.user, **form.cleaned_data))  # type: ignore[arg-type]
    if tried.result is not None:
        messages.success(request, _("Entered. Nobody can book %(name)s on these days.") % {"name": found.name})
        return redirect("workshops:resource", pk=pk)
    context = {**_page(found, runs=True, form=form), "refusal": tried.refusal}
    return render(request, "workshops/resource.html", context, status=tried.status)


@login_required
@require_POST
def end_leave(request: HttpRequest, pk: int) -> HttpResponse:
    found = own_resource(request, pk)
    form = LeaveForm({**request.POST.dict(), "day_length": "full"})
    if not form.is_valid():
        raise Http404  # made by hand: the page offers nothing else
    flows.end_leave(found, since=form.cleaned_data["since"], until=form.cleaned_data["until"], by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("%(name)s can be booked again on these days.") % {"name": found.name})
    return redirect("workshops:resource", pk=pk)


# --- venues and closed days ----------------------------------------------------------------------------------
@login_required
def add_venue(request: HttpRequest) -> HttpResponse:
    desk = running_desk(request.user)
    return _venue_form(request, Venue(center=_center(request, centers_looked_at(desk).filter(pk__in=desk.centers))))


@login_required
def edit_venue(request: HttpRequest, pk: int) -> HttpResponse:
    desk = running_desk(request.user)
    rows = Venue.objects.filter(center__in=desk.centers).select_related("center", "province", "district")
    return _venue_form(request, get_object_or_404(rows, pk=pk))


def _venue_form(request: HttpRequest, found: Venue) -> HttpResponse:
    form = VenueForm(request.POST or None, center=found.center, venue=found if found.pk else None)
    tried = attempt(request, form, lambda: flows.save_venue(found, by=request.user, **form.facts))  # type: ignore[arg-type]
    if tried.result:
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('workshops:resources')}?center={found.center_id}")
    context = {
        "form": form,
        "refusal": tried.refusal,
        "thing": found if found.pk else None,
        "center": found.center,
        "has_venue": True,
        "back": f"{reverse('workshops:resources')}?center={found.center_id}",
    }
    return render(request, "workshops/resource_form.html", context, status=tried.status)


@login_required
def close_day(request: HttpRequest) -> HttpResponse:
    desk = running_desk(request.user)
    center = _center(request, centers_looked_at(desk).filter(pk__in=desk.centers))
    form = ClosedDayForm(request.POST or None)
    tried = attempt(request, form, lambda: flows.close_day(center=center, by=request.user, **form.cleaned_data))  # type: ignore[arg-type]
    back = f"{reverse('workshops:resources')}?center={center.pk}"
    if tried.result:
        messages.success(request, _("The center is closed on this day; nobody can plan a workshop there."))
        return redirect(f"{back}#closed")
    context = {
        "form": form,
        "refusal": tried.refusal,
        "center": center,
        "back": back,
        "has_venue": True,
        "is_day": True,
    }
    return render(request, "workshops/resource_form.html", context, status=tried.status)


@login_required
@require_POST
def open_day(request: HttpRequest, pk: int) -> HttpResponse:
    desk = desk_of(request.user)
    found = get_object_or_404(ClosedDay.objects.filter(center__in=desk.centers), pk=pk)
    flows.open_day(found, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The center is open on this day again."))
    return redirect(f"{reverse('workshops:resources')}?center={found.center_id}#closed")

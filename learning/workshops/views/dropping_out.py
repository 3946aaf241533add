"""A trainer falls ill, a room floods: which workshops are hit, and what could take its place."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from learning.enrollments.forms.group import ids_written
from learning.kernel.refusals import Refused
from learning.workshops.flows import resources as flows
from learning.workshops.flows.scheduling import replace_resource
from learning.workshops.forms.resources import LeaveForm
from learning.workshops.models import Resource
from learning.workshops.queries.resources import hits_of, holds_ahead_of
from learning.workshops.queries.scheduling import Hit
from learning.workshops.views.resources import own_resource

ASKED = ("since", "until", "day_length", "reason")


@login_required
def drops_out(request: HttpRequest, pk: int) -> HttpResponse:
    """First the days (GET), then a replacement for each workshop (POST), at last the leave itself (POST)."""
    found = own_resource(request, pk)
    typed = request.POST if request.method == "POST" else request.GET
    form = LeaveForm(typed) if typed.get("since") else LeaveForm()
    if not form.is_bound or not form.is_valid():
        context = {"resource": found, "form": form}
        return render(request, "workshops/resource_drops_out.html", context, status=422 if form.errors else 200)
    if request.method != "POST":
        return _hits_page(request, found, form)
    try:
        if request.POST.get("verb") == "leave":
            flows.enter_leave(found, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
            messages.success(request, _("Entered. Nobody can book %(name)s on these days.") % {"name": found.name})
            return redirect("workshops:resource", pk=pk)
        _replace(request, found, form)
    except Refused as refused:
        if refused.status == HTTPStatus.FORBIDDEN:
            raise
        return _hits_page(request, found, form, refusal=refused)
    messages.success(request, _("Replaced."))
    query = QueryDict(mutable=True)
    query.update({name: request.POST.get(name, "") for name in ASKED})
    return redirect(f"{request.path}?{query.urlencode()}")


def _replace(request: HttpRequest, found: Resource, form: LeaveForm) -> None:
    """One workshop gets one of those that the page offered, and no other."""
    chosen, instead = (next(iter(ids_written([request.POST.get(name, "")])), 0) for name in ("workshop", "instead"))
    for hit in _hits(found, form):
        if hit.workshop.pk != chosen:
            continue
        replacement = next((one for one in hit.replacements if one.pk == instead), None)
        if replacement is None and instead:
            raise Refused(_("This one is no longer free. Choose another one."))
        replace_resource(
            hit.workshop,
            lost=found,
            instead=replacement,
            sessions=[session.pk for session in hit.sessions],
            by=request.user,  # type: ignore[arg-type]
        )


def _hits(found: Resource, form: LeaveForm) -> list[Hit]:
    asked = form.cleaned_data
    return hits_of(found, asked["since"], asked["until"], day_length=asked["day_length"])


def _hits_page(
    request: HttpRequest, found: Resource, form: LeaveForm, *, refusal: Refused | None = None
) -> HttpResponse:
    asked = form.cleaned_data
    context: dict[str, Any] = {
        "resource": found,
        "form": form,
        "hits": _hits(found, form),
        "holds": holds_ahead_of(found, since=asked["since"], until=asked["until"]),
        "asked": asked,
        "sent": [(name, form.data.get(name, "")) for name in ASKED],
        "refusal": refusal,
    }
    return render(
        request, "workshops/resource_drops_out.html", context, status=refusal.status if refusal else HTTPStatus.OK
    )

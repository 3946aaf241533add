"""The register as officers see it: the list, one organization, entering and changing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.duties.queries import organizations_kept_by, organizations_visible_to
from learning.duties.rules import duties_of_today
from learning.organizations.queries import history_of
from learning.register import portrait
from learning.register.flows.organizations import change_organization, enter_organization
from learning.register.forms.filters import SORTS, OrganizationFilters, typed
from learning.register.forms.organizations import OrganizationForm
from learning.register.reach import require_register, seating_area, stands_in
from learning.register.views.refused import attempt

SHOWN = 25
WITH_PLACES = ("province", "district", "parent")


@login_required
@require_safe
def organizations(request: HttpRequest) -> HttpResponse:
    areas = duties_of_today(request.user)
    query = typed(request.GET)
    filters = OrganizationFilters(query, area=areas.totals)
    sort = query.get("sort", "") if query.get("sort") in SORTS else "name"
    rows = filters.narrow(organizations_visible_to(request.user)).select_related(*WITH_PLACES).order_by(*SORTS[sort])
    page = Paginator(rows, SHOWN).get_page(query.get("page"))
    counts = portrait.counts_of(page.object_list, on=timezone.localdate())
    context = {
        "page_obj": page,
        "lines": [(row, f"{counts.get(row.pk, 0):,}") for row in page.object_list],
        "filters": filters,
        "chosen": filters.chosen(),
        "sort": sort,
        "may_enter": bool(areas.register),
        "sees_people": bool(areas.people),
    }
    return render(request, "register/organizations.html", context)


@login_required
@require_safe
def organization(request: HttpRequest, organization_id: int) -> HttpResponse:
    areas = duties_of_today(request.user)
    found = get_object_or_404(
        organizations_visible_to(request.user).select_related(*WITH_PLACES, "successor"), pk=organization_id
    )
    today = timezone.localdate()
    keeps = stands_in(areas.register, found)
    sees_people = stands_in(areas.people, found)
    context: dict[str, Any] = {
        "organization": found,
        "groups": found.groups.select_related("district"),
        "year_end": portrait.year_end_of(found),
        "benches": portrait.benches(found, on=today, with_names=sees_people, may_correct=keeps),
        "happenings": portrait.happenings(history_of(found)),
        "keeps": keeps and found.is_active,
        "seats": stands_in(seating_area(areas), found) and found.is_active,
        "sees_people": sees_people,
    }
    if sees_people:
        context["past"] = portrait.past_lines(found, on=today, may_correct=keeps)
        context["coming"] = portrait.coming_lines(found, on=today, may_correct=keeps)
    return render(request, "register/organization.html", context)


@login_required
def add_organization(request: HttpRequest) -> HttpResponse:
    area = require_register(duties_of_today(request.user))
    form = OrganizationForm(request.POST or None, area=area)
    if request.method == "POST" and form.is_valid():
        entered = attempt(request, form, lambda: enter_organization(by=request.user, **form.cleaned_data))
        if entered:
            messages.success(request, _("%(organization)s is in the register now.") % {"organization": entered})
            return redirect("register:organization", entered.pk)
    return render(request, "register/organization_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required
def edit_organization(request: HttpRequest, organization_id: int) -> HttpResponse:
    area = require_register(duties_of_today(request.user))
    found = get_object_or_404(organizations_kept_by(request.user).select_related(*WITH_PLACES), pk=organization_id)
    form = OrganizationForm(request.POST or None, area=area, organization=found)
    if attempt(request, form, lambda: change_organization(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The register is changed. Reports of earlier days stay as they were."))
        return redirect("register:organization", found.pk)
    context = {"form": form, "organization": found}
    return render(request, "register/organization_form.html", context, status=422 if form.errors else 200)

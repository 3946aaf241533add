"""People of the area by name, and one person with their positions in it."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.duties.queries import count_people_in, memberships_in, organizations_in, people_in
from learning.duties.rights import holds_rights
from learning.duties.rules import duties_of_today
from learning.organizations.queries import holding_on, members_on
from learning.people.forms import DetailsForm
from learning.people.phones import local
from learning.people.queries import in_name_order
from learning.register.flows.members import correct_person
from learning.register.forms.filters import PeopleFilters, typed
from learning.register.portrait import days_of, term_of
from learning.register.reach import (
    has_account,
    may_correct_person,
    require_correctable,
    require_people,
    seating_area,
    stands_in,
)

SHOWN = 25


@login_required
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """With `organization` in the address: those who hold a position there today."""
    area = require_people(duties_of_today(request.user))
    today = timezone.localdate()
    filters = PeopleFilters(typed(request.GET))
    wanted = request.GET.get("organization", "")[:18]
    organization = get_object_or_404(organizations_in(area), pk=wanted) if wanted.isdecimal() else None
    found = members_on(organization, today) if organization else people_in(area)
    held = memberships_in(area).filter(holding_on(today)).select_related("organization")
    rows = in_name_order(found.filter(filters.condition())).prefetch_related(
        Prefetch("memberships", queryset=held, to_attr="held_here")
    )
    paginator = Paginator(rows, SHOWN)
    if not (organization or filters.condition()):
        paginator.count = count_people_in(area)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "lines": [(person, local(person.phone or "")) for person in page.object_list],
        "filters": filters,
        "organization": organization,
    }
    return render(request, "register/people.html", context)


@login_required
@require_safe
def person(request: HttpRequest, person_id: int) -> HttpResponse:
    areas = duties_of_today(request.user)
    found = get_object_or_404(people_in(require_people(areas)), pk=person_id)
    rows = (
        memberships_in(areas.people)
        .filter(user=found)
        .select_related("organization__district", "organization__province")
    )
    today = timezone.localdate()
    seating = seating_area(areas)
    lines = [
        {
            "membership": row,
            "days": days_of(row),
            "term": term_of(row),
            "is_past": bool(row.until and row.until < today),
            "may_end": stands_in(seating, row.organization) and not (row.until and row.until < today),
            "may_correct": stands_in(areas.register, row.organization),
        }
        for row in rows
    ]
    context = {
        "person": found,
        "phone": local(found.phone or ""),
        "lines": [line for line in lines if not line["is_past"]],
        "past": [line for line in lines if line["is_past"]],
        "has_account": has_account(found),
        "holds_rights": not has_account(found) and holds_rights(found),
        "may_correct": may_correct_person(request.user, found),
    }
    return render(request, "register/person.html", context)


@login_required
def edit_person(request: HttpRequest, person_id: int) -> HttpResponse:
    areas = duties_of_today(request.user)
    found = get_object_or_404(people_in(areas.register), pk=person_id)
    require_correctable(request.user, found)
    form = DetailsForm(request.POST or None, user=found)
    if request.method == "POST" and form.is_valid():
        correct_person(found, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("The details of %(person)s are saved.") % {"person": found})
        return redirect("register:person", found.pk)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "register/person_form.html", {"person": found, "form": form}, status=status)

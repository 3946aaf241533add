"""Entering people in positions, ending and correcting them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.duties.queries import people_in
from learning.duties.rules import duties_of_today
from learning.organizations.choices import OrganizationState
from learning.organizations.models import Organization
from learning.people.models import User
from learning.people.queries import in_name_order, naming
from learning.register.flows import members as flows
from learning.register.forms.filters import typed
from learning.register.forms.members import EndForm, PersonForm, SeatForm
from learning.register.namesakes import namesakes
from learning.register.portrait import positions_of
from learning.register.reach import memberships_kept_by, memberships_seated_by, organizations_seated_by
from learning.register.views.refused import attempt

FOUND = 20
NEW = "new"


def _seated(request: HttpRequest, organization_id: int) -> Organization:
    """One whose people are entered here, still active."""
    seated = organizations_seated_by(request.user)
    return get_object_or_404(seated, pk=organization_id, state=OrganizationState.ACTIVE)


@login_required
def add_member(request: HttpRequest, organization_id: int) -> HttpResponse:
    """First look for the person; then either the position of who was found, or a new person with a position."""
    area = duties_of_today(request.user).people
    organization = _seated(request, organization_id)
    query = typed(request.GET)
    wanted = query.get("person", "")[:18]
    if wanted.isascii() and wanted.isdigit():
        return _seat(request, organization, get_object_or_404(people_in(area), pk=wanted))
    if query.get("who") == NEW:
        return _seat_new(request, organization)
    text = query.get("q", "").strip()
    found = list(in_name_order(people_in(area).filter(naming(text)))[:FOUND]) if text else None
    notes = positions_of(found, area, on=timezone.localdate()) if found else {}
    lines = None if found is None else [(person, notes.get(person.pk, "")) for person in found]
    context = {"organization": organization, "q": text, "found": lines}
    return render(request, "register/find_person.html", context)


def _seat(request: HttpRequest, organization: Organization, person: User) -> HttpResponse:
    form = SeatForm(request.POST or None, organization=organization)
    if attempt(request, form, lambda: flows.seat_person(organization, person, by=request.user, **form.cleaned_data)):
        return _entered(request, organization, person)
    context = {"organization": organization, "person": person, "forms": [form]}
    return render(request, "register/member_form.html", context, status=422 if form.errors else 200)


def _seat_new(request: HttpRequest, organization: Organization) -> HttpResponse:
    """Who is alike is shown first; the answer comes back as `same`: a person's key, or that it is another one."""
    form = PersonForm(request.POST or None)
    seat = SeatForm(request.POST or None, organization=organization)
    context = {"organization": organization, "forms": [form, seat]}
    if request.method == "POST" and form.is_valid() & seat.is_valid():
        area = duties_of_today(request.user).people
        alike = namesakes(form.typed, area)
        notes = positions_of([one.person for one in alike], area, on=timezone.localdate())
        context["alike"] = [(one, notes.get(one.person.pk, "")) for one in alike]
        same = request.POST.get("same", "")
        person = next((one.person for one in alike if str(one.person.pk) == same), None)
        facts = {**seat.cleaned_data, "by": request.user}
        if person:
            done = attempt(request, seat, lambda: flows.seat_person(organization, person, typed=form.typed, **facts))
        elif alike and same != NEW:
            return render(request, "register/member_form.html", context, status=422)
        else:
            done = attempt(
                request, form, lambda: flows.seat_new_person(organization, form.typed, is_another=bool(alike), **facts)
            )
        if done:
            return _entered(request, organization, done.user)
    return render(request, "register/member_form.html", context, status=422 if form.errors or seat.errors else 200)


def _entered(request: HttpRequest, organization: Organization, person: User) -> HttpResponse:
    said = _("%(person)s is entered in %(organization)s.") % {"person": person, "organization": organization}
    messages.success(request, said)
    return redirect("register:organization", organization.pk)


@login_required
def edit_member(request: HttpRequest, membership_id: int) -> HttpResponse:
    duties_of_today(request.user)
    membership = get_object_or_404(memberships_kept_by(request.user), pk=membership_id)
    form = SeatForm(request.POST or None, organization=membership.organization, membership=membership)
    if attempt(request, form, lambda: flows.correct_membership(membership, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The position is corrected."))
        return redirect("register:organization", membership.organization_id)
    context = {"membership": membership, "form": form}
    return render(request, "register/edit_member.html", context, status=422 if form.errors else 200)


@login_required
def end_membership(request: HttpRequest, membership_id: int) -> HttpResponse:
    duties_of_today(request.user)
    membership = get_object_or_404(memberships_seated_by(request.user), pk=membership_id)
    form = EndForm(request.POST or None)
    if attempt(request, form, lambda: flows.end_membership(membership, by=request.user, **form.cleaned_data)):
        messages.success(request, _("The end of the position is saved."))
        return redirect("register:organization", membership.organization_id)
    context = {"membership": membership, "form": form}
    return render(request, "register/end_membership.html", context, status=422 if form.errors else 200)

"""Merging, splitting and dissolving; each page says in words what will happen before it is done."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from learning.duties.queries import organizations_kept_by
from learning.duties.rules import duties_of_today
from learning.organizations.choices import OrganizationState
from learning.organizations.models import Organization
from learning.organizations.queries import members_on
from learning.people.queries import in_name_order
from learning.register import portrait
from learning.register.choosing import mergeable, people_chosen
from learning.register.flows.organizations import dissolve_organization, merge_organizations, split_organization
from learning.register.forms.filters import typed
from learning.register.forms.organizations import EndingForm, SplitForm, hidden
from learning.register.reach import require_register
from learning.register.views.refused import attempt

FOUND = 20
MOST_TO_CHOOSE = 500


def _active(request: HttpRequest, organization_id: int) -> Organization:
    """One of the register that is kept here, still active."""
    kept = organizations_kept_by(request.user).select_related("province", "district")
    return get_object_or_404(kept, pk=organization_id, state=OrganizationState.ACTIVE)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else 0


@login_required
def merge(request: HttpRequest, organization_id: int) -> HttpResponse:
    duties_of_today(request.user)
    source = _active(request, organization_id)
    query = typed(request.GET)
    others = mergeable(source, by=request.user)
    into = others.filter(pk=_number(query.get("into", ""))).first()
    form = EndingForm(request.POST or None)
    if into and attempt(
        request, form, lambda: merge_organizations([source], into=into, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("%(source)s has merged into %(into)s.") % {"source": source, "into": into})
        return redirect("register:organization", into.pk)
    text = query.get("q", "")
    context = {
        "organization": source,
        "into": into,
        "form": form,
        "q": text,
        "found": list(mergeable(source, by=request.user, text=text)[:FOUND]) if text.strip() and not into else None,
        "people": portrait.counts_of([source], on=timezone.localdate()).get(source.pk, 0),
        "groups": source.groups.filter(state=OrganizationState.ACTIVE).count(),
    }
    return render(request, "register/merge.html", context, status=422 if form.errors else 200)


@login_required
def split(request: HttpRequest, organization_id: int) -> HttpResponse:
    area = require_register(duties_of_today(request.user))
    source = _active(request, organization_id)
    form = SplitForm(request.POST or None, area=area, organization=source)
    members = in_name_order(members_on(source, timezone.localdate()))
    chosen = people_chosen(members, request.POST.getlist("people"))
    nobody = request.method == "POST" and not chosen
    context = {"organization": source, "form": form, "nobody": nobody}
    if request.method == "POST" and form.is_valid() and not nobody:
        if "sure" not in request.POST:
            sure = {"fields": hidden(form), "chosen": chosen, "facts": form.cleaned_data}
            return render(request, "register/split_check.html", {**context, **sure})
        new = attempt(
            request, form, lambda: split_organization(source, people=chosen, by=request.user, **form.cleaned_data)
        )
        if new:
            messages.success(request, _("%(new)s has been split off.") % {"new": new})
            return redirect("register:organization", new.pk)
    ticked = {person.pk for person in chosen}
    context["people"] = [
        {"id": person.pk, "name": str(person), "is_chosen": person.pk in ticked} for person in members[:MOST_TO_CHOOSE]
    ]
    context["is_cut"] = len(context["people"]) == MOST_TO_CHOOSE
    return render(request, "register/split.html", context, status=422 if form.errors or nobody else 200)


@login_required
def dissolve(request: HttpRequest, organization_id: int) -> HttpResponse:
    duties_of_today(request.user)
    found = _active(request, organization_id)
    form = EndingForm(request.POST or None)
    if attempt(request, form, lambda: dissolve_organization(found, by=request.user, **form.cleaned_data)):
        messages.success(request, _("%(organization)s is dissolved.") % {"organization": found})
        return redirect("register:organization", found.pk)
    context = {
        "organization": found,
        "form": form,
        "people": portrait.counts_of([found], on=timezone.localdate()).get(found.pk, 0),
        "groups": found.groups.filter(state=OrganizationState.ACTIVE).count(),
    }
    return render(request, "register/dissolve.html", context, status=422 if form.errors else 200)

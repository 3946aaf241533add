"""My organizations: see, search, join, leave."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from learning.organizations.flows import join_organization, leave_organization
from learning.organizations.forms import JoinForm
from learning.organizations.models import Organization
from learning.organizations.queries import organizations_named, own_memberships
from learning.places.models import Province

SHOWN = 30


def _next_url(request: HttpRequest) -> str:
    """Where the person was going when we asked for their organization; only within this site."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    return target if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}) else ""


def _typed(request: HttpRequest, name: str, longest: int) -> str:
    """What stands in the address, cut, without the sign that PostgreSQL refuses in a text."""
    return request.GET.get(name, "").replace("\x00", "")[:longest]


@login_required
def memberships(request: HttpRequest) -> HttpResponse:
    context = {"memberships": own_memberships(request.user), "today": timezone.localdate()}
    return render(request, "organizations/memberships.html", context)


@login_required
def find(request: HttpRequest) -> HttpResponse:
    text, province = _typed(request, "q", 100), _typed(request, "province", 2)
    searched = bool(text.strip() or province)
    found = list(organizations_named(text, province=province)[: SHOWN + 1]) if searched else []
    context = {
        "q": text,
        "province": province,
        "provinces": Province.objects.all(),
        "searched": searched,
        "organizations": found[:SHOWN],
        "there_are_more": len(found) > SHOWN,
        "next": _next_url(request),
    }
    return render(request, "organizations/find.html", context)


@login_required
def join(request: HttpRequest, organization_id: int) -> HttpResponse:
    organization = get_object_or_404(Organization.objects.select_related("province", "district"), pk=organization_id)
    form = JoinForm(request.POST or None, organization=organization)
    if request.method == "POST" and form.is_valid():
        join_organization(organization, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("%(organization)s is now yours.") % {"organization": organization})
        return redirect(_next_url(request) or reverse("organizations:memberships"))
    context = {"organization": organization, "form": form, "next": _next_url(request)}
    return render(request, "organizations/join.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def leave(request: HttpRequest, membership_id: int) -> HttpResponse:
    membership = get_object_or_404(own_memberships(request.user), pk=membership_id)
    leave_organization(membership, by=request.user)
    messages.success(
        request, _("You are no longer listed in %(organization)s.") % {"organization": membership.organization}
    )
    return redirect("organizations:memberships")

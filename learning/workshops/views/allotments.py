"""Quotas of organizations and seats kept for them, an organization at a time."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from learning.kernel.refusals import Refused
from learning.organizations.models import Organization
from learning.workshops.flows.allotments import release_reserved, reserve_seats, set_quota
from learning.workshops.forms.seats import KeepForm, QuotaForm
from learning.workshops.models import Allotment, Workshop
from learning.workshops.queries.rolls import organizations_to_allot, shares_of_note
from learning.workshops.rules.seats import may_allot
from learning.workshops.views.seats import FOUND, GET_AND_POST, chosen_organization, open_seats


@login_required
@never_cache
@GET_AND_POST
def allotments(request: HttpRequest, pk: int) -> HttpResponse:
    """Quotas and kept seats, an organization at a time."""
    workshop, desk = open_seats(request, pk)
    if not may_allot(request.user, workshop, desk=desk):
        raise Refused(
            _("Quotas and kept seats are set by the center and the office that asked for the workshop."),
            status=HTTPStatus.FORBIDDEN,
            way_on=reverse("workshops:seats", args=[pk]),
            way_on_label=_("Back to the seats"),
        )
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    sent = request.POST if request.method == "POST" else request.GET
    organization = chosen_organization(sent.get("organization", ""), Organization.objects.all())
    share = Allotment.objects.filter(workshop=workshop, organization=organization).first() if organization else None
    keep, most = _share_forms(request, share)
    if request.method == "POST" and organization:
        try:
            sentence = _divide(request, workshop, organization, keep, most)
        except Refused as refused:
            form = next((one for one in (keep, most) if one.is_bound), None)
            if form is None or refused.status == HTTPStatus.FORBIDDEN:
                raise
            sentence = ""
            form.add_error(None, refused.sentence)
        if sentence:
            messages.success(request, sentence)
            return redirect(f"{reverse('workshops:allotments', args=[pk])}?organization={organization.pk}")
    context = {
        "workshop": workshop,
        "organization": organization,
        "share": share,
        "keep": keep,
        "most": most,
        "q": text,
        "found": organizations_to_allot(workshop, text=text)[:FOUND],
        "shares": shares_of_note(workshop),
    }
    return render(request, "workshops/allotments.html", context, status=422 if keep.errors or most.errors else 200)


def _share_forms(request: HttpRequest, share: Allotment | None) -> tuple[KeepForm, QuotaForm]:
    kept = {"count": share.reserved, "until": share.release_on} if share and share.reserved else {}
    return (
        KeepForm(request.POST if "keep" in request.POST else None, initial=kept),
        QuotaForm(request.POST if "quota" in request.POST else None, initial={"most": share.most if share else None}),
    )


def _divide(
    request: HttpRequest, workshop: Workshop, organization: Organization, keep: KeepForm, most: QuotaForm
) -> str:
    """Do what was sent; gives the sentence that says so, nothing when something has to be put right first."""
    by: Any = request.user
    if "release" in request.POST:
        promoted = release_reserved(workshop, organization=organization, by=by)
        if not promoted:
            return _("The kept seats are free for everybody.")
        text = ngettext(
            "The kept seats are free; %(count)d person from the waiting list has one.",
            "The kept seats are free; %(count)d people from the waiting list have one.",
            len(promoted),
        )
        return text % {"count": len(promoted)}
    if keep.is_bound and keep.is_valid():
        facts = keep.cleaned_data
        reserve_seats(workshop, organization=organization, count=facts["count"], release_on=facts["until"], by=by)
        return _("The seats are kept for %(organization)s.") % {"organization": organization}
    if most.is_bound and most.is_valid():
        set_quota(workshop, organization=organization, most=most.cleaned_data["most"], by=by)
        return _("The quota of %(organization)s is saved.") % {"organization": organization}
    return ""

"""Slips for people who have never signed in, and the page that welcomes them."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from learning.duties.queries import areas_of, organizations_in
from learning.duties.rules import duties_of_today
from learning.kernel.codes import code_written, count_wrong_try, qr_svg, refuse_guessing, spaced
from learning.organizations.models import Organization
from learning.people.phones import local
from learning.register.flows.invitations import accept_invitation, check_invitation, make_invitations
from learning.register.forms.invitations import InvitationCodeForm, WelcomeForm
from learning.register.inviting import invitable, invitation_with, open_invitations

BACKEND = "django.contrib.auth.backends.ModelBackend"


def _organization(request: HttpRequest, organization_id: int) -> Organization:
    duties_of_today(request.user)  # type: ignore[arg-type]
    return get_object_or_404(organizations_in(areas_of(request.user).people), pk=organization_id)


@login_required
def invitations(request: HttpRequest, organization_id: int) -> HttpResponse:
    organization = _organization(request, organization_id)
    sent = request.POST.getlist("people")
    ticked = {int(one) for one in sent if one.isascii() and one.isdigit() and len(one) <= 18}
    if request.method == "POST" and ticked:
        made = len(make_invitations(organization, people=ticked, by=request.user))  # type: ignore[arg-type]
        said = ngettext("%(count)d slip is ready to print.", "%(count)d slips are ready to print.", made)
        messages.success(request, said % {"count": made})
        return redirect("register:invitation_slips", organization_id=organization.pk)
    slips = {one.user_id: one.until for one in open_invitations(organization)}
    everybody = request.GET.get("choose") == "all"
    people = [(one, slips.get(one.pk), everybody or one.pk in ticked) for one in invitable(organization)]
    context = {"organization": organization, "people": people, "slip_count": len(slips)}
    context["nobody"] = request.method == "POST"
    return render(request, "register/invitations/invitations.html", context, status=422 if context["nobody"] else 200)


@login_required
@require_safe
@never_cache
def invitation_slips(request: HttpRequest, organization_id: int) -> HttpResponse:
    organization = _organization(request, organization_id)
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    slips = [
        {
            "person": one.user,
            "written": spaced(one.code),
            "until": one.until,
            "qr": mark_safe(qr_svg(site + reverse("register:welcome", args=[one.code]))),  # noqa: S308  our own address
        }
        for one in open_invitations(organization)
    ]
    by_hand = f"{site}{reverse('register:type_invitation')}".split("://", 1)[1]
    context = {"organization": organization, "slips": slips, "by_hand": by_hand}
    return render(request, "register/invitations/slips.html", context)


def type_invitation(request: HttpRequest) -> HttpResponse:
    form = InvitationCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (code := code_written(form.cleaned_data["code"])):
        return redirect("register:welcome", code=code)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "register/invitations/type_code.html", {"form": form}, status=status)


@never_cache
@sensitive_post_parameters("password")
def welcome(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever holds the slip is the person named on it: a password is chosen, and they are in."""
    address = get_adapter(request).get_client_ip(request)
    refuse_guessing(address)
    invitation = invitation_with(code_written(code))
    if invitation is None:
        count_wrong_try(address)
        return render(request, "register/invitations/unknown_code.html", status=HTTPStatus.NOT_FOUND)
    check_invitation(invitation)
    person = invitation.user
    form = WelcomeForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        person = accept_invitation(invitation.code, **form.cleaned_data)
        login(request, person, backend=BACKEND)
        messages.success(request, _("Welcome, %(person)s. Your password is saved.") % {"person": person})
        return redirect("desk:home")
    signs_in_with = local(person.phone) if person.phone else person.email or person.username
    context = {"person": person, "form": form, "signs_in_with": signs_in_with, "here": request.path}
    return render(request, "register/invitations/welcome.html", context, status=422 if form.errors else 200)

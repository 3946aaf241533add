"""Codes of an organization and their slips; enrolling oneself by a code."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning.duties.rules import duties_of_today
from learning.enrollments import flows
from learning.enrollments.forms import CodeForm, TypedCodeForm
from learning.enrollments.models import EnrollmentCode
from learning.enrollments.queries import (
    code_with,
    codes_visible_to,
    courses_open_today,
    organizations_met_by,
    seat_for,
)
from learning.kernel.codes import code_written, count_wrong_try, qr_svg, refuse_guessing, spaced
from learning.kernel.refusals import Refused

SLIPS = range(8)  # on a sheet of A4


@login_required
def codes(request: HttpRequest, organization_id: int) -> HttpResponse:
    duties_of_today(request.user)
    organization = get_object_or_404(organizations_met_by(request.user), pk=organization_id)
    form = CodeForm(request.POST or None, courses=courses_open_today())
    if request.method == "POST" and form.is_valid():
        code = flows.open_code(organization, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        messages.success(request, _("The code %(code)s is ready. Print its slips.") % {"code": spaced(code.code)})
        return redirect("enrollments:codes", organization_id=organization.pk)
    found = codes_visible_to(request.user).filter(organization=organization).order_by("-created_at", "-pk")[:100]
    lines = [{"code": code, "written": spaced(code.code), "why_not": _why_not(code)} for code in found]
    context = {"organization": organization, "form": form, "lines": lines}
    return render(request, "enrollments/codes.html", context, status=422 if form.errors else 200)


def _why_not(code: EnrollmentCode) -> str:
    try:
        flows.check_code(code)
    except Refused as refused:
        return refused.sentence
    return ""


@login_required
@require_POST
def close_code(request: HttpRequest, code_id: int) -> HttpResponse:
    duties_of_today(request.user)
    code = get_object_or_404(codes_visible_to(request.user), pk=code_id)
    flows.close_code(code, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The code %(code)s is closed.") % {"code": spaced(code.code)})
    return redirect("enrollments:codes", organization_id=code.organization_id)


@login_required
@require_safe
def slips(request: HttpRequest, code_id: int) -> HttpResponse:
    duties_of_today(request.user)
    code = get_object_or_404(codes_visible_to(request.user), pk=code_id)
    site = settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    context = {
        "code": code,
        "written": spaced(code.code),
        "qr": mark_safe(qr_svg(site + reverse("enrollments:use_code", args=[code.code]))),  # noqa: S308  made of our own address
        "by_hand": f"{site}{reverse('enrollments:type_code')}".split("://", 1)[1],
        "slips": SLIPS,
        "why_not": _why_not(code),
    }
    return render(request, "enrollments/slips.html", context)


def type_code(request: HttpRequest) -> HttpResponse:
    """For whoever holds a slip and cannot read the square."""
    form = TypedCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("enrollments:use_code", code=form.cleaned_data["code"])
    return render(request, "enrollments/type_code.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
def use_code(request: HttpRequest, code: str) -> HttpResponse:
    """What the code is for, before an account is asked for; the button enrolls."""
    address = get_adapter(request).get_client_ip(request)
    refuse_guessing(address)
    found = code_with(code_written(code))
    if found is None:
        count_wrong_try(address)
        return render(request, "enrollments/unknown_code.html", status=HTTPStatus.NOT_FOUND)
    if request.method == "POST" and request.user.is_authenticated:
        flows.use_code(found, by=request.user)
        messages.success(request, _("You are enrolled. Learn at your own pace; your place is kept."))
        return redirect("progress:resume", course=found.course.slug)
    enrollment, seat = seat_for(found, request.user)
    if enrollment is None:
        flows.check_code(found)
    context = {"code": found, "enrollment": enrollment, "seat": seat, "here": request.path}
    return render(request, "enrollments/use_code.html", context)

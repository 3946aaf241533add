"""What I may see and why; who holds which duty in my area; giving and ending duties."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.duties import flows
from learning.duties.choices import Role
from learning.duties.explaining import explained
from learning.duties.forms import EndForm, GiveForm
from learning.duties.queries import Areas, organizations_in, own_duties, past_on, visible_to
from learning.duties.rules import appointing_areas, duties_of_today
from learning.kernel.refusals import Refused
from learning.organizations.queries import organizations_named

SHOWN = 25
FOUND = 20


@login_required
@require_safe
def my_areas(request: HttpRequest) -> HttpResponse:
    """Also for somebody without a duty: it says so, and whom to ask."""
    today = timezone.localdate()
    mine = list(own_duties(request.user))
    try:
        areas = duties_of_today(request.user)
    except Refused:
        areas = Areas()
    context = {
        "duties": explained(areas),
        "gives_duties": bool(areas.appointing),
        "coming": [duty for duty in mine if duty.since > today],
        "past": [duty for duty in mine if duty.until and duty.until < today],
    }
    return render(request, "duties/my_areas.html", context)


@login_required
@require_safe
def duties(request: HttpRequest) -> HttpResponse:
    appointing_areas(request.user)
    today = timezone.localdate()
    is_past = request.GET.get("when") == "past"
    past = past_on(today)
    rows = visible_to(request.user).filter(past if is_past else ~past)
    context = {
        "page_obj": Paginator(rows, SHOWN).get_page(request.GET.get("page")),
        "is_past": is_past,
        "today": today,
        "head": Role.PROVINCIAL_HEAD,
    }
    return render(request, "duties/duties.html", context)


@login_required
def give(request: HttpRequest) -> HttpResponse:
    """The person's name is shown before anything is written: a phone number is easily mistyped."""
    area = appointing_areas(request.user).appointing
    wanted = request.GET.get("organization", "")[:18]
    organization = (
        get_object_or_404(organizations_in(area), pk=wanted) if wanted.isascii() and wanted.isdigit() else None
    )
    form = GiveForm(request.POST or None, area=area, organization=organization)
    context = {"form": form, "organization": organization}
    if request.method == "POST" and form.is_valid():
        person, (role, place) = form.cleaned_data["login"], form.chosen
        if "sure" not in request.POST:
            return render(
                request, "duties/give_check.html", {**context, "person": person, "role": Role(role), "place": place}
            )
        days = {name: form.cleaned_data[name] for name in ("since", "until", "order_ref")}
        try:
            duty = flows.give_duty(person, role=role, place=place, by=request.user, **days)  # type: ignore[arg-type]
        except Refused as refused:
            if refused.status == HTTPStatus.FORBIDDEN:
                raise
            form.add_error(None, refused.sentence)  # what was written stays
        else:
            messages.success(request, _("%(person)s now has the duty: %(duty)s.") % {"person": person, "duty": duty})
            return redirect("duties:duties")
    text = request.GET.get("q", "").replace("\x00", "")[:100]
    if text.strip():
        context["found"] = organizations_named(text).filter(pk__in=organizations_in(area).order_by().values("pk"))[
            :FOUND
        ]
    return render(request, "duties/give.html", {**context, "q": text}, status=422 if form.errors else 200)


@login_required
def end(request: HttpRequest, duty_id: int) -> HttpResponse:
    appointing_areas(request.user)
    duty = get_object_or_404(visible_to(request.user), pk=duty_id)
    form = EndForm(request.POST or None, duty=duty)
    if request.method == "POST" and form.is_valid():
        flows.end_duty(duty, on=form.on, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("The end of %(person)s’s duty is saved.") % {"person": duty.user})
        return redirect("duties:duties")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "duties/end.html", {"duty": duty, "form": form}, status=status)

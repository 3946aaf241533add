"""The report of a workshop: costs, pictures, downloads, and closing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from learning.duties.rules import duties_of_today
from learning.workshops.choices import WorkshopState
from learning.workshops.flows.reporting import add_cost, add_picture, close_report, remove_cost, remove_picture
from learning.workshops.forms.report import CostForm, PictureForm
from learning.workshops.models import CostLine, Workshop, WorkshopPicture
from learning.workshops.queries.report import Report, for_totals, report_of
from learning.workshops.queries.scope import Desk, desk_of, workshops_visible_to
from learning.workshops.workbook import write_report

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _seen(request: HttpRequest, pk: int) -> tuple[Workshop, Desk]:
    """The center, the office that asked, and head office: the report counts everybody who was there."""
    areas = duties_of_today(request.user)  # type: ignore[arg-type]
    desk = desk_of(request.user, areas=areas)
    found = workshops_visible_to(request.user, desk=desk)
    if not desk.is_head_office:
        found = found.filter(center__in=desk.centers) | found.filter(office__in=desk.offices)
    return get_object_or_404(found.select_related("center", "office", "pre_test", "post_test"), pk=pk), desk


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; POST adds a line of cost or a picture. 422 keeps what was typed."""
    workshop, desk = _seen(request, pk)
    what = request.POST.get("what", "")
    cost = CostForm(request.POST if what == "cost" else None)
    picture = PictureForm(*((request.POST, request.FILES) if what == "picture" else ()))
    status = 200
    if what == "cost":
        if cost.is_valid():
            add_cost(workshop, **cost.cleaned_data, by=request.user)  # type: ignore[arg-type]
            return _back(pk, "costs")
        status = 422
    elif what == "picture":
        if picture.is_valid():
            add_picture(workshop, **picture.cleaned_data, by=request.user)  # type: ignore[arg-type]
            return _back(pk, "pictures")
        status = 422
    runs = workshop.center_id in desk.centers
    context: dict[str, Any] = {
        "workshop": workshop,
        "report": _report(workshop, desk),
        "cost_form": cost,
        "picture_form": picture,
        "sees_pictures": _is_of_the_two(workshop, desk),
        "may_write": runs and workshop.state not in {WorkshopState.REPORTED, WorkshopState.CANCELLED},
        "may_close": runs and workshop.state == WorkshopState.HELD,
    }
    return render(request, "workshops/report.html", context, status=status)


def _report(workshop: Workshop, desk: Desk) -> Report:
    """The two offices know who was there; head office sees totals."""
    report = report_of(workshop)
    return report if _is_of_the_two(workshop, desk) else for_totals(report)


def _is_of_the_two(workshop: Workshop, desk: Desk) -> bool:
    """The center and the office that asked: they met the people, whom pictures and small numbers tell apart."""
    return workshop.center_id in desk.centers or workshop.office_id in desk.offices


def _back(pk: int, place: str) -> HttpResponse:
    return redirect(f"{reverse('workshops:report', args=[pk])}#{place}")


@login_required
@require_POST
def cost_removed(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    workshop, _desk = _seen(request, pk)
    found = get_object_or_404(CostLine.objects.select_related("workshop"), workshop=workshop, pk=line)
    remove_cost(found, by=request.user)  # type: ignore[arg-type]
    return _back(pk, "costs")


@login_required
@require_POST
def picture_removed(request: HttpRequest, pk: int, picture: int) -> HttpResponse:
    workshop, _desk = _seen(request, pk)
    found = get_object_or_404(WorkshopPicture.objects.select_related("workshop"), workshop=workshop, pk=picture)
    remove_picture(found, by=request.user)  # type: ignore[arg-type]
    return _back(pk, "pictures")


@login_required
@never_cache
@require_safe
def picture(request: HttpRequest, pk: int, picture: int) -> FileResponse:
    """A picture of people: only through this door."""
    workshop, desk = _seen(request, pk)
    if not _is_of_the_two(workshop, desk):
        raise Http404
    found = get_object_or_404(WorkshopPicture, workshop=workshop, pk=picture)
    return FileResponse(found.image.open("rb"), content_type="image/jpeg")


@login_required
@never_cache
@require_safe
def report_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    workshop, desk = _seen(request, pk)
    content = write_report(_report(workshop, desk))
    return HttpResponse(
        content,
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="workshop-{workshop.pk}.xlsx"'},
    )


@login_required
@require_POST
def report_closed(request: HttpRequest, pk: int) -> HttpResponse:
    workshop, _desk = _seen(request, pk)
    close_report(workshop, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The report is closed. Both offices can download it."))
    return redirect("workshops:report", pk=pk)

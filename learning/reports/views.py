"""Dashboard, reports and their files, for whoever holds a duty today."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import log

from learning.duties.queries import Areas
from learning.duties.rules import duties_of_today
from learning.reports import flows
from learning.reports.asking import Asked, NotYours, ask, is_still_theirs, offered_reports, query_of
from learning.reports.charts import bar_chart, column_chart
from learning.reports.choices import FileState
from learning.reports.counting import catch_up
from learning.reports.dashboard import dashboard as dashboard_of
from learning.reports.models import ReportFile
from learning.reports.queries import StillCounting, files_of
from learning.reports.question import standing
from learning.reports.showing import chosen_filters, in_order, shown
from learning.reports.workbooks import write_workbook

LINES = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _asked(request: HttpRequest, slug: str = "") -> Asked:
    """What is asked, inside the areas of today; a stranger's area is not there (404)."""
    areas = duties_of_today(request.user)
    try:
        return ask(areas, request.GET if request.method != "POST" else request.POST, slug=slug)
    except NotYours:
        raise Http404 from None


def _page(request: HttpRequest, template: str, asked: Asked, context: dict[str, Any]) -> HttpResponse:
    question = asked.question
    common = {
        "asked": asked,
        "form": asked.form,
        "within": question.within,
        "question": question,
        "standing": standing(question.days, today=timezone.localdate()),
        "chosen": chosen_filters(asked.form, request.GET),
        "clear_url": f"?area={question.within.code}",
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked.form.errors else HTTPStatus.OK
    response = render(request, template, {**common, **context}, status=status)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _still_counting(request: HttpRequest, asked: Asked) -> HttpResponse:
    """Past days of a large area: the worker counts, the page looks again by itself."""
    response = _page(request, "reports/counting.html", asked, {})
    response["Refresh"] = "3"
    return response


@login_required
@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    is_complete = catch_up()
    try:
        found = dashboard_of(asked.question)
    except StillCounting:
        return _still_counting(request, asked)
    context = {
        "dashboard": found,
        "kinds_sheet": shown(found.kinds),
        "quarters_sheet": shown(found.quarters),
        "is_complete": is_complete,
    }
    return _page(request, "reports/dashboard.html", asked, context)


@login_required
@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    return _page(request, "reports/reports.html", asked, {"reports": offered_reports(asked.question.within)})


@login_required
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponse:
    asked = _asked(request, slug)
    assert asked.report is not None
    is_complete = catch_up()
    try:
        table = asked.table()
    except StillCounting:
        return _still_counting(request, asked)
    draw = column_chart if asked.report.is_drawn_in_time else bar_chart
    sort = request.GET.get("sort", "")[:30]
    page_obj = Paginator(in_order(table, sort), LINES).get_page(request.GET.get("page"))
    context = {
        "report": asked.report,
        "table": table,
        "sheet": shown(table, page_obj.object_list, sort=sort),
        "chart": draw(table, table.shown_in_chart) if len(table.lines) > 1 else None,
        "page_obj": page_obj,
        "is_complete": is_complete,
        "query": request.GET.urlencode(),
    }
    return _page(request, "reports/report.html", asked, context)


@login_required
@require_safe
def workbook(request: HttpRequest, slug: str) -> HttpResponse:
    asked = _asked(request, slug)
    catch_up()
    try:
        data = write_workbook(asked.table())
    except StillCounting:
        return _still_counting(request, asked)
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{slug}-{asked.question.within.code}.xlsx"'
    return response


@login_required
@require_POST
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    asked = _asked(request, slug)
    assert asked.report is not None
    title = f"{asked.report.title} · {asked.question.within.label}"
    file = flows.ask_for_file(query_of(asked, request.POST), title=title, by=request.user)  # type: ignore[arg-type]
    return redirect("reports:file", file.pk)


@login_required
@require_safe
def files(request: HttpRequest) -> HttpResponse:
    areas = duties_of_today(request.user)
    found = [(one, _may_open(areas, one)) for one in files_of(request.user)[:LINES]]
    return render(request, "reports/files.html", {"files": found})


def _may_open(areas: Areas, found: ReportFile) -> bool:
    """A paper shows no more than its asker may see today; one that was not made says why to who asked for it."""
    if found.state != FileState.READY:
        return True
    return is_still_theirs(areas, found.query, with_small_cells=found.has_small_cells)


def _own_file(request: HttpRequest, file_id: int, **state: str) -> ReportFile:
    """A file that may be opened today; every other is not there (404)."""
    areas = duties_of_today(request.user)
    found = get_object_or_404(files_of(request.user), pk=file_id, **state)  # type: ignore[arg-type]
    if not _may_open(areas, found):
        raise Http404
    return found


@login_required
@require_safe
def file(request: HttpRequest, file_id: int) -> HttpResponse:
    found = _own_file(request, file_id)
    job = {
        "state": {FileState.WAITING: "running", FileState.READY: "done"}.get(found.state, "failed"),  # type: ignore[call-overload]
        "title": found.title,
        "text": found.refusal or found.get_state_display(),
        "percent": None,
        "next_url": reverse("reports:download", args=[found.pk]),
        "next_label": _("Download PDF"),
    }
    response = render(request, "reports/file.html", {"file": found, "job": job})
    if found.state == FileState.WAITING:
        response["Refresh"] = "2"
    return response


@login_required
@require_safe
def download(request: HttpRequest, file_id: int) -> FileResponse:
    found = _own_file(request, file_id, state=FileState.READY)
    log(found, "reports.download", user=request.user)
    return FileResponse(
        found.file.open("rb"), content_type="application/pdf", as_attachment=True, filename=f"report-{found.pk}.pdf"
    )

"""Certificates for many at once: what can be issued, and how far it is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from learning.records.batching import (
    WORKING,
    batches_visible_to,
    courses_to_certify,
    files_in_trouble,
    job_of,
    progress_of,
    refusals_of,
)
from learning.records.flows import issuing
from learning.records.rules import register_reach
from learning.workshops.queries.scope import workshops_run_by

PAGE = 30
FIRST_TROUBLES = 10


@login_required
@never_cache
@require_safe
def batches(request: HttpRequest) -> HttpResponse:
    """The batches one has to do with, and the courses of which people wait for a certificate."""
    reach = register_reach(request.user)  # type: ignore[arg-type]
    found = batches_visible_to(request.user, reach=reach).select_related("asked_by")
    context = {
        "page_obj": Paginator(found, PAGE).get_page(request.GET.get("page", "")[:6]),
        "courses": courses_to_certify(reach) if reach.may_record else [],
        "working": WORKING,
    }
    return render(request, "records/batches/list.html", context)


@login_required
@never_cache
@require_safe
def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a batch is; when it is done, what came of it."""
    reach = register_reach(request.user)  # type: ignore[arg-type]
    found = get_object_or_404(
        batches_visible_to(request.user, reach=reach).select_related("asked_by", "workshop"), pk=pk
    )
    progress, troubles = progress_of(found), files_in_trouble(found)
    context = {
        "batch": found,
        "progress": progress,
        "job": job_of(found, progress, has_trouble=troubles.exists()),
        "refusals": refusals_of(found),
        "troubles": troubles[:FIRST_TROUBLES],
        "runs": found.workshop_id and workshops_run_by(request.user).filter(pk=found.workshop_id).exists(),
    }
    return render(request, "records/batches/batch.html", context)


@login_required
@never_cache
@require_safe
def batch_progress(request: HttpRequest, pk: int) -> JsonResponse:
    """The same for the script of the page."""
    found = get_object_or_404(batches_visible_to(request.user), pk=pk)
    job = job_of(found, progress_of(found), has_trouble=files_in_trouble(found).exists())
    told = {name: job[name] for name in ("state", "text", "percent")}
    return JsonResponse({**told, "is_over": job["state"] == "done"})


@login_required
@require_POST
def issue_workshop(request: HttpRequest, pk: int) -> HttpResponse:
    """Certificates for everybody who attended a workshop of one's own center."""
    register_reach(request.user)  # type: ignore[arg-type]
    workshop = get_object_or_404(workshops_run_by(request.user), pk=pk)
    found = issuing.open_workshop_batch(workshop, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The certificates are being issued. You may leave this page."))
    return redirect("records:batch", pk=found.pk)


@login_required
@require_POST
def issue_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Certificates for who completed a course before it had a design."""
    reach = register_reach(request.user)  # type: ignore[arg-type]
    offered = courses_to_certify(reach) if reach.may_record else []
    course = next((course for course in offered if course.pk == pk), None)
    if course is None:
        raise Http404
    found = issuing.open_course_batch(course, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("The certificates are being issued. You may leave this page."))
    return redirect("records:batch", pk=found.pk)

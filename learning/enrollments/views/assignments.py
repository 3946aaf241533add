"""Assignments: the list, a new one in three steps on two pages, how it stands, closing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from learning.duties.queries import organizations_in
from learning.enrollments import flows
from learning.enrollments.forms import AssignmentForm
from learning.enrollments.models import Assignment
from learning.enrollments.queries import assignments_visible_to, courses_open_today, size_of
from learning.enrollments.rules import assigning_areas, may_close_assignment
from learning.enrollments.standing import audience_words, by_organization, people_of, totals_of
from learning.organizations.choices import Kind

SHOWN = 25
SECONDS_BETWEEN_LOOKS = 5
PLACES = ("provinces", "districts__province", "organizations")


@login_required
@require_safe
def assignments(request: HttpRequest) -> HttpResponse:
    areas = assigning_areas(request.user)
    rows = assignments_visible_to(request.user).order_by("-state", "-created_at", "-pk")  # open before closed
    rows = rows.prefetch_related(*PLACES)
    page = Paginator(rows, SHOWN).get_page(request.GET.get("page"))
    totals = totals_of(page.object_list, areas.people, today=timezone.localdate())
    lines = [{"assignment": one, "audience": audience_words(one), **totals[one.pk]} for one in page]
    return render(request, "enrollments/assignments.html", {"page_obj": page, "lines": lines})


@login_required
def new_assignment(request: HttpRequest) -> HttpResponse:
    """The form, then how many people it reaches; nothing is written before that page is agreed to."""
    areas = assigning_areas(request.user)
    action, courses = request.POST.get("action", ""), courses_open_today()
    if request.method != "POST" or action in ("search", "change"):
        typed = request.POST if request.method == "POST" else None
        form = AssignmentForm(area=areas.assigning, courses=courses, typed=typed)
        return render(request, "enrollments/assignment_form.html", {"form": form})
    form = AssignmentForm(request.POST, area=areas.assigning, courses=courses)
    if not form.is_valid():
        return render(request, "enrollments/assignment_form.html", {"form": form}, status=422)
    if action == "open":
        made = flows.open_assignment(courses=form.courses, audience=form.audience, by=request.user, **form.terms)  # type: ignore[arg-type]
        messages.success(request, _("“%(title)s” is open. Its people are being enrolled.") % {"title": made})
        return redirect("enrollments:assignment", assignment_id=made.pk)
    day = max(form.cleaned_data["starts_on"], timezone.localdate())
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {
        "form": form,
        "size": size_of(form.audience, day=day),
        "sent": [pair for pair in sent if pair[0] not in ("csrfmiddlewaretoken", "action")],
    }
    return render(request, "enrollments/assignment_check.html", context)


@login_required
@require_safe
def assignment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """How it stands among those one meets by name; while the worker walks the audience the page loads itself again."""
    areas = assigning_areas(request.user)
    with_places = assignments_visible_to(request.user).prefetch_related(*PLACES)
    found = get_object_or_404(with_places, pk=assignment_id)
    today = timezone.localdate()
    rows = by_organization(found, areas.people, today=today)
    context = {
        "assignment": found,
        "audience": audience_words(found),
        "courses": [line.course for line in found.course_lines.select_related("course")],
        "totals": totals_of([found], areas.people, today=today)[found.pk],
        "page_obj": Paginator(rows, SHOWN).get_page(request.GET.get("page")),
        "kinds": dict(Kind.choices),
        "may_close": found.is_open and may_close_assignment(request.user, found),
        "job": _job(found),
    }
    response = render(request, "enrollments/assignment.html", context)
    if context["job"]:
        response["Refresh"] = str(SECONDS_BETWEEN_LOOKS)
    return response


def _job(assignment: Assignment) -> dict[str, Any] | None:
    """What the progress bar shows; None when nobody waits for the worker."""
    walked, whole = assignment.applied_count, assignment.audience_count
    if not assignment.is_open or assignment.starts_on > timezone.localdate() or assignment.applied_at:
        return None
    if whole is None:
        return {"state": "waiting", "title": _("The people are being found"), "text": _("This begins in a moment.")}
    facts = {"done": walked, "whole": whole}
    return {
        "state": "running",
        "title": _("The people are being enrolled"),
        "text": _("%(done)d of %(whole)d people are enrolled so far.") % facts,
        "percent": min(100, 100 * walked // whole) if whole else 100,
    }


@login_required
@require_safe
def assignment_people(request: HttpRequest, assignment_id: int, organization_id: int) -> HttpResponse:
    areas = assigning_areas(request.user)
    found = get_object_or_404(assignments_visible_to(request.user), pk=assignment_id)
    organization = get_object_or_404(organizations_in(areas.people), pk=organization_id)
    page = Paginator(people_of(found, organization, areas.people), SHOWN).get_page(request.GET.get("page"))
    context = {"assignment": found, "organization": organization, "page_obj": page, "today": timezone.localdate()}
    return render(request, "enrollments/assignment_people.html", context)


@login_required
def close_assignment(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Asked once more: nobody is enrolled or reminded after it."""
    assigning_areas(request.user)
    found = get_object_or_404(assignments_visible_to(request.user), pk=assignment_id)
    if request.method == "POST":
        flows.close_assignment(found, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("“%(title)s” is closed.") % {"title": found})
        return redirect("enrollments:assignment", assignment_id=found.pk)
    return render(request, "enrollments/assignment_close.html", {"assignment": found})

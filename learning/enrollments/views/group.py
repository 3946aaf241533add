"""Enrolling members of an organization in one step; what its people learn."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from courses.catalog.models import CoursePage
from learning.duties.rules import duties_of_today
from learning.enrollments import flows
from learning.enrollments.enlisting import Enlisted
from learning.enrollments.forms import CourseChoiceForm, LearnersFilter, ids_written
from learning.enrollments.queries import courses_open_today, learners_of, members_for, organizations_met_by

SHOWN = 25


@login_required
def group(request: HttpRequest, organization_id: int) -> HttpResponse:
    """First the course, then the people, each with what they have of that course already."""
    duties_of_today(request.user)
    organization = get_object_or_404(organizations_met_by(request.user), pk=organization_id)
    sent = request.POST if request.method == "POST" else request.GET
    form = CourseChoiceForm(sent if "course" in sent else None, courses=courses_open_today())
    course = form.cleaned_data["course"] if form.is_bound and form.is_valid() else None
    chosen = ids_written(request.POST.getlist("people"))
    nobody = request.method == "POST" and course is not None and not chosen
    if request.method == "POST" and course and chosen:
        result = flows.enroll_members(course, organization=organization, people=chosen, by=request.user)  # type: ignore[arg-type]
        messages.success(request, _sentence(result))
        return redirect(f"{request.path}?course={course.pk}")
    everybody = request.GET.get("choose") == "all"
    context = {
        "organization": organization,
        "form": form,
        "course": course,
        "people": members_for(organization, course, chosen=None if everybody else chosen) if course else [],
        "nobody": nobody,
    }
    is_wrong = nobody or (request.method == "POST" and course is None)
    return render(request, "enrollments/group.html", context, status=422 if is_wrong else 200)


def _sentence(result: Enlisted) -> str:
    new = len(result.new) + len(result.reopened)
    said = ngettext("%(count)d person is enrolled.", "%(count)d people are enrolled.", new) % {"count": new}
    if already := len(result.already):
        said += " " + ngettext(
            "%(count)d person had this course already.", "%(count)d people had this course already.", already
        ) % {"count": already}
    return said


@login_required
@require_safe
def learners(request: HttpRequest, organization_id: int) -> HttpResponse:
    duties_of_today(request.user)
    organization = get_object_or_404(organizations_met_by(request.user), pk=organization_id)
    rows = learners_of(organization, seen_by=request.user)
    courses = CoursePage.objects.filter(pk__in=rows.order_by().values("course")).order_by("title")
    form = LearnersFilter(request.GET, courses=courses)
    context = {
        "organization": organization,
        "form": form,
        "chosen": form.chips(request.GET),
        "page_obj": Paginator(rows.filter(**form.conditions), SHOWN).get_page(request.GET.get("page")),
    }
    return render(request, "enrollments/learners.html", context)

"""Enrolling in a course and leaving it; the page that stands before a locked lesson."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.catalog.models import CoursePage
from courses.catalog.queries import course_with_slug, has_been_published, is_open_for_enrollment
from learning.enrollments import flows
from learning.enrollments.choices import READING
from learning.enrollments.forms import EnrollForm
from learning.enrollments.queries import current_enrollment, of_person
from learning.organizations.queries import current_memberships


@login_required
def enroll(request: HttpRequest, course: str) -> HttpResponse:
    page = course_with_slug(course)
    if page is None or not has_been_published(page):
        raise Http404
    existing = current_enrollment(request.user, page.pk)
    if existing and existing.state in READING and not existing.is_renewable:
        return redirect("progress:resume", course=course)
    if not is_open_for_enrollment(page):
        return render(request, "enrollments/closed.html", {"course": page}, status=HTTPStatus.CONFLICT)
    memberships = current_memberships(request.user)  # type: ignore[arg-type]
    form = EnrollForm(request.POST or None, memberships=memberships)
    if request.method == "POST" and form.is_valid():
        flows.enroll(page, membership=form.cleaned_data["membership"], by=request.user)  # type: ignore[arg-type]
        messages.success(request, _("You are enrolled. Learn at your own pace; your place is kept."))
        return redirect("progress:resume", course=course)
    context = {"course": page, "form": form, "memberships": memberships, "here": request.path}
    return render(request, "enrollments/enroll.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def withdraw(request: HttpRequest, enrollment_id: int) -> HttpResponse:
    enrollment = get_object_or_404(of_person(request.user.pk).select_related("course"), pk=enrollment_id)
    flows.withdraw(enrollment, by=request.user)  # type: ignore[arg-type]
    messages.success(request, _("You have left the course “%(course)s”.") % {"course": enrollment.course})
    if request.POST.get("again"):
        return redirect("enrollments:enroll", course=enrollment.course.slug)
    return redirect("desk:home")


def locked(request: HttpRequest, course: CoursePage) -> HttpResponse:
    """A lesson opened without enrollment: sign in first, or enroll."""
    if not has_been_published(course):
        raise Http404
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), reverse("account_login"))
    context = {"course": course, "is_open": is_open_for_enrollment(course)}
    return render(request, "enrollments/locked.html", context, status=HTTPStatus.FORBIDDEN)

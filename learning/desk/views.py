"""The first page after login: what I learn, what is next, what I have earned; for officers, their area."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from certification.queries import certificates_of
from courses.catalog.queries import published_courses
from learning.duties.queries import areas_of
from learning.enrollments.queries import enrollments_for_desk, own_obligations
from learning.notices.queries import unread_count
from learning.organizations.queries import current_memberships
from learning.progress.queries import progress_of_many
from learning.workshops.queries.seats import next_seat

SUGGESTED = 3
NEWEST = 3  # certificates; the wallet has all


@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    areas = areas_of(request.user)
    progress = progress_of_many(enrollments_for_desk(request.user))
    memberships = list(current_memberships(request.user))  # type: ignore[arg-type]
    if areas and not progress and not memberships:
        return redirect("reports:dashboard")  # who only works here
    taken = [item.enrollment.course_id for item in progress]
    active = [item for item in progress if not item.enrollment.is_completed]
    context = {
        "areas": areas,
        "memberships": memberships,
        "obligations": list(own_obligations(request.user)),
        "next_workshop": next_seat(request.user),
        "unread": unread_count(request.user),
        "active": active,
        "next_step": active[0] if active else None,
        "completed": [item for item in progress if item.enrollment.is_completed],
        "certificates": list(certificates_of(request.user)[:NEWEST]),
        "suggested": list(published_courses().exclude(pk__in=taken)[:SUGGESTED]),
    }
    response = render(request, "desk/home.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response

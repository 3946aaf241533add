"""Reading a lesson, finishing it, going on where one left."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.views import serve as serve_page

from courses.catalog.models import CoursePage, LessonPage
from courses.catalog.queries import LessonToRead, course_with_slug, lesson_to_read, lesson_with_path
from learning.enrollments.flows import remember_lesson
from learning.enrollments.models import Enrollment
from learning.enrollments.queries import current_enrollment, reading_enrollment
from learning.enrollments.rules import may_read_as_author
from learning.enrollments.views import locked
from learning.progress.flows import finish_reading, settle_enrollment
from learning.progress.printing import lesson_page
from learning.progress.queries import Reader, progress_of, reading


@require_safe
def lesson(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    """A lesson from what is kept ready; an address that is not ready goes to Wagtail."""
    path = f"{course}/{lesson}"
    found = reading(request.user, path)
    if found is None:
        return _not_reading(request, path)
    ready, reader = found
    if not ready.course_is_live:
        return unpublished(request, CoursePage.objects.get(pk=ready.course_id))
    return read(request, ready, reader)


def _not_reading(request: HttpRequest, path: str) -> HttpResponse:
    """Not enrolled, or not published: an author sees the page as Wagtail serves it, others what stands before it."""
    ready = lesson_to_read(path)
    if ready is None:
        return _not_ready(request, path)
    if may_read_as_author(request.user):
        return serve_page(request, request.path_info.lstrip("/"))
    return locked(request, CoursePage.objects.get(pk=ready.course_id))


def read(request: HttpRequest, ready: LessonToRead, reader: Reader) -> HttpResponse:
    """The page of a lesson for somebody who is enrolled."""
    if reader.last_lesson_id != ready.id:
        remember_lesson(reader.enrollment_id, ready.id)
    response = HttpResponse(lesson_page(request, ready, reader.done))
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _not_ready(request: HttpRequest, path: str) -> HttpResponse:
    page = lesson_with_path(path)
    if page is not None and not page.live:
        parent = CoursePage.objects.get(pk=page.get_parent().pk)
        if reading_enrollment(request.user, parent.pk):
            return unpublished(request, parent, lesson=page if parent.live else None)
    return serve_page(request, request.path_info.lstrip("/"))


def unpublished(request: HttpRequest, course: CoursePage, *, lesson: LessonPage | None = None) -> HttpResponse:
    """The course (or one lesson) was taken off the shelf while somebody is in it: nothing is lost, and we say so."""
    context = {"course": course, "lesson": lesson}
    return render(request, "progress/unpublished.html", context, status=HTTPStatus.GONE)


@login_required
@require_POST
def finish(request: HttpRequest, course: str, lesson: str) -> HttpResponse:
    page = lesson_with_path(f"{course}/{lesson}")
    if page is None:
        raise Http404
    parent = CoursePage.objects.get(pk=page.get_parent().pk)
    enrollment = reading_enrollment(request.user, parent.pk)
    if enrollment is None:
        return locked(request, parent)
    was_open = enrollment.is_open
    finish_reading(enrollment, page, by=request.user)  # type: ignore[arg-type]
    enrollment.refresh_from_db()
    if was_open and enrollment.is_completed:
        return _completed(request, enrollment)
    ready = lesson_to_read(f"{course}/{lesson}")
    return redirect(ready.following.url if ready and ready.following else parent.url or "/courses/")


def _completed(request: HttpRequest, enrollment: Enrollment) -> HttpResponse:
    if enrollment.certificate_id:
        messages.success(request, _("You have completed the course. Your certificate is being made."))
    else:
        messages.success(request, _("You have completed the course."))
    return redirect("desk:home")


@login_required
@require_safe
def resume(request: HttpRequest, course: str) -> HttpResponse:
    """Continue where you left: the lesson last opened, else the first that is left."""
    page = course_with_slug(course)
    if page is None:
        raise Http404
    enrollment = current_enrollment(request.user, page.pk)
    if enrollment is None:
        return redirect("enrollments:enroll", course=course)
    if not page.live:
        return unpublished(request, page)
    progress = progress_of(enrollment)
    if enrollment.is_open and progress.is_complete:
        return _completed(request, settle_enrollment(enrollment, by=request.user))  # type: ignore[arg-type]
    if enrollment.is_completed or progress.next_lesson is None:
        return redirect("desk:home")
    return redirect(progress.next_lesson.url)


@require_safe
def panel(request: HttpRequest, course_id: int) -> HttpResponse:
    """The personal part of a course page, fetched by the page itself."""
    course = get_object_or_404(CoursePage.objects.live().select_related("outline"), id=course_id)
    enrollment = current_enrollment(request.user, course_id)
    progress = progress_of(enrollment) if enrollment else None
    response = render(request, "progress/panel.html", {"course": course, "progress": progress})
    patch_cache_control(response, private=True, no_store=True)
    return response

"""A lesson that Wagtail is about to serve to an enrolled reader is read through the same page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from courses.catalog.models import LessonPage
from courses.catalog.queries import lesson_to_read
from learning.progress.queries import reader_of
from learning.progress.views import read, unpublished


@hooks.register("before_serve_page", order=20)
def read_in_progress(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse | None:
    if not isinstance(page, LessonPage):
        return None
    ready = lesson_to_read(f"{page.get_parent().slug}/{page.slug}")
    reader = reader_of(request.user, ready.course_id) if ready else None
    if ready is None or reader is None:
        return None
    return read(request, ready, reader) if ready.course_is_live else unpublished(request, page.get_parent().specific)

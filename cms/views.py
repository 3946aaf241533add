"""Pages for when something is not as expected, and the sheet of components for development."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from cms.gallery import DRAWINGS, ICONS, OFFICE, GalleryForm

TOO_LARGE = (RequestDataTooBig, TooManyFilesSent)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form lay open too long, or cookies are off; nothing was saved."""
    return render(request, "csrf_failure.html", status=HTTPStatus.FORBIDDEN)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when what was sent is larger than the site takes."""
    if isinstance(exception, TOO_LARGE):
        return render(request, "413.html", status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: the page exists, and this person may not see it."""
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


@requires_csrf_token
def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """500, printed without the database, the session or the person: any of them may be what broke."""
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def components(request: HttpRequest) -> HttpResponse:
    """Every component with its states; only in development (`DEBUG`).

    Raises `Http404` otherwise.
    """
    if not settings.DEBUG:
        raise Http404
    form = GalleryForm(request.GET if "name" in request.GET else None)
    context = {
        "icons": ICONS,
        "drawings": DRAWINGS,
        "form": form,
        "page_obj": Paginator(range(70), 10).page(3),
        "office": OFFICE,
        "crumbs": [{"title": _("Courses"), "url": "/courses/"}, {"title": _("Components")}],
    }
    return render(request, "_components/index.html", context)

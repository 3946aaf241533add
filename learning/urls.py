"""The composition root: the only place that knows every app."""

from django.conf import settings
from django.conf.urls.static import static
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from cms import views as cms_views


def healthz(request: HttpRequest) -> HttpResponse:
    """Alive: the process answers. It asks no database, so that a slow one does not get it killed."""
    return HttpResponse("ok", content_type="text/plain")


handler400 = "cms.views.bad_request"
handler403 = "cms.views.permission_denied"
handler404 = "cms.views.page_not_found"
handler500 = "cms.views.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("learning.people.urls")),
    path("", include("learning.organizations.urls")),
    path("account/", include("allauth.urls")),
    path("", include("certification.urls")),
    path("", include("learning.duties.urls")),
    path("", include("learning.notices.urls")),
    path("", include("learning.register.urls")),
    path("", include("learning.enrollments.urls")),
    path("", include("learning.reports.urls")),
    path("", include("learning.desk.urls")),
    path("", include("learning.records.urls")),
    path("", include("learning.workshops.urls")),
    path("", include("learning.sittings.urls")),
    path("", include("learning.progress.urls")),
]

if settings.DEBUG:
    urlpatterns += [path("_components/", cms_views.components, name="components")]
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
elif settings.SERVES_MEDIA:
    # Embedded and tests have no nginx; pictures are few and public.
    from django.views.static import serve

    urlpatterns += [path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT})]

urlpatterns += [path("", include(wagtail_urls))]

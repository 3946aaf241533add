"""The site's addresses and two bare views to compare with."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from learning.places.models import Province


def bare(request: HttpRequest) -> HttpResponse:
    """Full middleware and one indexed query."""
    return HttpResponse(Province.objects.values_list("name", flat=True).get(pk="18"))


def bare_signed_in(request: HttpRequest) -> HttpResponse:
    """The same for somebody signed in: session, user, one indexed query."""
    return HttpResponse(f"{request.user.pk} {Province.objects.values_list('name', flat=True).get(pk='18')}")


urlpatterns = [path("bare/", bare), path("bare-signed-in/", bare_signed_in), path("", include("learning.urls"))]

"""The page that checks the second QR of a sheet where there is no network, and what it takes along."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from certification.offline.known import known


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same for everybody: browsers keep it, so it names nobody."""
    context = {
        "keys_url": reverse("certification:offline_keys"),
        "worker_url": reverse("certification:offline_worker"),
        "page_url": reverse("certification:offline"),
    }
    response = render(request, "certification/offline.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    """Public keys, retired and revoked ones too, and the ended places of the status lists, as of now."""
    response = JsonResponse(known())
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Addresses of files only. It stands beside the page, so that it may serve it and nothing else."""
    return render(request, "certification/offline_sw.js", content_type="text/javascript; charset=utf-8")

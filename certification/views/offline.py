"""The page that checks the second QR of a sheet where there is no network, and what it takes along."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe

from certification.offline.known import known

DAY = 86_400  # seconds
PAPER, LEAF = "#fbfaf6", "#0f5b46"  # as in tokens.css: a manifest reads no style sheet


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


@cache_control(public=True, max_age=DAY)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """What a device needs to keep this page, and no other of the site, as an icon (W3C Web Application Manifest)."""
    page = reverse("certification:offline")
    content = {
        "id": page,
        "name": _("Check a certificate without a network"),
        "short_name": pgettext("below an icon", "Check certificates"),
        "lang": get_language(),
        "dir": "ltr",
        "start_url": page,
        "scope": page,
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": LEAF,
        "icons": [_icon("icon", 192), _icon("icon", 512), _icon("maskable", 512, purpose="maskable")],
    }
    response = JsonResponse(
        content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _icon(name: str, points: int, *, purpose: str = "any") -> dict[str, Any]:
    address = static(f"certification/offline/{name}-{points}.png")
    return {"src": address, "sizes": f"{points}x{points}", "type": "image/png", "purpose": purpose}


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

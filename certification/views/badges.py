"""The badge of a certificate for whoever holds the code, and what a badge stands for."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from certification.badge.content import CAPTION, told_of
from certification.badge.picture import PICTURE
from certification.checking.limiting import WRONG_CODES
from certification.codes import is_well_formed
from certification.flows.badges import keep_with_proof
from certification.keys import KeyUnavailable
from certification.models import BadgeClass, Certificate
from certification.queries import certificate_with_code
from certification.views.answering import json_answer, kept_private, refused_for_now, wants_json
from certification.views.sharing import for_every_site, kept_for

LATER = 60  # seconds
DAY = 86_400  # seconds


@for_every_site
def badge_json(request: HttpRequest, code: str) -> HttpResponse:
    """With a Data Integrity proof."""
    certificate = _certificate(code)
    if certificate is None or not certificate.credential:
        return _absent(request, certificate)
    try:
        content = keep_with_proof(certificate)
    except KeyUnavailable:
        return _later()
    return _file(content, "application/vc", f"badge-{certificate.code}.json")


@for_every_site
def badge_token(request: HttpRequest, code: str) -> HttpResponse:
    """As VC-JWT, the same that is in the PDF."""
    certificate = _certificate(code)
    if certificate is None or not certificate.credential:
        return _absent(request, certificate)
    return _file(certificate.credential, "application/vc+jwt", f"badge-{certificate.code}.jwt")


@for_every_site
def achievement(request: HttpRequest, key: str) -> HttpResponse:
    """What badges of a kind stand for: a page for people, JSON for a program that asks for it by name."""
    badge = get_object_or_404(BadgeClass.objects.select_related("version"), key=key)
    if wants_json(request):
        context = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        response = json_answer({"@context": context, **told_of(badge)})
    else:
        response = kept_private(render(request, "certification/achievement.html", {"badge": badge, "caption": CAPTION}))
    patch_vary_headers(response, ["Accept"])
    return response


@for_every_site
def picture(request: HttpRequest, key: str) -> HttpResponse:
    """The picture of a badge: today the same for each kind, at an address of its own so that it may become another."""
    if not BadgeClass.objects.filter(key=key).exists():
        raise Http404
    return kept_for(request, PICTURE, "image/png", seconds=DAY)


def _certificate(code: str) -> Certificate | None:
    return certificate_with_code(code) if is_well_formed(code) else None


def _absent(request: HttpRequest, certificate: Certificate | None) -> HttpResponse:
    """Still being made: later. Recorded from paper, ended before it was made, or never given out: 404, and guessing
    is counted."""
    if certificate is not None and certificate.is_valid and not certificate.is_recorded:
        return _later()
    if certificate is None and (refused := refused_for_now(request, WRONG_CODES, as_json=True)):
        return refused
    return json_answer({"error": "not-found", "sentence": _("There is no Open Badge under this address.")}, status=404)


def _later() -> HttpResponse:
    sentence = _("The Open Badge is still being made. Please come back in a minute.")
    response = json_answer({"error": "not-ready", "sentence": sentence}, status=503)
    response["Retry-After"] = str(LATER)
    return response


def _file(content: str, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return kept_private(response)

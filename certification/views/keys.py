"""What a stranger needs to check our signatures: the DID document, public keys, authorities, status lists."""

import json

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from certification.flows.badges import list_in_force
from certification.issuer.identity import authorities, did_document, key_set
from certification.keys import KeyUnavailable
from certification.status.signing import FRESH_FOR
from certification.views.sharing import SECONDS_OF_KEYS, for_every_site, kept_for

LATER = 300  # seconds


@for_every_site
def did(request: HttpRequest) -> HttpResponse:
    return kept_for(request, _json(did_document()), "application/did+json", seconds=SECONDS_OF_KEYS)


@for_every_site
def jwks(request: HttpRequest) -> HttpResponse:
    return kept_for(request, _json(key_set()), "application/jwk-set+json", seconds=SECONDS_OF_KEYS)


@for_every_site
def certificates(request: HttpRequest) -> HttpResponse:
    """The authorities above our signers of PDFs; 404 while there are none."""
    if not (content := authorities()):
        return HttpResponse(status=404)
    return kept_for(request, content, "application/pem-certificate-chain", seconds=SECONDS_OF_KEYS)


@for_every_site
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """The signed list, byte for byte as it is kept; 503 rather than one that is out of date."""
    try:
        found = list_in_force(number, now=timezone.now())
    except KeyUnavailable:
        response = HttpResponse(status=503)
        response["Retry-After"] = str(LATER)
        response["Cache-Control"] = "no-store"
        return response
    if found is None:
        return HttpResponse(status=404)
    return kept_for(request, found.credential, "application/vc+jwt", seconds=int(FRESH_FOR.total_seconds()))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

"""What every answer of the check has in common: not listed, not kept, not asked for without end."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from certification.checking.limiting import Limit, seconds_to_wait

TOO_MANY = 429


def kept_private(response: HttpResponse) -> HttpResponse:
    """No search engine lists it, no cache keeps it."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response


def wants_json(request: HttpRequest) -> bool:
    """A program asks for JSON by name; a browser never does before HTML."""
    return request.headers.get("accept", "").split(",")[0].split(";")[0].strip() == "application/json"


def json_answer(content: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """JSON that any page in any browser may read: there is nothing of the asker's in it."""
    response = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    response["Access-Control-Allow-Origin"] = "*"
    return kept_private(response)


def refused_for_now(request: HttpRequest, limit: Limit, *, as_json: bool) -> HttpResponse | None:
    """429 with the seconds to wait, when this address has asked too often; else None, and it is counted."""
    wait = seconds_to_wait(limit, get_adapter().get_client_ip(request))
    if not wait:
        return None
    if as_json:
        sentence = _("Too many tries from your address. Please wait %(seconds)d seconds and try again.")
        response = json_answer({"error": "too-many", "sentence": sentence % {"seconds": wait}}, status=TOO_MANY)
    else:
        response = kept_private(render(request, "429.html", status=TOO_MANY))
    response["Retry-After"] = str(wait)
    return response

"""Answers that a program of any other site may read: public keys, status lists, badges."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags, quote_etag

METHODS = "GET, HEAD, OPTIONS"
SECONDS_OF_KEYS = 3600
View = Callable[..., HttpResponse]


def for_every_site(view: View) -> View:
    """Any page in any browser may read the answer (CORS): there is nothing of the asker's in it, no cookie counts."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Access-Control-Allow-Methods"] = METHODS
            response["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
            response["Access-Control-Max-Age"] = "86400"
        elif request.method in ("GET", "HEAD"):
            response = view(request, *args, **kwargs)
        else:
            response = HttpResponseNotAllowed(METHODS.split(", "))
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return answered


def kept_for(request: HttpRequest, content: str | bytes, media_type: str, *, seconds: int) -> HttpResponse:
    """An answer that caches may keep for so many seconds; 304 for whoever has it already."""
    data = content.encode() if isinstance(content, str) else content
    etag = quote_etag(sha256(data).hexdigest()[:32])
    held = {one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))}
    response = HttpResponse(status=304) if etag in held else HttpResponse(data, content_type=media_type)
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=seconds)
    return response

"""Pages for whoever holds a code or a link: kept by nobody, found by no search engine, told to no other site."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

from certification.checking.limiting import WRONG_CODES
from certification.views.answering import kept_private, refused_for_now

View = Callable[..., HttpResponse]


def for_strangers(view: View) -> View:
    """Sets the headers of such a page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **parts: Any) -> HttpResponse:
        response = kept_private(view(request, *args, **parts))
        response["Referrer-Policy"] = "no-referrer"
        return response

    return answer


def refused_for_guessing(request: HttpRequest) -> HttpResponse | None:
    """429 for an address from which too many codes came that do not exist; else None, and this one is counted."""
    return refused_for_now(request, WRONG_CODES, as_json=False)

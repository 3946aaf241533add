"""The one place that turns a refusal into an answer a person can use."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from learning.kernel.refusals import Refused


class RefusalMiddleware:
    """Answer `Refused` with its sentence and status: JSON for a script, a page with a way on for a person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        if request.headers.get("accept", "").startswith("application/json"):
            return JsonResponse({"refused": exception.sentence}, status=exception.status)
        return render(request, "refused.html", {"refusal": exception}, status=exception.status)

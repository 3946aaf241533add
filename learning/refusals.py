"""The one place that turns a refusal into an answer a person can use."""

from collections.abc import Callable, Iterable

from django.db.models import Model, ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from learning.kernel.refusals import Refused


class RefusalMiddleware:
    """Answer `Refused` with its sentence and status: JSON for a script, a page with a way on for a person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, ProtectedError):
            exception = deletion_refused(exception.protected_objects)
        elif isinstance(exception, RestrictedError):
            exception = deletion_refused(exception.restricted_objects)
        if not isinstance(exception, Refused):
            return None
        if request.headers.get("accept", "").startswith("application/json"):
            return JsonResponse({"refused": exception.sentence}, status=exception.status)
        return render(request, "refused.html", {"refusal": exception}, status=exception.status)


def deletion_refused(needing: Iterable[Model]) -> Refused:
    """What others still need stays: a course with its certificates, an account with its training."""
    kinds = sorted({str(one._meta.verbose_name_plural) for one in needing})
    return Refused(
        _(
            "This cannot be deleted, because it is still needed by: %(what)s. "
            "Unpublish, archive or switch it off instead."
        )
        % {"what": ", ".join(kinds)}
    )
